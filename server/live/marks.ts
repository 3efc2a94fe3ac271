/** What was recorded of a day, as the solver counts it: also what was recorded for the plans that this one took the place of. */
import { type HeardMark, MARK_KINDS, type Plan, type Problem } from '../../solver/index.ts'
import type { Actual } from '../api.ts'
import { sameStop } from '../drive/standing.ts'
import { roundsOf } from '../reports/guide.ts'
import type { Nouns, PlanRecord } from '../store/store.ts'

/** What holds: neither corrected nor taken back. */
export const holding = (actuals: readonly Actual[]): Actual[] =>
  actuals.filter(({ corrected, void: gone }) => !corrected && !gone)

/** What was recorded and holds, in the seconds of the problem. */
export function marksOf(actuals: readonly Actual[], { startsAt }: Problem): HeardMark[] {
  const startMs = Date.parse(startsAt)
  const seconds = (at: string) => Math.round((Date.parse(at) - startMs) / 1000)
  return holding(actuals).flatMap(({ kind, route, stop, at, recordedAt }): HeardMark[] => {
    const known = MARK_KINDS.find((mark) => mark === kind)
    const atS = seconds(at)
    if (!known || atS < 0) return []
    const knownS = Math.max(0, seconds(recordedAt))
    return [{ route, kind: known, atS, knownS, ...(stop !== undefined && { stop }) }]
  })
}

/** Everything recorded of the rounds of this plan, those of the plans before it at the stops that have become of theirs. */
export async function recordedOf(store: Nouns, record: PlanRecord): Promise<Actual[]> {
  const own = await store.actuals.list(record.id)
  const before = await plansBefore(store, record)
  const rounds = new Map(roundsOf(record.plan).map((round) => [round.id, round]))
  const known = new Set(own.map(({ id }) => id))
  const earlier: Actual[] = []
  for (const { id, plan } of before) {
    const theirs = new Map(roundsOf(plan).map((round) => [round.id, round]))
    for (const actual of await store.actuals.list(id)) {
      const [was, is] = [theirs.get(actual.route), rounds.get(actual.route)]
      if (!was || !is || known.has(actual.id)) continue
      known.add(actual.id)
      if (actual.stop === undefined) earlier.push(actual)
      else {
        const stop = sameStop(was, is, actual.stop)
        if (stop !== undefined) earlier.push({ ...actual, stop })
      }
    }
  }
  const all = [...earlier, ...own]
  const corrected = new Set(all.flatMap(({ corrects }) => corrects ?? []))
  return all.map((actual) => (corrected.has(actual.id) ? { ...actual, corrected: true as const } : actual))
}

/** Those of the same problem that were withdrawn, and the one that a disturbed day goes on from, oldest first. */
async function plansBefore(store: Nouns, { id, problem }: PlanRecord): Promise<{ id: string; plan: Plan }[]> {
  const found: { id: string; plan: Plan }[] = []
  const disturbed = await store.disturbances.get(problem)
  const from = disturbed && (await store.plans.get(disturbed.plan))
  if (from) found.push(...(await plansBefore(store, from)), from)
  const { items } = await store.plans.list({ limit: 100, problem })
  for (const summary of items.toReversed()) {
    const plan = summary.id !== id && summary.state === 'withdrawn' ? await store.plans.get(summary.id) : undefined
    if (plan) found.push(plan)
  }
  return found
}

/** A day planned anew while it was under way took what was planned until then as done, where nothing was recorded. */
export function takenAsDone(plan: Plan, untilS: number, marks: readonly HeardMark[]): HeardMark[] {
  const told = new Set(marks.map(({ route }) => route))
  return plan.routes.flatMap(({ id, departS, stops }): HeardMark[] => {
    if (told.has(id) || departS > untilS) return []
    const done = stops.flatMap(({ arriveS, startS, leaveS }, stop): HeardMark[] => [
      ...(startS <= untilS ? [{ route: id, kind: 'arrived' as const, stop, atS: arriveS, knownS: 0 }] : []),
      ...(leaveS <= untilS ? [{ route: id, kind: 'left' as const, stop, atS: leaveS, knownS: 0 }] : []),
    ])
    return [{ route: id, kind: 'departed', atS: departS, knownS: 0 }, ...done]
  })
}
