/** Firm by firm: how long its stock lasts, and how long it stands still. And what each help would leave of it. */
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { type OutageView, ticksOf } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { cutTo, widthOf } from './text.ts'

const TOP = 20
const AXIS = 28
const TEXT_PX = 12

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
  const names = Math.min(
    narrow ? width * 0.3 : 240,
    16 +
      Math.max(
        ...rows.map(({ firm, item }) =>
          narrow ? Math.max(widthOf(firm, 13), widthOf(item, TEXT_PX)) : widthOf(`${firm} · ${item}`, 13),
        ),
      ),
  )
  const values = narrow ? 78 : 104
  const x = (day: number) => names + (day / untilDay) * (width - names - values)
  const height = TOP + rows.length * row + AXIS
  const end = x(weeks * 7)
  const ended = t.study.supply.ended(t.study.supply.daysOf(f.whole(weeks * 7)))
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
              <path d={`M${x(tick)} ${TOP}V${height - AXIS}`} className={tick === 0 ? 'zero-line' : 'axis-line'} />
              <text x={x(tick)} y={height - 11} textAnchor="middle" className="axis-text">
                {f.whole(tick)}
              </text>
            </g>
          ))}
          {rows.map(({ firm, item, known }, k) => {
            const y = TOP + k * row + (narrow ? 9 : 4)
            const stop = known ? (known.stopsOnDay ?? untilDay) : 0
            return (
              <g key={`${firm} ${item}`}>
                <text x={0} y={narrow ? y + 7 : y + 14} className="bar-name step">
                  {cutTo(narrow ? firm : `${firm} · ${item}`, names - 8)}
                </text>
                {narrow && (
                  <text x={0} y={y + 22} className="axis-text">
                    {cutTo(item, names - 8, TEXT_PX)}
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
                      ? t.study.supply.daysOf(known.daysLost.toFixed(1))
                      : t.study.supply.never}
                </text>
              </g>
            )
          })}
          <path d={`M${end} ${TOP - 5}V${height - AXIS}`} className="today-line" />
          <text
            x={Math.min(width - widthOf(ended, TEXT_PX) / 2, end)}
            y={11}
            textAnchor="middle"
            className="axis-text ink-text"
          >
            {ended}
          </text>
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
  const rows = bars.map((bar) => {
    const whole = bar.texts.join(' · ')
    // beside the name where there is room, otherwise below it
    if (widthOf(bar.name, 13) + 16 + widthOf(whole, TEXT_PX) <= width) return { ...bar, lines: [], beside: whole }
    return { ...bar, lines: linesOf(bar.texts, width), beside: undefined }
  })
  const heightOf = ({ lines }: (typeof rows)[number]) => 52 + 18 * lines.length
  const tops = rows.map((_, k) => rows.slice(0, k).reduce((sum, row) => sum + heightOf(row), 0))
  const height = rows.reduce((sum, row) => sum + heightOf(row), -10)
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {rows.map(({ id, name, daysLost, lines, beside }, k) => {
            const bar = tops[k] + 22 + 18 * lines.length
            return (
              <g key={id}>
                <text x={0} y={tops[k] + 15} className="bar-name">
                  {name}
                </text>
                {beside && (
                  <text x={width} y={tops[k] + 15} textAnchor="end" className="axis-text ink-text">
                    {beside}
                  </text>
                )}
                {lines.map((line, n) => (
                  <text key={line} x={0} y={tops[k] + 33 + 18 * n} className="axis-text ink-text">
                    {line}
                  </text>
                ))}
                <rect x={0} y={bar} width={width} height={14} rx={2} className="bar-track" />
                <rect
                  x={0}
                  y={bar}
                  width={daysLost > 0 ? Math.max(2, (daysLost / most) * width) : 0}
                  height={14}
                  rx={2}
                  className={id === 'nothing' ? 'bar-stopped' : 'bar-start'}
                />
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}

/** As many on a line as there is room for. */
function linesOf(texts: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const text of texts) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} · ${text}`, TEXT_PX) <= width)
      lines[lines.length - 1] = `${last} · ${text}`
    else lines.push(text)
  }
  return lines
}
