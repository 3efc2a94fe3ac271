/** All wiring of the service on one screen. It listens to nothing and reads no environment: main.ts does. */
import { existsSync } from 'node:fs'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import sse from '@fastify/sse'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyServerOptions } from 'fastify'
import type { Accounts } from './accounts/accounts.ts'
import { answerError } from './errors.ts'
import { createComparisons } from './jobs/comparisons.ts'
import { createFigures } from './jobs/figures.ts'
import { createJobs } from './jobs/queue.ts'
import { accountRoutes } from './routes/accounts.ts'
import { aggregateRoutes } from './routes/aggregates.ts'
import { complexRoutes } from './routes/complexes.ts'
import { guard } from './routes/guard.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes } from './routes/imports.ts'
import { jobRoutes } from './routes/jobs.ts'
import { keyRoutes } from './routes/keys.ts'
import { myRoutes } from './routes/my.ts'
import { openApiOptions, openApiRoutes } from './routes/openApi.ts'
import { planRoutes } from './routes/plans.ts'
import { problemRoutes } from './routes/problems.ts'
import { roadRoutes } from './routes/roads.ts'
import type { App, Service } from './routes/service.ts'
import { sessionRoutes } from './routes/session.ts'
import { collectMethods, helmetOptions, refuseForeign, webRoutes } from './routes/web.ts'
import type { Store } from './store/store.ts'
import type { TravelProvider } from './travel/provider.ts'
import { travelFrom } from './travel/travelOf.ts'

export interface AppOptions {
  readonly store: Store
  readonly provider: TravelProvider
  /** Who may come in; without them whoever reaches the service may everything: on loopback only. */
  readonly accounts?: Accounts | undefined
  /** The address that people open, where it is known. */
  readonly url?: string | undefined
  /** Addresses of proxies whose X-Forwarded headers are believed; none unless told. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Searches at a time. */
  readonly concurrency: number
  /** Address that it will listen on; loopback unless told otherwise. */
  readonly host?: string
  /** Folder of the built web page; without it the service answers the API only. */
  readonly webFolder?: string
  readonly requestsPerMinute?: number
  /** Refuses work while the event loop is later than this; 0: never. */
  readonly maxEventLoopDelayMs?: number
  readonly logger?: FastifyServerOptions['logger']
}

/** JSON of everything but problems and order files, which state their own limits. */
const BODY_LIMIT_BYTES = 2 ** 20

export async function buildApp(options: AppOptions): Promise<{ readonly app: App; readonly service: Service }> {
  const { store, provider, concurrency, webFolder, requestsPerMinute = 1200, logger = false } = options
  const { maxEventLoopDelayMs = 2000, host = '127.0.0.1', accounts, url, trustedProxies = [] } = options
  const app: App = fastify({
    logger,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 120_000,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: true,
    // addresses that the router cannot even read
    frameworkErrors: answerError,
    // a misspelt or extra field is a mistake to be told, not to be dropped
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  const travelOf = travelFrom(provider)
  const jobs = createJobs({
    store,
    travelOf,
    concurrency,
    logBug: (err, job) => app.log.error({ err, job: job.id }, 'a job failed'),
  })
  const comparisons = createComparisons(travelOf)
  const { compareStored, explainStored, splitStored } = comparisons
  const figures = createFigures(splitStored, (err, plan) => app.log.error({ err, plan }, 'no figures of a plan'))
  const service: Service = {
    accounts,
    everybodys: store,
    figures,
    jobs,
    compareStored,
    explainStored,
    splitStored,
    travelOf,
    provider,
  }

  app.setErrorHandler(answerError)
  // otherwise a text would reach the handlers that expect an object
  app.removeContentTypeParser('text/plain')
  await app.register(helmet, helmetOptions(url))
  await app.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' })
  await app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs })
  // its types describe `module.exports.default`, which lacks the wrapper that reaches beyond the plugin
  await app.register(sse as unknown as typeof sse.default, { heartbeatInterval: 15_000 })
  await app.register(swagger, openApiOptions)
  app.addHook('onRequest', refuseForeign(host, url))
  guard(app, store, accounts)

  const methodsOf = collectMethods(app)
  healthRoutes(app)
  sessionRoutes(app, service)
  accountRoutes(app, service)
  keyRoutes(app, service)
  myRoutes(app, service)
  aggregateRoutes(app, service)
  complexRoutes(app, service)
  problemRoutes(app, service)
  jobRoutes(app, service)
  planRoutes(app, service)
  roadRoutes(app)
  await app.register(importRoutes(service))
  openApiRoutes(app)
  await webRoutes(app, webFolder !== undefined && existsSync(webFolder) ? webFolder : undefined, methodsOf)

  // before the server waits for open connections: watchers are released when their job ends
  app.addHook('preClose', async () => {
    await Promise.all([jobs.close(), comparisons.close(), figures.settled()])
  })
  return { app, service }
}
