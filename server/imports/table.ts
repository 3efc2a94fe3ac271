/** An uploaded file as rows of cells, whatever it is: CSV in any of the usual encodings, or one sheet of a workbook. */
import { restore } from '../sheets/neutral.ts'
import type { SheetRow } from '../sheets/value.ts'
import { findHeader, type HeaderNames, headerNames } from './columns.ts'
import { parseRecords } from './csv.ts'
import { decodeFile, type Encoding, fileKind, MAX_FILE_BYTES } from './decode.ts'
import type { ImportCode } from './words.ts'
import { readWorkbook } from './workbook.ts'

export interface Table {
  readonly format: 'csv' | 'xlsx'
  /** as a spreadsheet counts its rows, blank ones included; [row][column], every cell as text */
  readonly records: readonly (readonly string[])[]
  /** the same cells as the file has them: numbers and dates of a workbook */
  readonly cells: readonly SheetRow[]
  /** the file could not be read to its end; the rows before that place are kept */
  readonly brokenOff: boolean
  readonly encoding?: Encoding
  readonly sheet?: string
  readonly sheets?: readonly string[]
  /** others that look like orders too */
  readonly otherSheets?: readonly string[]
  /** cells whose stored value was read in place of a formula, such as B3 */
  readonly formulas?: readonly string[]
}
export interface TableFault {
  readonly fault: ImportCode
  readonly values?: Readonly<Record<string, string | number>>
}

/** A file, or the rows of a grid that somebody edits. */
export type OrderSource = Uint8Array | readonly (readonly string[])[]

/** `names`: by which the sheet with the orders is known. `sheet`: the one that was asked for. */
export async function readTable(
  bytes: OrderSource,
  names: HeaderNames,
  sheet?: string | undefined,
): Promise<Table | TableFault> {
  if (!(bytes instanceof Uint8Array)) return { format: 'xlsx', records: bytes, cells: bytes, brokenOff: false }
  if (bytes.length > MAX_FILE_BYTES || fileKind(bytes) !== 'zip') return readTextTable(bytes, names)
  return await readWorkbook(bytes, names, sheet)
}

export function readTextTable(bytes: Uint8Array, names: HeaderNames = headerNames()): Table | TableFault {
  const decoded = decodeFile(bytes)
  if ('fault' in decoded) return decoded
  const { records, brokenOff } = parseRecords(decoded.text, (rows) => findHeader(rows, names)?.columns.size ?? 0)
  const restored = records.map((record) => record.map(restore))
  return { format: 'csv', records: restored, cells: restored, brokenOff, encoding: decoded.encoding }
}
