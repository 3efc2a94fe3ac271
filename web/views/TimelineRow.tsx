/** One truck's day: a line where it drives, numbered blocks where it loads, hatching where it waits, a box where it rests. */
import { useWords } from '../i18n/words.tsx'
import { stopKey } from '../state/selection.ts'
import { distinctWindows, type TimelineRow as Row } from '../state/timeline.ts'
import { colourIndexOf, ROUTE_DASHES } from '../state/tokens.ts'
import { useSelection } from './context.tsx'
import { routeStyle } from './parts.tsx'

interface TimelineRowProps {
  readonly row: Row
  readonly y: number
  readonly x: (seconds: number) => number
  readonly width: number
}

export const ROW_HEIGHT = 25
const BLOCK = 16
const NUMBER_FROM_PX = 11

export function TimelineRow({ row, y, x, width }: TimelineRowProps) {
  const { t } = useWords()
  const { selection, lit, opened, select } = useSelection()
  const { route, number } = row.model
  const selected = lit.routes.has(route.id)
  const faded = lit.routes.size > 0 && !selected
  const middle = y + ROW_HEIGHT / 2
  const top = middle - BLOCK / 2
  const { index, double } = colourIndexOf(number)
  const dashes = ROUTE_DASHES[index]!
  const narrowed = selected && selection.kind !== 'route'
  const pick = (stop: number) => select({ kind: 'stop', route: route.id, stop })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the lists hold the buttons
    <g
      className={`timeline-row ${faded ? 'faded' : ''}`}
      style={routeStyle(number)}
      onClick={() => select({ kind: 'route', route: route.id })}
    >
      <rect x="0" y={y} width={width} height={ROW_HEIGHT} className={`timeline-band ${selected ? 'lit' : ''}`} />
      <path d={`M${x(row.drive.fromS)} ${middle}H${x(row.drive.toS)}`} className="timeline-drive" />
      {(dashes.length > 0 || double) && (
        <path
          d={`M${x(row.drive.fromS)} ${middle}H${x(row.drive.toS)}`}
          className="timeline-dash"
          strokeDasharray={double ? undefined : dashes.join(' ')}
        />
      )}
      {row.waits.map((wait) => (
        <rect
          key={wait.stop}
          x={x(wait.fromS)}
          y={middle - 5}
          width={x(wait.toS) - x(wait.fromS)}
          height="10"
          fill="url(#hatch)"
          className="timeline-wait"
        />
      ))}
      {row.loads.map(({ stop, fromS, toS }) => {
        const wide = Math.max(3, x(toS) - x(fromS) - 1)
        const dim = narrowed && !lit.stops.has(stopKey(route.id, stop))
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the lists hold the buttons
          <g
            key={stop}
            className={`timeline-load ${dim ? 'dim' : ''}`}
            onClick={(event) => {
              event.stopPropagation()
              pick(stop)
            }}
          >
            <rect x={x(fromS)} y={top} width={wide} height={BLOCK} rx="3" />
            {wide >= NUMBER_FROM_PX && (
              <text x={x(fromS) + wide / 2} y={middle + 4} textAnchor="middle">
                {stop + 1}
              </text>
            )}
          </g>
        )
      })}
      {row.rests.map(({ fromS, toS }) => {
        const wide = Math.max(18, x(toS) - x(fromS))
        return (
          <g key={fromS}>
            <rect x={x(fromS)} y={top + 1} width={wide} height={BLOCK - 2} rx="3" className="rest-shape" />
            <text x={x(fromS) + wide / 2} y={middle + 4} textAnchor="middle" className="rest-letter">
              {t.timeline.restShort}
            </text>
          </g>
        )
      })}
      {opened === route.id &&
        distinctWindows(row.windows).map(({ fromS, toS }) => (
          <path
            key={`${fromS} ${toS}`}
            d={`M${Math.max(1, x(fromS)) + 3} ${y + 2}h-3v${ROW_HEIGHT - 4}h3M${Math.min(width - 1, x(toS)) - 3} ${y + 2}h3v${ROW_HEIGHT - 4}h-3`}
            className="timeline-window"
          />
        ))}
    </g>
  )
}
