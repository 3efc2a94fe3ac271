/** Indices back to ids: a timetable becomes the route, direct shipment or plan that people and `check` read. */

import { brokenBalance, planSpreads } from './balance.ts'
import { terminalDistanceM, travelTable } from './dense.ts'
import type { Opened } from './direct.ts'
import { cheapestDirect } from './direct.ts'
import { arrangeDocks, type Moved } from './docks.ts'
import { findReasons } from './explain/reasons.ts'
import { type Direct, mergeLines, type Plan, type Provenance, type Route, type Stop, sumLines } from './plan.ts'
import { dayIndex, type Shipment } from './problem.ts'
import { tripsOf } from './rules/trips.ts'
import { legSeconds, type Schedule, scheduleRoute } from './schedule.ts'
import type { Assignment } from './search/solution.ts'
import { periodAt, periodsOf } from './slices.ts'
import { handVisits, holdKrw, softLines, type TruckTariff, truckLines } from './tariff.ts'

/** Writes a timetable as a document, priced by its tariff. */
export function writeRoute(opened: Opened, schedule: Schedule, id: string): Route {
  const { problem, instance, vehicleOf, travel } = opened
  const vehicle = problem.vehicles[vehicleOf[schedule.type]]
  const tariff = problem.tariffs.find((entry) => entry.id === vehicle.tariff) as TruckTariff
  const table = travelTable(travel, vehicle.truck)
  const sites = problem.sites.length
  const { start, end, shiftOpensS } = instance.types[schedule.type]
  const cell = (cells: readonly number[], from: number, to: number) =>
    from < sites && to < sites ? cells[from * sites + to] : 0
  const periods = periodsOf(table)
  const bordersS = periods.map(({ fromS }) => fromS)
  const tollAt = (from: number, to: number, leaveS: number) =>
    cell(periods[periodAt({ fromS: bordersS }, leaveS)].tollKrw, from, to)

  const stops: Stop[] = []
  const legsM: number[] = []
  let place = start
  let tollKrw = 0
  let emptyM = 0
  let aboard = 0
  let carried: Shipment[] = []
  let peakWeightKg = 0
  for (const [k, visit] of schedule.visits.entries()) {
    const here = instance.placeOf[visit]
    const kind = (visit & 1) === 0 ? 'pickup' : 'delivery'
    const shipment = problem.shipments[visit >> 1]
    if (schedule.stopBegins[k]) {
      const legM = cell(table.distanceM, place, here)
      if (aboard === 0) emptyM += legM
      legsM.push(legM)
      tollKrw += tollAt(place, here, k === 0 ? schedule.departS : schedule.leaveS[k - 1])
      stops.push({
        site: problem.sites[here].id,
        arriveS: schedule.arriveS[k],
        startS: schedule.startS[k],
        leaveS: schedule.leaveS[k],
        pickups: [],
        deliveries: [],
        visits: [],
        legM,
        legS: legSeconds(schedule, k),
        weightKgAfter: 0,
        volumeLAfter: 0,
        palletsAfter: 0,
      })
    }
    aboard += kind === 'pickup' ? 1 : -1
    if (kind === 'pickup') carried = [...carried, shipment]
    const stop = stops[stops.length - 1]
    const [weight, volume, pallets] = schedule.loadAfter[k]
    const list = kind === 'pickup' ? stop.pickups : stop.deliveries
    list.push(shipment.id)
    stop.visits.push({ shipment: shipment.id, kind, startS: schedule.startS[k], endS: schedule.leaveS[k] })
    stop.leaveS = schedule.leaveS[k]
    stop.weightKgAfter = round3(weight)
    stop.volumeLAfter = round3(volume)
    stop.palletsAfter = round3(pallets)
    peakWeightKg = Math.max(peakWeightKg, round3(weight))
    place = here
  }
  const lastLegM = cell(table.distanceM, place, end)
  if (end !== instance.nowhere) legsM.push(lastLegM)
  tollKrw += tollAt(place, end, schedule.leaveS.at(-1) ?? schedule.departS)
  emptyM += lastLegM

  const stopOf = (position: number) => schedule.stopBegins.slice(0, position + 1).filter(Boolean).length - 1
  const siteOf = (siteId: string) => problem.sites[opened.siteIndex.get(siteId)!]
  const fare = truckLines(tariff, {
    legsM,
    stops: stops.length,
    paidS: schedule.returnS - schedule.departS,
    tollKrw,
    handVisits: carried.reduce((sum, s) => sum + handVisits(s, siteOf(s.from), siteOf(s.to), vehicle), 0),
    holdKrw: carried.reduce((sum, s) => sum + holdKrw(s, shiftOpensS), 0),
  })
  const soft = softLines(
    schedule.visits.map((visit, k) => ({
      shipment: problem.shipments[visit >> 1],
      kind: (visit & 1) === 0 ? 'pickup' : 'delivery',
      startS: schedule.startS[k],
    })),
  )
  const costLines = [...fare, ...soft]
  const route: Route = {
    id,
    vehicle: vehicle.id,
    stops,
    rests: schedule.rests.map(({ before, startS, endS }) => ({
      beforeStop: before < schedule.visits.length ? stopOf(before) : stops.length,
      startS,
      endS,
    })),
    departS: schedule.departS,
    returnS: schedule.returnS,
    driveS: schedule.driveS,
    serviceS: schedule.leaveS.reduce((sum, leaveS, k) => sum + leaveS - schedule.startS[k], 0),
    waitS: schedule.waitS,
    restS: schedule.rests.reduce((sum, rest) => sum + rest.endS - rest.startS, 0),
    distanceM: schedule.distanceM,
    emptyM,
    lastLegM,
    lastLegS: legSeconds(schedule, schedule.visits.length),
    tollKrw,
    peakWeightKg,
    costLines,
    costKrw: sumLines(costLines),
  }
  return { ...route, day: dayIndex(shiftOpensS) + 1, trips: tripsOf(route) }
}

const round3 = (amount: number): number => Math.round(amount * 1000) / 1000

/** A shipment by its cheapest direct way, or as docks have moved it; null where there is none. */
export function writeDirect(opened: Opened, order: number, moved?: Moved): Direct | null {
  const { problem, travel, siteIndex } = opened
  const { id: shipment } = problem.shipments[order]
  const { terminal } = opened.offers[order]
  const way = cheapestDirect(opened.offers[order])
  if (!way || moved?.mode === 'none') return null
  const mode = moved?.mode ?? way.mode
  if (mode === 'hired' && way.mode === 'hired') {
    const route =
      moved?.mode === 'hired'
        ? writeRoute(opened, moved.schedule, `direct-${shipment}`)
        : writeAlone(opened, order, way.type)
    const { costLines, costKrw, distanceM } = route
    const { tariff } = problem.vehicles[opened.vehicleOf[way.type]]
    return { shipment, mode, tariff, route, distanceM, costLines, costKrw, reasons: [] }
  }
  if (!terminal) return null
  const { tariff, lines: costLines, krw: costKrw } = terminal
  const distanceM = terminalDistanceM(problem, travel, problem.shipments[order], siteIndex)
  return { shipment, mode: 'terminal', tariff, distanceM: Math.max(0, distanceM), costLines, costKrw, reasons: [] }
}

/** A shipment alone on a truck of the type. */
export const writeAlone = (opened: Opened, order: number, type: number): Route =>
  writeRoute(
    opened,
    scheduleRoute(opened.instance, type, [2 * order, 2 * order + 1]),
    `direct-${opened.problem.shipments[order].id}`,
  )

/**
 * The plan of an assignment. Routes are numbered contract trucks first, then by departure.
 */
export function writePlan(opened: Opened, assignment: Assignment, provenance: Provenance): Plan {
  const { problem, vehicleOf, instance } = opened
  const kind = (type: number) => problem.vehicles[vehicleOf[type]].kind
  const trips = assignment.routes.map(({ type, visits }) => {
    const schedule = scheduleRoute(instance, type, visits)
    return { type, visits, schedule }
  })
  const docked = instance.docks && arrangeDocks(instance, trips, assignment.absent)
  const schedules = [...(docked?.schedules ?? trips.map(({ schedule }) => schedule))].sort(
    (a, b) =>
      (kind(a.type) === 'contract' ? 0 : 1) - (kind(b.type) === 'contract' ? 0 : 1) ||
      a.type - b.type ||
      a.departS - b.departS ||
      a.visits[0] - b.visits[0],
  )
  const drivers = instance.roster?.assign(schedules.map(({ type }) => type))
  const routes = schedules.map((schedule, index) => {
    const route = writeRoute(opened, schedule, String(index + 1))
    const driver = drivers && problem.drivers?.[drivers[index]]
    return driver ? { ...route, driver: driver.id } : route
  })
  const left = assignment.absent
  const reasons = findReasons(opened, schedules, left)
  const direct: Direct[] = []
  const unserved: { shipment: string; reasons: Direct['reasons'] }[] = []
  left.forEach((order, k) => {
    const way = writeDirect(opened, order, docked?.moved.get(order))
    if (way) direct.push({ ...way, reasons: reasons[k] })
    else {
      const noDock = docked?.moved.get(order)?.mode === 'none'
      const why: Direct['reasons'] = noDock ? [{ rule: 'docks', proof: 'notFound' }] : reasons[k]
      unserved.push({ shipment: problem.shipments[order].id, reasons: why })
    }
  })
  const costLines = mergeLines([...routes, ...direct].map((part) => part.costLines))
  const { balance } = problem
  const days = balance ? planSpreads(problem, balance, { routes }) : []
  return {
    routes,
    direct,
    unserved,
    ...(opened.parts.length > 0 ? { parts: [...opened.parts] } : {}),
    costLines,
    costKrw: sumLines(costLines),
    violations: balance ? brokenBalance(balance, days) : [],
    ...(balance ? { balance: days } : {}),
    provenance,
  }
}
