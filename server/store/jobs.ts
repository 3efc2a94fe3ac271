import type { Kysely } from 'kysely'
import type { Job } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import { changeRow, isOpen, type JobRow, notify } from './jobRows.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, pageOf, within } from './within.ts'

/** More than this many waiting in a complex would be hours of work that nobody is likely to want any more. */
const MAX_QUEUED = 100
const ASK_AGAIN_S = 60

export function jobNoun(db: Kysely<Tables>, scope: Scope): Nouns['jobs'] {
  const audit = async (
    trx: Kysely<Tables>,
    { complex, id }: Pick<JobRow, 'complex' | 'id'>,
    action: string,
    after: Job,
  ) => await record(trx, scope, { complex, action, noun: 'job', nounId: id, after })

  const held = async (trx: Kysely<Tables>, id: string): Promise<JobRow> => {
    const query = trx.selectFrom('jobs').selectAll().where('id', '=', id).where(within(scope, 'complex'))
    const row = await query.forUpdate().executeTakeFirst()
    if (!row) throw notFound('job', id)
    return row
  }

  const dropDraft = async (trx: Kysely<Tables>, { plan }: JobRow) =>
    await trx.deleteFrom('plans').where('id', '=', plan).where('state', '=', 'draft').execute()

  return {
    async add({ id, problem, plan, request, locale, from }, queue) {
      return await inTransaction(db, async (trx) => {
        const home = await trx
          .selectFrom('problems')
          .select('complex')
          .where('id', '=', problem)
          .where(within(scope, 'complex'))
          .executeTakeFirst()
        if (!home) throw notFound('problem', problem)
        const { complex } = home
        const { waiting } = await trx
          .selectFrom('jobs')
          .select((row) => row.fn.countAll<number>().as('waiting'))
          .where('complex', '=', complex)
          .where('state', '=', 'queued')
          .executeTakeFirstOrThrow()
        if (waiting >= MAX_QUEUED) throw full()
        const { seconds, boundSeconds, priority = 0 } = request
        const at = new Date()
        const job: Job = {
          id,
          problem,
          state: 'queued',
          createdAt: at.toISOString(),
          priority,
          attempt: 0,
          seconds,
          ...(boundSeconds !== undefined && { boundSeconds }),
          elapsedS: 0,
          iterations: 0,
        }
        const data = JSON.stringify(job)
        await trx
          .insertInto('jobs')
          .values({
            id,
            complex,
            problem,
            plan,
            state: job.state,
            priority,
            locale,
            request: JSON.stringify(request),
            data,
            last_event: 1,
            wish: null,
            queue_id: await queue.send(trx, { complex, priority }),
            from_plan: from ? JSON.stringify(from) : null,
            started_seq: null,
            created_at: at,
            changed_at: at,
            created_by: scope.actor,
          })
          .execute()
        await trx.insertInto('job_events').values({ job: id, id: 1, event: 'progress', data, at }).execute()
        await audit(trx, { complex, id }, 'add', job)
        return job
      })
    },

    async get(id) {
      const query = db.selectFrom('jobs').select('data').where('id', '=', id).where(within(scope, 'complex'))
      return (await query.executeTakeFirst())?.data
    },

    async list({ after, limit, state, problem }) {
      let query = db.selectFrom('jobs').select(['seq', 'data']).where(within(scope, 'complex'))
      if (state !== undefined) query = query.where('state', '=', state)
      if (problem !== undefined) query = query.where('problem', '=', problem)
      if (after !== undefined) query = query.where('seq', '<', after)
      const rows = await query
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute()
      const { items, ...next } = pageOf(rows, limit, ({ seq }) => seq)
      return { items: items.map(({ data }) => data), ...next }
    },

    async events(id, after) {
      const row = await db
        .selectFrom('jobs')
        .select(['state', 'last_event'])
        .where('id', '=', id)
        .where(within(scope, 'complex'))
        .executeTakeFirst()
      if (!row) throw notFound('job', id)
      const events = await db
        .selectFrom('job_events')
        .select(['id', 'event', 'data'])
        .where('job', '=', id)
        // a number that was never given: begin again
        .where('id', '>', after > row.last_event ? 0 : after)
        .orderBy('id')
        .execute()
      const told = events.map(({ data, ...event }) => ({ ...event, job: data }))
      return { events: told, over: !isOpen(row) && (events.at(-1)?.id ?? after) >= row.last_event }
    },

    async stop(id, queue) {
      return await db.transaction().execute(async (trx) => {
        const row = await held(trx, id)
        if (!isOpen(row)) return row.data
        if (row.state === 'running') {
          await trx.updateTable('jobs').set({ wish: 'stop' }).where('id', '=', id).execute()
          await notify(trx, { kind: 'wish', job: id })
          await audit(trx, row, 'stop', row.data)
          return row.data
        }
        // nobody has found anything yet: there is nothing to keep
        const state = row.data.plan === undefined ? 'cancelled' : 'done'
        if (row.queue_id !== null) await queue.drop(trx, row.queue_id)
        const job = await changeRow(trx, row, 'done', { ...row.data, state })
        await audit(trx, row, state, job)
        return job
      })
    },

    async cancel(id, queue) {
      return await db.transaction().execute(async (trx) => {
        const row = await held(trx, id)
        if (!isOpen(row)) return row.data
        const { plan: _, costKrw: __, lowerKrw: ___, ...rest } = row.data
        const job = await changeRow(trx, row, 'done', { ...rest, state: 'cancelled' }, { wish: null })
        await dropDraft(trx, row)
        if (row.queue_id !== null) await queue.drop(trx, row.queue_id)
        await notify(trx, { kind: 'wish', job: id })
        await audit(trx, row, 'cancelled', job)
        return job
      })
    },

    async retry(id, queue) {
      return await db.transaction().execute(async (trx) => {
        const row = await held(trx, id)
        if (row.state !== 'dead' && row.state !== 'failed') throw notRetried(row.state)
        const { complex, priority } = row
        const queueId = await queue.send(trx, { complex, priority })
        const { error: _, ...rest } = row.data
        const job = await changeRow(
          trx,
          row,
          'progress',
          { ...rest, state: 'queued' },
          { queue_id: queueId, wish: null },
        )
        await audit(trx, row, 'retry', job)
        return job
      })
    },
  }
}

const full = (): Refusal =>
  new Refusal(
    503,
    'jobs.full',
    {
      ko: `이 단지에서 기다리는 작업이 ${MAX_QUEUED}개입니다. 필요 없는 작업을 취소하거나 잠시 뒤에 다시 시도하세요.`,
      en: `${MAX_QUEUED} jobs of this complex are waiting. Cancel those that are not needed, or try again later.`,
    },
    [],
    ASK_AGAIN_S,
  )

const notRetried = (state: Job['state']): Refusal =>
  new Refusal(409, 'job.notRetried', {
    ko: `실패했거나 버려진 작업만 다시 시도할 수 있습니다. 이 작업의 상태는 ${state} 입니다. 같은 문제로 새 작업을 보내세요.`,
    en: `Only a job that failed or is dead can be retried; this one is ${state}. Submit a new job of the same problem.`,
  })
