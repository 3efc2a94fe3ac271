/** Complexes one below the other, each with its share and how unsure that is. */
import { useElementSize } from '@mantine/hooks'
import type { Estimate } from '../../../study/index.ts'
import { ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

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
  const { f } = useWords()
  const { ref, width } = useElementSize()
  const names = width < 480 ? 128 : 210
  const values = 58
  const ends = rows.flatMap(({ estimate: { value, interval } }) => [value, ...(interval ?? [])])
  const low = Math.max(LEAST_SHARE, Math.min(0, target, ...ends))
  const high = Math.min(MOST_SHARE, Math.max(target, ...ends)) + 0.01
  const x = (share: number) =>
    names + ((Math.min(high, Math.max(low, share)) - low) / (high - low)) * (width - names - values)
  const height = rows.length * ROW + AXIS
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, width < 480 ? 3 : 6).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 0V${height - AXIS}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={height - 7} textAnchor="middle" className="axis-text">
                {f.share(tick).replace('.0', '')}
              </text>
            </g>
          ))}
          <path d={`M${x(target)} 0V${height - AXIS}`} className="target-line" />
          {rows.map(({ id, name, estimate: { value, interval } }, k) => {
            const y = k * ROW + ROW / 2
            return (
              <g key={id}>
                <svg width={names - 8} height={height} aria-hidden="true">
                  <text x={0} y={y + 4} className="bar-name step">
                    {name}
                  </text>
                </svg>
                {interval && <path d={`M${x(interval[0])} ${y}H${x(interval[1])}`} className="whisker" />}
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
