/** A whole report: what its kind says, the ledger of what went in, what others reported, and how to get the same figures again. */
import { readFile } from 'node:fs/promises'
import type { Locale } from '../../../solver/index.ts'
import type { ImportStudy, Study } from '../../../study/index.ts'
import type { Attached } from '../pdf/document.ts'
import { fingerprint } from './fingerprint.ts'
import { appraisalReport } from './kinds/appraisal.ts'
import { complexesReport } from './kinds/complexes.ts'
import { importReport } from './kinds/imports.ts'
import { nationalReport } from './kinds/national.ts'
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
  /** what the command is given, as files inside of the paper */
  readonly attached: readonly Attached[]
}

/** What was reported of the pilot stands in the study of its imports, with sources. */
const REPORTED = new URL('../../../fixtures/studies/gwangju-imports.json', import.meta.url)
const readReported = async (): Promise<Reported> =>
  (JSON.parse(await readFile(REPORTED, 'utf8')) as ImportStudy).reported ?? []

export async function bodyOf(papers: StudyPapers, locale: Locale): Promise<StudyBody> {
  const say = sayIn(locale)
  const { w, of } = say
  const { study } = papers
  const document = jsonOf(study)
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
    state: stateOf(papers, say),
    ...reproduction(papers, say),
    document,
    attached: [
      { name: STUDY_FILE, type: 'application/json', text: document },
      ...(papers.given?.demand && 'demand' in study
        ? [{ name: DEMAND_FILE, type: 'application/json', text: jsonOf(study.demand) }]
        : []),
    ],
  }
}

const STUDY_FILE = 'study.json'
const DEMAND_FILE = 'demand.json'
const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** That somebody stopped it, that it broke off, that it goes on; undefined: it is done. */
function stateOf({ done, all, state, error, parts = [] }: StudyPapers, { w, whole }: Say): string | undefined {
  const failed = parts.filter((part) => part.state === 'failed').length
  const count = w(
    `${whole(all)}회 가운데 ${whole(done)}회만 계산했습니다.`,
    `${whole(done)} of ${whole(all)} runs are there.`,
  )
  const rests = w('범위는 계산한 날만으로 잰 것입니다.', 'Ranges rest on the days that are done.')
  if (state === 'failed')
    return [w('끝까지 계산하지 못한 연구:', 'This study broke off:'), count, error ?? '', done > 0 ? rests : '']
      .join(' ')
      .trim()
  if (state === 'stopped') return [w('사람이 멈춘 연구:', 'Stopped by a person:'), count, rests].join(' ')
  if (failed > 0 && (state === undefined || state === 'done'))
    return w(
      `단지 ${whole(parts.length)}곳 가운데 ${whole(failed)}곳은 계산하지 못했습니다. 까닭은 아래에 있으며, 합계에는 나온 날만 들어 있습니다.`,
      `${whole(failed)} of ${whole(parts.length)} complexes could not be worked out. Why stands below; sums hold only the days that are there.`,
    )
  return done < all
    ? w(
        `중간 결과: ${whole(all)}회 가운데 ${whole(done)}회만 계산했습니다. ${rests}`,
        `Not finished: ${whole(done)} of ${whole(all)} runs. ${rests}`,
      )
    : undefined
}

/** One function for each kind: another kind is one more line. */
function kindReport(papers: StudyPapers, say: Say): KindReport {
  const { study, result } = papers
  if (study.kind === 'pickup' && result.kind === 'pickup') return pickupReport(study, result.pickup, papers, say)
  if (study.kind === 'national' && result.kind === 'national')
    return nationalReport(study, result.national, papers, say)
  if (study.kind === 'imports' && result.kind === 'imports') return importReport(study, result.imports, say)
  if (study.kind === 'appraisal' && result.kind === 'appraisal') return appraisalReport(study, result.appraisal, say)
  if (study.kind === 'supply' && result.kind === 'supply') return supplyReport(study, result.supply, papers, say)
  if (study.kind === 'complexes' && result.kind === 'complexes') return complexesReport(study, result.complexes, say)
  throw new Error(`a study of ${study.kind} with a result of ${result.kind}`)
}

function reproduction(
  { study, data, version, id, madeAt, roads, ownData, given = {}, complexes = [] }: StudyPapers,
  say: Say,
): Pick<StudyBody, 'facts' | 'command' | 'commandNotes'> {
  const { w, of, whole } = say
  const drawn = study.kind === 'pickup' || study.kind === 'national'
  const routed = study.kind === 'supply' ? study.routes : undefined
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
              `씨앗마다 ${study.days}일, 하루 ${whole(study.iterations)}번, 설정 ${study.settings.length}개${study.kind === 'national' ? `, 단지 ${study.complexes.length}곳` : ''}`,
              `${study.days} days a seed, ${whole(study.iterations)} iterations a day, ${study.settings.length} ${study.settings.length === 1 ? 'setting' : 'settings'}${study.kind === 'national' ? `, ${study.complexes.length} complexes` : ''}`,
            ),
          ] as const,
        ]
      : [[w('난수', 'Random numbers'), randomOf(study, say)] as const]),
    ...(data
      ? [[w('단지 자료의 지문 (SHA-256)', 'Fingerprint of the complex’s data (SHA-256)'), fingerprint(data)] as const]
      : []),
    ...(complexes.length > 0
      ? [
          [
            w('단지 자료 모두의 지문 (SHA-256)', 'Fingerprint of the data of all complexes (SHA-256)'),
            fingerprint(complexes.map(({ complex, fingerprint: own }) => [complex, own])),
          ] as const,
        ]
      : []),
    ...(roads ? [[w('도로', 'Roads'), `${of(roads.source)} (${of(roads.value)})`] as const] : []),
  ]
  const beside = [
    ...(given.demand ? [`--demand ${DEMAND_FILE}`] : []),
    ...(given.data ? [`--data ${word(given.data)}`] : []),
    ...(given.roads ? [`--roads ${word(given.roads)}`] : []),
    ...(study.kind === 'national' ? ['--server http://127.0.0.1:8080'] : []),
  ]
  return {
    facts,
    command: [
      `npm run -s milkrun -- study ${STUDY_FILE}`,
      ...beside,
      `--out result.json --report report.pdf --lang ${say.locale}`,
    ].join(' '),
    commandNotes: [
      w(
        `${STUDY_FILE} 은 이 PDF에 첨부되어 있고, 엑셀에는 ‘문서’ 장에 있습니다. 같은 판의 프로그램으로 계산하면 스레드 수와 기계에 관계없이 같은 값이 나옵니다.`,
        `${STUDY_FILE} is attached to this PDF, and is the sheet “Document” of the workbook. The same version of the program gives the same figures, on any machine and however many threads.`,
      ),
      ...(given.demand
        ? [
            w(
              `${DEMAND_FILE} (수요 모형, --demand 로 준 것)도 첨부되어 있습니다. ${STUDY_FILE} 안에도 demand 로 들어 있어, 없으면 빼도 같은 값입니다.`,
              `${DEMAND_FILE} (the demand model given by --demand) is attached, too. ${STUDY_FILE} also holds it as its demand: without the option the figures are the same.`,
            ),
          ]
        : []),
      ...(given.data
        ? [
            w(
              `${given.data} 은 계산할 때 --data 로 준 단지 자료입니다. 기업과 주문이 들어 있어 첨부하지 않았으며, 아래 지문이 같은 파일이어야 합니다.`,
              `${given.data} has the data of the complex, given by --data. Firms and orders are in it, so it is not attached; it has to be the file of the fingerprint below.`,
            ),
          ]
        : []),
      ...(study.kind === 'national'
        ? [
            w(
              '여러 단지의 연구는 그 단지들을 가진 서비스가 계산합니다: --server 에 그 주소를 적으세요. 단지마다의 지문은 엑셀의 ‘단지 자료’ 장에 있습니다.',
              'A study over many complexes is worked out by the service that has them: give its address by --server. The sheet “Data of complexes” of the workbook has the fingerprint of each.',
            ),
          ]
        : []),
      ...(ownData
        ? [
            w(
              '단지 자료는 서비스가 가진 것이라, 명령줄은 그 자료가 프로그램에 딸린 것과 같을 때만 같은 값을 냅니다. 아니면 --data 로 그 자료를 주거나, 서비스에서 POST /api/studies 로 문서를 다시 보내세요.',
              'The complex is as the service keeps it: the command line gives the same figures only where its data are those that come with the program. Else give its data by --data, or submit the document again in the service by POST /api/studies.',
            ),
          ]
        : []),
      ...((drawn || routed) && !given.roads
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

/** As a shell takes it. */
const word = (text: string): string => (/^[\w./:+@%=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

function randomOf(study: Study, { w, whole }: Say): string {
  if (study.kind === 'supply' && study.routes)
    return w(
      `경로를 계획하는 날: 씨앗 ${study.routes.seed}, ${study.routes.days}일, 탐색 ${whole(study.routes.iterations)}번`,
      `of the days that fetching is planned into: seed ${study.routes.seed}, ${study.routes.days} ${study.routes.days === 1 ? 'day' : 'days'}, ${whole(study.routes.iterations)} iterations`,
    )
  if (study.kind === 'imports' && (study.uncertain ?? []).length > 0)
    return w(
      `범위를 뽑을 때만: 씨앗 ${study.draws?.seed ?? 1}, ${whole(study.draws?.count ?? 200)}번`,
      `for the range only: seed ${study.draws?.seed ?? 1}, ${whole(study.draws?.count ?? 200)} draws`,
    )
  if (study.kind === 'complexes')
    return w(
      `1위일 확률을 셀 때만: 씨앗 ${study.seed ?? 1}, ${whole(study.draws ?? 2000)}번`,
      `only to count how often somebody is first: seed ${study.seed ?? 1}, ${whole(study.draws ?? 2000)} draws`,
    )
  return w('쓰지 않음: 같은 문서는 늘 같은 값', 'none: the same document gives the same figures')
}
