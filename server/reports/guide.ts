/** How to drive a route: its legs, and the turns of each where the roads know streets. */
import type { Locale, Plan, Problem, Route } from '../../solver/index.ts'
import type { Guide } from '../api.ts'
import { askRoads } from '../travel/fallback.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { routePlaces } from './geojson.ts'
import { truckOf } from './legs.ts'

/** Rounds of a plan and of what goes alone. */
export const roundsOf = (plan: Plan): Route[] => [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]

export async function guideOf(
  route: Route,
  problem: Problem,
  provider: TravelProvider,
  locale: Locale,
): Promise<Guide | undefined> {
  const truck = truckOf(route, problem)
  if (!truck) return undefined
  const places = routePlaces(route, problem)
  const sites = places.map(({ site }) => site)
  const { answer, by } = await askRoads(provider, sites, async (roads) => {
    await roads.prepare?.()
    return { ways: await roads.path(sites, { truck }), turns: await roads.guide?.(sites, { truck }, locale) }
  })
  const { ways, turns } = answer
  return {
    source: by.name,
    estimated: by.estimated,
    legs: ways.map(({ durationS, distanceM }, leg) => ({
      from: sites[leg]!.name,
      to: sites[leg + 1]!.name,
      stop: places[leg + 1]!.stop ?? null,
      durationS,
      distanceM,
      steps: [...(turns?.[leg] ?? [])],
    })),
  }
}
