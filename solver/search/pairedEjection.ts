/**
 * Ejection of pairs: see inPlaceEjection.ts.
 * Nagata & Kobayashi (2010), Guided Ejection Search for the Pickup and Delivery Problem with Time Windows, PPSN XI, LNCS 6238.
 */
import type { Random } from '../random.ts'
import { InPlaceEjector } from './inPlaceEjection.ts'
import type { NearNodes } from './nearNodes.ts'
import type { PairedInserter } from './pairedInsertion.ts'
import { PairedRoute, type PairedRoutes } from './pairedRoutes.ts'

export class PairedEjector extends InPlaceEjector<PairedRoutes> {
  private readonly inserter: PairedInserter
  private readonly gone: Uint8Array
  /** the route without those that go */
  private readonly rest = new PairedRoute()

  constructor(routes: PairedRoutes, inserter: PairedInserter, random: Random, near: NearNodes, most: number) {
    super(routes, random, near, most)
    this.inserter = inserter
    this.gone = new Uint8Array(routes.orders)
  }

  protected listAboard(route: number): number {
    const { nodes, length } = this.routes.list[route]
    let count = 0
    for (let k = 1; k <= length; k++) if ((nodes[k] & 1) === 1) this.aboard[count++] = nodes[k] >> 1
    return count
  }

  protected fits(route: number): boolean {
    return this.inserter.find(this.order, route, 0, Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY
  }

  protected canRideTogether(one: number, other: number): boolean {
    const { rest } = this
    rest.nodes[1] = 2 * one + 1
    rest.nodes[2] = 2 * one + 2
    rest.length = 2
    return this.retime() && this.fitsRest(other)
  }

  protected carryOut(): boolean {
    const { routes, inserter, gone, ejected, order, chosen } = this
    if (ejected.length > 0) {
      for (const other of ejected) gone[other] = 1
      routes.strip(chosen, gone)
      for (const other of ejected) gone[other] = 0
    }
    if (routes.list[chosen].length === 0) routes.put(order, chosen, 0, 0)
    else {
      if (!this.fits(chosen)) return false
      routes.put(order, chosen, inserter.pickupAfter, inserter.deliveryAfter)
    }
    return true
  }

  protected fitsWithout(route: number): boolean {
    const { rest, routes } = this
    const { nodes, length } = routes.list[route]
    const [a = -1, b = -1, c = -1] = this.leaving
    rest.room(length)
    let kept = 0
    for (let k = 1; k <= length; k++) {
      const rider = (nodes[k] - 1) >> 1
      if (rider !== a && rider !== b && rider !== c) rest.nodes[++kept] = nodes[k]
    }
    rest.length = kept
    return this.retime() && this.fitsRest(this.order)
  }

  /** Times and loads of `rest`; false where it is late. */
  private retime(): boolean {
    const { routes } = this
    const { opens, closes, service, demand } = routes
    const { nodes, leg, leave, latest, load, length } = this.rest
    let last = 0
    let clock = opens[0]
    let amount = 0
    nodes[0] = nodes[length + 1] = 0
    leave[0] = clock
    load[0] = 0
    for (let k = 1; k <= length; k++) {
      const node = nodes[k]
      const seconds = routes.between(last, node)
      leg[k - 1] = seconds
      clock += seconds
      if (clock > closes[node]) return false
      if (clock < opens[node]) clock = opens[node]
      clock += service[node]
      leave[k] = clock
      amount += demand[node]
      load[k] = amount
      last = node
    }
    leg[length] = routes.between(last, 0)
    if (clock + leg[length] > closes[0]) return false
    let need = closes[0]
    latest[length + 1] = need
    for (let k = length; k >= 1; k--) {
      need -= leg[k] + service[nodes[k]]
      if (need > closes[nodes[k]]) need = closes[nodes[k]]
      latest[k] = need
    }
    return true
  }

  /** True where an order has any place on `rest`. */
  private fitsRest(order: number): boolean {
    const { leg: legs, legBack, width, opens, closes, service, demand, capacity } = this.routes
    const { nodes, leg, leave, latest, load, length } = this.rest
    const pickup = 2 * order + 1
    const delivery = pickup + 1
    const room = capacity[0] - demand[pickup]
    const openA = opens[pickup]
    const closeA = closes[pickup]
    const serviceA = service[pickup]
    const openB = opens[delivery]
    const closeB = closes[delivery]
    const serviceB = service[delivery]
    const rowA = this.routes.rowOf(pickup, this.rest)
    const rowB = rowA + width
    const across = legs[rowA + delivery]
    // no place from which the delivery can be reached in time, and then the rest, lies behind this
    let last = length
    while (last >= 0 && leave[last] + legBack[rowB + nodes[last]] > closeB) last--
    for (let i = 0; i <= length && leave[i] <= closeA; i++) {
      if (latest[i + 1] < openA + serviceA || load[i] > room) continue
      let left = leave[i] + legBack[rowA + nodes[i]]
      if (left > closeA) continue
      if (left < openA) left = openA
      left += serviceA
      let begin = left + across
      if (begin < openB) begin = openB
      if (begin <= closeB && begin + serviceB + legs[rowB + nodes[i + 1]] <= latest[i + 1]) return true
      // the delivery later: carry the order past one visit after another
      let arrive = left + legs[rowA + nodes[i + 1]]
      for (let j = i + 1; j <= last; j++) {
        const node = nodes[j]
        if (arrive > latest[j] || load[j] > room) break
        left = (arrive < opens[node] ? opens[node] : arrive) + service[node]
        if (left > closeB) break
        begin = left + legBack[rowB + node]
        if (begin < openB) begin = openB
        if (begin <= closeB && begin + serviceB + legs[rowB + nodes[j + 1]] <= latest[j + 1]) return true
        arrive = left + leg[j]
      }
    }
    return false
  }
}
