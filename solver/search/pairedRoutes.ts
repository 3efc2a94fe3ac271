/**
 * Routes of pickups and deliveries under search that are changed in place: rows of visits which know, at every position, how early the
 * truck can be gone, how late it may come, and its load (Savelsbergh 1992, The Vehicle Routing Problem with Time Windows: Minimizing Route
 * Duration, ORSA Journal on Computing 4(2), for the idea of slack kept along a route). A route is copied when a turn first changes it, so
 * that what is not accepted is taken back.
 */
import { type Arcs, arc } from '../arcs.ts'
import type { Pool } from '../columns/pool.ts'
import type { Instance } from '../instance.ts'
import { unitCostOf } from './inPlaceTypes.ts'
import type { Assignment } from './solution.ts'

/** Up to so many pairs roads are kept as a matrix of visits: 72 MB. */
const MOST_IN_MATRIX = 1500

/** Positions a route has room for at first. */
const FEW = 30

/** Position 0 is the start, positions 1 .. length the visits, length + 1 the end. */
export class PairedRoute {
  length = 0
  /** truck that drives it, and the most that is on board */
  type = 0
  peak = 0
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
    this.type = other.type
    this.peak = other.peak
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
  /**
   * [node * width + node] cost and seconds from the first to the second, and from the second to the first. Where there is no matrix, only
   * the rows of the order at hand: see `rowOf`.
   */
  readonly leg: Float64Array
  readonly legBack: Float64Array
  readonly width: number
  readonly hasMatrix: boolean
  private readonly arcs: Arcs
  /** [node] */
  private readonly places: Int32Array
  /** [node] what is loaded, negative where it is unloaded */
  readonly demand: Float64Array
  readonly opens: Float64Array
  readonly closes: Float64Array
  readonly service: Float64Array
  /** [type] what it holds; of a route beside its distance, and of each unit of that; routes in use */
  readonly capacity: Float64Array
  readonly routeCost: Float64Array
  readonly unitCost: Float64Array
  readonly usedOf: Int32Array
  /** [route] */
  readonly list: PairedRoute[]
  /** [rider] its route, -1: on none; riders are the orders, counted from 1 on */
  readonly routeOf: Int32Array
  /** [route] last turn that changed it; those of this turn, in the order in which it did; as they were before it */
  readonly touchedAt: Int32Array
  readonly touched: number[] = []
  turn = 0
  private readonly before: PairedRoute[]
  private costWas = 0
  private usedWas = 0
  private readonly usedOfWas: Int32Array
  /** riders that this turn has taken out or put in, and where they were before */
  private moves = 0
  private readonly moved: Int32Array
  private readonly movedFrom: Int32Array
  private stamps = 0
  private bestRoutes: { readonly type: number; readonly nodes: Int32Array }[] = []

  /** `most`: routes there can be. `inMatrix`: up to so many pairs roads are kept as a matrix. */
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
    const width = (this.width = 2 * orders + 1)
    this.arcs = durationS
    this.places = Int32Array.from({ length: width }, (_, node) => (node === 0 ? start : placeOf[node - 1]))
    this.hasMatrix = orders <= inMatrix
    const cells = (this.hasMatrix ? width : 2) * width
    this.leg = new Float64Array(cells)
    this.legBack = durationS.symmetric ? this.leg : new Float64Array(cells)
    for (let a = 0; a < width && this.hasMatrix; a++)
      for (let b = 0; b < width; b++) this.leg[a * width + b] = this.legBack[b * width + a] = this.reckon(a, b)
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
    this.routeOf = new Int32Array(orders + 1).fill(-1)
    this.touchedAt = new Int32Array(most)
    // every order taken out, put in, and given way once more
    this.moved = new Int32Array(4 * orders)
    this.movedFrom = new Int32Array(4 * orders)
    for (let route = 0; route < most; route++) this.retime(route)
  }

  private reckon(from: number, to: number): number {
    return arc(this.arcs, this.places[from], this.places[to])
  }

  /** The leg between two nodes. */
  between(from: number, to: number): number {
    return this.hasMatrix ? this.leg[from * this.width + to] : this.reckon(from, to)
  }

  /**
   * Where in `leg` and `legBack` the row of a pickup begins, which that of its delivery follows. Without a matrix the legs between these two
   * and the visits of a route are reckoned first.
   */
  rowOf(pickup: number, { nodes, length }: PairedRoute): number {
    const { leg, legBack, width } = this
    if (this.hasMatrix) return pickup * width
    const { arcs, places } = this
    const [from, to] = [places[pickup], places[pickup + 1]]
    leg[pickup + 1] = arc(arcs, from, to)
    for (let k = 0; k <= length; k++) {
      const node = nodes[k]
      const place = places[node]
      leg[node] = arc(arcs, from, place)
      leg[width + node] = arc(arcs, to, place)
      if (leg === legBack) continue
      legBack[node] = arc(arcs, place, from)
      legBack[width + node] = arc(arcs, place, to)
    }
    return 0
  }

  /** Becomes a solution whose routes are in time. */
  takeOver({ routes }: Assignment): void {
    this.begin()
    this.routeOf.fill(-1)
    this.usedOf.fill(0)
    for (let route = 0; route < this.most; route++) {
      const { type, visits } = routes[route] ?? { type: 0, visits: [] }
      const track = this.list[route]
      track.type = type
      if (visits.length > 0) this.usedOf[type]++
      track.room(visits.length)
      track.length = visits.length
      visits.forEach((visit, k) => {
        track.nodes[k + 1] = visit + 1
        this.routeOf[(visit >> 1) + 1] = route
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
    this.usedOfWas.set(this.usedOf)
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
      else if ((node & 1) === 1) this.move((node + 1) >> 1, -1)
    }
    track.length = kept
    this.retime(route)
    if (kept === 0 && length > 0) {
      this.used--
      this.usedOf[track.type]--
      this.cost -= this.routeCost[track.type]
    }
  }

  /**
   * Puts an order in behind two positions of the route as it is; equal: the delivery follows the pickup. `type`: of the truck it has from
   * then on. It may break something.
   */
  put(order: number, route: number, pickupAfter: number, deliveryAfter: number, type = this.list[route].type): void {
    const isFirst = this.touch(route)
    const track = this.list[route]
    const { length } = track
    if (length === 0) {
      this.used++
      this.usedOf[type]++
      this.cost += this.routeCost[type]
      track.type = type
    } else if (type !== track.type) this.retype(route, type)
    track.room(length + 2)
    track.length = length + 2
    const stamp = ++this.stamps
    if (isFirst) {
      track.grownOn = track.stamp
      track.grownFrom = stamp
    }
    track.stamp = stamp
    this.move(order + 1, route)
    this.splice(track, 2 * order + 1, pickupAfter, deliveryAfter)
  }

  /** Puts the visits in, and brings the route up to date as far as it changes. */
  private splice(track: PairedRoute, pickup: number, i: number, j: number): void {
    const { opens, closes, service, demand } = this
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
    leg[i] = this.between(nodes[i], pickup)
    leg[i + 1] = this.between(pickup, nodes[i + 2])
    let added = leg[i] + leg[i + 1]
    if (i < j) added += leg[j + 1] = this.between(nodes[j + 1], pickup + 1)
    added += leg[j + 2] = this.between(pickup + 1, nodes[j + 3])
    added -= spared
    this.cost += this.unitCost[track.type] * added
    track.distance += added
    for (let k = i + 1; k <= j + 1; k++) if (load[k] > track.peak) track.peak = load[k]

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
    this.usedOf.set(this.usedOfWas)
  }

  typeAt(route: number): number {
    return this.list[route].type
  }

  /** What the route would cost with a truck of the type; Infinity where that does not hold what is on board. */
  costAs(route: number, type: number): number {
    const { distance, peak } = this.list[route]
    return peak > this.capacity[type] ? Number.POSITIVE_INFINITY : this.routeCost[type] + this.unitCost[type] * distance
  }

  /** Gives a route that is in use a truck of another type. */
  retype(route: number, type: number): void {
    this.touch(route)
    const track = this.list[route]
    const { type: was, distance } = track
    this.cost += this.routeCost[type] - this.routeCost[was] + (this.unitCost[type] - this.unitCost[was]) * distance
    this.usedOf[was]--
    this.usedOf[type]++
    track.type = type
  }

  /** Adds up again what it costs, which by differences alone would drift. */
  addUp(): void {
    this.cost = 0
    for (const track of this.list) {
      const { type, length, leg } = track
      track.distance = 0
      for (let k = 0; k <= length; k++) track.distance += leg[k]
      if (length > 0) this.cost += this.routeCost[type]
      this.cost += this.unitCost[type] * track.distance
    }
  }

  isEmpty(route: number): boolean {
    return this.list[route].length === 0
  }

  /** Who is on a route. */
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

  /** Shows the routes that this turn has changed. */
  offerTouched(pool: Pool): void {
    for (const route of this.touched) {
      const { type, nodes, length } = this.list[route]
      if (length > 0)
        pool.offer({ type, visits: nodes.map((node) => node - 1), length, cost: this.costAs(route, type) })
    }
  }

  /** Keeps the routes as they are, for `kept`. */
  keep(): void {
    this.bestRoutes = this.list
      .filter(({ length }) => length > 0)
      .map(({ type, nodes, length }) => ({ type, nodes: nodes.slice(1, length + 1) }))
  }

  kept(): Assignment['routes'] {
    return this.bestRoutes.map(({ type, nodes }) => ({ type, visits: Array.from(nodes, (node) => node - 1) }))
  }

  /** True where this turn changes the route for the first time. */
  private touch(route: number): boolean {
    if (this.touchedAt[route] === this.turn) return false
    this.touchedAt[route] = this.turn
    this.touched.push(route)
    this.before[route].copy(this.list[route])
    return true
  }

  private move(rider: number, route: number): void {
    this.moved[this.moves] = rider
    this.movedFrom[this.moves++] = this.routeOf[rider]
    this.routeOf[rider] = route
  }

  /** Brings a route up to date whose visits have changed. */
  private retime(route: number): void {
    const { opens, closes, service, demand } = this
    const track = this.list[route]
    const { nodes, leg, leave, latest, load, length } = track
    track.stamp = track.grownFrom = ++this.stamps
    track.grownOn = 0
    nodes[0] = nodes[length + 1] = 0
    leave[0] = opens[0]
    load[0] = 0
    let clock = opens[0]
    let amount = 0
    let peak = 0
    let last = 0
    let sum = 0
    for (let k = 1; k <= length; k++) {
      const node = nodes[k]
      const seconds = this.between(last, node)
      leg[k - 1] = seconds
      sum += seconds
      clock += seconds
      if (clock > closes[node]) this.broken = true
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      leave[k] = clock
      amount += demand[node]
      load[k] = amount
      if (amount > peak) peak = amount
      last = node
    }
    track.peak = peak
    const home = this.between(last, 0)
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
    this.cost += this.unitCost[track.type] * (sum - track.distance)
    track.distance = sum
  }
}
