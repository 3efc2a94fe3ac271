import type { Violation } from '../plan.ts'
import { overlongS } from '../rides.ts'
import type { Rule } from './rule.ts'

/** From the end of its loading to the start of its unloading no shipment is on board longer than it may be; waits and rests count. */
export const timeOnBoard: Rule = {
  name: 'timeOnBoard',
  unit: 's',
  excess: (schedule, instance) => overlongS(instance, schedule),
  check(route, documents) {
    const loadedS = new Map<string, number>()
    return route.stops.flatMap((stop, index) =>
      stop.visits.flatMap(({ shipment, kind, startS, endS }): Violation[] => {
        const limit = documents.shipment(shipment).maxOnBoardS
        if (limit === undefined) return []
        if (kind === 'pickup') {
          loadedS.set(shipment, endS)
          return []
        }
        const found = startS - (loadedS.get(shipment) ?? startS)
        loadedS.delete(shipment)
        const where = { route: route.id, vehicle: route.vehicle, stop: index, site: stop.site, shipment }
        return found > limit ? [{ rule: 'timeOnBoard', ...where, excess: found - limit, unit: 's', limit, found }] : []
      }),
    )
  },
}
