/**
 * Ruins routes that are changed in place: cuts strings out of a few near a random order, as ruin.ts does, and sometimes exchanges the tails
 * of two of them, since strings that go back one by one hardly ever do that where routes are long and windows tight.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2),
 * eq. 5 to 9. Potvin & Rousseau (1995), An Exchange Heuristic for Routeing Problems with Time Windows, Journal of the Operational Research
 * Society 46(12): 2-opt*. Differs from the latter: done at the gap that a string leaves, though it may make the plan dearer: recreate and
 * acceptance judge the whole.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import type { TimedRoutes } from './timedRoutes.ts'
import type { Tuning } from './tuning.ts'

export class TimedRuiner {
  /** nodes of the last ruin */
  readonly removed: Int32Array
  count = 0
  private readonly routes: TimedRoutes
  private readonly tuning: Tuning
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  /** chance that the first route goes as a whole */
  private readonly wholeRate: number

  /** `mayDissolve`: which trucks to use, and whether at all, is part of the question. */
  constructor(routes: TimedRoutes, tuning: Tuning, random: Random, { near, kept }: NearNodes, mayDissolve = false) {
    this.wholeRate = mayDissolve ? tuning.wholeRate : 0
    this.removed = new Int32Array(routes.orders)
    this.routes = routes
    this.tuning = tuning
    this.random = random
    this.near = near
    this.kept = kept
  }

  /** Cuts strings out of a few routes near an order, and sometimes exchanges the tails of two of them. */
  ruin(seed: number, absentCount: number): void {
    const { random, tuning, near, kept, routes } = this
    const { routeOf, length, touched, touchedAt } = routes
    routes.begin()
    this.count = 0
    const visits = routes.orders - absentCount
    const longest = Math.min(tuning.longestString, visits / routes.used) // eq. 5
    const most = (4 * tuning.meanRemoved) / (1 + longest) - 1 // eq. 6
    const strings = Math.floor(random.unit() * most + 1) // eq. 7
    const whole = this.wholeRate > 0 && random.unit() < this.wholeRate
    let gap = 0
    let node = seed
    for (let rank = -1; ; ) {
      const route = routeOf[node]
      if (route >= 0 && touchedAt[route] !== routes.turn) {
        const isWhole = whole && touched.length === 0
        const string = isWhole ? length[route] : Math.floor(random.unit() * Math.min(length[route], longest) + 1) // eq. 8 and 9
        const before = this.cut(node, string)
        if (touched.length === 1) gap = before
        if (touched.length === strings) break
      }
      if (++rank === kept) break
      node = near[seed * kept + rank]
    }
    for (const route of touched) routes.retime(route)
    if (touched.length < 2 || touched.some((route) => length[route] === 0)) return
    if (random.unit() < tuning.tailRate)
      this.exchangeTails(gap, touched[1], (tuning.tailMost * routes.cost) / (visits - this.count))
  }

  /** Takes out a string of nodes around one, sometimes with nodes in the middle left where they are; returns the node before it. */
  private cut(node: number, string: number): number {
    const { random, tuning, routes } = this
    const { prev, next, orders } = routes
    const route = routes.routeOf[node]
    const length = routes.length[route]
    let spared = 0
    if (string > 1 && string < length && random.unit() < tuning.splitRate) {
      spared = 1
      while (string + spared < length && random.unit() < tuning.spareMoreRate) spared++
    }
    const span = string + spared
    // how far the string may reach to both sides
    let back = 0
    let from = node
    while (back < span - 1 && prev[from] <= orders) {
      from = prev[from]
      back++
    }
    let ahead = 0
    for (let to = node; ahead < span - 1 && next[to] <= orders; to = next[to]) ahead++
    const skip = random.below(back - (span - 1 - ahead) + 1)
    for (let k = 0; k < skip; k++) from = next[from]
    const before = prev[from]
    const spareFrom = spared > 0 ? random.below(string + 1) : span
    for (let k = 0; k < span; k++) {
      const after = next[from]
      if (k < spareFrom || k >= spareFrom + spared) {
        this.removed[this.count++] = from
        routes.cut(from)
      }
      from = after
    }
    return before
  }

  /** Exchanges what follows a node with the tail of another route that suits it best, if that adds less than `most`; neither everything nor nothing. */
  private exchangeTails(one: number, route: number, most: number): void {
    const { routes } = this
    const { orders, prev, next, legIn, leave, latest, demand, load, typeOf, routeOf } = routes
    const holds = routes.capacity[typeOf[routeOf[one]]]
    const otherHolds = routes.capacity[typeOf[route]]
    const head = one <= orders ? one : 0
    const first = next[one]
    const tail = first <= orders ? first : 0
    let headLoad = 0
    for (let node = one; node <= orders; node = prev[node]) headLoad += demand[node]
    const tailLoad = load[routeOf[one]] - headLoad
    const whole = load[route]
    let best = most
    let chosen = 0
    let otherLoad = 0
    const end = routes.endOf(route)
    for (let node = end; ; ) {
      const after = next[node]
      const isEdge = node === end || after === end
      if (otherLoad + tailLoad > otherHolds) break
      const at = node <= orders ? node : 0
      const to = after <= orders ? after : 0
      const ahead = routes.between(head, to)
      const back = routes.between(at, tail)
      const added = ahead + back - legIn[first] - legIn[after]
      if (
        added < best &&
        headLoad + whole - otherLoad <= holds &&
        !(isEdge && (head === 0 || tail === 0)) &&
        leave[one] + ahead <= latest[after] &&
        leave[node] + back <= latest[first]
      ) {
        best = added
        chosen = node
      }
      if (after === end) break
      node = after
      otherLoad += demand[node]
    }
    if (chosen > 0) routes.exchange(one, chosen)
  }
}
