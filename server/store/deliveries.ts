/**
 * The queue of webhook deliveries: pg-boss on the same database. The outbox row is what people see and what was committed with the
 * change; pg-boss hands it to one process at a time and waits ever longer between attempts.
 */
import type { Kysely } from 'kysely'
import { record } from './audit.ts'
import { inside, openBoss } from './boss.ts'
import type { Database } from './database.ts'
import { OUTBOX_CHANNEL } from './outbox.ts'
import type { Tables } from './tables.ts'

const QUEUE = 'webhook'
const SYSTEM = { actor: 'system', complexes: 'all' } as const
/** 10 s, 20 s, 40 s … with jitter, two hours at most: the last attempt comes about a day after the first. */
export const RETRY = { retryLimit: 20, retryDelay: 10, retryBackoff: true, retryDelayMax: 7200 } as const
/** A process that has not told the outcome by then is taken for dead. */
const EXPIRE_S = 60
/** A receiver that has taken nothing for so long is not called any more until a person enables it. */
const DISABLE_AFTER_MS = 3 * 86_400_000
/** Deliveries that are over are kept for so long. */
const KEPT_MS = 30 * 86_400_000
const RELAYED_AT_A_TIME = 100

export interface Due {
  readonly id: string
  readonly event: string
  readonly url: string
  readonly body: string
  readonly secret: string
  readonly queueId: string
  /** of the queue: 0, 1, 2 … */
  readonly attempt: number
}
export interface Outcome {
  readonly delivered: boolean
  readonly status?: number
  readonly answer: string
}

export interface Deliveries {
  /** Takes up to `most` that are due. */
  take(most: number): Promise<readonly Due[]>
  /** Tells of the webhook where this failure has disabled it. */
  settle(due: Due, outcome: Outcome): Promise<{ readonly disabled?: string }>
  /** Looks after what a lost process has left, and forgets what is long over. */
  tend(): Promise<void>
  onNews(heard: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface DeliveryOptions {
  readonly now: () => Date
  readonly retry?: { readonly retryLimit: number; readonly retryDelay: number }
  readonly logError: (error: unknown) => void
}

export async function openDeliveries(database: Database, options: DeliveryOptions): Promise<Deliveries> {
  const { db } = database
  const { now, logError, retry = RETRY } = options
  const boss = await openBoss(database, QUEUE, { expireInSeconds: EXPIRE_S }, { logError })

  const relay = async (trx: Kysely<Tables>): Promise<number> => {
    const written = await trx
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('state', '=', 'written')
      .orderBy('seq')
      .limit(RELAYED_AT_A_TIME)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { id } of written) await boss.send(QUEUE, { delivery: id }, { ...inside(trx), ...retry })
    if (written.length > 0) {
      const ids = written.map(({ id }) => id)
      await trx.updateTable('webhook_deliveries').set({ state: 'waiting' }).where('id', 'in', ids).execute()
    }
    return written.length
  }

  const open = async (delivery: string) =>
    await db
      .selectFrom('webhook_deliveries')
      .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook')
      .select(['webhook_deliveries.id', 'event', 'body', 'url', 'secret', 'disabled_at'])
      .where('webhook_deliveries.id', '=', delivery)
      .executeTakeFirst()

  return {
    async take(most) {
      while ((await db.transaction().execute(relay)) === RELAYED_AT_A_TIME);
      const fetched = await boss.fetch<{ delivery: string }>(QUEUE, { batchSize: most, includeMetadata: true })
      const due: Due[] = []
      for (const { id: queueId, retryCount: attempt, data } of fetched) {
        const found = await open(data.delivery)
        if (found && found.disabled_at === null) {
          const { id, event, url, body, secret } = found
          due.push({ id, event, url, body, secret, queueId, attempt })
          continue
        }
        // removed or disabled meanwhile
        await boss.complete(QUEUE, queueId)
        const over = { state: 'failed', changed_at: now() } as const
        await db.updateTable('webhook_deliveries').set(over).where('id', '=', data.delivery).execute()
      }
      return due
    },

    async settle({ id, queueId, attempt }, { delivered, status, answer }) {
      return await db.transaction().execute(async (trx) => {
        const at = now()
        const last = attempt >= retry.retryLimit
        const row = await trx
          .updateTable('webhook_deliveries')
          .set((column) => ({
            state: delivered ? 'delivered' : last ? 'failed' : 'waiting',
            attempts: column('attempts', '+', 1),
            last_status: status ?? null,
            last_answer: answer,
            changed_at: at,
          }))
          .where('id', '=', id)
          .returning('webhook')
          .executeTakeFirst()
        if (delivered || !row) await boss.complete(QUEUE, queueId, null, inside(trx))
        else await boss.fail(QUEUE, queueId, { answer }, inside(trx))
        return row ? await judge(trx, row.webhook, delivered, at) : {}
      })
    },

    async tend() {
      await boss.supervise(QUEUE)
      const before = new Date(now().getTime() - KEPT_MS)
      await db
        .deleteFrom('webhook_deliveries')
        .where('state', 'in', ['delivered', 'failed'])
        .where('changed_at', '<', before)
        .execute()
    },
    onNews: async (heard) => await database.listen(OUTBOX_CHANNEL, heard),
    async close() {
      await boss.stop({ graceful: false, close: false })
    },
  }
}

/** Of the webhook, after one more attempt. */
async function judge(trx: Kysely<Tables>, id: string, delivered: boolean, at: Date): Promise<{ disabled?: string }> {
  const query = trx
    .selectFrom('webhooks')
    .select(['complex', 'url', 'failing_since', 'disabled_at'])
    .where('id', '=', id)
  const webhook = await query.forUpdate().executeTakeFirst()
  if (!webhook) return {}
  const change = async (values: { failing_since: Date | null; disabled_at?: Date }) =>
    await trx.updateTable('webhooks').set(values).where('id', '=', id).execute()
  const since = webhook.failing_since
  if (delivered) {
    if (since) await change({ failing_since: null })
    return {}
  }
  if (!since) {
    await change({ failing_since: at })
    return {}
  }
  if (webhook.disabled_at || at.getTime() - since.getTime() < DISABLE_AFTER_MS) return {}
  await change({ failing_since: since, disabled_at: at })
  const after = { url: webhook.url, failingSince: since.toISOString() }
  await record(trx, SYSTEM, { complex: webhook.complex, action: 'disable', noun: 'webhook', nounId: id, after })
  return { disabled: id }
}
