/** What a firm, a carrier and a policymaker are shown of plans that were confirmed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AggregateSchema,
  MyShareSchema,
  MyShipmentSchema,
  pageSchema,
  SheetSchema,
  StatementSchema,
} from '../../server/api.ts'
import type { PlanFigures } from '../../server/store/tables.ts'
import { makePlan, makeProblem, makeRoute, makeShipment } from './makeProblem.ts'
import { addDay, type Opened, openAccounts, type Send } from './openAccounts.ts'
import { expectRefusal, expectShape } from './openApp.ts'

let opened: Opened
let firm: Send
let carrier: Send
let policymaker: Send
let coordinator: Send
/** In the complex of these people, and in another. */
let problem: string

const firms = ['firm', 'second', 'third'].map((id) => ({ id, name: `${id} Co.`, site: 'member' }))
const shipments = [
  makeShipment('plates', { item: 'steel', weightKg: 400 }),
  makeShipment('cores', { firm: 'second', from: 'member', to: 'supplier' }),
  makeShipment('molds', { firm: 'third' }),
]
const plan = makePlan({
  costKrw: 90_000,
  routes: [
    { ...makeRoute('round', { supplier: ['+plates', '+molds'], member: ['-plates', '-molds'] }), distanceM: 12_000 },
    { ...makeRoute('spot', { member: ['+cores'], supplier: ['-cores'] }), id: 'r2', distanceM: 13_000 },
  ],
})
const figures = (changes: Partial<PlanFigures> = {}): PlanFigures => ({
  method: 'duals',
  costKrw: 90_000,
  b1Krw: 120_000,
  shipments: 3,
  distanceM: 25_000,
  carbon: { fuelMl: 3000, ttwCo2G: 7827, wtwCo2eG: 9720, b1TtwCo2G: 9000, b1WtwCo2eG: 11_000 },
  shares: [
    { firm: 'firm', shareKrw: 40_000, b1Krw: 50_000, shipments: 1 },
    { firm: 'second', shareKrw: 20_000, b1Krw: 30_000, shipments: 1 },
    { firm: 'third', shareKrw: 30_000, b1Krw: 40_000, shipments: 1 },
  ],
  ...changes,
})

async function confirm(
  id: string,
  given: Partial<Parameters<typeof makeProblem>[0]> = {},
  kept?: PlanFigures,
): Promise<string> {
  const { store } = opened
  const day = await store.problems.add('gwangju', makeProblem({ firms, shipments, ...given }))
  await store.plans.put({ id, problem: day, plan })
  const { version } = await store.plans.confirm(id, 1, '{}')
  await store.dispatches.put(id, 'r1', 0, { carrier: 'carrier-A', state: 'offered' })
  await store.dispatches.put(id, 'r2', 0, { carrier: 'carrier-B', state: 'offered' })
  if (kept) await store.views.keepFigures(id, version, kept)
  return day
}

beforeAll(async () => {
  opened = await openAccounts()
  problem = await addDay(opened.store, 'gwangju', { firms, shipments })
  await addDay(opened.store, 'faraway', { firms, shipments })
  firm = await opened.add('firm@example.com', { role: 'firm', complex: 'gwangju', firm: 'firm' })
  carrier = await opened.add('carrier@example.com', { role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' })
  policymaker = await opened.add('policy@example.com', { role: 'policymaker' })
  coordinator = await opened.add('coordinator@example.com', { role: 'coordinator', complex: 'gwangju' })
})
afterAll(async () => await opened.close())

describe('a firm member', () => {
  it('sees the shipments of the own firm of the days that stand, and no others', async () => {
    // nobody's day: another problem took its place
    await opened.store.problems.add('gwangju', makeProblem({ firms, shipments }))
    const response = await firm('/api/my/shipments')
    expectShape(pageSchema(MyShipmentSchema), response.json())
    expect(response.json()).toEqual({
      items: [
        expect.objectContaining({
          problem,
          shipment: 'plates',
          item: 'steel',
          from: 'supplier',
          to: 'member',
          way: 'open',
        }),
      ],
    })
    for (const name of ['cores', 'molds', 'second', 'third']) expect(response.body).not.toContain(name)
  })

  it('sees how they go and what they cost once the plan is confirmed', async () => {
    await confirm('monday', {}, figures())
    const { items } = (await firm('/api/my/shipments')).json()
    expect(items[0]).toMatchObject({ way: 'route', pickupS: 0, deliveryS: 0 })
    const share = await firm('/api/my/share')
    expectShape(pageSchema(MyShareSchema), share.json())
    const day = {
      plan: 'monday',
      date: '2026-11-23',
      state: 'ready',
      method: 'duals',
      shareKrw: 40_000,
      b1Krw: 50_000,
      shipments: 1,
    }
    expect(share.json()).toEqual({ items: [day] })
  })

  it('gets a statement of the month that adds up and says what it still lacks', async () => {
    const shares = [{ firm: 'firm', shareKrw: 1_000, b1Krw: 3_000, shipments: 2 }]
    await confirm('tuesday', { startsAt: '2026-11-24T00:00:00+09:00' }, figures({ shares }))
    await confirm('december', { startsAt: '2026-12-01T00:00:00+09:00' }, figures())
    const response = await firm('/api/my/statement?month=2026-11')
    expectShape(StatementSchema, response.json())
    // 40,000 + 1,000; 50,000 + 3,000
    expect(response.json()).toMatchObject({
      month: '2026-11',
      firm: 'firm',
      shareKrw: 41_000,
      b1Krw: 53_000,
      shipments: 3,
      working: 0,
    })
    expect(response.json().days.map(({ date }: { date: string }) => date)).toEqual(['2026-11-23', '2026-11-24'])
    for (const figure of ['20000', '30000', '90000', 'second', 'third']) expect(response.body).not.toContain(figure)
    expectRefusal(await firm('/api/my/statement?month=2026-13'), 400)
    expectRefusal(await firm('/api/my/statement'), 400)
  })

  it('is told that a share is being worked out, and it is kept', async () => {
    const day = await addDay(opened.store, 'faraway', { startsAt: '2026-10-05T00:00:00+09:00' })
    const boss = await opened.add('far@example.com', { role: 'coordinator', complex: 'faraway' })
    const payload = { seconds: 60, iterations: 50 }
    const job = (await boss({ method: 'POST', url: `/api/problems/${day}/jobs`, payload })).json().id
    await boss(`/api/jobs/${job}/events`)
    const id = (await boss(`/api/jobs/${job}`)).json().plan
    const { version } = (await opened.store.plans.get(id))!
    await opened.store.plans.confirm(id, version, '{}')
    const far = await opened.add('farfirm@example.com', { role: 'firm', complex: 'faraway', firm: 'firm' })
    const first = (await far('/api/my/statement?month=2026-10')).json()
    expect(first).toMatchObject({ working: 1, shareKrw: 0, days: [{ plan: id, state: 'working' }] })
    await opened.settled()
    const { days, shareKrw, working } = (await far('/api/my/statement?month=2026-10')).json()
    // the only firm pays the whole plan
    expect({ shareKrw, working }).toEqual({ shareKrw: (await opened.store.plans.get(id))!.plan.costKrw, working: 0 })
    expect(days).toMatchObject([{ state: 'ready', shipments: 3 }])
  })

  it('of several firms says which one is meant', async () => {
    const both = await opened.add('both@example.com', { role: 'firm', complex: 'gwangju', firm: 'firm' })
    const person = (await opened.accounts.people.person({ email: 'both@example.com' }))!
    const second = { role: 'firm', complex: 'gwangju', firm: 'second', carrier: null } as const
    await opened.accounts.people.addMember({ actor: 'test', complexes: 'all' }, person, second)
    expect(expectRefusal(await both('/api/my/share'), 400).code).toBe('role.several')
    expect((await both('/api/my/share?firm=second')).json().items.at(-1).shareKrw).toBe(20_000)
  })
})

describe('a carrier', () => {
  it('sees the rounds dispatched to it with the tolls and fuel to expect, and of all prices its own fare', async () => {
    const response = await carrier('/api/my/sheets')
    expectShape(pageSchema(SheetSchema), response.json())
    const { items } = response.json()
    expect(items.map(({ plan, vehicle }: { plan: string; vehicle: string }) => `${plan} ${vehicle}`)).toEqual([
      'december round',
      'tuesday round',
      'monday round',
    ])
    expect(items[0].stops[0]).toMatchObject({
      name: 'supplier',
      pickups: [
        { shipment: 'plates', item: 'steel', weightKg: 400 },
        { shipment: 'molds', weightKg: 100 },
      ],
    })
    expect(items[0]).toMatchObject({ tollKrw: expect.any(Number), estimated: true, burn: { fuelMl: 0 } })
    expect(items[0].dispatch).toEqual({ route: 'r1', carrier: 'carrier-A', state: 'offered', version: 1 })
    const { fareKrw, fareLines } = items[0]
    expect(fareLines.reduce((sum: number, { krw }: { krw: number }) => sum + krw, 0)).toBe(fareKrw)
    expect(response.body).not.toMatch(/(?<!toll|fuel|subsidy|fare)Krw|cores|spot|carrier-B/)
  })

  it('sees nothing of a draft, nor of a confirmation that was taken back', async () => {
    await confirm('wednesday', { startsAt: '2026-11-25T00:00:00+09:00' })
    await opened.store.plans.withdraw('wednesday', 2)
    const day = await opened.store.problems.add('gwangju', makeProblem({ firms, shipments }))
    await opened.store.plans.put({ id: 'draft', problem: day, plan })
    const { body } = await carrier('/api/my/sheets')
    expect(body).not.toMatch(/wednesday|draft/)
  })
})

describe('a policymaker', () => {
  it('sees sums of complexes that opted in, and leaves no trace of one with fewer than three firms', async () => {
    const url = '/api/aggregates?month=2026-11'
    expect((await policymaker(url)).json()).toEqual([])
    const open = { method: 'PUT', url: '/api/complexes/gwangju/policy', payload: { open: true } } as const
    expect((await coordinator(open)).statusCode).toBe(200)
    const response = await policymaker(url)
    for (const row of response.json()) expectShape(AggregateSchema, row)
    // Tuesday's one firm is withheld: the sums are Monday's alone
    expect(response.json()).toEqual([
      {
        complex: 'gwangju',
        name: { ko: expect.any(String), en: expect.any(String) },
        month: '2026-11',
        plans: 1,
        withheld: 1,
        working: 0,
        firms: 3,
        shipments: 3,
        distanceM: 25_000,
        costKrw: 90_000,
        b1Krw: 120_000,
        carbon: { plans: 1, fuelMl: 3000, ttwCo2G: 7827, wtwCo2eG: 9720, b1TtwCo2G: 9000, b1WtwCo2eG: 11_000 },
      },
    ])
    expect(response.body).not.toMatch(/:(40000|20000|30000)|firm Co|second|plates/)
    expect((await coordinator({ ...open, payload: { open: false } })).statusCode).toBe(200)
    expect((await policymaker(url)).json()).toEqual([])
  })
})
