import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import type { App } from '../../../server/routes/service.ts'
import { buildVroomApp } from '../../../server/routes/vroom.ts'
import { createStore } from '../../../server/store/index.ts'
import { ProviderError, type TravelProvider } from '../../../server/travel/provider.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { VroomAnswerSchema, VroomFailureSchema } from '../../../server/vroom/schema.ts'
import { createCrew, VroomBusy, type VroomCrew } from '../../../server/vroom/work.ts'
import { expectShape, openApp } from '../openApp.ts'
import { arbitraryRequest } from './arbitraryRequest.ts'
import { request } from './solveRaw.ts'

const opened: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const small = (more: object = {}) =>
  request({
    jobs: [
      { id: 1, location_index: 1 },
      { id: 2, location_index: 2 },
    ],
    options: { l: 0.05 },
    ...more,
  })
const post = (app: App, payload: object | string | Buffer, url = '/vroom', headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
  })

function expectFailure(
  response: LightMyRequestResponse,
  status: number,
  code: number,
): { error: string; x_faults?: { path: string; message: string }[] } {
  expect(response.statusCode, response.body).toBe(status)
  expect(response.headers['content-type']).toContain('application/json')
  expectShape(VroomFailureSchema, response.json())
  expect(response.json().code).toBe(code)
  return response.json()
}

async function openVroom(crew: VroomCrew = createCrew(1), provider: TravelProvider = trunk): Promise<App> {
  const store = createStore((await openApp()).database)
  const app = await buildVroomApp({ provider, crew, store, host: '127.0.0.1', requestsPerMinute: 1e6 })
  opened.push(app, crew)
  return app
}

describe('POST /vroom', () => {
  it('answers in the shape of its contract, with extra keys under x_ only', async () => {
    const { app } = await openApp()
    const response = await post(app, small())
    expect(response.statusCode, response.body).toBe(200)
    const answer = response.json()
    expectShape(VroomAnswerSchema, answer)
    expect(answer).toMatchObject({
      code: 0,
      summary: { cost: 1900, routes: 1, unassigned: 0 },
      x_check: { passed: true },
    })
    const known = ['code', 'summary', 'unassigned', 'routes']
    expect(
      Object.keys(answer)
        .filter((key) => !key.startsWith('x_'))
        .sort(),
    ).toEqual(known.sort())
  })

  it('answers the same at / of a port of its own, which also says that it is well', async () => {
    const app = await openVroom()
    expect((await post(app, small(), '/')).json()).toMatchObject({ code: 0, summary: { cost: 1900 } })
    expect((await app.inject('/health')).json()).toMatchObject({ status: 'ok' })
    expectFailure(await app.inject('/'), 404, 2)
  })

  it('takes a body of any content type, or of none', async () => {
    const app = await openVroom()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await post(app, JSON.stringify(small()), '/', { 'content-type': type })).statusCode).toBe(200)
    const bare = await app.inject({ method: 'POST', url: '/', payload: Buffer.from(JSON.stringify(small())) })
    expect(bare.statusCode, bare.body).toBe(200)
  })

  it('names all faults in the language of the caller', async () => {
    const app = await openVroom()
    const faulty = small({ jobs: [{ id: 1 }, { id: 'x', location_index: 1, priority: 200 }] })
    const english = expectFailure(await post(app, faulty, '/'), 400, 2)
    expect(english.error).toBe('Invalid location for job 1. (and 2 more: see x_faults)')
    expect(english.x_faults!.map(({ path }) => path)).toEqual(['jobs/0', 'jobs/1/id', 'jobs/1/priority'])
    const korean = expectFailure(await post(app, faulty, '/', { 'accept-language': 'ko' }), 400, 2)
    expect(korean.x_faults![0]!.message).toMatch(/[가-힣]/)
    expect(korean.error).toBe(english.error)
  })

  it.each(['{"vehicles":[{"id":1,', '', 'NaN', Buffer.from([0xff, 0xfe, 0x00])])(
    'refuses what is no JSON with code 2: %s',
    async (body) => {
      const app = await openVroom()
      const { error, x_faults } = expectFailure(await post(app, body, '/'), 400, 2)
      expect(error).toContain('JSON')
      expect(x_faults).toHaveLength(1)
    },
  )

  it('refuses what is too large with code 2', async () => {
    const app = await openVroom()
    expect(expectFailure(await post(app, `"${'x'.repeat(33 * 2 ** 20)}"`, '/'), 413, 2).error).toContain('32 MB')
    expectFailure(
      await post(app, small({ jobs: Array.from({ length: 2001 }, (_, id) => ({ id, location_index: 1 })) }), '/'),
      413,
      2,
    )
  })

  it('names the places that no road reaches with code 3', async () => {
    const app = await openVroom()
    const places = {
      vehicles: [{ id: 1, start: [126.9, 35.2] }],
      jobs: [
        { id: 1, location: [2.3, 48.7] },
        { id: 2, location: [1e300, -1e300] },
      ],
    }
    const { x_faults } = expectFailure(await post(app, places, '/'), 422, 3)
    expect(x_faults!.map(({ path }) => path)).toEqual(['jobs/0/location', 'jobs/1/location'])
  })

  it('says with code 3 that the road service is silent, and when to try again', async () => {
    const silent: TravelProvider = {
      ...trunk,
      matrix: async () => Promise.reject(new ProviderError('roads', 'no answer')),
    }
    const app = await openVroom(createCrew(1), silent)
    const response = await post(
      app,
      { vehicles: [{ id: 1, start: [126.9, 35.2] }], jobs: [{ id: 1, location: [127, 35] }] },
      '/',
    )
    expectFailure(response, 503, 3)
  })

  it('names with code 3 the place that has most pairs without a road', async () => {
    const oneWay: TravelProvider = {
      ...trunk,
      async matrix(from, to, profile) {
        const matrix = await trunk.matrix(from, to, profile)
        const gone = to.findIndex(({ lng }) => lng === 127)
        return {
          ...matrix,
          durationS: matrix.durationS.map((s, cell) => (cell % to.length === gone && s > 0 ? -1 : s)),
        }
      },
    }
    const app = await openVroom(createCrew(1), oneWay)
    const raw = {
      vehicles: [{ id: 1, start: [126.9, 35.2] }],
      jobs: [
        { id: 1, location: [127, 35] },
        { id: 2, location: [126.8, 35.1] },
      ],
    }
    const { x_faults } = expectFailure(await post(app, raw, '/'), 422, 3)
    expect(x_faults!.map(({ path }) => path)).toEqual(['jobs/0/location'])
  })

  it('labels driving that its own roads have estimated, and draws the routes where it is asked to', async () => {
    const app = await openVroom()
    const raw = {
      vehicles: [{ id: 1, start: [126.85, 35.16], end: [126.85, 35.16] }],
      jobs: [{ id: 1, location: [126.9, 35.2] }],
      options: { g: true, l: 0 },
    }
    const answer = (await post(app, raw, '/')).json()
    expect(answer).toMatchObject({
      x_travel: { source: 'trunk', estimated: true },
      routes: [{ geometry: expect.stringMatching(/^.{10}/) }],
    })
    expect(answer.summary.distance).toBeGreaterThan(5000)
  })

  it('sends away who finds the line full, and says when to come again', async () => {
    const full: VroomCrew = { run: async () => Promise.reject(new VroomBusy('busy')), close: async () => {} }
    const response = await post(await openVroom(full), small(), '/')
    expectFailure(response, 503, 1)
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('shows nothing of a bug but a number', async () => {
    const broken: VroomCrew = { run: async () => Promise.reject(new Error('secret')), close: async () => {} }
    const response = await post(await openVroom(broken), small(), '/')
    expectFailure(response, 500, 1)
    expect(response.body).not.toContain('secret')
  })

  it('refuses pages of other sites', async () => {
    expectFailure(await post(await openVroom(), small(), '/', { 'sec-fetch-site': 'cross-site' }), 403, 2)
  })

  it('stands in the contract with its options', async () => {
    const { app } = await openApp()
    const { paths } = (await app.inject('/api/openapi.json')).json()
    const { schema } = paths['/vroom'].post.requestBody.content['application/json']
    expect(Object.keys(schema.properties.options.properties).sort()).toEqual(['c', 'g', 'l', 't', 'x'])
  })

  it('never answers a malformed request with a fault of its own', async () => {
    const app = await openVroom()
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      arbitraryRequest({ jobs: 3, shipments: 2, vehicles: 2 }).chain((raw) => {
        const text = JSON.stringify({ ...raw, options: { l: 0 } })
        return fc
          .tuple(fc.nat(text.length), fc.constantFrom('', '0', '-', '9999999999', '"', ']', 'null,', '1e400', '[0,1]'))
          .map(([at, put]) => text.slice(0, at) + put + text.slice(at + 1))
      }),
    )
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom('ko', 'en', ''), async (body, language) => {
        const response = await post(app, body, '/', { 'accept-language': language })
        expect(response.statusCode, `${body}\n${response.body}`).toBeLessThan(500)
        const { code, error, x_faults } = response.json()
        expect(response.statusCode === 200 ? [0] : [2, 3]).toContain(code)
        if (code === 0) return
        expect(error.length).toBeGreaterThan(5)
        expect(x_faults.length).toBeGreaterThan(0)
        for (const fault of x_faults) expect(fault.remedy.length).toBeGreaterThan(3)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the crew that searches', () => {
  const work = async (limitMs: number) => {
    const { readRequest } = await import('../../../server/vroom/readRequest.ts')
    const { makeTables } = await import('../../../server/vroom/tables.ts')
    // nothing that a handful of iterations would exhaust
    const raw = request({ jobs: Array.from({ length: 40 }, (_, id) => ({ id, location_index: id % 5 })) })
    const read = readRequest(raw, false).request!
    return {
      raw: raw as never,
      request: read,
      tables: await makeTables(read, trunk),
      seed: 1,
      limitMs,
      locale: 'en' as const,
    }
  }
  const patient = () => new AbortController().signal

  it('has a line: who comes when it is full is sent away, everybody else is answered', async () => {
    const crew = createCrew(1)
    opened.push(crew)
    const task = await work(50)
    const asked = Array.from({ length: 12 }, () =>
      crew.run(task, patient()).then(
        ({ kind }) => kind,
        (error: Error) => error.name,
      ),
    )
    const kinds = await Promise.all(asked)
    expect(kinds.filter((kind) => kind === 'answer')).toHaveLength(9)
    expect(kinds.filter((kind) => kind === 'VroomBusy')).toHaveLength(3)
  })

  it('stops where nobody waits any more, and takes the next', async () => {
    const crew = createCrew(1)
    opened.push(crew)
    const left = new AbortController()
    const asked = crew.run(await work(600_000), left.signal)
    left.abort()
    await expect(asked).rejects.toThrow('cancelled')
    expect((await crew.run(await work(10), patient())).kind).toBe('answer')
  })

  it('answers with the best it has when the service closes, and takes nothing more', async () => {
    const crew = createCrew(1)
    const asked = crew.run(await work(600_000), patient())
    await crew.close()
    expect((await asked).kind).toBe('answer')
    await expect(crew.run(await work(10), patient())).rejects.toThrow('busy')
  })
})
