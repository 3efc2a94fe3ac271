/**
 * One route by itself: whether its truck can drive it, by every rule, and what that costs at least. Visits are numbered 2 × goods for
 * loading and 2 × goods + 1 for unloading.
 *
 * The clock: having served a visit, a driver has a time and some driving since the last rest, and of several such moments only those are
 * kept of which no other is better in both. A rest is taken as late as the law allows, or on arrival: any other is no earlier and no
 * fresher. Where the length of the day matters: leaving later shortens it until there is nothing left to wait for, or some visit would be too
 * late. Then the truck reaches some visit at the very edge of a window, having rested a number of times: all such departures are tried.
 */
import {
  carryKrw,
  type Documents,
  fareKrw,
  firstOpen,
  fits,
  type Goods,
  type Truck,
  takes,
  type Windows,
} from './documents.ts'

export interface Moment {
  readonly timeS: number
  readonly drivenS: number
}

export interface Walked {
  /** no timetable of the route costs less */
  readonly krw: number
  /** one is known that costs just that and keeps every rule; false: wished times, times on board or slow hours may forbid it, or make it dearer */
  readonly sure: boolean
}

/** Null: it cannot be driven. */
export function walk(documents: Documents, truck: Truck, visits: readonly number[]): Walked | null {
  const { goods, maxWorkS, stopS } = documents
  const carried = [...new Set(visits.map((visit) => goods[visit >> 1]))]
  if (carried.some((one) => !takes(one, 'route') || !fits(documents, truck, one))) return null
  if (breaksRule(documents, truck, visits, carried)) return null
  const places = [truck.start, ...visits.map((visit) => goods[visit >> 1].sites[visit & 1]), truck.end]
  const legs = places.slice(1).map((to, k) => ({ from: places[k], to }))
  const drive = (table: readonly number[]) =>
    legs.reduce((sum, { from, to }) => sum + alongLeg(documents, table, from, to), 0)
  const stops = visits.filter((_, k) => k === 0 || places[k + 1] !== places[k]).length
  if (stops > (truck.vehicle.maxStops ?? stops)) return null
  if (drive(truck.legM) > (truck.vehicle.maxRouteM ?? Number.POSITIVE_INFINITY)) return null

  const serviceS = visits.map(
    (visit, k) =>
      goods[visit >> 1].serviceS[visit & 1] + (k === 0 || places[k + 1] !== places[k] ? stopS[places[k + 1]] : 0),
  )
  const legsS = legs.map(({ from, to }) => alongLeg(documents, truck.legS, from, to))
  // no road leads there
  if (legsS.includes(Number.POSITIVE_INFINITY)) return null
  const day = { documents, visits, legsS, serviceS }
  let shortestS = Number.POSITIVE_INFINITY
  for (const [opensS, closesS] of truck.spans) {
    const departures = isTimed(documents, truck) ? departuresOf(day, opensS, closesS) : [opensS]
    for (const departS of departures) {
      const returnS = returnOf(day, departS)
      if (returnS <= closesS) shortestS = Math.min(shortestS, returnS - departS)
    }
  }
  if (shortestS > maxWorkS || shortestS === Number.POSITIVE_INFINITY) return null
  const carry = carried.reduce((sum, one) => sum + carryKrw(documents, truck, one), 0)
  return {
    krw: fareKrw(truck, drive(truck.legKrw), stops, shortestS) + carry,
    sure: !truck.hasHours && carried.every((one) => one.shipment.maxOnBoardS === undefined && !hasWishes(one)),
  }
}

export const alongLeg = ({ sites }: Documents, table: readonly number[], from: number, to: number): number =>
  from < 0 || to < 0 ? 0 : table[from * sites + to]

const hasWishes = ({ shipment: { softPickup, softDelivery } }: Goods): boolean =>
  [softPickup, softDelivery].some((soft) => (soft?.earlyKrwPerHour ?? 0) + (soft?.lateKrwPerHour ?? 0) > 0)

/** True where a shorter day is cheaper, or one may be too long. */
const isTimed = ({ maxWorkS }: Documents, { hourKrw, overtimeKrw }: Truck): boolean =>
  Number.isFinite(maxWorkS) || hourKrw > 0 || overtimeKrw > 0

interface Day {
  readonly documents: Documents
  readonly visits: readonly number[]
  /** [position] driving to it, last of all to the end */
  readonly legsS: readonly number[]
  readonly serviceS: readonly number[]
}

function returnOf({ documents, visits, legsS, serviceS }: Day, departS: number): number {
  let moments: readonly Moment[] = [{ timeS: departS, drivenS: 0 }]
  for (const [k, visit] of visits.entries())
    moments = onward(documents, moments, legsS[k], documents.goods[visit >> 1].windows[visit & 1], serviceS[k])
  const lastS = legsS[visits.length]
  return Math.min(
    ...moments.map(({ timeS, drivenS }) => timeS + lastS + restsOn(documents, drivenS, lastS) * documents.restS),
  )
}

function departuresOf({ documents, visits, legsS, serviceS }: Day, opensS: number, closesS: number): Set<number> {
  const found = new Set([opensS])
  let spentS = 0
  let drivenS = 0
  for (const [k, visit] of visits.entries()) {
    spentS += legsS[k]
    drivenS += legsS[k]
    const rests = Number.isFinite(documents.driveS) ? k + 1 + Math.floor(drivenS / documents.driveS) : 0
    for (const windowS of documents.goods[visit >> 1].windows[visit & 1].flat())
      for (let rest = 0; rest <= rests; rest++) {
        const departS = windowS - spentS - rest * documents.restS
        if (departS >= opensS && departS <= closesS) found.add(departS)
      }
    spentS += serviceS[k]
  }
  return found
}

/** Rests that a leg needs after so much driving. */
export const restsOn = ({ driveS }: Documents, drivenS: number, legS: number): number =>
  legS > 0 && drivenS + legS > driveS ? Math.ceil((drivenS + legS) / driveS) - 1 : 0

/** Drives a leg and serves a visit; nothing where it is too late. */
export function onward(
  documents: Documents,
  moments: readonly Moment[],
  legS: number,
  windows: Windows,
  serviceS: number,
): Moment[] {
  const { driveS, restS } = documents
  const kept: Moment[] = []
  const reach = (arriveS: number, drivenS: number) => {
    const startS = firstOpen(windows, arriveS)
    if (startS === Number.POSITIVE_INFINITY) return
    // a wait of that length is a rest
    const next = { timeS: startS + serviceS, drivenS: startS - arriveS >= restS ? 0 : drivenS }
    if (!kept.some(({ timeS, drivenS }) => timeS <= next.timeS && drivenS <= next.drivenS)) kept.push(next)
  }
  for (const { timeS, drivenS } of moments) {
    const rests = restsOn(documents, drivenS, legS)
    const arriveS = timeS + legS + rests * restS
    const sinceS = Number.isFinite(driveS) ? drivenS + legS - rests * driveS : 0
    reach(arriveS, sinceS)
    if (sinceS > 0) reach(arriveS + restS, 0)
  }
  return kept
}

/** Rules on what rides with what, and in which order. */
function breaksRule(
  { problem, goods }: Documents,
  { vehicle, capacity }: Truck,
  visits: readonly number[],
  carried: readonly Goods[],
): boolean {
  const ids = new Set(carried.map(({ shipment }) => shipment.id))
  const names = (one: Goods) => [one.shipment.id, one.shipment.id.split('/')[0]]
  if (carried.length > 1 && carried.some(({ shipment }) => shipment.mustGoAlone)) return true
  const apart = (problem.apart ?? []).map((set) => carried.filter((one) => names(one).some((id) => set.includes(id))))
  // the parts of one shipment may meet
  if (apart.some((met) => new Set(met.map((one) => names(one)[1])).size > 1)) return true
  if (carried.some(({ shipment }) => partnersOf(problem.together ?? [], shipment.id).some((id) => !ids.has(id))))
    return true

  const aboard = new Map<Goods, number>()
  const load = [0, 0, 0]
  let stop = 0
  let trips = 0
  for (const [k, visit] of visits.entries()) {
    const one = goods[visit >> 1]
    const sign = visit & 1 ? -1 : 1
    if (k > 0 && siteOf(goods, visits[k - 1]) !== siteOf(goods, visit)) stop++
    one.amounts.forEach((amount, d) => {
      load[d] += sign * amount
    })
    if (load.some((amount, d) => amount > capacity[d])) return true
    if (sign < 0) {
      const since = aboard.get(one)!
      aboard.delete(one)
      // within a stop goods are unloaded first, then loaded
      const leaves = (other: Goods) => stopVisits(goods, visits, k).includes(2 * other.index + 1)
      const above = [...aboard].some(([other, at]) => at > since && at < stop && !leaves(other))
      if (vehicle.lastInFirstOut && above) return true
      continue
    }
    if (aboard.size === 0) trips++
    const { cargo } = one.shipment
    const mustNotMeet = [...aboard.keys()].some(({ shipment: { cargo: other } }) =>
      (problem.mixing ?? []).some(([a, b]) => (a === cargo && b === other) || (a === other && b === cargo)),
    )
    if (mustNotMeet) return true
    aboard.set(one, stop)
  }
  return trips > (vehicle.maxTrips ?? trips)
}

const siteOf = (goods: readonly Goods[], visit: number): number => goods[visit >> 1].sites[visit & 1]

/** Visits of the stop that the one at `k` belongs to. */
function stopVisits(goods: readonly Goods[], visits: readonly number[], k: number): number[] {
  const here = siteOf(goods, visits[k])
  let from = k
  while (from > 0 && siteOf(goods, visits[from - 1]) === here) from--
  const end = visits.findIndex((visit, at) => at > k && siteOf(goods, visit) !== here)
  return visits.slice(from, end < 0 ? visits.length : end)
}

/** Whoever must ride with the shipment; groups with a member in common are one. */
export function partnersOf(groups: readonly (readonly string[])[], id: string): string[] {
  const met = new Set([id])
  for (const one of met)
    for (const group of groups) if (group.includes(one)) for (const member of group) met.add(member)
  return [...met].filter((other) => other !== id)
}
