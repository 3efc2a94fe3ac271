/** What stands of who drives which round of a plan, and how it is changed. */
import type { Route } from '../../solver/index.ts'
import type { Dispatch, DispatchContent } from '../api.ts'
import { carrierOf, dispatchesOf } from '../dispatch.ts'
import { notFound } from '../errors.ts'
import { roundsOf } from '../reports/guide.ts'
import { wrongState } from '../store/plans.ts'
import type { Nouns, PlanRecord } from '../store/store.ts'
import { type Dispatching, tidyPhone } from './dispatchFaults.ts'
import { planWithProblem } from './plans.ts'

export interface Standing extends Dispatching {
  readonly record: PlanRecord
}

/** Of a plan in any state. */
export async function dispatching(store: Nouns, id: string): Promise<Standing> {
  const { record } = await planWithProblem(store, id)
  const { carriers = [] } = (await store.complexes.get(record.complex))?.data ?? {}
  const all = dispatchesOf({ carriers }, record.plan, await store.dispatches.of(id))
  return { record, plan: record.plan, carriers, all }
}

/** One after the other, so that nobody gives one truck two rounds at a time; what is not confirmed goes to nobody. */
export async function changing<T>(
  store: Nouns,
  id: string,
  change: (nouns: Nouns, standing: Standing) => Promise<T>,
): Promise<T> {
  const { complex } = (await planWithProblem(store, id)).record
  return await store.once(complex, undefined, async (nouns) => {
    await nouns.complexes.hold(complex)
    const standing = await dispatching(nouns, id)
    if (standing.record.state !== 'confirmed') throw wrongState(standing.record.state)
    return await change(nouns, standing)
  })
}

export function roundIn({ plan }: Pick<PlanRecord, 'plan'>, route: string): Route {
  const round = roundsOf(plan).find(({ id }) => id === route)
  if (!round) throw notFound('planRoute', route)
  return round
}

export function saidOf({ record, all }: Standing, route: string): Dispatch {
  roundIn(record, route)
  return all.find((one) => one.route === route)!
}

/** As it is kept: whose it is by default is written down, for the data of the complex may say something else tomorrow. */
export function toKeep({ carriers }: Standing, { vehicle }: Route, said: DispatchContent): DispatchContent {
  const carrier = carrierOf({ carriers: [...carriers] }, said, vehicle)?.id
  return {
    ...said,
    ...(carrier !== undefined && { carrier }),
    ...(said.phone !== undefined && { phone: tidyPhone(said.phone) }),
  }
}
