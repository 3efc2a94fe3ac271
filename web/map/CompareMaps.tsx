/** Two maps that show the same place: what only one of the plans does is coloured, what both do is grey. */

import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useMemo, useRef } from 'react'
import type { GeoFeature, GeoJson } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { useRoads } from '../service/queries.ts'
import type { DayModel } from '../state/day.ts'
import { complexArea, directLines, type Features, NO_FEATURES, pickedSites, sitePoints } from '../state/geometry.ts'
import { placeNames } from '../state/placeNames.ts'
import { type Box, boxOf, metresBetween, widen } from '../state/places.ts'
import type { Lit } from '../state/selection.ts'
import { type Comparing, comparedLines, comparedStops, type Marked, SIDES, type SideName } from '../state/twoPlans.ts'
import { useDay } from '../views/context.tsx'
import { CLOSE_ZOOM, KOREA, LOCAL_M } from './limits.ts'
import { MapControls, MapCredit } from './MapChrome.tsx'
import { MapCanvas, type MapRef } from './map.ts'
import { Images, usePlainMap } from './plainMap.tsx'
import { provinceLabels } from './provinces.ts'
import { CROWD_ROUTES } from './routeLayers.ts'
import { makeStyle } from './style.ts'
import { useStreets } from './useStreets.ts'

interface CompareMapsProps {
  readonly comparing: Comparing
  readonly days: Readonly<Record<SideName, DayModel>>
  readonly lines: Readonly<Record<SideName, GeoJson | undefined>>
  readonly marked: Marked
}

export function CompareMaps({ comparing, days, lines, marked }: CompareMapsProps) {
  const { t } = useWords()
  const { complex } = useDay()
  const still = useReducedMotion()
  const maps = useRef<Record<SideName, MapRef | null>>({ left: null, right: null })
  const following = useRef(false)
  const follow = (leader: SideName) => {
    const [from, to] = [maps.current[leader], maps.current[leader === 'left' ? 'right' : 'left']]
    if (!from || !to || following.current) return
    // the other one moves too, and must not lead back
    following.current = true
    to.jumpTo({ center: from.getCenter(), zoom: from.getZoom() })
    following.current = false
  }
  const whole = useMemo(() => {
    const visited = SIDES.flatMap((side) => {
      const { problem } = days[side]
      const used = new Set(problem.shipments.flatMap(({ from, to }) => [from, to]))
      return problem.sites.filter((site) => used.has(site.id) && metresBetween(site, complex) <= LOCAL_M)
    })
    return widen(boxOf(visited.length > 1 ? visited : [complex]) ?? KOREA, 3000)
  }, [days, complex])
  const marks = [...marked.pairs].join()
  useEffect(() => {
    if (marks === '') return
    // what was picked is brought into sight, on both at once
    const sites = SIDES.flatMap((side) =>
      [...marked.pairs].flatMap((index) =>
        (comparing.diff.pairs[index]?.[side]?.stops ?? []).flatMap(({ site }) => days[side].sites.get(site) ?? []),
      ),
    )
    const box = boxOf(sites)
    if (box)
      maps.current.left?.fitBounds([...widen(box, 1500)], {
        padding: 40,
        maxZoom: CLOSE_ZOOM,
        duration: still ? 0 : 500,
      })
  }, [marks, marked, comparing, days, still])
  return (
    <div className="compare-maps">
      {SIDES.map((side) => (
        <section key={side} className="map" aria-label={t.twoPlans.map(t.twoPlans[side])}>
          <OneMap
            side={side}
            comparing={comparing}
            day={days[side]}
            geojson={lines[side]}
            marked={marked}
            box={whole}
            bind={(map) => {
              maps.current[side] = map
            }}
            onMove={() => follow(side)}
          />
          <span className="float compare-side">{t.twoPlans[side === 'left' ? 'leftIs' : 'rightIs']}</span>
          {side === 'left' && (
            <MapControls
              onZoom={(by) => {
                const map = maps.current.left
                map?.easeTo({ zoom: map.getZoom() + by, duration: still ? 0 : 180 })
              }}
              onFit={() => maps.current.left?.fitBounds([...whole], { padding: 40, duration: still ? 0 : 500 })}
            />
          )}
          {side === 'right' && <MapCredit />}
        </section>
      ))}
    </div>
  )
}

interface OneMapProps {
  readonly side: SideName
  readonly comparing: Comparing
  readonly day: DayModel
  readonly geojson: GeoJson | undefined
  readonly marked: Marked
  readonly box: Box
  readonly bind: (map: MapRef | null) => void
  readonly onMove: () => void
}

function OneMap({ side, comparing, day, geojson, marked, box, bind, onMove }: OneMapProps) {
  const { t, language } = useWords()
  const { complex } = useDay()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const roads = useRoads()
  const streets = useStreets()
  const { map, able, canvas } = usePlainMap(t.twoPlans.map(t.twoPlans[side]))
  const style = useMemo(() => {
    const lit: Lit = {
      routes: new Set(),
      stops: new Set(),
      shipments: marked.shipments,
      sites: new Set(
        [...marked.shipments].flatMap((id) => {
          const order = day.shipments.get(id)
          return order ? [order.from, order.to] : []
        }),
      ),
    }
    const lines = geojson ? comparedLines(geojson, comparing, side, marked).features : []
    const dots = comparedStops(day, comparing, side, marked).features
    const faded = ({ properties }: GeoFeature) => properties.faded === true
    const collect = (features: readonly GeoFeature[]): Features => ({ type: 'FeatureCollection', features })
    return makeStyle(
      { scheme, crowded: day.routes.length > CROWD_ROUTES, streets, dim: true },
      {
        provinceNames: provinceLabels(language),
        roads: roads.data ?? NO_FEATURES,
        towns: placeNames(roads.data, day, language),
        lines: collect(lines.filter(faded)),
        dots: collect(dots.filter(faded)),
        picked: collect([...lines, ...dots].filter((feature) => !faded(feature))),
        ...sitePoints(day),
        pickedSites: pickedSites(day, lit, new Set()),
        direct: directLines(day, lit),
        area: complexArea(day, complex.name[language], ''),
      },
    )
  }, [scheme, language, complex, day, geojson, comparing, side, marked, roads.data, streets])
  if (!able) return <p className="map-unable">{t.map.noMap}</p>
  return (
    <MapCanvas
      {...canvas}
      mapStyle={style}
      initialViewState={{ bounds: [...box], fitBoundsOptions: { padding: 40 } }}
      onMove={onMove}
      onLoad={() => {
        canvas.onLoad()
        bind(map.current)
      }}
    >
      <Images />
    </MapCanvas>
  )
}
