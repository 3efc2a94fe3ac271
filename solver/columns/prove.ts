/**
 * A problem's plan, proved: a search that gathers routes, a bound on what any plan costs (bound.ts), and the best plan that can be put
 * together from all routes met (recombine.ts). The caller owns the clock.
 */
import { checkPlan } from '../check.ts'
import { type Opened, openProblem } from '../direct.ts'
import { writePlan, writeRoute } from '../document.ts'
import { type ImproveOptions, improveOpened } from '../improve.ts'
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
const SEARCH_UPTO = 0.1
const RECOMBINE_FROM = 0.95
/** Share of the time that putting routes together may take in the middle of a search. */
const RECOMBINE_SHARE = 0.01
/** Enough to put routes together where the time is up already. */
const LEAST_SECONDS = 0.2
/** Of the first search, where nobody has a clock. */
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
  readonly phase: 'search' | 'bound' | 'done'
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
  let proving = false
  let plan = given
  const replaceBy = (found: Plan) => {
    // once there is a proof, it holds for plans that serve the same
    if (!plan || (mayReplace && isBetter(found, plan) && (!proving || servesSame(found, plan)))) plan = found
  }

  /** Routes and plans, until so much of the time is used. */
  function* searchUpto(
    upto: number,
    options: Pick<ImproveOptions, 'seed' | 'from'>,
    proved: Pick<ProofStep, 'lowerKrw' | 'rounds'>,
  ): Generator<ProofStep, void, number | undefined> {
    const from = elapsed
    const search = improveOpened(opened, {
      ...options,
      pool,
      recombine: { highs, seconds: seconds && RECOMBINE_SHARE * seconds },
      iterations: seconds === undefined ? iterations : undefined,
    })
    for (let step = search.next(); !step.done; ) {
      if (step.value.plan) replaceBy(step.value.plan)
      elapsed = (yield { phase: 'search', plan: plan!, ...proved }) ?? elapsed
      const used = seconds === undefined ? undefined : (elapsed - from) / (upto * seconds - from)
      if (used !== undefined && used >= 1) break
      step = search.next(used)
    }
  }

  // routes, and a plan where there is none
  yield* searchUpto(SEARCH_UPTO, { seed, from: given }, { lowerKrw: 0, rounds: 0 })
  proving = true
  const proof = new Proof(highs, opened, plan!, pool.list())
  const priced: PooledRoute[] = []
  let last: BoundStep | undefined
  try {
    const left = () => (seconds === undefined ? undefined : seconds * RECOMBINE_FROM - elapsed)
    const steps = proof.bound(rounds)
    for (let step = steps.next(); !step.done; step = steps.next(left())) {
      last = step.value
      priced.push(...last.found.flatMap((column) => asRoute(opened, proof.relaxed, column) ?? []))
      elapsed = (yield { phase: 'bound', plan: plan!, lowerKrw: last.lowerKrw, rounds: last.rounds }) ?? elapsed
    }
  } finally {
    proof.dispose()
  }

  const { lowerKrw, rounds: made } = last!
  const mayImprove = () => mayReplace && lowerKrw < plan!.costKrw
  // what time is left goes into searches that begin elsewhere
  const share = () => (seconds === undefined ? 1 : elapsed / seconds)
  for (let k = 1; mayImprove() && share() < RECOMBINE_FROM; k++)
    yield* searchUpto(Math.min(RECOMBINE_FROM, share() + SEARCH_UPTO), { seed: seed + k }, { lowerKrw, rounds: made })
  if (mayImprove()) {
    const left = seconds === undefined ? undefined : Math.max(LEAST_SECONDS, seconds - elapsed)
    const met = [...priced, ...pool.list()]
    const found = recombine(highs, instance, met, servedOrders(opened, plan!), plan!.costKrw, left)
    const written = found && writePlan(opened, found, plan!.provenance)
    if (written && checkPlan(problem, travel, written).length === 0) replaceBy(written)
  }
  const certificate = writeCertificate(opened, proof.relaxed, last!, plan!)
  yield { phase: 'done', plan: plan!, lowerKrw, rounds: made, certificate }
}

function servesSame(a: Plan, b: Plan): boolean {
  const unserved = new Set(a.unserved.map(({ shipment }) => shipment))
  return unserved.size === b.unserved.length && b.unserved.every(({ shipment }) => unserved.has(shipment))
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
