/** A study worked out by this process. */
import { basename } from 'node:path'
import { type Locale, VERSION } from '../../../solver/index.ts'
import {
  collectOf,
  type ImportStudy,
  type PickupStudy,
  type Run,
  type Study,
  sourcesOf,
  summarisePickup,
} from '../../../study/index.ts'
import { COMPLEX_IDS, type ComplexData } from '../../complexes.ts'
import { unprocessable } from '../../errors.ts'
import { findComplexIssues } from '../../imports/complexData.ts'
import { roadLines } from '../../reports/sources.ts'
import { type GivenBeside, renderStudy, type StudyPapers, type StudyReportFormat } from '../../reports/study/index.ts'
import { ASSUMED_IDS, loadStudied } from '../../studies/assumedComplex.ts'
import { demandOf, runPickup, withDemand } from '../../studies/pickup.ts'
import { routedDays, workOut } from '../../studies/workOut.ts'
import { travelFrom } from '../../travel/travelOf.ts'
import { type Terminal, won, wrongUse } from '../command.ts'
import { readJson } from '../files.ts'
import { chosenRoads, type RoadsValues } from '../roads.ts'
import { watchSearch } from '../search.ts'
import { insideOf, linesOf } from './lines.ts'
import { pickupLines } from './pickupLines.ts'
import { STUDY_FORM, type Worked } from './worked.ts'

export interface Chosen extends RoadsValues {
  readonly threads: number
  readonly from?: string | undefined
  readonly data?: string | undefined
  /** already in the document */
  readonly demand?: string | undefined
}

export async function workHere(study: Study, chosen: Chosen, terminal: Terminal): Promise<Worked> {
  if (study.kind === 'pickup') return await pickup(study, chosen, terminal)
  if (study.kind === 'national')
    throw wrongUse(STUDY_FORM, {
      ko: '여러 단지의 연구는 그 단지들이 있는 서비스가 계산합니다. --server 로 주소를 적으세요.',
      en: 'A study over many complexes is worked out by the service that has them. Give its address by --server.',
    })
  const { locale } = terminal
  const routed = study.kind === 'supply' ? await supplyDays(study, chosen, locale) : undefined
  const result = await workOut(study, routed?.days, locale)
  const { reported } = study as ImportStudy
  return {
    study,
    figures: { result: insideOf(result), ...(result.kind === 'imports' && { reported: reported ?? [] }) },
    lines: linesOf(study, result, { done: 0, all: 0 }, locale),
    report: async (format) =>
      await reportOf(
        { ...NOT_DRAWN, study, result, ...routed?.papers, ...(routed && { given: givenBeside(chosen) }) },
        format,
        locale,
      ),
  }
}

const NOT_DRAWN = { runs: [], done: 0, all: 0 } as const

async function reportOf(
  papers: Omit<StudyPapers, 'sources' | 'version' | 'madeAt' | 'ownData'>,
  format: StudyReportFormat,
  locale: Locale,
): Promise<Uint8Array> {
  const sources = [...sourcesOf(papers.study), ...sourcesOf(papers.data, 'complex')]
  const made = { ...papers, sources, version: VERSION, madeAt: new Date().toISOString(), ownData: false }
  return (await renderStudy(made, format, locale)).bytes
}

async function supplyDays(study: Extract<Study, { kind: 'supply' }>, chosen: Chosen, locale: Locale) {
  if (!study.routes) return undefined
  const data = await complexOf(study.routes, chosen.data, locale)
  const provider = await chosenRoads(chosen, locale)
  const [roads] = roadLines({ key: provider.name, estimated: provider.estimated })
  return { days: await routedDays(study, data, travelFrom(provider), locale), papers: { data, roads } }
}

/** What the command line was given that the document does not hold; roads by the environment are told as such. */
const givenBeside = ({ data, demand, roads }: Chosen): GivenBeside => ({
  ...(demand !== undefined && { demand: true }),
  ...(data !== undefined && { data: basename(data) }),
  ...(roads !== undefined && { roads }),
})

async function pickup(study: PickupStudy, chosen: Chosen, terminal: Terminal): Promise<Worked> {
  const { locale } = terminal
  const data = withDemand(await complexOf(study, chosen.data, locale), study)
  const known = chosen.from === undefined ? [] : await runsOf(chosen.from, study)
  const provider = await chosenRoads(chosen, locale)
  const travelOf = travelFrom(provider)
  const watch = watchSearch(terminal, won)
  const runs = await runPickup({
    study,
    data,
    travelOf,
    locale,
    threads: chosen.threads,
    known,
    stopped: watch.stopped,
    report: (_, done, all) => {
      const left = (watch.elapsedS() / Math.max(1, done - known.length)) * (all - done)
      terminal.progress(`${done} / ${all}  ${Math.ceil(left)} s`)
    },
  }).finally(watch.end)
  const result = summarisePickup(study, runs, demandOf(data).workingDaysPerYear)
  const all = study.settings.length * study.seeds.length * study.days
  const [roads] = roadLines({ key: provider.name, estimated: provider.estimated })
  const drawn = {
    study,
    runs,
    data,
    roads,
    done: runs.length,
    all,
    given: givenBeside(chosen),
    ...(watch.stopped() && runs.length < all && { state: 'stopped' as const }),
  }
  return {
    study,
    figures: { result, runs: runs.length, of: all, seconds: Math.round(watch.elapsedS() * 10) / 10 },
    more: { runsOf: runs },
    lines: pickupLines(study, result, { done: runs.length, all }, locale),
    report: async (format) => {
      if (result.settings.length === 0)
        throw wrongUse(STUDY_FORM, {
          ko: '계산한 날이 없어 보고서를 쓸 수 없습니다. 끝까지 계산하거나 --from 으로 이어 가세요.',
          en: 'No day was worked out, so there is nothing to report. Let it run, or go on by --from.',
        })
      return await reportOf({ ...drawn, result: { kind: 'pickup', pickup: result } }, format, locale)
    },
  }
}

async function complexOf(
  { complex }: Pick<PickupStudy, 'complex'>,
  path: string | undefined,
  locale: Locale,
): Promise<ComplexData> {
  if (path !== undefined) {
    const data = await readJson(path)
    const issues = findComplexIssues(data, locale)
    if (issues.length > 0) throw unprocessable(issues)
    const { id } = (data as ComplexData).complex
    // else --from would go on with the runs of another place
    if (id !== complex)
      throw wrongUse(STUDY_FORM, {
        ko: `${path} 은 ${id} 의 자료인데 연구는 ${complex} 의 것입니다. 연구의 complex 를 ${id} 로 고치세요.`,
        en: `${path} has the data of ${id}, and the study is of ${complex}. Make its complex ${id}.`,
      })
    return data as ComplexData
  }
  const studied = await loadStudied(complex)
  if (studied) return studied
  const known = [...COMPLEX_IDS, ...ASSUMED_IDS].join(', ')
  throw wrongUse(STUDY_FORM, {
    ko: `모르는 단지입니다: ${complex}. 있는 단지: ${known}. 다른 단지는 --data 로 자료를 주세요.`,
    en: `There is no complex ${complex}. Known: ${known}. Give the data of another by --data.`,
  })
}

/** Runs of a file of the same study; another study's would be other figures. */
async function runsOf(path: string, study: PickupStudy): Promise<readonly Run[]> {
  const file = (await readJson(path)) as { readonly document?: PickupStudy; readonly runsOf?: readonly Run[] }
  const same = (of: PickupStudy | undefined) =>
    JSON.stringify(
      of && {
        ...of,
        seeds: undefined,
        // what waits goes on the last day at the latest
        days: of.settings.some(collectOf) ? of.days : undefined,
        name: undefined,
        note: undefined,
        targetShare: undefined,
        programmeKrwPerYear: undefined,
      },
    )
  if (Array.isArray(file.runsOf) && same(file.document) === same(study)) return file.runsOf
  throw wrongUse(STUDY_FORM, {
    ko: `${path} 은 다른 연구의 결과입니다. 설정과 계산 횟수가 같은 연구의 파일을 적으세요.`,
    en: `${path} is of another study. Give a file of the same settings and iterations.`,
  })
}
