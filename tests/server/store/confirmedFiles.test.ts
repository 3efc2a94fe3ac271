import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadComplex } from '../../../server/complexes.ts'
import { renderPlanFile } from '../../../server/reports/planFile.ts'
import { filesIn } from '../../../server/store/confirmedFiles.ts'
import { type Database, openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { recoverConfirmed } from '../../../server/store/recover.ts'
import type { Nouns } from '../../../server/store/store.ts'
import { ADDRESSES, empty, freshAddress } from '../databases.ts'
import { makePlan, makeProblem } from '../makeProblem.ts'

const ALL = { actor: 'test', complexes: 'all' } as const
const TRAVEL = { key: 'test', estimated: true, tables: [] }
const FILE = renderPlanFile(makePlan({ costKrw: 5 }), makeProblem(), TRAVEL)

describe.each(ADDRESSES)('a confirmed plan beside a store in $kind', ({ kind }) => {
  let database: Database
  let folder: string
  let store: Nouns
  let problem: string
  beforeAll(async () => {
    database = await openDatabase(await freshAddress(kind))
  })
  afterAll(async () => await database.close())
  beforeEach(async () => {
    await empty(database)
    folder = await mkdtemp(join(tmpdir(), 'milkrun-confirmed-'))
    store = createStore(database, filesIn(folder)).as(ALL)
    await store.complexes.put(await loadComplex('gwangju'))
    problem = await store.problems.add('gwangju', makeProblem())
    await store.complexes.setDay('gwangju', '2026-11-23', problem)
    await store.plans.put({ id: 'p', problem, plan: makePlan({ costKrw: 5 }) })
  })
  afterEach(async () => await rm(folder, { recursive: true, force: true }))
  const recover = async (mend = true) => await recoverConfirmed(database.db, filesIn(folder), { mend })

  it('comes back with its problem, its day and its complex when the database is lost', async () => {
    const confirmed = await store.plans.confirm('p', 1, FILE)
    await empty(database)
    expect(await recover()).toEqual([{ id: 'p', outcome: 'confirmed' }])
    expect(await store.plans.get('p')).toEqual(confirmed)
    expect((await store.problems.get(problem))?.problem).toEqual(makeProblem())
    expect((await store.shipments.list({ limit: 10 })).items).toHaveLength(3)
    expect(await store.complexes.get('gwangju')).toMatchObject({
      data: await loadComplex('gwangju'),
      days: [{ date: '2026-11-23', problem, plan: 'p' }],
    })
    expect((await store.audit.list({ limit: 9, nounId: 'p' })).items).toMatchObject([
      { actor: 'system', action: 'recover', noun: 'plan' },
    ])
    // all is well: nothing to do
    expect(await recover()).toEqual([])
  })

  it('is confirmed again where the database remembers only the draft', async () => {
    await store.plans.confirm('p', 1, FILE)
    await sql`update plans set state = 'draft', version = 1`.execute(database.db)
    expect(await recover(false)).toEqual([{ id: 'p', outcome: 'missing' }])
    expect((await store.plans.get('p'))?.state).toBe('draft')
    await recover()
    expect(await store.plans.get('p')).toMatchObject({ state: 'confirmed', version: 2, changedBy: 'test' })
  })

  it('does not come back once it was withdrawn, and the plan confirmed after it does', async () => {
    await store.plans.confirm('p', 1, FILE)
    await store.plans.withdraw('p', 2)
    await store.plans.put({ id: 'q', problem, plan: makePlan({ costKrw: 5 }) })
    await store.plans.confirm('q', 1, FILE)
    // the database of an hour ago
    await sql`delete from plans where id = 'q'`.execute(database.db)
    await sql`update plans set state = 'confirmed', version = 2`.execute(database.db)
    expect(await recover()).toEqual([
      { id: 'p', outcome: 'withdrawn' },
      { id: 'q', outcome: 'confirmed' },
    ])
    expect(await store.plans.get('p')).toMatchObject({ state: 'withdrawn', version: 3 })
    await empty(database)
    expect(await recover()).toEqual([{ id: 'q', outcome: 'confirmed' }])
  })

  it('leaves no file where the confirmation was refused, and the old one where a withdrawal was', async () => {
    await expect(store.plans.confirm('p', 7, FILE)).rejects.toMatchObject({ status: 412 })
    expect(readdirSync(folder)).toEqual([])
    await store.plans.confirm('p', 1, FILE)
    const before = readFileSync(join(folder, 'p.state.json'), 'utf8')
    // a commit that fails after the file was written
    await sql`create function broken() returns trigger as 'begin raise exception ''no''; end' language plpgsql`.execute(
      database.db,
    )
    await sql`create constraint trigger broken after update on plans deferrable initially deferred for each row execute function broken()`.execute(
      database.db,
    )
    try {
      await expect(store.plans.withdraw('p', 2)).rejects.toThrow('no')
      expect(readFileSync(join(folder, 'p.state.json'), 'utf8')).toBe(before)
      await store.plans.put({ id: 'q', problem: await store.problems.add('gwangju', makeProblem()), plan: makePlan() })
      await expect(store.plans.confirm('q', 1, FILE)).rejects.toThrow('no')
      expect(existsSync(join(folder, 'q.state.json'))).toBe(false)
    } finally {
      await sql`drop function broken cascade`.execute(database.db)
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.part') || name.endsWith('.before'))).toEqual([])
  })

  it('tells of files that were damaged and leaves them', async () => {
    await store.plans.confirm('p', 1, FILE)
    await empty(database)
    writeFileSync(join(folder, 'p.json'), FILE.replace('"costKrw":5', '"costKrw":4'))
    writeFileSync(join(folder, 'half.state.json'), '{"id":')
    expect(await recover()).toEqual([
      { id: 'half.state.json', outcome: 'damaged' },
      { id: 'p', outcome: 'damaged' },
    ])
    expect(await store.plans.get('p')).toBeUndefined()
  })
})
