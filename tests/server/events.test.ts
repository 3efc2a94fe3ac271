import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type News, NewsSchema } from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { planOf } from '../solver/routes.ts'
import { ADDRESSES } from './databases.ts'
import { makeProblem } from './makeProblem.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

/** A page that has a day open; `until` waits for the first word of which `enough` is true. */
async function openPage(app: App, page: string, date = '2026-11-23') {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const aborter = new AbortController()
  const url = `http://127.0.0.1:${port}/api/complexes/gwangju/events?date=${date}&page=${page}`
  const response = await fetch(url, { signal: aborter.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const heard: News[] = []
  const wishes: { readonly enough: (news: News) => boolean; readonly resolve: (news: News) => void }[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const data of blocks.flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? [])) {
        const news = JSON.parse(data) as News
        expectShape(NewsSchema, news)
        heard.push(news)
        for (const { resolve } of wishes.filter(({ enough }) => enough(news))) resolve(news)
      }
    }
  }
  const reading = read().catch(() => {})
  return {
    heard,
    until: async (enough: (news: News) => boolean): Promise<News> =>
      heard.find(enough) ?? (await new Promise<News>((resolve) => wishes.push({ enough, resolve }))),
    close: async () => {
      aborter.abort()
      await reading
    },
  }
}

const namesOf = (news: News) => (news.kind === 'here' ? news.people.map(({ page }) => page).sort() : [])

describe.each(ADDRESSES)('what changes in a complex in $kind', (address) => {
  it('is heard by everybody who looks, whichever process serves them, with who did it and what', async () => {
    const { app, store } = await openApp({}, address)
    const second = await openApp({}, address)
    const one = await openPage(app, 'one')
    const other = await openPage(second.app, 'other')
    // each sees the other, on whichever process
    for (const page of [one, other]) await page.until((news) => namesOf(news).join() === 'one,other')

    const id = await addProblem(app)
    await store.complexes.setDay('gwangju', '2026-11-23', id)
    const problem = makeProblem()
    const plan = planOf(problem, await travelFrom(trunk)(problem), { iterations: 50 })
    await store.plans.put({ id: 'p', problem: id, plan })
    const edit = { kind: 'leave' as const, shipments: ['mold'] }
    const edits = [{ edit, krw: 0 }]
    const put = async (version: number, body: object, page: string) =>
      await app.inject({
        method: 'PUT',
        url: '/api/plans/p',
        headers: { 'if-match': `"v${version}"`, 'x-milkrun-page': page },
        payload: body,
      })
    const changed = await put(1, { ...plan, edits }, 'one')
    expect(changed.statusCode, changed.body).toBe(200)
    expect(expectRefusal(await put(1, { ...plan, edits }, 'other'), 412).code).toBe('plan.changed')
    expect((await put(2, plan, 'one')).statusCode).toBe(200)
    const confirm = await app.inject({ method: 'POST', url: '/api/plans/p/confirm', headers: { 'if-match': '"v3"' } })
    expect(confirm.statusCode, confirm.body).toBe(200)
    const { id: job } = await second.service.jobs.submit(second.store, id, { seconds: 60, iterations: 5 }, 'en')

    for (const page of [one, other]) {
      await page.until((news) => news.kind === 'job' && news.job === job && news.action === 'done')
      const told = page.heard.filter(({ kind }) => kind === 'day' || kind === 'plan')
      expect(told.slice(0, 5)).toMatchObject([
        { kind: 'day', date: '2026-11-23', problem: id, by: 'test' },
        { kind: 'plan', action: 'add', plan: 'p', problem: id, version: 1 },
        { kind: 'plan', action: 'edit', plan: 'p', version: 2, problem: id, by: 'local', page: 'one', entry: edits[0] },
        { kind: 'plan', action: 'undo', plan: 'p', version: 3, page: 'one' },
        { kind: 'plan', action: 'confirm', plan: 'p', version: 4, by: 'local' },
      ])
      expect(page.heard.filter((news) => news.kind === 'job').map((news) => news.action)).toEqual(['add', 'done'])
    }

    await other.close()
    await one.until((news) => one.heard.indexOf(news) > 1 && namesOf(news).join() === 'one')
    await one.close()
  })

  it('is told to nobody of another complex, and who is here can be asked once', async () => {
    const { app } = await openApp({}, address)
    expectRefusal(await app.inject('/api/complexes/other/events'), 404)
    const { body } = await app.inject('/api/complexes/gwangju/events?follow=no&page=me&date=2026-11-24')
    expect(body).toContain('event: here')
    expect(JSON.parse(/^data: (.*)$/m.exec(body)![1]!)).toEqual({
      kind: 'here',
      people: [{ page: 'me', name: '', date: '2026-11-24' }],
    })
    expectRefusal(await app.inject('/api/complexes/gwangju/events?date=today'), 400)
  })
})
