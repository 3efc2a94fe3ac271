/** What a review says of a grid, as the page shows it: marks on cells, and a list of places to mend in which the same slip is one line. */
import type { Review } from '../../server/api.ts'
import type { CellText, Draft, Spot } from './grid.ts'
import { textAt } from './grid.ts'

export type Level = 'error' | 'check' | 'wait' | 'auto'
export type Fault = Review['issues'][number]
export type Fix = Fault['fixes'][number]

export interface Mend {
  readonly key: string
  readonly level: 'error' | 'check' | 'wait'
  readonly fault: Fault
  /** where the same is wrong */
  readonly spots: readonly Spot[]
  /** of the first, best first; taken for all of them */
  readonly fixes: readonly Fix[]
}
export interface Mark {
  readonly level: Level
  readonly mend?: Mend
  /** what it was read as, where that is all there is to say */
  readonly read?: string
}
export interface Faults {
  readonly mends: readonly Mend[]
  /** by `row column` */
  readonly marks: ReadonlyMap<string, Mark>
  readonly rowLevels: ReadonlyMap<number, Level>
  readonly counts: Readonly<Record<Level, number>>
  /** rows that are no orders: totals, examples */
  readonly passed: ReadonlySet<number>
  /** of the whole file */
  readonly general: readonly Fault[]
}

/** Told in the list of what was mended by itself, or beside the columns. */
const AUTOMATIC: readonly string[] = ['row.total', 'row.example']
/** So common that marks would be all that is seen. */
const QUIET: readonly string[] = ['date', 'above']
const OF_COLUMNS: readonly string[] = ['column.unknown', 'column.twice', 'column.missing', 'mapping.noColumn']

export const spotKey = ({ row, column }: Spot): string => `${row} ${column}`
const RANK: Readonly<Record<Level, number>> = { error: 3, wait: 2, check: 1, auto: 0 }

export function readFaults(review: Review, draft: Draft): Faults {
  const groups = new Map<string, Mend & { spots: Spot[] }>()
  const passed = new Set<number>()
  const general: Fault[] = []
  const waiting = new Set(review.waiting)
  for (const fault of review.issues) {
    const { row, code, severity } = fault
    if (AUTOMATIC.includes(code)) {
      if (row !== undefined) passed.add(row)
      continue
    }
    if (OF_COLUMNS.includes(code)) continue
    if (row === undefined) {
      general.push(fault)
      continue
    }
    const spot = { row, column: fault.cell ?? -1 }
    const text = fault.cell === undefined ? '' : textAt(draft, spot)
    // one name misspelt in two columns is one slip
    const key = [code, text, fault.cell === undefined ? row : fault.message].join('\u0000')
    if (severity !== 'error' && draft.agreed.includes(key)) continue
    const level = severity === 'error' ? (waiting.has(row) ? 'wait' : 'error') : 'check'
    const known = groups.get(key)
    if (known) known.spots.push(spot)
    else groups.set(key, { key, level, fault, spots: [spot], fixes: fault.fixes })
  }
  const mends = [...groups.values()].sort(
    (a, b) =>
      RANK[b.level] - RANK[a.level] || a.spots[0]!.row - b.spots[0]!.row || a.spots[0]!.column - b.spots[0]!.column,
  )
  const marks = new Map<string, Mark>()
  const rowLevels = new Map<number, Level>()
  const raise = (row: number, level: Level) => {
    const now = rowLevels.get(row)
    if (now === undefined || RANK[level] > RANK[now]) rowLevels.set(row, level)
  }
  for (const { kind, column, rows, to } of review.readAs)
    for (const row of QUIET.includes(kind) ? [] : rows) {
      marks.set(spotKey({ row, column }), { level: 'auto', read: to })
      raise(row, 'auto')
    }
  for (const row of passed) raise(row, 'auto')
  // the gravest last: it stays
  for (const mend of mends.toReversed())
    for (const spot of mend.spots) {
      marks.set(spotKey(spot), { level: mend.level, mend })
      raise(spot.row, mend.level)
    }
  const countOf = (level: Level) => mends.filter((mend) => mend.level === level).length
  const counts = {
    error: countOf('error'),
    check: countOf('check'),
    wait: countOf('wait'),
    auto: review.readAs.length + passed.size,
  }
  return { mends, marks, rowLevels, counts, passed, general }
}

/** A fix for all places with the same slip: what these cells say then. */
export function cellsOfFix(mend: Mend, fix: Fix): CellText[] {
  const [first] = mend.spots
  const { cells = [] } = fix
  const [only, ...more] = cells
  if (only && more.length === 0) return mend.spots.map((spot) => ({ ...spot, text: only.text }))
  return mend.spots.flatMap(({ row }) => cells.map((cell) => ({ ...cell, row: cell.row - first!.row + row })))
}
/** Those that hardly anybody would mend otherwise. */
export const sureMends = (mends: readonly Mend[]): readonly Mend[] =>
  mends.filter(({ level, fixes }) => level === 'error' && fixes[0]?.sure && fixes[0].cells)

/** The next place after this one, in reading order, round the end; errors before everything else. */
export function nextFault({ mends }: Faults, after: Spot | undefined): Spot | undefined {
  const errors = mends.filter(({ level }) => level === 'error')
  const spots = (errors.length > 0 ? errors : mends)
    .flatMap((mend) => mend.spots)
    .sort((a, b) => a.row - b.row || a.column - b.column)
  const from = after ?? { row: 0, column: 0 }
  return spots.find(({ row, column }) => row > from.row || (row === from.row && column > from.column)) ?? spots[0]
}

/** How many columns are read, of those with anything in them. */
export const readColumns = ({ columns }: Review) => ({
  read: columns.filter(({ field }) => field !== undefined).length,
  all: columns.filter(({ name }) => name !== '').length,
})
