/** The travel figures of a problem: those inside it, else those of the provider, one table for each group of truck classes. */
import { createHash } from 'node:crypto'
import {
  NO_ROAD,
  type Problem,
  TRUCK_CLASSES,
  type Travel,
  type TravelTable,
  type TruckClass,
} from '../../solver/index.ts'
import { cachedProvider } from './cached.ts'
import { cellsInMemory, type TravelCells } from './cells.ts'
import { hoursKey, hoursOf, middleOf, type Roads, slicesOf, stretch, withSlices } from './hours.ts'
import type { TravelProfile, TravelProvider, UnreachablePlace } from './provider.ts'

export type TravelOf = (problem: Problem, signal?: AbortSignal) => Promise<Travel>

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

  const fetchTable = async (problem: Problem, profile: TravelProfile, signal?: AbortSignal): Promise<Roads> => {
    const { sites } = problem
    const { durationS, distanceM, tollKrw, expresswayM } = await provider.matrix(sites, sites, profile, signal)
    return {
      durationS: [...durationS],
      distanceM: [...distanceM],
      tollKrw: [...tollKrw],
      expresswayM: [...expresswayM],
    }
  }

  const tableOf = async (problem: Problem, profile: TravelProfile, signal?: AbortSignal) => {
    const places = problem.sites.map(({ lng, lat }) => `${lng},${lat}`).join(';')
    const key = createHash('sha256')
      .update(`${provider.key(profile)}\n${places}`)
      .digest('hex')
    const known = cache.get(key)
    if (known) return await known
    const cells = problem.sites.length ** 2
    if (cachedCells + cells > MAX_CACHED_CELLS) {
      cache.clear()
      cachedCells = 0
    }
    const table = fetchTable(problem, profile, signal)
    cache.set(key, table)
    cachedCells += cells
    // a refusal is not an answer to keep
    table.catch(() => cache.delete(key))
    return await table
  }

  return async (problem, signal) => {
    if (problem.travel) return problem.travel
    const groups = truckGroups(problem, provider)
    const tables: TravelTable[] = []
    const hours = slicesOf(problem)
    for (const trucks of groups.values()) {
      const truck = trucks[0]!
      const roads = await tableOf(problem, { truck }, signal)
      const slices: NonNullable<TravelTable['slices']> = []
      for (const slice of hours ?? []) {
        const { fromS, toS } = slice
        const then = provider.knowsHours && (await tableOf(problem, { truck, leavesS: middleOf(slice) }, signal))
        slices.push(then ? { fromS, toS, durationS: then.durationS, tollKrw: then.tollKrw } : stretch(roads, slice))
      }
      tables.push({ trucks, ...(hours ? withSlices(roads, slices) : roads) })
    }
    return {
      key: [...groups.keys()].join('+') + (hours ? hoursKey(hours) : ''),
      estimated: provider.estimated,
      tables,
      ...(hours && { timeOfDay: hoursOf(problem, provider) }),
    }
  }
}

/** The sites that no road joins to any other, for no truck. */
export function unreachedSites({ sites }: Problem, { tables }: Travel): UnreachablePlace[] {
  const isAlone = (index: number) =>
    tables.every(({ durationS }) =>
      sites.every(
        (_, other) =>
          other === index ||
          (durationS[index * sites.length + other] === NO_ROAD && durationS[other * sites.length + index] === NO_ROAD),
      ),
    )
  if (sites.length < 2) return []
  return sites.flatMap(({ id, lng, lat }, index) => (isAlone(index) ? [{ index, id, lng, lat }] : []))
}

/** The classes of the problem's vehicles by what the provider says of them, smallest first; a problem without any still has roads. */
function truckGroups(problem: Problem, provider: TravelProvider): Map<string, TruckClass[]> {
  const used = TRUCK_CLASSES.filter((truck) => problem.vehicles.some((vehicle) => vehicle.truck === truck))
  return Map.groupBy(used.length > 0 ? used : TRUCK_CLASSES.slice(0, 1), (truck) => provider.key({ truck }))
}
