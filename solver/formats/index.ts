/** Literature instances in, solutions out in the literature's own form. */

import type { Told } from '../search/incumbent.ts'
import { search } from '../search/search.ts'
import type { Assignment } from '../search/solution.ts'
import { type Evaluation, evaluateSolution } from './evaluate.ts'
import { type Literature, makeInstance, nodeOfVisit, type Objective } from './literature.ts'
import { parseCvrplib, parseHfvrp, parseLilim, parseOptional, parseSartori, parseSolomon } from './parse.ts'

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

/** Searches an instance; each step holds the best so far, re-evaluated from the instance alone. See `search` for the protocol. */
export function* solveInstance(
  literature: Literature,
  options: {
    readonly seed: number
    readonly iterations?: number | undefined
    readonly objective?: Objective | undefined
  },
): Generator<InstanceStep, void, Told> {
  const objective = options.objective ?? literature.objective
  const steps = search(makeInstance(literature), { ...options, fewestRoutes: objective === 'vehicles' })
  let best: (Evaluation & { readonly solution: string }) | null = null
  let told: Told
  for (;;) {
    const { value: step, done } = steps.next(told)
    if (done || !step) return
    if (step.better || !best) {
      const solution = writeSolution(literature, step.better ?? { routes: [], absent: [], cost: 0 })
      best = { ...evaluateSolution(literature, solution), solution }
    }
    told = yield { ...best, iterations: step.iterations, assignment: step.better }
  }
}

/** One line a route as CVRPLIB does, types counted from 1 where there are several, orders sent direct, and the cost. */
export function writeSolution(literature: Literature, assignment: Assignment): string {
  const typed = literature.fleet.length > 1
  const lines = assignment.routes.map(({ type, visits }, index) => {
    const ids = visits.map((visit) => nodeOfVisit(literature, visit).id)
    return `Route #${index + 1}${typed ? ` type ${type + 1}` : ''}: ${ids.join(' ')}`
  })
  const direct = assignment.absent.filter((order) => literature.orders[order].directCost !== undefined)
  if (direct.length > 0) lines.push(`Direct: ${direct.map((order) => nodeOfVisit(literature, 2 * order).id).join(' ')}`)
  const { cost } = evaluateSolution(literature, lines.join('\n'))
  return `${lines.join('\n')}\nCost ${Math.round(cost * 1e6) / 1e6}\n`
}
