import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Address, openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { MIGRATIONS } from '../../../server/store/migrations/index.ts'
import type { Tables } from '../../../server/store/tables.ts'
import { ADDRESSES, freshAddress } from '../databases.ts'
import { makePlan, makeProblem, makeRoute } from '../makeProblem.ts'

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
  if (kind === 'server') return await freshAddress('server', { bare: true })
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

describe('members that had a list of trucks', () => {
  it('become members of a carrier with these trucks, and the rounds that they were shown stay theirs', async () => {
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) })
    onTestFinished(async () => await db.destroy())
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
    expect((await migrator.migrateTo('m011')).error).toBeUndefined()
    const fleet = ['small', 'large', 'other'].map((id) => ({ id }))
    const carriers = [{ id: 'carrier-1', name: 'known', vehicles: ['other'] }]
    const routes = ['small', 'large', 'other', 'strange'].map((vehicle) => ({ ...makeRoute(vehicle, {}), id: vehicle }))
    const data = (value: object) => JSON.stringify(value)
    await sql`insert into complexes (id, data, created_at) values ('home', ${data({ fleet, carriers })}, now())`.execute(
      db,
    )
    await sql`insert into problems (id, complex, data, starts_at, created_at, created_by, name, days, site_count, shipment_count, vehicle_count)
      values ('day', 'home', '{}', '2026-11-23', now(), 'x', 'day', 1, 1, 1, 1)`.execute(db)
    for (const [id, state] of [
      ['stands', 'confirmed'],
      ['draft', 'draft'],
    ])
      await sql`insert into plans (id, complex, problem, version, state, cost_krw, data, created_at, changed_at, changed_by)
        values (${id}, 'home', 'day', 1, ${state}, 1, ${data(makePlan({ routes }))}, now(), now(), 'x')`.execute(db)
    const people = { one: ['small', 'large'], two: ['large', 'small'], three: ['other'], four: ['strange'], boss: [] }
    for (const [at, [name, vehicles]] of Object.entries(people).entries()) {
      await sql`insert into auth_users (id, name, email, "emailVerified") values (${name}, ${name}, ${name}, false)`.execute(
        db,
      )
      await sql`insert into members (id, user_id, role, complex, vehicles, created_at, created_by)
        values (${name}, ${name}, ${name === 'boss' ? 'coordinator' : 'carrier'}, 'home', ${data(vehicles)}, ${new Date(at)}, 'x')`.execute(
        db,
      )
    }

    expect((await migrator.migrateToLatest()).error).toBeUndefined()
    const members = await db.selectFrom('members').select(['id', 'carrier']).orderBy('created_at').execute()
    expect(members.map(({ id, carrier }) => `${id} ${carrier}`)).toEqual([
      'one carrier-2',
      'two carrier-2',
      'three carrier-1',
      'four carrier-3',
      'boss null',
    ])
    const [home] = await db.selectFrom('complexes').select('data').execute()
    expect(home?.data.carriers).toEqual([
      ...carriers,
      { id: 'carrier-2', name: 'one', vehicles: ['small', 'large'] },
      { id: 'carrier-3', name: 'four', vehicles: [] },
    ])
    const said = await db.selectFrom('dispatches').select(['plan', 'route', 'data']).orderBy('route').execute()
    expect(said).toEqual([
      { plan: 'stands', route: 'large', data: { carrier: 'carrier-2', state: 'offered' } },
      { plan: 'stands', route: 'other', data: { carrier: 'carrier-1', state: 'offered' } },
      { plan: 'stands', route: 'small', data: { carrier: 'carrier-2', state: 'offered' } },
    ])
  })
})
