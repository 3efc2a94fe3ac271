/** Means of which some parts are not known, and ratios of daily sums, each with the range that it may lie in. */
import { student95 } from '../draws.ts'
import type { Ranged } from '../ranking.ts'

/** With less known there is no figure: as in the ranking. */
const LEAST_KNOWN = 0.5

/**
 * Of parts with their weights. A part that is not known lies between `least` and the greatest that is. Where a weight is not known each
 * part counts alike, and any of them may be all of it. Null: less than half is known.
 */
export function meanOf(
  parts: readonly { readonly value: number | null; readonly weight: number | null }[],
  least = 0,
): Ranged | null {
  const known = parts.flatMap(({ value, weight }) => (value === null ? [] : [{ value, weight }]))
  const values = known.map(({ value }) => value)
  const whole = parts.reduce((sum, { weight }) => sum + (weight ?? 0), 0)
  if (parts.some(({ weight }) => weight === null) || whole <= 0) {
    if (known.length === 0 || known.length < LEAST_KNOWN * parts.length) return null
    const value = values.reduce((sum, one) => sum + one, 0) / values.length
    return {
      low: Math.min(...values, ...(known.length < parts.length ? [least] : [])),
      value,
      high: Math.max(...values),
    }
  }
  const share = known.reduce((sum, { weight }) => sum + weight!, 0) / whole
  if (share < LEAST_KNOWN) return null
  const value = known.reduce((sum, one) => sum + one.value * one.weight!, 0) / (share * whole)
  return {
    low: Math.min(value, value * share + least * (1 - share)),
    value,
    high: Math.max(value, value * share + Math.max(...values) * (1 - share)),
  }
}

/**
 * Sum of tops ÷ sum of bottoms with its 95 % interval over the days, as a ratio of means: Cochran (1977), Sampling Techniques, ch. 6.
 * Null: one day says nothing of the others.
 */
export function ratioOf(days: readonly { readonly top: number; readonly bottom: number }[]): Ranged | null {
  const n = days.length
  const bottom = days.reduce((sum, day) => sum + day.bottom, 0) / n
  if (n < 2 || bottom <= 0) return null
  const value = days.reduce((sum, { top }) => sum + top, 0) / n / bottom
  const squares = days.reduce((sum, day) => sum + ((day.top - value * day.bottom) / bottom) ** 2, 0)
  const half = student95(n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { low: value - half, value, high: value + half }
}

/** Least and greatest of a quotient of two ranges; both above 0 below the line. */
export const quotient = (top: Ranged, bottom: Ranged): Ranged => {
  const corners = [top.low, top.high].flatMap((a) => [bottom.low, bottom.high].map((b) => a / b))
  return { low: Math.min(...corners), value: top.value / bottom.value, high: Math.max(...corners) }
}

export const within = ({ low, value, high }: Ranged, least: number, most = Number.POSITIVE_INFINITY): Ranged => {
  const held = (one: number): number => Math.min(most, Math.max(least, one))
  return { low: held(low), value: held(value), high: held(high) }
}
