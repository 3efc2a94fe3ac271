/** How to drive a route: its legs, and the turns of each where the roads know streets. */
import { type Locale, type Plan, type Problem, type Route, routeNumber } from '../../solver/index.ts'
import type { Guide } from '../api.ts'
import { askRoads } from '../travel/fallback.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { routePlaces } from './geojson.ts'
import { truckOf } from './legs.ts'

/** Rounds of a plan and of what goes alone. */
export const roundsOf = (plan: Plan): Route[] => [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]

/** The number that people know a round by: routes as on the map, then the trucks that go for one shipment. Also where an edit has left gaps. */
export function roundNumber({ routes, direct }: Plan, id: string): number {
  const index = routes.findIndex((route) => route.id === id)
  if (index >= 0) return routeNumber(routes[index]!, index)
  const alone = direct.flatMap(({ route }) => route ?? []).findIndex((route) => route.id === id)
  return Math.max(0, ...routes.map(routeNumber)) + 1 + alone
}

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
