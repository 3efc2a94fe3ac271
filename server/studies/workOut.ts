/** Studies that are worked out in one go: nothing of them is drawn but the days that fetching is planned into. */
import type { Locale } from '../../solver/index.ts'
import { answerComplexes, answerSupply, appraise, consolidateWithRange, type Study } from '../../study/index.ts'
import type { StudyResult } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { type FetchDay, fetchDays, knownPlaces, planFetches } from './fetches.ts'

export type QuickStudy = Exclude<Study, { readonly kind: 'pickup' | 'national' }>

/** The days of a complex that a study of supply is planned into, with their roads. */
export interface RoutedDays {
  readonly places: ReturnType<typeof knownPlaces>
  readonly days: readonly FetchDay[]
}

/** Undefined: the study asks for no routes. */
export async function routedDays(
  study: QuickStudy,
  data: ComplexData | undefined,
  travelOf: TravelOf,
  locale: Locale,
): Promise<RoutedDays | undefined> {
  if (study.kind !== 'supply' || !study.routes || !data) return undefined
  return { places: knownPlaces(data), days: await fetchDays(study, data, travelOf, locale) }
}

export async function workOut(
  study: QuickStudy,
  routed: RoutedDays | undefined,
  locale: Locale,
): Promise<Exclude<StudyResult, { readonly kind: 'pickup' | 'national' }>> {
  switch (study.kind) {
    case 'imports':
      return { kind: 'imports', imports: consolidateWithRange(study) }
    case 'appraisal': {
      const { kind, name: _, ...appraisal } = study
      return { kind, appraisal: appraise(appraisal) }
    }
    case 'supply': {
      const fetches = routed && (await planFetches(study, routed.places, routed.days, locale))
      return { kind: 'supply', supply: answerSupply(study, fetches) }
    }
    case 'complexes':
      return { kind: 'complexes', complexes: answerComplexes(study) }
  }
}
