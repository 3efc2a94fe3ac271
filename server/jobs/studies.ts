/** What people do with studies, but for what the store does: find out what one would take, and work out at once what needs no draws. */
import type { Locale } from '../../solver/index.ts'
import { type NationalStudy, type PickupStudy, partOf, type Run } from '../../study/index.ts'
import type { Study, StudyEstimate, StudyResult } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import { Refusal } from '../errors.ts'
import type { StudyQueue } from '../store/studyQueue.ts'
import { demandOf, hasDemand, runBatch, wantedRuns } from '../studies/pickup.ts'
import { type QuickStudy, routedDays } from '../studies/workOut.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { nowMs } from './clock.ts'
import { startThread } from './thread.ts'

export interface Studies {
  readonly queue: StudyQueue
  /** A minute at most. `data`: of the complex whose days a study of supply is planned into. */
  workOut(study: QuickStudy, data: ComplexData | undefined): Promise<StudyResult>
  /** Tries some days out. `complexes`: of a study in which days are drawn, those that it names. */
  estimate(study: Study, complexes: readonly ComplexData[], workers: number | undefined): Promise<StudyEstimate>
  close(): Promise<void>
}

/** A year of 40 draws: at each look its rows are read and summed up within 0.3 s. */
const MAX_RUNS = 10_000
/** Of the search, over all runs: at 0.085 ms each about a day of one core. */
const MAX_ITERATIONS = 1_000_000_000
const LONGEST_MS = 60_000
const TRIAL_DAYS = 4
/** Of many complexes, from those of few orders to those of many. */
const TRIAL_COMPLEXES = 4
const TRIAL_DAYS_EACH = 2
/** What does not depend on them is a third of a day of so many: more, in proportion, count a little too much. */
const TRIAL_ITERATIONS = 10_000
const TRIALS_KEPT = 50
const TRY_AGAIN_S = 5
/** Beside its figures: key, header and index entry of a row, of 10,000 rows. */
const ROW_BYTES = 107
const LOCALE: Locale = 'ko'

export const runsOf = (study: PickupStudy | NationalStudy): number =>
  study.settings.length * study.seeds.length * study.days * (study.kind === 'national' ? study.complexes.length : 1)

/** Refuses what would keep a service busy for days. */
export function refuseTooLarge(study: PickupStudy | NationalStudy): void {
  const runs = runsOf(study)
  const iterations = runs * study.iterations
  if (runs <= MAX_RUNS && iterations <= MAX_ITERATIONS) return
  const n = (value: number) => value.toLocaleString('en-US')
  throw new Refusal(422, 'study.tooLarge', {
    ko: `설정 × 시드 × 날 (× 단지)이 ${n(runs)}회(최대 ${n(MAX_RUNS)}회), 모두 합해 탐색 ${n(iterations)}번(최대 ${n(MAX_ITERATIONS)}번)입니다. 날, 시드, 설정, 단지, 계산 횟수를 줄이거나 여러 연구로 나누세요.`,
    en: `Settings × seeds × days (× complexes) are ${n(runs)} runs (at most ${n(MAX_RUNS)}), with ${n(iterations)} iterations in all (at most ${n(MAX_ITERATIONS)}). Ask for fewer days, seeds, settings, complexes or iterations, or make several studies of it.`,
  })
}

interface Trial {
  readonly runs: readonly Run[]
  readonly cpuS: number
  readonly wallS: number
}

export function createStudies({
  queue,
  travelOf,
  workers: own,
}: {
  readonly queue: StudyQueue
  readonly travelOf: TravelOf
  readonly workers: number
}): Studies {
  const closing = new AbortController()
  const trials = new Map<string, Promise<Trial>>()
  const busy = new Set<Promise<unknown>>()

  const tryOut = async (study: PickupStudy, data: ComplexData, iterations: number, days: number): Promise<Trial> => {
    const wanted = await wantedRuns(study, demandOf(data))
    const runs: Run[] = []
    const startMs = nowMs()
    const cpuMs = await runBatch({
      batch: wanted.slice(0, days),
      data,
      iterations,
      travelOf,
      locale: LOCALE,
      take: (run) => void runs.push(run),
      signal: closing.signal,
    })
    return { runs, cpuS: cpuMs / 1000, wallS: (nowMs() - startMs) / 1000 }
  }
  /** A complex that cannot be worked out will fail soon: the others tell how long it takes. */
  const tryComplexes = async (
    study: NationalStudy,
    complexes: readonly ComplexData[],
    iterations: number,
    days: number,
  ): Promise<Trial> => {
    const trials: Trial[] = []
    let why: unknown
    for (const data of complexes) {
      try {
        trials.push(await tryOut(partOf(study, data.complex.id), data, iterations, days))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        why = error
      }
    }
    if (trials.length === 0) throw why
    const sum = (of: (trial: Trial) => number): number => trials.reduce((total, trial) => total + of(trial), 0)
    return { runs: trials.flatMap(({ runs }) => runs), cpuS: sum(({ cpuS }) => cpuS), wallS: sum(({ wallS }) => wallS) }
  }
  const trialOf = async (
    study: PickupStudy | NationalStudy,
    complexes: readonly ComplexData[],
    iterations: number,
  ): Promise<Trial> => {
    const { settings, seeds } = study
    const days = Math.min(study.days, study.kind === 'national' ? TRIAL_DAYS_EACH : TRIAL_DAYS)
    const key = JSON.stringify([complexes, settings[0]!.changes, seeds[0], days, iterations])
    const known = trials.get(key)
    if (known) return await known
    if (busy.size > 0) throw trying()
    if (trials.size >= TRIALS_KEPT) trials.clear()
    const trial =
      study.kind === 'national'
        ? tryComplexes(study, complexes, iterations, days)
        : tryOut(study, complexes[0]!, iterations, days)
    trials.set(key, trial)
    busy.add(trial)
    trial.catch(() => trials.delete(key)).finally(() => busy.delete(trial))
    return await trial
  }

  return {
    queue,
    async workOut(study, data) {
      const routed = await routedDays(study, data, travelOf, LOCALE)
      const thread = startThread({ kind: 'workOut', study, routed, locale: LOCALE })
      const timer = setTimeout(() => void thread.cancel(), LONGEST_MS)
      const leave = () => void thread.cancel()
      closing.signal.addEventListener('abort', leave, { once: true })
      try {
        return await thread.outcome
      } catch (error) {
        if (error instanceof Error && error.name === 'Cancelled') throw tooLong()
        throw error
      } finally {
        clearTimeout(timer)
        closing.signal.removeEventListener('abort', leave)
      }
    },
    async estimate(study, complexes, workers = Math.max(1, own)) {
      if (study.kind !== 'pickup' && study.kind !== 'national')
        return { runs: 0, cpuS: 0, workers, minutes: 0, bytes: 0 }
      const iterations = Math.min(study.iterations, TRIAL_ITERATIONS)
      const tried = study.kind === 'national' ? spread(complexes) : complexes
      const trial = await trialOf(study, tried, iterations)
      const count = trial.runs.length
      const runs = runsOf(study)
      const times = (study.iterations / iterations) * (runs / count)
      const rows = trial.runs.map((run) => Buffer.byteLength(JSON.stringify(run)) + ROW_BYTES)
      return {
        runs,
        cpuS: round(trial.cpuS * times),
        workers,
        minutes: round((Math.max(trial.wallS, trial.cpuS) * times) / workers / 60),
        bytes: Math.round((runs * rows.reduce((sum, bytes) => sum + bytes, 0)) / count),
        basis: {
          setting: study.settings[0]!.id,
          seed: study.seeds[0]!,
          ...(study.kind === 'national' && { complexes: tried.map(({ complex }) => complex.id) }),
          dates: trial.runs.map(({ date }) => date),
          shipments: round(trial.runs.reduce((sum, { shipments }) => sum + shipments, 0) / count),
          iterations,
          secondsARun: round(trial.wallS / count, 1000),
          note: {
            ko: `추정: 이 서버에서 첫 설정의 ${count}일을${study.kind === 'national' ? ` 단지 ${tried.length}곳에서` : ''} 방금 계산해 잰 시간을 실행 횟수에 비례시켰습니다. 다른 계산이 함께 돌면 더 걸립니다.`,
            en: `Estimate: the time of ${count} ${count === 1 ? 'day' : 'days'} of the first setting${study.kind === 'national' ? `, in ${tried.length} of the complexes` : ''}, tried out on this server, in proportion to the runs. It takes longer beside other work.`,
          },
        },
      }
    },
    async close() {
      closing.abort()
      await Promise.allSettled(busy)
    },
  }
}

/** Orders of a day, as the demand model has them. */
function ordersOf(data: ComplexData): number {
  const { flows, scale } = demandOf(data)
  return (
    data.firms.reduce((sum, { size = '' }) => flows.reduce((all, { perWeek }) => all + (perWeek[size] ?? 0), sum), 0) *
    scale
  )
}
/** Some of them, as far apart in their orders as all of them are. */
function spread(complexes: readonly ComplexData[]): ComplexData[] {
  const drawn = complexes.filter(hasDemand)
  if (drawn.length === 0) return complexes.slice(0, 1)
  const orders = new Map(drawn.map((data) => [data, ordersOf(data)]))
  const sorted = drawn.toSorted((a, b) => orders.get(a)! - orders.get(b)!)
  const count = Math.min(TRIAL_COMPLEXES, sorted.length)
  return Array.from({ length: count }, (_, k) => sorted[Math.floor(((k + 0.5) * sorted.length) / count)]!)
}

const round = (value: number, by = 100): number => Math.round(value * by) / by

const trying = (): Refusal =>
  new Refusal(
    503,
    'study.trying',
    {
      ko: '다른 연구의 시간을 재고 있습니다. 몇 초 뒤에 다시 물어보세요.',
      en: 'The time of another study is being measured. Ask again in some seconds.',
    },
    [],
    TRY_AGAIN_S,
  )

const tooLong = (): Refusal =>
  new Refusal(422, 'study.tooLarge', {
    ko: `${LONGEST_MS / 1000}초 안에 계산되지 않는 연구입니다. 품목이나 공급처, 수단, 경로를 계획하는 날과 탐색을 줄이거나 milkrun study 로 계산하세요.`,
    en: `This study is not worked out within ${LONGEST_MS / 1000} seconds. Name fewer suppliers or ways, fewer days and iterations for the routes, or work it out by milkrun study.`,
  })
