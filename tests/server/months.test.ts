/** A month settled by the real service: a day that was driven, corrected, closed, and what each side is shown of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CarrierStatementSchema,
  CorrectionSchema,
  type Month,
  MonthListSchema,
  MonthSchema,
  StatementSchema,
} from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'
import { type Opened, openAccounts, type Send } from './openAccounts.ts'
import { expectRefusal, expectShape } from './openApp.ts'

const AT = '/api/complexes/gwangju/months'
let opened: Opened
let boss: Send
let firm: Send
let carrier: Send
let plan: string
let route: string
const FIRMS = ['금형A01', '금형A02']

async function post(url: string, payload: object) {
  return await boss({ method: 'POST', url, payload })
}
async function read(month = '2026-11'): Promise<Month> {
  await boss(`${AT}/${month}`)
  await opened.settled()
  return (await boss(`${AT}/${month}`)).json()
}
/** Once the job is done. */
async function planOf(job: string): Promise<string> {
  await boss(`/api/jobs/${job}/events`)
  return (await boss(`/api/jobs/${job}`)).json().plan
}
/** Planned by a search and confirmed, for a day of its own. */
async function confirmedDay(date: string, trucks = 1): Promise<string> {
  const shipments = [
    makeShipment('plates', {
      firm: FIRMS[0]!,
      from: 'supplier',
      to: 'member',
      weightKg: 400,
      loadS: 600,
      unloadS: 600,
    }),
    makeShipment('cores', { firm: FIRMS[1]!, from: 'supplier', to: 'centre', weightKg: 300, loadS: 600, unloadS: 600 }),
  ]
  const base = makeProblem({
    startsAt: `${date}T00:00:00+09:00`,
    shipments,
    firms: FIRMS.map((id) => ({ id, name: id })),
    vehicles: makeProblem().vehicles.map((vehicle, k) => (k === 0 ? { ...vehicle, count: trucks } : vehicle)),
  })
  const tariff = {
    id: 'contract',
    kind: 'contract',
    perDayKrw: 20_000,
    perKmKrw: 100,
    perHourKrw: 6000,
    tollIncluded: true,
  } as const
  const problem = await opened.store.problems.add('gwangju', { ...base, tariffs: [tariff, base.tariffs[1]!] })
  await opened.store.complexes.setDay('gwangju', date, problem)
  const id = await planOf((await post(`/api/problems/${problem}/jobs`, { seconds: 60, iterations: 50 })).json().id)
  const record = (await opened.store.plans.get(id))!
  expect(record.plan.routes).toHaveLength(1)
  await opened.store.plans.confirm(id, record.version, '{}')
  return id
}

beforeAll(async () => {
  opened = await openAccounts()
  const data = await loadComplex('gwangju')
  const carriers = [
    { ...data.carriers![0]!, vehicles: ['round'], trucks: [] },
    { ...data.carriers![1]!, vehicles: ['spot'] },
  ]
  const fleet = ['round', 'spot'].map((id, k) => ({ ...data.fleet[k]!, id }))
  await opened.store.complexes.put({
    ...data,
    carriers,
    fleet,
    firms: FIRMS.map((id, k) => ({ ...data.firms[k]!, id })),
  })
  boss = await opened.add('boss@example.com', { role: 'coordinator', complex: 'gwangju' })
  firm = await opened.add('firm@example.com', { role: 'firm', complex: 'gwangju', firm: FIRMS[0]! })
  carrier = await opened.add('carrier@example.com', { role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' })
  plan = await confirmedDay('2026-11-23')
  route = (await opened.store.plans.get(plan))!.plan.routes[0]!.id
}, 60_000)
afterAll(async () => await opened.close())

const expectBalance = ({ sums }: Month) =>
  expect(sums.firmsKrw).toBe(sums.carriersKrw + sums.terminalKrw + sums.programmeKrw)

describe('a month', () => {
  it('counts a day without records as planned, and says so', async () => {
    const first = (await boss(`${AT}/2026-11`)).json()
    expect(first.missing).toEqual([{ date: '2026-11-23', why: 'working' }])
    const month = await read()
    expectShape(MonthSchema, month)
    const { costKrw } = (await opened.store.plans.get(plan))!.plan
    expect(month.days).toMatchObject([
      { date: '2026-11-23', state: 'ready', basis: 'planned', unrecorded: 1, missed: [] },
    ])
    expect(month.sums).toMatchObject({ plannedKrw: costKrw, firmsKrw: costKrw, carriersKrw: costKrw, programmeKrw: 0 })
    expect(month.carriers.map((row) => row.carrier)).toEqual(['carrier-A'])
    expect(month.firms.map((row) => row.plannedKrw)).toEqual(month.firms.map((row) => row.shareKrw))
  })

  it('pays the hours that were recorded, and splits them, once they are', async () => {
    const before = await read()
    const { departS, returnS } = (await opened.store.plans.get(plan))!.plan.routes[0]!
    const at = (seconds: number) => new Date(Date.parse('2026-11-23T00:00:00+09:00') + seconds * 1000).toISOString()
    const events = [
      { id: 'd', route, kind: 'departed', at: at(departS) },
      // an hour late: 6 000 won more
      { id: 'h', route, kind: 'arrived', at: at(returnS + 3600) },
    ]
    expect((await post(`/api/plans/${plan}/actuals`, { events })).statusCode).toBe(200)
    const month = await read()
    expect(month.days[0]).toMatchObject({ basis: 'recorded', unrecorded: 0 })
    expect(month.sums.carriersKrw - before.sums.carriersKrw).toBe(6000)
    expect(month.sums.plannedKrw).toBe(before.sums.plannedKrw)
    expect(month.carriers[0]!.rounds[0]).toMatchObject({ route, timed: true, paidS: returnS - departS + 3600 })
    expectBalance(month)
  })

  it('holds corrections on both sides with their trail, and takes them back by a line', async () => {
    const before = await read()
    const toll = { date: '2026-11-23', route, kind: 'toll', krw: 3001, reason: '실제 통행료' }
    const written = await post(`${AT}/2026-11/corrections`, toll)
    expect(written.statusCode, written.body).toBe(201)
    expectShape(CorrectionSchema, written.json())
    // two shipments: 1 501 and 1 500
    expect(written.json()).toMatchObject({
      month: '2026-11',
      carrier: 'carrier-A',
      payers: [
        { firm: FIRMS[0], krw: 1501 },
        { firm: FIRMS[1], krw: 1500 },
      ],
      by: 'user:boss@example.com',
    })
    const fee = { date: '2026-11-23', firm: FIRMS[1], kind: 'handling', krw: 7000, reason: '수작업' }
    expect((await post(`${AT}/2026-11/corrections`, fee)).statusCode).toBe(201)
    const month = await read()
    expectBalance(month)
    // nobody named on the other side: the joint account
    expect(month.sums.programmeKrw).toBe(7000)
    expect(month.sums.carriersKrw - before.sums.carriersKrw).toBe(3001)
    const voided = await post(`${AT}/2026-11/corrections`, { voids: written.json().id, reason: '두 번 적음' })
    expect(voided.json()).toMatchObject({ krw: -3001, voids: written.json().id })
    expectRefusal(await post(`${AT}/2026-11/corrections`, { voids: written.json().id, reason: '또' }), 400)
    expectRefusal(await post(`${AT}/2026-11/corrections`, { voids: written.json().id, reason: '또 취소' }), 409)
    const after = await read()
    expect(after.sums.carriersKrw).toBe(before.sums.carriersKrw)
    expect(after.corrections[0]).toMatchObject({ voidedBy: voided.json().id })
    const refused = await post(`${AT}/2026-11/corrections`, {
      date: '2026-11-23',
      route: '99',
      kind: 'toll',
      krw: 1,
      reason: '없는 노선',
    })
    expect(expectRefusal(refused, 422).issues.map(({ path }) => path)).toEqual(['route'])
  })

  it('pays both trucks of a day that broke down on the road, and its goods are worth what they were as ordered', async () => {
    const whole = await confirmedDay('2027-01-05', 2)
    const before = await read('2027-01')
    const round = (await opened.store.plans.get(whole))!.plan.routes[0]!
    const [first, second] = round.stops
    const disturbed = await post(`/api/plans/${whole}/disturb`, {
      nowS: Math.floor((first!.leaveS + second!.arriveS) / 2),
      seconds: 0.3,
      events: [{ kind: 'breakdown', route: round.id }],
    })
    expect(disturbed.statusCode, disturbed.body).toBe(202)
    const rest = await planOf(disturbed.json().job)
    const { version } = (await opened.store.plans.get(rest))!
    const headers = { 'if-match': `"v${version}"` }
    const confirmed = await boss({ method: 'POST', url: `/api/plans/${rest}/confirm`, headers })
    expect(confirmed.statusCode, confirmed.body).toBe(200)

    const month = await read('2027-01')
    expect(month.days).toMatchObject([{ date: '2027-01-05', state: 'ready' }])
    expect(month.carriers[0]!.rounds).toHaveLength(2)
    expect(month.sums.carriersKrw).toBeGreaterThan(before.sums.carriersKrw)
    expectBalance(month)
    const worth = (of: Month) => of.firms.map(({ firm, shipments, b1Krw }) => ({ firm, shipments, b1Krw }))
    expect(worth(month)).toEqual(worth(before))
  })

  it('shows a firm and a carrier their own side only, the same to the won as the month', async () => {
    const month = await read()
    const own = await firm('/api/my/statement?month=2026-11')
    expectShape(StatementSchema, own.json())
    expect(own.json().settled.row).toEqual(month.firms.find((row) => row.firm === FIRMS[0]))
    expect(own.body).not.toContain(FIRMS[1])
    const rounds = await carrier('/api/my/carrier-statement?month=2026-11')
    expectShape(CarrierStatementSchema, rounds.json())
    expect(rounds.json().row).toEqual(month.carriers[0])
    for (const name of FIRMS) expect(rounds.body).not.toContain(name)
    for (const [who, url] of [
      [firm, '/api/my/statement/file?month=2026-11&format=pdf'],
      [carrier, '/api/my/carrier-statement/file?month=2026-11&format=xlsx&document=delivery'],
      [boss, `${AT}/2026-11/statements/firm/${encodeURIComponent(FIRMS[1]!)}?format=xlsx`],
      [boss, `${AT}/2026-11/file`],
    ] as const) {
      const file = await who(url)
      expect(file.statusCode, url).toBe(200)
      expect(file.headers['content-disposition']).toContain('2026-11')
      expect(file.rawPayload.length).toBeGreaterThan(2000)
    }
    expectRefusal(await boss(`${AT}/2026-11/statements/carrier/none`), 404)
    expectRefusal(await carrier('/api/my/carrier-statement/file?month=2026-11&carrier=carrier-B'), 404)
  })

  it('is closed once nothing lacks or it is said why, and is final then', async () => {
    await opened.store.complexes.setDay(
      'gwangju',
      '2026-11-24',
      await opened.store.problems.add('gwangju', makeProblem()),
    )
    const refused = expectRefusal(await post(`${AT}/2026-11/close`, {}), 422)
    expect(refused.issues.map(({ path }) => path)).toEqual(['leftOut/2026-11-24'])
    const leftOut = [{ date: '2026-11-24', reason: '운행하지 않음' }]
    const closed = await post(`${AT}/2026-11/close`, { leftOut })
    expect(closed.statusCode, closed.body).toBe(200)
    expectShape(MonthSchema, closed.json())
    expect(closed.json()).toMatchObject({ state: 'closed', closedBy: 'user:boss@example.com' })
    expectRefusal(await post(`${AT}/2026-11/close`, { leftOut }), 409)

    // what comes later changes nothing in it
    const late = { date: '2026-11-23', route, kind: 'waiting', krw: 12_000, reason: '상차 대기' }
    const landed = (await post(`${AT}/2026-11/corrections`, late)).json()
    expect(landed).toMatchObject({ month: '2026-12', corrects: '2026-11', date: '2026-11-23' })
    const event = { id: 'late', route, kind: 'problem', stop: 0, at: '2026-11-23T01:00:00Z' }
    await post(`/api/plans/${plan}/actuals`, { events: [event] })
    expect(await read()).toEqual(closed.json())
    const december = await read('2026-12')
    expect(december.sums).toMatchObject({ firmsKrw: 12_000, carriersKrw: 12_000 })
    const list = (await boss(AT)).json()
    expectShape(MonthListSchema, list)
    expect(list.items).toMatchObject([
      { month: '2027-01', state: 'open', days: 1 },
      { month: '2026-11', state: 'closed', days: 2 },
    ])

    // and nobody who reaches the tables can change it either
    const { db } = opened.database
    await expect(db.updateTable('months').set({ closed_by: 'me' }).execute()).rejects.toThrow(/final/)
    await expect(db.deleteFrom('corrections').execute()).rejects.toThrow(/final/)
  })
})
