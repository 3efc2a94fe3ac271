/** Both kinds of database, for suites that have to pass on either: `describe.each(ADDRESSES)('… in $kind', (address) => …)`. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, inject, it } from 'vitest'
import type { Address, Database } from '../../server/store/database.ts'
import { BARE, MEMORY } from './memory.ts'

const postgres = inject('postgres')

/** A database of its own, without rows and, where it is `bare`, without tables; it goes with the server at the end of the run. */
export async function freshAddress(kind: Address['kind'], { bare = false } = {}): Promise<Address> {
  if (kind !== 'server') return bare ? BARE : MEMORY
  if ('missing' in postgres) throw new Error(postgres.missing)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query(`create database ${name}${bare ? '' : ` template ${postgres.ready}`}`)
  await client.end()
  return { kind: 'server', url: postgres.url.replace(/[^/]*$/, name) }
}

/** One address of each kind, for the file that imports this: databases of its own. */
export const ADDRESSES: readonly Address[] = [MEMORY, ...('missing' in postgres ? [] : [await freshAddress('server')])]
if ('missing' in postgres) describe.skip(postgres.missing, () => it('would run the same tests on a server'))

/** Empties every table: much quicker than a new database for each test. */
export async function empty({ db }: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'pgboss') and tablename not like 'kysely_migration%'`.execute(
    db,
  )
  await sql.raw(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`).execute(db)
}
