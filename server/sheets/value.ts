/** What a cell of a sheet may hold, whichever the file that it stands in. */

/** A day, a time of day, or both, as the clock on the wall of the complex shows it: 2026-11-23, 09:30, 2026-11-23 09:30. */
export interface WallClock {
  readonly clock: string
}
export type SheetValue = string | number | boolean | WallClock | null
export type SheetRow = readonly SheetValue[]

export interface Sheet {
  readonly name: string
  /** the first is the row of names */
  readonly rows: readonly SheetRow[]
}

/** As a person reads it; numbers without the dust of binary fractions. */
export function textOf(value: SheetValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return typeof value === 'string' ? value : value.clock
}
