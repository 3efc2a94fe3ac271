/**
 * Busy weekdays and months. Orders of a day are Poisson with mean base × weekday × month; its maximum likelihood by iterative scaling:
 * Deming & Stephan (1940), here for a table of two margins. A margin that explains no more than chance would is left out of the model.
 */
import { chiSquareAbove } from './distributions.ts'

export interface Factor {
  /** weekdays Monday to Friday, or months January to December; mean 1 over the days, 1 where there was no day */
  readonly times: readonly number[]
  /** 95 %; null: no day */
  readonly intervals: readonly (readonly [number, number] | null)[]
  /** how likely so much of it would be chance */
  readonly p: number
  /** whether the model has it */
  readonly used: boolean
}
export interface CalendarFit {
  readonly weekday: Factor
  readonly month: Factor
  /** variance of a day's orders / their mean: 1 of a Poisson count */
  readonly dispersion: number
}
export interface DayCount {
  /** ISO date */
  readonly date: string
  readonly count: number
}

const Z = 1.959964
const SURE = 0.05
const ROUNDS = 200

export const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
export const monthOf = (date: string): number => Number(date.slice(5, 7)) - 1

export function fitCalendar(days: readonly DayCount[]): CalendarFit {
  const weekday = days.map(({ date }) => weekdayOf(date))
  const month = days.map(({ date }) => monthOf(date))
  const counts = days.map(({ count }) => count)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const both = scale(counts, [weekday, month], [5, 12])
  const parameters = 1 + levelsOf(weekday) - 1 + levelsOf(month) - 1
  const pearson = counts.reduce(
    (sum, count, k) => sum + (both.means[k] > 0 ? (count - both.means[k]) ** 2 / both.means[k] : 0),
    0,
  )
  const dispersion = days.length > parameters ? pearson / (days.length - parameters) : 1
  // what is more scattered than a Poisson count looks like a pattern more often
  const noise = Math.max(1, dispersion)
  const test = (without: readonly number[], degrees: number): number => {
    if (degrees < 1 || total === 0) return 1
    const deviance = counts.reduce(
      (sum, count, k) => sum + (count > 0 ? 2 * count * Math.log(both.means[k] / without[k]) : 0),
      0,
    )
    return chiSquareAbove(deviance / noise, degrees)
  }
  const ps = [
    test(scale(counts, [month], [12]).means, levelsOf(weekday) - 1),
    test(scale(counts, [weekday], [5]).means, levelsOf(month) - 1),
  ]
  const factor = (levels: readonly number[], times: readonly number[], p: number): Factor => ({
    times,
    intervals: times.map((time, level) => {
      const own = counts.reduce((sum, count, k) => sum + (levels[k] === level ? count : 0), 0)
      if (own === 0) return null
      const half = Z * Math.sqrt(noise * Math.max(0, 1 / own - 1 / total))
      return [time * Math.exp(-half), time * Math.exp(half)]
    }),
    p,
    used: p < SURE,
  })
  return {
    weekday: factor(weekday, both.times[0], ps[0]),
    month: factor(month, both.times[1], ps[1]),
    dispersion,
  }
}

/** Of the factors that the model has. */
export const timesOn = ({ weekday, month }: CalendarFit, date: string): number =>
  (weekday.used ? weekday.times[weekdayOf(date)] : 1) * (month.used ? month.times[monthOf(date)] : 1)

const levelsOf = (levels: readonly number[]): number => new Set(levels).size

function scale(
  counts: readonly number[],
  margins: readonly (readonly number[])[],
  sizes: readonly number[],
): { readonly means: readonly number[]; readonly times: readonly (readonly number[])[] } {
  const times = sizes.map((size) => Array<number>(size).fill(1))
  const total = counts.reduce((sum, count) => sum + count, 0)
  let base = total / counts.length
  const meanAt = (k: number): number => margins.reduce((mean, levels, m) => mean * times[m][levels[k]], base)
  for (let round = 0; round < ROUNDS && total > 0; round++) {
    let moved = 0
    for (const [m, levels] of margins.entries()) {
      const [seen, meant] = [Array<number>(sizes[m]).fill(0), Array<number>(sizes[m]).fill(0)]
      for (const [k, count] of counts.entries()) {
        seen[levels[k]] += count
        meant[levels[k]] += meanAt(k)
      }
      for (const level of new Set(levels)) {
        const by = meant[level] > 0 ? seen[level] / meant[level] : 1
        times[m][level] *= by
        moved = Math.max(moved, Math.abs(by - 1))
      }
    }
    if (moved < 1e-10) break
  }
  for (const [m, levels] of margins.entries()) {
    const mean = levels.reduce((sum, level) => sum + times[m][level], 0) / levels.length
    if (!(mean > 0)) continue
    for (const level of new Set(levels)) times[m][level] /= mean
    base *= mean
  }
  return { means: counts.map((_, k) => meanAt(k)), times }
}
