import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { loadComplex } from '../../../server/complexes.ts'
import { openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { makePlan, makeProblem } from '../makeProblem.ts'
import { MEMORY } from '../memory.ts'

const everything = { actor: 'test', complexes: 'all' } as const

it('reads what was written last, whatever is read and written at the same time', async () => {
  const database = await openDatabase(MEMORY)
  try {
    const store = createStore(database).as(everything)
    await store.complexes.put(await loadComplex('gwangju'))
    const problem = await store.problems.add('gwangju', makeProblem())
    let costKrw = 1
    await store.plans.put({ id: 'p', problem, plan: makePlan({ costKrw }) })
    const read = async () => {
      const atLeast = costKrw
      const found = (await store.plans.get('p'))!.plan.costKrw
      const listed = (await store.plans.list({ limit: 1 })).items[0]!.costKrw
      // what was acknowledged before the reading began is seen by it
      expect(Math.min(found, listed)).toBeGreaterThanOrEqual(atLeast)
    }
    const write = async () => {
      const next = costKrw + 1
      await store.plans.put({ id: 'p', problem, plan: makePlan({ costKrw: next }) })
      costKrw = Math.max(costKrw, next)
    }
    const direct = async () => {
      await sql`update plans set version = version + 1 where id = 'p'`.execute(database.db)
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(read, read, write, direct), { maxLength: 12 }), async (steps) => {
        // one write at a time counts up; everything else runs beside it
        let writing: Promise<void> = Promise.resolve()
        await Promise.all(steps.map((step) => (step === write ? (writing = writing.then(write)) : step())))
        await read()
      }),
      { numRuns: 50 },
    )
  } finally {
    await database.close()
  }
})

it('keeps what was read until something is written, and nothing that failed', async () => {
  const database = await openDatabase(MEMORY)
  try {
    const store = createStore(database).as(everything)
    await store.complexes.put(await loadComplex('gwangju'))
    const problem = await store.problems.add('gwangju', makeProblem())
    const first = await store.problems.get(problem)
    expect(await store.problems.get(problem)).toBe(first)
    await store.plans.put({ id: 'p', problem, plan: makePlan() })
    const second = await store.problems.get(problem)
    expect(second).not.toBe(first)
    expect(second).toEqual(first)
    const stranger = createStore(database).as({ actor: 'stranger', complexes: ['busan'] })
    expect(await stranger.problems.get(problem)).toBeUndefined()
    await sql`alter table problems rename to problems_away`.execute(database.db)
    await expect(store.problems.get(problem)).rejects.toThrow()
    await sql`alter table problems_away rename to problems`.execute(database.db)
    expect(await store.problems.get(problem)).toEqual(first)
  } finally {
    await database.close()
  }
})
