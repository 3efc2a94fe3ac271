/** What is told of a file before its rows: how it was read, which columns are missing, unknown, or there twice. */
import { fillWords, type Issue, type Locale } from '../../solver/index.ts'
import { type Column, type Header, lackingColumns, type Mapping, meaningOf, nameKey, namesOf } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import { guessColumns, proposeMapping } from './guess.ts'
import type { ImportOptions } from './index.ts'
import type { Table } from './table.ts'
import { IMPORT_WORDS, type ImportCode, type Report } from './words.ts'

export const issueReport =
  (issues: Issue[], { locale, fileName }: ImportOptions): Report =>
  (code, place, values = {}) => {
    const words = IMPORT_WORDS[code]
    const [message, remedy] = words[locale].map((text) => fillWords(text, values))
    const { row, column } = place
    const path = row === undefined ? (fileName ?? 'file') : `row ${row}${column ? ` column ${column}` : ''}`
    issues.push({ code, severity: words.severity, path, ...place, message, remedy })
  }

/** Of one code, in words. */
export function rowIssue(code: ImportCode, locale: Locale, values: Readonly<Record<string, string | number>>): Issue {
  const issues: Issue[] = []
  issueReport(issues, { locale })(code, {}, values)
  return issues[0]!
}

/** What should be known of the file before its columns. */
export function reportTable(
  { records, brokenOff, sheet = '', otherSheets = [], formulas = [] }: Table,
  report: Report,
): void {
  if (brokenOff) report('file.quotes', { row: records.length + 1 })
  if (otherSheets.length > 0) report('sheet.others', {}, { sheet, others: otherSheets.join(', ') })
  if (formulas.length > 0) {
    const shown = formulas.slice(0, 10).join(', ')
    report('cell.formulas', {}, { count: formulas.length, cells: formulas.length > 10 ? `${shown} …` : shown })
  }
}

/** Columns without which no row can be read. */
export function missingColumns(header: Header, data: ComplexData, date: string | undefined): Column[] {
  const missing = lackingColumns(header)
  if (!header.columns.has('date') && date === undefined) missing.push('date')
  if (!header.columns.has('firm') && data.firms.every((firm) => firm.site === undefined)) missing.push('firm')
  return missing
}

/** False: a column is missing without which no row can be read. */
export function reportColumns(
  header: Header,
  table: Table,
  data: ComplexData,
  options: ImportOptions,
  report: Report,
): boolean {
  const row = header.record + 1
  const wrong = Object.entries(options.mapping ?? {}).filter(
    ([field, name]) =>
      nameKey(header.columns.get(meaningOf(field as keyof Mapping).column)?.name ?? '') !== nameKey(name),
  )
  const names = (table.records[header.record] ?? []).map((name) => name.trim()).filter((name) => name !== '')
  for (const [field, column] of wrong) report('mapping.noColumn', { row }, { field, column, names: names.join(', ') })
  const missing = missingColumns(header, data, options.date)
  for (const column of missing) {
    const names = namesOf(column)
    report('column.missing', { row, column: names[0] }, { column: names[0], names: names.join(', ') })
  }
  for (const column of header.twice) report('column.twice', { row, column }, { column })
  reportUnknown(header, table, data, report)
  return missing.length === 0
}

/** Columns that nobody has explained, each with what it looks like. */
export function reportUnknown(header: Header, { records }: Table, data: ComplexData, report: Report): void {
  const columns = guessColumns(header, records, data)
  const fieldOf = new Map(Object.entries(proposeMapping(columns)).map(([field, name]) => [name, field]))
  const unknown = columns.map(({ name, guesses }) => {
    const guess = fieldOf.get(name) ?? guesses[0]?.field
    return guess === undefined ? name : `${name} (${guess}?)`
  })
  if (unknown.length > 0) report('column.unknown', { row: header.record + 1 }, { columns: unknown.join(', ') })
}
