/**
 * A route under search, with what insertion needs at every position: how early the truck can be gone (fronts of timeline.ts), how late
 * it may come, and the load. Position 0 is the start, positions 1 .. length the visits, length + 1 the end.
 */
import { arc } from '../arcs.ts'
import { clockKrw } from '../cheapest.ts'
import type { Instance, TruckType } from '../instance.ts'
import { inTime, type Schedule, scheduleRoute } from '../schedule.ts'
import {
  advance,
  advanceBySlices,
  departBySlices,
  departFor,
  endBySlices,
  endOfLeg,
  FRONT,
  lastOpen,
} from '../timeline.ts'
import { keepsOrder } from './company.ts'
import { tripsWith } from './trips.ts'

// until there is room
const NO_INTS = new Int32Array(0)
const NO_FLOATS = new Float64Array(0)
const NO_BYTES = new Uint8Array(0)

export class SearchRoute {
  type = 0
  length = 0
  /** whose private copy this is; see Solution */
  owner = 0
  /** [position] */
  visits = NO_INTS
  /** [position] place for arcs; start and end included */
  place = NO_INTS
  /** [position] place for counting stops: -1 at the start, -2 at the end, so that neither makes a stop with a visit */
  at = NO_INTS
  /** [position * FRONT + label] earliest leaving times and driving since the last rest */
  time = NO_FLOATS
  driven = NO_FLOATS
  labels = NO_BYTES
  /**
   * [position] arrival after which the rest of the route is late whatever the rests: the visit pays for no stop of its own. Exact where
   * no rests are asked for, stops take no time, the day has no limit and travel takes as long all day.
   */
  latest = NO_FLOATS
  /** [position] arrival up to which it is in time if no rest is needed from there on, stop paid, and the day not too long */
  safe = NO_FLOATS
  /** [position] seconds of driving from there to the end */
  ahead = NO_FLOATS
  /** plain instances: [position] cost and time of the leg to the next position, and earliest leaving */
  legCost = NO_FLOATS
  legS = NO_FLOATS
  leave = NO_FLOATS
  /** [position * dimensions + dimension] load when leaving */
  load = NO_FLOATS
  /** [dimension] largest load */
  peak = NO_FLOATS
  arcSum = 0
  metres = 0
  stops = 0
  departS = 0
  endS = 0
  /** a visit or the end cannot be reached in time, whatever the length of the day; or the truck would make too many trips */
  late = false
  /** price of distance and stops, at the least tolls of the day; cost adds time, carrying and the tolls of the hour */
  fare = 0
  carry = 0
  cost = 0
  holdsAlone = false
  /** [type] what `fareAs` has found since the last `refresh`, NaN: not asked yet */
  fares = NO_FLOATS
  asked = false
  /** number of these visits with this type, 0: none given yet; see Inserter */
  stamp = 0
  /** [type] the same for other types */
  stampsAs = NO_INTS
  /** the pool has it, or had it; see Pool */
  pooled = false
  /** the finished timetable, null: not asked for since the last `refresh` */
  schedule: Schedule | null = null
  /** type and visits as a result holds them, null: not asked for since the last `refresh` */
  result: { readonly type: number; readonly visits: readonly number[] } | null = null

  room(positions: number, dimensions: number): void {
    if (this.visits.length >= positions + 2) return
    const size = 2 * positions + 10
    // one piece of memory: a search makes routes by the thousand
    const floats = size * (2 * FRONT + 6 + dimensions) + dimensions
    const buffer = new ArrayBuffer(8 * floats + 4 * 3 * size + size)
    let at = 0
    const takeFloats = (count: number) => {
      const taken = new Float64Array(buffer, at, count)
      at += 8 * count
      return taken
    }
    const takeInts = () => {
      const taken = new Int32Array(buffer, at, size)
      at += 4 * size
      return taken
    }
    this.time = takeFloats(size * FRONT)
    this.driven = takeFloats(size * FRONT)
    this.latest = takeFloats(size)
    this.safe = takeFloats(size)
    this.ahead = takeFloats(size)
    this.legCost = takeFloats(size)
    this.legS = takeFloats(size)
    this.leave = takeFloats(size)
    this.load = takeFloats(size * dimensions)
    this.peak = takeFloats(dimensions)
    const visits = takeInts()
    visits.set(this.visits)
    this.visits = visits
    this.place = takeInts()
    this.at = takeInts()
    this.labels = new Uint8Array(buffer, at, size)
  }

  /** Takes over the visits of another route; caches follow with `refresh`. */
  copyVisits(other: SearchRoute, dimensions: number): void {
    this.room(other.length, dimensions)
    this.visits.set(other.visits.subarray(0, other.length + 2))
    this.length = other.length
    this.type = other.type
    this.result = null
  }
}

/**
 * True where a refreshed route whose day is too long can be driven all the same: the timetable knows later departures that make a
 * shorter day. Costs a whole timetable.
 */
export const fitsLater = (instance: Instance, route: SearchRoute): boolean =>
  !route.late &&
  inTime(instance, scheduleRoute(instance, route.type, Array.from(route.visits.subarray(1, route.length + 1))))

/** Visits of a route in order. */
export const visitsOf = (route: SearchRoute): number[] => [...route.visits.subarray(1, route.length + 1)]

/** Won (or metres) for distance and stops of a trip. */
export function fareOf(truck: TruckType, arcSum: number, stops: number): number {
  const variable = truck.baseCost + arcSum
  const fee = stops > truck.includedStops ? truck.stopFee * (stops - truck.includedStops) : 0
  return Math.max(variable, truck.minimumCost) + fee
}

/** Rebuilds every cache from the visits. Returns false where a visit or the end is late, or the day too long. */
export function refresh(instance: Instance, route: SearchRoute): boolean {
  route.stamp = 0
  route.pooled = false
  route.schedule = route.result = null
  return instance.traits === 'general' ? refreshGeneral(instance, route) : refreshPlain(instance, route)
}

/** Of a plain instance: see `Traits`. */
function refreshPlain(instance: Instance, route: SearchRoute): boolean {
  const { placeOf, serviceS, opensS, closesS, demand, carryCost, orders } = instance
  const truck = instance.types[route.type]
  const { durationS, arcCost } = truck
  const { visits, place, legCost, legS, leave, latest, load, length } = route
  const timed = instance.traits === 'plain'
  visits[0] = visits[length + 1] = -1
  let from = truck.start
  let amount = 0
  let peak = 0
  let arcSum = 0
  let carry = 0
  let feasible = true
  let clock = truck.opensS
  place[0] = from
  leave[0] = clock
  load[0] = 0
  for (let k = 1; k <= length; k++) {
    const visit = visits[k]
    const order = visit >> 1
    const here = placeOf[visit]
    const cost = arc(arcCost, from, here)
    place[k] = here
    legCost[k - 1] = cost
    arcSum += cost
    if (timed) {
      const seconds = durationS === arcCost ? cost : arc(durationS, from, here)
      legS[k - 1] = seconds
      clock += seconds
      if (clock > closesS[visit]) feasible = false
      if (clock < opensS[visit]) clock = opensS[visit]
      clock += serviceS[visit]
      leave[k] = clock
    }
    if ((visit & 1) === 0) {
      amount += demand[order]
      carry += carryCost[route.type * orders + order]
    } else amount -= demand[order]
    if (amount > peak) peak = amount
    load[k] = amount
    from = here
  }
  const last = arc(arcCost, from, truck.end)
  place[length + 1] = truck.end
  legCost[length] = last
  route.arcSum = arcSum + last
  route.peak[0] = peak
  route.carry = carry
  route.asked = false
  if (timed) {
    legS[length] = durationS === arcCost ? last : arc(durationS, from, truck.end)
    route.endS = clock + legS[length]
    let need = truck.closesS
    latest[length + 1] = need
    for (let k = length; k >= 1; k--) {
      const visit = visits[k]
      need -= legS[k] + serviceS[visit]
      if (need > closesS[visit]) need = closesS[visit]
      if (need < opensS[visit]) need = Number.NEGATIVE_INFINITY
      latest[k] = need
    }
    route.departS = truck.opensS
    if (route.endS > truck.closesS) feasible = false
  }
  route.fare = length > 0 ? truck.baseCost + route.arcSum : 0
  route.cost = length > 0 ? route.fare + carry : 0
  route.late = !feasible
  return feasible
}

function refreshGeneral(instance: Instance, route: SearchRoute): boolean {
  const { placeOf, serviceS, stopS, dimensions, demand, paired, carryCost, orders } = instance
  const truck = instance.types[route.type]
  const { durationS, arcCost, distanceM, slices } = truck
  const { visits, place, at, time, driven, labels, latest, load, peak, length } = route
  visits[0] = visits[length + 1] = -1
  place[0] = truck.start
  place[length + 1] = truck.end
  at[0] = -1
  at[length + 1] = -2
  const depart =
    length === 0
      ? truck.opensS
      : slices === null
        ? departFor(instance, truck.opensS, visits[1], arc(durationS, truck.start, placeOf[visits[1]]))
        : departBySlices(instance, truck, slices, visits[1])
  time[0] = route.departS = Number.isNaN(depart) ? truck.opensS : depart
  driven[0] = 0
  labels[0] = 1
  for (let d = 0; d < dimensions; d++) load[d] = peak[d] = 0

  // forward: times, loads, sums
  let arcSum = 0
  let metres = 0
  let stops = 0
  let carry = 0
  let feasible = true
  route.holdsAlone = false
  route.asked = false
  for (let k = 1; k <= length; k++) {
    const visit = visits[k]
    const here = placeOf[visit]
    place[k] = here
    at[k] = here
    const legS = arc(durationS, place[k - 1], here)
    arcSum += arc(arcCost, place[k - 1], here)
    metres += arc(distanceM, place[k - 1], here)
    const begins = at[k - 1] !== here
    if (begins) stops++
    const service = begins ? serviceS[visit] + stopS[here] : serviceS[visit]
    const from = (k - 1) * FRONT
    const count = labels[k - 1]
    labels[k] =
      slices === null
        ? advance(instance, time, driven, from, count, legS, visit, service, time, driven, k * FRONT)
        : advanceBySlices(
            instance,
            slices,
            time,
            driven,
            from,
            count,
            place[k - 1],
            visit,
            service,
            time,
            driven,
            k * FRONT,
          )
    if (labels[k] === 0) {
      // keep the caches defined; the caller drops the route
      feasible = false
      labels[k] = 1
      time[k * FRONT] = Number.MAX_SAFE_INTEGER
      driven[k * FRONT] = 0
    }
    const order = visit >> 1
    const sign = (visit & 1) === 0 ? 1 : -1
    for (let d = 0; d < dimensions; d++) {
      const amount = load[(k - 1) * dimensions + d] + sign * demand[order * dimensions + d]
      load[k * dimensions + d] = amount
      if (amount > peak[d]) peak[d] = amount
    }
    if (sign > 0) {
      carry += carryCost[route.type * orders + order]
      if (instance.alone[order]) route.holdsAlone = true
    }
    if (sign < 0 && !paired[order]) feasible = false
  }
  route.arcSum = arcSum + arc(arcCost, place[length], truck.end)
  route.metres = metres + arc(distanceM, place[length], truck.end)
  route.stops = stops
  route.carry = carry
  const last = length * FRONT
  route.endS =
    slices === null
      ? endOfLeg(instance, time, driven, last, labels[length], arc(durationS, place[length], truck.end))
      : endBySlices(instance, slices, time, driven, last, labels[length], place[length], truck.end)

  // backward: how late the truck may come
  const { safe, ahead } = route
  latest[length + 1] = truck.closesS
  safe[length + 1] = Math.min(truck.closesS, route.departS + instance.maxWorkS)
  ahead[length + 1] = 0
  let need = latest[length + 1]
  let calm = safe[length + 1]
  for (let k = length; k >= 1; k--) {
    const visit = visits[k]
    const legS = arc(durationS, place[k], place[k + 1])
    const spent = legS + serviceS[visit]
    const stop = stopS[place[k]]
    const paid = at[k] === at[k - 1] ? 0 : stop
    ahead[k] = ahead[k + 1] + legS
    latest[k] = lastOpen(instance, visit, need - spent)
    safe[k] = lastOpen(instance, visit, calm - spent - stop)
    need = paid === 0 ? latest[k] : lastOpen(instance, visit, need - spent - paid)
    calm = paid === stop ? safe[k] : lastOpen(instance, visit, calm - spent - paid)
  }
  route.fare = length > 0 ? fareOf(truck, route.arcSum, stops) : 0
  route.cost = length > 0 ? route.fare + carry + timeCost(instance, route) : 0
  route.late =
    !feasible ||
    route.endS > truck.closesS ||
    (truck.maxTrips !== Number.POSITIVE_INFINITY && tripsWith(route) > truck.maxTrips)
  return !route.late && route.endS - route.departS <= instance.maxWorkS
}

/**
 * What the route costs when a truck of another type drives it, paid time left out; Infinity where that may not carry or hold it. Whether
 * it is in time is not asked. Remembered until the route changes.
 */
export function fareAs(instance: Instance, route: SearchRoute, type: number): number {
  if (!route.asked) {
    if (route.fares.length < instance.types.length) route.fares = new Float64Array(instance.types.length)
    route.fares.fill(Number.NaN)
    route.asked = true
  }
  const known = route.fares[type]
  if (!Number.isNaN(known)) return known
  return (route.fares[type] = computeFareAs(instance, route, type))
}

function computeFareAs(instance: Instance, route: SearchRoute, type: number): number {
  const { orders, allowed, carryCost, dimensions } = instance
  const truck = instance.types[type]
  for (let d = 0; d < dimensions; d++) if (route.peak[d] > truck.capacity[d]) return Number.POSITIVE_INFINITY
  if (route.stops > truck.maxStops) return Number.POSITIVE_INFINITY
  if (truck.maxTrips !== Number.POSITIVE_INFINITY && tripsWith(route) > truck.maxTrips) return Number.POSITIVE_INFINITY
  let carry = 0
  let arcSum = 0
  let metres = 0
  let from = truck.start
  for (let k = 1; k <= route.length + 1; k++) {
    const to = k <= route.length ? route.place[k] : truck.end
    arcSum += arc(truck.arcCost, from, to)
    metres += arc(truck.distanceM, from, to)
    from = to
    const visit = route.visits[k]
    if (k > route.length || (visit & 1) === 1) continue
    if (allowed[type * orders + (visit >> 1)] === 0) return Number.POSITIVE_INFINITY
    carry += carryCost[type * orders + (visit >> 1)]
  }
  const { company } = instance
  if (company !== null && !keepsOrder(instance, company, type, visitsOf(route))) return Number.POSITIVE_INFINITY
  return metres > truck.maxRouteM ? Number.POSITIVE_INFINITY : fareOf(truck, arcSum, route.stops) + carry
}

function timeCost(instance: Instance, route: SearchRoute): number {
  const truck = instance.types[route.type]
  const isTolled = truck.slices !== null && truck.slices.extraToll !== null
  if (truck.perHour === 0 && truck.overtimePerHour === 0 && instance.soft === null && !isTolled) return 0
  const schedule = scheduleRoute(instance, route.type, [...route.visits.subarray(1, route.length + 1)])
  return clockKrw(instance, truck, schedule)
}
