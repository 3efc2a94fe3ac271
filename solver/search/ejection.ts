/**
 * Puts an order that fits nowhere on a route from which others go: givingWay.ts says who.
 * Nagata & Kobayashi (2010), Guided Ejection Search for the Pickup and Delivery Problem with Time Windows, PPSN XI, LNCS 6238.
 * Differs from the paper: orders that no route holds together are known, so that those in the way of the order go in any case; only routes
 * of near orders are looked at; the order gets the cheapest place there, not a random one.
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import { GivingWay } from './givingWay.ts'
import type { Inserter } from './insertion.ts'
import type { Neighbours } from './neighbours.ts'
import { RoomFinder } from './room.ts'
import { refresh, SearchRoute, visitsOf } from './route.ts'
import type { Solution } from './solution.ts'

export class Ejector extends GivingWay {
  private readonly instance: Instance
  private readonly random: Random
  private readonly inserter: Inserter
  private readonly neighbours: Neighbours
  private readonly room: RoomFinder
  private readonly gone: Uint8Array
  private readonly near: Int32Array
  private readonly scratch = new SearchRoute()
  /** the best set so far, and its route */
  private best: { readonly index: number; readonly leaving: readonly number[] } | null = null
  private solution: Solution | null = null

  constructor(instance: Instance, random: Random, inserter: Inserter, neighbours: Neighbours, most: number) {
    super(instance.orders, most)
    this.instance = instance
    this.random = random
    this.inserter = inserter
    this.neighbours = neighbours
    this.room = new RoomFinder(instance, inserter)
    this.gone = new Uint8Array(instance.orders)
    this.near = new Int32Array(instance.orders)
  }

  /**
   * Puts an absent order on a route, where needed in the place of others, which become the last of the absent ones. False, with the solution
   * as it was or some orders fewer, where that cannot be. `counters[order]`: how often it has found no place.
   */
  place(solution: Solution, order: number, counters: Float64Array): boolean {
    const { inserter, near } = this
    inserter.blink(0)
    this.solution = solution
    this.counters = counters
    this.best = null
    this.least = Number.POSITIVE_INFINITY
    const routes = this.listRoutes(solution, order)
    for (let size = 0; size <= this.most; size++)
      for (let k = 0; k < routes; k++) {
        const sum = this.listRiders(near[k], order)
        if (this.inTheWay > size || sum >= this.least) continue
        this.room.start(solution.routes[near[k]], order)
        this.look(near[k], size, sum)
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

  protected listAboard(index: number): number {
    const { visits, length } = this.solution!.routes[index]
    let count = 0
    for (let k = 1; k <= length; k++) if ((visits[k] & 1) === 0) this.aboard[count++] = visits[k] >> 1
    return count
  }

  protected canRideTogether(one: number, other: number, index: number): boolean {
    const { instance, scratch, inserter } = this
    scratch.type = this.solution!.routes[index].type
    scratch.room(2, instance.dimensions)
    scratch.length = 1 + instance.paired[one]
    scratch.visits[1] = 2 * one
    if (instance.paired[one]) scratch.visits[2] = 2 * one + 1
    refresh(instance, scratch)
    return inserter.find(scratch, other, Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY
  }

  protected fitsWithout(): boolean {
    return this.room.fitsWithout(this.leaving)
  }

  protected take(index: number): void {
    this.best = { index, leaving: this.leaving.slice() }
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
