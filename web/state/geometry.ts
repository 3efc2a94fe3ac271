/** Plans as GeoJSON for the map: pure, so that what is drawn can be tested as data. */
import type { GeoFeature, GeoJson } from '../../server/api.ts'
import type { DayModel } from './day.ts'
import { outline } from './places.ts'
import type { Lit } from './selection.ts'
import { colourIndexOf } from './tokens.ts'

export interface Features {
  readonly type: 'FeatureCollection'
  readonly features: readonly GeoFeature[]
}

const collection = (features: readonly GeoFeature[]): Features => ({ type: 'FeatureCollection', features })
const point = (coordinates: readonly [number, number], properties: GeoFeature['properties']): GeoFeature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
})

/** Pixels between two routes on the same road, and of the first from the middle of the road. */
const LANE_PX = 4.6
const FIRST_LANE_PX = 2.6
export const laneOffsetPx = (lane: number): number => FIRST_LANE_PX + LANE_PX * lane

/** One line per leg, with colour, pattern and the offset to the right of travel. */
export function routeLines(geojson: GeoJson, lit: Lit): Features {
  const any = lit.routes.size > 0
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
      const selected = lit.routes.has(String(properties.route))
      const lane = Number(properties.lane ?? 0)
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
            selected,
            faded: any && !selected,
            lane,
            offset: laneOffsetPx(lane),
          },
        },
      ]
    }),
  )
}

/** Stops of all routes, as the dots that stand for them until their route is opened. */
export function routeStops(day: DayModel, lit: Lit, opened: string | undefined): Features {
  const any = lit.routes.size > 0
  return collection(
    day.routes
      .filter(({ route }) => route.id !== opened)
      .flatMap(({ route, number }) =>
        route.stops.flatMap((stop, index) => {
          const site = day.sites.get(stop.site)
          if (!site) return []
          const faded = any && !lit.routes.has(route.id)
          const { index: colour } = colourIndexOf(number)
          return [point([site.lng, site.lat], { route: route.id, number, stop: index, site: site.id, colour, faded })]
        }),
      ),
  )
}

/** Every site: `rank` decides whose name is written first where names collide. */
export function sitePoints(day: DayModel, lit: Lit, opened: string | undefined): Features {
  const used = new Set(day.problem.shipments.flatMap(({ from, to }) => [from, to]))
  const badges = new Set(day.routes.find(({ route }) => route.id === opened)?.route.stops.map(({ site }) => site))
  return collection(
    day.problem.sites.map((site) => {
      const role = day.places.role(site)
      const selected = lit.sites.has(site.id)
      return point([site.lng, site.lat], {
        site: site.id,
        name: site.name,
        role,
        used: used.has(site.id),
        selected,
        badge: badges.has(site.id),
        faded: lit.sites.size > 0 && !selected,
        rank: selected ? 0 : role === 'hub' ? 1 : used.has(site.id) ? (role === 'partner' ? 2 : 3) : 4,
      })
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
