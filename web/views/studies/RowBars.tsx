/** A bar a row on one scale, with its interval where there is one. */
import { useElementSize } from '@mantine/hooks'
import { ticksOf } from '../../../study/index.ts'
import { cutTo, widthOf } from './text.ts'

const ROW = 26
const AXIS = 24

interface RowBarsProps {
  readonly rows: readonly {
    readonly id: string
    readonly name: string
    readonly value: number
    readonly interval?: readonly [number, number] | null
    /** default: one like the others */
    readonly breaks?: boolean
  }[]
  readonly show: (value: number) => string
  /** at the end of each row; default: what the axis shows */
  readonly showEnd?: (value: number) => string
  readonly label: string
}

export function RowBars({ rows, show, showEnd = show, label }: RowBarsProps) {
  const { ref, width } = useElementSize()
  const names = Math.min(Math.max(60, ...rows.map(({ name }) => widthOf(name, 13) + 10)), width * 0.42)
  const values = Math.max(30, ...rows.map(({ value }) => widthOf(showEnd(value), 12.5) + 10))
  const ends = rows.flatMap(({ value, interval }) => [value, ...(interval ?? [])])
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends) || 1]
  const x = (value: number) => names + ((value - low) / (high - low)) * (width - names - values - 8)
  const height = rows.length * ROW + AXIS
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, width < 420 ? 3 : 4).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 0V${height - AXIS}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={height - 7} textAnchor="middle" className="axis-text">
                {show(tick)}
              </text>
            </g>
          ))}
          {rows.map(({ id, name, value, interval, breaks = false }, k) => {
            const y = k * ROW + 5
            return (
              <g key={id}>
                <text x={0} y={y + 13} className="bar-name step">
                  {cutTo(name, names - 8)}
                  <title>{name}</title>
                </text>
                <rect
                  x={Math.min(x(0), x(value))}
                  y={y}
                  width={Math.max(1, Math.abs(x(value) - x(0)))}
                  height={16}
                  rx={2}
                  className={breaks ? 'exit-breaks' : 'exit-holds'}
                />
                {interval && (
                  <path
                    d={`M${x(interval[0])} ${y + 8}H${x(interval[1])}M${x(interval[0])} ${y + 4}v8M${x(interval[1])} ${y + 4}v8`}
                    className="whisker"
                  />
                )}
                <text x={width} y={y + 13} textAnchor="end" className="bar-value">
                  {showEnd(value)}
                </text>
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
