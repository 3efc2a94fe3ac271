/** A confirmed plan is never overwritten: it is withdrawn, stays as a record, and a draft like it is changed instead. */
import { StoredPlanSchema } from '../api.ts'
import { expectedVersion, versionTag } from './etag.ts'
import { type App, IdParams, refusals } from './service.ts'

export function planRevisionRoutes(app: App): void {
  app.post(
    '/api/plans/:id/revise',
    {
      config: { access: 'plan.confirm' },
      schema: {
        summary:
          'Begin a new draft with the content of a plan that is or was confirmed; a confirmation is taken back, and the plan stays as a record. If-Match names its version',
        tags: ['plans'],
        params: IdParams,
        response: { 201: StoredPlanSchema, ...refusals },
      },
    },
    async ({ params, headers, store }, reply) => {
      const draft = await store.plans.revise(params.id, expectedVersion({ headers }))
      reply.header('etag', versionTag(draft.version))
      return reply.code(201).header('location', `/api/plans/${draft.id}`).send(draft)
    },
  )
}
