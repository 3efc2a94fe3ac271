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

/** A job whose worker died so often is left for a person to look at. */
export const MAX_ATTEMPTS = 5
/** A worker that was not heard of for so long is taken for dead. */
const HEARTBEAT_S = 20
/** Heartbeats tell who is dead; this limit of the queue's own should never speak, even where a clock jumps. */
const LONGEST_S = 86_400
/** A job waits as long as it takes; the queue would forget it after two weeks. */
const KEPT_S = 365 * 86_400
/** What is over is in tables of our own. */
const OVER_KEPT_S = 3600

export interface WorkOptions {
  readonly heartbeatS?: number
  readonly logError?: (error: unknown) => void
}

/** A queue of long work, whose workers say all the time that they live. `life`: for jobs that are inserted, which do not ask the queue. */
export async function openWork(
  database: Pick<Database, 'boss' | 'embedded'>,
  queue: string,
  { heartbeatS = HEARTBEAT_S, logError = () => {} }: WorkOptions,
) {
  const life = {
    expireInSeconds: LONGEST_S,
    retentionSeconds: KEPT_S,
    deleteAfterSeconds: OVER_KEPT_S,
    heartbeatSeconds: heartbeatS,
  }
  const boss = await openBoss(database, queue, life, {
    logError,
    // tend() supervises, after its own heartbeats
    monitorIntervalSeconds: Math.ceil(heartbeatS / 4),
    maintenanceIntervalSeconds: OVER_KEPT_S,
  })
  return { boss, life }
}

/** A job that this process has taken, as the queue knows it. */
export interface Taken {
  readonly queueId: string
  readonly queueAttempt: number
}
export const attemptOf = ({ queueId, queueAttempt }: Taken) => ({ id: queueId, retryCount: queueAttempt })

/** Which of the jobs it was asked about pg-boss has changed; its types do not tell. */
export const settledOf = (response: object): readonly string[] =>
  'settled' in response ? (response.settled as readonly string[]) : []

/** For a statement of the queue that belongs to this transaction. */
export const inside = (trx: Kysely<Tables>) => ({ db: fromKysely(trx as never) })
