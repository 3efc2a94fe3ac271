/** Patterns for all firms and suppliers of a complex, chosen on weeks that no study draws: what it reports was not chosen on it. */
import type { Problem } from '../../solver/index.ts'
import type { Demand, DemandFirm } from '../pickup/demand.ts'
import { chooseLane, type Lane, laneKrw } from './choose.ts'
import { pricesOf } from './estimate.ts'
import {
  type ChosenPattern,
  type ChosenPatterns,
  type CollectChange,
  DAILY,
  type Pattern,
  type Stock,
} from './schema.ts'
import { lyingDays, lyingKrw } from './waiting.ts'
import { drawWindow } from './window.ts'

/** Beyond the seeds of any study. */
const CHOICE_SEED = 1_000_000_007
const CHOICE_WEEKS = 20
const WEEK = 5
/** Every day, twice a week with a day or two between, once a week. */
const WEEKDAYS: readonly (readonly number[])[] = [[1, 4], [2, 4], [2, 5], [1], [2], [3], [4], [5]]

export interface PatternsInput {
  readonly demand: Demand
  readonly firms: readonly DemandFirm[]
  /** supplier → what suppliers near each other share, groupPlaces */
  readonly groupOf: ReadonlyMap<string, string>
  /** sites, trucks and tariffs as the setting has them; its shipments are not looked at */
  readonly problem: Problem
  /** row-major over its sites */
  readonly distanceM: readonly number[]
  readonly stock: Stock
  readonly change: Extract<CollectChange, { kind: 'collectChosen' }>
}

export function choosePatterns(input: PatternsInput): ChosenPatterns {
  const { demand, firms, groupOf, problem, distanceM, stock, change } = input
  const dates = weeksFrom(CHOICE_WEEKS)
  const siteOf = new Map(problem.sites.map(({ id }, index) => [id, index]))
  const orders = drawWindow(demand, firms, CHOICE_SEED, dates, groupOf)
  const prices = pricesOf(problem, distanceM)
  const patient = WEEKDAYS.filter((days) => longestOf(days) <= change.longestWaitDays)
  const options: Pattern[] = [DAILY, ...patient, 'full']
  const lanes = Map.groupBy(orders, ({ lane }) => lane)
  const pairs: ChosenPattern[] = []
  let [dailyKrw, chosenKrw] = [0, 0]
  for (const [name, own] of lanes) {
    const lane: Lane = {
      orders: own.map(({ order, ...held }) => ({
        ...held,
        from: siteOf.get(order.from)!,
        to: siteOf.get(order.to)!,
        pieceKg: Math.ceil(order.weightKg / order.pieces),
      })),
      dates,
      prices,
      options,
      fullKg: change.kg,
      longestWaitDays: change.longestWaitDays,
      waitKrw: (k, release) =>
        lyingKrw(stock, own[k].order, lyingDays({ day: own[k].day, release }, dates)) +
        change.waitKrwPerDay * (release.day - own[k].day),
    }
    const { patternOf, krw } = chooseLane(lane)
    dailyKrw += laneKrw(lane, () => DAILY)
    chosenKrw += krw
    const byPair = Map.groupBy(own, ({ pair }) => pair)
    for (const [pair, pattern] of patternOf) {
      const entries = byPair.get(pair)!
      const [{ order, supplier }] = entries
      const kg = entries.reduce((sum, { weightKg, mayWait }) => sum + (mayWait ? weightKg : 0), 0)
      pairs.push({ firm: order.firm, supplier, lane: name, pattern, kgPerWeek: Math.round(kg / CHOICE_WEEKS) })
    }
  }
  const perDay = (krw: number): number => Math.round(krw / dates.length)
  return { pairs, dailyKrw: perDay(dailyKrw), chosenKrw: perDay(chosenKrw) }
}

/** Working days from one collection to the day before the next. */
const longestOf = (days: readonly number[]): number =>
  Math.max(...days.map((day, k) => (days[k + 1] ?? days[0] + WEEK) - day - 1))

/** Mondays to Fridays without a day off. */
function weeksFrom(weeks: number): string[] {
  const monday = Date.UTC(2001, 0, 1)
  return Array.from({ length: weeks * WEEK }, (_, k) =>
    new Date(monday + (7 * Math.floor(k / WEEK) + (k % WEEK)) * 86_400_000).toISOString().slice(0, 10),
  )
}
