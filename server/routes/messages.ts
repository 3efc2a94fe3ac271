/** Words between the coordinator and the drivers of a confirmed plan. */
import { MessagesSchema, NewMessageSchema, SeenSchema } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import { roundsOf } from '../reports/guide.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, refusals } from './service.ts'

export function messageRoutes(app: App): void {
  app.get(
    '/api/plans/:id/messages',
    {
      config: { access: 'message.read' },
      schema: {
        summary: 'What coordinator and drivers have written to each other, in the order in which it came in',
        tags: ['plans'],
        params: IdParams,
        response: { 200: MessagesSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      await planWithProblem(store, params.id)
      return { items: [...(await store.messages.of(params.id))] }
    },
  )

  app.post(
    '/api/plans/:id/messages',
    {
      config: { access: 'message.send' },
      schema: {
        summary: 'Write to one driver, several or all of them; the plan is confirmed',
        tags: ['plans'],
        params: IdParams,
        body: NewMessageSchema,
        response: { 200: MessagesSchema, ...refusals },
      },
    },
    async ({ params, body, store }) => {
      const { record } = await planWithProblem(store, params.id)
      if (record.state === 'draft') throw notConfirmed()
      const known = roundsOf(record.plan).map(({ id }) => id)
      const { id, text, routes = known } = body
      const unknown = routes.find((route) => !known.includes(route))
      if (unknown !== undefined) throw notFound('planRoute', unknown)
      const messages = routes.map((route) => ({ id, route, text }))
      return { items: [...(await store.messages.add(params.id, 'coordinator', messages))] }
    },
  )

  app.post(
    '/api/plans/:id/messages/read',
    {
      config: { access: 'message.send' },
      schema: {
        summary: 'Say that these words of drivers have been read',
        tags: ['plans'],
        params: IdParams,
        body: SeenSchema,
        response: { 200: MessagesSchema, ...refusals },
      },
    },
    async ({ params, body, store }) => ({
      items: [...(await store.messages.seen(params.id, 'driver', body.messages))],
    }),
  )
}

const notConfirmed = (): Refusal =>
  new Refusal(409, 'plan.draft', {
    ko: '아직 확정되지 않은 계획의 기사에게는 쓸 수 없습니다. 먼저 확정하세요.',
    en: 'There is nobody to write to before the plan is confirmed. Confirm it first.',
  })
