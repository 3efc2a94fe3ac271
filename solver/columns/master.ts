/**
 * The column model's linear program: every pooled order is carried by a column or goes direct, and no more trucks of a kind drive than
 * there are. Covering, not partitioning: leaving an order out of a route never costs more (relaxed.ts), so prices are 0 or more; the
 * direct ways are columns of one order each, so that no price exceeds what going direct costs.
 */
import { type Highs, Program } from './lp.ts'
import type { Column } from './pricing.ts'
import type { Relaxed } from './relaxed.ts'

/** Prices in whole units: of orders 0 or more and at most the direct price, of trucks 0 or less. */
export interface Prices {
  /** [order] 0 where not pooled */
  readonly order: Float64Array
  /** [kind] */
  readonly kind: Float64Array
}

export class Master {
  readonly columns: Column[] = []
  private readonly relaxed: Relaxed
  private readonly program: Program
  /** [order] row, -1: none */
  private readonly rowOf: Int32Array
  /** first index of `columns` among the program's columns */
  private readonly first: number
  private readonly known = new Map<string, number>()

  /** `mostKrw`: the price at which an order without a direct way may be left out all the same. */
  constructor(highs: Highs, relaxed: Relaxed, mostKrw: number) {
    const { pooled, kinds, directKrw, instance } = relaxed
    this.relaxed = relaxed
    this.rowOf = new Int32Array(instance.orders).fill(-1)
    pooled.forEach((order, row) => {
      this.rowOf[order] = row
    })
    this.program = new Program(highs, [
      ...pooled.map(() => ({ lower: 1, upper: Number.POSITIVE_INFINITY })),
      ...kinds.map(({ count }) => ({ lower: Number.NEGATIVE_INFINITY, upper: count })),
    ])
    for (const [row, order] of pooled.entries())
      this.program.add({ cost: Math.min(directKrw[order], mostKrw), lower: 0, upper: 1, rows: [row], values: [1] })
    this.first = pooled.length
  }

  /** False where the set is known at this cost or less. */
  add(column: Column): boolean {
    const key = `${column.kind}:${column.orders.join()}`
    const known = this.known.get(key)
    if (known !== undefined && this.columns[known].krw <= column.krw) return false
    if (known !== undefined) {
      this.columns[known] = column
      this.program.setCost(this.first + known, column.krw)
      return true
    }
    this.known.set(key, this.columns.length)
    this.columns.push(column)
    const rows = [...column.orders.map((order) => this.rowOf[order]), this.relaxed.pooled.length + column.kind]
    this.program.add({ cost: column.krw, lower: 0, upper: Number.POSITIVE_INFINITY, rows, values: rows.map(() => 1) })
    return true
  }

  /** Cost of the best mix of the columns so far, and its prices, not rounded. */
  solve(): { readonly krw: number; readonly prices: Prices } {
    const { krw, prices } = this.program.solve()
    const { pooled, kinds, instance } = this.relaxed
    const order = new Float64Array(instance.orders)
    for (const [row, index] of pooled.entries()) order[index] = prices[row]
    return { krw, prices: { order, kind: prices.slice(pooled.length, pooled.length + kinds.length) } }
  }

  dispose(): void {
    this.program.dispose()
  }
}

/** A point between two, rounded down to whole units and into the ranges that prices have. */
export function blendPrices(relaxed: Relaxed, a: Prices, b: Prices, shareOfA: number): Prices {
  const blend = (x: number, y: number) => Math.floor(shareOfA * x + (1 - shareOfA) * y)
  return {
    order: a.order.map((price, order) => Math.min(Math.max(0, blend(price, b.order[order])), relaxed.directKrw[order])),
    kind: a.kind.map((price, kind) => Math.min(0, blend(price, b.kind[kind]))),
  }
}

/** What every plan costs at least by prices under which no column is cheaper than its orders and its truck. */
export const sumOf = ({ pooled, kinds, aloneKrw }: Relaxed, { order, kind }: Prices): number =>
  aloneKrw +
  pooled.reduce((sum, index) => sum + order[index], 0) +
  kinds.reduce((sum, { count }, k) => sum + count * kind[k], 0)
