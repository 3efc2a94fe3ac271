/**
 * Everything that milkrun keeps, as one file that any kind of database takes back: gzip of JSON lines. The first line says what wrote it, then a
 * line for each row (written and read by the database itself, so nothing is lost on the way) and for each file of a confirmed plan, the last
 * line counts them and seals all before it. Left out: the queue, which is made anew from the jobs, and what can be asked again.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip, createGzip } from 'node:zlib'
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { VERSION } from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Tables } from './tables.ts'

const FORMAT = 1
/** What can be asked again. */
const LEFT_OUT: readonly string[] = ['travel_rows']
/** Of rows in memory at a time; one row is a plan or a problem of up to 32 MB. */
const BATCH_BYTES = 4 * 2 ** 20
const MAX_BATCH_ROWS = 1000
const MAX_LINE_CHARS = 256 * 2 ** 20

export interface Header {
  readonly milkrunBackup: number
  readonly version: string
  readonly at: string
  /** the last one that the data has seen */
  readonly migration: string
}
type Line =
  | Header
  | { readonly table: string; readonly row: unknown }
  | { readonly file: string; readonly text: string }
  | { readonly rows: number; readonly files: number; readonly sha256: string }

export interface BackupSize {
  readonly rows: number
  readonly files: number
}

/** The whole of it appears under `path`, on the disk, or nothing. `folder`: of the confirmed plans. */
export async function writeBackup(db: Kysely<Tables>, folder: string | undefined, path: string): Promise<BackupSize> {
  const size = { rows: 0, files: 0 }
  const draft = `${path}.${newId()}.part`
  try {
    await pipeline(
      Readable.from(backupLines(db, folder, size)),
      createGzip(),
      createWriteStream(draft, { mode: 0o600 }),
    )
    const handle = await open(draft, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return size
}

async function* backupLines(
  db: Kysely<Tables>,
  folder: string | undefined,
  size: { rows: number; files: number },
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const sealed = (text: string): string => {
    hash.update(text)
    return text
  }
  // one moment for all tables, whatever is written meanwhile
  if (!(await hasTables(db))) {
    throw new Refusal(404, 'backup.nothing', {
      ko: '백업할 것이 없습니다. MILKRUN_DATA 나 DATABASE_URL 이 맞는지 확인하세요.',
      en: 'There is nothing to back up. Check MILKRUN_DATA or DATABASE_URL.',
    })
  }
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute()
  try {
    const migration = (await sql<{ name: string }>`select max(name) as name from kysely_migration`.execute(trx))
      .rows[0]!
    const header: Header = {
      milkrunBackup: FORMAT,
      version: VERSION,
      at: new Date().toISOString(),
      migration: migration.name,
    }
    yield sealed(`${JSON.stringify(header)}\n`)
    for (const table of await tablesOf(trx)) {
      if (LEFT_OUT.includes(table)) continue
      const head = `{"table":${JSON.stringify(table)},"row":`
      await sql`declare rows no scroll cursor for select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(
        trx,
      )
      for (let limit = 1; ; ) {
        const { rows } = await sql<{ row: string }>`fetch ${sql.raw(String(limit))} from rows`.execute(trx)
        if (rows.length === 0) break
        // in JSON a line ends between two words only
        const text = rows.map(({ row }) => `${head}${row.replace(/[\r\n]/g, ' ')}}\n`).join('')
        size.rows += rows.length
        yield sealed(text)
        limit = Math.max(1, Math.min(MAX_BATCH_ROWS, 2 * limit, Math.floor((BATCH_BYTES * rows.length) / text.length)))
      }
      await sql`close rows`.execute(trx)
    }
    for (const file of folder === undefined ? [] : await filesOf(folder)) {
      size.files++
      yield sealed(`${JSON.stringify({ file, text: await readFile(join(folder!, file), 'utf8') })}\n`)
    }
    yield `${JSON.stringify({ ...size, sha256: hash.digest('hex') })}\n`
  } finally {
    await trx.rollback().execute()
  }
}

async function hasTables(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select to_regclass('kysely_migration') is not null as is`.execute(db)
  return rows[0]!.is
}

/** Parents before children, so that rows can go back in this order. */
async function tablesOf(db: Kysely<Tables>): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select c.relname::text as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely_migration%'
    order by 1`.execute(db)
  const links = await sql<{ child: string; parent: string }>`
    select child.relname::text as child, parent.relname::text as parent from pg_constraint k
    join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
    where k.contype = 'f' and child.oid <> parent.oid`.execute(db)
  const left = new Set(tables.rows.map(({ name }) => name))
  const sorted: string[] = []
  while (left.size > 0) {
    const free = [...left].filter((name) => !links.rows.some(({ child, parent }) => child === name && left.has(parent)))
    if (free.length === 0) throw new Error(`tables that refer to one another: ${[...left].join(', ')}`)
    for (const name of free) left.delete(name)
    sorted.push(...free)
  }
  return sorted
}

const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith('.json')).sort()

/** Reads all of it once, so that nothing is changed for a backup that turns out to be damaged, cut short or newer. */
export async function verifyBackup(path: string): Promise<Header & BackupSize> {
  const hash = createHash('sha256')
  let header: Header | undefined
  let end: (BackupSize & { readonly sha256: string }) | undefined
  const found = { rows: 0, files: 0 }
  let pending = ''
  await eachLine(path, (text) => {
    if (end) throw damaged(path, 'lines after its end', '끝 뒤에 줄이 더 있음')
    // the last line seals all before it, not itself
    if (pending) hash.update(`${pending}\n`)
    pending = text
    const line = parse(path, text)
    if (!header) {
      if (!('milkrunBackup' in line)) throw damaged(path, 'no milkrun backup', 'milkrun 백업이 아님')
      header = line
      assertKnown(header)
    } else if ('table' in line) found.rows++
    else if ('file' in line) found.files++
    else if ('sha256' in line) end = line
  })
  if (!header || !end) throw damaged(path, 'cut short', '중간에 끊김')
  if (end.sha256 !== hash.digest('hex') || end.rows !== found.rows || end.files !== found.files)
    throw damaged(path, 'the seal does not match', '봉인이 맞지 않음')
  return { ...header, ...found }
}

function assertKnown({ milkrunBackup, migration, version }: Header): void {
  if (milkrunBackup === FORMAT && Object.hasOwn(MIGRATIONS, migration)) return
  throw new Refusal(400, 'backup.newer', {
    ko: `더 새로운 milkrun(${version})이 만든 백업입니다. 그 판이나 더 새로운 판으로 되돌리세요.`,
    en: `A newer milkrun (${version}) wrote this backup. Restore it with that version or a later one.`,
  })
}

/**
 * Puts a backup that was verified into a database, in one transaction: all of it, or the database stays as it was. Older data is taken in as
 * it was and then migrated. `replace`: drops what is there; without it the place must be empty.
 */
export async function restoreBackup(
  db: Kysely<Tables>,
  folder: string,
  path: string,
  { header, replace }: { readonly header: Header; readonly replace: boolean },
): Promise<void> {
  if (await isShared(db)) throw stillUsed()
  if (!replace && !(await isEmpty(db, folder))) throw notEmpty()
  const fresh = `${folder}.${newId()}.part`
  const aside = `${folder}.${newId()}.before`
  let moved = false
  await mkdir(fresh, { recursive: true })
  try {
    await db.transaction().execute(async (trx) => {
      await sql`drop schema if exists pgboss cascade`.execute(trx)
      for (const table of [...(await tablesOf(trx)).reverse(), 'kysely_migration', 'kysely_migration_lock'])
        await sql`drop table if exists ${sql.table(table)} cascade`.execute(trx)
      await migrateInside(trx, header.migration)
      await insertLines(trx, path, fresh)
      await migrateInside(trx)
      await setSequences(trx)
      const after = { at: header.at, version: header.version }
      const scope = { actor: 'local', complexes: 'all' } as const
      await record(trx, scope, { complex: null, action: 'restore', noun: 'backup', nounId: header.at, after })
      // the files belong to the rows: an older or newer one would change them at the next start
      moved = true
      await rename(folder, aside).catch(() => {})
      await rename(fresh, folder)
    })
  } catch (error) {
    if (moved) {
      await rm(folder, { recursive: true, force: true })
      await rename(aside, folder).catch(() => {})
    }
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
  await rm(aside, { recursive: true, force: true })
}

/** Services and workers that use the same server would go on with what is no longer there. */
async function isShared(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and application_name like 'milkrun %'
      and application_name <> current_setting('application_name') limit 1`.execute(db)
  return rows.length > 0
}

async function migrateInside(trx: Kysely<Tables>, target?: string): Promise<void> {
  const migrator = new Migrator({
    db: trx,
    provider: { getMigrations: async () => MIGRATIONS },
  })
  const { error } = target === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(target)
  if (error) throw error
}

async function insertLines(trx: Kysely<Tables>, path: string, folder: string): Promise<void> {
  let table = ''
  let rows: string[] = []
  let bytes = 0
  const flush = async () => {
    if (rows.length === 0) return
    const into = sql.table(table)
    await sql`insert into ${into} select * from json_populate_recordset(null::${into}, ${`[${rows.join(',')}]`}::json)`.execute(
      trx,
    )
    rows = []
    bytes = 0
  }
  await eachLine(path, async (text) => {
    const line = parse(path, text)
    if ('file' in line) await writeFile(join(folder, basename(line.file)), line.text, { flush: true, mode: 0o600 })
    if (!('table' in line)) return
    if (line.table !== table || bytes > BATCH_BYTES || rows.length >= MAX_BATCH_ROWS) await flush()
    table = line.table
    // as it was written: JSON columns keep their bytes
    const row = text.slice(`{"table":${JSON.stringify(table)},"row":`.length, -1)
    rows.push(row)
    bytes += row.length
  })
  await flush()
}

/** New rows go on after the highest number. */
async function setSequences(trx: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    select c.relname::text as "table", a.attname::text as "column",
      pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null`.execute(trx)
  for (const { table, column, sequence } of rows)
    await sql`select setval(${sequence}, greatest(1, (select coalesce(max(${sql.ref(column)}), 0) from ${sql.table(table)})))`.execute(
      trx,
    )
}

async function isEmpty(db: Kysely<Tables>, folder: string): Promise<boolean> {
  if ((await filesOf(folder)).length > 0) return false
  for (const table of await tablesOf(db)) {
    if (LEFT_OUT.includes(table)) continue
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
    if (rows.length > 0) return false
  }
  return true
}

async function eachLine(path: string, take: (text: string) => void | Promise<void>): Promise<void> {
  const unpacked = createGunzip()
  const flow = pipeline(createReadStream(path), unpacked).catch((error: unknown) => error)
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  let chars = 0
  try {
    for await (const chunk of unpacked) {
      const lines = decoder.write(chunk as Buffer).split('\n')
      parts.push(lines[0]!)
      for (const next of lines.slice(1)) {
        await take(parts.join(''))
        parts = [next]
        chars = 0
      }
      if ((chars += lines.at(-1)!.length) > MAX_LINE_CHARS) throw damaged(path, 'a line without end', '끝이 없는 줄')
    }
  } catch (error) {
    unpacked.destroy()
    await flow
    throw asDamaged(path, error)
  }
  if (parts.join('') !== '') throw damaged(path, 'cut short', '중간에 끊김')
}

function asDamaged(path: string, error: unknown): unknown {
  const { code = '' } = error as { readonly code?: string }
  return /^Z_|ERR_STREAM_PREMATURE_CLOSE/.test(code)
    ? damaged(path, 'it cannot be unpacked', '압축을 풀 수 없음')
    : error
}

function parse(path: string, text: string): Line {
  try {
    return JSON.parse(text) as Line
  } catch {
    throw damaged(path, 'a line is no JSON', 'JSON이 아닌 줄이 있음')
  }
}

const damaged = (path: string, why: string, ko: string): Refusal =>
  new Refusal(400, 'backup.damaged', {
    ko: `${path}: 온전한 백업이 아닙니다 (${ko}). 아무것도 바꾸지 않았습니다. 다른 백업을 쓰세요.`,
    en: `${path} is not a whole backup (${why}). Nothing was changed. Use another one.`,
  })

const stillUsed = (): Refusal =>
  new Refusal(503, 'restore.inUse', {
    ko: '이 데이터베이스를 쓰고 있는 milkrun 이 있습니다. 서비스와 worker 를 모두 끝낸 뒤 되돌리세요.',
    en: 'A milkrun is using this database. End every service and worker, then restore.',
  })

const notEmpty = (): Refusal =>
  new Refusal(409, 'restore.notEmpty', {
    ko: '되돌릴 곳이 비어 있지 않습니다. 지금 있는 것을 버리고 바꾸려면 먼저 백업한 뒤 --replace 를 적으세요.',
    en: 'The place to restore into is not empty. To drop what is there, back it up first, then add --replace.',
  })
