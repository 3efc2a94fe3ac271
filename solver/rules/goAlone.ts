import type { Violation } from '../plan.ts'
import { ordersOf, type Rule, shipmentsOf } from './rule.ts'

/** A shipment that must go alone shares its truck with nothing all day. */
export const goAlone: Rule = {
  name: 'goAlone',
  unit: 'shipments',
  excess(schedule, instance) {
    const orders = ordersOf(schedule)
    return orders.some((order) => instance.alone[order]) ? orders.length - 1 : 0
  },
  check(route, documents) {
    const ids = shipmentsOf(route)
    if (ids.length < 2) return []
    return ids
      .filter((id) => documents.shipment(id).mustGoAlone)
      .map(
        (id): Violation => ({
          rule: 'goAlone',
          route: route.id,
          vehicle: route.vehicle,
          shipment: id,
          excess: ids.length - 1,
          unit: 'shipments',
        }),
      )
  },
}
