/** The round on a map: paper, the way and the stops. Loaded when it is opened, not before. */
import { useMemo, useState } from 'react'
import type { Drive } from '../../server/api.ts'
import { MapCanvas, Marker, type StyleSpecification } from '../map/map.ts'
import { PROVINCES } from '../map/provinces.ts'
import { colourIndexOf, ROUTE_COLOURS, TOKENS } from '../state/tokens.ts'
import type { StopState } from './progress.ts'
import { Sheet } from './Sheet.tsx'
import { useDriveWords } from './words.tsx'

const COLOURS = TOKENS.light

export function MapSheet({
  drive,
  current,
  states,
  onClose,
}: {
  readonly drive: Drive
  readonly current: number | undefined
  readonly states: readonly StopState[]
  readonly onClose: () => void
}) {
  const { t } = useDriveWords()
  const [failed, setFailed] = useState(() => document.createElement('canvas').getContext('webgl2') === null)
  const style = useMemo(() => styleOf(drive), [drive])
  const bounds = useMemo(() => boundsOf(drive), [drive])
  return (
    <Sheet title={t.map} onClose={onClose}>
      {failed ? (
        <p role="alert">{t.noMap}</p>
      ) : (
        <section className="map" aria-label={t.mapLabel}>
          <MapCanvas
            initialViewState={{ bounds, fitBoundsOptions: { padding: 48, maxZoom: 13 } }}
            mapStyle={style}
            attributionControl={false}
            dragRotate={false}
            onError={() => setFailed(true)}
          >
            {drive.stops.map(({ lng, lat, name }, index) => (
              <Marker key={index} longitude={lng} latitude={lat} style={{ zIndex: index === current ? 2 : 1 }}>
                <span
                  className={`badge ${index === current ? 'large' : states[index]?.doneS === undefined ? '' : 'pale'}`}
                  title={name}
                >
                  {index + 1}
                </span>
              </Marker>
            ))}
          </MapCanvas>
        </section>
      )}
      <p className="quiet">{drive.estimated ? t.estimated : ''}</p>
    </Sheet>
  )
}

function styleOf({ lines, number }: Drive): StyleSpecification {
  const { fill } = ROUTE_COLOURS.light[colourIndexOf(number).index]!
  const way = {
    type: 'FeatureCollection',
    features: lines.map((coordinates) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates },
    })),
  }
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: PROVINCES as never },
      way: { type: 'geojson', data: way as never },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': COLOURS['map-water'] } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': COLOURS['map-land'] } },
      { id: 'border', type: 'line', source: 'land', paint: { 'line-color': COLOURS['map-border'], 'line-width': 0.6 } },
      { id: 'halo', type: 'line', source: 'way', layout: round, paint: { 'line-color': '#ffffff', 'line-width': 9 } },
      { id: 'way', type: 'line', source: 'way', layout: round, paint: { 'line-color': fill, 'line-width': 5.5 } },
    ],
  }
}

function boundsOf({ stops, start, end, lines }: Drive): [number, number, number, number] {
  const points = [
    ...[...stops, ...(start ? [start] : []), ...(end ? [end] : [])].map(({ lng, lat }) => [lng, lat] as const),
    ...lines.flat(),
  ]
  const lngs = points.map(([lng]) => lng)
  const lats = points.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}
