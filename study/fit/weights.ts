/**
 * Weights as a log-normal that is cut off at both ends, as `drawDay` draws them: what lies beyond a bound is drawn at the bound. Weights at
 * the lightest and the heaviest seen are therefore taken as "so much or beyond". Maximum likelihood by expectation and maximisation:
 * Dempster, Laird & Rubin (1977), JRSS B 39, sec. 4.2; errors from the curvature of the likelihood.
 */
import { kolmogorovAbove, normalBelow, normalDensity } from './distributions.ts'

export interface WeightFit {
  readonly count: number
  readonly medianKg: number
  /** 95 %; null: too few weights to say */
  readonly medianInterval: readonly [number, number] | null
  readonly sigma: number
  readonly sigmaInterval: readonly [number, number] | null
  readonly boundsKg: readonly [number, number]
}

const Z = 1.959964
/** Below so many a spread is taken from the other flows. */
export const FEW_WEIGHTS = 8
const STEPS = 2000

export function fitWeights(weightsKg: readonly number[], sigmaOfOthers: number): WeightFit {
  const count = weightsKg.length
  const boundsKg = [Math.min(...weightsKg), Math.max(...weightsKg)] as const
  const [low, high] = boundsKg
  // a lone extreme is a weight like any other
  const atLow = tiesOf(weightsKg, low)
  const atHigh = low === high ? 0 : tiesOf(weightsKg, high)
  const inside = weightsKg.filter((kg) => !(atLow > 0 && kg === low) && !(atHigh > 0 && kg === high)).map(Math.log)
  const logs = weightsKg.map(Math.log)
  const middle = logs.reduce((sum, value) => sum + value, 0) / count
  const spread = Math.sqrt(logs.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, count - 1))
  if (count < FEW_WEIGHTS || inside.length < FEW_WEIGHTS / 2 || spread === 0) {
    const half = (Z * sigmaOfOthers) / Math.sqrt(count)
    const medianKg = Math.exp(middle)
    return {
      count,
      medianKg,
      medianInterval: [medianKg * Math.exp(-half), medianKg * Math.exp(half)],
      sigma: spread === 0 && count >= FEW_WEIGHTS ? 0 : sigmaOfOthers,
      sigmaInterval: null,
      boundsKg,
    }
  }
  let [mu, sigma] = [middle, spread]
  const [a, b] = [Math.log(low), Math.log(high)]
  for (let step = 0; step < STEPS; step++) {
    const below = tailOf((a - mu) / sigma, 'below')
    const above = tailOf((b - mu) / sigma, 'above')
    const sums = inside.reduce(([one, two], value) => [one + value, two + (value - mu) ** 2], [0, 0])
    const first = sums[0] + atLow * (mu + sigma * below.mean) + atHigh * (mu + sigma * above.mean)
    const nextMu = first / count
    // second moments about the old mean, moved to the new one
    const second = sums[1] + sigma ** 2 * (atLow * below.square + atHigh * above.square)
    const nextSigma = Math.sqrt(Math.max(1e-12, second / count - (nextMu - mu) ** 2))
    const still = Math.abs(nextMu - mu) + Math.abs(nextSigma - sigma) < 1e-9
    ;[mu, sigma] = [nextMu, nextSigma]
    if (still) break
  }
  const likelihood = (m: number, s: number): number =>
    inside.reduce((sum, value) => sum - Math.log(s) - (value - m) ** 2 / (2 * s ** 2), 0) +
    (atLow > 0 ? atLow * Math.log(Math.max(1e-300, normalBelow((a - m) / s))) : 0) +
    (atHigh > 0 ? atHigh * Math.log(Math.max(1e-300, normalBelow((m - b) / s))) : 0)
  const errors = errorsOf(likelihood, mu, sigma)
  const medianKg = Math.exp(mu)
  return {
    count,
    medianKg,
    medianInterval: errors && [medianKg * Math.exp(-Z * errors[0]), medianKg * Math.exp(Z * errors[0])],
    sigma,
    sigmaInterval: errors && [Math.max(0, sigma - Z * errors[1]), sigma + Z * errors[1]],
    boundsKg,
  }
}

function tiesOf(weights: readonly number[], at: number): number {
  const ties = weights.filter((kg) => kg === at).length
  return ties > 1 ? ties : 0
}

/** Mean and mean square of a standard normal beyond a point. */
function tailOf(at: number, side: 'below' | 'above'): { readonly mean: number; readonly square: number } {
  const share = side === 'below' ? normalBelow(at) : normalBelow(-at)
  if (share < 1e-12) return { mean: at, square: at ** 2 }
  const hazard = normalDensity(at) / share
  return side === 'below'
    ? { mean: -hazard, square: Math.max(0, 1 - at * hazard) }
    : { mean: hazard, square: Math.max(0, 1 + at * hazard) }
}

/** Of both figures, from second differences; undefined: no peak there. */
function errorsOf(
  likelihood: (mu: number, sigma: number) => number,
  mu: number,
  sigma: number,
): readonly [number, number] | null {
  const h = 1e-3 * sigma
  const at = likelihood(mu, sigma)
  const mm = (likelihood(mu + h, sigma) - 2 * at + likelihood(mu - h, sigma)) / h ** 2
  const ss = (likelihood(mu, sigma + h) - 2 * at + likelihood(mu, sigma - h)) / h ** 2
  const ms =
    (likelihood(mu + h, sigma + h) -
      likelihood(mu + h, sigma - h) -
      likelihood(mu - h, sigma + h) +
      likelihood(mu - h, sigma - h)) /
    (4 * h ** 2)
  const det = mm * ss - ms ** 2
  return mm < 0 && ss < 0 && det > 0 ? [Math.sqrt(-ss / det), Math.sqrt(-mm / det)] : null
}

/** How far weights that the fit has not seen stray from it, and how likely that is; of those inside the bounds, as a cut-off distribution is. */
export function testWeights(
  weightsKg: readonly number[],
  { medianKg, sigma, boundsKg: [low, high] }: Pick<WeightFit, 'medianKg' | 'sigma' | 'boundsKg'>,
): { readonly count: number; readonly distance: number; readonly p: number } | null {
  const inside = weightsKg.filter((kg) => kg > low && kg < high).toSorted((a, b) => a - b)
  if (inside.length < FEW_WEIGHTS || sigma === 0) return null
  const below = (kg: number): number => normalBelow(Math.log(kg / medianKg) / sigma)
  const [from, to] = [below(low), below(high)]
  const share = (kg: number): number => (below(kg) - from) / (to - from)
  // people write round weights: of equal ones only the step as a whole says something, half a step at each side
  let distance = 0
  for (let k = 0; k < inside.length; ) {
    let end = k
    while (inside[end] === inside[k]) end++
    const middle = share(inside[k])
    distance = Math.max(distance, Math.abs((k + end) / 2 / inside.length - middle))
    k = end
  }
  distance += 1 / (2 * inside.length)
  return { count: inside.length, distance, p: kolmogorovAbove(distance, inside.length) }
}
