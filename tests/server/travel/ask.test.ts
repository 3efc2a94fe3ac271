import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openService, type ServiceOptions } from '../../../server/travel/ask.ts'
import { ProviderError } from '../../../server/travel/provider.ts'

const WHAT = { ko: '3곳의 표', en: 'a table of 3 places' }
const schema = Type.Object({ rows: Type.Array(Type.Number()) })
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
const refused = () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }))

/** Gives these answers in turn, the last again and again; counts what was asked. */
function answering(...answers: ((signal: AbortSignal) => Response | Promise<Response>)[]) {
  const asked: Request[] = []
  const fetcher = async (input: string | URL | Request, init?: RequestInit) => {
    asked.push(new Request(input, init))
    return await answers[Math.min(asked.length, answers.length) - 1]!(init!.signal!)
  }
  return { fetch: fetcher as typeof fetch, asked }
}

const open = (fetcher: typeof fetch, options: ServiceOptions = {}) =>
  openService('osrm', new URL('http://me:secret@roads.test:5000/kr?key=hidden'), {
    fetch: fetcher,
    random: () => 1,
    ...options,
  })
const request = async (service: ReturnType<typeof open>, signal?: AbortSignal) =>
  await service.request(WHAT, signal, async (ask) => await ask({ path: 'table', schema }))

/** Lets time pass until the request is over. */
async function outcome(asked: Promise<unknown>): Promise<{ value?: unknown; error?: ProviderError }> {
  const settled = asked.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error as ProviderError }),
  )
  await vi.runAllTimersAsync()
  return await settled
}

describe('asking a road service', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('sends credentials as a header and keys in the query, and shows neither', async () => {
    const { fetch, asked } = answering(() => json({ rows: [] }, 403))
    const { error } = await outcome(request(open(fetch)))
    expect(asked[0]!.url).toBe('http://roads.test:5000/kr/table?key=hidden')
    expect(asked[0]!.headers.get('authorization')).toBe(`Basic ${btoa('me:secret')}`)
    expect(error).toBeInstanceOf(ProviderError)
    expect(error!.provider).toBe('osrm http://roads.test:5000/kr')
    expect(error!.words.en).toContain(
      'osrm http://roads.test:5000/kr, a table of 3 places: it refuses the request: HTTP 403',
    )
    expect(error!.words.ko).toContain('osrm http://roads.test:5000/kr, 3곳의 표: 요청을 받지 않습니다: HTTP 403')
    expect(JSON.stringify([error!.message, error!.words])).not.toMatch(/secret|hidden/)
  })

  it('asks again after a network error or 5xx, each time later, and gives what it got in the end', async () => {
    const { fetch, asked } = answering(
      refused,
      () => json('', 502),
      () => json('', 500),
      () => json({ rows: [7] }),
    )
    const times: number[] = []
    const start = Date.now()
    const timed: typeof fetch = async (...call) => {
      times.push(Date.now() - start)
      return await fetch(...call)
    }
    expect((await outcome(request(open(timed)))).value).toEqual({ rows: [7] })
    // waits of 500, 1,000 and 2,000 ms at most, the random part being all of it here
    expect(times).toEqual([0, 500, 1500, 3500])
    expect(asked.length).toBe(4)
  })

  it('waits as long as a busy service asks for, but does not press one that does not say', async () => {
    const polite = answering(
      () => json('', 429, { 'retry-after': '3' }),
      () => json({ rows: [] }),
    )
    const start = Date.now()
    expect((await outcome(request(open(polite.fetch)))).value).toEqual({ rows: [] })
    expect(Date.now() - start).toBeGreaterThanOrEqual(3000)
    expect(polite.asked.length).toBe(2)

    const mute = answering(() => json('', 429))
    expect((await outcome(request(open(mute.fetch)))).error!.words.en).toContain('HTTP 429')
    expect(mute.asked.length).toBe(1)

    const long = answering(() => json('', 503, { 'retry-after': '3600' }))
    expect((await outcome(request(open(long.fetch)))).error!.words.en).toContain('asks to wait 3600 s')
    expect(long.asked.length).toBe(1)
  })

  it.each([
    [
      'a redirect',
      () => json('', 302, { location: 'https://u:p@else.test/x?token=1' }),
      /redirects: HTTP 302 \(“https:\/\/else.test\/x”\)/,
    ],
    [
      'a web page',
      () => json('<html>welcome</html>', 200, { 'content-type': 'text/html' }),
      /no JSON.*text\/html.*welcome/,
    ],
    ['half an answer', () => json('{"rows":[1,2'), /no JSON, or half of one/],
    ['NaN in an answer', () => json('{"rows":[NaN]}'), /no JSON/],
    ['a wrong shape', () => json({ rows: [1, null] }), /wrong shape: \/rows\/1 must be number/],
    ['nothing', () => json(''), /no JSON/],
    ['an answer that never ends', () => json(`{"rows":[${'1,'.repeat(2000)}1]}`), /larger than 1 MB/],
  ])('tells %s for what it is, and does not ask again', async (_, answer, words) => {
    const { fetch, asked } = answering(answer)
    const { error } = await outcome(request(open(fetch, { maxBytes: 1000 })))
    expect(error).toBeInstanceOf(ProviderError)
    expect(error!.message).toMatch(words)
    expect(error!.words.ko).toMatch(/[가-힣]/)
    expect(asked.length).toBe(1)
  })

  const silent = async (signal: AbortSignal) =>
    await new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

  it('gives up on a silent service when the time of a try is over', async () => {
    const { fetch, asked } = answering(silent)
    const start = Date.now()
    const { error } = await outcome(request(open(fetch, { timeoutMs: 4000 })))
    expect(error!.message).toContain('no answer within 4 s')
    expect(Date.now() - start).toBe(4000)
    // it would be as slow again, and have more to do
    expect(asked.length).toBe(1)
  })

  it('ends all tries and questions of a request at one deadline, and says what was wrong last', async () => {
    const { fetch } = answering(() => json('', 503, { 'retry-after': '9' }))
    const start = Date.now()
    const asked = request(open(fetch, { deadlineMs: 20_000, retries: 50, failuresToOpen: 100 }))
    const { error } = await outcome(asked)
    expect(error!.message).toContain('given up after 20 s in all')
    expect(error!.message).toContain('HTTP 503')
    expect(Date.now() - start).toBeGreaterThanOrEqual(20_000)
  })

  it('ends what is asked within a request at the deadline of the whole', async () => {
    const { fetch, asked } = answering(async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000))
      return json({ rows: [] })
    })
    const service = open(fetch)
    const start = Date.now()
    const whole = service.request(
      { ko: '모두', en: 'all of it' },
      undefined,
      async (_, over) => {
        for (;;) await request(service, over)
      },
      10_000,
    )
    const { error } = await outcome(whole)
    expect(error!.message).toContain('all of it: given up after 10 s in all')
    expect(Date.now() - start).toBeLessThan(13_001)
    expect(asked.length).toBe(4)
  })

  it('stops waiting the moment it is aborted, between two tries too', async () => {
    const gone = new AbortController()
    const reason = new Error('stopped')
    const { fetch, asked } = answering(refused)
    const waiting = request(open(fetch, { backoffMs: 3_600_000 }), gone.signal)
    const settled = waiting.catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10)
    gone.abort(reason)
    expect(await settled).toBe(reason)
    expect(asked.length).toBe(1)
  })

  it('leaves a service alone that keeps failing, says so at once, and tries one question when it has rested', async () => {
    let well = false
    const { fetch, asked } = answering(() => (well ? json({ rows: [1] }) : json('', 500)))
    const service = open(fetch, { retries: 0, failuresToOpen: 3, openMs: 60_000 })
    for (let k = 0; k < 3; k++) await outcome(request(service))
    expect(service.state()).toMatchObject({ state: 'resting', why: { en: expect.stringContaining('HTTP 500') } })
    const { error } = await outcome(request(service))
    expect(asked.length).toBe(3)
    expect(error!.message).toContain('left alone for 60 s; last: it answers HTTP 500')

    well = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await outcome(request(service))).value).toEqual({ rows: [1] })
    expect(service.state()).toEqual({ state: 'good' })
  })

  it('does not take a refusal for an illness', async () => {
    const { fetch, asked } = answering(() => json({}, 400))
    const service = open(fetch, { failuresToOpen: 2 })
    for (let k = 0; k < 5; k++) await outcome(request(service))
    expect(asked.length).toBe(5)
    expect(service.state()).toEqual({ state: 'good' })
  })

  it('lets a bug of the caller through as it is', async () => {
    const { fetch } = answering(() => json({ rows: [] }))
    const bug = new TypeError('not a function')
    const asked = open(fetch).request(WHAT, undefined, async () => await Promise.reject(bug))
    expect((await outcome(asked)).error).toBe(bug)
  })
})
