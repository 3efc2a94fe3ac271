/**
 * One route by the names of its visits: its timetable, its price and every rule it breaks. The product asks the editor and `checkPlan`; this is
 * the yardstick of tests and proofs, which enumerate routes that no plan holds.
 */
import { type Opened, openProblem } from './direct.ts'
import { writeRoute } from './document.ts'
import type { Part, Route } from './plan.ts'
import type { Problem, Travel } from './problem.ts'
import { roadlessLegs, withoutGaps } from './roads.ts'
import { RULES } from './rules/index.ts'
import { type Schedule, scheduleRoute } from './schedule.ts'

export interface Evaluated {
  readonly route: Route
  /** rules broken, worst amounts in each rule's unit; empty: it can be driven */
  readonly broken: readonly { readonly rule: string; readonly excess: number; readonly unit: string }[]
}

/**
 * Visits of one truck in order, judged by the rules and tariffs that the search uses. `open` once, evaluate many times. `parts`: those of
 * the plan that is edited; shipments that were split are named by their parts. A route over legs without a road is timed as if these took
 * no time, so that a person can read the rest of it; the rule `road` says how many they are.
 */
export function evaluator(whole: Problem, travel: Travel, parts?: readonly Part[]) {
  const opened = openProblem(whole, travel, parts)
  let bridged: Opened | undefined
  const { problem } = opened
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  return (
    vehicle: string,
    visits: readonly { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }[],
  ): Evaluated => {
    const types = opened.vehicleOf.flatMap((index, type) => (problem.vehicles[index].id === vehicle ? [type] : []))
    if (types.length === 0) throw new RangeError(`no vehicle ${vehicle}`)
    const dense = visits.map(({ shipment, kind }) => {
      const order = orderOf.get(shipment)
      if (order === undefined) throw new RangeError(`no shipment ${shipment}`)
      return 2 * order + (kind === 'pickup' ? 0 : 1)
    })
    // the shift of the vehicle that breaks fewest rules, the cheapest of those: goods may have to wait for it
    const [best] = types
      .map((type) => {
        const roadless = roadlessLegs(opened.instance, type, dense).length
        if (roadless > 0) bridged ??= openProblem(whole, withoutGaps(travel), parts)
        const timed = roadless > 0 ? bridged! : opened
        const schedule = scheduleRoute(timed.instance, type, dense)
        const broken = [...brokenRules(timed, schedule), ...brokenModes(problem, dense)]
        if (roadless > 0) broken.unshift({ rule: 'road', excess: roadless, unit: 'legs' })
        if (opened.instance.roster?.isStaffed(type) === false)
          broken.push({ rule: 'drivers', excess: 1, unit: 'drivers' })
        return { route: writeRoute(timed, schedule, 'edited'), broken }
      })
      .sort((a, b) => a.broken.length - b.broken.length || a.route.costKrw - b.route.costKrw)
    return best
  }
}

const brokenRules = ({ instance }: Opened, schedule: Schedule): Evaluated['broken'] =>
  RULES.flatMap((rule) => {
    const excess = rule.excess(schedule, instance)
    return excess > 0 ? [{ rule: rule.name, excess, unit: rule.unit }] : []
  })

/** Shipments that may not ride on a route at all. */
function brokenModes({ shipments }: Problem, visits: readonly number[]): Evaluated['broken'] {
  const barred = [...new Set(visits.map((visit) => visit >> 1))].filter(
    (order) => shipments[order].modes && !shipments[order].modes.includes('route'),
  )
  return barred.length > 0 ? [{ rule: 'modes', excess: barred.length, unit: 'shipments' }] : []
}
