/**
 * Travel by time of day, where a problem asks for it. A provider that knows the hours (historic or predicted speeds, tolls of the night)
 * is asked for the middle of each slice on the first day, and for its tolls in all of it. For any other the durations of the day are
 * stretched by whole percents, those of expressways and those of other roads weighed by their kilometres: an estimate, and shown as one.
 * Distances stay: that traffic makes another road the better one is not modelled.
 */
import { createHash } from 'node:crypto'
import {
  type CountedDiscount,
  type Hours,
  NO_ROAD,
  type Problem,
  type TimeOfDay,
  type TollDiscounts,
  type TravelTable,
} from '../../solver/index.ts'
import { countedDiscounts, discountHours, rulesKey } from './discounts.ts'
import type { Departure, TravelProvider } from './provider.ts'
import type { DailySpan } from './tollRules.ts'

/** The departure that stands for the slice: its middle, on the first day of the problem. */
export const departureIn = (problem: Problem, { fromS, toS }: HourSlice): Departure => ({
  date: firstDay(problem),
  secondOfDay: Math.floor((fromS + toS) / 2),
  fromS,
  toS,
})

/** ISO date in the problem's own time zone, which is how Sweden writes it. */
const firstDay = ({ startsAt, timeZone }: Problem): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(Date.parse(startsAt))

const HOUR_S = 3600

/**
 * Minutes per hundred of the ordinary ones. All X, assumed in November 2026: that mornings and evenings are slow and nights fast is
 * general knowledge (G), by how much was not measured. An operator who knows better states his own slices.
 */
export const USUAL_HOURS = {
  slices: [
    { fromS: 0, toS: 6 * HOUR_S, expresswayPercent: 95, otherPercent: 85 },
    { fromS: 7 * HOUR_S, toS: 9.5 * HOUR_S, expresswayPercent: 110, otherPercent: 130 },
    { fromS: 17 * HOUR_S, toS: 19.5 * HOUR_S, expresswayPercent: 115, otherPercent: 135 },
    { fromS: 22 * HOUR_S, toS: 24 * HOUR_S, expresswayPercent: 95, otherPercent: 85 },
  ],
  note: { source: 'milkrun: assumed, not measured', asOf: '2026-11-22', certainty: 'X' },
} as const satisfies Required<TimeOfDay>

type HourSlice = NonNullable<TimeOfDay['slices']>[number]
/** Figures of one truck. */
export type Roads = Omit<TravelTable, 'trucks' | 'slices'>
type Slice = NonNullable<TravelTable['slices']>[number]

/** What the problem asks for; weekends have no commute, and slices are the same on all of its days. */
export function askedOf(problem: Problem): TollDiscounts {
  const first = new Date(`${firstDay(problem)}T00:00:00Z`).getUTCDay()
  const isWeekend = (day: number) => (first + day) % 7 === 0 || (first + day) % 7 === 6
  const { night = false, commute = false } = problem.tollDiscounts ?? {}
  return { night, commute: commute && !Array.from({ length: problem.days }, (_, day) => day).some(isWeekend) }
}

/** The slices of a problem on these roads; null: it asks for none. */
export function slicesOf(
  problem: Problem,
  { byHour }: Pick<TravelProvider, 'byHour'> = {},
): readonly HourSlice[] | null {
  const { timeOfDay } = problem
  const slices: readonly HourSlice[] | null = timeOfDay ? (timeOfDay.slices ?? USUAL_HOURS.slices) : null
  const hours = byHour ? discountHours(askedOf(problem), firstDay(problem)) : []
  return hours.length > 0 ? cutAt(slices ?? [], hours) : slices
}

/** Cut at the borders of these hours, and the hours themselves where there was no slice. */
function cutAt(slices: readonly HourSlice[], hours: readonly DailySpan[]): HourSlice[] {
  const borders = [...new Set([...slices, ...hours].flatMap(({ fromS, toS }) => [fromS, toS]))].sort((a, b) => a - b)
  return borders.slice(1).flatMap((toS, k) => {
    const fromS = borders[k]!
    const covers = (span: DailySpan) => span.fromS <= fromS && toS <= span.toS
    const slice = slices.find(covers)
    return slice || hours.some(covers) ? [{ ...slice, fromS, toS }] : []
  })
}

/** The discounts that these roads count for the problem; none: nothing of them is to be said. */
export const discountsOf = (problem: Problem, { byHour }: TravelProvider): CountedDiscount[] =>
  byHour ? countedDiscounts(askedOf(problem), firstDay(problem)) : []

/** Durations of one slice by its percents, rounded up; nothing that takes time comes to take none. */
export function stretch({ durationS, distanceM, expresswayM }: Roads, slice: HourSlice): Slice {
  const { fromS, toS, expresswayPercent = 100, otherPercent = 100 } = slice
  return {
    fromS,
    toS,
    durationS: durationS.map((seconds, cell) => {
      // no way, or a place from itself
      if (seconds <= 0) return seconds
      // a way of no length has no expressway; whole numbers all through, so that 100 leaves a figure as it is
      const metres = Math.max(1, distanceM[cell]!)
      const fastM = Math.min(metres, expresswayM?.[cell] ?? 0)
      const percentM = otherPercent * (metres - fastM) + expresswayPercent * fastM
      return Math.ceil((seconds * percentM) / (100 * metres))
    }),
  }
}

/** The figures with their slices. A road that some hour does not have counts for no hour: nobody plans to be caught by its closing. */
export function withSlices(roads: Roads, slices: readonly Slice[]): Omit<TravelTable, 'trucks'> {
  const all = [roads.durationS, ...slices.map(({ durationS }) => durationS)]
  const isGone = (cell: number) => all.some((durationS) => durationS[cell] === NO_ROAD)
  const cut = (cells: readonly number[]) => cells.map((figure, cell) => (isGone(cell) ? NO_ROAD : figure))
  return {
    durationS: cut(roads.durationS),
    distanceM: cut(roads.distanceM),
    tollKrw: cut(roads.tollKrw),
    ...(roads.expresswayM && { expresswayM: cut(roads.expresswayM) }),
    slices: slices.map((slice) => ({
      ...slice,
      durationS: cut(slice.durationS),
      ...(slice.tollKrw && { tollKrw: cut(slice.tollKrw) }),
    })),
  }
}

/** Where the slices of a problem come from. */
export function hoursOf({ timeOfDay }: Problem, { name, byHour }: TravelProvider): Hours {
  if (byHour === 'all') return { basis: 'roads', source: name }
  const { source, asOf } = timeOfDay?.note ?? {}
  if (timeOfDay?.slices) return { basis: 'stated', ...(source && { source: asOf ? `${source} ${asOf}` : source }) }
  return { basis: 'assumed', source: USUAL_HOURS.note.asOf }
}

/** Sets the figures of these slices apart from those of the whole day, and from those of another day where that may matter. */
export function hoursKey(problem: Problem, slices: readonly HourSlice[], { byHour }: TravelProvider): string {
  const shaping = JSON.stringify(byHour === 'all' ? [slices, firstDay(problem)] : slices)
  const discounts = byHour ? rulesKey(askedOf(problem), firstDay(problem)) : ''
  return `+hours:${createHash('sha256').update(shaping).digest('hex').slice(0, 12)}${discounts}`
}
