/** Bounds on event streams, for every route that has one: how many a client may hold open, and how long one may go unread. */
import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Metrics } from '../metrics.ts'
import type { App } from './service.ts'

/** Whom limits count: an account or key, or the address of those who have none. */
export const clientOf = ({ store, ip }: FastifyRequest): string =>
  store?.scope.actor.includes(':') ? store.scope.actor : ip

export function limitStreams(app: App, { streams, stalledMs }: Limits, metrics: Metrics): void {
  const openBy = new Map<string, number>()

  const admit: preHandlerAsyncHookHandler = async (request, reply) => {
    const client = clientOf(request)
    const open = openBy.get(client) ?? 0
    if (open >= streams) throw tooMany(streams)
    openBy.set(client, open + 1)
    metrics.streams(1)
    const { raw } = reply
    // time without a byte taken: the heartbeat is written anyway, so a client that reads is never silent for so long
    raw.setTimeout(stalledMs, () => raw.destroy())
    raw.once('close', () => {
      metrics.streams(-1)
      const left = (openBy.get(client) ?? 1) - 1
      if (left > 0) openBy.set(client, left)
      else openBy.delete(client)
      // who waits for room to write would wait for ever
      raw.emit('drain')
    })
  }

  app.addHook('onRoute', (route) => {
    if (route.sse) route.preHandler = [...[route.preHandler ?? []].flat(), admit]
  })
  // the same for answers in one piece: a client that takes nothing of one does not keep it in memory
  app.addHook('onSend', async (_, { raw }, payload) => {
    raw.setTimeout(stalledMs, () => raw.destroy())
    return payload
  })
}

const tooMany = (most: number): Refusal =>
  new Refusal(429, 'streams.tooMany', {
    ko: `열어 둔 실시간 연결이 이미 ${most}개입니다. 보지 않는 화면을 닫고 다시 시도하세요.`,
    en: `${most} event streams are open already. Close those that nobody watches and try again.`,
  })
