/** What is saved less when a firm leaves, the firm most needed on top. */
import { useElementSize } from '@mantine/hooks'
import type { Participation } from '../../../study/index.ts'
import { ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const ROW = 26
const AXIS = 24

interface ExitBarsProps {
  readonly exits: Participation['exits']
  readonly nameOf: (setting: string) => string
  readonly label: string
}

export function ExitBars({ exits, nameOf, label }: ExitBarsProps) {
  const { f } = useWords()
  const { ref, width } = useElementSize()
  const names = Math.min(120, width * 0.34)
  const ends = exits.flatMap(({ lostKrw }) => [lostKrw.value, ...(lostKrw.interval ?? [])])
  const [low, high] = [Math.min(0, ...ends), Math.max(1, ...ends)]
  const x = (krw: number) => names + 8 + ((krw - low) / (high - low)) * (width - names - 30)
  const height = exits.length * ROW + AXIS
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {ticksOf(low, high, width < 420 ? 3 : 5).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 0V${height - AXIS}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={height - 7} textAnchor="middle" className="axis-text">
                {f.krwAxis(tick)}
              </text>
            </g>
          ))}
          {exits.map(({ setting, lostKrw: { value, interval }, pays }, k) => {
            const y = k * ROW + 5
            return (
              <g key={setting}>
                <text x={0} y={y + 13} className="bar-name step">
                  {nameOf(setting)}
                </text>
                <rect
                  x={Math.min(x(0), x(value))}
                  y={y}
                  width={Math.abs(x(value) - x(0))}
                  height={16}
                  rx={2}
                  className={pays === 'breaks' ? 'exit-breaks' : 'exit-holds'}
                />
                {interval && (
                  <path
                    d={`M${x(interval[0])} ${y + 8}H${x(interval[1])}M${x(interval[0])} ${y + 4}v8M${x(interval[1])} ${y + 4}v8`}
                    className="whisker"
                  />
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
