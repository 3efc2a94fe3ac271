/**
 * Pulls the solver's generators: this file is where a search meets the clock. The same code runs in a worker thread for the
 * service and in the main thread for the command line.
 */
import {
  type Assignment,
  checkLocks,
  checkPlan,
  describeLock,
  describeViolation,
  type InstanceStep,
  improve,
  type Literature,
  loadHighs,
  type Plan,
  solveInstance,
  type Told,
} from '../../solver/index.ts'
import { makeBreath } from './breathe.ts'
import { nowMs } from './clock.ts'
import type { PlanTask, Progress, Report, SearchLimit, SolveTask } from './tasks.ts'

/** Often enough for a live figure, seldom enough to cost nothing. */
const REPORT_EVERY_MS = 200

/** Searches beside each other tell what they have found at most once in this share of the budget. */
const TELL_EVERY = 0.02

/** The other searches of one task: one reads what they have found, and tells them. */
export interface Peers {
  tell(found: Assignment): void
  hear(): Assignment | undefined
}

/** The search broke a rule that the check knows: a bug in the solver, never to be stored as a plan. Known by its name on other threads. */
class BrokenRule extends Error {
  override readonly name = 'BrokenRule'
}

/**
 * Pulls until the search ends by itself, its deadline has passed or `stopped` says so, but not before the first result:
 * "stop and keep the best" must have something to keep.
 */
async function pull<Step extends { readonly assignment: Assignment | null }>(
  steps: Generator<Step, void, Told>,
  limit: SearchLimit,
  stopped: () => boolean,
  take: (step: Step, atMs: number) => boolean,
  peers: Peers | undefined,
): Promise<void> {
  const startMs = nowMs()
  const budgetMs = Math.max(1, (limit.deadlineMs ?? Number.POSITIVE_INFINITY) - startMs)
  const breathe = makeBreath()
  let hasResult = false
  let found: Assignment | null = null
  let tellFrom = TELL_EVERY
  let next = steps.next(0)
  while (!next.done) {
    const atMs = nowMs()
    hasResult = take(next.value, atMs) || hasResult
    const fraction = (atMs - startMs) / budgetMs
    if (hasResult && (fraction >= 1 || stopped())) return
    await breathe()
    const used = Math.min(1, fraction)
    found = next.value.assignment ?? found
    if (peers && found && fraction >= tellFrom) {
      peers.tell(found)
      found = null
      tellFrom = fraction + TELL_EVERY
    }
    const incumbent = peers?.hear()
    next = steps.next(incumbent ? { used, incumbent } : used)
  }
}

/** Up to so many shipments, or orders of the literature that may go direct, the routes met are put together anew: it takes some hundredths of a second each time. */
const RECOMBINED_UPTO = 150
const RECOMBINED_ORDERS_UPTO = 250
/** Share of the budget that one time may take. */
const RECOMBINE_SHARE = 0.03

const recombineWith = async (budgetS: number | undefined) => ({
  highs: await loadHighs(),
  ...(budgetS !== undefined && { seconds: RECOMBINE_SHARE * budgetS }),
})

const budgetOf = ({ deadlineMs }: SearchLimit): number | undefined =>
  deadlineMs === undefined ? undefined : (deadlineMs - nowMs()) / 1000

/** As `solveInstance` takes it: undefined where putting routes together anew is not worth its time. */
export const recombineOrders = async ({ orders }: Literature, budgetS: number | undefined) =>
  orders.length <= RECOMBINED_ORDERS_UPTO && orders.some(({ directCost }) => directCost !== undefined)
    ? await recombineWith(budgetS)
    : undefined

/** The best plan found, checked. Better plans on the way are checked and reported at most a few times a second. */
export async function searchPlan(
  task: PlanTask,
  stopped: () => boolean,
  report: (report: Report) => void,
  peers?: Peers,
): Promise<Plan> {
  const { problem, travel, seed, iterations, from, resume, locks, stabilityKrw } = task
  let best: Plan | undefined
  let reported: Plan | undefined
  let last: Progress = { iterations: 0, costKrw: 0 }
  let progressMs = Number.NEGATIVE_INFINITY
  let planMs = Number.NEGATIVE_INFINITY

  const publish = (plan: Plan) => {
    const violations = checkPlan(problem, travel, plan)
    if (violations.length > 0) {
      const lines = violations.slice(0, 5).map((violation) => describeViolation(violation, task.locale))
      throw new BrokenRule(`${[...new Set(violations.map(({ rule }) => rule))].join(', ')}: ${lines.join('; ')}`)
    }
    const broken = checkLocks(plan).filter(({ state }) => state === 'broken')
    if (broken.length > 0) throw new BrokenRule(broken.map((state) => describeLock(state, task.locale)).join('; '))
    reported = plan
    report({ kind: 'plan', plan })
  }

  const steps = improve(problem, travel, {
    seed,
    iterations,
    from,
    resume,
    locks,
    stabilityKrw,
    recombine: problem.shipments.length <= RECOMBINED_UPTO ? await recombineWith(budgetOf(task)) : undefined,
  })
  await pull(
    steps,
    task,
    stopped,
    (step, atMs) => {
      best = step.plan ?? best
      if (best && best !== reported && atMs - planMs >= REPORT_EVERY_MS) {
        publish(best)
        planMs = atMs
      }
      last = { iterations: step.iterations, costKrw: step.costKrw }
      if (atMs - progressMs >= REPORT_EVERY_MS) {
        report({ kind: 'progress', progress: last })
        progressMs = atMs
      }
      return best !== undefined
    },
    task.withPeers ? peers : undefined,
  )
  report({ kind: 'progress', progress: last })
  if (!best) throw new Error('the search ended without a plan')
  if (best !== reported) publish(best)
  return best
}

/** The best solution of a literature instance. */
export async function searchInstance(
  task: SolveTask,
  stopped: () => boolean,
  report: (report: Report) => void,
  peers?: Peers,
): Promise<InstanceStep> {
  const { literature, seed, iterations, objective } = task
  const recombine = await recombineOrders(literature, budgetOf(task))
  let last: InstanceStep | undefined
  let progressMs = Number.NEGATIVE_INFINITY
  await pull(
    solveInstance(literature, { seed, iterations, objective, recombine }),
    task,
    stopped,
    (step, atMs) => {
      last = step
      if (atMs - progressMs >= REPORT_EVERY_MS) {
        report({ kind: 'progress', progress: { iterations: step.iterations, costKrw: step.cost } })
        progressMs = atMs
      }
      return true
    },
    task.withPeers ? peers : undefined,
  )
  if (!last) throw new Error('the search ended without a solution')
  return last
}
