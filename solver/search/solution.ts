/**
 * A solution under search. Copies share their routes: a route is copied when it is first changed by the solution that does not own it
 * (`edit`), so that trying a change costs as much as the routes it touches.
 */
import type { Instance } from '../instance.ts'
import { keepsOrder } from './company.ts'
import { fitsLater, refresh, SearchRoute, visitsOf } from './route.ts'

/** What a search found, by indices: visits in order per route, and the orders on none. */
export interface Assignment {
  readonly routes: readonly { readonly type: number; readonly visits: readonly number[] }[]
  readonly absent: readonly number[]
  readonly cost: number
}

/** Above so many visits, copies between the same two solutions take over only what has changed in either since the last. */
const FEW_VISITS = 4000

export class Solution {
  readonly instance: Instance
  routes: SearchRoute[] = []
  /** [visit] index into routes, -1 absent */
  readonly routeOf: Int32Array
  /** [visit] position on its route */
  readonly positionOf: Int32Array
  /** orders on no route, and where each stands in that list (-1: on a route) */
  readonly absent: Int32Array
  readonly absentAt: Int32Array
  absentCount = 0
  /** visits on routes */
  visitCount = 0
  /** [type] routes in use */
  readonly used: Int32Array
  routeCost = 0
  /** sum of direct cost over absent orders that have one, and how many have none */
  directCost = 0
  stranded = 0
  private stamp = 0
  private static stamps = 0
  private readonly pool: SearchRoute[]
  /** routes made by this solution since it was copied, and those they took the place of */
  private made: SearchRoute[] = []
  private replaced: SearchRoute[] = []
  /** the last to be copied from or to, and the visits whose `routeOf` or `positionOf` may have changed here since; more than fit: all */
  private twin: Solution | null = null
  private readonly changed: Int32Array
  private changes = 0

  /** `pool`: unused routes, shared by the solutions of one search; their arrays are what makes copies expensive. */
  constructor(instance: Instance, pool: SearchRoute[] = []) {
    this.instance = instance
    this.pool = pool
    this.routeOf = new Int32Array(2 * instance.orders).fill(-1)
    this.positionOf = new Int32Array(2 * instance.orders)
    this.absent = new Int32Array(instance.orders)
    this.absentAt = new Int32Array(instance.orders)
    this.used = new Int32Array(instance.types.length)
    this.changed = new Int32Array(2 * instance.orders > FEW_VISITS ? instance.orders >> 2 : 0)
    for (let order = 0; order < instance.orders; order++) {
      this.absentAt[order] = -1
      this.leaveOut(order)
    }
    this.visitCount = 0
    this.stamp = ++Solution.stamps
  }

  /** Becomes a copy of the other; from then on neither changes the other's routes. */
  copy(other: Solution): void {
    this.routes = other.routes.slice()
    const room = this.changed.length
    if (this.twin === other && other.twin === this && this.changes < room && other.changes < room) {
      this.catchUp(other, this)
      this.catchUp(other, other)
      this.copyAbsent(other)
    } else {
      this.routeOf.set(other.routeOf)
      this.positionOf.set(other.positionOf)
      this.absent.set(other.absent)
      this.absentAt.set(other.absentAt)
      this.absentCount = other.absentCount
    }
    this.twin = other
    other.twin = this
    this.changes = other.changes = 0
    this.visitCount = other.visitCount
    this.used.set(other.used)
    this.routeCost = other.routeCost
    this.directCost = other.directCost
    this.stranded = other.stranded
    this.stamp = ++Solution.stamps
    other.stamp = ++Solution.stamps
    this.made.length = this.replaced.length = 0
  }

  private catchUp(other: Solution, { changed, changes }: Solution): void {
    for (let k = 0; k < changes; k++) {
      const visit = changed[k]
      this.routeOf[visit] = other.routeOf[visit]
      this.positionOf[visit] = other.positionOf[visit]
    }
  }

  private copyAbsent(other: Solution): void {
    const { absent, absentAt } = this
    for (let k = 0; k < this.absentCount; k++) absentAt[absent[k]] = -1
    this.absentCount = other.absentCount
    for (let k = 0; k < this.absentCount; k++) {
      absent[k] = other.absent[k]
      absentAt[absent[k]] = k
    }
  }

  private note(visit: number): void {
    if (this.changes < this.changed.length) this.changed[this.changes++] = visit
  }

  /** Gives back what only this solution holds: call on a copy that is not kept. */
  discard(): void {
    for (const route of this.made) this.pool.push(route)
    this.made.length = this.replaced.length = 0
  }

  /** Gives back what this solution has replaced: call on a copy that takes the place of its original. */
  keep(): void {
    for (const route of this.replaced) this.pool.push(route)
    this.made.length = this.replaced.length = 0
  }

  private make(): SearchRoute {
    const route = this.pool.pop() ?? new SearchRoute()
    route.owner = this.stamp
    route.cost = 0
    this.made.push(route)
    return route
  }

  /** The route, as this solution's own copy. Call `settle` when its visits have changed. */
  edit(index: number): SearchRoute {
    const route = this.routes[index]
    if (route.owner === this.stamp) return route
    const own = this.make()
    own.copyVisits(route, this.instance.dimensions)
    own.cost = route.cost
    this.replaced.push(route)
    this.routes[index] = own
    return own
  }

  owns(index: number): boolean {
    return this.routes[index].owner === this.stamp
  }

  /** Gives a route another truck type; leaves it as it is, and returns false, where that cannot drive it in time. */
  retype(index: number, type: number): boolean {
    const route = this.edit(index)
    const was = route.type
    route.type = type
    if (!this.settle(index)) {
      route.type = was
      this.settle(index)
      return false
    }
    this.used[was]--
    this.used[type]++
    return true
  }

  /** Opens a route for the type with these visits of absent orders; leaves everything as it is where that cannot be driven. */
  open(type: number, visits: readonly number[]): boolean {
    const route = this.make()
    route.type = type
    route.room(visits.length, this.instance.dimensions)
    route.length = visits.length
    visits.forEach((visit, k) => {
      route.visits[k + 1] = visit
    })
    this.routes.push(route)
    this.used[type]++
    if (!this.settle(this.routes.length - 1)) {
      this.routeCost -= route.cost
      this.routes.pop()
      this.used[type]--
      for (const visit of visits) {
        this.note(visit)
        this.routeOf[visit] = -1
      }
      return false
    }
    for (const visit of visits) if ((visit & 1) === 0) this.takeBack(visit >> 1)
    return true
  }

  assignment(): Assignment {
    return {
      routes: this.routes.map((route) => {
        route.result ??= { type: route.type, visits: visitsOf(route) }
        return route.result
      }),
      absent: Array.from(this.absent.subarray(0, this.absentCount)).sort((a, b) => a - b),
      cost: this.routeCost + this.directCost,
    }
  }

  /** Rebuilds an edited route and the solution's sums; an empty route is closed. Returns false where it is out of time. */
  settle(index: number): boolean {
    const route = this.routes[index]
    this.routeCost -= route.cost
    if (route.length === 0) {
      route.cost = 0
      this.close(index)
      return true
    }
    const { instance } = this
    const { company } = instance
    const feasible =
      (refresh(instance, route) || fitsLater(instance, route)) &&
      (company === null || keepsOrder(instance, company, route.type, visitsOf(route)))
    this.routeCost += route.cost
    for (let k = 1; k <= route.length; k++) {
      const visit = route.visits[k]
      this.note(visit)
      this.routeOf[visit] = index
      this.positionOf[visit] = k
    }
    return feasible
  }

  private close(index: number): void {
    this.used[this.routes[index].type]--
    const last = this.routes.pop()!
    if (index === this.routes.length) return
    this.routes[index] = last
    for (let k = 1; k <= last.length; k++) {
      this.note(last.visits[k])
      this.routeOf[last.visits[k]] = index
    }
  }

  /** Puts an absent order on a route behind the given positions (of the route as it is). */
  insert(order: number, index: number, pickupAfter: number, deliveryAfter: number): boolean {
    const { instance } = this
    const route = this.edit(index)
    const added = instance.paired[order] ? 2 : 1
    const { length } = route
    route.room(length + added, instance.dimensions)
    const { visits } = route
    if (added === 2) {
      visits.copyWithin(deliveryAfter + 3, deliveryAfter + 1, length + 1)
      visits[deliveryAfter + 2] = 2 * order + 1
      visits.copyWithin(pickupAfter + 2, pickupAfter + 1, deliveryAfter + 1)
    } else visits.copyWithin(pickupAfter + 2, pickupAfter + 1, length + 1)
    visits[pickupAfter + 1] = 2 * order
    route.length = length + added
    this.takeBack(order)
    return this.settle(index)
  }

  /**
   * Takes the orders marked in `gone` off a route. Where what remains cannot be driven, which happens on roads without the triangle
   * inequality and where a shorter route makes a longer day, all of it goes.
   */
  remove(index: number, gone: Uint8Array): void {
    const route = this.edit(index)
    const { visits, length } = route
    let kept = 0
    for (let k = 1; k <= length; k++) {
      const visit = visits[k]
      if (gone[visit >> 1]) {
        this.note(visit)
        this.routeOf[visit] = -1
        if ((visit & 1) === 0) this.leaveOut(visit >> 1)
      } else visits[++kept] = visit
    }
    route.length = kept
    if (this.settle(index)) return
    const rest = new Uint8Array(this.instance.orders)
    for (let k = 1; k <= kept; k++) rest[visits[k] >> 1] = 1
    this.remove(index, rest)
  }

  private leaveOut(order: number): void {
    this.absentAt[order] = this.absentCount
    this.absent[this.absentCount++] = order
    this.visitCount -= 1 + this.instance.paired[order]
    const price = this.instance.directCost[order]
    if (price === Number.POSITIVE_INFINITY) this.stranded++
    else this.directCost += price
  }

  private takeBack(order: number): void {
    const at = this.absentAt[order]
    const last = this.absent[--this.absentCount]
    this.absent[at] = last
    this.absentAt[last] = at
    this.absentAt[order] = -1
    this.visitCount += 1 + this.instance.paired[order]
    const price = this.instance.directCost[order]
    if (price === Number.POSITIVE_INFINITY) this.stranded--
    else this.directCost -= price
  }
}
