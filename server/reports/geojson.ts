/** A plan as GeoJSON (RFC 7946) for any map: one line per leg of a route, one point per stop. */
import { type Plan, type Problem, type Route, routeNumber, type Site } from '../../solver/index.ts'
import type { GeoFeature, GeoJson } from '../api.ts'
import type { TravelLeg } from '../travel/provider.ts'
import { assignLanes } from './lanes.ts'
import type { Report } from './report.ts'

/** A place where a route is, in the order driven; start and end are the garage of a contract truck, not stops. */
export interface RoutePlace {
  readonly site: Site
  readonly kind: 'start' | 'end' | 'pickup' | 'delivery' | 'both'
  /** Index in route.stops; absent for start and end. */
  readonly stop?: number
}

/** Where a route goes: what a provider's `path` is asked for, and what `renderGeoJson` draws. */
export function routePlaces(route: Route, problem: Problem): RoutePlace[] {
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)
  const start = sites.get(vehicle?.start ?? '')
  const end = sites.get(vehicle?.end ?? '')
  return [
    ...(start ? [{ site: start, kind: 'start' } as const] : []),
    ...route.stops.flatMap(({ site: id, pickups, deliveries }, stop) => {
      const site = sites.get(id)
      const kind = pickups.length === 0 ? 'delivery' : deliveries.length === 0 ? 'pickup' : 'both'
      return site ? [{ site, kind, stop } as const] : []
    }),
    ...(end ? [{ site: end, kind: 'end' } as const] : []),
  ]
}

/** `legs`: by route id, from each place of `routePlaces` to the next; a missing leg is drawn straight. */
export function renderGeoJson(plan: Plan, problem: Problem, legs: ReadonlyMap<string, readonly TravelLeg[]>): GeoJson {
  const features = plan.routes.flatMap((route, routeIndex) => {
    const places = routePlaces(route, problem)
    const about = { route: route.id, number: routeNumber(route, routeIndex), vehicle: route.vehicle }
    const lines = places.slice(1).map(({ site: to }, leg): GeoFeature => {
      const from = places[leg]!.site
      const known = legs.get(route.id)?.[leg]
      const coordinates = known?.coordinates ?? [position(from), position(to)]
      return {
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: [...coordinates] },
        properties: {
          ...about,
          leg,
          straight: known?.straight ?? true,
          ...(plan.provenance.estimated && { estimated: true }),
        },
      }
    })
    const points = places.map(({ site, kind, stop }, order): GeoFeature => {
      const sequence =
        kind === 'start' ? 0 : kind === 'end' ? places.length - 1 : places[0]!.kind === 'start' ? order : order + 1
      return {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: position(site) },
        properties: { ...about, stop: stop ?? null, sequence, site: site.id, name: site.name, kind },
      }
    })
    return [...lines, ...points]
  })
  const lanes = assignLanes(features)
  const inLanes = features.map((feature): GeoFeature => {
    if (feature.geometry.type !== 'LineString') return feature
    return {
      ...feature,
      properties: { ...feature.properties, lane: lanes.get(Number(feature.properties.number)) ?? 0 },
    }
  })
  return { type: 'FeatureCollection', features: inLanes }
}

export const geojsonReport: Report = {
  format: 'geojson',
  render: async (plan, problem, _locale, { legs = new Map() }) =>
    new TextEncoder().encode(`${JSON.stringify(renderGeoJson(plan, problem, legs))}\n`),
}

const position = ({ lng, lat }: Site): readonly [number, number] => [lng, lat]
