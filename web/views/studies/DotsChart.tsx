/** Days as dots, from the least saving to the most: whoever can count reads how often the target is reached. */
import { useElementSize } from '@mantine/hooks'
import { type Dots, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const BASE_ROOM = 26
const TOP = 22

interface DotsChartProps {
  readonly dots: Dots
  readonly target: number
  /** default: the target, in words */
  readonly targetName?: string
  readonly label: string
}

export function DotsChart({ dots: { dots, binShare, low, high, tallest }, target, targetName, label }: DotsChartProps) {
  const { t, f } = useWords()
  const { ref, width } = useElementSize()
  const x = (share: number) => 8 + ((share - low) / (high - low)) * (width - 32)
  const radius = Math.max(1.5, Math.min(6, ((width - 32) * binShare) / (high - low) / 2 - 0.6))
  const step = Math.min(2 * radius + 1.4, 150 / tallest)
  const height = Math.max(90, TOP + BASE_ROOM + tallest * step + 8)
  const base = height - BASE_ROOM
  const right = x(target) > width * 0.62
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, width < 420 ? 4 : 7).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} ${TOP}V${base}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={base + 18} textAnchor="middle" className="axis-text">
                {f.share(tick).replace('.0', '')}
              </text>
            </g>
          ))}
          <path d={`M0 ${base}H${width}`} className="zero-line" />
          {dots.map(({ bin, level, reached }) => (
            <circle
              key={`${bin} ${level}`}
              cx={x((bin + 0.5) * binShare)}
              cy={base - 3 - radius - level * step}
              r={radius}
              className={reached ? 'dot-reached' : 'dot-missed'}
            />
          ))}
          <path d={`M${x(target)} ${TOP - 6}V${base}`} className="target-line" />
          <text
            x={x(target) + (right ? -6 : 6)}
            y={TOP - 9}
            textAnchor={right ? 'end' : 'start'}
            className="target-share halo"
          >
            {targetName ?? t.study.pickup.target(f.share(target))}
          </text>
        </svg>
      )}
    </div>
  )
}
