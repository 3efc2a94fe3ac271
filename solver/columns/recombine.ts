/**
 * The best plan that can be put together from routes met: set covering over the pool, solved as an integer program after columns have
 * been ruled out by their reduced cost. Orders that end on two routes stay on the first.
 */
import type { Instance } from '../instance.ts'
import type { Assignment } from '../search/solution.ts'
import { type Highs, type LpColumn, Program } from './lp.ts'
import { Pool, type PooledRoute } from './pool.ts'

/** Routes looked at, the latest; columns kept for the integer program, those of least reduced cost; its nodes. */
const MOST_ROUTES = 8000
const MOST_COLUMNS = 3000
const MOST_NODES = 200

/** Share of the budget after which routes are put together, again and again. */
const EVERY = 0.1
/** No more towards the end: the budget may be over before the answer is there. */
const UNTIL = 0.95

/** Puts routes together now and then while a search goes on that gathers them. */
export class Recombiner {
  readonly pool: Pool
  private readonly highs: Highs
  private readonly instance: Instance
  private readonly seconds: number | undefined
  private from = EVERY

  /** `seconds`: that one time may take. */
  constructor(highs: Highs, instance: Instance, seconds?: number, pool = new Pool(instance)) {
    this.highs = highs
    this.instance = instance
    this.seconds = seconds
    this.pool = pool
  }

  /** Something cheaper than the best so far, for the search to go on from; null where there is nothing, or it is not time yet. */
  improve(used: number | undefined, { absent }: Assignment, costKrw: number): Assignment | null {
    if (used === undefined || used < this.from || used > UNTIL) return null
    this.from = used + EVERY
    const { orders, directCost } = this.instance
    const stranded = new Set(absent.filter((order) => directCost[order] === Number.POSITIVE_INFINITY))
    const served = new Set(Array.from({ length: orders }, (_, order) => order).filter((order) => !stranded.has(order)))
    return recombine(this.highs, this.instance, this.pool.list(), served, costKrw, this.seconds)
  }
}

/**
 * Null where the routes make nothing that carries the `served` orders for less than `costKrw`. Costs are the routes' own; what else holds
 * of a plan (drivers, docks, balance) is for whoever takes the answer to judge.
 */
export function recombine(
  highs: Highs,
  { types, directCost, orders }: Instance,
  met: readonly PooledRoute[],
  served: ReadonlySet<number>,
  costKrw: number,
  seconds?: number,
): Assignment | null {
  const routes = met.slice(-MOST_ROUTES)
  if (routes.length === 0 || served.size === 0) return null
  const rows = [...served]
  const rowOf = new Map(rows.map((order, row) => [order, row]))
  const limits = [
    ...rows.map(() => ({ lower: 1, upper: Number.POSITIVE_INFINITY })),
    ...types.map(({ count }) => ({ lower: Number.NEGATIVE_INFINITY, upper: count })),
  ]
  // an order that cannot go direct may, at a price that no better plan pays
  const direct = rows.map((order, row): LpColumn => {
    return { cost: Math.min(directCost[order], costKrw), lower: 0, upper: 1, rows: [row], values: [1], whole: true }
  })
  const columns = routes.map(({ type, visits, cost }): LpColumn => {
    const own = [...new Set(visits.map((visit) => visit >> 1))].flatMap((order) => rowOf.get(order) ?? [])
    const held = [...own, rows.length + type]
    return { cost, lower: 0, upper: 1, rows: held, values: held.map(() => 1), whole: true }
  })

  const linear = new Program(
    highs,
    limits,
    [...direct, ...columns].map((column) => ({ ...column, whole: false })),
  )
  let kept: number[]
  try {
    const { krw, prices } = linear.solve()
    const reduced = columns.map(({ cost, rows }) => cost - rows.reduce((sum, row) => sum + prices[row], 0))
    kept = columns
      .map((_, k) => k)
      .filter((k) => reduced[k] < costKrw - krw)
      .sort((a, b) => reduced[a] - reduced[b] || a - b)
      .slice(0, MOST_COLUMNS)
  } finally {
    linear.dispose()
  }

  const whole = new Program(highs, limits, [...direct, ...kept.map((k) => columns[k])])
  try {
    const { values, krw } = whole.solveWhole({ nodes: MOST_NODES, gap: 0, seconds })
    if (!values || krw >= costKrw) return null
    const chosen = kept.filter((_, k) => values[rows.length + k] > 0.5).map((k) => routes[k])
    return assemble(orders, chosen)
  } finally {
    whole.dispose()
  }
}

/** Routes that share an order: the first keeps it. */
function assemble(orders: number, chosen: readonly PooledRoute[]): Assignment {
  const taken = new Uint8Array(orders)
  const routes = chosen.flatMap(({ type, visits }) => {
    const own = visits.filter((visit) => taken[visit >> 1] === 0)
    for (const visit of own) taken[visit >> 1] = 1
    return own.length > 0 ? [{ type, visits: own }] : []
  })
  const absent = Array.from({ length: orders }, (_, order) => order).filter((order) => taken[order] === 0)
  return { routes, absent, cost: chosen.reduce((sum, { cost }) => sum + cost, 0) }
}
