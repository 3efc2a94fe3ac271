/** Comparisons of plans with their baselines: seconds of searching, so done in a thread, one at a time, and remembered. */
import type { Comparison } from '../../solver/index.ts'
import { notFound } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { Cancelled, startThread, type Thread } from './thread.ts'

const MAX_REMEMBERED = 200

export interface Comparisons {
  compareStored(plan: string): Promise<Comparison>
  close(): Promise<void>
}

export function createComparisons(store: Store, travelOf: TravelOf): Comparisons {
  const known = new Map<string, Promise<Comparison>>()
  let last: Promise<unknown> = Promise.resolve()
  let thread: Thread<Comparison> | undefined
  let closed = false

  const compareStored = async (id: string): Promise<Comparison> => {
    const record = await store.plans.get(id)
    if (!record) throw notFound('plan', id)
    const { plan } = record
    // a job replaces its plan by better ones under the same id
    const key = `${id} ${plan.costKrw} ${plan.provenance.iterations}`
    const ready = known.get(key)
    if (ready) return await ready

    const compare = async (): Promise<Comparison> => {
      const stored = await store.problems.get(record.problem)
      if (!stored) throw notFound('problem', record.problem)
      const travel = await travelOf(stored.problem)
      if (closed) throw new Cancelled('the service is closing')
      thread = startThread({ kind: 'compare', problem: stored.problem, travel, plan })
      return await thread.outcome
    }
    const comparison = last.then(compare)
    last = comparison.catch(() => known.delete(key))
    known.set(key, comparison)
    if (known.size > MAX_REMEMBERED) known.delete(known.keys().next().value!)
    return await comparison
  }

  return {
    compareStored,
    async close() {
      closed = true
      await thread?.cancel()
    },
  }
}
