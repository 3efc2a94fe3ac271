/** Which plan a link opens now: plans are revised and disturbed while the driver is on the road, and the address on the phone stays the same. */
import { baseVehicle, type Plan, type Route } from '../../solver/index.ts'
import { roundsOf } from '../reports/guide.ts'
import type { LinkRecord, Nouns, PlanRecord } from '../store/store.ts'

/** The confirmed plan that has taken the place of this one, or itself; undefined: none. */
async function standingPlan(store: Nouns, { plan: id, complex }: LinkRecord): Promise<PlanRecord | undefined> {
  const plan = await store.plans.get(id)
  if (!plan || plan.state === 'confirmed') return plan
  const { items } = await store.plans.list({ problem: plan.problem, limit: 500 })
  const revised = items.find(({ state }) => state === 'confirmed')?.id
  if (revised !== undefined) return await store.plans.get(revised)
  const startsAt = (await store.problems.get(plan.problem))?.problem.startsAt
  const day = (await store.complexes.get(complex))?.days.find(({ date }) => date === startsAt?.slice(0, 10))
  return day?.confirmed === undefined ? undefined : await store.plans.get(day.confirmed)
}

/** The same round in another plan: the same id, on the same kind of truck. */
export const sameRound = (plan: Plan, { route, vehicle }: Pick<LinkRecord, 'route' | 'vehicle'>): Route | undefined =>
  roundsOf(plan).find((round) => round.id === route && baseVehicle(round.vehicle) === baseVehicle(vehicle))

/** What the link opens. `stands: false`: the round is not driven any more; the plan is the last that had it. */
export async function openRound(
  store: Nouns,
  link: LinkRecord,
): Promise<
  { readonly plan: PlanRecord; readonly round: Route; readonly stands: boolean; readonly link: LinkRecord } | undefined
> {
  const standing = await standingPlan(store, link)
  const round = standing && sameRound(standing.plan, link)
  if (standing && round) {
    const gone = standing.id === link.plan ? link : await store.links.goOn(link.id, standing.id)
    return { plan: standing, round, stands: true, link: gone }
  }
  const plan = await store.plans.get(link.plan)
  const last = plan && sameRound(plan.plan, link)
  return last && { plan, round: last, stands: false, link }
}

/** Where a stop of one plan is in the other: at the same site, with something of the same to do there. */
export function sameStop(from: Route, to: Route, stop: number): number | undefined {
  const known = from.stops[stop]
  if (!known) return undefined
  const found = to.stops.findIndex(
    ({ site, pickups, deliveries }) =>
      site === known.site &&
      (pickups.some((id) => known.pickups.includes(id)) || deliveries.some((id) => known.deliveries.includes(id))),
  )
  return found < 0 ? undefined : found
}
