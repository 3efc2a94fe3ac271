/** A whole report: what its kind says, the ledger of what went in, what others reported, and how to get the same figures again. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Locale } from '../../../solver/index.ts'
import type { ImportStudy } from '../../../study/index.ts'
import { appraisalReport } from './kinds/appraisal.ts'
import { complexesReport } from './kinds/complexes.ts'
import { importReport } from './kinds/imports.ts'
import { pickupReport } from './kinds/pickup.ts'
import { supplyReport } from './kinds/supply.ts'
import { datesOf, type LedgerRow, ledgerOf } from './ledger.ts'
import type { KindReport, StudyPapers } from './report.ts'
import { type Say, sayIn } from './words.ts'

type Reported = NonNullable<ImportStudy['reported']>

export interface StudyBody {
  readonly title: string
  readonly own: KindReport
  readonly ledger: readonly LedgerRow[]
  readonly reported: Reported
  /** why they cannot be rebuilt here */
  readonly reportedNote: string
  /** oldest and newest of what went in */
  readonly dates: readonly [string, string] | undefined
  /** what is not finished, or was stopped */
  readonly state: string | undefined
  readonly facts: readonly (readonly [name: string, text: string])[]
  readonly command: string
  readonly commandNotes: readonly string[]
  /** the document, to be worked out again */
  readonly document: string
}

/** What was reported of the pilot stands in the study of its imports, with sources. */
const REPORTED = new URL('../../../fixtures/studies/gwangju-imports.json', import.meta.url)
const readReported = async (): Promise<Reported> =>
  (JSON.parse(await readFile(REPORTED, 'utf8')) as ImportStudy).reported ?? []

export async function bodyOf(papers: StudyPapers, locale: Locale): Promise<StudyBody> {
  const say = sayIn(locale)
  const { w, of, whole } = say
  const { study, done, all } = papers
  return {
    title: of(study.name),
    own: kindReport(papers, say),
    ledger: ledgerOf(papers, say),
    reported: study.kind === 'imports' ? (study.reported ?? []) : await readReported(),
    reportedNote:
      study.kind === 'imports'
        ? w(
            '보도된 그대로 옮긴 값입니다. 어느 것에도 맞추지 않았습니다.',
            'As reported, word for word; nothing is fitted to any of it.',
          )
        : w(
            '광주 시범사업(2020년)에 대해 보도된 그대로이며, 해외 부품을 함께 들여오는 사업의 사전 기대치입니다. 사후 결과는 찾지 못했습니다. 이 연구는 그 사업이 아니므로 다시 만들지 않으며, 어느 것에도 맞추지 않았습니다. 오른쪽은 수입 통합 연구가 다시 만들어 본 것입니다.',
            'As reported of the Gwangju pilot (2020): what was expected beforehand of importing parts together. No result was found since. This study is of another thing, rebuilds none of it and is fitted to none of it. On the right: what the study of imports could rebuild.',
          ),
    dates: datesOf(papers.sources),
    state:
      done < all
        ? w(
            `중간 결과: ${whole(all)}회 가운데 ${whole(done)}회만 계산했습니다. 범위는 계산한 날만으로 잰 것입니다.`,
            `Not finished: ${whole(done)} of ${whole(all)} runs. Ranges rest on the days that are done.`,
          )
        : undefined,
    ...reproduction(papers, say),
    document: `${JSON.stringify(study, null, 2)}\n`,
  }
}

/** One function for each kind: another kind is one more line. */
function kindReport(papers: StudyPapers, say: Say): KindReport {
  const { study, result } = papers
  if (study.kind === 'pickup' && result.kind === 'pickup') return pickupReport(study, result.pickup, papers, say)
  if (study.kind === 'imports' && result.kind === 'imports') return importReport(study, result.imports, say)
  if (study.kind === 'appraisal' && result.kind === 'appraisal') return appraisalReport(study, result.appraisal, say)
  if (study.kind === 'supply' && result.kind === 'supply') return supplyReport(study, result.supply, say)
  if (study.kind === 'complexes' && result.kind === 'complexes') return complexesReport(study, result.complexes, say)
  throw new Error(`a study of ${study.kind} with a result of ${result.kind}`)
}

function reproduction(
  { study, data, version, id, madeAt, roads, ownData }: StudyPapers,
  say: Say,
): Pick<StudyBody, 'facts' | 'command' | 'commandNotes'> {
  const { w, of, whole } = say
  const drawn = study.kind === 'pickup'
  const facts: (readonly [string, string])[] = [
    [w('프로그램', 'Program'), `milkrun ${version}`],
    [w('계산한 때', 'Worked out'), `${madeAt.slice(0, 16).replace('T', ' ')} UTC`],
    ...(id ? [[w('연구 id', 'Id of the study'), id] as const] : []),
    [w('문서의 지문 (SHA-256)', 'Fingerprint of the document (SHA-256)'), fingerprint(study)],
    ...(drawn
      ? [
          [w('씨앗', 'Seeds'), study.seeds.join(', ')] as const,
          [
            w('날과 탐색', 'Days and search'),
            w(
              `씨앗마다 ${study.days}일, 하루 ${whole(study.iterations)}번, 설정 ${study.settings.length}개`,
              `${study.days} days a seed, ${whole(study.iterations)} iterations a day, ${study.settings.length} ${study.settings.length === 1 ? 'setting' : 'settings'}`,
            ),
          ] as const,
        ]
      : [
          [
            w('난수', 'Random numbers'),
            w('쓰지 않음: 같은 문서는 늘 같은 값', 'none: the same document gives the same figures'),
          ] as const,
        ]),
    ...(data
      ? [[w('단지 자료의 지문 (SHA-256)', 'Fingerprint of the complex’s data (SHA-256)'), fingerprint(data)] as const]
      : []),
    ...(roads ? [[w('도로', 'Roads'), `${of(roads.source)} (${of(roads.value)})`] as const] : []),
  ]
  const file = 'study.json'
  return {
    facts,
    command: `npm run -s milkrun -- study ${file} --out result.json --report report.pdf --lang ${say.locale}`,
    commandNotes: [
      w(
        `${file} 은 이 PDF에 첨부되어 있고, 엑셀에는 ‘문서’ 장에 있습니다. 같은 판의 프로그램으로 계산하면 스레드 수와 기계에 관계없이 같은 값이 나옵니다.`,
        `${file} is attached to this PDF, and is the sheet “Document” of the workbook. The same version of the program gives the same figures, on any machine and however many threads.`,
      ),
      ...(ownData
        ? [
            w(
              '단지 자료는 서비스가 가진 것이라, 명령줄은 그 자료가 프로그램에 딸린 것과 같을 때만 같은 값을 냅니다. 서비스에서는 POST /api/studies 로 문서를 다시 보내세요.',
              'The complex is as the service keeps it: the command line gives the same figures only where its data are those that come with the program. In the service, submit the document again by POST /api/studies.',
            ),
          ]
        : []),
      ...(drawn
        ? [
            w(
              '도로도 같아야 합니다: 계산할 때와 다른 도로를 쓰면 --roads 로 고르세요.',
              'Roads have to be the same too: choose them by --roads where they are not.',
            ),
          ]
        : []),
    ],
  }
}

/** The same whatever the order of keys was. */
function fingerprint(value: unknown): string {
  const sorted = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(sorted)
    if (typeof one !== 'object' || one === null) return one
    const entry = one as Readonly<Record<string, unknown>>
    return Object.fromEntries(
      Object.keys(entry)
        .toSorted()
        .map((key) => [key, sorted(entry[key])]),
    )
  }
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 32)
}
