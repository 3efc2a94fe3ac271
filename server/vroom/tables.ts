/** Driving between all places of a request: what it brought, and what the service's own roads have to add. */
import { TRUCK_CLASSES, type TruckClass } from '../../solver/index.ts'
import { askRoads, type Fallback } from '../travel/fallback.ts'
import { NO_WAY, type TravelPlace, type TravelProvider } from '../travel/provider.ts'
import { type Fault, makeFault } from './faults.ts'
import { show } from './reader.ts'
import { type LngLat, type Matrix, type RequestVehicle, type Spot, spotsOf, type VroomRequest } from './request.ts'

/** Asking the roads for more takes longer than a caller waits. */
export const MOST_ROAD_PLACES = 300

/** [from * size + to] */
export interface ProfileTable {
  readonly durationS: Float64Array
  /** null: nobody gave or asked for metres */
  readonly distanceM: Float64Array | null
  /** the caller's own costs */
  readonly cost: Float64Array | null
  /** some of it comes from the service's roads */
  readonly fromRoads: boolean
}

export interface Tables {
  readonly size: number
  readonly profiles: Readonly<Record<string, ProfileTable>>
  /** of places that are given by coordinates alone */
  readonly indexOf: Readonly<Record<string, number>>
  /** name of the roads that were asked, and whether their figures are estimates */
  readonly roads: { readonly name: string; readonly estimated: boolean; readonly fallback?: Fallback } | null
}

const keyOf = ([lng, lat]: LngLat): string => `${lng},${lat}`

export const placeOf = ({ indexOf }: Pick<Tables, 'indexOf'>, { index, location }: Spot): number =>
  index ?? indexOf[keyOf(location!)]!

/** Which truck drives for a profile; undefined: the roads do not know it. */
export const truckOf = (profile: string): TruckClass | undefined =>
  profile === 'car' ? TRUCK_CLASSES[0] : TRUCK_CLASSES.find((truck) => truck === profile)

/** The request cannot be driven: the caller's fault (2) or that of its places on these roads (3). */
export class TableFaults extends Error {
  readonly code: 2 | 3
  readonly faults: readonly Fault[]

  constructor(code: 2 | 3, faults: readonly Fault[]) {
    super(faults[0]?.error)
    this.code = code
    this.faults = faults
  }
}

export async function makeTables(
  request: VroomRequest,
  provider: TravelProvider,
  signal?: AbortSignal,
): Promise<Tables> {
  const { vehicles, matrices, byIndex, options } = request
  const spots = spotsOf(request)
  const indexOf: Record<string, number> = {}
  let size = 0
  for (const { index, location } of spots) {
    if (byIndex) size = Math.max(size, (index ?? 0) + 1)
    else if (location && indexOf[keyOf(location)] === undefined) indexOf[keyOf(location)] = size++
  }
  const profiles = [...new Set(vehicles.map(({ profile }) => profile))]
  // without an index a matrix says nothing about any place
  const given = (profile: string) => (byIndex ? (matrices[profile] ?? {}) : {})
  const wanting = profiles.filter((profile) => {
    const { durations, distances, costs } = given(profile)
    const metres = options.geometry || (!costs && vehicles.some((v) => v.profile === profile && v.costs.perKm > 0))
    return !durations || (metres && !distances)
  })
  const faults = findRoadFaults(request, wanting)
  if (faults.length > 0) throw new TableFaults(2, faults)
  for (const profile of profiles) size = Math.max(size, given(profile).durations?.length ?? 0)

  const asked = askedPlaces(spots, indexOf)
  const {
    answer: roads,
    by,
    fallback,
  } = await askRoads(provider, asked, async (source) => {
    const driven = new Map<string, { durationS: Float64Array; distanceM: Float64Array }>()
    for (const profile of wanting)
      driven.set(profile, await drive(source, asked, size, truckOf(profile)!, spots, signal))
    return driven
  })
  return {
    size,
    indexOf,
    roads:
      wanting.length > 0
        ? { name: by.name, estimated: by.estimated || fallback !== undefined, ...(fallback && { fallback }) }
        : null,
    profiles: Object.fromEntries(
      profiles.map((profile): [string, ProfileTable] => {
        const { durations, distances, costs } = given(profile)
        const driven = roads.get(profile)
        return [
          profile,
          {
            durationS: durations ? flatten(durations, size) : driven!.durationS,
            distanceM: distances ? flatten(distances, size) : (driven?.distanceM ?? null),
            cost: costs ? flatten(costs, size) : null,
            fromRoads: driven !== undefined,
          },
        ]
      }),
    ),
  }
}

/** Only what is used on the way: everything else may be without coordinates. */
function findRoadFaults(request: VroomRequest, wanting: readonly string[]): Fault[] {
  const { vehicles, options } = request
  const spots = spotsOf(request)
  const faults: Fault[] = []
  const bare = spots.filter(({ location }) => !location)
  if (options.geometry)
    for (const { path } of bare)
      faults.push(makeFault('geometry.noCoordinates', path, 'Route geometry request with missing coordinates.'))
  else if (wanting.length > 0)
    for (const { path } of bare)
      faults.push(
        makeFault('place.noCoordinates', path, 'Missing coordinates for routing engine.', wanting[0]!.slice(0, 60)),
      )
  for (const profile of wanting)
    if (!truckOf(profile)) {
      const path = `vehicles/${vehicles.findIndex((vehicle: RequestVehicle) => vehicle.profile === profile)}/profile`
      faults.push(makeFault('profile.unknown', path, `Invalid profile: ${profile.slice(0, 60)}.`, profile.slice(0, 60)))
    }
  const places = new Set(spots.flatMap(({ location }) => (location ? [keyOf(location)] : []))).size
  if (wanting.length > 0 && places > MOST_ROAD_PLACES) {
    const detail = `${places} > ${MOST_ROAD_PLACES} coordinates`
    faults.push(makeFault('limit.size', '/', `Too many locations: ${places}.`, detail))
  }
  return faults
}

interface AskedPlace extends TravelPlace {
  /** its rows in the tables: several indices may lie at one place */
  readonly rows: readonly number[]
}

function askedPlaces(spots: readonly Spot[], indexOf: Readonly<Record<string, number>>): AskedPlace[] {
  const places = new Map<string, { readonly location: LngLat; readonly rows: Set<number> }>()
  for (const spot of spots) {
    if (!spot.location) continue
    const key = keyOf(spot.location)
    const place = places.get(key) ?? { location: spot.location, rows: new Set<number>() }
    place.rows.add(placeOf({ indexOf }, spot))
    places.set(key, place)
  }
  return [...places].map(
    ([
      id,
      {
        location: [lng, lat],
        rows,
      },
    ]) => ({ id, lng, lat, rows: [...rows] }),
  )
}

async function drive(
  provider: TravelProvider,
  places: readonly AskedPlace[],
  size: number,
  truck: TruckClass,
  spots: readonly Spot[],
  signal?: AbortSignal,
) {
  const matrix = await provider.matrix(places, places, { truck }, signal)
  if (matrix.unreachable.from.length > 0) {
    const lost = new Set(matrix.unreachable.from.map(({ lng, lat }) => keyOf([lng, lat])))
    throw new TableFaults(3, unreachable(spots.filter(({ location }) => location && lost.has(keyOf(location)))))
  }
  // as VROOM does, a pair without a road fails the request, at the place with most of them
  const gaps = places.map((_, place) => gapsAt(matrix.durationS, places.length, place))
  const most = Math.max(0, ...gaps)
  if (most > 0) {
    const { lng, lat } = places[gaps.indexOf(most)]!
    const at = keyOf([lng, lat])
    throw new TableFaults(3, unreachable(spots.filter(({ location }) => location && keyOf(location) === at)))
  }
  const durationS = new Float64Array(size * size)
  const distanceM = new Float64Array(size * size)
  for (const [from, { rows: sources }] of places.entries())
    for (const [to, { rows: targets }] of places.entries())
      for (const source of sources)
        for (const target of targets) {
          durationS[source * size + target] = matrix.durationS[from * places.length + to]!
          distanceM[source * size + target] = matrix.distanceM[from * places.length + to]!
        }
  return { durationS, distanceM }
}

/** Pairs with the place, either way, that no road joins. */
function gapsAt(cells: Int32Array, size: number, place: number): number {
  let gaps = 0
  for (let other = 0; other < size; other++)
    gaps += Number(cells[place * size + other] === NO_WAY) + Number(cells[other * size + place] === NO_WAY)
  return gaps
}

export const unreachable = (spots: readonly Spot[]): Fault[] =>
  spots.map(({ path, location }) =>
    makeFault('place.unreachable', path, `Unfound route(s) to/from location ${show(location)}.`, show(location)),
  )

function flatten(matrix: Matrix, size: number): Float64Array {
  const cells = new Float64Array(size * size)
  for (const [from, row] of matrix.entries()) cells.set(row, from * size)
  return cells
}
