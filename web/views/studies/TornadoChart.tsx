/** One factor a row, both ends planned anew; the widest on top. */
import { useElementSize } from '@mantine/hooks'
import { type Tornado, type TornadoEnd, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const ROW = 40
const AXIS = 26

interface TornadoChartProps {
  readonly tornado: Tornado
  readonly nameOf: (factor: string) => string
  readonly label: string
}

export function TornadoChart({ tornado: { base, bars, low, high }, nameOf, label }: TornadoChartProps) {
  const { f, language } = useWords()
  const { ref, width } = useElementSize()
  const narrow = width < 520
  const names = narrow ? 0 : 142
  const side = narrow ? 62 : 74
  const row = narrow ? ROW + 14 : ROW
  const height = bars.length * row + AXIS
  const span = Math.max(0.001, high - low)
  const x = (share: number) => names + side + ((share - low) / span) * (width - names - 2 * side)
  const half = (end: TornadoEnd, y: number, word: 'low' | 'high') => {
    const left = Math.min(x(base), x(end.share))
    const outer = end.interval
      ? Math[word === 'low' ? 'min' : 'max'](x(end.share), x(end.interval[word === 'low' ? 0 : 1]))
      : x(end.share)
    const isBase = Math.abs(end.share - base) < 1e-12
    return (
      <>
        <rect
          x={left}
          y={y}
          width={Math.abs(x(end.share) - x(base))}
          height={18}
          rx={2}
          className={end.share < base ? 'bar-more' : 'bar-less'}
        />
        {end.interval && (
          <path
            d={`M${x(end.interval[0])} ${y + 9}H${x(end.interval[1])}M${x(end.interval[0])} ${y + 5}v8M${x(end.interval[1])} ${y + 5}v8`}
            className="whisker"
          />
        )}
        {!isBase && (
          <text
            x={word === 'low' ? outer - 6 : outer + 6}
            y={y + 13}
            textAnchor={word === 'low' ? 'end' : 'start'}
            className="axis-text ink-text"
          >
            {end.short[language]}
          </text>
        )}
      </>
    )
  }
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, narrow ? 3 : 5).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 0V${height - AXIS}`} className="axis-line" />
              <text x={x(tick)} y={height - 8} textAnchor="middle" className="axis-text">
                {f.share(tick).replace('.0', '')}
              </text>
            </g>
          ))}
          {bars.map((bar, k) => {
            const y = k * row + (narrow ? 22 : 11)
            return (
              <g key={bar.factor}>
                <text x={0} y={narrow ? y - 6 : y + 13} className="bar-name">
                  {nameOf(bar.factor)}
                </text>
                {half(bar.low, y, 'low')}
                {half(bar.high, y, 'high')}
              </g>
            )
          })}
          <path d={`M${x(base)} 0V${height - AXIS}`} className="base-line" />
        </svg>
      )}
    </div>
  )
}
