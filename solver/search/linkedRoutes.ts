/**
 * Routes of single visits under search that only loads and distance ask for, changed in place: linked lists. What has been changed is taken
 * back by the opposite steps in the opposite order.
 */
import { type Arcs, arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import type { Assignment } from './solution.ts'

/** Orders are nodes from 1 on; node 0 is the depot, where every route starts and ends. */
export class LinkedRoutes {
  bestCost = 0
  protected cost = 0
  protected readonly orders: number
  /**
   * [node * width + node] cost of the leg, the same both ways, in half the memory where that loses nothing. Where there is no matrix, only
   * the row of the node at hand (`readyRow`): to find a leg in one so large would take longer than a root does.
   */
  protected readonly leg: Float32Array | Float64Array
  protected readonly width: number
  protected readonly hasMatrix: boolean
  private readonly arcs: Arcs
  /** [node] */
  private readonly places: Int32Array
  /** [node] leg to the depot */
  protected readonly home: Float64Array
  /** [node] */
  protected readonly demand: Float64Array
  protected readonly capacity: number
  /** cost of a route beside its legs, and of carrying everything */
  protected readonly routeCost: number
  private readonly carried: number
  /** [node] nodes before and behind it, and the costs of these legs */
  protected readonly prev: Int32Array
  protected readonly next: Int32Array
  protected readonly costIn: Float64Array
  protected readonly costOut: Float64Array
  /** [node] -1: on no route */
  protected readonly routeOf: Int32Array
  /** [route] */
  protected readonly first: Int32Array
  protected readonly load: Float64Array
  protected readonly length: Int32Array
  /** empty routes, the next to be opened last; no route from `opened` on ever was */
  protected readonly free: Int32Array
  protected freeCount: number
  protected opened = 0
  /** the best solution: [node] the next, [route] the first or 0 */
  private readonly bestNext: Int32Array
  private readonly bestFirst: Int32Array

  /** `most`: routes there may be. */
  constructor({ orders, placeOf, demand, carryCost, types: [type] }: Instance, most: number) {
    const { arcCost, start, capacity, baseCost } = type
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
    this.demand.set(demand, 1)
    this.capacity = capacity[0]
    this.routeCost = baseCost
    this.carried = carryCost.reduce((sum, cost) => sum + cost, 0)
    this.prev = new Int32Array(width)
    this.next = new Int32Array(width)
    this.bestNext = new Int32Array(width)
    this.costIn = new Float64Array(width)
    this.costOut = new Float64Array(width)
    this.routeOf = new Int32Array(width).fill(-1)
    const routes = Math.min(orders, most)
    this.first = new Int32Array(routes)
    this.bestFirst = new Int32Array(routes)
    this.load = new Float64Array(routes)
    this.length = new Int32Array(routes)
    this.free = Int32Array.from({ length: routes }, (_, k) => routes - 1 - k)
    this.freeCount = routes
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

  protected noteBest(): void {
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

  protected reckon(from: number, to: number): number {
    return arc(this.arcs, this.places[from], this.places[to])
  }

  /** Reckons the legs between a node and those of a route, and returns where their row in `leg` begins. */
  protected readyRow(node: number, route: number): number {
    const { leg, next } = this
    for (let at = this.first[route]; at > 0; at = next[at]) leg[at] = this.reckon(node, at)
    return 0
  }

  /** Puts a node behind another of a route, 0 for the depot; an empty route has to be the next of `free`. */
  protected link(node: number, behind: number, route: number): void {
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

  protected unlink(node: number): void {
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

  /** The leg between two nodes. */
  protected between(from: number, to: number): number {
    return this.hasMatrix ? this.leg[from * this.width + to] : this.reckon(from, to)
  }

  /** The node behind another of a route, 0 for the depot. */
  protected behind(node: number, route: number): number {
    return node === 0 ? this.first[route] : this.next[node]
  }

  /** Exchanges what follows a node of one route with what follows a node of another, 0 for the depot; neither becomes empty. */
  protected exchange(one: number, route: number, two: number, other: number): void {
    const [afterOne, afterTwo] = [this.behind(one, route), this.behind(two, other)]
    this.cost -= this.between(one, afterOne) + this.between(two, afterTwo)
    this.join(one, afterTwo, route)
    this.join(two, afterOne, other)
  }

  private join(node: number, after: number, route: number): void {
    const { prev, next, costIn, costOut, first, routeOf, demand } = this
    const leg = this.between(node, after)
    this.cost += leg
    if (node > 0) {
      next[node] = after
      costOut[node] = leg
    } else first[route] = after
    if (after > 0) {
      prev[after] = node
      costIn[after] = leg
    }
    let load = 0
    let length = 0
    for (let at = first[route]; at > 0; at = next[at]) {
      routeOf[at] = route
      load += demand[at]
      length++
    }
    this.load[route] = load
    this.length[route] = length
  }

  /** Turns a route round. */
  protected flip(route: number): void {
    const { prev, next, costIn, costOut, first } = this
    let last = 0
    for (let node = first[route]; node > 0; node = prev[node]) {
      last = node
      const [before, legIn] = [prev[node], costIn[node]]
      prev[node] = next[node]
      costIn[node] = costOut[node]
      next[node] = before
      costOut[node] = legIn
    }
    first[route] = last
  }
}
