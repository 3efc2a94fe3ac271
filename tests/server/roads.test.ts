import { afterEach, describe, expect, it } from 'vitest'
import { RoadsSchema } from '../../server/api.ts'
import { providerRefusal } from '../../server/errors.ts'
import { osrmOverHttp } from '../../server/travel/osrm.ts'
import type { ProviderError } from '../../server/travel/provider.ts'
import { openRoads } from '../../server/travel/sources.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { makeProblem } from './makeProblem.ts'
import { addProblem, expectShape, openApp } from './openApp.ts'
import { openFakeOsrm } from './travel/fakeOsrm.ts'

/** No roads were built there. */
const NOWHERE = '/nowhere/at/all'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
async function openFake() {
  const fake = await openFakeOsrm()
  closing.push(fake.close)
  fake.publish('2026-11-01')
  return fake
}
/** A request that needs travel figures and no search. */
const askVroom = {
  method: 'POST',
  url: '/vroom',
  payload: { vehicles: [{ id: 1, start: [126.77, 35.12] }], jobs: [{ id: 1, location: [126.8, 35.19] }] },
} as const

describe('GET /api/roads/source', () => {
  it('tells that the trunk network is an estimate', async () => {
    const { app } = await openApp()
    const response = await app.inject('/api/roads/source')
    expectShape(RoadsSchema, response.json())
    expect(response.json()).toEqual({
      source: 'trunk',
      kind: 'trunk',
      estimated: true,
      estimatedTolls: true,
      fallback: false,
      state: 'good',
    })
    expect((await app.inject('/ready')).json().roads).toBe('good')
  })

  it('tells whose data a service has, of which day, and what of it is an estimate', async () => {
    const fake = await openFake()
    const { app } = await openApp({ provider: osrmOverHttp(fake.address) })
    expect((await app.inject(askVroom)).json().x_travel).toEqual({
      source: `osrm http://${fake.address.host}`,
      estimated: false,
    })
    const response = await app.inject('/api/roads/source')
    expectShape(RoadsSchema, response.json())
    expect(response.json()).toEqual({
      source: `osrm http://${fake.address.host}`,
      kind: 'osrm',
      estimated: false,
      estimatedTolls: true,
      licence: '© OpenStreetMap contributors, ODbL',
      dataDate: '2026-11-01',
      fallback: false,
      state: 'good',
    })
  })

  it('tells in the language of the caller what is wrong, and so do readiness, metrics and whoever needed the roads', async () => {
    const fake = await openFake()
    const provider = osrmOverHttp(fake.address, { retries: 0, failuresToOpen: 2 })
    const { app, service } = await openApp({ provider })
    fake.faults.push(...Array(2).fill((reply: { code(status: number): { send(): void } }) => reply.code(503).send()))
    const { error, x_faults } = (await app.inject({ ...askVroom, headers: { 'accept-language': 'en' } })).json()
    expect(error).toContain('osrm')
    expect(x_faults[0].message).toContain(
      `osrm http://${fake.address.host}, the version of its data: it answers HTTP 503`,
    )
    const tell = async (language: string) =>
      (await app.inject({ url: '/api/roads/source', headers: { 'accept-language': language } })).json()
    expect(await tell('en')).toMatchObject({ state: 'failing', why: 'it answers HTTP 503.' })
    expect(await tell('ko')).toMatchObject({ state: 'failing', why: 'HTTP 503 로 답합니다.' })

    await app.inject(askVroom)
    expect((await app.inject('/ready')).json()).toMatchObject({ status: 'ok', roads: 'resting' })
    expect((await app.inject('/metrics')).body).toContain('milkrun_roads_state{state="resting"} 1')

    const error503 = await service.travelOf(makeProblem()).catch((reason: unknown) => reason)
    const { status, code, words } = providerRefusal(error503 as ProviderError, 'ko')
    expect([status, code]).toEqual([503, 'travel.unavailable'])
    expect(words.ko).toMatch(
      new RegExp(`이동시간을 구하지 못했습니다. osrm http://${fake.address.host}, 자료의 판: 거듭 실패해 15초`),
    )
  })
})

describe('the choice of roads', () => {
  const fallbackOf = async (roads: string, fallback: string) =>
    (await openRoads({ roads, folder: NOWHERE, fallback }, 'en')).fallback
  it('is the trunk network unless told, which needs no fallback', async () => {
    const none = { roads: undefined, folder: NOWHERE, fallback: undefined }
    expect(await openRoads(none, 'ko')).toBe(trunk)
    expect(await fallbackOf('trunk', 'trunk')).toBeUndefined()
  })

  it('falls back where the operator says so, and not otherwise', async () => {
    expect(await fallbackOf('osrm+http://127.0.0.1:5000', 'trunk')).toBe(trunk)
    expect(await fallbackOf('osrm+http://127.0.0.1:5000', 'fail')).toBeUndefined()
  })

  it.each([
    ['somewhere', undefined, 'roads.choice'],
    ['osrm+http://', undefined, 'roads.choice'],
    ['osrm+http://me:secret@host:99999', undefined, 'roads.choice'],
    ['osrm+http://host?profile=a/b', undefined, 'roads.choice'],
    ['matrix:/nowhere/at/all.csv', undefined, 'roads.file'],
    ['trunk', 'guess', 'roads.fallback'],
    ['valhalla+ftp://host', undefined, 'roads.choice'],
  ])('refuses %s with fallback %s in words that help, and repeats no secret', async (roads, fallback, code) => {
    const refusal = await openRoads({ roads, folder: NOWHERE, fallback }, 'ko').then(
      () => undefined,
      (error: unknown) => error as { code: string; words: { ko: string; en: string } },
    )
    expect(refusal?.code).toBe(code)
    expect(refusal!.words.ko).toMatch(/[가-힣]/)
    expect(JSON.stringify(refusal!.words)).not.toContain('secret')
  })

  it('plans on estimates while the roads are silent, and tells so as long as there is the plan', async () => {
    const fake = await openFake()
    const chosen = await openRoads({ roads: `osrm+${fake.address}`, folder: NOWHERE, fallback: 'trunk' }, 'en')
    const { app } = await openApp({ provider: chosen })
    fake.faults.push((reply) => reply.code(501).send())
    const problem = await addProblem(app)
    const submitted = await app.inject({
      method: 'POST',
      url: `/api/problems/${problem}/jobs`,
      payload: { seconds: 600, iterations: 100, boundSeconds: 0 },
    })
    const { id } = submitted.json()
    await app.inject(`/api/jobs/${id}/events`)
    const job = (await app.inject(`/api/jobs/${id}`)).json()
    expect(job.state).toBe('done')
    const { plan } = (await app.inject(`/api/plans/${job.plan}`)).json()
    const why = { ko: expect.stringContaining('HTTP 501'), en: expect.stringContaining('HTTP 501') }
    expect(plan.provenance).toMatchObject({ estimated: true, fallback: { from: chosen.name, why } })

    // the roads answer again by now: the plan stays what it was made on, and says so
    const file = (await app.inject(`/api/plans/${job.plan}/file`)).json()
    expect(file.travel).toMatchObject({
      key: plan.provenance.travelKey,
      estimated: true,
      fallback: { from: chosen.name, why },
    })
    const comparison = await app.inject(`/api/plans/${job.plan}/comparison`)
    expect(comparison.json().planKrw).toBe(plan.costKrw)
    const taken = await app.inject({ method: 'POST', url: '/api/plans/import?complex=gwangju', payload: file })
    expect(taken.statusCode, taken.body).toBe(201)
  })

  it('keeps the circuit of a service when it gains a fallback', async () => {
    const fake = await openFake()
    const { app } = await openApp({
      provider: await openRoads({ roads: `osrm+${fake.address}`, folder: NOWHERE, fallback: 'trunk' }, 'en'),
    })
    // 501: nothing that another try would mend
    fake.faults.push((reply) => reply.code(501).send())
    const { x_travel } = (await app.inject({ ...askVroom, headers: { 'accept-language': 'en' } })).json()
    expect(x_travel).toMatchObject({ source: 'trunk', estimated: true, instead_of: `osrm http://${fake.address.host}` })
    expect(x_travel.why).toContain('HTTP 501')
    expect((await app.inject('/api/roads/source')).json()).toMatchObject({ fallback: true, state: 'failing' })
    expect((await app.inject(askVroom)).json().x_travel).toEqual({
      source: `osrm http://${fake.address.host}`,
      estimated: false,
    })
    expect((await app.inject('/api/roads/source')).json()).toMatchObject({ fallback: true, state: 'good' })
  })
})
