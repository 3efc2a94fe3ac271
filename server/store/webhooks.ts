import { randomBytes } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import { OUTBOX_CHANNEL } from './outbox.ts'
import type { DeliveryRecord, Nouns, Scope, WebhookRecord } from './store.ts'
import type { Tables } from './tables.ts'
import { maySee, pageOf, within } from './within.ts'

const MOST_PER_COMPLEX = 20

type Row = Selectable<Tables['webhooks']>

export function webhookNoun(db: Kysely<Tables>, scope: Scope): Nouns['webhooks'] {
  const held = async (trx: Kysely<Tables>, id: string): Promise<Row> => {
    const query = trx.selectFrom('webhooks').selectAll().where('id', '=', id).where(within(scope, 'complex'))
    const row = await query.forUpdate().executeTakeFirst()
    if (!row) throw notFound('webhook', id)
    return row
  }

  return {
    async add(complex, { url, events }) {
      if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
      const secret = `whsec_${randomBytes(32).toString('base64url')}`
      const created_at = new Date()
      return await db.transaction().execute(async (trx) => {
        // of the complex: two that are added at once are counted one after the other
        await trx.selectFrom('complexes').select('id').where('id', '=', complex).forUpdate().execute()
        const count = sql<number>`count(*)`.as('count')
        const { count: there } = await trx
          .selectFrom('webhooks')
          .select(count)
          .where('complex', '=', complex)
          .executeTakeFirstOrThrow()
        if (there >= MOST_PER_COMPLEX) throw tooMany
        const values = { id: newId(), complex, url, events: JSON.stringify(events), secret, created_at }
        const row = await trx
          .insertInto('webhooks')
          .values({ ...values, created_by: scope.actor })
          .returningAll()
          .executeTakeFirstOrThrow()
        const after = { url, events }
        await record(trx, scope, { complex, action: 'add', noun: 'webhook', nounId: row.id, after })
        return { ...recordOf(row), secret }
      })
    },
    async list({ after, limit }) {
      let query = db.selectFrom('webhooks').selectAll().where(within(scope, 'complex'))
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      const { items, next } = pageOf(rows, limit, ({ seq }) => seq)
      return { items: items.map(recordOf), ...(next !== undefined && { next }) }
    },
    async get(id) {
      const query = db.selectFrom('webhooks').selectAll().where('id', '=', id).where(within(scope, 'complex'))
      const row = await query.executeTakeFirst()
      return row && recordOf(row)
    },
    async remove(id) {
      await db.transaction().execute(async (trx) => {
        const { complex, url, events } = await held(trx, id)
        await trx.deleteFrom('webhooks').where('id', '=', id).execute()
        const before = { url, events }
        await record(trx, scope, { complex, action: 'remove', noun: 'webhook', nounId: id, before })
      })
    },
    async enable(id) {
      return await db.transaction().execute(async (trx) => {
        const { complex } = await held(trx, id)
        const row = await trx
          .updateTable('webhooks')
          .set({ disabled_at: null, failing_since: null })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        await record(trx, scope, { complex, action: 'enable', noun: 'webhook', nounId: id })
        return recordOf(row)
      })
    },
    async deliveries(webhook, { after, limit }) {
      let query = db
        .selectFrom('webhook_deliveries')
        .selectAll()
        .where('webhook', '=', webhook)
        .where(within(scope, 'complex'))
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      const { items, next } = pageOf(rows, limit, ({ seq }) => seq)
      return { items: items.map(deliveryOf), ...(next !== undefined && { next }) }
    },
    async redeliver(webhook, id) {
      return await db.transaction().execute(async (trx) => {
        await held(trx, webhook)
        const query = trx
          .selectFrom('webhook_deliveries')
          .selectAll()
          .where('id', '=', id)
          .where('webhook', '=', webhook)
        const row = await query.forUpdate().executeTakeFirst()
        if (!row) throw notFound('delivery', id)
        if (row.state === 'written' || row.state === 'waiting') return deliveryOf(row)
        const again = await trx
          .updateTable('webhook_deliveries')
          .set({ state: 'written', changed_at: new Date() })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        await sql`select pg_notify(${OUTBOX_CHANNEL}, '')`.execute(trx)
        return deliveryOf(again)
      })
    },
  }
}

const recordOf = ({
  id,
  complex,
  url,
  events,
  created_at,
  created_by,
  failing_since,
  disabled_at,
}: Row): WebhookRecord => ({
  id,
  complex,
  url,
  events: [...events],
  createdAt: created_at.toISOString(),
  createdBy: created_by,
  ...(failing_since && { failingSince: failing_since.toISOString() }),
  ...(disabled_at && { disabledAt: disabled_at.toISOString() }),
})

const deliveryOf = (row: Selectable<Tables['webhook_deliveries']>): DeliveryRecord => ({
  id: row.id,
  event: row.event,
  state: row.state === 'written' ? 'waiting' : row.state,
  attempts: row.attempts,
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  ...(row.last_status !== null && { status: row.last_status }),
  ...(row.last_answer !== null && { answer: row.last_answer }),
  body: row.body,
})

const tooMany = new Refusal(409, 'webhook.tooMany', {
  ko: `한 단지의 웹훅은 ${MOST_PER_COMPLEX}개까지입니다. 쓰지 않는 것을 지우고 다시 추가하세요.`,
  en: `A complex has ${MOST_PER_COMPLEX} webhooks at most. Remove one that is not used and try again.`,
})
