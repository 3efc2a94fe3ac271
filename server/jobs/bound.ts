/** Pulls a lower bound until its time is up: where it meets the clock. */
import { boundInstance, type InstanceBound, type Literature, type Objective } from '../../solver/index.ts'
import { makeBreath } from './breathe.ts'
import { nowMs } from './clock.ts'
import type { Watch } from './parallel.ts'

export interface ProvedBound extends Omit<InstanceBound, 'ended'> {
  readonly seconds: number
}

/** Null: there is no bound for this kind of instance. */
export async function boundSolution(
  literature: Literature,
  solution: string,
  objective: Objective,
  seconds: number,
  watch: Watch,
): Promise<ProvedBound | null> {
  const startMs = nowMs()
  const steps = await boundInstance(literature, solution, objective)
  if (!steps) return null
  let best: InstanceBound | null = null
  const breathe = makeBreath()
  for (const step of steps) {
    best = step
    if (nowMs() - startMs >= seconds * 1000 || watch.stopped()) break
    if (await breathe()) watch.report({ kind: 'progress', progress: { iterations: step.rounds, costKrw: step.lower } })
  }
  if (!best) return null
  const { lower, gap, kind, proved, closed, rounds, cuts } = best
  return { lower, gap, kind, proved, closed, seconds: Math.round(nowMs() - startMs) / 1000, rounds, cuts }
}
