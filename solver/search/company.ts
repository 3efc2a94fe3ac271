/**
 * What the search asks about the company an order keeps on a route. Whole routes first; positions last, when they are cheap enough, in
 * load and in time.
 */
import { type Company, mustNotMix } from '../company.ts'
import type { SearchRoute } from './route.ts'

/** True where nobody on the route must be kept apart from the order. */
export function mayBoard({ apartFrom }: Company, { visits, length }: SearchRoute, order: number): boolean {
  const others = apartFrom[order]
  if (others.length === 0) return true
  for (let k = 1; k <= length; k++) if (others.includes(visits[k] >> 1)) return false
  return true
}

/** True where the order may be on board from behind position `i` to behind position `j` of the route. */
export function suitsCompany(company: Company, route: SearchRoute, order: number, i: number, j: number): boolean {
  return company.cargo[order] < 0 || mixesWell(company, route, order, i, j)
}

/** True where nothing on board between the positions is of a class that the order must not meet. */
function mixesWell(company: Company, { visits }: SearchRoute, order: number, i: number, j: number): boolean {
  let barred = 0
  for (let k = 1; k <= i; k++) if (mustNotMix(company, order, visits[k] >> 1)) barred += (visits[k] & 1) === 0 ? 1 : -1
  if (barred > 0) return false
  for (let k = i + 1; k <= j; k++) if (mustNotMix(company, order, visits[k] >> 1)) return false
  return true
}
