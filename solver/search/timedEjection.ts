/** Ejection of single visits: see inPlaceEjection.ts. */
import type { Random } from '../random.ts'
import { InPlaceEjector } from './inPlaceEjection.ts'
import type { NearNodes } from './nearNodes.ts'
import type { TimedRoutes } from './timedRoutes.ts'

export class TimedEjector extends InPlaceEjector<TimedRoutes> {
  /** the route without those that go: its nodes, how early the truck can be gone, and the leg to each and back */
  private readonly rest: Int32Array
  private readonly leave: Float64Array
  private readonly legIn: Float64Array
  /** the node before the cheapest place of the route looked at, and of the one chosen */
  private found = -1
  private behind = -1

  constructor(routes: TimedRoutes, random: Random, near: NearNodes, most: number) {
    super(routes, random, near, most)
    this.rest = new Int32Array(routes.orders + 1)
    this.leave = new Float64Array(routes.orders + 1)
    this.legIn = new Float64Array(routes.orders + 2)
  }

  protected listAboard(route: number): number {
    const { next, width } = this.routes
    let count = 0
    for (let node = next[this.routes.endOf(route)]; node < width; node = next[node]) this.aboard[count++] = node - 1
    return count
  }

  protected canRideTogether(one: number, other: number): boolean {
    return this.follows(one + 1, other + 1) || this.follows(other + 1, one + 1)
  }

  /** True where one can be served behind the other in time. */
  private follows(b: number, a: number): boolean {
    const { routes } = this
    const { opens, closes, service, demand, capacity } = routes
    if (demand[a] + demand[b] > capacity[0]) return false
    const left = Math.max(opens[0] + routes.between(0, a), opens[a]) + service[a]
    const begin = Math.max(left + routes.between(a, b), opens[b])
    return begin <= closes[b] && begin + service[b] + routes.between(b, 0) <= closes[0]
  }

  protected fits(route: number): boolean {
    return this.fitsWithout(route)
  }

  protected fitsWithout(route: number): boolean {
    this.found = this.placeWithout(route)
    return this.found >= 0
  }

  protected override take(route: number): void {
    super.take(route)
    this.behind = this.found
  }

  protected carryOut(): boolean {
    const { routes, ejected, order, chosen, behind } = this
    for (const other of ejected) routes.cut(other + 1)
    if (ejected.length > 0) routes.retime(chosen)
    routes.put(order + 1, behind, chosen)
    return true
  }

  /** The cheapest place once those in `leaving` have gone: the node before it; -1: there is none. */
  private placeWithout(route: number): number {
    const { routes, leaving, rest, leave, legIn } = this
    const node = this.order + 1
    const { leg, width, opens, closes, service, demand, next, prev } = routes
    let load = routes.load[route] + demand[node]
    for (const other of leaving) load -= demand[other + 1]
    if (load > routes.capacity[0]) return -1
    const [a = -2, b = -2, c = -2] = leaving
    const end = routes.endOf(route)
    let length = 0
    let last = 0
    let clock = opens[0]
    rest[0] = end
    leave[0] = clock
    for (let at = next[end]; at < width; at = next[at]) {
      if (at - 1 === a || at - 1 === b || at - 1 === c) continue
      const seconds = last === prev[at] ? routes.legIn[at] : routes.between(last, at)
      clock += seconds
      if (clock > closes[at]) return -1
      if (clock < opens[at]) clock = opens[at]
      clock += service[at]
      rest[++length] = at
      leave[length] = clock
      legIn[length] = seconds
      last = at
    }
    legIn[length + 1] = routes.between(last, 0)
    const row = routes.rowOf(node, route)
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
        const cost = leg[row + before] + leg[row + after] - legIn[k + 1]
        if (cost < least && begin + service[node] + leg[row + after] <= need) {
          least = cost
          behind = rest[k]
        }
      }
      need -= legIn[k + 1] + service[before]
      if (need > closes[before]) need = closes[before]
      after = before
    }
    return behind
  }
}
