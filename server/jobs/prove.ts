/** Pulls the proof of a plan against the clock, in a worker thread or for the command line. */
import { loadHighs, type ProofStep, prove } from '../../solver/index.ts'
import { nowMs } from './clock.ts'
import type { Proven, ProveTask, Report } from './tasks.ts'

/** Asked to stop, it takes what it has: the certificate of the bound so far. */
export async function provePlan(
  { problem, travel, plan, seed, seconds }: ProveTask,
  stopped: () => boolean,
  report: (report: Report) => void,
): Promise<Proven> {
  const startMs = nowMs()
  const steps = prove(await loadHighs(), problem, travel, plan, { seed, seconds })
  let last: ProofStep | undefined
  let told = 0
  for (let step = steps.next(); !step.done; ) {
    last = step.value
    if (last.lowerKrw > told) {
      told = last.lowerKrw
      report({ kind: 'bound', lowerKrw: told })
    }
    step = steps.next(stopped() ? seconds : (nowMs() - startMs) / 1000)
  }
  const { plan: best, certificate } = last as Required<ProofStep>
  return { plan: best, certificate }
}
