import { expect, it } from 'vitest'
import { type Job, RepairedSchema, type StoredPlan } from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import {
  checkPlan,
  type Edit,
  improve,
  openEditor,
  type Plan,
  type Problem,
  type Repair,
  type Travel,
} from '../../solver/index.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

/** One shipment on each of two trucks' rounds, one direct: enough to move. */
const day = (more: Partial<Problem> = {}) =>
  makeProblem({
    shipments: [
      makeShipment('plates', { from: 'supplier', to: 'member', weightKg: 400, modes: ['route'] }),
      makeShipment('cores', { from: 'member', to: 'supplier', weightKg: 300, modes: ['route'] }),
      makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900 }),
    ],
    ...more,
  })

async function planned(opened: Awaited<ReturnType<typeof openApp>>, problem: Problem) {
  const id = await addProblem(opened.app, problem)
  const travel = await opened.service.travelOf(problem)
  const plan = [...improve(problem, travel, { seed: 1, iterations: 30 })].flatMap((step) => step.plan ?? []).at(-1)!
  await opened.store.plans.put({ id: 'p', problem: id, plan })
  return { id, plan }
}

const put = async (app: App, version: number, plan: Plan, language = 'en') =>
  await app.inject({
    method: 'PUT',
    url: '/api/plans/p',
    headers: { 'if-match': `"v${version}"`, 'accept-language': language },
    payload: plan,
  })

it('gives a browser what it judges edits with, and keeps the ledger that it sends, with who and when', async () => {
  const opened = await openApp()
  const { app } = opened
  const problem = day()
  const { plan } = await planned(opened, problem)
  const travel = (await app.inject('/api/plans/p/travel')).json() as Travel
  const editor = openEditor(problem, travel, plan)
  const [dearer] = editor.offers(['mold']).filter(({ deltaKrw, plan: after }) => after && deltaKrw > 0)
  const first = await put(app, 1, dearer!.plan!)
  expect(first.statusCode, first.body).toBe(200)
  const kept = (first.json() as StoredPlan).plan
  expect(kept.edits).toEqual([
    { edit: dearer!.edit, krw: dearer!.deltaKrw, by: 'local', at: expect.stringMatching(/^20.*Z$/) },
  ])

  // the next one leaves the stamp of the first, whatever it says of it
  const reversed = editor.with(kept).judge({ kind: 'reverse', route: kept.routes[0]!.id })
  const claimed = reversed.plan!.edits!.map((entry) => ({ ...entry, by: 'somebody else' }))
  const second = (await put(app, 2, { ...reversed.plan!, edits: claimed })).json() as StoredPlan
  expect(second.plan.edits?.[0]).toEqual(kept.edits?.[0])
  expect(second.plan.edits?.[1]).toMatchObject({ edit: reversed.edit, by: 'local' })
  expect(second.plan.provenance).toEqual(plan.provenance)

  // what does not add up to what the search gave is refused in numbers, and undo is the plan of before
  const hidden = expectRefusal(await put(app, 3, { ...second.plan, edits: [] }), 422)
  expect(hidden.code).toBe('plan.ledger')
  expect(hidden.message).toContain(plan.costKrw.toLocaleString('en-US'))
  expect((await put(app, 3, plan)).json().plan.edits).toBeUndefined()
})

it('refuses locks that name what the plan does not have, each in words of the reader', async () => {
  const opened = await openApp()
  const { plan } = await planned(opened, day())
  const [route] = plan.routes
  const riding = route!.stops[0]!.pickups[0]!
  const locks: Plan['locks'] = [
    { grade: 'truck', shipment: riding },
    { grade: 'route', route: '9' },
    { grade: 'direct', shipment: riding },
    { grade: 'sequence', route: route!.id, shipments: [riding, 'gone'] },
  ]
  for (const [language, words] of [
    ['ko', /없습니다|않습니다/],
    ['en', /no route 9|does not go direct|another route/],
  ] as const) {
    const refused = expectRefusal(await put(opened.app, 1, { ...plan, locks }, language), 422)
    expect(refused.code).toBe('plan.locks')
    expect(refused.issues.map(({ path }) => path)).toEqual(['locks/1', 'locks/2', 'locks/3'])
    for (const { message } of refused.issues) expect(message).toMatch(words)
  }
  expect((await put(opened.app, 1, { ...plan, locks: locks!.slice(0, 1) })).statusCode).toBe(200)
})

it('plans again from an edited plan without losing what people have fixed in it, and with an empty ledger', async () => {
  const opened = await openApp()
  const { app } = opened
  const problem = day()
  const { id, plan } = await planned(opened, problem)
  const travel = await opened.service.travelOf(problem)
  const editor = openEditor(problem, travel, plan)
  // dearer by hand, and meant to stay
  const [dearer] = editor.offers(['mold']).filter(({ deltaKrw, plan: after }) => after && deltaKrw > 0)
  const edited = dearer!.plan!
  const home = edited.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes('mold')))
  const locks: Plan['locks'] = home ? [{ grade: 'sequence', route: home.id }] : [{ grade: 'direct', shipment: 'mold' }]
  expect((await put(app, 1, { ...edited, locks })).statusCode).toBe(200)

  const again = async (more: object) => {
    const payload = { seconds: 60, iterations: 200, from: 'p', ...more }
    const { id: job } = (await app.inject({ method: 'POST', url: `/api/problems/${id}/jobs`, payload })).json() as Job
    await app.inject(`/api/jobs/${job}/events`)
    const done = (await app.inject(`/api/jobs/${job}`)).json() as Job
    return ((await app.inject(`/api/plans/${done.plan}`)).json() as StoredPlan).plan
  }
  const asked = { grade: 'truck', shipment: 'plates' } as const
  const kept = await again({ locks: [asked] })
  expect(checkPlan(problem, travel, kept)).toEqual([])
  expect(kept.edits).toBeUndefined()
  expect(kept.provenance.locks?.map(({ lock, refused }) => [lock, refused])).toEqual([
    [locks![0], undefined],
    [asked, undefined],
  ])
  // its own locks speak of its own routes, and what was asked of that search alone is over
  const [own, ...more] = kept.locks!
  expect(more).toEqual([])
  if (own!.grade === 'sequence') {
    const route = kept.routes.find((each) => each.id === own.route)!
    expect(route.stops.flatMap(({ pickups }) => pickups)).toContain('mold')
  } else expect(kept.direct.map(({ shipment }) => shipment)).toContain('mold')
  expect(kept.costKrw).toBeGreaterThan(plan.costKrw)

  const free = await again({ keepLocks: false })
  expect([free.locks, free.provenance.locks]).toEqual([undefined, undefined])
  expect(free.costKrw).toBeLessThan(kept.costKrw)
})

it('makes a repair: the day is allowed more, its plan makes use of it, and what was before is still there', async () => {
  const opened = await openApp()
  const { app, store } = opened
  // too heavy for either truck
  const heavy = makeShipment('press', { from: 'supplier', to: 'member', weightKg: 2600 })
  const problem = day({ shipments: [...day().shipments, heavy] })
  const { id, plan } = await planned(opened, problem)
  const [complex] = await store.complexes.list()
  const { id: home } = complex!.data.complex
  await store.complexes.setDay(home, '2026-11-23', id)
  const [told] = (await app.inject('/api/plans/p/explain/press')).json() as { repairs: Repair[] }[]
  const { changes, extraKrw } = told!.repairs[0]!
  const repair = async (body: object, version = 1) =>
    await app.inject({
      method: 'POST',
      url: '/api/plans/p/repair',
      headers: { 'if-match': `"v${version}"` },
      payload: body,
    })
  expect(expectRefusal(await repair({ shipment: 'press', changes }, 7), 412).code).toBe('plan.changed')
  const other = [{ kind: 'truck', vehicle: 'round', count: 9 }]
  expect(expectRefusal(await repair({ shipment: 'press', changes: other }), 409).code).toBe('repair.gone')

  const answer = await repair({ shipment: 'press', changes })
  expect(answer.statusCode, answer.body).toBe(201)
  const made = answer.json()
  expectShape(RepairedSchema, made)
  expect(made).toMatchObject({ extraKrw, date: '2026-11-23', before: { problem: id, plan: 'p' } })
  const now = (await store.plans.get(made.plan))!
  const repaired = (await store.problems.get(made.problem))!.problem
  expect(now.plan.unserved).toEqual([])
  expect(checkPlan(repaired, await opened.service.travelOf(repaired), now.plan)).toEqual([])
  expect((await store.complexes.get(home))!.days.map(({ problem: stands }) => stands)).toContain(made.problem)
  expect((await store.plans.get('p'))?.plan).toEqual(plan)
  // an edit of the repaired plan is as any other: its ledger begins there
  const step: Edit = { kind: 'leave', shipments: ['press'] }
  const left = openEditor(repaired, await opened.service.travelOf(repaired), now.plan).judge(step)
  const edited = await app.inject({
    method: 'PUT',
    url: `/api/plans/${made.plan}`,
    headers: { 'if-match': '"v1"' },
    payload: left.plan!,
  })
  expect(edited.statusCode, edited.body).toBe(200)
})
