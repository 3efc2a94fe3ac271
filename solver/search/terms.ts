/**
 * Terms that span the whole plan, for the search: what they add to a solution's worth while it anneals, and to its value when it may
 * become the best. Annealed, a breach has a price that rises while most solutions accepted break something and falls while most keep it all
 * (after the adaptive penalties of Vidal et al. (2012), A hybrid genetic algorithm for multidepot and periodic vehicle routing problems,
 * Operations Research 60(3)). As the best, one order less left behind outweighs a breach of balance, and that outweighs every cost; what
 * has no dock is never the best. Insertion knows nothing of these terms, so a plan that keeps them may be missed.
 */
import { BALANCE_SCALE, spreads } from '../balance.ts'
import { arrangeDocks, type Trip } from '../docks.ts'
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import { markGroups } from './groups.ts'
import type { SearchRoute } from './route.ts'
import type { Solution } from './solution.ts'

/** Share of solutions that should keep every term, how fast it is measured, and how fast the price follows. */
const KEPT_LEAST = 0.3
const KEPT_MOST = 0.7
const MEMORY = 0.02
const STEP = 1.03
const RANGE = 10
/** A breach by a hair is priced as if by so much more, lest nothing drives it out. */
const BROKEN_AT_ALL = 0.25
/** Share of candidates with routes that find no dock which stay as they are. */
const LEFT_BROKEN = 0.3
/** Share of recreates that may open any truck there is. */
const VARIED = 0.5

/** By how much these routes break the terms, in scales of each; 0: they keep them all. */
export function breachOf(
  instance: Instance,
  routes: readonly { readonly type: number; readonly schedule: Schedule }[],
): number {
  const { balance, demand, dimensions } = instance
  if (balance === null) return 0
  const amounts = routes
    .filter(({ type }) => balance.dayOf[type] >= 0)
    .map(({ type, schedule }) => {
      const amount = {
        workS: schedule.returnS - schedule.departS,
        stops: schedule.stops,
        weightKg: schedule.visits.reduce(
          (sum, visit) => sum + (visit % 2 === 0 ? demand[(visit >> 1) * dimensions] : 0),
          0,
        ),
      }[balance.unit]
      return { day: balance.dayOf[type], amount }
    })
  const excess = spreads(amounts).reduce((sum, { spread }) => sum + Math.max(0, spread - balance.spread), 0)
  return excess / BALANCE_SCALE[balance.unit]
}

export class Terms {
  private readonly instance: Instance
  /** more than a whole plan costs */
  private readonly ceiling: number
  private readonly found = new WeakMap<Solution, Judgement>()
  private readonly weight: { readonly least: number; readonly most: number; now: number }
  private kept = (KEPT_LEAST + KEPT_MOST) / 2

  constructor(instance: Instance, ceiling: number) {
    this.instance = instance
    this.ceiling = ceiling
    const perOrder = ceiling / Math.max(1, instance.orders)
    this.weight = { least: perOrder / RANGE, most: RANGE * ceiling, now: perOrder }
  }

  /** As `judge`, for a candidate beside the solution it came from; mostly takes some orders off routes that find no dock, so that candidates without such routes are met. */
  settle(solution: Solution, current: Solution, random: Random): void {
    const { weight } = this
    const now = this.found.get(current)!
    this.kept += MEMORY * ((now.breach + now.refused.length === 0 ? 1 : 0) - this.kept)
    if (this.kept < KEPT_LEAST) weight.now = Math.min(weight.most, weight.now * STEP)
    else if (this.kept > KEPT_MOST) weight.now = Math.max(weight.least, weight.now / STEP)
    this.judge(solution)
    const { refused } = this.found.get(solution)!
    if (refused.length === 0 || random.unit() < LEFT_BROKEN) return
    const gone = new Uint8Array(this.instance.orders)
    // a route that empties gives its place to the last
    for (const index of refused.toSorted((a, b) => b - a)) {
      const { visits, length } = solution.routes[index]
      for (let k = 1; k <= length; k++) if (k === 1 || random.unit() < 0.5) gone[visits[k] >> 1] = 1
      if (this.instance.company !== null) markGroups(this.instance.company, gone)
      solution.remove(index, gone)
    }
    this.judge(solution)
  }

  /** Call when a solution has changed, before its worth or value is asked. */
  judge(solution: Solution): void {
    const { instance } = this
    const absent = solution.absent.subarray(0, solution.absentCount)
    const found = judgePlan(
      instance,
      solution.routes.map((route) => tripOf(instance, route)),
      absent,
    )
    this.found.set(solution, found)
  }

  /**
   * Routes that a recreate may have in use, by type. Insertion opens a truck wherever that is cheapest and would come to the same number
   * of routes again and again; every other time some types are held back, so that other divisions are met.
   */
  vary(limits: Float64Array, random: Random): Float64Array {
    if (random.unit() < VARIED) return limits
    return limits.map((limit) =>
      random.unit() < 0.5 ? limit : random.below(Math.min(limit, this.instance.orders) + 1),
    )
  }

  /** What annealing compares: `krw` and the price of the breach. */
  worth(solution: Solution, krw: number): number {
    const { breach, refused, extraKrw, stranded } = this.found.get(solution)!
    const broken = breach + refused.length
    const priced = krw + extraKrw + this.ceiling * stranded
    return broken > 0 ? priced + this.weight.now * (BROKEN_AT_ALL + broken) : priced
  }

  /** What the best is chosen by: strict between kept and broken, and between more and fewer left behind. */
  value(solution: Solution, krw: number): number {
    const { breach, refused, extraKrw, stranded } = this.found.get(solution)!
    if (refused.length > 0) return Number.POSITIVE_INFINITY
    const broken = breach > 0 ? 1 + breach / (1 + breach) : 0
    return krw + extraKrw + this.ceiling * (2 * solution.stranded + 3 * stranded + broken)
  }
}

interface Judgement {
  /** by how much balance is broken, see breachOf; docks may not be: routes that find no time at one */
  readonly breach: number
  readonly refused: readonly number[]
  /** what docks add to the cost, and the shipments they leave behind */
  readonly extraKrw: number
  readonly stranded: number
}

/** What the terms say of a whole plan: its routes, and the orders that ride on none. */
export function judgePlan(instance: Instance, trips: readonly Trip[], absent: Iterable<number>): Judgement {
  const docked = instance.docks && arrangeDocks(instance, trips, absent)
  const breach = breachOf(instance, [
    ...trips.map(({ type, schedule }, index) => ({ type, schedule: docked?.schedules[index] ?? schedule })),
    ...(instance.frozen?.routes ?? []),
  ])
  const { refused = [], extraKrw = 0, stranded = 0 } = docked ?? {}
  return { breach, refused, extraKrw, stranded }
}

/** Null where the problem has no such terms. */
export const makeTerms = (instance: Instance, ceiling: number): Terms | null =>
  hasTerms(instance) ? new Terms(instance, ceiling) : null

export const hasTerms = ({ balance, docks }: Instance): boolean => balance !== null || docks !== null

/** The route with its finished timetable, made once until the route changes. */
function tripOf(instance: Instance, route: SearchRoute): Trip {
  const { type } = route
  route.schedule ??= scheduleRoute(instance, type, [...route.visits.subarray(1, route.length + 1)])
  return { type, visits: route.schedule.visits, schedule: route.schedule }
}
