/**
 * Fewer routes: takes one route away and places its orders one after another, where needed in the place of others (ejection.ts), and between
 * one and the next shakes the routes.
 * Nagata & Kobayashi (2010), Guided Ejection Search for the Pickup and Delivery Problem with Time Windows, PPSN XI, LNCS 6238.
 * Differs from the paper: the routes are shaken by a few ruins and recreates that leave nobody out (Christiaens & Vanden Berghe 2020, see
 * search.ts), not by a thousand random moves; it ends when nothing has been found for long, and the rest of the budget goes to cost.
 */
import type { Random } from '../random.ts'
import type { Budget } from './budget.ts'
import { Ejector } from './ejection.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import type { Inserter } from './insertion.ts'
import type { Neighbours } from './neighbours.ts'
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
  readonly neighbours: Neighbours
}

/**
 * Starts from a solution that serves all, leaves it changed, and returns the best: fewest routes, in which every order is served.
 * `limits[0]`: routes there may be. `spare`: a solution to work with.
 */
export function* reduceRoutes(
  { tuning, random, budget, ruiner, recreator, inserter, neighbours }: Crew,
  start: Solution,
  spare: Solution,
  limits: Float64Array,
  temperature: number,
): Generator<SearchStep, Assignment, Told> {
  const { instance } = start
  let current = start
  let candidate = spare
  let best = current.assignment()
  let better: Assignment | null = null
  const ejector = new Ejector(instance, random, inserter, neighbours, tuning.fleetEjected)
  /** [order] how often it has found no place, and 1 */
  const counters = new Float64Array(instance.orders).fill(1)
  let lastFound = 0
  let shakes = 0
  if (current.absentCount === 0) limits[0] = dissolve(current, counters)
  while (
    !budget.over &&
    budget.used < Math.min(tuning.fleetMost, tuning.fleetLeast + tuning.fleetPatience * lastFound) &&
    limits[0] > 0
  ) {
    candidate.copy(current)
    // who has left last
    const missed = current.absent[current.absentCount - 1]
    let accepted: boolean
    if (shakes-- <= 0) {
      shakes = tuning.fleetShakes
      accepted = ejector.place(candidate, missed, counters)
      if (!accepted || candidate.absentCount >= current.absentCount) counters[missed]++
    } else {
      const before = candidate.absentCount
      ruiner.ruin(candidate, missed)
      // who is out waits its turn, unless a route has come free
      const again = candidate.used[0] < limits[0]
      recreator.recreate(candidate, 1, limits, { seed: missed, before }, { again })
      accepted =
        candidate.absentCount <= before &&
        candidate.routeCost < current.routeCost - temperature * Math.log(random.unit())
    }
    budget.iterations++
    if (accepted) {
      candidate.keep()
      ;[current, candidate] = [candidate, current]
      if (current.absentCount === 0) {
        best = better = current.assignment()
        lastFound = budget.used
        limits[0] = dissolve(current, counters)
      }
    } else candidate.discard()
    if (budget.pauses(inserter.work)) {
      inserter.work = 0
      budget.hear(yield { iterations: budget.iterations, better })
      better = null
      // another search has got along with fewer: on from there
      const found = budget.takeIncumbent()
      const other = found && readIncumbent(instance, found, limits, null, [])
      if (other?.absentCount === 0) {
        current = other
        best = better = other.assignment()
        lastFound = budget.used
        limits[0] = dissolve(current, counters)
      }
    }
  }
  limits[0] = best.routes.length
  return best
}

/** Closes the route whose orders have found their places most easily, and returns how many routes remain. */
function dissolve(solution: Solution, counters: Float64Array): number {
  let least = Number.POSITIVE_INFINITY
  let chosen = 0
  solution.routes.forEach((route, index) => {
    let sum = 0
    for (let k = 1; k <= route.length; k++) sum += counters[route.visits[k] >> 1]
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
