/** One round on the axis of the day: above as planned, below as it was and as it is expected. */
import type { CSSProperties } from 'react'
import type { Board, BoardRound } from '../../../server/api.ts'
import type { Clock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { doneStops, toneOfStop } from '../../state/board.ts'
import type { Span } from '../../state/timeline.ts'
import { routeStyle } from '../parts.tsx'

const WIDTH = 1000
const HEIGHT = 34
const LEAST = 4
/** A truck for one shipment has no colour of its own. */
const NEUTRAL = { '--fill': 'var(--text-2)', '--ink': 'var(--surface)' } as CSSProperties

interface RoundTimelineProps {
  readonly board: Board
  readonly round: BoardRound
  readonly name: string
  readonly span: Span
  readonly clock: Clock
}

export function RoundTimeline({ board, round, name, span, clock }: RoundTimelineProps) {
  const { t } = useWords()
  const x = (seconds: number) =>
    ((Math.min(span.toS, Math.max(span.fromS, seconds)) - span.fromS) / (span.toS - span.fromS)) * WIDTH
  const wide = (fromS: number, toS: number) => Math.max(LEAST, x(toS) - x(fromS))
  const { planned, departS, returnS, stops, rests } = round
  const text = t.board.timelineText(doneStops(round), stops.length, clock.at(returnS))
  const hours: number[] = []
  for (let atS = span.fromS; atS <= span.toS; atS += 3600) hours.push(atS)
  return (
    <svg
      className="board-timeline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.board.timeline(name, text)}
      style={round.number === undefined ? NEUTRAL : routeStyle(round.number)}
    >
      {hours.map((atS) => (
        <path key={atS} d={`M${x(atS)} 0V${HEIGHT}`} className="board-hour" />
      ))}
      <path d={`M${x(planned.departS)} 7H${x(planned.returnS)}`} className="board-line planned" />
      <path d={`M${x(departS)} 23H${x(returnS)}`} className="board-line expected" />
      {!board.over && board.nowS > departS && (
        <path d={`M${x(departS)} 23H${x(Math.min(board.nowS, returnS))}`} className="board-line done" />
      )}
      {stops.map((stop, index) => (
        <g key={index}>
          <rect
            x={x(stop.planned.startS)}
            y={2}
            width={wide(stop.planned.startS, stop.planned.leaveS)}
            height={10}
            rx={2}
            className="board-block planned"
          />
          <rect
            x={x(stop.startS)}
            y={16}
            width={wide(stop.startS, stop.leaveS)}
            height={14}
            rx={2}
            className={`board-block ${toneOfStop(stop)} ${stop.state}`}
          >
            <title>{`${index + 1}. ${stop.name} ${clock.range(stop.arriveS, stop.leaveS)}`}</title>
          </rect>
        </g>
      ))}
      {rests.map(({ startS, endS }) => (
        <rect key={startS} x={x(startS)} y={18} width={wide(startS, endS)} height={10} rx={3} className="board-rest" />
      ))}
      {!board.over && board.nowS >= span.fromS && <path d={`M${x(board.nowS)} 0V${HEIGHT}`} className="board-now" />}
    </svg>
  )
}

/** Hours over the rows. */
export function BoardAxis({ board, span, clock }: Pick<RoundTimelineProps, 'board' | 'span' | 'clock'>) {
  const { t } = useWords()
  const hours = (span.toS - span.fromS) / 3600
  const step = hours > 16 ? 4 : hours > 7 ? 2 : 1
  const ticks: number[] = []
  for (let atS = span.fromS; atS < span.toS; atS += 3600 * step) ticks.push(atS)
  const at = (seconds: number) => `${((seconds - span.fromS) / (span.toS - span.fromS)) * 100}%`
  return (
    <div className="board-axis" aria-hidden="true">
      {ticks.map((atS) => (
        <span key={atS} style={{ left: at(atS) }}>
          {clock.bare(atS)}
        </span>
      ))}
      {!board.over && board.nowS > span.fromS && (
        <b style={{ left: at(board.nowS) }} title={t.board.now}>
          {clock.bare(board.nowS)}
        </b>
      )}
    </div>
  )
}
