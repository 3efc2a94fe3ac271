import type { FastifyReply } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceOptions } from '../../../server/travel/ask.ts'
import { ProviderError } from '../../../server/travel/provider.ts'
import { valhallaOverHttp } from '../../../server/travel/valhalla/overHttp.ts'
import { PLACES } from './contract.ts'
import { edgeAt, openFakeValhalla } from './fakeValhalla.ts'

const truck = { truck: '5t' } as const
const [a, b] = [PLACES[0]!, PLACES[3]!]

describe('Valhalla over HTTP', () => {
  let service: Awaited<ReturnType<typeof openFakeValhalla>>
  beforeAll(async () => {
    service = await openFakeValhalla()
  })
  afterAll(async () => await service.close())
  afterEach(() => {
    service.faults.length = 0
  })
  const open = async (options: ServiceOptions = {}) => {
    const provider = valhallaOverHttp(service.address, { backoffMs: 1, ...options })
    await provider.prepare?.()
    return provider
  }

  const refuse = (status: number, error: string) => (reply: FastifyReply) =>
    reply.code(status).send({ error_code: 100, error, status_code: status, status: '' })
  const answer = (body: unknown) => (reply: FastifyReply) => reply.send(body)
  const near = edgeAt({ lon: 126.8, lat: 35.1 }, 5)
  const located = answer([{ edges: [near] }, { edges: [near] }])
  const ways: [string, ((reply: FastifyReply) => unknown)[], RegExp][] = [
    [
      'half an answer',
      [(reply) => reply.type('application/json').send('[{"edges":')],
      /the roads near 2 places: .*half/,
    ],
    ['another shape', [answer({ edges: [] })], /its answer to locate has not the shape/],
    ['a place too few', [answer([{ edges: [near] }])], /its answer to locate has not the shape/],
    [
      'a table of another size',
      [located, answer({ sources_to_targets: { durations: [], distances: [] } })],
      /sources_to_targets has not the shape/,
    ],
    ['a web page', [(reply) => reply.type('text/html').send('<p>')], /no JSON/],
    ['a redirect', [(reply) => reply.redirect('http://elsewhere.test/')], /redirects/],
    [
      'a limit',
      [refuse(400, 'Exceeded max locations: 20')],
      /refuses locate: Exceeded max locations: 20; raise this limit/,
    ],
    ['an action that it lacks', [refuse(404, "Try any of: '/route'")], /refuses locate: Try any of/],
    [
      'an answer too large to be one',
      [(reply) => reply.type('application/json').send(' '.repeat(300_000))],
      /larger than 1 MB/,
    ],
  ]
  it.each(ways)('tells %s for what it is, with the service and the request', async (_, faults, words) => {
    const provider = await open({ maxBytes: 200_000 })
    service.faults.push(...faults)
    const error = await provider.matrix([a], [b], truck).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ProviderError)
    expect((error as ProviderError).message).toMatch(words)
    expect((error as ProviderError).message).toContain(`valhalla http://${service.address.host}`)
    expect(service.faults).toEqual([])
  })

  it('gets over failures that pass', async () => {
    const provider = await open()
    service.faults.push(refuse(503, 'busy'), (reply) => reply.raw.destroy())
    expect((await provider.matrix([a], [b], truck)).durationS[0]).toBeGreaterThan(0)
  })

  it('gives up on a service that does not answer, and says what it was asked in both languages', async () => {
    const provider = valhallaOverHttp(service.address, { timeoutMs: 40 })
    service.faults.push(async (reply) => {
      await new Promise((resolve) => reply.raw.once('close', resolve))
      reply.hijack()
    })
    const error = await provider.matrix([a], [b], truck).catch((reason: unknown) => reason)
    const { words } = error as ProviderError
    expect(words.en).toContain('the version of its data: no answer within 0.1 s')
    expect(words.ko).toContain('자료의 판: 0.1초 안에 답이 없습니다')
    expect(provider.state?.().state).toBe('failing')
  })

  it('is no Valhalla where its status is none', async () => {
    service.faults.push(answer({ code: 'InvalidUrl' }))
    await expect(open()).rejects.toThrow(/the version of its data: its answer has the wrong shape/)
  })
})
