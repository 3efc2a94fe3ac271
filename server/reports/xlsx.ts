/** A plan as a workbook for people: routes, stops, shipments, costs, what is unserved and why, and who pays what where that is known. */
import { writeXlsx } from '../sheets/writeXlsx.ts'
import { costsSheet, splitSheets } from './moneySheets.ts'
import type { Report } from './report.ts'
import { routesSheet, shipmentsSheet, stopsSheet, unservedSheet } from './sheets.ts'

export const xlsxReport: Report = {
  format: 'xlsx',
  render: async (plan, problem, locale, papers) =>
    await writeXlsx([
      routesSheet(plan, problem, locale),
      stopsSheet(plan, problem, locale),
      shipmentsSheet(plan, problem, locale, papers),
      costsSheet(plan, problem, locale, papers),
      unservedSheet(plan, problem, locale),
      ...splitSheets(problem, locale, papers),
    ]),
}
