/**
 * Which complex first: indicators of four criteria, brought to a scale of 0 to 1 inside the set that is compared, weighted by whoever
 * asks. What is not known is not nought: it may be anything, so a complex with gaps has a wide range and no point.
 * Ranks by chance of weights and ranges: Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3). Differs from the paper: the
 * weights are drawn around those given, and the values evenly inside their ranges.
 */
import { type Random, randomOf } from './random.ts'

export const CRITERIA = ['stability', 'economy', 'infrastructure', 'geography'] as const
export type Criterion = (typeof CRITERIA)[number]

/** A value with its range; a point where nothing else is known. */
export interface Ranged {
  readonly low: number
  readonly value: number
  readonly high: number
}
export interface Indicator {
  readonly id: string
  readonly criterion: Criterion
  /** more: the more the better */
  readonly better: 'more' | 'less'
}
export interface Candidate {
  readonly id: string
  /** by indicator; absent: not known */
  readonly known: Readonly<Record<string, Ranged>>
}
export type Weights = Readonly<Record<Criterion, number>>

export interface Ranked {
  readonly id: string
  /** 0 to 1; null: less than half of its indicators are known */
  readonly criteria: Readonly<Record<Criterion, Ranged | null>>
  /** what is not known taken for anything between 0 and 1; `value`: null where a criterion is */
  readonly total: { readonly low: number; readonly high: number; readonly value: number | null }
  /** the best and the worst place that the ranges allow */
  readonly places: readonly [best: number, worst: number]
  /** how often of the draws it was at each place, from the first */
  readonly chances: readonly number[]
}

/** Of the indicators of a criterion; with fewer known nothing is said of it. */
const LEAST_KNOWN = 0.5

export function rank(
  candidates: readonly Candidate[],
  indicators: readonly Indicator[],
  weights: Weights,
  { draws = 2000, seed = 1 }: { readonly draws?: number; readonly seed?: number } = {},
): Ranked[] {
  const scaled = scaleAll(candidates, indicators)
  const whole = CRITERIA.reduce((sum, criterion) => sum + weights[criterion], 0)
  const share = (criterion: Criterion): number => weights[criterion] / whole
  const scores = candidates.map((_, k) => {
    const criteria = Object.fromEntries(
      CRITERIA.map((criterion) => [criterion, scoreOf(scaled[k], indicators, criterion)]),
    ) as Record<Criterion, Score>
    const sum = (of: (score: Score) => number): number =>
      CRITERIA.reduce((total, criterion) => total + share(criterion) * of(criteria[criterion]), 0)
    const isKnown = CRITERIA.every((criterion) => share(criterion) === 0 || criteria[criterion].isKnown)
    return {
      criteria,
      low: sum(({ low }) => low),
      high: sum(({ high }) => high),
      value: isKnown ? sum(({ value }) => value) : null,
    }
  })
  const chances = drawPlaces(scores, share, draws, randomOf(seed))
  return candidates.map(({ id }, k) => {
    const { criteria, low, high, value } = scores[k]
    const others = scores.filter((_, other) => other !== k)
    return {
      id,
      criteria: Object.fromEntries(
        CRITERIA.map((criterion) => {
          const { isKnown, low: from, value: at, high: to } = criteria[criterion]
          return [criterion, isKnown ? { low: from, value: at, high: to } : null]
        }),
      ) as Ranked['criteria'],
      total: { low, high, value },
      places: [
        1 + others.filter((other) => other.low > high).length,
        1 + others.filter((other) => other.high > low).length,
      ],
      chances: chances[k],
    }
  })
}

interface Score extends Ranged {
  readonly isKnown: boolean
}

/** [candidate] by indicator, 0 the worst and 1 the best that any range of the set reaches; where all are equal, all are 0.5. */
function scaleAll(candidates: readonly Candidate[], indicators: readonly Indicator[]): Record<string, Ranged>[] {
  const scaled: Record<string, Ranged>[] = candidates.map(() => ({}))
  for (const { id, better } of indicators) {
    const ranges = candidates.map(({ known }) => known[id])
    const there = ranges.filter((range) => range !== undefined)
    const least = Math.min(...there.map(({ low }) => low))
    const span = Math.max(...there.map(({ high }) => high)) - least
    const at = (value: number): number =>
      span > 0 ? (better === 'more' ? value - least : least + span - value) / span : 0.5
    for (const [k, range] of ranges.entries()) {
      if (!range) continue
      const [low, high] = better === 'more' ? [range.low, range.high] : [range.high, range.low]
      scaled[k][id] = { low: at(low), value: at(range.value), high: at(high) }
    }
  }
  return scaled
}

/** Mean of the indicators of a criterion, each one that is not known between 0 and 1. */
function scoreOf(
  scaled: Readonly<Record<string, Ranged>>,
  indicators: readonly Indicator[],
  criterion: Criterion,
): Score {
  const own = indicators.filter((indicator) => indicator.criterion === criterion)
  const known = own.flatMap(({ id }) => scaled[id] ?? [])
  const gaps = own.length - known.length
  const mean = (of: (range: Ranged) => number, gap: number): number =>
    own.length === 0 ? gap : (known.reduce((sum, range) => sum + of(range), 0) + gaps * gap) / own.length
  const value = known.length > 0 ? known.reduce((sum, range) => sum + range.value, 0) / known.length : 0.5
  return {
    low: mean(({ low }) => low, 0),
    value,
    high: mean(({ high }) => high, 1),
    isKnown: own.length > 0 && known.length >= LEAST_KNOWN * own.length && known.length > 0,
  }
}

/** Weights around those given: each times an exponential draw of mean 1, which is Dirichlet in the given proportions. */
function drawPlaces(
  scores: readonly { readonly criteria: Readonly<Record<Criterion, Score>> }[],
  share: (criterion: Criterion) => number,
  draws: number,
  random: Random,
): number[][] {
  const times = scores.map(() => scores.map(() => 0))
  for (let draw = 0; draw < draws; draw++) {
    const drawn = CRITERIA.map((criterion) => share(criterion) * -Math.log(1 - random.uniform()))
    const totals = scores.map(({ criteria }) =>
      CRITERIA.reduce((sum, criterion, k) => {
        const { low, high } = criteria[criterion]
        return sum + drawn[k] * (low + random.uniform() * (high - low))
      }, 0),
    )
    const order = totals.map((_, k) => k).toSorted((a, b) => totals[b] - totals[a])
    order.forEach((candidate, place) => {
      times[candidate][place]++
    })
  }
  return times.map((places) => places.map((count) => count / Math.max(1, draws)))
}

/** The places when one criterion counts twice as much, or half as much. */
export function weightSensitivity(
  candidates: readonly Candidate[],
  indicators: readonly Indicator[],
  weights: Weights,
): { readonly criterion: Criterion; readonly factor: number; readonly order: readonly string[] }[] {
  return CRITERIA.flatMap((criterion) =>
    [0.5, 2].map((factor) => {
      const turned = { ...weights, [criterion]: weights[criterion] * factor }
      const ranked = rank(candidates, indicators, turned, { draws: 0 })
      const middle = ({ total }: Ranked): number => total.value ?? (total.low + total.high) / 2
      return { criterion, factor, order: ranked.toSorted((a, b) => middle(b) - middle(a)).map(({ id }) => id) }
    }),
  )
}
