/** Webhooks, and what is to be sent to them. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('webhooks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigserial', (column) => column.notNull().unique())
    .addColumn('complex', 'text', (column) => column.notNull().references('complexes.id'))
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('events', 'json', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('failing_since', 'timestamptz')
    .addColumn('disabled_at', 'timestamptz')
    .execute()
  await db.schema.createIndex('webhooks_of_complex').on('webhooks').columns(['complex', 'seq']).execute()

  await db.schema
    .createTable('webhook_deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigserial', (column) => column.notNull().unique())
    .addColumn('webhook', 'text', (column) => column.notNull().references('webhooks.id').onDelete('cascade'))
    .addColumn('complex', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    // as it is signed and sent: every attempt sends the same bytes
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('last_status', 'integer')
    .addColumn('last_answer', 'text')
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('changed_at', 'timestamptz', (column) => column.notNull())
    .execute()
  const deliveries = 'webhook_deliveries'
  await db.schema.createIndex('deliveries_of_webhook').on(deliveries).columns(['webhook', 'seq']).execute()
  await sql`create index deliveries_written on webhook_deliveries (seq) where state = 'written'`.execute(db)
}
