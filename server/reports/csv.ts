/** The shipments of a plan, one a row: what other programs ask for first. */
import { writeCsv } from '../sheets/writeCsv.ts'
import type { Report } from './report.ts'
import { shipmentsSheet } from './sheets.ts'

export const csvReport: Report = {
  format: 'csv',
  render: async (plan, problem, locale, papers) => writeCsv(shipmentsSheet(plan, problem, locale, papers).rows),
}
