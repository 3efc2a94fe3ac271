/**
 * Routes of pickups and deliveries under search that are changed in place: rows of visits which know, at every position, how early the
 * truck can be gone, how late it may come, and its load (Savelsbergh 1992, The Vehicle Routing Problem with Time Windows: Minimizing Route
 * Duration, ORSA Journal on Computing 4(2), for the idea of slack kept along a route). A route is copied when a turn first changes it, so
 * that what is not accepted is taken back.
 */
import { arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import type { Assignment } from './solution.ts'

/** Positions a route has room for at first. */
const FEW = 30

/** Position 0 is the start, positions 1 .. length the visits, length + 1 the end. */
export class PairedRoute {
  length = 0
  /**
   * Number of these visits: the same number, the same visits. With the number `grownOn`, or one from `grownFrom` on, it had some of them and
   * no others.
   */
  stamp = 0
  grownOn = 0
  grownFrom = 0
  distance = 0
  /** [position] node; leg to the next position; earliest leaving, latest arrival; load when leaving */
  nodes = new Int32Array(FEW)
  leg = new Float64Array(FEW)
  leave = new Float64Array(FEW)
  latest = new Float64Array(FEW)
  load = new Float64Array(FEW)

  room(visits: number): void {
    if (this.nodes.length >= visits + 2) return
    const size = 2 * visits + 2
    const nodes = new Int32Array(size)
    nodes.set(this.nodes)
    this.nodes = nodes
    const grow = (list: Float64Array) => {
      const grown = new Float64Array(size)
      grown.set(list)
      return grown
    }
    this.leg = grow(this.leg)
    this.leave = grow(this.leave)
    this.latest = grow(this.latest)
    this.load = grow(this.load)
  }

  copy(other: PairedRoute): void {
    this.room(other.length)
    this.length = other.length
    this.stamp = other.stamp
    this.grownOn = other.grownOn
    this.grownFrom = other.grownFrom
    this.distance = other.distance
    const { nodes, leg, leave, latest, load } = this
    const { nodes: nodesFrom, leg: legFrom, leave: leaveFrom, latest: latestFrom, load: loadFrom } = other
    for (let k = other.length + 1; k >= 0; k--) {
      nodes[k] = nodesFrom[k]
      leg[k] = legFrom[k]
      leave[k] = leaveFrom[k]
      latest[k] = latestFrom[k]
      load[k] = loadFrom[k]
    }
  }
}

/** Visit v is node v + 1, so that an order's pickup is odd and its delivery follows it; node 0 is the depot. */
export class PairedRoutes {
  readonly orders: number
  /** routes there can be, some of them empty */
  readonly most: number
  /** distance and what routes cost beside it */
  cost = 0
  /** routes in use */
  used = 0
  /** a sum of doubles in another order has become just impossible, or a shorter route is not faster on these roads: take it back */
  broken = false
  /** [node * width + node] cost and seconds from the first to the second, and from the second to the first */
  readonly leg: Float64Array
  readonly legBack: Float64Array
  readonly width: number
  /** [node] what is loaded, negative where it is unloaded */
  readonly demand: Float64Array
  readonly opens: Float64Array
  readonly closes: Float64Array
  readonly service: Float64Array
  readonly capacity: number
  /** [route] */
  readonly list: PairedRoute[]
  /** [order] its route, -1: on none */
  readonly routeOf: Int32Array
  /** of a route beside its distance */
  readonly routeCost: number
  /** [route] last turn that changed it; those of this turn, in the order in which it did; as they were before it */
  readonly touchedAt: Int32Array
  readonly touched: number[] = []
  turn = 0
  private readonly before: PairedRoute[]
  private costWas = 0
  private usedWas = 0
  /** orders that this turn has taken out or put in, and where they were before */
  private moves = 0
  private readonly moved: Int32Array
  private readonly movedFrom: Int32Array
  private stamps = 0
  private bestRoutes: Int32Array[] = []

  constructor(instance: Instance, most: number) {
    const { orders, placeOf } = instance
    const { arcCost, start, capacity, baseCost, opensS, closesS } = instance.types[0]
    this.orders = orders
    this.most = most
    this.capacity = capacity[0]
    this.routeCost = baseCost
    const width = (this.width = 2 * orders + 1)
    const place = (node: number) => (node === 0 ? start : placeOf[node - 1])
    this.leg = new Float64Array(width * width)
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) this.leg[a * width + b] = arc(arcCost, place(a), place(b))
    this.legBack = arcCost.symmetric ? this.leg : new Float64Array(width * width)
    if (!arcCost.symmetric)
      for (let a = 0; a < width; a++)
        for (let b = 0; b < width; b++) this.legBack[b * width + a] = this.leg[a * width + b]
    this.demand = new Float64Array(width)
    this.opens = new Float64Array(width).fill(opensS)
    this.closes = new Float64Array(width).fill(closesS)
    this.service = new Float64Array(width)
    for (let node = 1; node < width; node++) {
      const amount = instance.demand[(node - 1) >> 1]
      this.demand[node] = (node & 1) === 1 ? amount : -amount
      this.opens[node] = instance.opensS[node - 1]
      this.closes[node] = instance.closesS[node - 1]
      this.service[node] = instance.serviceS[node - 1]
    }
    const make = () => Array.from({ length: most }, () => new PairedRoute())
    this.list = make()
    this.before = make()
    this.routeOf = new Int32Array(orders).fill(-1)
    this.touchedAt = new Int32Array(most)
    // every order taken out, put in, and given way once more
    this.moved = new Int32Array(4 * orders)
    this.movedFrom = new Int32Array(4 * orders)
    for (let route = 0; route < most; route++) this.retime(route)
  }

  /** Becomes a solution whose routes are in time. */
  takeOver({ routes }: Assignment): void {
    this.begin()
    this.routeOf.fill(-1)
    for (let route = 0; route < this.most; route++) {
      const visits = routes[route]?.visits ?? []
      const track = this.list[route]
      track.room(visits.length)
      track.length = visits.length
      visits.forEach((visit, k) => {
        track.nodes[k + 1] = visit + 1
        this.routeOf[visit >> 1] = route
      })
      this.retime(route)
    }
    this.used = routes.length
    this.broken = false
    this.addUp()
  }

  /** Begins a turn, which `takeBack` takes back. */
  begin(): void {
    this.turn++
    this.touched.length = this.moves = 0
    this.costWas = this.cost
    this.usedWas = this.used
  }

  /** Takes the orders marked in `gone` off a route. */
  strip(route: number, gone: Uint8Array): void {
    this.touch(route)
    const track = this.list[route]
    const { nodes, length } = track
    let kept = 0
    for (let k = 1; k <= length; k++) {
      const node = nodes[k]
      if (!gone[(node - 1) >> 1]) nodes[++kept] = node
      else if ((node & 1) === 1) this.move((node - 1) >> 1, -1)
    }
    track.length = kept
    if (kept === 0 && length > 0) {
      this.used--
      this.cost -= this.routeCost
    }
    this.retime(route)
  }

  /** Puts an order in behind two positions of the route as it is; equal: the delivery follows the pickup. It may break something. */
  put(order: number, route: number, pickupAfter: number, deliveryAfter: number): void {
    const isFirst = this.touch(route)
    const track = this.list[route]
    const { length } = track
    track.room(length + 2)
    track.length = length + 2
    const stamp = ++this.stamps
    if (isFirst) {
      track.grownOn = track.stamp
      track.grownFrom = stamp
    }
    track.stamp = stamp
    if (length === 0) {
      this.used++
      this.cost += this.routeCost
    }
    this.move(order, route)
    this.splice(track, 2 * order + 1, pickupAfter, deliveryAfter)
  }

  /** Puts the visits in, and brings the route up to date as far as it changes. */
  private splice(track: PairedRoute, pickup: number, i: number, j: number): void {
    const { leg: legs, width, opens, closes, service, demand } = this
    const { nodes, leg, leave, latest, load, length } = track
    const amount = demand[pickup]
    const spared = i === j ? leg[i] : leg[i] + leg[j]
    for (let k = length - 1; k > j; k--) {
      nodes[k + 2] = nodes[k]
      leg[k + 2] = leg[k]
      leave[k + 2] = leave[k]
      latest[k + 2] = latest[k]
      load[k + 2] = load[k]
    }
    load[j + 2] = load[j]
    for (let k = j; k > i; k--) {
      nodes[k + 1] = nodes[k]
      leg[k + 1] = leg[k]
      leave[k + 1] = leave[k]
      latest[k + 1] = latest[k]
      load[k + 1] = load[k] + amount
    }
    load[i + 1] = load[i] + amount
    nodes[i + 1] = pickup
    nodes[j + 2] = pickup + 1
    leg[i] = legs[nodes[i] * width + pickup]
    leg[i + 1] = legs[pickup * width + nodes[i + 2]]
    let added = leg[i] + leg[i + 1]
    if (i < j) added += leg[j + 1] = legs[nodes[j + 1] * width + pickup + 1]
    added += leg[j + 2] = legs[(pickup + 1) * width + nodes[j + 3]]
    added -= spared
    this.cost += added
    track.distance += added

    let clock = leave[i]
    for (let k = i + 1; k <= length; k++) {
      const node = nodes[k]
      clock += leg[k - 1]
      if (clock > closes[node]) this.broken = true
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      if (k > j + 2 && clock === leave[k]) break
      leave[k] = clock
    }
    if (leave[length] + leg[length] > closes[0]) this.broken = true
    let need = latest[j + 3]
    for (let k = j + 2; k >= 1; k--) {
      const node = nodes[k]
      need -= leg[k] + service[node]
      if (need > closes[node]) need = closes[node]
      if (k <= i && need === latest[k]) break
      latest[k] = need
    }
  }

  takeBack(): void {
    const { list, before, touched, moved, movedFrom, routeOf } = this
    for (const route of touched) {
      const changed = list[route]
      list[route] = before[route]
      before[route] = changed
    }
    for (let k = this.moves - 1; k >= 0; k--) routeOf[moved[k]] = movedFrom[k]
    this.broken = false
    this.cost = this.costWas
    this.used = this.usedWas
  }

  /** Adds up again what it costs, which by differences alone would drift. */
  addUp(): void {
    this.cost = this.routeCost * this.used
    for (const track of this.list) {
      track.distance = 0
      for (let k = 0; k <= track.length; k++) track.distance += track.leg[k]
      this.cost += track.distance
    }
  }

  isEmpty(route: number): boolean {
    return this.list[route].length === 0
  }

  /** Orders of a route, as nodes of windowsOnly.ts: from 1 on. */
  ridersOf(route: number): number[] {
    const { nodes, length } = this.list[route]
    const riders: number[] = []
    for (let k = 1; k <= length; k++) if ((nodes[k] & 1) === 1) riders.push((nodes[k] + 1) >> 1)
    return riders
  }

  /** Closes a route. */
  clear(route: number): void {
    this.begin()
    this.strip(route, new Uint8Array(this.orders).fill(1))
  }

  /** Keeps the routes as they are, for `kept`. */
  keep(): void {
    this.bestRoutes = this.list
      .filter(({ length }) => length > 0)
      .map(({ nodes, length }) => nodes.slice(1, length + 1))
  }

  kept(): Assignment['routes'] {
    return this.bestRoutes.map((nodes) => ({ type: 0, visits: Array.from(nodes, (node) => node - 1) }))
  }

  /** True where this turn changes the route for the first time. */
  private touch(route: number): boolean {
    if (this.touchedAt[route] === this.turn) return false
    this.touchedAt[route] = this.turn
    this.touched.push(route)
    this.before[route].copy(this.list[route])
    return true
  }

  private move(order: number, route: number): void {
    this.moved[this.moves] = order
    this.movedFrom[this.moves++] = this.routeOf[order]
    this.routeOf[order] = route
  }

  /** Brings a route up to date whose visits have changed. */
  private retime(route: number): void {
    const { leg: legs, width, opens, closes, service, demand } = this
    const track = this.list[route]
    const { nodes, leg, leave, latest, load, length } = track
    track.stamp = track.grownFrom = ++this.stamps
    track.grownOn = 0
    nodes[0] = nodes[length + 1] = 0
    leave[0] = opens[0]
    load[0] = 0
    let clock = opens[0]
    let amount = 0
    let last = 0
    let sum = 0
    for (let k = 1; k <= length; k++) {
      const node = nodes[k]
      const seconds = legs[last * width + node]
      leg[k - 1] = seconds
      sum += seconds
      clock += seconds
      if (clock > closes[node]) this.broken = true
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      leave[k] = clock
      amount += demand[node]
      load[k] = amount
      last = node
    }
    const home = legs[last * width]
    leg[length] = home
    sum += home
    if (clock + home > closes[0]) this.broken = true
    let need = closes[0]
    latest[length + 1] = need
    for (let k = length; k >= 1; k--) {
      const node = nodes[k]
      need -= leg[k] + service[node]
      if (need > closes[node]) need = closes[node]
      latest[k] = need
    }
    this.cost += sum - track.distance
    track.distance = sum
  }
}
