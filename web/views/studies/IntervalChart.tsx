/** Figures with their intervals over a count: of firms, or of days. A line is drawn where they are held against something. */
import { useElementSize } from '@mantine/hooks'
import { ticksOf } from '../../../study/index.ts'
import { widthOf } from './text.ts'

const HEIGHT = 240
const TOP = 14
const BASE = HEIGHT - 44
const LEFT = 60

export interface IntervalPoint {
  readonly at: number
  readonly value: number
  readonly interval: readonly [number, number] | null
}
interface IntervalChartProps {
  readonly points: readonly IntervalPoint[]
  /** band: a run of many points; whiskers: a few of their own */
  readonly form: 'band' | 'whiskers'
  readonly line?: { readonly at: number; readonly name: string }
  readonly show: (value: number) => string
  readonly axis: string
  readonly label: string
}

export function IntervalChart({ points, form, line, show, axis, label }: IntervalChartProps) {
  const { ref, width } = useElementSize()
  const ends = points.flatMap(({ value, interval }) => [value, ...(interval ?? [])])
  // first intervals of a run may be as wide as the world
  const settled =
    form === 'band' ? points.slice(Math.floor(points.length / 6)).flatMap(({ interval }) => interval ?? []) : ends
  const all = [...settled, ...points.map(({ value }) => value), ...(line ? [line.at] : [])]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const pad = Math.max(1e-9, (high - low) * 0.06)
  const y = (value: number) =>
    Math.min(BASE, Math.max(TOP, BASE - ((value - low + pad) / (high - low + 2 * pad)) * (BASE - TOP)))
  const [first, last] = [points[0].at, points[points.length - 1].at]
  const x = (at: number) => LEFT + 12 + ((at - first) / Math.max(1, last - first)) * (width - LEFT - 28)
  const sides = (side: 0 | 1) => points.map(({ at, value, interval }) => `${x(at)} ${y(interval?.[side] ?? value)}`)
  const shown = points.filter(
    ({ at }, k) =>
      k === points.length - 1 ||
      (x(last) - x(at) > 26 && (k === 0 || Math.floor(x(at) / 34) > Math.floor(x(points[k - 1].at) / 34))),
  )
  /** At the line, where the fewest points and intervals stand in its way. */
  const freeFor = (name: string) => {
    const long = widthOf(name, 12)
    const at = y(line?.at ?? 0)
    const places = [LEFT + 6, LEFT + (width - LEFT - long) / 2, width - long - 6].flatMap((left) => [
      { x: left, y: at - 6 },
      { x: left, y: at + 16 },
    ])
    const inWay = (place: (typeof places)[number]) =>
      points.filter(({ at: where, value, interval }) => {
        const [top, bottom] = [y(interval?.[1] ?? value) - 6, y(interval?.[0] ?? value) + 6]
        const beside = x(where) > place.x - 8 && x(where) < place.x + long + 8
        return beside && top < place.y && bottom > place.y - 12
      }).length
    return places.reduce((best, place) => (inWay(place) < inWay(best) ? place : best))
  }
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={HEIGHT} role="img" aria-label={label}>
          {ticksOf(low - pad, high + pad, 4).map((tick) => (
            <g key={tick}>
              <path d={`M${LEFT} ${y(tick)}H${width}`} className="axis-line" />
              <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="axis-text">
                {show(tick)}
              </text>
            </g>
          ))}
          {form === 'band' && (
            <path d={`M${sides(0).join('L')}L${sides(1).reverse().join('L')}Z`} className="interval-band" />
          )}
          {line && <path d={`M${LEFT} ${y(line.at)}H${width}`} className="today-line" />}
          <path d={`M${points.map(({ at, value }) => `${x(at)} ${y(value)}`).join('L')}`} className="curve-line" />
          {form === 'whiskers' &&
            points.map(({ at, value, interval }) => (
              <g key={at}>
                {interval && (
                  <path
                    d={`M${x(at)} ${y(interval[0])}V${y(interval[1])}M${x(at) - 4} ${y(interval[0])}h8M${x(at) - 4} ${y(interval[1])}h8`}
                    className="whisker"
                  />
                )}
                <circle cx={x(at)} cy={y(value)} r={4} className="point" />
              </g>
            ))}
          {line && (
            <text {...freeFor(line.name)} className="axis-text ink-text halo">
              {line.name}
            </text>
          )}
          {shown.map(({ at }) => (
            <text key={at} x={x(at)} y={BASE + 18} textAnchor="middle" className="axis-text">
              {at}
            </text>
          ))}
          <text x={width} y={HEIGHT - 6} textAnchor="end" className="axis-text">
            {axis}
          </text>
        </svg>
      )}
    </div>
  )
}
