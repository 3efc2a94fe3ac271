/** A repair made: the problem that allows it, and the plan that makes use of it. */
import { openDesk } from '../edits/desk.ts'
import type { Plan } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { repairedProblem } from './hosts.ts'
import type { Change } from './repair.ts'
import { findRepairs } from './repairs.ts'
import { findWays } from './ways.ts'

/**
 * Works out the repairs of the shipment as for its explanation and makes the one with these changes; null where it has none such, because
 * the plan is not what it was when the repair was told. The ledger and the locks of the plan stay with it.
 */
export function repairPlan(
  whole: Problem,
  travel: Travel,
  plan: Plan,
  { shipment, changes }: { readonly shipment: string; readonly changes: readonly Change[] },
): { readonly problem: Problem; readonly plan: Plan } | null {
  const desk = openDesk(whole, travel, plan)
  const order = desk.orderOf.get(shipment)
  if (order === undefined) return null
  const wanted = textOf(changes)
  const found = findRepairs(desk, order, findWays(desk, order)).find((repair) => textOf(repair.changes) === wanted)
  return found ? { problem: repairedProblem(desk, found.changes), plan: found.plan } : null
}

/** Whatever the order of the keys: they have travelled. */
const textOf = (changes: readonly Change[]): string =>
  JSON.stringify(changes.map((change) => Object.entries(change).sort(([a], [b]) => (a < b ? -1 : 1))))
