/**
 * Orders that must stay on their route while the search rebuilds everything around them. A home is a route known by the orders that
 * belong to it, not by its place in a list: it is wherever one of them rides. No route is two homes.
 * Orders in a sequence are never taken out, so that whatever moves goes around them, and neither are groups that ride together; a solution
 * that broke a home all the same, because what was left of a route could not be driven, is refused (`keeps`).
 * Incomplete: two sequences on one route, and every locked group, also keep their order towards each other.
 */
import type { SearchRoute } from './route.ts'
import type { Solution } from './solution.ts'

export interface Home {
  readonly type: number
  readonly orders: readonly number[]
  /** those that are never taken out */
  readonly fixed: readonly number[]
  /** visits that keep their order, list by list */
  readonly sequences: readonly (readonly number[])[]
  /** the first visits of its route, nothing before or between them */
  readonly head: readonly number[]
}

export class Homes {
  /** orders that no ruin takes out */
  readonly fixed: Int32Array
  private readonly homes: readonly Home[]
  /** [order] index of its home, -1: it is free */
  private readonly homeOf: Int32Array

  constructor(homes: readonly Home[], orders: number) {
    this.homes = homes
    this.homeOf = new Int32Array(orders).fill(-1)
    homes.forEach((home, index) => {
      for (const order of home.orders) this.homeOf[order] = index
    })
    this.fixed = Int32Array.from(homes.flatMap(({ fixed }) => fixed))
  }

  /** True where the order may join the route: it is free, the route is its home, or it has none yet and the route is nobody's. */
  admits(solution: Solution, index: number, order: number): boolean {
    const home = this.homeOf[order]
    if (home < 0) return true
    const at = this.routeOf(solution, home)
    if (at >= 0) return at === index
    const route = solution.routes[index]
    return route.type === this.homes[home].type && this.isNobodys(route)
  }

  /** True where the order may begin a route of its own. */
  mayOpen(solution: Solution, order: number): boolean {
    const home = this.homeOf[order]
    return home < 0 || this.routeOf(solution, home) < 0
  }

  /** True where every order is at home, on the right type of truck and in its sequence. */
  keeps(solution: Solution): boolean {
    const { routeOf, positionOf, routes } = solution
    const taken = new Set<number>()
    return this.homes.every(({ type, orders, sequences, head }) => {
      const at = routeOf[2 * orders[0]]
      if (at < 0 || taken.has(at) || routes[at].type !== type) return false
      taken.add(at)
      return (
        orders.every((order) => routeOf[2 * order] === at) &&
        head.every((visit, k) => routes[at].visits[k + 1] === visit) &&
        sequences.every((visits) =>
          visits.every((visit, k) => k === 0 || positionOf[visits[k - 1]] < positionOf[visit]),
        )
      )
    })
  }

  /** Index of the route that is this home now, -1 while none of its orders rides. */
  private routeOf(solution: Solution, home: number): number {
    for (const order of this.homes[home].orders) {
      const at = solution.routeOf[2 * order]
      if (at >= 0) return at
    }
    return -1
  }

  private isNobodys(route: SearchRoute): boolean {
    for (let k = 1; k <= route.length; k++) if (this.homeOf[route.visits[k] >> 1] >= 0) return false
    return true
  }
}
