/** Pulls a lower bound until its time is up: where it meets the clock. */
import { setImmediate as breathe } from 'node:timers/promises'
import { boundInstance, type InstanceBound, type Literature, type Objective } from '../../solver/index.ts'
import { nowMs } from './clock.ts'
import type { Watch } from './parallel.ts'

export interface ProvedBound extends Omit<InstanceBound, 'ended'> {
  readonly seconds: number
}

const BREATHE_EVERY_MS = 50

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
  let breathedMs = startMs
  for (const step of steps) {
    best = step
    const atMs = nowMs()
    if (atMs - startMs >= seconds * 1000 || watch.stopped()) break
    if (atMs - breathedMs <= BREATHE_EVERY_MS) continue
    watch.report({ kind: 'progress', progress: { iterations: step.rounds, costKrw: step.lower } })
    await breathe()
    breathedMs = nowMs()
  }
  if (!best) return null
  const { lower, gap, kind, proved, closed, rounds, cuts } = best
  return { lower, gap, kind, proved, closed, seconds: Math.round(nowMs() - startMs) / 1000, rounds, cuts }
}
