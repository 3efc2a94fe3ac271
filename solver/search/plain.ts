/**
 * The insertion kernel for plain instances (instance.ts, `Traits`): the literature's classes. It answers what the general kernel of
 * insertion.ts answers (a test holds the two together), in fewer steps: no rests, one window a visit, cost is distance.
 */
import { arc, gatherFrom, gatherTo } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import type { SearchRoute } from './route.ts'

/** Passes over places at random, while told to. */
export class Skipper {
  skips = false
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  skip(): boolean {
    return this.skips && this.random.next() < 0
  }
}

export class PlainKernel {
  /** result of the last search that found a place, as in insertion.ts */
  pickupAfter = 0
  deliveryAfter = 0
  work = 0
  private readonly instance: Instance
  private readonly skipper: Skipper
  private readonly timeless: boolean
  // [position] cost and time from the route's places to the pickup (or delivery) and back
  private toPickup = new Float64Array(0)
  private fromPickup = new Float64Array(0)
  private toDelivery = new Float64Array(0)
  private fromDelivery = new Float64Array(0)
  private toPickupS = new Float64Array(0)
  private fromPickupS = new Float64Array(0)
  private toDeliveryS = new Float64Array(0)
  private fromDeliveryS = new Float64Array(0)
  /** [position] what the delivery alone adds there, and the least of it from there on */
  private added = new Float64Array(0)
  private leastAdded = new Float64Array(0)

  constructor(instance: Instance, skipper: Skipper) {
    this.instance = instance
    this.skipper = skipper
    this.timeless = instance.traits === 'timeless'
  }

  private room(positions: number): void {
    if (this.added.length >= positions) return
    const make = () => new Float64Array(2 * positions)
    this.toPickup = make()
    this.fromPickup = make()
    this.toDelivery = make()
    this.fromDelivery = make()
    this.toPickupS = make()
    this.fromPickupS = make()
    this.toDeliveryS = make()
    this.fromDeliveryS = make()
    this.added = make()
    this.leastAdded = make()
  }

  /** Least cost of adding an order of one visit, if it is below `limit`; Infinity otherwise. */
  findOne(route: SearchRoute, order: number, limit: number): number {
    const { instance, skipper } = this
    const truck = instance.types[route.type]
    const { place, length, legCost } = route
    if (route.peak[0] + instance.demand[order] > truck.capacity[0]) return Number.POSITIVE_INFINITY
    this.room(length + 2)
    const { arcCost, durationS } = truck
    const visit = 2 * order
    const here = instance.placeOf[visit]
    const open = instance.opensS[visit]
    const close = instance.closesS[visit]
    const service = instance.serviceS[visit]
    const { leave, latest } = route
    // leaving times only grow along the route, and so do the latest arrivals
    let first = 0
    let last = length
    if (!this.timeless) {
      while (first <= last && latest[first + 1] < open + service) first++
      while (last >= first && leave[last] > close) last--
      if (first > last) return Number.POSITIVE_INFINITY
    }
    this.work += last - first + 1
    const carry = instance.carryCost[route.type * instance.orders + order]
    const to = this.toPickup
    const from = arcCost.symmetric ? to : this.fromPickup
    gatherTo(arcCost, place, first, last + 1, here, to)
    if (from !== to) gatherFrom(arcCost, place, first, last + 1, here, from)
    let best = limit - carry
    let after = -1
    if (this.timeless) {
      for (let k = 0; k <= length; k++) {
        const cost = to[k] + from[k + 1] - legCost[k]
        if (cost < best && !skipper.skip()) {
          best = cost
          after = k
        }
      }
    } else {
      let toS = to
      let fromS = from
      if (durationS !== arcCost) {
        toS = this.toPickupS
        fromS = this.fromPickupS
        gatherTo(durationS, place, first, last + 1, here, toS)
        gatherFrom(durationS, place, first, last + 1, here, fromS)
      }
      for (let k = first; k <= last; k++) {
        const cost = to[k] + from[k + 1] - legCost[k]
        if (cost >= best) continue
        let start = leave[k] + toS[k]
        if (start > close) continue
        if (start < open) start = open
        if (start + service + fromS[k + 1] > latest[k + 1] || skipper.skip()) continue
        best = cost
        after = k
      }
    }
    if (after < 0) return Number.POSITIVE_INFINITY
    this.pickupAfter = this.deliveryAfter = after
    return best + carry
  }

  /** The same for a pickup and its delivery. */
  findPair(route: SearchRoute, order: number, limit: number): number {
    const { instance, skipper } = this
    const { placeOf, opensS, closesS, serviceS } = instance
    const truck = instance.types[route.type]
    const { arcCost, durationS } = truck
    const { visits, place, length, legCost, legS, leave, latest, load } = route
    const room = truck.capacity[0] - instance.demand[order]
    const pickup = 2 * order
    const delivery = pickup + 1
    const a = placeOf[pickup]
    const b = placeOf[delivery]
    const carry = instance.carryCost[route.type * instance.orders + order]
    const openA = opensS[pickup]
    const closeA = closesS[pickup]
    const serviceA = serviceS[pickup]
    const openB = opensS[delivery]
    const closeB = closesS[delivery]
    const serviceB = serviceS[delivery]

    // leaving times only grow along the route, and so do the latest arrivals: where the pickup can be, and where the delivery
    let first = 0
    let last = length
    let lastPickup = length
    let firstDelivery = 0
    if (!this.timeless) {
      while (first <= length && latest[first + 1] < openA + serviceA) first++
      while (last >= first && leave[last] > closeB) last--
      lastPickup = last
      while (lastPickup >= first && leave[lastPickup] > closeA) lastPickup--
      if (first > lastPickup) return Number.POSITIVE_INFINITY
      firstDelivery = first
      while (firstDelivery <= last && latest[firstDelivery + 1] < openB + serviceB) firstDelivery++
      if (firstDelivery > last) return Number.POSITIVE_INFINITY
    }

    this.room(length + 2)
    const { toPickup, toDelivery, added, leastAdded } = this
    const { symmetric } = arcCost
    const fromPickup = symmetric ? toPickup : this.fromPickup
    const fromDelivery = symmetric ? toDelivery : this.fromDelivery
    gatherTo(arcCost, place, first, lastPickup + 1, a, toPickup)
    gatherTo(arcCost, place, firstDelivery, last + 1, b, toDelivery)
    if (!symmetric) {
      gatherFrom(arcCost, place, first, lastPickup + 1, a, fromPickup)
      gatherFrom(arcCost, place, firstDelivery, last + 1, b, fromDelivery)
    }
    let toPickupS = toPickup
    let fromPickupS = fromPickup
    let toDeliveryS = toDelivery
    let fromDeliveryS = fromDelivery
    if (durationS !== arcCost) {
      toPickupS = this.toPickupS
      fromPickupS = this.fromPickupS
      toDeliveryS = this.toDeliveryS
      fromDeliveryS = this.fromDeliveryS
      gatherTo(durationS, place, first, lastPickup, a, toPickupS)
      gatherFrom(durationS, place, first + 1, lastPickup + 1, a, fromPickupS)
      gatherTo(durationS, place, firstDelivery, last, b, toDeliveryS)
      gatherFrom(durationS, place, firstDelivery + 1, last + 1, b, fromDeliveryS)
    }
    const across = arc(arcCost, a, b)
    const acrossS = arc(durationS, a, b)
    leastAdded[last + 1] = Number.POSITIVE_INFINITY
    for (let k = last; k >= firstDelivery; k--) {
      const cost = toDelivery[k] + fromDelivery[k + 1] - legCost[k]
      added[k] = cost
      leastAdded[k] = cost < leastAdded[k + 1] ? cost : leastAdded[k + 1]
    }
    for (let k = firstDelivery - 1; k > first; k--) leastAdded[k] = leastAdded[firstDelivery]

    let best = limit - carry
    let pickupAfter = -1
    let deliveryAfter = -1
    let work = last - first
    for (let i = first; i <= lastPickup; i++) {
      const alone = toPickup[i] + fromPickup[i + 1] - legCost[i]
      const together =
        i < firstDelivery ? Number.POSITIVE_INFINITY : toPickup[i] + across + fromDelivery[i + 1] - legCost[i]
      if (together >= best && alone + leastAdded[i + 1] >= best) continue
      if (load[i] > room) continue
      let start = leave[i] + toPickupS[i]
      if (start > closeA) continue
      if (start < openA) start = openA
      let left = start + serviceA

      // the delivery right behind the pickup
      if (together < best) {
        let begin = left + acrossS
        if (begin <= closeB) {
          if (begin < openB) begin = openB
          if (begin + serviceB + fromDeliveryS[i + 1] <= latest[i + 1] && !skipper.skip()) {
            best = together
            pickupAfter = deliveryAfter = i
          }
        }
      }

      // the delivery later: carry the order past one visit after another
      for (let j = i + 1; j <= last; j++) {
        if (alone + leastAdded[j] >= best) break
        work++
        const arrive = left + (j === i + 1 ? fromPickupS[j] : legS[j - 1])
        if (arrive > latest[j] || load[j] > room) break
        const visit = visits[j]
        left = (arrive < opensS[visit] ? opensS[visit] : arrive) + serviceS[visit]
        if (left > closeB) break
        if (j < firstDelivery) continue
        const cost = alone + added[j]
        if (cost >= best) continue
        let begin = left + toDeliveryS[j]
        if (begin > closeB) continue
        if (begin < openB) begin = openB
        if (begin + serviceB + fromDeliveryS[j + 1] > latest[j + 1] || skipper.skip()) continue
        best = cost
        pickupAfter = i
        deliveryAfter = j
      }
    }
    this.work += work
    if (pickupAfter < 0) return Number.POSITIVE_INFINITY
    this.pickupAfter = pickupAfter
    this.deliveryAfter = deliveryAfter
    return best + carry
  }
}
