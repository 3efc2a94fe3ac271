import { beforeEach, describe, expect, it } from 'vitest'
import { loadComplex } from '../../server/complexes.ts'
import { memoryStore } from '../../server/store/memory.ts'
import type { Store } from '../../server/store/store.ts'
import { makePlan, makeProblem } from './makeProblem.ts'

/** Every store keeps these promises. */
const STORES: readonly (readonly [string, () => Store])[] = [['memory', memoryStore]]

describe.each(STORES)('%s store', (_, open) => {
  let store: Store
  beforeEach(() => {
    store = open()
  })

  it('gives a problem back under its id and knows no other', async () => {
    const id = await store.problems.add(makeProblem())
    expect(await store.problems.get(id)).toEqual({ id, problem: makeProblem() })
    expect(await store.problems.get('other')).toBeUndefined()
    expect((await store.problems.list()).map((record) => record.id)).toEqual([id])
  })

  it('keeps what a complex calls its columns, each under its last meaning, apart from other complexes', async () => {
    expect(await store.mappings.get('gwangju')).toEqual({})
    await store.mappings.learn('gwangju', { weight: '중량(kg)', from: '싣는곳' })
    await store.mappings.learn('gwangju', { weightKg: '중량(kg)', weight: '무게값' })
    expect(await store.mappings.get('gwangju')).toEqual({ '중량(kg)': 'weightKg', 싣는곳: 'from', 무게값: 'weight' })
    expect(await store.mappings.get('siheung')).toEqual({})
  })

  it('replaces a plan in place and names the one changed last as newest', async () => {
    await store.plans.put({ id: 'a', problem: 'p', plan: makePlan({ costKrw: 3 }) })
    await store.plans.put({ id: 'b', problem: 'p', plan: makePlan({ costKrw: 2 }) })
    expect(await store.plans.newestOf('p')).toBe('b')
    await store.plans.put({ id: 'a', problem: 'p', plan: makePlan({ costKrw: 1 }) })
    expect(await store.plans.newestOf('p')).toBe('a')
    expect((await store.plans.get('a'))?.plan.costKrw).toBe(1)
    expect(await store.plans.newestOf('other')).toBeUndefined()
  })

  it('goes back to the plan before when the newest is removed', async () => {
    await store.plans.put({ id: 'a', problem: 'p', plan: makePlan() })
    await store.plans.put({ id: 'b', problem: 'p', plan: makePlan() })
    await store.plans.remove('b')
    expect(await store.plans.newestOf('p')).toBe('a')
    expect(await store.plans.get('b')).toBeUndefined()
  })

  it('keeps one problem a day, in order of date', async () => {
    await store.complexes.add(await loadComplex('gwangju'))
    await store.complexes.setDay('gwangju', '2026-11-24', 'late')
    await store.complexes.setDay('gwangju', '2026-11-23', 'early')
    await store.complexes.setDay('gwangju', '2026-11-24', 'again')
    const days = (await store.complexes.get('gwangju'))?.days
    expect(days).toEqual([
      { date: '2026-11-23', problem: 'early' },
      { date: '2026-11-24', problem: 'again' },
    ])
  })
})
