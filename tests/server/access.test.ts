/** Every route, by everybody, on what is theirs and on what is another complex's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenOf } from '../../server/drive/link.ts'
import { renderPlanFile } from '../../server/reports/planFile.ts'
import { newId } from '../../server/store/ids.ts'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'
import { addDay, member, type Opened, openAccounts, PASSWORD, type Send, sendAs } from './openAccounts.ts'
import { expectRefusal, openApp } from './openApp.ts'

const TEST = { actor: 'test', complexes: 'all' } as const
const LINK_SECRET = 'signs links in this test'
const WHO = ['coordinator', 'firm', 'carrier', 'policymaker', 'administrator', 'key', 'nobody'] as const
type Who = (typeof WHO)[number]
const SIGNED_IN: readonly Who[] = ['coordinator', 'firm', 'carrier', 'policymaker', 'administrator']
const MANAGERS: readonly Who[] = ['coordinator', 'administrator']
const STUDIERS: readonly Who[] = ['coordinator', 'policymaker', 'administrator']

/** What there is of one complex. */
interface Rows {
  readonly complex: string
  readonly problem: string
  readonly plan: string
  readonly job: string
}

interface Asking {
  readonly url: string
  readonly payload?: object | string
  readonly headers?: Record<string, string>
}
interface Route {
  readonly who: readonly Who[] | 'anyone'
  readonly status: number
  readonly ask: (rows: Rows) => Asking | Promise<Asking>
  /** Names nothing of a complex: the other one cannot be asked for. */
  readonly everywhere?: true
}

let opened: Opened
let own: Rows
let other: Rows
let as: Record<Who, Send>

async function fill(complex: string): Promise<Rows> {
  const problem = await addDay(opened.store, complex)
  const boss = await opened.add(`first@${complex}.example`, { role: 'coordinator', complex })
  const submitted = await boss({
    method: 'POST',
    url: `/api/problems/${problem}/jobs`,
    payload: { seconds: 60, iterations: 50 },
  })
  expect(submitted.statusCode, submitted.body).toBe(202)
  const job = submitted.json().id
  await boss(`/api/jobs/${job}/events`)
  const { plan } = (await boss(`/api/jobs/${job}`)).json()
  const record = (await opened.store.plans.get(plan))!
  await opened.store.plans.confirm(plan, record.version, renderPlanFile.name)
  return { complex, problem, plan, job }
}

/** A plan of a day of its own that may be changed. */
async function draft({ complex, plan: like }: Rows) {
  const { plan } = (await opened.store.plans.get(like))!
  const id = newId()
  await opened.store.plans.put({ id, problem: await opened.store.problems.add(complex, makeProblem()), plan })
  return { id, plan }
}
const HOOK = { url: 'https://example.com/hook', events: ['job.done' as const] }
/** One of the complex: it may have a few only. */
async function hook({ complex }: Rows): Promise<string> {
  const { items } = await opened.store.webhooks.list({ limit: 100 })
  const known = items.find((item) => item.complex === complex)
  return (known ?? (await opened.store.webhooks.add(complex, HOOK))).id
}

/** A confirmed plan of a day of its own, whose round is offered to the carrier. */
async function driven({ complex }: Rows): Promise<string> {
  const id = newId()
  const plan = makePlan({ routes: [makeRoute('round', { supplier: ['+plates'], member: ['-plates'] })] })
  await opened.store.plans.put({ id, problem: await opened.store.problems.add(complex, makeProblem()), plan })
  await opened.store.plans.confirm(id, 1, '{}')
  await opened.store.dispatches.put(id, 'r1', 0, { carrier: 'carrier-A', state: 'offered' })
  return id
}

/** A month in which the firm pays something. */
async function charged(complex: string): Promise<void> {
  const payers = [{ firm: 'firm', krw: 1000 }]
  const line = { date: '2026-09-01', kind: 'other', krw: 1000, reason: 'of a test', carrier: 'carrier-A' } as const
  if ((await opened.store.months.corrections(complex, '2026-09')).length === 0)
    await opened.store.months.correct(complex, { ...line, payers })
}
async function driverLink(rows: Rows): Promise<string> {
  const plan = await driven(rows)
  const { id } = await opened.store.links.add(plan, { route: 'r1', vehicle: 'round' }, new Date(Date.now() + 60_000))
  return `/api/plans/${plan}/links/${id}`
}
async function proved(rows: Rows): Promise<string> {
  const [, , , plan, , link] = (await driverLink(rows)).split('/')
  const at = new Date().toISOString()
  const about = { id: 'photo', route: 'r1', kind: 'photo', type: 'image/png', size: 1, at } as const
  await opened.store.proofs.add(link!, { ...about, plan: plan!, bytes: new Uint8Array([1]) })
  return plan!
}
/** As the page of a phone asks. */
async function byLink(path: string, payload?: object): Promise<Asking> {
  const id = (await driverLink(own)).split('/').at(-1)!
  const headers = { 'x-milkrun-link': tokenOf(LINK_SECRET, id), 'x-milkrun-phone': 'a-key-of-a-phone-in-a-test' }
  return { url: `/api/drive${path}`, headers, ...(payload && { payload }) }
}

/** Somebody who may be changed or removed. */
async function somebody(complex: string): Promise<{ id: string; role: string }> {
  const given = member({ role: 'coordinator', complex })
  const { id, members } = await opened.accounts.addPerson(TEST, `${newId()}@x.example`.toLowerCase(), 'somebody', given)
  return { id, role: members[0]!.id }
}
/** An address that waits. */
async function someAddress(complex: string): Promise<string> {
  const address = `전남 나주시 왕곡면 길 ${newId()}`
  await opened.store.addresses.wait(complex, [
    { key: address, address, name: 'x', neededBy: { file: 'x', rows: [2] }, reason: 'nothing' },
  ])
  return (await opened.store.addresses.byKey(complex, address))!.id
}
async function someKey(complex: string): Promise<string> {
  const maker = (await opened.accounts.people.person({ email: `first@${complex}.example` }))!
  const key = { name: 'k', scopes: ['read'], complexes: [complex], expiresAt: null } as const
  return (await opened.accounts.addKey(TEST, maker.id, key)).id
}

beforeAll(async () => {
  opened = await openAccounts({ linkSecret: LINK_SECRET })
  own = await fill('gwangju')
  other = await fill('faraway')
  const coordinator = await opened.add('coordinator@example.com', GIVEN.coordinator)
  const made = await coordinator({
    method: 'POST',
    url: '/api/keys',
    payload: { name: 'erp', scopes: ['read'], complexes: ['gwangju'] },
  })
  as = {
    coordinator,
    firm: await opened.add('firm@example.com', GIVEN.firm),
    carrier: await opened.add('carrier@example.com', GIVEN.carrier),
    policymaker: await opened.add('policymaker@example.com', GIVEN.policymaker),
    administrator: await opened.add('administrator@example.com', GIVEN.administrator),
    key: sendAs(opened.app, { authorization: `Bearer ${made.json().key}`, 'x-milkrun': '' }),
    nobody: opened.send,
  }
}, 120_000)
afterAll(async () => await opened.close())

const planners: readonly Who[] = ['coordinator', 'key']
const ofPlan = (rest = ''): Route => ({
  who: planners,
  status: 200,
  ask: ({ plan }) => ({ url: `/api/plans/${plan}${rest}` }),
})

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /health': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/health' }) },
  'GET /ready': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/ready' }) },
  'GET /metrics': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/metrics' }) },
  'GET /api/limits': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/api/limits' }) },
  'GET /api/openapi.json': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/api/openapi.json' }) },
  'GET /api/docs': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/api/docs' }) },
  'GET /api/me': { who: 'anyone', status: 200, everywhere: true, ask: () => ({ url: '/api/me' }) },
  'POST /api/session': {
    who: 'anyone',
    status: 204,
    everywhere: true,
    ask: () => ({ url: '/api/session', payload: { email: 'first@faraway.example', password: PASSWORD } }),
  },
  'POST /api/links/read': {
    who: 'anyone',
    status: 200,
    everywhere: true,
    ask: async () => ({ url: '/api/links/read', payload: { token: await link() } }),
  },
  'POST /api/links/use': {
    who: 'anyone',
    status: 200,
    everywhere: true,
    ask: async () => ({ url: '/api/links/use', payload: { token: await link(), password: PASSWORD } }),
  },
  'DELETE /api/session': { who: SIGNED_IN, status: 204, everywhere: true, ask: () => ({ url: '/api/session' }) },
  'DELETE /api/me/sessions': {
    who: SIGNED_IN,
    status: 204,
    everywhere: true,
    ask: () => ({ url: '/api/me/sessions' }),
  },
  'POST /api/me/password': {
    who: SIGNED_IN,
    status: 204,
    everywhere: true,
    ask: () => ({ url: '/api/me/password', payload: { current: PASSWORD, next: PASSWORD } }),
  },
  'GET /api/roads/source': {
    who: [...SIGNED_IN, 'key'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/roads/source' }),
  },
  'GET /api/streets': {
    who: [...SIGNED_IN, 'key'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/streets' }),
  },
  // who may, learns that there is none
  'GET /api/streets/tiles': {
    who: [...SIGNED_IN, 'key'],
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/streets/tiles' }),
  },
  'GET /api/roads': { who: [...SIGNED_IN, 'key'], status: 200, everywhere: true, ask: () => ({ url: '/api/roads' }) },

  'GET /api/complexes': {
    who: [...MANAGERS, 'key'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/complexes' }),
  },
  'GET /api/shipments': { who: planners, status: 200, everywhere: true, ask: () => ({ url: '/api/shipments' }) },
  'GET /api/plans': { who: planners, status: 200, everywhere: true, ask: () => ({ url: '/api/plans' }) },
  'GET /api/problems': { who: planners, status: 200, everywhere: true, ask: () => ({ url: '/api/problems' }) },
  'GET /api/problems/{id}': { who: planners, status: 200, ask: ({ problem }) => ({ url: `/api/problems/${problem}` }) },
  'POST /api/problems': {
    who: ['coordinator'],
    status: 201,
    ask: ({ complex }) => ({ url: `/api/problems?complex=${complex}`, payload: makeProblem() }),
  },
  'GET /api/places': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/places?complex=${complex}` }),
  },
  'POST /api/places': {
    who: ['coordinator'],
    status: 201,
    ask: ({ complex }) => ({
      url: `/api/places?complex=${complex}`,
      payload: { address: '전남 나주시 왕곡면 혁신산단길 46', lng: 126.69, lat: 34.98 },
    }),
  },
  'PUT /api/places/{id}': {
    who: ['coordinator'],
    status: 200,
    ask: async ({ complex }) => ({
      url: `/api/places/${await someAddress(complex)}`,
      payload: { lng: 126.69, lat: 34.98 },
    }),
  },
  'DELETE /api/places/{id}': {
    who: ['coordinator'],
    status: 204,
    ask: async ({ complex }) => ({ url: `/api/places/${await someAddress(complex)}` }),
  },
  'GET /api/places/{id}/candidates': {
    who: ['coordinator'],
    status: 200,
    ask: async ({ complex }) => ({ url: `/api/places/${await someAddress(complex)}/candidates` }),
  },
  'POST /api/places/orders': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/places/orders?complex=${complex}` }),
  },
  'POST /api/places/import': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({
      url: `/api/places/import?complex=${complex}`,
      payload: '주소,위도,경도\r\n전남 나주시 x로 1,35,126.7\r\n',
      headers: { 'content-type': 'text/csv' },
    }),
  },
  'POST /api/imports': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({
      url: `/api/imports?complex=${complex}`,
      payload: 'firm\n',
      headers: { 'content-type': 'text/csv' },
    }),
  },
  'POST /api/imports/preview': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({
      url: `/api/imports/preview?complex=${complex}`,
      payload: 'firm\n',
      headers: { 'content-type': 'text/csv' },
    }),
  },
  'POST /api/imports/check': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/imports/check?complex=${complex}`, payload: { rows: [] } }),
  },
  'GET /api/complexes/{id}/days/{date}/orders': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/days/2026-12-31/orders` }),
  },
  'PATCH /api/complexes/{id}/days/{date}/orders': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({
      url: `/api/complexes/${complex}/days/2026-12-31/orders`,
      payload: { remove: {} },
      headers: { 'if-match': '"none"' },
    }),
  },
  'GET /api/imports/template': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/imports/template?complex=${complex}&format=csv` }),
  },
  'POST /api/plans/import': {
    who: ['coordinator'],
    status: 422,
    ask: ({ complex }) => ({ url: `/api/plans/import?complex=${complex}`, payload: {} }),
  },
  'POST /vroom': {
    who: ['coordinator'],
    // of a request without vehicles
    status: 400,
    everywhere: true,
    ask: () => ({ url: '/vroom', payload: {} }),
  },
  'POST /api/problems/{id}/jobs': {
    who: ['coordinator'],
    status: 202,
    ask: ({ problem }) => ({ url: `/api/problems/${problem}/jobs`, payload: { seconds: 60, iterations: 1 } }),
  },
  'GET /api/jobs/{id}': { who: planners, status: 200, ask: ({ job }) => ({ url: `/api/jobs/${job}` }) },
  'GET /api/jobs/{id}/events': { who: planners, status: 200, ask: ({ job }) => ({ url: `/api/jobs/${job}/events` }) },
  'POST /api/jobs/{id}/stop': {
    who: ['coordinator'],
    status: 200,
    ask: ({ job }) => ({ url: `/api/jobs/${job}/stop` }),
  },
  'DELETE /api/jobs/{id}': { who: ['coordinator'], status: 200, ask: ({ job }) => ({ url: `/api/jobs/${job}` }) },
  'GET /api/jobs': { who: planners, status: 200, everywhere: true, ask: () => ({ url: '/api/jobs' }) },
  'POST /api/jobs/{id}/retry': {
    who: ['coordinator'],
    status: 409,
    ask: ({ job }) => ({ url: `/api/jobs/${job}/retry` }),
  },
  'PUT /api/plans/{id}': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => {
      const { id, plan } = await draft(rows)
      return { url: `/api/plans/${id}`, payload: plan, headers: { 'if-match': '"v1"' } }
    },
  },
  'POST /api/plans/{id}/repair': {
    who: ['coordinator'],
    status: 409,
    ask: async (rows) => ({
      url: `/api/plans/${(await draft(rows)).id}/repair`,
      headers: { 'if-match': '"v1"' },
      payload: { shipment: 'plates', changes: [{ kind: 'truck', vehicle: 'round', count: 9 }] },
    }),
  },
  'POST /api/plans/{id}/confirm': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({
      url: `/api/plans/${(await draft(rows)).id}/confirm`,
      headers: { 'if-match': '"v1"' },
    }),
  },
  'POST /api/plans/{id}/withdraw': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => {
      const { id } = await draft(rows)
      await opened.store.plans.confirm(id, 1, '{}')
      return { url: `/api/plans/${id}/withdraw`, headers: { 'if-match': '"v2"' } }
    },
  },
  'GET /api/complexes/{id}/events': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/events?follow=no` }),
  },
  'GET /api/plans/{id}/actuals': {
    who: planners,
    status: 200,
    ask: ({ plan }) => ({ url: `/api/plans/${plan}/actuals` }),
  },
  'GET /api/plans/{id}/actuals/file': {
    who: planners,
    status: 200,
    ask: ({ plan }) => ({ url: `/api/plans/${plan}/actuals/file?format=csv` }),
  },
  'POST /api/plans/{id}/actuals': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({
      url: `/api/plans/${await driven(rows)}/actuals`,
      payload: { events: [{ id: 'a', route: 'r1', kind: 'departed', at: '2026-11-23T08:00:00+09:00' }] },
    }),
  },
  'GET /api/plans/{id}/board': ofPlan('/board'),
  'GET /api/complexes/{id}/measured': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/measured` }),
  },
  'POST /api/complexes/{id}/measured/adopt': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/measured/adopt`, payload: { sites: [] } }),
  },
  'GET /api/plans/{id}/messages': ofPlan('/messages'),
  'POST /api/plans/{id}/messages': {
    who: ['coordinator'],
    status: 200,
    ask: ({ plan }) => ({ url: `/api/plans/${plan}/messages`, payload: { id: newId(), text: 'go on' } }),
  },
  'POST /api/plans/{id}/messages/read': {
    who: ['coordinator'],
    status: 200,
    ask: ({ plan }) => ({ url: `/api/plans/${plan}/messages/read`, payload: { messages: [{ id: 'a', route: '1' }] } }),
  },
  'GET /api/plans/{id}/links': {
    who: ['coordinator'],
    status: 200,
    ask: ({ plan }) => ({ url: `/api/plans/${plan}/links` }),
  },
  'POST /api/plans/{id}/links': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `/api/plans/${await driven(rows)}/links`, payload: {} }),
  },
  'DELETE /api/plans/{id}/links/{link}': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: await driverLink(rows) }),
  },
  'POST /api/plans/{id}/links/{link}/renew': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `${await driverLink(rows)}/renew` }),
  },
  'POST /api/plans/{id}/links/{link}/release': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `${await driverLink(rows)}/release` }),
  },
  'GET /api/plans/{id}/proofs': ofPlan('/proofs'),
  'GET /api/plans/{id}/proofs/{proof}': {
    who: planners,
    status: 200,
    ask: async (rows) => ({ url: `/api/plans/${await proved(rows)}/proofs/photo` }),
  },
  // by a link, whoever asks
  'GET /api/drive': { who: 'anyone', status: 200, everywhere: true, ask: async () => await byLink('') },
  'POST /api/drive/phone': {
    who: 'anyone',
    status: 200,
    everywhere: true,
    ask: async () => await byLink('/phone', { digits: '0101' }),
  },
  'POST /api/drive/seen': {
    who: 'anyone',
    status: 200,
    everywhere: true,
    ask: async () => await byLink('/seen', { messages: ['m'] }),
  },
  'POST /api/drive/events': {
    who: 'anyone',
    status: 200,
    everywhere: true,
    ask: async () =>
      await byLink('/events', {
        now: new Date().toISOString(),
        events: [{ id: newId(), plan: 'x', kind: 'departed', at: new Date().toISOString() }],
      }),
  },
  'POST /api/drive/proofs': {
    who: 'anyone',
    // no picture
    status: 415,
    everywhere: true,
    ask: async () => {
      const now = new Date().toISOString()
      return await byLink('/proofs', { id: 'p', plan: 'x', kind: 'photo', at: now, now, data: '' })
    },
  },
  'POST /api/plans/{id}/disturb': {
    who: ['coordinator'],
    status: 200,
    ask: ({ plan }) => ({ url: `/api/plans/${plan}/disturb`, payload: { nowS: 30_000, events: [], preview: true } }),
  },
  'POST /api/plans/{id}/revise': {
    who: ['coordinator'],
    status: 201,
    ask: async (rows) => {
      const { id } = await draft(rows)
      await opened.store.plans.confirm(id, 1, '{}')
      return { url: `/api/plans/${id}/revise`, headers: { 'if-match': '"v2"' } }
    },
  },
  'GET /api/complexes/{id}/days/{date}/plans': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/days/2026-11-23/plans` }),
  },
  'POST /api/problems/{id}/scenarios': {
    who: ['coordinator'],
    status: 201,
    ask: ({ problem }) => ({
      url: `/api/problems/${problem}/scenarios`,
      payload: { changes: [{ kind: 'windows', minutes: 30 }] },
    }),
  },
  'POST /api/problems/{id}/plans': {
    who: ['coordinator'],
    status: 201,
    ask: ({ problem, plan }) => ({ url: `/api/problems/${problem}/plans`, payload: { from: plan } }),
  },
  'PUT /api/complexes/{id}/days': {
    who: ['coordinator'],
    status: 412,
    ask: ({ complex, problem }) => ({
      url: `/api/complexes/${complex}/days`,
      payload: { days: [{ date: '2026-11-23', problem, was: { problem: 'another' } }] },
    }),
  },
  'GET /api/complexes/{id}/horizons': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/horizons` }),
  },
  'POST /api/complexes/{id}/horizons': {
    who: ['coordinator'],
    // days without orders
    status: 422,
    ask: ({ complex }) => ({
      url: `/api/complexes/${complex}/horizons`,
      payload: { dates: ['2031-01-06', '2031-01-07'], waitDays: 1 },
    }),
  },
  'POST /api/horizons/{id}/apply': {
    who: ['coordinator'],
    // of a problem that is none
    status: 404,
    everywhere: true,
    ask: ({ problem, plan }) => ({ url: `/api/horizons/${problem}/apply`, payload: { plan } }),
  },
  'POST /api/webhooks': {
    who: ['coordinator'],
    status: 201,
    ask: ({ complex }) => ({ url: `/api/webhooks?complex=${complex}`, payload: HOOK }),
  },
  'GET /api/webhooks': {
    who: ['coordinator'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/webhooks' }),
  },
  'GET /api/webhooks/{id}': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `/api/webhooks/${await hook(rows)}` }),
  },
  'DELETE /api/webhooks/{id}': {
    who: ['coordinator'],
    status: 204,
    ask: async (rows) => ({ url: `/api/webhooks/${await hook(rows)}` }),
  },
  'POST /api/webhooks/{id}/enable': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `/api/webhooks/${await hook(rows)}/enable` }),
  },
  'GET /api/webhooks/{id}/deliveries': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `/api/webhooks/${await hook(rows)}/deliveries` }),
  },
  'POST /api/webhooks/{id}/deliveries/{delivery}/redeliver': {
    who: ['coordinator'],
    // there has been none yet
    status: 404,
    ask: async (rows) => ({ url: `/api/webhooks/${await hook(rows)}/deliveries/none/redeliver` }),
  },
  'GET /api/audit': { who: MANAGERS, status: 200, everywhere: true, ask: () => ({ url: '/api/audit?limit=500' }) },
  'GET /api/audit/{seq}': {
    who: MANAGERS,
    status: 200,
    ask: async ({ problem }) => {
      const { items } = await opened.store.audit.list({ limit: 1, nounId: problem })
      return { url: `/api/audit/${items[0]!.seq}` }
    },
  },
  'GET /api/backup': { who: ['administrator'], status: 200, everywhere: true, ask: () => ({ url: '/api/backup' }) },
  'GET /api/plans/{id}': ofPlan(),
  'GET /api/plans/{id}/geojson': ofPlan('/geojson'),
  'GET /api/plans/{id}/routes/{route}/guide': {
    who: planners,
    status: 200,
    ask: async (rows) => ({ url: `/api/plans/${await driven(rows)}/routes/r1/guide` }),
  },
  'GET /api/plans/{id}/comparison': ofPlan('/comparison'),
  'GET /api/plans/{id}/footprint': ofPlan('/footprint'),
  'GET /api/plans/{id}/explain/{shipment}': ofPlan('/explain/plates'),
  'GET /api/plans/{id}/split': ofPlan('/split?methods=quick'),
  'GET /api/plans/{id}/file': ofPlan('/file'),
  'GET /api/plans/{id}/travel': ofPlan('/travel'),
  'GET /api/plans/{id}/export': ofPlan('/export?format=csv'),

  'GET /api/accounts': { who: MANAGERS, status: 200, everywhere: true, ask: () => ({ url: '/api/accounts' }) },
  'POST /api/accounts': {
    who: MANAGERS,
    status: 201,
    ask: ({ complex }) => ({
      url: '/api/accounts',
      payload: { email: `${newId()}@x.example`, name: 'new', role: 'coordinator', complex },
    }),
  },
  'DELETE /api/accounts/{id}': {
    who: MANAGERS,
    status: 204,
    ask: async ({ complex }) => ({ url: `/api/accounts/${(await somebody(complex)).id}` }),
  },
  'POST /api/accounts/{id}/link': {
    who: MANAGERS,
    status: 201,
    ask: async ({ complex }) => ({ url: `/api/accounts/${(await somebody(complex)).id}/link` }),
  },
  'POST /api/accounts/{id}/roles': {
    who: MANAGERS,
    status: 201,
    ask: async ({ complex }) => ({
      url: `/api/accounts/${(await somebody(complex)).id}/roles`,
      payload: { role: 'firm', complex, firm: 'firm' },
    }),
  },
  'PUT /api/accounts/{id}/roles/{member}': {
    who: MANAGERS,
    status: 200,
    ask: async ({ complex }) => {
      const { id, role } = await somebody(complex)
      return { url: `/api/accounts/${id}/roles/${role}`, payload: { role: 'carrier', complex, carrier: 'carrier-A' } }
    },
  },
  'DELETE /api/accounts/{id}/roles/{member}': {
    who: MANAGERS,
    status: 204,
    ask: async ({ complex }) => {
      const { id, role } = await somebody(complex)
      return { url: `/api/accounts/${id}/roles/${role}` }
    },
  },
  'PUT /api/complexes/{id}': {
    who: ['administrator'],
    status: 200,
    everywhere: true,
    ask: async ({ complex }) => ({
      url: `/api/complexes/${complex}`,
      payload: (await opened.store.complexes.get(complex))!.data,
    }),
  },
  'PUT /api/complexes/{id}/policy': {
    who: MANAGERS,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/policy`, payload: { open: false } }),
  },
  'GET /api/keys': { who: MANAGERS, status: 200, everywhere: true, ask: () => ({ url: '/api/keys' }) },
  'POST /api/keys': {
    who: MANAGERS,
    status: 201,
    ask: ({ complex }) => ({ url: '/api/keys', payload: { name: 'k', scopes: ['read'], complexes: [complex] } }),
  },
  'DELETE /api/keys/{id}': {
    who: MANAGERS,
    status: 204,
    ask: async ({ complex }) => ({ url: `/api/keys/${await someKey(complex)}` }),
  },

  'GET /api/my/shipments': {
    who: ['firm'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/shipments?complex=${complex}` }),
  },
  'GET /api/my/share': {
    who: ['firm'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/share?complex=${complex}` }),
  },
  'GET /api/my/statement': {
    who: ['firm'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/statement?month=2026-11&complex=${complex}` }),
  },
  'GET /api/my/statement/file': {
    who: ['firm'],
    status: 200,
    ask: async ({ complex }) => {
      await charged(complex)
      return { url: `/api/my/statement/file?month=2026-09&format=xlsx&complex=${complex}` }
    },
  },
  'GET /api/my/carrier-statement': {
    who: ['carrier'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/carrier-statement?month=2026-09&complex=${complex}` }),
  },
  'GET /api/my/carrier-statement/file': {
    who: ['carrier'],
    status: 200,
    ask: async ({ complex }) => {
      await charged(complex)
      return { url: `/api/my/carrier-statement/file?month=2026-09&format=xlsx&complex=${complex}` }
    },
  },
  'GET /api/complexes/{id}/months': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/months` }),
  },
  'GET /api/complexes/{id}/months/{month}': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/months/2026-09` }),
  },
  'GET /api/complexes/{id}/months/{month}/file': {
    who: planners,
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/months/2026-09/file` }),
  },
  'GET /api/complexes/{id}/months/{month}/statements/{kind}/{party}': {
    who: planners,
    status: 200,
    ask: async ({ complex }) => {
      await charged(complex)
      return { url: `/api/complexes/${complex}/months/2026-09/statements/firm/firm?format=xlsx` }
    },
  },
  'POST /api/complexes/{id}/months/{month}/corrections': {
    who: ['coordinator'],
    status: 201,
    ask: ({ complex }) => ({
      url: `/api/complexes/${complex}/months/2026-08/corrections`,
      payload: { date: '2026-08-03', carrier: 'carrier-A', kind: 'other', krw: 1000, reason: 'of a test' },
    }),
  },
  'POST /api/complexes/{id}/months/{month}/close': {
    who: ['coordinator'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/complexes/${complex}/months/2026-07/close`, payload: {} }),
  },
  'GET /api/my/board': {
    who: ['carrier'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/board?complex=${complex}` }),
  },
  'GET /api/my/sheets': {
    who: ['carrier'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/sheets?complex=${complex}` }),
  },
  'GET /api/my/carrier': {
    who: ['carrier'],
    status: 200,
    ask: ({ complex }) => ({ url: `/api/my/carrier?complex=${complex}` }),
  },
  'PUT /api/my/sheets/{id}/{route}': {
    who: ['carrier'],
    status: 422,
    // the truck of this test is none of the fleet
    ask: async (rows) => ({
      url: `/api/my/sheets/${await driven(rows)}/r1`,
      payload: { state: 'accepted', version: 1 },
    }),
  },
  'POST /api/my/sheets/{id}/{route}/judge': {
    who: ['carrier'],
    status: 422,
    ask: async (rows) => ({ url: `/api/my/sheets/${await driven(rows)}/r1/judge`, payload: { vehicle: 'x' } }),
  },
  'GET /api/plans/{id}/dispatch': ofPlan('/dispatch'),
  'PUT /api/plans/{id}/dispatch/{route}': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({
      url: `/api/plans/${await driven(rows)}/dispatch/r1`,
      payload: { state: 'open', version: 1 },
    }),
  },
  'POST /api/plans/{id}/dispatch/offer': {
    who: ['coordinator'],
    status: 200,
    ask: async (rows) => ({ url: `/api/plans/${await driven(rows)}/dispatch/offer` }),
  },
  'GET /api/plans/{id}/dispatch/{route}/proposal': {
    who: planners,
    status: 409,
    ask: async (rows) => ({ url: `/api/plans/${await driven(rows)}/dispatch/r1/proposal` }),
  },
  'POST /api/plans/{id}/dispatch/{route}/take': {
    who: ['coordinator'],
    status: 409,
    ask: async (rows) => ({
      url: `/api/plans/${await driven(rows)}/dispatch/r1/take`,
      headers: { 'if-match': '"v2"' },
      payload: { version: 1 },
    }),
  },
  'GET /api/my/sheets/{id}/file': {
    who: ['carrier'],
    status: 200,
    ask: async (rows) => ({ url: `/api/my/sheets/${await driven(rows)}/file` }),
  },
  'GET /api/my/sheets/{id}/{route}/guide': {
    who: ['carrier'],
    status: 200,
    ask: async (rows) => ({ url: `/api/my/sheets/${await driven(rows)}/r1/guide` }),
  },
  'POST /api/studies': {
    who: STUDIERS,
    status: 422,
    everywhere: true,
    ask: () => ({ url: '/api/studies', payload: {} }),
  },
  'POST /api/studies/estimate': {
    who: STUDIERS,
    status: 422,
    everywhere: true,
    ask: () => ({ url: '/api/studies/estimate', payload: {} }),
  },
  'POST /api/studies/firms': {
    who: STUDIERS,
    status: 200,
    everywhere: true,
    ask: () => ({
      url: '/api/studies/firms',
      payload: '업체명,위도,경도\r\n금형A01,35.1,126.7\r\n',
      headers: { 'content-type': 'text/csv' },
    }),
  },
  'POST /api/studies/fit': {
    who: STUDIERS,
    status: 400,
    everywhere: true,
    ask: () => ({ url: '/api/studies/fit', payload: {} }),
  },
  'GET /api/studies/presets': {
    who: [...STUDIERS, 'key'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/studies/presets' }),
  },
  'GET /api/studies/complexes': {
    who: [...STUDIERS, 'key'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/studies/complexes' }),
  },
  'GET /api/studies': {
    who: [...STUDIERS, 'key'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/studies' }),
  },
  // whose studies who sees: studies.test.ts
  'GET /api/studies/{id}': {
    who: [...STUDIERS, 'key'],
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/studies/none' }),
  },
  'GET /api/studies/{id}/runs': {
    who: [...STUDIERS, 'key'],
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/studies/none/runs' }),
  },
  'GET /api/studies/{id}/report': {
    who: [...STUDIERS, 'key'],
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/studies/none/report' }),
  },
  'POST /api/studies/{id}/stop': {
    who: STUDIERS,
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/studies/none/stop' }),
  },
  'POST /api/studies/{id}/resume': {
    who: STUDIERS,
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/studies/none/resume' }),
  },
  'DELETE /api/studies/{id}': {
    who: STUDIERS,
    status: 404,
    everywhere: true,
    ask: () => ({ url: '/api/studies/none' }),
  },
  'GET /api/my/sheets/{id}/{route}/proofs': {
    who: ['carrier'],
    status: 200,
    ask: async (rows) => ({ url: `/api/my/sheets/${await proved(rows)}/r1/proofs` }),
  },
  'GET /api/my/sheets/{id}/{route}/proofs/{proof}': {
    who: ['carrier'],
    status: 200,
    ask: async (rows) => ({ url: `/api/my/sheets/${await proved(rows)}/r1/proofs/photo` }),
  },
  'GET /api/aggregates': {
    who: ['policymaker'],
    status: 200,
    everywhere: true,
    ask: () => ({ url: '/api/aggregates?month=2026-11' }),
  },
}

/** A token that is there to be used. */
async function link(): Promise<string> {
  return await opened.accounts.passwordLink(TEST, (await somebody('faraway')).id)
}

/** These end sessions, so each is asked for by somebody new. */
const ENDS_SESSION = ['POST /api/session', 'DELETE /api/session', 'DELETE /api/me/sessions', 'POST /api/me/password']
const GIVEN = {
  coordinator: { role: 'coordinator', complex: 'gwangju' },
  firm: { role: 'firm', complex: 'gwangju', firm: 'firm' },
  carrier: { role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' },
  policymaker: { role: 'policymaker' },
  administrator: { role: 'administrator' },
} as const
const isPerson = (who: Who): who is keyof typeof GIVEN => Object.hasOwn(GIVEN, who)
async function senderOf(who: Who, name: string): Promise<Send> {
  if (!ENDS_SESSION.includes(name) || !isPerson(who)) return as[who]
  return await opened.add(`${newId()}@x.example`, GIVEN[who])
}

describe('every route', () => {
  it('is in the table of this test', async () => {
    await opened.app.ready()
    const { paths = {} } = opened.app.swagger() as { paths?: Record<string, object> }
    const registered = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(registered.filter((name) => !name.startsWith('HEAD ')).sort()).toEqual(Object.keys(ROUTES).sort())
  })

  it('says who may use it, or the service does not start', async () => {
    const { app } = await openApp()
    expect(() => app.get('/api/secrets', async () => 'x')).toThrow(/GET \/api\/secrets does not say who may use it/)
    expect(() => app.get('/api/secrets', { config: { access: 'toString' as never } }, async () => 'x')).toThrow()
  })

  for (const [name, { who, status, ask, everywhere }] of Object.entries(ROUTES)) {
    it(`${name} is for ${who === 'anyone' ? 'anyone' : who.join(', ')}`, async () => {
      const method = name.split(' ')[0] as 'GET'
      for (const one of WHO) {
        const may = who === 'anyone' || who.includes(one)
        const send = await senderOf(one, name)
        const response = await send({ method, ...(await ask(own)) })
        const refused = one === 'nobody' ? 401 : 403
        expect(response.statusCode, `${one}: ${response.body}`).toBe(may ? status : refused)
        // its refusals have the shape of VROOM
        if (!may && name !== 'POST /vroom') expectRefusal(response, refused)
        if (everywhere) {
          if (one !== 'administrator')
            for (const id of Object.values(other)) expect(response.body).not.toContain(`"${id}"`)
          continue
        }
        // an administrator is one of every complex
        const elsewhere = await send({ method, ...(await ask(other)) })
        const expected = one === 'administrator' && may ? status : may ? 404 : refused
        expect(elsewhere.statusCode, `${one}, another complex: ${elsewhere.body}`).toBe(expected)
      }
    })
  }
})

describe('a body that names what belongs to another complex', () => {
  it('is answered as if it were not there', async () => {
    const { coordinator, firm } = as
    const url = `/api/problems/${own.problem}/jobs`
    const from = await coordinator({ method: 'POST', url, payload: { seconds: 1, from: other.plan } })
    expect(expectRefusal(from, 404).code).toBe('plan.unknown')
    const both = { name: 'k', scopes: ['read'], complexes: [own.complex, other.complex] }
    expectRefusal(await coordinator({ method: 'POST', url: '/api/keys', payload: both }), 404)
    const role = { role: 'coordinator', complex: other.complex }
    const { id, role: held } = await somebody(own.complex)
    expectRefusal(await coordinator({ method: 'POST', url: `/api/accounts/${id}/roles`, payload: role }), 404)
    expectRefusal(await coordinator({ method: 'PUT', url: `/api/accounts/${id}/roles/${held}`, payload: role }), 404)
    // the role of one person under the id of another
    const stranger = await somebody(other.complex)
    expectRefusal(await coordinator({ method: 'DELETE', url: `/api/accounts/${id}/roles/${stranger.role}` }), 404)
    expectRefusal(await firm('/api/my/shipments?firm=someone'), 404)
    expectRefusal(await firm('/api/my/statement?month=2026-11&firm=someone'), 404)
  })

  it('tells no more than an id that nobody has', async () => {
    const there = await as.coordinator(`/api/plans/${other.plan}`)
    const nowhere = await as.coordinator('/api/plans/nowhere')
    const words = (response: typeof there, id: string) => [
      response.json().code,
      response.json().message.replace(id, 'X'),
    ]
    expect(words(there, other.plan)).toEqual(words(nowhere, 'nowhere'))
  })
})

describe('where there are no accounts', () => {
  it('whoever reaches the service may everything, and what is about accounts says that there are none', async () => {
    const { app } = await openApp()
    expect((await app.inject('/api/me')).json()).toEqual({ accounts: false, person: null })
    expect((await app.inject('/api/problems')).statusCode).toBe(200)
    for (const url of ['/api/accounts', '/api/keys'])
      expect(expectRefusal(await app.inject(url), 409).code).toBe('accounts.off')
  })
})
