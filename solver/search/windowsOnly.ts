/**
 * The search of search.ts where one type of truck serves single visits, and loads, windows and distance count (VRPTW), on routes that are
 * changed in place: timedRoutes.ts, timedRuin.ts, timedInsertion.ts.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2).
 * Differs from the paper: a recreate ends as soon as it is too dear to be accepted; orders may stay out on the way (missing.ts); towards
 * fewer routes, by absence counters as there, the orders left out longest are mostly put in first, the ruin is often at one of them, and the
 * temperature stays.
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import type { Budget } from './budget.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import type { MissingPrice } from './missing.ts'
import { nearNodes } from './nearNodes.ts'
import type { Neighbours } from './neighbours.ts'
import { type SoloCosts, sortKeys } from './recreate.ts'
import type { SearchStep } from './search.ts'
import type { Assignment } from './solution.ts'
import { TimedInserter } from './timedInsertion.ts'
import { TimedRoutes } from './timedRoutes.ts'
import { TimedRuiner } from './timedRuin.ts'
import type { Tuning } from './tuning.ts'

/** Iterations at one temperature. */
const SAME_HEAT = 20

/** True where an instance asks for nothing else, and every order has to be on a route. */
export const onlyWindows = ({ traits, types, paired, directCost, carryCost, allowed }: Instance): boolean =>
  traits === 'plain' &&
  types.length === 1 &&
  types[0].start === types[0].end &&
  types[0].arcCost.symmetric &&
  types[0].arcCost.cells.length > 0 &&
  types[0].durationS === types[0].arcCost &&
  paired.every((pair) => pair === 0) &&
  directCost.every((cost) => cost === Number.POSITIVE_INFINITY) &&
  carryCost.every((cost) => cost === 0) &&
  allowed.every((may) => may === 1)

export interface WindowCrew {
  readonly instance: Instance
  readonly tuning: Tuning
  readonly random: Random
  readonly budget: Budget
  readonly neighbours: Neighbours
  readonly solo: SoloCosts
  readonly missing: MissingPrice
  /** of an order that nobody takes */
  readonly penalty: number
  /** [type] routes there may be */
  readonly limits: Float64Array
  readonly fewestRoutes: boolean
}

/** Starts from a solution that serves all; returns the best: fewest routes. See fleet.ts, of which it is the part for single visits. */
export function* reduceTimed(
  crew: WindowCrew,
  from: Assignment,
  temperature: number,
): Generator<SearchStep, Assignment, Told> {
  const { instance, tuning, budget, limits } = crew
  const state = new WindowState(crew)
  const counters = new Float64Array(instance.orders)
  let best = from
  let better: Assignment | null = null
  let lastFound = 0
  state.takeOver(from)
  if (from.absent.length === 0) limits[0] = state.dissolve(counters)
  const until = () => Math.min(tuning.fleetMost, tuning.fleetLeast + tuning.fleetPatience * lastFound)
  // fewer cannot hold what there is
  const load = instance.demand.reduce((sum, amount) => sum + amount, 0)
  const fewest = Math.max(1, load / instance.types[0].capacity[0])
  while (!budget.over && budget.used < until() && limits[0] >= fewest) {
    budget.iterations++
    state.pushIn(temperature, counters)
    if (state.absentCount === 0) {
      state.noteBest()
      best = better = state.best()
      lastFound = budget.used
      limits[0] = state.dissolve(counters)
    }
    if (!budget.pauses(0)) continue
    state.routes.addUp()
    budget.hear(yield { iterations: budget.iterations, better })
    better = null
    // another search has got along with fewer: on from there
    const found = budget.takeIncumbent()
    const other = found && readIncumbent(instance, found, limits, null, [])
    if (other?.absentCount !== 0) continue
    best = better = other.assignment()
    state.takeOver(best)
    lastFound = budget.used
    limits[0] = state.dissolve(counters)
  }
  limits[0] = best.routes.length
  return best
}

/** The annealing of `search`. `heat`: the temperature; `ownWay`: true while the search keeps its own way whatever others have found. */
export function* searchWindows(
  crew: WindowCrew,
  from: Assignment,
  heat: () => number,
  ownWay: () => boolean,
  openMissing: () => void,
): Generator<SearchStep, void, Told> {
  const { instance, budget, limits, fewestRoutes } = crew
  const state = new WindowState(crew)
  state.takeOver(from)
  // what the search for fewer routes has found last, nobody may have been told yet
  let better: Assignment | null = fewestRoutes ? from : null
  let isNew = false
  while (!budget.over) {
    const temperature = heat()
    for (let k = 0; k < SAME_HEAT && !budget.over; k++) {
      budget.iterations++
      if (!state.iterate(temperature)) continue
      isNew = true
      if (state.absentCount === 0) openMissing()
    }
    if (!budget.pauses(0)) continue
    if (isNew) better = state.best()
    isNew = false
    state.routes.addUp()
    budget.hear(yield { iterations: budget.iterations, better })
    better = null
    // what another search has found
    const found = budget.takeIncumbent()
    const other = found && readIncumbent(instance, found, limits, null, [])
    if (!other) continue
    const fewer = fewestRoutes && other.routes.length < state.bestRoutes && other.absentCount === 0
    if (!fewer && state.valueOf(other.routeCost, other.absentCount) >= state.bestValue - 1e-9) continue
    better = other.assignment()
    if (better.absent.length === 0) openMissing()
    if (fewer) limits[0] = better.routes.length
    if (fewer || !ownWay()) state.takeOver(better)
    else state.bestValue = state.valueOf(other.routeCost, other.absentCount)
  }
  yield { iterations: budget.iterations, better: isNew ? state.best() : better }
}

/** A solution that is ruined and recreated in place. */
class WindowState {
  readonly routes: TimedRoutes
  /** orders on no route, as missing.ts asks for them */
  readonly absent: Int32Array
  absentCount = 0
  bestValue = Number.POSITIVE_INFINITY
  bestRoutes = 0
  private bestAbsent: number[] = []
  private bestCost = 0
  private readonly bestNext: Int32Array
  private readonly crew: WindowCrew
  private readonly random: Random
  private readonly tuning: Tuning
  private readonly missing: MissingPrice
  private readonly orders: number
  private readonly ruiner: TimedRuiner
  private readonly inserter: TimedInserter
  /** nodes to put in, and orders that stay out */
  private readonly queue: Int32Array
  private readonly left: Int32Array
  private leftCount = 0
  /** [sort][order] smaller first */
  private readonly keys: readonly Float64Array[]
  private readonly weights: readonly number[]
  private readonly weightSum: number

  constructor(crew: WindowCrew) {
    const { instance, tuning, neighbours, limits, solo } = crew
    this.crew = crew
    this.random = crew.random
    this.tuning = tuning
    this.missing = crew.missing
    const orders = (this.orders = instance.orders)
    const most = Math.min(orders, limits[0])
    this.routes = new TimedRoutes(instance, most)
    const near = nearNodes(neighbours)
    this.ruiner = new TimedRuiner(this.routes, tuning, crew.random, near)
    this.inserter = new TimedInserter(this.routes, tuning, crew.random, near, limits, crew.fewestRoutes)
    this.absent = new Int32Array(orders)
    this.bestNext = this.routes.next.slice()
    this.queue = new Int32Array(orders)
    this.left = new Int32Array(orders)
    const { keys, weights } = sortKeys(instance, solo)
    this.keys = keys
    this.weights = weights
    this.weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  }

  get stranded(): number {
    return this.absentCount
  }

  valueOf(cost: number, absent: number): number {
    return cost + this.crew.penalty * absent
  }

  /** Becomes a solution, as the best. */
  takeOver(solution: Assignment): void {
    this.routes.takeOver(solution)
    this.absent.set(solution.absent)
    this.absentCount = solution.absent.length
    this.noteBest()
  }

  noteBest(): void {
    const { routes, absent, absentCount } = this
    this.bestCost = routes.cost
    this.bestRoutes = routes.used
    this.bestValue = this.valueOf(routes.cost, absentCount)
    this.bestNext.set(routes.next)
    this.bestAbsent = Array.from(absent.subarray(0, absentCount)).sort((a, b) => a - b)
  }

  best(): Assignment {
    return { routes: this.routes.list(this.bestNext), absent: this.bestAbsent, cost: this.bestCost }
  }

  /** One ruin and recreate; true where there is a new best. */
  iterate(temperature: number): boolean {
    const { random, missing, routes, tuning, inserter } = this
    const limit = routes.cost + missing.of(this) - temperature * Math.log(random.unit())
    const presses = missing.presses(this)
    const atMissed = presses && random.unit() < tuning.ruinAtMissed
    this.ruiner.ruin(
      1 + (atMissed ? this.absent[random.below(this.absentCount)] : random.below(this.orders)),
      this.absentCount,
    )
    const count = this.fillQueue(presses && random.unit() < tuning.missedFirst ? missing.weights : null)
    let price = 0
    for (let k = 0; k < count && !routes.broken && routes.cost + price < limit; k++) {
      const node = this.queue[k]
      if (inserter.put(node)) continue
      this.left[this.leftCount++] = node - 1
      price += missing.priceOf(node - 1)
    }
    const accepted = !routes.broken && routes.cost + price < limit
    if (accepted) this.keep()
    else routes.takeBack()
    missing.hear(this)
    if (!accepted || this.valueOf(routes.cost, this.absentCount) >= this.bestValue - 1e-9) return false
    this.noteBest()
    return true
  }

  /** The same towards fewer routes. `counters[order]`: how often it has found no place. */
  pushIn(temperature: number, counters: Float64Array): void {
    const { random, routes, tuning, absent, absentCount, inserter } = this
    const limit = routes.cost - temperature * Math.log(random.unit())
    let missed = 0
    for (let k = 0; k < absentCount; k++) missed += counters[absent[k]]
    const atMissed = absentCount > 0 && random.unit() < tuning.ruinAtMissed
    this.ruiner.ruin(1 + (atMissed ? absent[random.below(absentCount)] : random.below(this.orders)), this.absentCount)
    const count = this.fillQueue(random.unit() < tuning.missedFirst ? counters : null)
    let sum = 0
    const isGood = () => !routes.broken && (sum < missed || (this.leftCount <= absentCount && routes.cost < limit))
    for (let k = 0; k < count && isGood(); k++) {
      const node = this.queue[k]
      if (inserter.put(node)) continue
      this.left[this.leftCount++] = node - 1
      sum += counters[node - 1]
    }
    for (let k = 0; k < this.leftCount; k++) counters[this.left[k]]++
    if (isGood()) this.keep()
    else routes.takeBack()
  }

  /** Closes the route whose orders have found their places most easily, and returns how many routes remain. */
  dissolve(counters: Float64Array): number {
    const { routes } = this
    let least = Number.POSITIVE_INFINITY
    let chosen = 0
    for (let route = 0; route < routes.most; route++) {
      if (routes.length[route] === 0) continue
      let sum = 0
      for (let node = routes.next[routes.endOf(route)]; node <= this.orders; node = routes.next[node])
        sum += counters[node - 1]
      if (sum >= least) continue
      least = sum
      chosen = route
    }
    routes.begin()
    while (routes.length[chosen] > 0) {
      const node = routes.next[routes.endOf(chosen)]
      routes.cut(node)
      this.absent[this.absentCount++] = node - 1
    }
    routes.retime(chosen)
    return routes.used
  }

  private keep(): void {
    this.absent.set(this.left.subarray(0, this.leftCount))
    this.absentCount = this.leftCount
  }

  /** Lists what was cut out and who was out, in the order in which they go in: by `first`, largest first, or by a random criterion. */
  private fillQueue(first: Float64Array | null): number {
    const { queue, random, ruiner, absent, absentCount, keys, weights } = this
    this.leftCount = 0
    let { count } = ruiner
    for (let k = 0; k < count; k++) queue[k] = ruiner.removed[k]
    for (let k = 0; k < absentCount; k++) queue[count++] = absent[k] + 1
    random.shuffle(queue, count)
    let key = first
    if (key === null) {
      let draw = random.unit() * this.weightSum
      let sort = 0
      while (sort < weights.length - 1 && draw >= weights[sort]) draw -= weights[sort++]
      if (sort === 0) return count
      key = keys[sort]
    }
    const sign = first === null ? 1 : -1
    for (let k = 1; k < count; k++) {
      const node = queue[k]
      const value = sign * key[node - 1]
      let at = k
      for (; at > 0 && sign * key[queue[at - 1] - 1] > value; at--) queue[at] = queue[at - 1]
      queue[at] = node
    }
    return count
  }
}
