/**
 * Fewer routes: takes one route away and lets the orders that are left out longest push in, again and again.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2): fleet
 * minimisation by absence counters. Differs from the paper: the orders left out longest are mostly put in first, and the ruin is often at
 * one of them; the temperature stays; it ends when nothing has been found for long, and the rest of the budget goes to cost.
 */
import type { Random } from '../random.ts'
import type { Budget } from './budget.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import type { Inserter } from './insertion.ts'
import type { Recreator } from './recreate.ts'
import type { Ruiner } from './ruin.ts'
import type { SearchStep } from './search.ts'
import type { Assignment, Solution } from './solution.ts'
import type { Tuning } from './tuning.ts'

export interface Crew {
  readonly tuning: Tuning
  readonly random: Random
  readonly budget: Budget
  readonly ruiner: Ruiner
  readonly recreator: Recreator
  readonly inserter: Inserter
}

/**
 * Starts from a solution that serves all, leaves it changed, and returns the best: fewest routes, in which every order is served.
 * `limits[0]`: routes there may be. `spare`: a solution to work with.
 */
export function* reduceRoutes(
  { tuning, random, budget, ruiner, recreator, inserter }: Crew,
  start: Solution,
  spare: Solution,
  limits: Float64Array,
  temperature: number,
): Generator<SearchStep, Assignment, Told> {
  let current = start
  let candidate = spare
  let best = current.assignment()
  let better: Assignment | null = null
  const absences = new Float64Array(current.instance.orders)
  let lastFound = 0
  if (current.absentCount === 0) limits[0] = dissolve(current, absences)
  while (
    !budget.over &&
    budget.used < Math.min(tuning.fleetMost, tuning.fleetLeast + tuning.fleetPatience * lastFound) &&
    limits[0] > 0
  ) {
    candidate.copy(current)
    const missedOne =
      candidate.absentCount > 0 && random.unit() < tuning.ruinAtMissed
        ? candidate.absent[random.below(candidate.absentCount)]
        : undefined
    ruiner.ruin(candidate, missedOne)
    const order = random.unit() < tuning.missedFirst ? absences : null
    recreator.recreate(candidate, 1, limits, null, { missed: order })
    budget.iterations++
    const accepted =
      missed(candidate, absences) < missed(current, absences) ||
      (candidate.absentCount <= current.absentCount &&
        candidate.routeCost < current.routeCost - temperature * Math.log(random.unit()))
    for (let k = 0; k < candidate.absentCount; k++) absences[candidate.absent[k]]++
    if (accepted) {
      candidate.keep()
      ;[current, candidate] = [candidate, current]
      if (current.absentCount === 0) {
        best = better = current.assignment()
        lastFound = budget.used
        limits[0] = dissolve(current, absences)
      }
    } else candidate.discard()
    if (budget.pauses(inserter.work)) {
      inserter.work = 0
      budget.hear(yield { iterations: budget.iterations, better })
      better = null
      // another search has got along with fewer: on from there
      const found = budget.takeIncumbent()
      const other = found && readIncumbent(current.instance, found, limits, null, [])
      if (other?.absentCount === 0) {
        current = other
        best = better = other.assignment()
        lastFound = budget.used
        limits[0] = dissolve(current, absences)
      }
    }
  }
  limits[0] = best.routes.length
  return best
}

/** How long the orders that are out have been left out, added up. */
function missed(solution: Solution, absences: Float64Array): number {
  let sum = 0
  for (let k = 0; k < solution.absentCount; k++) sum += absences[solution.absent[k]]
  return sum
}

/** Closes the route whose orders were left out least, and returns how many routes remain. */
function dissolve(solution: Solution, absences: Float64Array): number {
  let least = Number.POSITIVE_INFINITY
  let chosen = 0
  solution.routes.forEach((route, index) => {
    let sum = 0
    for (let k = 1; k <= route.length; k++) sum += absences[route.visits[k] >> 1]
    if (sum < least) {
      least = sum
      chosen = index
    }
  })
  const gone = new Uint8Array(solution.instance.orders)
  const route = solution.routes[chosen]
  for (let k = 1; k <= route.length; k++) gone[route.visits[k] >> 1] = 1
  solution.remove(chosen, gone)
  return solution.routes.length
}
