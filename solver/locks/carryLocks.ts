/** What people had fixed in the plan before, as the new plan may say it of itself: routes have other numbers there. */
import type { Plan } from '../plan.ts'
import { checkLocks } from './checkLocks.ts'
import type { Lock } from './lock.ts'

/**
 * Of the locks that the plan was made under those that were the earlier plan's own and are kept; what was asked of this one search ends
 * with it. What could not be kept is told by the plan's provenance.
 */
export function carryLocks(plan: Plan, own: readonly Lock[]): Lock[] {
  const wanted = new Set(own.map((lock) => JSON.stringify(lock)))
  return checkLocks(plan).flatMap(({ record: { lock, visits = [] }, state, route }): Lock[] => {
    if (state !== 'kept' || !wanted.delete(JSON.stringify(lock))) return []
    if (lock.grade === 'route') return route === undefined ? [] : [{ ...lock, route }]
    if (lock.grade !== 'sequence') return [lock]
    // others may ride there now, who were not meant
    const shipments = [...new Set(visits.map(({ shipment }) => shipment))]
    return route === undefined ? [] : [{ grade: 'sequence', route, shipments }]
  })
}
