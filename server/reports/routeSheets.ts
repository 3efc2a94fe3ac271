/** The rounds of one carrier in a confirmed plan: where, when, what. No prices. */
import { isGuessed, type Plan, type Problem, type Route } from '../../solver/index.ts'
import type { Sheet } from '../api.ts'

/** `trucks`: ids of the carrier's vehicles. */
export function renderSheets(plan: Plan, problem: Problem, id: string, trucks: readonly string[]): Sheet[] {
  const rounds = [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]
  return rounds.filter(({ vehicle }) => trucks.includes(vehicle)).map((route) => renderSheet(route, plan, problem, id))
}

function renderSheet(route: Route, plan: Plan, problem: Problem, id: string): Sheet {
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
