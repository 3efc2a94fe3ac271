/** Planning a planned day again: what of the plan is to stay, and what the new one changes. */
import type { KeepLevel, Plan } from '../../solver/index.ts'

/** The one question. What the levels mean as locks is the solver's to say. */
export const LEVELS = ['routes', 'trucks', 'nothing'] as const satisfies readonly KeepLevel[]
export type Level = (typeof LEVELS)[number]

export interface PlanDifference {
  readonly deltaKrw: number
  readonly deltaM: number
  readonly deltaRoutes: number
  readonly deltaDirect: number
  readonly deltaUnserved: number
  readonly moved: readonly string[]
  /** numbers of the routes of the new plan that drive otherwise */
  readonly changed: readonly number[]
  readonly refusedLocks: number
}

const kilometres = ({ routes, direct }: Plan): number =>
  [...routes, ...direct.flatMap(({ route }) => route ?? [])].reduce((sum, { distanceM }) => sum + distanceM, 0)
const course = ({ vehicle, stops }: Plan['routes'][number]) =>
  JSON.stringify([vehicle, stops.map(({ visits }) => visits.map(({ shipment, kind }) => [shipment, kind]))])

/** `moved`: as the solver counts them. */
export function differenceOf(before: Plan, after: Plan, moved: readonly string[]): PlanDifference {
  const known = new Set(before.routes.map(course))
  return {
    deltaKrw: after.costKrw - before.costKrw,
    deltaM: kilometres(after) - kilometres(before),
    deltaRoutes: after.routes.length - before.routes.length,
    deltaDirect: after.direct.length - before.direct.length,
    deltaUnserved: after.unserved.length - before.unserved.length,
    moved,
    changed: after.routes.flatMap((route, index) => (known.has(course(route)) ? [] : [index + 1])),
    refusedLocks: (after.provenance.locks ?? []).filter(({ refused }) => refused).length,
  }
}
