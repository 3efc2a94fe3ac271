import { csvReport } from './csv.ts'
import { dispatchCsvReport, dispatchXlsxReport } from './dispatchSheets.ts'
import { geojsonReport } from './geojson.ts'
import { gpxReport } from './gpx.ts'
import { pdfReport } from './pdf.ts'
import { planFileReport } from './planFile.ts'
import type { Report, ReportFormat } from './report.ts'
import { xlsxReport } from './xlsx.ts'

export const REPORTS: readonly Report[] = [
  xlsxReport,
  csvReport,
  planFileReport,
  geojsonReport,
  gpxReport,
  pdfReport,
  dispatchXlsxReport,
  dispatchCsvReport,
]
export { drawsRoads, REPORT_FORMATS } from './report.ts'

export const reportOf = (format: ReportFormat): Report => REPORTS.find((report) => report.format === format)!
