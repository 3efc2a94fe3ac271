/**
 * A plan laid out for edits: each truck as its visits in order, with the times the plan gives it. An edit changes one or two trucks; what it
 * does not touch keeps its times to the second, and everything is priced by the tariffs anew. Where docks are counted a changed truck is
 * timed around all the others as they stand, so that a way may be missed that only moving others makes possible.
 */
import { brokenBalance, planSpreads } from '../balance.ts'
import { type Opened, openProblem } from '../direct.ts'
import { type Trip, timeBeside } from '../docks.ts'
import { writeRoute } from '../document.ts'
import { type Direct, mergeLines, type Plan, type Route, sumLines } from '../plan.ts'
import { dayIndex, type Problem, type Travel } from '../problem.ts'
import { RULES } from '../rules/index.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'

/** How one order goes in the plan. */
export type Place =
  | { readonly by: 'route'; readonly index: number }
  | { readonly by: 'hired' | 'terminal'; readonly direct: Direct }
  | { readonly by: 'nobody' }

export interface Desk {
  /** with the parts that the plan has split shipments into */
  readonly opened: Opened
  readonly whole: Problem
  readonly plan: Plan
  /** [route of the plan] */
  readonly trips: readonly Trip[]
  /** by order */
  readonly alone: ReadonlyMap<number, Trip>
  readonly orderOf: ReadonlyMap<string, number>
  /** [order] */
  readonly places: readonly Place[]
}

/** The plan must be one that `checkPlan` accepts. */
export function openDesk(
  whole: Problem,
  travel: Travel,
  plan: Plan,
  opened: Opened = openProblem(whole, travel, plan.parts ?? []),
): Desk {
  const orderOf = new Map(opened.problem.shipments.map(({ id }, order) => [id, order]))
  const places: Place[] = opened.problem.shipments.map(() => ({ by: 'nobody' }))
  const trips = plan.routes.map((route, index) => {
    for (const { pickups } of route.stops) for (const id of pickups) places[orderOf.get(id)!] = { by: 'route', index }
    return tripOf(opened, orderOf, route)
  })
  const alone = new Map<number, Trip>()
  for (const direct of plan.direct) {
    const order = orderOf.get(direct.shipment)!
    places[order] = { by: direct.mode, direct }
    if (direct.route) alone.set(order, tripOf(opened, orderOf, direct.route))
  }
  return { opened, whole, plan, trips, alone, orderOf, places }
}

function tripOf(opened: Opened, orderOf: ReadonlyMap<string, number>, route: Route): Trip {
  const type = typeOf(opened, route)
  const schedule = scheduleOf(opened, orderOf, type, route)
  return { type, visits: schedule.visits, schedule }
}

/** The type that a finished route is driven by: of several spans of one shift the longest that its driver may take. */
function typeOf({ problem, instance, vehicleOf }: Opened, route: Route): number {
  const driver = problem.drivers?.findIndex(({ id }) => id === route.driver) ?? -1
  const fits = instance.types.flatMap(({ opensS, closesS, shiftOpensS }, type) => {
    const isTruck = problem.vehicles[vehicleOf[type]].id === route.vehicle
    const isThen = route.departS >= opensS && route.returnS <= closesS
    const isDay = route.day === undefined || route.day === dayIndex(shiftOpensS) + 1
    const isDriven = driver < 0 || instance.roster?.mayDrive(driver, type) === true
    return isTruck && isThen && isDay && isDriven ? [type] : []
  })
  const lasts = (type: number) => instance.types[type].closesS - instance.types[type].opensS
  const [longest] = fits.sort((a, b) => lasts(b) - lasts(a))
  if (longest === undefined) throw new RangeError(`route ${route.id} is in no shift of vehicle ${route.vehicle}`)
  return longest
}

/** A finished route as the timetable it was written from. */
function scheduleOf(opened: Opened, orderOf: ReadonlyMap<string, number>, type: number, route: Route): Schedule {
  const { demand, dimensions } = opened.instance
  const visits: number[] = []
  const arriveS: number[] = []
  const startS: number[] = []
  const leaveS: number[] = []
  const stopBegins: boolean[] = []
  const loadAfter: number[][] = []
  const firstOf: number[] = []
  let load: number[] = Array(dimensions).fill(0)
  for (const stop of route.stops) {
    firstOf.push(visits.length)
    stop.visits.forEach(({ shipment, kind, startS: start, endS }, k) => {
      const order = orderOf.get(shipment)!
      const sign = kind === 'pickup' ? 1 : -1
      load = load.map((amount, d) => amount + sign * demand[order * dimensions + d])
      arriveS.push(k === 0 ? stop.arriveS : leaveS[leaveS.length - 1])
      visits.push(2 * order + (kind === 'pickup' ? 0 : 1))
      startS.push(start)
      leaveS.push(endS)
      stopBegins.push(k === 0)
      loadAfter.push(load)
    })
  }
  const { departS, returnS, driveS, waitS, distanceM } = route
  return {
    type,
    visits,
    arriveS,
    startS,
    leaveS,
    stopBegins,
    lateS: visits.map(() => 0),
    loadAfter,
    rests: route.rests.map(({ beforeStop, startS, endS }) => ({
      before: firstOf[beforeStop] ?? visits.length,
      startS,
      endS,
    })),
    departS,
    returnS,
    driveS,
    waitS,
    distanceM,
    stops: route.stops.length,
  }
}

/** What is to be written anew. */
export interface Rewrite {
  /** by index into plan.routes; null: the truck stays at home */
  readonly changed?: ReadonlyMap<number, Trip | null>
  /** trucks that stood idle */
  readonly begun?: readonly Trip[]
  /** orders that no longer go as they went, besides those that `changed` takes off a route */
  readonly lifted?: readonly number[]
  readonly direct?: readonly Direct[]
}

/** The trips that stay as they are: who books docks before a changed truck. */
export function standing(desk: Desk, changed: ReadonlySet<number>, lifted: ReadonlySet<number>): Trip[] {
  return [
    ...desk.trips.filter((_, index) => !changed.has(index)),
    ...[...desk.alone].flatMap(([order, trip]) => (lifted.has(order) ? [] : [trip])),
  ]
}

/** The timetable of a truck, beside those that stand; null where it breaks a rule or finds no dock. */
export function timeTrip(
  { opened: { instance } }: Desk,
  type: number,
  visits: readonly number[],
  fixed: readonly Trip[],
): Trip | null {
  const schedule = scheduleRoute(instance, type, visits)
  if (RULES.some((rule) => rule.excess(schedule, instance) > 0)) return null
  const docked = timeBeside(instance, fixed, { type, visits, schedule })
  if (docked === null || (docked !== schedule && RULES.some((rule) => rule.excess(docked, instance) > 0))) return null
  return { type, visits, schedule: docked }
}

/** The plan written anew; null where no driver is left for a truck that begins. */
export function rewritePlan(
  desk: Desk,
  { changed = new Map(), begun = [], lifted = [], direct = [] }: Rewrite,
): Plan | null {
  const { opened, plan, trips } = desk
  const kept = trips.flatMap((trip, index) => {
    const now = changed.has(index) ? changed.get(index) : trip
    const { id, driver } = plan.routes[index]
    return now
      ? [{ type: now.type, route: { ...writeRoute(opened, now.schedule, id), ...(driver && { driver }) } }]
      : []
  })
  const ids = newIds(plan)
  const fresh = begun.map(({ type, schedule }, k) => ({ type, route: writeRoute(opened, schedule, ids(k)) }))
  const routes = withDrivers(opened, [...kept, ...fresh])
  const gone = new Set([
    ...lifted.map((order) => opened.problem.shipments[order].id),
    ...direct.map(({ shipment }) => shipment),
  ])
  return (
    routes &&
    assemblePlan(desk, {
      routes,
      direct: [...plan.direct.filter(({ shipment }) => !gone.has(shipment)).map(reprice), ...direct],
      unserved: plan.unserved.filter(({ shipment }) => !gone.has(shipment)),
    })
  )

  function reprice(way: Direct): Direct {
    const trip = desk.alone.get(desk.orderOf.get(way.shipment)!)
    if (!trip || !way.route) return way
    const route = writeRoute(opened, trip.schedule, way.route.id)
    return { ...way, route, costLines: route.costLines, costKrw: route.costKrw, distanceM: route.distanceM }
  }
}

/** Names for routes that begin: numbers that no route of the plan has. */
export function newIds({ routes }: Plan): (k: number) => string {
  const highest = Math.max(0, ...routes.map(({ id }) => Number(id)).filter(Number.isFinite))
  return (k) => String(highest + 1 + k)
}

/** A driver for each route that needs one; those who have a route keep it where that is possible. Null: there are not enough. */
export function withDrivers(
  { problem, instance }: Opened,
  driven: readonly { readonly type: number; readonly route: Route }[],
): Route[] | null {
  const routes = driven.map(({ route }) => route)
  const { drivers } = problem
  if (!drivers || !instance.roster) return routes
  const had = routes.map(({ driver }) => drivers.findIndex(({ id }) => id === driver))
  const found = instance.roster.assign(
    driven.map(({ type }) => type),
    had,
  )
  return (
    found &&
    routes.map(({ driver: _, ...route }, k) => (found[k] < 0 ? route : { ...route, driver: drivers[found[k]].id }))
  )
}

/** A plan of these parts: its sums, and what it says of balance. */
export function assemblePlan(
  { plan, opened: { problem } }: Desk,
  { routes, direct, unserved }: Pick<Plan, 'routes' | 'direct' | 'unserved'>,
): Plan {
  const costLines = mergeLines([...routes, ...direct].map((part) => part.costLines))
  const { balance } = problem
  const days = balance ? planSpreads(problem, balance, { routes }) : []
  return {
    ...plan,
    routes,
    direct,
    unserved,
    costLines,
    costKrw: sumLines(costLines),
    violations: balance ? brokenBalance(balance, days) : [],
    ...(balance ? { balance: days } : {}),
  }
}

/** The visits without those of one order. */
export const without = (visits: readonly number[], order: number): number[] =>
  visits.filter((visit) => visit >> 1 !== order)
