/** Figures with their intervals over a count of firms or days, and what each firm takes with it when it leaves. */
import { type Estimate, ticksOf } from '../../../../study/index.ts'
import type { Drawing } from '../report.ts'
import type { Say } from '../words.ts'
import {
  box,
  COLOURS,
  cut,
  drawing,
  letters,
  level,
  pathOf,
  roomFor,
  stroke,
  upright,
  WIDTH,
  whisker,
} from './frame.ts'

interface IntervalForm {
  /** band: a run of many points; whiskers: a few of their own */
  readonly form: 'band' | 'whiskers'
  readonly line?: { readonly at: number; readonly name: string }
  readonly show: (value: number) => string
  readonly axis: string
}

export function drawIntervals(
  points: readonly ({ readonly at: number } & Estimate)[],
  { form, line, show, axis }: IntervalForm,
): Drawing {
  const [left, top, base] = [56, line ? 22 : 12, 168]
  const ends = points.flatMap(({ value, interval }) => [value, ...(interval ?? [])])
  // first intervals of a run may be as wide as the world
  const settled =
    form === 'band' ? points.slice(Math.floor(points.length / 6)).flatMap(({ interval }) => interval ?? []) : ends
  const all = [...settled, ...points.map(({ value }) => value), ...(line ? [line.at] : [])]
  const pad = Math.max(1e-9, (Math.max(...all) - Math.min(...all)) * 0.06)
  const [low, high] = [Math.min(...all) - pad, Math.max(...all) + pad]
  const y = (value: number) => Math.min(base, Math.max(top, base - ((value - low) / (high - low)) * (base - top)))
  const [first, last] = [points[0]!.at, points.at(-1)!.at]
  const x = (at: number) => left + 12 + ((at - first) / Math.max(1, last - first)) * (WIDTH - left - 28)
  const side = (end: 0 | 1) => points.map(({ at, value, interval }) => [x(at), y(interval?.[end] ?? value)] as const)
  // names that would meet are left out, the last never
  let shownAt = Number.NEGATIVE_INFINITY
  const shown = points.filter(({ at }) => {
    const fits = at === last || (x(at) - shownAt > 22 && x(last) - x(at) > 22)
    if (fits) shownAt = x(at)
    return fits
  })
  return drawing(base + 32, [
    ...ticksOf(low, high, 4).flatMap((tick) => [
      level(y(tick), left, WIDTH, COLOURS.rule),
      letters(left - 5, y(tick) + 3, show(tick), { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...(form === 'band'
      ? [`<path d="${pathOf([...side(0), ...side(1).toReversed()])}Z" fill="${COLOURS.stock}" fill-opacity="0.55"/>`]
      : []),
    ...(line
      ? [
          level(y(line.at), left, WIDTH, COLOURS.warn, 0.9, '4 3'),
          // above the plot: whiskers may stand anywhere in it
          level(8, WIDTH - roomFor([line.name], 8) - 26, WIDTH - roomFor([line.name], 8) - 6, COLOURS.warn, 0.9, '4 3'),
          letters(WIDTH, 11, line.name, { anchor: 'end', size: 8, colour: COLOURS.warn }),
        ]
      : []),
    stroke(pathOf(points.map(({ at, value }) => [x(at), y(value)])), COLOURS.brand, 1.4),
    ...(form === 'whiskers'
      ? points.flatMap(({ at, value, interval }) => [
          ...(interval
            ? [
                upright(x(at), y(interval[1]), y(interval[0]), COLOURS.ink, 0.9),
                ...interval.map((end) => level(y(end), x(at) - 3, x(at) + 3, COLOURS.ink, 0.9)),
              ]
            : []),
          `<circle cx="${x(at)}" cy="${y(value)}" r="3" fill="${COLOURS.brand}"/>`,
        ])
      : []),
    ...shown.map(({ at }) =>
      letters(x(at), base + 13, String(at), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ),
    letters(WIDTH, base + 27, axis, { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
  ])
}

export interface ExitRow {
  readonly name: string
  readonly lostKrw: Estimate
  readonly breaks: boolean
}

/** The one most needed on top. */
export function drawExits(rows: readonly ExitRow[], { wonAxis, won }: Say): Drawing {
  const [names, values, row, axis] = [150, 84, 17, 16]
  const height = rows.length * row + axis
  const ends = rows.flatMap(({ lostKrw: { value, interval } }) => [value, ...(interval ?? [])])
  const [low, high] = [Math.min(0, ...ends), Math.max(1, ...ends)]
  const x = (krw: number) => names + ((krw - low) / (high - low)) * (WIDTH - names - values)
  return drawing(height, [
    ...ticksOf(low, high, 5).flatMap((tick) => [
      upright(x(tick), 0, height - axis, tick === 0 ? COLOURS.ink2 : COLOURS.rule),
      letters(x(tick), height - 5, wonAxis(tick), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...rows.flatMap(({ name, lostKrw: { value, interval }, breaks }, k) => {
      const y = k * row + 2
      return [
        letters(0, y + 9.5, cut(name, names - 6, 8), { size: 8 }),
        box(Math.min(x(0), x(value)), y, Math.abs(x(value) - x(0)), 12, breaks ? COLOURS.bad : COLOURS.stock),
        ...(interval ? [whisker(x(interval[0]), x(interval[1]), y + 6)] : []),
        letters(WIDTH, y + 9.5, won(value), { anchor: 'end', size: 8 }),
      ]
    }),
  ])
}
