/**
 * Puts orders into routes that are changed in place, each where it adds least, passing places over at random. What a place is and what it
 * adds is said by those who extend this: pairedInsertion.ts, timedInsertion.ts.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2): greedy
 * insertion with blinks. Differs from the paper: an order is offered to the routes of its nearest, and to others where none of these takes
 * it; the best place on a route is passed over by chance, and then half of the others there; a truck that is too small may give way to a
 * larger one; unless fewest routes come first, a route is opened wherever that is cheapest, and sometimes for less than it costs.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import { FAR_ROUTES, FEW_ORDERS } from './recreate.ts'
import type { Tuning } from './tuning.ts'

/** What an inserter asks of routes of either kind. */
interface Routes {
  readonly orders: number
  /** routes there can be, some of them empty */
  readonly most: number
  readonly used: number
  /** [type] routes in use; what a truck holds */
  readonly usedOf: Int32Array
  readonly capacity: Float64Array
  /** [rider] -1: on none; riders are the orders, counted from 1 on */
  readonly routeOf: Int32Array
  isEmpty(route: number): boolean
  costAs(route: number, type: number): number
}

export abstract class InPlaceInserter<R extends Routes = Routes> {
  /** how much what a larger truck costs more counts; the first route may be opened with a truck of a type, -1 none, for a share of its cost */
  eager = 1
  offeredType = -1
  offeredShare = 1
  protected readonly routes: R
  protected readonly random: Random
  /** trucks are of several types, and a larger one may take over */
  protected readonly mayOutgrow: boolean
  /** the best place so far for the rider at hand: what it costs, on which route, -1 none, with which truck */
  protected placeCost = 0
  protected placeRoute = 0
  protected placeType = 0
  private readonly near: Int32Array
  private readonly kept: number
  private readonly nearest: number
  private readonly fewRoutes: number
  private readonly limits: Float64Array
  private readonly solo: Float64Array
  private readonly fewestRoutes: boolean
  private readonly looksAtAll: boolean
  /** [route] last rider that looked at it */
  private readonly seen: Int32Array
  private looks = 0
  private readonly blinkLog: number
  private untilBlink: number

  /** `limits[type]`: routes there may be. `solo[type * orders + order]`: cost of a route of its own, Infinity where there can be none. */
  constructor(
    routes: R,
    tuning: Tuning,
    random: Random,
    { near, kept }: NearNodes,
    limits: Float64Array,
    solo: Float64Array,
    fewestRoutes: boolean,
  ) {
    this.routes = routes
    this.random = random
    this.mayOutgrow = tuning.outgrow && routes.capacity.length > 1
    this.near = near
    this.kept = kept
    this.nearest = Math.min(kept, tuning.nearOrders)
    this.fewRoutes = tuning.fewRoutes
    this.limits = limits
    this.solo = solo
    this.fewestRoutes = fewestRoutes
    this.looksAtAll = routes.orders <= FEW_ORDERS || fewestRoutes
    this.seen = new Int32Array(routes.most)
    this.blinkLog = tuning.blinkRate > 0 ? 1 / Math.log(1 - tuning.blinkRate) : 0
    this.untilBlink = this.drawBlink()
  }

  /** Looks for a place on a route that costs less than `placeCost`, where needed with a larger truck (`outgrow`). */
  protected abstract look(rider: number, route: number): void
  /** The same with a truck of the type, which costs `dearer` more. */
  protected abstract lookWith(rider: number, route: number, type: number, dearer: number): void
  /** Puts a rider at the best place, or, `isFirst`, on the route that is opened for it. */
  protected abstract carryOut(rider: number, isFirst: boolean): void

  /** Puts a rider where it adds least; false: there is no place for it that costs less than `limit`. */
  put(rider: number, limit = Number.POSITIVE_INFINITY): boolean {
    const { routes, seen, near } = this
    const { routeOf, most } = routes
    const look = ++this.looks
    this.placeCost = limit
    this.placeRoute = -1
    // routes of its nearest; the others only where none of these takes it
    if (routes.used > this.fewRoutes) {
      const first = rider * this.kept
      const end = first + this.nearest
      for (let k = first; k < end; k++) {
        const route = routeOf[near[k]]
        if (route < 0 || seen[route] === look) continue
        seen[route] = look
        this.look(rider, route)
      }
    }
    if (this.placeRoute < 0 && this.looksAtAll) {
      for (let route = 0; route < most; route++)
        if (!routes.isEmpty(route) && seen[route] !== look) this.look(rider, route)
      // who may go direct does not go far
    } else if (this.placeRoute < 0 && limit === Number.POSITIVE_INFINITY) this.lookFar(rider)
    const isFirst = (this.placeRoute < 0 || !this.fewestRoutes) && this.open(rider)
    if (this.placeRoute < 0) return false
    this.carryOut(rider, isFirst)
    return true
  }

  /** Looks at the other routes of the neighbours on the list, and at a few from a random one on. */
  private lookFar(rider: number): void {
    const { routes, seen, looks, near, kept } = this
    for (let k = rider * kept; k < (rider + 1) * kept; k++) {
      const route = routes.routeOf[near[k]]
      if (route < 0 || seen[route] === looks) continue
      seen[route] = looks
      this.look(rider, route)
    }
    // the first empty one is opened: most of those in use come first
    const { used } = routes
    const from = this.random.below(used)
    for (let k = 0, looked = 0; k < used && looked < FAR_ROUTES; k++) {
      const route = (from + k) % used
      if (routes.isEmpty(route) || seen[route] === looks) continue
      this.look(rider, route)
      looked++
    }
  }

  /** Makes a route of its own the best place, if that is cheaper. */
  private open(rider: number): boolean {
    const { routes, solo, limits } = this
    const { usedOf, orders } = routes
    let opened = -1
    for (let type = 0; type < usedOf.length; type++) {
      if (usedOf[type] >= limits[type]) continue
      const alone = solo[type * orders + rider - 1]
      const cost = type === this.offeredType ? this.offeredShare * alone : alone
      if (cost >= this.placeCost) continue
      this.placeCost = cost
      opened = type
    }
    if (opened < 0) return false
    this.placeRoute = 0
    while (!routes.isEmpty(this.placeRoute)) this.placeRoute++
    this.placeType = opened
    this.offeredType = -1
    return true
  }

  /** Looks for a better place with each truck that holds what the route's own does not. `load`: with the rider on board. */
  protected outgrow(rider: number, route: number, type: number, load: number): void {
    const { routes, limits } = this
    const { capacity, usedOf } = routes
    const now = routes.costAs(route, type)
    for (let larger = 0; larger < capacity.length; larger++) {
      if (larger === type || usedOf[larger] >= limits[larger] || load > capacity[larger]) continue
      const dearer = this.eager * (routes.costAs(route, larger) - now)
      if (dearer < this.placeCost) this.lookWith(rider, route, larger, dearer)
    }
  }

  /** The best place on a route is passed over. */
  protected blinks(): boolean {
    if (this.untilBlink-- > 0) return false
    this.untilBlink = this.drawBlink()
    return true
  }

  private drawBlink(): number {
    return this.blinkLog === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - this.random.unit()) * this.blinkLog)
  }
}
