import type { Kysely } from 'kysely'
import type { Message } from '../api.ts'
import { notFound } from '../errors.ts'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, within } from './within.ts'

export function messageNoun(db: Kysely<Tables>, scope: Scope): Nouns['messages'] {
  const list = async (on: Kysely<Tables>, plan: string): Promise<Message[]> => {
    const rows = await on
      .selectFrom('messages')
      .selectAll()
      .where('plan', '=', plan)
      .where(within(scope, 'complex'))
      .orderBy('seq')
      .execute()
    return rows.map(
      ({ id, route, sender, text, at, recorded_at, recorded_by, seen_at }): Message => ({
        id,
        route,
        from: sender,
        text,
        at: at.toISOString(),
        recordedAt: recorded_at.toISOString(),
        by: recorded_by,
        ...(seen_at && { seenAt: seen_at.toISOString() }),
      }),
    )
  }
  const homeOf = async (on: Kysely<Tables>, plan: string): Promise<string> => {
    const query = on.selectFrom('plans').select('complex').where('id', '=', plan).where(within(scope, 'complex'))
    const home = await query.executeTakeFirst()
    if (!home) throw notFound('plan', plan)
    return home.complex
  }
  return {
    of: async (plan) => await list(db, plan),
    async add(plan, from, messages) {
      return await inTransaction(db, async (trx) => {
        const complex = await homeOf(trx, plan)
        const recorded_at = new Date()
        const rows = messages.map(({ id, route, text, at }) => ({
          complex,
          plan,
          route,
          id,
          sender: from,
          text,
          at: at === undefined ? recorded_at : new Date(at),
          recorded_at,
          recorded_by: scope.actor,
        }))
        // one that was sent before is there
        const added = await trx
          .insertInto('messages')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['plan', 'route', 'sender', 'id']).doNothing())
          .returning(['id', 'route', 'text'])
          .execute()
        if (added.length > 0)
          await record(trx, scope, { complex, action: 'send', noun: 'message', nounId: plan, after: { from, added } })
        return await list(trx, plan)
      })
    },
    async seen(plan, from, messages) {
      return await inTransaction(db, async (trx) => {
        const complex = await homeOf(trx, plan)
        const ids = messages.map(({ route, id }) => `${route} ${id}`)
        const open = (await list(trx, plan)).filter(
          (message) =>
            message.from === from &&
            message.seenAt === undefined &&
            (messages.length === 0 || ids.includes(`${message.route} ${message.id}`)),
        )
        for (const { id, route } of open)
          await trx
            .updateTable('messages')
            .set({ seen_at: new Date() })
            .where('plan', '=', plan)
            .where('route', '=', route)
            .where('sender', '=', from)
            .where('id', '=', id)
            .execute()
        if (open.length > 0)
          await record(trx, scope, {
            complex,
            action: 'see',
            noun: 'message',
            nounId: plan,
            after: { from, seen: open.map(({ id, route }) => ({ id, route })) },
          })
        return await list(trx, plan)
      })
    },
  }
}
