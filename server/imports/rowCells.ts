/** The cells of one row by what they hold, and the report of what is wrong with them. */
import { type Cell, plain } from './cells.ts'
import type { Column, Header } from './columns.ts'
import type { ImportCode, Report } from './words.ts'

type Values = Readonly<Record<string, string | number>>

/** Signs for "as above". */
const DITTO = /^(〃|″|"|'|''|상동|위와 ?같음|↑)$/

export class RowCells {
  readonly row: number
  faults = 0
  readonly #record: readonly string[]
  readonly #header: Header
  readonly #report: Report
  readonly #above: ReadonlyMap<Column, string>

  constructor(
    record: readonly string[],
    row: number,
    header: Header,
    report: Report,
    above: ReadonlyMap<Column, string>,
  ) {
    this.row = row
    this.#record = record
    this.#header = header
    this.#report = report
    this.#above = above
  }

  has(column: Column): boolean {
    return this.#header.columns.has(column)
  }

  text(column: Column): string {
    const cell = plain(this.#record[this.#header.columns.get(column)?.index ?? -1] ?? '')
    return DITTO.test(cell) ? this.above(column) : cell
  }

  above(column: Column): string {
    return this.#above.get(column) ?? ''
  }

  /** What the header says in brackets: 중량(톤). */
  unit(column: Column): string {
    return this.#header.columns.get(column)?.unit ?? ''
  }

  /** The column as the file calls it. */
  nameOf(column: Column): string {
    return this.#header.columns.get(column)?.name ?? column
  }

  warn(code: ImportCode, column: Column, values: Values = {}): void {
    const name = this.#header.columns.get(column)?.name
    const place = { row: this.row, ...(name !== undefined && { column: name }) }
    this.#report(code, place, { value: this.text(column), ...values })
  }

  /** A fault that costs the row its place in the plan. */
  fault(code: ImportCode, column: Column, values: Values = {}): null {
    this.faults++
    this.warn(code, column, values)
    return null
  }

  value<T>(column: Column, cell: Cell<T>): T | null {
    return 'value' in cell ? cell.value : this.fault(cell.fault, column)
  }

  /** For what a plan can do without: a fault is only told, and the default holds. */
  valueOr<T>(column: Column, cell: Cell<T>, fallback: T): T {
    if ('value' in cell) return cell.value
    this.warn(cell.fault, column)
    return fallback
  }
}
