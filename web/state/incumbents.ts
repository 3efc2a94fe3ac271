/** The line of a search: the cost of its best plan over time, which only falls. */
import type { Job } from '../../server/api.ts'

export interface Incumbent {
  readonly elapsedS: number
  readonly costKrw: number
}

/** Adds what an event says; an event without a cost or out of order changes nothing. */
export function addIncumbent(history: readonly Incumbent[], job: Job): readonly Incumbent[] {
  if (job.costKrw === undefined) return history
  const last = history.at(-1)
  if (last && (job.elapsedS < last.elapsedS || job.costKrw >= last.costKrw)) return history
  return [...history, { elapsedS: job.elapsedS, costKrw: job.costKrw }]
}

export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'

export interface Sparkline {
  /** Stepped line, and the same closed along the bottom. */
  readonly line: string
  readonly area: string
  readonly tip: { readonly x: number; readonly y: number }
}

const PAD = 3

/** Steps from left to right over the time limit; the worst cost at the top, the best at the bottom. */
export function sparkline(
  history: readonly Incumbent[],
  nowS: number,
  limitS: number,
  width: number,
  height: number,
): Sparkline | undefined {
  const first = history[0]
  const last = history.at(-1)
  if (!first || !last) return undefined
  const range = first.costKrw - last.costKrw
  const x = (s: number) => PAD + (Math.min(s, limitS) / limitS) * (width - 2 * PAD)
  const y = (krw: number) => PAD + (range > 0 ? (first.costKrw - krw) / range : 0.5) * (height - 2 * PAD)
  let line = `M${x(first.elapsedS).toFixed(1)} ${y(first.costKrw).toFixed(1)}`
  for (const { elapsedS, costKrw } of history.slice(1)) line += `H${x(elapsedS).toFixed(1)}V${y(costKrw).toFixed(1)}`
  const end = x(Math.max(nowS, last.elapsedS))
  line += `H${end.toFixed(1)}`
  return {
    line,
    area: `${line}V${height}H${x(first.elapsedS).toFixed(1)}Z`,
    tip: { x: end, y: y(last.costKrw) },
  }
}
