/** One truck's day: a line where it drives, numbered blocks where it loads, hatching where it waits, a box where it rests. */

import { type CSSProperties, memo } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { LATE_FROM_S } from '../../state/actuals.ts'
import { type Lit, type Selection, stopKey } from '../../state/selection.ts'
import { distinctWindows, type RowOwner, routeOfRow, type TimelineRow } from '../../state/timeline.ts'
import { colourIndexOf, ROUTE_DASHES } from '../../state/tokens.ts'
import { useDay, useEdit, useSelection } from '../context.tsx'
import { useGrip } from '../edit/useGrip.ts'
import { Icon } from '../icons.tsx'
import { useLive } from '../live/LiveProvider.tsx'
import { RouteBadge, routeStyle } from '../parts.tsx'
import { Ghost } from './Ghost.tsx'

export const ROW_HEIGHT = 25
const BLOCK = 16
const TOP = (ROW_HEIGHT - BLOCK) / 2
const MIDDLE = ROW_HEIGHT / 2
const NUMBER_FROM_PX = 11
const REST_PX = 18

export const selectionOf = (owner: RowOwner): Selection =>
  owner.kind === 'route'
    ? { kind: 'route', route: owner.model.route.id }
    : { kind: 'shipment', shipment: owner.shipment }

export const isLit = (owner: RowOwner, lit: Lit): boolean =>
  owner.kind === 'route' ? lit.routes.has(owner.model.route.id) : lit.shipments.has(owner.shipment)

/** A truck for one shipment has no colour of its own: colour means a route. */
const NEUTRAL = { '--fill': 'var(--text-3)', '--ink': 'var(--surface)' } as CSSProperties

interface RowProps {
  readonly row: TimelineRow
  readonly index: number
  readonly top: number
  readonly x: (seconds: number) => number
  readonly width: number
  readonly names: number
  /** Tab comes in here; the arrow keys go on. */
  readonly entry: boolean
  readonly count: number
}

export const Row = memo(function Row({ row, index, top, x, width, names, entry, count }: RowProps) {
  const { t, f } = useWords()
  const { clock } = useDay()
  const { selection, lit, opened, select } = useSelection()
  const { locks } = useEdit()
  const { owner } = row
  const route = routeOfRow(owner)
  const target = selectionOf(owner)
  const grip = useGrip(target)
  const vehicle = owner.kind === 'route' ? owner.model.vehicle : owner.vehicle
  const range = clock?.range(route.departS, route.returnS) ?? ''
  const kind = owner.kind === 'solo' ? t.kind.solo : vehicle ? t.kind[vehicle.kind] : ''
  const selected = isLit(owner, lit)
  const picked = owner.kind === 'route' ? opened === route.id : selected && selection.kind === 'shipment'
  const narrowed = selected && owner.kind === 'route' && selection.kind !== 'route'
  const locked = locks.on(target).length > 0
  return (
    <li
      className={`timeline-row ${selected ? 'lit' : lit.sites.size > 0 ? 'faded' : ''}`}
      style={{
        ...(owner.kind === 'route' ? routeStyle(owner.model.number) : NEUTRAL),
        height: ROW_HEIGHT,
        transform: `translateY(${top}px)`,
      }}
      data-row={index}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <button
        type="button"
        className="timeline-name"
        style={{ width: names }}
        tabIndex={entry ? 0 : -1}
        aria-pressed={picked}
        onClick={() => select(target)}
        onContextMenu={grip.onContextMenu}
      >
        <span className="visually-hidden">
          {owner.kind === 'route'
            ? t.timeline.row(owner.model.number, range, route.stops.length)
            : t.timeline.solo(owner.shipment, range)}
        </span>
        {owner.kind === 'route' ? (
          <RouteBadge number={owner.model.number} />
        ) : (
          <span className="solo-badge">
            <Icon name="truck" size={14} />
          </span>
        )}
        <span className="cut">{vehicle ? `${f.truck(vehicle.truck)} ${kind}` : route.vehicle}</span>
        {locked && (
          <>
            <span className="push" />
            <Icon name="lock" size={12} />
            <span className="visually-hidden">{t.mapline.locked}</span>
          </>
        )}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the name beside it is the button; this is for the pointer */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the name beside it has the keys */}
      <div className="timeline-track" style={{ width }} onClick={() => select(target)} {...grip}>
        <Marks row={row} x={x} width={width} windows={picked} />
        {row.loads.map(({ stop, fromS, toS }) => (
          <Block
            key={stop}
            owner={owner}
            stop={stop}
            left={x(fromS)}
            width={Math.max(3, x(toS) - x(fromS) - 1)}
            dim={narrowed && !lit.stops.has(stopKey(route.id, stop))}
          />
        ))}
        <Ghost route={route.id} x={x} />
      </div>
    </li>
  )
})

/** What cannot be taken in hand: driving, waiting, resting, and the opening hours of the row in focus. */
const Marks = memo(function Marks({
  row,
  x,
  width,
  windows,
}: Pick<RowProps, 'row' | 'x' | 'width'> & { readonly windows: boolean }) {
  const { t } = useWords()
  const { owner } = row
  const { index, double } = owner.kind === 'route' ? colourIndexOf(owner.model.number) : { index: 0, double: false }
  const dashes = ROUTE_DASHES[index]!
  const drives = row.drives.map(({ fromS, toS }) => `M${x(fromS)} ${MIDDLE}H${x(toS)}`).join('')
  return (
    <svg className="timeline-marks" width={width} height={ROW_HEIGHT} aria-hidden="true">
      <path d={`M${x(row.whole.fromS)} ${MIDDLE}H${x(row.whole.toS)}`} className="timeline-whole" />
      <path d={drives} className="timeline-drive" />
      {(dashes.length > 0 || double) && (
        <path d={drives} className="timeline-dash" strokeDasharray={double ? undefined : dashes.join(' ')} />
      )}
      {/* under the blocks: a bracket never runs through a number */}
      {windows &&
        distinctWindows(row.windows).map(({ fromS, toS }) => (
          <path
            key={`${fromS} ${toS}`}
            d={`M${Math.max(1, x(fromS)) + 3} 2h-3v${ROW_HEIGHT - 4}h3M${Math.min(width - 1, x(toS)) - 3} 2h3v${ROW_HEIGHT - 4}h-3`}
            className="timeline-window"
          />
        ))}
      {row.waits.map(({ stop, fromS, toS }) => (
        <rect
          key={stop}
          x={x(fromS)}
          y={MIDDLE - 5}
          width={x(toS) - x(fromS)}
          height="10"
          fill="url(#hatch)"
          className="timeline-wait"
        />
      ))}
      {row.rests.map(({ fromS, toS }) => {
        const wide = Math.max(REST_PX, x(toS) - x(fromS))
        return (
          <g key={fromS}>
            <rect x={x(fromS)} y={TOP + 1} width={wide} height={BLOCK - 2} rx="3" className="rest-shape" />
            <text x={x(fromS) + wide / 2} y={MIDDLE + 4} textAnchor="middle" className="rest-letter">
              {t.timeline.restShort}
            </text>
          </g>
        )
      })}
    </svg>
  )
})

interface BlockProps {
  readonly owner: RowOwner
  readonly stop: number
  readonly left: number
  readonly width: number
  readonly dim: boolean
}

function Block({ owner, stop, left, width, dim }: BlockProps) {
  const { t } = useWords()
  const { day, clock } = useDay()
  const { selection, select } = useSelection()
  const { lateOf } = useLive()
  const { locks } = useEdit()
  const route = routeOfRow(owner)
  const late = owner.kind === 'route' && (lateOf(route.id, stop) ?? 0) >= LATE_FROM_S
  const target: Selection = owner.kind === 'route' ? { kind: 'stop', route: route.id, stop } : selectionOf(owner)
  const grip = useGrip(target)
  const { site, startS, leaveS, pickups, deliveries } = route.stops[stop]!
  const kind = [pickups.length > 0 && t.map.pickup, deliveries.length > 0 && t.map.drop].filter(Boolean).join('·')
  const name = day?.sites.get(site)?.name ?? site
  const locked = owner.kind === 'route' && locks.on(target).length > 0
  const label = t.mapline.block(stop + 1, name, clock?.range(startS, leaveS) ?? '', kind)
  const picked = selection.kind === 'stop' && selection.route === route.id && selection.stop === stop
  return (
    <button
      type="button"
      className={`timeline-load ${dim ? 'dim' : ''} ${picked ? 'picked' : ''} ${late ? 'late' : ''}`}
      style={{ left, width, top: TOP, height: BLOCK }}
      tabIndex={-1}
      data-stop={stop}
      aria-pressed={picked}
      aria-label={locked ? `${label}, ${t.mapline.locked}` : label}
      title={label}
      {...grip}
      onPointerDown={(event) => {
        // the track under it is the whole route
        event.stopPropagation()
        grip.onPointerDown(event)
      }}
      onContextMenu={(event) => {
        event.stopPropagation()
        grip.onContextMenu(event)
      }}
      onClick={(event) => {
        event.stopPropagation()
        select(target)
      }}
    >
      {width >= NUMBER_FROM_PX && stop + 1}
      {locked && <span className="timeline-lock" />}
    </button>
  )
}
