import { csvReport } from './csv.ts'
import { geojsonReport } from './geojson.ts'
import { planFileReport } from './planFile.ts'
import type { Report } from './report.ts'
import { xlsxReport } from './xlsx.ts'

export const REPORTS: readonly Report[] = [xlsxReport, csvReport, planFileReport, geojsonReport]
export const REPORT_FORMATS = ['xlsx', 'csv', 'json', 'geojson'] as const

export const reportOf = (format: Report['format']): Report => REPORTS.find((report) => report.format === format)!
