/** The orders of a day that stands: read, changed by hand, taken back, planned again from the plan before. */
import { describe, expect, it } from 'vitest'
import { DayChangedSchema, DayOrdersSchema, ReviewSchema } from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import { keepLocks, type Plan, type Problem } from '../../solver/index.ts'
import { makeComplex } from './imports/makeComplex.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const DAY = '/api/complexes/test/days/2026-11-23'
const HEADER = [
  '접수번호',
  '상차일',
  '업체명',
  '상차지',
  '하차지',
  '품목',
  '중량',
  '수량',
  '상차시간',
  '도착요청',
  '상하차방식',
  '비고',
]
const ROWS = [
  HEADER,
  ['G1', '2026-11-23', '금형A01', '강재L1', '금형A01', '금형강', '850', '2EA', '', '14:00까지', '지게차', '갑바'],
  ['G2', '2026-11-23', '금형A02', '금형A02', '열처리1', '완성금형', '1200', '3파렛트', '09:00-11:00', '', '', ''],
  ['G3', '2026-11-23', '금형A02', '열처리1', '금형A02', '코어', '120', '', '10시 이후', '익일', '크레인/호이스트', ''],
  ['G4', '2026-11-23', '금형A01', '금형A01', '새공장', '코어', '90', '', '', '13:00-15:00', '', ''],
]
const PLACED = ROWS.map((row, index) => [
  ...row,
  ...(index === 0 ? ['위도', '경도'] : index === 4 ? ['35.16', '126.79'] : ['', '']),
])

const ask = async (app: App, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object, tag?: string) =>
  await app.inject({ method, url, ...(payload && { payload }), headers: tag === undefined ? {} : { 'if-match': tag } })
const problemOf = async (app: App, id: string): Promise<Problem> => (await app.inject(`/api/problems/${id}`)).json()

describe('the orders of a day', () => {
  it('come back as rows that read as the same orders, change by hand, and can be taken back', async () => {
    const { app, store } = await openApp()
    await store.complexes.put(makeComplex())
    const empty = await ask(app, 'GET', `${DAY}/orders`)
    expectShape(DayOrdersSchema, empty.json())
    expect([empty.json().problem, empty.headers.etag]).toEqual([null, '"none"'])

    const imported = await ask(app, 'POST', '/api/imports?complex=test', { rows: PLACED })
    expect(imported.json()).toMatchObject({ rows: 4, accepted: 4, issues: [] })
    const first: string = imported.json().days[0].problem
    const before = await problemOf(app, first)

    const orders = (await ask(app, 'GET', `${DAY}/orders`)).json()
    expectShape(DayOrdersSchema, orders)
    expect(orders.problem).toBe(first)
    const checked = await ask(app, 'POST', '/api/imports/check?complex=test&day=2026-11-23', { rows: orders.rows })
    expectShape(ReviewSchema, checked.json())
    expect(checked.json()).toMatchObject({ orders: 4, faulty: [], issues: [] })
    // every row once more, as if somebody had touched it
    const same = await ask(app, 'PATCH', `${DAY}/orders`, { rows: orders.rows }, `"${first}"`)
    expect(same.json()).toMatchObject({ before: first, added: 0, changed: 4, removed: 0, held: 0 })
    const second: string = same.json().problem
    expect((await problemOf(app, second)).shipments).toEqual(before.shipments)

    const [head, g1, ...others] = orders.rows as string[][]
    const heavier = g1!.with(6, '900')
    const byHand = ['', '', '금형A01', '열처리1', '금형A01', '코어', '300', ...Array(8).fill('')]
    const stale = await ask(app, 'PATCH', `${DAY}/orders`, { rows: [head!, heavier] }, `"${first}"`)
    expect(expectRefusal(stale, 412).code).toBe('day.changed')
    const changed = await ask(
      app,
      'PATCH',
      `${DAY}/orders`,
      { rows: [head!, heavier, byHand], remove: { orders: ['G3'] } },
      `"${second}"`,
    )
    expectShape(DayChangedSchema, changed.json())
    expect(changed.json()).toMatchObject({ added: 1, changed: 1, removed: 1, shipments: 4 })
    const after = await problemOf(app, changed.json().problem)
    expect(after.shipments.map(({ id, weightKg }) => [id, weightKg])).toEqual([
      ['G1', 900],
      ['G2', 1200],
      ['G4', 90],
      ['h1', 300],
    ])
    expect(after.shipments[1]).toEqual(before.shipments[1])

    const faults = await ask(
      app,
      'PATCH',
      `${DAY}/orders`,
      { rows: [head!, others[0]!.with(4, '없는곳')] },
      `"${after && changed.json().problem}"`,
    )
    expect(expectRefusal(faults, 422)).toMatchObject({
      code: 'orders.faults',
      issues: [{ code: 'site.unknown', row: 2 }],
    })
    const point = async (was: string | null, problem: string | null) =>
      await ask(app, 'PUT', '/api/complexes/test/days', {
        days: [{ date: '2026-11-23', problem, was: { problem: was } }],
      })
    expectRefusal(await point(changed.json().problem, 'no such'), 404)
    expect(expectRefusal(await point(null, second), 412).code).toBe('day.changed')
    expect((await point(changed.json().problem, second)).json()).toMatchObject([{ problem: second, shipments: 4 }])
    // an import into a day without orders leaves it without
    expect((await point(second, null)).json()).toEqual([])
    expect((await store.complexes.get('test'))?.days).toEqual([])
    // and a change that emptied a day is taken back
    expect((await point(null, second)).json()).toMatchObject([{ problem: second }])
  })

  it('lose a firm for a day, and the plan goes on from the one before with everything kept', async () => {
    const { app, store } = await openApp()
    await store.complexes.put(makeComplex())
    const { days } = (await ask(app, 'POST', '/api/imports?complex=test', { rows: PLACED })).json()
    const plan = async (problem: string, body: object): Promise<{ id: string; plan: Plan }> => {
      const { id } = (
        await ask(app, 'POST', `/api/problems/${problem}/jobs`, { seconds: 60, iterations: 30, ...body })
      ).json()
      await app.inject(`/api/jobs/${id}/events`)
      const job = (await app.inject(`/api/jobs/${id}`)).json()
      expect(job).toMatchObject({ state: 'done' })
      return (await app.inject(`/api/plans/${job.plan}`)).json()
    }
    const old = await plan(days[0].problem, {})
    const gone = await ask(app, 'PATCH', `${DAY}/orders`, { remove: { firms: ['firm-A01'] } }, `"${days[0].problem}"`)
    expect(gone.json()).toMatchObject({ removed: 2, shipments: 2 })
    const { problem } = gone.json()
    const locks = keepLocks(await problemOf(app, problem), old.plan, 'routes')
    const next = await plan(problem, { from: old.id, locks })
    const waysOf = ({ routes, direct }: Plan) => [
      ...routes.flatMap(({ vehicle, stops }) =>
        stops.flatMap(({ pickups }) => pickups.map((id) => `${id} ${vehicle}`)),
      ),
      ...direct.map(({ shipment, mode }) => `${shipment} ${mode}`),
    ]
    const left = waysOf(old.plan).filter((way) => /^G[23] /.test(way))
    expect(waysOf(next.plan).sort()).toEqual(left.sort())
    expect(next.plan.provenance.locks?.filter(({ refused }) => refused)).toEqual([])
    // what was planned before stays a record
    expect((await store.plans.get(old.id))?.problem).toBe(days[0].problem)
    const listed = (await store.complexes.get('test'))?.days[0]
    expect(listed).toMatchObject({ problem, plan: next.id, planState: 'draft' })
  })

  it('wait for an address without holding up the others, and are counted with their day', async () => {
    const { app, store } = await openApp()
    await store.complexes.put(makeComplex())
    const rows = [[...HEADER, '주소'], ...ROWS.slice(1).map((row, k) => [...row, k === 3 ? '광주 송정동 1' : ''])]
    const checked = (await ask(app, 'POST', '/api/imports/check?complex=test', { rows })).json()
    expect(checked).toMatchObject({ waiting: [5], faulty: [], orders: 3 })
    const { days } = (await ask(app, 'POST', '/api/imports?complex=test', { rows })).json()
    expect((await store.complexes.get('test'))?.days[0]).toMatchObject({ shipments: 3, waiting: 1 })
    const another = [
      [...HEADER, '주소'],
      [...ROWS[4]!.with(0, 'G9'), '광주 송정동 2'],
    ]
    const held = await ask(app, 'PATCH', `${DAY}/orders`, { rows: another }, `"${days[0].problem}"`)
    expect(held.json()).toMatchObject({ added: 0, held: 1, problem: days[0].problem })
    const otherDay = [HEADER, ROWS[1]!.with(1, '2026-11-24')]
    const refused = await ask(app, 'PATCH', `${DAY}/orders`, { rows: otherDay }, `"${days[0].problem}"`)
    expect(expectRefusal(refused, 422).issues[0]?.code).toBe('date.otherDay')
  })
})
