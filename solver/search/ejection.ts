/**
 * Puts an order that fits nowhere on a route from which others go: of all ways to take a few orders off a route so that it fits, the one
 * whose orders have failed least often to find a place, added up.
 * Nagata & Kobayashi (2010), Guided Ejection Search for the Pickup and Delivery Problem with Time Windows, PPSN XI, LNCS 6238.
 * Differs from the paper: orders that no route holds together are known, so that those in the way of the order go in any case; only routes
 * of near orders are looked at; the order gets the cheapest place there, not a random one.
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import type { Inserter } from './insertion.ts'
import type { Neighbours } from './neighbours.ts'
import { RoomFinder } from './room.ts'
import { refresh, SearchRoute, visitsOf } from './route.ts'
import type { Solution } from './solution.ts'

/** Up to so many orders it is kept which of them a route can hold together: 16 MB. */
const MOST_IN_TABLE = 4000
const TOGETHER = 1
const APART = 2

export class Ejector {
  private readonly instance: Instance
  private readonly random: Random
  private readonly inserter: Inserter
  private readonly neighbours: Neighbours
  private readonly room: RoomFinder
  private readonly most: number
  private readonly gone: Uint8Array
  private readonly near: Int32Array
  /** [order * orders + other] TOGETHER, APART, or 0: not asked yet */
  private readonly pairs: Uint8Array
  private readonly scratch = new SearchRoute()
  /** of the route looked at, its orders that may go, the easiest to place first */
  private readonly riders: Int32Array
  private riderCount = 0
  /** the set looked at, of which the first are in the way, and the best one */
  private readonly leaving: number[] = []
  private inTheWay = 0
  private best: { readonly index: number; readonly leaving: readonly number[] } | null = null
  private least = 0
  private counters: Float64Array = new Float64Array(0)

  constructor(instance: Instance, random: Random, inserter: Inserter, neighbours: Neighbours, most: number) {
    this.instance = instance
    this.random = random
    this.inserter = inserter
    this.neighbours = neighbours
    this.room = new RoomFinder(instance, inserter)
    this.most = most
    this.gone = new Uint8Array(instance.orders)
    this.near = new Int32Array(instance.orders)
    this.riders = new Int32Array(instance.orders)
    this.pairs = new Uint8Array(instance.orders > MOST_IN_TABLE ? 0 : instance.orders ** 2)
  }

  /**
   * Puts an absent order on a route, where needed in the place of others, which become the last of the absent ones. False, with the solution
   * as it was or some orders fewer, where that cannot be. `counters[order]`: how often it has found no place.
   */
  place(solution: Solution, order: number, counters: Float64Array): boolean {
    const { inserter, near } = this
    inserter.blink(0)
    this.counters = counters
    this.best = null
    this.least = Number.POSITIVE_INFINITY
    const routes = this.listRoutes(solution, order)
    for (let size = 0; size <= this.most; size++)
      for (let k = 0; k < routes; k++) {
        const route = solution.routes[near[k]]
        const sum = this.listRiders(route, order)
        if (this.inTheWay > size || sum >= this.least) continue
        this.room.start(route, order)
        this.look(near[k], 0, size, sum)
      }
    return this.best !== null && this.carryOut(solution, order, this.best)
  }

  /** The routes of the order's neighbours, in a random order. */
  private listRoutes({ routes, routeOf }: Solution, order: number): number {
    const { near, neighbours, random } = this
    const seen = new Uint8Array(routes.length)
    let found = 0
    for (let rank = 0; rank < neighbours.kept && found < routes.length; rank++) {
      const index = routeOf[2 * neighbours.list[order * neighbours.kept + rank]]
      if (index < 0 || seen[index]) continue
      seen[index] = 1
      near[found++] = index
    }
    random.shuffle(near, found)
    return found
  }

  /** Divides the route's orders into those in the way and the others; returns the sum of the counters of the former. */
  private listRiders(route: SearchRoute, order: number): number {
    const { riders, leaving, counters } = this
    this.riderCount = leaving.length = 0
    let sum = 0
    for (let k = 1; k <= route.length; k++) {
      const visit = route.visits[k]
      if ((visit & 1) === 1) continue
      const rider = visit >> 1
      if (this.areTogether(rider, order, route.type)) {
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
  private areTogether(a: number, b: number, type: number): boolean {
    const { pairs, instance, scratch, inserter } = this
    if (pairs.length === 0) return true
    const cell = a * instance.orders + b
    if (pairs[cell] === 0) {
      scratch.type = type
      scratch.room(2, instance.dimensions)
      scratch.length = 1 + instance.paired[a]
      scratch.visits[1] = 2 * a
      if (instance.paired[a]) scratch.visits[2] = 2 * a + 1
      refresh(instance, scratch)
      const fits = inserter.find(scratch, b, Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY
      pairs[cell] = pairs[b * instance.orders + a] = fits ? TOGETHER : APART
    }
    return pairs[cell] === TOGETHER
  }

  /** Tries every set of `size` orders that holds those in `leaving` and others from `from` on, the easiest to place first. */
  private look(index: number, from: number, size: number, sum: number): void {
    const { riders, leaving, counters } = this
    if (leaving.length === size) {
      if (!this.room.fitsWithout(leaving)) return
      this.least = sum
      this.best = { index, leaving: leaving.slice() }
      return
    }
    for (let k = from; k < this.riderCount; k++) {
      const more = sum + counters[riders[k]]
      if (more >= this.least) return
      leaving.push(riders[k])
      this.look(index, k + 1, size, more)
      leaving.pop()
    }
  }

  private carryOut(
    solution: Solution,
    order: number,
    { index, leaving }: { readonly index: number; readonly leaving: readonly number[] },
  ): boolean {
    const { instance, inserter } = this
    const route = solution.routes[index]
    if (visitsOf(route).every((visit) => leaving.includes(visit >> 1))) {
      const { type } = route
      this.takeOff(solution, index, leaving)
      return solution.open(type, instance.paired[order] ? [2 * order, 2 * order + 1] : [2 * order])
    }
    if (leaving.length > 0) this.takeOff(solution, index, leaving)
    if (inserter.find(solution.routes[index], order, Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY)
      return false
    return solution.insert(order, index, inserter.pickupAfter, inserter.deliveryAfter)
  }

  private takeOff(solution: Solution, index: number, leaving: readonly number[]): void {
    for (const order of leaving) this.gone[order] = 1
    solution.remove(index, this.gone)
    for (const order of leaving) this.gone[order] = 0
  }
}
