import { Type } from 'typebox'
import { AuditEntrySchema, AuditLineSchema, pageSchema } from '../api.ts'
import { notFound } from '../errors.ts'
import { type App, IdSchema, PageQuery, readPage, refusals } from './service.ts'

export function auditRoutes(app: App): void {
  app.get(
    '/api/audit',
    {
      config: { access: 'audit.read' },
      schema: {
        summary: 'Who changed what and when, newest first',
        tags: ['service'],
        querystring: Type.Object({
          ...PageQuery.properties,
          id: Type.Optional(Type.String({ ...IdSchema, description: 'of the problem, plan, job … that was changed' })),
        }),
        response: { 200: pageSchema(AuditLineSchema), ...refusals },
      },
    },
    async ({ store, query }) => await store.audit.list({ ...readPage(query), nounId: query.id }),
  )

  app.get(
    '/api/audit/:seq',
    {
      config: { access: 'audit.read' },
      schema: {
        summary: 'One change, with what was before and after',
        tags: ['service'],
        params: Type.Object({ seq: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
        response: { 200: AuditEntrySchema, ...refusals },
      },
    },
    async ({ store, params }) => {
      const entry = await store.audit.get(Number(params.seq))
      if (!entry) throw notFound('change', params.seq)
      return entry
    },
  )
}
