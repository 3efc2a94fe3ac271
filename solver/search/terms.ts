/**
 * Terms that span the whole plan, for the search: what they add to a solution's worth while it anneals, and to its value when it may
 * become the best. Annealed, a breach has a price that rises while most candidates break something and falls while most keep it all
 * (after the adaptive penalties of Vidal et al. (2012), A hybrid genetic algorithm for multidepot and periodic vehicle routing problems,
 * Operations Research 60(3)). As the best, one order less left behind outweighs a breach, and a breach outweighs every cost.
 * Insertion knows nothing of these terms, so a plan that keeps them may be missed.
 */
import { BALANCE_SCALE, spreads } from '../balance.ts'
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import type { SearchRoute } from './route.ts'
import type { Solution } from './solution.ts'

/** Share of candidates that should keep every term, how fast it is measured, and how fast the price follows. */
const KEPT_LEAST = 0.3
const KEPT_MOST = 0.7
const MEMORY = 0.02
const STEP = 1.03
const RANGE = 100
/** A breach by a hair is priced as if by so much more, lest nothing drives it out. */
const BROKEN_AT_ALL = 0.25
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
  private readonly breaches = new WeakMap<Solution, number>()
  private readonly weight: { readonly least: number; readonly most: number; now: number }
  private kept = (KEPT_LEAST + KEPT_MOST) / 2

  constructor(instance: Instance, ceiling: number) {
    this.instance = instance
    this.ceiling = ceiling
    const perOrder = ceiling / Math.max(1, instance.orders)
    this.weight = { least: perOrder / RANGE, most: perOrder * RANGE, now: perOrder }
  }

  /** Call when a solution has changed, before its worth or value is asked. */
  judge(solution: Solution): void {
    const { instance, weight } = this
    const routes = solution.routes.map((route) => ({ type: route.type, schedule: scheduleOf(instance, route) }))
    const breach = breachOf(instance, routes)
    this.breaches.set(solution, breach)
    this.kept += MEMORY * ((breach === 0 ? 1 : 0) - this.kept)
    if (this.kept < KEPT_LEAST) weight.now = Math.min(weight.most, weight.now * STEP)
    else if (this.kept > KEPT_MOST) weight.now = Math.max(weight.least, weight.now / STEP)
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
    const breach = this.breaches.get(solution)!
    return breach > 0 ? krw + this.weight.now * (BROKEN_AT_ALL + breach) : krw
  }

  /** What the best is chosen by: strict between kept and broken, and between more and fewer left behind. */
  value(solution: Solution, krw: number): number {
    const breach = this.breaches.get(solution)!
    return krw + this.ceiling * (2 * solution.stranded + (breach > 0 ? 1 + breach / (1 + breach) : 0))
  }
}

/** Null where the problem has no such terms. */
export const makeTerms = (instance: Instance, ceiling: number): Terms | null =>
  instance.balance === null ? null : new Terms(instance, ceiling)

/** The finished timetable of a route, made once until the route changes. */
function scheduleOf(instance: Instance, route: SearchRoute): Schedule {
  route.schedule ??= scheduleRoute(instance, route.type, [...route.visits.subarray(1, route.length + 1)])
  return route.schedule
}
