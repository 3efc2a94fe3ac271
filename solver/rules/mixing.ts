import { mustNotMix } from '../company.ts'
import type { Violation } from '../plan.ts'
import type { Rule } from './rule.ts'

/** Classes that must not mix are never on board at the same moment; what was unloaded before does not count. */
export const mixing: Rule = {
  name: 'mixing',
  unit: 'shipments',
  excess({ visits }, { company }) {
    if (company === null) return 0
    const aboard = new Set<number>()
    let wrong = 0
    for (const visit of visits) {
      const order = visit >> 1
      if (visit % 2 === 1) aboard.delete(order)
      else {
        if ([...aboard].some((other) => mustNotMix(company, order, other))) wrong++
        aboard.add(order)
      }
    }
    return wrong
  },
  check(route, documents) {
    const pairs = documents.problem.mixing ?? []
    if (pairs.length === 0) return []
    const aboard = new Set<string>()
    const meets = (id: string): boolean => {
      const { cargo } = documents.shipment(id)
      const others = [...aboard].filter((other) => other !== id).map((other) => documents.shipment(other).cargo)
      return others.some((other) =>
        pairs.some(([a, b]) => (a === cargo && b === other) || (b === cargo && a === other)),
      )
    }
    return route.stops.flatMap((stop, index) =>
      stop.visits.flatMap(({ shipment, kind }): Violation[] => {
        if (kind === 'delivery') {
          aboard.delete(shipment)
          return []
        }
        const wrong = meets(shipment)
        aboard.add(shipment)
        const where = { route: route.id, vehicle: route.vehicle, stop: index, site: stop.site, shipment }
        return wrong ? [{ rule: 'mixing', ...where, excess: 1, unit: 'shipments' }] : []
      }),
    )
  },
}
