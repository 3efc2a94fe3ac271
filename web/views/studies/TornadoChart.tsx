/** One factor a row, both ends worked out anew; the widest on top. */
import { useElementSize } from '@mantine/hooks'
import { type Tornado, type TornadoEnd, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { widthOf } from './text.ts'

const ROW = 40
const AXIS = 26
const TEXT_PX = 12
/** Between an end and its name. */
const GAP = 6

interface TornadoChartProps {
  readonly tornado: Tornado
  readonly nameOf: (factor: string) => string
  readonly label: string
  /** of the axis; default: a share */
  readonly show?: (value: number) => string
  /** where the answer turns */
  readonly line?: { readonly at: number; readonly name: string }
}

export function TornadoChart({ tornado: { base, bars, ...ends }, nameOf, label, show, line }: TornadoChartProps) {
  const { f, language } = useWords()
  const { ref, width } = useElementSize()
  const narrow = width < 560
  const text = show ?? ((share: number) => f.share(share).replace('.0', ''))
  const shorts = bars.flatMap(({ low, high }) => [low.short[language], high.short[language]])
  const names = narrow ? 0 : Math.max(96, ...bars.map(({ factor }) => widthOf(nameOf(factor), 13) + 12))
  const side = Math.max(44, ...shorts.map((short) => widthOf(short, TEXT_PX) + GAP + 4))
  const row = narrow ? ROW + 14 : ROW
  const top = line ? 20 : 0
  const height = top + bars.length * row + AXIS
  const [low, high] = line ? [Math.min(ends.low, line.at), Math.max(ends.high, line.at)] : [ends.low, ends.high]
  const span = Math.max(1e-9, high - low)
  const x = (value: number) => names + side + ((value - low) / span) * (width - names - 2 * side)
  const isBase = (end: TornadoEnd) => Math.abs(end.value - base) < 1e-9 * Math.max(1, Math.abs(base))
  const half = (end: TornadoEnd, y: number) => (
    <>
      <rect
        x={Math.min(x(base), x(end.value))}
        y={y}
        width={Math.abs(x(end.value) - x(base))}
        height={18}
        rx={2}
        className={end.value < base ? 'bar-more' : 'bar-less'}
      />
      {end.interval && (
        <path
          d={`M${x(end.interval[0])} ${y + 9}H${x(end.interval[1])}M${x(end.interval[0])} ${y + 5}v8M${x(end.interval[1])} ${y + 5}v8`}
          className="whisker"
        />
      )}
    </>
  )
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, narrow ? 3 : 5).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} ${top}V${height - AXIS}`} className="axis-line" />
              <text x={x(tick)} y={height - 8} textAnchor="middle" className="axis-text">
                {text(tick)}
              </text>
            </g>
          ))}
          {line && (
            <>
              <path d={`M${x(line.at)} ${top - 4}V${height - AXIS}`} className="target-line" />
              <text
                x={Math.min(width - widthOf(line.name, TEXT_PX) / 2, x(line.at))}
                y={11}
                textAnchor="middle"
                className="target-share"
              >
                {line.name}
              </text>
            </>
          )}
          {bars.map((bar, k) => {
            const y = top + k * row + (narrow ? 22 : 11)
            const both = [bar.low, bar.high]
            // a name stands clear of the intervals of either end
            const reach = both.flatMap(({ value, interval }) => [value, ...(interval ?? [])]).map(x)
            const [left, right] = [Math.min(x(base), ...reach), Math.max(x(base), ...reach)]
            return (
              <g key={bar.factor}>
                <text x={0} y={narrow ? y - 6 : y + 13} className="bar-name halo">
                  {nameOf(bar.factor)}
                </text>
                {half(bar.low, y)}
                {half(bar.high, y)}
                {!isBase(bar.low) && (
                  <text x={left - GAP} y={y + 13} textAnchor="end" className="axis-text ink-text halo">
                    {bar.low.short[language]}
                  </text>
                )}
                {!isBase(bar.high) && (
                  <text x={right + GAP} y={y + 13} className="axis-text ink-text halo">
                    {bar.high.short[language]}
                  </text>
                )}
              </g>
            )
          })}
          <path d={`M${x(base)} ${top}V${height - AXIS}`} className="base-line" />
        </svg>
      )}
    </div>
  )
}
