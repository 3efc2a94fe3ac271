/**
 * Fewer routes: takes one route away and lets its orders push in, again and again.
 * Pairs: Nagata & Kobayashi (2010), Guided Ejection Search for the Pickup and Delivery Problem with Time Windows, PPSN XI, LNCS 6238. Who is
 * out is placed one after another, the last first, where needed in the place of others (ejection.ts). Differs from the paper: in between the
 * routes are shaken by ruins and recreates that leave nobody else out, not by random moves.
 * Single visits and long routes: Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems,
 * Transportation Science 54(2), fleet minimisation by absence counters; there too many sets of orders could give way (where nothing but
 * loads and windows counts, inPlaceEjection.ts is quick enough for single visits on short routes). Differs from the paper: the orders left
 * out longest are mostly put in first, and the ruin is often at one of them; the temperature stays.
 * Both end when nothing has been found for long, and the rest of the budget goes to cost.
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
 * `limits[0]`: routes there may be. `spare`: a solution to work with. `perOrder`: cost of one order.
 */
export function* reduceRoutes(
  { tuning, random, budget, ruiner, recreator, inserter, neighbours }: Crew,
  start: Solution,
  spare: Solution,
  limits: Float64Array,
  perOrder: number,
): Generator<SearchStep, Assignment, Told> {
  const { instance } = start
  let current = start
  let candidate = spare
  let best = current.assignment()
  let better: Assignment | null = null
  const ejector = instance.paired.includes(1)
    ? new Ejector(instance, random, inserter, neighbours, tuning.fleetEjected)
    : null
  /** [order] how often it has found no place; of pairs 1 more, since two that give way are worse than one */
  const counters = new Float64Array(instance.orders).fill(ejector ? 1 : 0)
  let lastFound = 0
  let shakes = 0
  if (current.absentCount === 0) limits[0] = dissolve(current, counters)
  const shake = (solution: Solution) => {
    const before = solution.absentCount
    const seed = ruiner.ruin(solution, solution.absent[before - 1])
    // who is out waits its turn, unless a route has come free
    const again = solution.used[0] < limits[0]
    recreator.recreate(solution, 1, limits, { seed, before }, { again })
  }
  const pushIn = (solution: Solution) => {
    const { absent, absentCount } = solution
    const atMissed = absentCount > 0 && random.unit() < tuning.ruinAtMissed
    ruiner.ruin(solution, atMissed ? absent[random.below(absentCount)] : undefined)
    const first = random.unit() < tuning.missedFirst ? counters : null
    recreator.recreate(solution, 1, limits, null, { missed: first })
  }
  // where there is time for many iterations an order, less of it is enough for cost
  const least = () =>
    budget.iterations > tuning.fleetPlenty * instance.orders * budget.used ? tuning.fleetLong : tuning.fleetLeast
  const until = () => Math.min(tuning.fleetMost, least() + tuning.fleetPatience * lastFound)
  while (!budget.over && budget.used < until() && limits[0] > 0) {
    candidate.copy(current)
    let accepted: boolean
    const ejects = ejector !== null && instance.orders <= tuning.fleetShort * limits[0]
    if (ejects && shakes-- <= 0) {
      shakes = tuning.fleetShakes
      const last = current.absent[current.absentCount - 1]
      accepted = ejector.place(candidate, last, counters)
      if (!accepted || candidate.absentCount >= current.absentCount) counters[last]++
    } else {
      if (ejects) shake(candidate)
      else pushIn(candidate)
      const temperature = perOrder * (ejects ? tuning.fleetShakeTemperature : tuning.fleetTemperature)
      accepted =
        missed(candidate, counters) < missed(current, counters) ||
        (candidate.absentCount <= current.absentCount &&
          candidate.routeCost < current.routeCost - temperature * Math.log(random.unit()))
      if (!ejects) for (let k = 0; k < candidate.absentCount; k++) counters[candidate.absent[k]]++
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

/** How often the orders that are out have found no place, added up. */
function missed(solution: Solution, counters: Float64Array): number {
  let sum = 0
  for (let k = 0; k < solution.absentCount; k++) sum += counters[solution.absent[k]]
  return sum
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
