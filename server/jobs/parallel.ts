/**
 * One search on several threads: seeds seed, seed + 1, … and the best result; ties go to the smaller seed. Against the clock they tell each
 * other what they find, and what comes of that depends on the moment: only one thread, or a limit of iterations, is repeatable.
 */
import type { InstanceStep, Plan } from '../../solver/index.ts'
import { isBetterPlan, isLess } from './rankPlans.ts'
import { searchInstance, searchPlan } from './search.ts'
import type { Outcomes, PlanTask, Report, SolveTask } from './tasks.ts'
import { startThread } from './thread.ts'

export interface Watch {
  readonly stopped: () => boolean
  readonly report: (report: Report) => void
}

/** How often a wish to stop is passed on to the threads. */
const STOP_CHECK_MS = 50

export async function planOnThreads(task: PlanTask, threads: number, watch: Watch): Promise<Plan> {
  // one search needs no thread: it saves the 0.2 s of starting one
  if (threads === 1) return await searchPlan(task, watch.stopped, watch.report)
  const plans = await onThreads(task, threads, watch)
  const best = plans.reduce((best, plan) => (isBetterPlan(plan, best) ? plan : best))
  return { ...best, provenance: { ...best.provenance, seed: task.seed, threads } }
}

export async function solveOnThreads(task: SolveTask, threads: number, watch: Watch): Promise<InstanceStep> {
  if (threads === 1) return await searchInstance(task, watch.stopped, watch.report)
  const rank = ({ feasible, vehicles, cost }: InstanceStep) =>
    [feasible ? 0 : 1, task.objective === 'vehicles' ? vehicles : 0, cost] as const
  const solutions = await onThreads(task, threads, watch)
  const iterations = solutions.reduce((sum, solution) => sum + solution.iterations, 0)
  return { ...solutions.reduce((best, solution) => (isLess(rank(solution), rank(best)) ? solution : best)), iterations }
}

async function onThreads<T extends PlanTask | SolveTask>(
  task: T,
  threads: number,
  watch: Watch,
): Promise<Outcomes[T['kind']][]> {
  // a line of progress shows the best of all threads and the iterations of all together
  const latest = new Map<number, { iterations: number; costKrw: number }>()
  const withPeers = task.iterations === undefined
  const started = Array.from({ length: threads }, (_, k) =>
    startThread(
      { ...task, seed: task.seed + k, withPeers },
      (report) => {
        if (report.kind !== 'progress') return
        latest.set(k, report.progress)
        const all = [...latest.values()]
        const iterations = all.reduce((sum, progress) => sum + progress.iterations, 0)
        watch.report({
          kind: 'progress',
          progress: { iterations, costKrw: Math.min(...all.map(({ costKrw }) => costKrw)) },
        })
      },
      (found) => {
        for (const [other, thread] of started.entries()) if (other !== k) thread.tell(found)
      },
    ),
  )
  const timer = setInterval(() => {
    if (watch.stopped()) for (const thread of started) thread.stop()
  }, STOP_CHECK_MS)
  try {
    return (await Promise.all(started.map((thread) => thread.outcome))) as Outcomes[T['kind']][]
  } finally {
    clearInterval(timer)
    // one failed: the others have nothing left to work for
    for (const thread of started) void thread.cancel()
  }
}
