/**
 * Puts an order that fits nowhere on a route from which others go, as ejection.ts does, on routes that are changed in place: of all ways to
 * take a few orders off a route so that it fits, the one whose orders have failed least often to find a place, added up. What a route is and
 * where an order fits is said by those who extend this: pairedEjection.ts, timedEjection.ts.
 * Nagata & Bräysy (2009), A powerful route minimization heuristic for the vehicle routing problem with time windows, Operations Research
 * Letters 37(5). Differs from the paper: orders that no route holds together are known, so that those in the way of the order go in any
 * case; only routes of near orders are looked at; the order gets the cheapest place there; between two orders a ruin and recreate moves
 * things, not many random exchanges.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'

const TOGETHER = 1
const APART = 2

/** What an ejector asks of routes of either kind. */
interface Routes {
  readonly orders: number
  readonly most: number
  readonly used: number
  readonly turn: number
  readonly broken: boolean
  begin(): void
}

export abstract class InPlaceEjector<R extends Routes = Routes> {
  /** orders that gave way the last time */
  readonly ejected: number[] = []
  protected order = 0
  /** the route that takes the order */
  protected chosen = -1
  /** the set looked at, of which the first are in the way */
  protected readonly leaving: number[] = []
  /** orders of the route looked at */
  protected readonly aboard: Int32Array
  protected readonly routes: R
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly most: number
  /** [order * orders + other] TOGETHER, APART, or 0: not asked yet */
  private readonly pairs: Uint8Array
  private readonly listed: Int32Array
  /** [route] last turn that listed it */
  private readonly seen: Int32Array
  /** of the route looked at, its orders that may go, the easiest to place first */
  private readonly riders: Int32Array
  private riderCount = 0
  private inTheWay = 0
  private least = 0
  private counters: Float64Array = new Float64Array(0)

  /** `most`: orders that may give way to one. */
  constructor(routes: R, random: Random, { near, kept }: NearNodes, most: number) {
    this.routes = routes
    this.random = random
    this.near = near
    this.kept = kept
    this.most = most
    this.aboard = new Int32Array(routes.orders)
    this.pairs = new Uint8Array(routes.orders ** 2)
    this.listed = new Int32Array(routes.most)
    this.seen = new Int32Array(routes.most)
    this.riders = new Int32Array(routes.orders)
  }

  /** The route an order is on, -1: on none. */
  protected abstract routeOf(order: number): number
  /** Writes the orders of a route to `aboard`, and returns how many they are. */
  protected abstract listAboard(route: number): number
  /** True where some route can hold both. */
  protected abstract canRideTogether(one: number, other: number): boolean
  /** True where the order fits on a route as it is. */
  protected abstract fits(route: number): boolean
  /** True where it fits once those in `leaving` have gone. */
  protected abstract fitsWithout(route: number): boolean
  /** Takes `ejected` off the chosen route and puts the order there; false where that cannot be. */
  protected abstract carryOut(): boolean

  /**
   * Begins a turn and puts an absent order on a route, where needed in the place of others; false where that cannot be.
   * `counters[order]`: how often it has found no place.
   */
  place(order: number, counters: Float64Array): boolean {
    this.routes.begin()
    this.order = order
    this.counters = counters
    this.least = Number.POSITIVE_INFINITY
    this.chosen = -1
    this.leaving.length = 0
    const count = this.listRoutes()
    for (let k = 0; k < count && this.chosen < 0; k++) if (this.fits(this.listed[k])) this.take(this.listed[k], 0)
    for (let size = 1; size <= this.most && this.least > 0; size++)
      for (let k = 0; k < count; k++) {
        const sum = this.listRiders(this.listed[k])
        if (this.inTheWay <= size && sum < this.least) this.look(this.listed[k], 0, size, sum)
      }
    return this.chosen >= 0 && this.carryOut() && !this.routes.broken
  }

  protected take(route: number, sum: number): void {
    this.least = sum
    this.chosen = route
    this.ejected.length = 0
    for (const other of this.leaving) this.ejected.push(other)
  }

  /** The routes of the order's neighbours, in a random order. */
  private listRoutes(): number {
    const { near, kept, routes, listed, seen } = this
    const from = (this.order + 1) * kept
    let count = 0
    for (let k = from; k < from + kept && count < routes.used; k++) {
      const route = this.routeOf(near[k] - 1)
      if (route < 0 || seen[route] === routes.turn) continue
      seen[route] = routes.turn
      listed[count++] = route
    }
    this.random.shuffle(listed, count)
    return count
  }

  /** Divides the route's orders into those in the way and the others; returns the sum of the counters of the former. */
  private listRiders(route: number): number {
    const { riders, leaving, counters, order, aboard } = this
    const count = this.listAboard(route)
    this.riderCount = leaving.length = 0
    let sum = 0
    for (let k = 0; k < count; k++) {
      const rider = aboard[k]
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

  private areTogether(a: number, b: number): boolean {
    const { pairs } = this
    const { orders } = this.routes
    const cell = a * orders + b
    if (pairs[cell] === 0) pairs[cell] = pairs[b * orders + a] = this.canRideTogether(a, b) ? TOGETHER : APART
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
}
