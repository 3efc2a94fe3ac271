import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it, vi } from 'vitest'
import supplyFile from '../../fixtures/studies/supply-example.json' with { type: 'json' }
import {
  type OrderFit,
  type StudyAnswer,
  StudyAnswerSchema,
  StudyEstimateSchema,
  StudyPresetsSchema,
  StudyRunsSchema,
  type StudySummary,
  StudySummarySchema,
} from '../../server/api.ts'
import { loadComplex, loadOrders } from '../../server/complexes.ts'
import { importOrders } from '../../server/imports/index.ts'
import type { App } from '../../server/routes/service.ts'
import { openStudyQueue } from '../../server/store/studyQueue.ts'
import { demandOf, runPickup } from '../../server/studies/pickup.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { type PickupStudy, quietDay, type Study, summarisePickup } from '../../study/index.ts'
import { member, openAccounts } from './openAccounts.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

vi.setConfig({ testTimeout: 180_000 })

const SMALL: PickupStudy = {
  kind: 'pickup',
  name: { ko: '작은 연구', en: 'a small study' },
  complex: 'gwangju',
  seeds: [1, 2],
  days: 3,
  iterations: 100,
  settings: [
    { id: 'base', name: { ko: '기본', en: 'base' }, changes: [] },
    { id: 'few', name: { ko: '5개사', en: '5 firms' }, changes: [{ kind: 'participants', count: 5 }] },
  ],
}
const SUPPLY = supplyFile as unknown as Extract<Study, { kind: 'supply' }>
const ROUTES = { complex: 'gwangju', seed: 1, days: 1, iterations: 100 }
const submit = async (app: App, document: unknown): Promise<StudySummary> => {
  const response = await app.inject({ method: 'POST', url: '/api/studies', payload: { document } as object })
  expect(response.statusCode, response.body).toBe(202)
  expectShape(StudySummarySchema, response.json())
  return response.json()
}
const read = async (app: App, id: string): Promise<StudyAnswer> => (await app.inject(`/api/studies/${id}`)).json()
const until = async (app: App, id: string, enough: (study: StudyAnswer) => boolean): Promise<StudyAnswer> =>
  await vi.waitUntil(
    async () => {
      const study = await read(app, id)
      if (study.state === 'failed') throw new Error(study.error)
      return enough(study) && study
    },
    { timeout: 150_000, interval: 50 },
  )

describe('a pickup study in the service', () => {
  it('stops with what is there, goes on, and ends with the figures that the command line gives', async () => {
    const { app, store } = await openApp()
    const { id, state, all, data } = await submit(app, SMALL)
    expect({ state, all, data }).toEqual({ state: 'queued', all: 12, data: 'store' })
    const some = await until(app, id, ({ done }) => done >= 2)
    expectShape(StudyAnswerSchema, some)
    expect(some.result?.kind === 'pickup' && some.result.pickup.settings[0]?.saving.B1.interval).toHaveLength(2)
    const stopped = (await app.inject({ method: 'POST', url: `/api/studies/${id}/stop` })).json()
    expect(stopped.state).toBe('stopped')
    expect(stopped.done).toBeLessThan(12)
    const resumed = (await app.inject({ method: 'POST', url: `/api/studies/${id}/resume` })).json()
    expect(resumed).toMatchObject({ state: 'queued', done: stopped.done })
    const done = await until(app, id, (study) => study.state === 'done')
    expect(done.done).toBe(12)

    const complex = await loadComplex('gwangju')
    const runs = await runPickup({
      study: SMALL,
      data: complex,
      travelOf: travelFrom(trunk),
      locale: 'en',
      threads: 1,
      report: () => {},
      stopped: () => false,
    })
    expect(runs).toHaveLength(12)
    const { workingDaysPerYear } = demandOf(complex)
    expect(done.result).toEqual({ kind: 'pickup', pickup: summarisePickup(SMALL, runs, workingDaysPerYear) })
    const page = (await app.inject(`/api/studies/${id}/runs?limit=7`)).json()
    expectShape(StudyRunsSchema, page)
    const rest = (await app.inject(`/api/studies/${id}/runs?after=${page.next}`)).json()
    expect([...page.items, ...rest.items]).toEqual(runs)
    const again = await app.inject({ method: 'POST', url: `/api/studies/${id}/resume` })
    expect(expectRefusal(again, 409).code).toBe('study.over')
    expect((await app.inject({ method: 'DELETE', url: `/api/studies/${id}` })).statusCode).toBe(204)
    expect(await store.studies.get(id)).toBeUndefined()
    expect(expectRefusal(await app.inject(`/api/studies/${id}/runs`), 404).code).toBe('study.unknown')
  })

  it('makes room for a search of a coordinator, and goes on behind it', async () => {
    const { app } = await openApp({ concurrency: 1 })
    // days that would hold the only worker for minutes
    const { id } = await submit(app, { ...SMALL, iterations: 1_000_000, settings: SMALL.settings.slice(0, 1) })
    await until(app, id, ({ state }) => state === 'running')
    const problem = await addProblem(app)
    const job = await app.inject({
      method: 'POST',
      url: `/api/problems/${problem}/jobs`,
      payload: { seconds: 60, iterations: 20 },
    })
    await vi.waitUntil(async () => (await app.inject(`/api/jobs/${job.json().id}`)).json().state === 'done', {
      timeout: 60_000,
    })
    expect(await read(app, id)).toMatchObject({ state: 'running', done: 0 })
    await app.inject({ method: 'DELETE', url: `/api/studies/${id}` })
  })

  it('is done again only where its worker was lost, and where the queue knows nothing of it', async () => {
    const { app, store, database } = await openApp({ concurrency: 0 })
    const { id } = await submit(app, SMALL)
    const dead = await openStudyQueue(database, { heartbeatS: 10 })
    const first = (await dead.claim())!
    expect(first).toMatchObject({ study: id, from: 0, to: 8 })
    const run = quietDay({ setting: 'base', seed: 1, day: 0, date: '2026-03-02' })
    for (const position of [0, 1, 2]) expect(await dead.report(first, position, run)).toBe(true)
    // the same once more: a worker that was taken for dead
    await dead.report(first, 2, run)
    expect((await store.studies.get(id))!.summary.done).toBe(3)
    await dead.close()

    const next = await openStudyQueue(database, { heartbeatS: 10 })
    const claims = [(await next.claim())!, (await next.claim())!].toSorted((a, b) => a.from - b.from)
    expect(claims.map(({ from, to, known }) => [from, to, [...known]])).toEqual([
      [0, 8, [0, 1, 2]],
      [8, 12, []],
    ])
    await next.handBack(claims[1]!)
    expect(await next.claim()).toMatchObject({ from: 8, to: 12 })
    // a backup brings the rows, not the queue
    await database.db.deleteFrom('pgboss.job' as never).execute()
    await next.tend()
    expect(await next.claim()).toMatchObject({ from: 0, to: 8, known: new Set([0, 1, 2]) })
    for (const position of Array.from({ length: 12 }, (_, k) => k)) await next.report(first, position, run)
    await next.tend()
    expect((await store.studies.get(id))!.summary).toMatchObject({ state: 'done', done: 12 })
    await next.close()
  })

  it('takes turns with other studies', async () => {
    const { app, database } = await openApp({ concurrency: 0 })
    const [long, short] = [await submit(app, { ...SMALL, days: 20 }), await submit(app, SMALL)]
    const queue = await openStudyQueue(database)
    const order = [await queue.claim(), await queue.claim(), await queue.claim(), await queue.claim()]
    expect(order.map((claim) => claim!.study)).toEqual([long.id, short.id, long.id, short.id])
    await queue.close()
  })

  it('is estimated from days that are tried out, and refused where it is too large', async () => {
    const { app } = await openApp()
    const ask = async (document: unknown, more: object = {}) =>
      await app.inject({ method: 'POST', url: '/api/studies/estimate', payload: { document, ...more } as object })
    const one = (await ask(SMALL)).json()
    expectShape(StudyEstimateSchema, one)
    expect(one).toMatchObject({ runs: 12, workers: 1, basis: { setting: 'base', seed: 1, iterations: 100 } })
    expect(one.basis.dates).toHaveLength(3)
    expect(one.cpuS).toBeGreaterThan(0)
    // the same trial, so exactly in proportion
    const more = (await ask({ ...SMALL, seeds: [1, 2, 3, 4] }, { workers: 2 })).json()
    expect(more.bytes).toBe(2 * one.bytes)
    expect(more.cpuS).toBeCloseTo(2 * one.cpuS, 1)
    expect(more.minutes).toBeCloseTo(one.minutes, 1)
    const huge = { ...SMALL, days: 366, seeds: Array.from({ length: 100 }, (_, k) => k) }
    for (const response of [
      await ask(huge),
      await app.inject({ method: 'POST', url: '/api/studies', payload: { document: huge } }),
    ]) {
      const { code, message } = expectRefusal(response, 422)
      expect(code).toBe('study.tooLarge')
      expect(message).toContain('73,200')
    }
    const faults = expectRefusal(
      await ask({ ...SMALL, seeds: [1, 1], settings: [...SMALL.settings, SMALL.settings[0]] }),
      422,
    )
    expect(faults.issues.map(({ path }) => path)).toEqual(['document/settings/2/id', 'document/seeds/1'])
    expect(expectRefusal(await ask({ ...SMALL, complex: 'busan' }), 404).code).toBe('complex.unknown')
    expect(expectRefusal(await ask(SMALL, { workers: 0 }), 422).issues[0]!.path).toBe('workers')
  })
})

describe('a demand model', () => {
  it('is fitted to the days that are kept, told to those who plan them, and drawn from by a study', async () => {
    const { app, store } = await openApp({ concurrency: 0 })
    const fit = async (payload: object) => await app.inject({ method: 'POST', url: '/api/studies/fit', payload })
    const { bytes, fileName } = await loadOrders('gwangju', 2)
    const { data } = (await store.complexes.get('gwangju'))!
    const { days } = await importOrders(bytes, data, { locale: 'en', fileName })
    expect(expectRefusal(await fit({ complex: 'gwangju', to: '2026-01-01' }), 422).code).toBe('study.tooFewDays')
    await store.complexes.addDays('gwangju', days, { fileName, rows: 0, accepted: 0 })
    const fitted: OrderFit = (await fit({ complex: 'gwangju', to: '2026-12-31' })).json()
    expect([fitted.days, fitted.first, fitted.last]).toEqual([20, '2026-11-23', expect.stringMatching(/^2026-12-/)])
    expect(fitted.goodness.firms).toHaveLength(24)
    expect(fitted.goodness.heldOutDays).toBe(5)
    expect(expectRefusal(await fit({ complex: 'busan' }), 404).code).toBe('complex.unknown')
    const { id } = await submit(app, { ...SMALL, demand: fitted.demand })
    const kept = (await store.studies.get(id))!
    expect(kept.data!.demand).toEqual(fitted.demand)
    expect((await read(app, id)).sources).toContainEqual(expect.objectContaining({ path: 'demand', certainty: 'X' }))
    const broken = { ...SMALL, demand: { ...fitted.demand, scale: -1 } }
    const refused = await app.inject({ method: 'POST', url: '/api/studies', payload: { document: broken } as object })
    expect(expectRefusal(refused, 422).issues.map(({ path }) => path)).toEqual(['document/demand/scale'])
  })
})

describe('studies in which nothing is drawn', () => {
  it('are the presets of the program, worked out at once', async () => {
    const { app } = await openApp()
    const presets = (await app.inject('/api/studies/presets')).json()
    expectShape(StudyPresetsSchema, presets)
    expect(presets[0].id).toBe('gwangju-quick')
    const drawn = ['pickup', 'national']
    const quick = presets.filter(({ document }: { document: { kind: string } }) => !drawn.includes(document.kind))
    expect(quick.map(({ document }: { document: { kind: string } }) => document.kind).sort()).toEqual([
      'appraisal',
      'complexes',
      'complexes',
      'imports',
      'supply',
    ])
    for (const { document: whole } of quick) {
      const document = whole.routes ? { ...whole, routes: ROUTES } : whole
      const { id, state, kind } = await submit(app, document)
      expect(state).toBe('done')
      const answer = await read(app, id)
      expectShape(StudyAnswerSchema, answer)
      expect(answer.result).toHaveProperty(kind)
      expect(answer.sources.length).toBeGreaterThan(0)
      // roads and trucks are the server's: no other place plans what is fetched
      if (answer.result?.kind === 'supply')
        expect(answer.result.supply.fetches.filter((fetch) => fetch.kind === 'planned').length).toBeGreaterThan(0)
      if (answer.result?.kind === 'imports') expect(answer.result.imports.range?.draws).toBe(200)
      const file = await app.inject(`/api/studies/${id}/report?format=xlsx&lang=ko`)
      expect(file.statusCode, file.body).toBe(200)
      expect(file.headers['content-type']).toContain('spreadsheetml')
      expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain(`연구-${document.name.ko}.xlsx`)
      expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK')
    }
    const paper = await app.inject({
      url: `/api/studies/${(await app.inject('/api/studies')).json().items[0].id}/report`,
      headers: { 'accept-language': 'en' },
    })
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(String(paper.headers['content-disposition'])).toMatch(/filename="study-.*\.pdf"/)
    const list = (await app.inject('/api/studies?limit=3')).json()
    expect(list.items).toHaveLength(3)
    expect((await app.inject(`/api/studies?after=${list.next}`)).json().items).toHaveLength(2)
  })
})

describe('who sees which study', () => {
  it('a coordinator those of their complex, a policymaker their own, of complexes that opted in or come with the program', async () => {
    const opened = await openAccounts({ concurrency: 0 })
    const data = (await opened.store.complexes.get('gwangju'))!.data
    await opened.store.complexes.put({ ...data, complex: { ...data.complex, id: 'faraway' } })
    const coordinator = await opened.add('c@x.example', member({ role: 'coordinator', complex: 'faraway' }))
    const stranger = await opened.add('s@x.example', member({ role: 'coordinator', complex: 'gwangju' }))
    const policymaker = await opened.add('p@x.example', member({ role: 'policymaker' }))
    const study = { ...SMALL, complex: 'faraway' }
    const post = (document: unknown) =>
      ({ method: 'POST', url: '/api/studies', payload: { document } as object }) as const
    const theirs = (await coordinator(post(study))).json()
    expect(expectRefusal(await policymaker(post(study)), 404).code).toBe('complex.unknown')
    expect((await policymaker(post(SMALL))).json()).toMatchObject({ data: 'program' })

    const url = '/api/complexes/faraway/policy'
    expect((await coordinator({ method: 'PUT', url, payload: { open: true } })).statusCode).toBe(200)
    const asked = await policymaker(post(study))
    expect(asked.json()).toMatchObject({ data: 'store', complex: 'faraway' })
    const alone = { ...study.settings[1]!, changes: [{ kind: 'participants', count: 1 }] }
    expect(expectRefusal(await policymaker(post({ ...study, settings: [alone] })), 403).code).toBe('study.tooFewFirms')
    expect((await coordinator(post({ ...study, settings: [alone] }))).statusCode).toBe(202)
    // patterns by firm tell what each firm orders
    const chosen = { kind: 'collectChosen', kg: 2500, longestWaitDays: 4, waitKrwPerDay: 0 }
    const settings = [study.settings[0]!, { ...study.settings[1]!, changes: [chosen] }]
    const waits = { ...study, days: 5, settings, stock: { carryingRate: 0.2, krwPerKg: 1 } }
    expect(expectRefusal(await policymaker(post(waits)), 403).code).toBe('study.tooFewFirms')

    // what fetching for two firms of it costs would tell where they stand
    const { items } = SUPPLY.register
    const two = items.map((item) => ({ ...item, uses: item.uses.slice(0, 2) }))
    const supply = {
      ...SUPPLY,
      register: { ...SUPPLY.register, items: two },
      routes: { ...ROUTES, complex: 'faraway' },
    }
    expect(expectRefusal(await policymaker(post(supply)), 403).code).toBe('study.tooFewFirms')
    expect(expectRefusal(await stranger(post(supply)), 404).code).toBe('complex.unknown')

    const seen = async (send: typeof coordinator) => (await send('/api/studies')).json().items.length
    expect([await seen(coordinator), await seen(stranger), await seen(policymaker)]).toEqual([3, 0, 2])
    expectRefusal(await policymaker(`/api/studies/${theirs.id}`), 404)
    expectRefusal(await stranger({ method: 'DELETE', url: `/api/studies/${theirs.id}` }), 404)
    expect((await coordinator(`/api/studies/${asked.json().id}`)).statusCode).toBe(200)

    const report = `/api/studies/${asked.json().id}/report?format=xlsx&lang=en`
    expectRefusal(await policymaker(`/api/studies/${theirs.id}/report`), 404)
    expectRefusal(await stranger(report), 404)
    expect(expectRefusal(await policymaker(report), 409).code).toBe('study.noResult')
    const queue = await openStudyQueue(opened.database)
    let claim = (await queue.claim())!
    while (claim.study !== asked.json().id) claim = (await queue.claim())!
    const run = quietDay({ setting: 'base', seed: 1, day: 0, date: '2026-11-23' })
    await queue.report(claim, 0, { ...run, planKrw: 7, baselineKrw: { B0: 20, B1: 10, B2: 9 } })
    await queue.close()
    // what a truck costs there is for those who manage it
    const ledgerOf = async (send: typeof coordinator) => {
      const sheets = await readXlsxFile((await send(report)).rawPayload)
      return JSON.stringify(sheets.find(({ sheet }) => sheet === 'Ledger of inputs')?.data)
    }
    expect(await ledgerOf(coordinator)).toContain('16600')
    expect(await ledgerOf(policymaker)).toContain('kept by the complex')
    expect(await ledgerOf(policymaker)).not.toContain('16600')
  })
})
