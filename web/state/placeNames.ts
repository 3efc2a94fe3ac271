/** Names of towns on the map: those the service knows, and the areas of the day's sites where it knows none. */
import type { GeoFeature, GeoJson } from '../../server/api.ts'
import type { DayModel } from './day.ts'
import type { Features } from './geometry.ts'
import { metresBetween } from './places.ts'

type Position = readonly [number, number]
const spot = ([lng, lat]: Position) => ({ lng, lat })

/** Two names within this are one place. */
const SAME_M = 4000
const TOWNS: readonly unknown[] = ['town', 'complex', 'port']

export function placeNames(roads: GeoJson | undefined, day: DayModel | undefined, language: 'ko' | 'en'): Features {
  const names: { readonly name: string; readonly at: Position; readonly rank: number }[] = []
  const home = day?.problem.sites.find((site) => day.places.inside(site))
  const isNew = (at: Position) =>
    names.every((other) => metresBetween(spot(other.at), spot(at)) > SAME_M) &&
    (!home || metresBetween(home, spot(at)) > SAME_M)

  const areas = new Map<string, Position[]>()
  for (const site of day?.problem.sites ?? []) {
    const area = day?.places.area(site)
    if (area) areas.set(area, [...(areas.get(area) ?? []), [site.lng, site.lat]])
  }
  for (const { geometry, properties } of roads?.features ?? []) {
    if (geometry.type !== 'Point' || !TOWNS.includes(properties.kind)) continue
    const name = String((language === 'en' && properties.nameEn) || properties.name)
    // what stands in brackets is for the maker of the table
    const short = name.replace(/\s*\(.*\)\s*/, '').trim()
    if (short && isNew(geometry.coordinates)) names.push({ name: short, at: geometry.coordinates, rank: 2 })
  }
  for (const [name, places] of areas) {
    const at: Position = [
      places.reduce((sum, [lng]) => sum + lng, 0) / places.length,
      places.reduce((sum, [, lat]) => sum + lat, 0) / places.length,
    ]
    if (isNew(at)) names.push({ name, at, rank: 1 })
  }
  return {
    type: 'FeatureCollection',
    features: names.map(
      ({ name, at, rank }): GeoFeature => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: at },
        properties: { name, rank },
      }),
    ),
  }
}
