/** Prices tours */
import { type Highs, Program, TOLERANCE } from './lp.ts'
import { findCuts } from './tourCuts.ts'
import type { Column, Effort, Priced, Pricer } from './pricing.ts'
import type { Relaxed, RelaxedKind } from './relaxed.ts'
import { buildTours, type TourProgram } from './tourProgram.ts'

export class TourPricer implements Pricer {
  lastValues: Float64Array | null = null
  readonly tours: TourProgram
  private readonly program: Program
  private readonly kindIndex: number
  private readonly kind: RelaxedKind

  constructor(highs: Highs, relaxed: Relaxed, kind: number) {
    this.kindIndex = kind
    this.kind = relaxed.kinds[kind]
    this.tours = buildTours(relaxed, this.kind)
    this.program = new Program(highs, this.tours.rows, this.tours.columns)
  }

  price(prices: Float64Array, kindKrw: number, { nodes, slackKrw, seconds }: Effort): Priced & { krw: number } {
    const { orders, carryKrw } = this.kind
    let scale = this.kind.fixedKrw
    for (const [index, order] of orders.entries()) {
      const cost = carryKrw[order] - prices[order]
      this.program.setCost(this.tours.served[index].column, cost)
      scale += Math.abs(cost)
    }
    const log = process.env.V ? console.log : () => {}
    const M = this.program.model
    M.options.set({ solve_relaxation: true } as never)
    let lpRounds = 0, cutsLp = 0
    for (; process.env.CUTS && lpRounds < 20; lpRounds++) {
      const lp = this.program.solve()
      const cuts = findCuts(this.tours, lp.values)
      if (lpRounds === 0 || cuts.length === 0) log('      lp', lp.krw, cuts.length, 'rows', M.numRows ?? '')
      for (const c of cuts) M.addRow(c.lower, Number.POSITIVE_INFINITY, { indices: c.columns, values: c.values } as never)
      cutsLp += cuts.length
      if (cuts.length === 0) break
    }
    M.options.set({ solve_relaxation: false } as never)
    let result = this.program.solveWhole({ nodes, gap: slackKrw, seconds })
    for (let round = 0; process.env.CUTS && round < 10 && result.values; round++) {
      const cuts = findCuts(this.tours, result.values)
      log('      mip', result.krw, result.bound, 'cuts', cuts.length, 'lp rounds', lpRounds, cutsLp)
      if (cuts.length === 0) break
      for (const c of cuts) M.addRow(c.lower, Number.POSITIVE_INFINITY, { indices: c.columns, values: c.values } as never)
      result = this.program.solveWhole({ nodes, gap: slackKrw, seconds })
    }
    const { bound, values, krw } = result
    this.lastValues = values
    const margin = 1 + TOLERANCE * scale
    const leastKrw = Math.floor(bound - margin - kindKrw)
    const columns: Column[] = []
    if (values && krw - kindKrw < 0) {
      const set = orders.filter((_, index) => values[this.tours.served[index].column] > 0.5)
      const sum = set.reduce((total, order) => total + prices[order], 0)
      columns.push({ kind: this.kindIndex, orders: set, krw: leastKrw + sum + kindKrw, visits: null })
    }
    return { leastKrw, columns, krw }
  }

  dispose(): void {
    this.program.dispose()
  }
}
