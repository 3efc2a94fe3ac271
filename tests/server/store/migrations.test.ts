import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Address, openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { MIGRATIONS } from '../../../server/store/migrations/index.ts'
import { ADDRESSES, freshAddress } from '../databases.ts'
import { makePlan, makeProblem } from '../makeProblem.ts'

const SCHEMAS = new URL('../../../fixtures/schemas/', import.meta.url)
const RELEASED = (await readdir(SCHEMAS)).filter((name) => name.endsWith('.sql'))
const CASES = ADDRESSES.flatMap((address) => RELEASED.map((released) => ({ released, kind: address.kind })))

/** A database as that release left it. */
async function asReleased(kind: Address['kind'], released: string): Promise<Address> {
  const script = await readFile(new URL(released, SCHEMAS), 'utf8')
  const address = await placeOf(kind)
  if (address.kind === 'folder') {
    const pglite = await PGlite.create(join(address.path, 'pglite'))
    await pglite.exec(script)
    await pglite.close()
  } else if (address.kind === 'server') {
    const client = new pg.Client(address.url)
    await client.connect()
    await client.query(script)
    await client.end()
  }
  return address
}

/** What lives in memory only has no older release: there, a folder. */
async function placeOf(kind: Address['kind']): Promise<Address> {
  if (kind === 'server') return await freshAddress('server')
  const path = await mkdtemp(join(tmpdir(), 'milkrun-released-'))
  onTestFinished(async () => await rm(path, { recursive: true, force: true }))
  return { kind: 'folder', path }
}

describe.each(CASES)('data of $released in $kind', ({ released, kind }) => {
  it('is all there after the newest migrations, and can be worked with', async () => {
    const database = await openDatabase(await asReleased(kind, released))
    const store = createStore(database).as({ actor: 'test', complexes: 'all' })
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database.db)
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(MIGRATIONS))

    const [other, problem] = (await store.problems.list({ limit: 9 })).items
    expect([other?.name, problem?.name, problem?.plan]).toEqual(['another day', 'four sites', 'driven'])
    expect((await store.problems.get(problem!.id))?.problem).toEqual(makeProblem())
    expect(await store.plans.get('driven')).toMatchObject({
      state: 'confirmed',
      version: 2,
      plan: { costKrw: 110_000 },
    })
    expect((await store.complexes.get('gwangju'))?.days).toEqual([
      {
        date: '2026-11-23',
        problem: problem!.id,
        shipments: 3,
        plan: 'driven',
        planState: 'confirmed',
        confirmed: 'driven',
      },
    ])
    const shipments = await store.shipments.list({ limit: 4, firm: 'firm' })
    expect(shipments.items.map((item) => item.problem)).toEqual([other!.id, other!.id, other!.id, problem!.id])
    expect((await store.jobs.get('job'))?.state).toBe('done')
    expect((await store.audit.list({ limit: 99 })).items.length).toBeGreaterThanOrEqual(8)

    // and numbers go on where they were
    await store.plans.withdraw('driven', 2)
    await store.plans.put({ id: 'new', problem: await store.problems.add('gwangju', makeProblem()), plan: makePlan() })
    expect((await store.plans.list({ limit: 1 })).items[0]?.id).toBe('new')
    await database.close()
  })
})

describe.each(ADDRESSES)('data of a newer release in $kind', ({ kind }) => {
  it('is refused and left alone', async () => {
    const address = await placeOf(kind)
    const newer = await openDatabase(address)
    await sql`insert into kysely_migration values ('m999', '2099-01-01')`.execute(newer.db)
    await newer.close()
    await expect(openDatabase(address)).rejects.toMatchObject({ status: 503, code: 'database.newer' })
    await expect(openDatabase(address)).rejects.toMatchObject({ code: 'database.newer' })
  })
})
