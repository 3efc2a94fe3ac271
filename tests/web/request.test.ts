/** What the page asks of a service that is held up. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { request, ServiceError } from '../../web/service/client.ts'

const answers: Response[] = []
const refusal = (status: number, code: string) =>
  new Response(JSON.stringify({ code, message: code, issues: [] }), { status })

describe('request', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('document', { documentElement: { lang: 'ko' } })
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => answers.shift()!),
    )
  })
  afterEach(() => {
    answers.length = 0
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  /** What it comes to, and how often was asked. */
  const outcome = async () => {
    const told = request('/plans', { method: 'POST', body: { a: 1 } }).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    return [await told, vi.mocked(fetch).mock.calls.length] as const
  }

  it('is sent again while the service is busy, the same each time', async () => {
    answers.push(refusal(503, 'service.busy'), refusal(503, 'service.busy'), new Response('{"id":"p"}'))
    expect(await outcome()).toEqual([{ id: 'p' }, 3])
    const sent = vi.mocked(fetch).mock.calls.map(([, init]) => init!.body)
    expect(new Set(sent)).toEqual(new Set(['{"a":1}']))
  })

  it('is told as refused after some tries', async () => {
    answers.push(...Array.from({ length: 9 }, () => refusal(503, 'service.busy')))
    const [error, times] = await outcome()
    expect(error).toBeInstanceOf(ServiceError)
    expect(error).toMatchObject({ status: 503, code: 'service.busy' })
    expect(times).toBe(5)
  })

  it.each([
    [503, 'service.closing'],
    [422, 'problem.faults'],
  ])('is not sent again for %d %s', async (status, code) => {
    answers.push(refusal(status, code))
    expect(await outcome()).toEqual([expect.objectContaining({ status, code }), 1])
  })
})
