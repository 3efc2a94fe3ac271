/**
 * The runs of a pickup study: each drawn day goes the way of any order file, through the importer, the search and the check, and is
 * compared with its baselines. The same study gives the same figures, whatever the machine and however many threads.
 */
import { Value } from 'typebox/value'
import type { Locale, Problem } from '../../solver/index.ts'
import {
  collectOf,
  type Demand,
  DemandSchema,
  type DrawnOrder,
  demandUnder,
  drawDay,
  keyOf,
  ORDER_COLUMNS,
  orderRows,
  type PickupStudy,
  problemUnder,
  quietDay,
  type Run,
  type Setting,
  type Spread,
  travelUnder,
} from '../../study/index.ts'
import type { ComplexData } from '../complexes.ts'
import { Refusal, unprocessable } from '../errors.ts'
import { importTable } from '../imports/index.ts'
import { startThread } from '../jobs/thread.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { BATCH_RUNS } from './batches.ts'
import type { StudyDay } from './runDays.ts'
import { makeWaitingDay, type Window } from './waiting.ts'
import { workingDays } from './workingDays.ts'

export interface PickupRuns {
  readonly study: PickupStudy
  readonly data: ComplexData
  readonly travelOf: TravelOf
  readonly locale: Locale
  readonly threads: number
  /** runs of an earlier attempt at the same study */
  readonly known?: readonly Run[]
  readonly report: (run: Run, done: number, all: number) => void
  readonly stopped: () => boolean
}

export const hasDemand = ({ demand }: ComplexData): boolean => Value.Check(DemandSchema, demand)

export function demandOf(data: ComplexData): Demand {
  if (Value.Check(DemandSchema, data.demand)) return data.demand
  throw new Refusal(422, 'study.noDemand', {
    ko: `${data.complex.name.ko}의 자료에 수요 모형(demand)이 없거나 형식이 맞지 않습니다. 주문 빈도와 무게의 가정을 적으세요.`,
    en: `The data of ${data.complex.name.en} have no demand model, or one of another form. State how often and how much is ordered.`,
  })
}

/** The complex, with the demand that the study brings. */
export const withDemand = (data: ComplexData, { demand }: PickupStudy): ComplexData =>
  demand ? { ...data, demand } : data

/** A run that the study asks for. */
export interface Wanted {
  readonly setting: Setting
  readonly at: StudyDay['at']
  /** where its orders wait for their day */
  readonly window?: Window
}

/** All runs that the study asks for, in the order of settings, seeds and days. */
export async function wantedRuns(study: PickupStudy, demand: Demand): Promise<Wanted[]> {
  const dates = await workingDays(demand.from, study.days)
  const { stock } = study
  return study.settings.flatMap((setting) => {
    const window = stock && collectOf(setting) && { dates, stock, firstSeed: study.seeds[0]! }
    return study.seeds.flatMap((seed) =>
      dates.map((date, day) => ({
        setting,
        at: { setting: setting.id, seed, day, date },
        ...(window && { window }),
      })),
    )
  })
}

export interface RunBatch {
  readonly batch: readonly Wanted[]
  readonly data: ComplexData
  readonly iterations: number
  readonly spread?: Spread | undefined
  readonly travelOf: TravelOf
  readonly locale: Locale
  readonly take: (run: Run) => void
  /** Ends it wherever it is: rejects with the reason, or with Cancelled. */
  readonly signal?: AbortSignal
}

/** Some runs in a thread of their own, each given as soon as it is there. Gives what the thread has used of a core, ms. */
export async function runBatch({
  batch,
  data,
  iterations,
  spread,
  travelOf,
  locale,
  take,
  signal,
}: RunBatch): Promise<number> {
  const demand = demandOf(data)
  const days: StudyDay[] = []
  for (const wanted of batch) {
    signal?.throwIfAborted()
    const { problem, ...day } = await makeStudyDay(data, demand, wanted, travelOf, locale)
    if (problem) days.push({ ...day, problem, travel: travelUnder(await travelOf(problem), wanted.setting.changes) })
    else take({ ...quietDay(day.at), ...(day.waiting && { waiting: day.waiting }) })
  }
  if (days.length === 0) return 0
  const thread = startThread({ kind: 'study', days, iterations, locale, spread }, (message) => {
    if (message.kind === 'run') take(message.run)
  })
  const leave = () => void thread.cancel()
  signal?.addEventListener('abort', leave, { once: true })
  if (signal?.aborted) leave()
  const { cpuMs } = await thread.outcome.finally(() => signal?.removeEventListener('abort', leave))
  return cpuMs
}

/** Every run of the study; fewer where it was stopped. */
export async function runPickup({
  study,
  data,
  travelOf,
  locale,
  threads,
  known = [],
  report,
  stopped,
}: PickupRuns): Promise<Run[]> {
  const wanted = await wantedRuns(study, demandOf(data))
  const runs = new Map(known.map((run) => [keyOf(run), run]))
  const open = wanted.filter(({ at }) => !runs.has(keyOf(at)))
  const take = (run: Run): void => {
    runs.set(keyOf(run), run)
    report(run, runs.size, wanted.length)
  }
  let next = 0
  const work = async (): Promise<void> => {
    while (next < open.length && !stopped()) {
      const batch = open.slice(next, next + BATCH_RUNS)
      next += batch.length
      await runBatch({ batch, data, iterations: study.iterations, spread: study.spread, travelOf, locale, take })
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  return wanted.flatMap(({ at }) => runs.get(keyOf(at)) ?? [])
}

/** Without a problem: nothing is to be carried. */
async function makeStudyDay(
  data: ComplexData,
  demand: Demand,
  { setting, at, window }: Wanted,
  travelOf: TravelOf,
  locale: Locale,
): Promise<Pick<StudyDay, 'at' | 'waiting'> & { readonly problem?: Problem | undefined }> {
  const { changes } = setting
  const under = dataUnder(data, changes)
  const read = (rows: string[][], date: string): Problem | undefined => readRows(under, rows, date, locale)
  if (window) return { at, ...(await makeWaitingDay({ data, demand, setting, at, window, travelOf, read })) }
  const drawn = drawDay(demandUnder(demand, changes), data.firms, at.seed, at.day, at.date)
  const day = problemOfDay(under, demand, drawn, at, locale)
  const problem = day && problemUnder(day, changes, at.seed)
  return { at, problem: problem && problem.shipments.length > 0 ? problem : undefined }
}

/** Orders of a day through the importer, one shipment for each. Undefined: there are none. */
export function problemOfDay(
  data: ComplexData,
  demand: Demand,
  drawn: readonly DrawnOrder[],
  at: StudyDay['at'],
  locale: Locale,
): Problem | undefined {
  const nameOf = (id: string): string => data.sites.find((site) => site.id === id)?.name ?? id
  return readRows(data, orderRows(drawn, { ...at, far: demand.far ?? [] }, nameOf), at.date, locale)
}

function readRows(data: ComplexData, rows: string[][], date: string, locale: Locale): Problem | undefined {
  const records = [[...ORDER_COLUMNS], ...rows]
  const outcome = importTable({ format: 'xlsx', records, cells: records, brokenOff: false }, data, { locale, date })
  // what the model draws must not be lost on the way: a saving of fewer orders is another one
  const faults = outcome.issues.filter(({ severity }) => severity === 'error')
  if (outcome.accepted < rows.length && rows.length > 0) throw unprocessable(faults)
  return outcome.days[0]?.problem
}

/** What a terminal carrier takes is what may wait for it: without that a higher limit would change nothing. */
function dataUnder(data: ComplexData, changes: Setting['changes']): ComplexData {
  const kg = Math.max(...changes.map((change) => (change.kind === 'terminalLimit' ? change.kg : 0)), 0)
  const { nextDay } = data.orders
  if (kg <= nextDay.maxKg) return data
  return { ...data, orders: { ...data.orders, nextDay: { ...nextDay, maxKg: kg } } }
}
