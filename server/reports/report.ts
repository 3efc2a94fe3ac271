/** What a plan can be written as. A member of REPORTS: the tests loop over the list. */
import type { Certificate, Locale, Plan, Problem, Split, Travel } from '../../solver/index.ts'
import type { TravelLeg } from '../travel/provider.ts'

/** What belongs to a plan beside the problem. */
export interface PlanPapers {
  readonly travel: Travel
  readonly certificate?: Certificate | undefined
  /** who pays what of it, by one method or several */
  readonly split?: readonly Split[] | undefined
  /** by route id, the ways it drives; a missing one is drawn straight */
  readonly legs?: ReadonlyMap<string, readonly TravelLeg[]>
}

export const REPORT_FORMATS = ['xlsx', 'csv', 'json', 'geojson', 'pdf'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export interface Report {
  readonly format: ReportFormat
  render(plan: Plan, problem: Problem, locale: Locale, papers: PlanPapers): Promise<Uint8Array>
}
