/**
 * Who works on what: pg-boss on the same database. The jobs table is what people see; pg-boss gives a job to one worker at a time, watches
 * its heartbeat and counts its attempts. Whatever changes both does so in one transaction, the jobs row first.
 */
import { type Kysely, sql } from 'kysely'
import type { Job } from '../api.ts'
import type { Words } from '../errors.ts'
import { record } from './audit.ts'
import { attemptOf, inside, MAX_ATTEMPTS, openWork, settledOf, type Taken, type WorkOptions } from './boss.ts'
import { noFiles } from './confirmedFiles.ts'
import type { Database } from './database.ts'
import { forgetAnswers } from './idempotency.ts'
import { changeRow, forgetEvents, type Holder, isOpen, type JobRow, notify, type Told, tell } from './jobRows.ts'
import { planNoun } from './plans.ts'
import type { PlanRecord } from './store.ts'
import type { Tables } from './tables.ts'
import { forgetCells } from './travelCells.ts'

const QUEUE = 'search'
/** What nobody needs any more is looked for at every so manieth tending: some minutes. */
const FORGET_EVERY = 100
/** One claim at a time over all processes, so that turns are fair; it takes some milliseconds. */
const CLAIM_LOCK = 0x6d696c6b
const WORKER = { actor: 'worker', complexes: 'all' } as const

/** A job that this process has taken. */
export interface Claim extends Holder, Taken {
  readonly row: JobRow
}

/** What is sent: enough for pg-boss to order and to watch. */
interface Sent {
  readonly complex: string
  readonly priority: number
  /** attempts that it has had */
  readonly had?: number
  /** before others of its priority: it had begun */
  readonly first?: boolean
}

export interface Queue {
  /** In the caller's transaction. Returns the queue's name for it. */
  send(trx: Kysely<Tables>, job: Sent): Promise<string>
  /** In the caller's transaction: nobody shall work on it any more. */
  drop(trx: Kysely<Tables>, queueId: string): Promise<void>
  /** The next job: of the complex for which the fewest run, among those of the one whose turn was longest ago. */
  claim(): Promise<Claim | undefined>
  /** Those of the claims that this process still holds. */
  beat(claims: readonly Claim[]): Promise<readonly Claim[]>
  /** The job as it is now, with a better plan where there is one. Undefined where the claim is lost: then nothing was written. */
  report(claim: Claim, job: Job, found: Found, used: { searchedS: number; proving: boolean }): Promise<Told | undefined>
  /** The job is over. False where the claim is lost. */
  finish(claim: Claim, job: Job, found?: Found): Promise<boolean>
  /** Another worker, or this one after its restart, goes on with it; this was no attempt. */
  handBack(claim: Claim, job: Job): Promise<void>
  /** This attempt came to nothing for a reason that may pass. */
  giveUp(claim: Claim, job: Job, why: Words): Promise<void>
  /** Looks after jobs whose worker is gone. */
  tend(): Promise<void>
  close(): Promise<void>
}
export type Found = Pick<PlanRecord, 'plan' | 'certificate'> | undefined

/** Somebody cancels the job that was just fetched: the fetch is undone, so that neither waits for the other. */
class BeingChanged extends Error {}

/** Room of rows that were written over or forgotten, to be used again. A server does this by itself; PGlite has nobody who would. */
const reclaim = async (db: Kysely<Tables>): Promise<void> => {
  await sql`vacuum (analyze) plans, jobs, job_events, idempotency_keys, webhook_deliveries, pgboss.job`.execute(db)
}

export async function openQueue(database: Database, options: WorkOptions = {}): Promise<Queue> {
  const { db } = database
  const { boss } = await openWork(database, QUEUE, options)

  const send: Queue['send'] = async (trx, { complex, priority, had = 0, first = false }) => {
    const id = await boss.send(QUEUE, null, {
      ...inside(trx),
      group: { id: complex },
      priority: 2 * priority + (first ? 1 : 0),
      retryLimit: Math.max(0, MAX_ATTEMPTS - 1 - had),
    })
    if (id === null) throw new Error('the queue did not take the job')
    await notify(trx, { kind: 'queued' })
    return id
  }

  const sentOf = ({ complex, priority }: JobRow): Sent => ({ complex, priority })

  /** The row, held until the transaction ends; undefined where the claim is lost. */
  const held = async (trx: Kysely<Tables>, { id, attempt }: Holder): Promise<JobRow | undefined> =>
    await trx
      .selectFrom('jobs')
      .selectAll()
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('state', '=', 'running')
      .forUpdate()
      .executeTakeFirst()

  const putPlan = async (trx: Kysely<Tables>, { row }: Claim, found: Found): Promise<void> => {
    if (found) await planNoun(trx, WORKER, noFiles).put({ id: row.plan, problem: row.problem, ...found })
  }

  const audit = async (trx: Kysely<Tables>, { complex, id }: JobRow, after: Job) =>
    await record(trx, WORKER, { complex, action: after.state, noun: 'job', nounId: id, after })

  /** Brings the row in line with what pg-boss did to a job whose worker was lost. */
  const settle = async (trx: Kysely<Tables>, row: JobRow, why: Words, job: Job = row.data): Promise<void> => {
    const { rows } = await sql<{ state: string }>`
      select state::text from pgboss.job where name = ${QUEUE} and id = ${row.queue_id}`.execute(trx)
    const { state } = rows[0] ?? {}
    if (state === 'active') return
    if (state === 'created' || state === 'retry') {
      if (row.state === 'running') await changeRow(trx, row, 'progress', { ...job, state: 'queued' })
      await notify(trx, { kind: 'queued' })
      return
    }
    if (state === undefined) {
      // the queue was emptied, or did not come back with a backup: the jobs table is what counts
      const queueId = await send(trx, sentOf(row))
      await changeRow(trx, row, 'progress', { ...job, state: 'queued' }, { queue_id: queueId })
      return
    }
    const dead = await changeRow(trx, row, 'done', { ...job, state: 'dead', error: why[row.locale] }, { wish: null })
    await audit(trx, row, dead)
  }

  const claimIn = async (trx: Kysely<Tables>): Promise<Claim | 'nothing' | 'again'> => {
    await sql`select pg_advisory_xact_lock(${CLAIM_LOCK}::integer)`.execute(trx)
    const { rows: waiting } = await sql<{ complex: string }>`
      select complex from (select distinct complex from jobs where state = 'queued') waiting
      order by (select count(*) from jobs where jobs.complex = waiting.complex and state = 'running'),
        (select max(started_seq) from jobs where jobs.complex = waiting.complex) nulls first, complex`.execute(trx)
    const [turn, ...others] = waiting.map(({ complex }) => complex)
    if (turn === undefined) return 'nothing'
    const fetched = await boss.fetch(QUEUE, {
      ...inside(trx),
      ignoreGroups: others,
      // never later: the clock of the database may jump
      ignoreStartAfter: true,
    })
    const taken = fetched[0]
    if (!taken) return 'nothing'
    // skipped where somebody just cancels it
    const query = trx.selectFrom('jobs').selectAll().where('queue_id', '=', taken.id)
    const row = await query.forUpdate().skipLocked().executeTakeFirst()
    if (!row || !isOpen(row)) {
      if (!row && (await query.executeTakeFirst())) throw new BeingChanged()
      await boss.deleteJob(QUEUE, taken.id, inside(trx))
      return 'again'
    }
    const attempt = row.attempt + 1
    const { rows } = await sql<{ seq: number }>`select nextval('job_starts') as seq`.execute(trx)
    const queueAttempt = taken.retryCount
    const started = { attempt, queue_attempt: queueAttempt, started_seq: rows[0]!.seq }
    const job = await changeRow(trx, row, 'progress', { ...row.data, state: 'running', attempt }, started)
    const now = { ...row, ...started, state: job.state, data: job }
    return { id: row.id, attempt, row: now, queueId: taken.id, queueAttempt }
  }

  /** After a time without the database: workers first, so that they may say that they live. */
  let waitMore = 0
  let tended = 0
  const lost: Words = {
    ko: `작업하던 프로세스가 ${MAX_ATTEMPTS}번 소식 없이 끊겼습니다. 메모리 부족이나 강제 종료가 아닌지 작업자의 기록을 보고 나서 다시 시도하세요.`,
    en: `The process working on it was lost ${MAX_ATTEMPTS} times without a word. Look into the log of the worker, for memory or a forced end, then retry the job.`,
  }

  const settleAll = async (): Promise<void> => {
    const { rows } = await sql<{ id: string }>`
      select jobs.id from jobs left join pgboss.job queued on queued.name = ${QUEUE} and queued.id = jobs.queue_id
      where jobs.state in ('queued', 'running') and (queued.id is null or queued.state::text not in ('created', 'active', 'retry')
        or (jobs.state = 'running' and queued.state::text in ('created', 'retry')))`.execute(db)
    for (const { id } of rows)
      await db.transaction().execute(async (trx) => {
        const row = await trx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
        if (row && isOpen(row)) await settle(trx, row, lost)
      })
  }

  if (database.embedded) {
    // nobody else can be at work in this folder: whoever held these is gone
    const query = db.selectFrom('jobs').select('queue_id').where('state', '=', 'running')
    const ids = (await query.execute()).flatMap(({ queue_id }) => queue_id ?? [])
    if (ids.length > 0) await boss.fail(QUEUE, ids)
    await settleAll()
  }

  return {
    send,
    async drop(trx, queueId) {
      await boss.deleteJob(QUEUE, queueId, inside(trx))
    },
    async claim() {
      for (;;) {
        const claimed = await db
          .transaction()
          .execute(claimIn)
          .catch((error: unknown) => {
            if (error instanceof BeingChanged) return 'again' as const
            throw error
          })
        if (claimed === 'nothing') return undefined
        if (claimed !== 'again') return claimed
      }
    },
    async beat(claims) {
      if (claims.length === 0) return []
      try {
        const settled = settledOf(await boss.touch(QUEUE, claims.map(attemptOf)))
        // this process may have taken a job again that it had lost
        const latest = new Map(claims.toSorted((a, b) => a.attempt - b.attempt).map((claim) => [claim.id, claim]))
        return [...latest.values()].filter(({ queueId }) => settled.includes(queueId))
      } catch (error) {
        waitMore = 2
        throw error
      }
    },
    async report(claim, job, found, used) {
      if (!found) return await tell(db, claim, 'progress', job, used)
      return await db.transaction().execute(async (trx) => {
        const told = await tell(trx, claim, 'plan', job, used)
        if (told) await putPlan(trx, claim, found)
        return told
      })
    },
    async finish(claim, job, found) {
      return await db.transaction().execute(async (trx) => {
        const row = await held(trx, claim)
        if (!row) return false
        if (found) await putPlan(trx, claim, found)
        await audit(trx, row, await changeRow(trx, row, 'done', job, { wish: null }))
        await boss.complete(QUEUE, attemptOf(claim), null, inside(trx))
        return true
      })
    },
    async handBack(claim, job) {
      await db.transaction().execute(async (trx) => {
        const row = await held(trx, claim)
        if (!row) return
        if (settledOf(await boss.deleteJob(QUEUE, attemptOf(claim), inside(trx))).length === 0) return
        const queueId = await send(trx, { ...sentOf(row), had: claim.queueAttempt, first: true })
        await changeRow(trx, row, 'progress', { ...job, state: 'queued' }, { queue_id: queueId })
      })
    },
    async giveUp(claim, job, why) {
      await db.transaction().execute(async (trx) => {
        const row = await held(trx, claim)
        if (!row) return
        await boss.fail(QUEUE, attemptOf(claim), { message: why.en }, inside(trx))
        await settle(trx, row, why, job)
      })
    },
    async tend() {
      try {
        if (waitMore > 0) waitMore--
        else await boss.supervise(QUEUE)
        await settleAll()
        if (tended++ % FORGET_EVERY === 0) {
          await forgetAnswers(db)
          await forgetEvents(db)
          await forgetCells(db)
          if (database.embedded) await reclaim(db)
        }
      } catch (error) {
        waitMore = 2
        throw error
      }
    },
    async close() {
      await boss.stop({ graceful: false, close: false })
    },
  }
}
