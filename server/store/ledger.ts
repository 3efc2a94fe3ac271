/** The ledger of a plan as it is kept: who has made each change and when is the service's to say. */
import { isDeepStrictEqual } from 'node:util'
import type { LedgerEntry, Plan } from '../../solver/index.ts'

/** Entries that were there before keep their stamp; every other is of now. */
export function stampLedger(before: Plan, after: Plan, by: string, at: Date): Plan {
  const { edits } = after
  if (!edits) return after
  const known = before.edits ?? []
  const isSame = (a: LedgerEntry, b: LedgerEntry) => a.krw === b.krw && isDeepStrictEqual(a.edit, b.edit)
  const stamp = { at: at.toISOString(), by: by.slice(0, 120) }
  const firstNew = edits.findIndex((entry, k) => !known[k] || !isSame(entry, known[k]))
  return {
    ...after,
    edits: edits.map(({ edit, krw }, k) => (firstNew < 0 || k < firstNew ? known[k]! : { edit, krw, ...stamp })),
  }
}
