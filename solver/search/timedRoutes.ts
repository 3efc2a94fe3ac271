/**
 * Routes of single visits under search that are changed in place: linked lists which know, at every visit, how early the truck can be gone
 * and how late it may come, so that a place is judged in a few steps (Savelsbergh 1992, The Vehicle Routing Problem with Time Windows:
 * Minimizing Route Duration, ORSA Journal on Computing 4(2), for the idea of slack kept along a route). What is not accepted is taken back.
 */
import { type Arcs, arc } from '../arcs.ts'
import type { Pool } from '../columns/pool.ts'
import type { Instance } from '../instance.ts'
import { unitCostOf } from './inPlaceTypes.ts'
import type { Assignment } from './solution.ts'

/** Up to so many orders roads are kept as a matrix: 32 MB. */
const MOST_IN_MATRIX = 2000

/** Orders are nodes from 1 on; behind them comes one node a route, which is its start and its end. */
export class TimedRoutes {
  readonly orders: number
  /** routes there can be, some of them empty */
  readonly most: number
  /** distance and what routes cost beside it */
  cost = 0
  /** routes in use */
  used = 0
  /** a sum of doubles in another order has become just impossible, or the roads allow no shorter route to be faster: take it back */
  broken = false
  /**
   * [node * width + node] distance and seconds of the leg, the same both ways; 0 stands for the depot. Where there is no matrix, only the row
   * of the node at hand: see `rowOf`.
   */
  readonly leg: Float64Array
  readonly width: number
  readonly hasMatrix: boolean
  private readonly arcs: Arcs
  /** [node] */
  private readonly places: Int32Array
  /** [node] */
  readonly demand: Float64Array
  readonly opens: Float64Array
  readonly closes: Float64Array
  readonly service: Float64Array
  /** [type] what it holds; of a route beside its distance, and of each unit of that; routes in use */
  readonly capacity: Float64Array
  readonly routeCost: Float64Array
  readonly unitCost: Float64Array
  readonly usedOf: Int32Array
  /** [node] around a route; the leg to the node; earliest leaving, latest arrival; its route, -1: on none */
  readonly prev: Int32Array
  readonly next: Int32Array
  readonly legIn: Float64Array
  readonly leave: Float64Array
  readonly latest: Float64Array
  readonly routeOf: Int32Array
  /** [route] truck that drives it; what it loads; visits; distance */
  readonly typeOf: Int32Array
  readonly load: Float64Array
  readonly length: Int32Array
  readonly distance: Float64Array
  /** [route] number of its visits as they are: the same number, the same visits */
  readonly stamp: Int32Array
  private stamps = 0
  /** what it cost when the turn began; steps of the turn: a node put in, one taken out (negative), or 0 for tails exchanged */
  private costWas = 0
  private usedWas = 0
  private readonly usedOfWas: Int32Array
  private steps = 0
  private readonly stepNode: Int32Array
  private readonly stepBehind: Int32Array
  private readonly stepRoute: Int32Array
  /** [route] last turn that changed it; those of this turn, in the order in which it did, and what they were before it */
  readonly touchedAt: Int32Array
  readonly touched: number[] = []
  private readonly stampWas: number[] = []
  private readonly typeWas: number[] = []
  private readonly distanceWas: number[] = []
  turn = 0
  private readonly bestNext: Int32Array
  private readonly bestType: Int32Array

  /** `most`: routes there can be. `inMatrix`: up to so many orders roads are kept as a matrix. */
  constructor(instance: Instance, most: number, inMatrix = MOST_IN_MATRIX) {
    const { orders, placeOf, types } = instance
    const { durationS, start, opensS, closesS } = types[0]
    this.orders = orders
    this.most = most
    this.capacity = Float64Array.from(types, (type) => type.capacity[0])
    this.routeCost = Float64Array.from(types, (type) => type.baseCost)
    this.unitCost = Float64Array.from(types, (type) => unitCostOf(type)!)
    this.usedOf = new Int32Array(types.length)
    this.usedOfWas = new Int32Array(types.length)
    const width = (this.width = orders + 1)
    this.arcs = durationS
    this.places = Int32Array.from({ length: width }, (_, node) => (node === 0 ? start : placeOf[2 * (node - 1)]))
    this.hasMatrix = orders <= inMatrix
    this.leg = new Float64Array(this.hasMatrix ? width * width : width)
    for (let a = 0; a < width && this.hasMatrix; a++)
      for (let b = 0; b < width; b++) this.leg[a * width + b] = this.reckon(a, b)
    const floats = () => new Float64Array(width + most)
    const ints = () => new Int32Array(width + most)
    this.demand = floats()
    this.opens = floats().fill(opensS)
    this.closes = floats().fill(closesS)
    this.service = floats()
    for (let node = 1; node < width; node++) {
      const visit = 2 * (node - 1)
      this.demand[node] = instance.demand[node - 1]
      this.opens[node] = instance.opensS[visit]
      this.closes[node] = instance.closesS[visit]
      this.service[node] = instance.serviceS[visit]
    }
    this.prev = ints()
    this.next = ints()
    this.legIn = floats()
    this.leave = this.opens.slice()
    this.latest = this.closes.slice()
    this.routeOf = ints().fill(-1)
    this.typeOf = new Int32Array(most)
    this.bestType = new Int32Array(most)
    this.load = new Float64Array(most)
    this.length = new Int32Array(most)
    this.distance = new Float64Array(most)
    this.stamp = new Int32Array(most)
    this.touchedAt = new Int32Array(most)
    // every order taken out and put in again, and tails exchanged
    this.stepNode = new Int32Array(2 * orders + 1)
    this.stepBehind = new Int32Array(2 * orders + 1)
    this.stepRoute = new Int32Array(2 * orders + 1)
    for (let route = 0; route < most; route++) {
      const end = width + route
      this.prev[end] = this.next[end] = end
      this.routeOf[end] = route
    }
    this.bestNext = this.next.slice()
  }

  private reckon(from: number, to: number): number {
    return arc(this.arcs, this.places[from], this.places[to])
  }

  /** The leg between two nodes, 0 for the depot. */
  between(from: number, to: number): number {
    return this.hasMatrix ? this.leg[from * this.width + to] : this.reckon(from, to)
  }

  /** Where in `leg` the row of a node begins. Without a matrix the legs between it and the nodes of a route are reckoned first. */
  rowOf(node: number, route: number): number {
    const { leg, next, width } = this
    if (this.hasMatrix) return node * width
    leg[0] = this.reckon(node, 0)
    for (let at = next[this.endOf(route)]; at < width; at = next[at]) leg[at] = this.reckon(node, at)
    return 0
  }

  endOf(route: number): number {
    return this.width + route
  }

  /** Becomes a solution whose routes are in time. */
  takeOver({ routes }: Assignment): void {
    for (let node = 1; node < this.width; node++) if (this.routeOf[node] >= 0) this.unlink(node)
    this.usedOf.fill(0)
    for (let route = 0; route < this.most; route++) {
      const { type, visits } = routes[route] ?? { type: 0, visits: [] }
      this.typeOf[route] = type
      if (visits.length > 0) this.usedOf[type]++
      for (const visit of visits) this.link((visit >> 1) + 1, this.prev[this.endOf(route)], route)
      this.retime(route)
    }
    this.used = routes.length
    this.addUp()
  }

  /** Begins a turn, which `takeBack` takes back. */
  begin(): void {
    this.turn++
    this.steps = this.touched.length = 0
    this.costWas = this.cost
    this.usedWas = this.used
    this.usedOfWas.set(this.usedOf)
  }

  /** Takes a node out; the times and the load of its route wait for `retime`. */
  cut(node: number): void {
    const route = this.routeOf[node]
    const type = this.typeOf[route]
    this.note(-node, this.prev[node], route)
    this.charge(route, type, this.unlink(node))
    if (this.length[route] > 0) return
    this.used--
    this.usedOf[type]--
    this.cost -= this.routeCost[type]
  }

  /** Puts a node in, which may break something. `type`: of the truck the route has from then on. */
  put(node: number, behind: number, route: number, type = this.typeOf[route]): void {
    this.note(node, behind, route)
    if (this.length[route] === 0) {
      this.typeOf[route] = type
      this.used++
      this.usedOf[type]++
      this.cost += this.routeCost[type]
    } else if (type !== this.typeOf[route]) this.retype(route, type)
    this.charge(route, type, this.link(node, behind, route))
    this.fit(node)
  }

  private charge(route: number, type: number, distance: number): void {
    this.cost += this.unitCost[type] * distance
    this.distance[route] += distance
  }

  /** Exchanges what follows one node with what follows another, of two routes that this turn has changed before. */
  exchange(one: number, two: number): void {
    const { routeOf } = this
    const [a, b] = [routeOf[one], routeOf[two]]
    this.note(0, one, two)
    this.cost -= this.costOf(a) + this.costOf(b)
    this.swap(one, two)
    for (const route of [a, b]) {
      this.retime(route)
      this.measure(route)
      this.cost += this.costOf(route)
    }
  }

  takeBack(): void {
    const { stepNode, stepBehind, stepRoute, touched, stamp } = this
    for (let k = this.steps - 1; k >= 0; k--) {
      const node = stepNode[k]
      if (node > 0) this.unlink(node)
      else if (node < 0) this.link(-node, stepBehind[k], stepRoute[k])
      else this.swap(stepBehind[k], stepRoute[k])
    }
    for (let k = 0; k < touched.length; k++) {
      const route = touched[k]
      this.retime(route)
      stamp[route] = this.stampWas[k]
      this.typeOf[route] = this.typeWas[k]
      this.distance[route] = this.distanceWas[k]
    }
    this.broken = false
    this.cost = this.costWas
    this.used = this.usedWas
    this.usedOf.set(this.usedOfWas)
  }

  private note(node: number, behind: number, route: number): void {
    const at = this.steps++
    this.stepNode[at] = node
    this.stepBehind[at] = behind
    this.stepRoute[at] = route
    if (node !== 0) this.touch(route)
  }

  private touch(route: number): void {
    if (this.touchedAt[route] === this.turn) return
    this.touchedAt[route] = this.turn
    const at = this.touched.length
    this.stampWas[at] = this.stamp[route]
    this.typeWas[at] = this.typeOf[route]
    this.distanceWas[at] = this.distance[route]
    this.touched.push(route)
  }

  /** Adds up again what it costs, which by differences alone would drift. */
  addUp(): void {
    this.cost = 0
    for (let route = 0; route < this.most; route++) {
      this.measure(route)
      if (this.length[route] > 0) this.cost += this.costOf(route)
    }
  }

  /** Adds up the distance of a route. */
  private measure(route: number): void {
    const { next, legIn } = this
    const end = this.endOf(route)
    let sum = legIn[end]
    for (let node = next[end]; node !== end; node = next[node]) sum += legIn[node]
    this.distance[route] = this.length[route] > 0 ? sum : 0
  }

  typeAt(route: number): number {
    return this.typeOf[route]
  }

  private costOf(route: number, type = this.typeOf[route]): number {
    return this.routeCost[type] + this.unitCost[type] * this.distance[route]
  }

  /** What the route would cost with a truck of the type; Infinity where that does not hold what is on board. */
  costAs(route: number, type: number): number {
    return this.load[route] > this.capacity[type] ? Number.POSITIVE_INFINITY : this.costOf(route, type)
  }

  /** Gives a route that is in use a truck of another type. */
  retype(route: number, type: number): void {
    const { typeOf, usedOf, routeCost, unitCost } = this
    this.touch(route)
    const was = typeOf[route]
    this.cost += routeCost[type] - routeCost[was] + (unitCost[type] - unitCost[was]) * this.distance[route]
    usedOf[was]--
    usedOf[type]++
    typeOf[route] = type
  }

  /** Puts a node behind another of a route; returns what that adds. Times and load are as they were: see `retime` and `fit`. */
  private link(node: number, behind: number, route: number): number {
    const { prev, next, legIn, width } = this
    const after = next[behind]
    const to = this.between(node, behind < width ? behind : 0)
    const from = this.between(node, after < width ? after : 0)
    const added = to + from - legIn[after]
    legIn[node] = to
    legIn[after] = from
    prev[node] = behind
    next[node] = after
    next[behind] = node
    prev[after] = node
    this.routeOf[node] = route
    this.length[route]++
    return added
  }

  private unlink(node: number): number {
    const { prev, next, legIn, width, routeOf } = this
    const behind = prev[node]
    const after = next[node]
    const closed = this.between(behind < width ? behind : 0, after < width ? after : 0)
    const added = closed - legIn[node] - legIn[after]
    next[behind] = after
    prev[after] = behind
    legIn[after] = closed
    this.length[routeOf[node]]--
    routeOf[node] = -1
    return added
  }

  /** Brings the times and the load of a route up to date. */
  retime(route: number): void {
    const { next, prev, legIn, leave, latest, opens, closes, service, demand, width } = this
    this.stamp[route] = ++this.stamps
    const end = this.endOf(route)
    let clock = leave[end]
    let amount = 0
    for (let node = next[end]; node < width; node = next[node]) {
      clock += legIn[node]
      if (clock > closes[node]) this.broken = true
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      leave[node] = clock
      amount += demand[node]
    }
    if (clock + legIn[end] > closes[end]) this.broken = true
    this.load[route] = amount
    let need = latest[end]
    let leg = legIn[end]
    for (let node = prev[end]; node < width; node = prev[node]) {
      need -= leg + service[node]
      if (need > closes[node]) need = closes[node]
      latest[node] = need
      leg = legIn[node]
    }
  }

  /** The same where one node has just been linked: only as far as times change. */
  private fit(node: number): void {
    const { next, prev, legIn, leave, latest, opens, closes, service, width } = this
    const route = this.routeOf[node]
    this.stamp[route] = ++this.stamps
    this.load[route] += this.demand[node]
    let at = node
    for (let clock = leave[prev[node]]; ; at = next[at]) {
      clock += legIn[at]
      if (clock > closes[at]) this.broken = true
      if (at >= width) break
      if (clock < opens[at]) clock = opens[at]
      clock += service[at]
      if (clock === leave[at] && at !== node) break
      leave[at] = clock
    }
    at = node
    for (let need = latest[next[node]]; at < width; at = prev[at]) {
      need -= legIn[next[at]] + service[at]
      if (need > closes[at]) need = closes[at]
      if (need === latest[at] && at !== node) break
      latest[at] = need
    }
  }

  /** The same again takes it back. */
  private swap(one: number, two: number): void {
    const { prev, next, legIn, routeOf } = this
    const a = routeOf[one]
    const b = routeOf[two]
    const [endA, endB] = [this.endOf(a), this.endOf(b)]
    const [firstA, firstB] = [next[one], next[two]]
    const [lastA, lastB] = [prev[endA], prev[endB]]
    const [homeA, homeB] = [legIn[endA], legIn[endB]]
    this.append(one, a, firstB === endB ? endA : firstB, lastB, homeB)
    this.append(two, b, firstA === endA ? endB : firstA, lastA, homeA)
  }

  private append(node: number, route: number, first: number, last: number, home: number): void {
    const { prev, next, legIn, routeOf, width } = this
    const end = this.endOf(route)
    next[node] = first
    prev[first] = node
    legIn[first] = this.between(node < width ? node : 0, first < width ? first : 0)
    if (first !== end) {
      next[last] = end
      prev[end] = last
      legIn[end] = home
    }
    let length = 0
    for (let at = next[end]; at !== end; at = next[at]) {
      routeOf[at] = route
      length++
    }
    this.length[route] = length
  }

  isEmpty(route: number): boolean {
    return this.length[route] === 0
  }

  /** Nodes of a route in order. */
  ridersOf(route: number): number[] {
    const riders: number[] = []
    for (let node = this.next[this.endOf(route)]; node < this.width; node = this.next[node]) riders.push(node)
    return riders
  }

  /** Closes a route. */
  clear(route: number): void {
    this.begin()
    for (const node of this.ridersOf(route)) this.cut(node)
    this.retime(route)
  }

  /** Shows the routes that this turn has changed. */
  offerTouched(pool: Pool): void {
    for (const route of this.touched) {
      const riders = this.ridersOf(route)
      if (riders.length === 0) continue
      const visits = Int32Array.from([0, ...riders], (node) => 2 * (node - 1))
      const type = this.typeOf[route]
      pool.offer({ type, visits, length: riders.length, cost: this.costAs(route, type) })
    }
  }

  /** Keeps the routes as they are, for `kept`. */
  keep(): void {
    this.bestNext.set(this.next)
    this.bestType.set(this.typeOf)
  }

  kept(): Assignment['routes'] {
    const { bestNext: next, bestType } = this
    const routes: { type: number; visits: number[] }[] = []
    for (let route = 0; route < this.most; route++) {
      const end = this.endOf(route)
      if (next[end] === end) continue
      const visits: number[] = []
      for (let node = next[end]; node !== end; node = next[node]) visits.push(2 * (node - 1))
      routes.push({ type: bestType[route], visits })
    }
    return routes
  }
}
