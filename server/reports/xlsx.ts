/**
 * A plan as a workbook for people: routes, stops, shipments, costs, fuel and CO2, what is unserved and why, who pays what
 * where that is known, and where the figures come from.
 */
import { writeXlsx } from '../sheets/writeXlsx.ts'
import { fuelSheet, sourcesSheet } from './fuelSheets.ts'
import { costsSheet, splitSheets } from './moneySheets.ts'
import type { Report } from './report.ts'
import { routesSheet, shipmentsSheet, stopsSheet, unservedSheet } from './sheets.ts'

export const xlsxReport: Report = {
  format: 'xlsx',
  render: async (plan, problem, locale, papers) =>
    await writeXlsx([
      routesSheet(plan, problem, locale, papers),
      stopsSheet(plan, problem, locale, papers),
      shipmentsSheet(plan, problem, locale, papers),
      costsSheet(plan, problem, locale, papers),
      fuelSheet(plan, problem, locale, papers),
      unservedSheet(plan, problem, locale),
      ...splitSheets(problem, locale, papers),
      sourcesSheet(problem, locale, papers),
    ]),
}
