/** From where to where each lies, one under the other: where ranges overlap, nobody is ahead. */
import { ticksOf } from '../../../../study/index.ts'
import type { Drawing } from '../report.ts'
import type { Say } from '../words.ts'
import { box, COLOURS, cut, drawing, letters, upright, WIDTH } from './frame.ts'

export interface RangeRow {
  readonly name: string
  readonly low: number
  readonly high: number
  /** null: too little is known for a middle */
  readonly value: number | null
  readonly text: string
}
interface RangeAxis {
  readonly low: number
  readonly high: number
  readonly show: (value: number) => string
  /** drawn across all rows, with its name above them */
  readonly mark?: { readonly at: number; readonly name: string }
  /** room for what stands beside a row */
  readonly values: number
}

/** A page has no room for more. */
const MOST_ROWS = 44
const UNIT: Omit<RangeAxis, 'show'> = { low: 0, high: 1, values: 92 }

/** As many drawings as the rows need pages. */
export function drawRanges(rows: readonly RangeRow[], say: Say, axis?: RangeAxis): Drawing[] {
  const parts = Math.max(1, Math.ceil(rows.length / MOST_ROWS))
  const scale = axis ?? { ...UNIT, show: (value: number) => say.digits(value, 1) }
  return Array.from({ length: parts }, (_, k) => drawRows(rows.slice(k * MOST_ROWS, (k + 1) * MOST_ROWS), scale))
}

function drawRows(rows: readonly RangeRow[], { low: from, high: to, show, mark, values }: RangeAxis): Drawing {
  const [names, row, foot] = [148, 13, 16]
  const top = mark ? 12 : 0
  const height = top + rows.length * row + foot
  const x = (value: number) => names + ((value - from) / Math.max(1e-9, to - from)) * (WIDTH - names - values)
  return drawing(height, [
    ...ticksOf(from, to, 5).flatMap((tick) => [
      upright(x(tick), top, height - foot, tick === 0 && from < 0 ? COLOURS.ink2 : COLOURS.rule),
      letters(x(tick), height - 5, show(tick), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...(mark
      ? [
          upright(x(mark.at), top - 2, height - foot, COLOURS.warn, 1, '3 2'),
          letters(x(mark.at), 8, mark.name, { anchor: 'middle', size: 8, bold: true, colour: COLOURS.warn }),
        ]
      : []),
    ...rows.flatMap(({ name, low, high, value, text }, k) => {
      const y = top + k * row + 2
      return [
        letters(0, y + 7.5, cut(name, names - 6, 8), { size: 8 }),
        box(x(low), y + 3, Math.max(1, x(high) - x(low)), 3.5, value === null ? COLOURS.rule : COLOURS.stock),
        ...(value === null ? [] : [`<circle cx="${x(value)}" cy="${y + 4.8}" r="2.6" fill="${COLOURS.brand}"/>`]),
        letters(WIDTH, y + 7.5, text, { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
      ]
    }),
  ])
}
