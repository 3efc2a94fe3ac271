/** All wiring of the service on one screen. It listens to nothing and reads no environment: main.ts does. */
import { existsSync } from 'node:fs'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import sse from '@fastify/sse'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyError, type FastifyServerOptions, LogController } from 'fastify'
import type { Accounts } from './accounts/accounts.ts'
import { answerClientError, leaveUnread } from './clientErrors.ts'
import { compilersFactory } from './compileOnce.ts'
import { anySecret } from './drive/link.ts'
import { answerError } from './errors.ts'
import type { Geocoder } from './geocode/geocoder.ts'
import { geocodersFor } from './geocode/index.ts'
import { createComparisons } from './jobs/comparisons.ts'
import { createFigures } from './jobs/figures.ts'
import { openNews } from './jobs/news.ts'
import { createSettling } from './jobs/settle.ts'
import { openWork } from './jobs/work.ts'
import { DEFAULT_LIMITS, type Limits, serverOptions } from './limits.ts'
import { isLoopback } from './loopback.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { legsFrom } from './reports/legs.ts'
import { accountRoutes } from './routes/accounts.ts'
import { actualRoutes } from './routes/actuals.ts'
import { aggregateRoutes } from './routes/aggregates.ts'
import { auditRoutes } from './routes/audit.ts'
import { backupRoutes } from './routes/backup.ts'
import { boardRoutes } from './routes/board.ts'
import { complexRoutes } from './routes/complexes.ts'
import { dayPlanRoutes } from './routes/dayPlans.ts'
import { dayRoutes } from './routes/days.ts'
import { dispatchRoutes } from './routes/dispatch.ts'
import { disturbRoutes } from './routes/disturb.ts'
import { driveRoutes } from './routes/drive.ts'
import { editingRoutes } from './routes/editing.ts'
import { tagAnswers } from './routes/etag.ts'
import { guard } from './routes/guard.ts'
import { healthRoutes, refuseClosing } from './routes/health.ts'
import { horizonRoutes } from './routes/horizons.ts'
import { importRoutes } from './routes/imports.ts'
import { jobRoutes } from './routes/jobs.ts'
import { keyRoutes } from './routes/keys.ts'
import { limitRoutes } from './routes/limits.ts'
import { linkRoutes } from './routes/links.ts'
import { measuredRoutes } from './routes/measured.ts'
import { messageRoutes } from './routes/messages.ts'
import { monthRoutes } from './routes/months.ts'
import { myRoutes } from './routes/my.ts'
import { myMonthRoutes } from './routes/myMonths.ts'
import { mySheetFileRoutes } from './routes/mySheetFile.ts'
import { mySheetRoutes } from './routes/mySheets.ts'
import { newsRoutes } from './routes/news.ts'
import { observeRequests, requestIdOf } from './routes/observe.ts'
import { openApiOptions, openApiRoutes } from './routes/openApi.ts'
import { placeRoutes } from './routes/places.ts'
import { planChangeRoutes } from './routes/planChanges.ts'
import { planFileRoutes } from './routes/planFiles.ts'
import { planRevisionRoutes } from './routes/planRevisions.ts'
import { planRoutes } from './routes/plans.ts'
import { problemRoutes } from './routes/problems.ts'
import { proofRoutes } from './routes/proofs.ts'
import { linkPages, readQueries } from './routes/query.ts'
import { roadRoutes } from './routes/roads.ts'
import type { App, Service } from './routes/service.ts'
import { sessionRoutes } from './routes/session.ts'
import { clientOf, limitStreams } from './routes/streams.ts'
import { streetRoutes } from './routes/streets.ts'
import { studyRoutes } from './routes/studies.ts'
import { studyFirmRoutes } from './routes/studyFirms.ts'
import { refuseBadTexts } from './routes/texts.ts'
import { vroomRoutes } from './routes/vroom.ts'
import { collectMethods, helmetOptions, refuseForeign, webRoutes } from './routes/web.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import type { Database } from './store/database.ts'
import type { Store } from './store/store.ts'
import type { StreetTiles } from './streets.ts'
import { cachedProvider } from './travel/cached.ts'
import type { TravelProvider } from './travel/provider.ts'
import { travelFrom } from './travel/travelOf.ts'
import { createCrew } from './vroom/work.ts'

/** Two samples of the event loop: what the start has held up says nothing of how busy the service is. */
const STARTED_AFTER_MS = 2000
const BUSY_RETRY_S = 10

export interface AppOptions {
  readonly store: Store
  /** where the store is; the queue of jobs lives beside it */
  readonly database: Database
  readonly provider: TravelProvider
  /** Who is asked where addresses are; without them towns only, as guesses. */
  readonly geocoders?: readonly Geocoder[]
  /** Who may come in; without them whoever reaches the service may everything: on loopback only. */
  readonly accounts?: Accounts | undefined
  /** The address that people open, where it is known. */
  readonly url?: string | undefined
  /** Signs the links of drivers; without it they end with the process. */
  readonly linkSecret?: string | undefined
  /** Addresses of proxies whose X-Forwarded headers are believed; none unless told. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Searches at a time; 0: `milkrun worker` does them. */
  readonly concurrency: number
  /** A worker that was not heard of for so long is taken for dead. */
  readonly heartbeatS?: number
  /** Streets under the map, where an operator has tiles of them. */
  readonly streets?: StreetTiles | undefined
  /** Address that it will listen on; loopback unless told otherwise. */
  readonly host?: string
  /** Folder of the built web page; without it the service answers the API only. */
  readonly webFolder?: string
  readonly limits?: Partial<Limits>
  readonly metrics?: Metrics
  readonly logger?: FastifyServerOptions['logger']
}

export async function buildApp(options: AppOptions): Promise<{ readonly app: App; readonly service: Service }> {
  const { store, database, concurrency, heartbeatS, webFolder, logger = false, host = '127.0.0.1' } = options
  const { accounts, url, streets, trustedProxies = [], geocoders = geocodersFor({}) } = options
  const { linkSecret = anySecret() } = options
  const { metrics = createMetrics({ process: false }) } = options
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const app: App = fastify({
    logger,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    http: serverOptions(limits),
    clientErrorHandler: answerClientError,
    genReqId: requestIdOf,
    // observeRequests writes one line that gives nothing away
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    // 90 characters of an id, each up to nine in an address
    routerOptions: { maxParamLength: 810 },
    forceCloseConnections: true,
    // refuseClosing does, in the shape of every refusal
    return503OnClosing: false,
    // addresses that the router cannot even read
    frameworkErrors: answerError,
    schemaController: { compilersFactory },
    // a misspelt or extra field is a mistake to be told, not to be dropped
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  const provider = cachedProvider(options.provider, store.travelCells)
  const travelOf = travelFrom(provider)
  const work = await openWork({
    store,
    database,
    travelOf,
    concurrency,
    ...(heartbeatS !== undefined && { heartbeatS }),
    logBug: (err, job) => app.log.error({ err, job: job.id }, 'a job failed'),
    logStudyBug: (err, study) => app.log.error({ err, study }, 'a study failed'),
    logError: (err) => app.log.warn({ err }, 'jobs: the database is away'),
  })
  const { jobs, studies } = work
  const newsroom = await openNews(database, (err) => app.log.warn({ err }, 'news: the database is away'))
  const comparisons = createComparisons(travelOf)
  const { compareStored, explainStored, repairStored, splitStored, judgeStored, checkEdited } = comparisons
  // a process that leaves the jobs to others still answers these
  const vroom = createCrew(Math.max(1, concurrency))
  const figures = createFigures(comparisons, (err, plan) => app.log.error({ err, plan }, 'no figures of a plan'))
  const settling = createSettling(comparisons, travelOf, (err, plan) =>
    app.log.error({ err, plan }, 'a day was not settled'),
  )
  const service: Service = {
    settling,
    accounts,
    everybodys: store,
    figures,
    jobs,
    studies,
    compareStored,
    explainStored,
    repairStored,
    splitStored,
    judgeStored,
    checkEdited,
    travelOf,
    provider,
    legsOf: legsFrom(provider),
    geocoders,
    vroom,
    linkSecret,
    publicUrl: url,
  }

  app.setErrorHandler((error: FastifyError, request, reply) => {
    leaveUnread(request, reply)
    return answerError(error, request, reply)
  })
  observeRequests(app, metrics)
  // otherwise a text would reach the handlers that expect an object
  app.removeContentTypeParser('text/plain')
  await app.register(helmet, helmetOptions(url, streets?.kind === 'address' ? streets.url.origin : undefined))
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: '1 minute',
    enableDraftSpec: true,
    keyGenerator: clientOf,
  })
  let started = false
  app.addHook('onListen', async () => {
    setTimeout(() => {
      started = true
    }, STARTED_AFTER_MS).unref()
  })
  await app.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    pressureHandler: async (_request, reply) => {
      if (!started) return
      reply.header('retry-after', BUSY_RETRY_S)
      throw Object.assign(new Error('the event loop is held up'), { statusCode: 503 })
    },
  })
  // its types describe `module.exports.default`, which lacks the wrapper that reaches beyond the plugin
  await app.register(sse as unknown as typeof sse.default, { heartbeatInterval: limits.heartbeatMs })
  await app.register(swagger, openApiOptions)
  let closing = false
  app.addHook(
    'onRequest',
    refuseClosing(() => closing),
  )
  app.addHook('onRequest', refuseForeign(host, url))
  guard(app, store, accounts)

  limitStreams(app, limits, metrics)
  readQueries(app)
  refuseBadTexts(app)
  linkPages(app)
  tagAnswers(app)

  const methodsOf = collectMethods(app)
  limitRoutes(app, limits)
  healthRoutes(app, { store, metrics, provider })
  complexRoutes(app)
  dayRoutes(app, service)
  sessionRoutes(app, service)
  accountRoutes(app, service)
  keyRoutes(app, service)
  myRoutes(app, service)
  myMonthRoutes(app, service)
  monthRoutes(app, service)
  mySheetRoutes(app, service)
  mySheetFileRoutes(app, service)
  aggregateRoutes(app, service)
  problemRoutes(app, service)
  jobRoutes(app, service)
  studyRoutes(app, service)
  planRoutes(app, service)
  planChangeRoutes(app, service)
  actualRoutes(app)
  dispatchRoutes(app, service)
  messageRoutes(app)
  boardRoutes(app, service)
  measuredRoutes(app, service)
  linkRoutes(app, service)
  proofRoutes(app)
  driveRoutes(app, service)
  disturbRoutes(app, service)
  newsRoutes(app, service, newsroom)
  planRevisionRoutes(app)
  editingRoutes(app, service)
  dayPlanRoutes(app, service)
  horizonRoutes(app, service)
  auditRoutes(app)
  backupRoutes(app, store)
  roadRoutes(app, provider)
  streetRoutes(app, streets)
  webhookRoutes(app, isLoopback(host) && !accounts)
  await app.register(importRoutes(service))
  await app.register(placeRoutes(service))
  await app.register(studyFirmRoutes(service))
  await app.register(planFileRoutes(service))
  await app.register(vroomRoutes('/vroom', { provider, crew: vroom }))
  openApiRoutes(app)
  await webRoutes(app, webFolder !== undefined && existsSync(webFolder) ? webFolder : undefined, methodsOf)

  // before the server waits for open connections: watchers are let go, and what runs ends soon or is handed back
  app.addHook('preClose', async () => {
    closing = true
    await Promise.all([
      newsroom.close(),
      work.close(),
      comparisons.close(),
      vroom.close(),
      settling.close(),
      figures.settled(),
    ])
  })
  return { app, service }
}
