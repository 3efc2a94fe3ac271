/** How much of a grid is in sight, and how wide. */
import type { Review } from '../../server/api.ts'
import type { Faults, Level } from './faults.ts'
import type { Draft, Spot } from './grid.ts'

export type Filter = 'all' | 'error' | 'check' | 'auto'
export const ROW_PX = 27
export const HEAD_PX = 42
/** Of the numbers of rows, before the first column. */
export const NUMBER_PX = 46

/** Rows that the widths are measured on. */
const SAMPLED = 200

/** As wide as most of what stands in it. */
export function columnWidths({ rows }: Draft, { columns }: Review): number[] {
  const width = Math.max(columns.length, ...rows.slice(0, 50).map((row) => row.length))
  const step = Math.max(1, Math.floor(rows.length / SAMPLED))
  const sample = rows.filter((_, index) => index % step === 0)
  return Array.from({ length: width }, (_, column) => {
    const lengths = sample.map((row) => spanOf(row[column] ?? '')).sort((a, b) => a - b)
    const most = lengths[Math.floor(lengths.length * 0.95)] ?? 0
    const name = Math.max(spanOf(columns[column]?.name ?? ''), 4)
    return Math.round(Math.min(220, Math.max(62, 7.4 * Math.max(most, name) + 20)))
  })
}
/** Letters of Hangul are twice as wide. */
const spanOf = (text: string): number => text.length + (text.match(/[\u1100-\uffdc]/g)?.length ?? 0) * 0.8

export function rowsInSight(draft: Draft, faults: Faults, filter: Filter, head: number): number[] {
  const done = new Set(draft.done)
  const all = draft.rows.flatMap((_, index) => (index > head && !done.has(index + 1) ? [index + 1] : []))
  if (filter === 'all') return all
  const wanted: readonly (Level | undefined)[] = filter === 'check' ? ['check', 'wait'] : [filter]
  const marked = new Set(
    [...faults.marks].flatMap(([key, { level }]) => (wanted.includes(level) ? [Number(key.split(' ')[0])] : [])),
  )
  return all.filter((row) => marked.has(row) || (filter === 'auto' && faults.passed.has(row)))
}

export const rangeOf = (a: Spot, b: Spot) => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
})
