/**
 * A problem's plan, proved: a search that gathers routes, a bound on what any plan costs (bound.ts), and the best plan that can be put
 * together from all routes met (recombine.ts). The caller owns the clock.
 */
import { checkPlan } from '../check.ts'
import { type Opened, openProblem } from '../direct.ts'
import { writePlan, writeRoute } from '../document.ts'
import { improveOpened } from '../improve.ts'
import type { Certificate, Plan } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { RULES } from '../rules/index.ts'
import { scheduleRoute } from '../schedule.ts'
import type { BoundStep } from './bound.ts'
import { writeCertificate } from './certificate.ts'
import type { Highs } from './lp.ts'
import { Pool, type PooledRoute } from './pool.ts'
import type { Column } from './pricing.ts'
import { Proof, servedOrders } from './proof.ts'
import { recombine } from './recombine.ts'
import type { Relaxed } from './relaxed.ts'

/** Shares of the time: the search that gathers routes ends, and putting routes together begins. */
const SEARCH_UPTO = 0.15
const RECOMBINE_FROM = 0.9
/** Iterations of that search where nobody has a clock. */
/** Enough to put routes together where the time is up already. */
const LEAST_SECONDS = 0.2
const SEARCH_ITERATIONS = 30_000

export interface ProveOptions {
  readonly seed: number
  /** for all of it; default: only rounds, labels and nodes limit, so that the same input gives the same proof */
  readonly seconds?: number | undefined
  readonly rounds?: number | undefined
  /** of the search for routes, where there is no clock */
  readonly iterations?: number | undefined
}

export interface ProofStep {
  readonly phase: 'search' | 'bound' | 'recombine' | 'done'
  /** the best plan so far: the one given, or a cheaper one found on the way */
  readonly plan: Plan
  /** no plan that serves as much costs less */
  readonly lowerKrw: number
  readonly rounds: number
  /** with the last step */
  readonly certificate?: Certificate
}

/**
 * Pass the seconds since the start to `next`; without `seconds` they are not looked at. A plan made with locks or a price on moves is
 * proved as it is, not replaced.
 */
export function* prove(
  highs: Highs,
  problem: Problem,
  travel: Travel,
  given: Plan | undefined,
  { seed, seconds, rounds, iterations = SEARCH_ITERATIONS }: ProveOptions,
): Generator<ProofStep, void, number | undefined> {
  const opened = openProblem(problem, travel, given?.parts)
  const { instance } = opened
  const mayReplace = !given?.provenance.locks && !given?.provenance.stability
  const pool = new Pool(instance)
  let elapsed = 0
  let plan = given
  const replaceBy = (found: Plan) => {
    if (!plan || (mayReplace && isBetter(found, plan))) plan = found
  }

  // routes, and a plan where there is none
  const search = improveOpened(opened, {
    seed,
    pool,
    recombine: { highs },
    from: given,
    iterations: seconds === undefined ? iterations : undefined,
  })
  for (let step = search.next(); !step.done; ) {
    if (step.value.plan) replaceBy(step.value.plan)
    elapsed = (yield { phase: 'search', plan: plan!, lowerKrw: 0, rounds: 0 }) ?? elapsed
    const used = seconds === undefined ? undefined : elapsed / seconds / SEARCH_UPTO
    if (used !== undefined && used >= 1) break
    step = search.next(used)
  }

  const met: PooledRoute[] = pool.list()
  const proof = new Proof(highs, opened, plan!, met)
  let last: BoundStep | undefined
  try {
    const left = () => (seconds === undefined ? undefined : seconds * RECOMBINE_FROM - elapsed)
    const steps = proof.bound(rounds)
    for (let step = steps.next(); !step.done; step = steps.next(left())) {
      last = step.value
      met.push(...last.found.flatMap((column) => asRoute(opened, proof.relaxed, column) ?? []))
      elapsed = (yield { phase: 'bound', plan: plan!, lowerKrw: last.lowerKrw, rounds: last.rounds }) ?? elapsed
    }
  } finally {
    proof.dispose()
  }

  const { lowerKrw } = last!
  if (mayReplace && lowerKrw < plan!.costKrw) {
    const left = seconds === undefined ? undefined : Math.max(LEAST_SECONDS, seconds - elapsed)
    const found = recombine(highs, instance, met, servedOrders(opened, plan!), plan!.costKrw, left)
    const written = found && writePlan(opened, found, plan!.provenance)
    if (written && checkPlan(problem, travel, written).length === 0) replaceBy(written)
  }
  const certificate = writeCertificate(opened, proof.relaxed, last!, plan!)
  yield { phase: 'done', plan: plan!, lowerKrw, rounds: last!.rounds, certificate }
}

const isBetter = (a: Plan, b: Plan): boolean =>
  a.unserved.length < b.unserved.length ||
  (a.unserved.length === b.unserved.length && a.violations.length <= b.violations.length && a.costKrw < b.costKrw)

/** A priced route as one that can be driven, by all rules, at its price; null where it breaks any. */
function asRoute(opened: Opened, { kinds }: Relaxed, { kind, visits }: Column): PooledRoute | null {
  if (!visits) return null
  const { instance } = opened
  const fitting = kinds[kind].types.flatMap((type) => {
    const schedule = scheduleRoute(instance, type, visits)
    const sound = RULES.every((rule) => rule.excess(schedule, instance) === 0)
    return sound ? [{ type, visits, cost: writeRoute(opened, schedule, '').costKrw }] : []
  })
  return fitting[0] ?? null
}
