import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../server/metrics.ts'
import { addProblem, expectRefusal, openApp } from './openApp.ts'

describe('readiness', () => {
  it('needs the database, which being alive does not', async () => {
    const { app } = await openApp()
    expect((await app.inject('/ready')).statusCode).toBe(200)
    const lost = {
      as: () => ({ scope: { actor: 'local', complexes: 'all' } }),
      ping: () => Promise.reject(new Error()),
    }
    const without = (await openApp({ store: lost as never })).app
    const response = await without.inject('/ready')
    expect(expectRefusal(response, 503)).toMatchObject({ code: 'service.notReady', retryAfterS: 5 })
    expect(response.headers['retry-after']).toBe('5')
    expect((await without.inject('/health')).statusCode).toBe(200)
  })

  it('refuses in the shape of every refusal while the service is being closed', async () => {
    const { app } = await openApp()
    let address = ''
    const answers = Promise.withResolvers<Response[]>()
    // while the last requests are being finished, others still come in
    app.addHook('preClose', async () => {
      answers.resolve(await Promise.all(['/ready', '/api/problems', '/health'].map((path) => fetch(address + path))))
    })
    address = await app.listen({ host: '127.0.0.1', port: 0 })
    const closing = app.close()
    for (const answer of await answers.promise) {
      expect([answer.status, answer.headers.get('connection')]).toEqual([503, 'close'])
      expect(await answer.json()).toMatchObject({ code: 'service.notReady', retryAfterS: 5 })
    }
    await closing
  })
})

describe('metrics', () => {
  it('count requests by route and jobs by state, and name nobody', async () => {
    const { app } = await openApp()
    const id = await addProblem(app)
    await app.inject(`/api/problems/${id}`)
    await app.inject('/api/problems/none')
    await app.inject('/api/nothing/at/all')
    const job = await app.inject({ method: 'POST', url: `/api/problems/${id}/jobs`, payload: { seconds: 60 } })
    const text = (await app.inject('/metrics')).body
    expect(text).toContain('milkrun_request_seconds_count{method="GET",route="/api/problems/:id",status="200"} 1')
    expect(text).toContain('milkrun_request_seconds_count{method="GET",route="/api/problems/:id",status="404"} 1')
    expect(text).toContain('milkrun_request_seconds_count{method="GET",route="none",status="404"} 1')
    expect(text).toMatch(/milkrun_jobs\{state="(queued|running)"\} 1/)
    for (const secret of [id, job.json().id, 'gwangju', 'nothing/at']) expect(text).not.toContain(secret)
  })

  it('are for the computer of the service only', async () => {
    const { app } = await openApp({ host: '0.0.0.0' })
    for (const [remoteAddress, headers] of [
      ['192.168.0.9', {}],
      ['127.0.0.1', { 'x-forwarded-for': '192.168.0.9' }],
      ['127.0.0.1', { forwarded: 'for=192.168.0.9' }],
    ] as const)
      expectRefusal(await app.inject({ url: '/metrics', remoteAddress, headers }), 403)
    expect((await app.inject({ url: '/metrics', remoteAddress: '::ffff:127.0.0.1' })).statusCode).toBe(200)
  })

  it('time the statements of the database', async () => {
    const metrics = createMetrics({ process: true })
    metrics.queried(4, false)
    metrics.queried(700, true)
    const text = await metrics.render({ jobs: {}, deliveries: {} })
    expect(text).toContain('milkrun_database_seconds_bucket{le="0.005"} 1')
    expect(text).toContain('milkrun_database_failures_total 1')
    expect(text).toMatch(/nodejs_eventloop_lag_seconds/)
    expect(text).toMatch(/process_resident_memory_bytes/)
  })
})

describe('the log', () => {
  it('has one line a request, with its id, route, status and actor, and nothing that was sent', async () => {
    const stream = new PassThrough()
    const { app } = await openApp({ logger: { level: 'trace', stream } })
    const headers = { 'x-request-id': 'abc-12345', authorization: 'Bearer hush', cookie: 'session=hush' }
    await app.inject({ url: '/api/problems?token=hush&limit=0', headers })
    await app.inject({ method: 'POST', url: '/api/problems', payload: { hush: 'hush' }, headers })
    await app.inject({ url: '/api/problems/hush', headers })
    const text = String(stream.read())
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(text).not.toContain('hush')
    expect(lines).toMatchObject([
      {
        msg: 'answered',
        request: 'abc-12345',
        route: '/api/problems',
        status: 400,
        actor: 'local',
        code: 'request.shape',
      },
      { msg: 'answered', method: 'POST', route: '/api/problems', status: 422, code: 'problem.faults' },
      { msg: 'answered', method: 'GET', route: '/api/problems/:id', status: 404, code: 'problem.unknown' },
    ])
    for (const { durationMs } of lines) expect(durationMs).toBeGreaterThanOrEqual(0)
  })
})
