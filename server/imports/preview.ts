/** What a file would be read as, before anything is made of it: its columns, its first rows, and what is still to be told. */
import type { Issue } from '../../solver/index.ts'
import { textOf } from '../sheets/value.ts'
import { type Column, findHeader, headerNames, type Mapping, namesOf } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import { issueReport, missingColumns } from './fileFaults.ts'
import { type ColumnGuess, guessColumns, proposeMapping, widestRow } from './guess.ts'
import type { ImportOptions } from './index.ts'
import { readTable, type Table } from './table.ts'

const SHOWN_ROWS = 5
const SHOWN_CHARS = 200

export interface Preview {
  readonly format?: Table['format']
  readonly encoding?: string
  readonly sheet?: string
  readonly sheets?: readonly string[]
  /** row with the names of the columns, the first is 1; absent: none was found */
  readonly headerRow?: number
  readonly headers: readonly {
    readonly name: string
    /** column of the file, the first is 0 */
    readonly index: number
    /** what it is read as */
    readonly field?: Column
    readonly guesses: ColumnGuess['guesses']
  }[]
  readonly rows: readonly (readonly string[])[]
  /** for columns that are not understood, to be confirmed by a person */
  readonly mapping: Mapping
  /** without these no row can be read, even with the proposed mapping */
  readonly missing: readonly { readonly field: Column; readonly names: readonly string[] }[]
  readonly issues: readonly Issue[]
}

export async function previewOrders(bytes: Uint8Array, data: ComplexData, options: ImportOptions): Promise<Preview> {
  const issues: Issue[] = []
  const names = headerNames(options.mapping, options.learned)
  const table = await readTable(bytes, names, options.sheet)
  if ('fault' in table) {
    issueReport(issues, options)(table.fault, {}, table.values)
    return { headers: [], rows: [], mapping: {}, missing: [], issues }
  }
  const { format, encoding, sheet, sheets, records } = table
  const known = findHeader(records, names)
  const header = known ?? widestRow(records, names)
  const columns = header ? guessColumns(header, records, data) : []
  const guessed = proposeMapping(columns)
  const mapped = new Set([...(header?.columns.keys() ?? []), ...Object.keys(guessed)])
  const missing = header ? missingColumns(header, data, options.date).filter((field) => !mapped.has(field)) : []
  if (!header) issueReport(issues, options)('file.noHeader', {})
  const fieldOf = new Map([...(header?.columns ?? [])].map(([field, { index }]) => [index, field]))
  const body = records.slice((header?.record ?? -1) + 1).filter((record) => record.some((text) => text.trim() !== ''))
  return {
    format,
    ...(encoding !== undefined && { encoding }),
    ...(sheet !== undefined && { sheet }),
    ...(sheets !== undefined && { sheets }),
    ...(header && { headerRow: header.record + 1 }),
    headers: (header ? (table.cells[header.record] ?? []) : []).map((cell, index) => {
      const field = fieldOf.get(index)
      const guesses = columns.find((column) => column.index === index)?.guesses ?? []
      return { name: textOf(cell).trim(), index, ...(field !== undefined && { field }), guesses }
    }),
    rows: body.slice(0, SHOWN_ROWS).map((record) => record.map((text) => text.slice(0, SHOWN_CHARS))),
    mapping: guessed,
    missing: missing.map((field) => ({ field, names: namesOf(field) })),
    issues,
  }
}
