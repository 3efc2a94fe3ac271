/** A study that is worked out, wherever that was. */
import type { Study } from '../../../study/index.ts'
import type { StudyReportFormat } from '../../reports/study/index.ts'

export const STUDY_FORM = 'study STUDY.json --json'

export interface Worked {
  readonly study: Study
  readonly figures: Readonly<Record<string, unknown>>
  /** in the file only */
  readonly more?: Readonly<Record<string, unknown>>
  readonly lines: readonly string[]
  /** Refuses where there is nothing to report yet. */
  readonly report: (format: StudyReportFormat) => Promise<Uint8Array>
}
