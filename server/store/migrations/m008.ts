/** Where addresses are that a complex does not know as places: put there by a person or a file, guessed, or still waiting for a person; and the orders that wait with them. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('addresses')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigserial', (column) => column.notNull().unique())
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('lng', 'double precision')
    .addColumn('lat', 'double precision')
    .addColumn('precision', 'text')
    .addColumn('source', 'text')
    .addColumn('needed_by', 'json')
    .addColumn('changed_at', 'timestamptz', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addUniqueConstraint('addresses_key', ['complex', 'key'])
    .execute()
  await db.schema.createIndex('addresses_of_complex').on('addresses').columns(['complex', 'state', 'seq']).execute()

  await db.schema
    .createTable('held_orders')
    .addColumn('seq', 'bigserial', (column) => column.notNull().unique())
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('data', 'json', (column) => column.notNull())
    .addPrimaryKeyConstraint('held_orders_key', ['complex', 'date', 'id'])
    .execute()
}
