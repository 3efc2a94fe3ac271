import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { LimitsSchema } from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import { expectShape, openApp } from './openApp.ts'

async function openSocket(app: App): Promise<Socket> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  // a connection that is reset while it writes
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Everything that comes until the connection is closed, and how much of the body was taken. */
async function exchange(app: App, head: string, body?: { chunk: Buffer; everyMs?: number }) {
  const socket = await openSocket(app)
  let answer = ''
  let sentBytes = 0
  socket.on('data', (data) => {
    answer += data
  })
  socket.write(`${head}\r\n`)
  const pump = () => {
    while (body && socket.writable && sentBytes < 100e6) {
      sentBytes += body.chunk.length
      if (!socket.write(body.chunk)) return void socket.once('drain', pump)
    }
  }
  const drip = body?.everyMs
    ? setInterval(() => socket.writable && socket.write(body.chunk), body.everyMs)
    : void (body && pump())
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  return { answer, sentBytes, body: JSON.parse(answer.split('\r\n\r\n')[1] || 'null') }
}

const CHUNK = Buffer.alloc(65_536, 'a')
const lines = (...headers: string[]) => [...headers, 'Host: localhost', 'Accept-Language: en', ''].join('\r\n')

describe('a request that is too large', () => {
  it.each([
    ['POST /api/problems', 'application/json', 413, 'body.tooLarge'],
    ['POST /api/imports?complex=gwangju', 'text/csv', 413, 'body.tooLarge'],
    ['PUT /api/nothing', 'application/json', 413, 'body.tooLarge'],
    ['POST /api/problems', 'a/b', 415, 'body.type'],
  ])('is refused early: %s as %s', async (start, type, status, code) => {
    const { app } = await openApp()
    const head = lines(`${start} HTTP/1.1`, `Content-Type: ${type}`, 'Content-Length: 100000000')
    const { answer, sentBytes, body } = await exchange(app, head, { chunk: CHUNK })
    expect(answer.split('\r\n')[0]).toContain(String(status))
    expect(answer).toMatch(/^connection: close/im)
    expect(body.code).toBe(code)
    // what fits into the buffers of two sockets
    expect(sentBytes).toBeLessThan(20e6)
  })

  it('is refused once it passes the limit where it does not say its length', async () => {
    const { app } = await openApp()
    const url = `/api/problems/x/jobs`
    const head = lines(`POST ${url} HTTP/1.1`, 'Content-Type: application/json', 'Transfer-Encoding: chunked')
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), CHUNK, Buffer.from('\r\n')])
    const { answer, sentBytes, body } = await exchange(app, head, { chunk })
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect([body.code, body.issues[0].remedy.length > 10]).toEqual(['body.tooLarge', true])
    expect(sentBytes).toBeLessThan(20e6)
  })
})

describe('a slow client', () => {
  const limits = { headersMs: 200, requestMs: 400 }
  it.each([
    ['headers', lines('GET /api/problems HTTP/1.1').slice(0, -2), 'x'],
    ['body', lines('POST /api/problems HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 5000'), ' '],
  ])('that drips its %s is told so and cut off', async (_, head, drop) => {
    const { app } = await openApp({ limits })
    const { answer, body } = await exchange(app, head, { chunk: Buffer.from(drop), everyMs: 20 })
    expect(answer).toMatch(/^HTTP\/1.1 408/)
    expect(body.code).toBe('request.tooSlow')
  })
})

describe('what is no request', () => {
  it.each([
    ['HELLO\r\n', 400, 'request.unreadable', /[가-힣]/],
    [lines('GET / HTTP/1.1', `X-Long: ${'x'.repeat(20_000)}`), 431, 'request.headersTooLarge', /headers/],
    [lines('GET / HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2'), 400, 'request.unreadable', /HTTP/],
    [lines('POST / HTTP/1.1', 'Transfer-Encoding: chunked', 'Content-Length: 2'), 400, 'request.unreadable', /HTTP/],
  ])('is answered in the shape of every refusal: %#', async (head, status, code, words) => {
    const { app } = await openApp()
    const { answer, body } = await exchange(app, head)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
    expect(body).toMatchObject({ code, issues: [{ code, path: '/' }] })
    expect(body.message).toMatch(words)
    expect(answer).toContain(`X-Request-Id: ${body.request}`)
  })
})

describe('event streams', () => {
  /** Sends until nobody listens; tells how much was ever kept for the client. */
  async function withFlood(limits: NonNullable<Parameters<typeof openApp>[0]>['limits']) {
    const { app } = await openApp({ limits: { heartbeatMs: 20, ...limits } })
    const ended = Promise.withResolvers<{ keptBytes: number; sentBytes: number }>()
    app.get('/api/flood', { sse: 'manual', config: { access: 'service.see' } }, async (_, reply) => {
      let keptBytes = 0
      let sentBytes = 0
      const data = { text: 'x'.repeat(50_000) }
      while (reply.sse.isConnected) {
        await reply.sse.send({ id: '1', event: 'progress', data })
        sentBytes += data.text.length
        keptBytes = Math.max(keptBytes, reply.raw.writableLength)
      }
      ended.resolve({ keptBytes, sentBytes })
    })
    app.get('/api/quiet', { config: { access: 'service.see' }, sse: 'manual' }, async (request, reply) => {
      await reply.sse.send({ data: 'open' })
      await once(request.raw, 'close')
    })
    return { app, ended: ended.promise }
  }
  const get = (path: string) => `${lines(`GET ${path} HTTP/1.1`)}\r\n`
  const openStreams = async (app: App) => /milkrun_streams (\d+)/.exec((await app.inject('/metrics')).body)?.[1]

  it('keeps little for a client that never reads, and lets it go after the limit', async () => {
    const { app, ended } = await withFlood({ stalledMs: 300 })
    const socket = await openSocket(app)
    // no listener for data: nothing is ever read
    socket.write(get('/api/flood'))
    const { keptBytes, sentBytes } = await ended
    expect(keptBytes).toBeLessThan(200_000)
    // that the client was fed until its buffers were full, and no further
    expect(sentBytes).toBeGreaterThan(100_000)
    expect(await openStreams(app)).toBe('0')
    socket.destroy()
  })

  it('keeps a quiet stream open for as long as its heartbeat is taken', async () => {
    const { app } = await withFlood({ stalledMs: 200 })
    const socket = await openSocket(app)
    socket.write(get('/api/quiet'))
    let beats = 0
    const many = Promise.withResolvers<void>()
    socket.on('data', (data) => {
      beats += String(data).split(': heartbeat').length - 1
      // 30 of 20 ms are three times the limit
      if (beats >= 30) many.resolve()
    })
    socket.on('close', () => many.reject(new Error('closed')))
    await many.promise
    expect(await openStreams(app)).toBe('1')
    socket.removeAllListeners('close').destroy()
  })

  it('are so many a client and no more, and one that is closed makes room', async () => {
    const { app } = await withFlood({ streams: 2, stalledMs: 5000 })
    const open = async () => {
      const socket = await openSocket(app)
      socket.write(get('/api/quiet'))
      const [data] = await once(socket, 'data')
      return { socket, status: String(data).slice(9, 12) }
    }
    const [first, second, third] = [await open(), await open(), await open()]
    expect([first.status, second.status, third.status]).toEqual(['200', '200', '429'])
    first.socket.destroy()
    await expect.poll(() => openStreams(app)).toBe('1')
    const fourth = await open()
    expect(fourth.status).toBe('200')
    for (const { socket } of [second, third, fourth]) socket.destroy()
  })
})

describe('limits', () => {
  it('are told, with those of every body', async () => {
    const { app } = await openApp({ limits: { requestsPerMinute: 77 } })
    const response = await app.inject('/api/limits')
    expectShape(LimitsSchema, response.json())
    expect(response.json()).toMatchObject({ requestsPerMinute: 77, headersS: 20, page: { usual: 50, most: 500 } })
    expect(response.json().bodies).toEqual(
      expect.arrayContaining([
        { method: 'POST', path: '/api/problems', bytes: 32 * 2 ** 20 },
        { method: 'POST', path: '/api/jobs/:id/stop', bytes: 2 ** 20 },
      ]),
    )
  })
})
