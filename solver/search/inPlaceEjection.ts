/**
 * Puts an order that fits nowhere on a route from which others go (givingWay.ts), as ejection.ts does, on routes that are changed in place.
 * What a route is and where an order fits is said by those who extend this: pairedEjection.ts, timedEjection.ts.
 * Nagata & Bräysy (2009), A powerful route minimization heuristic for the vehicle routing problem with time windows, Operations Research
 * Letters 37(5). Differs from the paper: orders that no route holds together are known, so that those in the way of the order go in any
 * case; only routes of near orders are looked at; the order gets the cheapest place there; between two orders a few ruins and recreates
 * let others push in, or where there is less time only move things (windowsOnly.ts), not many random exchanges.
 */
import type { Random } from '../random.ts'
import { GivingWay } from './givingWay.ts'
import type { NearNodes } from './nearNodes.ts'

/** What an ejector asks of routes of either kind. */
interface Routes {
  readonly orders: number
  readonly most: number
  readonly used: number
  readonly turn: number
  readonly broken: boolean
  /** [order, counted from 1 on] -1: on none */
  readonly routeOf: Int32Array
  begin(): void
}

export abstract class InPlaceEjector<R extends Routes = Routes> extends GivingWay {
  /** orders that gave way the last time */
  readonly ejected: number[] = []
  protected order = 0
  /** the route that takes the order */
  protected chosen = -1
  protected readonly routes: R
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly listed: Int32Array
  /** [route] last turn that listed it */
  private readonly seen: Int32Array

  /** `most`: orders that may give way to one. */
  constructor(routes: R, random: Random, { near, kept }: NearNodes, most: number) {
    super(routes.orders, most)
    this.routes = routes
    this.random = random
    this.near = near
    this.kept = kept
    this.listed = new Int32Array(routes.most)
    this.seen = new Int32Array(routes.most)
  }

  /** True where the order fits on a route as it is. */
  protected abstract fits(route: number): boolean
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
    for (let k = 0; k < count && this.chosen < 0; k++) {
      if (!this.fits(this.listed[k])) continue
      this.least = 0
      this.take(this.listed[k])
    }
    for (let size = 1; size <= this.most && this.least > 0; size++)
      for (let k = 0; k < count; k++) {
        const sum = this.listRiders(this.listed[k], order)
        if (this.inTheWay <= size && sum < this.least) this.look(this.listed[k], size, sum)
      }
    return this.chosen >= 0 && this.carryOut() && !this.routes.broken
  }

  protected take(route: number): void {
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
      const route = routes.routeOf[near[k]]
      if (route < 0 || seen[route] === routes.turn) continue
      seen[route] = routes.turn
      listed[count++] = route
    }
    this.random.shuffle(listed, count)
    return count
  }
}
