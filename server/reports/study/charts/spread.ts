/** Days as dots, the trade-off between orders and stock, and the days until stock ends. */
import { type CurvePoint, type Dots, type OutageView, ticksOf } from '../../../../study/index.ts'
import type { Drawing } from '../report.ts'
import type { Say } from '../words.ts'
import { box, COLOURS, cut, drawing, letters, level, pathOf, roomFor, stroke, upright, WIDTH } from './frame.ts'

/** `name`: of the line that dots are held against; default: the target. */
export function drawDots(
  { dots, binShare, low, high, tallest }: Dots,
  target: number,
  { share, w }: Say,
  name = `${w('목표', 'target')} ${share(target)}`,
): Drawing {
  const top = 18
  const x = (value: number) => 8 + ((value - low) / (high - low)) * (WIDTH - 24)
  const radius = Math.max(1.4, Math.min(4.5, ((WIDTH - 24) * binShare) / (high - low) / 2 - 0.5))
  const step = Math.min(2 * radius + 1, 110 / tallest)
  const base = Math.max(64, top + tallest * step + 8)
  const right = x(target) > WIDTH * 0.62
  return drawing(base + 18, [
    ...ticksOf(low, high, 8).flatMap((tick) => [
      upright(x(tick), top, base, tick === 0 ? COLOURS.ink2 : COLOURS.rule),
      letters(x(tick), base + 12, share(tick).replace('.0', ''), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    level(base, 0, WIDTH, COLOURS.ink2, 0.9),
    ...dots.map(
      ({ bin, level: height, reached }) =>
        `<circle cx="${x((bin + 0.5) * binShare)}" cy="${base - 2 - radius - height * step}" r="${radius}" ${
          reached ? `fill="${COLOURS.good}"` : `fill="#fff" stroke="${COLOURS.good}" stroke-width="0.9"`
        }/>`,
    ),
    upright(x(target), top - 4, base, COLOURS.warn, 1, '3 2'),
    letters(x(target) + (right ? -5 : 5), top - 6, name, {
      anchor: right ? 'end' : 'start',
      bold: true,
      colour: COLOURS.warn,
    }),
  ])
}

/** Orders a year against cost, and against stock: two panels over one axis, since won and kg share no scale. */
export function drawCurve(
  points: readonly CurvePoint[],
  today: { readonly krw: number; readonly kg: number },
  { w, wonAxis, digits }: Say,
): Drawing {
  const left = 48
  const first = points[0]!.orders
  const span = Math.max(1, points[points.length - 1]!.orders - first)
  const x = (orders: number) => left + 8 + ((orders - first) / span) * (WIDTH - left - 20)
  const best = points.find((point) => point.best)!
  const panel = (
    name: string,
    [top, base]: readonly [number, number],
    of: (point: CurvePoint) => number,
    now: number,
    text: (value: number) => string,
  ): string[] => {
    const most = Math.max(now, ...points.map(of)) * 1.08
    const ticks = ticksOf(0, most, 3)
    const high = Math.max(most, ticks[ticks.length - 1]!)
    const y = (value: number) => base - (value / high) * (base - top)
    return [
      letters(0, top - 5, name, { size: 8, bold: true }),
      ...ticks.flatMap((tick) => [
        level(y(tick), left, WIDTH, tick === 0 ? COLOURS.ink2 : COLOURS.rule, tick === 0 ? 0.9 : 0.5),
        letters(left - 5, y(tick) + 3, text(tick), { anchor: 'end', size: 8, colour: COLOURS.ink2 }),
      ]),
      level(y(now), left, WIDTH, COLOURS.warn, 0.9, '4 3'),
      letters(WIDTH, y(now) - 3, w('오늘', 'today'), { anchor: 'end', size: 8, colour: COLOURS.warn }),
      upright(x(best.orders), top, base, COLOURS.good, 0.8, '2 2'),
      stroke(pathOf(points.map((point) => [x(point.orders), y(of(point))])), COLOURS.brand, 1.4),
      ...points.map(
        (point) =>
          `<circle cx="${x(point.orders)}" cy="${y(of(point))}" r="${point.best ? 3.8 : 2.3}" fill="${point.best ? COLOURS.good : COLOURS.brand}"/>`,
      ),
    ]
  }
  const base = 212
  // names of orders that would meet are left out, the cheapest never
  const shown = points.filter(
    ({ orders, best: isBest }, k) =>
      isBest || ((k === 0 || x(orders) - x(points[k - 1]!.orders) > 13) && Math.abs(x(orders) - x(best.orders)) > 13),
  )
  return drawing(base + 30, [
    ...panel(w('비용 (한 해, 원)', 'Cost (won a year)'), [16, 108], ({ costKrw }) => costKrw, today.krw, wonAxis),
    ...panel(
      w('평균 재고 (t)', 'Mean stock (t)'),
      [138, base],
      ({ stockKg }) => stockKg,
      today.kg,
      (kg) => digits(kg / 1000, 1).replace('.0', ''),
    ),
    ...shown.map(({ orders, best: isBest }) =>
      letters(x(orders), base + 12, String(orders), {
        anchor: 'middle',
        size: 8,
        bold: isBest,
        colour: isBest ? COLOURS.good : COLOURS.ink2,
      }),
    ),
    letters(WIDTH, base + 26, w('한 해 공동 주문 (초록: 가장 쌈)', 'joint orders a year (green: cheapest)'), {
      anchor: 'end',
      size: 8,
      colour: COLOURS.ink2,
    }),
  ])
}

/** More than these have no room on a page: the table has them all. */
export const MOST_ROWS = 34

/** Firm by firm: how long its stock lasts, and how long it stands still. */
export function drawOutage({ rows: all, untilDay, weeks }: OutageView, { w, whole, digits }: Say): Drawing {
  const rows = all.slice(0, MOST_ROWS)
  const row = 17
  const says = rows.map(({ known }) =>
    !known
      ? w('자료 부족', 'not enough data')
      : known.daysLost > 0
        ? w(
            `${whole(known.stopsOnDay ?? untilDay)}일째부터 ${digits(known.daysLost, 1)}일 멈춤`,
            `from day ${whole(known.stopsOnDay ?? untilDay)}: ${digits(known.daysLost, 1)} days stopped`,
          )
        : w('멈추지 않음', 'does not stop'),
  )
  const [names, values, axis] = [150, roomFor(says, 8) + 6, 16]
  const height = rows.length * row + axis
  const x = (day: number) => names + (day / untilDay) * (WIDTH - names - values)
  return drawing(height, [
    ...ticksOf(0, untilDay, 7).flatMap((tick) => [
      upright(x(tick), 0, height - axis, tick === 0 ? COLOURS.ink2 : COLOURS.rule),
      letters(x(tick), height - 5, whole(tick), { anchor: 'middle', size: 8, colour: COLOURS.ink2 }),
    ]),
    ...rows.flatMap(({ firm, item, known }, k) => {
      const y = k * row + 2
      const stop = known ? (known.stopsOnDay ?? untilDay) : 0
      const lost = known?.daysLost ?? 0
      return [
        letters(0, y + 9.5, cut(`${firm} · ${item}`, names - 6, 8), { size: 8 }),
        ...(known
          ? [
              box(x(0), y, x(stop) - x(0), 12, COLOURS.stock),
              ...(lost > 0 ? [box(x(stop), y, Math.max(1.5, x(lost) - x(0)), 12, COLOURS.bad)] : []),
            ]
          : [box(x(0), y, WIDTH - values - x(0), 12, COLOURS.pale)]),
        letters(WIDTH, y + 9.5, says[k]!, { anchor: 'end', size: 8, colour: lost > 0 ? COLOURS.bad : COLOURS.ink2 }),
      ]
    }),
    upright(x(weeks * 7), 0, height - axis, COLOURS.warn, 0.9, '4 3'),
  ])
}
