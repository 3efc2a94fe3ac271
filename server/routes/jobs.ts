import { Type } from 'typebox'
import { DEFAULT_SECONDS, JOB_STATES, JobRequestSchema, JobSchema, pageSchema } from '../api.ts'
import { localeOf, Refusal } from '../errors.ts'
import type { JobEvent } from '../store/store.ts'
import {
  type App,
  IdParams,
  IdSchema,
  KeyHeaders,
  keyOf,
  PageQuery,
  readPage,
  refusals,
  type Service,
} from './service.ts'

export function jobRoutes(app: App, { jobs }: Service): void {
  const answersJob = { tags: ['jobs'], params: IdParams, response: { 200: JobSchema, ...refusals } } as const

  app.post(
    '/api/problems/:id/jobs',
    {
      config: { access: 'job.run' },
      schema: {
        summary: 'Search a plan',
        tags: ['jobs'],
        params: IdParams,
        headers: KeyHeaders,
        body: JobRequestSchema,
        response: { 202: JobSchema, ...refusals },
      },
      // no body at all asks for the defaults
      preValidation: async (request) => {
        if (request.body === undefined) request.body = { seconds: DEFAULT_SECONDS }
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { from, locks = [], stabilityKrw = 0 } = request.body
      if (from === undefined && (locks.length > 0 || stabilityKrw > 0)) {
        throw new Refusal(400, 'job.withoutPlan', {
          ko: '고정(locks)과 변경 비용(stabilityKrw)은 어느 계획의 것인지 알아야 합니다. from 에 그 계획의 id를 적으세요.',
          en: 'Locks and stabilityKrw speak of a plan. Name its id in from.',
        })
      }
      const locale = localeOf(request.headers['accept-language'])
      const job = await jobs.submit(request.store, id, request.body, locale, keyOf(request, request.body))
      return reply.code(202).header('location', `/api/jobs/${job.id}`).send(job)
    },
  )

  app.get(
    '/api/jobs',
    {
      config: { access: 'job.read' },
      schema: {
        summary: 'Jobs, newest first; state=dead lists those that a person has to look at',
        tags: ['jobs'],
        querystring: Type.Object({
          ...PageQuery.properties,
          state: Type.Optional(Type.Enum(JOB_STATES)),
          problem: Type.Optional(IdSchema),
        }),
        response: { 200: pageSchema(JobSchema), ...refusals },
      },
    },
    async ({ store, query }) => await store.jobs.list({ ...query, ...readPage(query) }),
  )

  app.get(
    '/api/jobs/:id',
    { config: { access: 'job.read' }, schema: { summary: 'State of a job', ...answersJob } },
    async ({ params, store }) => await jobs.get(store, params.id),
  )

  app.post(
    '/api/jobs/:id/stop',
    { config: { access: 'job.run' }, schema: { summary: 'Stop and keep the best plan', ...answersJob } },
    async ({ params, store }) => await jobs.stop(store, params.id),
  )

  app.post(
    '/api/jobs/:id/retry',
    {
      config: { access: 'job.run' },
      schema: { summary: 'Try a job again that failed or is dead, from its best plan', ...answersJob },
    },
    async ({ params, store }) => await jobs.retry(store, params.id),
  )

  app.delete(
    '/api/jobs/:id',
    { config: { access: 'job.run' }, schema: { summary: 'Cancel and drop the plan', ...answersJob } },
    async ({ params, store }) => await jobs.cancel(store, params.id),
  )

  app.get(
    '/api/jobs/:id/events',
    {
      config: { access: 'job.read' },
      // not 'only': a client that asks for anything else still gets the stream rather than a body of another shape
      sse: 'manual',
      exposeHeadRoute: false,
      schema: {
        summary: 'Events of a job as a stream: progress, plan, done; resumes after Last-Event-ID',
        tags: ['jobs'],
        params: IdParams,
        response: {
          200: {
            description: 'events whose data is a Job',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
          204: Type.Null({ description: 'the job is over and its last event was received' }),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await jobs.get(request.store, id)
      const after = Number(reply.sse.lastEventId ?? 0)
      const gone = new AbortController()
      request.raw.once('close', () => gone.abort())
      reply.sse.onClose(() => gone.abort())
      const events = jobs.watch(request.store, id, Number.isSafeInteger(after) && after > 0 ? after : 0, gone.signal)

      const first = await events.next()
      if (first.done) return reply.code(204).send(null)
      await reply.sse.send(asMessage(first.value))
      for await (const event of events) {
        if (!reply.sse.isConnected) return
        await reply.sse.send(asMessage(event))
      }
    },
  )
}

const asMessage = ({ id, event, job }: JobEvent) => ({ id: String(id), event, data: job })
