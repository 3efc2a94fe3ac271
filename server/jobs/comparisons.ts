/** What takes seconds to say of a plan, its comparison with the baselines and why a shipment goes as it goes: in a thread, one at a time, and remembered. */
import type { Comparison, Plan, Problem, ShipmentExplanation, Travel } from '../../solver/index.ts'
import { notFound } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import type { CompareTask, ExplainTask, Outcomes } from './tasks.ts'
import { Cancelled, startThread, type Thread } from './thread.ts'

const MAX_REMEMBERED = 200

export interface Comparisons {
  compareStored(plan: string): Promise<Comparison>
  /** of the shipment, or of each part of one that was split */
  explainStored(plan: string, shipment: string): Promise<ShipmentExplanation[]>
  close(): Promise<void>
}

interface Stored {
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
}

export function createComparisons(store: Store, travelOf: TravelOf): Comparisons {
  const known = new Map<string, Promise<unknown>>()
  let last: Promise<unknown> = Promise.resolve()
  let thread: Thread<unknown> | undefined
  let closed = false

  async function ask<T extends CompareTask | ExplainTask>(
    id: string,
    what: string,
    taskOf: (stored: Stored) => T,
  ): Promise<Outcomes[T['kind']]> {
    const record = await store.plans.get(id)
    if (!record) throw notFound('plan', id)
    const { plan } = record
    // a job replaces its plan by better ones under the same id
    const key = JSON.stringify([id, plan.costKrw, plan.provenance.iterations, what])
    const ready = known.get(key)
    if (ready) return (await ready) as Outcomes[T['kind']]

    const answer = async (): Promise<Outcomes[T['kind']]> => {
      const stored = await store.problems.get(record.problem)
      if (!stored) throw notFound('problem', record.problem)
      const task = taskOf({ problem: stored.problem, travel: await travelOf(stored.problem), plan })
      if (closed) throw new Cancelled('the service is closing')
      const started = startThread(task)
      thread = started
      return await started.outcome
    }
    const asked = last.then(answer)
    last = asked.catch(() => known.delete(key))
    known.set(key, asked)
    if (known.size > MAX_REMEMBERED) known.delete(known.keys().next().value!)
    return await asked
  }

  return {
    compareStored: async (id) => await ask(id, 'comparison', (stored) => ({ kind: 'compare', ...stored })),
    explainStored: async (id, shipment) =>
      await ask(id, `shipment ${shipment}`, (stored) => {
        const names = [...stored.problem.shipments, ...(stored.plan.parts ?? [])].map((entry) => entry.id)
        if (!names.includes(shipment)) throw notFound('shipment', shipment)
        return { kind: 'explain', ...stored, shipment }
      }),
    async close() {
      closed = true
      await thread?.cancel()
    },
  }
}
