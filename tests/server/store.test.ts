import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadComplex } from '../../server/complexes.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import type { Nouns } from '../../server/store/store.ts'
import { ADDRESSES, empty, freshAddress } from './databases.ts'
import { makePlan, makeProblem } from './makeProblem.ts'

/** Every store keeps these promises. */
describe.each(ADDRESSES)('a store in $kind', ({ kind }) => {
  let database: Database
  let store: Nouns
  let problem: string
  beforeAll(async () => {
    database = await openDatabase(await freshAddress(kind))
  })
  afterAll(async () => await database.close())
  beforeEach(async () => {
    await empty(database)
    store = createStore(database).as({ actor: 'test', complexes: 'all' })
    await store.complexes.put(await loadComplex('gwangju'))
    problem = await store.problems.add('gwangju', makeProblem())
  })

  it('gives a problem back under its id and knows no other', async () => {
    expect(await store.problems.get(problem)).toEqual({ id: problem, complex: 'gwangju', problem: makeProblem() })
    expect(await store.problems.get('other')).toBeUndefined()
    expect((await store.problems.list({ limit: 10 })).items.map((record) => record.id)).toEqual([problem])
  })

  it('keeps what a complex calls its columns, each under its last meaning, apart from other complexes', async () => {
    expect(await store.mappings.get('gwangju')).toEqual({})
    await store.mappings.learn('gwangju', { weight: '중량(kg)', from: '싣는곳' })
    await store.mappings.learn('gwangju', { weightKg: '중량(kg)', weight: '무게값' })
    expect(await store.mappings.get('gwangju')).toEqual({ '중량(kg)': 'weightKg', 싣는곳: 'from', 무게값: 'weight' })
    expect(await store.mappings.get('siheung')).toEqual({})
  })

  it('replaces a plan in place and names the one changed last as newest', async () => {
    await store.plans.put({ id: 'a', problem, plan: makePlan({ costKrw: 3 }) })
    await store.plans.put({ id: 'b', problem, plan: makePlan({ costKrw: 2 }) })
    expect(await store.plans.newestOf(problem)).toBe('b')
    await store.plans.put({ id: 'a', problem, plan: makePlan({ costKrw: 1 }) })
    expect(await store.plans.newestOf(problem)).toBe('a')
    expect((await store.plans.get('a'))?.plan.costKrw).toBe(1)
    expect(await store.plans.newestOf('other')).toBeUndefined()
  })

  it('goes back to the plan before when the newest is removed', async () => {
    await store.plans.put({ id: 'a', problem, plan: makePlan() })
    await store.plans.put({ id: 'b', problem, plan: makePlan() })
    await store.plans.remove('b')
    expect(await store.plans.newestOf(problem)).toBe('a')
    expect(await store.plans.get('b')).toBeUndefined()
  })

  it('keeps one problem a day, in order of date', async () => {
    const late = await store.problems.add('gwangju', makeProblem())
    await store.complexes.setDay('gwangju', '2026-11-24', late)
    await store.complexes.setDay('gwangju', '2026-11-23', problem)
    const again = await store.problems.add('gwangju', makeProblem())
    await store.complexes.setDay('gwangju', '2026-11-24', again)
    expect((await store.complexes.get('gwangju'))?.days).toEqual([
      { date: '2026-11-23', problem, shipments: 3 },
      { date: '2026-11-24', problem: again, shipments: 3 },
    ])
  })

  it('shows nothing of another complex', async () => {
    await store.plans.put({ id: 'a', problem, plan: makePlan() })
    const stranger = createStore(database).as({ actor: 'stranger', complexes: ['busan'] })
    expect(await stranger.problems.get(problem)).toBeUndefined()
    expect(await stranger.plans.get('a')).toBeUndefined()
    expect((await stranger.plans.list({ limit: 10 })).items).toEqual([])
    expect((await stranger.shipments.list({ limit: 10 })).items).toEqual([])
    expect(await stranger.complexes.list()).toEqual([])
    expect((await stranger.audit.list({ limit: 10 })).items).toEqual([])
    await expect(stranger.plans.confirm('a', 1, '{}')).rejects.toMatchObject({ status: 404 })
  })
})
