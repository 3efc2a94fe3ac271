/**
 * Walks a finished plan from the documents alone and recomputes every second, metre and won. Shares nothing with the search: no
 * instance, no timetable, no insertion; only the rules' `check` sides and the tariffs.
 */
import { brokenBalance, planSpreads } from './balance.ts'
import { checkDrivers } from './checkDrivers.ts'
import { checkParts } from './checkParts.ts'
import { type RoadLeg, roadsOf } from './checkRoads.ts'
import { problemInParts } from './parts.ts'
import { COST_KINDS, type CostLine, type Direct, type Plan, type Route, sumLines, type Violation } from './plan.ts'
import { dayIndex, NO_ROAD, type Problem, type Shipment, type Site, type Travel, type Vehicle } from './problem.ts'
import { RULES } from './rules/index.ts'
import type { Documents } from './rules/rule.ts'
import { partnersOf } from './rules/together.ts'
import { handVisits, holdKrw, isTruckTariff, softLines, terminalLines, terminalRefusal, truckLines } from './tariff.ts'

/** Every fault of the plan, an empty list if it can be driven and costs what it says. Never throws on a plan of the right schema. */
export function checkPlan(whole: Problem, travel: Travel, plan: Plan): Violation[] {
  // parts are shipments from here on; that they add up to what was split is asked at the end
  const problem = problemInParts(whole, plan.parts ?? [])
  const documents = readDocuments(problem, travel)
  const unknown = unknownIds(whole, problem, plan)
  if (unknown.length > 0) return unknown
  const driven = [...plan.routes, ...plan.direct.flatMap((direct) => (direct.route ? [direct.route] : []))]
  return [
    ...driven.flatMap((route) => [
      ...RULES.flatMap((rule) => rule.check(route, documents)),
      ...checkTimes(route, documents),
      ...checkSums(route, documents),
    ]),
    ...plan.direct.flatMap((direct) => checkDirect(direct, documents, travel)),
    ...plan.routes.flatMap((route) => checkModes(route, documents)),
    ...checkCoverage(problem, plan),
    ...checkParts(whole, plan),
    ...checkFleet(problem, plan),
    ...checkDrivers(problem, plan),
    ...checkTotals(plan),
    ...checkDocks(problem, driven),
    ...checkBalance(problem, plan),
  ]
}

export function readDocuments(problem: Problem, travel: Travel): Documents {
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const shipments = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const roads = roadsOf(problem, travel)
  const known = new Map<Route, readonly RoadLeg[]>()
  return {
    problem,
    site: (id): Site => sites.get(id)!,
    shipment: (id): Shipment => shipments.get(id)!,
    vehicle: (id): Vehicle => vehicles.get(id)!,
    roads(route) {
      const driven = known.get(route) ?? roads(vehicles.get(route.vehicle)!, route)
      known.set(route, driven)
      return driven
    },
  }
}

/** Ids in the plan that the problem does not have; nothing else can be said of such a plan. */
function unknownIds(whole: Problem, problem: Problem, plan: Plan): Violation[] {
  const known = {
    vehicle: new Set(problem.vehicles.map(({ id }) => id)),
    site: new Set(problem.sites.map(({ id }) => id)),
    shipment: new Set(problem.shipments.map(({ id }) => id)),
  }
  const found: Violation[] = []
  const see = (kind: 'vehicle' | 'site' | 'shipment', id: string, route?: string) => {
    if (known[kind].has(id)) return
    found.push({ rule: 'unknownId', [kind]: id, ...(route ? { route } : {}), excess: 1, unit: 'ids' })
  }
  const seeRoute = (route: Route) => {
    see('vehicle', route.vehicle, route.id)
    for (const stop of route.stops) {
      see('site', stop.site, route.id)
      for (const visit of stop.visits) see('shipment', visit.shipment, route.id)
    }
  }
  plan.routes.forEach(seeRoute)
  for (const direct of plan.direct) {
    see('shipment', direct.shipment)
    if (direct.route) seeRoute(direct.route)
  }
  for (const { shipment } of plan.unserved) see('shipment', shipment)
  for (const { shipment } of plan.parts ?? [])
    if (!whole.shipments.some(({ id }) => id === shipment))
      found.push({ rule: 'unknownId', shipment, excess: 1, unit: 'ids' })
  return found
}

/** The clock: nothing happens before it can, nothing takes shorter than it does, and nobody dawdles on the road. */
function checkTimes(route: Route, documents: Documents): Violation[] {
  const vehicle = documents.vehicle(route.vehicle)
  const found: Violation[] = []
  const early = (excess: number, stop: number) => {
    if (excess > 0) found.push({ rule: 'times', route: route.id, vehicle: vehicle.id, stop, excess, unit: 's' })
  }
  const restsBefore = (stop: number) => route.rests.filter(({ beforeStop }) => beforeStop === stop)
  const roads = documents.roads(route)
  let ready = route.departS
  let from: string | null = vehicle.start ?? null
  for (const [index, stop] of route.stops.entries()) {
    const rests = restsBefore(index)
    // rests on the road delay the arrival; rests at the site delay a visit
    const onRoad = rests.filter(({ startS }) => startS < stop.arriveS)
    const restS = onRoad.reduce((sum, { startS, endS }) => sum + endS - startS, 0)
    early(Math.abs(ready + roads[index].durationS + restS - stop.arriveS), index)
    for (const rest of rests) early(Math.max(ready - rest.startS, rest.startS - rest.endS), index)
    for (const rest of onRoad) early(rest.endS - stop.arriveS, index)
    // and may not overlap any
    for (const rest of rests.filter((entry) => !onRoad.includes(entry))) {
      for (const visit of stop.visits)
        early(Math.min(rest.endS, visit.endS) - Math.max(rest.startS, visit.startS), index)
      early(rest.endS - stop.leaveS, index)
    }
    let clock = stop.arriveS
    let stopS = stop.site === from && index > 0 ? 0 : (documents.site(stop.site).stopS ?? 0)
    if (stop.visits.length === 0) early(1, index)
    else early(Math.abs(stop.visits[0].startS - stop.startS), index)
    for (const visit of stop.visits) {
      const shipment = documents.shipment(visit.shipment)
      const serviceS = stopS + ((visit.kind === 'pickup' ? shipment.loadS : shipment.unloadS) ?? 0)
      early(clock - visit.startS, index)
      early(visit.startS + serviceS - visit.endS, index)
      clock = visit.endS
      stopS = 0
    }
    early(Math.abs(stop.leaveS - clock), index)
    const ids = (kind: 'pickup' | 'delivery') =>
      stop.visits.filter((visit) => visit.kind === kind).map((visit) => visit.shipment)
    const listed = JSON.stringify([stop.pickups, stop.deliveries]) === JSON.stringify([ids('pickup'), ids('delivery')])
    if (!listed) early(1, index)
    ready = stop.leaveS
    from = stop.site
  }
  for (const { beforeStop } of route.rests) if (beforeStop < 0 || beforeStop > route.stops.length) early(1, beforeStop)
  const rests = restsBefore(route.stops.length)
  const restS = rests.reduce((sum, { startS, endS }) => sum + endS - startS, 0)
  const lastLegS = roads[route.stops.length].durationS
  early(Math.abs(ready + lastLegS + restS - route.returnS), route.stops.length)
  for (const rest of rests) early(Math.max(ready - rest.startS, rest.endS - route.returnS), route.stops.length)
  return found
}

/** Metres, seconds, loads and won of a route, from its stops. */
function checkSums(route: Route, documents: Documents): Violation[] {
  const vehicle = documents.vehicle(route.vehicle)
  const tariff = documents.problem.tariffs.find(({ id }) => id === vehicle.tariff)
  const places = [vehicle.start ?? null, ...route.stops.map(({ site }) => site), vehicle.end ?? null]
  const legs = documents.roads(route)
  const paid = legs.filter((_, k) => places[k] !== null && places[k + 1] !== null)
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

  const aboard = new Set<string>()
  let emptyM = 0
  let weightKg = 0
  let volumeL = 0
  let pallets = 0
  let peakKg = 0
  let serviceS = 0
  let hands = 0
  let hold = 0
  // shifts that touch may both hold a route that takes no time
  const opening = vehicle.shifts
    .filter(([opens, closes]) => route.departS >= opens && route.returnS <= closes)
    .map(([opens]) => opens)
  const shiftOpensS = opening.find((opens) => route.day === dayIndex(opens) + 1) ?? opening[0] ?? route.departS
  let trips = 0
  const found: Violation[] = []
  const differ = (rule: string, stated: number, is: number, unit: string, stop?: number) => {
    if (Math.abs(stated - is) > 0.0015)
      found.push({
        rule,
        route: route.id,
        vehicle: vehicle.id,
        ...(stop === undefined ? {} : { stop }),
        excess: Math.abs(stated - is),
        unit,
        limit: is,
        found: stated,
      })
  }
  route.stops.forEach((stop, index) => {
    if (aboard.size === 0) emptyM += legs[index].distanceM
    for (const visit of stop.visits) {
      const shipment = documents.shipment(visit.shipment)
      serviceS += visit.endS - visit.startS
      const sign = visit.kind === 'pickup' ? 1 : -1
      weightKg += sign * shipment.weightKg
      volumeL += sign * (shipment.volumeL ?? 0)
      pallets += sign * (shipment.pallets ?? 0)
      peakKg = Math.max(peakKg, weightKg)
      if (visit.kind === 'pickup') {
        if (aboard.size === 0) trips++
        aboard.add(visit.shipment)
        hold += holdKrw(shipment, shiftOpensS)
        hands += handVisits(shipment, documents.site(shipment.from), documents.site(shipment.to), vehicle)
      } else aboard.delete(visit.shipment)
    }
    differ('weights', stop.weightKgAfter, weightKg, 'kg', index)
    differ('weights', stop.volumeLAfter, volumeL, 'L', index)
    differ('weights', stop.palletsAfter, pallets, 'pallets', index)
    differ('distances', stop.legM, legs[index].distanceM, 'm', index)
    differ('times', stop.legS, legs[index].durationS, 's', index)
  })
  const last = legs[legs.length - 1]
  emptyM += last.distanceM
  differ('distances', route.lastLegM, last.distanceM, 'm')
  differ('times', route.lastLegS, last.durationS, 's')
  differ('weights', route.peakWeightKg, peakKg, 'kg')
  differ('distances', route.distanceM, sum(legs.map(({ distanceM }) => distanceM)), 'm')
  differ('distances', route.emptyM, emptyM, 'm')
  if (route.trips !== undefined) differ('trips', route.trips, trips, 'trips')
  if (route.day !== undefined) differ('day', route.day, dayIndex(shiftOpensS) + 1, 'days')
  differ('tolls', route.tollKrw, sum(legs.map(({ tollKrw }) => tollKrw)), 'krw')
  const driveS = sum(legs.map(({ durationS }) => durationS))
  const restS = sum(route.rests.map(({ startS, endS }) => endS - startS))
  differ('times', route.driveS, driveS, 's')
  differ('times', route.serviceS, serviceS, 's')
  differ('times', route.restS, restS, 's')
  differ('times', route.waitS, route.returnS - route.departS - driveS - serviceS - restS, 's')
  if (!isTruckTariff(tariff)) return found
  const fare = truckLines(tariff, {
    legsM: paid.map(({ distanceM }) => distanceM),
    stops: route.stops.length,
    paidS: route.returnS - route.departS,
    tollKrw: sum(legs.map(({ tollKrw }) => tollKrw)),
    handVisits: hands,
    holdKrw: hold,
  })
  const visits = route.stops.flatMap((stop) => stop.visits)
  const soft = softLines(visits.map((visit) => ({ ...visit, shipment: documents.shipment(visit.shipment) })))
  const lines = [...fare, ...soft]
  found.push(...compareLines(route.costLines, lines, { route: route.id, vehicle: vehicle.id }))
  differ('cost', route.costKrw, sumLines(lines), 'krw')
  return found
}

function compareLines(stated: readonly CostLine[], is: readonly CostLine[], where: Partial<Violation>): Violation[] {
  const total = (lines: readonly CostLine[], kind: string) => sumLines(lines.filter((line) => line.kind === kind))
  return COST_KINDS.flatMap((kind): Violation[] => {
    const excess = Math.abs(total(stated, kind) - total(is, kind))
    const amounts = { limit: total(is, kind), found: total(stated, kind) }
    return excess > 0 ? [{ rule: 'cost', ...where, excess, unit: 'krw', ...amounts }] : []
  })
}

function checkDirect(direct: Direct, documents: Documents, travel: Travel): Violation[] {
  const shipment = documents.shipment(direct.shipment)
  const where = { shipment: shipment.id }
  const found: Violation[] = []
  const refuse = (rule: string, excess = 1, unit = 'shipments') => found.push({ rule, ...where, excess, unit })
  if (direct.mode === 'hired') {
    const { route } = direct
    if (shipment.modes && !shipment.modes.includes('hired')) refuse('modes')
    if (!route) return [...found, { rule: 'coverage', ...where, excess: 1, unit: 'shipments' }]
    const vehicle = documents.vehicle(route.vehicle)
    if (vehicle.kind !== 'hired' || vehicle.tariff !== direct.tariff) refuse('modes')
    const visits = route.stops.flatMap((stop) => stop.visits)
    if (visits.length !== 2 || visits.some((visit) => visit.shipment !== shipment.id)) refuse('coverage')
    if (route.distanceM !== direct.distanceM) refuse('distances', Math.abs(route.distanceM - direct.distanceM), 'm')
    found.push(...compareLines(direct.costLines, route.costLines, where))
  } else {
    if (direct.route) refuse('modes')
    const tariff = documents.problem.tariffs.find(({ id }) => id === direct.tariff)
    if (tariff?.kind !== 'terminal') return [{ rule: 'modes', ...where, excess: 1, unit: 'shipments' }]
    // terminal freight is zoned by the road metres of the first table that knows a road
    const sites = documents.problem.sites.map(({ id }) => id)
    const cell = sites.indexOf(shipment.from) * sites.length + sites.indexOf(shipment.to)
    const distanceM =
      travel.tables.map((table) => table.distanceM[cell]).find((metres) => metres !== NO_ROAD) ?? NO_ROAD
    const refusal = terminalRefusal(tariff, shipment, distanceM)
    if (refusal) refuse(refusal)
    const partners = partnersOf(documents.problem, shipment.id)
    if (partners.length > 0) refuse('together', partners.length)
    const statedM = Math.max(0, distanceM)
    if (statedM !== direct.distanceM) refuse('distances', Math.abs(statedM - direct.distanceM), 'm')
    found.push(...compareLines(direct.costLines, terminalLines(tariff, shipment, distanceM), where))
  }
  const sum = sumLines(direct.costLines)
  if (sum !== direct.costKrw) refuse('cost', Math.abs(sum - direct.costKrw), 'krw')
  return found
}

export function checkModes(route: Route, documents: Documents): Violation[] {
  const ids = new Set(route.stops.flatMap((stop) => stop.visits.map((visit) => visit.shipment)))
  return [...ids]
    .filter((id) => documents.shipment(id).modes && !documents.shipment(id).modes!.includes('route'))
    .map((id) => ({ rule: 'modes', route: route.id, shipment: id, excess: 1, unit: 'shipments' }))
}

/** Every shipment is on one route, or direct, or unserved: once. */
function checkCoverage(problem: Problem, plan: Plan): Violation[] {
  const times = new Map(problem.shipments.map(({ id }) => [id, 0]))
  const count = (id: string) => times.set(id, (times.get(id) ?? 0) + 1)
  for (const route of plan.routes)
    for (const stop of route.stops) for (const visit of stop.visits) if (visit.kind === 'pickup') count(visit.shipment)
  for (const { shipment } of plan.direct) count(shipment)
  for (const { shipment } of plan.unserved) count(shipment)
  return [...times].flatMap(([shipment, found]) =>
    found === 1 ? [] : [{ rule: 'coverage', shipment, excess: Math.abs(found - 1), unit: 'times', limit: 1, found }],
  )
}

/** No more routes of a vehicle in one shift than there are trucks. */
export function checkFleet(problem: Problem, plan: Plan): Violation[] {
  return problem.vehicles.flatMap((vehicle) =>
    vehicle.shifts.flatMap(([opens, closes]): Violation[] => {
      const found = plan.routes.filter(
        (route) => route.vehicle === vehicle.id && route.departS >= opens && route.returnS <= closes,
      ).length
      const limit = vehicle.count
      if (found <= limit) return []
      return [{ rule: 'fleet', vehicle: vehicle.id, excess: found - limit, unit: 'trucks', limit, found }]
    }),
  )
}

/** No more trucks at a site at one time than it has docks: each from its first service there to leaving. */
export function checkDocks(problem: Problem, trips: readonly Route[]): Violation[] {
  const stops = trips.flatMap((route) => route.stops)
  return problem.sites.flatMap(({ id, dockCount: limit }): Violation[] => {
    const here = stops.filter(({ site, startS, leaveS }) => site === id && leaveS > startS)
    const found = Math.max(
      0,
      ...here.map((stop) => here.filter(({ startS, leaveS }) => startS <= stop.startS && stop.startS < leaveS).length),
    )
    if (limit === undefined || found <= limit) return []
    return [{ rule: 'docks', site: id, excess: found - limit, unit: 'trucks', limit, found }]
  })
}

/** The spread of each day is as the plan says, and where it is too large the plan says that too. */
function checkBalance(problem: Problem, plan: Plan): Violation[] {
  const { balance } = problem
  if (!balance) return (plan.balance ?? []).length + plan.violations.length > 0 ? [unsaid(1)] : []
  const days = planSpreads(problem, balance, plan)
  const broken = brokenBalance(balance, days)
  if (JSON.stringify(plan.balance) !== JSON.stringify(days)) return [unsaid(Math.max(1, days.length)), ...broken]
  return JSON.stringify(plan.violations) === JSON.stringify(broken) ? [] : broken.length > 0 ? broken : [unsaid(1)]
}

const unsaid = (excess: number): Violation => ({ rule: 'statement', excess, unit: 'days' })

function checkTotals(plan: Plan): Violation[] {
  const parts = [...plan.routes, ...plan.direct]
  const cost = parts.reduce((sum, part) => sum + part.costKrw, 0)
  const lines = parts.flatMap((part) => part.costLines)
  const found = compareLines(plan.costLines, lines, {})
  if (cost !== plan.costKrw)
    found.push({ rule: 'cost', excess: Math.abs(cost - plan.costKrw), unit: 'krw', limit: cost, found: plan.costKrw })
  return found
}
