/** What a plan can be written as. A member of REPORTS: the tests loop over the list. */
import type { Certificate, Locale, Plan, Problem, Split, Travel, WaitingRule } from '../../solver/index.ts'
import type { Dispatch } from '../api.ts'
import type { Words } from '../errors.ts'
import type { TravelLeg } from '../travel/provider.ts'

/** Who drives a round, with what paper needs to know of the carrier. */
export interface RoundDispatch extends Pick<Dispatch, 'plate' | 'driver' | 'phone' | 'state' | 'note'> {
  readonly carrier?:
    | { readonly id: string; readonly name: string; readonly contact?: string; readonly phone?: string }
    | undefined
}

/** driver: what is to be done. carrier: with the money for it, too. */
export const SHEET_COPIES = ['driver', 'carrier'] as const
export type SheetCopy = (typeof SHEET_COPIES)[number]

/** What belongs to a plan beside the problem. */
export interface PlanPapers {
  readonly travel: Travel
  readonly certificate?: Certificate | undefined
  /** who pays what of it, by one method or several */
  readonly split?: readonly Split[] | undefined
  /** by route id, the ways it drives; a missing one is drawn straight */
  readonly legs?: ReadonlyMap<string, readonly TravelLeg[]>
  /** the id it is kept under: a sheet of a plan that has been revised since is told by it */
  readonly id?: string
  /** by route id; absent: nobody has said who drives */
  readonly dispatch?: ReadonlyMap<string, RoundDispatch>
  /** whom a driver calls */
  readonly coordinator?: { readonly name?: string; readonly phone: string } | undefined
  /** by route id, the address of the page on the driver's phone */
  readonly links?: ReadonlyMap<string, string>
  /** what hired trucks are paid for waiting; absent: nothing */
  readonly waiting?: WaitingRule | undefined
  /** of route sheets; default: the driver's */
  readonly copy?: SheetCopy
  /** ids of the rounds that are meant, of route sheets, dispatch tables and GPX; default: all */
  readonly only?: readonly string[]
}

/** What each is called when it is saved. */
export const REPORT_FILES = {
  xlsx: { extension: 'xlsx', name: { ko: '계획', en: 'plan' } },
  csv: { extension: 'csv', name: { ko: '계획', en: 'plan' } },
  json: { extension: 'json', name: { ko: '계획', en: 'plan' } },
  geojson: { extension: 'geojson', name: { ko: '계획', en: 'plan' } },
  gpx: { extension: 'gpx', name: { ko: '노선', en: 'routes' } },
  pdf: { extension: 'pdf', name: { ko: '운행지시서', en: 'route-sheets' } },
  'dispatch.xlsx': { extension: 'xlsx', name: { ko: '배차표', en: 'dispatch' } },
  'dispatch.csv': { extension: 'csv', name: { ko: '배차표', en: 'dispatch' } },
} as const satisfies Record<string, { readonly extension: string; readonly name: Words }>
/** The carrier's copy of the route sheets. */
export const CARRIER_SHEETS: Words = { ko: '운행지시서-운송사용', en: 'route-sheets-carrier' }
export type ReportFormat = keyof typeof REPORT_FILES
export const REPORT_FORMATS = Object.keys(REPORT_FILES) as ReportFormat[]

/** Of these the ways that the rounds drive are a part. */
export const drawsRoads = (format: ReportFormat): boolean =>
  format === 'geojson' || format === 'gpx' || format === 'pdf'

export interface Report {
  readonly format: ReportFormat
  render(plan: Plan, problem: Problem, locale: Locale, papers: PlanPapers): Promise<Uint8Array>
}
