/** pg-boss on the same database, with one queue made ready. */

import type { Kysely } from 'kysely'
import { type ConstructorOptions, fromKysely, PgBoss, type QueueOptions } from 'pg-boss'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

export async function openBoss(
  { boss: db, embedded }: Pick<Database, 'boss' | 'embedded'>,
  queue: string,
  life: Partial<QueueOptions>,
  { logError, ...options }: ConstructorOptions & { readonly logError: (error: unknown) => void },
): Promise<PgBoss> {
  const backend = embedded ? 'pglite' : 'postgres'
  const boss = new PgBoss({ db, backend, supervise: false, schedule: false, ...options })
  boss.on('error', logError)
  await boss.start()
  await boss.createQueue(queue, life)
  await boss.updateQueue(queue, life)
  // it remembers the queue from its first use on; inside a transaction it would ask on a connection that PGlite has not got
  await boss.findJobs(queue, { id: '00000000-0000-0000-0000-000000000000' })
  return boss
}

/** For a statement of the queue that belongs to this transaction. */
export const inside = (trx: Kysely<Tables>) => ({ db: fromKysely(trx as never) })
