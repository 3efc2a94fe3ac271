/** One truck's day: a line where it drives, numbered blocks where it loads, hatching where it waits, a box where it rests. */
import type { CSSProperties } from 'react'
import { useWords } from '../i18n/words.tsx'
import { LATE_FROM_S } from '../state/actuals.ts'
import { type Lit, type Selection, stopKey } from '../state/selection.ts'
import { distinctWindows, type TimelineRow as Row, type RowOwner, routeOfRow } from '../state/timeline.ts'
import { colourIndexOf, ROUTE_DASHES } from '../state/tokens.ts'
import { useSelection } from './context.tsx'
import { useLive } from './live/LiveProvider.tsx'
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

export const selectionOf = (owner: RowOwner): Selection =>
  owner.kind === 'route'
    ? { kind: 'route', route: owner.model.route.id }
    : { kind: 'shipment', shipment: owner.shipment }

export const isLit = (owner: RowOwner, lit: Lit): boolean =>
  owner.kind === 'route' ? lit.routes.has(owner.model.route.id) : lit.shipments.has(owner.shipment)

/** A truck for one shipment has no colour of its own: colour means a route. */
const NEUTRAL = { '--fill': 'var(--text-3)', '--ink': 'var(--surface)' } as CSSProperties

export function TimelineRow({ row, y, x, width }: TimelineRowProps) {
  const { t } = useWords()
  const { selection, lit, opened, select } = useSelection()
  const { lateOf } = useLive()
  const { owner } = row
  const route = routeOfRow(owner)
  const selected = isLit(owner, lit)
  const faded = lit.sites.size > 0 && !selected
  const middle = y + ROW_HEIGHT / 2
  const top = middle - BLOCK / 2
  const { index, double } = owner.kind === 'route' ? colourIndexOf(owner.model.number) : { index: 0, double: false }
  const dashes = ROUTE_DASHES[index]!
  const narrowed = selected && owner.kind === 'route' && selection.kind !== 'route'
  const pick = (stop: number) =>
    select(owner.kind === 'route' ? { kind: 'stop', route: route.id, stop } : selectionOf(owner))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the lists hold the buttons
    <g
      className={`timeline-row ${faded ? 'faded' : ''}`}
      style={owner.kind === 'route' ? routeStyle(owner.model.number) : NEUTRAL}
      onClick={() => select(selectionOf(owner))}
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
      {/* under the blocks: a bracket never runs through a number */}
      {(owner.kind === 'route' ? opened === route.id : selected && selection.kind === 'shipment') &&
        distinctWindows(row.windows).map(({ fromS, toS }) => (
          <path
            key={`${fromS} ${toS}`}
            d={`M${Math.max(1, x(fromS)) + 3} ${y + 2}h-3v${ROW_HEIGHT - 4}h3M${Math.min(width - 1, x(toS)) - 3} ${y + 2}h3v${ROW_HEIGHT - 4}h-3`}
            className="timeline-window"
          />
        ))}
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
            className={`timeline-load ${dim ? 'dim' : ''} ${(lateOf(route.id, stop) ?? 0) >= LATE_FROM_S ? 'late' : ''}`}
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
    </g>
  )
}
