import { describe, expect, it } from 'vitest'
import { type Message, MessagesSchema } from '../../server/api.ts'
import { ADDRESSES } from './databases.ts'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const rounds = ['r1', 'r2'].map((id) => ({ ...makeRoute('round', { supplier: ['+plates'], member: ['-plates'] }), id }))

describe.each(ADDRESSES)('words between coordinator and drivers, in $kind', (address) => {
  it('reach one driver or all, once each, and say who has read them', async () => {
    const { app, store } = await openApp({}, address)
    const problem = await store.problems.add('gwangju', makeProblem())
    await store.plans.put({ id: 'p', problem, plan: makePlan({ routes: rounds }) })
    const send = async (payload: object, path = '') =>
      await app.inject({ method: 'POST', url: `/api/plans/p/messages${path}`, payload })
    expect(expectRefusal(await send({ id: 'm1', text: '천천히' }), 409).code).toBe('plan.draft')
    await store.plans.confirm('p', 1, '{}')

    const all = await send({ id: 'm1', text: '정문이 막혔습니다. 뒷문으로' })
    expectShape(MessagesSchema, all.json())
    expect(all.json().items.map(({ route, from }: Message) => [route, from])).toEqual([
      ['r1', 'coordinator'],
      ['r2', 'coordinator'],
    ])
    await send({ id: 'm1', text: '정문이 막혔습니다. 뒷문으로' })
    await send({ id: 'm2', routes: ['r2'], text: '먼저 오세요' })
    expectRefusal(await send({ id: 'm3', routes: ['r9'], text: '누구?' }), 404)
    expectRefusal(await send({ id: 'm4', text: '   ' }), 400)
    // the driver's side, hours late: the time is that of writing
    await store.messages.add('p', 'driver', [{ id: 'm1', route: 'r1', text: '네', at: '2026-11-23T01:00:00.000Z' }])
    await store.messages.seen('p', 'coordinator', [{ id: 'm1', route: 'r1' }])
    const items: Message[] = (await app.inject('/api/plans/p/messages')).json().items
    expect(items.map(({ id, route, from, seenAt }) => [id, route, from, seenAt !== undefined])).toEqual([
      ['m1', 'r1', 'coordinator', true],
      ['m1', 'r2', 'coordinator', false],
      ['m2', 'r2', 'coordinator', false],
      ['m1', 'r1', 'driver', false],
    ])
    expect(items[3]!.at).toBe('2026-11-23T01:00:00.000Z')
    const read = await send({ messages: [{ id: 'm1', route: 'r1' }] }, '/read')
    const seen = (list: Message[]) => list.map(({ seenAt }) => seenAt)
    expect(seen(read.json().items)).toEqual([items[0]!.seenAt, undefined, undefined, expect.any(String)])
    // what was read stays read when it was
    expect(seen((await send({ messages: [{ id: 'm1', route: 'r1' }] }, '/read')).json().items)).toEqual(
      seen(read.json().items),
    )
    const { items: lines } = await store.audit.list({ limit: 20, nounId: 'p' })
    expect(lines.filter(({ noun }) => noun === 'message').length).toBe(5)
  })
})
