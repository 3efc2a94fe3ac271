/**
 * Routes of single visits under search that are changed in place: linked lists which know, at every visit, how early the truck can be gone
 * and how late it may come, so that a place is judged in a few steps (Savelsbergh 1992, The Vehicle Routing Problem with Time Windows:
 * Minimizing Route Duration, ORSA Journal on Computing 4(2), for the idea of slack kept along a route). What is not accepted is taken back.
 */
import type { Instance } from '../instance.ts'
import type { Assignment } from './solution.ts'

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
  /** [node * width + node] cost and seconds of the leg, the same both ways; 0 stands for the depot */
  readonly leg: Float64Array
  readonly width: number
  /** [node] */
  readonly demand: Float64Array
  readonly opens: Float64Array
  readonly closes: Float64Array
  readonly service: Float64Array
  readonly capacity: number
  /** [node] around a route; the leg to the node; earliest leaving, latest arrival; its route, -1: on none */
  readonly prev: Int32Array
  readonly next: Int32Array
  readonly costIn: Float64Array
  readonly leave: Float64Array
  readonly latest: Float64Array
  readonly routeOf: Int32Array
  /** [route] */
  readonly load: Float64Array
  readonly length: Int32Array
  /** [route] number of its visits as they are: the same number, the same visits */
  readonly stamp: Int32Array
  /** of a route beside its distance */
  readonly routeCost: number
  private stamps = 0
  /** what it cost when the turn began; steps of the turn: a node put in, one taken out (negative), or 0 for tails exchanged */
  private costWas = 0
  private steps = 0
  private readonly stepNode: Int32Array
  private readonly stepBehind: Int32Array
  private readonly stepRoute: Int32Array
  /** [route] last turn that changed it; those of this turn, in the order in which it did, and their stamps before it */
  readonly touchedAt: Int32Array
  readonly touched: number[] = []
  private readonly stampWas: number[] = []
  turn = 0
  private readonly bestNext: Int32Array

  constructor(instance: Instance, most: number) {
    const { orders, placeOf } = instance
    const { arcCost, start, capacity, baseCost, opensS, closesS } = instance.types[0]
    this.orders = orders
    this.most = most
    this.capacity = capacity[0]
    this.routeCost = baseCost
    const width = (this.width = orders + 1)
    this.leg = new Float64Array(width * width)
    const place = (node: number) => (node === 0 ? start : placeOf[2 * (node - 1)])
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) this.leg[a * width + b] = arcCost.cells[place(a) * arcCost.size + place(b)]
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
    this.costIn = floats()
    this.leave = this.opens.slice()
    this.latest = this.closes.slice()
    this.routeOf = ints().fill(-1)
    this.load = new Float64Array(most)
    this.length = new Int32Array(most)
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

  endOf(route: number): number {
    return this.width + route
  }

  /** Becomes a solution whose routes are in time. */
  takeOver({ routes }: Assignment): void {
    for (let node = 1; node < this.width; node++) if (this.routeOf[node] >= 0) this.unlink(node)
    routes.forEach(({ visits }, route) => {
      for (const visit of visits) this.link((visit >> 1) + 1, this.prev[this.endOf(route)], route)
      this.retime(route)
    })
    this.addUp()
  }

  /** Begins a turn, which `takeBack` takes back. */
  begin(): void {
    this.turn++
    this.steps = this.touched.length = 0
    this.costWas = this.cost
  }

  /** Takes a node out; the times and the load of its route wait for `retime`. */
  cut(node: number): void {
    this.note(-node, this.prev[node], this.routeOf[node])
    this.unlink(node)
  }

  /** Puts a node in, which may break something. */
  put(node: number, behind: number, route: number): void {
    this.note(node, behind, route)
    this.link(node, behind, route)
    this.fit(node)
  }

  /** Exchanges what follows one node with what follows another, of two routes that this turn has changed before. */
  exchange(one: number, two: number): void {
    this.note(0, one, two)
    this.swap(one, two)
  }

  takeBack(): void {
    const { stepNode, stepBehind, stepRoute, touched, stamp } = this
    for (let k = this.steps - 1; k >= 0; k--) {
      const node = stepNode[k]
      if (node > 0) this.unlink(node)
      else if (node < 0) this.link(-node, stepBehind[k], stepRoute[k])
      else this.swap(stepBehind[k], stepRoute[k])
    }
    touched.forEach((route, k) => {
      this.retime(route)
      stamp[route] = this.stampWas[k]
    })
    this.broken = false
    this.cost = this.costWas
  }

  private note(node: number, behind: number, route: number): void {
    const at = this.steps++
    this.stepNode[at] = node
    this.stepBehind[at] = behind
    this.stepRoute[at] = route
    if (node === 0 || this.touchedAt[route] === this.turn) return
    this.touchedAt[route] = this.turn
    this.stampWas[this.touched.length] = this.stamp[route]
    this.touched.push(route)
  }

  /** Adds up again what it costs, which by differences alone would drift. */
  addUp(): void {
    this.cost = this.routeCost * this.used
    for (let route = 0; route < this.most; route++) {
      if (this.length[route] === 0) continue
      const end = this.endOf(route)
      let node = end
      do {
        node = this.next[node]
        this.cost += this.costIn[node]
      } while (node !== end)
    }
  }

  /** Puts a node behind another of a route. Times and load are as they were: see `retime` and `fit`. */
  private link(node: number, behind: number, route: number): void {
    const { prev, next, costIn, leg, width } = this
    if (this.length[route]++ === 0) {
      this.used++
      this.cost += this.routeCost
    }
    const after = next[behind]
    const row = node * width
    const legIn = leg[row + (behind < width ? behind : 0)]
    const legOut = leg[row + (after < width ? after : 0)]
    this.cost += legIn + legOut - costIn[after]
    costIn[node] = legIn
    costIn[after] = legOut
    prev[node] = behind
    next[node] = after
    next[behind] = node
    prev[after] = node
    this.routeOf[node] = route
  }

  private unlink(node: number): void {
    const { prev, next, costIn, leg, width, routeOf } = this
    const behind = prev[node]
    const after = next[node]
    const closed = leg[(behind < width ? behind : 0) * width + (after < width ? after : 0)]
    this.cost += closed - costIn[node] - costIn[after]
    next[behind] = after
    prev[after] = behind
    costIn[after] = closed
    const route = routeOf[node]
    routeOf[node] = -1
    if (--this.length[route] > 0) return
    this.used--
    this.cost -= this.routeCost
  }

  /** Brings the times and the load of a route up to date. */
  retime(route: number): void {
    const { next, prev, costIn, leave, latest, opens, closes, service, demand, width } = this
    this.stamp[route] = ++this.stamps
    const end = this.endOf(route)
    let clock = leave[end]
    let amount = 0
    for (let node = next[end]; node < width; node = next[node]) {
      clock += costIn[node]
      if (clock > closes[node]) this.broken = true
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      leave[node] = clock
      amount += demand[node]
    }
    if (clock + costIn[end] > closes[end]) this.broken = true
    this.load[route] = amount
    let need = latest[end]
    let leg = costIn[end]
    for (let node = prev[end]; node < width; node = prev[node]) {
      need -= leg + service[node]
      if (need > closes[node]) need = closes[node]
      latest[node] = need
      leg = costIn[node]
    }
  }

  /** The same where one node has just been linked: only as far as times change. */
  private fit(node: number): void {
    const { next, prev, costIn, leave, latest, opens, closes, service, width } = this
    const route = this.routeOf[node]
    this.stamp[route] = ++this.stamps
    this.load[route] += this.demand[node]
    let at = node
    for (let clock = leave[prev[node]]; ; at = next[at]) {
      clock += costIn[at]
      if (clock > closes[at]) this.broken = true
      if (at >= width) break
      if (clock < opens[at]) clock = opens[at]
      clock += service[at]
      if (clock === leave[at] && at !== node) break
      leave[at] = clock
    }
    at = node
    for (let need = latest[next[node]]; at < width; at = prev[at]) {
      need -= costIn[next[at]] + service[at]
      if (need > closes[at]) need = closes[at]
      if (need === latest[at] && at !== node) break
      latest[at] = need
    }
  }

  /** The same again takes it back. */
  private swap(one: number, two: number): void {
    const { prev, next, costIn, routeOf } = this
    const a = routeOf[one]
    const b = routeOf[two]
    const [endA, endB] = [this.endOf(a), this.endOf(b)]
    const [firstA, firstB] = [next[one], next[two]]
    const [lastA, lastB] = [prev[endA], prev[endB]]
    const [homeA, homeB] = [costIn[endA], costIn[endB]]
    this.cost -= costIn[firstA] + costIn[firstB]
    this.append(one, a, firstB === endB ? endA : firstB, lastB, homeB)
    this.append(two, b, firstA === endA ? endB : firstA, lastA, homeA)
    this.cost += costIn[next[one]] + costIn[next[two]]
    this.retime(a)
    this.retime(b)
  }

  private append(node: number, route: number, first: number, last: number, home: number): void {
    const { prev, next, costIn, routeOf, leg, width } = this
    const end = this.endOf(route)
    next[node] = first
    prev[first] = node
    costIn[first] = leg[(node < width ? node : 0) * width + (first < width ? first : 0)]
    if (first !== end) {
      next[last] = end
      prev[end] = last
      costIn[end] = home
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

  /** Keeps the routes as they are, for `kept`. */
  keep(): void {
    this.bestNext.set(this.next)
  }

  kept(): Assignment['routes'] {
    return this.list(this.bestNext)
  }

  /** Visits of each route in order, as an assignment holds them. */
  list(next: Int32Array): { type: number; visits: number[] }[] {
    const routes: { type: number; visits: number[] }[] = []
    for (let route = 0; route < this.most; route++) {
      const end = this.endOf(route)
      if (next[end] === end) continue
      const visits: number[] = []
      for (let node = next[end]; node !== end; node = next[node]) visits.push(2 * (node - 1))
      routes.push({ type: 0, visits })
    }
    return routes
  }
}
