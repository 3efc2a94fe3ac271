import type { Rule } from './rule.ts'

/** A route lies inside one shift of its truck. */
export const shift: Rule = {
  name: 'shift',
  unit: 's',
  excess(schedule, instance) {
    const truck = instance.types[schedule.type]
    return Math.max(0, schedule.returnS - truck.closesS) + Math.max(0, truck.opensS - schedule.departS)
  },
  check(route, documents) {
    const { shifts } = documents.vehicle(route.vehicle)
    const outside = shifts.map(
      ([open, close]) => Math.max(0, open - route.departS) + Math.max(0, route.returnS - close),
    )
    const excess = Math.min(...outside)
    return excess > 0 ? [{ rule: 'shift', route: route.id, vehicle: route.vehicle, excess, unit: 's' }] : []
  },
}
