/** What a complex calls the columns of its order files. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mappings')
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('header', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('mappings_key', ['complex', 'header'])
    .execute()
}
