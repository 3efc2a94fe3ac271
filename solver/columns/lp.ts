/** Linear and integer programs, solved by HiGHS. Everything numeric about it is held here: its tolerances, its limits, its memory. */
import type { Highs, Model } from 'highs'

export type { Highs }

let loading: Promise<Highs> | undefined

/** Compiles the solver once, about a second. */
export function loadHighs(): Promise<Highs> {
  // the package is typed as a CommonJS module, and is none
  loading ??= import('highs').then((module) => (module.default as unknown as typeof module.default.default)())
  return loading
}

/** By how much HiGHS may be wrong about each row and column, and about a bound relative to its size. */
export const TOLERANCE = 1e-6

/** Far more than any of these programs needs. */
const MOST_PIVOTS = 50_000

export interface Row {
  readonly lower: number
  readonly upper: number
}

export interface LpColumn {
  readonly cost: number
  readonly lower: number
  readonly upper: number
  readonly rows: readonly number[]
  readonly values: readonly number[]
  readonly whole?: boolean
}

export interface LpSolution {
  readonly krw: number
  /** [column] */
  readonly values: Float64Array
  /** [row] price: by how much the cost rises with the right-hand side */
  readonly prices: Float64Array
}

export interface MipLimits {
  readonly nodes: number
  /** ends when the bound is so near, in units of the objective */
  readonly gap: number
  readonly seconds?: number | undefined
}

export interface MipSolution {
  /** no solution costs less, but for HiGHS's tolerances; -Infinity: nothing is known */
  readonly bound: number
  /** the best found; null: none was */
  readonly values: Float64Array | null
  readonly krw: number
  readonly optimal: boolean
}

/**
 * A minimisation that grows by columns and keeps its basis between solves. Dispose it: its memory is not collected.
 * `rows` first, then columns; a program that has whole columns is solved by branch and bound.
 */
export class Program {
  readonly model: Model
  private readonly highs: Highs
  private columns = 0
  private readonly whole: number[] = []

  constructor(highs: Highs, rows: readonly Row[], columns: readonly LpColumn[] = []) {
    this.highs = highs
    this.model = highs.createModel()
    this.model.options.set({ output_flag: false, random_seed: 1 })
    for (const { lower, upper } of rows) this.model.addRow(lower, upper, { indices: [], values: [] })
    for (const column of columns) this.add(column)
  }

  /** Index of the column. */
  add({ cost, lower, upper, rows, values, whole }: LpColumn): number {
    this.model.addCol(cost, lower, upper, { indices: rows, values })
    if (whole) {
      this.model.changeColIntegrality(this.columns, this.highs.constants.variableType.integer)
      this.whole.push(this.columns)
    }
    return this.columns++
  }

  addRow({ lower, upper }: Row, columns: readonly number[], values: readonly number[]): void {
    this.model.addRow(lower, upper, { indices: columns, values })
  }

  get size(): number {
    return this.columns
  }

  setCost(column: number, cost: number): void {
    this.model.changeColCost(column, cost)
  }

  setBounds(column: number, lower: number, upper: number): void {
    this.model.changeColBounds(column, lower, upper)
  }

  /** The linear program; throws where it has no optimum. From the basis before, or, where that goes round in circles, from nothing. */
  solve(): LpSolution {
    const { optimal } = this.highs.constants.modelStatus
    this.model.options.set({ presolve: 'off', solver: 'simplex', simplex_iteration_limit: MOST_PIVOTS })
    let { modelStatus } = this.run()
    if (modelStatus !== optimal) {
      this.model.clearSolver()
      this.model.options.set({ presolve: 'choose' })
      modelStatus = this.run().modelStatus
    }
    if (modelStatus !== optimal) throw new Error(`linear program: status ${modelStatus}`)
    const { colValue, rowDual } = this.model.getSolution()
    return { krw: this.model.getObjectiveValue(), values: colValue, prices: rowDual }
  }

  /** As `solve`, whole columns or not; null where it has no optimum. */
  solveRelaxed(): LpSolution | null {
    const { integer, continuous } = this.highs.constants.variableType
    const ask = (type: typeof integer | typeof continuous) => {
      for (const column of this.whole) this.model.changeColIntegrality(column, type)
    }
    ask(continuous)
    this.model.options.set({ presolve: 'off', solver: 'simplex' })
    const { modelStatus } = this.run()
    const { colValue, rowDual } = this.model.getSolution()
    const krw = this.model.getObjectiveValue()
    ask(integer)
    return modelStatus === this.highs.constants.modelStatus.optimal ? { krw, values: colValue, prices: rowDual } : null
  }

  /** The program with its whole columns. */
  solveWhole({ nodes, gap, seconds }: MipLimits): MipSolution {
    this.model.zeroAllClocks()
    this.model.options.set({
      presolve: 'choose',
      mip_max_nodes: nodes,
      mip_abs_gap: gap,
      mip_rel_gap: 0,
      time_limit: seconds ?? 1e9,
    })
    const { modelStatus } = this.run()
    const status = this.highs.constants.modelStatus
    if (modelStatus === status.infeasible)
      return { bound: Number.POSITIVE_INFINITY, values: null, krw: Number.POSITIVE_INFINITY, optimal: true }
    const krw = this.model.getObjectiveValue()
    const found = Number(this.model.info.get('primal_solution_status')) === 2
    return {
      bound: Number(this.model.info.get('mip_dual_bound')),
      values: found ? this.model.getSolution().colValue : null,
      krw: found ? krw : Number.POSITIVE_INFINITY,
      optimal: modelStatus === status.optimal,
    }
  }

  dispose(): void {
    this.model.dispose()
  }

  private run() {
    try {
      return this.model.run()
    } catch (error) {
      // the message of a crash carries the whole compiled module
      throw new Error(`HiGHS: ${String(error instanceof Error ? error.message : error).slice(0, 200)}`)
    }
  }
}
