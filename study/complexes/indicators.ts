/** The indicators of the four criteria (domain: supply-chain stability, economic effect, basic infrastructure, geographic conditions). */
import type { Static } from 'typebox'
import type { SourceSchema } from '../../solver/index.ts'
import type { Indicator, Ranged } from '../ranking.ts'
import type { IndicatorId } from './schema.ts'

export const UNITS = [
  'share',
  'index',
  'days',
  'ratio',
  'count',
  'krw',
  'krwPerTonne',
  'years',
  'm2',
  'tonnes',
  'km',
  'perKm2',
  'level',
] as const
/** level: 0 no, 0.5 planned, 1 yes */
export type Unit = (typeof UNITS)[number]

export interface KnownIndicator extends Indicator {
  readonly id: IndicatorId
  readonly unit: Unit
}

const of = (
  criterion: Indicator['criterion'],
  better: Indicator['better'],
  unit: Unit,
  ...ids: readonly IndicatorId[]
): KnownIndicator[] => ids.map((id) => ({ id, criterion, better, unit }))

/** In the order of INDICATOR_IDS. */
export const INDICATORS: readonly KnownIndicator[] = [
  ...of('stability', 'less', 'index', 'supplierHhi', 'countryHhi'),
  ...of('stability', 'less', 'share', 'singleSource', 'importShare'),
  ...of('stability', 'more', 'days', 'stockDays'),
  ...of('stability', 'more', 'ratio', 'cover'),
  ...of('stability', 'more', 'count', 'alternatives'),
  ...of('stability', 'less', 'share', 'worstSupplier'),
  ...of('economy', 'more', 'share', 'savingShare'),
  ...of('economy', 'more', 'krwPerTonne', 'krwPerTonne'),
  ...of('economy', 'more', 'krw', 'npvKrw'),
  ...of('economy', 'more', 'ratio', 'bc'),
  ...of('economy', 'less', 'years', 'paybackYears'),
  ...of('infrastructure', 'more', 'level', 'joint', 'operator'),
  ...of('infrastructure', 'more', 'm2', 'hubM2'),
  ...of('infrastructure', 'more', 'count', 'docks'),
  ...of('infrastructure', 'more', 'tonnes', 'craneT'),
  ...of('infrastructure', 'more', 'count', 'forklifts'),
  ...of('infrastructure', 'more', 'share', 'digital'),
  ...of('geography', 'more', 'count', 'firms'),
  ...of('geography', 'more', 'perKm2', 'firmsPerKm2'),
  ...of('geography', 'less', 'km', 'spreadKm', 'interchangeKm', 'portKm', 'neighbourKm'),
  ...of('geography', 'more', 'count', 'neighbours'),
  ...of('geography', 'less', 'km', 'partnerKm'),
  ...of('geography', 'more', 'share', 'pooling'),
  ...of('geography', 'less', 'share', 'lotShare'),
]

export type Source = Static<typeof SourceSchema>
export type Certainty = NonNullable<Source['certainty']>

/** A value with its range, how sure it is, and where it comes from. */
export interface Figure extends Ranged {
  readonly certainty: Certainty
  /** given: it stands so in the entry. computed: from what is in the entry, by the formula of its indicator */
  readonly how: 'given' | 'computed'
  readonly sources: readonly Source[]
}

/** What would have to be known for a figure that is not there. */
export const MISSING = [
  'register',
  'stocks',
  'leadTimes',
  'pickupStudy',
  'appraisal',
  'survey',
  'firmCount',
  'area',
  'firmList',
  'place',
  'orders',
  'supplierPlaces',
  'never',
] as const
/** never: what was spent does not come back in the years looked at */
export type Missing = (typeof MISSING)[number]

export type Known =
  | { readonly figure: Figure; readonly missing: null }
  /** `worst`: where it is known to be worse than any figure, what it counts as at best */
  | { readonly figure: null; readonly missing: Missing; readonly worst?: number }
