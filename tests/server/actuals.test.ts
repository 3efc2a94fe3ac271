import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { type Actual, ActualsSchema } from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import { ADDRESSES } from './databases.ts'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const ROUTE = {
  ...makeRoute('round', { supplier: ['+plates'], member: ['-plates'] }),
  stops: makeRoute('round', { supplier: ['+plates'], member: ['-plates'] }).stops.map((stop, k) => ({
    ...stop,
    arriveS: 28_800 + 3600 * k,
    leaveS: 29_400 + 3600 * k,
  })),
}

async function confirmed(address: (typeof ADDRESSES)[number]) {
  const opened = await openApp({}, address)
  const problem = await opened.store.problems.add('gwangju', makeProblem())
  await opened.store.plans.put({ id: 'p', problem, plan: makePlan({ routes: [ROUTE] }) })
  return opened
}
const send = async (app: App, events: readonly object[]) =>
  await app.inject({
    method: 'POST',
    url: '/api/plans/p/actuals',
    headers: { 'accept-language': 'en' },
    payload: { events },
  })
const arrived = { id: 'a1', route: 'r1', stop: 0, kind: 'arrived', at: '2026-11-23T08:12:00+09:00' }

describe.each(ADDRESSES)('what trucks really did, in $kind', (address) => {
  it('is recorded once for each event, and a correction leaves the record that it corrects', async () => {
    const { app, store } = await confirmed(address)
    expect(expectRefusal(await send(app, [arrived]), 409).code).toBe('plan.draft')
    await store.plans.confirm('p', 1, '{}')
    const first = await send(app, [
      arrived,
      { ...arrived, id: 'a2', kind: 'loaded', quantity: 380, note: '한 팔레트 부족' },
    ])
    expect(first.statusCode, first.body).toBe(200)
    expectShape(ActualsSchema, first.json())
    const again = await send(app, [arrived, { ...arrived, id: 'a3', corrects: 'a1', at: '2026-11-23T08:15:00+09:00' }])
    expect(again.json().items.map(({ id, corrected }: Actual) => [id, corrected === true])).toEqual([
      ['a1', true],
      ['a2', false],
      ['a3', false],
    ])
    expect(again.json().items[0]).toMatchObject({ at: '2026-11-22T23:12:00.000Z', by: 'local', kind: 'arrived' })
    expect((await app.inject('/api/plans/p/actuals')).json()).toEqual(again.json())
    const { items } = await store.audit.list({ limit: 10, nounId: 'p' })
    expect(items.filter(({ noun }) => noun === 'actual').length).toBe(2)
  })

  it('names what does not fit the plan, all at once, and stores nothing', async () => {
    const { app, store } = await confirmed(address)
    await store.plans.confirm('p', 1, '{}')
    const refused = await send(app, [
      arrived,
      { ...arrived, id: 'b', route: 'r9' },
      { ...arrived, id: 'c', stop: 2 },
      { ...arrived, id: 'd', kind: 'left', stop: undefined },
      { ...arrived, id: 'e', corrects: 'x' },
    ])
    expect(expectRefusal(refused, 422).issues.map(({ path }) => path)).toEqual([
      'events/1/route',
      'events/2/stop',
      'events/3/stop',
      'events/4/corrects',
    ])
    expect((await app.inject('/api/plans/p/actuals')).json()).toEqual({ items: [] })
    expectRefusal(await send(app, [{ ...arrived, at: 'eight' }]), 400)
  })

  it('stands beside the plan in a sheet, stop by stop, with the minutes between', async () => {
    const { app, store } = await confirmed(address)
    await store.plans.confirm('p', 1, '{}')
    await send(app, [arrived, { ...arrived, id: 'a2', kind: 'left', at: '2026-11-23T08:08:00+09:00' }])
    const csv = await app.inject({ url: '/api/plans/p/actuals/file?format=csv', headers: { 'accept-language': 'en' } })
    const [names, row, next] = csv.body.replace('\uFEFF', '').split('\r\n')
    expect(names).toContain('Planned arrival,Real arrival,"Arrival, later by (min)"')
    // planned 8:00 and 8:10, came at 8:12 and left at 8:08
    expect(row).toContain('2026-11-23 08:00,2026-11-23 08:12,12,2026-11-23 08:10,2026-11-23 08:08,-2')
    expect(next).toContain('2026-11-23 09:00,,,2026-11-23 09:10,,')
    const xlsx = await app.inject('/api/plans/p/actuals/file?format=xlsx')
    const rows = await readSheet(xlsx.rawPayload)
    expect([rows[0]![3], rows[1]![3], rows[1]![8]]).toEqual(['장소', 'supplier', 12])
  })
})
