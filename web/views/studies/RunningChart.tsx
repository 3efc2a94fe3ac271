/** Present values year by year, and what they have come to: where the line crosses nought the money is back. */
import { useElementSize } from '@mantine/hooks'
import { ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const HEIGHT = 262
const TOP = 12
const BASE = HEIGHT - 48
const LEFT = 56

interface RunningChartProps {
  readonly years: readonly { readonly year: number; readonly netKrw: number; readonly sumKrw: number }[]
  readonly label: string
}

export function RunningChart({ years, label }: RunningChartProps) {
  const { t, f } = useWords()
  const words = t.study.appraisal
  const { ref, width } = useElementSize()
  const all = years.flatMap(({ netKrw, sumKrw }) => [netKrw, sumKrw])
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all, 1)]
  // from a line to a line, so that every bar ends between two of them
  const [first, second = 1] = ticksOf(least, most, 4)
  const step = second - first
  const [low, high] = [Math.floor(least / step) * step, Math.ceil(most / step) * step]
  const y = (krw: number) => TOP + ((high - krw) / (high - low)) * (BASE - TOP)
  const slot = (width - LEFT) / years.length
  const x = (year: number) => LEFT + slot * (year + 0.5)
  const wide = Math.min(46, slot * 0.56)
  const every = Math.ceil(years.length / Math.max(1, Math.floor((width - LEFT) / 30)))
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={HEIGHT} role="img" aria-label={label}>
          {ticksOf(low, high, Math.round((high - low) / step)).map((tick) => (
            <g key={tick}>
              <path d={`M${LEFT} ${y(tick)}H${width}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="axis-text">
                {f.krwAxis(tick)}
              </text>
            </g>
          ))}
          {years.map(({ year, netKrw }) => (
            <g key={year}>
              <rect
                x={x(year) - wide / 2}
                y={Math.min(y(0), y(netKrw))}
                width={wide}
                height={Math.max(1, Math.abs(y(netKrw) - y(0)))}
                rx={2}
                className={netKrw < 0 ? 'bar-more' : 'bar-less'}
              />
              {year % every === 0 && (
                <text x={x(year)} y={BASE + 19} textAnchor="middle" className="axis-text">
                  {year}
                </text>
              )}
            </g>
          ))}
          <path d={`M${years.map(({ year, sumKrw }) => `${x(year)} ${y(sumKrw)}`).join('L')}`} className="curve-line" />
          {years.map(({ year, sumKrw }) => (
            <circle key={year} cx={x(year)} cy={y(sumKrw)} r={3.5} className="point" />
          ))}
          <text x={width} y={HEIGHT - 6} textAnchor="end" className="axis-text">
            {words.yearAxis}
          </text>
        </svg>
      )}
    </div>
  )
}
