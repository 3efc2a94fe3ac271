/** Complexes held against each other, as the page shows them: every figure is one of study/index.ts, ranked anew as weights move. */
import {
  type ComplexesAnswer,
  type ComplexFigures,
  CRITERIA,
  type Criterion,
  candidatesOf,
  type Figure,
  INDICATORS,
  KNOWN_COMPLEXES,
  KNOWN_GAPS,
  type KnownGap,
  type KnownIndicator,
  type Missing,
  type Network,
  type Ranked,
  rank,
  type Weights,
  type Words,
  weightSensitivity,
  weightsOf,
} from '../../study/index.ts'

/** So many stand side by side before a table is too wide to read. */
export const MOST_COMPARED = 6

export interface ComplexRow {
  readonly id: string
  /** in the order of their announcement; those without such a number have a letter */
  readonly number: string
  readonly at: number
  readonly name: Words
  readonly figures: ComplexFigures
  readonly ranked: Ranked
  /** of the total, 0 to 1 */
  readonly low: number
  readonly value: number | null
  readonly high: number
  /** 0 to 1: how often of the draws it was first */
  readonly first: number
  /** leader: its range reaches that of the best that is known */
  readonly state: 'leader' | 'behind' | 'dark'
}

export interface Ranking {
  /** those with enough data by their score, then the others by the middle of their range */
  readonly rows: readonly ComplexRow[]
  /** the best of those with enough data */
  readonly best: ComplexRow | null
  readonly turns: readonly Turn[]
}
export interface Turn {
  readonly criterion: Criterion
  readonly factor: number
  readonly order: readonly string[]
}

export type Scope = 'all' | 'enough' | 'chosen'

interface Asked {
  readonly weights: Weights
  readonly draws?: number | undefined
  readonly seed?: number | undefined
}

/** Indicators are normalised inside the set that is asked for: fewer complexes, another scale. */
export function rankingOf(
  { complexes, indicators }: Pick<ComplexesAnswer, 'complexes' | 'indicators'>,
  wanted: ReadonlySet<string> | null,
  { weights, draws, seed }: Asked,
): Ranking {
  const numbers = numbersOf(complexes)
  const listed = complexes
    .map((figures, at) => ({ figures, at, number: numbers[at] }))
    .filter(({ figures }) => wanted === null || wanted.has(figures.id))
  const candidates = candidatesOf(listed.map(({ figures }) => figures))
  const counted = weightsOf({ weights }, indicators)
  const ranked = rank(candidates, indicators, counted, {
    ...(draws !== undefined && { draws }),
    ...(seed !== undefined && { seed }),
  })
  const best = ranked.reduce<Ranked | null>(
    (top, one) => (one.total.value !== null && one.total.value > (top?.total.value ?? -1) ? one : top),
    null,
  )
  const rows = listed.map(({ figures, at, number }, k): ComplexRow => {
    const { total, chances } = ranked[k]
    return {
      id: figures.id,
      number,
      at,
      name: figures.name,
      figures,
      ranked: ranked[k],
      ...total,
      first: chances[0] ?? 0,
      state: total.value === null ? 'dark' : best && total.high >= best.total.low ? 'leader' : 'behind',
    }
  })
  rows.sort(
    (a, b) =>
      Number(a.value === null) - Number(b.value === null) ||
      middleOf(b) - middleOf(a) ||
      b.high - b.low - (a.high - a.low) ||
      a.at - b.at,
  )
  return {
    rows,
    best: rows.find(({ id }) => id === best?.id) ?? null,
    turns: weightSensitivity(candidates, indicators, counted),
  }
}
/** A known complex goes by the number that it is listed under; others by a letter, so that no number is made up. */
function numbersOf(complexes: readonly ComplexFigures[]): string[] {
  const listed = new Map(KNOWN_COMPLEXES.map(({ id, number }) => [id, number]))
  let letters = 0
  return complexes.map(({ id }) => {
    const number = listed.get(id)
    return number ? String(number) : lettersOf(letters++)
  })
}
/** A to Z, then AA. */
const lettersOf = (count: number): string =>
  (count >= 26 ? lettersOf(Math.floor(count / 26) - 1) : '') + String.fromCharCode(65 + (count % 26))

/** Complexes that were designated and that no page names: of a list with known ones, what it cannot hold. */
export const gapsOf = (complexes: readonly ComplexFigures[]): readonly KnownGap[] =>
  complexes.some(({ isKnown }) => isKnown) ? KNOWN_GAPS : []

/** Whether anything is asked at all: a weight on a criterion of which an indicator counts. */
export const asksAnything = (weights: Weights, indicators: readonly KnownIndicator[]): boolean =>
  countingOf(indicators).some((criterion) => weights[criterion] > 0)

/** Criteria of which an indicator counts; the others take no part in a ranking. */
export const countingOf = (indicators: readonly KnownIndicator[]): Criterion[] =>
  CRITERIA.filter((id) => indicators.some(({ criterion }) => criterion === id))

const middleOf = ({ low, value, high }: Pick<ComplexRow, 'low' | 'value' | 'high'>): number => value ?? (low + high) / 2

/** Of the indicators of a criterion that count: how many are known of it. */
export function knownIn(
  { figures }: ComplexFigures,
  indicators: readonly KnownIndicator[],
  criterion: Criterion,
): { readonly known: number; readonly all: number } {
  const own = indicators.filter((indicator) => indicator.criterion === criterion)
  return { known: own.filter(({ id }) => figures[id].figure !== null).length, all: own.length }
}

/** Of all values that are there, those that two independent or official sources, or one source, say. */
export function statedShare(complexes: readonly ComplexFigures[]): number | null {
  const there = complexes.flatMap(({ figures }) => Object.values(figures).flatMap(({ figure }) => figure ?? []))
  const stated = there.filter(({ certainty }) => certainty === 'A' || certainty === 'B')
  return there.length === 0 ? null : stated.length / there.length
}

/** Where weights decide: who is on top in which turn, if not who is on top now. */
export function movedTurns(turns: readonly Turn[], top: string | undefined): Turn[] {
  return turns.filter(({ order }) => order[0] !== top)
}

export interface ComparedCell {
  readonly id: string
  readonly figure: Figure | null
  readonly missing: Missing | null
  /** ahead of every other that is known, whatever is true inside the ranges */
  readonly ahead: boolean
}
export interface ComparedRow {
  readonly indicator: KnownIndicator
  readonly counts: boolean
  readonly cells: readonly ComparedCell[]
}
export interface ComparedGroup {
  readonly criterion: Criterion
  readonly rows: readonly ComparedRow[]
  /** indicators of which nothing is known of any of them */
  readonly unknown: readonly { readonly indicator: KnownIndicator; readonly missing: Missing }[]
}

export function compareByIndicator(
  chosen: readonly ComplexFigures[],
  indicators: readonly KnownIndicator[],
): ComparedGroup[] {
  const counting = new Set(indicators.map(({ id }) => id))
  return CRITERIA.map((criterion) => {
    const own = INDICATORS.filter((indicator) => indicator.criterion === criterion)
    const rows = own.map((indicator): ComparedRow => {
      const figures = chosen.map(({ figures: all }) => all[indicator.id])
      return {
        indicator,
        counts: counting.has(indicator.id),
        cells: figures.map(({ figure, missing }, k) => {
          const others = figures.flatMap((other, at) => (at !== k && other.figure ? [other.figure] : []))
          const isAhead = (other: Figure) =>
            figure !== null && (indicator.better === 'more' ? figure.low > other.high : figure.high < other.low)
          return { id: chosen[k].id, figure, missing, ahead: others.length > 0 && others.every(isAhead) }
        }),
      }
    })
    const isKnown = (row: ComparedRow) => row.cells.some(({ figure }) => figure !== null)
    return {
      criterion,
      rows: rows.filter(isKnown),
      unknown: rows
        .filter((row) => !isKnown(row))
        .flatMap(({ indicator, cells }) => (cells[0]?.missing ? [{ indicator, missing: cells[0].missing }] : [])),
    }
  })
}

/** More than these of a cluster have no room to be read: the heaviest are drawn, the rest is counted. */
const MOST_SUPPLIERS = 8
const MOST_FIRMS = 12

export interface DrawnCluster {
  readonly number: number
  readonly suppliers: readonly string[]
  readonly firms: readonly string[]
  readonly more: number
  readonly insideShare: number
  /** by place in the two lists above; share: of the heaviest of the network */
  readonly lines: readonly { readonly supplier: number; readonly firm: number; readonly share: number }[]
}

/** Suppliers on one side and firms on the other, cluster by cluster; what goes between clusters is a share, not a line. */
export function drawnClusters({ clusters, links }: Network): DrawnCluster[] {
  const heaviest = Math.max(1e-9, ...links.map(({ weight }) => weight))
  const weightOf = new Map<string, number>()
  for (const { supplier, firm, weight } of links)
    for (const id of [`s ${supplier}`, `f ${firm}`]) weightOf.set(id, (weightOf.get(id) ?? 0) + weight)
  const heavy = (kind: 's' | 'f', ids: readonly string[], most: number): string[] =>
    ids.toSorted((a, b) => (weightOf.get(`${kind} ${b}`) ?? 0) - (weightOf.get(`${kind} ${a}`) ?? 0)).slice(0, most)
  return clusters.map((cluster, k) => {
    const suppliers = heavy('s', cluster.suppliers, MOST_SUPPLIERS)
    const firms = heavy('f', cluster.firms, MOST_FIRMS)
    return {
      number: k + 1,
      suppliers,
      firms,
      more: cluster.suppliers.length + cluster.firms.length - suppliers.length - firms.length,
      insideShare: cluster.insideShare,
      lines: links.flatMap(({ supplier, firm, weight }) => {
        const [from, to] = [suppliers.indexOf(supplier), firms.indexOf(firm)]
        return from < 0 || to < 0 ? [] : [{ supplier: from, firm: to, share: weight / heaviest }]
      }),
    }
  })
}
