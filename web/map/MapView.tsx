/** The map: draws the state, reports clicks, decides nothing. */
import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { useLines, useRoads } from '../service/queries.ts'
import { complexArea, directLines, routeLines, routeStops, sitePoints } from '../state/geometry.ts'
import { placeNames } from '../state/placeNames.ts'
import { type Box, boxOf, metresBetween, widen } from '../state/places.ts'
import { NOTHING } from '../state/selection.ts'
import { useDay, useSelection } from '../views/context.tsx'
import { Inset } from './Inset.tsx'
import { drawImage } from './images.ts'
import { MapControls, MapCredit, MapLegend } from './MapChrome.tsx'
import { MapOverlay } from './MapOverlay.tsx'
import { MapCanvas, type MapLayerMouseEvent, type MapRef, useMap } from './map.ts'
import { Picked } from './Picked.tsx'
import { provinceLabels } from './provinces.ts'
import { CLICKABLE, makeStyle } from './style.ts'

/** What "the complex" shows: its sites and those a local round reaches. */
const LOCAL_M = 22_000
const KOREA: Box = [126, 34.3, 129.5, 37.9]
/** Below this zoom the map shows the country, and the inset shows the complex instead. */
const NATIONAL_BELOW = 8.6
const FLY_MS = 600
const EMPTY = { type: 'FeatureCollection', features: [] } as const

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
  const { t, language } = useWords()
  const { complex, day, drawn } = useDay()
  const { lit, opened, selection, origin, select } = useSelection()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const still = useReducedMotion()
  const roads = useRoads()
  const map = useRef<MapRef>(null)
  const [zoom, setZoom] = useState(0)
  const national = zoom > 0 && zoom < NATIONAL_BELOW
  const geojson = useLines(drawn, zoom)
  const [ready, setReady] = useState(false)
  const [unable, setUnable] = useState(false)
  const [hovering, setHovering] = useState(false)

  const style = useMemo(() => {
    const members = day?.problem.sites.filter((site) => day.places.role(site) === 'member').length ?? 0
    return makeStyle(scheme, {
      provinces: provinceLabels(language),
      roads: roads.data ?? EMPTY,
      towns: placeNames(roads.data, day, language),
      lines: geojson ? routeLines(geojson, lit) : EMPTY,
      dots: day ? routeStops(day, lit, opened) : EMPTY,
      sites: day ? sitePoints(day, lit, opened) : EMPTY,
      direct: day ? directLines(day, lit) : EMPTY,
      area: day ? complexArea(day, complex.name[language], members > 0 ? t.map.members(members) : '') : EMPTY,
    })
  }, [scheme, language, t, complex, day, geojson, roads.data, lit, opened])

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
        maxZoom: 13.5,
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

  useEffect(() => {
    if (ready) map.current?.getCanvas().setAttribute('aria-label', t.map.canvas)
  }, [ready, t])

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
    const found = event.features?.find((feature) => feature.layer.id === 'sites') ?? event.features?.[0]
    if (!found) return selection.kind !== 'none' && select(NOTHING, 'map')
    const { site, route } = found.properties as Record<string, string>
    if (found.layer.id === 'sites' && site) select({ kind: 'site', site }, 'map')
    else if (route) select({ kind: 'route', route }, 'map')
  }

  if (unable || !hasWebGl()) return <p className="map-unable">{t.map.noMap}</p>
  return (
    <section className="map" aria-label={t.map.label}>
      <MapCanvas
        ref={map}
        mapStyle={style}
        initialViewState={{ bounds: [...local], fitBoundsOptions: { padding: compact ? PHONE_PADDING : PADDING } }}
        minZoom={4.6}
        maxZoom={16}
        maxBounds={[115, 28, 140, 45]}
        dragRotate={false}
        touchPitch={false}
        pitchWithRotate={false}
        attributionControl={false}
        fadeDuration={still ? 0 : 150}
        interactiveLayerIds={[...CLICKABLE]}
        cursor={hovering ? 'pointer' : 'grab'}
        onMouseEnter={() => setHovering(true)}
        onMouseLeave={() => setHovering(false)}
        onClick={click}
        onError={({ error }: { readonly error: Error }) => {
          if (/webgl/i.test(error.message)) setUnable(true)
          else console.warn(error.message)
        }}
        onZoomEnd={() => setZoom(map.current?.getZoom() ?? 0)}
        onLoad={() => {
          setReady(true)
          setZoom(map.current?.getZoom() ?? 0)
        }}
      >
        <Images />
        {ready && <MapOverlay compact={compact} />}
      </MapCanvas>
      <MapLegend />
      <MapControls
        onZoom={(by) => map.current?.easeTo({ zoom: (map.current?.getZoom() ?? 8) + by, duration: still ? 0 : 180 })}
        onFit={() => showNational(false)}
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

/** Before the style asks for its first picture: children are mounted as soon as the map exists. */
function Images() {
  const { current } = useMap()
  useEffect(() => {
    const map = current?.getMap()
    map?.setMissingStyleImageResolver((id) => {
      const image = map.hasImage(id) ? undefined : drawImage(id)
      if (image) map.addImage(id, image, { pixelRatio: image.pixelRatio })
    })
  }, [current])
  return null
}

let webGl: boolean | undefined
function hasWebGl(): boolean {
  webGl ??= document.createElement('canvas').getContext('webgl2') !== null
  return webGl
}
