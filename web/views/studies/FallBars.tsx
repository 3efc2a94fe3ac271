/** A waterfall that lies down, so that many steps and long names have room on a phone too. Its bars add up to the won. */
import { useElementSize } from '@mantine/hooks'
import { type FallBar, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const ROW = 30
const AXIS = 24

interface FallBarsProps {
  readonly bars: readonly FallBar[]
  readonly nameOf: (id: string) => string
  readonly label: string
}

export function FallBars({ bars, nameOf, label }: FallBarsProps) {
  const { f } = useWords()
  const { ref, width } = useElementSize()
  const narrow = width < 480
  const names = narrow ? 94 : 142
  const values = narrow ? 98 : 118
  const top = Math.max(...bars.flatMap(({ from, to, interval }) => [from, to, interval?.[1] ?? 0]))
  const low = Math.min(0, ...bars.flatMap(({ from, to }) => [from, to]))
  const x = (krw: number) => names + ((krw - low) / Math.max(1, top - low)) * (width - names - values)
  const height = bars.length * ROW + AXIS
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, top, narrow ? 2 : 4).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 0V${height - AXIS}`} className="axis-line" />
              <text x={x(tick)} y={height - 7} textAnchor="middle" className="axis-text">
                {f.krwAxis(tick)}
              </text>
            </g>
          ))}
          {bars.map(({ id, krw, from, to, level, interval }, k) => {
            const y = k * ROW + 5
            const left = x(Math.min(from, to))
            const next = bars[k + 1]
            return (
              <g key={id}>
                <text x={0} y={y + 15} className={level ? 'bar-name' : 'bar-name step'}>
                  {nameOf(id)}
                </text>
                {next && <path d={`M${x(to)} ${y + 20}V${y + ROW}`} className="waterfall-join" />}
                <rect
                  x={left}
                  y={y}
                  width={Math.max(2, x(Math.max(from, to)) - left)}
                  height={20}
                  rx={2}
                  className={level ? (k === 0 ? 'bar-start' : 'bar-end') : krw > 0 ? 'bar-more' : 'bar-less'}
                />
                {interval && (
                  <path
                    d={`M${x(interval[0])} ${y + 10}H${x(interval[1])}M${x(interval[0])} ${y + 5}v10M${x(interval[1])} ${y + 5}v10`}
                    className="whisker"
                  />
                )}
                <text
                  x={width}
                  y={y + 15}
                  textAnchor="end"
                  className={`bar-value ${level ? '' : krw < 0 ? 'good-ink' : krw > 0 ? 'warn-ink' : ''}`}
                >
                  {level ? f.krw(krw) : f.krwDifference(krw)}
                </text>
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
