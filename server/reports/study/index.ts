/** A study as a file for people: paper or workbook, in Korean or English. */
import type { Locale } from '../../../solver/index.ts'
import { bodyOf } from './body.ts'
import { studyPdf } from './paper.ts'
import type { StudyPapers, StudyReportFormat } from './report.ts'
import { studyXlsx } from './sheets.ts'

export { fingerprint } from './fingerprint.ts'
export {
  type GivenBeside,
  STUDY_REPORT_FORMATS,
  type StudiedComplex,
  type StudyPapers,
  type StudyReportFormat,
} from './report.ts'

export async function renderStudy(
  papers: StudyPapers,
  format: StudyReportFormat,
  locale: Locale,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const body = await bodyOf(papers, locale)
  const bytes =
    format === 'pdf'
      ? await studyPdf(body, locale, new Date(papers.madeAt), papers.version)
      : await studyXlsx(body, locale)
  return { name: `${locale === 'ko' ? '연구' : 'study'}-${body.title}.${format}`, bytes }
}
