/** The rounds of one carrier in a confirmed plan: where, when, what, the tolls and fuel to expect, and its own fare. No other price. */
import {
  type Burn,
  footprintOf,
  isGuessed,
  type Plan,
  type Problem,
  paidLines,
  type Route,
  sumLines,
  type Travel,
} from '../../solver/index.ts'
import type { Dispatch, Sheet } from '../api.ts'
import { roundsOf } from './guide.ts'

/** `own`: what was dispatched to the carrier. */
export function renderSheets(
  plan: Plan,
  problem: Problem,
  id: string,
  own: readonly Dispatch[],
  travel: Travel | undefined,
): Sheet[] {
  const burns = travel && burnsOf(plan, problem, travel)
  return roundsOf(plan).flatMap((route) => {
    const dispatch = own.find((one) => one.route === route.id)
    if (!dispatch) return []
    const burn = burns?.get(route.id)
    const fareLines = paidLines(route.costLines)
    const fareKrw = sumLines(fareLines)
    return { ...renderSheet(route, plan, problem, id), dispatch, fareKrw, fareLines, ...(burn && { burn }) }
  })
}

/** By the id of the round. */
function burnsOf(plan: Plan, problem: Problem, travel: Travel): Map<string, Burn> {
  const { routes, direct } = footprintOf(problem, travel, plan)
  const hired = plan.direct.flatMap(({ route }, index) => {
    const { shipment: _, mode: __, ...burn } = direct[index]!
    return route ? [[route.id, burn] as const] : []
  })
  return new Map([...routes.map(({ route, ...burn }) => [route, burn] as const), ...hired])
}

function renderSheet(
  route: Route,
  plan: Plan,
  problem: Problem,
  id: string,
): Omit<Sheet, 'dispatch' | 'fareKrw' | 'fareLines'> {
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const goods = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  // a part weighs its own and is called as the whole
  for (const part of plan.parts ?? []) goods.set(part.id, { ...goods.get(part.shipment)!, ...part })
  const vehicle = problem.vehicles.find((entry) => entry.id === route.vehicle)
  const pieces = (ids: readonly string[]) =>
    ids.map((shipment) => {
      const { weightKg = 0, pallets, item } = goods.get(shipment) ?? {}
      return { shipment, weightKg, ...(item !== undefined && { item }), ...(pallets !== undefined && { pallets }) }
    })
  return {
    plan: id,
    route: route.id,
    startsAt: problem.startsAt,
    timeZone: problem.timeZone,
    vehicle: route.vehicle,
    truck: vehicle?.name ?? vehicle?.truck ?? route.vehicle,
    departS: route.departS,
    returnS: route.returnS,
    distanceM: route.distanceM,
    tollKrw: route.tollKrw,
    estimated: plan.provenance.estimated,
    peakWeightKg: route.peakWeightKg,
    ...(route.driver !== undefined && { driver: route.driver }),
    stops: route.stops.map(({ site, arriveS, startS, leaveS, pickups, deliveries }) => {
      const found = sites.get(site)
      const { name = site, lng = 0, lat = 0 } = found ?? {}
      const guessed = found !== undefined && isGuessed(found)
      return {
        name,
        lng,
        lat,
        ...(guessed && { guessed }),
        arriveS,
        startS,
        leaveS,
        pickups: pieces(pickups),
        deliveries: pieces(deliveries),
      }
    }),
    rests: route.rests.map(({ startS, endS }) => ({ startS, endS })),
  }
}
