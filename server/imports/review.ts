/** What an import would make of a file or of an edited grid: every cell, what each column is read as, every fault with ways to mend it. Nothing is stored. */
import type { Issue } from '../../solver/index.ts'
import { plain, readWeight } from './cells.ts'
import { type Column, findHeader, headerNames, type Mapping } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import { missingColumns } from './fileFaults.ts'
import { type Fix, fixesOf } from './fixes.ts'
import { type Guess, guessColumns, proposeMapping, widestRow } from './guess.ts'
import { waitingRows } from './held.ts'
import { type ImportOptions, type Reading, readOrders } from './index.ts'
import type { WantedAddress } from './newPlaces.ts'
import { listReadings, type ReadAs } from './readAs.ts'
import type { Rejected } from './rejected.ts'
import { type OrderSource, readTable, type Table } from './table.ts'

export interface ReviewedColumn {
  /** of the file, the first is 0 */
  readonly index: number
  readonly name: string
  readonly unit: string
  /** what it is read as; absent: it is not read */
  readonly field?: Column
  readonly guesses: readonly Guess[]
}
export interface Review {
  readonly format?: Table['format']
  readonly sheet?: string
  readonly sheets?: readonly string[]
  /** the first row of the file is 1; absent: no row with names was found */
  readonly headerRow?: number
  readonly columns: readonly ReviewedColumn[]
  /** every cell as text; of a grid that was sent: none */
  readonly rows: readonly (readonly string[])[]
  /** for columns that are not understood */
  readonly mapping: Mapping
  readonly missing: readonly Column[]
  /** `cell`: column of the cell at fault */
  readonly issues: readonly (Issue & { readonly cell?: number; readonly fixes: readonly Fix[] })[]
  readonly readAs: readonly ReadAs[]
  /** rows with an order that cannot be used, and those that wait for nothing but an address */
  readonly faulty: readonly number[]
  readonly waiting: readonly number[]
  readonly orders: number
  readonly days: readonly { readonly date: string; readonly orders: number }[]
  /** of weights without a unit of their own: how they are read, and how many look like tonnes */
  readonly weights?: {
    readonly column: number
    readonly read: 'kg' | 't'
    readonly stated: boolean
    readonly bare: number
    readonly small: number
  }
}
export interface Reviewed {
  readonly review: Review
  /** rows that cannot be used */
  readonly rejected: Rejected | null
  readonly addresses: readonly WantedAddress[]
}

export async function reviewOrders(source: OrderSource, data: ComplexData, options: ImportOptions): Promise<Reviewed> {
  const names = headerNames(options.mapping, options.learned)
  const table = await readTable(source, names, options.sheet)
  const reading = readOrders(table, data, options)
  const { outcome } = reading
  const cellOf = new Map([...(reading.header?.columns.values() ?? [])].map(({ name, index }) => [name, index]))
  const withFixes = (issues: readonly Issue[], fixes: (issue: Issue) => readonly Fix[] = () => []) =>
    issues.map((issue) => {
      const cell = issue.row === undefined ? undefined : cellOf.get(issue.column ?? '')
      return { ...issue, ...(cell !== undefined && { cell }), fixes: fixes(issue) }
    })
  const base: Review = {
    columns: [],
    rows: [],
    mapping: {},
    missing: [],
    issues: withFixes(outcome.issues),
    readAs: [],
    faulty: [],
    waiting: [],
    orders: outcome.accepted,
    days: outcome.days.map(({ date, problem }) => ({ date, orders: problem.shipments.length })),
  }
  const { rejected } = outcome
  if ('fault' in table) return { review: base, rejected, addresses: [] }
  const { records } = table
  const known = findHeader(records, names)
  const header = known ?? widestRow(records, names)
  const guesses = header ? guessColumns(header, records, data) : []
  const fieldOf = new Map([...(header?.columns ?? [])].map(([field, { index }]) => [index, field]))
  const unitOf = new Map(
    [...(header?.columns.values() ?? []), ...(header?.unknown ?? [])].map(({ index, unit }) => [index, unit]),
  )
  const width = records.reduce((most, record) => Math.max(most, record.length), 0)
  const accepted = new Set(reading.accepted.map(({ row }) => row))
  const waits = waitingRows(outcome.issues)
  const left = reading.lines.map(({ row }) => row).filter((row) => !accepted.has(row))
  const review: Review = {
    ...base,
    format: table.format,
    ...(table.sheet !== undefined && { sheet: table.sheet }),
    ...(table.sheets !== undefined && { sheets: table.sheets }),
    ...(known && { headerRow: known.record + 1 }),
    columns: Array.from({ length: width }, (_, index): ReviewedColumn => {
      const field = known ? fieldOf.get(index) : undefined
      return {
        index,
        name: plain(records[header?.record ?? -1]?.[index] ?? ''),
        unit: unitOf.get(index) ?? '',
        ...(field !== undefined && { field }),
        guesses: guesses.find((column) => column.index === index)?.guesses ?? [],
      }
    }),
    rows: source instanceof Uint8Array ? records : [],
    mapping: proposeMapping(guesses),
    missing: header ? missingColumns(header, data, options.date) : [],
    faulty: left.filter((row) => !waits.has(row)),
    waiting: left.filter((row) => waits.has(row)),
  }
  const { reader } = reading
  if (!known || !reader) return { review, rejected, addresses: [] }
  const day = mainDay(reading) ?? options.date
  const context = { records, header: known, reader, locale: options.locale, day }
  const weights = countWeights(records, reading)
  return {
    review: {
      ...review,
      issues: withFixes(outcome.issues, (issue) => fixesOf(issue, context)),
      readAs: listReadings(records, { ...reading, header: known, reader }, data),
      ...(weights && { weights }),
    },
    rejected,
    addresses: outcome.addresses,
  }
}

function mainDay({ accepted }: Reading): string | undefined {
  return [...Map.groupBy(accepted, ({ date }) => date)].sort(([, a], [, b]) => b.length - a.length)[0]?.[0]
}

/** Below it a figure in kilograms is rather one in tonnes. */
const SMALL_KG = 20

function countWeights(records: readonly (readonly string[])[], { header, lines }: Reading): Review['weights'] {
  const cell = header?.columns.get('weight')
  if (!cell) return undefined
  const bare = lines
    .map(({ row }) => plain(records[row - 1]?.[cell.index] ?? ''))
    .filter((text) => /^[\d.,]+$/.test(text))
  const small = bare.filter((text) => {
    const read = readWeight(text)
    return 'value' in read && read.value.kg < SMALL_KG
  })
  const read = /^(톤|t|ton|tons|tonnes?|mt)$/i.test(cell.unit.trim()) ? 't' : 'kg'
  return { column: cell.index, read, stated: cell.unit !== '', bare: bare.length, small: small.length }
}
