import { countBuried } from '../company.ts'
import type { Violation } from '../plan.ts'
import type { Rule } from './rule.ts'

/**
 * A truck with one door unloads first what it loaded last. Within a stop it unloads before it loads and loads in any order, so the rule
 * compares stops, not visits.
 */
export const lastInFirstOut: Rule = {
  name: 'lastInFirstOut',
  unit: 'shipments',
  excess: ({ type, visits }, { company, placeOf }) =>
    company === null || company.lastInFirstOut[type] === 0 ? 0 : countBuried(visits, placeOf),
  check(route, documents) {
    if (!documents.vehicle(route.vehicle).lastInFirstOut) return []
    // shipments on board and the stop that each was loaded at
    const aboard = new Map<string, number>()
    return route.stops.flatMap((stop, index) => {
      const unloaded = stop.visits.flatMap(({ kind, shipment }) => {
        const since = aboard.get(shipment)
        return kind === 'delivery' && since !== undefined && aboard.delete(shipment) ? [{ shipment, since }] : []
      })
      const above = (since: number) => [...aboard.values()].filter((later) => later > since).length
      const found = unloaded.flatMap(({ shipment, since }): Violation[] => {
        const where = { route: route.id, vehicle: route.vehicle, stop: index, site: stop.site, shipment }
        return above(since) > 0 ? [{ rule: 'lastInFirstOut', ...where, excess: above(since), unit: 'shipments' }] : []
      })
      for (const { kind, shipment } of stop.visits) if (kind === 'pickup') aboard.set(shipment, index)
      return found
    })
  },
}
