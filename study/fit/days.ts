/** What some days say of flows, busy days and weights: of all days, or of those that are not held out. */
import { type CalendarFit, fitCalendar, timesOn } from './calendar.ts'
import type { FitOrder } from './orders.ts'
import { FEW_WEIGHTS, fitWeights, type WeightFit } from './weights.ts'

export const DIRECTIONS = ['in', 'out'] as const
export type Direction = (typeof DIRECTIONS)[number]
/** Of a flow with few orders where no flow has many: as the fixture assumes. */
export const SIGMA = 0.8

export interface Fitted {
  readonly flows: ReadonlyMap<string, readonly FitOrder[]>
  readonly calendar: Readonly<Record<Direction, CalendarFit>>
  /** days, each counted by how busy it should be */
  readonly exposure: Readonly<Record<Direction, number>>
  readonly weights: ReadonlyMap<string, WeightFit>
  readonly dates: readonly string[]
}

export const flowOf = ({ direction, goods, mustGoAlone }: FitOrder): string =>
  `${direction} ${goods}${mustGoAlone ? ' alone' : ''}`

export function fitDays(orders: readonly FitOrder[], dates: readonly string[]): Fitted {
  const flows = Map.groupBy(orders, flowOf)
  const calendarOf = (direction: Direction): CalendarFit => {
    const counts = new Map(dates.map((date) => [date, 0]))
    for (const order of orders) if (order.direction === direction) counts.set(order.date, counts.get(order.date)! + 1)
    return fitCalendar([...counts].map(([date, count]) => ({ date, count })))
  }
  const calendar = { in: calendarOf('in'), out: calendarOf('out') }
  const exposureOf = (direction: Direction) => dates.reduce((sum, date) => sum + timesOn(calendar[direction], date), 0)
  const first = new Map([...flows].map(([id, own]) => [id, fitWeights(weightsOf(own), SIGMA)]))
  // flows with few orders take the spread of the others
  const known = [...first.values()].filter(({ count, sigmaInterval }) => count >= FEW_WEIGHTS && sigmaInterval)
  const sigma =
    known.length > 0
      ? Math.sqrt(
          known.reduce((sum, fit) => sum + fit.count * fit.sigma ** 2, 0) /
            known.reduce((sum, { count }) => sum + count, 0),
        )
      : SIGMA
  const weights = new Map(
    [...flows].map(([id, own]) => [
      id,
      first.get(id)!.sigmaInterval ? first.get(id)! : fitWeights(weightsOf(own), sigma),
    ]),
  )
  return { flows, calendar, exposure: { in: exposureOf('in'), out: exposureOf('out') }, weights, dates }
}

const weightsOf = (orders: readonly FitOrder[]): number[] => orders.map(({ weightKg }) => weightKg)
