/**
 * What the search asks about the company an order keeps on a route. Whole routes first; positions last, when they are cheap enough, in
 * load and in time.
 */
import { type Company, countBuried, mustNotMix } from '../company.ts'
import type { Instance } from '../instance.ts'
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

/** True where the order of the route's visits matters beyond load and time. */
export const mindsOrder = ({ lastInFirstOut }: Company, { type }: SearchRoute): boolean => lastInFirstOut[type] === 1

/** True where a truck of the type may serve the visits in this order, as far as that depends on what is on board with what. */
export const keepsOrder = ({ placeOf }: Instance, company: Company, type: number, visits: readonly number[]): boolean =>
  company.lastInFirstOut[type] === 0 || countBuried(visits, placeOf) === 0
