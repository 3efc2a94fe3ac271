import type { Violation } from '../plan.ts'
import { ordersOf, type Rule, shipmentsOf } from './rule.ts'

/** No two of a set that must be kept apart ride on one route, even one after the other. */
export const apart: Rule = {
  name: 'apart',
  unit: 'shipments',
  excess(schedule, { company }) {
    if (company === null) return 0
    const orders = ordersOf(schedule)
    return orders.filter((order) => company.apartFrom[order].some((other) => orders.includes(other))).length
  },
  check(route, documents) {
    const sets = documents.problem.apart ?? []
    if (sets.length === 0) return []
    const ids = shipmentsOf(route)
    return ids.flatMap((id): Violation[] => {
      const excess = ids.filter(
        (other) => other !== id && sets.some((set) => set.includes(id) && set.includes(other)),
      ).length
      const where = { route: route.id, vehicle: route.vehicle, shipment: id }
      return excess > 0 ? [{ rule: 'apart', ...where, excess, unit: 'shipments' }] : []
    })
  },
}
