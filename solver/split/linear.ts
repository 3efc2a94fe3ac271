/** Linear programs written row by row, as a split states them: what a group pays, held against what it would pay alone. */
import { type Highs, type LpSolution, Program } from '../columns/lp.ts'

export interface Variable {
  readonly cost: number
  readonly lower: number
  readonly upper: number
}

/** A sum of variables: which, and by what factor. */
export type Sum = readonly (readonly [variable: number, factor: number])[]

export interface SumRow {
  readonly sum: Sum
  readonly lower: number
  readonly upper: number
}

export const NONE = Number.NEGATIVE_INFINITY
export const ANY = Number.POSITIVE_INFINITY

/** The least cost. Throws where nothing keeps to the rows. */
export function solveRows(highs: Highs, variables: readonly Variable[], rows: readonly SumRow[]): LpSolution {
  const entries = variables.map(() => ({ rows: [] as number[], values: [] as number[] }))
  for (const [row, { sum }] of rows.entries())
    for (const [variable, factor] of sum) {
      if (factor === 0) continue
      entries[variable].rows.push(row)
      entries[variable].values.push(factor)
    }
  const columns = variables.map((variable, k) => ({ ...variable, ...entries[k] }))
  const program = new Program(highs, rows, columns)
  try {
    return program.solve()
  } finally {
    program.dispose()
  }
}

/** A sum and a constant beside it. */
export interface Term {
  readonly sum: Sum
  readonly constant: number
}

/** A dual below this may be a rounding error; those of one stage add up to 1 over at most a few thousand terms. */
const BINDING = 1e-6
/** What a term that has been settled may move by, against the tolerance of the solver. */
const SETTLED = 1e-7

/**
 * The point within the rows at which the largest term is least, then the next largest, and so on: unique in the terms.
 * Kopelowitz (1967), Maschler, Peleg and Shapley (1979): each stage settles the terms that bind in every optimum, which a positive
 * dual proves; terms that depend on settled ones are settled with them.
 */
export function levelTerms(
  highs: Highs,
  variables: readonly Variable[],
  rows: readonly SumRow[],
  terms: readonly Term[],
): Float64Array {
  const largest = variables.length
  const free = variables.map((variable) => ({ ...variable, cost: 0 }))
  const settled: SumRow[] = []
  const span = new Span(variables.length)
  for (const { sum, lower, upper } of rows) if (lower === upper) span.add(sum)
  let open = terms.filter(({ sum }) => !span.has(sum))
  let values = new Float64Array(variables.length)
  if (open.length === 0) return solveRows(highs, free, rows).values
  while (open.length > 0) {
    const held = [...rows, ...settled]
    const bounds = open.map(({ sum, constant }) => ({
      sum: [...sum, [largest, -1] as const],
      lower: NONE,
      upper: -constant,
    }))
    const solution = solveRows(highs, [...free, { cost: 1, lower: NONE, upper: ANY }], [...held, ...bounds])
    values = solution.values.slice(0, largest)
    const binds = open.map((_, k) => -solution.prices[held.length + k])
    const most = binds.reduce((a, b) => Math.max(a, b), 0)
    for (const [k, { sum, constant }] of open.entries())
      if (binds[k] >= Math.min(BINDING, most) && binds[k] > 0) {
        settled.push({ sum, lower: NONE, upper: solution.krw - constant + SETTLED })
        span.add(sum)
      }
    const left = open.filter(({ sum }) => !span.has(sum))
    if (left.length === open.length) throw new Error('no term binds')
    open = left
  }
  return values
}

/** Sums that are determined once others are. */
class Span {
  private readonly basis: Float64Array[] = []

  private readonly size: number

  constructor(size: number) {
    this.size = size
  }

  has(sum: Sum): boolean {
    return this.reduce(sum) === null
  }

  add(sum: Sum): void {
    const rest = this.reduce(sum)
    if (rest) this.basis.push(rest)
  }

  /** What of the sum lies outside, of length 1; null: nothing. Gram and Schmidt, twice against cancellation. */
  private reduce(sum: Sum): Float64Array | null {
    const rest = new Float64Array(this.size)
    for (const [variable, factor] of sum) rest[variable] += factor
    const whole = norm(rest)
    if (whole === 0) return null
    for (let turn = 0; turn < 2; turn++)
      for (const direction of this.basis) {
        let along = 0
        for (let k = 0; k < rest.length; k++) along += rest[k] * direction[k]
        for (let k = 0; k < rest.length; k++) rest[k] -= along * direction[k]
      }
    const left = norm(rest)
    if (left <= 1e-9 * whole) return null
    return rest.map((value) => value / left)
  }
}

const norm = (vector: Float64Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
