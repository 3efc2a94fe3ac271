/**
 * The annealing of search.ts where one type of truck serves single visits and only loads and distance count (CVRP). An iteration is so
 * little work there that copies and caches would be most of it: routes are linked lists, changed in place, and what is not accepted is
 * taken back step by step.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2),
 * eq. 5 to 9.
 * Differs from the paper: an order is offered to the routes of its nearest, and to others where none of these has room; the best place on a
 * route is passed over by chance, and then half of the others there; a route is opened wherever that is cheapest; sometimes two ruined
 * routes exchange their tails, one of them turned round or not (strings are shorter than tails); a recreate ends as soon as it is too dear
 * to be accepted.
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import type { Budget } from './budget.ts'
import type { Cooling } from './cooling.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import { LinkedRoutes } from './linkedRoutes.ts'
import { nearNodes } from './nearNodes.ts'
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
  const routes = new LoadState(crew)
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

/** A solution that is ruined and recreated in place. */
class LoadState extends LinkedRoutes {
  private readonly random: Random
  private readonly tuning: Tuning
  /** [node * kept + rank] nodes by nearness */
  private readonly near: Int32Array
  private readonly kept: number
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
  /** tails that were exchanged: behind which nodes of which routes, and whether the second was turned round before; no route: none were */
  private readonly tails = { behind: 0, route: -1, otherBehind: 0, other: 0, turned: false }
  /** smaller first; null: random */
  private readonly keys: readonly (Float64Array | null)[]
  private readonly blinkLog: number
  private untilBlink: number
  /** best place for the node at hand */
  private placeCost = 0
  private placeBehind = 0
  private placeRoute = 0

  constructor({ instance, tuning, random, neighbours, limits }: LoadCrew) {
    super(instance, limits[0])
    this.random = random
    this.tuning = tuning
    const { near, kept } = nearNodes(neighbours)
    this.near = near
    this.kept = kept
    this.ruined = new Int32Array(this.first.length)
    this.seen = new Int32Array(this.first.length)
    this.removed = new Int32Array(this.orders)
    this.cutNode = new Int32Array(this.orders)
    this.cutBehind = new Int32Array(this.orders)
    this.cutRoute = new Int32Array(this.orders)
    this.keys = [null, this.demand.map((amount) => -amount), this.home.map((cost) => -cost), this.home]
    this.blinkLog = tuning.blinkRate > 0 ? 1 / Math.log(1 - tuning.blinkRate) : 0
    this.untilBlink = this.drawBlink()
  }

  private drawBlink(): number {
    return this.blinkLog === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - this.random.unit()) * this.blinkLog)
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
    this.returnTails()
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

  /** Cuts strings out of a few routes near a random order, and sometimes exchanges the tails of two of them. */
  private ruin(): void {
    const { random, tuning, near, kept, ruined, routeOf, length, orders } = this
    const turn = ++this.turn
    this.removedCount = 0
    const longest = Math.min(tuning.longestString, orders / (this.first.length - this.freeCount)) // eq. 5
    const most = (4 * tuning.meanRemoved) / (1 + longest) - 1 // eq. 6
    let strings = Math.floor(random.unit() * most + 1) // eq. 7
    const seed = 1 + random.below(orders)
    let [gap, one, two] = [-1, -1, -1]
    this.tails.route = -1
    let node = seed
    for (let rank = -1; ; ) {
      const route = routeOf[node]
      if (route >= 0 && ruined[route] !== turn) {
        ruined[route] = turn
        const before = this.cut(node, Math.floor(random.unit() * Math.min(length[route], longest) + 1)) // eq. 8 and 9
        if (gap < 0) {
          gap = before
          one = route
        } else if (two < 0) two = route
        if (--strings === 0) break
      }
      if (++rank === kept) break
      node = near[seed * kept + rank]
    }
    if (two < 0 || length[one] === 0 || length[two] === 0 || random.unit() >= tuning.loadTailRate) return
    this.exchangeTails(gap, one, two, (tuning.tailMost * this.cost) / (orders - this.removedCount))
  }

  /**
   * Exchanges what follows a node of one route with the tail or, turned round, the head of another that suits it best, if that adds less
   * than `most` and leaves neither empty.
   */
  private exchangeTails(node: number, route: number, other: number, most: number): void {
    const { prev, demand, load, capacity, costOut, home, tails } = this
    const after = this.behind(node, route)
    const legOut = node === 0 ? home[after] : costOut[node]
    let headLoad = 0
    for (let at = node; at > 0; at = prev[at]) headLoad += demand[at]
    const tailLoad = load[route] - headLoad
    const whole = load[other]
    let best = most
    let otherLoad = 0
    for (let at = 0; ; ) {
      const to = this.behind(at, other)
      const spared = legOut + (at === 0 ? home[to] : costOut[at])
      const isRoom = headLoad + whole - otherLoad <= capacity && otherLoad + tailLoad <= capacity
      if (isRoom && (node > 0 || to > 0) && (at > 0 || after > 0)) {
        const added = this.between(node, to) + this.between(at, after) - spared
        if (added < best) {
          best = added
          this.noteTails(node, route, at, other, false)
        }
      }
      const isRoomTurned = headLoad + otherLoad <= capacity && whole - otherLoad + tailLoad <= capacity
      if (isRoomTurned && (node > 0 || at > 0) && (to > 0 || after > 0)) {
        const added = this.between(node, at) + this.between(to, after) - spared
        if (added < best) {
          best = added
          this.noteTails(node, route, to, other, true)
        }
      }
      if (to === 0) break
      at = to
      otherLoad += demand[at]
    }
    if (tails.route < 0) return
    if (tails.turned) this.flip(other)
    this.exchange(node, route, tails.otherBehind, other)
  }

  /** Takes out a string of nodes around one, sometimes with nodes in the middle left where they are; returns the node before it. */
  private cut(node: number, string: number): number {
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
    const before = prev[from]
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
    return before
  }

  private noteTails(behind: number, route: number, otherBehind: number, other: number, turned: boolean): void {
    const { tails } = this
    tails.behind = behind
    tails.route = route
    tails.otherBehind = otherBehind
    tails.other = other
    tails.turned = turned
  }

  private returnTails(): void {
    const { behind, route, otherBehind, other, turned } = this.tails
    if (route < 0) return
    this.exchange(behind, route, otherBehind, other)
    if (turned) this.flip(other)
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
