import { describe, expect, it } from 'vitest'
import { loadOrders } from '../../server/complexes.ts'
import { ADDRESSES } from './databases.ts'
import { makeProblem } from './makeProblem.ts'
import { addProblem, expectRefusal, openApp } from './openApp.ts'

const LATER = { seconds: 3600 }
const withKey = (key: string) => ({ 'idempotency-key': key })

describe.each(ADDRESSES)('a submit with an idempotency key in $kind', (address) => {
  // nobody works on the jobs: they only wait
  const open = async () => await openApp({ concurrency: 0 }, address)

  it('makes one job of twenty sent at once, and answers all of them the same', async () => {
    const { app, store } = await open()
    const url = `/api/problems/${await addProblem(app)}/jobs`
    const send = async () => await app.inject({ method: 'POST', url, payload: LATER, headers: withKey('k1') })
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([202]))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect((await store.jobs.list({ limit: 50 })).items).toHaveLength(1)
    expect((await send()).json()).toEqual(answers[0]!.json())
    await app.inject({ method: 'POST', url, payload: LATER, headers: withKey('k2') })
    await app.inject({ method: 'POST', url, payload: LATER })
    expect((await store.jobs.list({ limit: 50 })).items).toHaveLength(3)
  })

  it('refuses the key for another content, and does nothing', async () => {
    const { app, store } = await open()
    const url = `/api/problems/${await addProblem(app)}/jobs`
    await app.inject({ method: 'POST', url, payload: LATER, headers: withKey('k') })
    const other = { method: 'POST', url, payload: { seconds: 1800 }, headers: withKey('k') } as const
    expect(expectRefusal(await app.inject(other), 422).code).toBe('idempotency.otherBody')
    expect((await store.jobs.list({ limit: 50 })).items).toHaveLength(1)
  })

  it('does not remember what was refused', async () => {
    const { app } = await open()
    const id = await addProblem(app)
    const headers = withKey('k')
    const bad = {
      method: 'POST',
      url: `/api/problems/${id}/jobs`,
      payload: { ...LATER, from: 'nobody' },
      headers,
    } as const
    expectRefusal(await app.inject(bad), 404)
    const good = { ...bad, payload: LATER }
    expect((await app.inject(good)).statusCode).toBe(202)
  })

  it('adds a problem, or the days of a file, once', async () => {
    const { app, store } = await open()
    const problem = { method: 'POST', url: '/api/problems', payload: makeProblem(), headers: withKey('p') } as const
    const added = await Promise.all([app.inject(problem), app.inject(problem)])
    expect(added.map(({ statusCode }) => statusCode)).toEqual([201, 201])
    expect(added[0]!.json()).toEqual(added[1]!.json())
    expect((await store.problems.list({ limit: 50 })).items).toHaveLength(1)

    const { bytes } = await loadOrders('gwangju', 1)
    const headers = { ...withKey('f'), 'content-type': 'text/csv' }
    const file = { method: 'POST', url: '/api/imports?complex=gwangju', payload: Buffer.from(bytes), headers } as const
    const [first, second] = [await app.inject(file), await app.inject(file)]
    expect(first.json().days.length).toBeGreaterThan(0)
    expect(second.json()).toEqual(first.json())
    expect((await store.problems.list({ limit: 50 })).items).toHaveLength(1 + first.json().days.length)
    const changed = { ...file, payload: Buffer.concat([bytes, Buffer.from('\n')]) }
    expectRefusal(await app.inject(changed), 422)
  })

  it.each(['', ' ', 'ㄱ', 'x'.repeat(256)])('refuses %j as a key', async (key) => {
    const { app } = await open()
    const url = `/api/problems/${await addProblem(app)}/jobs`
    const encoded = Buffer.from(key).toString('latin1')
    expectRefusal(await app.inject({ method: 'POST', url, payload: LATER, headers: withKey(encoded) }), 400)
  })
})
