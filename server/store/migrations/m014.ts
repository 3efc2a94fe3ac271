/** Words between the coordinator and the drivers. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // written and never changed, but for who has seen it
  await db.schema
    .createTable('messages')
    .addColumn('seq', 'bigserial', (column) => column.primaryKey())
    .addColumn('complex', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull().references('plans.id').onDelete('cascade'))
    .addColumn('route', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('recorded_at', 'timestamptz', (column) => column.notNull())
    .addColumn('recorded_by', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'timestamptz')
    .addUniqueConstraint('messages_key', ['plan', 'route', 'sender', 'id'])
    .execute()
  await db.schema.createIndex('messages_of_plan').on('messages').columns(['plan', 'seq']).execute()
}
