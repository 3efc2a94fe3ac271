/**
 * What takes seconds to say of a plan: its comparison with the baselines, why a shipment goes as it goes, who pays what of it. In a
 * thread, and remembered. Two lanes, one thread in each: nobody who asks about a shipment waits for a split.
 */
import { createHash } from 'node:crypto'
import type {
  Certificate,
  Comparison,
  Edit,
  Judged,
  Plan,
  Problem,
  ShipmentExplanation,
  Split,
  Travel,
  Violation,
} from '../../solver/index.ts'
import type { RepairRequest } from '../api.ts'
import { notFound } from '../errors.ts'
import type { Nouns } from '../store/store.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import { methodsFor } from './split.ts'
import type { CheckTask, CompareTask, ExplainTask, JudgeTask, Outcomes, RepairTask, SplitTask } from './tasks.ts'
import { Cancelled, startThread, type Thread } from './thread.ts'

const MAX_REMEMBERED = 200
/** For the dual prices of a plan that somebody asked a proof of. */
const SPLIT_PROOF_SECONDS = 20

export interface Comparisons {
  compareStored(store: Nouns, plan: string): Promise<Comparison>
  /** of the shipment, or of each part of one that was split */
  explainStored(store: Nouns, plan: string, shipment: string): Promise<ShipmentExplanation[]>
  /** the problem and the plan after a repair; null where the plan has no such repair */
  repairStored(store: Nouns, plan: string, repair: RepairRequest): Promise<Outcomes['repair']>
  /** by every method that the number of firms allows; `quick`: but for those that would take minutes */
  splitStored(store: Nouns, plan: string, quick: boolean): Promise<Split[]>
  /** what a change by hand would mean */
  judgeStored(store: Nouns, plan: string, edit: Edit): Promise<Judged>
  /** everything that an edited plan breaks */
  checkEdited(problem: Problem, plan: Plan): Promise<Violation[]>
  close(): Promise<void>
}

interface Stored {
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
}
type Question = CompareTask | ExplainTask | RepairTask | SplitTask | CheckTask | JudgeTask

interface Lane {
  last: Promise<unknown>
  thread?: Thread<unknown>
}

export function createComparisons(travelOf: TravelOf): Comparisons {
  const known = new Map<string, Promise<unknown>>()
  const lanes: Readonly<Record<'short' | 'long', Lane>> = {
    short: { last: Promise.resolve() },
    long: { last: Promise.resolve() },
  }
  let closed = false

  const answerIn = async <T extends Question>(lane: Lane, task: T): Promise<Outcomes[T['kind']]> => {
    if (closed) throw new Cancelled('the service is closing')
    const started = startThread(task)
    lane.thread = started
    return await started.outcome
  }

  async function ask<T extends Question>(
    store: Nouns,
    id: string,
    what: string,
    lane: Lane,
    taskOf: (stored: Stored, certificate: Certificate | undefined) => T,
  ): Promise<Outcomes[T['kind']]> {
    const record = await store.plans.get(id)
    if (!record) throw notFound('plan', id)
    const { plan, certificate } = record
    // jobs and people replace a plan by others under the same id, and a job proves the last one
    const content = createHash('sha256').update(JSON.stringify(plan)).digest('base64')
    const key = JSON.stringify([id, content, certificate?.lowerKrw ?? 0, what])
    const ready = known.get(key)
    if (ready) return (await ready) as Outcomes[T['kind']]

    const answer = async (): Promise<Outcomes[T['kind']]> => {
      const stored = await store.problems.get(record.problem)
      if (!stored) throw notFound('problem', record.problem)
      const { problem } = stored
      return await answerIn(
        lane,
        taskOf({ problem, travel: await travelOf(problem, undefined, plan.provenance), plan }, certificate),
      )
    }
    const asked = lane.last.then(answer)
    lane.last = asked.catch(() => known.delete(key))
    known.set(key, asked)
    if (known.size > MAX_REMEMBERED) known.delete(known.keys().next().value!)
    return await asked
  }

  const splitQuickly = async (store: Nouns, id: string): Promise<Split[]> =>
    await ask(store, id, 'split, quick', lanes.long, (stored, certificate) => ({
      kind: 'split',
      ...stored,
      quick: true,
      proofSeconds: certificate ? SPLIT_PROOF_SECONDS : 0,
      certificate,
    }))

  return {
    compareStored: async (store, id) =>
      await ask(store, id, 'comparison', lanes.short, (stored) => ({ kind: 'compare', ...stored })),
    explainStored: async (store, id, shipment) =>
      await ask(store, id, `shipment ${shipment}`, lanes.short, (stored, certificate) => {
        const names = [...stored.problem.shipments, ...(stored.plan.parts ?? [])].map((entry) => entry.id)
        if (!names.includes(shipment)) throw notFound('shipment', shipment)
        return { kind: 'explain', ...stored, shipment, certificate }
      }),
    repairStored: async (store, id, repair) =>
      await ask(store, id, `repair ${JSON.stringify(repair)}`, lanes.short, (stored) => ({
        kind: 'repair',
        ...stored,
        ...repair,
      })),
    async splitStored(store, id, quick) {
      const splits = await splitQuickly(store, id)
      const { rows, dual } = splits[0]!
      if (quick || splits.length === methodsFor(rows.length, false).length) return splits
      const proved = dual?.proved ? dual : undefined
      return await ask(store, id, 'split', lanes.long, (stored) => ({
        kind: 'split',
        ...stored,
        quick: false,
        proofSeconds: 0,
        proved,
      }))
    },
    judgeStored: async (store, id, edit) =>
      await ask(store, id, `edit ${JSON.stringify(edit)}`, lanes.short, (stored) => ({
        kind: 'judge',
        ...stored,
        edit,
      })),
    async checkEdited(problem, plan) {
      const travel = await travelOf(problem, undefined, plan.provenance)
      const checked = lanes.short.last.then(() => answerIn(lanes.short, { kind: 'check', problem, travel, plan }))
      lanes.short.last = checked.catch(() => {})
      return await checked
    },
    async close() {
      closed = true
      await Promise.all([lanes.short.thread?.cancel(), lanes.long.thread?.cancel()])
    },
  }
}
