/**
 * The annealing of search.ts where one type of truck serves single visits and only loads and distance count (CVRP). An iteration is so
 * little work there that copies and caches would be most of it: routes are linked lists, changed in place, and what is not accepted is
 * taken back step by step.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2),
 * eq. 5 to 9.
 * Differs from the paper: an order is offered to the routes of its nearest, and to others where none of these has room; the best place on a
 * route is passed over by chance, and then half of the others there; a route is opened wherever that is cheapest; a recreate ends as soon
 * as it is too dear to be accepted.
 */
import { type Arcs, arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import type { Budget } from './budget.ts'
import type { Cooling } from './cooling.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import type { Neighbours } from './neighbours.ts'
import type { SearchStep } from './search.ts'
import type { Assignment } from './solution.ts'
import type { Tuning } from './tuning.ts'

/** Iterations at one temperature. */
const SAME_HEAT = 20

/** True where an instance asks for nothing else, and every order has to be on a route. */
export const onlyLoads = ({ traits, types, paired, directCost, allowed }: Instance): boolean =>
  traits === 'timeless' &&
  types.length === 1 &&
  types[0].start === types[0].end &&
  types[0].arcCost.symmetric &&
  paired.every((pair) => pair === 0) &&
  directCost.every((cost) => cost === Number.POSITIVE_INFINITY) &&
  allowed.every((may) => may === 1)

export interface LoadCrew {
  readonly instance: Instance
  readonly tuning: Tuning
  readonly random: Random
  readonly budget: Budget
  readonly neighbours: Neighbours
  /** [type] routes there may be */
  readonly limits: Float64Array
}

/**
 * Goes on from a solution in which every order is on a route. See `search` for the protocol.
 */
export function* searchLoads(crew: LoadCrew, from: Assignment, cooling: Cooling): Generator<SearchStep, void, Told> {
  const { instance, budget, limits } = crew
  const routes = new LinkedRoutes(crew)
  routes.takeOver(from)
  let better: Assignment | null = null
  let isNew = false
  while (!budget.over) {
    cooling.update()
    const { temperature } = cooling
    for (let k = 0; k < SAME_HEAT && !budget.over; k++) {
      budget.iterations++
      if (routes.iterate(temperature)) isNew = true
    }
    if (!budget.pauses(0)) continue
    if (isNew) better = routes.best()
    isNew = false
    routes.addUp()
    budget.hear(yield { iterations: budget.iterations, better })
    better = null
    // what another search has found
    const found = budget.takeIncumbent()
    if (found === null || found.cost >= routes.bestCost - 1e-9) continue
    const other = readIncumbent(instance, found, limits, null, [])
    if (other === null || other.absentCount > 0 || other.routeCost >= routes.bestCost - 1e-9) continue
    better = other.assignment()
    if (!cooling.ownWay) routes.takeOver(better)
    else routes.bestCost = better.cost
  }
  yield { iterations: budget.iterations, better: isNew ? routes.best() : better }
}

/** Orders are nodes from 1 on; node 0 is the depot, where every route starts and ends. */
class LinkedRoutes {
  bestCost = 0
  private cost = 0
  private readonly random: Random
  private readonly tuning: Tuning
  private readonly orders: number
  /**
   * [node * width + node] cost of the leg, the same both ways, in half the memory where that loses nothing. Where there is no matrix, only
   * the row of the node at hand (`readyRow`): to find a leg in one so large would take longer than a root does.
   */
  private readonly leg: Float32Array | Float64Array
  private readonly width: number
  private readonly hasMatrix: boolean
  private readonly arcs: Arcs
  /** [node] */
  private readonly places: Int32Array
  /** [node] leg to the depot */
  private readonly home: Float64Array
  /** [node] */
  private readonly demand: Float64Array
  private readonly capacity: number
  /** cost of a route beside its legs, and of carrying everything */
  private readonly routeCost: number
  private readonly carried: number
  /** [node * kept + rank] nodes by nearness, without itself */
  private readonly near: Int32Array
  private readonly kept: number
  /** [node] nodes before and behind it, and the costs of these legs */
  private readonly prev: Int32Array
  private readonly next: Int32Array
  private readonly costIn: Float64Array
  private readonly costOut: Float64Array
  /** [node] -1: on no route */
  private readonly routeOf: Int32Array
  /** [route] */
  private readonly first: Int32Array
  private readonly load: Float64Array
  private readonly length: Int32Array
  /** empty routes, the next to be opened last; no route from `opened` on ever was */
  private readonly free: Int32Array
  private freeCount: number
  private opened = 0
  /** the best solution: [node] the next, [route] the first or 0 */
  private readonly bestNext: Int32Array
  private readonly bestFirst: Int32Array
  /** [route] last turn that ruined it */
  private readonly ruined: Int32Array
  private turn = 0
  /** [route] last order that looked at it */
  private readonly seen: Int32Array
  private looks = 0
  /** nodes that were cut out, in the order in which they go back; and in that in which they went, with where they were */
  private readonly removed: Int32Array
  private removedCount = 0
  private readonly cutNode: Int32Array
  private readonly cutBehind: Int32Array
  private readonly cutRoute: Int32Array
  /** smaller first; null: random */
  private readonly keys: readonly (Float64Array | null)[]
  private readonly blinkLog: number
  private untilBlink: number
  /** best place for the node at hand */
  private placeCost = 0
  private placeBehind = 0
  private placeRoute = 0

  constructor({ instance, tuning, random, neighbours, limits }: LoadCrew) {
    const { orders, placeOf, carryCost } = instance
    const { arcCost, start, capacity, baseCost } = instance.types[0]
    this.random = random
    this.tuning = tuning
    this.orders = orders
    const width = (this.width = orders + 1)
    this.arcs = arcCost
    this.places = Int32Array.from({ length: width }, (_, node) => (node === 0 ? start : placeOf[2 * (node - 1)]))
    this.hasMatrix = arcCost.cells.length > 0
    const isShort = this.hasMatrix && arcCost.cells.every((cost) => Math.fround(cost) === cost)
    this.leg = new (isShort ? Float32Array : Float64Array)(this.hasMatrix ? width * width : width)
    for (let a = 0; a < width && this.hasMatrix; a++)
      for (let b = 0; b < width; b++) this.leg[a * width + b] = this.reckon(a, b)
    this.home = Float64Array.from(this.places.keys(), (node) => this.reckon(0, node))
    this.demand = new Float64Array(width)
    this.demand.set(instance.demand, 1)
    this.capacity = capacity[0]
    this.routeCost = baseCost
    this.carried = carryCost.reduce((sum, cost) => sum + cost, 0)
    const kept = (this.kept = neighbours.kept - 1)
    this.near = new Int32Array(width * kept)
    for (let node = 1; node < width; node++)
      for (let rank = 0; rank < kept; rank++)
        this.near[node * kept + rank] = neighbours.list[(node - 1) * neighbours.kept + rank + 1] + 1
    this.prev = new Int32Array(width)
    this.next = new Int32Array(width)
    this.bestNext = new Int32Array(width)
    this.costIn = new Float64Array(width)
    this.costOut = new Float64Array(width)
    this.routeOf = new Int32Array(width).fill(-1)
    const routes = Math.min(orders, limits[0])
    this.first = new Int32Array(routes)
    this.bestFirst = new Int32Array(routes)
    this.load = new Float64Array(routes)
    this.length = new Int32Array(routes)
    this.ruined = new Int32Array(routes)
    this.seen = new Int32Array(routes)
    this.free = Int32Array.from({ length: routes }, (_, k) => routes - 1 - k)
    this.freeCount = routes
    this.removed = new Int32Array(orders)
    this.cutNode = new Int32Array(orders)
    this.cutBehind = new Int32Array(orders)
    this.cutRoute = new Int32Array(orders)
    this.keys = [null, this.demand.map((amount) => -amount), this.home.map((cost) => -cost), this.home]
    this.blinkLog = tuning.blinkRate > 0 ? 1 / Math.log(1 - tuning.blinkRate) : 0
    this.untilBlink = this.drawBlink()
  }

  /** Becomes a solution that has every order on a route, as the best. */
  takeOver(solution: Assignment): void {
    for (let node = 1; node < this.width; node++) if (this.routeOf[node] >= 0) this.unlink(node)
    for (const { visits } of solution.routes) {
      const route = this.free[this.freeCount - 1]
      let behind = 0
      for (const visit of visits) {
        const node = (visit >> 1) + 1
        this.link(node, behind, route)
        behind = node
      }
    }
    this.addUp()
    this.noteBest()
  }

  /** Adds up again what it costs and loads, which by differences alone would drift. */
  addUp(): void {
    const { load, next, costIn, costOut } = this
    this.cost = this.carried + this.routeCost * (this.first.length - this.freeCount)
    load.fill(0)
    for (let node = 1; node < this.width; node++) {
      this.cost += next[node] === 0 ? costIn[node] + costOut[node] : costIn[node]
      load[this.routeOf[node]] += this.demand[node]
    }
  }

  private noteBest(): void {
    this.bestCost = this.cost
    this.bestNext.set(this.next)
    for (let route = 0; route < this.opened; route++)
      this.bestFirst[route] = this.length[route] > 0 ? this.first[route] : 0
  }

  best(): Assignment {
    const routes: { type: number; visits: number[] }[] = []
    for (const first of this.bestFirst) {
      if (first === 0) continue
      const visits: number[] = []
      for (let node = first; node > 0; node = this.bestNext[node]) visits.push(2 * (node - 1))
      routes.push({ type: 0, visits })
    }
    return { routes, absent: [], cost: this.bestCost }
  }

  private drawBlink(): number {
    return this.blinkLog === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - this.random.unit()) * this.blinkLog)
  }

  private reckon(from: number, to: number): number {
    return arc(this.arcs, this.places[from], this.places[to])
  }

  /** Reckons the legs between a node and those of a route, and returns where their row in `leg` begins. */
  private readyRow(node: number, route: number): number {
    const { leg, next } = this
    for (let at = this.first[route]; at > 0; at = next[at]) leg[at] = this.reckon(node, at)
    return 0
  }

  /** Puts a node behind another of a route, 0 for the depot; an empty route has to be the next of `free`. */
  private link(node: number, behind: number, route: number): void {
    const { prev, next, costIn, costOut, leg, width, first, hasMatrix } = this
    if (this.length[route]++ === 0) {
      this.freeCount--
      if (route >= this.opened) this.opened = route + 1
      this.cost += this.routeCost
      first[route] = 0
    }
    const after = behind === 0 ? first[route] : next[behind]
    const legIn = hasMatrix ? leg[behind * width + node] : this.reckon(behind, node)
    const legOut = hasMatrix ? leg[node * width + after] : this.reckon(node, after)
    this.cost += legIn + legOut
    if (after > 0) {
      this.cost -= costIn[after]
      prev[after] = node
      costIn[after] = legOut
    } else if (behind > 0) this.cost -= costOut[behind]
    if (behind > 0) {
      next[behind] = node
      costOut[behind] = legIn
    } else first[route] = node
    prev[node] = behind
    next[node] = after
    costIn[node] = legIn
    costOut[node] = legOut
    this.routeOf[node] = route
    this.load[route] += this.demand[node]
  }

  private unlink(node: number): void {
    const { prev, next, costIn, costOut, routeOf } = this
    const route = routeOf[node]
    const behind = prev[node]
    const after = next[node]
    const closed = this.hasMatrix ? this.leg[behind * this.width + after] : this.reckon(behind, after)
    if (behind > 0) {
      next[behind] = after
      costOut[behind] = closed
    } else this.first[route] = after
    if (after > 0) {
      prev[after] = behind
      costIn[after] = closed
    }
    this.cost += closed - costIn[node] - costOut[node]
    routeOf[node] = -1
    this.load[route] -= this.demand[node]
    if (--this.length[route] > 0) return
    this.free[this.freeCount++] = route
    this.load[route] = 0
    this.cost -= this.routeCost
  }

  /** One ruin and recreate; true where there is a new best. */
  iterate(temperature: number): boolean {
    const { random, removed, cutNode, cutBehind, cutRoute } = this
    const was = this.cost
    const limit = was - temperature * Math.log(random.unit())
    this.ruin()
    const count = this.removedCount
    this.sort()
    let done = 0
    while (done < count && this.cost < limit && this.put(removed[done])) done++
    if (done === count && this.cost < limit) {
      if (this.cost >= this.bestCost - 1e-9) return false
      this.noteBest()
      return true
    }
    while (done > 0) this.unlink(removed[--done])
    for (let k = count - 1; k >= 0; k--) this.link(cutNode[k], cutBehind[k], cutRoute[k])
    this.cost = was
    return false
  }

  /** Puts an order where it adds least; false: there is no room for it. */
  private put(node: number): boolean {
    const { near, kept, home, routeOf, load, seen, length, opened } = this
    const room = this.capacity - this.demand[node]
    const look = ++this.looks
    this.placeCost = Number.POSITIVE_INFINITY
    this.placeRoute = -1
    // routes of its nearest; the others only where none of these takes it
    const first = node * kept
    const end = first + Math.min(kept, this.tuning.nearOrders)
    for (let k = first; k < end; k++) {
      const route = routeOf[near[k]]
      if (route < 0 || seen[route] === look) continue
      seen[route] = look
      if (load[route] <= room) this.scan(node, route)
    }
    if (this.placeRoute < 0)
      for (let route = 0; route < opened; route++)
        if (load[route] <= room && length[route] > 0 && seen[route] !== look) this.scan(node, route)
    const alone = 2 * home[node] + this.routeCost
    if (this.freeCount > 0 && alone < this.placeCost) {
      this.placeBehind = 0
      this.placeRoute = this.free[this.freeCount - 1]
    }
    if (this.placeRoute < 0) return false
    this.link(node, this.placeBehind, this.placeRoute)
    return true
  }

  /** Looks for a better place on a route; by chance it is passed over (`not`: the node before it), and then half of the others there. */
  private scan(node: number, route: number, not = -1): void {
    const { next, leg, costIn, costOut, random } = this
    const row = this.hasMatrix ? node * this.width : this.readyRow(node, route)
    const home = this.home[node]
    let best = this.placeCost
    let behind = -1
    let last = 0
    let toLast = home
    for (let at = this.first[route]; at > 0; at = next[at]) {
      const toHere = leg[row + at]
      const cost = toLast + toHere - costIn[at]
      if (cost < best && (not < 0 || (last !== not && random.next() < 0))) {
        best = cost
        behind = last
      }
      last = at
      toLast = toHere
    }
    const cost = toLast + home - costOut[last]
    if (cost < best && (not < 0 || (last !== not && random.next() < 0))) {
      best = cost
      behind = last
    }
    if (behind < 0) return
    if (not < 0 && this.untilBlink-- <= 0) {
      this.untilBlink = this.drawBlink()
      this.scan(node, route, behind)
      return
    }
    this.placeCost = best
    this.placeBehind = behind
    this.placeRoute = route
  }

  /** Cuts strings out of a few routes near a random order. */
  private ruin(): void {
    const { random, tuning, near, kept, ruined, routeOf, length, orders } = this
    const turn = ++this.turn
    this.removedCount = 0
    const longest = Math.min(tuning.longestString, orders / (this.first.length - this.freeCount)) // eq. 5
    const most = (4 * tuning.meanRemoved) / (1 + longest) - 1 // eq. 6
    let strings = Math.floor(random.unit() * most + 1) // eq. 7
    const seed = 1 + random.below(orders)
    let node = seed
    for (let rank = -1; ; ) {
      const route = routeOf[node]
      if (route >= 0 && ruined[route] !== turn) {
        ruined[route] = turn
        this.cut(node, Math.floor(random.unit() * Math.min(length[route], longest) + 1)) // eq. 8 and 9
        if (--strings === 0) break
      }
      if (++rank === kept) break
      node = near[seed * kept + rank]
    }
  }

  /** Takes out a string of nodes around one, sometimes with nodes in the middle left where they are. */
  private cut(node: number, string: number): void {
    const { random, tuning, prev, next, removed, cutNode, cutBehind, cutRoute } = this
    const route = this.routeOf[node]
    const length = this.length[route]
    let spared = 0
    if (string > 1 && string < length && random.unit() < tuning.splitRate) {
      spared = 1
      while (string + spared < length && random.unit() < tuning.spareMoreRate) spared++
    }
    const span = string + spared
    // how far the string may reach to both sides
    let back = 0
    let from = node
    while (back < span - 1 && prev[from] > 0) {
      from = prev[from]
      back++
    }
    let ahead = 0
    for (let to = node; ahead < span - 1 && next[to] > 0; to = next[to]) ahead++
    const skip = random.below(back - (span - 1 - ahead) + 1)
    for (let k = 0; k < skip; k++) from = next[from]
    const spareFrom = spared > 0 ? random.below(string + 1) : span
    for (let k = 0; k < span; k++) {
      const after = next[from]
      if (k < spareFrom || k >= spareFrom + spared) {
        const at = this.removedCount++
        cutNode[at] = removed[at] = from
        cutBehind[at] = prev[from]
        cutRoute[at] = route
        this.unlink(from)
      }
      from = after
    }
  }

  /** Brings what was removed into the order in which it goes back: random, by demand, the farthest first or the nearest. */
  private sort(): void {
    const { removed, removedCount: count, random } = this
    random.shuffle(removed, count)
    const draw = random.below(11)
    const key = this.keys[draw < 4 ? 0 : draw < 8 ? 1 : draw < 10 ? 2 : 3]
    if (key === null) return
    for (let k = 1; k < count; k++) {
      const node = removed[k]
      const value = key[node]
      let at = k
      for (; at > 0 && key[removed[at - 1]] > value; at--) removed[at] = removed[at - 1]
      removed[at] = node
    }
  }
}
