import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import {
  ComparisonSchema,
  ComplexSchema,
  CreatedProblemSchema,
  FootprintAnswerSchema,
  HealthSchema,
  ImportResultSchema,
  PlanFileSchema,
  ProblemSchema,
  ProblemSummarySchema,
  pageSchema,
  ShipmentExplanationSchema,
  SplitSchema,
  StoredPlanSchema,
} from '../../server/api.ts'
import { loadOrders } from '../../server/complexes.ts'
import { methodsFor } from '../../server/jobs/split.ts'
import { sealOf } from '../../server/reports/planFile.ts'
import type { App } from '../../server/routes/service.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { type Issue, METHOD_NAMES, SOURCE_TOPICS, type Split } from '../../solver/index.ts'
import { makeProblem, makeShipment, makeSite } from './makeProblem.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

/** Searches a little and waits for the end. */
async function planOnce(app: App, problem: string, boundSeconds = 0): Promise<string> {
  const job = await app.inject({
    method: 'POST',
    url: `/api/problems/${problem}/jobs`,
    payload: { seconds: 60, iterations: 50, boundSeconds },
  })
  await app.inject(`/api/jobs/${job.json().id}/events`)
  const { plan, state, error } = (await app.inject(`/api/jobs/${job.json().id}`)).json()
  expect([state, error]).toEqual(['done', undefined])
  return plan
}

describe('health', () => {
  it('answers with the version, however many requests came before', async () => {
    const { app } = await openApp({ limits: { requestsPerMinute: 2 } })
    for (let k = 0; k < 5; k++) {
      const response = await app.inject('/health')
      expect(response.statusCode).toBe(200)
      expectShape(HealthSchema, response.json())
    }
    await app.inject('/api/complexes')
    await app.inject('/api/complexes')
    expect(expectRefusal(await app.inject('/api/complexes'), 429).code).toBe('request.tooMany')
  })
})

describe('problems', () => {
  it('keeps a problem and lists it', async () => {
    const { app } = await openApp()
    const created = await app.inject({ method: 'POST', url: '/api/problems', payload: makeProblem() })
    expectShape(CreatedProblemSchema, created.json())
    const { id } = created.json()
    expect(created.headers.location).toBe(`/api/problems/${id}`)

    const one = await app.inject(`/api/problems/${id}`)
    expectShape(ProblemSchema, one.json())
    expect(one.json()).toEqual(makeProblem())
    const list = await app.inject('/api/problems')
    expectShape(pageSchema(ProblemSummarySchema), list.json())
    const summary = { id, complex: 'gwangju', name: 'four sites', sites: 4, shipments: 3, vehicles: 2 }
    expect(list.json()).toMatchObject({ items: [summary] })
    const second = (await app.inject({ method: 'POST', url: '/api/problems', payload: makeProblem() })).json().id
    const first = (await app.inject('/api/problems?limit=1')).json()
    expect(first).toMatchObject({ items: [{ id: second }], next: expect.any(Number) })
    const rest = (await app.inject(`/api/problems?limit=1&after=${first.next}`)).json()
    expect(rest).toEqual({ items: [summary].map((entry) => expect.objectContaining(entry)) })
    expectRefusal(await app.inject('/api/problems?limit=501'), 400)
  })

  it('answers 422 with every fault at once, in the language asked for', async () => {
    const { app } = await openApp()
    const faulty = makeProblem({
      shipments: [
        makeShipment('a', { from: 'nowhere' }),
        makeShipment('b', { weightKg: -5 }),
        makeShipment('b', { ready: 500, due: 100 }),
      ],
    })
    const korean = await app.inject({ method: 'POST', url: '/api/problems', payload: faulty })
    const english = await app.inject({
      method: 'POST',
      url: '/api/problems',
      payload: faulty,
      headers: { 'accept-language': 'en' },
    })
    expectRefusal(korean, 422)
    expectRefusal(english, 422)
    const { issues, message } = korean.json()
    // unknown site, negative weight, id twice, due before ready
    for (const path of ['shipments/0/from', 'shipments/1/weightKg', 'shipments/2']) {
      expect(
        issues.some((issue: { path: string }) => issue.path.startsWith(path)),
        path,
      ).toBe(true)
    }
    expect(issues.length).toBeGreaterThanOrEqual(4)
    expect(message).toMatch(/[가-힣]/)
    expect(JSON.stringify(english.json().issues.map(({ remedy }: { remedy: string }) => remedy))).not.toMatch(/[가-힣]/)
    expect((await app.inject('/api/problems')).json()).toEqual({ items: [] })
  })

  it('takes a problem with places that no road reaches, and names every one in the language asked for', async () => {
    const { app } = await openApp()
    const islands = [makeSite('jeju', 126.53, 33.5), makeSite('fukuoka', 130.4, 33.6)]
    const payload = makeProblem({ sites: [...makeProblem().sites, ...islands] })
    const response = await app.inject({ method: 'POST', url: '/api/problems', payload })
    expect(response.statusCode).toBe(201)
    const warnings: Issue[] = response.json().warnings.filter(({ code }: Issue) => code === 'site.unreachable')
    expect(warnings.map(({ path, severity }) => [path, severity])).toEqual([
      ['sites/4', 'warning'],
      ['sites/5', 'warning'],
    ])
    for (const { message, remedy } of warnings) {
      expect(message).toMatch(/^장소 '(jeju|fukuoka)'/)
      expect(message + remedy).not.toMatch(/mainland|trunk/)
    }
    const travel = { key: 'ferry', estimated: false, tables: [] }
    const own = await app.inject({ method: 'POST', url: '/api/problems', payload: { ...payload, travel } })
    expect(JSON.stringify(own.json())).not.toContain('site.unreachable')
  })

  it('says first, and once, that it is the roads which do not cover the sites where most lie outside', async () => {
    // of a source that tells its area and names no place before it is asked
    const { unreachable: _, ...silent } = trunk
    const about = () => ({ kind: 'valhalla', area: [127.08, 37.51, 127.13, 37.54], dataDate: '2024-11-01' }) as const
    const { app } = await openApp({ provider: { ...silent, name: 'valhalla', about } })
    const post = async (language: string) => {
      const headers = { 'accept-language': language }
      const response = await app.inject({ method: 'POST', url: '/api/problems', payload: makeProblem(), headers })
      return response.json().warnings as Issue[]
    }
    const [first, ...each] = await post('ko')
    expect(first).toMatchObject({ code: 'sites.outsideRoads', severity: 'warning', path: 'sites' })
    expect(first!.message).toBe(
      '장소 4곳 가운데 4곳이 쓰고 있는 도로(valhalla, 경도 127.08–127.13, 위도 37.51–37.54, 2024-11-01) 밖에 있습니다.',
    )
    expect(first!.remedy).toContain('--roads trunk')
    expect(each.map(({ code }) => code)).toEqual(Array(4).fill('site.unreachable'))
    expect((await post('en'))[0]!.message).toMatch(/^4 of 4 sites lie outside the roads in use \(valhalla, longitude/)
  })

  it('accepts a problem of several megabytes', async () => {
    const { app } = await openApp()
    const shipments = Array.from({ length: 12_000 }, (_, k) => makeShipment(`s${k}`, { note: 'x'.repeat(150) }))
    const payload = JSON.stringify(makeProblem({ shipments }))
    expect(payload.length).toBeGreaterThan(2 ** 20)
    const response = await app.inject({
      method: 'POST',
      url: '/api/problems',
      payload,
      headers: { 'content-type': 'application/json' },
    })
    expect(response.statusCode).toBe(201)
  })
})

describe('plans', () => {
  it('serves a plan, its map, its comparison, its fuel and CO2 and its file', async () => {
    const { app } = await openApp()
    const problem = await addProblem(app)
    const plan = await planOnce(app, problem)

    const stored = await app.inject(`/api/plans/${plan}`)
    expectShape(StoredPlanSchema, stored.json())
    expect(stored.json()).toMatchObject({ id: plan, problem })

    const map = await app.inject(`/api/plans/${plan}/geojson`)
    expect(map.json().type).toBe('FeatureCollection')

    const comparison = await app.inject(`/api/plans/${plan}/comparison`)
    expectShape(ComparisonSchema, comparison.json())
    expect(comparison.json().planKrw).toBe(stored.json().plan.costKrw)
    expect(comparison.json().baselines.map(({ id }: { id: string }) => id)).toEqual(['B0', 'B1', 'B2'])

    const footprint = await app.inject(`/api/plans/${plan}/footprint`)
    expectShape(FootprintAnswerSchema, footprint.json())
    const { total, modes, emptyReturn, tonneKm, sources } = footprint.json()
    expect(comparison.json().planFootprint).toEqual({ total, modes, emptyReturn, tonneKm })
    expect(total.fuelMl).toBeGreaterThan(0)
    expect(new Set(sources.map(({ topic }: { topic: string }) => topic))).toEqual(new Set(SOURCE_TOPICS))

    const file = await app.inject(`/api/plans/${plan}/file`)
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="milkrun-2026-11-23-[\w-]+\.json"$/)
    expectShape(PlanFileSchema, file.json())
    expect(sealOf(file.json())).toBe(file.json().hash)
    expect((await app.inject('/api/problems')).json().items[0].plan).toBe(plan)
  })
})

describe('explanations', () => {
  it('says of one shipment how it goes and what every other way would cost', async () => {
    const { app } = await openApp()
    const plan = await planOnce(app, await addProblem(app))
    const stored = (await app.inject(`/api/plans/${plan}`)).json().plan
    const response = await app.inject(`/api/plans/${plan}/explain/mold`)
    expect(response.statusCode, response.body).toBe(200)
    expectShape(Type.Array(ShipmentExplanationSchema), response.json())
    const [mold, ...others] = response.json()
    expect([mold.shipment, others]).toEqual(['mold', []])
    expect(mold.costKrw).toBeGreaterThan(0)
    expect(mold.costKrw).toBeLessThanOrEqual(stored.costKrw)
    expect((await app.inject(`/api/plans/${plan}/explain/mold`)).body).toBe(response.body)
    expect(expectRefusal(await app.inject(`/api/plans/${plan}/explain/none`), 404).code).toBe('shipment.unknown')
  })

  it('explains each part of a shipment that was split, and one part by its own id', async () => {
    const { app } = await openApp()
    const problem = makeProblem({
      shipments: [makeShipment('plates', { weightKg: 3000, pieceKg: 500, maxParts: 4, modes: ['route', 'hired'] })],
    })
    const plan = await planOnce(app, await addProblem(app, problem))
    const explain = async (id: string) =>
      (await app.inject(`/api/plans/${plan}/explain/${encodeURIComponent(id)}`)).json()
    const parts = await explain('plates')
    expect(parts.map((part: { shipment: string }) => part.shipment)).toEqual(['plates/1', 'plates/2'])
    expect(await explain('plates/2')).toEqual([parts[1]])
  })
})

describe('splits', () => {
  const twoFirms = () =>
    makeProblem({
      firms: ['A', 'B'].map((id) => ({ id, name: id, site: 'member' })),
      shipments: [
        makeShipment('plates', { firm: 'A', weightKg: 400 }),
        makeShipment('cores', { firm: 'B', weightKg: 300 }),
      ],
    })
  const splitOf = async (app: App, plan: string): Promise<Split[]> => {
    const response = await app.inject(`/api/plans/${plan}/split`)
    expect(response.statusCode, response.body).toBe(200)
    expectShape(Type.Array(SplitSchema), response.json())
    return response.json()
  }

  it('splits the cost to the won by every method, all judged by the same groups', async () => {
    const { app } = await openApp()
    const plan = await planOnce(app, await addProblem(app, twoFirms()))
    const { costKrw } = (await app.inject(`/api/plans/${plan}`)).json().plan
    const splits = await splitOf(app, plan)
    expect(splits.map(({ method }) => method)).toEqual(METHOD_NAMES)
    for (const { planKrw, rows, stability, dual } of splits) {
      expect([planKrw, rows.reduce((sum, { shareKrw }) => sum + shareKrw, 0)]).toEqual([costKrw, costKrw])
      expect(rows.map(({ firm }) => firm)).toEqual(['A', 'B'])
      expect(stability).toMatchObject({ looked: 2, every: true, provedUpToKrw: null })
      expect(dual?.proved ?? false).toBe(false)
    }
    expect(await splitOf(app, plan)).toEqual(splits)
    expectRefusal(await app.inject(`/api/plans/${plan}/split?methods=slow`), 400)
  })

  it('proves the prices of a plan that has a certificate', async () => {
    const { app } = await openApp()
    const plan = await planOnce(app, await addProblem(app, twoFirms()), 5)
    expect((await app.inject(`/api/plans/${plan}`)).json().certificate.lowerKrw).toBeGreaterThan(0)
    for (const { dual, stability } of await splitOf(app, plan)) {
      expect(dual?.proved).toBe(true)
      expect(stability.provedUpToKrw).not.toBeNull()
    }
    const [plates] = (await app.inject(`/api/plans/${plan}/explain/plates`)).json()
    expect(plates.dualKrw).toBeGreaterThan(0)
  })

  it('leaves out the methods that so many firms forbid', async () => {
    const { app } = await openApp()
    const ids = Array.from({ length: 13 }, (_, k) => `firm${k + 10}`)
    const problem = makeProblem({
      firms: ids.map((id) => ({ id, name: id, site: 'member' })),
      shipments: ids.map((firm) => makeShipment(`of ${firm}`, { firm, modes: ['hired'] })),
    })
    const splits = await splitOf(app, await planOnce(app, await addProblem(app, problem)))
    expect(splits.map(({ method }) => method)).toEqual(METHOD_NAMES.filter((name) => name !== 'nucleolus'))
  }, 60_000)

  it('has methods that would take minutes only when asked for all', () => {
    const slow = ['shapley', 'nucleolus']
    for (const firms of [1, 6, 13]) expect(methodsFor(firms, true)).toEqual(methodsFor(firms, false))
    for (const firms of [7, 12]) {
      expect(methodsFor(firms, true)).toEqual(METHOD_NAMES.filter((name) => !slow.includes(name)))
      expect(methodsFor(firms, false)).toEqual(METHOD_NAMES)
    }
  })
})

describe('complexes and imports', () => {
  it('turns an order file into days and says what it left out', async () => {
    const { app } = await openApp()
    const { bytes, fileName } = await loadOrders('gwangju', 1)
    const url = `/api/imports?complex=gwangju&name=${fileName}`
    const response = await app.inject({
      method: 'POST',
      url,
      payload: Buffer.from(bytes),
      headers: { 'content-type': 'text/csv' },
    })
    expect(response.statusCode, response.body).toBe(200)
    const result = response.json()
    expectShape(ImportResultSchema, result)
    expect(result.days.length).toBe(20)

    const complexes = (await app.inject('/api/complexes')).json()
    expectShape(Type.Array(ComplexSchema), complexes)
    expect(complexes[0].days).toEqual(result.days)
  })

  it('takes the file from a form as well', async () => {
    const { app } = await openApp()
    const { bytes } = await loadOrders('gwangju', 1)
    const form = new FormData()
    form.append('file', new Blob([bytes as BlobPart], { type: 'text/csv' }), '주문.csv')
    const request = new Request('http://localhost/', { method: 'POST', body: form })
    const response = await app.inject({
      method: 'POST',
      url: '/api/imports?complex=gwangju',
      payload: Buffer.from(await request.arrayBuffer()),
      headers: { 'content-type': request.headers.get('content-type')! },
    })
    expect(response.statusCode, response.body).toBe(200)
    expect(response.json().days.length).toBe(20)
  })

  it('refuses a file that is too large with its limit, an empty form and an unknown complex', async () => {
    const { app } = await openApp()
    const headers = { 'content-type': 'text/csv' }
    const big = await app.inject({
      method: 'POST',
      url: '/api/imports?complex=gwangju',
      payload: Buffer.alloc(21 * 2 ** 20, 'a'),
      headers,
    })
    expect(expectRefusal(big, 413).message).toContain('20 MB')
    const bigForm = new Request('http://localhost/', { method: 'POST', body: formWith(new Uint8Array(21 * 2 ** 20)) })
    const inForm = await app.inject({
      method: 'POST',
      url: '/api/imports?complex=gwangju',
      payload: Buffer.from(await bigForm.arrayBuffer()),
      headers: { 'content-type': bigForm.headers.get('content-type')! },
    })
    expect(expectRefusal(inForm, 413).message).toContain('20 MB')
    expectRefusal(await app.inject({ method: 'POST', url: '/api/imports?complex=seoul', payload: 'a', headers }), 404)
    expectRefusal(await app.inject({ method: 'POST', url: '/api/imports?complex=gwangju' }), 400)
    expectRefusal(await app.inject({ method: 'POST', url: '/api/imports', payload: 'a', headers }), 400)
  })

  it('refuses a date that is in no calendar', async () => {
    const { app } = await openApp()
    for (const date of ['2026-13-45', '2026-02-30']) {
      const url = `/api/imports?complex=gwangju&date=${date}`
      const response = await app.inject({ method: 'POST', url, payload: 'a', headers: { 'content-type': 'text/csv' } })
      expect(expectRefusal(response, 400).message).toContain('달력에 없는 날')
    }
  })

  it('lists the faults of a file that is no order list', async () => {
    const { app } = await openApp()
    for (const payload of ['\0\0\0', 'PK\u0003\u0004', 'a,b\n1,2', ' ']) {
      const headers = { 'content-type': 'application/octet-stream' }
      const response = await app.inject({ method: 'POST', url: '/api/imports?complex=gwangju', payload, headers })
      expect(response.statusCode, response.body).toBe(200)
      expect(response.json()).toMatchObject({ days: [], accepted: 0 })
      expect(response.json().issues.length).toBeGreaterThan(0)
    }
  })
})

const formWith = (bytes: Uint8Array): FormData => {
  const form = new FormData()
  form.append('file', new Blob([bytes as BlobPart]), 'orders.csv')
  return form
}

describe('refusals', () => {
  it('knows no such problem, plan, job, route', async () => {
    const { app } = await openApp()
    const missing = [
      'problems/x',
      'plans/x',
      'plans/x/geojson',
      'plans/x/comparison',
      'plans/x/footprint',
      'plans/x/explain/y',
      'plans/x/split',
      'plans/x/file',
      'jobs/x',
      'jobs/x/events',
      'nothing',
    ]
    for (const path of missing) expectRefusal(await app.inject(`/api/${path}`), 404)
    for (const path of ['problems/x/jobs', 'jobs/x/stop'])
      expectRefusal(await app.inject({ method: 'POST', url: `/api/${path}` }), 404)
    expectRefusal(await app.inject({ method: 'DELETE', url: '/api/jobs/x' }), 404)
  })

  it('tells malformed JSON, a wrong type, a wrong field and too much apart', async () => {
    const { app } = await openApp()
    const post = (payload: string, type = 'application/json', url = '/api/problems') =>
      app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })
    for (const text of ['{', '{"a": NaN}', '', '{"a": 1,}', '{"__proto__": {"x": 1}}']) {
      expect(expectRefusal(await post(text), 400).code).toBe('body.json')
    }
    for (const type of ['text/plain', 'text/csv', 'application/xml', 'nonsense'])
      expect(expectRefusal(await post('{}', type), 415).code).toBe('body.type')
    const jobs = `/api/problems/${await addProblem(app)}/jobs`
    expectRefusal(await post('{"seconds": 0}', 'application/json', jobs), 400)
    expectRefusal(await post('{"second": 5}', 'application/json', jobs), 400)
    expectRefusal(await post('{"seconds": "5"}', 'application/json', jobs), 400)
    expectRefusal(await post('[]', 'application/json', jobs), 400)
    expect(expectRefusal(await post(`"${'x'.repeat(33 * 2 ** 20)}"`), 413).message).toContain('32 MB')
  })

  it('bounds seed and iterations of a job, and takes no null for one', async () => {
    const { app } = await openApp()
    const url = `/api/problems/${await addProblem(app)}/jobs`
    for (const payload of ['null', '{"seconds":1,"seed":2147483648}', '{"seconds":1,"iterations":1000000001}']) {
      const headers = { 'content-type': 'application/json' }
      expectRefusal(await app.inject({ method: 'POST', url, payload, headers }), 400)
    }
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(202)
  })

  it('tells a wrong method from a wrong address', async () => {
    const { app } = await openApp()
    const put = await app.inject({ method: 'PUT', url: '/api/problems' })
    expect(expectRefusal(put, 405).code).toBe('route.method')
    expect(put.headers.allow?.toString().split(', ').sort()).toEqual(['GET', 'HEAD', 'POST'])
    expect((await app.inject({ method: 'GET', url: '/api/problems/x/jobs' })).headers.allow).toBe('POST')
    expectRefusal(await app.inject({ method: 'PUT', url: '/api/nothing' }), 404)
  })

  it('answers to no other name than that of this computer while it is open on loopback only', async () => {
    const { app } = await openApp()
    for (const host of ['evil.example:8080', '192.168.0.7', 'localhost.evil.example', '127.0.0.1.evil.example', '%'])
      expectRefusal(await app.inject({ url: '/api/problems', headers: { host } }), 403)
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST'])
      expect((await app.inject({ url: '/api/problems', headers: { host } })).statusCode, host).toBe(200)
    const open = (await openApp({ host: '0.0.0.0' })).app
    expect((await open.inject({ url: '/api/problems', headers: { host: 'plans.example' } })).statusCode).toBe(200)
  })

  it('refuses changes whose origin is another site, on loopback and elsewhere', async () => {
    const { app } = await openApp()
    const open = (await openApp({ host: '0.0.0.0' })).app
    const add = (to: App, headers: Record<string, string>) =>
      to.inject({ method: 'POST', url: '/api/problems', payload: makeProblem(), headers })
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example'])
      for (const to of [app, open]) expectRefusal(await add(to, { origin, host: 'localhost:8080' }), 403)
    // the page under vite, and the page itself
    for (const origin of ['http://localhost:5173', 'http://localhost:8080'])
      expect((await add(app, { origin, host: 'localhost:8080' })).statusCode).toBe(201)
    const own = { host: 'plans.example:8080', origin: 'http://plans.example:8080' }
    expect((await add(open, own)).statusCode).toBe(201)
  })

  it('refuses changes that a page of another site asks for', async () => {
    const { app } = await openApp()
    const headers = { 'sec-fetch-site': 'cross-site' }
    expectRefusal(await app.inject({ method: 'POST', url: '/api/problems', payload: makeProblem(), headers }), 403)
    expect((await app.inject({ url: '/api/problems', headers })).statusCode).toBe(200)
  })

  it('shows a bug as a number, never as a stack', async () => {
    const problems = { list: () => Promise.reject(new Error('secret /srv/path')) }
    const { app } = await openApp({
      store: { as: () => ({ problems, scope: { actor: 'local', complexes: 'all' } }) as never } as never,
    })
    const body = expectRefusal(await app.inject('/api/problems'), 500)
    expect(JSON.stringify(body)).not.toMatch(/secret|srv|at /)
  })
})

describe('contract', () => {
  it('is OpenAPI 3.1 and describes every address with an answer', async () => {
    const { app } = await openApp()
    const document = (await app.inject('/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    for (const [path, methods] of Object.entries<Record<string, { responses: Record<string, unknown> }>>(
      document.paths,
    )) {
      for (const [method, { responses }] of Object.entries(methods)) {
        expect(
          Object.keys(responses).some((status) => status.startsWith('2')),
          `${method} ${path}`,
        ).toBe(true)
        expect(Object.keys(responses)).toContain('4XX')
      }
    }
    expect(Object.keys(document.paths)).toContain('/api/problems/{id}/jobs')
    const { parameters, responses } = document.paths['/api/plans/{id}/explain/{shipment}'].get
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual(['id', 'shipment'])
    expect(JSON.stringify(responses['200'])).toContain('repairs')
    const split = document.paths['/api/plans/{id}/split'].get.responses['200']
    expect(JSON.stringify(split)).toContain('provedUpToKrw')
  })

  it('serves the trunk roads as GeoJSON that may be cached', async () => {
    const { app } = await openApp()
    const response = await app.inject('/api/roads')
    expect(response.headers['cache-control']).toContain('max-age')
    expect(response.json().features.length).toBeGreaterThan(500)
    expect(response.json().features[0].geometry.type).toBe('LineString')
  })
})

describe('web page', () => {
  const openWithPage = async () => {
    const webFolder = mkdtempSync(join(tmpdir(), 'milkrun-web-'))
    mkdirSync(join(webFolder, 'assets'))
    writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>page</title>')
    writeFileSync(join(webFolder, 'assets', 'index-abc123.js'), 'export {}')
    return (await openApp({ webFolder })).app
  }
  const html = { accept: 'text/html,application/xhtml+xml' }

  it('answers addresses inside the page with the page, and caches only what carries a hash', async () => {
    const app = await openWithPage()
    for (const url of ['/', '/plan/2026-11-23?lang=en']) {
      const page = await app.inject({ url, headers: html })
      expect(page.body).toContain('<title>page')
      expect(page.headers['cache-control']).toBe('no-cache')
      expect(page.headers['content-security-policy']).toContain("worker-src 'self' blob:")
      expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
    }
    const script = await app.inject('/assets/index-abc123.js')
    expect(script.headers['cache-control']).toContain('immutable')
  })

  it('does not answer a missing script or API address with the page, nor anything outside its folder', async () => {
    const app = await openWithPage()
    expectRefusal(await app.inject({ url: '/assets/gone-123.js', headers: html }), 404)
    expectRefusal(await app.inject({ url: '/api/nothing', headers: html }), 404)
    for (const url of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/assets/%00']) {
      const response = await app.inject(url)
      expect(response.statusCode).toBeGreaterThanOrEqual(400)
      expect(response.statusCode).toBeLessThan(500)
    }
  })

  it('says what to do where the page has not been built', async () => {
    const { app } = await openApp({ webFolder: '/nowhere' })
    expect(expectRefusal(await app.inject({ url: '/', headers: html }), 404).message).toContain('npm run build')
  })
})
