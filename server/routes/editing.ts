/** What a browser needs to judge edits of a plan by itself, with the solver's own rules and prices. */
import { TravelSchema } from '../../solver/index.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

export function editingRoutes(app: App, { travelOf }: Service): void {
  app.get(
    '/api/plans/:id/travel',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'The travel times, distances and tolls that the plan was made on, as its file holds them',
        tags: ['plans'],
        params: IdParams,
        response: { 200: TravelSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      const { record, problem } = await planWithProblem(store, params.id)
      return await travelOf(problem, undefined, record.plan.provenance)
    },
  )
}
