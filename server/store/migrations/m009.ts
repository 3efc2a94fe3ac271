/** Problems that no day points to: scenarios of a day, and the days of a week as one. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('variants')
    .addColumn('problem', 'text', (column) => column.primaryKey().references('problems.id').onDelete('cascade'))
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('data', 'json', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('variants_of_complex').on('variants').columns(['complex', 'kind']).execute()
  await db.schema.createIndex('problems_of_moment').on('problems').columns(['complex', 'starts_at', 'seq']).execute()
}
