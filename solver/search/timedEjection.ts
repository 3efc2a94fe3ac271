/**
 * Puts a single visit that fits nowhere on a route from which others go, on routes that are changed in place: of all ways to take a few
 * orders off a route so that it fits, the one whose orders have failed least often to find a place, added up.
 * Nagata & Bräysy (2009), A powerful route minimization heuristic for the vehicle routing problem with time windows, Operations Research
 * Letters 37(5). Differs from the paper: orders that no route holds together are known, so that those in the way of the order go in any
 * case; only routes of near orders are looked at; the order gets the cheapest place there; between two orders a ruin and recreate moves
 * things, not a thousand random exchanges.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import type { TimedRoutes } from './timedRoutes.ts'

const TOGETHER = 1
const APART = 2

export class TimedEjector {
  /** orders that gave way the last time */
  readonly ejected: number[] = []
  private readonly routes: TimedRoutes
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly most: number
  /** [node * width + other] TOGETHER, APART, or 0: not asked yet */
  private readonly pairs: Uint8Array
  private readonly listed: Int32Array
  /** [route] last turn that listed it */
  private readonly seen: Int32Array
  /** of the route looked at, its nodes that may go, the easiest to place first */
  private readonly riders: Int32Array
  private riderCount = 0
  /** the set looked at, of which the first are in the way */
  private readonly leaving: number[] = []
  private inTheWay = 0
  /** the route without those that go: its nodes, and how early the truck can be gone */
  private readonly rest: Int32Array
  private readonly leave: Float64Array
  private least = 0
  private chosen = -1
  private behind = 0
  private node = 0
  private counters: Float64Array = new Float64Array(0)

  constructor(routes: TimedRoutes, random: Random, { near, kept }: NearNodes, most: number) {
    this.routes = routes
    this.random = random
    this.near = near
    this.kept = kept
    this.most = most
    this.pairs = new Uint8Array(routes.width ** 2)
    this.listed = new Int32Array(routes.most)
    this.seen = new Int32Array(routes.most)
    this.riders = new Int32Array(routes.orders)
    this.rest = new Int32Array(routes.orders + 2)
    this.leave = new Float64Array(routes.orders + 2)
  }

  /**
   * Begins a turn and puts an absent order on a route, where needed in the place of others; false where that cannot be.
   * `counters[order]`: how often it has found no place.
   */
  place(order: number, counters: Float64Array): boolean {
    const { routes, listed, ejected } = this
    routes.begin()
    this.node = order + 1
    this.counters = counters
    this.least = Number.POSITIVE_INFINITY
    this.chosen = -1
    const count = this.listRoutes()
    for (let size = 0; size <= this.most && this.least > 0; size++)
      for (let k = 0; k < count && this.least > 0; k++) {
        const sum = this.listRiders(listed[k])
        if (this.inTheWay <= size && sum < this.least) this.look(listed[k], 0, size, sum)
      }
    if (this.chosen < 0) return false
    for (const other of ejected) routes.cut(other + 1)
    if (ejected.length > 0) routes.retime(this.chosen)
    routes.put(this.node, this.behind, this.chosen)
    return !routes.broken
  }

  /** The routes of the order's neighbours, in a random order. */
  private listRoutes(): number {
    const { near, kept, routes, listed, seen, node } = this
    let count = 0
    for (let k = node * kept; k < (node + 1) * kept && count < routes.used; k++) {
      const route = routes.routeOf[near[k]]
      if (route < 0 || seen[route] === routes.turn) continue
      seen[route] = routes.turn
      listed[count++] = route
    }
    this.random.shuffle(listed, count)
    return count
  }

  /** Divides the route's nodes into those in the way and the others; returns the sum of the counters of the former. */
  private listRiders(route: number): number {
    const { riders, leaving, counters, node, routes } = this
    const { next, width } = routes
    this.riderCount = leaving.length = 0
    let sum = 0
    for (let rider = next[routes.endOf(route)]; rider < width; rider = next[rider]) {
      if (this.areTogether(rider, node)) {
        let at = this.riderCount++
        for (; at > 0 && counters[riders[at - 1] - 1] > counters[rider - 1]; at--) riders[at] = riders[at - 1]
        riders[at] = rider
      } else {
        leaving.push(rider)
        sum += counters[rider - 1]
        if (leaving.length > this.most) break
      }
    }
    this.inTheWay = leaving.length
    return sum
  }

  /** True where a route may hold both. */
  private areTogether(a: number, b: number): boolean {
    const { pairs, routes } = this
    const cell = a * routes.width + b
    if (pairs[cell] === 0)
      pairs[cell] = pairs[b * routes.width + a] = this.follows(a, b) || this.follows(b, a) ? TOGETHER : APART
    return pairs[cell] === TOGETHER
  }

  /** True where one can be served behind the other in time. */
  private follows(b: number, a: number): boolean {
    const { leg, width, opens, closes, service, demand, capacity } = this.routes
    const left = Math.max(opens[0] + leg[a], opens[a]) + service[a]
    const begin = Math.max(left + leg[a * width + b], opens[b])
    return begin <= closes[b] && begin + service[b] + leg[b] <= closes[0] && demand[a] + demand[b] <= capacity
  }

  /** Tries every set of `size` nodes that holds those in `leaving` and others from `from` on, the easiest to place first. */
  private look(route: number, from: number, size: number, sum: number): void {
    const { riders, leaving, counters } = this
    if (leaving.length === size) {
      const behind = this.placeWithout(route)
      if (behind < 0) return
      this.least = sum
      this.chosen = route
      this.behind = behind
      this.ejected.length = 0
      for (const other of leaving) this.ejected.push(other - 1)
      return
    }
    for (let k = from; k < this.riderCount; k++) {
      const more = sum + counters[riders[k] - 1]
      if (more >= this.least) return
      leaving.push(riders[k])
      this.look(route, k + 1, size, more)
      leaving.pop()
    }
  }

  /** The cheapest place once those in `leaving` have gone: the node before it; -1: there is none. */
  private placeWithout(route: number): number {
    const { routes, leaving, node, rest, leave } = this
    const { leg, width, opens, closes, service, demand, next } = routes
    let load = routes.load[route] + demand[node]
    for (const other of leaving) load -= demand[other]
    if (load > routes.capacity) return -1
    const [a = -1, b = -1, c = -1] = leaving
    const end = routes.endOf(route)
    let length = 0
    let last = 0
    let clock = opens[0]
    rest[0] = end
    leave[0] = clock
    for (let at = next[end]; at < width; at = next[at]) {
      if (at === a || at === b || at === c) continue
      clock += leg[last * width + at]
      if (clock > closes[at]) return -1
      if (clock < opens[at]) clock = opens[at]
      clock += service[at]
      rest[++length] = at
      leave[length] = clock
      last = at
    }
    const row = node * width
    const open = opens[node]
    const close = closes[node]
    let need = closes[0]
    let after = 0
    let least = Number.POSITIVE_INFINITY
    let behind = -1
    for (let k = length; k >= 0; k--) {
      const before = k === 0 ? 0 : rest[k]
      let begin = leave[k] + leg[row + before]
      if (begin <= close) {
        if (begin < open) begin = open
        const cost = leg[row + before] + leg[row + after] - leg[before * width + after]
        if (cost < least && begin + service[node] + leg[row + after] <= need) {
          least = cost
          behind = rest[k]
        }
      }
      need -= leg[before * width + after] + service[before]
      if (need > closes[before]) need = closes[before]
      after = before
    }
    return behind
  }
}
