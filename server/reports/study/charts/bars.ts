/** Bars that lie down: the waterfall, the tornado, and what each help leaves of an outage. */
import { type FallBar, type Tornado, type TornadoEnd, ticksOf } from '../../../../study/index.ts'
import type { Drawing } from '../report.ts'
import type { Say } from '../words.ts'
import { box, COLOURS, cut, drawing, letters, level, upright, WIDTH, whisker } from './frame.ts'

const AXIS = 16
const NAMES = 128
/** More than these are no longer a chart on one page: the table has them all. */
export const MOST_BARS = 24

/** From one sum to the other, step by step. */
export function drawFall(
  bars: readonly FallBar[],
  nameOf: (id: string) => string,
  { won, wonDifference, wonAxis }: Say,
): Drawing {
  const row = 20
  const values = 92
  const top = Math.max(...bars.flatMap(({ from, to, interval }) => [from, to, interval?.[1] ?? 0]))
  const low = Math.min(0, ...bars.flatMap(({ from, to }) => [from, to]))
  const x = (krw: number) => NAMES + ((krw - low) / Math.max(1, top - low)) * (WIDTH - NAMES - values)
  const height = bars.length * row + AXIS
  return drawing(height, [
    ...ticksOf(low, top, 5).flatMap((tick) => [
      upright(x(tick), 0, height - AXIS, COLOURS.rule),
      letters(x(tick), height - 5, wonAxis(tick), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...bars.flatMap(({ id, krw, from, to, level: isSum, interval }, k) => {
      const y = k * row + 3
      const left = x(Math.min(from, to))
      const colour = isSum ? COLOURS.brand : krw > 0 ? COLOURS.warn : COLOURS.good
      return [
        letters(0, y + 10.5, cut(nameOf(id), NAMES - 6), { bold: isSum }),
        ...(k + 1 < bars.length ? [upright(x(to), y + 14, y + row, COLOURS.ink2)] : []),
        box(left, y, Math.max(1.2, x(Math.max(from, to)) - left), 14, colour),
        ...(interval ? [whisker(x(interval[0]), x(interval[1]), y + 7)] : []),
        letters(WIDTH, y + 10.5, isSum ? won(krw) : wonDifference(krw), {
          anchor: 'end',
          bold: isSum,
          colour: isSum ? COLOURS.ink : krw > 0 ? COLOURS.warn : COLOURS.good,
        }),
      ]
    }),
  ])
}

/** One factor a row, both ends planned anew; the widest on top. */
export function drawTornado(
  { base, bars: all, low, high }: Tornado,
  nameOf: (factor: string) => string,
  { share, of }: Say,
): Drawing {
  const bars = all.slice(0, MOST_BARS)
  const row = 22
  const side = 62
  const height = bars.length * row + AXIS
  const span = Math.max(0.001, high - low)
  const x = (value: number) => NAMES + side + ((value - low) / span) * (WIDTH - NAMES - 2 * side)
  const half = (end: TornadoEnd, y: number, isLow: boolean): string[] => {
    const ends = [x(end.value), ...(end.interval?.map(x) ?? [])]
    const outer = isLow ? Math.min(...ends) : Math.max(...ends)
    const isBase = Math.abs(end.value - base) < 1e-12
    return [
      box(
        Math.min(x(base), x(end.value)),
        y,
        Math.abs(x(end.value) - x(base)),
        13,
        end.value < base ? COLOURS.warn : COLOURS.good,
      ),
      ...(end.interval ? [whisker(x(end.interval[0]), x(end.interval[1]), y + 6.5)] : []),
      ...(isBase
        ? []
        : [
            letters(isLow ? outer - 4 : outer + 4, y + 9.5, of(end.short), {
              anchor: isLow ? 'end' : 'start',
              size: 8,
            }),
          ]),
    ]
  }
  return drawing(height, [
    ...ticksOf(low, high, 5).flatMap((tick) => [
      upright(x(tick), 0, height - AXIS, COLOURS.rule),
      letters(x(tick), height - 5, share(tick).replace('.0', ''), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...bars.flatMap((bar, k) => {
      const y = k * row + 4
      return [
        letters(0, y + 10, cut(nameOf(bar.factor), NAMES - 4)),
        ...half(bar.low, y, true),
        ...half(bar.high, y, false),
      ]
    }),
    upright(x(base), 0, height - AXIS, COLOURS.ink, 1),
  ])
}

/** Plain lengths to be compared, each with its words. */
export function drawLengths(
  bars: readonly { readonly name: string; readonly value: number; readonly text: string; readonly bad?: boolean }[],
): Drawing {
  const row = 30
  const most = Math.max(1e-9, ...bars.map(({ value }) => value))
  return drawing(
    bars.length * row,
    bars.flatMap(({ name, value, text, bad }, k) => [
      letters(0, k * row + 10, cut(name, WIDTH - 150), { bold: true }),
      letters(WIDTH, k * row + 10, text, { anchor: 'end' }),
      box(0, k * row + 14, WIDTH, 9, COLOURS.pale),
      box(0, k * row + 14, (value / most) * WIDTH, 9, bad ? COLOURS.bad : COLOURS.brand),
    ]),
  )
}

/** Year after year, to both sides of nought. */
export function drawRunning(
  years: readonly { readonly year: number; readonly netKrw: number; readonly sumKrw: number }[],
  { wonAxis }: Say,
): Drawing {
  const [left, top, base] = [48, 8, 148]
  const values = years.flatMap(({ netKrw, sumKrw }) => [netKrw, sumKrw])
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const y = (krw: number) => base - ((krw - low) / Math.max(1, high - low)) * (base - top)
  const step = (WIDTH - left) / years.length
  const wide = Math.min(26, step * 0.6)
  const x = (k: number) => left + (k + 0.5) * step
  // names of years that would meet are left out
  const every = Math.ceil(years.length / 20)
  return drawing(base + 22, [
    ...ticksOf(low, high, 5).flatMap((tick) => [
      level(y(tick), left, WIDTH, tick === 0 ? COLOURS.ink2 : COLOURS.rule, tick === 0 ? 0.9 : 0.5),
      letters(left - 5, y(tick) + 3, wonAxis(tick), { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...years.flatMap(({ year, netKrw, sumKrw }, k) => [
      box(
        x(k) - wide / 2,
        Math.min(y(0), y(netKrw)),
        wide,
        Math.max(0.5, Math.abs(y(netKrw) - y(0))),
        netKrw < 0 ? COLOURS.warn : COLOURS.stock,
      ),
      ...(k > 0
        ? [
            `<line x1="${x(k - 1)}" y1="${y(years[k - 1]!.sumKrw)}" x2="${x(k)}" y2="${y(sumKrw)}" stroke="${COLOURS.brand}" stroke-width="1.4"/>`,
          ]
        : []),
      `<circle cx="${x(k)}" cy="${y(sumKrw)}" r="2.4" fill="${COLOURS.brand}"/>`,
      ...(k % every === 0
        ? [letters(x(k), base + 16, String(year), { anchor: 'middle', size: 8, colour: COLOURS.ink2 })]
        : []),
    ]),
  ])
}
