/** The rows that could not be used, as a sheet of their own: their cells as they were, and beside them what is wrong and what to do. */
import { createHash } from 'node:crypto'
import type { Issue, Locale } from '../../solver/index.ts'
import type { Sheet, SheetRow, SheetValue } from '../sheets/value.ts'
import { writeCsv } from '../sheets/writeCsv.ts'
import { writeXlsx } from '../sheets/writeXlsx.ts'
import { type Column, type Header, namesOf, REJECT_NAMES } from './columns.ts'
import type { Table } from './table.ts'

/** A row with an order in it, right or wrong. */
export interface Line {
  readonly row: number
  readonly cells: SheetRow
  /** what it says where its own cells leave it to the rows above */
  readonly carried: ReadonlyMap<Column, string>
}

export interface Rejected extends Sheet {
  readonly format: Table['format']
  readonly encoding: 'utf-8' | 'cp949'
}

interface RejectContext {
  readonly table: Table
  readonly header: Header
  readonly issues: readonly Issue[]
  readonly locale: Locale
}

/** Columns that a row must have to stand without the rows around it. */
const ALONE: readonly Column[] = ['id', 'date', 'firm', 'from']
/** Cells that are filled where they are blank, or say "as above". */
const BLANK = /^\s*(〃|″|"|'|''|상동|위와 ?같음|↑)?\s*$/
const NO_YEAR = /^\s*\d{1,2} ?[-./월] ?\d{1,2} ?일?\s*$/

export function rejectLines(lines: readonly Line[], { table, header, issues, locale }: RejectContext): Rejected | null {
  if (lines.length === 0) return null
  const names = table.cells[header.record] ?? []
  // a sheet that was rejected before has our columns already
  const ours = new Set<SheetValue>(REJECT_NAMES.flatMap(({ ko, en }) => [ko, en]))
  const own = names.map((_, index) => index).filter((index) => !ours.has(names[index] ?? null))
  const added = ALONE.filter(
    (column) => !header.columns.has(column) && lines.some(({ carried }) => carried.get(column)),
  )
  const errorsOf = Map.groupBy(
    issues.filter(({ severity }) => severity === 'error'),
    ({ row }) => row,
  )
  const rows = lines.map((line): SheetRow => {
    const { row, cells } = line
    const carried = new Map(line.carried).set('id', numberOf(line, header))
    const filled = [...cells]
    for (const column of ALONE) {
      const index = header.columns.get(column)?.index ?? -1
      const cell = cells[index] ?? null
      const text = typeof cell === 'object' ? (cell?.clock ?? '') : String(cell)
      const isIncomplete = BLANK.test(text) || (column === 'date' && NO_YEAR.test(text))
      if (index >= 0 && isIncomplete && carried.get(column)) filled[index] = carried.get(column)!
    }
    const errors = errorsOf.get(row) ?? []
    const say = (issue: Issue, text: string): string =>
      issue.column !== undefined && errors.length > 1 ? `${issue.column}: ${text}` : text
    return [
      ...own.map((index) => filled[index] ?? null),
      ...added.map((column) => carried.get(column) ?? null),
      errors.map((issue) => say(issue, issue.message)).join(' / '),
      [...new Set(errors.map(({ remedy }) => remedy))].join(' / '),
    ]
  })
  const heads = [
    ...own.map((index) => names[index] ?? null),
    ...added.map((column) => namesOf(column)[0] ?? column),
    ...REJECT_NAMES.map((name) => name[locale]),
  ]
  return {
    name: table.sheet ?? (locale === 'ko' ? '고칠 행' : 'Rows to correct'),
    rows: [heads, ...rows],
    format: table.format,
    encoding: table.encoding === 'cp949' ? 'cp949' : 'utf-8',
  }
}

/** Its own, else one that stays with it while it is corrected. */
export function numberOf({ row, cells, carried }: Line, header: Header): string {
  const idCell = String(cells[header.columns.get('id')?.index ?? -1] ?? '')
  return BLANK.test(idCell) ? `r${row}-${fingerprint(cells)}` : (carried.get('id') ?? idCell)
}

/** Tells the row from those of the same number in other files, and stays with it while it is corrected. */
const fingerprint = (cells: SheetRow): string =>
  createHash('sha256').update(JSON.stringify(cells)).digest('hex').slice(0, 6)

/** The sheet as the kind of file that it came from. */
export const writeRejected = async (rejected: Rejected): Promise<Uint8Array> =>
  rejected.format === 'csv' ? writeCsv(rejected.rows, rejected.encoding) : await writeXlsx([rejected])

/** orders.xlsx → orders-고칠행.xlsx */
export const rejectedName = (fileName: string, format: Table['format'], locale: Locale): string =>
  `${fileName.replace(/\.[^.]*$/, '') || 'orders'}-${locale === 'ko' ? '고칠행' : 'to-correct'}.${format}`
