import { GeoJsonSchema } from '../api.ts'
import { trunkRoads } from '../travel/trunkNetwork.ts'
import { type App, refusals } from './service.ts'

export function roadRoutes(app: App): void {
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
}
