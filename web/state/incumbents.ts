/** The line of a search: the cost of its best plan over time, which only falls, and what no plan can cost less than, which only rises. */
import type { Job } from '../../server/api.ts'

export interface Incumbent {
  readonly elapsedS: number
  readonly costKrw: number
  /** absent while nothing is proved */
  readonly lowerKrw?: number
}

/** Adds what an event says; an event without a cost or out of order changes nothing. */
export function addIncumbent(history: readonly Incumbent[], job: Job): readonly Incumbent[] {
  if (job.costKrw === undefined) return history
  const last = history.at(-1)
  const costKrw = Math.min(job.costKrw, last?.costKrw ?? job.costKrw)
  const lowerKrw = Math.max(job.lowerKrw ?? 0, last?.lowerKrw ?? 0)
  if (last && (job.elapsedS < last.elapsedS || (costKrw === last.costKrw && lowerKrw <= (last.lowerKrw ?? 0))))
    return history
  return [...history, { elapsedS: job.elapsedS, costKrw, ...(lowerKrw > 0 && { lowerKrw }) }]
}

export const hasFailed = (job: Job): boolean => job.state === 'failed' || job.state === 'dead'
export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'

export interface Sparkline {
  /** Stepped line, and the same closed along the bottom. */
  readonly line: string
  readonly area: string
  /** stepped from below, absent while nothing is proved */
  readonly lower: string | undefined
  readonly tip: { readonly x: number; readonly y: number }
}

const PAD = 3
/** The least height of the chart, as a share of the best cost. */
const FLAT_SHARE = 0.03

/** Steps from left to right over the time limit; the worst cost at the top, the best or the first bound at the bottom. */
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
  const proved = history.filter(({ lowerKrw }) => lowerKrw !== undefined)
  // a bound far below would press the line flat: it enters from the bottom edge
  const floorKrw = Math.max(
    Math.min(last.costKrw, ...proved.map(({ lowerKrw }) => lowerKrw!)),
    last.costKrw - Math.max(first.costKrw - last.costKrw, last.costKrw * FLAT_SHARE),
  )
  const range = first.costKrw - floorKrw
  const x = (s: number) => PAD + (Math.min(s, limitS) / limitS) * (width - 2 * PAD)
  const y = (krw: number) => PAD + (range > 0 ? (first.costKrw - krw) / range : 0.5) * (height - 2 * PAD)
  let line = `M${x(first.elapsedS).toFixed(1)} ${y(first.costKrw).toFixed(1)}`
  for (const { elapsedS, costKrw } of history.slice(1)) line += `H${x(elapsedS).toFixed(1)}V${y(costKrw).toFixed(1)}`
  const end = x(Math.max(nowS, last.elapsedS))
  let lower = ''
  for (const { elapsedS, lowerKrw } of proved) {
    const at = y(Math.max(floorKrw, lowerKrw!)).toFixed(1)
    lower += lower ? `H${x(elapsedS).toFixed(1)}V${at}` : `M${x(elapsedS).toFixed(1)} ${at}`
  }
  line += `H${end.toFixed(1)}`
  return {
    line,
    area: `${line}V${height}H${x(first.elapsedS).toFixed(1)}Z`,
    lower: lower ? `${lower}H${end.toFixed(1)}` : undefined,
    tip: { x: end, y: y(last.costKrw) },
  }
}
