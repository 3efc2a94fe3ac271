import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Job, JobSchema, StoredPlanSchema } from '../../server/api.ts'
import { loadComplex, loadOrders } from '../../server/complexes.ts'
import { importOrders } from '../../server/imports/index.ts'
import type { App } from '../../server/routes/service.ts'
import { ADDRESSES } from './databases.ts'
import { makeProblem, makeShipment, makeSite } from './makeProblem.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

interface Event {
  readonly id: number
  readonly event: string
  readonly job: Job
}

function readEvents(stream: string): Event[] {
  return stream
    .split('\n\n')
    .filter((block) => block.startsWith('id:'))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)![1]!
      return { id: Number(field('id')), event: field('event'), job: JSON.parse(field('data')) }
    })
}

async function submit(app: App, problem: string, payload: object): Promise<Job> {
  const response = await app.inject({ method: 'POST', url: `/api/problems/${problem}/jobs`, payload })
  expect(response.statusCode, response.body).toBe(202)
  expect(response.headers.location).toBe(`/api/jobs/${response.json().id}`)
  expectShape(JobSchema, response.json())
  return response.json()
}

/** Ends by itself, long before its seconds are over. */
const SHORT = { seconds: 600, iterations: 200 }
/** Does not end unless someone ends it. */
const ENDLESS = { seconds: 3600 }

/** Reads the live stream until an event for which `enough` is true. */
async function readUntil(app: App, job: string, enough: (event: Event) => boolean): Promise<Event[]> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const aborter = new AbortController()
  const response = await fetch(`http://127.0.0.1:${port}/api/jobs/${job}/events`, { signal: aborter.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const events = readEvents(text.slice(0, text.lastIndexOf('\n\n') + 2))
    if (events.some(enough)) {
      aborter.abort()
      return events
    }
  }
  return readEvents(text)
}

const hasPlan = ({ event }: Event) => event === 'plan'

describe.each(ADDRESSES)('a job in $kind', (address) => {
  const open = async () => await openApp({}, address)

  it('goes on to prove what no plan costs less than, and stores the certificate with the plan', async () => {
    const { app } = await open()
    const job = await submit(app, await addProblem(app), { ...SHORT, boundSeconds: 2 })
    const events = readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body)
    for (const event of events) expectShape(JobSchema, event.job)
    const bounds = events.flatMap(({ job }) => job.lowerKrw ?? [])
    expect(bounds.length).toBeGreaterThan(0)
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b))
    const last = events.at(-1)!.job
    expect(last).toMatchObject({ state: 'done', boundSeconds: 2 })
    const stored = (await app.inject(`/api/plans/${last.plan}`)).json()
    expectShape(StoredPlanSchema, stored)
    expect(stored.certificate.lowerKrw).toBe(last.lowerKrw)
    expect(stored.plan.costKrw).toBe(last.costKrw)
    expect(stored.certificate.lowerKrw).toBeLessThanOrEqual(stored.plan.costKrw)
    const file = (await app.inject(`/api/plans/${last.plan}/file`)).json()
    expect(file.certificate).toEqual(stored.certificate)
  })

  it('plans the rest where no road reaches a site, and says from where and to where none leads', async () => {
    const { app } = await open()
    const { sites, shipments } = makeProblem()
    const problem = makeProblem({
      sites: [...sites, makeSite('jeju', 126.53, 33.5)],
      shipments: [...shipments, makeShipment('tuna', { from: 'jeju', to: 'member' })],
    })
    const job = await submit(app, await addProblem(app, problem), { ...SHORT, boundSeconds: 10 })
    const last = readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body).at(-1)!.job
    expect(last.state).toBe('done')
    const { plan, certificate } = (await app.inject(`/api/plans/${last.plan}`)).json()
    expect(plan.unserved).toMatchObject([{ shipment: 'tuna', reasons: [{ rule: 'road', proof: 'impossible' }] }])
    expect(plan.violations).toEqual([])
    expect(certificate).toMatchObject({ unserved: ['tuna'] })
    expect(certificate.lowerKrw).toBeGreaterThan(0)
    for (const page of ['explain/tuna', 'comparison', 'split'])
      expect((await app.inject(`/api/plans/${last.plan}/${page}`)).statusCode, page).toBe(200)
    const file = (await app.inject(`/api/plans/${last.plan}/file`)).json()
    const again = await app.inject({ method: 'POST', url: '/api/plans/import', payload: file })
    expect(again.statusCode, again.body).toBe(201)
  })

  it('tells its life as numbered events, from queued to done, with a plan that is stored', async () => {
    const { app } = await open()
    const job = await submit(app, await addProblem(app), SHORT)
    const events = readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body)

    expect(events.map(({ id }) => id)).toEqual(events.map((_, k) => k + 1))
    for (const event of events) expectShape(JobSchema, event.job)
    expect(
      events
        .map(({ event }) => event)
        .filter((event) => event !== 'progress')
        .at(-1),
    ).toBe('done')
    expect(events.filter(hasPlan).length).toBeGreaterThan(0)
    const last = events.at(-1)!.job
    expect(last).toMatchObject({ state: 'done', iterations: 200, seconds: 600 })
    const { plan } = (await app.inject(`/api/plans/${last.plan}`)).json()
    expect(plan.costKrw).toBe(last.costKrw)
    expect(plan.violations).toEqual([])
    expect((await app.inject(`/api/jobs/${job.id}`)).json()).toEqual(last)
  })

  it('never makes the day dearer by a second search, but starts from nothing where iterations are asked for', async () => {
    const { app, store } = await open()
    const complex = await loadComplex('gwangju')
    const { bytes } = await loadOrders('gwangju', 1)
    const { days } = await importOrders(bytes, complex, { locale: 'ko' })
    const problem = await store.problems.add('gwangju', days[0]!.problem)
    const costOf = async (request: object) => {
      const job = await submit(app, problem, request)
      return readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body).at(-1)!.job.costKrw!
    }
    const fresh = await costOf({ seconds: 600, iterations: 20 })
    const longer = await costOf({ seconds: 0.5 })
    expect(longer).toBeLessThanOrEqual(fresh)
    expect(await costOf({ seconds: 0.2, seed: 7 })).toBeLessThanOrEqual(longer)
    expect(await costOf({ seconds: 600, iterations: 20 })).toBe(fresh)
  })

  it('keeps what is locked in the plan it is told to start from, and says so in its plan', async () => {
    const { app } = await open()
    const problem = await addProblem(app)
    const planOf = async (request: object) => {
      const job = await submit(app, problem, request)
      const last = readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body).at(-1)!.job
      expect(last.state, last.error).toBe('done')
      const stored = await app.inject(`/api/plans/${last.plan}`)
      expectShape(StoredPlanSchema, stored.json())
      return stored.json()
    }
    const { id: from, plan: before } = await planOf(SHORT)
    const locks = [
      ...before.routes.map(({ id }: { id: string }) => ({ grade: 'route', route: id })),
      ...before.direct.map(({ shipment }: { shipment: string }) => ({ grade: 'direct', shipment })),
      { grade: 'truck', shipment: 'nobody' },
    ]
    const { plan } = await planOf({ ...SHORT, seed: 2, from, locks, stabilityKrw: 5000 })
    expect(plan.provenance.locks.map(({ lock }: { lock: object }) => lock)).toEqual(locks)
    const refused = plan.provenance.locks.flatMap(
      (record: { refused?: { rule: string } }) => record.refused?.rule ?? [],
    )
    expect(refused).toEqual(['notInPlan'])
    expect(plan.provenance.stability).toEqual({ perShipmentKrw: 5000, moved: 0 })
    expect(plan.costKrw).toBe(before.costKrw)
  })

  it.each([
    ['locks without a plan', { seconds: 1, locks: [{ grade: 'truck', shipment: 'plates' }] }, 400],
    ['a price of moves without a plan', { seconds: 1, stabilityKrw: 1 }, 400],
    ['a plan that is not there', { seconds: 1, from: 'nobody' }, 404],
    ['a grade that is none', { seconds: 1, from: 'nobody', locks: [{ grade: 'all' }] }, 400],
    ['a negative price', { seconds: 1, from: 'nobody', stabilityKrw: -1 }, 400],
  ])('refuses %s', async (_, payload, status) => {
    const { app } = await open()
    const problem = await addProblem(app)
    expectRefusal(await app.inject({ method: 'POST', url: `/api/problems/${problem}/jobs`, payload }), status)
  })

  it('goes on after Last-Event-ID, and answers 204 to who has heard the end', async () => {
    const { app } = await open()
    const job = await submit(app, await addProblem(app), SHORT)
    const url = `/api/jobs/${job.id}/events`
    const all = readEvents((await app.inject(url)).body)
    const rest = await app.inject({ url, headers: { 'last-event-id': '2' } })
    expect(readEvents(rest.body)).toEqual(all.slice(2))
    expect((await app.inject({ url, headers: { 'last-event-id': String(all.length) } })).statusCode).toBe(204)
    // numbers of another life of the service, or no numbers at all: everything again
    for (const strange of ['999999', 'abc', '-1', '1e99']) {
      const again = await app.inject({ url, headers: { 'last-event-id': strange } })
      expect(readEvents(again.body)).toEqual(all)
    }
  })

  it('stops when asked and keeps its best plan', async () => {
    const { app } = await open()
    const problem = await addProblem(app)
    const job = await submit(app, problem, ENDLESS)
    await readUntil(app, job.id, hasPlan)
    const stopped = await app.inject({ method: 'POST', url: `/api/jobs/${job.id}/stop` })
    expectShape(JobSchema, stopped.json())
    const done = (await readUntil(app, job.id, ({ event }) => event === 'done')).at(-1)!.job
    expect(done.state).toBe('done')
    expect((await app.inject(`/api/plans/${done.plan}`)).statusCode).toBe(200)
    // once more changes nothing
    expect((await app.inject({ method: 'POST', url: `/api/jobs/${job.id}/stop` })).json()).toEqual(done)
    expect((await app.inject({ method: 'DELETE', url: `/api/jobs/${job.id}` })).json()).toEqual(done)
  })

  it('drops its plan when cancelled, at once', async () => {
    const { app } = await open()
    const problem = await addProblem(app)
    const job = await submit(app, problem, ENDLESS)
    const { plan } = (await readUntil(app, job.id, hasPlan)).find(hasPlan)!.job
    const cancelled = (await app.inject({ method: 'DELETE', url: `/api/jobs/${job.id}` })).json()
    expectShape(JobSchema, cancelled)
    expect(cancelled).toMatchObject({ state: 'cancelled' })
    expect(cancelled.plan).toBeUndefined()
    expect((await app.inject(`/api/plans/${plan}`)).statusCode).toBe(404)
    expect(readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body).at(-1)).toMatchObject({
      event: 'done',
      job: { state: 'cancelled' },
    })
  })

  it('waits its turn and runs when the one before is over', async () => {
    const { app } = await open()
    const problem = await addProblem(app)
    const first = await submit(app, problem, ENDLESS)
    const second = await submit(app, problem, SHORT)
    const third = await submit(app, problem, SHORT)
    expect(second.state).toBe('queued')
    // a waiting job has nothing to keep: to stop it is to cancel it
    expect((await app.inject({ method: 'POST', url: `/api/jobs/${third.id}/stop` })).json().state).toBe('cancelled')
    await app.inject({ method: 'DELETE', url: `/api/jobs/${first.id}` })
    const events = readEvents((await app.inject(`/api/jobs/${second.id}/events`)).body)
    expect(events.at(-1)!.job.state).toBe('done')
  })

  it('fails with words and without internals when the program has a bug', async () => {
    const { app, store } = await open()
    // put there past the service, which would have refused it
    const broken = makeProblem({ shipments: [makeShipment('a', { from: 'nowhere' })] })
    const job = await submit(app, await store.problems.add('gwangju', broken), SHORT)
    const last = readEvents((await app.inject(`/api/jobs/${job.id}/events`)).body).at(-1)!
    expect(last).toMatchObject({ event: 'done', job: { state: 'failed' } })
    expect(last.job.error).toContain('프로그램의 오류')
    expect(last.job.error).not.toMatch(/undefined|\.ts|at /)
  })

  it('is handed back when the service ends: watchers are let go, and the next start goes on where it stopped', async () => {
    const { app } = await open()
    const job = await submit(app, await addProblem(app), ENDLESS)
    const events = await readUntil(app, job.id, (event) => {
      if (hasPlan(event)) void app.close()
      return false
    })
    const { plan, costKrw } = events.findLast(hasPlan)!.job
    expect(events.some(({ event }) => event === 'done')).toBe(false)

    const { app: next } = await open()
    const rest = await readUntil(next, job.id, ({ job }) => job.attempt === 2 && job.iterations > 0)
    expect(rest.at(-1)!.job).toMatchObject({ state: 'running', plan })
    expect(rest.at(-1)!.job.costKrw).toBeLessThanOrEqual(costKrw!)
    // numbers go on, so that a watcher goes on after the last that it heard
    const ids = rest.map(({ id }) => id)
    expect(ids).toEqual(ids.map((_, k) => ids[0]! + k))
    expect(rest.some(({ job }) => job.state === 'queued' && job.elapsedS > 0)).toBe(true)
  })

  it('leaves reads answered while it runs', async () => {
    const { app } = await open()
    const job = await submit(app, await addProblem(app), ENDLESS)
    const { plan } = (await readUntil(app, job.id, hasPlan)).find(hasPlan)!.job
    for (const path of [
      '/health',
      '/api/complexes',
      '/api/problems',
      `/api/plans/${plan}`,
      `/api/plans/${plan}/geojson`,
    ]) {
      expect((await app.inject(path)).statusCode).toBe(200)
    }
    expect((await app.inject(`/api/jobs/${job.id}`)).json().state).toBe('running')
  })
})
