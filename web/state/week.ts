/** The days of a week and what waiting does to them, as rows: pure. */
import type { Day } from '../../server/api.ts'
import {
  type HorizonDay,
  type HorizonOptions,
  makeHorizon,
  type Plan,
  ridesOn,
  type Shipment,
  splitHorizon,
} from '../../solver/index.ts'

const DAY_MS = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10)
export const addDays = (date: string, days: number): string => iso(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS)

/** Monday of the week in which a date lies. */
export function mondayOf(date: string): string {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(date, -weekday)
}

/** `count` working days from a Monday; weekends only where they have orders. */
export function weekDays(
  days: readonly Day[],
  monday: string,
  count: number,
): readonly (Day | { readonly date: string })[] {
  const known = new Map(days.map((day) => [day.date, day]))
  const dates: string[] = []
  for (let date = monday; dates.length < count; date = addDays(date, 1)) {
    const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
    if (!weekend || (known.get(date)?.shipments ?? 0) > 0) dates.push(date)
  }
  return dates.map((date) => known.get(date) ?? { date })
}

export interface DaySum {
  readonly date: string
  readonly orders: number
  readonly trucks: number
  readonly costKrw: number
  readonly distanceM: number
  readonly unserved: number
}
export interface WaitingOrder {
  readonly id: string
  readonly shipment: Shipment
  readonly from: string
  readonly to: string
  readonly waitedDays: number
}
export interface Waiting {
  /** days: the sum of the plans that the days have, where that is cheaper than what the search found for each day alone */
  readonly baseline: 'search' | 'days'
  /** each day alone */
  readonly alone: readonly DaySum[]
  /** transport of each day when orders may wait; the price of waiting is in `holdKrw` */
  readonly together: readonly DaySum[]
  readonly aloneKrw: number
  readonly transportKrw: number
  readonly holdKrw: number
  /** baseline less transport less the price of waiting; below 0: waiting is not worth it */
  readonly savingKrw: number
  readonly moved: readonly WaitingOrder[]
  /** orders that were free to wait, whether they did or not */
  readonly free: number
}

export function sumOfPlan(date: string, orders: number, plan: Plan): DaySum {
  const driven = [...plan.routes, ...plan.direct.flatMap(({ route }) => (route ? [route] : []))]
  return {
    date,
    orders,
    trucks: driven.length,
    costKrw: plan.costKrw,
    distanceM: driven.reduce((sum, { distanceM }) => sum + distanceM, 0),
    unserved: plan.unserved.length,
  }
}

/** What the two plans of a horizon say; `plan`: with waiting, `alonePlan`: without. `own`: the plans that the days have, if all have one. */
export function weighWaiting(
  days: readonly HorizonDay[],
  options: HorizonOptions,
  plan: Plan,
  alonePlan: Plan,
  own?: readonly Plan[],
): Waiting {
  const horizon = makeHorizon(days, 'week', options)
  const alone = makeHorizon(days, 'week', { ...options, waitDays: 0 })
  const sums = (of: typeof horizon, own: Plan) =>
    splitHorizon(of, days, own, String).map(({ date, problem, plan }) =>
      sumOfPlan(date, problem.shipments.length, plan),
    )
  const [with_, without] = [sums(horizon, plan), sums(alone, alonePlan)]
  const ownSums = own?.map((one, day) => sumOfPlan(days[day]!.date, days[day]!.problem.shipments.length, one))
  const sumKrw = (all: readonly DaySum[]) => all.reduce((sum, { costKrw }) => sum + costKrw, 0)
  const leftOut = (all: readonly DaySum[]) => all.reduce((sum, { unserved }) => sum + unserved, 0)
  // a day is not flattered by what a search over many days did not find
  const better =
    ownSums && leftOut(ownSums) === leftOut(without) && sumKrw(ownSums) < sumKrw(without) ? ownSums : undefined
  const aloneKrw = sumKrw(better ?? without)
  const holdKrw = plan.costLines.reduce((sum, { kind, krw }) => sum + (kind === 'hold' ? krw : 0), 0)
  const rides = ridesOn(horizon, days, plan)
  const dayMs = (date: string) => Date.parse(`${date}T00:00:00Z`)
  const moved = horizon.orders.flatMap(({ id, day, shipment }, index): WaitingOrder[] => {
    const to = rides[index]
    if (to === undefined || to === day) return []
    const [from, until] = [days[day]!.date, days[to]!.date]
    return [{ id, shipment, from, to: until, waitedDays: Math.round((dayMs(until) - dayMs(from)) / DAY_MS) }]
  })
  const lastPickup = (windows: Shipment['pickupWindows']) => windows?.at(-1)?.[1] ?? 0
  const free = horizon.problem.shipments.filter(({ pickupWindows, due }, index) => {
    const ownS = lastPickup(alone.problem.shipments[index]?.pickupWindows)
    return lastPickup(pickupWindows) > ownS && (due === undefined || due > ownS)
  }).length
  return {
    baseline: better ? 'days' : 'search',
    alone: better ?? without,
    together: with_,
    aloneKrw,
    transportKrw: plan.costKrw - holdKrw,
    holdKrw,
    savingKrw: aloneKrw - plan.costKrw,
    moved,
    free,
  }
}
