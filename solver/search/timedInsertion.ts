/**
 * Puts orders into routes that are changed in place, each where it adds least, passing places over at random. What the best place on a
 * route is stays known until the route changes, and is known again when that is taken back.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2): greedy
 * insertion with blinks. Differs from the paper: an order is offered to the routes of its nearest, and to others where none of these takes
 * it; the best place on a route is passed over by chance, and then half of the others there; a truck that is too small may give way to a
 * larger one; unless fewest routes come first, a route is opened wherever that is cheapest, and sometimes for less than it costs.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import type { TimedRoutes } from './timedRoutes.ts'
import type { Tuning } from './tuning.ts'

/** Where an order adds least on a route: [node] the stamp of the route it is true of, what it adds, and the node before the place. */
class Places {
  readonly stamp: Int32Array
  readonly cost: Float64Array
  readonly behind: Int32Array

  constructor(width: number) {
    this.stamp = new Int32Array(width)
    this.cost = new Float64Array(width)
    this.behind = new Int32Array(width)
  }
}

export class TimedInserter {
  /** how much what a larger truck costs more counts; the first route may be opened with a truck of a type, -1 none, for a share of its cost */
  eager = 1
  offeredType = -1
  offeredShare = 1
  private readonly routes: TimedRoutes
  private readonly tuning: Tuning
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly limits: Float64Array
  private readonly solo: Float64Array
  private readonly fewestRoutes: boolean
  /** trucks are of several types */
  private readonly mixed: boolean
  /** [route] last node that looked at it */
  private readonly seen: Int32Array
  private looks = 0
  /** [route] the best places there that are known; and where some were passed over */
  private readonly known: Places[]
  private readonly other: Places
  private readonly blinkLog: number
  private untilBlink: number
  /** best place for the node at hand */
  private placeCost = 0
  private placeBehind = 0
  private placeRoute = 0
  private placeType = 0

  /** `limits[type]`: routes there may be. `solo[type * orders + order]`: cost of a route of its own, Infinity where there can be none. */
  constructor(
    routes: TimedRoutes,
    tuning: Tuning,
    random: Random,
    { near, kept }: NearNodes,
    limits: Float64Array,
    solo: Float64Array,
    fewestRoutes: boolean,
  ) {
    this.routes = routes
    this.tuning = tuning
    this.random = random
    this.near = near
    this.kept = kept
    this.limits = limits
    this.solo = solo
    this.fewestRoutes = fewestRoutes
    this.mixed = routes.capacity.length > 1
    this.seen = new Int32Array(routes.most)
    this.known = new Array(routes.most)
    this.other = new Places(routes.width)
    this.blinkLog = tuning.blinkRate > 0 ? 1 / Math.log(1 - tuning.blinkRate) : 0
    this.untilBlink = this.drawBlink()
  }

  private drawBlink(): number {
    return this.blinkLog === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - this.random.unit()) * this.blinkLog)
  }

  /**
   * Puts an order where it adds least; false: there is no place for it that costs less than `limit`. A truck that is too small may give way
   * to a larger one.
   */
  put(node: number, limit = Number.POSITIVE_INFINITY): boolean {
    const { near, kept, routes, seen, tuning, limits } = this
    const { routeOf, length, load, used, usedOf, most, orders, capacity } = routes
    const room = this.mixed ? Number.POSITIVE_INFINITY : capacity[0] - routes.demand[node]
    const look = ++this.looks
    this.placeCost = limit
    this.placeRoute = -1
    // routes of its nearest; the others only where none of these takes it
    if (used > tuning.fewRoutes) {
      const first = node * kept
      const end = first + Math.min(kept, tuning.nearOrders)
      for (let k = first; k < end; k++) {
        const route = routeOf[near[k]]
        if (route < 0 || seen[route] === look) continue
        seen[route] = look
        if (load[route] <= room) this.look(node, route)
      }
    }
    if (this.placeRoute < 0)
      for (let route = 0; route < most; route++)
        if (length[route] > 0 && load[route] <= room && seen[route] !== look) this.look(node, route)
    if (this.placeRoute < 0 || !this.fewestRoutes) {
      let opened = -1
      for (let type = 0; type < usedOf.length; type++) {
        if (usedOf[type] >= limits[type]) continue
        const alone = this.solo[type * orders + node - 1]
        const cost = type === this.offeredType ? this.offeredShare * alone : alone
        if (cost >= this.placeCost) continue
        this.placeCost = cost
        opened = type
      }
      if (opened >= 0) {
        let route = 0
        while (length[route] > 0) route++
        this.placeRoute = route
        this.placeBehind = routes.endOf(route)
        this.placeType = opened
        this.offeredType = -1
      }
    }
    if (this.placeRoute < 0) return false
    routes.put(node, this.placeBehind, this.placeRoute, this.placeType)
    return true
  }

  /** Looks for a better place on a route, where needed with a larger truck. */
  private look(node: number, route: number): void {
    const { routes, mixed } = this
    if (!mixed) {
      this.find(node, route, 0, 0)
      return
    }
    const { capacity, usedOf } = routes
    const type = routes.typeOf[route]
    const load = routes.load[route] + routes.demand[node]
    if (load <= capacity[type]) {
      this.find(node, route, type, 0)
      return
    }
    if (!this.tuning.outgrow) return
    const now = routes.costAs(route, type)
    for (let larger = 0; larger < capacity.length; larger++) {
      if (larger === type || usedOf[larger] >= this.limits[larger] || load > capacity[larger]) continue
      const dearer = this.eager * (routes.costAs(route, larger) - now)
      if (dearer < this.placeCost) this.find(node, route, larger, dearer)
    }
  }

  /** The same with a truck of the type, which costs `dearer` more; the best place there is passed over by chance, and then half of the others. */
  private find(node: number, route: number, type: number, dearer: number): void {
    const { routes } = this
    const unit = routes.unitCost[type]
    const known = (this.known[route] ??= new Places(routes.width))
    if (known.stamp[node] !== routes.stamp[route]) {
      known.stamp[node] = routes.stamp[route]
      this.scan(node, route, known, 0)
    }
    let cost = dearer + unit * known.cost[node]
    if (cost >= this.placeCost) return
    let places = known
    if (this.untilBlink-- <= 0) {
      this.untilBlink = this.drawBlink()
      places = this.other
      this.scan(node, route, places, known.behind[node])
      cost = dearer + unit * places.cost[node]
      if (cost >= this.placeCost) return
    }
    this.placeCost = cost
    this.placeBehind = places.behind[node]
    this.placeRoute = route
    this.placeType = type
  }

  /** Finds the best place on a route, or, if a node is given, one that is not behind it, half of the others passed over by chance. */
  private scan(node: number, route: number, into: Places, not: number): void {
    const { routes, random } = this
    const { orders, next, leg, width, legIn, leave, latest } = routes
    const row = node * width
    const open = routes.opens[node]
    const close = routes.closes[node]
    const service = routes.service[node]
    let best = Number.POSITIVE_INFINITY
    let behind = 0
    let last = routes.endOf(route)
    let toLast = leg[row]
    for (let at = next[last]; leave[last] <= close; at = next[at]) {
      const toHere = at <= orders ? leg[row + at] : leg[row]
      const cost = toLast + toHere - legIn[at]
      if (cost < best) {
        let start = leave[last] + toLast
        if (start > close) break
        if (start < open) start = open
        if (start + service + toHere <= latest[at] && (not === 0 || (last !== not && random.next() < 0))) {
          best = cost
          behind = last
        }
      }
      if (at > orders) break
      last = at
      toLast = toHere
    }
    into.cost[node] = best
    into.behind[node] = behind
  }
}
