/** The dispatch sheets of a plan on paper, one truck after the other. */

import { routeNumber } from '../../solver/index.ts'
import { roundsOf } from './guide.ts'
import { writePdf } from './pdf/document.ts'
import { estimatedNote, routeSheet, sheetTitle } from './pdf/routeSheet.ts'
import type { Report } from './report.ts'

export const pdfReport: Report = {
  format: 'pdf',
  async render(plan, problem, locale, { legs }) {
    const content = roundsOf(plan).flatMap((route, index) => [
      ...(index > 0 ? [{ text: '', pageBreak: 'before' as const }] : []),
      ...routeSheet(route, routeNumber(route, index), plan, problem, locale, legs?.get(route.id)),
    ])
    const foot = plan.provenance.estimated ? estimatedNote(locale) : ''
    const title = `${sheetTitle(locale)} ${problem.name} ${problem.startsAt.slice(0, 10)}`
    return await writePdf({ title, content, foot }, new Date(problem.startsAt))
  },
}
