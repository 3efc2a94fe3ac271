/**
 * Where an order fits a route, and what it adds. Positions are judged as cheaply as possible: price first, then load, then time. Time has
 * three answers: refused, because it is late even without rests; accepted, because it is in time and no rest is needed any more; and,
 * between the two, a walk with rests to the end of the route. Where travel depends on the time of day, the fastest slice refuses, and only
 * the walk accepts; tolls count at the least of the day, so that a place may come out dearer than it looked.
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import {
  advance,
  advanceBySlices,
  departBySlices,
  departFor,
  endBySlices,
  endOfLeg,
  FRONT,
  firstOpen,
  restsNeeded,
} from '../timeline.ts'
import { keepsOrder, mayBoard, mindsOrder, mixesWell } from './company.ts'
import { InsertionMemory } from './memory.ts'
import { PlainKernel, Skipper } from './plain.ts'
import { fareOf, type SearchRoute } from './route.ts'
import { latenessAdded } from './softPrice.ts'
import { tripsWith } from './trips.ts'

export class Inserter {
  /** result of the last `find` that did not return Infinity: positions after which the visits go; equal: the delivery follows the pickup */
  pickupAfter = 0
  deliveryAfter = 0
  /** positions looked at, a measure of work */
  work = 0
  private readonly instance: Instance
  private readonly random: Random
  /** true: `latest` decides exactly, no walk is needed */
  private readonly plain: boolean
  /** true: what is added depends on when the truck is back, or travel on the time of day, so every position is walked */
  private readonly timed: boolean
  private readonly countsStops: boolean
  private readonly skipper: Skipper
  private readonly kernel: PlainKernel | null
  private readonly memory = new InsertionMemory()
  private stamps = 0
  private untilBlink = Number.POSITIVE_INFINITY
  private blinkLog = 0
  private deliveryArc = new Float64Array(64)
  private cheapestFrom = new Float64Array(64)
  private timeA = new Float64Array(FRONT)
  private drivenA = new Float64Array(FRONT)
  private timeB = new Float64Array(FRONT)
  private drivenB = new Float64Array(FRONT)
  private endS = 0
  /** the truck with the order on board: departure, leaving time without rests, with rests as late as the law allows, driving since the last */
  private departS = 0
  private low = 0
  private late = 0
  private since = 0

  constructor(instance: Instance, random: Random) {
    this.instance = instance
    this.random = random
    this.skipper = new Skipper(random)
    this.kernel = instance.traits === 'general' ? null : new PlainKernel(instance, this.skipper)
    const stopsTakeTime = instance.stopS.some((seconds) => seconds > 0)
    const endless = Number.POSITIVE_INFINITY
    this.timed = instance.types.some(
      (t) => t.slices !== null || t.perHour > 0 || t.overtimePerHour > 0 || t.maxRouteM !== Number.POSITIVE_INFINITY,
    )
    this.plain = instance.driveS === endless && instance.maxWorkS === endless && !stopsTakeTime && !this.timed
    this.countsStops = instance.types.some((t) => t.stopFee > 0 || t.maxStops !== Number.POSITIVE_INFINITY)
  }

  /**
   * The best place on a route is passed over with this probability, and then half of the others there (Christiaens and Vanden Berghe 2020
   * pass over each position: the same for the best, and memory could not be used).
   */
  blink(rate: number): void {
    this.blinkLog = rate > 0 ? 1 / Math.log(1 - rate) : 0
    this.untilBlink = this.drawBlink()
  }

  private drawBlink(): number {
    return this.blinkLog === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - this.random.unit()) * this.blinkLog)
  }

  private blinks(): boolean {
    if (this.untilBlink-- > 0) return false
    this.untilBlink = this.drawBlink()
    return true
  }

  /** Least cost of adding the order to the route, if it is below `limit`; Infinity otherwise. */
  find(route: SearchRoute, order: number, limit: number): number {
    const { instance } = this
    if (instance.allowed[route.type * instance.orders + order] === 0) return Number.POSITIVE_INFINITY
    if (route.length > 0 && (route.holdsAlone || instance.alone[order])) return Number.POSITIVE_INFINITY
    if (instance.company !== null && !mayBoard(instance.company, route, order)) return Number.POSITIVE_INFINITY
    const cost = instance.paired[order] ? this.findAgain(route, order, limit) : this.findOne(route, order, limit)
    return cost < limit && this.blinks() ? this.findElsewhere(route, order, limit) : cost
  }

  /**
   * What `find` would answer for the route with a truck of another type, where that has been asked before; NaN where it has not. For types
   * that are paid by distance alone.
   */
  recall(route: SearchRoute, type: number, order: number, limit: number): number {
    if (this.timed || this.instance.paired[order] === 0) return Number.NaN
    const slot = this.memory.slot(this.stampAs(route, type), order)
    if (!this.memory.knows(slot, this.stampAs(route, type), order, limit)) return Number.NaN
    const cost = this.remember(slot, limit)
    return cost < limit && this.blinks() ? Number.POSITIVE_INFINITY : cost
  }

  /** The number of these visits with this type, which is what memory goes by. */
  stampAs(route: SearchRoute, type: number): number {
    if (route.stamp === 0) {
      route.stamp = ++this.stamps
      if (route.stampsAs.length < this.instance.types.length)
        route.stampsAs = new Int32Array(this.instance.types.length)
      route.stampsAs.fill(0)
    }
    if (type === route.type) return route.stamp
    if (route.stampsAs[type] === 0) route.stampsAs[type] = ++this.stamps
    return route.stampsAs[type]
  }

  /** Asks memory first. */
  private findAgain(route: SearchRoute, order: number, limit: number): number {
    const { memory } = this
    const stamp = this.stampAs(route, route.type)
    const slot = memory.slot(stamp, order)
    if (memory.knows(slot, stamp, order, limit)) return this.remember(slot, limit)
    const cost = this.findPair(route, order, limit)
    memory.keep(slot, stamp, order, cost, limit, this.pickupAfter, this.deliveryAfter)
    return cost
  }

  /** Looks again with half of the places passed over. */
  private findElsewhere(route: SearchRoute, order: number, limit: number): number {
    this.skipper.skips = true
    const cost = this.instance.paired[order] ? this.findPair(route, order, limit) : this.findOne(route, order, limit)
    this.skipper.skips = false
    return cost
  }

  private remember(slot: number, limit: number): number {
    const { memory } = this
    this.pickupAfter = memory.pickupAfter[slot]
    this.deliveryAfter = memory.deliveryAfter[slot]
    return memory.cost[slot] < limit && memory.found[slot] === 1 ? memory.cost[slot] : Number.POSITIVE_INFINITY
  }

  /** Starts the three clocks at a position of the route, to serve `visit` next. False: that is not possible. */
  private begin(route: SearchRoute, position: number, visit: number, legS: number): boolean {
    if (position === 0) {
      this.departS = departFor(this.instance, this.instance.types[route.type].opensS, visit, legS)
      this.low = this.late = this.departS
      this.since = 0
      return !Number.isNaN(this.departS)
    }
    this.departS = route.departS
    this.low = this.late = route.time[position * FRONT]
    this.since = route.driven[position * FRONT]
    return true
  }

  /** Moves the clocks over a leg and a visit; false where the visit is late even without rests. */
  private serve(legS: number, visit: number, serviceS: number): boolean {
    const { instance } = this
    const start = firstOpen(instance, visit, this.low + legS)
    if (start === Number.POSITIVE_INFINITY) return false
    this.low = start + serviceS
    if (this.plain) return true
    const { driveS, restS } = instance
    const rests = restsNeeded(this.since, legS, driveS)
    const arrive = this.late + legS + rests * restS
    const begin = firstOpen(instance, visit, arrive)
    this.since = begin - arrive >= restS ? 0 : this.since + legS - rests * driveS
    this.late = begin + serviceS
    return true
  }

  /** True where the rest of the route from `next` on is in time after a leg of `legS`; undefined where only a walk can tell. */
  private settles(route: SearchRoute, next: number, legS: number): boolean | undefined {
    if (this.low + legS > route.latest[next]) return false
    if (this.plain) return true
    // leaving earlier than the route does now, the day may get too long
    if (this.timed || this.departS < route.departS) return undefined
    const rests = restsNeeded(this.since, legS + route.ahead[next], this.instance.driveS)
    return rests === 0 && this.late + legS <= route.safe[next] ? true : undefined
  }

  /** True where the order may keep the company that it meets on the way. */
  private suits(route: SearchRoute, order: number, i: number, j: number): boolean {
    const { company } = this.instance
    if (company === null) return true
    if (!mixesWell(company, route, order, i, j)) return false
    if (!mindsOrder(company, route, order)) return true
    return keepsOrder(this.instance, company, route.type, withVisits(route, i, 2 * order, j, 2 * order + 1))
  }

  /** Takes over what the plain kernel has found. */
  private heed(kernel: PlainKernel, cost: number): number {
    this.pickupAfter = kernel.pickupAfter
    this.deliveryAfter = kernel.deliveryAfter
    this.work += kernel.work
    kernel.work = 0
    return cost
  }

  private findOne(route: SearchRoute, order: number, limit: number): number {
    const { instance, countsStops, kernel } = this
    if (kernel !== null) return this.heed(kernel, kernel.findOne(route, order, limit))
    const { size, dimensions, demand, placeOf, serviceS, stopS } = instance
    const truck = instance.types[route.type]
    const arcCost = truck.arcCost.cells
    const durationS = truck.durationS.cells
    const { place, at, length } = route
    for (let d = 0; d < dimensions; d++)
      if (route.peak[d] + demand[order * dimensions + d] > truck.capacity[d]) return Number.POSITIVE_INFINITY
    const visit = 2 * order
    const here = placeOf[visit]
    const service = serviceS[visit]
    const carry = instance.carryCost[route.type * instance.orders + order]
    const row = here * size
    let best = limit
    let found = false
    this.work += length + 1
    for (let k = 0; k <= length; k++) {
      const before = place[k]
      const after = place[k + 1]
      const arc = arcCost[before * size + here] + arcCost[row + after] - arcCost[before * size + after]
      let stops = 0
      if (countsStops) {
        stops = (here !== at[k] ? 1 : 0) + (here !== at[k + 1] ? 1 : 0) - (at[k] !== at[k + 1] ? 1 : 0)
        if (route.stops + stops > truck.maxStops) continue
      }
      const delta = fareOf(truck, route.arcSum + arc, route.stops + stops) - route.fare + carry
      if (delta >= best) continue
      const legS = durationS[before * size + here]
      if (!this.begin(route, k, visit, legS)) continue
      if (!this.serve(legS, visit, service + (here !== at[k] ? stopS[here] : 0))) continue
      const fits = this.settles(route, k + 1, durationS[row + after])
      if (fits === false || this.skipper.skip()) continue
      if (fits === undefined && !this.walk(route, k, visit, k, -1)) continue
      best = delta
      found = true
      this.pickupAfter = this.deliveryAfter = k
    }
    return found ? best : Number.POSITIVE_INFINITY
  }

  private findPair(route: SearchRoute, order: number, limit: number): number {
    const { instance, countsStops, kernel } = this
    if (kernel !== null) return this.heed(kernel, kernel.findPair(route, order, limit))
    const { size, dimensions, demand, placeOf, serviceS, stopS } = instance
    const truck = instance.types[route.type]
    const { capacity } = truck
    const arcCost = truck.arcCost.cells
    const durationS = truck.durationS.cells
    const { visits, place, at, time, latest, load, length, arcSum, fare } = route
    const pickup = 2 * order
    const delivery = pickup + 1
    const from = placeOf[pickup]
    const to = placeOf[delivery]
    const fromRow = from * size
    const toRow = to * size
    const carry = instance.carryCost[route.type * instance.orders + order]
    const need = order * dimensions
    const timed = truck.perHour > 0 || truck.overtimePerHour > 0
    const countsTrips = truck.maxTrips !== Number.POSITIVE_INFINITY
    const soft = instance.soft !== null

    // what the delivery alone adds at each position, and the least of it from there on
    if (this.deliveryArc.length < length + 2) {
      this.deliveryArc = new Float64Array(2 * length + 8)
      this.cheapestFrom = new Float64Array(2 * length + 8)
    }
    const { deliveryArc, cheapestFrom } = this
    cheapestFrom[length + 1] = Number.POSITIVE_INFINITY
    for (let k = length; k >= 0; k--) {
      const before = place[k] * size
      const arc = arcCost[before + to] + arcCost[toRow + place[k + 1]] - arcCost[before + place[k + 1]]
      deliveryArc[k] = arc
      cheapestFrom[k] = Math.min(arc, cheapestFrom[k + 1])
    }

    let best = limit
    let found = false
    for (let i = 0; i <= length; i++) {
      this.work++
      const before = place[i]
      const after = place[i + 1]
      const toPickup = arcCost[before * size + from]
      const cut = arcCost[before * size + after]
      const pickupArc = toPickup + arcCost[fromRow + after] - cut
      const together = toPickup + arcCost[fromRow + to] + arcCost[toRow + after] - cut
      const least = Math.min(together, pickupArc + cheapestFrom[i + 1])
      if (fareOf(truck, arcSum + least, route.stops) - fare + carry >= best) continue
      let fits = true
      for (let d = 0; d < dimensions; d++) if (load[i * dimensions + d] + demand[need + d] > capacity[d]) fits = false
      if (!fits) continue
      const pickupS = serviceS[pickup] + (from !== at[i] ? stopS[from] : 0)
      const toPickupS = durationS[before * size + from]
      if (!this.begin(route, i, pickup, toPickupS) || !this.serve(toPickupS, pickup, pickupS)) {
        // leaving times only grow, and so do arrivals where the triangle inequality holds
        if (time[i * FRONT] > instance.closesS[instance.windowFrom[pickup + 1] - 1]) break
        continue
      }
      const low = this.low
      const late = this.late
      const since = this.since

      // the delivery right behind the pickup
      let stops = 0
      if (countsStops)
        stops =
          (from !== at[i] ? 1 : 0) + (to !== from ? 1 : 0) + (to !== at[i + 1] ? 1 : 0) - (at[i] !== at[i + 1] ? 1 : 0)
      let delta = fareOf(truck, arcSum + together, route.stops + stops) - fare + carry
      if (
        delta < best &&
        route.stops + stops <= truck.maxStops &&
        !(countsTrips && tripsWith(route, i, i) > truck.maxTrips)
      ) {
        if (this.serve(durationS[fromRow + to], delivery, serviceS[delivery] + (to !== from ? stopS[to] : 0))) {
          const settled = this.settles(route, i + 1, durationS[toRow + after])
          if (settled !== false && !this.skipper.skip() && (settled || this.walk(route, i, pickup, i, delivery))) {
            if (timed) delta += (truck.perHour * (this.endS - route.endS)) / 3600
            if (soft) delta += latenessAdded(instance, route, i, pickup, i, delivery)
            if (delta < best && this.suits(route, order, i, i)) {
              best = delta
              found = true
              this.pickupAfter = this.deliveryAfter = i
            }
          }
        }
      }

      // the delivery later: carry the order past one visit after another
      const pickupStops = countsStops
        ? (from !== at[i] ? 1 : 0) + (from !== at[i + 1] ? 1 : 0) - (at[i] !== at[i + 1] ? 1 : 0)
        : 0
      let last = from
      this.low = low
      this.late = late
      this.since = since
      for (let j = i + 1; j <= length; j++) {
        if (fareOf(truck, arcSum + pickupArc + cheapestFrom[j], route.stops) - fare + carry >= best) break
        this.work++
        const here = place[j]
        const legS = durationS[last * size + here]
        if (this.low + legS > latest[j]) break
        if (!this.serve(legS, visits[j], serviceS[visits[j]] + (here !== last ? stopS[here] : 0))) break
        last = here
        for (let d = 0; d < dimensions; d++) if (load[j * dimensions + d] + demand[need + d] > capacity[d]) fits = false
        if (!fits) break
        stops = countsStops
          ? pickupStops + (to !== here ? 1 : 0) + (to !== at[j + 1] ? 1 : 0) - (here !== at[j + 1] ? 1 : 0)
          : 0
        delta = fareOf(truck, arcSum + pickupArc + deliveryArc[j], route.stops + stops) - fare + carry
        if (delta >= best || route.stops + stops > truck.maxStops) continue
        if (countsTrips && tripsWith(route, i, j) > truck.maxTrips) continue
        const low = this.low
        const late = this.late
        const since = this.since
        const reached = this.serve(
          durationS[here * size + to],
          delivery,
          serviceS[delivery] + (to !== here ? stopS[to] : 0),
        )
        const settled = reached && this.settles(route, j + 1, durationS[toRow + place[j + 1]])
        this.low = low
        this.late = late
        this.since = since
        if (settled === false || this.skipper.skip()) continue
        if (settled === undefined && !this.walk(route, i, pickup, j, delivery)) continue
        if (timed) delta += (truck.perHour * (this.endS - route.endS)) / 3600
        if (soft) delta += latenessAdded(instance, route, i, pickup, j, delivery)
        if (delta >= best || !this.suits(route, order, i, j)) continue
        best = delta
        found = true
        this.pickupAfter = i
        this.deliveryAfter = j
      }
    }
    return found ? best : Number.POSITIVE_INFINITY
  }

  /** Drives the route with the new visits in it, rests included, and says whether it is in time. `delivery` -1: there is none. */
  private walk(route: SearchRoute, i: number, pickup: number, j: number, delivery: number): boolean {
    const { instance } = this
    const { placeOf, serviceS, stopS, size } = instance
    const truck = instance.types[route.type]
    const { slices } = truck
    const durationS = truck.durationS.cells
    const { visits, place, time, driven, labels, length } = route
    let { timeA, drivenA, timeB, drivenB } = this
    let count = labels[i]
    for (let label = 0; label < count; label++) {
      timeA[label] = time[i * FRONT + label]
      drivenA[label] = driven[i * FRONT + label]
    }
    let from = place[i]
    let departS = route.departS
    if (i === 0) {
      departS =
        slices === null
          ? departFor(instance, truck.opensS, pickup, durationS[from * size + placeOf[pickup]])
          : departBySlices(instance, truck, slices, pickup)
      if (Number.isNaN(departS)) return false
      timeA[0] = departS
    }
    let stop = route.at[i]
    let position = i
    let inserted = 0
    let end = -1
    for (;;) {
      // next visit: the pickup, the visits up to j, the delivery, the visits behind
      let visit: number
      if (inserted === 0) {
        visit = pickup
        inserted = 1
      } else if (inserted === 1 && position === j) {
        inserted = 2
        if (delivery < 0) continue
        visit = delivery
      } else {
        position++
        if (position > length) break
        visit = visits[position]
      }
      const here = placeOf[visit]
      const service = serviceS[visit] + (here !== stop ? stopS[here] : 0)
      count =
        slices === null
          ? advance(
              instance,
              timeA,
              drivenA,
              0,
              count,
              durationS[from * size + here],
              visit,
              service,
              timeB,
              drivenB,
              0,
            )
          : advanceBySlices(instance, slices, timeA, drivenA, 0, count, from, visit, service, timeB, drivenB, 0)
      if (count === 0) return false
      const t = timeA
      timeA = timeB
      timeB = t
      const d = drivenA
      drivenA = drivenB
      drivenB = d
      from = here
      stop = here
      // no worse than without the order: from here on the route is as it was
      if (inserted === 2 && position > j && labels[position] === 1) {
        const cached = position * FRONT
        const isNoWorse = timeA[0] <= time[cached] && drivenA[0] <= driven[cached]
        // at any time of day earlier and fresher is no worse only where nobody rests
        const isSame = timeA[0] === time[cached] && drivenA[0] === driven[cached]
        if (isNoWorse && (slices === null || isSame || instance.driveS === Number.POSITIVE_INFINITY)) {
          end = route.endS
          break
        }
      }
    }
    if (end < 0)
      end =
        slices === null
          ? endOfLeg(instance, timeA, drivenA, 0, count, durationS[from * size + truck.end])
          : endBySlices(instance, slices, timeA, drivenA, 0, count, from, truck.end)
    if (end > truck.closesS) return false
    this.endS = end
    if (truck.maxRouteM !== Number.POSITIVE_INFINITY && this.metres(route, i, pickup, j, delivery) > truck.maxRouteM)
      return false
    return end - departS <= instance.maxWorkS
  }

  private metres(route: SearchRoute, i: number, pickup: number, j: number, delivery: number): number {
    const { size, placeOf, types } = this.instance
    const { start, end } = types[route.type]
    const distanceM = types[route.type].distanceM.cells
    let sum = 0
    let from = start
    for (const visit of withVisits(route, i, pickup, j, delivery)) {
      sum += distanceM[from * size + placeOf[visit]]
      from = placeOf[visit]
    }
    return sum + distanceM[from * size + end]
  }
}

/** The visits of a route with new ones put in. */
export function withVisits(route: SearchRoute, i: number, pickup: number, j: number, delivery: number): number[] {
  const visits = [...route.visits.subarray(1, route.length + 1)]
  if (delivery >= 0) visits.splice(j, 0, delivery)
  visits.splice(i, 0, pickup)
  return visits
}
