import type { Violation } from '../plan.ts'
import type { Rule } from './rule.ts'

/** What is picked up is delivered later on the same truck, once, each at its own site. */
export const pairing: Rule = {
  name: 'pairing',
  unit: 'visits',
  excess(schedule, instance) {
    const aboard = new Set<number>()
    const done = new Set<number>()
    let wrong = 0
    for (const visit of schedule.visits) {
      const order = visit >> 1
      if (!instance.paired[order]) continue
      if (visit % 2 === 0) {
        if (aboard.has(order) || done.has(order)) wrong++
        aboard.add(order)
      } else {
        if (!aboard.delete(order)) wrong++
        done.add(order)
      }
    }
    return wrong + aboard.size
  },
  check(route, documents) {
    const aboard = new Set<string>()
    const done = new Set<string>()
    const wrong = (shipment: string, stop: number): Violation => ({
      rule: 'pairing',
      route: route.id,
      vehicle: route.vehicle,
      stop,
      shipment,
      excess: 1,
      unit: 'visits',
    })
    const found = route.stops.flatMap((stop, index) =>
      stop.visits.flatMap((visit): Violation[] => {
        const shipment = documents.shipment(visit.shipment)
        const misplaced = stop.site !== (visit.kind === 'pickup' ? shipment.from : shipment.to)
        const fault =
          visit.kind === 'pickup'
            ? aboard.has(visit.shipment) || done.has(visit.shipment)
            : !aboard.delete(visit.shipment)
        if (visit.kind === 'pickup') aboard.add(visit.shipment)
        else done.add(visit.shipment)
        return fault || misplaced ? [wrong(visit.shipment, index)] : []
      }),
    )
    return [...found, ...[...aboard].map((id) => wrong(id, route.stops.length - 1))]
  },
}
