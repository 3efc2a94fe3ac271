import { getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'
import { addDay, type Opened, openAccounts, type Send } from './openAccounts.ts'
import { expectRefusal } from './openApp.ts'

const times = <T extends { readonly stops: readonly object[] }>(route: T): T => ({
  ...route,
  stops: route.stops.map((stop, k) => ({ ...stop, arriveS: 28_800 + 3600 * k, leaveS: 29_400 + 3600 * k })),
  departS: 28_000,
  returnS: 36_000,
})
const ROUTES = [
  times(makeRoute('round', { supplier: ['+plates'], member: ['-plates'] })),
  { ...times(makeRoute('spot', { member: ['+cores'], supplier: ['-cores'] })), id: 'r2' },
].map((route) => ({ ...route, costLines: [{ kind: 'fixed' as const, krw: 187_654 }], costKrw: 187_654 }))

let opened: Opened
let coordinator: Send
let carrierA: Send
let carrierB: Send
beforeAll(async () => {
  opened = await openAccounts({ url: 'https://milkrun.example' })
  coordinator = await opened.add('c@x.example', { role: 'coordinator', complex: 'gwangju' })
  carrierA = await opened.add('a@x.example', { role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' })
  carrierB = await opened.add('b@x.example', { role: 'carrier', complex: 'gwangju', carrier: 'carrier-B' })
  const problem = await addDay(opened.store, 'gwangju')
  await opened.store.plans.put({ id: 'p', problem, plan: makePlan({ routes: ROUTES }) })
  await opened.store.dispatches.put('p', 'r1', 0, {
    carrier: 'carrier-A',
    plate: '광주80바0001',
    driver: '기사 1',
    phone: '010-0000-0101',
    state: 'accepted',
  })
  await opened.store.dispatches.put('p', 'r2', 0, { carrier: 'carrier-B', plate: '광주80바0009', state: 'offered' })
})
afterAll(async () => await opened.close())

const ask = async (send: Send, url: string) => {
  const response = await send(url)
  expect(response.statusCode, response.body.slice(0, 300)).toBe(200)
  return response
}
async function pagesOf(send: Send, url: string): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array((await ask(send, url)).rawPayload), { verbosity: 0 })
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '))
  }
  return pages
}

describe('papers of a plan', () => {
  it('carry who drives and the code of the link, in the language that is asked for, and money only for the carrier', async () => {
    const before = await pagesOf(coordinator, '/api/plans/p/export?format=pdf&lang=ko')
    expect(before).toHaveLength(2)
    for (const text of [
      '운송사 A',
      '광주80바0001',
      '기사 1',
      '010-0000-0101',
      '062-000-0100',
      '기사 화면의 코드가 없습니다',
    ])
      expect(before[0]).toContain(text)
    expect(before[1]).toContain('수락하지 않은')
    expect(before.join()).not.toContain('187,654')
    await opened.store.plans.confirm('p', 1, '{}')
    expect((await coordinator({ method: 'POST', url: '/api/plans/p/links', payload: {} })).statusCode).toBe(200)
    const [own = '', ...others] = await pagesOf(coordinator, '/api/plans/p/export?format=pdf&lang=ko&carrier=carrier-B')
    expect(others).toEqual([])
    expect(own).toContain('로그인 없이')
    expect(own).not.toContain('기사 화면의 코드가 없습니다')
    const [english] = await pagesOf(coordinator, '/api/plans/p/export?format=pdf&lang=en&copy=carrier&route=r1')
    expect(english).toContain('187,654')
    expectRefusal(await coordinator('/api/plans/p/export?format=pdf&route=r9'), 404)
  })

  it('come as a dispatch table and as GPX, called so', async () => {
    for (const [format, name, type] of [
      ['dispatch.xlsx', '배차표', 'spreadsheet'],
      ['dispatch.csv', '배차표', 'text/csv'],
      ['gpx', '노선', 'gpx'],
    ] as const) {
      const { headers, body } = await ask(coordinator, `/api/plans/p/export?format=${format}&lang=ko`)
      expect(decodeURIComponent(String(headers['content-disposition']))).toContain(
        `${name}-${makeProblem().name}-2026-11-23.${format.split('.').at(-1)}`,
      )
      expect(headers['content-type']).toContain(type)
      if (format !== 'dispatch.xlsx') expect(body).toContain('광주80바0001')
    }
  })

  it('are the carrier’s own rounds and no other', async () => {
    const url = '/api/my/sheets/p/file?lang=ko'
    const [a, b] = [await pagesOf(carrierA, url), await pagesOf(carrierB, `${url}&copy=carrier`)]
    expect([a.length, b.length]).toEqual([1, 1])
    expect(a[0]).toContain('광주80바0001')
    expect(a[0]).not.toMatch(/187,654|광주80바0009/)
    expect(b[0]).toMatch(/187,654 +정산 월말/)
    expect(b[0]).not.toContain('기사 1')
    expectRefusal(await carrierA(`${url}&route=r2`), 404)
    expectRefusal(await carrierA('/api/my/sheets/q/file'), 404)
    expectRefusal(await carrierA('/api/plans/p/export?format=pdf'), 403)
  })
})
