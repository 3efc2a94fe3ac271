/** A map to put one address on: a pin that is dragged, clicked or walked with the arrow keys, and the candidates beside it. */

import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import type { Candidates } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { boxOf, widen } from '../state/places.ts'
import { KOREA } from './limits.ts'
import { MapControls } from './MapChrome.tsx'
import { MapCanvas, type MapLayerMouseEvent, Marker } from './map.ts'
import { Images, usePaper, usePlainMap } from './plainMap.tsx'

export interface Point {
  readonly lng: number
  readonly lat: number
}
interface PlaceMapProps {
  readonly home: Point
  /** of the address that is open, once it is known what it may be */
  readonly subject: string | undefined
  readonly pin: Point | undefined
  /** a point to look at, each time it is another one */
  readonly aim: Point | undefined
  readonly candidates: Readonly<Candidates['candidates']>
  readonly onPin: (point: Point) => void
}

/** Of the height of the map, at one press of an arrow key. */
const STEP = 0.01
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}
const AIM_ZOOM = 12.5
/** Around a single point, so that a town is in sight that tells where it is. */
const ALONE_M = 8_000
/** A metre: finer than anybody can point. */
const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

export function PlaceMap({ home, subject, pin, aim, candidates, onPin }: PlaceMapProps) {
  const { t } = useWords()
  const { map, ready, still, able, canvas } = usePlainMap(t.places.map)
  const style = usePaper()
  const local = useMemo(() => widen(boxOf([home]) ?? KOREA, 15_000), [home])

  // what an address may be is brought into sight when it is opened; after that the person has the wheel
  const spots = useMemo(() => [...candidates, ...(pin ? [pin] : [])], [candidates, pin])
  const shown = JSON.stringify(candidates)
  const seen = useRef('')
  useEffect(() => {
    const bounds = map.current?.getBounds()
    if (!ready || !bounds) return
    const outside = spots.some(({ lng, lat }) => !bounds.contains([lng, lat]))
    if (seen.current === shown && !outside) return
    seen.current = shown
    const box = boxOf(spots)
    if (box)
      map.current?.fitBounds([...widen(box, spots.length > 1 ? 1500 : ALONE_M)], {
        padding: 60,
        maxZoom: 14,
        duration: still ? 0 : 500,
      })
  }, [ready, spots, shown, still])

  // one of which nothing is known begins at the complex, not where the last one was
  const nowhere = spots.length === 0
  useEffect(() => {
    if (ready && subject && nowhere) map.current?.fitBounds([...local], { duration: still ? 0 : 500 })
  }, [ready, subject, nowhere, local, still])

  useEffect(() => {
    if (!ready || !aim) return
    const zoom = Math.max(map.current?.getZoom() ?? 0, AIM_ZOOM)
    map.current?.easeTo({ center: [aim.lng, aim.lat], zoom, duration: still ? 0 : 500 })
  }, [ready, aim, still])

  const put = ({ lng, lat }: Point) => onPin({ lng: rounded(lng), lat: rounded(lat) })
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const bounds = map.current?.getBounds()
    if (!step || !pin || !bounds) return
    event.preventDefault()
    event.stopPropagation()
    const size = (bounds.getNorth() - bounds.getSouth()) * STEP
    put({ lng: pin.lng + step[0] * size, lat: pin.lat + step[1] * size })
  }

  if (!able) return <p className="map-unable">{t.map.noMap}</p>
  return (
    <section className="map" aria-label={t.places.map}>
      <MapCanvas
        {...canvas}
        mapStyle={style}
        initialViewState={{ bounds: [...local] }}
        cursor="crosshair"
        onClick={({ lngLat }: MapLayerMouseEvent) => put(lngLat)}
      >
        <Images />
        {candidates.map(({ lng, lat, label, source }, index) => (
          <Marker key={`${source}${label}${lng}`} longitude={lng} latitude={lat}>
            <button
              type="button"
              className="candidate-spot"
              title={label}
              aria-label={`${t.places.candidates} ${index + 1}: ${label}`}
              onClick={(event) => {
                event.stopPropagation()
                put({ lng, lat })
              }}
            >
              {index + 1}
            </button>
          </Marker>
        ))}
        {pin && (
          <Marker
            longitude={pin.lng}
            latitude={pin.lat}
            anchor="bottom"
            draggable
            onDragEnd={({ lngLat }) => put(lngLat)}
          >
            <button
              type="button"
              className="place-pin"
              aria-label={`${t.places.pin}: ${pin.lat}, ${pin.lng}`}
              onKeyDown={walk}
              onClick={(event) => event.stopPropagation()}
            >
              <svg width="28" height="36" viewBox="0 0 28 36" aria-hidden="true">
                <path d="M14 35C14 35 26 21 26 13A12 12 0 0 0 2 13C2 21 14 35 14 35Z" />
                <circle cx="14" cy="13" r="4.5" />
              </svg>
            </button>
          </Marker>
        )}
      </MapCanvas>
      <MapControls
        onZoom={(by) => map.current?.easeTo({ zoom: (map.current?.getZoom() ?? 8) + by, duration: still ? 0 : 180 })}
        onFit={() =>
          map.current?.fitBounds([...(boxOf(spots.length > 1 ? spots : []) ?? local)], {
            padding: 60,
            maxZoom: 14,
            duration: still ? 0 : 500,
          })
        }
      />
      <p className="map-credit">{t.map.attribution}</p>
    </section>
  )
}
