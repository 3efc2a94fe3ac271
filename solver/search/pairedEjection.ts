/**
 * Puts a pair that fits nowhere on a route from which others go, as ejection.ts does, on routes that are changed in place: of all ways to
 * take a few orders off a route so that it fits, the one whose orders have failed least often to find a place, added up.
 * Nagata & Kobayashi (2010), Guided Ejection Search for the Pickup and Delivery Problem with Time Windows, PPSN XI, LNCS 6238.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import type { PairedInserter } from './pairedInsertion.ts'
import { PairedRoute, type PairedRoutes } from './pairedRoutes.ts'

const TOGETHER = 1
const APART = 2

export class PairedEjector {
  /** orders that gave way the last time */
  readonly ejected: number[] = []
  private readonly routes: PairedRoutes
  private readonly inserter: PairedInserter
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly most: number
  /** [order * orders + other] TOGETHER, APART, or 0: not asked yet */
  private readonly pairs: Uint8Array
  private readonly gone: Uint8Array
  private readonly listed: Int32Array
  /** [route] last turn that listed it */
  private readonly seen: Int32Array
  /** the route without those that go */
  private readonly rest = new PairedRoute()
  /** of the route looked at, its orders that may go, the easiest to place first */
  private readonly riders: Int32Array
  private riderCount = 0
  /** the set looked at, of which the first are in the way */
  private readonly leaving: number[] = []
  private inTheWay = 0
  private least = 0
  private chosen = -1
  private order = 0
  private counters: Float64Array = new Float64Array(0)

  constructor(routes: PairedRoutes, inserter: PairedInserter, random: Random, { near, kept }: NearNodes, most: number) {
    this.routes = routes
    this.inserter = inserter
    this.random = random
    this.near = near
    this.kept = kept
    this.most = most
    this.pairs = new Uint8Array(routes.orders ** 2)
    this.gone = new Uint8Array(routes.orders)
    this.listed = new Int32Array(routes.most)
    this.seen = new Int32Array(routes.most)
    this.riders = new Int32Array(routes.orders)
  }

  /**
   * Begins a turn and puts an absent order on a route, where needed in the place of others; false where that cannot be.
   * `counters[order]`: how often it has found no place.
   */
  place(order: number, counters: Float64Array): boolean {
    const { routes, listed, ejected, inserter } = this
    routes.begin()
    this.order = order
    this.counters = counters
    this.least = Number.POSITIVE_INFINITY
    this.chosen = -1
    const count = this.listRoutes(order)
    for (let size = 0; size <= this.most && this.least > 0; size++)
      for (let k = 0; k < count; k++) {
        const route = listed[k]
        if (size === 0) {
          if (inserter.find(order, route, 0, Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY) continue
          this.take(route, 0)
          break
        }
        const sum = this.listRiders(route)
        if (this.inTheWay <= size && sum < this.least) this.look(route, 0, size, sum)
      }
    if (this.chosen < 0) return false
    if (ejected.length > 0) {
      for (const other of ejected) this.gone[other] = 1
      routes.strip(this.chosen, this.gone)
      for (const other of ejected) this.gone[other] = 0
    }
    if (routes.list[this.chosen].length === 0) routes.put(order, this.chosen, 0, 0)
    else {
      if (inserter.find(order, this.chosen, 0, Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY) return false
      routes.put(order, this.chosen, inserter.pickupAfter, inserter.deliveryAfter)
    }
    return !routes.broken
  }

  private take(route: number, sum: number): void {
    this.least = sum
    this.chosen = route
    this.ejected.length = 0
    for (const other of this.leaving) this.ejected.push(other)
  }

  /** The routes of the order's neighbours, in a random order. */
  private listRoutes(order: number): number {
    const { near, kept, routes, listed, seen } = this
    const from = (order + 1) * kept
    this.leaving.length = 0
    let count = 0
    for (let k = from; k < from + kept && count < routes.used; k++) {
      const route = routes.routeOf[near[k] - 1]
      if (route < 0 || seen[route] === routes.turn) continue
      seen[route] = routes.turn
      listed[count++] = route
    }
    this.random.shuffle(listed, count)
    return count
  }

  /** Divides the route's orders into those in the way and the others; returns the sum of the counters of the former. */
  private listRiders(route: number): number {
    const { riders, leaving, counters, order, routes } = this
    const { nodes, length } = routes.list[route]
    this.riderCount = leaving.length = 0
    let sum = 0
    for (let k = 1; k <= length; k++) {
      if ((nodes[k] & 1) === 0) continue
      const rider = nodes[k] >> 1
      if (this.areTogether(rider, order)) {
        let at = this.riderCount++
        for (; at > 0 && counters[riders[at - 1]] > counters[rider]; at--) riders[at] = riders[at - 1]
        riders[at] = rider
      } else {
        leaving.push(rider)
        sum += counters[rider]
        if (leaving.length > this.most) break
      }
    }
    this.inTheWay = leaving.length
    return sum
  }

  /** True where a route may hold both. */
  private areTogether(a: number, b: number): boolean {
    const { pairs, routes, rest } = this
    const cell = a * routes.orders + b
    if (pairs[cell] === 0) {
      rest.nodes[1] = 2 * a + 1
      rest.nodes[2] = 2 * a + 2
      rest.length = 2
      pairs[cell] = pairs[b * routes.orders + a] = this.retime() && this.fits(b) ? TOGETHER : APART
    }
    return pairs[cell] === TOGETHER
  }

  /** Tries every set of `size` orders that holds those in `leaving` and others from `from` on, the easiest to place first. */
  private look(route: number, from: number, size: number, sum: number): void {
    const { riders, leaving, counters } = this
    if (leaving.length === size) {
      if (this.fitsWithout(route)) this.take(route, sum)
      return
    }
    for (let k = from; k < this.riderCount; k++) {
      const more = sum + counters[riders[k]]
      if (more >= this.least) return
      leaving.push(riders[k])
      this.look(route, k + 1, size, more)
      leaving.pop()
    }
  }

  /** True where the order fits once those in `leaving` have gone. */
  private fitsWithout(route: number): boolean {
    const { rest, routes } = this
    const { nodes, length } = routes.list[route]
    const [a = -1, b = -1, c = -1] = this.leaving
    rest.room(length)
    let kept = 0
    for (let k = 1; k <= length; k++) {
      const rider = (nodes[k] - 1) >> 1
      if (rider !== a && rider !== b && rider !== c) rest.nodes[++kept] = nodes[k]
    }
    rest.length = kept
    return this.retime() && this.fits(this.order)
  }

  /** Times and loads of `rest`; false where it is late. */
  private retime(): boolean {
    const { leg: legs, width, opens, closes, service, demand } = this.routes
    const { nodes, leg, leave, latest, load, length } = this.rest
    let last = 0
    let clock = opens[0]
    let amount = 0
    nodes[0] = nodes[length + 1] = 0
    leave[0] = clock
    load[0] = 0
    for (let k = 1; k <= length; k++) {
      const node = nodes[k]
      const seconds = legs[last * width + node]
      leg[k - 1] = seconds
      clock += seconds
      if (clock > closes[node]) return false
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      leave[k] = clock
      amount += demand[node]
      load[k] = amount
      last = node
    }
    leg[length] = legs[last * width]
    if (clock + leg[length] > closes[0]) return false
    let need = closes[0]
    latest[length + 1] = need
    for (let k = length; k >= 1; k--) {
      need -= leg[k] + service[nodes[k]]
      if (need > closes[nodes[k]]) need = closes[nodes[k]]
      latest[k] = need
    }
    return true
  }

  /** True where an order has any place on `rest`. */
  private fits(order: number): boolean {
    const { leg: legs, legBack, width, opens, closes, service, demand, capacity } = this.routes
    const { nodes, leg, leave, latest, load, length } = this.rest
    const pickup = 2 * order + 1
    const delivery = pickup + 1
    const room = capacity[0] - demand[pickup]
    const openA = opens[pickup]
    const closeA = closes[pickup]
    const serviceA = service[pickup]
    const openB = opens[delivery]
    const closeB = closes[delivery]
    const serviceB = service[delivery]
    const rowA = pickup * width
    const rowB = delivery * width
    const across = legs[rowA + delivery]
    // no place from which the delivery can be reached in time, and then the rest, lies behind this
    let last = length
    while (last >= 0 && leave[last] + legBack[rowB + nodes[last]] > closeB) last--
    for (let i = 0; i <= length && leave[i] <= closeA; i++) {
      if (latest[i + 1] < openA + serviceA || load[i] > room) continue
      let left = leave[i] + legBack[rowA + nodes[i]]
      if (left > closeA) continue
      if (left < openA) left = openA
      left += serviceA
      let begin = left + across
      if (begin < openB) begin = openB
      if (begin <= closeB && begin + serviceB + legs[rowB + nodes[i + 1]] <= latest[i + 1]) return true
      // the delivery later: carry the order past one visit after another
      let arrive = left + legs[rowA + nodes[i + 1]]
      for (let j = i + 1; j <= last; j++) {
        const node = nodes[j]
        if (arrive > latest[j] || load[j] > room) break
        left = (arrive < opens[node] ? opens[node] : arrive) + service[node]
        if (left > closeB) break
        begin = left + legBack[rowB + node]
        if (begin < openB) begin = openB
        if (begin <= closeB && begin + serviceB + legs[rowB + nodes[j + 1]] <= latest[j + 1]) return true
        arrive = left + leg[j]
      }
    }
    return false
  }
}
