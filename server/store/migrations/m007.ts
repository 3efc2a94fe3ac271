/** Travel figures that were asked of a road service: per source and origin one row with all its destinations. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('travel_rows')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('origin', 'bigint', (column) => column.notNull())
    .addColumn('cells', 'bytea', (column) => column.notNull())
    .addColumn('used_on', 'date', (column) => column.notNull())
    .addPrimaryKeyConstraint('travel_rows_key', ['source', 'origin'])
    .execute()
  // packed as it is; compressing takes longer than reading it
  await sql`alter table travel_rows alter column cells set storage external`.execute(db)
  await db.schema.createIndex('travel_rows_used').on('travel_rows').column('used_on').execute()
}
