import type { Rule } from './rule.ts'

/** No longer a route than the truck may drive. */
export const routeLength: Rule = {
  name: 'routeLength',
  unit: 'm',
  excess: (schedule, instance) => Math.max(0, schedule.distanceM - instance.types[schedule.type].maxRouteM),
  check(route, documents) {
    const vehicle = documents.vehicle(route.vehicle)
    const limit = vehicle.maxRouteM ?? Number.POSITIVE_INFINITY
    const found = documents.roads(route).reduce((sum, { distanceM }) => sum + distanceM, 0)
    if (found <= limit) return []
    const where = { route: route.id, vehicle: route.vehicle }
    return [{ rule: 'routeLength', ...where, excess: found - limit, unit: 'm', limit, found }]
  },
}
