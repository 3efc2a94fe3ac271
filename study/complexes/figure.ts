/** One figure from what an entry says: with its range, how sure it is, and from where. */
import type { Ranged } from '../ranking.ts'
import type { Certainty, Figure, Known, Missing, Source } from './indicators.ts'
import type { Fact } from './schema.ts'

const ORDER: readonly Certainty[] = ['A', 'B', 'C', 'G', 'X']
const worstOf = (certainties: readonly Certainty[]): Certainty =>
  ORDER[Math.max(...certainties.map((certainty) => ORDER.indexOf(certainty)))]

/** What nobody vouches for is assumed. */
const certaintyOf = (note: Source | undefined): Certainty => note?.certainty ?? 'X'

export const missing = (what: Missing, worst?: number): Known => ({
  figure: null,
  missing: what,
  ...(worst !== undefined && { worst }),
})
export const known = (figure: Figure): Known => ({ figure, missing: null })

export const rangeOf = ({ value, low = value, high = value }: Fact): Ranged => ({ low, value, high })

export const givenFigure = (fact: Fact): Figure => ({
  ...rangeOf(fact),
  certainty: certaintyOf(fact.note),
  how: 'given',
  sources: fact.note ? [fact.note] : [],
})
export const given = (fact: Fact | undefined, what: Missing): Known => (fact ? known(givenFigure(fact)) : missing(what))

/** No surer than what goes in, and derived at best. */
export const computedFigure = (range: Ranged, from: readonly (Source | undefined)[]): Figure => ({
  ...range,
  certainty: worstOf(['C', ...from.map(certaintyOf)]),
  how: 'computed',
  sources: [...new Map(from.flatMap((note) => (note ? [[JSON.stringify(note), note] as const] : []))).values()],
})
export const computed = (range: Ranged | null, from: readonly (Source | undefined)[], what: Missing): Known =>
  range ? known(computedFigure(range, from)) : missing(what)
