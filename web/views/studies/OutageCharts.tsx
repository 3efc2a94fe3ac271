/** Firm by firm: how long its stock lasts, and how long it stands still. And what each help would leave of it. */
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { type OutageView, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'

const AXIS = 28

interface TimelineProps {
  readonly view: OutageView
  readonly label: string
}

export function OutageTimeline({ view: { rows, untilDay, weeks }, label }: TimelineProps) {
  const { t, f } = useWords()
  const hatch = useId()
  const { ref, width } = useElementSize()
  const narrow = width < 640
  // one line beside the bar, or two
  const row = narrow ? 38 : 28
  const names = narrow ? 104 : 168
  const values = narrow ? 74 : 104
  const x = (day: number) => names + (day / untilDay) * (width - names - values)
  const height = rows.length * row + AXIS
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0V6" className="stopped-hatch" />
            </pattern>
          </defs>
          {ticksOf(0, untilDay, narrow ? 3 : 6).map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 0V${height - AXIS}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={height - 11} textAnchor="middle" className="axis-text">
                {f.whole(tick)}
              </text>
            </g>
          ))}
          {rows.map(({ firm, item, known }, k) => {
            const y = k * row + (narrow ? 9 : 4)
            const stop = known ? (known.stopsOnDay ?? untilDay) : 0
            return (
              <g key={`${firm} ${item}`}>
                <text x={0} y={narrow ? y + 7 : y + 14} className="bar-name step">
                  {narrow ? firm : `${firm} · ${item}`}
                </text>
                {narrow && (
                  <text x={0} y={y + 22} className="axis-text">
                    {item}
                  </text>
                )}
                {known ? (
                  <>
                    <rect x={x(0)} y={y} width={x(stop) - x(0)} height={19} rx={2} className="bar-stock" />
                    {known.daysLost > 0 && (
                      <>
                        <rect
                          x={x(stop)}
                          y={y}
                          width={Math.max(3, x(known.daysLost) - x(0))}
                          height={19}
                          rx={2}
                          className="bar-stopped"
                        />
                        <rect
                          x={x(stop)}
                          y={y}
                          width={Math.max(3, x(known.daysLost) - x(0))}
                          height={19}
                          rx={2}
                          fill={`url(#${hatch})`}
                        />
                      </>
                    )}
                  </>
                ) : (
                  <rect x={x(0)} y={y} width={width - values - x(0)} height={19} rx={2} className="bar-dark" />
                )}
                <text
                  x={width}
                  y={y + 14}
                  textAnchor="end"
                  className={`axis-text ${known && known.daysLost > 0 ? 'bad-text' : 'ink-text'}`}
                >
                  {!known
                    ? t.study.supply.unknown
                    : known.daysLost > 0
                      ? `${known.daysLost.toFixed(1)} ${t.study.units.days}`
                      : t.study.supply.never}
                </text>
              </g>
            )
          })}
          <path d={`M${x(weeks * 7)} 0V${height - AXIS}`} className="today-line" />
        </svg>
      )}
    </div>
  )
}

interface HelpBarsProps {
  readonly bars: readonly {
    readonly id: string
    readonly name: string
    readonly daysLost: number
    /** joined on one line where there is room */
    readonly texts: readonly string[]
  }[]
  readonly label: string
}

export function HelpBars({ bars, label }: HelpBarsProps) {
  const { ref, width } = useElementSize()
  const most = Math.max(1, ...bars.map(({ daysLost }) => daysLost))
  const narrow = width < 520
  const lines = Math.max(1, ...bars.map(({ texts }) => Math.ceil(texts.length / 2)))
  const lead = narrow ? 18 * lines : 0
  const row = 52 + lead
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={bars.length * row} role="img" aria-label={label}>
          {bars.map(({ id, name, daysLost, texts }, k) => (
            <g key={id}>
              <text x={0} y={k * row + 15} className="bar-name">
                {name}
              </text>
              {(narrow ? [texts.slice(0, 2), texts.slice(2)] : [texts]).map((part, n) => (
                <text
                  key={part.join()}
                  x={narrow ? 0 : width}
                  y={k * row + (narrow ? 33 + 18 * n : 15)}
                  textAnchor={narrow ? 'start' : 'end'}
                  className="axis-text ink-text"
                >
                  {part.join(' · ')}
                </text>
              ))}
              <rect x={0} y={k * row + lead + 22} width={width} height={14} rx={2} className="bar-track" />
              <rect
                x={0}
                y={k * row + lead + 22}
                width={daysLost > 0 ? Math.max(2, (daysLost / most) * width) : 0}
                height={14}
                rx={2}
                className={id === 'nothing' ? 'bar-stopped' : 'bar-start'}
              />
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}
