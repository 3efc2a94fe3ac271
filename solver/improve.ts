/** The solver's door for problems: ever better plans, pulled by whoever owns the clock. */
import type { Highs } from './columns/lp.ts'
import type { Pool } from './columns/pool.ts'
import { Recombiner } from './columns/recombine.ts'
import { type Opened, openProblem } from './direct.ts'
import { writePlan, writeRoute } from './document.ts'
import { carryLocks } from './locks/carryLocks.ts'
import { type Held, holdLocks } from './locks/hold.ts'
import type { Lock } from './locks/lock.ts'
import { movedShipments } from './moved.ts'
import type { Plan } from './plan.ts'
import type { Problem, Travel } from './problem.ts'
import { RULES } from './rules/index.ts'
import { scheduleRoute } from './schedule.ts'
import { shareOf, type Told } from './search/incumbent.ts'
import { search } from './search/search.ts'
import type { Assignment } from './search/solution.ts'
import { hasTerms, judgePlan } from './search/terms.ts'
import { Stability } from './stability.ts'
import { VERSION } from './version.ts'

export interface ImproveOptions {
  readonly seed: number
  /** ends by itself after so many; same input, seed and iterations: same plan, byte for byte */
  readonly iterations?: number | undefined
  /** a plan of the same problem to start from */
  readonly from?: Plan | undefined
  /** where the search begins instead of at `from`: the best of an earlier search with the same `from` and locks */
  readonly resume?: Plan | undefined
  /** parts of `from` that stay as they are; what became of each is told by the plan's provenance */
  readonly locks?: readonly Lock[] | undefined
  /** won that a shipment's move to another truck or mode than in `from` must save at least; default 0. No cost line shows them */
  readonly stabilityKrw?: number | undefined
  /** now and then puts the best plan together from all routes met; default: the search goes without */
  readonly recombine?: { readonly highs: Highs; readonly seconds?: number | undefined } | undefined
  /** gathers the routes that the search meets, for others to use */
  readonly pool?: Pool | undefined
}

export interface Step {
  readonly iterations: number
  readonly costKrw: number
  /** what the search has found since the step before, for another on the same problem with the same options */
  readonly assignment: Assignment | null
  /** the best plan so far, where it is better than at the step before */
  readonly plan?: Plan
}

/**
 * Ever better plans for a problem without issues. Pass the share of the budget used so far, 0 to 1, to `next`: cooling follows it. With
 * it may come the `assignment` of a search beside this one. A step takes some 10 ms, or a while where routes are put together. Stop by not
 * pulling any more. Every plan costs at most B1, but for groups that must ride together, which B1 sends one by one, for trucks that have to
 * wait for docks, which those of B1 do not, and unless locks or stability ask for more.
 */
export function* improve(problem: Problem, travel: Travel, options: ImproveOptions): Generator<Step, void, Told> {
  const opened = openProblem(problem, travel)
  yield* improveOpened(opened, options)
}

/** As `improve`, on a problem that is open already. */
export function* improveOpened(
  asked: Opened,
  { seed, iterations, from, resume = from, locks = [], stabilityKrw = 0, ...options }: ImproveOptions,
): Generator<Step, void, Told> {
  const held = locks.length > 0 ? holdLocks(asked, from ?? { routes: [], direct: [] }, locks) : null
  const opened = held?.opened ?? asked
  const instance = held?.instance ?? asked.instance
  const stability = from && stabilityKrw > 0 ? new Stability(opened, from, stabilityKrw) : null
  // everything direct but what is locked on routes
  const riding = new Set(held?.routes.flatMap(({ visits }) => visits.map((visit) => visit >> 1)))
  const absent = Array.from({ length: instance.orders }, (_, order) => order).filter((order) => !riding.has(order))
  const priceOf = (order: number) =>
    instance.directCost[order] === Number.POSITIVE_INFINITY ? 0 : instance.directCost[order]
  const directOnly: Assignment = {
    routes: held?.routes ?? [],
    absent,
    cost:
      absent.reduce((sum, order) => sum + priceOf(order), 0) +
      (held?.routes ?? []).reduce((sum, { type, visits }) => sum + routeKrw(opened, type, visits), 0),
  }
  // first that every truck has its dock, then that more is served, then that balance is kept, then what it costs
  const judge = ({ routes, absent, cost }: Assignment) => {
    const stranded = absent.filter((order) => instance.directCost[order] === Number.POSITIVE_INFINITY).length
    if (!hasTerms(instance)) return { refused: 0, stranded, breach: 0, krw: cost }
    const trips = routes.map(({ type, visits }) => ({ type, visits, schedule: scheduleRoute(instance, type, visits) }))
    const found = judgePlan(instance, trips, absent)
    const { breach, extraKrw, refused } = found
    return { refused: refused.length, stranded: stranded + found.stranded, breach, krw: cost + extraKrw }
  }
  const rank = (assignment: Assignment) => {
    const { refused, stranded, breach, krw } = judge(assignment)
    return [refused, stranded, breach, krw + (stability?.movesKrw(assignment).all ?? 0)]
  }
  const isBetter = (a: Assignment, b: Assignment) => {
    const [left, right] = [rank(a), rank(b)]
    const k = left.findIndex((amount, index) => amount !== right[index])
    return k >= 0 && left[k] < right[k]
  }
  const worth = (assignment: Assignment) => assignment.cost + (stability?.movesKrw(assignment).all ?? 0)

  const start = resume && [...(held?.routes ?? []), ...readPlan({ ...opened, instance }, resume, held)]
  // what is locked, or costs won that are in no ledger, is not put together anew
  const joiner =
    held || stability || !options.recombine
      ? undefined
      : new Recombiner(options.recombine.highs, instance, options.recombine.seconds, options.pool)
  const pool = joiner?.pool ?? options.pool
  const steps = search(stability?.price(instance) ?? instance, {
    seed,
    iterations,
    from: start,
    homes: held?.homes,
    pool,
    surcharge: stability ? { of: stability.unpriced, most: stabilityKrw * instance.orders } : undefined,
  })
  // what the search paid for moves is no money
  const real = (found: Assignment): Assignment =>
    stability ? { ...found, cost: found.cost - stability.movesKrw(found).priced } : found
  const frozen = held?.frozen ?? []
  const frozenKrw = frozen.reduce((sum, { schedule }) => sum + writeRoute(opened, schedule, '').costKrw, 0)
  const frozenOrders = new Set(frozen.flatMap(({ visits }) => visits.map((visit) => visit >> 1)))
  const complete = ({ routes, absent, cost }: Assignment): Assignment => ({
    routes: [...routes, ...frozen],
    absent: absent.filter((order) => !frozenOrders.has(order)),
    cost: cost + frozenKrw,
  })
  let best = directOnly
  let bestKrw = judge(best).krw
  let shown = false
  let told: Told
  for (;;) {
    const { value: step, done } = steps.next(told)
    if (done || !step) return
    const kept = step.better && real(step.better)
    const sent = kept && sendDirect(opened, kept, worth)
    const found = kept && sent && isBetter(kept, sent) ? kept : sent
    const improved = found !== null && isBetter(found, best)
    if (improved) {
      best = found
      bestKrw = judge(best).krw
    }
    let plan: Plan | undefined
    if (improved || !shown) {
      plan = writePlan(opened, complete(best), {
        version: VERSION,
        seed,
        iterations: step.iterations,
        threads: 1,
        travelKey: opened.travel.key,
        estimated: opened.travel.estimated,
        ...(opened.travel.estimatedTolls && { estimatedTolls: true }),
        ...(opened.travel.fallback && { fallback: opened.travel.fallback }),
        ...provenanceOfHours(opened.travel),
        ...(held && { locks: [...held.records] }),
      })
      const own = held && from?.locks ? carryLocks(plan, from.locks) : []
      if (own.length > 0) plan = { ...plan, locks: own }
      if (stability) {
        const moved = movedShipments(opened.problem, from!, plan).length
        plan = { ...plan, provenance: { ...plan.provenance, stability: { perShipmentKrw: stabilityKrw, moved } } }
      }
      shown = true
    }
    told = yield {
      iterations: step.iterations,
      costKrw: bestKrw + frozenKrw,
      assignment: step.better,
      ...(plan ? { plan } : {}),
    }
    const used = iterations === undefined ? shareOf(told) : step.iterations / iterations
    const incumbent = joiner?.improve(used, best, bestKrw)
    if (incumbent) told = { used: shareOf(told), incumbent }
  }
}

/** Said of a plan whose roads take another time, or another toll, at another hour. */
function provenanceOfHours({ tables, timeOfDay, tollDiscounts }: Travel): Partial<Plan['provenance']> {
  const sliced = tables.some(({ slices = [] }) => slices.length > 0)
  // slices of discounts alone have the times of the day
  const hours = timeOfDay ?? (sliced && !tollDiscounts ? ({ basis: 'stated' } as const) : undefined)
  return { ...(sliced && hours && { timeOfDay: hours }), ...(tollDiscounts && { tollDiscounts }) }
}

/** Routes of one shipment that goes direct for no more are dissolved: the search keeps such trucks open for others to join. */
function sendDirect(
  { instance, solo }: Opened,
  found: Assignment,
  worth: (assignment: Assignment) => number,
): Assignment {
  return found.routes.reduce((now: Assignment, route) => {
    const order = route.visits[0] >> 1
    if (route.visits.length !== 2 || instance.directCost[order] === Number.POSITIVE_INFINITY) return now
    const dissolved = {
      routes: now.routes.filter((other) => other !== route),
      absent: [...now.absent, order].sort((a, b) => a - b),
      cost: now.cost - solo[route.type * instance.orders + order] + instance.directCost[order],
    }
    return worth(dissolved) <= worth(now) ? dissolved : now
  }, found)
}

const routeKrw = (opened: Opened, type: number, visits: readonly number[]): number =>
  writeRoute(opened, scheduleRoute(opened.instance, type, visits), '').costKrw

/**
 * The routes of a plan as indices, without those that name what is gone, break a rule of the problem as it is now, or have shipments
 * whose way is locked.
 */
function readPlan({ problem, vehicleOf, instance }: Opened, plan: Plan, held: Held | null): Assignment['routes'] {
  const orderOf = new Map(problem.shipments.map((shipment, order) => [shipment.id, order]))
  const { roster } = instance
  const used = instance.types.map((_, type) => (held?.routes ?? []).filter((route) => route.type === type).length)
  const taken = new Set((held?.routes ?? []).flatMap(({ visits }) => visits.map((visit) => visit >> 1)))
  return plan.routes.flatMap((route) => {
    const fits = (vehicle: number, candidate: number) =>
      problem.vehicles[vehicle].id === route.vehicle &&
      route.departS >= instance.types[candidate].opensS &&
      route.returnS <= instance.types[candidate].closesS
    const driver = problem.drivers?.findIndex(({ id }) => id === route.driver) ?? -1
    const driven = vehicleOf.findIndex((vehicle, type) => fits(vehicle, type) && roster?.mayDrive(driver, type))
    const type = driven >= 0 ? driven : vehicleOf.findIndex(fits)
    const visits = route.stops.flatMap((stop) =>
      stop.visits.map(({ shipment, kind }) => 2 * (orderOf.get(shipment) ?? Number.NaN) + (kind === 'pickup' ? 0 : 1)),
    )
    if (type < 0 || visits.some(Number.isNaN)) return []
    const orders = [...new Set(visits.map((visit) => visit >> 1))]
    const schedule = scheduleRoute(instance, type, visits)
    const sound =
      used[type] < instance.types[type].count &&
      (!roster || roster.admits(used, type)) &&
      orders.every((order) => !taken.has(order) && instance.allowed[type * instance.orders + order] === 1) &&
      RULES.every((rule) => rule.excess(schedule, instance) === 0)
    if (!sound) return []
    used[type]++
    for (const order of orders) taken.add(order)
    return [{ type, visits }]
  })
}
