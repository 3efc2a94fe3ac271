import { Type } from 'typebox'
import { EventsQuery, type News } from '../api.ts'
import { notFound } from '../errors.ts'
import type { Newsroom } from '../jobs/news.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

export function newsRoutes(app: App, { accounts }: Service, newsroom: Newsroom): void {
  app.get(
    '/api/complexes/:id/events',
    {
      config: { access: 'plan.read' },
      sse: 'manual',
      exposeHeadRoute: false,
      schema: {
        summary:
          'What changes in a complex as a stream, by whom, and who else looks at which day: here, again, day, plan, job, actual, message, dispatch',
        tags: ['problems'],
        params: IdParams,
        querystring: EventsQuery,
        response: {
          200: {
            description: 'events whose data is News',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { date, page = request.id, follow } = request.query
      const { principal, store } = request
      if (!(await store.complexes.get(id))) throw notFound('complex', id)
      const gone = new AbortController()
      request.raw.once('close', () => gone.abort())
      reply.sse.onClose(() => gone.abort())
      const me = { page, name: principal.kind === 'person' ? principal.name : '', ...(date !== undefined && { date }) }
      for await (const news of newsroom.watch(id, me, gone.signal)) {
        if (!reply.sse.isConnected) return
        await reply.sse.send({ event: news.kind, data: await withName(news) })
        if (follow === 'no') return
      }
    },
  )

  /** Accounts know people by name; whoever is alone at this computer has none. */
  async function withName(news: News): Promise<News> {
    if (!('by' in news)) return news
    const email = /^user:(.+)$/.exec(news.by)?.[1]
    const person = email === undefined ? undefined : await accounts?.people.person({ email })
    return person ? { ...news, by: person.name || email! } : news
  }
}
