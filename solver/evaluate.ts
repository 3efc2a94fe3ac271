/** What a person's edit of a route would mean: its timetable, its price and every rule it breaks. */
import { openProblem } from './direct.ts'
import { writeRoute } from './document.ts'
import type { Route } from './plan.ts'
import type { Problem, Travel } from './problem.ts'
import { RULES } from './rules/index.ts'
import { scheduleRoute } from './schedule.ts'

export interface Evaluated {
  readonly route: Route
  /** rules broken, worst amounts in each rule's unit; empty: it can be driven */
  readonly broken: readonly { readonly rule: string; readonly excess: number; readonly unit: string }[]
}

/** Visits of one truck in order, judged by the rules and tariffs that the search uses. `open` once, evaluate many times. */
export function evaluator(problem: Problem, travel: Travel) {
  const opened = openProblem(problem, travel)
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  return (
    vehicle: string,
    visits: readonly { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }[],
  ): Evaluated => {
    const index = problem.vehicles.findIndex(({ id }) => id === vehicle)
    const type = opened.vehicleOf.indexOf(index)
    if (type < 0) throw new RangeError(`no vehicle ${vehicle}`)
    const dense = visits.map(({ shipment, kind }) => {
      const order = orderOf.get(shipment)
      if (order === undefined) throw new RangeError(`no shipment ${shipment}`)
      return 2 * order + (kind === 'pickup' ? 0 : 1)
    })
    const schedule = scheduleRoute(opened.instance, type, dense)
    const broken = RULES.flatMap((rule) => {
      const excess = rule.excess(schedule, opened.instance)
      return excess > 0 ? [{ rule: rule.name, excess, unit: rule.unit }] : []
    })
    return { route: writeRoute(opened, schedule, 'edited'), broken }
  }
}
