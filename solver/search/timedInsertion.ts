/**
 * Insertion of single visits: see inPlaceInsertion.ts. What the best place on a route is stays known until the route changes, and is known
 * again when that is taken back.
 */
import { InPlaceInserter } from './inPlaceInsertion.ts'
import type { TimedRoutes } from './timedRoutes.ts'

/** Where an order adds least on a route: [node] the stamp of the route it is true of, what it adds, and the node before the place. */
class Places {
  readonly stamp: Int32Array
  readonly cost: Float64Array
  readonly behind: Int32Array

  constructor(width: number) {
    this.stamp = new Int32Array(width)
    this.cost = new Float64Array(width)
    this.behind = new Int32Array(width)
  }
}

export class TimedInserter extends InPlaceInserter<TimedRoutes> {
  /** [route] the best places there that are known; and where some were passed over */
  private readonly known: Places[] = new Array(this.routes.most)
  private readonly other = new Places(this.routes.width)
  /** the node before the best place */
  private placeBehind = 0

  protected look(node: number, route: number): void {
    const { routes } = this
    const type = routes.typeOf[route]
    const load = routes.load[route] + routes.demand[node]
    if (load <= routes.capacity[type]) this.lookWith(node, route, type, 0)
    else if (this.mayOutgrow) this.outgrow(node, route, type, load)
  }

  /** The best place there is passed over by chance, and then half of the others. */
  protected lookWith(node: number, route: number, type: number, dearer: number): void {
    const { routes } = this
    const unit = routes.unitCost[type]
    const known = (this.known[route] ??= new Places(routes.width))
    if (known.stamp[node] !== routes.stamp[route]) {
      known.stamp[node] = routes.stamp[route]
      this.scan(node, route, known, 0)
    }
    let cost = dearer + unit * known.cost[node]
    if (cost >= this.placeCost) return
    let places = known
    if (this.blinks()) {
      places = this.other
      this.scan(node, route, places, known.behind[node])
      cost = dearer + unit * places.cost[node]
      if (cost >= this.placeCost) return
    }
    this.placeCost = cost
    this.placeBehind = places.behind[node]
    this.placeRoute = route
    this.placeType = type
  }

  protected carryOut(node: number, isFirst: boolean): void {
    const { routes, placeRoute } = this
    routes.put(node, isFirst ? routes.endOf(placeRoute) : this.placeBehind, placeRoute, this.placeType)
  }

  /** Finds the best place on a route, or, if a node is given, one that is not behind it, half of the others passed over by chance. */
  private scan(node: number, route: number, into: Places, not: number): void {
    const { routes, random } = this
    const { orders, next, leg, legIn, leave, latest } = routes
    const row = routes.rowOf(node, route)
    const open = routes.opens[node]
    const close = routes.closes[node]
    const service = routes.service[node]
    let best = Number.POSITIVE_INFINITY
    let behind = 0
    let last = routes.endOf(route)
    let toLast = leg[row]
    for (let at = next[last]; leave[last] <= close; at = next[at]) {
      const toHere = at <= orders ? leg[row + at] : leg[row]
      const cost = toLast + toHere - legIn[at]
      if (cost < best) {
        let start = leave[last] + toLast
        if (start > close) break
        if (start < open) start = open
        if (start + service + toHere <= latest[at] && (not === 0 || (last !== not && random.next() < 0))) {
          best = cost
          behind = last
        }
      }
      if (at > orders) break
      last = at
      toLast = toHere
    }
    into.cost[node] = best
    into.behind[node] = behind
  }
}
