/** For those who watch over the service: is it alive, can it work, how does it do. */
import type { onRequestAsyncHookHandler } from 'fastify'
import { Type } from 'typebox'
import { VERSION } from '../../solver/index.ts'
import { HealthSchema } from '../api.ts'
import { Refusal } from '../errors.ts'
import { isLoopback } from '../loopback.ts'
import type { Metrics } from '../metrics.ts'
import type { Store } from '../store/store.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { type App, refusals } from './service.ts'

/** A database that takes longer than this to say one word cannot carry the work. */
const READY_WITHIN_MS = 2000

/** Who watches asks often, and above all when the service is under pressure. */
const UNLIMITED = { access: 'service.see', rateLimit: false, pressureHandler: () => undefined } as const

export interface Watched {
  readonly store: Store
  readonly metrics: Metrics
  readonly provider: TravelProvider
}

export function healthRoutes(app: App, { store, metrics, provider }: Watched): void {
  const roadsState = () => provider.state?.().state ?? 'good'
  app.get(
    '/health',
    {
      config: UNLIMITED,
      schema: {
        summary: 'The process is alive',
        description: 'Says nothing of the database: a process that waits for it must not be restarted. See /ready.',
        tags: ['service'],
        response: { 200: HealthSchema, ...refusals },
      },
    },
    async () => ({ status: 'ok' as const, version: VERSION }),
  )

  app.get(
    '/ready',
    {
      config: UNLIMITED,
      schema: {
        summary: 'The service can take work',
        description:
          'The database answers and the service is not shutting down; 503 otherwise. A road service that fails is told, and no reason to send nobody here: most of the work needs none.',
        tags: ['service'],
        response: { 200: HealthSchema, ...refusals },
      },
    },
    async () => {
      if (!(await answers(store))) {
        throw notReady({ ko: '데이터베이스가 답하지 않습니다.', en: 'The database does not answer.' })
      }
      return { status: 'ok' as const, version: VERSION, roads: roadsState() }
    },
  )

  app.get(
    '/metrics',
    {
      config: UNLIMITED,
      schema: {
        summary: 'Figures for Prometheus',
        description: 'For this computer only. No figure is labelled with a complex, a firm or an account.',
        tags: ['service'],
        response: {
          200: { description: 'Prometheus text format', content: { 'text/plain': { schema: Type.String() } } },
          ...refusals,
        },
      },
    },
    async ({ ip, headers }, reply) => {
      // what a proxy on this computer passes on comes from elsewhere
      const near =
        isLoopback(ip.replace(/^::ffff:/, '')) &&
        headers['x-forwarded-for'] === undefined &&
        headers.forwarded === undefined
      if (!near) throw notFromAfar()
      return reply
        .type(metrics.contentType)
        .send(await metrics.render({ ...(await store.figures()), roads: roadsState() }))
    },
  )
}

/** What comes while the open requests are being finished belongs to another process, or to a later try. */
export const refuseClosing =
  (closing: () => boolean): onRequestAsyncHookHandler =>
  async (_, reply) => {
    if (!closing()) return
    reply.header('connection', 'close')
    throw notReady({ ko: '서비스를 끝내는 중입니다.', en: 'The service is shutting down.' })
  }

async function answers(store: Store): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), READY_WITHIN_MS)
  const asked = store.ping().then(
    () => true,
    () => false,
  )
  return await Promise.race([asked, late.promise]).finally(() => clearTimeout(timer))
}

const notReady = ({ ko, en }: { readonly ko: string; readonly en: string }): Refusal =>
  new Refusal(
    503,
    'service.notReady',
    { ko: `${ko} 몇 초 뒤에 다시 시도하세요.`, en: `${en} Try again in a few seconds.` },
    [],
    5,
  )

const notFromAfar = (): Refusal =>
  new Refusal(403, 'metrics.elsewhere', {
    ko: '/metrics 는 서비스가 도는 컴퓨터에서만 읽을 수 있습니다. 그 컴퓨터의 127.0.0.1 로 물으세요.',
    en: '/metrics is for the computer that runs the service. Ask there, at 127.0.0.1.',
  })
