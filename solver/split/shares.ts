/** Money dealt out: to nobody more than a cap, and in whole won that add up. */

export interface Dealt {
  readonly krw: Float64Array
  /** the caps together lie below what had to be dealt out, so that they had to give way */
  readonly exceeded: boolean
}

const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)

/**
 * `base` raised to `total` in proportion to what is left below the caps, or lowered to it in proportion to `base` itself. Whoever lies
 * above a cap is first brought down to it. `weight` stands in for the room of those without a cap.
 */
export function dealOut(
  total: number,
  base: ArrayLike<number>,
  caps: ArrayLike<number>,
  weight: ArrayLike<number>,
): Dealt {
  const start = Float64Array.from(base, (krw, k) => Math.min(krw, caps[k]))
  const missing = total - sumOf(start)
  if (missing <= 0) {
    const giving = start.map((krw) => Math.max(0, krw))
    const all = sumOf(giving)
    return {
      krw: start.map((krw, k) => krw + missing * (all > 0 ? giving[k] / all : 1 / start.length)),
      exceeded: false,
    }
  }
  const room = start.map((krw, k) => (caps[k] === Number.POSITIVE_INFINITY ? Math.max(1, weight[k]) : caps[k] - krw))
  const open = Array.from(caps).includes(Number.POSITIVE_INFINITY)
  const all = sumOf(room)
  if (all >= missing || open) {
    // those without a cap take what goes beyond all the others' room
    const beyond = Math.max(0, missing - all)
    const uncapped = sumOf(room.filter((_, k) => caps[k] === Number.POSITIVE_INFINITY))
    return {
      krw: start.map((krw, k) => {
        const extra = caps[k] === Number.POSITIVE_INFINITY && beyond > 0 ? (beyond * room[k]) / uncapped : 0
        return krw + room[k] * (all > 0 ? Math.min(1, missing / all) : 0) + extra
      }),
      exceeded: false,
    }
  }
  const capped = sumOf(caps)
  return {
    krw: Float64Array.from(caps, (cap) => cap + (total - capped) * (capped > 0 ? cap / capped : 1 / caps.length)),
    exceeded: true,
  }
}

/** Whole won by largest remainder, ties to the first; adds up to `total`, and above no cap unless the caps leave no other way. */
export function toWholeWon(shares: ArrayLike<number>, total: number, caps?: ArrayLike<number>): number[] {
  // sums of doubles differ in their last digits
  const exact = Array.from(shares, (krw) => Math.round(krw * 1e6) / 1e6)
  const whole = exact.map(Math.floor)
  const byRemainder = exact
    .map((krw, k) => ({ k, rest: krw - whole[k] }))
    .toSorted((a, b) => b.rest - a.rest || a.k - b.k)
    .map(({ k }) => k)
  let left = total - whole.reduce((sum, krw) => sum + krw, 0)
  for (const held of [true, false])
    while (left > 0) {
      const before = left
      for (const k of byRemainder) {
        if (left === 0) break
        if (held && whole[k] + 1 > (caps?.[k] ?? Number.POSITIVE_INFINITY)) continue
        whole[k]++
        left--
      }
      if (left === before) break
    }
  while (left < 0)
    for (const k of byRemainder.toReversed()) {
      if (left === 0) break
      whole[k]--
      left++
    }
  return whole
}
