/**
 * Won for every shipment that moves (moved.ts), felt by the search and by nobody's ledger. Leaving the kind of truck, the routes or the
 * direct way is priced where the search already reads prices: a shipment that went direct carries the won onto any route, one that rode
 * carries it onto every other type and off the routes. Which of several trucks of one type is seen only when a solution is judged, so
 * among those the search meets more plans that it refuses.
 */
import { cheapestDirect, type Opened } from './direct.ts'
import type { Instance } from './instance.ts'
import { bestMatching } from './matching.ts'
import { shiftOf } from './moved.ts'
import type { Plan } from './plan.ts'
import type { Assignment, Solution } from './search/solution.ts'

/** How an order went before: on route 0, 1 …, direct in a mode it may keep, or in a way that says nothing of today. */
const DIRECT = -1
const UNKNOWN = -2

export class Stability {
  readonly krw: number
  /** [order] */
  private readonly before: Int32Array
  /** [type] first type of the same vehicle in the same shift: spans of a shift are one */
  private readonly shiftOf: readonly number[]
  /** [route before] */
  private readonly typeOf: readonly number[]
  /** [order] Infinity: nothing but a route takes it */
  private readonly directCost: Float64Array

  constructor(opened: Opened, plan: Plan, krw: number) {
    const { problem, instance, offers } = opened
    const { types } = instance
    this.shiftOf = types.map((truck) =>
      types.findIndex(({ vehicle, shift }) => vehicle === truck.vehicle && shift === truck.shift),
    )
    const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
    this.krw = krw
    this.directCost = instance.directCost
    this.before = new Int32Array(instance.orders).fill(UNKNOWN)
    this.typeOf = plan.routes.map((route) => {
      const found = shiftOf(problem, route)
      const type = types.findIndex(({ vehicle, shift }) => vehicle === found?.vehicle && shift === found.shift)
      return type < 0 ? UNKNOWN : type
    })
    plan.routes.forEach(({ stops }, index) => {
      if (this.typeOf[index] === UNKNOWN) return
      for (const id of stops.flatMap(({ pickups }) => pickups))
        if (orderOf.has(id)) this.before[orderOf.get(id)!] = index
    })
    for (const { shipment, mode } of plan.direct) {
      const order = orderOf.get(shipment)
      if (order !== undefined && cheapestDirect(offers[order])?.mode === mode) this.before[order] = DIRECT
    }
  }

  /** The instance with the won on everything that is known to be a move when an order is put somewhere. */
  price(instance: Instance): Instance {
    const { orders, types } = instance
    const carryCost = instance.carryCost.slice()
    const directCost = instance.directCost.slice()
    this.before.forEach((was, order) => {
      if (was === UNKNOWN) return
      if (was !== DIRECT) directCost[order] += this.krw
      for (let type = 0; type < types.length; type++)
        if (was === DIRECT || this.shiftOf[type] !== this.typeOf[was]) carryCost[type * orders + order] += this.krw
    })
    return { ...instance, carryCost, directCost }
  }

  /** Won of moves that `price` has not put on the solution yet. */
  readonly unpriced = ({ routes, routeOf }: Solution): number =>
    this.krw *
    this.count(
      (order) => routeOf[2 * order],
      routes.map(({ type }) => type),
    ).unpriced

  /** Won of all moves of an assignment; those of `price` are `priced` of them. */
  movesKrw({ routes }: Assignment): { readonly priced: number; readonly all: number } {
    const routeOf = new Int32Array(this.before.length).fill(-1)
    routes.forEach(({ visits }, index) => {
      for (const visit of visits) routeOf[visit >> 1] = index
    })
    const { priced, unpriced } = this.count(
      (order) => routeOf[order],
      routes.map(({ type }) => type),
    )
    return { priced: this.krw * priced, all: this.krw * (priced + unpriced) }
  }

  private count(routeOf: (order: number) => number, types: readonly number[]): { priced: number; unpriced: number } {
    const { before, typeOf, directCost, shiftOf } = this
    const columns = types.length
    const common = new Int32Array(typeOf.length * columns)
    let priced = 0
    let unpriced = 0
    for (let order = 0; order < before.length; order++) {
      const was = before[order]
      if (was === UNKNOWN) continue
      const at = routeOf(order)
      if (was === DIRECT) priced += at >= 0 ? 1 : 0
      else if (at < 0 && directCost[order] === Number.POSITIVE_INFINITY) unpriced++
      else if (at < 0 || shiftOf[types[at]] !== typeOf[was]) priced++
      else {
        // moved unless the route turns out to be the one that its own has become
        unpriced++
        common[was * columns + at]++
      }
    }
    bestMatching(common, typeOf.length, columns).forEach((heir, was) => {
      if (heir >= 0) unpriced -= common[was * columns + heir]
    })
    return { priced, unpriced }
  }
}
