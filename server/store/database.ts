/** One database behind one dialect: PGlite in memory or in a folder, or a PostgreSQL server. Everything above this file is the same for all. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, type Logger, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { type Db, fromPglite } from 'pg-boss'
import { Refusal } from '../errors.ts'
import { lockFolder } from './folderLock.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { ForgetOnWrite, Memory } from './remember.ts'
import type { Tables } from './tables.ts'

/** Where the data lives. */
export type Address =
  /** `from`: a dump of an empty one, ten times as quick to open */
  | { readonly kind: 'memory'; readonly from?: Blob }
  /** the data folder of this machine; one process at a time */
  | { readonly kind: 'folder'; readonly path: string }
  /** a server that any number of processes on any machines share */
  | { readonly kind: 'server'; readonly url: string }

export interface Database {
  readonly db: Kysely<Tables>
  /** PGlite where it is one: the queue needs it, and so does a backup. */
  readonly embedded: PGlite | undefined
  /** What was read of it and still holds, where nobody else can write it. */
  readonly memory?: Memory
  /** The same database as pg-boss speaks to it. */
  readonly boss: Db
  /** Tells everybody who listens on this database, in this process and others, once the transaction (if any) is committed. */
  notify(channel: string, payload: string, db?: Kysely<Tables>): Promise<void>
  /** Returns what ends the listening. After a lost connection `heard` is called with an empty payload: look again. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** An int8 as a number: ours count won and rows, far below 2^53. PGlite would give a bigint, pg a string. */
const asNumber = (text: string): number => Number(text)
const INT8_OID = 20

const SERVER_CONNECTIONS = 10
/** A server that does not answer is the outside world's fault, to be told soon. */
const CONNECT_TIMEOUT_MS = 5_000
const RELISTEN_AFTER_MS = 500

/** Hears of every statement how long it took. */
export type Observe = (elapsedMs: number, failed: boolean) => void
const logTo =
  (observe: Observe): Logger =>
  ({ level, queryDurationMillis }) =>
    observe(queryDurationMillis, level === 'error')

interface OpenOptions {
  /** False for a backup, which leaves the data as it is. */
  readonly migrates?: boolean
  readonly observe?: Observe
}

/** Opens and migrates. Throws a Refusal where the folder is in use or the server does not answer. */
export async function openDatabase(
  address: Address,
  { migrates = true, observe = () => {} }: OpenOptions = {},
): Promise<Database> {
  const database =
    address.kind === 'server' ? await openServer(address.url, observe) : await openEmbedded(address, observe)
  try {
    if (migrates) await migrate(database.db)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

async function openEmbedded(address: Exclude<Address, { kind: 'server' }>, observe: Observe): Promise<Database> {
  const parsers = { [types.INT8]: asNumber }
  if (address.kind === 'memory') {
    const { from } = address
    const pglite = await PGlite.create({ parsers, ...(from && { loadDataDir: from }) })
    return embedded(pglite, observe, async () => {})
  }
  // it holds what nobody else on this machine is to read
  await mkdir(address.path, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(address.path)
  try {
    return embedded(await PGlite.create({ dataDir: join(address.path, 'pglite'), parsers }), observe, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

function embedded(pglite: PGlite, observe: Observe, unlock: () => Promise<void>): Database {
  const memory = new Memory()
  const db = new Kysely<Tables>({
    dialect: new PGliteDialect({ pglite }),
    log: logTo(observe),
    plugins: [new ForgetOnWrite(memory)],
  })
  return {
    db,
    memory,
    embedded: pglite,
    boss: fromPglite(pglite),
    listen: async (channel, heard) => {
      const end = await pglite.listen(channel, heard)
      return async () => await end()
    },
    async close() {
      await db.destroy()
      if (!pglite.closed) await pglite.close()
      await unlock()
    },
    async notify(channel, payload, inside = db) {
      await sql`select pg_notify(${channel}, ${payload})`.execute(inside)
    },
  }
}

async function openServer(url: string, observe: Observe): Promise<Database> {
  const types = {
    getTypeParser: ((oid: number, format?: 'text') =>
      oid === INT8_OID ? asNumber : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  }
  const options = {
    connectionString: url,
    // so that a restore knows who else is there
    application_name: `milkrun ${process.pid}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types,
  }
  const pool = new pg.Pool({ ...options, max: SERVER_CONNECTIONS })
  // an idle connection that breaks is replaced by the pool; unheard, it would end the process
  pool.on('error', () => {})
  // and so would one that breaks while it is used; its query tells
  pool.on('connect', (client) => client.on('error', () => {}))
  await pool.query('select 1').catch(async (error: unknown) => {
    await pool.end()
    throw unreachable(error)
  })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log: logTo(observe) })
  const listeners = new Set<() => Promise<void>>()
  return {
    db,
    embedded: undefined,
    // without values it may be several statements, which only the simple protocol takes
    boss: { executeSql: async (text, values) => await (values?.length ? pool.query(text, values) : pool.query(text)) },
    async notify(channel, payload, inside = db) {
      await sql`select pg_notify(${channel}, ${payload})`.execute(inside)
    },
    async listen(channel, heard) {
      const end = await listenOn(() => new pg.Client(options), channel, heard)
      listeners.add(end)
      return async () => {
        listeners.delete(end)
        await end()
      }
    },
    async close() {
      await Promise.all([...listeners].map((end) => end()))
      await db.destroy()
    },
  }
}

/** A connection of its own, opened again for as long as somebody listens. */
async function listenOn(
  connect: () => pg.Client,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  let ended = false
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined
  const open = async (): Promise<void> => {
    const opened = connect()
    client = opened
    const lost = () => {
      if (client !== opened || ended) return
      client = undefined
      again = setTimeout(() => void open().catch(() => {}), RELISTEN_AFTER_MS)
    }
    opened.on('error', lost)
    opened.on('end', lost)
    opened.on('notification', ({ payload }) => heard(payload ?? ''))
    try {
      await opened.connect()
      await opened.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      lost()
      throw error
    }
    heard('')
  }
  await open()
  return async () => {
    ended = true
    clearTimeout(again)
    await client?.end().catch(() => {})
  }
}

const unreachable = (error: unknown): Refusal => {
  const why = error instanceof Error ? error.message || ((error as { code?: string }).code ?? '') : String(error)
  return new Refusal(503, 'database.unreachable', {
    ko: `데이터베이스에 닿지 못합니다 (${why}). DATABASE_URL 의 주소, 이름, 비밀번호와 서버가 켜져 있는지 확인하세요.`,
    en: `The database cannot be reached (${why}). Check the address, name and password in DATABASE_URL, and that the server runs.`,
  })
}

/** Every migration that this database has not seen, in order; several processes that start at once wait for one another. */
async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName
  if (!failed && /corrupted migrations/.test(String(error))) {
    throw new Refusal(503, 'database.newer', {
      ko: '이 데이터는 더 새로운 milkrun 이 쓰던 것입니다. 그 판으로 여세요. 예전 판은 되돌려 쓰지 못합니다.',
      en: 'This data was written by a newer milkrun. Open it with that version: data never goes back to an older one.',
    })
  }
  throw new Error(`migration ${failed ?? ''} failed`, { cause: error })
}
