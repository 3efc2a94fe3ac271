/** Studies, and what is known of each drawn day of theirs. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('studies')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigserial', (column) => column.notNull())
    // none: it rests on nobody's data, and is its maker's own
    .addColumn('complex', 'text', (column) => column.references('complexes.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('document', 'json', (column) => column.notNull())
    .addColumn('data', 'json')
    .addColumn('result', 'json')
    .addColumn('error', 'text')
    .addColumn('runs_done', 'integer', (column) => column.notNull())
    .addColumn('runs_all', 'integer', (column) => column.notNull())
    // of the batch that was begun last, among all studies: turns are taken in this order
    .addColumn('turn', 'bigint')
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('started_at', 'timestamptz')
    .addColumn('ended_at', 'timestamptz')
    .execute()
  await db.schema.createIndex('studies_seq').on('studies').column('seq').execute()
  await db.schema
    .createTable('study_runs')
    .addColumn('study', 'text', (column) => column.notNull().references('studies.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('data', 'json', (column) => column.notNull())
    .addPrimaryKeyConstraint('study_runs_key', ['study', 'position'])
    .execute()
  await sql`create sequence study_turns owned by studies.turn`.execute(db)
}
