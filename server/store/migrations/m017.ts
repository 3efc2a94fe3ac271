/** Studies over many complexes: each complex is a study of its own, a part of the whole. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // deferred: a backup brings the rows of a table back in any order
  await sql`alter table studies add column part_of text
    references studies (id) on delete cascade deferrable initially deferred`.execute(db)
  await db.schema.createIndex('studies_part_of').on('studies').column('part_of').execute()
}
