/**
 * What another search of the same instance with the same options has found, taken over as a solution. Everything is judged again here, so
 * that what comes from outside can never break a rule: better to go on without it.
 */
import type { Instance } from '../instance.ts'
import { RULES } from '../rules/index.ts'
import { STATIC_RULES } from '../rules/static.ts'
import { scheduleRoute } from '../schedule.ts'
import type { Homes } from './homes.ts'
import type { SearchRoute } from './route.ts'
import { type Assignment, Solution } from './solution.ts'

/** What a truck may never carry is in `allowed`; instances of the literature have nothing else to say of it. */
const MOVING_RULES = RULES.filter(({ name }) => STATIC_RULES.every((rule) => rule.name !== name))

/** What the puller of a search passes to `next`: the share of the budget used, 0 to 1, and an assignment found elsewhere. */
export type Told = number | { readonly used?: number | undefined; readonly incumbent: Assignment } | undefined

/** The share of the budget used, where it is told. */
export const shareOf = (told: Told): number | undefined => (typeof told === 'object' ? told.used : told)

/** Null where it breaks a rule, a home, or `limits[type]`: routes there may be. */
export function readIncumbent(
  instance: Instance,
  { routes }: Assignment,
  limits: ArrayLike<number>,
  homes: Homes | null,
  pool: SearchRoute[],
): Solution | null {
  const { orders, types, paired, allowed, roster } = instance
  const solution = new Solution(instance, pool)
  const seen = new Uint8Array(2 * orders)
  for (const { type, visits } of routes) {
    const known = visits.every((visit) => {
      const order = visit >> 1
      const sound =
        seen[visit] === 0 && allowed[type * orders + order] === 1 && (visit % 2 === 0 || paired[order] === 1)
      seen[visit] = 1
      return sound
    })
    if (!known || visits.length === 0 || !types[type] || solution.used[type] >= limits[type]) return null
    if (roster && !roster.admits(solution.used, type)) return null
    const schedule = scheduleRoute(instance, type, visits)
    if (MOVING_RULES.some((rule) => rule.excess(schedule, instance) > 0) || !solution.open(type, visits)) return null
  }
  return homes === null || homes.keeps(solution) ? solution : null
}
