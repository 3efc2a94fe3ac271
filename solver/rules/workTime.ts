import { lawOf } from '../problem.ts'
import type { Rule } from './rule.ts'

/** From departure to return a driver works no longer than the law or the complex allows. */
export const workTime: Rule = {
  name: 'workTime',
  unit: 's',
  excess: (schedule, instance) => Math.max(0, schedule.returnS - schedule.departS - instance.maxWorkS),
  check(route, documents) {
    const limit = lawOf(documents.problem).maxWorkS
    const found = route.returnS - route.departS
    if (found <= limit) return []
    return [
      { rule: 'workTime', route: route.id, vehicle: route.vehicle, excess: found - limit, unit: 's', limit, found },
    ]
  },
}
