/** Prices of orders, trucks and subset rows: what a bound rests on. */

import type { Relaxed } from '../relaxed.ts'
import type { Network } from './network.ts'
import { routeKrw } from './pricer.ts'
import { countPairs, type SubsetRow } from './subsetRows.ts'

export interface SingleColumn {
  readonly kind: number
  /** nodes of the network */
  readonly visits: readonly number[]
  readonly krw: number
}

/** All whole; together with what pricing proves about them, a certificate. */
export interface Prices {
  /** [node] 0 or more, at most the direct price */
  readonly orders: Float64Array
  /** [kind] 0 or less */
  readonly kinds: Float64Array
  /** 0 or less */
  readonly rows: Map<SubsetRow, number>
}

export function reducedKrw(
  network: Network,
  { kind, visits }: Omit<SingleColumn, 'krw'>,
  { orders, kinds, rows }: Prices,
): number {
  let krw = routeKrw(network, visits) - kinds[kind]
  for (const node of visits) krw -= orders[node]
  for (const [row, price] of rows) krw -= price * countPairs(row, visits)
  return krw
}

/** Something drives to each order: a bound to begin with. */
export function shortestLegs(relaxed: Relaxed, networks: readonly Network[]): number {
  return relaxed.pooled.reduce((sum, order, node) => {
    let least = relaxed.directKrw[order]
    for (const { cost, nodes } of networks)
      for (let from = 0; from <= nodes; from++) least = Math.min(least, cost[from * (nodes + 1) + node])
    return least === Number.POSITIVE_INFINITY ? sum : sum + least
  }, relaxed.aloneKrw)
}

/**
 * Each order pays half of what its route costs on either side of it, the outer ones also for the end: near what the prices will be, while
 * those of a program with few columns are anything. They prove nothing yet.
 */
export function firstPrices(relaxed: Relaxed, networks: readonly Network[], columns: readonly SingleColumn[]): Prices {
  const nodes = relaxed.pooled.length
  const orders = new Float64Array(nodes)
  for (const { kind, visits } of columns) {
    if (visits.some((node) => orders[node] > 0)) continue
    const stops = [nodes, ...visits, nodes]
    for (const [k, node] of visits.entries())
      for (const leg of [k, k + 1]) {
        const share = stops[leg] === nodes || stops[leg + 1] === nodes ? 1 : 0.5
        orders[node] += Math.floor(share * networks[kind].cost[stops[leg] * (nodes + 1) + stops[leg + 1]])
      }
  }
  return {
    orders: orders.map((price, node) => Math.min(price, relaxed.directKrw[relaxed.pooled[node]])),
    kinds: new Float64Array(networks.length),
    rows: new Map(),
  }
}

/** Between two sets of prices, rounded down. */
export function blend(from: Prices, to: Prices, share: number): Prices {
  if (share === 0) return to
  const mix = (a: number, b: number) => Math.floor(share * a + (1 - share) * b)
  return {
    orders: to.orders.map((price, node) => mix(from.orders[node], price)),
    kinds: to.kinds.map((price, kind) => mix(from.kinds[kind], price)),
    rows: new Map([...to.rows].map(([row, price]) => [row, mix(from.rows.get(row) ?? 0, price)])),
  }
}
