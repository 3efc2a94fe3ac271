/** Areas in Latin letters, from the towns and complexes that the service knows. */
import type { GeoJson } from '../../server/api.ts'
import { metresBetween, type NameArea } from './places.ts'

/** What has the same name further off is another place. */
const SAME_NAME_M = 30_000

/** "하남산단" is "Hanam complex"; of "시흥 시화산단", "Siheung Sihwa complex", 시흥 is "Siheung". Unknown names stay as they are. */
export function englishAreas(roads: GeoJson | undefined): NameArea {
  const places = (roads?.features ?? []).flatMap(({ geometry, properties }) => {
    if (geometry.type !== 'Point' || (properties.kind !== 'town' && properties.kind !== 'complex')) return []
    const short = String(properties.name).replace(/\s*\(.*\)/, '')
    const english = String(properties.nameEn ?? '').replace(/\s*\(.*\)/, '')
    return english ? [{ short, english, lng: geometry.coordinates[0], lat: geometry.coordinates[1] }] : []
  })
  return (area, at) => {
    const near = places.filter((place) => metresBetween(place, at) < SAME_NAME_M)
    const same = near.find(({ short }) => short === area)
    if (same && area.endsWith('산단')) return same.english
    return (same ?? near.find(({ short }) => short.split(' ')[0] === area))?.english.split(' ')[0] ?? area
  }
}
