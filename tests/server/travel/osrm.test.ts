import { createServer } from 'node:net'
import type { FastifyReply } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import type { ServiceOptions } from '../../../server/travel/ask.ts'
import { osrmOverHttp } from '../../../server/travel/osrm.ts'
import { NO_WAY, ProviderError, type TravelPlace } from '../../../server/travel/provider.ts'
import { openFakeOsrm } from './fakeOsrm.ts'

const truck = { truck: '5t' } as const
/** On crossings of the fake, 0.01° apart. */
const row = (amount: number): TravelPlace[] =>
  Array.from({ length: amount }, (_, k) => ({ id: `p${k}`, lng: Number((126.6 + k / 100).toFixed(2)), lat: 35.1 }))

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
async function open(options: ServiceOptions = {}, fakeOptions: Parameters<typeof openFakeOsrm>[0] = {}) {
  const fake = await openFakeOsrm(fakeOptions)
  closing.push(fake.close)
  const provider = osrmOverHttp(fake.address, { backoffMs: 1, ...options })
  await provider.prepare?.()
  return { fake, provider }
}
const refusalOf = async (asked: Promise<unknown>): Promise<ProviderError> => {
  const error = await asked.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProviderError)
  return error as ProviderError
}

describe('OSRM over HTTP', () => {
  it('gives the times and metres of the service, rounded, and tolls as an estimate', async () => {
    const { provider } = await open()
    const [west, east] = row(2)
    // 0.01° × 91 km × 1.3 = 1,183.0 m; at 14 m/s 84.5 s westward, 10 % more = 92.95 → 93.0 s eastward (tenths), rounded up
    const { durationS, distanceM } = await provider.matrix([west!, east!], [west!, east!], truck)
    expect([...durationS]).toEqual([0, 93, 85, 0])
    expect([...distanceM]).toEqual([0, 1183, 1183, 0])
    expect([provider.estimated, provider.estimatedTolls]).toEqual([false, true])
  })

  it('asks a large table in parts that the service takes, whatever its limit is', async () => {
    const { fake, provider } = await open({}, { maxTable: 10 })
    const places = row(25)
    const { durationS, distanceM } = await provider.matrix(places, places, truck)
    for (let from = 0; from < 25; from++)
      for (let to = 0; to < 25; to++) {
        // in tenths: |to − from| × 1,183 m
        expect(distanceM[from * 25 + to]).toBe(Math.abs(to - from) * 1183)
        expect(durationS[from * 25 + to]! > 0).toBe(from !== to)
      }
    const sides = fake.asked
      .filter(({ path }) => path.startsWith('/table'))
      .map(({ query }) => query.sources!.split(';').length)
    expect(Math.max(...sides.slice(-4))).toBeLessThanOrEqual(10)
    // what it has learnt about the limit it keeps
    const before = fake.asked.length
    await provider.matrix(places.slice(0, 7), places.slice(0, 7), truck)
    expect(fake.asked.length).toBe(before + 1)
  })

  it('names the places without a road nearby, one the service cannot snap and one it would snap far away', async () => {
    const { provider } = await open()
    const [a, b] = row(2)
    const pole = { id: 'pole', lng: 127, lat: -75 }
    const jeju = { id: 'jeju', lng: 126.53, lat: 33.45 }
    const typo = { id: 'typo', lng: 1267.7, lat: 35.1 }
    const matrix = await provider.matrix([a!, pole, jeju, typo, b!], [b!, jeju], truck)
    expect(matrix.unreachable.from.map(({ index, id }) => [index, id])).toEqual([
      [1, 'pole'],
      [2, 'jeju'],
      [3, 'typo'],
    ])
    expect(matrix.unreachable.to.map(({ index, id }) => [index, id])).toEqual([[1, 'jeju']])
    expect([...matrix.distanceM]).toEqual([1183, NO_WAY, NO_WAY, NO_WAY, NO_WAY, 0, NO_WAY, NO_WAY, 0, NO_WAY])
  })

  it('has no way where no road leads, though both places have roads, and refuses a path there', async () => {
    const { provider } = await open()
    const [a] = row(1)
    const island = { id: 'island', lng: 127.5, lat: 35.1 }
    const matrix = await provider.matrix([a!, island], [a!, island], truck)
    expect(matrix.unreachable).toEqual({ from: [], to: [] })
    expect([...matrix.durationS]).toEqual([0, NO_WAY, NO_WAY, 0])
    expect([...matrix.tollKrw]).toEqual([0, NO_WAY, NO_WAY, 0])
    expect((await refusalOf(provider.path([a!, island], truck))).places.map(({ id }) => id)).toEqual(['island'])
  })

  it('learns anew which data the service has, so that its key follows', async () => {
    const fake = await openFakeOsrm()
    closing.push(fake.close)
    let nowMs = 0
    const provider = osrmOverHttp(fake.address, { nowMs: () => nowMs })
    expect(() => provider.key(truck)).toThrow(ProviderError)
    await provider.prepare?.()
    expect(provider.key(truck)).toContain(':undated:')
    fake.publish('2026-11-15')
    await provider.prepare?.()
    expect(provider.key(truck)).toContain(':undated:')
    nowMs += 61_000
    await provider.prepare?.()
    expect(provider.key(truck)).toContain(':2026-11-15:')
  })

  const places = row(3)
  const good = { code: 'Ok', sources: places.map(at), destinations: places.map(at) }
  function at({ lng, lat }: TravelPlace) {
    return { location: [lng, lat] }
  }
  const square = [1, 2, 3].map(() => [0, 5, 5])
  const ways: [string, (reply: FastifyReply) => unknown, RegExp][] = [
    [
      'half an answer',
      (reply) => reply.type('application/json').send('{"code":"Ok","durations":[[0,1'),
      /no JSON, or half/,
    ],
    [
      'a row too few',
      (reply) => reply.send({ ...good, durations: square.slice(1), distances: square }),
      /\/durations: 2 rows for 3 places/,
    ],
    [
      'a cell too few',
      (reply) => reply.send({ ...good, durations: square, distances: [[0, 1], ...square.slice(1)] }),
      /\/distances\/0: 2 cells for 3 places/,
    ],
    [
      'a text in a cell',
      (reply) => reply.send({ ...good, durations: [['0', 1, 2], ...square.slice(1)], distances: square }),
      /\/durations\/0\/0/,
    ],
    [
      'a negative time',
      (reply) => reply.send({ ...good, durations: [[0, -5, 2], ...square.slice(1)], distances: square }),
      /\/durations\/0\/1/,
    ],
    [
      'a time without metres',
      (reply) => reply.send({ ...good, durations: square, distances: [[0, null, 5], ...square.slice(1)] }),
      /\/durations\/0\/1 and .* one is null/,
    ],
    ['no metres at all', (reply) => reply.send({ ...good, durations: square }), /distances/],
    ['a web page', (reply) => reply.type('text/html').send('<h1>nginx</h1>'), /text\/html.*nginx/],
    ['a redirect', (reply) => reply.redirect('https://elsewhere.test/table'), /redirects: HTTP 302/],
    [
      'an answer too large to be one',
      (reply) => reply.type('application/json').send(' '.repeat(300_000)),
      /larger than 1 MB/,
    ],
    [
      'a refusal',
      (reply) => reply.code(400).send({ code: 'InvalidQuery', message: 'Query string malformed' }),
      /InvalidQuery: Query string malformed/,
    ],
  ]
  it.each(ways)('tells %s for what it is, with the service and the request', async (_, fault, words) => {
    const { fake, provider } = await open({ maxBytes: 200_000 })
    fake.faults.push(fault)
    const { message, words: told } = await refusalOf(provider.matrix(places, places, truck))
    expect(message).toMatch(words)
    for (const text of [told.ko, told.en]) expect(text).toContain(`osrm http://${fake.address.host}, `)
    expect(told.en).toContain('a table from 3 to 3 places')
    expect(told.ko).toContain('3곳에서 3곳으로 가는 이동시간 표')
  })

  it('gets over failures that pass: 5xx and a cut connection', async () => {
    const { fake, provider } = await open()
    fake.faults.push(
      (reply) => reply.code(500).send('oops'),
      (reply) => reply.code(503).header('retry-after', '0').send(),
      (reply) => reply.raw.destroy(),
    )
    expect((await provider.matrix(places, places, truck)).distanceM[1]).toBe(1183)
  })

  it('gives up on a service that does not answer, and on one that is not there', async () => {
    const { fake } = await open()
    const provider = osrmOverHttp(fake.address, { timeoutMs: 50 })
    fake.faults.push(async (reply) => {
      await new Promise((resolve) => reply.raw.once('close', resolve))
      reply.hijack()
    })
    expect((await refusalOf(provider.matrix(places, places, truck))).message).toContain('no answer within 0.1 s')

    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    const dead = osrmOverHttp(new URL(`http://127.0.0.1:${port}`), { backoffMs: 1 })
    expect((await refusalOf(dead.prepare!())).message).toContain('ECONNREFUSED')
    expect((await refusalOf(dead.matrix(places, places, truck))).message).toContain('the version of its data')
  })
})
