/**
 * Slack induction by string removals, annealed over the budget: ruin a few neighbouring routes, recreate, accept by temperature.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2);
 * fleet minimisation is in fleet.ts.
 * Differs from the paper: temperatures follow from the cost of the first solution; orders may stay out at a price (recreate.ts); trucks
 * change routes after each recreate; where the choice of trucks is open, the search cools again and again (cooling.ts), and orders that
 * somebody has to take may stay out on the way, as they may where fewest routes come first (missing.ts). The caller owns the clock and says
 * how much of the budget is used.
 */
import type { Pool } from '../columns/pool.ts'
import type { Instance } from '../instance.ts'
import { Random } from '../random.ts'
import { Budget } from './budget.ts'
import { keepsOrder } from './company.ts'
import { Cooling } from './cooling.ts'
import { reduceRoutes } from './fleet.ts'
import type { Homes } from './homes.ts'
import { readIncumbent, type Told } from './incumbent.ts'
import { Inserter } from './insertion.ts'
import { onlyLoads, searchLoads } from './loadsOnly.ts'
import { MissingPrice } from './missing.ts'
import { findNeighbours } from './neighbours.ts'
import { Numbering } from './numbering.ts'
import { Recreator, type SoloCosts } from './recreate.ts'
import { retypeRoutes } from './retype.ts'
import { fitsLater, refresh, SearchRoute, visitsOf } from './route.ts'
import { Ruiner } from './ruin.ts'
import { type Assignment, Solution } from './solution.ts'
import { makeTerms } from './terms.ts'
import { TUNING, type Tuning } from './tuning.ts'
import { onlyWindows, reduceTimed, searchWindows, type WindowCrew } from './windowsOnly.ts'

/** Neighbours listed per order. */
const MOST_NEIGHBOURS = 200
/** Above so many orders the first solution is built in portions, with a pause after each; up to so many it is the first result. */
const PORTION = 1000
export interface SearchOptions {
  readonly seed: number
  readonly iterations?: number | undefined
  /** bring the number of routes down before anything else */
  readonly fewestRoutes?: boolean
  readonly from?: Assignment['routes'] | undefined
  /** orders that stay on their routes, which `from` has */
  readonly homes?: Homes | undefined
  /** what a solution costs beside its routes and what goes direct, and the most that can be */
  readonly surcharge?: { readonly of: (solution: Solution) => number; readonly most: number } | undefined
  /** gathers the routes of every solution that is accepted in the colder half of a cooling: those of the hotter would crowd them out */
  readonly pool?: Pool | undefined
  readonly tune?: Partial<Tuning> | undefined
}

export interface SearchStep {
  readonly iterations: number
  /** the best so far, where it is better than at the step before */
  readonly better: Assignment | null
}

/** Cost of each order on a route of its own, by type: [type * orders + order]; Infinity where it is not possible. */
export function soloCosts(instance: Instance, permits: (type: number, order: number) => boolean): SoloCosts {
  const { orders, types, paired, company } = instance
  const solo = new Float64Array(types.length * orders).fill(Number.POSITIVE_INFINITY)
  const route = new SearchRoute()
  route.room(2, instance.dimensions)
  for (let type = 0; type < types.length; type++)
    for (let order = 0; order < orders; order++) {
      if (!permits(type, order)) continue
      route.type = type
      route.length = paired[order] ? 2 : 1
      route.visits[1] = 2 * order
      if (paired[order]) route.visits[2] = 2 * order + 1
      if (!refresh(instance, route) && !fitsLater(instance, route)) continue
      if (company !== null && !keepsOrder(instance, company, type, visitsOf(route))) continue
      const truck = types[type]
      if (route.peak.some((load, d) => load > truck.capacity[d])) continue
      if (route.stops > truck.maxStops || route.metres > truck.maxRouteM) continue
      solo[type * orders + order] = route.cost
    }
  return solo
}

/**
 * Searches until the caller stops pulling, or for `iterations`. Pass the share of the budget used so far, 0 to 1, to `next`; without it
 * and without `iterations` the search cools in rounds that double. What another search of the same instance with the same options has found
 * may be passed with it: where it is better it becomes the best, and late in the cooling the search goes on from it.
 */
export function* search(instance: Instance, options: SearchOptions): Generator<SearchStep, void, Told> {
  // what is changed in place is so quick that it matters where in memory it lies
  const { homes, surcharge, pool, from, fewestRoutes = false } = options
  const inPlace = instance.types.length > 0 && (onlyLoads(instance) || onlyWindows(instance, fewestRoutes))
  if (!inPlace || homes || surcharge || pool) {
    yield* searchAsNumbered(instance, options)
    return
  }
  const numbering = new Numbering(instance)
  const start = from && numbering.inward({ routes: from, absent: [], cost: 0 }).routes
  const steps = searchAsNumbered(numbering.instance, { ...options, from: start })
  let told: Told
  for (;;) {
    const { value, done } = steps.next(told)
    if (done) return
    told = yield { ...value, better: value.better && numbering.outward(value.better) }
    if (typeof told === 'object') told = { ...told, incumbent: numbering.inward(told.incumbent) }
  }
}

function* searchAsNumbered(instance: Instance, options: SearchOptions): Generator<SearchStep, void, Told> {
  const { orders, types, allowed } = instance
  if (types.length === 0) {
    // nothing can ride
    yield { iterations: 0, better: new Solution(instance).assignment() }
    return
  }
  const { fewestRoutes = false } = options
  const tuning = { ...TUNING, ...options.tune }
  const random = new Random(options.seed)
  const budget = new Budget(options.iterations)
  const solo = soloCosts(instance, (type, order) => types[type].count > 0 && allowed[type * orders + order] === 1)
  const inserter = new Inserter(instance, random)
  const neighbours = findNeighbours(instance, MOST_NEIGHBOURS)
  const homes = options.homes ?? null
  const recreator = new Recreator(instance, tuning, inserter, random, solo, neighbours, !options.fewestRoutes, homes)
  const ruiner = new Ruiner(instance, tuning, neighbours, random, recreator.routable, homes?.fixed)
  const limits = Float64Array.from(types, (type) => type.count)
  const spare: SearchRoute[] = []
  let current = new Solution(instance, spare)
  let candidate = new Solution(instance, spare)

  const { surcharge } = options
  // more than everything else together can cost: serving comes before saving
  const penalty = 1 + solo.reduce(addFinite, 0) + instance.directCost.reduce(addFinite, 0) + (surcharge?.most ?? 0)
  const missing = new MissingPrice(instance, penalty)
  const terms = makeTerms(instance, penalty)
  const krw = (solution: Solution, factor: number) =>
    solution.routeCost + factor * solution.directCost + missing.of(solution) + (surcharge ? surcharge.of(solution) : 0)
  const worth = terms ? (solution: Solution, factor: number) => terms.worth(solution, krw(solution, factor)) : krw
  const value = (solution: Solution) => {
    const cost = krw(solution, 1) - missing.of(solution) + penalty * solution.stranded
    return terms ? terms.value(solution, cost) : cost
  }

  // the plan to start from, or nothing on any route, and then every order offered a place
  for (const { type, visits } of options.from ?? []) current.open(type, visits)
  terms?.judge(current)
  let best = current.assignment()
  let bestValue = value(current)
  const portion = { from: 0, most: PORTION }
  while (recreator.recreate(current, tuning.directFactor, limits, null, { blinking: false, portion })) {
    portion.from += PORTION
    budget.hear(yield { iterations: 0, better: homes === null ? current.assignment() : null })
  }
  if (homes !== null && !homes.keeps(current)) {
    current = new Solution(instance, spare)
    for (const { type, visits } of best.routes) current.open(type, visits)
  }
  terms?.judge(current)
  if (value(current) < bestValue) {
    best = current.assignment()
    bestValue = value(current)
  }
  let better: Assignment | null = best
  const served = Math.max(1, orders - current.absentCount)
  const perOrder = current.routes.length > 0 ? current.routeCost / served : meanFinite(instance.directCost)
  const mixed = types.length > 1
  const hottest = perOrder * (options.fewestRoutes ? tuning.hotForFewestRoutes : tuning.hot)
  const cold = perOrder * tuning.cold
  budget.hear(yield { iterations: 0, better })
  better = null
  if (recreator.routable.length === 0) return

  const inPlace: WindowCrew | null =
    homes === null && !surcharge && onlyWindows(instance, fewestRoutes)
      ? { instance, tuning, random, budget, neighbours, solo, missing, penalty, limits, fewestRoutes }
      : null

  // fewer routes first, at any cost
  if (options.fewestRoutes) {
    const crew = { tuning, random, budget, ruiner, recreator, inserter, neighbours }
    best = inPlace
      ? yield* reduceTimed(inPlace, best, perOrder)
      : yield* reduceRoutes(crew, current, candidate, limits, perOrder)
    current = new Solution(instance, spare)
    candidate = new Solution(instance, spare)
    for (const { type, visits } of best.routes) current.open(type, visits)
    terms?.judge(current)
    bestValue = value(current)
    better = best
  }

  const cooling = new Cooling(budget, tuning, orders, { hot: hottest, cold, again: mixed, mayFinish: inPlace !== null })
  if (homes === null && !surcharge && !options.fewestRoutes && best.absent.length === 0 && onlyLoads(instance)) {
    yield* searchLoads({ instance, tuning, random, budget, neighbours, limits }, best, cooling)
    return
  }
  const openMissing = () => {
    const first = perOrder * tuning.missing
    if (options.fewestRoutes) missing.open(first, perOrder * tuning.missingLeast, tuning.missingGrowth)
    else if (mixed) missing.open(first, perOrder, 0)
  }
  if (best.absent.every((order) => instance.directCost[order] !== Number.POSITIVE_INFINITY)) openMissing()
  if (inPlace) {
    yield* searchWindows(inPlace, best, cooling, openMissing, options.pool)
    return
  }
  // routes only grow dearer while orders go in
  const onlyGrows = instance.traits !== 'general' && !mixed && terms === null
  const mayGoDirect = instance.directCost.some((cost) => cost !== Number.POSITIVE_INFINITY)
  while (!budget.over) {
    cooling.update()
    const { temperature, factor } = cooling
    candidate.copy(current)
    const before = candidate.absentCount
    // those left out longest come first, and the ruin is often at one
    const presses = missing.presses(candidate)
    const missedOne =
      presses && random.unit() < tuning.ruinAtMissed ? candidate.absent[random.below(candidate.absentCount)] : undefined
    const missed = presses && random.unit() < tuning.missedFirst ? missing.weights : null
    const seed = ruiner.ruin(candidate, missedOne)
    const open = terms ? terms.vary(limits, random) : limits
    const offer =
      mayGoDirect && random.unit() < tuning.openRate
        ? { type: random.below(types.length), share: tuning.openLeast ** random.unit() }
        : null
    const drawLimit = () => worth(current, factor) - temperature * Math.log(random.unit())
    const mostCost = onlyGrows ? drawLimit() : Number.POSITIVE_INFINITY
    recreator.recreate(candidate, factor, open, { seed, before }, { missed, offer, mostCost })
    if (tuning.retype && types.length > 1) retypeRoutes(candidate, open)
    terms?.settle(candidate, current, random)
    budget.iterations++
    const accepted =
      (homes === null || homes.keeps(candidate)) &&
      (worth(candidate, factor) < (onlyGrows ? mostCost : drawLimit()) ||
        (terms !== null && value(candidate) < bestValue - 1e-9))
    if (accepted) {
      candidate.keep()
      ;[current, candidate] = [candidate, current]
      if (options.pool && !cooling.ownWay)
        for (const route of current.routes) {
          if (route.pooled) continue
          options.pool.offer(route)
          route.pooled = true
        }
      const now = value(current)
      if (now < bestValue - 1e-9) {
        bestValue = now
        best = better = current.assignment()
        if (current.stranded === 0) openMissing()
      }
    } else candidate.discard()
    missing.hear(current, cooling.heat)
    if (budget.pauses(inserter.work)) {
      inserter.work = 0
      budget.hear(yield { iterations: budget.iterations, better })
      better = null
      // what another search has found
      const found = budget.takeIncumbent()
      const other = found && readIncumbent(instance, found, limits, homes, spare)
      if (!other) continue
      terms?.judge(other)
      const fewer = options.fewestRoutes && other.routes.length < best.routes.length && other.absentCount === 0
      if (!fewer && value(other) >= bestValue - 1e-9) continue
      bestValue = value(other)
      best = better = other.assignment()
      if (other.stranded === 0) openMissing()
      if (fewer) limits[0] = other.routes.length
      if (fewer || !cooling.ownWay) current = other
    }
  }
  yield { iterations: budget.iterations, better }
}

const addFinite = (sum: number, cost: number): number => (cost === Number.POSITIVE_INFINITY ? sum : sum + cost)

function meanFinite(values: Float64Array): number {
  const finite = values.filter((value) => value !== Number.POSITIVE_INFINITY)
  return finite.length > 0 ? finite.reduce((sum, value) => sum + value, 0) / finite.length : 1
}
