/** The ways that the routes of a plan drive, for a map. */
import type { Plan, Problem } from '../../solver/index.ts'
import { askRoads } from '../travel/fallback.ts'
import { ProviderError, type TravelLeg, type TravelProvider } from '../travel/provider.ts'
import { routePlaces } from './geojson.ts'

/** Ways by route. A provider that does not know a place leaves its route to be drawn straight: a map is better than none. */
export async function legsOf(
  plan: Plan,
  problem: Problem,
  provider: TravelProvider,
): Promise<Map<string, readonly TravelLeg[]>> {
  const legs = new Map<string, readonly TravelLeg[]>()
  for (const route of plan.routes) {
    const truck = problem.vehicles.find(({ id }) => id === route.vehicle)?.truck
    const places = routePlaces(route, problem).map(({ site }) => site)
    if (!truck) continue
    try {
      const { answer } = await askRoads(provider, places, async (by) => await by.path(places, { truck }))
      legs.set(route.id, answer)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
    }
  }
  return legs
}
