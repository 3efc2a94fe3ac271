/** What trucks really did, and days that were planned anew while they were under way. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // written and never changed: a correction is another row
  await db.schema
    .createTable('actuals')
    .addColumn('seq', 'bigserial', (column) => column.primaryKey())
    .addColumn('complex', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull().references('plans.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('route', 'text', (column) => column.notNull())
    .addColumn('stop', 'integer')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('quantity', 'double precision')
    .addColumn('note', 'text')
    .addColumn('corrects', 'text')
    .addColumn('void', 'boolean', (column) => column.notNull())
    .addColumn('recorded_at', 'timestamptz', (column) => column.notNull())
    .addColumn('recorded_by', 'text', (column) => column.notNull())
    .addUniqueConstraint('actuals_key', ['plan', 'id'])
    .execute()
  await db.schema.createIndex('actuals_of_plan').on('actuals').columns(['plan', 'seq']).execute()

  await db.schema
    .createTable('disturbances')
    .addColumn('problem', 'text', (column) => column.primaryKey().references('problems.id').onDelete('cascade'))
    .addColumn('complex', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull().references('plans.id').onDelete('cascade'))
    .addColumn('data', 'json', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .execute()
  await sql`create index disturbances_of_plan on disturbances (plan)`.execute(db)
}
