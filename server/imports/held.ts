/** Orders that are right but for an address that nobody has placed yet: kept as they were read, and read again once it is placed. */
import type { Issue } from '../../solver/index.ts'
import type { SheetRow } from '../sheets/value.ts'
import { type Column, type Header, namesOf } from './columns.ts'
import type { WantedAddress } from './newPlaces.ts'
import { type Line, numberOf } from './rejected.ts'

export interface HeldOrder {
  /** ISO date of the pickup */
  readonly date: string
  readonly id: string
  /** of the addresses that it needs */
  readonly keys: readonly string[]
  /** name of the column, with its unit → what it says, that of merged cells above included */
  readonly cells: Readonly<Record<string, string>>
}

/** Faults that the order itself is not to blame for. */
const WAITING = new Set(['address.nothing', 'address.gwangju', 'address.elsewhere', 'address.several'])

/** Rows that nothing is wrong with but that an address is not placed. */
export function waitingRows(issues: readonly Issue[]): ReadonlySet<number> {
  const errors = issues.filter(({ severity }) => severity === 'error')
  const others = new Set(errors.filter(({ code }) => !WAITING.has(code)).map(({ row }) => row))
  return new Set(errors.flatMap(({ row }) => (row === undefined || others.has(row) ? [] : [row])))
}

export function holdLines(
  lines: readonly Line[],
  header: Header,
  issues: readonly Issue[],
  wanted: readonly WantedAddress[],
): HeldOrder[] {
  const waits = waitingRows(issues)
  const keysOf = Map.groupBy(
    wanted.flatMap(({ key, rows }) => rows.map((row) => ({ key, row }))),
    ({ row }) => row,
  )
  return lines.flatMap((line): HeldOrder[] => {
    const { row, carried } = line
    const date = carried.get('date')
    if (date === undefined || !waits.has(row)) return []
    const id = numberOf(line, header)
    const texts = new Map(carried).set('id', id)
    const cells = [...texts]
      .filter(([, text]) => text !== '')
      .map(([column, text]) => [headOf(column, header), text] as const)
    return [{ date, id, keys: (keysOf.get(row) ?? []).map(({ key }) => key), cells: Object.fromEntries(cells) }]
  })
}

function headOf(column: Column, header: Header): string {
  const unit = header.columns.get(column)?.unit ?? ''
  const name = namesOf(column)[0] ?? column
  return unit === '' ? name : `${name}(${unit})`
}

/** As a file of orders. Those that give a column in different units are in files of their own. */
export function heldSheets(orders: readonly HeldOrder[]): SheetRow[][] {
  const units = ({ cells }: HeldOrder): string =>
    Object.keys(cells)
      .filter((head) => head.includes('('))
      .sort()
      .join()
  return [...Map.groupBy(orders, units).values()].map((group) => {
    const heads = [...new Set(group.flatMap(({ cells }) => Object.keys(cells)))]
    return [heads, ...group.map(({ cells }): SheetRow => heads.map((head) => cells[head] ?? null))]
  })
}
