/** What must stay sharp and clickable over the canvas: the stop badges of the open route, and chips for routes that leave. */
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { Site } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import type { RouteModel } from '../state/day.ts'
import { edgeChips, type Frame, type Leaving } from '../state/edges.ts'
import { type Selection, stopKey } from '../state/selection.ts'
import { type Mark, spread } from '../state/spread.ts'
import { useDay, useSelection } from '../views/context.tsx'
import { useGrip } from '../views/edit/useGrip.ts'
import { RouteBadge, routeStyle } from '../views/parts.tsx'
import { useMap } from './map.ts'
import { regionOf } from './provinces.ts'

const BADGE_GAP_PX = 27
/** A badge this near its place needs no leader line. */
const LEADER_FROM_PX = 7

/** Chips stand at the edge: they need not follow every frame. */
const CHIPS_EVERY_MS = 120
/** More routes than this to one area are a number. */
const MOST_BADGES = 5

/** Where legend, inset and buttons float. */
const DESK_TAKEN = (width: number) =>
  [
    [0, 0, 420, 48],
    [0, 48, 158, 256],
    [width - 52, 0, width, 124],
  ] as const
const PHONE_TAKEN = (width: number) =>
  [
    [0, 0, 300, 90],
    [width - 56, 0, width, 140],
  ] as const

export function MapOverlay({ compact }: { readonly compact: boolean }) {
  return (
    <div className="overlay">
      <EdgeChips compact={compact} />
      <OpenedBadges />
    </div>
  )
}

/** Drawn anew while the map moves, at most once in `everyMs`. */
function useMoves(everyMs: number) {
  const { current: map } = useMap()
  const [, redraw] = useState(0)
  useEffect(() => {
    if (!map) return
    let last = 0
    const now = () => {
      last = performance.now()
      redraw((count) => count + 1)
    }
    const moved = () => {
      if (performance.now() - last >= everyMs) now()
    }
    map.on('move', moved)
    map.on('moveend', now)
    map.on('resize', now)
    return () => {
      map.off('move', moved)
      map.off('moveend', now)
      map.off('resize', now)
    }
  }, [map, everyMs])
  return map
}

function OpenedBadges() {
  const { day } = useDay()
  const { opened } = useSelection()
  const model = day?.routes.find(({ route }) => route.id === opened)
  return model ? <Badges model={model} /> : null
}

function Badges({ model }: { readonly model: RouteModel }) {
  const { t } = useWords()
  const { day } = useDay()
  const { selection, lit } = useSelection()
  const map = useMoves(0)
  const place = (id: string): Mark | undefined => {
    const site = day?.sites.get(id)
    return site && map?.project([site.lng, site.lat])
  }
  const { route, number } = model
  const spots = route.stops.flatMap((stop, index) => {
    const at = place(stop.site)
    return at ? [{ stop, index, at }] : []
  })
  const garages = [model.vehicle?.start, model.vehicle?.end].flatMap((id) => (id ? (place(id) ?? []) : []))
  const marks = spread(
    spots.map(({ at }) => at),
    BADGE_GAP_PX,
    garages,
  )
  const narrowed = selection.kind !== 'route'
  return (
    <div style={routeStyle(number)}>
      <svg className="leaders" aria-hidden="true">
        {spots.map(({ at, index }, order) => {
          const mark = marks[order]!
          if (Math.hypot(mark.x - at.x, mark.y - at.y) < LEADER_FROM_PX) return null
          return (
            <g key={index}>
              <path d={`M${at.x} ${at.y}L${mark.x} ${mark.y}`} />
              <circle cx={at.x} cy={at.y} r="2.6" />
            </g>
          )
        })}
      </svg>
      {spots.map(({ stop, index }, order) => {
        const { x, y } = marks[order]!
        const kind = [stop.pickups.length > 0 && t.map.pickup, stop.deliveries.length > 0 && t.map.drop]
        const name = day?.sites.get(stop.site)?.name ?? stop.site
        const key = stopKey(route.id, index)
        const picked = selection.kind === 'stop' && selection.route === route.id && selection.stop === index
        return (
          <Badge
            key={index}
            target={{ kind: 'stop', route: route.id, stop: index }}
            className={`${picked ? 'picked' : ''} ${narrowed && !lit.stops.has(key) ? 'dim' : ''}`}
            x={x}
            y={y}
            label={`${t.routes.stop(index + 1)} ${name}, ${kind.filter(Boolean).join('·')}`}
            name={name}
          >
            <svg width="34" height="42" viewBox="-17 -21 34 42" aria-hidden="true">
              {stop.pickups.length > 0 && <path d="M-4.6 -12.5L0 -19L4.6 -12.5Z" className="map-badge-tip" />}
              {stop.deliveries.length > 0 && <path d="M-4.6 12.5L0 19L4.6 12.5Z" className="map-badge-tip" />}
              <circle r="10.5" className="map-badge-disc" />
              <text y="4.2" textAnchor="middle">
                {index + 1}
              </text>
            </svg>
          </Badge>
        )
      })}
    </div>
  )
}

interface BadgeProps {
  readonly target: Selection & { readonly kind: 'stop' }
  readonly className: string
  readonly x: number
  readonly y: number
  readonly label: string
  readonly name: string
  readonly children: ReactNode
}

function Badge({ target, className, x, y, label, name, children }: BadgeProps) {
  const { select } = useSelection()
  const grip = useGrip(target)
  return (
    <button
      type="button"
      className={`map-badge ${className}`}
      style={{ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)` }}
      data-route={target.route}
      aria-label={label}
      title={name}
      {...grip}
      onClick={() => select(target, 'map')}
    >
      {children}
    </button>
  )
}

/** The stops of a route in one area. */
interface Reach {
  readonly route: string
  readonly number: number
  readonly area: string
  readonly spots: readonly Site[]
}

/** Chips would only repeat what the inset says when the whole country is in sight. */
function EdgeChips({ compact }: { readonly compact: boolean }) {
  const { t, language } = useWords()
  const { complex, day } = useDay()
  const { lit, select } = useSelection()
  const map = useMoves(CHIPS_EVERY_MS)
  const reaches = useMemo((): Reach[] => {
    const areaOf = (site: Site) =>
      (day?.places.far(site) && regionOf(site.lng, site.lat, language, t.map.capital)) ||
      (day?.places.inside(site) ? complex.name[language] : day?.places.area(site)) ||
      site.name
    const areas = new Map(day?.problem.sites.map((site) => [site.id, areaOf(site)]))
    return (day?.routes ?? []).flatMap(({ route, number }) => {
      const spots = route.stops.flatMap(({ site }) => day?.sites.get(site) ?? [])
      return [...Map.groupBy(spots, ({ id }) => areas.get(id)!)].map(([area, spots]) => ({
        ...{ route: route.id, number, area, spots },
      }))
    })
  }, [complex, day, language, t])
  const bounds = map?.getBounds()
  if (!day || !map || !bounds) return null
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  const inset = { top: 30, right: 22, bottom: 30, left: 22 }
  const frame: Frame = { width, height, inset, taken: (compact ? PHONE_TAKEN : DESK_TAKEN)(width) }
  const leaving = reaches.flatMap(({ route, number, area, spots }): Leaving[] => {
    const outside = spots.filter((spot) => !bounds.contains(spot))
    if (outside.length === 0) return []
    const mean = (of: (spot: Site) => number) => outside.reduce((sum, spot) => sum + of(spot), 0) / outside.length
    return [{ route, number, area, away: map.project([mean(({ lng }) => lng), mean(({ lat }) => lat)]) }]
  })
  return edgeChips(leaving, frame).map(({ x, y, area, routes, angle }) => {
    const faded = lit.routes.size > 0 && !routes.some(({ route }) => lit.routes.has(route))
    const align = x > frame.width - 160 ? -100 : x < 160 ? 0 : -50
    return (
      <div
        key={`${area} ${x.toFixed(0)}`}
        className={`edge-chip ${faded ? 'faded' : ''} ${compact ? 'small' : ''}`}
        style={{ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(${align}%, -50%)` }}
      >
        {routes.slice(0, MOST_BADGES).map(({ number, route }) => (
          <button
            key={number}
            type="button"
            className="edge-route"
            data-route={route}
            aria-label={`${t.routes.number(number)}, ${area}`}
            onClick={() => select({ kind: 'route', route }, 'pane')}
          >
            <RouteBadge number={number} />
          </button>
        ))}
        {routes.length > MOST_BADGES && <span className="faint">+{routes.length - MOST_BADGES}</span>}
        <span>{area}</span>
        <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true" style={{ rotate: `${angle}deg` }}>
          <path
            d="M-4.5 0H4.5M1 -3.5L4.5 0L1 3.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </div>
    )
  })
}
