/**
 * Why a shipment is on no route. Three proof levels, never merged: a rule forbids every truck (impossible), a route would cost more
 * (dearer, by how much), or no place was found (notFound: the rule that refused most often on the routes there are, nothing to share a
 * truck with, or a place only on a route that people have locked).
 */
import { type Arcs, arc } from '../arcs.ts'
import type { Opened } from '../direct.ts'
import { cheapestDirect } from '../direct.ts'
import { divide } from '../divide.ts'
import type { Instance } from '../instance.ts'
import type { Reason } from '../plan.ts'
import { Random } from '../random.ts'
import { NO_ROAD_S, roadlessLegs } from '../roads.ts'
import { RULES } from '../rules/index.ts'
import { road } from '../rules/road.ts'
import { STATIC_RULES } from '../rules/static.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import { Inserter } from '../search/insertion.ts'
import { refresh, SearchRoute } from '../search/route.ts'

/** Reasons for each of `left`, given the timetables of the plan's routes. */
export function findReasons(opened: Opened, schedules: readonly Schedule[], left: readonly number[]): Reason[][] {
  const { instance } = opened
  const inserter = new Inserter(instance, new Random(1))
  const all = schedules.map(({ type, visits }) => {
    const route = new SearchRoute()
    route.type = type
    route.room(visits.length, instance.dimensions)
    route.length = visits.length
    visits.forEach((visit, k) => {
      route.visits[k + 1] = visit
    })
    refresh(instance, route)
    return route
  })
  const isLocked = (route: SearchRoute) => opened.locked?.[route.visits[1] >> 1] === 1
  const routes = all.filter((route) => !isLocked(route))
  const closed = all.filter(isLocked)
  const used = instance.types.map((_, type) => schedules.filter((schedule) => schedule.type === type).length)
  return left.map((order) => [
    ...tooFewParts(opened, order),
    ...reasonsOf(opened, inserter, routes, closed, used, order),
  ])
}

/** A shipment too large for every truck that would fit in more parts than it may have. */
function tooFewParts({ problem, siteIndex, offers }: Opened, order: number): Reason[] {
  const shipment = problem.shipments[order]
  const { maxParts = 1 } = shipment
  if (cheapestDirect(offers[order])) return []
  const [from, to] = [shipment.from, shipment.to].map((id) => problem.sites[siteIndex.get(id)!])
  const needed = divide(shipment, from, to, problem.vehicles)?.length ?? 0
  return needed > maxParts
    ? [{ rule: 'parts', proof: 'impossible', excess: needed - maxParts, unit: 'parts', needed }]
    : []
}

function reasonsOf(
  opened: Opened,
  inserter: Inserter,
  routes: readonly SearchRoute[],
  closed: readonly SearchRoute[],
  used: readonly number[],
  order: number,
): Reason[] {
  const { instance, problem, vehicleOf } = opened
  const { orders, types, roster } = instance
  const shipment = problem.shipments[order]
  const vehicleId = (type: number) => problem.vehicles[vehicleOf[type]].id
  const direct = cheapestDirect(opened.offers[order])
  if (opened.locked?.[order]) return [{ rule: 'locked', proof: 'impossible' }]
  if (shipment.mustGoAlone && direct) return [{ rule: 'goAlone', proof: 'impossible' }]
  if (shipment.modes && !shipment.modes.includes('route')) return [{ rule: 'modes', proof: 'impossible' }]

  // no truck of the market gets there either
  if (!direct) {
    const able = types.map((_, type) => type).filter((type) => !isBarred(instance, type, order))
    const closed = able.map((type) => forbids(opened, type, order))
    const [first] = closed
    if (first && closed.every((reason) => reason?.rule === 'road' && reason.proof === 'impossible'))
      return [{ ...first, vehicle: vehicleId(able[0]) }]
  }

  // trucks that may be given a route, and what forbids each
  const pooled = types.map((_, type) => type).filter((type) => types[type].count > 0)
  if (pooled.length === 0) {
    const idle = problem.vehicles.some(({ kind, count }) => kind === 'contract' && count > 0)
    return [{ rule: idle ? 'drivers' : 'fleet', proof: 'impossible' }]
  }
  const forbidden = pooled.map((type) => ({ type, reason: forbids(opened, type, order) }))
  if (forbidden.every(({ reason }) => reason !== null)) {
    const byRule = new Map<string, Reason>()
    for (const { type, reason } of forbidden) {
      const known = byRule.get(reason!.rule)
      if (!known || (reason!.excess ?? 0) < (known.excess ?? 0))
        byRule.set(reason!.rule, { ...reason!, vehicle: vehicleId(type) })
    }
    return [...byRule.values()]
  }

  const { company } = instance
  if (company && company.groupOf[order] >= 0) {
    const members = company.groups[company.groupOf[order]]
    const possible = pooled.some((type) =>
      members.every((member) => forbids(opened, type, member)?.proof !== 'impossible'),
    )
    return [{ rule: 'together', proof: possible ? 'notFound' : 'impossible' }]
  }

  // the cheapest place on a route there is, or on a truck that is left
  let best = Number.POSITIVE_INFINITY
  let vehicle = ''
  for (const route of routes) {
    const delta = inserter.find(route, order, best)
    if (delta < best) {
      best = delta
      vehicle = vehicleId(route.type)
    }
  }
  const free = forbidden.filter(
    ({ type, reason }) => reason === null && (roster ? roster.hasTruck(used, type) : used[type] < types[type].count),
  )
  const left = free.filter(({ type }) => !roster || roster.admits(used, type))
  for (const { type } of left) {
    const cost = opened.solo[type * orders + order]
    if (cost < best && problem.vehicles[vehicleOf[type]].kind === 'contract') {
      best = cost
      vehicle = vehicleId(type)
    }
  }
  // a route would take it for less: a term of the whole plan keeps it off
  const term = problem.balance ? 'balance' : instance.docks ? 'docks' : null
  if (direct && best < direct.krw && term) return [{ rule: term, proof: 'notFound', vehicle }]
  if (best !== Number.POSITIVE_INFINITY)
    return direct
      ? [{ rule: 'cost', proof: 'dearer', vehicle, extraKrw: Math.max(0, Math.round(best - direct.krw)) }]
      : [{ rule: 'fleet', proof: 'notFound', vehicle }]
  const barred = closed.find(
    (route) => inserter.find(route, order, Number.POSITIVE_INFINITY) !== Number.POSITIVE_INFINITY,
  )
  if (barred) return [{ rule: 'locked', proof: 'notFound', vehicle: vehicleId(barred.type) }]
  // a hired truck that is left could begin a route with it: what is missing is something to share it with
  if (left.length > 0) return [{ rule: 'noPartner', proof: 'notFound' }]
  const refusal = nearestRefusal(opened, routes, order) ?? ({ rule: 'fleet', proof: 'notFound' } as const)
  // trucks without a driver for them
  return free.length > 0 ? [{ rule: 'drivers', proof: 'notFound', vehicle: vehicleId(free[0].type) }] : [refusal]
}

const isBarred = ({ barred, orders }: Instance, type: number, order: number): boolean =>
  barred.some((amounts) => amounts[type * orders + order] > 0)

/** What keeps the shipment off a type even when it rides alone. */
export function forbids(opened: Opened, type: number, order: number): Reason | null {
  const { instance, solo } = opened
  const cell = type * instance.orders + order
  for (const [index, rule] of STATIC_RULES.entries()) {
    const excess = instance.barred[index][cell]
    if (excess > 0) return { rule: rule.name, proof: 'impossible', excess, unit: rule.unit }
  }
  if (solo[cell] !== Number.POSITIVE_INFINITY) return null
  const schedule = scheduleRoute(instance, type, [2 * order, 2 * order + 1])
  const broken = brokenRule(opened, schedule, 'impossible')
  if (broken.rule === road.name) return { ...broken, proof: isCutOff(instance, schedule) ? 'impossible' : 'notFound' }
  // another place for the rests might shorten the ride, and so might a way round by other places
  const unsure =
    (broken.rule === 'timeOnBoard' && schedule.driveS > instance.driveS) ||
    (instance.types[type].slices !== null && mindsHour(instance, schedule, broken)) ||
    hasShortcut(instance, type, order)
  return unsure ? { ...broken, proof: 'notFound' } : broken
}

/** True where another departure or another place for the rests might mend it, because travel depends on the time of day: not all are tried. */
const mindsHour = ({ driveS }: Instance, schedule: Schedule, { rule }: Reason): boolean =>
  rule === 'workTime' || rule === 'timeOnBoard' || schedule.driveS > driveS

/** True where the truck gets from one end of the order's legs to the other sooner, or in fewer metres, by way of other places. */
function hasShortcut(instance: Instance, type: number, order: number): boolean {
  const { start, end, durationS, distanceM } = instance.types[type]
  const stations = [start, instance.placeOf[2 * order], instance.placeOf[2 * order + 1], end].filter(
    (place) => place !== instance.nowhere,
  )
  return stations
    .slice(1)
    .some((to, k) =>
      [durationS, distanceM].some(
        (arcs) => shortest(arcs, instance.nowhere, stations[k], to) < arc(arcs, stations[k], to),
      ),
    )
}

/** Dijkstra (1959) on places 0 to `places` - 1, each linked with each. */
function shortest(arcs: Arcs, places: number, from: number, to: number): number {
  const reached = new Float64Array(places).fill(Number.POSITIVE_INFINITY)
  const done = new Uint8Array(places)
  reached[from] = 0
  for (;;) {
    let next = -1
    for (let place = 0; place < places; place++)
      if (done[place] === 0 && (next < 0 || reached[place] < reached[next])) next = place
    if (next === to) return reached[to]
    done[next] = 1
    for (let place = 0; place < places; place++)
      reached[place] = Math.min(reached[place], reached[next] + arc(arcs, next, place))
  }
}

export function brokenRule(opened: Opened, schedule: Schedule, proof: Reason['proof']): Reason {
  for (const rule of RULES) {
    const excess = rule.excess(schedule, opened.instance)
    if (excess > 0 && rule === road) return { rule: rule.name, proof, ...gapOf(opened, schedule) }
    if (excess > 0) return { rule: rule.name, proof, excess, unit: rule.unit }
  }
  return { rule: 'timeWindows', proof }
}

/** True where roads lead there, by way of other places if need be. */
const isLed = ({ types, nowhere }: Instance, type: number, [from, to]: readonly [number, number]): boolean =>
  shortest(types[type].durationS, nowhere, from, to) < NO_ROAD_S

const isCutOff = (instance: Instance, { type, visits }: Schedule): boolean =>
  roadlessLegs(instance, type, visits).some((leg) => !isLed(instance, type, leg))

/** The leg without a road, rather one that no way round replaces. */
function gapOf({ instance, problem }: Opened, { type, visits }: Schedule): Pick<Reason, 'from' | 'to'> {
  const legs = roadlessLegs(instance, type, visits)
  const [from, to] = legs.find((leg) => !isLed(instance, type, leg)) ?? legs[0]
  return { from: problem.sites[from].id, to: problem.sites[to].id }
}

/** The rule that refuses most often when the shipment is put first or last on each route, with its least excess. */
function nearestRefusal(opened: Opened, routes: readonly SearchRoute[], order: number): Reason | null {
  const { instance, problem, vehicleOf } = opened
  const refusals = new Map<string, { times: number; least: Reason }>()
  for (const route of routes) {
    if (instance.allowed[route.type * instance.orders + order] === 0) continue
    const visits = Array.from(route.visits.subarray(1, route.length + 1))
    const pair = [2 * order, 2 * order + 1]
    for (const tried of [
      [...pair, ...visits],
      [...visits, ...pair],
    ]) {
      const broken = brokenRule(opened, scheduleRoute(instance, route.type, tried), 'notFound')
      const reason = { ...broken, vehicle: problem.vehicles[vehicleOf[route.type]].id }
      const known = refusals.get(reason.rule) ?? { times: 0, least: reason }
      const least = (reason.excess ?? 0) < (known.least.excess ?? 0) ? reason : known.least
      refusals.set(reason.rule, { times: known.times + 1, least })
    }
  }
  const [first] = [...refusals.values()].sort((a, b) => b.times - a.times)
  return first?.least ?? null
}
