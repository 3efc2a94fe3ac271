/**
 * What waiting brings, held day by day against the same setting without it, on the same draws: a whole window of a seed on both sides, in
 * which exactly the same goods are fetched. What waiting does has steps of its own, none of it is counted as mode, truck size or routing:
 * those are of the rounds without waiting.
 */
import { type Estimate, ratioOf } from '../pickup/estimates.ts'
import type { Run } from '../pickup/runs.ts'
import type { PickupStudy, Setting } from '../pickup/schema.ts'
import type { ChosenPatterns } from './schema.ts'
import { collectOf, dailyOf } from './settings.ts'

/**
 * mode, truckSize, routing: from B1 to the plan, where nobody waits. frequency: fewer and larger lots, shipped direct on both sides, which a
 * firm could have without a milk run. fuller: what waiting saves on the rounds beyond that. stock: what lies longer.
 */
export const FREQUENCY_STEPS = ['mode', 'truckSize', 'routing', 'frequency', 'fuller', 'stock'] as const
export type FrequencyStep = (typeof FREQUENCY_STEPS)[number]

export interface FrequencySetting {
  readonly setting: string
  /** the same without waiting; of itself: its own id */
  readonly daily: string
  readonly days: number
  /** of B1 without waiting, the stock paid */
  readonly saving: Estimate
  /** what waiting adds to that, in points; null: nobody waits */
  readonly more: Estimate | null
  /** of B1 with the same waiting: what the milk run alone saves */
  readonly sameWaiting: Estimate
  /** mean of a working day, won: b1 + every step = plan + stock */
  readonly b1Krw: number
  readonly planKrw: number
  readonly stockKrw: number
  readonly steps: Readonly<Record<FrequencyStep, number>>
  readonly wait: {
    /** working days, of the orders that may wait */
    readonly meanDays: number
    readonly longestDays: number
    /** of all orders */
    readonly waitedShare: number
    readonly mayWaitShare: number
  }
  /** tank to wheel, of B1 without waiting */
  readonly co2Saving: Estimate
  /** lying more than when fetched daily, mean */
  readonly stockKg: number
  /** mean of a working day */
  readonly orders: number
  readonly shipments: number
  /** orders of which a side carries nothing: the sides are then of different goods */
  readonly left: number
  /** kg in all that one side was asked to carry and the other was not: 0 */
  readonly missingKg: number
  readonly patterns?: ChosenPatterns
}
export interface FrequencyResult {
  readonly settings: readonly FrequencySetting[]
  /** saves most, stock paid */
  readonly best: string
}

const WEEK = 5
const CALENDAR = 7 / WEEK
/** Weeks are the blocks of the intervals: what waits until Friday is of one. 1970-01-01 was a Thursday. */
const weekOf = (date: string): number => Math.floor((Date.parse(date) / 86_400_000 + 3) / 7)

export function summariseFrequency(study: PickupStudy, runs: readonly Run[]): FrequencyResult | undefined {
  const bySetting = Map.groupBy(runs, ({ setting }) => setting)
  const waiting = study.settings.filter(collectOf)
  const dailies = new Set(waiting.flatMap((setting) => dailyOf(study.settings, setting) ?? []))
  const shown = study.settings.filter((setting) => dailies.has(setting) || collectOf(setting))
  const settings = shown.flatMap((setting) => {
    const daily = dailyOf(study.settings, setting)
    const result = daily && settingOf(study, setting, daily, bySetting)
    return result ?? []
  })
  if (waiting.length === 0 || settings.length === 0) return undefined
  const best = settings.reduce((found, one) => (one.saving.value > found.saving.value ? one : found))
  return { settings, best: best.setting }
}

function settingOf(
  { days }: PickupStudy,
  setting: Setting,
  daily: Setting,
  bySetting: ReadonlyMap<string, readonly Run[]>,
): FrequencySetting | undefined {
  // a window that is not whole has other goods on either side
  const whole = (id: string): Map<number, readonly Run[]> => {
    const seeds = Map.groupBy(bySetting.get(id) ?? [], ({ seed }) => seed)
    return new Map([...seeds].filter(([, own]) => own.length === days))
  }
  const [own, base] = [whole(setting.id), whole(daily.id)]
  const seeds = [...own.keys()].filter((seed) => base.has(seed))
  if (seeds.length === 0) return undefined
  const weeksOf = (of: ReadonlyMap<number, readonly Run[]>): (readonly Run[])[] =>
    seeds.flatMap((seed) => [
      ...Map.groupBy(
        of.get(seed)!.toSorted((a, b) => a.day - b.day),
        ({ date }) => weekOf(date),
      ).values(),
    ])
  const [weeks, baseWeeks] = [weeksOf(own), weeksOf(base)]
  const sum = (of: readonly Run[], value: (run: Run) => number): number => of.reduce((all, run) => all + value(run), 0)
  const all = weeks.flat()
  const baseAll = baseWeeks.flat()
  const paid = (run: Run): number => run.planKrw + stockOf(run)
  const b1 = baseWeeks.map((week) => sum(week, ({ baselineKrw }) => baselineKrw.B1))
  const share = (tops: readonly number[], bottoms: readonly number[] = b1): Estimate => ratioOf(tops, bottoms).estimate
  const mean = (of: readonly Run[], value: (run: Run) => number): number => sum(of, value) / all.length
  const step = (name: 'mode' | 'truckSize' | 'routing'): number => mean(baseAll, ({ steps }) => steps[name])
  const rounds = (run: Run): number => run.planKrw - run.baselineKrw.B1
  const b1Krw = mean(baseAll, ({ baselineKrw }) => baselineKrw.B1)
  const stockKrw = mean(all, stockOf)
  const count = (value: (waiting: NonNullable<Run['waiting']>) => number): number =>
    sum(all, ({ waiting }) => (waiting ? value(waiting) : 0))
  const orders = setting === daily ? sum(all, ({ shipments }) => shipments) : count((waiting) => waiting.orders)
  const patterns = all.find(({ waiting }) => waiting?.patterns)?.waiting?.patterns
  return {
    setting: setting.id,
    daily: daily.id,
    days: all.length,
    saving: share(weeks.map((week, k) => b1[k] - sum(week, paid))),
    more:
      setting === daily
        ? null
        : share(weeks.map((week, k) => sum(baseWeeks[k], ({ planKrw }) => planKrw) - sum(week, paid))),
    sameWaiting: share(
      weeks.map((week) => sum(week, ({ baselineKrw, planKrw }) => baselineKrw.B1 - planKrw)),
      weeks.map((week) => sum(week, ({ baselineKrw }) => baselineKrw.B1)),
    ),
    b1Krw,
    planKrw: mean(all, ({ planKrw }) => planKrw),
    stockKrw,
    steps: {
      mode: step('mode'),
      truckSize: step('truckSize'),
      routing: step('routing'),
      frequency: mean(all, ({ baselineKrw }) => baselineKrw.B1) - b1Krw,
      fuller: mean(all, rounds) - mean(baseAll, rounds),
      stock: stockKrw,
    },
    wait: {
      meanDays:
        count(({ waitDays }) => waitDays) /
        Math.max(
          1,
          count(({ mayWait }) => mayWait),
        ),
      longestDays: Math.max(0, ...all.map(({ waiting }) => waiting?.longestDays ?? 0)),
      waitedShare: count(({ waited }) => waited) / Math.max(1, orders),
      mayWaitShare: count(({ mayWait }) => mayWait) / Math.max(1, orders),
    },
    co2Saving: share(
      weeks.map((week, k) => sum(baseWeeks[k], ({ b1Co2G }) => b1Co2G) - sum(week, ({ co2G }) => co2G)),
      baseWeeks.map((week) => sum(week, ({ b1Co2G }) => b1Co2G)),
    ),
    stockKg: count(({ kgDays }) => kgDays) / (all.length * CALENDAR),
    orders: orders / all.length,
    shipments: mean(all, ({ shipments }) => shipments),
    left: sum([...all, ...(setting === daily ? [] : baseAll)], ({ unserved, excluded }) => unserved + excluded),
    missingKg: sum(all, ({ weightKg }) => weightKg) - sum(baseAll, ({ weightKg }) => weightKg),
    ...(patterns && { patterns }),
  }
}

const stockOf = ({ waiting }: Run): number => waiting?.stockKrw ?? 0
