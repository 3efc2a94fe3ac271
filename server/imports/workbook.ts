/** One sheet of an .xlsx workbook as rows of cells. Formulas are not run: what the file has stored of their last result is read. */
import readXlsxFile from 'read-excel-file/universal'
import { restore } from '../sheets/neutral.ts'
import { type SheetValue, textOf } from '../sheets/value.ts'
import { findHeader, type HeaderNames, lackingColumns } from './columns.ts'
import type { Table, TableFault } from './table.ts'
import { unpackWorkbook } from './unpack.ts'

interface SheetRead {
  readonly name: string
  readonly cells: readonly (readonly SheetValue[])[]
  readonly records: readonly (readonly string[])[]
}

export async function readWorkbook(
  bytes: Uint8Array,
  names: HeaderNames,
  wanted: string | undefined,
): Promise<Table | TableFault> {
  const unpacked = unpackWorkbook(bytes)
  if ('fault' in unpacked) return unpacked
  let read: Awaited<ReturnType<typeof readXlsxFile>>
  try {
    read = await readXlsxFile(unpacked.bytes.buffer, { trim: false })
  } catch {
    // whatever it throws, it throws at the bytes: a part that is missing, a cell out of its place
    return { fault: 'file.damaged' }
  }
  const sheets = read.map(({ sheet, data }): SheetRead => {
    const cells = data.map((row) => row.map(readValue))
    return { name: sheet, cells, records: cells.map((row) => row.map(textOf)) }
  })
  const all = sheets.map(({ name }) => name)
  const withOrders = sheets.filter(({ records }) => {
    const header = findHeader(records, names)
    return header !== null && lackingColumns(header).length === 0
  })
  const fullest = sheets.reduce<SheetRead | undefined>(
    (best, sheet) => (filled(sheet) > filled(best) ? sheet : best),
    undefined,
  )
  const chosen =
    wanted === undefined ? (withOrders[0] ?? fullest) : sheets.find(({ name }) => name.trim() === wanted.trim())
  if (!chosen)
    return wanted === undefined
      ? { fault: 'file.empty' }
      : { fault: 'sheet.unknown', values: { sheet: wanted, sheets: all.join(', ') } }
  return {
    format: 'xlsx',
    records: chosen.records,
    cells: chosen.cells,
    brokenOff: false,
    sheet: chosen.name,
    sheets: all,
    otherSheets: wanted === undefined ? withOrders.filter((sheet) => sheet !== chosen).map(({ name }) => name) : [],
    formulas: unpacked.formulas[sheets.indexOf(chosen)] ?? [],
  }
}

/** Cells with something in them. */
const filled = (sheet: SheetRead | undefined): number =>
  (sheet?.cells ?? []).reduce((sum, row) => sum + row.filter((value) => value !== null).length, 0)

/** Days come as instants of UTC that mean the clock on the wall, times of day as instants of Excel's day 0. */
function readValue(value: unknown): SheetValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return restore(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null
  // binary fractions of a day miss the minute by some milliseconds
  const minute = new Date(Math.round(value.getTime() / 60_000) * 60_000)
  const [date, time] = [minute.toISOString().slice(0, -14), minute.toISOString().slice(-13, -8)]
  if (date === '1899-12-30' || date === '1899-12-31') return { clock: time }
  return { clock: time === '00:00' ? date : `${date} ${time}` }
}
