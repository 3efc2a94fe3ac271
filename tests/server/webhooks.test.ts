import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { DeliverySchema, NewWebhookSchema, pageSchema, WebhookSchema } from '../../server/api.ts'
import { buildApp } from '../../server/app.ts'
import { loadComplex, loadOrders } from '../../server/complexes.ts'
import { SIGNATURE_EXAMPLE } from '../../server/openApi/words.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { type DeliveryOptions, openDeliveries, RETRY } from '../../server/store/deliveries.ts'
import { createStore } from '../../server/store/index.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { assertCallable, isOpenAddress, lookUpOpen } from '../../server/webhooks/address.ts'
import { startDelivering } from '../../server/webhooks/deliver.ts'
import { type Answer, postLetter } from '../../server/webhooks/post.ts'
import { signatureOf } from '../../server/webhooks/sign.ts'
import { makeProblem } from './makeProblem.ts'
import { MEMORY } from './memory.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** A real receiver, which answers as told and remembers what came. */
async function openReceiver(answer: (response: ServerResponse, count: number) => void = (response) => response.end()) {
  const received: Received[] = []
  const waiting: { count: number; done: () => void }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      answer(response, received.length)
      for (const { count, done } of waiting) if (received.length >= count) done()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?x=1`
  const arrived = (count: number) =>
    new Promise<void>((done) => (received.length >= count ? done() : waiting.push({ count, done })))
  return { url, received, arrived }
}

const letterTo = (url: string) => ({ id: 'd1', event: 'job.done', url, body: '{"a":"가"}', secret: 'whsec_s' })
const now = () => new Date('2026-11-23T00:00:00Z')
const post = (url: string, mayCallInside = true, timeoutMs = 2000): Promise<Answer> =>
  postLetter(letterTo(url), { now, timeoutMs, mayCallInside })

describe('an attempt to deliver', () => {
  it('is a signed POST', async () => {
    const { url, received } = await openReceiver((response) => response.end('thanks'))
    expect(await post(url)).toEqual({ delivered: true, status: 200, answer: 'thanks' })
    const [{ headers, body }] = received as [Received]
    expect(body).toBe('{"a":"가"}')
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'milkrun-event': 'job.done' })
    // as the documentation tells receivers to check it
    const { t, v1 } = Object.fromEntries(
      String(headers['milkrun-signature'])
        .split(',')
        .map((part) => part.split('=')),
    )
    expect(Number(t)).toBe(now().getTime() / 1000)
    expect(createHmac('sha256', 'whsec_s').update(`${t}.${body}`).digest('hex')).toBe(v1)
  })

  it('has a signature that others compute alike', () => {
    // printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_test
    expect(signatureOf('{}', 'whsec_test', 1_700_000_000)).toBe(
      't=1700000000,v1=35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91',
    )
  })

  it('is recognised by what the documentation tells receivers to do', async () => {
    const { isFromMilkrun } = await import(`data:text/javascript,${encodeURIComponent(SIGNATURE_EXAMPLE)}`)
    const signature = signatureOf('{"a":"가"}', 'whsec_test', 1000)
    const is = (body: string, header: string, secret: string, nowS: number) => isFromMilkrun(body, header, secret, nowS)
    expect(is('{"a":"가"}', signature, 'whsec_test', 1200)).toBe(true)
    expect(is('{"a":"나"}', signature, 'whsec_test', 1200)).toBe(false)
    expect(is('{"a":"가"}', signature, 'whsec_other', 1200)).toBe(false)
    expect(is('{"a":"가"}', signature, 'whsec_test', 1301)).toBe(false)
    expect(is('{"a":"가"}', signature.replace('t=1000', 't=1001'), 'whsec_test', 1200)).toBe(false)
    expect(is('{"a":"가"}', 't=1000', 'whsec_test', 1000)).toBe(false)
  })

  it('fails where the answer is an error or sends elsewhere, which is not followed', async () => {
    const other = await openReceiver()
    const redirecting = await openReceiver((response) => response.writeHead(307, { location: other.url }).end())
    expect(await post(redirecting.url)).toEqual({ delivered: false, status: 307, answer: '' })
    expect(other.received).toEqual([])
    const failing = await openReceiver((response) => response.writeHead(500).end('broken'))
    expect(await post(failing.url)).toEqual({ delivered: false, status: 500, answer: 'broken' })
  })

  it('reads little of an endless answer, and waits for none that does not come', async () => {
    const endless = await openReceiver((response) => {
      const more = () => void (response.writable && response.write('x'.repeat(10_000), more))
      more()
    })
    const { delivered, answer } = await post(endless.url)
    expect([delivered, answer.length]).toEqual([true, 2000])
    const silent = await openReceiver(() => {})
    expect(await post(silent.url, true, 150)).toEqual({ delivered: false, answer: 'no answer in time' })
    const dripping = await openReceiver((response) => void response.writeHead(200).write('a'))
    expect(await post(dripping.url, true, 150)).toEqual({ delivered: true, status: 200, answer: 'a' })
  })

  it('fails with the reason where nobody listens', async () => {
    expect(await post('http://127.0.0.1:1/')).toEqual({ delivered: false, answer: 'ECONNREFUSED' })
  })

  it('never reaches a private address, by figures or by name', async () => {
    const { url, received } = await openReceiver()
    const { port } = new URL(url)
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', 'localhost', '0.0.0.0'])
      expect(await post(`http://${host}:${port}/`, false), host).toEqual({
        delivered: false,
        answer: 'address of a private network',
      })
    expect(received).toEqual([])
  })
})

describe('addresses', () => {
  it('are open only on the internet itself', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '211.234.100.1'])
      expect(isOpenAddress(address), address).toBe(true)
    for (const address of [
      ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1', '127.9.9.9'],
      ...[
        '0.0.0.0',
        '224.0.0.1',
        '255.255.255.255',
        '::1',
        '::',
        'fc00::1',
        'fd12::1',
        'fe80::1',
        'fec0::1',
        'ff02::1',
      ],
      ...['::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', 'no address'],
    ])
      expect(isOpenAddress(address), address).toBe(false)
  })

  it('of a name are looked up where the connection is made', async () => {
    const found = await new Promise((resolve) =>
      lookUpOpen('localhost', { all: true }, (error) => resolve(error?.name)),
    )
    expect(found).toBe('ClosedAddress')
  })

  it('that can never be called are refused at once', () => {
    for (const url of ['https://erp.example/hook', 'https://8.8.8.8/', 'https://erp.example:8443/a?b=c'])
      expect(() => assertCallable(url, false), url).not.toThrow()
    for (const url of [
      ...[
        'no address',
        'ftp://erp.example/',
        'http://erp.example/',
        'https://user:pass@erp.example/',
        'https://a.b/#c',
      ],
      ...['https://127.0.0.1/', 'https://localhost/', 'https://a.localhost/', 'https://192.168.0.1/', 'https://[::1]/'],
      ...['https://169.254.169.254/latest/meta-data', 'https://0x7f.1/', 'file:///etc/passwd'],
    ])
      expect(() => assertCallable(url, false), url).toThrowError(expect.objectContaining({ code: 'webhook.address' }))
    for (const url of ['http://127.0.0.1:3000/', 'http://localhost/', 'https://192.168.0.10/'])
      expect(() => assertCallable(url, true), url).not.toThrow()
    expect(() => assertCallable('http://192.168.0.10/', true)).toThrow()
  })
})

describe('webhooks of a complex', () => {
  it('are added, listed and removed, and tell their secret once', async () => {
    const { app, store } = await openApp()
    const payload = { url: 'https://erp.example/hook', events: ['plan.confirmed', 'plan.confirmed'] }
    const created = await app.inject({ method: 'POST', url: '/api/webhooks', payload })
    expect(created.statusCode, created.body).toBe(201)
    expectShape(NewWebhookSchema, created.json())
    const { id, secret, ...webhook } = created.json()
    expect(secret).toMatch(/^whsec_[\w-]{43}$/)
    expect(webhook).toMatchObject({ complex: 'gwangju', events: ['plan.confirmed'] })
    const one = await app.inject(`/api/webhooks/${id}`)
    expectShape(WebhookSchema, one.json())
    const list = await app.inject('/api/webhooks')
    expectShape(pageSchema(WebhookSchema), list.json())
    const audit = JSON.stringify(await store.audit.list({ limit: 10 }))
    expect(one.body + list.body + audit).not.toContain(secret)
    expect((await app.inject({ method: 'DELETE', url: `/api/webhooks/${id}` })).statusCode).toBe(204)
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/deliveries'],
      ['POST', '/enable'],
      ['POST', '/deliveries/x/redeliver'],
    ] as const)
      expect(expectRefusal(await app.inject({ method, url: `/api/webhooks/${id}${path}` }), 404).code).toBe(
        'webhook.unknown',
      )
  })

  it('are refused with a wrong address, an unknown event, and beyond twenty', async () => {
    const { app } = await openApp()
    const add = (url: string, events: string[] = ['job.done']) =>
      app.inject({ method: 'POST', url: '/api/webhooks', payload: { url, events } })
    expect(expectRefusal(await add('http://erp.example/'), 400).code).toBe('webhook.address')
    expectRefusal(await add('https://erp.example/', ['plan.eaten']), 400)
    expectRefusal(await add('https://erp.example/', []), 400)
    expectRefusal(await add('https://erp.example/\u0000'), 400)
    for (let k = 0; k < 20; k++) expect((await add(`https://erp.example/${k}`)).statusCode).toBe(201)
    expect(expectRefusal(await add('https://erp.example/more'), 409).code).toBe('webhook.tooMany')
  })

  it('belong to their complex only', async () => {
    const { app, store } = await openApp()
    const { id } = await store.webhooks.add('gwangju', { url: 'https://erp.example/', events: ['job.done'] })
    expect((await app.inject(`/api/webhooks/${id}`)).statusCode).toBe(200)
    const { database } = await openOutbox()
    const other = createStore(database).as({ actor: 'user:b', complexes: ['changwon'] })
    const mine = createStore(database).as({ actor: 'user:a', complexes: 'all' })
    const webhook = await mine.webhooks.add('gwangju', { url: 'https://erp.example/', events: ['job.done'] })
    expect(await other.webhooks.get(webhook.id)).toBeUndefined()
    expect((await other.webhooks.list({ limit: 10 })).items).toEqual([])
    expect((await other.webhooks.deliveries(webhook.id, { limit: 10 })).items).toEqual([])
    for (const change of [
      () => other.webhooks.remove(webhook.id),
      () => other.webhooks.enable(webhook.id),
      () => other.webhooks.redeliver(webhook.id, 'x'),
    ])
      await expect(change()).rejects.toMatchObject({ code: 'webhook.unknown' })
    await expect(other.webhooks.add('gwangju', { url: 'https://a.b/', events: [] })).rejects.toThrow('out of scope')
  })
})

let database: Database | undefined
afterAll(async () => await database?.close())

/** A store of its own with a worker that delivers, told by a clock that the test moves. */
async function openOutbox(options: Partial<DeliveryOptions> = {}) {
  database ??= await openDatabase(MEMORY)
  await sql`truncate complexes, webhooks, audit cascade`.execute(database.db)
  const store = createStore(database).as({ actor: 'test', complexes: 'all' })
  await store.complexes.put(await loadComplex('gwangju'))
  const errors: unknown[] = []
  const disabled: string[] = []
  const clock = { at: now() }
  const logError = (error: unknown) => errors.push(error)
  const opened = database
  const startWorker = async () => {
    const deliveries = await openDeliveries(opened, { now: () => clock.at, logError, ...options })
    const stop = await startDelivering(deliveries, {
      ...{ now: () => clock.at, logError, logDisabled: (id) => disabled.push(id) },
      ...{ timeoutMs: 2000, mayCallInside: true, lookEveryMs: 50 },
    })
    cleanups.push(stop)
    return stop
  }
  const planOf = async () => {
    const problem = await store.problems.add('gwangju', makeProblem())
    const plan = { routes: [], direct: [], unserved: [], costLines: [], costKrw: 5 } as never
    await store.plans.put({ id: `plan-${problem}`, problem, plan })
    return `plan-${problem}`
  }
  const settled = async (webhook: string, count: number) => {
    const done = async () =>
      (await store.webhooks.deliveries(webhook, { limit: 50 })).items.filter(({ state }) => state !== 'waiting').length
    await expect.poll(done, { timeout: 20_000 }).toBe(count)
    expect(errors).toEqual([])
    return (await store.webhooks.deliveries(webhook, { limit: 50 })).items
  }
  return { database, store, startWorker, planOf, settled, clock, disabled, errors }
}

describe('the outbox', () => {
  it('tells of a plan that is confirmed and withdrawn to those who asked, once each', async () => {
    const { store, startWorker, planOf, settled } = await openOutbox()
    const { url, received } = await openReceiver()
    const { id, secret } = await store.webhooks.add('gwangju', {
      url,
      events: ['plan.confirmed', 'plan.withdrawn', 'dispatch.changed'],
    })
    const deaf = await store.webhooks.add('gwangju', { url, events: ['job.done'] })
    await startWorker()
    const plan = await planOf()
    await store.plans.confirm(plan, 1, '{}')
    await store.dispatches.put(plan, 'r1', 0, { state: 'offered', carrier: 'carrier-A' })
    await store.plans.withdraw(plan, 2)
    const deliveries = await settled(id, 3)
    expectShape(DeliverySchema, deliveries[0])
    expect(deliveries.map(({ event, state, attempts, status }) => [event, state, attempts, status])).toEqual([
      ['plan.withdrawn', 'delivered', 1, 200],
      ['dispatch.changed', 'delivered', 1, 200],
      ['plan.confirmed', 'delivered', 1, 200],
    ])
    expect((await store.webhooks.deliveries(deaf.id, { limit: 5 })).items).toEqual([])
    expect(received.length).toBe(3)
    const dispatched = received.find(({ headers }) => headers['milkrun-event'] === 'dispatch.changed')!
    expect(JSON.parse(dispatched.body).data).toEqual({
      id: plan,
      route: 'r1',
      state: 'offered',
      carrier: 'carrier-A',
      version: 1,
    })
    const confirmed = received.find(({ headers }) => headers['milkrun-event'] === 'plan.confirmed')!
    expect(JSON.parse(confirmed.body)).toMatchObject({
      id: confirmed.headers['milkrun-delivery'],
      event: 'plan.confirmed',
      complex: 'gwangju',
      data: { id: plan, state: 'confirmed', costKrw: 5 },
    })
    expect(confirmed.headers['milkrun-signature']).toBe(signatureOf(confirmed.body, secret, now().getTime() / 1000))
  })

  it('holds nothing of a change that was not made', async () => {
    const { store, planOf } = await openOutbox()
    const { id } = await store.webhooks.add('gwangju', { url: 'https://erp.example/', events: ['plan.confirmed'] })
    const plan = await planOf()
    await expect(store.plans.confirm(plan, 7, '{}')).rejects.toMatchObject({ code: 'plan.changed' })
    expect((await store.webhooks.deliveries(id, { limit: 5 })).items).toEqual([])
    await store.plans.confirm(plan, 1, '{}')
    expect((await store.webhooks.deliveries(id, { limit: 5 })).items).toMatchObject([{ state: 'waiting', attempts: 0 }])
  })

  it('is delivered by a later process, where the one that wrote it is gone', async () => {
    const { store, startWorker, planOf, settled } = await openOutbox()
    const { url, received } = await openReceiver()
    const { id } = await store.webhooks.add('gwangju', { url, events: ['plan.confirmed'] })
    const stop = await startWorker()
    cleanups.pop()
    await stop()
    await store.plans.confirm(await planOf(), 1, '{}')
    expect(received).toEqual([])
    await startWorker()
    await settled(id, 1)
    expect(received.length).toBe(1)
  })

  it('tries again until it is taken, with the same body and id', async () => {
    const { store, startWorker, planOf, settled } = await openOutbox({ retry: { retryLimit: 5, retryDelay: 0 } })
    const { url, received } = await openReceiver((response, count) => response.writeHead(count < 3 ? 503 : 204).end())
    const { id } = await store.webhooks.add('gwangju', { url, events: ['plan.confirmed'] })
    await startWorker()
    await store.plans.confirm(await planOf(), 1, '{}')
    const [delivery] = await settled(id, 1)
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 3, status: 204 })
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect((await store.webhooks.get(id))!.failingSince).toBeUndefined()
  })

  it('gives up in the end, and sends again when a person asks', async () => {
    const { store, startWorker, planOf, settled } = await openOutbox({ retry: { retryLimit: 1, retryDelay: 0 } })
    const { url, received } = await openReceiver((response, count) =>
      response.writeHead(count < 3 ? 500 : 200).end('no'),
    )
    const { id } = await store.webhooks.add('gwangju', { url, events: ['plan.confirmed'] })
    await startWorker()
    await store.plans.confirm(await planOf(), 1, '{}')
    const [failed] = await settled(id, 1)
    expect(failed).toMatchObject({ state: 'failed', attempts: 2, status: 500, answer: 'no' })
    expect((await store.webhooks.get(id))!.failingSince).toBe(now().toISOString())
    expect(await store.webhooks.redeliver(id, failed!.id)).toMatchObject({ state: 'waiting' })
    expect((await settled(id, 1))[0]).toMatchObject({ state: 'delivered', attempts: 3 })
    expect(received.length).toBe(3)
  })

  it('disables an address that takes nothing for three days, says so, and begins again when enabled', async () => {
    const { store, startWorker, planOf, settled, clock, disabled } = await openOutbox({
      retry: { retryLimit: 0, retryDelay: 0 },
    })
    let status = 500
    const { url, received } = await openReceiver((response) => response.writeHead(status).end())
    const { id } = await store.webhooks.add('gwangju', { url, events: ['plan.confirmed'] })
    await startWorker()
    await store.plans.confirm(await planOf(), 1, '{}')
    await settled(id, 1)
    clock.at = new Date(now().getTime() + 3 * 86_400_000)
    await store.plans.confirm(await planOf(), 1, '{}')
    await settled(id, 2)
    expect(disabled).toEqual([id])
    expect((await store.webhooks.get(id))!.disabledAt).toBe(clock.at.toISOString())
    expect((await store.audit.list({ limit: 1 })).items).toMatchObject([
      { action: 'disable', noun: 'webhook', nounId: id },
    ])
    await store.plans.confirm(await planOf(), 1, '{}')
    expect((await store.webhooks.deliveries(id, { limit: 5 })).items.length).toBe(2)
    status = 200
    expect(await store.webhooks.enable(id)).not.toHaveProperty('disabledAt')
    await store.plans.confirm(await planOf(), 1, '{}')
    expect((await settled(id, 3))[0]).toMatchObject({ state: 'delivered' })
    expect(received.length).toBe(3)
  })

  it('goes to the queue with waits that double, for about a day', async () => {
    const { database, store, planOf } = await openOutbox()
    await store.webhooks.add('gwangju', { url: 'http://127.0.0.1:1/', events: ['plan.confirmed'] })
    await store.plans.confirm(await planOf(), 1, '{}')
    const deliveries = await openDeliveries(database, { now, logError: () => {} })
    cleanups.push(deliveries.close)
    const waits: number[] = []
    for (let attempt = 0; attempt <= RETRY.retryLimit; attempt++) {
      const [due] = await deliveries.take(1)
      expect(due?.attempt).toBe(attempt)
      await deliveries.settle(due!, { delivered: false, answer: 'ECONNREFUSED' })
      const { rows } = await sql<{ wait: number; state: string }>`
        select extract(epoch from start_after - now())::float8 as wait, state::text from pgboss.job
        where id = ${due!.queueId}`.execute(database.db)
      if (attempt < RETRY.retryLimit) waits.push(rows[0]!.wait)
      else expect(rows[0]!.state).toBe('failed')
      await sql`update pgboss.job set start_after = now() where id = ${due!.queueId}`.execute(database.db)
    }
    expect(await deliveries.take(1)).toEqual([])
    // 10 s · 2^k with up to half of it by chance, no more than two hours
    for (const [k, wait] of waits.entries()) {
      expect(wait, `${k}`).toBeGreaterThanOrEqual(Math.min(7200, 5 * 2 ** k) - 1)
      expect(wait, `${k}`).toBeLessThanOrEqual(Math.min(7200, 20 * 2 ** k) + 1)
    }
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3600
    expect(hours).toBeGreaterThan(20)
    expect(hours).toBeLessThan(30)
  })
})

describe('events', () => {
  it('tell of an import and of a job that is over', async () => {
    const { store, startWorker, settled, database } = await openOutbox()
    const everybodys = createStore(database)
    const { app } = await buildApp({ store: everybodys, database, provider: trunk, concurrency: 1 })
    cleanups.push(() => app.close())
    const { url, received } = await openReceiver()
    const { id } = await store.webhooks.add('gwangju', { url, events: ['import.done', 'job.done'] })
    await startWorker()
    const { bytes, fileName } = await loadOrders('gwangju', 1)
    const headers = { 'content-type': 'text/csv' }
    await app.inject({
      method: 'POST',
      url: `/api/imports?complex=gwangju&name=${fileName}`,
      payload: Buffer.from(bytes),
      headers,
    })
    const problem = await addProblem(app)
    const payload = { seconds: 60, iterations: 5 }
    const job = (await app.inject({ method: 'POST', url: `/api/problems/${problem}/jobs`, payload })).json()
    await settled(id, 2)
    const bodies = received.map(({ body }) => JSON.parse(body))
    expect(bodies.find(({ event }) => event === 'import.done').data).toMatchObject({
      fileName,
      days: expect.any(Array),
    })
    expect(bodies.find(({ event }) => event === 'job.done').data).toMatchObject({ id: job.id, state: 'done', problem })
  })
})
