/** From where to where each lies, one under the other: where ranges overlap, nobody is ahead. */
import { ticksOf } from '../../../../study/index.ts'
import type { Drawing } from '../report.ts'
import type { Say } from '../words.ts'
import { box, COLOURS, drawing, letters, upright, WIDTH } from './frame.ts'

export interface RangeRow {
  readonly name: string
  readonly low: number
  readonly high: number
  /** null: too little is known for a middle */
  readonly value: number | null
  readonly text: string
}

export function drawRanges(rows: readonly RangeRow[], { digits }: Say): Drawing {
  const [names, values, row, axis] = [148, 92, 13, 16]
  const height = rows.length * row + axis
  const x = (value: number) => names + value * (WIDTH - names - values)
  return drawing(height, [
    ...ticksOf(0, 1, 5).flatMap((tick) => [
      upright(x(tick), 0, height - axis, COLOURS.rule),
      letters(x(tick), height - 5, digits(tick, 1), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...rows.flatMap(({ name, low, high, value, text }, k) => {
      const y = k * row + 2
      return [
        letters(0, y + 7.5, name, { size: 8 }),
        box(x(low), y + 3, Math.max(1, x(high) - x(low)), 3.5, value === null ? COLOURS.rule : COLOURS.stock),
        ...(value === null ? [] : [`<circle cx="${x(value)}" cy="${y + 4.8}" r="2.6" fill="${COLOURS.brand}"/>`]),
        letters(WIDTH, y + 7.5, text, { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
      ]
    }),
  ])
}
