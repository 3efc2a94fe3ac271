import { GeoJsonSchema, type Roads, RoadsSchema } from '../api.ts'
import { localeOf } from '../errors.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { trunkRoads } from '../travel/trunkNetwork.ts'
import { type App, refusals } from './service.ts'

export function roadRoutes(app: App, provider: TravelProvider): void {
  let text: string | undefined
  app.get(
    '/api/roads',
    {
      config: { access: 'map.read' },
      schema: { summary: 'Trunk roads for the map', tags: ['plans'], response: { 200: GeoJsonSchema, ...refusals } },
    },
    async (_, reply) => {
      text ??= JSON.stringify(trunkRoads())
      // part of the program: it changes with the version only
      return reply
        .header('cache-control', 'public, max-age=3600')
        .type('application/json; charset=utf-8')
        .send(text as never)
    },
  )

  app.get(
    '/api/roads/source',
    {
      config: { access: 'map.read' },
      schema: {
        summary: 'The roads that plans are made on, whose data it is, and how they do',
        tags: ['plans'],
        response: { 200: RoadsSchema, ...refusals },
      },
    },
    async ({ headers }): Promise<Roads> => {
      const { name, estimated, estimatedTolls = estimated, fallback } = provider
      const { kind, licence, dataDate } = provider.about?.() ?? { kind: 'trunk' }
      const { state, why } = provider.state?.() ?? { state: 'good' }
      return {
        source: name,
        kind,
        estimated,
        estimatedTolls,
        ...(licence !== undefined && { licence }),
        ...(dataDate !== undefined && { dataDate }),
        fallback: fallback !== undefined,
        state,
        ...(why && { why: why[localeOf(headers['accept-language'])] }),
      }
    },
  )
}
