/** Routes and plans for tests, and the documents as `check` looks them up, written a second time. */
import { improve, type Lock, type Plan, type Problem, type Travel } from '../../solver/index.ts'
import type { Instance } from '../../solver/instance.ts'
import type { Random } from '../../solver/random.ts'
import type { Documents } from '../../solver/rules/rule.ts'
import { refresh, SearchRoute } from '../../solver/search/route.ts'

export function documentsOf(problem: Problem, travel: Travel): Documents {
  const byId = <T extends { readonly id: string }>(list: readonly T[], id: string): T => {
    const entry = list.find((candidate) => candidate.id === id)
    if (!entry) throw new Error(`no ${id}`)
    return entry
  }
  return {
    problem,
    site: (id) => byId(problem.sites, id),
    shipment: (id) => byId(problem.shipments, id),
    vehicle: (id) => byId(problem.vehicles, id),
    // the same all day
    roads(route) {
      const { truck, start = null, end = null } = byId(problem.vehicles, route.vehicle)
      const table = travel.tables.find(({ trucks }) => trucks.includes(truck))!
      const index = (id: string) => problem.sites.findIndex((entry) => entry.id === id)
      const places = [start, ...route.stops.map((stop) => stop.site), end]
      return places.slice(1).map((to, k) => {
        const from = places[k]
        if (from === null || to === null) return { durationS: 0, distanceM: 0, tollKrw: 0 }
        const cell = index(from) * problem.sites.length + index(to)
        return { durationS: table.durationS[cell], distanceM: table.distanceM[cell], tollKrw: table.tollKrw[cell] }
      })
    },
  }
}

/** Visits of some orders in any order with each pickup before its delivery. */
export function randomVisits(random: Random, orders: readonly number[]): number[] {
  const visits: number[] = []
  for (const order of orders) {
    const pickupAt = random.below(visits.length + 1)
    visits.splice(pickupAt, 0, 2 * order)
    visits.splice(pickupAt + 1 + random.below(visits.length - pickupAt), 0, 2 * order + 1)
  }
  return visits
}

/** Up to `most` different orders. */
export function someOrders(random: Random, instance: Instance, most: number): number[] {
  const count = 1 + random.below(most)
  return [...new Set(Array.from({ length: count }, () => random.below(instance.orders)))]
}

/** A route as the search holds it; `feasible` as the search judges it. */
export function searchRoute(instance: Instance, type: number, visits: readonly number[]) {
  const route = new SearchRoute()
  route.type = type
  route.room(visits.length, instance.dimensions)
  route.length = visits.length
  visits.forEach((visit, k) => {
    route.visits[k + 1] = visit
  })
  return { route, feasible: refresh(instance, route) }
}

export interface Run {
  readonly seed?: number
  readonly iterations?: number
  readonly from?: Plan
  readonly locks?: readonly Lock[]
  readonly stabilityKrw?: number
}

/** The last plan of a search. */
export const planOf = (problem: Problem, travel: Travel, run: Run = {}): Plan => plansOf(problem, travel, run).at(-1)!

/** Every plan that a search shows on the way. */
export function plansOf(problem: Problem, travel: Travel, { seed = 1, iterations = 300, ...more }: Run = {}): Plan[] {
  return [...improve(problem, travel, { seed, iterations, ...more })].flatMap(({ plan }) => plan ?? [])
}
