import type { Route, Violation } from '../plan.ts'
import type { Rule } from './rule.ts'

/** Times a truck leaves loaded after having been empty, over visits in order: whether each is a pickup, and of what. */
export function countTrips<Goods>(visits: Iterable<readonly [isPickup: boolean, goods: Goods]>): number {
  const aboard = new Set<Goods>()
  let trips = 0
  for (const [isPickup, goods] of visits) {
    if (!isPickup) aboard.delete(goods)
    else {
      if (aboard.size === 0) trips++
      aboard.add(goods)
    }
  }
  return trips
}

export const tripsOf = (route: Route): number =>
  countTrips(
    route.stops.flatMap((stop) => stop.visits.map((visit) => [visit.kind === 'pickup', visit.shipment] as const)),
  )

/** No more trips than the truck may make: between two of them it is empty, and may have loaded again at its hub. */
export const trips: Rule = {
  name: 'trips',
  unit: 'trips',
  excess: ({ visits, type }, instance) => {
    const limit = instance.types[type].maxTrips
    if (limit === Number.POSITIVE_INFINITY) return 0
    return Math.max(0, countTrips(visits.map((visit) => [(visit & 1) === 0, visit >> 1] as const)) - limit)
  },
  check(route, documents): Violation[] {
    const limit = documents.vehicle(route.vehicle).maxTrips ?? Number.POSITIVE_INFINITY
    const found = tripsOf(route)
    if (found <= limit) return []
    return [
      { rule: 'trips', route: route.id, vehicle: route.vehicle, excess: found - limit, unit: 'trips', limit, found },
    ]
  },
}
