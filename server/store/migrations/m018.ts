/** Why a study failed, for readers of both languages; `error` stays in that of whoever submitted it. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('studies').addColumn('why', 'json').execute()
}
