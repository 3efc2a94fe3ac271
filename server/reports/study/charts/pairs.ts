/** What the same goods cost fetched alone and on the milk run, one pair under the other, with what firms would pay for it. */
import { ticksOf } from '../../../../study/index.ts'
import type { Drawing } from '../report.ts'
import type { Say } from '../words.ts'
import { box, COLOURS, cut, drawing, letters, upright, WIDTH } from './frame.ts'

export interface PairRow {
  readonly name: string
  readonly note: string
  readonly aloneKrw: number
  readonly pooledKrw: number
  /** null: nothing to hold them against */
  readonly markKrw: number | null
}
/** More than these have no room on a page: the table has them all. */
export const MOST_PAIRS = 14

export function drawPairs(all: readonly PairRow[], { w, won, wonAxis }: Say): Drawing {
  const rows = all.slice(0, MOST_PAIRS)
  const [names, values, row, axis] = [76, 92, 44, 16]
  const height = rows.length * row + axis
  const sums = rows.flatMap(({ aloneKrw, pooledKrw, markKrw }) => [aloneKrw, pooledKrw, markKrw ?? 0])
  const [low, high] = [Math.min(0, ...sums), Math.max(1, ...sums)]
  const x = (krw: number) => names + ((krw - low) / (high - low)) * (WIDTH - names - values)
  const bar = (y: number, krw: number, name: string, pooled: boolean): string[] => [
    letters(0, y + 8, name, { size: 8, colour: COLOURS.ink2 }),
    box(Math.min(x(0), x(krw)), y, Math.max(0.8, Math.abs(x(krw) - x(0))), 10, pooled ? COLOURS.brand : COLOURS.stock),
    letters(WIDTH, y + 8, won(krw), { anchor: 'end', size: 8, bold: pooled }),
  ]
  return drawing(height, [
    ...ticksOf(low, high, 5).map((tick) =>
      letters(x(tick), height - 5, wonAxis(tick), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ),
    ...rows.flatMap(({ name, note, aloneKrw, pooledKrw, markKrw }, k) => {
      const y = k * row
      const room = WIDTH * 0.52
      return [
        letters(0, y + 10, cut(name, room), { bold: true }),
        letters(WIDTH, y + 10, cut(note, WIDTH - room - 8, 8), { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
        ...ticksOf(low, high, 5).map((tick) =>
          upright(x(tick), y + 13, y + 39, tick === 0 ? COLOURS.ink2 : COLOURS.rule),
        ),
        ...bar(y + 15, aloneKrw, w('각자', 'alone'), false),
        ...bar(y + 27, pooledKrw, w('밀크런으로', 'on the milk run'), true),
        ...(markKrw === null ? [] : [upright(x(markKrw), y + 13, y + 39, COLOURS.warn, 1.2, '3 2')]),
      ]
    }),
  ])
}
