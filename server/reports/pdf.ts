/** The dispatch sheets of a plan on paper, one truck after the other. */
import { type Sheet, writePdf } from './pdf/document.ts'
import { drawCode } from './pdf/qr.ts'
import { routeSheet } from './pdf/routeSheet.ts'
import { SHEET_WORDS } from './pdf/words.ts'
import type { Report } from './report.ts'
import { readRounds } from './rounds.ts'

export const pdfReport: Report = {
  format: 'pdf',
  async render(plan, problem, locale, papers) {
    const { copy, coordinator, waiting, id, legs } = papers
    const t = SHEET_WORDS[locale]
    const sheets: Sheet[] = []
    for (const round of readRounds(plan, problem, papers)) {
      const code = round.link === undefined ? undefined : await drawCode(round.link)
      const own = { copy, coordinator, waiting, id, code, legs: legs?.get(round.route.id) }
      sheets.push(routeSheet(round, plan, problem, locale, own))
    }
    if (sheets.length === 0) sheets.push({ content: [t.none], head: '', foot: '', sign: problem.name })
    const title = `${t.title} ${problem.name} ${problem.startsAt.slice(0, 10)}`
    return await writePdf(title, sheets, new Date(problem.startsAt))
  },
}
