/** A job in its tables: the row that says how it is, its numbered events, and the word to everybody who listens. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Job, JobEventKind } from '../api.ts'
import type { Tables } from './tables.ts'

export type JobRow = Selectable<Tables['jobs']>

/** Every event carries the whole job, so older ones may be forgotten: a late watcher misses a figure, never the state. */
const MAX_EVENTS = 64
/** Of a job that has been over for so long, only the last event is left: how it ended. */
const EVENTS_KEPT_HOURS = 48

/** One channel for all words about jobs: a process listens on one connection. */
export const JOB_CHANNEL = 'milkrun_jobs'
/** queued: there may be work. event: a job has told something. wish: somebody wants something of it. */
export type JobWord = { readonly kind: 'queued' } | { readonly kind: 'event' | 'wish'; readonly job: string }

export const writeWord = (word: JobWord): string => (word.kind === 'queued' ? 'queued' : `${word.kind} ${word.job}`)
/** Undefined where the connection was lost meanwhile: anything may have happened. */
export function readWord(text: string): JobWord | undefined {
  if (text === 'queued') return { kind: 'queued' }
  const [kind, job] = text.split(' ')
  return (kind === 'event' || kind === 'wish') && job ? { kind, job } : undefined
}

export async function notify(db: Kysely<Tables>, word: JobWord): Promise<void> {
  await sql`select pg_notify(${JOB_CHANNEL}, ${writeWord(word)})`.execute(db)
}

/** Who may write: whoever took the job as attempt so and so, as long as nobody has taken it since. */
export interface Holder {
  readonly id: string
  readonly attempt: number
}

export interface Told {
  readonly lastEvent: number
  readonly wish: JobRow['wish']
}

/**
 * The job as it is now with its next event, in one statement. Undefined where it is no longer the holder's: another worker has it, or it is
 * over.
 */
export async function tell(
  db: Kysely<Tables>,
  { id, attempt }: Holder,
  event: JobEventKind,
  job: Job,
  used: { readonly searchedS?: number; readonly proving?: boolean } = {},
): Promise<Told | undefined> {
  const data = JSON.stringify(job)
  const { rows } = await sql<{ last_event: number; wish: JobRow['wish'] }>`
    with told as (
      update jobs set data = ${data}::json, state = ${job.state}, last_event = last_event + 1, changed_at = ${new Date()},
        searched_s = coalesce(${used.searchedS ?? null}::double precision, searched_s),
        proving = coalesce(${used.proving ?? null}::boolean, proving)
      where id = ${id} and attempt = ${attempt} and state = 'running'
      returning id, last_event, wish),
    event as (
      insert into job_events (job, id, event, data, at) select id, last_event, ${event}, ${data}::json, ${new Date()} from told),
    old as (
      delete from job_events using told where job_events.job = told.id and job_events.id <= told.last_event - ${MAX_EVENTS}::integer)
    select last_event, wish, pg_notify(${JOB_CHANNEL}, ${writeWord({ kind: 'event', job: id })}) from told`.execute(db)
  const row = rows[0]
  return row && { lastEvent: row.last_event, wish: row.wish }
}

/** As `tell`, by who holds the row in a transaction. */
export async function changeRow(
  trx: Kysely<Tables>,
  row: JobRow,
  event: JobEventKind,
  job: Job,
  columns: Partial<Pick<JobRow, 'wish' | 'queue_id' | 'queue_attempt' | 'attempt' | 'started_seq'>> = {},
): Promise<Job> {
  const data = JSON.stringify(job)
  const lastEvent = row.last_event + 1
  const at = new Date()
  await trx
    .updateTable('jobs')
    .set({ data, state: job.state, last_event: lastEvent, changed_at: at, ...columns })
    .where('id', '=', row.id)
    .execute()
  await trx.insertInto('job_events').values({ job: row.id, id: lastEvent, event, data, at }).execute()
  await trx
    .deleteFrom('job_events')
    .where('job', '=', row.id)
    .where('id', '<=', lastEvent - MAX_EVENTS)
    .execute()
  await notify(trx, { kind: 'event', job: row.id })
  return job
}

export async function forgetEvents(db: Kysely<Tables>): Promise<void> {
  await sql`
    delete from job_events using jobs where job_events.job = jobs.id and job_events.id < jobs.last_event
      and jobs.state not in ('queued', 'running')
      and jobs.changed_at < now() - make_interval(hours => ${EVENTS_KEPT_HOURS}::integer)`.execute(db)
}

export const isOpen = ({ state }: Pick<JobRow, 'state'>): boolean => state === 'queued' || state === 'running'
