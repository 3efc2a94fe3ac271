/**
 * Order files to problems, one for each pickup day. Every fault of the file is listed with row, column and remedy; the rows that are
 * right are kept. Pure: bytes and the complex in, problems and issues out.
 */
import type { Issue, Locale } from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import { daysBetween, isCalendarDay, readDate } from './cells.ts'
import { type Column, findHeader, type Header, headerNames, type LearnedNames, type Mapping } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import { type ImportedDay, makeDay } from './dayProblem.ts'
import { issueReport, reportColumns, reportTable, reportUnknown } from './fileFaults.ts'
import { widestRow } from './guess.ts'
import { type HeldOrder, holdLines } from './held.ts'
import type { Placements, WantedAddress } from './newPlaces.ts'
import { type Line, type Rejected, rejectLines } from './rejected.ts'
import { isTotalRow, type Order, RowReader } from './rowReader.ts'
import { type OrderSource, readTable, type Table, type TableFault } from './table.ts'
import type { Report } from './words.ts'

const MAX_ROWS = 20_000
const MAX_DAYS = 366
/** A year of orders and a month: more cannot be one season's file. */
const FAR_DAYS = 400
/** Of the orders of a file on one day, for the others to be asked about. */
const LONE_SHARE = 0.8

export interface ImportOptions {
  readonly locale: Locale
  /** shown as the place of faults that concern the whole file */
  readonly fileName?: string | undefined
  /** ISO date: the day of rows where the file has no date column, and the year of dates without one */
  readonly date?: string | undefined
  /** of a workbook; default: the first with orders in it */
  readonly sheet?: string | undefined
  /** which column holds what, where its name does not say it */
  readonly mapping?: Mapping | undefined
  /** what earlier imports have taught; gives way to `mapping` */
  readonly learned?: LearnedNames | undefined
  /** where the addresses are that the complex does not know */
  readonly placements?: Placements | undefined
  /** rows that somebody leaves out; the rows below still take from them what merged cells leave blank */
  readonly skip?: readonly number[] | undefined
}

export interface ImportOutcome {
  readonly days: readonly ImportedDay[]
  /** rows with an order in them: not blank, no totals */
  readonly rows: number
  readonly accepted: number
  readonly issues: readonly Issue[]
  /** rows that were not accepted, as a sheet to correct and import again; null: there are none */
  readonly rejected: Rejected | null
  /** of places that the complex does not have and whose row gives no coordinates */
  readonly addresses: readonly WantedAddress[]
  /** rows that wait for nothing but an address */
  readonly held: readonly HeldOrder[]
  /** the mapping that was given, once it has brought orders in: worth remembering */
  readonly learned?: Mapping
}

/** What was read, with how it was read; the rest is absent where it did not come so far. */
export interface Reading {
  readonly outcome: ImportOutcome
  readonly header?: Header
  readonly reader?: RowReader
  readonly lines: readonly Line[]
  /** those that go into the plan */
  readonly accepted: readonly Order[]
}

/** Asked before the file is read, because everything in it would be dated by it. */
export function assertCalendarDay(date: string | undefined): void {
  if (date === undefined || isCalendarDay(date)) return
  const shown = date.slice(0, 40)
  throw new Refusal(400, 'date.notADay', {
    ko: `달력에 없는 날입니다: ‘${shown}’. 2026-11-23처럼 있는 날을 적어 주세요.`,
    en: `“${shown}” is not a day of the calendar. Give one that is, such as 2026-11-23.`,
  })
}

/** Of any file; pure but for the promise, which the reader of workbooks asks for. */
export async function importOrders(
  source: OrderSource,
  data: ComplexData,
  options: ImportOptions,
): Promise<ImportOutcome> {
  return importTable(
    await readTable(source, headerNames(options.mapping, options.learned), options.sheet),
    data,
    options,
  )
}

export const importTable = (table: Table | TableFault, data: ComplexData, options: ImportOptions): ImportOutcome =>
  readOrders(table, data, options).outcome

export function readOrders(table: Table | TableFault, data: ComplexData, options: ImportOptions): Reading {
  const issues: Issue[] = []
  const report = issueReport(issues, options)
  const outcome: ImportOutcome = { days: [], rows: 0, accepted: 0, issues, rejected: null, addresses: [], held: [] }
  const nothing: Reading = { outcome, lines: [], accepted: [] }
  if ('fault' in table) {
    report(table.fault, {}, table.values)
    return nothing
  }
  const { records } = table
  reportTable(table, report)
  const header = findHeader(records, headerNames(options.mapping, options.learned))
  if (!header) {
    report('file.noHeader', {})
    const names = widestRow(records, headerNames(options.mapping, options.learned))
    if (names) reportUnknown(names, table, data, report)
    return nothing
  }
  if (!reportColumns(header, table, data, options, report)) return { ...nothing, header }

  const orders: Order[] = []
  const cell = (record: readonly string[], column: Column): string =>
    record[header.columns.get(column)?.index ?? -1] ?? ''
  const body = records.map((record, index) => ({ record, row: index + 1 })).slice(header.record + 1)
  const filled = body.filter(({ record }) => record.some((text) => text.trim() !== ''))
  if (filled.length > MAX_ROWS) {
    report('file.tooManyRows', {}, { rows: filled.length, limit: MAX_ROWS })
    return nothing
  }
  const reader = new RowReader(data, header, report, {
    near: firstFullDate(filled.map(({ record }) => cell(record, 'date'))) ?? options.date ?? null,
    date: options.date ?? null,
    placements: options.placements ?? {},
  })
  const lines: Line[] = []
  const skipped = new Set(options.skip)
  for (const { record, row } of filled) {
    if (skipped.has(row)) {
      reader.pass(record, row)
      continue
    }
    const total = isTotalRow(record, cell(record, 'from'), cell(record, 'to'))
    if (total === null && EXAMPLE.test(cell(record, 'id').trim())) report('row.example', { row })
    else if (total === null) {
      const order = reader.read(record, row)
      if (order) orders.push(order)
      lines.push({ row, cells: table.cells[row - 1] ?? [], carried: reader.carried })
    } else {
      report('row.total', { row }, { text: total })
      reader.endBlock(total)
    }
  }
  const rows = lines.length
  if (rows === 0) report('file.noRows', {})

  warnOfFarDates(orders, header, report)
  warnOfLoneDates(orders, header, report)
  const dates = [...new Set(orders.map(({ date }) => date))].sort()
  if (dates.length > MAX_DAYS) {
    report('file.tooManyDays', {}, { days: dates.length, limit: MAX_DAYS })
    return { ...nothing, outcome: { ...outcome, rows }, header, lines }
  }
  const told = new Set<string>()
  const tell = (issue: Issue): void => {
    // a fault of the fleet shows on each day: once is enough
    const key = `${issue.code} ${issue.path} ${issue.message}`
    if (!told.has(key)) issues.push(issue)
    told.add(key)
  }
  const ordersOf = Map.groupBy(orders, ({ date }) => date)
  const days = dates
    .map((date) => makeDay(data, date, ordersOf.get(date) ?? [], { reader, header, locale: options.locale, tell }))
    .filter(({ problem }) => problem.shipments.length > 0)
  const kept = new Set(days.flatMap((day) => day.problem.shipments.map(({ id }) => `${day.date} ${id}`)))
  const accepted = orders.filter(({ date, shipment }) => kept.has(`${date} ${shipment.id}`))
  const acceptedRows = new Set(accepted.map(({ row }) => row))
  const bad = lines.filter(({ row }) => !acceptedRows.has(row))
  const { mapping = {} } = options
  const count = days.reduce((sum, { problem }) => sum + problem.shipments.length, 0)
  return {
    outcome: {
      days,
      rows,
      accepted: count,
      issues: inFileOrder(issues),
      addresses: reader.wanted,
      held: holdLines(bad, header, issues, reader.wanted),
      rejected: rejectLines(bad, { table, header, issues, locale: options.locale }),
      ...(count > 0 && Object.keys(mapping).length > 0 && { learned: mapping }),
    },
    header,
    reader,
    lines,
    accepted,
  }
}

/** What the example of our template is called. */
const EXAMPLE = /^(예시|example)/i

/** A year mistyped: an order far from the middle of the file, which a few of them cannot move. */
function warnOfFarDates(orders: readonly Order[], header: Header, report: Report): void {
  const middle = orders.map(({ date }) => date).sort()[orders.length >> 1]
  if (middle === undefined) return
  const column = header.columns.get('date')?.name
  for (const { row, date } of orders)
    if (Math.abs(daysBetween(middle, date)) > FAR_DAYS)
      report('date.far', { row, ...(column && { column }) }, { date, middle })
}

/** Of a file of one day, the few orders of another day: a slip of the hand, or meant. */
function warnOfLoneDates(orders: readonly Order[], header: Header, report: Report): void {
  const byDate = [...Map.groupBy(orders, ({ date }) => date)].sort(([, a], [, b]) => b.length - a.length)
  const [main, ...others] = byDate
  const column = header.columns.get('date')?.name
  if (main === undefined || main[1].length < LONE_SHARE * orders.length) return
  for (const { row, date } of others.flatMap(([, few]) => few))
    if (Math.abs(daysBetween(main[0], date)) <= FAR_DAYS)
      report('date.alone', { row, ...(column && { column }) }, { date, main: main[0], count: main[1].length })
}

function firstFullDate(cells: readonly string[]): string | null {
  for (const cell of cells) {
    const date = readDate(cell, null)
    if ('value' in date) return date.value
  }
  return null
}

/** Faults of the whole file first, then from the top down. */
const inFileOrder = (issues: readonly Issue[]): Issue[] => [...issues].sort((a, b) => (a.row ?? 0) - (b.row ?? 0))
