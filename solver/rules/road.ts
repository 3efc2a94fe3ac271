import { roadlessLegs } from '../roads.ts'
import type { Rule } from './rule.ts'

/** A truck drives where a road leads. Amount: legs without one. */
export const road: Rule = {
  name: 'road',
  unit: 'legs',
  excess: ({ type, visits }, instance) => roadlessLegs(instance, type, visits).length,
  check(route, documents) {
    const vehicle = documents.vehicle(route.vehicle)
    const places = [vehicle.start ?? null, ...route.stops.map((stop) => stop.site), vehicle.end ?? null]
    return places.slice(1).flatMap((to, stop) => {
      if (!documents.leg(vehicle, places[stop], to).missing) return []
      return [{ rule: 'road', route: route.id, vehicle: route.vehicle, stop, excess: 1, unit: 'legs' }]
    })
  },
}
