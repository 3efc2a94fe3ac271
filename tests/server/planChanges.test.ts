import { describe, expect, it } from 'vitest'
import {
  AuditEntrySchema,
  ListedShipmentSchema,
  PlanSummarySchema,
  pageSchema,
  StoredPlanSchema,
} from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import { type Certificate, improve, type Plan, type Problem } from '../../solver/index.ts'
import { ADDRESSES } from './databases.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

/** A planned problem in the store, without waiting for a search of the queue. */
async function planned(opened: Awaited<ReturnType<typeof openApp>>, problem: Problem = makeProblem()) {
  const id = await addProblem(opened.app, problem)
  const travel = await opened.service.travelOf(problem)
  const best = (of: Problem) =>
    [...improve(of, travel, { seed: 1, iterations: 30 })].flatMap((step) => step.plan ?? []).at(-1)!
  const plan = best(problem)
  // the contract truck for everything: allowed, and dearer than hired trucks
  const other = best({ ...problem, vehicles: problem.vehicles.slice(0, 1) })
  const edit = { kind: 'retype', route: '1', vehicle: problem.vehicles[0]!.id } as const
  const dearest: Plan = { ...other, edits: [{ edit, krw: other.costKrw - plan.costKrw }] }
  await opened.store.plans.put({ id: 'p', problem: id, plan })
  return { problem: id, plan, dearest }
}

const change = async (app: App, method: 'PUT' | 'POST', url: string, ifMatch?: string, payload?: object) =>
  await app.inject({
    method,
    url: `/api/plans/p${url}`,
    headers: { 'accept-language': 'en', ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
    ...(payload && { payload }),
  })

/** The same plan with its first route gone, as if nothing had to be carried. */
const withoutRoute = (plan: Plan): Plan => ({ ...plan, routes: plan.routes.slice(1) })

describe.each(ADDRESSES)('a plan in a store in $kind', (address) => {
  const open = async () => await openApp({}, address)

  it('is sent once, and again only when it has changed', async () => {
    const opened = await open()
    const { plan } = await planned(opened)
    const first = await opened.app.inject('/api/plans/p')
    expectShape(StoredPlanSchema, first.json())
    expect(first.json()).toMatchObject({ version: 1, state: 'draft', changedBy: 'test' })
    const { etag } = first.headers
    expect(etag).toBe('"v1"')
    const again = await opened.app.inject({ url: '/api/plans/p', headers: { 'if-none-match': `"x", W/${etag}` } })
    expect([again.statusCode, again.body]).toEqual([304, ''])

    await opened.store.plans.edit('p', 1, plan)
    const changed = await opened.app.inject({ url: '/api/plans/p', headers: { 'if-none-match': String(etag) } })
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"v2"'])
    const unknown = await opened.app.inject({ url: '/api/plans/q', headers: { 'if-none-match': '"v1"' } })
    expectRefusal(unknown, 404)
  })

  it('keeps a problem from being sent twice', async () => {
    const { app } = await open()
    const url = `/api/problems/${await addProblem(app)}`
    const { etag } = (await app.inject(url)).headers
    expect((await app.inject({ url, headers: { 'if-none-match': String(etag) } })).statusCode).toBe(304)
    expectRefusal(await app.inject({ url: '/api/problems/x', headers: { 'if-none-match': '"x"' } }), 404)
  })

  it('takes an edit of the version that was read, and no other', async () => {
    const opened = await open()
    const { dearest } = await planned(opened)
    const { app } = opened
    expect(expectRefusal(await change(app, 'PUT', '', undefined, dearest), 428).code).toBe('request.ifMatch')
    expect(expectRefusal(await change(app, 'PUT', '', '*', dearest), 428).code).toBe('request.ifMatch')
    expect(expectRefusal(await change(app, 'PUT', '', '"v7"', dearest), 412).code).toBe('plan.changed')
    expect(expectRefusal(await change(app, 'PUT', '', 'gibberish', dearest), 400).code).toBe('request.ifMatch')

    const edited = await change(app, 'PUT', '', '"v1"', dearest)
    expect(edited.statusCode, edited.body).toBe(200)
    expectShape(StoredPlanSchema, edited.json())
    expect(edited.json()).toMatchObject({ version: 2, changedBy: 'local', plan: { costKrw: dearest.costKrw } })
    expect(edited.headers.etag).toBe('"v2"')
    // somebody who still looks at version 1
    const { message } = expectRefusal(await change(app, 'PUT', '', '"v1"', dearest), 412)
    expect(message).toContain('version 2')
  })

  it('of two coordinators who edit at once lets one through and tells the other', async () => {
    const opened = await open()
    const { plan, dearest } = await planned(opened)
    const answers = await Promise.all([
      change(opened.app, 'PUT', '', '"v1"', plan),
      change(opened.app, 'PUT', '', '"v1"', dearest),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412])
    expect((await opened.store.plans.get('p'))?.version).toBe(2)
  })

  it('refuses an edit that breaks rules or sums, with every fault and its place', async () => {
    const opened = await open()
    // together 2,800 kg: never at once on the truck of 2,500
    const heavy = [1, 2].map((k) => makeShipment(`s${k}`, { weightKg: 1400 }))
    const { plan } = await planned(opened, makeProblem({ shipments: heavy }))
    const cheaper = { ...withoutRoute(plan), direct: plan.direct.slice(1), costKrw: 1 }
    const refused = await change(opened.app, 'PUT', '', '"v1"', cheaper)
    expect(expectRefusal(refused, 422).code).toBe('plan.violations')
    const codes = new Set(refused.json().issues.map(({ code }: { code: string }) => code))
    expect([...codes].sort()).toEqual(['plan.cost', 'plan.coverage'])
    for (const issue of refused.json().issues) expect(issue.remedy.length).toBeGreaterThan(10)
    expect(expectRefusal(await change(opened.app, 'PUT', '', '"v1"', { routes: 3 }), 400).code).toBe('request.shape')
    expect((await opened.store.plans.get('p'))?.plan).toEqual(plan)
  })

  it('does not say of an edited plan what was proved of another', async () => {
    const opened = await open()
    const { plan, dearest, problem } = await planned(opened)
    const certificate: Certificate = {
      lowerKrw: plan.costKrw,
      prices: [],
      fleet: [],
      alone: [],
      unserved: [],
      proof: 'optimal',
      relaxed: [],
      rounds: 1,
      columns: 1,
    }
    await opened.store.plans.put({ id: 'p', problem, plan, certificate })
    expect(dearest.costKrw).toBeGreaterThan(plan.costKrw)
    const { version, ...edited } = (await change(opened.app, 'PUT', '', '"v2"', dearest)).json()
    // the bound holds for every plan that serves the same; that this one reaches it does not
    expect([version, edited.certificate]).toEqual([3, { ...certificate, proof: 'closed' }])
  })

  it('is not overwritten or dropped by a search once a person has edited it', async () => {
    const opened = await open()
    const { plan, dearest, problem } = await planned(opened)
    await change(opened.app, 'PUT', '', '"v1"', dearest)
    expect(await opened.store.plans.put({ id: 'p', problem, plan })).toBe(false)
    await opened.store.plans.remove('p')
    expect((await opened.store.plans.get('p'))?.plan.costKrw).toBe(dearest.costKrw)
  })

  it('is confirmed once a day, then changes no more until that is taken back', async () => {
    const opened = await open()
    const { plan, problem } = await planned(opened)
    const { app } = opened
    expectRefusal(await change(app, 'POST', '/confirm'), 428)
    expectRefusal(await change(app, 'POST', '/confirm', '"v9"'), 412)
    const confirmed = await change(app, 'POST', '/confirm', '"v1"')
    expect(confirmed.json()).toMatchObject({ state: 'confirmed', version: 2 })
    expect(confirmed.headers.etag).toBe('"v2"')
    expect(expectRefusal(await change(app, 'PUT', '', '"v2"', plan), 409).code).toBe('plan.confirmed')
    expect(expectRefusal(await change(app, 'POST', '/confirm', '"v2"'), 409).code).toBe('plan.confirmed')
    await opened.store.plans.put({ id: 'other', problem, plan })
    await expect(opened.store.plans.confirm('other', 1, '{}')).rejects.toMatchObject({ code: 'plan.dayConfirmed' })

    const withdrawn = await change(app, 'POST', '/withdraw', '"v2"')
    expect(withdrawn.json()).toMatchObject({ state: 'withdrawn', version: 3 })
    expect(expectRefusal(await change(app, 'POST', '/withdraw', '"v3"'), 409).code).toBe('plan.withdrawn')
    expect((await opened.store.plans.confirm('other', 1, '{}')).state).toBe('confirmed')
  })

  it('is revised as a draft of its own, and stays as it was confirmed', async () => {
    const opened = await open()
    const { plan, problem } = await planned(opened)
    const { app } = opened
    expect(expectRefusal(await change(app, 'POST', '/revise', '"v1"'), 409).code).toBe('plan.draft')
    await change(app, 'POST', '/confirm', '"v1"')
    expectRefusal(await change(app, 'POST', '/revise', '"v1"'), 412)
    const revised = await change(app, 'POST', '/revise', '"v2"')
    expect([revised.statusCode, revised.headers.etag]).toEqual([201, '"v1"'])
    expectShape(StoredPlanSchema, revised.json())
    expect(revised.json()).toMatchObject({ problem, state: 'draft', plan: { costKrw: plan.costKrw } })
    expect(await opened.store.plans.get('p')).toMatchObject({ state: 'withdrawn', version: 3, plan })
    expect(await opened.store.plans.newestOf(problem)).toBe(revised.json().id)
    // once more, from the record
    expect((await change(app, 'POST', '/revise', '"v3"')).statusCode).toBe(201)
    expect((await opened.store.plans.confirm(revised.json().id, 1, '{}')).state).toBe('confirmed')
  })

  it('is listed without its routes, the one changed last first', async () => {
    const opened = await open()
    const { plan, problem } = await planned(opened)
    await opened.store.plans.put({ id: 'q', problem, plan })
    await opened.store.plans.confirm('p', 1, '{}')
    const list = await opened.app.inject(`/api/plans?problem=${problem}&limit=1`)
    expectShape(pageSchema(PlanSummarySchema), list.json())
    expect(list.json().items).toMatchObject([{ id: 'p', state: 'confirmed', costKrw: plan.costKrw }])
    const rest = await opened.app.inject(`/api/plans?problem=${problem}&limit=1&after=${list.json().next}`)
    expect(rest.json().items.map(({ id }: { id: string }) => id)).toEqual(['q'])
    expect(rest.json().next).toBeUndefined()
    expect((await opened.app.inject('/api/plans?problem=x')).json()).toEqual({ items: [] })
  })

  it('leaves in the audit log who changed it, when, and the whole plan before and after', async () => {
    const opened = await open()
    const { plan, dearest } = await planned(opened)
    const answer = await change(opened.app, 'PUT', '', '"v1"', dearest)
    await change(opened.app, 'POST', '/confirm', '"v2"')
    await change(opened.app, 'POST', '/withdraw', '"v3"')
    const { items } = (await opened.app.inject('/api/audit?id=p')).json()
    expect(items.map(({ action, actor }: { action: string; actor: string }) => [actor, action])).toEqual([
      ['local', 'withdraw'],
      ['local', 'confirm'],
      ['local', 'edit'],
      ['test', 'add'],
    ])
    const edit = await opened.app.inject(`/api/audit/${items[2].seq}`)
    expectShape(AuditEntrySchema, edit.json())
    expect(edit.json().before).toEqual(plan)
    expect(edit.json().after).toEqual(answer.json().plan)
    expect(edit.json().complex).toBe('gwangju')
    expect(edit.json().request).toBe(answer.headers['x-request-id'])
    expectRefusal(await opened.app.inject('/api/audit/999999'), 404)
  })
})

describe.each(ADDRESSES)('the list of shipments in $kind', (address) => {
  it('comes in pages without gaps, newest problem first, each in the order of its file', async () => {
    const { app, store } = await openApp({}, address)
    const shipments = (day: number) => ['a', 'b', 'c'].map((id) => makeShipment(`${id}${day}`, {}))
    const older = await store.problems.add('gwangju', makeProblem({ shipments: shipments(1) }))
    await store.problems.add('gwangju', makeProblem({ shipments: shipments(2) }))
    const seen: string[] = []
    for (let after = ''; ; ) {
      const page = (await app.inject(`/api/shipments?limit=2${after}`)).json()
      expectShape(pageSchema(ListedShipmentSchema), page)
      seen.push(...page.items.map(({ shipment }: { shipment: { id: string } }) => shipment.id))
      if (page.next === undefined) break
      after = `&after=${page.next}`
    }
    expect(seen).toEqual(['a2', 'b2', 'c2', 'a1', 'b1', 'c1'])
    const one = (await app.inject(`/api/shipments?problem=${older}&firm=firm`)).json()
    expect(one.items).toHaveLength(3)
    expect((await app.inject('/api/shipments?firm=other')).json()).toEqual({ items: [] })
  })
})
