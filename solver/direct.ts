/** How a shipment goes when no route carries it: alone on a hired truck, or by terminal freight. */
import { type Dense, makeDense, type TerminalOffer, terminalDistanceM } from './dense.ts'
import { divide } from './divide.ts'
import type { Instance } from './instance.ts'
import { problemInParts } from './parts.ts'
import type { Part } from './plan.ts'
import type { Problem, Travel } from './problem.ts'
import { TRUCK_CLASSES } from './problem.ts'
import { scheduleRoute } from './schedule.ts'
import type { SoloCosts } from './search/recreate.ts'
import { soloCosts } from './search/search.ts'
import { terminalRefusal } from './tariff.ts'

export interface HiredOffer {
  readonly type: number
  readonly krw: number
}

export interface DirectOffers {
  /** cheapest hired truck for the shipment alone; null: none can */
  readonly hired: HiredOffer | null
  /** smallest truck class that can, its cheapest tariff: what baseline B0 hires, whatever modes the shipment allows */
  readonly smallest: HiredOffer | null
  readonly terminal: TerminalOffer | null
}

export interface Opened extends Dense {
  /** of the shipments that were split; `problem` has these in their place */
  readonly parts: readonly Part[]
  /** [order] */
  readonly offers: readonly DirectOffers[]
  /** [type * orders + order] cost alone, every type, Infinity where it cannot */
  readonly solo: SoloCosts
  /** [order] 1: it goes direct, or rides on a route, that people have locked as it is */
  readonly locked?: Uint8Array
}

/**
 * A problem ready to be searched, priced and explained: arrays, and what every shipment costs without a route. Shipments that no truck
 * takes whole are split first; `parts`: as a plan has split them already.
 */
export function openProblem(
  whole: Problem,
  travel: Travel,
  parts: readonly Part[] = splitShipments(whole, travel),
): Opened {
  const problem = problemInParts(whole, parts)
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
  const docks = openDocks(instance, problem, offers)
  return { ...dense, parts, instance: { ...instance, directCost, docks }, offers, solo }

  function rank(type: number): number {
    return TRUCK_CLASSES.indexOf(problem.vehicles[vehicleOf[type]].truck)
  }
}

/** Parts of the shipments that may be split and must be: no truck takes them whole, nor does terminal freight. */
function splitShipments(problem: Problem, travel: Travel): Part[] {
  if (!problem.shipments.some(({ maxParts = 1 }) => maxParts > 1)) return []
  const siteIndex = new Map(problem.sites.map((site, index) => [site.id, index]))
  return problem.shipments.flatMap((shipment) => {
    const { maxParts = 1 } = shipment
    if (maxParts === 1) return []
    const distanceM = terminalDistanceM(problem, travel, shipment, siteIndex)
    const isFreight = problem.tariffs.some(
      (tariff) => tariff.kind === 'terminal' && terminalRefusal(tariff, shipment, distanceM) === null,
    )
    if (isFreight) return []
    const [from, to] = [shipment.from, shipment.to].map((id) => problem.sites[siteIndex.get(id)!])
    const parts = divide(shipment, from, to, problem.vehicles)
    return parts && parts.length <= maxParts ? parts : []
  })
}

/** Docks of the problem's sites, and the hired trucks alone that need one. */
export function openDocks(instance: Instance, { sites }: Problem, offers: readonly DirectOffers[]): Instance['docks'] {
  if (sites.every(({ dockCount }) => dockCount === undefined)) return null
  const count = new Float64Array(instance.size).fill(Number.POSITIVE_INFINITY)
  for (const [place, { dockCount }] of sites.entries()) if (dockCount !== undefined) count[place] = dockCount
  const hired = offers.map((offer, order) => {
    const way = cheapestDirect(offer)
    const visits = [2 * order, 2 * order + 1]
    if (way?.mode !== 'hired' || visits.every((visit) => count[instance.placeOf[visit]] === Number.POSITIVE_INFINITY))
      return null
    const { type, krw } = way
    const terminalKrw = offer.terminal?.krw ?? Number.POSITIVE_INFINITY
    return { type, visits, schedule: scheduleRoute(instance, type, visits), krw, terminalKrw }
  })
  return { count, hired }
}

/** The cheaper of the two direct ways; terminal freight where they cost the same. */
export function cheapestDirect({
  hired,
  terminal,
}: DirectOffers): { mode: 'hired'; type: number; krw: number } | ({ mode: 'terminal' } & TerminalOffer) | null {
  if (terminal && (!hired || terminal.krw <= hired.krw)) return { mode: 'terminal', ...terminal }
  return hired ? { mode: 'hired', ...hired } : null
}
