import type { Rule } from './rule.ts'

/** No longer a route than the truck may drive. */
export const routeLength: Rule = {
  name: 'routeLength',
  unit: 'm',
  excess: (schedule, instance) => Math.max(0, schedule.distanceM - instance.types[schedule.type].maxRouteM),
  check(route, documents) {
    const vehicle = documents.vehicle(route.vehicle)
    const limit = vehicle.maxRouteM ?? Number.POSITIVE_INFINITY
    const places = [vehicle.start ?? null, ...route.stops.map((stop) => stop.site), vehicle.end ?? null]
    const found = places.slice(1).reduce((sum, to, k) => sum + documents.leg(vehicle, places[k], to).distanceM, 0)
    if (found <= limit) return []
    const where = { route: route.id, vehicle: route.vehicle }
    return [{ rule: 'routeLength', ...where, excess: found - limit, unit: 'm', limit, found }]
  },
}
