/** Valhalla behind an address: the same questions as in process, asked as JSON by POST. */
import { Type } from 'typebox'
import { openService, type RoadService, type ServiceOptions } from '../ask.ts'
import { Fault } from '../fault.ts'
import { preparedProvider } from '../prepared.ts'
import type { TravelPlace, TravelProvider, Words } from '../provider.ts'
import { type ValhallaAction, type ValhallaActor, ValhallaRefusal } from './actor.ts'
import { LICENCE } from './manifest.ts'
import { valhallaProvider } from './provider.ts'

/** What a Valhalla allows that nobody has configured: `service_limits.truck.max_matrix_location_pairs`. */
const MAX_PAIRS = 2500
const MAX_ORIGINS = 25
/** Of a whole table: where tolls have to be looked at pair by pair it takes thousands of questions. */
const TABLE_MS = 15 * 60_000

const StatusSchema = Type.Object({
  version: Type.String(),
  /** Seconds since 1970. */
  tileset_last_modified: Type.Optional(Type.Number()),
})

const size = (list: unknown): number => (Array.isArray(list) ? list.length : 0)

/** What is asked, for a person. */
function inShort(action: ValhallaAction, request: object): Words {
  const { sources, targets, locations, shape } = request as Record<string, unknown>
  const [from, to] = [size(sources), size(targets)]
  const places = size(locations) || size(shape)
  switch (action) {
    case 'sources_to_targets':
      return { ko: `${from}곳에서 ${to}곳으로 가는 이동시간 표`, en: `a table from ${from} to ${to} places` }
    case 'route':
      return { ko: `${places}곳을 잇는 길`, en: `a path along ${places} stops` }
    case 'locate':
      return { ko: `${places}곳에서 가까운 도로`, en: `the roads near ${places} places` }
    case 'trace_attributes':
      return { ko: '길의 도로 종류', en: 'the kinds of roads on a path' }
    case 'status':
      return { ko: '자료의 판', en: 'the version of its data' }
  }
}

function onRefusal(status: number, body: unknown): Error {
  const { error, error_code } = (body ?? {}) as { error?: unknown; error_code?: unknown }
  if (typeof error === 'string' && typeof error_code === 'number') return new ValhallaRefusal(error)
  return Fault.refused(status, JSON.stringify(body))
}

const actorOver = (service: RoadService): ValhallaActor => ({
  ask: async (action, request, signal) =>
    await service.request(
      inShort(action, request),
      signal,
      async (ask) => await ask({ path: action, body: request, schema: Type.Unknown(), onRefusal }),
    ),
})

export interface ValhallaHttpOptions extends ServiceOptions {
  readonly nowMs?: () => number
}

export function valhallaOverHttp(address: URL, { nowMs, ...options }: ValhallaHttpOptions = {}): TravelProvider {
  const service = openService('valhalla', address, options)
  const { name } = service
  const about = { kind: 'valhalla', licence: LICENCE } as const
  return preparedProvider({
    name,
    estimated: false,
    cacheable: true,
    byHour: 'tolls',
    about,
    state: service.state,
    ...(nowMs && { nowMs }),
    async learn(signal) {
      const { version, tileset_last_modified: builtS } = await service.request(
        inShort('status', {}),
        signal,
        async (ask) => await ask({ path: 'status', body: {}, schema: StatusSchema, onRefusal: refusedStatus }),
      )
      const built = builtS ? new Date(builtS * 1000).toISOString() : undefined
      const provider = valhallaProvider({
        name,
        version: `${version}:${built ?? 'undated'}`,
        actor: actorOver(service),
        hasExpressways: true,
        maxOrigins: MAX_ORIGINS,
        maxPairs: MAX_PAIRS,
      })
      const table = (from: readonly TravelPlace[], to: readonly TravelPlace[]) =>
        inShort('sources_to_targets', { sources: from, targets: to })
      return {
        ...provider,
        about: () => ({ ...about, ...(built && { dataDate: built.slice(0, 10) }) }),
        matrix: async (from, to, profile, signal) =>
          await service.request(
            table(from, to),
            signal,
            async (_, over) => await provider.matrix(from, to, profile, over),
            TABLE_MS,
          ),
        path: async (stops, profile, signal) =>
          await service.request(
            inShort('route', { locations: stops }),
            signal,
            async (_, over) => await provider.path(stops, profile, over),
            TABLE_MS,
          ),
      }
    },
  })
}

const refusedStatus = (status: number, body: unknown): Error => Fault.refused(status, JSON.stringify(body))
