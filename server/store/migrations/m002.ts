/** Jobs that outlive the process that works on them, and the answers given to idempotency keys. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('jobs')
    .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('wish', 'text')
    .addColumn('queue_id', 'uuid')
    .addColumn('queue_attempt', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('from_plan', 'json')
    .addColumn('searched_s', 'double precision', (column) => column.notNull().defaultTo(0))
    .addColumn('proving', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('started_seq', 'bigint')
    .execute()
  await sql`create sequence job_starts`.execute(db)
  // jobs of an earlier service died with it
  await sql`update jobs set state = 'cancelled', data = (data::jsonb || '{"state": "cancelled"}')::json
    where state in ('queued', 'running')`.execute(db)
  await sql`update jobs set data = (data::jsonb || jsonb_build_object('priority', priority, 'attempt', 0,
    'createdAt', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json`.execute(db)
  await sql`create index jobs_open on jobs (complex, problem) where state in ('queued', 'running')`.execute(db)
  await db.schema.createIndex('jobs_of_state').on('jobs').columns(['state', 'seq']).execute()
  await db.schema.createIndex('jobs_started').on('jobs').columns(['complex', 'started_seq']).execute()

  await db.schema.alterTable('idempotency_keys').addColumn('answer', 'json').execute()
  await db.schema.alterTable('idempotency_keys').dropColumn('noun').dropColumn('noun_id').execute()
  await db.schema.createIndex('idempotency_keys_at').on('idempotency_keys').column('at').execute()
}
