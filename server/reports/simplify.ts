/** Lines with no more points than a map of some zoom can show. */
import { simplify } from '@turf/simplify'
import type { GeoFeature, GeoJson } from '../api.ts'

/** A map of web tiles is 512 pixels wide at zoom 0. */
const WORLD_PX = 512
/** What a line may stray from the road, in pixels: less than its own width. */
const STRAY_PX = 0.5

/** `simplified` says whether a closer look would show more. */
export function simplifyFor(zoom: number, { type, features }: GeoJson): GeoJson {
  const tolerance = (STRAY_PX * 360) / (WORLD_PX * 2 ** zoom)
  let simplified = false
  const drawn = features.map((feature): GeoFeature => {
    const { geometry } = feature
    if (geometry.type !== 'LineString' || geometry.coordinates.length < 3) return feature
    const points = geometry.coordinates.map(([lng, lat]) => [lng, lat])
    const { coordinates } = simplify({ type: 'LineString', coordinates: points }, { tolerance, highQuality: true })
    if (coordinates.length === points.length) return feature
    simplified = true
    return { ...feature, geometry: { ...geometry, coordinates: coordinates as [number, number][] } }
  })
  return { type, features: drawn, simplified }
}
