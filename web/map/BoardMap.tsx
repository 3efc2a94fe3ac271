/** Where the trucks of a day under way should be: the map of the day with a badge for each, estimated from times. */
import { useEffect, useMemo, useRef } from 'react'
import type { BoardRound } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import type { Features } from '../state/geometry.ts'
import { boxOf, widen } from '../state/places.ts'
import { Icon } from '../views/icons.tsx'
import { routeStyle } from '../views/parts.tsx'
import { KOREA } from './limits.ts'
import { MapCanvas, Marker } from './map.ts'
import { Images, usePaper, usePlainMap } from './plainMap.tsx'

/** The words over the map take room above. */
const PADDING = { top: 76, right: 36, bottom: 44, left: 36 }

interface BoardMapProps {
  readonly rounds: readonly BoardRound[]
  /** so that the lines of their routes are known */
  readonly lines: Features
  readonly home: { readonly lng: number; readonly lat: number }
  readonly nameOf: (round: BoardRound) => string
  readonly chosen: string | undefined
  readonly onChoose: (route: string) => void
}

export function BoardMap({ rounds, lines, home, nameOf, chosen, onChoose }: BoardMapProps) {
  const { t } = useWords()
  const { map, ready, still, able, canvas } = usePlainMap(t.board.map)
  const style = usePaper(lines)
  const spots = useMemo(() => rounds.flatMap((round) => (round.place ? [{ round, ...round.place }] : [])), [rounds])
  const box = useMemo(() => widen(boxOf(spots.length > 1 ? spots : [home, ...spots]) ?? KOREA, 4000), [spots, home])
  // the trucks of the first look are shown whole; after that the person has the wheel
  const fitted = useRef(false)
  useEffect(() => {
    if (!ready || fitted.current) return
    fitted.current = spots.length > 0
    map.current?.fitBounds([...box], { padding: PADDING, maxZoom: 13, duration: still ? 0 : 400 })
  }, [ready, box, spots, still])

  if (!able) return <p className="map-unable">{t.map.noMap}</p>
  return (
    <section className="map" aria-label={t.board.map}>
      <MapCanvas {...canvas} mapStyle={style} initialViewState={{ bounds: [...box] }}>
        <Images />
        {spots.map(({ round, lng, lat }) => (
          <Marker key={round.route} longitude={lng} latitude={lat}>
            <button
              type="button"
              className={`board-truck ${round.lateStops > 0 ? 'late' : ''} ${round.route === chosen ? 'chosen' : ''}`}
              style={round.number === undefined ? undefined : routeStyle(round.number)}
              aria-label={t.board.placeOf(nameOf(round))}
              title={t.board.placeOf(nameOf(round))}
              onClick={() => onChoose(round.route)}
            >
              {round.number ?? <Icon name="truck" size={14} />}
            </button>
          </Marker>
        ))}
      </MapCanvas>
      <p className="float board-map-note" title={t.board.mapHint}>
        {t.board.mapMark} · {t.board.mapHint}
      </p>
      <p className="map-credit">{t.map.attribution}</p>
    </section>
  )
}
