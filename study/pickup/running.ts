/** What the first so many days of a study said, and how sure that was: whether more days would have said anything else. */
import { ratioOf } from './estimates.ts'
import type { Run } from './runs.ts'

export interface RunningPoint {
  readonly days: number
  /** saving, as a share of B1 */
  readonly value: number
  readonly low: number
  readonly high: number
}
export interface Running {
  /** not every day of a long study */
  readonly points: readonly RunningPoint[]
  /** after so many days the interval is ±1 point, and stays so; null: it is not yet */
  readonly enoughDays: number | null
}

const MOST_POINTS = 40
/** On either side, as a share of B1. */
export const ENOUGH = 0.01

/** `runs`: of one setting, in the order of seeds and days. */
export function runningOf(runs: readonly Run[]): Running {
  const at = (days: number): RunningPoint[] => {
    const own = runs.slice(0, days)
    const { value, interval } = ratioOf(
      own.map(({ baselineKrw, planKrw }) => baselineKrw.B1 - planKrw),
      own.map(({ baselineKrw }) => baselineKrw.B1),
    ).estimate
    return interval ? [{ days, value, low: interval[0], high: interval[1] }] : []
  }
  const last = runs.length
  const count = Math.min(MOST_POINTS, Math.max(0, last - 1))
  // from the second day to the last
  const counts = Array.from(
    { length: count },
    (_, k) => last - Math.round(((count - 1 - k) * (last - 2)) / Math.max(1, count - 1)),
  )
  const points = [...new Set(counts)].flatMap(at)
  const wide = points.findLastIndex(({ low, high }) => (high - low) / 2 > ENOUGH)
  return { points, enoughDays: points[wide + 1]?.days ?? null }
}
