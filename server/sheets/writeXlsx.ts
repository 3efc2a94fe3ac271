/** Sheets to a workbook: numbers as numbers, days and times as such, and text as text, so that nothing in it runs. */
import writeXlsxFile, { type CellObject } from 'write-excel-file/node'
import { keepMarks } from './neutral.ts'
import { type Sheet, type SheetValue, textOf } from './value.ts'

/** Excel's own limits. */
const MAX_CELL_CHARS = 32_767
const MAX_NAME_CHARS = 31
const EXCEL_DAY_0 = '1899-12-30'

export async function writeXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const written = sheets.map(({ name, rows }) => ({
    sheet: name.replace(/[[\]:*?/\\]/g, ' ').slice(0, MAX_NAME_CHARS),
    data: rows.map((row, index) => row.map((value) => writeCell(value, index === 0))),
    columns: (rows[0] ?? []).map((_, column) => ({
      width: widthOf(rows.slice(0, 200).map((row) => row[column] ?? null)),
    })),
    stickyRowsCount: 1,
  }))
  return new Uint8Array(await writeXlsxFile(written).toBuffer())
}

function writeCell(value: SheetValue, isName: boolean): CellObject | null {
  if (value === null || value === '') return null
  const bold = isName ? ({ fontWeight: 'bold' } as const) : {}
  if (typeof value === 'number') return { value, type: Number, ...bold }
  if (typeof value === 'boolean') return { value, type: Boolean, ...bold }
  if (typeof value === 'string') return { value: writeText(value), type: String, ...bold }
  const { clock } = value
  const [date, time] = clock.includes('-') ? clock.split(' ') : [EXCEL_DAY_0, clock]
  const format = clock.includes('-') ? (time === undefined ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm') : 'hh:mm'
  return { value: new Date(`${date}T${time ?? '00:00'}Z`), type: Date, format, ...bold }
}

/** `_x0041_` is how the format writes a letter by its number: one that is meant has to say so (ECMA-376 part 1, 22.9.2.19). */
function writeText(text: string): string {
  const marked = keepMarks(text).slice(0, MAX_CELL_CHARS)
  // the writer looks texts up in a plain object, where these are found before they are put there
  if (marked in Object.prototype) return letterByNumber(marked[0]!) + marked.slice(1)
  return marked.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, letterByNumber)
}

const letterByNumber = (letter: string): string =>
  `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/** Hangul is twice as wide as a Latin letter. */
function widthOf(column: readonly SheetValue[]): number {
  const widths = column.map((value) => [...textOf(value)].reduce((sum, letter) => sum + (letter > '\u1100' ? 2 : 1), 0))
  return Math.min(60, Math.max(8, ...widths) + 2)
}
