import { LimitsSchema } from '../api.ts'
import type { Limits } from '../limits.ts'
import { type App, PAGE, refusals } from './service.ts'

/** To be called before the routes whose limits it tells. */
export function limitRoutes(app: App, limits: Limits): void {
  const bodies: { method: string; path: string; bytes: number }[] = []
  app.addHook('onRoute', ({ url: path, method, bodyLimit }) => {
    for (const one of [method].flat())
      if (one === 'POST' || one === 'PUT' || one === 'PATCH')
        bodies.push({ method: one, path, bytes: bodyLimit ?? limits.bodyBytes })
  })
  app.get(
    '/api/limits',
    {
      config: { access: 'service.see' },
      schema: {
        summary: 'What one client may ask for',
        description:
          'Limits on requests hold for each account, key or, without one, address; every answer tells in RateLimit-Limit, ' +
          'RateLimit-Remaining and RateLimit-Reset (seconds) how much is left, and a refusal in Retry-After when to come back.',
        tags: ['service'],
        response: { 200: LimitsSchema, ...refusals },
      },
    },
    async () => ({
      requestsPerMinute: limits.requestsPerMinute,
      headerBytes: limits.headerBytes,
      headersS: limits.headersMs / 1000,
      requestS: limits.requestMs / 1000,
      stalledS: limits.stalledMs / 1000,
      streams: limits.streams,
      page: PAGE,
      bodies,
    }),
  )
}
