import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceOptions } from '../../../server/travel/ask.ts'
import { ProviderError } from '../../../server/travel/provider.ts'
import { openRoads } from '../../../server/travel/sources.ts'
import { buildRoads } from '../../../server/travel/valhalla/build.ts'
import { valhallaOverHttp } from '../../../server/travel/valhalla/overHttp.ts'
import { contract, JEJU, PLACES } from './contract.ts'
import { drawStreets, engineMissing, openValhallaService } from './valhallaService.ts'
import { writePbf } from './writePbf.ts'

const missing = engineMissing()
if (missing) console.warn(`Valhalla behind a loopback server is not tested here: ${missing}`)
const truck = { truck: '5t' } as const

describe.skipIf(missing)('with the engine', () => {
  contract('Valhalla over HTTP', async () => {
    const service = await openValhallaService()
    return {
      provider: valhallaOverHttp(service.address),
      places: PLACES,
      lost: JEJU,
      truck: '5t',
      onOtherData: async () => {
        service.faults.push((reply) => reply.send({ version: '3.6.1', tileset_last_modified: 1_700_000_000 }))
        return valhallaOverHttp(service.address)
      },
      close: service.close,
    }
  })

  contract('Valhalla in process', async () => {
    const service = await openValhallaService()
    const choice = { roads: undefined, folder: service.folder, fallback: undefined }
    return {
      // what has been built is taken without being asked for
      provider: await openRoads(choice, 'en'),
      places: PLACES,
      lost: JEJU,
      truck: '5t',
      onOtherData: async () => {
        const { points, streets } = drawStreets()
        const file = writePbf(join(service.folder, 'other.osm.pbf'), { points, streets: streets.slice(1) })
        await buildRoads(file, service.folder, { now: () => new Date() })
        return await openRoads({ ...choice, roads: `valhalla:${service.folder}` }, 'en')
      },
      close: service.close,
    }
  })

  describe('Valhalla over HTTP', () => {
    let service: Awaited<ReturnType<typeof openValhallaService>>
    beforeAll(async () => {
      service = await openValhallaService()
    })
    afterAll(async () => await service.close())
    const open = async (options: ServiceOptions = {}) => {
      const provider = valhallaOverHttp(service.address, { backoffMs: 1, ...options })
      await provider.prepare?.()
      return provider
    }
    const [a, b] = [PLACES[0]!, PLACES[3]!]

    it('finds the expressway on the way, and its toll', async () => {
      const { expresswayM, distanceM, tollKrw } = await (await open()).matrix([a], [b], truck)
      expect(expresswayM[0]).toBeGreaterThan(20_000)
      expect(expresswayM[0]).toBeLessThan(distanceM[0]!)
      expect(tollKrw[0]).toBeGreaterThan(900)
    })

    it('tells whose data it answers from, and of when', async () => {
      expect((await open()).about?.()).toMatchObject({
        kind: 'valhalla',
        licence: '© OpenStreetMap contributors, ODbL',
        dataDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      })
    })

    const refuse = (status: number, error: string) => (reply: FastifyReply) =>
      reply.code(status).send({ error_code: 100, error, status_code: status, status: '' })
    const ways: [string, (reply: FastifyReply) => unknown, RegExp][] = [
      [
        'half an answer',
        (reply) => reply.type('application/json').send('[{"edges":'),
        /the roads near 2 places: .*half/,
      ],
      ['another shape', (reply) => reply.send({ edges: [] }), /its answer to locate has not the shape/],
      ['a web page', (reply) => reply.type('text/html').send('<p>'), /no JSON/],
      ['a redirect', (reply) => reply.redirect('http://elsewhere.test/'), /redirects/],
      [
        'a limit',
        refuse(400, 'Exceeded max locations: 20'),
        /refuses locate: Exceeded max locations: 20; raise this limit/,
      ],
      ['an action that it lacks', refuse(404, "Try any of: '/route'"), /refuses locate: Try any of/],
    ]
    it.each(ways)('tells %s for what it is, with the service and the request', async (_, fault, words) => {
      const provider = await open()
      service.faults.push(fault)
      const error = await provider.matrix([a], [b], truck).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(ProviderError)
      expect((error as ProviderError).message).toMatch(words)
      expect((error as ProviderError).message).toContain(`valhalla http://${service.address.host}`)
    })

    it('gets over failures that pass', async () => {
      const provider = await open()
      service.faults.push(refuse(503, 'busy'), (reply) => reply.raw.destroy())
      expect((await provider.matrix([a], [b], truck)).durationS[0]).toBeGreaterThan(0)
    })

    it('gives up on a service that does not answer', async () => {
      const provider = await open({ timeoutMs: 40, retries: 0 })
      service.faults.push(async (reply) => {
        await new Promise((resolve) => reply.raw.once('close', resolve))
        reply.hijack()
      })
      const error = await provider.matrix([a], [b], truck).catch((reason: unknown) => reason)
      expect((error as ProviderError).message).toContain('no answer within 0.1 s')
    })
  })
})
