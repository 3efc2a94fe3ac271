/** The solver's door for problems: ever better plans, pulled by whoever owns the clock. */
import { type Opened, openProblem } from './direct.ts'
import { writePlan } from './document.ts'
import type { Plan } from './plan.ts'
import type { Problem, Travel } from './problem.ts'
import { RULES } from './rules/index.ts'
import { scheduleRoute } from './schedule.ts'
import { search } from './search/search.ts'
import type { Assignment } from './search/solution.ts'
import { hasTerms, judgePlan } from './search/terms.ts'
import { VERSION } from './version.ts'

export interface ImproveOptions {
  readonly seed: number
  /** ends by itself after so many; same input, seed and iterations: same plan, byte for byte */
  readonly iterations?: number | undefined
  /** a plan of the same problem to start from */
  readonly from?: Plan | undefined
}

export interface Step {
  readonly iterations: number
  readonly costKrw: number
  /** the best plan so far, where it is better than at the step before */
  readonly plan?: Plan
}

/**
 * Ever better plans for a problem without issues. Pass the share of the budget used so far, 0 to 1, to `next`: cooling follows it. A
 * step takes some 10 ms. Stop by not pulling any more. Every plan costs at most B1, but for groups that must ride together, which B1 sends
 * one by one, and for trucks that have to wait for docks, which those of B1 do not.
 */
export function* improve(
  problem: Problem,
  travel: Travel,
  options: ImproveOptions,
): Generator<Step, void, number | undefined> {
  const opened = openProblem(problem, travel)
  yield* improveOpened(opened, options)
}

/** As `improve`, on a problem that is open already. */
export function* improveOpened(
  opened: Opened,
  { seed, iterations, from }: ImproveOptions,
): Generator<Step, void, number | undefined> {
  const { instance, travel } = opened
  const everyOrder = Array.from({ length: instance.orders }, (_, order) => order)
  const directOnly: Assignment = {
    routes: [],
    absent: everyOrder,
    cost: instance.directCost.reduce((sum, cost) => sum + (cost === Number.POSITIVE_INFINITY ? 0 : cost), 0),
  }
  // first that every truck has its dock, then that more is served, then that balance is kept, then what it costs
  const rank = ({ routes, absent, cost }: Assignment) => {
    const stranded = absent.filter((order) => instance.directCost[order] === Number.POSITIVE_INFINITY).length
    if (!hasTerms(instance)) return [0, stranded, 0, cost] as const
    const trips = routes.map(({ type, visits }) => ({ type, visits, schedule: scheduleRoute(instance, type, visits) }))
    const found = judgePlan(instance, trips, absent)
    return [found.refused.length, stranded + found.stranded, found.breach, cost + found.extraKrw] as const
  }
  const isBetter = (a: Assignment, b: Assignment) => {
    const [left, right] = [rank(a), rank(b)]
    const k = left.findIndex((amount, index) => amount !== right[index])
    return k >= 0 && left[k] < right[k]
  }

  const steps = search(instance, { seed, iterations, from: from ? readPlan(opened, from) : undefined })
  let best = directOnly
  let bestKrw = rank(best)[3]
  let told = false
  let used: number | undefined
  for (;;) {
    const { value: step, done } = steps.next(used)
    if (done || !step) return
    const sent = step.better && sendDirect(opened, step.better)
    const found = sent && isBetter(step.better, sent) ? step.better : sent
    const improved = found !== null && isBetter(found, best)
    if (improved) {
      best = found
      bestKrw = rank(best)[3]
    }
    const plan =
      improved || !told
        ? writePlan(opened, best, {
            version: VERSION,
            seed,
            iterations: step.iterations,
            threads: 1,
            travelKey: travel.key,
            estimated: travel.estimated,
          })
        : undefined
    told = true
    used = yield { iterations: step.iterations, costKrw: bestKrw, ...(plan ? { plan } : {}) }
  }
}

/** Routes of one shipment that goes direct for no more are dissolved: the search keeps such trucks open for others to join. */
function sendDirect({ instance, solo }: Opened, { routes, absent, cost }: Assignment): Assignment {
  const price = ({ type, visits }: Assignment['routes'][number]) => solo[type * instance.orders + (visits[0] >> 1)]
  const single = routes.filter(
    (route) => route.visits.length === 2 && instance.directCost[route.visits[0] >> 1] <= price(route),
  )
  if (single.length === 0) return { routes, absent, cost }
  const orders = single.map(({ visits }) => visits[0] >> 1)
  return {
    routes: routes.filter((route) => !single.includes(route)),
    absent: [...absent, ...orders].sort((a, b) => a - b),
    cost: single.reduce((sum, route) => sum - price(route) + instance.directCost[route.visits[0] >> 1], cost),
  }
}

/** The routes of a plan as indices, without those that name what is gone or break a rule of the problem as it is now. */
function readPlan({ problem, vehicleOf, instance }: Opened, plan: Plan): Assignment['routes'] {
  const orderOf = new Map(problem.shipments.map((shipment, order) => [shipment.id, order]))
  const { roster } = instance
  const used = instance.types.map(() => 0)
  const taken = new Set<number>()
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
