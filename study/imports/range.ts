/**
 * How sure the saving of joint imports is. What the document calls uncertain is drawn between its low and high, its value the likeliest
 * (triangular); each draw is one world, in which today and the joint way are both costed, so that their difference is of the same prices.
 * The choice is made before anybody knows which world it is: the one that is cheapest at the values of the document. Beside it stands what
 * would have been cheapest in each world, and what the difference costs. The range is that of the assumptions, not of anything measured.
 */
import { type Summary, shareOf, summarise } from '../draws.ts'
import { randomOf } from '../random.ts'
import { costJoint, costToday } from './cost.ts'
import { cheapest, consolidate, curveByOrders, type ImportAnswer, type ImportChoice } from './optimise.ts'
import type { ImportStudy } from './schema.ts'
import { at, type Uncertain, withValue } from './uncertain.ts'

const DEFAULT_DRAWS = { seed: 1, count: 200 }
/** Dearer than the best of its world by no more than this share: nobody would say that the choice was wrong. */
const NEARLY_BEST = 0.02

type Frequency = ReturnType<typeof shareOf> & { readonly times: number }

/** One uncertain thing, or those that go together, at its low and high, the rest as in the document; the joint way chosen anew each time. */
export interface ImportTurn {
  readonly paths: readonly string[]
  readonly low: number
  readonly high: number
  /** of the first of them */
  readonly values: readonly [number, number]
}

export interface ImportRange {
  readonly seed: number
  readonly draws: number
  /** of today's cost, the choice of the document's values kept */
  readonly saving: Summary
  readonly savingKrw: Summary
  /** draw by draw */
  readonly byDraw: readonly number[]
  readonly cheaper: Frequency
  /** how often the way, and the number of orders, would be chosen again; how often the choice is the best or nearly */
  readonly sameWay: Frequency
  readonly sameOrders: Frequency
  readonly nearlyBest: Frequency
  /** what not knowing costs a year */
  readonly regretKrw: Summary
  /** joint orders a year that are best, and how often */
  readonly orders: readonly { readonly orders: number; readonly times: number }[]
  /** the one that moves the saving most first */
  readonly turns: readonly ImportTurn[]
}

export interface ImportResult extends ImportAnswer {
  /** null: the document calls nothing uncertain, and the saving is a point on assumed prices */
  readonly range: ImportRange | null
}

/** The point, and the range that the document's own lows and highs leave around it. */
export function consolidateWithRange(study: ImportStudy): ImportResult {
  const answer = consolidate(study)
  return { ...answer, range: importRange(study, answer.best) }
}

/** Null: the document calls nothing uncertain. */
function importRange(study: ImportStudy, chosen: ImportChoice): ImportRange | null {
  const { uncertain = [], draws = DEFAULT_DRAWS } = study
  const groups = [...Map.groupBy(uncertain, (entry) => entry.with ?? entry.path).values()]
  if (groups.length === 0) return null
  const worlds = Array.from({ length: draws.count }, (_, draw) => {
    const drawn = groups.reduce((now, group, k) => {
      const rank = randomOf(draws.seed, draw, k).uniform()
      return setAll(now, study, group, (entry, value) => triangular(entry, value, rank))
    }, study)
    const today = costToday(drawn).costKrw
    const ours = costJoint(drawn, chosen.plan).costKrw
    const best = cheapest(curveByOrders(drawn))
    return { today, ours, best, share: today > 0 ? (today - ours) / today : 0 }
  })
  const often = (is: (world: (typeof worlds)[number]) => boolean): Frequency => {
    const times = worlds.filter(is).length
    return { times, ...shareOf(times, worlds.length) }
  }
  const counts = Map.groupBy(worlds, ({ best }) => best.plan.ordersPerYear)
  return {
    seed: draws.seed,
    draws: draws.count,
    saving: summarise(worlds.map(({ share }) => share)),
    savingKrw: summarise(worlds.map(({ today, ours }) => today - ours)),
    byDraw: worlds.map(({ share }) => share),
    cheaper: often(({ today, ours }) => ours < today),
    sameWay: often(({ best }) => best.plan.way === chosen.plan.way),
    sameOrders: often(({ best }) => best.plan.ordersPerYear === chosen.plan.ordersPerYear),
    nearlyBest: often(({ ours, best }) => ours <= best.costKrw * (1 + NEARLY_BEST)),
    regretKrw: summarise(worlds.map(({ ours, best }) => Math.max(0, ours - best.costKrw))),
    orders: [...counts]
      .map(([orders, of]) => ({ orders, times: of.length }))
      .toSorted((a, b) => b.times - a.times || a.orders - b.orders),
    turns: groups
      .map((group): ImportTurn => {
        const turned = (end: 'low' | 'high'): number => {
          const then = setAll(study, study, group, (entry) => entry[end])
          const today = costToday(then).costKrw
          return today > 0 ? (today - cheapest(curveByOrders(then)).costKrw) / today : 0
        }
        return {
          paths: group.map(({ path }) => path),
          low: turned('low'),
          high: turned('high'),
          values: [group[0].low, group[0].high],
        }
      })
      .toSorted((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low)),
  }
}

const setAll = (
  now: ImportStudy,
  study: ImportStudy,
  group: readonly Uncertain[],
  drawn: (entry: Uncertain, value: number) => number,
): ImportStudy =>
  group.reduce((next, entry) => withValue(next, entry.path, drawn(entry, at(study, entry.path) as number)), now)

/** Inverse of the triangular distribution: rank 0 is low, 1 is high. */
function triangular({ low, high }: Uncertain, likeliest: number, rank: number): number {
  const span = high - low
  if (span <= 0) return likeliest
  const below = likeliest - low
  return rank * span < below
    ? low + Math.sqrt(rank * span * below)
    : high - Math.sqrt((1 - rank) * span * (high - likeliest))
}
