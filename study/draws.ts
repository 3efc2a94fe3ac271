/** What repeated draws say: means and shares with how sure they are. Each draw is one difference between two ways on the same random numbers. */

export interface Summary {
  readonly draws: number
  readonly mean: number
  /** standard deviation of one draw, n − 1 */
  readonly sd: number
  /** of the mean, 95 %, Student; null: one draw says nothing of it */
  readonly interval: readonly [number, number] | null
  /** of the draws themselves */
  readonly quantiles: {
    readonly p05: number
    readonly p25: number
    readonly p50: number
    readonly p75: number
    readonly p95: number
  }
}

export function summarise(values: readonly number[]): Summary {
  const draws = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / draws
  const sd = draws > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1)) : 0
  const half = draws > 1 ? (student95(draws - 1) * sd) / Math.sqrt(draws) : 0
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => quantile(sorted, share)
  return {
    draws,
    mean,
    sd,
    interval: draws > 1 ? [mean - half, mean + half] : null,
    quantiles: { p05: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
  }
}

/** Linear between the two nearest: Hyndman & Fan (1996), Sample quantiles in statistical packages, type 7. `sorted`: ascending. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1)
  const low = Math.floor(at)
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low])
}

/** How often, of how many draws, with the 95 % interval of Wilson (1927): it stays inside 0 and 1 and says something even of 0 in 50. */
export function shareOf(
  times: number,
  draws: number,
): { readonly share: number; readonly interval: readonly [number, number] } {
  const z = 1.959964
  const share = times / draws
  const middle = (share + z ** 2 / (2 * draws)) / (1 + z ** 2 / draws)
  const half = (z / (1 + z ** 2 / draws)) * Math.sqrt((share * (1 - share)) / draws + z ** 2 / (4 * draws ** 2))
  return { share, interval: [Math.max(0, middle - half), Math.min(1, middle + half)] }
}

/** Draws after which the 95 % interval of the mean is this wide on either side, from the spread seen so far. */
export const drawsFor = (sd: number, half: number): number => Math.max(2, Math.ceil(((1.959964 * sd) / half) ** 2))

/** 97.5 % point of Student’s t, exact for 1 and 2 degrees, within 0.3 % from 3 on. */
export function student95(degrees: number): number {
  if (degrees === 1) return 12.706205
  if (degrees === 2) return 4.302653
  const z = 1.959964
  const n = degrees
  // Cornish–Fisher in 1/n, Abramowitz & Stegun 26.7.5
  const g1 = (z ** 3 + z) / 4
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160
  return z + g1 / n + g2 / n ** 2 + g3 / n ** 3 + g4 / n ** 4
}
