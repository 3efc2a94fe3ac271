/** What a study says, as one body of content that paper and workbook are both made of. */
import type { SourceLine } from '../../../solver/index.ts'
import type { Run, StudySource } from '../../../study/index.ts'
import type { Study, StudyPart, StudyResult, StudyState } from '../../api.ts'
import type { ComplexData } from '../../complexes.ts'
import type { Answers } from './attacks.ts'

export const STUDY_REPORT_FORMATS = ['pdf', 'xlsx'] as const
export type StudyReportFormat = (typeof STUDY_REPORT_FORMATS)[number]

export interface StudyPapers {
  readonly study: Study
  readonly result: StudyResult
  /** of a pickup study */
  readonly runs: readonly Run[]
  /** every note of the study and of its complex */
  readonly sources: readonly StudySource[]
  /** of a pickup study, or of supply with routes; absent: whoever reads this may not see its tariffs and orders */
  readonly data?: ComplexData | undefined
  /** of a national study: each of its complexes, in the order of the document */
  readonly parts?: readonly StudyPart[] | undefined
  /** of a national study: what the figures of each complex rest on */
  readonly complexes?: readonly StudiedComplex[] | undefined
  /** where distances and times come from, where days are planned */
  readonly roads?: SourceLine | undefined
  /** absent: it ran to its end */
  readonly state?: StudyState | undefined
  /** why it failed */
  readonly error?: string | undefined
  /** what the command line was given beside the document */
  readonly given?: GivenBeside | undefined
  /** the id that the service keeps it under */
  readonly id?: string | undefined
  readonly version: string
  /** ISO instant: when it was worked out */
  readonly madeAt: string
  readonly done: number
  readonly all: number
  /** the complex as the service keeps it: the command line would take another */
  readonly ownData: boolean
}

export interface StudiedComplex {
  readonly complex: string
  readonly name: Study['name']
  readonly synthetic: boolean
  /** of its data, as they were when the study was submitted */
  readonly fingerprint: string
  readonly sources: readonly StudySource[]
}
export interface GivenBeside {
  /** a demand model: it stands in the document now, too */
  readonly demand?: boolean
  /** name of the file with the complex */
  readonly data?: string | undefined
  /** as chosen: trunk, valhalla:FOLDER, … */
  readonly roads?: string | undefined
}

export interface Column {
  readonly name: string
  /** stands in the head: won, %, kg */
  readonly unit?: string
  /** decimals on paper; default 0 */
  readonly digits?: number
  /** of the width of the page; of all columns of a table or of none */
  readonly part?: number
  /** with the decimals it has, however many: figures of a document */
  readonly asWritten?: boolean
  /** a share, shown as per cent */
  readonly percent?: boolean
  /** with + or − */
  readonly signed?: boolean
}
export type Cell = string | number | null

export interface Table {
  /** of the sheet; also what stands above it on paper */
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** rows that stand out */
  readonly strong?: readonly number[]
}

export interface Section {
  readonly title: string
  readonly sentence?: string
  /** drawn, with its size in points */
  readonly chart?: Drawing
  /** the same chart goes on: a page has no room for all of it */
  readonly more?: readonly Drawing[]
  readonly notes?: readonly string[]
  readonly table?: Table
  /** the chart has every figure of the table: on paper it stands alone */
  readonly chartTellsAll?: boolean
}
export interface Drawing {
  readonly svg: string
  readonly heightPt: number
}

export interface Figure {
  readonly name: string
  readonly text: string
  readonly note?: string
  /** in a cell of its own */
  readonly value: number | null
  readonly unit: string
}

/** What one kind of study has to say. Another kind is one more function that gives this. */
export interface KindReport {
  readonly kind: string
  /** beside the title: 예타 준용 간이 */
  readonly label?: { readonly text: string; readonly hint: string }
  readonly question: string
  /** one sentence, with its baseline */
  readonly answer: string
  /** how sure that is */
  readonly range: string
  readonly tone: 'good' | 'warn' | 'bad'
  readonly isNot: readonly string[]
  /** worked out here: the measured part of the ledger */
  readonly figures: readonly Figure[]
  readonly sections: readonly Section[]
  readonly method: readonly string[]
  readonly answers: Answers
  /** in the workbook only */
  readonly sheets?: readonly Table[]
}
