/** The lines of a plan that the service has not drawn yet: what is as it was keeps its lines, the rest goes straight and says so. */
import type { GeoFeature, GeoJson } from '../../server/api.ts'
import type { Plan, Problem, Route } from '../../solver/index.ts'

const sitesOf = (route: Route) => [route.vehicle, ...route.stops.map(({ site }) => site)].join('/')

/** `drawn`: the plan that the lines are of. */
export function roughLines(lines: GeoJson, drawn: Plan, plan: Plan, problem: Problem): GeoJson {
  if (drawn === plan) return lines
  const before = new Map(drawn.routes.map((route) => [route.id, route]))
  const featuresOf = Map.groupBy(lines.features, ({ properties }) => properties.route)
  return {
    ...lines,
    features: plan.routes.flatMap((route, index) => {
      const known = before.get(route.id)
      const old = known && sitesOf(known) === sitesOf(route) ? featuresOf.get(route.id) : undefined
      return old
        ? old.map((feature) => ({ ...feature, properties: { ...feature.properties, number: index + 1 } }))
        : straight(route, index + 1, problem)
    }),
  }
}

function straight(route: Route, number: number, problem: Problem): GeoFeature[] {
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)
  const point = (id: string | null | undefined) => {
    const site = id ? sites.get(id) : undefined
    return site && ([site.lng, site.lat] as const)
  }
  const common = { route: route.id, number, vehicle: route.vehicle }
  const marks = route.stops.flatMap(({ site, pickups, deliveries }, stop): GeoFeature[] => {
    const coordinates = point(site)
    const kind = pickups.length > 0 && deliveries.length > 0 ? 'both' : pickups.length > 0 ? 'pickup' : 'delivery'
    const name = sites.get(site)?.name ?? site
    const properties = { ...common, stop, sequence: stop + 1, site, name, kind }
    return coordinates ? [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties }] : []
  })
  const way = [vehicle?.start, ...route.stops.map(({ site }) => site), vehicle?.end]
    .map(point)
    .filter((at) => at !== undefined)
  const legs = way.slice(1).map((to, leg): GeoFeature => {
    const properties = { ...common, leg, straight: true, estimated: true, lane: 0 }
    const coordinates = [way[leg]!, to]
    return { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties }
  })
  return [...legs, ...marks]
}
