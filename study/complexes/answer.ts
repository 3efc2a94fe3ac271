/** What a list of complexes says: the figures of each, who is ahead and how sure that is, and the networks of those whose links are known. */
import { type Link, type Network, networkOf } from '../network.ts'
import {
  type Candidate,
  CRITERIA,
  type Criterion,
  type Ranged,
  type Ranked,
  rank,
  type Weights,
  weightSensitivity,
} from '../ranking.ts'
import { economyOf } from './economy.ts'
import { firmsOf, geographyOf, type Lots, lotsOf, type Place, placeOf } from './geography.ts'
import { type Figure, INDICATORS, type Known, type KnownIndicator, type Source } from './indicators.ts'
import { infrastructureOf } from './infrastructure.ts'
import { completed, isKnownComplex, KNOWN_COMPLEXES } from './known.ts'
import type { ComplexEntry, ComplexesStudy, IndicatorId, Process, Words } from './schema.ts'
import { type OutageEffect, outagesOf, registerNetwork, stabilityOf } from './stability.ts'

export interface ComplexFigures {
  readonly id: string
  readonly name: Words
  readonly region: Words | null
  readonly processes: readonly Process[]
  readonly year: number | null
  readonly place: Place | null
  /** null: not known; a total of its batch is not its own */
  readonly firms: Figure | null
  readonly batch: NonNullable<ComplexEntry['batch']> | null
  /** of the list that comes with the program */
  readonly isKnown: boolean
  readonly note: Source | null
  readonly figures: Readonly<Record<IndicatorId, Known>>
  /** indicators that count and are known, of those that count */
  readonly knownOf: readonly [known: number, all: number]
  /** by firm, where orders are listed: the rule of 71 % */
  readonly lots: readonly Lots[]
}

export interface Comparison {
  /** in the order asked for */
  readonly ids: readonly string[]
  /** normalised among these alone */
  readonly ranked: readonly Ranked[]
  /** indicators whose ranges do not overlap: `better` is ahead whatever is true inside them */
  readonly sure: readonly { readonly indicator: IndicatorId; readonly better: string; readonly than: string }[]
}

export interface ComplexesAnswer {
  readonly complexes: readonly ComplexFigures[]
  /** those that count */
  readonly indicators: readonly KnownIndicator[]
  /** adding up to 1; a criterion of which no indicator counts has none */
  readonly weights: Weights
  /** one for each complex, in the order of the document */
  readonly ranked: readonly Ranked[]
  /** those whose total is known, the best first; then the others by the middle of their ranges */
  readonly order: readonly string[]
  /** whose range reaches that of the first, itself included: they cannot be told apart from it */
  readonly leaders: readonly string[]
  readonly sensitivity: readonly {
    readonly criterion: Criterion
    readonly factor: number
    readonly order: readonly string[]
  }[]
  readonly compare: Comparison | null
  readonly networks: readonly {
    readonly complex: string
    readonly of: 'register' | 'orders'
    readonly network: Network
    /** of a register; orders say nothing of stocks */
    readonly outages: readonly OutageEffect[]
  }[]
}

export function answerComplexes(study: ComplexesStudy): ComplexesAnswer {
  const { draws = 2000, seed = 1 } = study
  const counted = new Set<string>(study.indicators ?? INDICATORS.map(({ id }) => id))
  const indicators = INDICATORS.filter(({ id }) => counted.has(id))
  const weights = weightsOf(study, indicators)
  const entries = study.complexes.map(completed)
  const places = new Map([...KNOWN_COMPLEXES, ...entries].map((entry) => [entry.id, placeOf(entry)]))
  const complexes = entries.map((entry) => figuresOf(entry, places, indicators))
  const candidates = candidatesOf(complexes)
  const ranked = rank(candidates, indicators, weights, { draws, seed })
  const inOrder = ranked.toSorted(
    (a, b) => Number(a.total.value === null) - Number(b.total.value === null) || middleOf(b) - middleOf(a),
  )
  const best = inOrder[0]
  const compared = study.compare?.flatMap((id) => candidates.find((candidate) => candidate.id === id) ?? [])
  return {
    complexes,
    indicators,
    weights,
    ranked,
    order: inOrder.map(({ id }) => id),
    leaders: inOrder.filter(({ total }) => total.high >= best.total.low).map(({ id }) => id),
    sensitivity: weightSensitivity(candidates, indicators, weights),
    compare: compared
      ? {
          ids: compared.map(({ id }) => id),
          ranked: rank(compared, indicators, weights, { draws, seed }),
          sure: sureOf(compared, indicators),
        }
      : null,
    networks: entries.flatMap(({ id, register, orders = [] }) => [
      ...(register
        ? [{ complex: id, of: 'register' as const, network: registerNetwork(register), outages: outagesOf(register) }]
        : []),
      ...(orders.length > 0
        ? [{ complex: id, of: 'orders' as const, network: networkOf(linksOf(orders), 'kg'), outages: [] }]
        : []),
    ]),
  }
}

const middleOf = ({ total }: Ranked): number => total.value ?? (total.low + total.high) / 2

/** In all: of a criterion of which nothing counts nothing is asked either. */
export function weightsOf(
  { weights }: Pick<ComplexesStudy, 'weights'>,
  indicators: readonly { readonly criterion: Criterion }[],
): Weights {
  const asked = CRITERIA.map((id) => (indicators.some(({ criterion }) => criterion === id) ? weights[id] : 0))
  const whole = asked.reduce((sum, weight) => sum + weight, 0)
  return Object.fromEntries(CRITERIA.map((id, k) => [id, asked[k] / whole])) as Record<Criterion, number>
}

function figuresOf(
  entry: ComplexEntry,
  places: ReadonlyMap<string, Place | null>,
  indicators: readonly KnownIndicator[],
): ComplexFigures {
  const figures: Record<IndicatorId, Known> = {
    ...stabilityOf(entry.register),
    ...economyOf(entry),
    ...infrastructureOf(entry),
    ...geographyOf(
      entry,
      [...places].flatMap(([id, place]) => (id === entry.id ? [] : (place ?? []))),
    ),
  }
  return {
    id: entry.id,
    name: entry.name ?? { ko: entry.id, en: entry.id },
    region: entry.region ?? null,
    processes: entry.processes ?? [],
    year: entry.year ?? null,
    place: places.get(entry.id) ?? null,
    firms: firmsOf(entry),
    batch: entry.batch ?? null,
    isKnown: isKnownComplex(entry.id),
    note: entry.note ?? null,
    figures,
    knownOf: [indicators.filter(({ id }) => figures[id].figure !== null).length, indicators.length],
    lots: lotsOf(entry),
  }
}

/** For `rank`. What is never paid back is as bad as the worst that is known of the others. */
export function candidatesOf(complexes: readonly Pick<ComplexFigures, 'id' | 'figures'>[]): Candidate[] {
  const worstOf = (id: IndicatorId): number =>
    Math.max(
      ...complexes.flatMap(({ figures }) => {
        const known = figures[id]
        return known.figure ? known.figure.high : (known.worst ?? [])
      }),
    )
  return complexes.map(({ id, figures }) => ({
    id,
    known: Object.fromEntries(
      INDICATORS.flatMap((indicator): [string, Ranged][] => {
        const known = figures[indicator.id]
        if (known.figure) return [[indicator.id, known.figure]]
        if (known.worst === undefined) return []
        const worst = worstOf(indicator.id)
        return [[indicator.id, { low: worst, value: worst, high: worst }]]
      }),
    ),
  }))
}

function sureOf(candidates: readonly Candidate[], indicators: readonly KnownIndicator[]): Comparison['sure'] {
  return indicators.flatMap(({ id, better }) =>
    candidates.flatMap((one) =>
      candidates.flatMap((other) => {
        const [mine, theirs] = [one.known[id], other.known[id]]
        if (!mine || !theirs) return []
        const ahead = better === 'more' ? mine.low > theirs.high : mine.high < theirs.low
        return ahead ? [{ indicator: id, better: one.id, than: other.id }] : []
      }),
    ),
  )
}

/** An order without an item needs whatever its supplier sells. */
const linksOf = (orders: NonNullable<ComplexEntry['orders']>): Link[] =>
  orders.map(({ supplier, firm, kg, item = supplier }) => ({ supplier, firm, item, weight: kg }))
