/** The comparison as rows and bars. Every column adds up to the won, because only the given integers are used. */
import type { Comparison, CostKind, CostLine } from '../../solver/index.ts'
import { TARGET_SHARE } from './kpi.ts'

export interface LedgerRow {
  readonly kind: CostKind
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly plan: number
  readonly difference: number
}

export interface Ledger {
  readonly rows: readonly LedgerRow[]
  readonly sum: Omit<LedgerRow, 'kind'>
}

/** The order of the rows. A record, so that a kind the solver adds is missed by the compiler and not by the reader. */
const ROWS: Readonly<Record<CostKind, true>> = {
  fixed: true,
  distance: true,
  time: true,
  overtime: true,
  stopFee: true,
  handling: true,
  hold: true,
  minimumTopUp: true,
  toll: true,
  terminal: true,
  earliness: true,
  lateness: true,
}
export const COST_ORDER = Object.keys(ROWS) as readonly CostKind[]

// not the solver's own: a value imported from there brings the whole solver into the page
const sumLines = (lines: readonly CostLine[]): number => lines.reduce((sum, line) => sum + line.krw, 0)
const amount = (lines: readonly CostLine[], kind: CostKind): number =>
  sumLines(lines.filter((line) => line.kind === kind))

export function makeLedger(comparison: Comparison): Ledger {
  const linesOf = (id: string) => comparison.baselines.find((baseline) => baseline.id === id)?.costLines ?? []
  const row = (value: (lines: readonly CostLine[]) => number) => {
    const b1 = value(linesOf('B1'))
    const plan = value(comparison.planCostLines)
    return { b0: value(linesOf('B0')), b1, b2: value(linesOf('B2')), plan, difference: plan - b1 }
  }
  const rows = COST_ORDER.map((kind) => ({ kind, ...row((lines) => amount(lines, kind)) }))
  return {
    rows: rows.filter(({ b0, b1, b2, plan }) => b0 !== 0 || b1 !== 0 || b2 !== 0 || plan !== 0),
    sum: row(sumLines),
  }
}

export interface Bar {
  readonly id: 'b1' | 'mode' | 'truckSize' | 'routing' | 'plan'
  /** Money at the two ends of the bar. */
  readonly from: number
  readonly to: number
  /** What is printed: a level for B1 and the plan, a difference for a step. */
  readonly krw: number
  readonly level: boolean
}

export interface Waterfall {
  readonly bars: readonly Bar[]
  readonly targetKrw: number
  /** Top of the axis and its ticks, from zero. */
  readonly top: number
  readonly ticks: readonly number[]
}

/** B1, then one bar a step, then the plan; B1 + the steps = plan. */
export function makeWaterfall(comparison: Comparison): Waterfall | undefined {
  const b1Krw = comparison.baselines.find(({ id }) => id === 'B1')?.costKrw
  if (b1Krw === undefined) return undefined
  let level = b1Krw
  const steps = comparison.waterfall.map(({ step, krw }): Bar => {
    const from = level
    level += krw
    return { id: step, from, to: level, krw, level: false }
  })
  const bars: Bar[] = [
    { id: 'b1', from: 0, to: b1Krw, krw: b1Krw, level: true },
    ...steps,
    { id: 'plan', from: 0, to: comparison.planKrw, krw: comparison.planKrw, level: true },
  ]
  const ticks = niceTicks(Math.max(...bars.flatMap(({ from, to }) => [from, to])))
  return { bars, targetKrw: Math.round(b1Krw * (1 - TARGET_SHARE)), top: ticks.at(-1)!, ticks }
}

/** Five to eight steps of 1, 2 or 5 × 10ⁿ from zero to just above `max`. */
export function niceTicks(max: number): number[] {
  const rough = Math.max(1, max) / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!
  const count = Math.floor(max / step) + 1
  return Array.from({ length: count + 1 }, (_, k) => k * step)
}
