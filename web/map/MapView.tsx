/** The map: draws the state, reports clicks, decides nothing. */

import { useComputedColorScheme } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { type Box, boxOf, metresBetween, widen } from '../state/places.ts'
import { NOTHING } from '../state/selection.ts'
import { useAimed, useDay, useSelection } from '../views/context.tsx'
import { Inset } from './Inset.tsx'
import { CLOSE_ZOOM, KOREA, LOCAL_M } from './limits.ts'
import { MapAim } from './MapAim.tsx'
import { MapControls, MapCredit, MapLegend } from './MapChrome.tsx'
import { MapOverlay } from './MapOverlay.tsx'
import {
  type GeoJSONSource,
  MapCanvas,
  type MapGeoJSONFeature,
  type MapLayerMouseEvent,
  type MapMouseEvent,
  useMap,
} from './map.ts'
import { Picked } from './Picked.tsx'
import { Images, usePlainMap } from './plainMap.tsx'
import { CROWD_ROUTES } from './routeLayers.ts'
import { CLICKABLE, makeStyle } from './style.ts'
import { useMapData, useSources, useSwitches } from './useMapData.ts'
import { useStreets } from './useStreets.ts'

/** Below this zoom the map shows the country, and the inset shows the complex instead. */
const NATIONAL_BELOW = 8.6
const FLY_MS = 600

/** What floats on the map takes room from what is fitted. */
const PADDING = { top: 64, right: 64, bottom: 96, left: 64 }
const PHONE_PADDING = { top: 64, right: 56, bottom: 88, left: 36 }

export function MapView({
  compact,
  bindKeys,
}: {
  readonly compact: boolean
  readonly bindKeys?: (keys: MapKeys) => void
}) {
  const { t } = useWords()
  const { complex, day } = useDay()
  const { lit, selection, origin, select } = useSelection()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const { map, ready, still, able, canvas } = usePlainMap(t.map.canvas)
  const [zoom, setZoom] = useState(0)
  const national = zoom > 0 && zoom < NATIONAL_BELOW
  const [volumes, setVolumes] = useLocalStorage({ key: 'milkrun.volumes', defaultValue: false })

  const aimed = useAimedRoute()
  const data = useMapData(zoom, aimed)
  const streets = useStreets()
  const sent = useRef(data)
  const crowded = (day?.routes.length ?? 0) > CROWD_ROUTES
  const style = useMemo(() => makeStyle({ scheme, crowded, streets }, sent.current), [scheme, crowded, streets])
  const opened = ready ? map.current : null
  useSources(opened, sent, data)
  useSwitches(opened, volumes, aimed)

  const local = useMemo(() => {
    const used = new Set(day?.problem.shipments.flatMap(({ from, to }) => [from, to]))
    const near = day?.problem.sites.filter((site) => metresBetween(site, complex) <= LOCAL_M) ?? []
    const visited = near.filter(({ id }) => used.has(id))
    return widen(boxOf(visited.length > 1 ? visited : [complex, ...near]) ?? KOREA, 4000)
  }, [day, complex])

  const fit = useCallback(
    (box: Box, jump = false) => {
      map.current?.fitBounds([...box], {
        padding: compact ? PHONE_PADDING : PADDING,
        maxZoom: CLOSE_ZOOM,
        duration: jump || still ? 0 : FLY_MS,
      })
    },
    [compact, still],
  )
  const showNational = useCallback(
    (wanted: boolean) => {
      const sites = day?.problem.sites ?? []
      fit(wanted ? (boxOf(sites.length > 1 ? sites : []) ?? KOREA) : local)
    },
    [day, fit, local],
  )

  // a new day is shown whole; after that the person has the wheel
  const key = `${day?.problem.name ?? ''} ${ready}`
  const fitted = useRef('')
  useEffect(() => {
    if (!ready || fitted.current === key) return
    fitted.current = key
    fit(local, true)
  }, [ready, key, fit, local])

  // what was picked in a list is brought into sight; what was picked on the map is in sight
  const sites = day?.sites
  useEffect(() => {
    if (!ready || origin === 'map' || selection.kind === 'none' || lit.sites.size === 0) return
    const box = boxOf([...lit.sites].flatMap((id) => sites?.get(id) ?? []))
    if (!box) return
    const bounds = map.current?.getBounds()
    const inSight =
      bounds?.contains([box[0], box[1]]) && bounds.contains([box[2], box[3]]) && selection.kind !== 'route'
    if (!inSight) fit(widen(box, 1500))
  }, [selection, lit, origin, ready, sites, fit])

  useEffect(() => {
    bindKeys?.({ fit: () => showNational(false), swap: () => showNational(!national) })
  }, [bindKeys, showNational, national])

  const click = (event: MapLayerMouseEvent) => {
    // the first in the list of what can be clicked is the smallest thing
    const [found] = (event.features ?? []).toSorted((a, b) => orderOf(a.layer.id) - orderOf(b.layer.id))
    if (!found) return selection.kind !== 'none' && select(NOTHING, 'map')
    const { site, route } = found.properties as Record<string, string>
    if (found.layer.id === 'clusters') void openCluster(found)
    else if (route) select({ kind: 'route', route }, 'map')
    else if (site) select({ kind: 'site', site }, 'map')
  }

  const openCluster = async (found: MapGeoJSONFeature) => {
    const source = map.current?.getSource<GeoJSONSource>('sites')
    const zoom = await source?.getClusterExpansionZoom(Number(found.properties.cluster_id))
    if (zoom === undefined || found.geometry.type !== 'Point') return
    const [lng, lat] = found.geometry.coordinates
    map.current?.easeTo({ center: [lng!, lat!], zoom: zoom + 0.3, duration: still ? 0 : FLY_MS })
  }

  if (!able) return <p className="map-unable">{t.map.noMap}</p>
  return (
    <section className="map" aria-label={t.map.label} data-drop-own="map">
      <MapCanvas
        {...canvas}
        mapStyle={style}
        initialViewState={{ bounds: [...local], fitBoundsOptions: { padding: compact ? PHONE_PADDING : PADDING } }}
        interactiveLayerIds={[...CLICKABLE]}
        cursor="auto"
        onClick={click}
        onZoomEnd={() => setZoom(map.current?.getZoom() ?? 0)}
        onLoad={() => {
          canvas.onLoad()
          setZoom(map.current?.getZoom() ?? 0)
        }}
      >
        <Images />
        {ready && <MapOverlay compact={compact} />}
        <Hover crowded={crowded} />
        <MapAim crowded={crowded} />
      </MapCanvas>
      <MapLegend />
      <MapControls
        onZoom={(by) => map.current?.easeTo({ zoom: (map.current?.getZoom() ?? 8) + by, duration: still ? 0 : 180 })}
        onFit={() => showNational(false)}
        volumes={volumes}
        onVolumes={setVolumes}
      />
      {!compact && <Inset national={national} local={local} onSwap={() => showNational(!national)} />}
      {compact && (
        <button type="button" className="button map-swap" onClick={() => showNational(!national)}>
          {national ? t.map.local : t.map.national}
        </button>
      )}
      <Picked />
      <MapCredit />
    </section>
  )
}

export interface MapKeys {
  readonly fit: () => void
  readonly swap: () => void
}

/** Where what is held would go if it were dropped now. */
function useAimedRoute(): string | undefined {
  const edit = useAimed()?.edit
  if (edit?.kind === 'move') return 'route' in edit.to ? edit.to.route : undefined
  return edit && 'route' in edit ? edit.route : undefined
}

const orderOf = (layer: string): number => (CLICKABLE as readonly string[]).indexOf(layer)

/** The hand over what can be clicked; looked up once a frame, and not while the map moves. */
function Hover({ crowded }: { readonly crowded: boolean }) {
  const { current: map } = useMap()
  useEffect(() => {
    if (!map) return
    let asked = 0
    const moved = ({ point }: MapMouseEvent) => {
      cancelAnimationFrame(asked)
      asked = requestAnimationFrame(() => {
        if (map.isMoving()) return
        // thousands of lines cross a crowded map: asking which are here takes longer than a frame
        const layers = CLICKABLE.filter((layer) => map.getLayer(layer) && !(crowded && layer === 'route-hit'))
        const canvas = map.getCanvas()
        canvas.style.cursor = map.queryRenderedFeatures(point, { layers }).length > 0 ? 'pointer' : ''
      })
    }
    map.on('mousemove', moved)
    return () => {
      cancelAnimationFrame(asked)
      map.off('mousemove', moved)
    }
  }, [map, crowded])
  return null
}
