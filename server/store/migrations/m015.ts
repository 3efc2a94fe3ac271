/** Months that are closed, corrections with their trail, and days as they were settled last. What is closed or written stays as it is. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('months')
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('data', 'json', (column) => column.notNull())
    .addColumn('closed_at', 'timestamptz', (column) => column.notNull())
    .addColumn('closed_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('months_key', ['complex', 'month'])
    .execute()
  await db.schema
    .createTable('corrections')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigserial', (column) => column.notNull())
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('voids', 'text', (column) => column.unique().references('corrections.id'))
    .addColumn('data', 'json', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('corrections_month').on('corrections').columns(['complex', 'month']).execute()
  await db.schema
    .createTable('settled_days')
    .addColumn('plan', 'text', (column) => column.primaryKey().references('plans.id').onDelete('cascade'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('data', 'json', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .execute()
  await sql`
    create or replace function milkrun_keeps() returns trigger language plpgsql as $$
    begin
      raise exception '% of % is final', tg_op, tg_table_name using errcode = 'restrict_violation';
    end $$`.execute(db)
  for (const table of ['months', 'corrections'])
    await sql`create trigger ${sql.ref(`${table}_keep`)} before update or delete on ${sql.table(table)}
      for each row execute function milkrun_keeps()`.execute(db)
}
