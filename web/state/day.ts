/** One day as the screens show it: the problem, its newest plan and everything looked up once. */
import type { Complex } from '../../server/api.ts'
import {
  type Comparison,
  type Direct,
  type Firm,
  type Plan,
  type Problem,
  problemInParts,
  type Route,
  routeNumber,
  type Shipment,
  type Site,
  type Unserved,
  type Vehicle,
} from '../../solver/index.ts'
import { holdsFor } from './kpi.ts'
import { describePlaces, type NameArea, type Places } from './places.ts'

export interface LoadStep {
  /** Share of the route's kilometres driven when this load begins. */
  readonly at: number
  readonly weightKg: number
}

export interface RouteModel {
  readonly route: Route
  readonly number: number
  readonly vehicle: Vehicle | undefined
  /** Areas outside the complex, the heaviest first; empty for a round inside. */
  readonly areas: readonly string[]
  /** Partners of the only area: what the round is about. */
  readonly partners: readonly string[]
  readonly shipments: readonly string[]
  readonly load: readonly LoadStep[]
  readonly peakShare: number
  /** What its shipments cost under B1; absent while there is no comparison of this plan. */
  readonly b1Krw: number | undefined
  readonly far: boolean
}

export type Carried =
  | { readonly by: 'route'; readonly model: RouteModel; readonly pickup: number; readonly delivery: number }
  | { readonly by: 'direct'; readonly direct: Direct }
  | { readonly by: 'nobody'; readonly unserved: Unserved }
  | { readonly by: 'unplanned' }

export interface DayModel {
  readonly problem: Problem
  readonly plan: Plan | undefined
  readonly comparison: Comparison | undefined
  readonly places: Places
  readonly sites: ReadonlyMap<string, Site>
  readonly firms: ReadonlyMap<string, Firm>
  readonly shipments: ReadonlyMap<string, Shipment>
  readonly vehicles: ReadonlyMap<string, Vehicle>
  readonly routes: readonly RouteModel[]
  readonly carried: (shipment: string) => Carried
}

const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((item) => [item.id, item]))

export function makeDay(
  complex: Pick<Complex, 'lng' | 'lat'>,
  whole: Problem,
  plan: Plan | undefined,
  comparison: Comparison | undefined,
  nameArea?: NameArea,
): DayModel {
  const problem = problemInParts(whole, plan?.parts ?? [])
  const places = describePlaces(problem, complex, nameArea)
  const sites = byId(problem.sites)
  const shipments = byId(problem.shipments)
  const vehicles = byId(problem.vehicles)
  const holds = comparison && plan && holdsFor(comparison, plan)
  const b1 = holds ? comparison.baselines.find(({ id }) => id === 'B1') : undefined
  const b1Of = b1 && new Map(b1.shipments.map(({ shipment, costKrw }) => [shipment, costKrw]))

  const routes = (plan?.routes ?? []).map((route, index): RouteModel => {
    const vehicle = vehicles.get(route.vehicle)
    const carried = [...new Set(route.stops.flatMap(({ pickups }) => pickups))]
    const stops = route.stops.flatMap((stop) => {
      const site = sites.get(stop.site)
      const weightKg = [...stop.pickups, ...stop.deliveries].reduce(
        (sum, id) => sum + (shipments.get(id)?.weightKg ?? 0),
        0,
      )
      return site && !places.inside(site) ? [{ site, weightKg, area: places.area(site) }] : []
    })
    const areas = rank(stops.filter(({ area }) => area).map(({ area, weightKg }) => [area, weightKg]))
    const partners = rank(stops.map(({ site, weightKg }) => [site.name.replace(/[A-Z]?\d+$/, ''), weightKg]))
    const known = b1Of && carried.every((id) => b1Of.has(id))
    return {
      route,
      number: routeNumber(route, index),
      vehicle,
      areas,
      partners,
      shipments: carried,
      load: loadSteps(route),
      peakShare: vehicle?.capacityKg ? route.peakWeightKg / vehicle.capacityKg : 0,
      b1Krw: known ? carried.reduce((sum, id) => sum + b1Of.get(id)!, 0) : undefined,
      far: stops.some(({ site }) => places.far(site)),
    }
  })

  const where = new Map<string, Carried>()
  for (const model of routes) {
    for (const id of model.shipments) {
      const pickup = model.route.stops.findIndex((stop) => stop.pickups.includes(id))
      const delivery = model.route.stops.findIndex((stop) => stop.deliveries.includes(id))
      where.set(id, { by: 'route', model, pickup, delivery })
    }
  }
  for (const direct of plan?.direct ?? []) where.set(direct.shipment, { by: 'direct', direct })
  for (const unserved of plan?.unserved ?? []) where.set(unserved.shipment, { by: 'nobody', unserved })

  return {
    problem,
    plan,
    comparison,
    places,
    sites,
    firms: byId(problem.firms),
    shipments,
    vehicles,
    routes,
    carried: (shipment) => where.get(shipment) ?? { by: 'unplanned' },
  }
}

/** Names by falling weight, each once. */
function rank(entries: readonly (readonly [string, number])[]): string[] {
  const sums = new Map<string, number>()
  for (const [name, weight] of entries) sums.set(name, (sums.get(name) ?? 0) + weight)
  return [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name)
}

function loadSteps(route: Route): LoadStep[] {
  const total = Math.max(1, route.distanceM)
  let driven = 0
  return [
    { at: 0, weightKg: 0 },
    ...route.stops.map((stop) => {
      driven += stop.legM
      return { at: driven / total, weightKg: stop.weightKgAfter }
    }),
  ]
}

/** "하남산단 열처리·강재", "인천·시흥 외 1"; `inside` where the round stays in the complex. */
export function routeName(model: RouteModel, words: { inside: string; more: (count: number) => string }): string {
  const { areas, partners } = model
  if (areas.length === 0) return partners.length > 0 ? partners.slice(0, 2).join('·') : words.inside
  if (areas.length === 1) return [areas[0]!, partners.slice(0, 2).join('·')].filter(Boolean).join(' ')
  const named = areas.slice(0, 2).join('·')
  return areas.length > 2 ? `${named} ${words.more(areas.length - 2)}` : named
}
