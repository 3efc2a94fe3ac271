/** The hours above the rows, the lines and closed hours behind them, and where the day is now. */
import { useWords } from '../../i18n/words.tsx'
import { hourTicks, type Timeline } from '../../state/timeline.ts'
import { useDay } from '../context.tsx'

export const AXIS_HEIGHT = 20
const LABEL_PX = 58
const HOUR_PX = 42
const NOW_PX = 72
/** Room for the word beside the hour. */
const LUNCH_PX = 112

interface AxisProps {
  readonly timeline: Timeline
  readonly x: (seconds: number) => number
  readonly width: number
  /** of the names on the left */
  readonly names: number
  /** absent: it is another day */
  readonly nowS: number | undefined
}

export function Axis({ timeline, x, width, names, nowS }: AxisProps) {
  const { t } = useWords()
  const { clock } = useDay()
  const ticks = hourTicks(timeline, width, LABEL_PX)
  const nowX = isIn(nowS, timeline) ? x(nowS) : Number.NEGATIVE_INFINITY
  const tickPx = x(ticks[1] ?? timeline.toS) - x(ticks[0] ?? timeline.fromS)
  return (
    <div className="timeline-axis" aria-hidden="true" style={{ paddingLeft: names }}>
      <span className="timeline-corner" style={{ width: names, marginLeft: -names }} />
      <svg width={width} height={AXIS_HEIGHT} aria-hidden="true">
        {ticks.map((seconds) => {
          const lunch = tickPx >= LUNCH_PX && timeline.closed.some((one) => one.fromS === seconds)
          const at = x(seconds)
          // the present time takes the place of the hours beside it
          const free = at > nowX + NOW_PX || at + (lunch ? LUNCH_PX : HOUR_PX) < nowX
          return (
            <g key={seconds}>
              <path d={`M${at} ${AXIS_HEIGHT - 4}v4`} className="timeline-grid" />
              {free && (
                <text x={at + 4} y={14} className="timeline-hour">
                  {clock?.bare(seconds)}
                  {lunch && ` ${t.timeline.lunch}`}
                </text>
              )}
            </g>
          )
        })}
        {isIn(nowS, timeline) && (
          <g transform={`translate(${x(nowS)})`} className="timeline-now">
            <path d={`M-4 ${AXIS_HEIGHT - 7}H4L0 ${AXIS_HEIGHT}Z`} />
            <text x="7" y="14">
              {t.mapline.now(clock?.bare(nowS) ?? '')}
            </text>
          </g>
        )}
      </svg>
    </div>
  )
}

export function Grid({ timeline, x, width, names, nowS }: AxisProps) {
  return (
    <svg className="timeline-back" style={{ left: names, top: AXIS_HEIGHT }} width={width} aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--surface)" />
          <path d="M0 0V5" stroke="var(--border-strong)" strokeWidth="1.4" />
        </pattern>
      </defs>
      {timeline.closed.map(({ fromS, toS }) => (
        <rect key={fromS} x={x(fromS)} width={x(toS) - x(fromS)} height="100%" className="timeline-closed" />
      ))}
      {hourTicks(timeline, width, LABEL_PX).map((seconds) => (
        <line key={seconds} x1={x(seconds)} x2={x(seconds)} y1="0" y2="100%" className="timeline-grid" />
      ))}
      {isIn(nowS, timeline) && (
        <line x1={x(nowS)} x2={x(nowS)} y1="0" y2="100%" className="timeline-now-line" data-now={Math.round(nowS)} />
      )}
    </svg>
  )
}

const isIn = (nowS: number | undefined, { fromS, toS }: Timeline): nowS is number =>
  nowS !== undefined && nowS >= fromS && nowS <= toS
