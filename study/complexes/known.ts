/**
 * What comes with the program: the complexes that press and pages name, as facts with their sources (fixtures/complexes/README.md), and
 * the motorway interchanges and ports of the trunk roads.
 */
import gatewayRows from '../../fixtures/complexes/gateways.json' with { type: 'json' }
import file from '../../fixtures/complexes/known.json' with { type: 'json' }
import type { Certainty, Source } from './indicators.ts'
import type { ComplexEntry, Fact } from './schema.ts'

/** In the order of their announcement; null: of a batch whose names were not found. */
export type KnownComplex = ComplexEntry &
  Required<Pick<ComplexEntry, 'name' | 'region' | 'place' | 'note'>> & { readonly number: number | null }

/** Complexes that were designated, and that no page names. */
export interface KnownGap {
  readonly from: number
  readonly to: number
  readonly year: number
  readonly note: Source
}

const { complexes, gaps, total } = file as unknown as {
  readonly complexes: readonly KnownComplex[]
  readonly gaps: readonly KnownGap[]
  readonly total: Fact
}
export const KNOWN_COMPLEXES = complexes
export const KNOWN_GAPS = gaps
/** Designated by June 2024, named or not. */
export const KNOWN_TOTAL = total

export interface Gateway {
  readonly kind: 'interchange' | 'port'
  readonly name: { readonly ko: string; readonly en: string }
  readonly lng: number
  readonly lat: number
  readonly withinM: number
  readonly certainty: Certainty
}
type Row = readonly [Gateway['kind'], string, string, number, number, number, Certainty]
export const GATEWAYS: readonly Gateway[] = (gatewayRows as unknown as readonly Row[]).map(
  ([kind, ko, en, lng, lat, withinM, certainty]) => ({ kind, name: { ko, en }, lng, lat, withinM, certainty }),
)

const byId = new Map(complexes.map((complex) => [complex.id, complex]))
export const isKnownComplex = (id: string): boolean => byId.has(id)

/** What is known of it, with what the entry says otherwise. */
export function completed(entry: ComplexEntry): ComplexEntry {
  const known = byId.get(entry.id)
  if (!known) return entry
  const { number: _, ...facts } = known
  const infrastructure = { ...facts.infrastructure, ...entry.infrastructure }
  return { ...facts, ...entry, ...(Object.keys(infrastructure).length > 0 && { infrastructure }) }
}

/** A study of complexes with what comes with the program in place of the ids alone; any other document as it is. */
export function withKnown(document: object): object {
  const { kind, complexes: entries } = document as { readonly kind?: unknown; readonly complexes?: unknown }
  return kind === 'complexes' && Array.isArray(entries)
    ? { ...document, complexes: entries.map((entry: ComplexEntry) => completed(entry)) }
    : document
}
