/** Who changed what: a line in the same transaction as the change itself. */
import type { Kysely, Selectable } from 'kysely'
import { newsOf, type Told, tellNews } from './news.ts'
import { announceChange } from './outbox.ts'
import type { AuditLine, Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { pageOf, within } from './within.ts'

/** `before`, `after`: absent where there was, or is, nothing. */
export type Change = Told

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
  const news = complex === null ? undefined : newsOf(scope, change)
  if (news && complex !== null) await tellNews(db, { complex, news })
}

export function auditNoun(db: Kysely<Tables>, scope: Scope): Nouns['audit'] {
  return {
    async list({ after, limit, nounId }) {
      // before and after may be whole plans: of one line only
      let query = db
        .selectFrom('audit')
        .select(['seq', 'at', 'complex', 'actor', 'action', 'noun', 'noun_id', 'request'])
        .where(within(scope, 'complex'))
      if (nounId !== undefined) query = query.where('noun_id', '=', nounId)
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      return pageOf(rows.map(lineOf), limit, ({ seq }) => seq)
    },
    async get(seq) {
      const row = await db
        .selectFrom('audit')
        .selectAll()
        .where('seq', '=', seq)
        .where(within(scope, 'complex'))
        .executeTakeFirst()
      return row && { ...lineOf(row), before: row.before, after: row.after }
    },
  }
}

const lineOf = ({
  seq,
  at,
  complex,
  actor,
  action,
  noun,
  noun_id,
  request,
}: Omit<Selectable<Tables['audit']>, 'before' | 'after'>): AuditLine => ({
  seq,
  at: at.toISOString(),
  ...(complex !== null && { complex }),
  actor,
  action,
  noun,
  nounId: noun_id,
  ...(request !== null && { request }),
})
