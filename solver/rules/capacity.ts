import { LOAD_SLACK } from '../instance.ts'
import type { Violation } from '../plan.ts'
import type { Rule } from './rule.ts'

/** Weight, volume and pallets on board never pass what the truck takes. */
export const capacity: Rule = {
  name: 'capacity',
  unit: 'share',
  excess(schedule, instance) {
    const limits = instance.types[schedule.type].capacity
    let worst = 0
    for (const load of schedule.loadAfter)
      load.forEach((amount, d) => {
        if (amount > limits[d]) worst = Math.max(worst, limits[d] > 0 ? amount / limits[d] - 1 : 1)
      })
    return worst
  },
  check(route, documents) {
    const vehicle = documents.vehicle(route.vehicle)
    const aboard = { kg: 0, L: 0, pallets: 0 }
    const limits = {
      kg: vehicle.capacityKg,
      L: vehicle.bedL ?? Number.POSITIVE_INFINITY,
      pallets: vehicle.pallets ?? Number.POSITIVE_INFINITY,
    }
    return route.stops.flatMap((stop, index) => {
      const peak = { ...aboard }
      for (const visit of stop.visits) {
        const shipment = documents.shipment(visit.shipment)
        const sign = visit.kind === 'pickup' ? 1 : -1
        aboard.kg += sign * shipment.weightKg
        aboard.L += sign * (shipment.volumeL ?? 0)
        aboard.pallets += sign * (shipment.pallets ?? 0)
        for (const unit of ['kg', 'L', 'pallets'] as const) peak[unit] = Math.max(peak[unit], aboard[unit])
      }
      return (['kg', 'L', 'pallets'] as const).flatMap((unit): Violation[] => {
        const found = peak[unit]
        const limit = limits[unit]
        const where = { route: route.id, vehicle: vehicle.id, stop: index, site: stop.site }
        return found - limit > LOAD_SLACK
          ? [{ rule: 'capacity', ...where, excess: found - limit, unit, limit, found }]
          : []
      })
    })
  },
}
