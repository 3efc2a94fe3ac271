import { readFile } from 'node:fs/promises'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from 'typebox'
import { LOCALES, VERSION } from '../../solver/index.ts'
import { localeOf } from '../errors.ts'
import { type Contract, describeContract } from '../openApi/describe.ts'
import { DOCS_CSS, renderDocs } from '../openApi/page.ts'
import { type App, refusals } from './service.ts'

const FONT = new URL(import.meta.resolve('pretendard/dist/web/variable/woff2/PretendardVariable.woff2'))

export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'milkrun',
      version: VERSION,
      description:
        'Plans shared pickup rounds of an industrial complex. Money is whole won, times are whole seconds since startsAt of the problem. ' +
        'Refusals speak the language of Accept-Language: Korean, or English. The same as a page: /api/docs.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'this service' }],
    tags: [
      { name: 'problems' },
      { name: 'jobs' },
      { name: 'plans' },
      { name: 'studies' },
      { name: 'settlement' },
      { name: 'webhooks' },
      { name: 'vroom' },
      { name: 'service' },
    ],
  },
}

const DocsQuery = Type.Object({
  lang: Type.Optional(Type.Enum(LOCALES, { description: 'otherwise by Accept-Language' })),
  q: Type.Optional(Type.String({ maxLength: 100, description: 'words to search for' })),
})
const text = (type: string) => ({ description: 'a page', content: { [type]: { schema: Type.String() } } })

export function openApiRoutes(app: App): void {
  let contract: Contract | undefined
  const described = (): Contract => (contract ??= describeContract(app.swagger() as unknown as Contract))

  app.get(
    '/api/openapi.json',
    {
      config: { access: 'service.see' },
      schema: {
        summary: 'This contract as OpenAPI 3.1',
        tags: ['service'],
        response: { 200: Type.Object({}, { additionalProperties: true }), ...refusals },
      },
    },
    async () => described() as unknown as Record<string, unknown>,
  )

  app.get(
    '/api/docs',
    {
      config: { access: 'service.see' },
      schema: {
        summary: 'This contract as a page to read and to search, in Korean or English',
        tags: ['service'],
        querystring: DocsQuery,
        response: { 200: text('text/html'), ...refusals },
      },
    },
    async ({ query, headers, protocol, host }, reply) => {
      const locale = query.lang ?? localeOf(headers['accept-language'])
      const page = renderDocs(described(), { locale, wanted: query.q ?? '', origin: `${protocol}://${host}` })
      return reply.header('vary', 'accept-language').type('text/html; charset=utf-8').send(page)
    },
  )

  app.get('/api/docs.css', { config: { access: 'service.see' }, schema: { hide: true } }, async (_, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(DOCS_CSS),
  )

  // a machine without Korean fonts can read the page, too
  app.get('/api/docs.woff2', { config: { access: 'service.see' }, schema: { hide: true } }, async (_, reply) =>
    reply
      .header('cache-control', 'public, max-age=604800')
      .type('font/woff2')
      .send(await readFile(FONT)),
  )
}
