import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadComplex } from '../../../server/complexes.ts'
import { renderPlanFile } from '../../../server/reports/planFile.ts'
import { restoreBackup, verifyBackup, writeBackup } from '../../../server/store/backup.ts'
import { filesIn } from '../../../server/store/confirmedFiles.ts'
import { type Address, type Database, openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { ADDRESSES, freshAddress } from '../databases.ts'
import { makePlan, makeProblem } from '../makeProblem.ts'
import { openApp } from '../openApp.ts'

const KINDS = ADDRESSES.map(({ kind }) => kind)
const PAIRS = KINDS.flatMap((from) => KINDS.map((into) => ({ from, into })))
const FILE = renderPlanFile(makePlan({ costKrw: 5 }), makeProblem(), { key: 'test', estimated: true, tables: [] })

let folder: string
const opened: Database[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milkrun-backup-'))
})
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
  await rm(folder, { recursive: true, force: true })
})
const at = (name: string) => join(folder, name)

async function open(kind: Address['kind'], migrates = true): Promise<Database> {
  const database = await openDatabase(await freshAddress(kind, { bare: !migrates }), { migrates })
  opened.push(database)
  return database
}

/** A store with something in every table that people fill, and confirmed files beside it. */
async function filled(kind: Address['kind']): Promise<Database> {
  const database = await open(kind)
  const store = createStore(database, filesIn(at('confirmed'))).as({ actor: 'test', complexes: 'all' })
  await store.complexes.put(await loadComplex('gwangju'))
  const days = [1, 2, 3].map((day) => ({ date: `2026-11-2${day}`, problem: makeProblem({ name: `"날" ${day}\n` }) }))
  const [first] = await store.complexes.addDays('gwangju', days, { fileName: 'orders.csv', rows: 9, accepted: 9 })
  await store.plans.put({ id: 'p', problem: first!.problem, plan: makePlan({ costKrw: 5 }) })
  await store.plans.confirm('p', 1, FILE)
  const link = await store.links.add('p', { route: 'r1', vehicle: 'v' }, new Date('2026-11-24T12:00:00+09:00'))
  const photo = { id: 'f', route: 'r1', kind: 'photo', type: 'image/png', size: 4, at: '2026-11-23T09:00:00Z' } as const
  await store.proofs.add(link.id, { ...photo, plan: 'p', bytes: new Uint8Array([0, 0xff, 0x0a, 0x5c]) })
  const job = {
    id: 'j',
    problem: first!.problem,
    plan: 'p',
    request: { seconds: 1 },
    locale: 'ko',
    from: undefined,
  } as const
  await store.jobs.add(job, { send: async () => '00000000-0000-0000-0000-000000000001' })
  // what nobody of ours writes: numbers at the edge, JSON over several lines, half a microsecond
  await sql`update complexes set data = ${'{\n  "a": 9007199254740993,\r\n "b": "\\n"}'}, created_at = '2026-01-01 00:00:00.123456+09'`.execute(
    database.db,
  )
  return database
}

/** Every row of every table as the database writes it. */
async function contents({ db }: Database): Promise<Record<string, string[]>> {
  const tables = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(db)
  const found: Record<string, string[]> = {}
  for (const { name } of tables.rows.filter(({ name }) => !name.startsWith('kysely'))) {
    const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(
      db,
    )
    found[name] = rows.map(({ row }) => row.replaceAll(/[\r\n]/g, ' ')).sort()
  }
  return found
}

const confirmedFiles = (name: string) =>
  Object.fromEntries(readdirSync(at(name)).map((file) => [file, readFileSync(join(at(name), file), 'utf8')]))

describe.each(PAIRS)('a backup of $from restored into $into', ({ from, into }) => {
  it('holds the same rows in every table and the same confirmed files, and numbers go on from there', async () => {
    const source = await filled(from)
    const size = await writeBackup(source.db, at('confirmed'), at('backup.gz'))
    const target = await open(into, false)
    const header = await verifyBackup(at('backup.gz'))
    expect(header).toMatchObject({ ...size, files: 2 })
    await restoreBackup(target.db, at('restored'), at('backup.gz'), { header, replace: false })

    const before = await contents(source)
    const { audit, ...after } = await contents(target)
    expect({ ...after, audit: audit!.filter((line) => !line.includes('"action":"restore"')) }).toEqual(before)
    expect(audit).toHaveLength(before.audit!.length + 1)
    expect(before.shipments).toHaveLength(9)
    expect(confirmedFiles('restored')).toEqual(confirmedFiles('confirmed'))

    const store = createStore(target).as({ actor: 'test', complexes: 'all' })
    const added = await store.problems.add('gwangju', makeProblem())
    expect((await store.problems.list({ limit: 1 })).items[0]?.id).toBe(added)
  })
})

describe.each(ADDRESSES)('restoring into $kind', ({ kind }) => {
  it('needs an empty place, unless what is there may go', async () => {
    const source = await filled(kind)
    await writeBackup(source.db, at('confirmed'), at('backup.gz'))
    const header = await verifyBackup(at('backup.gz'))
    const target = await open(kind)
    const store = createStore(target, filesIn(at('other'))).as({ actor: 'test', complexes: 'all' })
    await store.complexes.put(await loadComplex('gwangju'))
    const problem = await store.problems.add('gwangju', makeProblem({ name: 'to be dropped' }))
    await store.plans.put({ id: 'x', problem, plan: makePlan() })
    await store.plans.confirm('x', 1, FILE)
    const before = await contents(target)
    const restore = async (replace: boolean) =>
      await restoreBackup(target.db, at('other'), at('backup.gz'), { header, replace })
    await expect(restore(false)).rejects.toMatchObject({ status: 409, code: 'restore.notEmpty' })
    expect(await contents(target)).toEqual(before)

    await restore(true)
    expect((await contents(target)).plans).toEqual((await contents(source)).plans)
    expect(confirmedFiles('other')).toEqual(confirmedFiles('confirmed'))
  })

  it('changes nothing when it fails half way', async () => {
    const source = await filled(kind)
    const path = at('backup.gz')
    await writeBackup(source.db, at('confirmed'), path)
    const header = await verifyBackup(path)
    // after it was verified: a row that the database will not take
    const lines = gunzipSync(readFileSync(path)).toString().replace('"locale":"ko"', '"locale":null')
    writeFileSync(path, gzipSync(lines))
    const before = await contents(source)
    const files = confirmedFiles('confirmed')
    await expect(restoreBackup(source.db, at('confirmed'), path, { header, replace: true })).rejects.toThrow(/null/)
    expect(await contents(source)).toEqual(before)
    expect(confirmedFiles('confirmed')).toEqual(files)
    expect(readdirSync(folder).sort()).toEqual(['backup.gz', 'confirmed'])
  })

  it('takes in the backup of an older release and brings it up to date', async () => {
    const source = await openDatabase(await freshAddress(kind))
    opened.push(source)
    // what m001 wrote
    await sql`alter table shipments drop column problem_seq`.execute(source.db)
    await sql`alter table plans drop column edited`.execute(source.db)
    await sql`delete from kysely_migration where name <> 'm001'`.execute(source.db)
    await sql`insert into complexes (id, data, created_at) values ('c', '{}', now())`.execute(source.db)
    await sql`insert into problems values ('p', 1, 'c', 'n', 's', 1, 1, 1, 1, '{}', now(), 'x')`.execute(source.db)
    await sql`insert into shipments values ('p', 0, 'c', 's', 'f', '{}')`.execute(source.db)
    await writeBackup(source.db, undefined, at('old.gz'))
    const header = await verifyBackup(at('old.gz'))
    expect(header.migration).toBe('m001')
    const target = await open(kind, false)
    await restoreBackup(target.db, at('none'), at('old.gz'), { header, replace: false })
    const list = await createStore(target).as({ actor: 'test', complexes: 'all' }).shipments.list({ limit: 9 })
    expect(list.items).toMatchObject([{ problem: 'p' }])
  })

  it('shows one moment, whatever is written while it is taken', async () => {
    const source = await filled(kind)
    const store = createStore(source).as({ actor: 'test', complexes: 'all' })
    const write = async () => {
      for (let k = 0; k < 10; k++) await store.problems.add('gwangju', makeProblem())
    }
    await Promise.all([writeBackup(source.db, undefined, at('backup.gz')), write()])
    const lines = gunzipSync(readFileSync(at('backup.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const of = (table: string) => lines.filter((line) => line.table === table).map(({ row }) => row)
    const shipments = Map.groupBy(of('shipments'), ({ problem }) => problem)
    for (const { id } of of('problems')) expect(shipments.get(id)).toHaveLength(3)
    expect(shipments.size).toBe(of('problems').length)
  })
})

describe('a file that is no whole backup', () => {
  it('is refused with words before anything is touched', async () => {
    const source = await filled('memory')
    const path = at('backup.gz')
    await writeBackup(source.db, undefined, path)
    const whole = readFileSync(path)
    const text = gunzipSync(whole).toString()
    const faulty: readonly (readonly [string, Buffer])[] = [
      ['cut', whole.subarray(0, whole.length - 20)],
      ['half', whole.subarray(0, whole.length / 2)],
      ['empty', Buffer.alloc(0)],
      ['no gzip', Buffer.from('hello')],
      ['another gzip', gzipSync('{"a":1}\n')],
      ['changed', gzipSync(text.replace('four', 'five').replace('날', '밤'))],
      ['a row less', gzipSync(text.split('\n').toSpliced(3, 1).join('\n'))],
      ['no end', gzipSync(`${text.trim().split('\n').slice(0, -1).join('\n')}\n`)],
      ['no JSON', gzipSync(text.replace('"table"', 'table'))],
    ]
    for (const [name, bytes] of faulty) {
      writeFileSync(path, bytes)
      await expect(verifyBackup(path), name).rejects.toMatchObject({ status: 400, code: 'backup.damaged' })
    }
    writeFileSync(path, gzipSync(text.replace('"migration":"m', '"migration":"n')))
    await expect(verifyBackup(path)).rejects.toMatchObject({ status: 400, code: 'backup.newer' })
  })
})

describe.each(ADDRESSES)('GET /api/backup of $kind', (address) => {
  it('sends a whole backup to those who see all complexes', async () => {
    const { app } = await openApp({}, address)
    const answer = await app.inject('/api/backup')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/gzip')
    writeFileSync(at('b.gz'), answer.rawPayload)
    expect((await verifyBackup(at('b.gz'))).rows).toBeGreaterThan(0)
  })
})
