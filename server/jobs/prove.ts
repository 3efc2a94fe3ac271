/** Pulls the proof of a plan against the clock, in a worker thread or for the command line. */
import { loadHighs, type Plan, type Problem, type ProofStep, prove, type Travel } from '../../solver/index.ts'
import { makeBreath } from './breathe.ts'
import { nowMs } from './clock.ts'
import type { Proven } from './tasks.ts'

export interface ProofQuestion {
  readonly problem: Problem
  readonly travel: Travel
  /** default: one is made first */
  readonly plan?: Plan | undefined
  readonly seed: number
  /** default: `rounds` alone limit, and the same question has the same answer */
  readonly seconds?: number | undefined
  readonly rounds?: number | undefined
  /** when the seconds began, on the clock of clock.ts; default: now */
  readonly startMs?: number | undefined
}

/** Asked to stop, it takes what it has: the certificate of the bound so far. */
export async function provePlan(
  { problem, travel, plan, seed, seconds, rounds, startMs = nowMs() }: ProofQuestion,
  stopped: () => boolean,
  report: (step: ProofStep) => void,
): Promise<Proven> {
  const breathe = makeBreath()
  const steps = prove(await loadHighs(), problem, travel, plan, { seed, seconds, rounds })
  let last: ProofStep | undefined
  for (let step = steps.next(); !step.done; ) {
    last = step.value
    report(last)
    await breathe()
    step = steps.next(stopped() ? seconds : (nowMs() - startMs) / 1000)
  }
  const { plan: best, certificate } = last as Required<ProofStep>
  return { plan: best, certificate }
}
