/** Shares and means over drawn days, with how sure they are: a ratio of means, linearised, Cochran (1977), Sampling Techniques, ch. 6. */
import { student95 } from '../draws.ts'

export interface Estimate {
  readonly value: number
  /** 95 %; null: one day says nothing of it */
  readonly interval: readonly [number, number] | null
}

/** `sd`: of what one day adds to the ratio. */
export function ratioOf(
  tops: readonly number[],
  bottoms: readonly number[],
): { readonly estimate: Estimate; readonly sd: number; readonly each: readonly number[] } {
  const bottom = bottoms.reduce((sum, value) => sum + value, 0)
  const value = bottom === 0 ? 0 : tops.reduce((sum, top) => sum + top, 0) / bottom
  const meanBottom = bottom / bottoms.length
  const each = tops.map((top, k) => (meanBottom === 0 ? 0 : (top - value * bottoms[k]) / meanBottom))
  const { sd, half } = spreadOf(each)
  return { estimate: { value, interval: half === null ? null : [value - half, value + half] }, sd, each }
}

export function spreadOf(values: readonly number[]): { readonly sd: number; readonly half: number | null } {
  const n = values.length
  if (n < 2) return { sd: 0, half: null }
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  return { sd, half: (student95(n - 1) * sd) / Math.sqrt(n) }
}

export function meanOf(values: readonly number[]): Estimate {
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  const { half } = spreadOf(values)
  return { value, interval: half === null ? null : [value - half, value + half] }
}
