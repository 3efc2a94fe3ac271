/**
 * The search of search.ts where loads, windows and distance count, on routes that are changed in place: of single visits (VRPTW, mixed
 * fleets) timedRoutes.ts and those beside it, of pairs (PDPTW) pairedRoutes.ts and those beside it. Trucks may be of several types, and
 * orders may go direct.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2).
 * Differs from the paper: a recreate ends as soon as it is too dear to be accepted, with cheaper trucks too where these may change; orders
 * may stay out on the way (missing.ts); towards fewer routes, by absence counters as there, the orders left out longest are mostly put in
 * first, the ruin is often at one of them, and the temperature stays, and where routes are short now and then others give way to one
 * (inPlaceEjection.ts), with a lower temperature in between; what differs where orders may go direct is said in recreate.ts.
 */
import type { Pool } from '../columns/pool.ts'
import type { Instance, TruckType } from '../instance.ts'
import type { Random } from '../random.ts'
import type { Budget } from './budget.ts'
import type { Cooling } from './cooling.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import type { InPlaceEjector } from './inPlaceEjection.ts'
import { retypeTouched, unitCostOf } from './inPlaceTypes.ts'
import type { MissingPrice } from './missing.ts'
import { nearNodes } from './nearNodes.ts'
import { findNearVisits, type Neighbours } from './neighbours.ts'
import { PairedEjector } from './pairedEjection.ts'
import { PairedInserter } from './pairedInsertion.ts'
import { PairedRoutes } from './pairedRoutes.ts'
import { PairedRuiner } from './pairedRuin.ts'
import { type SoloCosts, sortKeys } from './recreate.ts'
import type { SearchStep } from './search.ts'
import type { Assignment } from './solution.ts'
import { TimedEjector } from './timedEjection.ts'
import { TimedInserter } from './timedInsertion.ts'
import { TimedRoutes } from './timedRoutes.ts'
import { TimedRuiner } from './timedRuin.ts'
import type { Tuning } from './tuning.ts'

/** Visits listed near each of a pair's, with itself. */
const MOST_NEAR = 101

/** Iterations at one temperature. */
const SAME_HEAT = 20

/**
 * True where an instance asks for nothing else. Trucks may differ in what they hold and cost, and orders may go direct, unless fewest routes
 * come first; of pairs roads may differ by direction.
 */
export const onlyWindows = (instance: Instance, fewestRoutes: boolean): boolean =>
  asksNoMore(instance) &&
  instance.types.every(costsByItsWay) &&
  (!fewestRoutes || (instance.types.length === 1 && mustRide(instance))) &&
  (instance.paired.every((pair) => pair === 1) ||
    (instance.paired.every((pair) => pair === 0) && instance.types[0].durationS.symmetric))

const asksNoMore = ({ traits, types: [first, ...others], carryCost, allowed }: Instance): boolean =>
  traits !== 'general' &&
  first.start === first.end &&
  others.every(
    ({ start, end, durationS, opensS, closesS }) =>
      start === first.start &&
      end === first.end &&
      durationS === first.durationS &&
      opensS === first.opensS &&
      closesS === first.closesS,
  ) &&
  carryCost.every((cost) => cost === 0) &&
  allowed.every((may) => may === 1)

const mustRide = ({ directCost }: Instance): boolean => directCost.every((cost) => cost === Number.POSITIVE_INFINITY)

const costsByItsWay = (type: TruckType): boolean => (unitCostOf(type) ?? 0) > 0

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

/** Starts from a solution that serves all; returns the best: fewest routes. As fleet.ts does it. `perOrder`: cost of one order. */
export function* reduceTimed(
  crew: WindowCrew,
  from: Assignment,
  perOrder: number,
): Generator<SearchStep, Assignment, Told> {
  const { instance, tuning, budget, limits } = crew
  const { orders } = instance
  const state = new WindowState(crew)
  const ejector = state.makeEjector(from.routes.length)
  const counters = new Float64Array(orders).fill(ejector ? 1 : 0)
  let best = from
  let better: Assignment | null = null
  let lastFound = 0
  state.takeOver(from)
  if (from.absent.length === 0) limits[0] = state.dissolve(counters)
  let between = 0
  let isPushing = false
  const ofPairs = instance.paired.includes(1)
  // where there is time for many iterations an order, less of it is enough for the cost of pairs, and others may push in
  const isTimeFor = (each: number) => budget.iterations > each * orders * budget.used
  const least = () => (ofPairs && isTimeFor(tuning.fleetPlenty) ? tuning.fleetLong : tuning.fleetLeast)
  const until = () => Math.min(tuning.fleetMost, least() + tuning.fleetPatience * lastFound)
  // fewer cannot hold what there is
  const load = ofPairs ? 0 : instance.demand.reduce((sum, amount) => sum + amount, 0)
  const fewest = Math.max(1, load / instance.types[0].capacity[0])
  while (!budget.over && budget.used < until() && limits[0] >= fewest) {
    budget.iterations++
    if (ejector === null || orders > tuning.fleetShort * limits[0])
      state.pushIn(perOrder * tuning.fleetTemperature, counters)
    else if (between > 0) {
      between--
      if (isPushing) state.pushIn(perOrder * tuning.fleetPushTemperature, counters)
      else state.shake(perOrder * tuning.fleetShakeTemperature)
    } else {
      state.eject(ejector, counters)
      isPushing = isTimeFor(tuning.fleetPushFrom)
      between = isPushing ? tuning.fleetPushes : tuning.fleetShakes
    }
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

/** The annealing of `search`. `pool` gathers routes as there. */
export function* searchWindows(
  crew: WindowCrew,
  from: Assignment,
  cooling: Cooling,
  openMissing: () => void,
  pool: Pool | undefined,
): Generator<SearchStep, void, Told> {
  const { instance, budget, limits, fewestRoutes } = crew
  const state = new WindowState(crew)
  state.takeOver(from)
  // what the search for fewer routes has found last, nobody may have been told yet
  let better: Assignment | null = fewestRoutes ? from : null
  let isNew = false
  while (!budget.over) {
    cooling.update()
    if (cooling.goesBack) state.goOnFrom(state.best())
    for (let k = 0; k < SAME_HEAT && !budget.over; k++) {
      budget.iterations++
      const accepted = state.iterate(cooling)
      if (!accepted) continue
      if (pool && !cooling.ownWay) state.showTouched(pool)
      if (!state.noteIfBest()) continue
      isNew = true
      if (state.stranded === 0) openMissing()
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
    const value = state.valueOf(other.routeCost + other.directCost, other.stranded)
    if (!fewer && value >= state.bestValue - 1e-9) continue
    better = other.assignment()
    if (other.stranded === 0) openMissing()
    if (fewer) limits[0] = better.routes.length
    // the last cooling goes on from the best, whoever has found it
    state.adopt(better, fewer || !cooling.ownWay)
  }
  yield { iterations: budget.iterations, better: isNew ? state.best() : better }
}

/** A solution that is ruined and recreated in place. */
class WindowState {
  readonly routes: TimedRoutes | PairedRoutes
  /** orders on no route, as missing.ts asks for them */
  readonly absent: Int32Array
  absentCount = 0
  /** of these, those that cannot go direct, and what the others cost */
  stranded = 0
  private directCost = 0
  bestValue = Number.POSITIVE_INFINITY
  bestRoutes = 0
  private bestAbsent: number[] = []
  private bestCost = 0
  private readonly crew: WindowCrew
  private readonly random: Random
  private readonly tuning: Tuning
  private readonly missing: MissingPrice
  private readonly orders: number
  private readonly ruiner: TimedRuiner | PairedRuiner
  private readonly inserter: TimedInserter | PairedInserter
  /** nodes to put in, and orders that stay out */
  private readonly queue: Int32Array
  private readonly left: Int32Array
  private leftCount = 0
  /** nodes on no route that this turn asks again */
  private readonly offered: Int32Array
  private readonly isOffered: Uint8Array
  private offeredCount = 0
  /** [sort][order] smaller first */
  private readonly keys: readonly Float64Array[]
  private readonly weights: readonly number[]
  private readonly weightSum: number
  /** some order may go direct; which trucks to use, and whether at all, is part of the question */
  private readonly mayGoDirect: boolean
  private readonly mayDissolve: boolean
  /** routes change trucks at the end of a turn, which may make them cheaper */
  private readonly retypes: boolean

  constructor(crew: WindowCrew) {
    const { instance, tuning, random, neighbours, limits, solo, fewestRoutes } = crew
    this.crew = crew
    this.random = random
    this.tuning = tuning
    this.missing = crew.missing
    const orders = (this.orders = instance.orders)
    const most = Math.min(
      orders,
      limits.reduce((sum, limit) => sum + limit, 0),
    )
    this.mayGoDirect = !mustRide(instance)
    this.retypes = tuning.retype && instance.types.length > 1
    this.mayDissolve = this.mayGoDirect || instance.types.length > 1
    const near = nearNodes(neighbours)
    if (instance.paired.includes(1)) {
      const routes = (this.routes = new PairedRoutes(instance, most))
      this.ruiner = new PairedRuiner(
        routes,
        tuning,
        random,
        nearNodes(findNearVisits(instance, MOST_NEAR)),
        this.mayDissolve,
      )
      this.inserter = new PairedInserter(routes, tuning, random, near, limits, solo, fewestRoutes)
    } else {
      const routes = (this.routes = new TimedRoutes(instance, most))
      this.ruiner = new TimedRuiner(routes, tuning, random, near, this.mayDissolve)
      this.inserter = new TimedInserter(routes, tuning, random, near, limits, solo, fewestRoutes)
    }
    this.absent = new Int32Array(orders)
    this.queue = new Int32Array(orders)
    this.left = new Int32Array(orders)
    this.offered = new Int32Array(orders)
    this.isOffered = new Uint8Array(orders)
    const { keys, weights } = sortKeys(instance, solo)
    this.keys = keys
    this.weights = weights
    this.weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  }

  valueOf(cost: number, stranded: number): number {
    return cost + this.crew.penalty * stranded
  }

  /** Becomes a solution, as the best. */
  takeOver(solution: Assignment): void {
    this.goOnFrom(solution)
    this.noteBest()
  }

  /** Takes a better one as the best; `goesOn`: from there. */
  adopt(better: Assignment, goesOn: boolean): void {
    this.routes.keep()
    const own = { routes: this.routes.kept(), absent: Array.from(this.absent.subarray(0, this.absentCount)), cost: 0 }
    this.takeOver(better)
    if (!goesOn) this.goOnFrom(own)
  }

  /** Becomes a solution; the best stays what it is. */
  goOnFrom(solution: Assignment): void {
    this.routes.takeOver(solution)
    this.absent.set(solution.absent)
    this.absentCount = solution.absent.length
    this.countAbsent()
  }

  noteBest(): void {
    const { routes, absent, absentCount } = this
    this.bestCost = routes.cost + this.directCost
    this.bestRoutes = routes.used
    this.bestValue = this.valueOf(this.bestCost, this.stranded)
    routes.keep()
    this.bestAbsent = Array.from(absent.subarray(0, absentCount)).sort((a, b) => a - b)
  }

  /** False where it is no better than the best so far. */
  noteIfBest(): boolean {
    if (this.valueOf(this.routes.cost + this.directCost, this.stranded) >= this.bestValue - 1e-9) return false
    this.noteBest()
    return true
  }

  /** Shows the routes that the last turn has changed. */
  showTouched(pool: Pool): void {
    this.routes.offerTouched(pool)
  }

  best(): Assignment {
    return { routes: this.routes.kept(), absent: this.bestAbsent, cost: this.bestCost }
  }

  /** One ruin and recreate, true where it is kept. */
  iterate({ temperature, factor, heat }: Cooling): boolean {
    const { random, missing, routes, tuning, inserter, mayGoDirect } = this
    const { limits } = this.crew
    const { directCost } = this.crew.instance
    const directPrice = mayGoDirect ? factor * this.directCost : 0
    const limit = routes.cost + directPrice + missing.of(this) - temperature * Math.log(random.unit())
    const presses = missing.presses(this)
    const atMissed = presses && random.unit() < tuning.ruinAtMissed
    const seed = 1 + (atMissed ? this.absent[random.below(this.absentCount)] : random.below(this.orders))
    this.listOffered(seed)
    this.ruiner.ruin(seed, this.absentCount)
    const count = this.fillQueue(presses && random.unit() < tuning.missedFirst ? missing.weights : null)
    // who is not asked again costs what he did
    let price = directPrice
    for (let k = 0; mayGoDirect && k < this.offeredCount; k++) {
      const direct = directCost[this.offered[k] - 1]
      if (direct < Number.POSITIVE_INFINITY) price -= factor * direct
    }
    if (this.mayDissolve) this.vary()
    const isAffordable = () => {
      if (this.retypes && routes.cost + price >= limit) retypeTouched(routes, limits)
      return routes.cost + price < limit
    }
    let done = 0
    while (done < count && !routes.broken && isAffordable()) {
      const node = this.queue[done++]
      const direct = directCost[node - 1]
      if (inserter.put(node, factor * direct)) continue
      this.left[this.leftCount++] = node - 1
      price += direct === Number.POSITIVE_INFINITY ? missing.priceOf(node - 1) : factor * direct
    }
    const isWhole = done === count && !routes.broken
    if (isWhole && this.retypes) retypeTouched(routes, limits)
    const accepted = isWhole && routes.cost + price < limit
    if (accepted) this.keep()
    else routes.takeBack()
    missing.hear(this, heat)
    return accepted
  }

  /** The same towards fewer routes. `counters[order]`: how often it has found no place. */
  pushIn(temperature: number, counters: Float64Array): void {
    const { random, routes, tuning, absent, absentCount, inserter } = this
    const limit = routes.cost - temperature * Math.log(random.unit())
    let missed = 0
    for (let k = 0; k < absentCount; k++) missed += counters[absent[k]]
    const atMissed = absentCount > 0 && random.unit() < tuning.ruinAtMissed
    this.ruiner.ruin(1 + (atMissed ? absent[random.below(absentCount)] : random.below(this.orders)), this.absentCount)
    this.offerAbsent()
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

  /** The way to make room for one that fits nowhere, on so many routes; null: of single visits on long ones too many sets could give way. */
  makeEjector(used: number): InPlaceEjector | null {
    const { routes, inserter } = this
    const { neighbours, random, tuning } = this.crew
    const near = nearNodes(neighbours)
    if (inserter instanceof PairedInserter && routes instanceof PairedRoutes)
      return new PairedEjector(routes, inserter, random, near, tuning.fleetEjected)
    const isShort = routes instanceof TimedRoutes && this.orders <= tuning.fleetShort * used
    return isShort ? new TimedEjector(routes, random, near, tuning.fleetEjected) : null
  }

  /** A ruin and recreate at the order whose turn it is, which leaves nobody else out; who is out waits, unless a route has come free. */
  shake(temperature: number): void {
    const { random, routes, absentCount, inserter } = this
    const limit = routes.cost - temperature * Math.log(random.unit())
    this.ruiner.ruin(1 + this.absent[absentCount - 1], absentCount)
    const again = routes.used < this.crew.limits[0]
    if (again) this.offerAbsent()
    else this.offeredCount = 0
    const count = this.fillQueue(null)
    const most = again ? absentCount : 0
    for (let k = 0; k < count && !routes.broken && this.leftCount <= most; k++)
      if (!inserter.put(this.queue[k])) this.left[this.leftCount++] = this.queue[k] - 1
    const isFewer = again && this.leftCount < absentCount
    if (routes.broken || this.leftCount > most || (!isFewer && routes.cost >= limit)) routes.takeBack()
    else if (again) this.keep()
  }

  /** The order whose turn it is gets a place, where needed that of others, whose turn is then. */
  eject(ejector: InPlaceEjector, counters: Float64Array): void {
    const last = this.absent[this.absentCount - 1]
    const placed = ejector.place(last, counters)
    if (!placed || ejector.ejected.length > 0) counters[last]++
    if (!placed) {
      this.routes.takeBack()
      return
    }
    this.absentCount--
    for (const order of ejector.ejected) this.absent[this.absentCount++] = order
  }

  /** Closes the route whose orders have found their places most easily, and returns how many routes remain. */
  dissolve(counters: Float64Array): number {
    const { routes } = this
    let least = Number.POSITIVE_INFINITY
    let chosen = 0
    for (let route = 0; route < routes.most; route++) {
      const sum = routes.ridersOf(route).reduce((sum, node) => sum + counters[node - 1], 0)
      if (routes.isEmpty(route) || sum >= least) continue
      least = sum
      chosen = route
    }
    for (const node of routes.ridersOf(chosen)) this.absent[this.absentCount++] = node - 1
    routes.clear(chosen)
    return routes.used
  }

  /** Who is on no route after an accepted turn: those who were not asked, and those that it could not place. */
  private keep(): void {
    const { absent, left, leftCount } = this
    let count = 0
    if (this.offeredCount < this.absentCount) {
      // those who were asked and have no place are among the left
      for (let k = 0; k < this.offeredCount; k++) this.isOffered[this.offered[k] - 1] = 1
      for (let k = 0; k < this.absentCount; k++) if (!this.isOffered[absent[k]]) absent[count++] = absent[k]
      for (let k = 0; k < this.offeredCount; k++) this.isOffered[this.offered[k] - 1] = 0
    }
    for (let k = 0; k < leftCount; k++) absent[count++] = left[k]
    this.absentCount = count
    this.countAbsent()
  }

  private countAbsent(): void {
    const { absent, absentCount } = this
    const { directCost } = this.crew.instance
    this.stranded = absentCount
    this.directCost = 0
    if (!this.mayGoDirect) return
    for (let k = 0; k < absentCount; k++) {
      const direct = directCost[absent[k]]
      if (direct === Number.POSITIVE_INFINITY) continue
      this.stranded--
      this.directCost += direct
    }
  }

  /** Everybody on no route is asked again. */
  private offerAbsent(): void {
    const { absent, absentCount, offered } = this
    for (let k = 0; k < absentCount; k++) offered[k] = absent[k] + 1
    this.offeredCount = absentCount
  }

  /** Where many go direct only some near the seed are asked again. */
  private listOffered(seed: number): void {
    const { absentCount, offered, routes, crew, tuning } = this
    if (!this.mayGoDirect || absentCount <= tuning.mostOffered) {
      this.offerAbsent()
      return
    }
    const { list, kept } = crew.neighbours
    this.offeredCount = 0
    for (let rank = 0; rank < kept && this.offeredCount < tuning.mostOffered; rank++) {
      const order = list[(seed - 1) * kept + rank]
      if (routes.routeOf[order + 1] < 0) offered[this.offeredCount++] = order + 1
    }
  }

  /** How a recreate sees trucks: larger ones cheaper or dearer than they are, and one that is opened for a share of its cost. */
  private vary(): void {
    const { inserter, random, tuning, crew } = this
    const { length } = crew.instance.types
    inserter.eager = length > 1 && random.unit() < tuning.eagerRate ? tuning.eagerBase ** (2 * random.unit() - 1) : 1
    inserter.offeredType = this.mayGoDirect && random.unit() < tuning.openRate ? random.below(length) : -1
    inserter.offeredShare = inserter.offeredType < 0 ? 1 : tuning.openLeast ** random.unit()
  }

  /** Lists what was cut out and who is asked again in the order in which they go in: by `first`, largest first, or by a random criterion. */
  private fillQueue(first: Float64Array | null): number {
    const { queue, random, ruiner, offered, offeredCount, keys, weights } = this
    this.leftCount = 0
    let { count } = ruiner
    for (let k = 0; k < count; k++) queue[k] = ruiner.removed[k]
    for (let k = 0; k < offeredCount; k++) queue[count++] = offered[k]
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
