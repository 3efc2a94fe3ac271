/** What webhooks are to be told: written in the transaction of the change itself, so that neither is there without the other. */
import { type Kysely, sql } from 'kysely'
import type { WebhookEvent } from '../api.ts'
import { newId } from './ids.ts'
import type { Tables } from './tables.ts'

/** Says in all processes that something waits to be delivered. */
export const OUTBOX_CHANNEL = 'milkrun_webhooks'

interface News {
  readonly complex: string
  readonly event: WebhookEvent
  readonly data: unknown
}

/** For each webhook of the complex that wants to hear of such events. */
export async function announce(trx: Kysely<Tables>, { complex, event, data }: News): Promise<void> {
  const webhooks = await trx
    .selectFrom('webhooks')
    .select(['id', 'events'])
    .where('complex', '=', complex)
    .where('disabled_at', 'is', null)
    .execute()
  const wanted = webhooks.filter(({ events }) => events.includes(event))
  if (wanted.length === 0) return
  const at = new Date()
  const rows = wanted.map(({ id: webhook }) => {
    const id = newId()
    const body = JSON.stringify({ id, event, at: at.toISOString(), complex, data })
    const state = 'written' as const
    return { id, webhook, complex, event, body, state, attempts: 0, created_at: at, changed_at: at }
  })
  await trx.insertInto('webhook_deliveries').values(rows).execute()
  await sql`select pg_notify(${OUTBOX_CHANNEL}, '')`.execute(trx)
}

interface Changed {
  readonly complex: string | null
  readonly action: string
  readonly noun: string
  readonly nounId: string
  readonly after?: unknown
}

const EVENTS: Readonly<Record<string, WebhookEvent>> = {
  'plan confirm': 'plan.confirmed',
  'plan withdraw': 'plan.withdrawn',
  'dispatch put': 'dispatch.changed',
  'import done': 'import.done',
  'job done': 'job.done',
  'job failed': 'job.done',
  'job cancelled': 'job.done',
  'job dead': 'job.done',
}

/** Of a change that goes into the audit log. */
export async function announceChange(trx: Kysely<Tables>, change: Changed): Promise<void> {
  const { complex, noun, action, nounId: id, after } = change
  const event = EVENTS[`${noun} ${action}`]
  if (event && complex !== null) await announce(trx, { complex, event, data: { id, ...(after as object) } })
}
