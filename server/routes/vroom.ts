/** POST in the wire format of VROOM: at /vroom beside everything else, or at / of a port of its own. Refusals have its shape too. */
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { VERSION } from '../../solver/index.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { localeOf, Refusal } from '../errors.ts'
import { Cancelled } from '../jobs/thread.ts'
import type { Store } from '../store/store.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { answerVroom, type VroomFailure } from '../vroom/desk.ts'
import { VroomAnswerSchema, VroomFailureSchema, VroomRequestSchema } from '../vroom/schema.ts'
import { VroomBusy, type VroomCrew } from '../vroom/work.ts'
import { guard } from './guard.ts'
import type { App } from './service.ts'
import { helmetOptions, refuseForeign } from './web.ts'

/** Three matrices of 1,000 places are 20 MB. */
const BODY_LIMIT_BYTES = 32 * 2 ** 20
const RETRY_AFTER_S = 5

export interface VroomService {
  readonly provider: TravelProvider
  readonly crew: VroomCrew
}

/** Registered as a plugin of its own: bodies stay bytes here, and refusals keep VROOM's shape. */
export const vroomRoutes =
  (path: '/vroom' | '/', { provider, crew }: VroomService) =>
  async (app: App): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.setErrorHandler(refuseInShape)
    app.post(
      path,
      {
        bodyLimit: BODY_LIMIT_BYTES,
        config: { access: 'vroom.solve', ownFaults: true },
        // readRequest.ts names every fault where a validator would stop at shapes; answers are sent as they were checked
        validatorCompiler: () => () => true,
        serializerCompiler: () => (body) => JSON.stringify(body),
        schema: {
          summary: 'Solve a request in the wire format of VROOM; extra keys of the answer begin with x_',
          tags: ['vroom'],
          consumes: ['application/json'],
          body: VroomRequestSchema,
          response: { 200: VroomAnswerSchema, '4xx': VroomFailureSchema, '5xx': VroomFailureSchema },
        },
      },
      async (request, reply) => {
        const left = new AbortController()
        // nobody waits for the answer any more
        reply.raw.once('close', () => reply.raw.writableFinished || left.abort())
        const sent: unknown = request.body
        const { status, body } = await answerVroom(
          {
            bytes: sent instanceof Uint8Array ? sent : new Uint8Array(),
            locale: localeOf(request.headers['accept-language']),
            signal: left.signal,
          },
          { provider, run: crew.run },
        )
        return reply
          .code(status as 200)
          .type('application/json; charset=utf-8')
          .serializer(JSON.stringify)
          .send(body as never)
      },
    )
  }

/** A service that does nothing else, for clients that know no other address than /. */
export async function buildVroomApp(
  options: VroomService & {
    readonly host: string
    readonly store: Store
    readonly accounts?: Accounts | undefined
    readonly requestsPerMinute?: number
    readonly logger?: FastifyServerOptions['logger']
  },
): Promise<App> {
  const { host, requestsPerMinute = 1200, logger = false } = options
  const app: App = fastify({
    logger,
    requestTimeout: 120_000,
    forceCloseConnections: true,
    frameworkErrors: refuseInShape,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setErrorHandler(refuseInShape)
  app.setNotFoundHandler(async (request, reply) =>
    refuseInShape(
      new Refusal(404, 'route.unknown', {
        ko: 'POST / 로 요청을 보내세요.',
        en: 'There is nothing here. Send requests as POST /.',
      }),
      request,
      reply,
    ),
  )
  await app.register(helmet, helmetOptions(undefined))
  await app.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' })
  app.addHook('onRequest', refuseForeign(host, undefined))
  guard(app, options.store, options.accounts)
  app.get('/health', { config: { rateLimit: false, access: 'service.see' } }, async () => ({
    status: 'ok',
    version: VERSION,
  }))
  await app.register(vroomRoutes('/', options))
  return app
}

/** Of what went wrong before or beside the reading of a request. */
function failureOf(
  error: FastifyError | Refusal | Error,
): { readonly status: number; readonly body: VroomFailure } | undefined {
  if (error instanceof VroomBusy || error instanceof Cancelled)
    return { status: 503, body: { code: 1, error: 'The service is busy. Try again in a few seconds.' } }
  if (error instanceof Refusal)
    return { status: error.status, body: { code: error.status < 500 ? 2 : 1, error: error.words.en } }
  const status = ('statusCode' in error ? error.statusCode : undefined) ?? 500
  if (status === 413) {
    const error = `The body is larger than ${BODY_LIMIT_BYTES / 2 ** 20} MB. Split the request.`
    return { status, body: { code: 2, error } }
  }
  if (status === 429) return { status, body: { code: 1, error: 'Too many requests. Wait a moment and try again.' } }
  if (status === 503) return { status, body: { code: 1, error: 'The service is busy. Try again in a few seconds.' } }
  if (status >= 400 && status < 500) return { status, body: { code: 2, error: 'The request cannot be read.' } }
  return undefined
}

function refuseInShape(
  error: FastifyError | Refusal | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = failureOf(error)
  if (!failure) request.log.error({ err: error }, 'bug')
  const { status, body } = failure ?? {
    status: 500,
    body: { code: 1, error: `A fault of the service (request ${request.id}). It has been recorded.` },
  }
  if (status === 503) reply.header('retry-after', RETRY_AFTER_S)
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body)
}
