/** Keeps the sources of the map in step with the day and the selection; each is sent again only when it has changed itself. */
import { type RefObject, useEffect, useMemo, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { useLines, useRoads } from '../service/queries.ts'
import {
  complexArea,
  directLines,
  NO_FEATURES,
  pickedRoutes,
  pickedSites,
  routeLines,
  routeStops,
  sitePoints,
} from '../state/geometry.ts'
import { placeNames } from '../state/placeNames.ts'
import { useDay, useSelection } from '../views/context.tsx'
import type { GeoJSONSource, MapRef } from './map.ts'
import { provinceLabels } from './provinces.ts'
import type { MapData } from './style.ts'

/** `aimed`: a route that something is about to be dropped on. */
export function useMapData(zoom: number, aimed: string | undefined): MapData {
  const { t, language } = useWords()
  const { complex, day, drawn } = useDay()
  const { lit, opened } = useSelection()
  const roads = useRoads().data
  const geojson = useLines(drawn, zoom)
  const lines = useMemo(() => (geojson ? routeLines(geojson) : NO_FEATURES), [geojson])
  const fixed = useMemo(() => {
    if (!day) return { dots: NO_FEATURES, sites: NO_FEATURES, hubs: NO_FEATURES, area: NO_FEATURES }
    const members = day.problem.sites.filter((site) => day.places.role(site) === 'member').length
    return {
      dots: routeStops(day),
      ...sitePoints(day),
      area: complexArea(day, complex.name[language], members > 0 ? t.map.members(members) : ''),
    }
  }, [day, complex, language, t])
  const picked = useMemo(() => {
    const routes = aimed === undefined ? lit.routes : new Set([...lit.routes, aimed])
    return day ? pickedRoutes(lines, day, routes, opened) : NO_FEATURES
  }, [lines, day, lit, opened, aimed])
  const badges = useMemo(
    () => new Set(day?.routes.find(({ route }) => route.id === opened)?.route.stops.map(({ site }) => site)),
    [day, opened],
  )
  const marked = useMemo(() => (day ? pickedSites(day, lit, badges) : NO_FEATURES), [day, lit, badges])
  const direct = useMemo(() => (day ? directLines(day, lit) : NO_FEATURES), [day, lit])
  const towns = useMemo(() => placeNames(roads, day, language), [roads, day, language])
  const provinceNames = useMemo(() => provinceLabels(language), [language])
  return useMemo(
    () => ({
      ...fixed,
      ...{ lines, picked, pickedSites: marked, direct, towns, provinceNames },
      roads: roads ?? NO_FEATURES,
    }),
    [fixed, lines, picked, marked, direct, towns, provinceNames, roads],
  )
}

/** Sends what has changed to the map; `sent` is what its sources hold. */
export function useSources(map: MapRef | null, sent: RefObject<MapData>, data: MapData): void {
  const [styles, setStyles] = useState(0)
  useEffect(() => {
    if (!map) return
    const loaded = () => setStyles((count) => count + 1)
    map.on('style.load', loaded)
    return () => void map.off('style.load', loaded)
  }, [map])
  // `styles`: one that was built anew has new sources
  useEffect(() => {
    for (const id of Object.keys(data) as (keyof MapData)[]) {
      if (sent.current[id] === data[id]) continue
      const source = map?.getSource<GeoJSONSource>(id)
      if (!source) continue
      sent.current = { ...sent.current, [id]: data[id] }
      void source.setData(data[id] as never)
    }
  }, [map, sent, data, styles])
}

/** Dims what is not picked, and shows volumes or not: switches of the style, no data. */
export function useSwitches(map: MapRef | null, volumes: boolean, aimed: string | undefined): void {
  const { day } = useDay()
  const { lit, opened } = useSelection()
  const dim = lit.sites.size > 0 || aimed !== undefined
  useEffect(() => {
    map?.getMap().setGlobalStateProperty('dim', dim)
  }, [map, dim])
  useEffect(() => {
    map?.getMap().setGlobalStateProperty('volumes', volumes)
  }, [map, volumes])
  const model = day?.routes.find(({ route }) => route.id === opened)
  useEffect(() => {
    if (!map || !model) return
    const marks = model.route.stops.map(({ site }) => ({ source: 'sites', id: site }))
    for (const mark of marks) map.getMap().setFeatureState(mark, { badge: true })
    return () => {
      // the map may have gone before
      if (map.getMap().getSource('sites')) for (const mark of marks) map.getMap().removeFeatureState(mark)
    }
  }, [map, model])
}
