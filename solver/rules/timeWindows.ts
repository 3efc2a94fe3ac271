import type { Violation } from '../plan.ts'
import { visitWindows } from '../windows.ts'
import type { Rule } from './rule.ts'

/** Service of each visit starts inside a window common to the site, the shipment, and its ready and due times. */
export const timeWindows: Rule = {
  name: 'timeWindows',
  unit: 's',
  excess: (schedule) => schedule.lateS.reduce((sum, late) => sum + late, 0),
  check: (route, documents) =>
    route.stops.flatMap((stop, index) =>
      stop.visits.flatMap((visit): Violation[] => {
        const windows = visitWindows(documents.shipment(visit.shipment), documents.site(stop.site), visit.kind)
        if (windows.some(([open, close]) => visit.startS >= open && visit.startS <= close)) return []
        const gaps = windows.map(([open, close]) => Math.max(open - visit.startS, visit.startS - close))
        return [
          {
            rule: 'timeWindows',
            route: route.id,
            vehicle: route.vehicle,
            stop: index,
            site: stop.site,
            shipment: visit.shipment,
            excess: gaps.length > 0 ? Math.min(...gaps) : Number.MAX_SAFE_INTEGER,
            unit: 's',
            found: visit.startS,
          },
        ]
      }),
    ),
}
