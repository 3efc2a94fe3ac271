/** Who changed what: a line in the same transaction as the change itself. */
import type { Kysely } from 'kysely'
import { announceChange } from './outbox.ts'
import type { AuditEntry, Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { pageOf, within } from './within.ts'

export interface Change {
  readonly complex: string | null
  readonly action: string
  readonly noun: string
  readonly nounId: string
  /** Absent: there was, or is, nothing. */
  readonly before?: unknown
  readonly after?: unknown
}

export async function record(db: Kysely<Tables>, scope: Scope, change: Change): Promise<void> {
  const { complex, action, noun, nounId, before, after } = change
  await db
    .insertInto('audit')
    .values({
      at: new Date(),
      complex,
      actor: scope.actor,
      action,
      noun,
      noun_id: nounId,
      before: before === undefined ? null : JSON.stringify(before),
      after: after === undefined ? null : JSON.stringify(after),
      request: scope.request ?? null,
    })
    .execute()
  await announceChange(db, change)
}

export function auditNoun(db: Kysely<Tables>, scope: Scope): Nouns['audit'] {
  return {
    async list({ after, limit, nounId }) {
      let query = db.selectFrom('audit').selectAll().where(within(scope, 'complex'))
      if (nounId !== undefined) query = query.where('noun_id', '=', nounId)
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      const entries = rows.map(
        ({ at, noun_id, ...rest }): AuditEntry => ({ ...rest, at: at.toISOString(), nounId: noun_id }),
      )
      return pageOf(entries, limit, ({ seq }) => seq)
    },
  }
}
