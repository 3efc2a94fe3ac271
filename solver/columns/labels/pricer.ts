/**
 * Pricing of routes with pickups and deliveries by labels (search.ts), exact: open routes of hired trucks and closed tours. A beam of
 * labels finds routes first; they are columns, and whatever cannot be better than the best of them is no longer looked at.
 */

import type { Column, Effort, Priced, Pricer } from '../pricing.ts'
import type { Relaxed, RelaxedKind } from '../relaxed.ts'
import { Network } from './network.ts'
import { LabelSearch } from './search.ts'

/** Labels that the beam extends: with half as many the best route is found more often than not. */
const BEAM = 3000
const MOST_COLUMNS = 50

export class LabelPricer implements Pricer {
  /** labels of the last pricing */
  labels = 0
  private readonly kind: RelaxedKind
  private readonly kindIndex: number
  private readonly network: Network

  constructor(relaxed: Relaxed, kind: number) {
    this.kind = relaxed.kinds[kind]
    this.kindIndex = kind
    this.network = new Network(relaxed, kind)
  }

  /** `leastKrw`: the least reduced cost itself, or 0 where that is more, unless the labels run out. */
  price(prices: Float64Array, kindKrw: number, effort: Effort): Priced {
    const { kind, network } = this
    const worth = (order: number) => prices[order] - kind.carryKrw[order]
    // an order that earns nothing can be left out of every route, which gets no dearer by it
    const active = Int32Array.from(kind.orders.keys()).filter((k) => worth(kind.orders[k]) > 0 && network.rides(k))
    this.labels = 0
    if (active.length === 0) return { leastKrw: 0, columns: [] }
    const values = Float64Array.from(active, (k) => worth(kind.orders[k]))
    const search = new LabelSearch(kind, network, active, values, kindKrw, MOST_COLUMNS)
    search.look(BEAM, effort.labels)
    this.labels = search.labels
    const leastKrw = search.prove(effort.labels)
    this.labels += search.labels
    const columns = search.routes().map(({ visits, reducedKrw }): Column => {
      const orders = visits.flatMap((visit) => (visit & 1 ? [] : [visit >> 1])).sort((x, y) => x - y)
      const krw = orders.reduce((sum, order) => sum + prices[order], reducedKrw + kindKrw)
      return { kind: this.kindIndex, orders, krw, visits }
    })
    return { leastKrw, columns }
  }

  dispose(): void {}
}
