/**
 * Where one more order fits a truck: every pair of places among its visits, judged by the whole timetable, every rule and the ledger.
 * Cheap refusals first, each of which the timetable would refuse as well: load, stops, and time without rests. Then the cheapest by a
 * price that the true one never undercuts, so that the search ends at the first place whose true price no other can beat.
 */
import { arc } from '../arcs.ts'
import type { Trip } from '../docks.ts'
import { writeRoute } from '../document.ts'
import type { Instance } from '../instance.ts'
import type { Reason } from '../plan.ts'
import { RULES } from '../rules/index.ts'
import { scheduleRoute } from '../schedule.ts'
import { fareOf } from '../search/route.ts'
import { firstOpen } from '../timeline.ts'
import { type Desk, timeTrip } from './desk.ts'

export interface Trial {
  readonly visits: readonly number[]
  /** the truck's cost is no less */
  readonly leastKrw: number
}

/** Positions that a person has named, among the visits that stay. */
export interface At {
  readonly pickupAt?: number | undefined
  readonly deliveryAt?: number | undefined
}

/** The orders put among the visits wherever they can be: all their pickups at one place, and all their deliveries at one after it. */
export function placements(visits: readonly number[], orders: readonly number[], at: At = {}): number[][] {
  const { pickupAt, deliveryAt } = at
  const pickups = orders.map((order) => 2 * order)
  const deliveries = orders.map((order) => 2 * order + 1)
  // a delivery before its pickup is what somebody asked for: it is tried, and refused in words
  if (pickupAt !== undefined && deliveryAt !== undefined && deliveryAt < pickupAt)
    return [
      [
        ...visits.slice(0, deliveryAt),
        ...deliveries,
        ...visits.slice(deliveryAt, pickupAt),
        ...pickups,
        ...visits.slice(pickupAt),
      ],
    ]
  const placed: number[][] = []
  for (let i = pickupAt ?? 0; i <= (pickupAt ?? deliveryAt ?? visits.length); i++)
    for (let j = Math.max(i, deliveryAt ?? 0); j <= (deliveryAt ?? visits.length); j++)
      placed.push([...visits.slice(0, i), ...pickups, ...visits.slice(i, j), ...deliveries, ...visits.slice(j)])
  return placed
}

/** Orders of visits with the order among them that no cheap test refuses, cheapest first. */
export const trialsOf = (instance: Instance, type: number, visits: readonly number[], order: number): Trial[] =>
  trialsAmong(instance, type, placements(visits, [order]))

export const trialsAmong = (instance: Instance, type: number, tried: readonly (readonly number[])[]): Trial[] =>
  tried
    .filter((visits) => mayFit(instance, type, visits))
    .map((visits) => ({ visits, leastKrw: leastKrw(instance, type, visits) }))
    .sort((a, b) => a.leastKrw - b.leastKrw)

/** False only where load, stops or time refuse the truck whatever the rests. */
export function mayFit(instance: Instance, type: number, visits: readonly number[]): boolean {
  const { placeOf, serviceS, stopS, demand, dimensions } = instance
  const truck = instance.types[type]
  for (let d = 0; d < dimensions; d++) {
    let load = 0
    for (const visit of visits) {
      load += (visit & 1) === 0 ? demand[(visit >> 1) * dimensions + d] : -demand[(visit >> 1) * dimensions + d]
      if (load > truck.capacity[d]) return false
    }
  }
  let place = truck.start
  let clock = truck.opensS
  let stops = 0
  for (const [k, visit] of visits.entries()) {
    const next = placeOf[visit]
    const isStop = k === 0 || next !== place
    if (isStop) stops++
    const start = firstOpen(instance, visit, clock + arc(truck.durationS, place, next))
    if (start === Number.POSITIVE_INFINITY) return false
    clock = start + serviceS[visit] + (isStop ? stopS[next] : 0)
    place = next
  }
  return stops <= truck.maxStops && clock + arc(truck.durationS, place, truck.end) <= truck.closesS
}

/** What the truck costs if it never waits nor rests and every service starts when it should. */
function leastKrw(instance: Instance, type: number, visits: readonly number[]): number {
  const { placeOf, serviceS, stopS, carryCost, orders } = instance
  const truck = instance.types[type]
  let place = truck.start
  let arcs = 0
  let paidS = 0
  let stops = 0
  let carry = 0
  for (const [k, visit] of visits.entries()) {
    const next = placeOf[visit]
    const isStop = k === 0 || next !== place
    arcs += arc(truck.arcCost, place, next)
    paidS += arc(truck.durationS, place, next) + serviceS[visit] + (isStop ? stopS[next] : 0)
    if (isStop) stops++
    if ((visit & 1) === 0) carry += carryCost[type * orders + (visit >> 1)]
    place = next
  }
  arcs += arc(truck.arcCost, place, truck.end)
  paidS += arc(truck.durationS, place, truck.end)
  const overS = Math.max(0, paidS - truck.overtimeAfterS)
  const timeKrw = (truck.perHour * paidS) / 3600 + (overS > 0 ? (truck.overtimePerHour * overS) / 3600 : 0)
  // the two prices of time are rounded each
  return fareOf(truck, arcs, stops) + carry + timeKrw - 1
}

export interface Found {
  readonly trip: Trip
  /** of the whole truck */
  readonly krw: number
}

/** The cheapest place for the order among the visits, or why there is none. `fixed`: trucks that keep their docks. */
export function findPlace(
  desk: Desk,
  type: number,
  visits: readonly number[],
  order: number,
  fixed: readonly Trip[],
): Found | Reason {
  const { opened } = desk
  const { instance } = opened
  let best: Found | null = null
  let isDocked = true
  for (const trial of trialsOf(instance, type, visits, order)) {
    if (best !== null && trial.leastKrw >= best.krw) break
    const trip = timeTrip(desk, type, trial.visits, fixed)
    if (trip === null) {
      if (instance.docks !== null) isDocked &&= brokenAmong(instance, type, trial.visits) !== null
      continue
    }
    const krw = priceOf(desk, trip)
    if (best === null || krw < best.krw) best = { trip, krw }
  }
  if (best) return best
  if (!isDocked) return { rule: 'docks', proof: 'notFound' }
  const pair = [2 * order, 2 * order + 1]
  const refusals = [
    [...pair, ...visits],
    [...visits, ...pair],
    [pair[0], ...visits, pair[1]],
  ].flatMap((tried) => brokenAmong(instance, type, tried) ?? [])
  // the places in between may be refused by other rules; of these three, the one that is least broken
  const [nearest] = refusals.sort((a, b) => a.rules - b.rules || (a.reason.excess ?? 0) - (b.reason.excess ?? 0))
  return nearest?.reason ?? { rule: 'timeWindows', proof: 'notFound' }
}

export const isFound = (answer: Found | Reason): answer is Found => 'trip' in answer

export const priceOf = ({ opened }: Desk, { schedule }: Trip): number => writeRoute(opened, schedule, '').costKrw

/** The first rule that these visits break, with its amount, and how many they break; null: none. */
function brokenAmong(
  instance: Instance,
  type: number,
  visits: readonly number[],
): { readonly reason: Reason; readonly rules: number } | null {
  const schedule = scheduleRoute(instance, type, visits)
  const broken = RULES.flatMap((rule): Reason[] => {
    const excess = rule.excess(schedule, instance)
    return excess > 0 ? [{ rule: rule.name, proof: 'notFound', excess, unit: rule.unit }] : []
  })
  return broken.length > 0 ? { reason: broken[0], rules: broken.length } : null
}
