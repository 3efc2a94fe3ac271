import type { Violation } from '../plan.ts'
import type { Problem } from '../problem.ts'
import { ordersOf, type Rule, shipmentsOf } from './rule.ts'

/** A group rides on one route, or no part of it goes at all: a truck that has one of it has all of it. */
export const together: Rule = {
  name: 'together',
  unit: 'shipments',
  excess(schedule, { company }) {
    if (company === null) return 0
    const orders = ordersOf(schedule)
    const groups = company.groups.filter((group) => group.some((order) => orders.includes(order)))
    return groups.flat().filter((order) => !orders.includes(order)).length
  },
  check(route, documents) {
    if (!documents.problem.together) return []
    const ids = shipmentsOf(route)
    const seen = new Set<string>()
    return ids.flatMap((id): Violation[] => {
      if (seen.has(id)) return []
      const partners = partnersOf(documents.problem, id)
      for (const partner of partners) seen.add(partner)
      const excess = partners.filter((partner) => !ids.includes(partner)).length
      const where = { route: route.id, vehicle: route.vehicle, shipment: id }
      return excess > 0 ? [{ rule: 'together', ...where, excess, unit: 'shipments' }] : []
    })
  },
}

/** The shipments that must be on the shipment's route; groups that share a shipment are one group. */
export function partnersOf({ together: groups = [], shipments }: Problem, id: string): string[] {
  const found = new Set([id])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const group of groups)
      if (group.some((member) => found.has(member))) for (const member of group) found.add(member)
  }
  return shipments.map((shipment) => shipment.id).filter((other) => other !== id && found.has(other))
}
