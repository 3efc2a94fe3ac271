import { Type } from 'typebox'
import { DeliverySchema, NewWebhookSchema, pageSchema, WebhookRequestSchema, WebhookSchema } from '../api.ts'
import { notFound } from '../errors.ts'
import { assertCallable } from '../webhooks/address.ts'
import { type App, ComplexOf, chooseComplex, IdParams, IdSchema, PageQuery, readPage, refusals } from './service.ts'

const tags = ['webhooks']
const DeliveryParams = Type.Object({ ...IdParams.properties, delivery: IdSchema })

/** `mayCallInside`: the service is its owner's own and may call what they can. */
export function webhookRoutes(app: App, mayCallInside: boolean): void {
  app.post(
    '/api/webhooks',
    {
      config: { access: 'webhook.manage' },
      schema: {
        summary: 'Have events of a complex sent to an address',
        description:
          'Each event is a POST with `Milkrun-Signature: t=<seconds>,v1=<hex>`, an HMAC-SHA256 with the secret over `<t>.<body>`. ' +
          'An answer of 2xx within 10 s is a delivery; anything else is tried again for a day, ever more rarely. Events may come twice ' +
          'and in another order: `id` tells them apart. An address that takes nothing for three days is disabled. The secret is told ' +
          'here once and never again.',
        tags,
        querystring: Type.Object({ complex: ComplexOf }),
        body: WebhookRequestSchema,
        response: { 201: NewWebhookSchema, ...refusals },
      },
    },
    async ({ body: { url, events }, query, store }, reply) => {
      assertCallable(url, mayCallInside)
      const complex = await chooseComplex(store, query.complex)
      const webhook = await store.webhooks.add(complex, { url, events: [...new Set(events)] })
      return reply.code(201).header('location', `/api/webhooks/${webhook.id}`).send(webhook)
    },
  )

  app.get(
    '/api/webhooks',
    {
      config: { access: 'webhook.manage' },
      schema: {
        summary: 'All webhooks, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: pageSchema(WebhookSchema), ...refusals },
      },
    },
    async ({ store, query }) => await store.webhooks.list(readPage(query)),
  )

  app.get(
    '/api/webhooks/:id',
    {
      config: { access: 'webhook.manage' },
      schema: { summary: 'One webhook', tags, params: IdParams, response: { 200: WebhookSchema, ...refusals } },
    },
    async ({ params, store }) => {
      const webhook = await store.webhooks.get(params.id)
      if (!webhook) throw notFound('webhook', params.id)
      return webhook
    },
  )

  app.delete(
    '/api/webhooks/:id',
    {
      config: { access: 'webhook.manage' },
      schema: {
        summary: 'Send nothing there any more, and forget its deliveries',
        tags,
        params: IdParams,
        response: { 204: Type.Null({ description: 'it is gone' }), ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      await store.webhooks.remove(params.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/webhooks/:id/enable',
    {
      config: { access: 'webhook.manage' },
      schema: {
        summary: 'Send there again, after it was disabled because nothing arrived',
        tags,
        params: IdParams,
        response: { 200: WebhookSchema, ...refusals },
      },
    },
    async ({ params, store }) => await store.webhooks.enable(params.id),
  )

  app.get(
    '/api/webhooks/:id/deliveries',
    {
      config: { access: 'webhook.manage' },
      schema: {
        summary: 'What was sent there or is to be, newest first, with what it answered; kept for 30 days',
        tags,
        params: IdParams,
        querystring: PageQuery,
        response: { 200: pageSchema(DeliverySchema), ...refusals },
      },
    },
    async ({ params, query, store }) => {
      if (!(await store.webhooks.get(params.id))) throw notFound('webhook', params.id)
      return await store.webhooks.deliveries(params.id, readPage(query))
    },
  )

  app.post(
    '/api/webhooks/:id/deliveries/:delivery/redeliver',
    {
      config: { access: 'webhook.manage' },
      schema: {
        summary: 'Send it once more, with the same id and body',
        tags,
        params: DeliveryParams,
        response: { 202: DeliverySchema, ...refusals },
      },
    },
    async ({ params, store }, reply) =>
      reply.code(202).send(await store.webhooks.redeliver(params.id, params.delivery)),
  )
}
