/** How long stops and roads really took in a complex, and planning by it from now on. */
import { type MeasuredDay, measure } from '../../solver/index.ts'
import { AdoptSchema, MeasuredSchema } from '../api.ts'
import { notFound } from '../errors.ts'
import { marksOf, recordedOf } from '../live/marks.ts'
import { adopt, describeMeasured } from '../live/offers.ts'
import type { Nouns } from '../store/store.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

/** The plans confirmed last: older ones say little of today's gates. */
const LAST_PLANS = 120

export function measuredRoutes(app: App, { travelOf }: Service): void {
  app.get(
    '/api/complexes/:id/measured',
    {
      config: { access: 'measured.read' },
      schema: {
        summary:
          'Service times of places and travel times by hour from the recorded times of confirmed plans, against what was planned, with what to plan by instead',
        tags: ['problems'],
        params: IdParams,
        response: { 200: MeasuredSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      const complex = await store.complexes.get(params.id)
      if (!complex) throw notFound('complex', params.id)
      const days = await daysOf(store, params.id)
      const names = new Map(days.flatMap(({ problem }) => problem.sites.map(({ id, name }) => [id, name] as const)))
      return describeMeasured(measure(days), complex.data, (site) => names.get(site) ?? site)
    },
  )

  app.post(
    '/api/complexes/:id/measured/adopt',
    {
      config: { access: 'measured.adopt' },
      schema: {
        summary:
          'Plan new days by these times; days that are there stay as they are. The answer, sent back here, takes it back',
        tags: ['problems'],
        params: IdParams,
        body: AdoptSchema,
        response: { 200: AdoptSchema, ...refusals },
      },
    },
    async ({ params, body, store }) =>
      await store.once(params.id, undefined, async (nouns) => {
        await nouns.complexes.hold(params.id)
        const complex = await nouns.complexes.get(params.id)
        if (!complex) throw notFound('complex', params.id)
        const { data, undo } = adopt(complex.data, body)
        await nouns.complexes.put(data)
        return undo
      }),
  )

  async function daysOf(store: Nouns, complex: string): Promise<MeasuredDay[]> {
    const { items } = await store.views.confirmed({ complex, limit: LAST_PLANS })
    const days: MeasuredDay[] = []
    for (const { id, startsAt } of items) {
      const { record, problem } = await planWithProblem(store, id)
      const actuals = await recordedOf(store, record)
      if (actuals.length === 0) continue
      const travel = await travelOf(problem, undefined, record.plan.provenance)
      days.push({ date: startsAt.slice(0, 10), problem, travel, plan: record.plan, marks: marksOf(actuals, problem) })
    }
    return days
  }
}
