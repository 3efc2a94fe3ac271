/**
 * What the search asks about the company an order keeps on a route. Whole routes first; positions last, when they are cheap enough, in
 * load and in time. All of it is exact but for short rides under the rest rule: an order of visits is refused that only a later departure,
 * and with it another place for a rest, makes short enough.
 */
import { type Company, countBuried, mustNotMix } from '../company.ts'
import type { Instance } from '../instance.ts'
import { ridesTooFar } from '../rides.ts'
import { earliestDay, inTime, scheduleRoute } from '../schedule.ts'
import type { SearchRoute } from './route.ts'

/** True where nobody on the route must be kept apart from the order. */
export function mayBoard({ apartFrom }: Company, { visits, length }: SearchRoute, order: number): boolean {
  const others = apartFrom[order]
  if (others.length === 0) return true
  for (let k = 1; k <= length; k++) if (others.includes(visits[k] >> 1)) return false
  return true
}

/** True where nothing on board from behind position `i` to behind position `j` is of a class that the order must not meet. */
export function mixesWell(company: Company, { visits }: SearchRoute, order: number, i: number, j: number): boolean {
  if (company.cargo[order] < 0) return true
  let barred = 0
  for (let k = 1; k <= i; k++) if (mustNotMix(company, order, visits[k] >> 1)) barred += (visits[k] & 1) === 0 ? 1 : -1
  if (barred > 0) return false
  for (let k = i + 1; k <= j; k++) if (mustNotMix(company, order, visits[k] >> 1)) return false
  return true
}

/** True where the order of visits matters beyond load and time when the order joins the route. */
export function mindsOrder({ lastInFirstOut, maxOnBoardS }: Company, route: SearchRoute, order: number): boolean {
  if (lastInFirstOut[route.type] === 1 || maxOnBoardS[order] !== Number.POSITIVE_INFINITY) return true
  for (let k = 1; k <= route.length; k++)
    if (maxOnBoardS[route.visits[k] >> 1] !== Number.POSITIVE_INFINITY) return true
  return false
}

/**
 * True where a truck of the type may serve the visits in this order, as far as that depends on what is on board with what and for how long.
 * Where someone may not be on board for long it costs a whole timetable.
 */
export function keepsOrder(instance: Instance, company: Company, type: number, visits: readonly number[]): boolean {
  const { maxOnBoardS, lastInFirstOut } = company
  if (lastInFirstOut[type] === 1 && countBuried(visits, instance.placeOf) > 0) return false
  if (visits.every((visit) => maxOnBoardS[visit >> 1] === Number.POSITIVE_INFINITY)) return true
  if (ridesTooFar(instance, type, visits)) return false
  // a later departure only helps where the day is too long
  const day = earliestDay(instance, type, visits)
  if (inTime(instance, day)) return true
  return day.returnS - day.departS > instance.maxWorkS && inTime(instance, scheduleRoute(instance, type, visits))
}
