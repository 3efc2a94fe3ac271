/** The travel figures of a problem: those inside it, else those of the provider, one table for each group of truck classes. */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  NO_ROAD,
  type Problem,
  type Provenance,
  type Site,
  TRUCK_CLASSES,
  type Travel,
  type TravelTable,
  type TruckClass,
} from '../../solver/index.ts'
import { cachedProvider } from './cached.ts'
import { cellsInMemory, type TravelCells } from './cells.ts'
import { askRoads } from './fallback.ts'
import {
  askedOf,
  departureIn,
  discountsOf,
  hoursKey,
  hoursOf,
  type Roads,
  slicesOf,
  stretch,
  withSlices,
} from './hours.ts'
import type { TravelPlace, TravelProfile, TravelProvider, UnreachablePlace } from './provider.ts'
import { trunk } from './trunk.ts'

/** `made`: of a plan whose figures are wanted again; it keeps to the roads it was made on where they are still at hand. */
export type TravelOf = (problem: Problem, signal?: AbortSignal, made?: Provenance) => Promise<Travel>

/** Tables of 60 sites take 0.1 MB each, of 1,000 sites 24 MB. */
const MAX_CACHED_CELLS = 20_000_000

/**
 * Asks each table of one provider once, whatever problems it appears in; `cells` keep what it answered. Where no road leads the tables
 * say so, and planning goes on with the rest.
 */
export function travelFrom(source: TravelProvider, cells: TravelCells = cellsInMemory()): TravelOf {
  const provider = cachedProvider(source, cells)
  const cache = new Map<string, Promise<Roads>>()
  let cachedCells = 0

  const fetchTable = async (by: TravelProvider, problem: Problem, profile: TravelProfile): Promise<Roads> => {
    const { sites } = problem
    const { durationS, distanceM, tollKrw, expresswayM } = await by.matrix(sites, sites, profile)
    return {
      durationS: [...durationS],
      distanceM: [...distanceM],
      tollKrw: [...tollKrw],
      expresswayM: [...expresswayM],
    }
  }

  const tableOf = async (by: TravelProvider, problem: Problem, profile: TravelProfile, signal?: AbortSignal) => {
    const places = problem.sites.map(({ id, name, lng, lat }) => `${by.byId ? `${id},${name},` : ''}${lng},${lat}`)
    const key = createHash('sha256')
      .update(`${by.key(profile)}\n${places.join(';')}`)
      .digest('hex')
    const known = cache.get(key)
    if (known) return await orGone(known, signal)
    const cells = problem.sites.length ** 2
    if (cachedCells + cells > MAX_CACHED_CELLS) {
      cache.clear()
      cachedCells = 0
    }
    // without the signal: others may come to wait for the same table
    const table = fetchTable(by, problem, profile)
    cache.set(key, table)
    cachedCells += cells
    // a refusal is not an answer to keep
    table.catch(() => cache.delete(key))
    return await orGone(table, signal)
  }

  const askAll = async (by: TravelProvider, problem: Problem, signal?: AbortSignal): Promise<Travel> => {
    await by.prepare?.(signal)
    const { byHour, estimated, estimatedTolls } = by
    const { timeOfDay } = problem
    const hours = slicesOf(problem, by)
    const counted = discountsOf(problem, by)
    const tables: TravelTable[] = []
    for (const trucks of truckGroups(problem, by).values()) {
      const truck = trucks[0]!
      const roads = await tableOf(by, problem, { truck }, signal)
      const slices: NonNullable<TravelTable['slices']> = []
      for (const slice of hours ?? []) {
        const profile = { truck, leaves: departureIn(problem, slice), tollDiscounts: askedOf(problem) }
        const asks = byHour === 'all' || counted.length > 0
        // a table of the trunk network is made in one go, and a day has up to ten
        if (asks) await setImmediate()
        const then = asks ? await tableOf(by, problem, profile, signal) : undefined
        // an hour whose discounts no way of these meets is as good as none
        if (!timeOfDay && then?.tollKrw.every((krw, cell) => krw === roads.tollKrw[cell])) continue
        slices.push({
          ...stretch(roads, slice),
          ...(then && { tollKrw: then.tollKrw }),
          // discounts alone leave times as they are
          ...(then && byHour === 'all' && timeOfDay && { durationS: then.durationS }),
        })
      }
      tables.push({ trucks, ...(hours ? withSlices(roads, slices) : roads) })
    }
    return {
      key: keyOf(problem, by),
      estimated,
      ...(estimatedTolls && { estimatedTolls }),
      tables,
      ...(timeOfDay && { timeOfDay: hoursOf(problem, by) }),
      ...(counted.length > 0 && { tollDiscounts: counted }),
    }
  }

  return async (problem, signal, made) => {
    if (problem.travel) return problem.travel
    // a plan of a day when the roads of choice failed, or of the time before they were chosen
    if (made && made.travelKey === keyOf(problem, trunk))
      return { ...(await askAll(trunk, problem, signal)), ...(made.fallback && { fallback: made.fallback }) }
    const ask = async (by: TravelProvider) => await askAll(by, problem, signal)
    const { answer, fallback } = await askRoads(provider, problem.sites, ask)
    return fallback ? { ...answer, estimated: true, fallback } : answer
  }
}

/** The answer, or why nobody waits for it any more. */
async function orGone<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await answer
  signal.throwIfAborted()
  const { promise: gone, reject } = Promise.withResolvers<never>()
  const leave = () => reject(signal.reason)
  signal.addEventListener('abort', leave)
  return await Promise.race([answer, gone]).finally(() => signal.removeEventListener('abort', leave))
}

/** What its tables are made of: the roads of every group of trucks, and the hours. */
function keyOf(problem: Problem, by: TravelProvider): string {
  const hours = slicesOf(problem, by)
  return [...truckGroups(problem, by).keys()].join('+') + (hours ? hoursKey(problem, hours, by) : '')
}

/** The sites that no road joins to any other, for no truck. */
export function unreachedSites({ sites }: Problem, { tables }: Travel): UnreachablePlace[] {
  // what stands at the same point is reached without any road
  const isSame = (a: Site, b: Site) => a.lng === b.lng && a.lat === b.lat
  const isAlone = (index: number) =>
    tables.every(({ durationS }) =>
      sites.every(
        (site, other) =>
          isSame(site, sites[index]!) ||
          (durationS[index * sites.length + other] === NO_ROAD && durationS[other * sites.length + index] === NO_ROAD),
      ),
    )
  if (sites.every((site) => isSame(site, sites[0]!))) return []
  return sites.flatMap(({ id, lng, lat }, index) => (isAlone(index) ? [{ index, id, lng, lat }] : []))
}

/** A road may lead so far beyond the box of its file, and a place may stand so far from a road: some 2 km. */
const BEYOND_DEGREES = 0.02

/** The places that a source is known not to reach before it is asked anything. */
export function knownOutside(provider: TravelProvider, places: readonly TravelPlace[]): readonly UnreachablePlace[] {
  const area = provider.about?.().area
  if (provider.unreachable || !area) return provider.unreachable?.(places) ?? []
  const [west, south, east, north] = area
  const isIn = ({ lng, lat }: TravelPlace) =>
    lng > west - BEYOND_DEGREES &&
    lng < east + BEYOND_DEGREES &&
    lat > south - BEYOND_DEGREES &&
    lat < north + BEYOND_DEGREES
  return places.flatMap((place, index) =>
    isIn(place) ? [] : [{ index, id: place.id, lng: place.lng, lat: place.lat }],
  )
}

/** The classes of the problem's vehicles by what the provider says of them, smallest first; a problem without any still has roads. */
function truckGroups(problem: Problem, provider: TravelProvider): Map<string, TruckClass[]> {
  const used = TRUCK_CLASSES.filter((truck) => problem.vehicles.some((vehicle) => vehicle.truck === truck))
  return Map.groupBy(used.length > 0 ? used : TRUCK_CLASSES.slice(0, 1), (truck) => provider.key({ truck }))
}
