/** How a shipment goes when no route carries it: alone on a hired truck, or by terminal freight. */
import { type Dense, makeDense } from './dense.ts'
import type { Problem, Travel } from './problem.ts'
import { TRUCK_CLASSES } from './problem.ts'
import type { SoloCosts } from './search/recreate.ts'
import { soloCosts } from './search/search.ts'

export interface HiredOffer {
  readonly type: number
  readonly krw: number
}

export interface DirectOffers {
  /** cheapest hired truck for the shipment alone; null: none can */
  readonly hired: HiredOffer | null
  /** smallest truck class that can, its cheapest tariff: what baseline B0 hires, whatever modes the shipment allows */
  readonly smallest: HiredOffer | null
  readonly terminal: { readonly tariff: string; readonly krw: number } | null
}

export interface Opened extends Dense {
  /** [order] */
  readonly offers: readonly DirectOffers[]
  /** [type * orders + order] cost alone, every type, Infinity where it cannot */
  readonly solo: SoloCosts
  /** [order] 1: it goes direct, or rides on a route, that people have locked as it is */
  readonly locked?: Uint8Array
}

/** A problem ready to be searched, priced and explained: arrays, and what every shipment costs without a route. */
export function openProblem(problem: Problem, travel: Travel): Opened {
  const dense = makeDense(problem, travel)
  const { instance, vehicleOf } = dense
  const { orders, types } = instance
  const solo = soloCosts(instance, (type, order) =>
    instance.barred.every((amounts) => amounts[type * orders + order] === 0),
  )
  const offers = problem.shipments.map((shipment, order): DirectOffers => {
    let hired: HiredOffer | null = null
    let smallest: HiredOffer | null = null
    for (let type = 0; type < types.length; type++) {
      const krw = solo[type * orders + order]
      if (krw === Number.POSITIVE_INFINITY || problem.vehicles[vehicleOf[type]].kind !== 'hired') continue
      if (!hired || krw < hired.krw) hired = { type, krw }
      const size = rank(type)
      if (!smallest || size < rank(smallest.type) || (size === rank(smallest.type) && krw < smallest.krw))
        smallest = { type, krw }
    }
    if (shipment.modes && !shipment.modes.includes('hired')) hired = null
    // one of a group does not go without the others
    const grouped = instance.company !== null && instance.company.groupOf[order] >= 0
    return grouped ? { hired: null, smallest, terminal: null } : { hired, smallest, terminal: dense.terminal[order] }
  })
  const directCost = Float64Array.from(offers, ({ hired, terminal }) =>
    Math.min(hired?.krw ?? Number.POSITIVE_INFINITY, terminal?.krw ?? Number.POSITIVE_INFINITY),
  )
  return { ...dense, instance: { ...instance, directCost }, offers, solo }

  function rank(type: number): number {
    return TRUCK_CLASSES.indexOf(problem.vehicles[vehicleOf[type]].truck)
  }
}

/** The cheaper of the two direct ways; terminal freight where they cost the same. */
export function cheapestDirect({
  hired,
  terminal,
}: DirectOffers):
  | { mode: 'hired'; type: number; krw: number }
  | { mode: 'terminal'; tariff: string; krw: number }
  | null {
  if (terminal && (!hired || terminal.krw <= hired.krw)) return { mode: 'terminal', ...terminal }
  return hired ? { mode: 'hired', ...hired } : null
}
