/** Literature instances in, solutions out in the literature's own form. */

import type { Highs } from '../columns/lp.ts'
import { Recombiner } from '../columns/recombine.ts'
import { shareOf, type Told } from '../search/incumbent.ts'
import { type SearchStep, search } from '../search/search.ts'
import type { Assignment } from '../search/solution.ts'
import type { Tuning } from '../search/tuning.ts'
import { type Evaluation, evaluateSolution } from './evaluate.ts'
import { type Literature, makeInstance, nodeOfVisit, type Objective } from './literature.ts'
import { parseCvrplib, parseHfvrp, parseLilim, parseOptional, parseSartori, parseSolomon } from './parse.ts'

export { boundInstance, type InstanceBound } from './bound.ts'
export { type Evaluation, evaluateSolution } from './evaluate.ts'
export { type Literature, OBJECTIVES, type Objective } from './literature.ts'
export { FormatError } from './parse.ts'

export const FORMATS = ['cvrplib', 'solomon', 'lilim', 'sartori', 'hfvrp', 'optional'] as const
export type Format = (typeof FORMATS)[number]

/** Reads an instance. `readBase` fetches the file that an `optional` instance is derived from. */
export function parseInstance(text: string, format: Format, readBase: (name: string) => string): Literature {
  if (format === 'optional') return parseOptional(text, readBase)
  const parsers = {
    cvrplib: parseCvrplib,
    solomon: parseSolomon,
    lilim: parseLilim,
    sartori: parseSartori,
    hfvrp: parseHfvrp,
  }
  return parsers[format](text)
}

export interface InstanceStep extends Evaluation {
  readonly iterations: number
  /** what the search has found since the step before, for another on the same instance with the same options */
  readonly assignment: Assignment | null
  /** the best so far in the literature's form */
  readonly solution: string
}

/** Searches an instance; each step holds the best so far, evaluated from the instance alone. See `search` for the protocol. */
export function* solveInstance(
  literature: Literature,
  options: {
    readonly seed: number
    readonly iterations?: number | undefined
    readonly objective?: Objective | undefined
    readonly tune?: Partial<Tuning> | undefined
    /** now and then puts the best solution together from all routes met, where cost comes first; default: the search goes without */
    readonly recombine?: { readonly highs: Highs; readonly seconds?: number | undefined } | undefined
  },
): Generator<InstanceStep, void, Told> {
  const objective = options.objective ?? literature.objective
  const instance = makeInstance(literature)
  const { recombine, iterations } = options
  const fewestRoutes = objective === 'vehicles'
  const joiner = recombine && !fewestRoutes ? new Recombiner(recombine.highs, instance, recombine.seconds) : undefined
  const steps = search(instance, { ...options, fewestRoutes, pool: joiner?.pool })
  let found: Assignment = { routes: [], absent: [], cost: Number.POSITIVE_INFINITY }
  let best: (() => Written) | null = null
  let told: Told
  for (;;) {
    const { value: step, done } = steps.next(told)
    if (done || !step) return
    found = step.better ?? found
    if (step.better || !best) best = writeOnce(literature, found)
    told = yield lazyStep(step, best)
    const used = iterations === undefined ? shareOf(told) : step.iterations / iterations
    const incumbent = joiner?.improve(used, found, found.cost)
    if (incumbent) told = { used: shareOf(told), incumbent }
  }
}

type Written = Evaluation & { readonly solution: string }

/** Writing and judging a large solution takes longer than many iterations: it waits until somebody asks. */
function writeOnce(literature: Literature, assignment: Assignment): () => Written {
  let written: Written | null = null
  return () => {
    written ??= writeAndJudge(literature, assignment)
    return written
  }
}

/** Copies of a step, and what is sent to another thread, hold plain values. */
const lazyStep = ({ iterations, better }: SearchStep, best: () => Written): InstanceStep => ({
  iterations,
  assignment: better,
  get vehicles() {
    return best().vehicles
  },
  get cost() {
    return best().cost
  },
  get feasible() {
    return best().feasible
  },
  get faults() {
    return best().faults
  },
  get solution() {
    return best().solution
  },
})

/** The solution's lines, judged, and the cost behind them. */
function writeAndJudge(literature: Literature, assignment: Assignment): Written {
  const lines = writeLines(literature, assignment)
  const judged = evaluateSolution(literature, lines)
  return { ...judged, solution: `${lines}\nCost ${Math.round(judged.cost * 1e6) / 1e6}\n` }
}

/** One line a route as CVRPLIB does, types counted from 1 where there are several, and orders sent direct. */
function writeLines(literature: Literature, assignment: Assignment): string {
  const typed = literature.fleet.length > 1
  const lines = assignment.routes.map(({ type, visits }, index) => {
    const ids = visits.map((visit) => nodeOfVisit(literature, visit).id)
    return `Route #${index + 1}${typed ? ` type ${type + 1}` : ''}: ${ids.join(' ')}`
  })
  const direct = assignment.absent.filter((order) => literature.orders[order].directCost !== undefined)
  if (direct.length > 0) lines.push(`Direct: ${direct.map((order) => nodeOfVisit(literature, 2 * order).id).join(' ')}`)
  return lines.join('\n')
}
