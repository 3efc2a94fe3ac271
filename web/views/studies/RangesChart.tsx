/** Complexes one below the other, each with its share and how unsure that is. */
import { useElementSize } from '@mantine/hooks'
import type { Estimate } from '../../../study/index.ts'
import { ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { cutTo, widthOf } from './text.ts'

const TOP = 20
const ROW = 24
const AXIS = 24
/** An interval of two days may be wider than the page. */
const MOST_SHARE = 1
const LEAST_SHARE = -0.5

interface RangesChartProps {
  readonly rows: readonly { readonly id: string; readonly name: string; readonly estimate: Estimate }[]
  readonly target: number
  readonly label: string
}

export function RangesChart({ rows, target, label }: RangesChartProps) {
  const { t, f } = useWords()
  const { ref, width } = useElementSize()
  const names = Math.min(width * 0.4, 16 + Math.max(...rows.map(({ name }) => widthOf(name, 13))))
  const goal = t.study.pickup.target(f.share(target).replace('.0', ''))
  const values = 58
  const ends = rows.flatMap(({ estimate: { value, interval } }) => [value, ...(interval ?? [])])
  const low = Math.max(LEAST_SHARE, Math.min(0, target, ...ends))
  const high = Math.min(MOST_SHARE, Math.max(target, ...ends)) + 0.01
  const x = (share: number) =>
    names + ((Math.min(high, Math.max(low, share)) - low) / (high - low)) * (width - names - values)
  const height = TOP + rows.length * ROW + AXIS
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, width < 480 ? 3 : 6).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} ${TOP}V${height - AXIS}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={height - 7} textAnchor="middle" className="axis-text">
                {f.share(tick).replace('.0', '')}
              </text>
            </g>
          ))}
          <path d={`M${x(target)} ${TOP - 4}V${height - AXIS}`} className="target-line" />
          <text
            x={Math.min(width - widthOf(goal, 12) / 2, x(target))}
            y={11}
            textAnchor="middle"
            className="target-share"
          >
            {goal}
          </text>
          {rows.map(({ id, name, estimate: { value, interval } }, k) => {
            const y = TOP + k * ROW + ROW / 2
            const [from, to] = interval ?? [value, value]
            return (
              <g key={id}>
                <text x={0} y={y + 4} className="bar-name step">
                  {cutTo(name, names - 8)}
                  <title>{name}</title>
                </text>
                {interval && (
                  <path
                    d={`M${x(from)} ${y}H${x(to)}${endAt(x(from), y, from < low)}${endAt(x(to), y, to > high, 1)}`}
                    className="whisker"
                  />
                )}
                <circle cx={x(value)} cy={y} r={4} className={value >= target ? 'dot-reached' : 'dot-missed'} />
                <text x={width} y={y + 4} textAnchor="end" className="bar-value">
                  {f.share(value)}
                </text>
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}

/** Of an interval: a bar across, or an arrow where it goes on outside of the picture. */
const endAt = (x: number, y: number, goesOn: boolean, way: 1 | -1 = -1): string =>
  goesOn ? `M${x - 5 * way} ${y - 4}L${x} ${y}L${x - 5 * way} ${y + 4}` : `M${x} ${y - 4}v8`
