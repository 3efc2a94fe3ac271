/**
 * Who works on which drawn days of which study: pg-boss on the same database, a batch of days a job. What is done is rows, so a batch whose
 * worker is gone is done again but for the days that are there. Studies take turns; searches of coordinators have a queue of their own.
 */
import { type Kysely, sql } from 'kysely'
import type { Run } from '../../study/index.ts'
import type { Words } from '../errors.ts'
import { BATCH_RUNS } from '../studies/batches.ts'
import { record } from './audit.ts'
import { attemptOf, inside, MAX_ATTEMPTS, openWork, settledOf, type Taken, type WorkOptions } from './boss.ts'
import type { Database } from './database.ts'
import { notify } from './jobRows.ts'
import type { Tables } from './tables.ts'

const QUEUE = 'study'
/** One claim at a time over all processes, so that turns are fair. */
const CLAIM_LOCK = 0x6d696c73
const WORKER = { actor: 'worker', complexes: 'all' } as const

interface Batch {
  readonly study: string
  /** positions of its runs */
  readonly from: number
  readonly to: number
}
/** A batch that this process has taken. */
export interface BatchClaim extends Batch, Taken {
  /** runs that are there already */
  readonly known: ReadonlySet<number>
}

export interface StudyQueue {
  /** In the caller's transaction: every batch of which something is missing. */
  send(trx: Kysely<Tables>, study: string): Promise<void>
  /** In the caller's transaction: nobody shall work on it any more. */
  drop(trx: Kysely<Tables>, study: string): Promise<void>
  /** The next batch: of the study whose turn was longest ago. */
  claim(): Promise<BatchClaim | undefined>
  /** Those of the claims that this process still holds. */
  beat(claims: readonly BatchClaim[]): Promise<readonly BatchClaim[]>
  /** A run is there. False: the study is over, or gone. */
  report(claim: BatchClaim, position: number, run: Run): Promise<boolean>
  /** Nobody wants it any more? */
  isOver(study: string): Promise<boolean>
  /** The batch is done; with the last one the study is. */
  finish(claim: BatchClaim): Promise<void>
  /** Another worker goes on with it; this was no attempt. */
  handBack(claim: BatchClaim): Promise<void>
  /** This attempt came to nothing for a reason that may pass. */
  giveUp(claim: BatchClaim, why: Words): Promise<void>
  /** It cannot be worked out. */
  fail(claim: BatchClaim, why: Words): Promise<void>
  /** Looks after batches whose worker is gone. */
  tend(): Promise<void>
  close(): Promise<void>
}

export async function openStudyQueue(database: Database, options: WorkOptions = {}): Promise<StudyQueue> {
  const { db } = database
  const { boss, life } = await openWork(database, QUEUE, options)

  const sendBatches = async (
    trx: Kysely<Tables>,
    batches: readonly Batch[],
    { had = 0, first = false }: { readonly had?: number; readonly first?: boolean } = {},
  ): Promise<void> => {
    if (batches.length === 0) return
    const jobs = batches.map((batch) => ({
      data: batch,
      group: { id: batch.study },
      // before others of its study: it had begun
      priority: first ? 1 : 0,
      retryLimit: Math.max(0, MAX_ATTEMPTS - 1 - had),
      ...life,
    }))
    await boss.insert(QUEUE, jobs, inside(trx))
    await notify(trx, { kind: 'queued' })
  }

  const positionsOf = async (trx: Kysely<Tables>, { study, from, to }: Batch): Promise<Set<number>> => {
    const rows = await trx
      .selectFrom('study_runs')
      .select('position')
      .where('study', '=', study)
      .where('position', '>=', from)
      .where('position', '<', to)
      .execute()
    return new Set(rows.map(({ position }) => position))
  }

  const send: StudyQueue['send'] = async (trx, study) => {
    const { runs_all: all } = await trx
      .selectFrom('studies')
      .select('runs_all')
      .where('id', '=', study)
      .executeTakeFirstOrThrow()
    const known = await positionsOf(trx, { study, from: 0, to: all })
    const batches = Array.from({ length: Math.ceil(all / BATCH_RUNS) }, (_, batch) => {
      const from = batch * BATCH_RUNS
      return { study, from, to: Math.min(all, from + BATCH_RUNS) }
    })
    const isMissing = ({ from, to }: Batch) =>
      Array.from({ length: to - from }, (_, k) => from + k).some((position) => !known.has(position))
    await sendBatches(trx, batches.filter(isMissing))
  }
  const drop: StudyQueue['drop'] = async (trx, study) => {
    await sql`delete from pgboss.job where name = ${QUEUE} and group_id = ${study}`.execute(trx)
    await notify(trx, { kind: 'wish', job: study })
  }

  const hold = async (trx: Kysely<Tables>, study: string) =>
    await trx
      .selectFrom('studies')
      .select(['id', 'complex', 'state', 'runs_done', 'runs_all', 'locale'])
      .where('id', '=', study)
      .where('state', 'in', ['queued', 'running'])
      .forUpdate()
      .executeTakeFirst()
  type Held = NonNullable<Awaited<ReturnType<typeof hold>>>
  const end = async (trx: Kysely<Tables>, { id, complex, locale }: Held, why?: Words) => {
    await drop(trx, id)
    const state = why ? 'failed' : 'done'
    const after = { state, error: why?.[locale] ?? null } as const
    await trx
      .updateTable('studies')
      .set({ ...after, why: why ? JSON.stringify({ ko: why.ko, en: why.en }) : null, ended_at: new Date() })
      .where('id', '=', id)
      .execute()
    await record(trx, WORKER, { complex, action: state, noun: 'study', nounId: id, after })
  }

  const claimIn = async (trx: Kysely<Tables>): Promise<BatchClaim | 'nothing' | 'again'> => {
    await sql`select pg_advisory_xact_lock(${CLAIM_LOCK}::integer)`.execute(trx)
    const { rows: waiting } = await sql<{ id: string }>`
      select studies.id from studies left join studies whole on whole.id = studies.part_of
      where studies.state in ('queued', 'running') and exists (
        select 1 from pgboss.job where name = ${QUEUE} and group_id = studies.id and job.state::text in ('created', 'retry'))
      order by case when whole.id is null then studies.turn else whole.turn end nulls first,
        coalesce(whole.seq, studies.seq), studies.turn nulls first, studies.seq`.execute(trx)
    const [turn, ...others] = waiting.map(({ id }) => id)
    if (turn === undefined) return 'nothing'
    const [taken] = await boss.fetch<Batch>(QUEUE, {
      ...inside(trx),
      ignoreGroups: others,
      ignoreStartAfter: true,
      includeMetadata: true,
    })
    if (!taken) return 'nothing'
    const { data: batch } = taken
    // a study over many complexes has one turn, which they take one after the other
    await sql`update studies set turn = nextval('study_turns')
      where id = (select part_of from studies where id = ${batch.study})`.execute(trx)
    const begun = await sql`
      update studies set state = 'running', turn = nextval('study_turns'), started_at = coalesce(started_at, ${new Date()})
      where id = ${batch.study} and state in ('queued', 'running') returning id`.execute(trx)
    if (begun.rows.length === 0) {
      await boss.deleteJob(QUEUE, taken.id, inside(trx))
      return 'again'
    }
    return { ...batch, queueId: taken.id, queueAttempt: taken.retryCount, known: await positionsOf(trx, batch) }
  }

  const lost: Words = {
    ko: `작업하던 프로세스가 ${MAX_ATTEMPTS}번 소식 없이 끊겼습니다. 메모리 부족이나 강제 종료가 아닌지 작업자의 기록을 보고 나서 이어서 계산하세요.`,
    en: `The process working on it was lost ${MAX_ATTEMPTS} times without a word. Look into the log of the worker, for memory or a forced end, then resume the study.`,
  }
  /** Studies of which nothing is left to be done, or of which the queue knows nothing. */
  const settle = async (trx: Kysely<Tables>, study: string, why: Words): Promise<void> => {
    const row = await hold(trx, study)
    if (!row) return
    if (row.runs_done >= row.runs_all) return await end(trx, row)
    const { rows } = await sql<{ open: number; failed: number }>`
      select count(*) filter (where state::text in ('created', 'active', 'retry'))::integer as open,
        count(*) filter (where state::text = 'failed')::integer as failed
      from pgboss.job where name = ${QUEUE} and group_id = ${study}`.execute(trx)
    const { open, failed } = rows[0]!
    if (failed > 0) return await end(trx, row, why)
    // the queue was emptied, or did not come back with a backup: the rows are what counts
    if (open === 0) await send(trx, study)
  }
  const settleAll = async (): Promise<void> => {
    const { rows } = await sql<{ id: string }>`
      select studies.id from studies where state in ('queued', 'running') and (runs_done >= runs_all
        or not exists (select 1 from pgboss.job where name = ${QUEUE} and group_id = studies.id
          and job.state::text in ('created', 'active', 'retry'))
        or exists (select 1 from pgboss.job where name = ${QUEUE} and group_id = studies.id and job.state::text = 'failed'))
      `.execute(db)
    for (const { id } of rows) await db.transaction().execute(async (trx) => await settle(trx, id, lost))
  }

  if (database.embedded) {
    // nobody else can be at work in this folder: whoever held these is gone
    const { rows } = await sql<{ id: string }>`
      select id from pgboss.job where name = ${QUEUE} and state::text = 'active'`.execute(db)
    if (rows.length > 0)
      await boss.fail(
        QUEUE,
        rows.map(({ id }) => id),
      )
    await settleAll()
  }

  return {
    send,
    drop,
    async claim() {
      for (;;) {
        const claimed = await db.transaction().execute(claimIn)
        if (claimed === 'nothing') return undefined
        if (claimed !== 'again') return claimed
      }
    },
    async beat(claims) {
      if (claims.length === 0) return []
      const settled = settledOf(await boss.touch(QUEUE, claims.map(attemptOf)))
      return claims.filter(({ queueId }) => settled.includes(queueId))
    },
    async report({ study }, position, run) {
      const { rows } = await sql`
        with added as (
          insert into study_runs (study, position, data)
          select id, ${position}::integer, ${JSON.stringify(run)}::json from studies where id = ${study} and state = 'running'
          on conflict do nothing returning 1)
        update studies set runs_done = runs_done + (select count(*) from added)
        where id = ${study} and state = 'running' returning id`.execute(db)
      return rows.length > 0
    },
    async isOver(study) {
      const query = db.selectFrom('studies').select('state').where('id', '=', study)
      return (await query.executeTakeFirst())?.state !== 'running'
    },
    async finish(claim) {
      await db.transaction().execute(async (trx) => {
        const row = await hold(trx, claim.study)
        if (!row) return
        await boss.complete(QUEUE, attemptOf(claim), null, inside(trx))
        if (row.runs_done >= row.runs_all) await end(trx, row)
      })
    },
    async handBack(claim) {
      await db.transaction().execute(async (trx) => {
        if (!(await hold(trx, claim.study))) return
        if (settledOf(await boss.deleteJob(QUEUE, attemptOf(claim), inside(trx))).length === 0) return
        const { study, from, to, queueAttempt: had } = claim
        await sendBatches(trx, [{ study, from, to }], { had, first: true })
      })
    },
    async giveUp(claim, why) {
      await db.transaction().execute(async (trx) => {
        if (!(await hold(trx, claim.study))) return
        await boss.fail(QUEUE, attemptOf(claim), { message: why.en }, inside(trx))
        await settle(trx, claim.study, why)
      })
    },
    async fail(claim, why) {
      await db.transaction().execute(async (trx) => {
        const row = await hold(trx, claim.study)
        if (row) await end(trx, row, why)
      })
    },
    async tend() {
      await boss.supervise(QUEUE)
      await settleAll()
    },
    async close() {
      await boss.stop({ graceful: false, close: false })
    },
  }
}
