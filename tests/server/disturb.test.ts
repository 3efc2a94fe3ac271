import { describe, expect, it } from 'vitest'
import { DisturbedSchema } from '../../server/api.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { checkLocks, checkPlan } from '../../solver/index.ts'
import { planOf } from '../solver/routes.ts'
import { ADDRESSES } from './databases.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const HOUR = 3600
/** Plates and cores ride together, so that there is a round. */
const day = makeProblem({
  vehicles: [
    { ...makeProblem().vehicles[0]!, count: 2 },
    { ...makeProblem().vehicles[1]!, count: 0 },
  ],
  shipments: [
    makeShipment('plates', { from: 'supplier', to: 'member', weightKg: 400, modes: ['route'] }),
    makeShipment('cores', { from: 'member', to: 'supplier', weightKg: 300, modes: ['route'] }),
    makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900 }),
  ],
})
const DATE = '2026-11-23'

async function confirmedDay(address: (typeof ADDRESSES)[number]) {
  const opened = await openApp({}, address)
  const { store } = opened
  const problem = await store.problems.add('gwangju', day)
  await store.complexes.setDay('gwangju', DATE, problem)
  const travel = await travelFrom(trunk)(day)
  const plan = planOf(day, travel, { iterations: 100 })
  await store.plans.put({ id: 'p', problem, plan })
  await store.plans.confirm('p', 1, '{}')
  const route = plan.routes.find(({ vehicle }) => vehicle === 'round')!
  const disturb = async (payload: object, id = 'p') =>
    await opened.app.inject({
      method: 'POST',
      url: `/api/plans/${id}/disturb`,
      headers: { 'accept-language': 'en' },
      payload,
    })
  return { ...opened, problem, plan, route, disturb }
}

describe.each(ADDRESSES)('a confirmed day that is disturbed, in $kind', (address) => {
  it('goes on as a new problem, and the plan before holds until the new one is confirmed in its place', async () => {
    const { app, store, service, problem, route, disturb } = await confirmedDay(address)
    const [first, second] = route.stops
    // on the road from its first stop to its second
    const nowS = Math.floor((first!.leaveS + second!.arriveS) / 2)
    const asked = {
      nowS,
      seconds: 0.3,
      events: [
        { kind: 'breakdown', route: route.id },
        { kind: 'order', shipment: makeShipment('bolts', { from: 'centre', to: 'member', weightKg: 50 }) },
      ],
    }
    const preview = await disturb({ ...asked, preview: true })
    expect([preview.statusCode, preview.json().problem]).toEqual([200, undefined])
    expect(preview.json().standings).toMatchObject([{ route: route.id, left: true, stands: true, stopsDone: 1 }])
    expect(preview.json().notes.join(' ')).toMatch(/stands at 고장 지점 .* taken over from the truck that stands/)
    const { days } = (await store.complexes.get('gwangju'))!
    expect(days.find(({ date }) => date === DATE)?.problem).toBe(problem)

    const response = await disturb(asked)
    expect(response.statusCode, response.body).toBe(202)
    expectShape(DisturbedSchema, response.json())
    const { problem: rest, job } = response.json()
    const listed = (await app.inject('/api/complexes'))
      .json()[0]
      .days.find(({ date }: { date: string }) => date === DATE)
    expect(listed).toMatchObject({ problem: rest, revises: 'p', shipments: 5 })
    for await (const event of service.jobs.watch(store, job, 0, new AbortController().signal))
      if (event.event === 'done') expect(event.job.state).toBe('done')
    const done = await service.jobs.get(store, job)
    const next = (await store.plans.get(done.plan!))!
    const { problem: stored } = (await store.problems.get(rest))!
    expect(checkPlan(stored, stored.travel!, next.plan)).toEqual([])
    expect(checkLocks(next.plan).map(({ state }) => state)).toContain('kept')
    // both are there: the carrier goes by the one that is confirmed
    expect((await store.views.confirmed({ limit: 10 })).items.map(({ id }) => id)).toEqual(['p'])
    const was = { problem: rest, plan: next.id }
    const back = { method: 'PUT', url: '/api/complexes/gwangju/days' } as const
    const taken = await app.inject({ ...back, payload: { days: [{ date: DATE, problem, was }] } })
    expect(taken.json()).toMatchObject([{ problem, plan: 'p' }])
    await store.complexes.setDay('gwangju', DATE, rest)
    const confirm = await app.inject({
      method: 'POST',
      url: `/api/plans/${next.id}/confirm`,
      headers: { 'if-match': `"v${next.version}"` },
    })
    expect(confirm.statusCode, confirm.body).toBe(200)
    expect((await store.views.confirmed({ limit: 10 })).items.map(({ id }) => id)).toEqual([next.id])
    expect((await store.plans.get('p'))!.state).toBe('withdrawn')
  })

  it('takes for done what was recorded', async () => {
    const { app, route, disturb } = await confirmedDay(address)
    const at = (second: number) => new Date(Date.parse(day.startsAt) + 1000 * second).toISOString()
    const early = { nowS: Math.max(0, route.departS - HOUR), events: [], preview: true }
    expect((await disturb(early)).json().standings).toMatchObject([{ left: false, stopsDone: 0 }])
    const events = [{ id: 'x', route: route.id, stop: 0, kind: 'arrived', at: at(route.departS - HOUR) }]
    await app.inject({ method: 'POST', url: '/api/plans/p/actuals', payload: { events } })
    expect((await disturb(early)).json().standings).toMatchObject([{ left: true, stopsDone: 1 }])
  })

  it('is refused for a plan that nobody has confirmed, and for what the plan does not have', async () => {
    const { store, problem, plan, disturb } = await confirmedDay(address)
    await store.plans.put({ id: 'draft', problem, plan })
    expect(expectRefusal(await disturb({ nowS: 0, events: [] }, 'draft'), 409).code).toBe('plan.draft')
    const refused = await disturb({
      nowS: 30_000,
      events: [
        { kind: 'late', route: 'r9', lateS: 60 },
        { kind: 'firm', firm: 'nobody' },
        { kind: 'order', shipment: makeShipment('mold', {}) },
      ],
    })
    expect(expectRefusal(refused, 422).issues.map(({ path }) => path)).toEqual([
      'events/0/route',
      'events/1/firm',
      'events/2/shipment/id',
    ])
  })
})
