import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from 'typebox'
import { VERSION } from '../../solver/index.ts'
import { type App, refusals } from './service.ts'

export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'milkrun',
      version: VERSION,
      description:
        'Plans shared pickup rounds of an industrial complex. Money is whole won, times are whole seconds since startsAt of the problem. ' +
        'Refusals speak the language of Accept-Language: Korean, or English.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [{ name: 'problems' }, { name: 'jobs' }, { name: 'plans' }, { name: 'webhooks' }, { name: 'service' }],
  },
}

export function openApiRoutes(app: App): void {
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
    async () => app.swagger() as object as Record<string, unknown>,
  )
}
