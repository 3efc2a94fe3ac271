/**
 * Travel by time of day: each slice of the day has its own durations, and a leg that crosses a border drives on at the pace of the next
 * slice. Leaving later so never means arriving earlier (FIFO).
 * Ichoua, Gendreau & Potvin (2003), Vehicle dispatching with time-dependent travel times, European Journal of Operational Research 144(2).
 * Differs from the paper: what is given is not the speed but the duration of the whole leg in each slice. The share of it that is left at
 * a border takes that share of the next slice's duration, rounded up to whole seconds. Everything is whole seconds, and each step grows
 * with the departure, so FIFO holds to the second; no leg takes less than in its fastest slice; equal slices are as good as none.
 */
import { DAY_S, NO_ROAD, type TravelTable } from './problem.ts'
import { NO_ROAD_S } from './roads.ts'

/** The whole day in periods, the slices and what lies between them; the last period of a day goes over into the first of the next. */
export interface Slices {
  readonly size: number
  /** [period] second of the day at which it begins, ascending, the first 0 */
  readonly fromS: Float64Array
  /** [period] [from * size + to] */
  readonly durationS: readonly Float64Array[]
  /** [period] [from * size + to] charged toll above the least of the day; null: the same all day, or in the fare */
  readonly extraToll: readonly Float64Array[] | null
}

interface Period {
  readonly fromS: number
  readonly durationS: readonly number[]
  readonly tollKrw: readonly number[]
}

/** The periods of a table's day; one where it has no slices. */
export function periodsOf({ slices = [], durationS, tollKrw }: TravelTable): Period[] {
  const periods: Period[] = []
  let doneS = 0
  for (const slice of slices) {
    if (slice.fromS > doneS) periods.push({ fromS: doneS, durationS, tollKrw })
    periods.push({ fromS: slice.fromS, durationS: slice.durationS, tollKrw: slice.tollKrw ?? tollKrw })
    doneS = slice.toS
  }
  if (doneS < DAY_S) periods.push({ fromS: doneS, durationS, tollKrw })
  return periods
}

export function periodAt({ fromS }: { readonly fromS: ArrayLike<number> }, atS: number): number {
  const daytimeS = atS - DAY_S * Math.floor(atS / DAY_S)
  let period = fromS.length - 1
  while (fromS[period] > daytimeS) period--
  return period
}

/** Seconds from `atS` to the end of the period. */
export function leftOf({ fromS }: Slices, period: number, atS: number): number {
  const daytimeS = atS - DAY_S * Math.floor(atS / DAY_S)
  return (period + 1 < fromS.length ? fromS[period + 1] : DAY_S) - daytimeS
}

/** Beyond every horizon: who leaves then never did, and no hour can be told. */
const NEVER_S = 2 ** 40
/** A leg takes no longer: products of two durations stay whole. What takes longer leads nowhere, at whatever hour. */
export const LONGEST_LEG_S = 366 * DAY_S

/** When a truck arrives that leaves then and does not stop on the way. */
export function arriveBySlices(slices: Slices, from: number, to: number, leaveS: number): number {
  const { durationS, size, fromS } = slices
  if (!(leaveS < NEVER_S)) return leaveS
  const cell = from * size + to
  let period = periodAt(slices, leaveS)
  let clock = leaveS
  let left = durationS[period][cell]
  if (left > LONGEST_LEG_S) return leaveS + left
  for (;;) {
    const room = leftOf(slices, period, clock)
    if (left <= room) return clock + left
    const next = period + 1 < fromS.length ? period + 1 : 0
    left = Math.ceil(((left - room) * durationS[next][cell]) / durationS[period][cell])
    clock += room
    period = next
  }
}

/** A leg driven under the rest rule. */
export interface Drive {
  readonly arriveS: number
  readonly rests: number
  /** driving since the last rest */
  readonly drivenS: number
}

/** A leg with rests as late as the law allows, begun after `drivenS` of driving; what is left after a rest goes on at the pace of then. */
export function driveBySlices(
  slices: Slices,
  law: { readonly driveS: number; readonly restS: number },
  from: number,
  to: number,
  leaveS: number,
  drivenS: number,
): Drive {
  const { durationS, size } = slices
  const cell = from * size + to
  const { driveS, restS } = law
  const freeS = arriveBySlices(slices, from, to, leaveS)
  if (driveS === Number.POSITIVE_INFINITY) return { arriveS: freeS, rests: 0, drivenS: 0 }
  const wheelS = drivenS + freeS - leaveS
  // nobody rests on a road that is not there
  if (freeS - leaveS > LONGEST_LEG_S) return { arriveS: freeS, rests: 0, drivenS: 0 }
  if (wheelS <= driveS) return { arriveS: freeS, rests: 0, drivenS: wheelS }
  let period = periodAt(slices, leaveS)
  let clock = leaveS
  let left = durationS[period][cell]
  let since = drivenS
  let rests = 0
  for (;;) {
    const room = leftOf(slices, period, clock)
    const may = driveS - since
    if (left <= room && left <= may) return { arriveS: clock + left, rests, drivenS: since + left }
    const stretch = Math.min(room, may)
    clock += stretch
    left -= stretch
    since += stretch
    if (since === driveS) {
      clock += restS
      since = 0
      rests++
    }
    const next = periodAt(slices, clock)
    if (next !== period) left = Math.ceil((left * durationS[next][cell]) / durationS[period][cell])
    period = next
  }
}

/** The latest departure from `floorS` on that arrives by `byS`; NaN: there is none. Where rests are needed a later one may be missed. */
export function leaveBySlices(
  slices: Slices,
  law: { readonly driveS: number; readonly restS: number },
  from: number,
  to: number,
  byS: number,
  floorS: number,
  drivenS = 0,
): number {
  const arrives = (leaveS: number) => driveBySlices(slices, law, from, to, leaveS, drivenS).arriveS
  if (!(floorS <= byS) || arrives(floorS) > byS) return Number.NaN
  let low = floorS
  let high = byS
  if (arrives(high) <= byS) return high
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (arrives(middle) <= byS) low = middle
    else high = middle
  }
  return low
}

/** Charged toll of a leg above the least of the day. */
export const extraTollOf = (slices: Slices, from: number, to: number, leaveS: number): number =>
  slices.extraToll === null ? 0 : slices.extraToll[periodAt(slices, leaveS)][from * slices.size + to]

/** Moments of the horizon, exclusive of both ends, at which some period begins. */
export function bordersBetween({ fromS }: Slices, afterS: number, beforeS: number): number[] {
  const found: number[] = []
  for (let day = Math.floor(afterS / DAY_S); day * DAY_S < beforeS; day++)
    for (const border of fromS) {
      const atS = day * DAY_S + border
      if (atS > afterS && atS < beforeS) found.push(atS)
    }
  return found
}

/** Least of the periods, cell by cell. */
export function leastOf(tables: readonly ArrayLike<number>[]): (cell: number) => number {
  const [first, ...others] = tables
  return (cell) => others.reduce((least, cells) => Math.min(least, cells[cell]), first[cell])
}

/** Of sites as places of an instance, which has one place more that costs nothing to reach. `charged`: who hires the truck pays tolls. */
export function makeSlices(table: TravelTable, sites: number, charged: boolean): Slices | null {
  if (!table.slices || table.slices.length === 0) return null
  const size = sites + 1
  const widen = (figure: (cell: number) => number) => {
    const wide = new Float64Array(size * size)
    for (let from = 0; from < sites; from++)
      for (let to = 0; to < sites; to++) wide[from * size + to] = figure(from * sites + to)
    return wide
  }
  const periods = periodsOf(table)
  const leastToll = leastOf(periods.map(({ tollKrw }) => tollKrw))
  const extra = charged ? periods.map(({ tollKrw }) => widen((cell) => tollKrw[cell] - leastToll(cell))) : []
  return {
    size,
    fromS: Float64Array.from(periods, ({ fromS }) => fromS),
    durationS: periods.map(({ durationS }) =>
      widen((cell) => (durationS[cell] === NO_ROAD ? NO_ROAD_S : durationS[cell])),
    ),
    extraToll: extra.some((tolls) => tolls.some((krw) => krw > 0)) ? extra : null,
  }
}
