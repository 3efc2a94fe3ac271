/** What the phone of a driver is told of its round. No prices, and of other rounds nothing. */
import { simplify } from '@turf/simplify'
import {
  isGuessed,
  lawOf,
  type Plan,
  type Problem,
  problemInParts,
  punctuality,
  type Route,
  type Site,
} from '../../solver/index.ts'
import type { Drive, DriveGoods, DrivePlace, DriveStop } from '../api.ts'
import { routePlaces } from '../reports/geojson.ts'
import { roundNumber } from '../reports/guide.ts'
import type { TravelLeg } from '../travel/provider.ts'

/** What a line may stray from the road, in degrees: some 5 m, which a phone does not show. */
const STRAY_DEGREES = 0.000_05

type Round = Pick<
  Drive,
  | 'route'
  | 'number'
  | 'vehicle'
  | 'startsAt'
  | 'timeZone'
  | 'departS'
  | 'returnS'
  | 'distanceM'
  | 'estimated'
  | 'start'
  | 'end'
  | 'stops'
  | 'rests'
  | 'law'
  | 'lines'
>

export function describeRound(route: Route, plan: Plan, whole: Problem, legs: readonly TravelLeg[] = []): Round {
  const problem = problemInParts(whole, plan.parts ?? [])
  const sites = new Map(problem.sites.map((site) => [site.id, site]))
  const goods = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)
  const room = punctuality(problem)
  const { driveS, restS } = lawOf(problem)
  const nameOf = (id: string) => sites.get(id)?.name ?? id
  const place = (id: string | null | undefined): DrivePlace | undefined => {
    const site = id ? sites.get(id) : undefined
    return site && placeOf(site)
  }
  const start = place(vehicle?.start)
  const end = place(vehicle?.end)
  const places = routePlaces(route, problem)

  const piece = (id: string, way: DriveGoods['way']): DriveGoods => {
    const shipment = goods.get(id)
    const { item, weightKg = 0, pallets, handling = [], note, from = '', to = '' } = shipment ?? {}
    return {
      shipment: id,
      way,
      weightKg,
      handling: [...handling],
      other: nameOf(way === 'pickup' ? to : from),
      ...(item !== undefined && { item }),
      ...(pallets ? { pallets } : {}),
      ...(note !== undefined && { note }),
    }
  }
  const stops = route.stops.map((stop): DriveStop => {
    const { latestS } = room(stop)
    const { site, arriveS, startS, leaveS, legS } = stop
    return {
      ...(place(site) ?? { name: site, lng: 0, lat: 0 }),
      arriveS,
      startS,
      leaveS,
      legS,
      ...(latestS !== undefined && { latestS }),
      goods: [...stop.deliveries.map((id) => piece(id, 'delivery')), ...stop.pickups.map((id) => piece(id, 'pickup'))],
    }
  })
  const { startsAt, timeZone } = problem
  return {
    route: route.id,
    number: roundNumber(plan, route.id),
    vehicle: vehicle?.name ?? vehicle?.truck ?? route.vehicle,
    startsAt,
    timeZone,
    departS: route.departS,
    returnS: route.returnS,
    distanceM: route.distanceM,
    estimated: plan.provenance.estimated,
    ...(start && { start }),
    ...(end && { end }),
    stops,
    rests: route.rests.map(({ beforeStop, startS, endS }) => ({ beforeStop, startS, endS })),
    law: { driveS, restS },
    lines: places.slice(1).map(({ site: to }, leg) => {
      const from = places[leg]!.site
      const known = legs[leg]?.coordinates ?? []
      const points = known.length > 1 ? known : [from, to].map(({ lng, lat }) => [lng, lat] as const)
      const coordinates = points.map(([lng, lat]) => [lng, lat])
      const line = simplify({ type: 'LineString' as const, coordinates }, { tolerance: STRAY_DEGREES })
      return line.coordinates as [number, number][]
    }),
  }
}

const placeOf = (site: Site): DrivePlace => {
  const { name, lng, lat, address, contact, phone } = site
  return {
    name,
    lng,
    lat,
    ...(address !== undefined && { address }),
    ...(isGuessed(site) && { guessed: true }),
    ...(contact !== undefined && { contact }),
    ...(phone !== undefined && { phone }),
  }
}
