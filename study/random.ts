/** Seeded draws: the same seed gives the same numbers on every machine. */

export interface Random {
  /** Uniform in [0, 1). */
  readonly uniform: () => number
  readonly poisson: (mean: number) => number
  /** Log-normal with this median, cut off at the bounds. */
  readonly logNormal: (median: number, sigma: number, bounds: readonly [number, number]) => number
  readonly pick: <T>(choices: readonly T[]) => T
  /** A key of `shares` with probability in proportion to its share. */
  readonly pickByShare: (shares: Readonly<Record<string, number>>) => string
}

/**
 * mulberry32 (Tommy Ettinger, public domain): 32 bits of state, passes gjrand's tests; ample for studies, not for secrets.
 * Several numbers name one stream, so that firm A03 on day 7 draws the same whatever happens before it.
 */
export function randomOf(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9
  for (const seed of seeds) state = Math.imul((state ^ seed) + 0x7f4a7c15, 0x85ebca6b) ^ (state >>> 13)

  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  // Knuth's product method: the means here are below 1
  const poisson = (mean: number): number => {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = uniform(); product > limit; product *= uniform()) count++
    return count
  }

  // Box–Muller; 1 − u keeps the logarithm finite
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())

  return {
    uniform,
    poisson,
    logNormal: (median, sigma, [least, most]) => Math.min(most, Math.max(least, median * Math.exp(sigma * normal()))),
    pick: (choices) => choices[Math.floor(uniform() * choices.length)],
    pickByShare: (shares) => {
      const entries = Object.entries(shares)
      let left = uniform() * entries.reduce((sum, [, share]) => sum + share, 0)
      for (const [key, share] of entries) if ((left -= share) < 0) return key
      return entries[entries.length - 1][0]
    },
  }
}
