/** The ways that the routes of a plan drive, for a map. */
import type { Plan, Problem, Route, TruckClass } from '../../solver/index.ts'
import { cachedProvider } from '../travel/cached.ts'
import { cellsInMemory } from '../travel/cells.ts'
import { askRoads } from '../travel/fallback.ts'
import { ProviderError, type TravelLeg, type TravelPlace, type TravelProvider } from '../travel/provider.ts'
import { routePlaces } from './geojson.ts'

/** Ways by route. A provider that does not know a place leaves its route to be drawn straight: a map is better than none. */
export type LegsOf = (plan: Plan, problem: Problem) => Promise<Map<string, readonly TravelLeg[]>>

/** Points of roads kept, some 100 MB. */
const MOST_POINTS = 2_000_000

/**
 * Each leg is asked for once: a better plan drives most of the legs of the one before it. Between the places as the tables have them,
 * so that what is drawn is what was planned on.
 */
export function legsFrom(source: TravelProvider): LegsOf {
  const provider = cachedProvider(source, cellsInMemory())
  const known = new Map<string, TravelLeg>()
  let points = 0

  const keep = (key: string, leg: TravelLeg) => {
    if (points > MOST_POINTS) {
      known.clear()
      points = 0
    }
    known.set(key, leg)
    points += leg.coordinates.length
  }

  const pathOf = async (by: TravelProvider, stops: readonly TravelPlace[], truck: TruckClass) => {
    await by.prepare?.()
    const version = by.key({ truck })
    const keys = stops.slice(1).map((to, leg) => `${version} ${placeKey(by, stops[leg]!)} ${placeKey(by, to)}`)
    const kept = keys.flatMap((key) => known.get(key) ?? [])
    if (kept.length === keys.length) return kept
    const found = await by.path(stops, { truck })
    for (const [leg, way] of found.entries()) keep(keys[leg]!, way)
    return found
  }

  return async (plan, problem) => {
    const legs = new Map<string, readonly TravelLeg[]>()
    for (const route of plan.routes) {
      const truck = truckOf(route, problem)
      if (!truck) continue
      const stops = routePlaces(route, problem).map(({ site }) => site)
      try {
        const { answer } = await askRoads(provider, stops, async (by) => await pathOf(by, stops, truck))
        legs.set(route.id, answer)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
      }
    }
    return legs
  }
}

export const truckOf = (route: Route, problem: Problem) =>
  problem.vehicles.find(({ id }) => id === route.vehicle)?.truck

/** A matrix file knows places by their ids, roads by where they are. */
const placeKey = ({ byId }: TravelProvider, { id, lng, lat }: TravelPlace): string =>
  `${byId ? `${id},` : ''}${lng},${lat}`
