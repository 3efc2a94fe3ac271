/** Plans as GeoJSON for the map: pure, so that what is drawn can be tested as data. */
import type { GeoFeature, GeoJson } from '../../server/api.ts'
import type { DayModel, RouteModel } from './day.ts'
import { outline } from './places.ts'
import type { Lit } from './selection.ts'
import { colourIndexOf } from './tokens.ts'

export interface Features {
  readonly type: 'FeatureCollection'
  readonly features: readonly GeoFeature[]
}

export const NO_FEATURES: Features = { type: 'FeatureCollection', features: [] }

const collection = (features: readonly GeoFeature[]): Features => ({ type: 'FeatureCollection', features })
const point = (coordinates: readonly [number, number], properties: GeoFeature['properties']): GeoFeature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
})

/** Pixels between two routes on the same road, and of the first from the middle of the road. */
const LANE_PX = 4.6
const FIRST_LANE_PX = 2.6
/** More lanes than these would leave the road they are on: those beyond lie on the first ones again. */
export const LANES = 6
export const laneOffsetPx = (lane: number): number => FIRST_LANE_PX + LANE_PX * (lane % LANES)

/** One line per leg, with colour, pattern and the offset to the right of travel. Whatever is selected: that is the map's to show. */
export function routeLines(geojson: GeoJson): Features {
  const drawn = new Set<string>()
  return collection(
    geojson.features.flatMap(({ geometry, properties }) => {
      if (geometry.type !== 'LineString' || geometry.coordinates.length < 2) return []
      const number = Number(properties.number)
      // the same leg driven twice is one line
      const key = `${number} ${geometry.coordinates.join()}`
      if (drawn.has(key)) return []
      drawn.add(key)
      const { index, double } = colourIndexOf(number)
      const lane = Number(properties.lane ?? 0) % LANES
      return [
        {
          type: 'Feature' as const,
          geometry,
          properties: {
            route: properties.route!,
            number,
            colour: index,
            double,
            straight: properties.straight === true,
            lane,
            offset: laneOffsetPx(lane),
          },
        },
      ]
    }),
  )
}

/** Stops of all routes, as the dots that stand for them until their route is opened. */
export const routeStops = (day: DayModel): Features => collection(day.routes.flatMap((model) => dotsOf(model, day)))

const dotsOf = ({ route, number }: RouteModel, day: DayModel): GeoFeature[] =>
  route.stops.flatMap((stop, index) => {
    const site = day.sites.get(stop.site)
    if (!site) return []
    const { index: colour } = colourIndexOf(number)
    return [point([site.lng, site.lat], { route: route.id, number, stop: index, site: site.id, colour })]
  })

/** What is drawn again on top: lines and dots of these routes; one that is opened has badges for dots. */
export function pickedRoutes(
  lines: Features,
  day: DayModel,
  routes: ReadonlySet<string>,
  opened: string | undefined,
): Features {
  if (routes.size === 0) return NO_FEATURES
  return collection([
    ...lines.features.filter(({ properties }) => routes.has(String(properties.route))),
    ...day.routes.flatMap((model) =>
      routes.has(model.route.id) && model.route.id !== opened ? dotsOf(model, day) : [],
    ),
  ])
}

/** Every site but the hubs: `kg` is what leaves and what arrives; `rank` decides whose name is written first where names collide. */
export function sitePoints(day: DayModel): { readonly sites: Features; readonly hubs: Features } {
  const kgOf = new Map<string, number>()
  for (const { from, to, weightKg } of day.problem.shipments)
    for (const site of [from, to]) kgOf.set(site, (kgOf.get(site) ?? 0) + weightKg)
  const points = day.problem.sites.map((site) => {
    const role = day.places.role(site)
    const used = kgOf.has(site.id)
    const rank = role === 'hub' ? 1 : used ? (role === 'partner' ? 2 : 3) : 4
    const kg = Math.round(kgOf.get(site.id) ?? 0)
    return point([site.lng, site.lat], { site: site.id, name: site.name, role, used, kg, rank })
  })
  const isHub = ({ properties }: GeoFeature) => properties.role === 'hub'
  return { sites: collection(points.filter((one) => !isHub(one))), hubs: collection(points.filter(isHub)) }
}

/** The sites of the selection, named first; where a badge stands there is no need for a mark. */
export function pickedSites(day: DayModel, lit: Lit, badges: ReadonlySet<string>): Features {
  return collection(
    [...lit.sites].flatMap((id) => {
      const site = day.sites.get(id)
      const role = site && day.places.role(site)
      if (!site || role === 'hub') return []
      return [point([site.lng, site.lat], { site: id, name: site.name, role: role!, badge: badges.has(id), rank: 0 })]
    }),
  )
}

/** Shipments that ride alone are drawn only when they are picked: from here to there, not how. */
export function directLines(day: DayModel, lit: Lit): Features {
  const direct = new Set(day.plan?.direct.map(({ shipment }) => shipment))
  for (const { shipment } of day.plan?.unserved ?? []) direct.add(shipment)
  return collection(
    [...lit.shipments]
      .filter((id) => direct.has(id) || !day.plan)
      .flatMap((id): GeoFeature[] => {
        const shipment = day.shipments.get(id)
        const from = day.sites.get(shipment?.from ?? '')
        const to = day.sites.get(shipment?.to ?? '')
        if (!from || !to) return []
        return [
          {
            type: 'Feature',
            geometry: {
              type: 'LineString',
              coordinates: [
                [from.lng, from.lat],
                [to.lng, to.lat],
              ],
            },
            properties: { shipment: id },
          },
        ]
      }),
  )
}

/** Half a kilometre around the outermost members. */
const MARGIN_M = 450

/** The complex as one soft area with its name; empty where no members are known. */
export function complexArea(day: DayModel, name: string, members: string): Features {
  const sites = day.problem.sites.filter((site) => day.places.role(site) !== 'partner' && day.places.inside(site))
  const ring = outline(sites, MARGIN_M)
  if (ring.length === 0) return collection([])
  const lngs = ring.map(([lng]) => lng)
  const south = Math.min(...ring.map(([, lat]) => lat))
  return collection([
    { type: 'Feature', geometry: { type: 'LineString', coordinates: ring }, properties: { kind: 'outline' } },
    point([(Math.min(...lngs) + Math.max(...lngs)) / 2, south], { kind: 'name', name, members }),
  ])
}
