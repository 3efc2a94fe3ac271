import type { Rule } from './rule.ts'

/** No more stops than the truck's driver makes in a day. */
export const stopCount: Rule = {
  name: 'stopCount',
  unit: 'stops',
  excess: (schedule, instance) => Math.max(0, schedule.stops - instance.types[schedule.type].maxStops),
  check(route, documents) {
    const limit = documents.vehicle(route.vehicle).maxStops ?? Number.POSITIVE_INFINITY
    const found = route.stops.length
    if (found <= limit) return []
    const where = { route: route.id, vehicle: route.vehicle }
    return [{ rule: 'stopCount', ...where, excess: found - limit, unit: 'stops', limit, found }]
  },
}
