/** The other scale: the whole country while the map shows the complex, the complex while it shows the country. */
import { useMemo } from 'react'
import { useWords } from '../i18n/words.tsx'
import type { Box } from '../state/places.ts'
import { colourIndexOf, ROUTE_DASHES } from '../state/tokens.ts'
import { useDay, useSelection } from '../views/context.tsx'
import { Icon } from '../views/icons.tsx'
import { routeStyle } from '../views/parts.tsx'
import { COUNTRY, fitting, landPath, pathOf } from './provinces.ts'

const WIDTH = 134
const HEIGHT = 162
/** More routes than this have no room for their numbers: they are one line a colour. */
const MOST_ROUTES = 24

interface InsetProps {
  readonly national: boolean
  readonly local: Box
  readonly onSwap: () => void
}

export function Inset({ national, local, onSwap }: InsetProps) {
  const { t } = useWords()
  const { day, drawn: stored } = useDay()
  const { lit } = useSelection()
  const box = national ? local : COUNTRY
  const project = useMemo(() => fitting(box, WIDTH, HEIGHT), [box])
  const land = useMemo(() => landPath(project), [project])
  const hauls = useMemo(() => day?.routes.filter(({ far }) => far) ?? [], [day])
  const drawn = useMemo(
    () => (national ? (day?.routes.filter(({ far }) => !far) ?? []) : hauls),
    [day, national, hauls],
  )
  const lines = useMemo(() => {
    const paths = new Map<number, string>()
    for (const { geometry, properties } of stored?.geojson.features ?? []) {
      if (geometry.type !== 'LineString') continue
      const number = Number(properties.number)
      paths.set(number, (paths.get(number) ?? '') + pathOf(geometry.coordinates, project, false))
    }
    return paths
  }, [stored, project])
  const tooMany = drawn.length > MOST_ROUTES
  const byColour = useMemo(() => {
    const paths = new Map<number, string>()
    for (const { number } of tooMany ? drawn : []) {
      const { index } = colourIndexOf(number)
      paths.set(index, (paths.get(index) ?? '') + (lines.get(number) ?? ''))
    }
    return paths
  }, [tooMany, drawn, lines])
  const tags = placeTags(
    (tooMany ? [] : drawn).map((model) => {
      const spots = model.route.stops.flatMap(({ site }) => {
        const found = day?.sites.get(site)
        return found ? [project(found.lng, found.lat)] : []
      })
      const home = project((local[0] + local[2]) / 2, (local[1] + local[3]) / 2)
      const farthest = spots.reduce(
        (best, spot) =>
          Math.hypot(spot[0] - home[0], spot[1] - home[1]) > Math.hypot(best[0] - home[0], best[1] - home[1])
            ? spot
            : best,
        home,
      )
      // most of the way out: clear of the complex, and of others that end in the same town
      const share = national ? 0.85 : 0.62
      return {
        number: model.number,
        x: home[0] + (farthest[0] - home[0]) * share,
        y: home[1] + (farthest[1] - home[1]) * share,
      }
    }),
  )
  const frame = national ? undefined : [project(local[0], local[3]), project(local[2], local[1])]
  return (
    <button type="button" className="float inset" onClick={onSwap}>
      <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
        <rect width={WIDTH} height={HEIGHT} rx="5" fill="var(--map-water)" />
        <path d={land} fill="var(--map-land)" stroke="var(--map-border)" strokeWidth="0.5" strokeLinejoin="round" />
        {tooMany
          ? [...byColour].map(([index, d]) => (
              <path
                key={index}
                d={d}
                style={routeStyle(index + 1)}
                fill="none"
                stroke="var(--fill)"
                strokeWidth="1.2"
                opacity={lit.routes.size > 0 ? 0.4 : 0.8}
              />
            ))
          : drawn.map(({ number, route }) => {
              const { index } = colourIndexOf(number)
              const d = lines.get(number)
              const faded = lit.routes.size > 0 && !lit.routes.has(route.id)
              return (
                d && (
                  <g
                    key={number}
                    style={routeStyle(number)}
                    opacity={faded ? 0.4 : 1}
                    fill="none"
                    strokeLinejoin="round"
                    strokeLinecap="round"
                  >
                    <path d={d} stroke="var(--map-land)" strokeWidth="4.6" />
                    <path d={d} stroke="var(--fill)" strokeWidth="2.8" />
                    {ROUTE_DASHES[index]!.length > 0 && (
                      <path
                        d={d}
                        stroke="var(--map-land)"
                        strokeWidth="0.9"
                        strokeLinecap="butt"
                        strokeDasharray={ROUTE_DASHES[index]!.map((n) => n * 0.6).join(' ')}
                      />
                    )}
                  </g>
                )
              )
            })}
        {frame && (
          <rect
            x={frame[0]![0] - 2}
            y={frame[0]![1] - 2}
            width={frame[1]![0] - frame[0]![0] + 4}
            height={frame[1]![1] - frame[0]![1] + 4}
            rx="1.5"
            fill="none"
            stroke="var(--text)"
            strokeWidth="1.5"
          />
        )}
        {tags.map(({ number, x, y }) => (
          <g key={number} style={routeStyle(number)} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
            <rect x="-8" y="-8" width="16" height="16" rx="4" fill="var(--fill)" stroke="var(--map-land)" />
            <text y="4" textAnchor="middle" fontSize="11" fontWeight="700" fill="var(--ink)">
              {number}
            </text>
          </g>
        ))}
      </svg>
      <span className="inset-caption">
        <span className="cut">
          {national ? t.map.local : hauls.length > 0 ? t.map.nationalHint(hauls.length) : t.map.national}
        </span>
        <span className="visually-hidden">{national ? t.map.localHint : t.map.nationalShow}</span>
        <span className="push" />
        <Icon name="expand" size={13} />
      </span>
    </button>
  )
}

interface Tag {
  readonly number: number
  readonly x: number
  readonly y: number
}
const TAG_PX = 18

/** Numbers of routes to the same place stand side by side, inside the frame. */
function placeTags(tags: readonly Tag[]): Tag[] {
  const placed: Tag[] = []
  for (const { number, x, y } of tags) {
    const at = { number, x: clamp(x, 10, WIDTH - 10), y: clamp(y, 10, HEIGHT - 10) }
    const hit = () => placed.find((other) => Math.abs(other.x - at.x) < TAG_PX && Math.abs(other.y - at.y) < TAG_PX)
    for (let other = hit(), tries = 0; other && tries < 12; other = hit(), tries++) {
      at.x = other.x + TAG_PX
      if (at.x > WIDTH - 10) {
        at.x = clamp(x, 10, WIDTH - 10)
        at.y = other.y + TAG_PX
      }
    }
    placed.push(at)
  }
  return placed
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
