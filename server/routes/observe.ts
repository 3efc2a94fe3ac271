/** What is known of each request afterwards: its id, one line in the log, its time in the metrics. No bodies, no addresses with their query. */
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Metrics } from '../metrics.ts'
import { newId } from '../store/ids.ts'
import type { App } from './service.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the refusal that was answered. */
    refusal?: string
  }
}

/** The caller's own, so that both logs can be read together; a new one where it is none that fits a log. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{8,100}$/.test(given) ? given : newId()
}

/** The pattern of the route: an address would give away ids, and each would be a series of its own. */
const routeOf = ({ is404, routeOptions }: FastifyRequest): string => (is404 ? 'none' : (routeOptions.url ?? 'none'))

export function observeRequests(app: App, metrics: Metrics): void {
  // before any hook can refuse
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = routeOf(request)
    const { statusCode: status, elapsedTime } = reply
    metrics.answered({ method, route, status, elapsedS: elapsedTime / 1000 })
    const line = {
      method,
      route,
      status,
      durationMs: Math.round(elapsedTime * 10) / 10,
      actor: request.store?.scope.actor,
      ...(request.refusal !== undefined && { code: request.refusal }),
    }
    request.log.info(line, 'answered')
  })
}
