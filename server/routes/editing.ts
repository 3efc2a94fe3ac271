/** What a browser needs to judge edits of a plan by itself, with the solver's own rules and prices; and repairs, which change the day. */
import { TravelSchema } from '../../solver/index.ts'
import { RepairedSchema, RepairRequestSchema } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import { newId } from '../store/ids.ts'
import { changedMeanwhile, wrongState } from '../store/plans.ts'
import { expectedVersion } from './etag.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

export function editingRoutes(app: App, { travelOf, repairStored }: Service): void {
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

  app.post(
    '/api/plans/:id/repair',
    {
      config: { access: 'plan.edit' },
      schema: {
        summary:
          'Make a repair that was offered for one of its goods: adds the problem with the repair made, with the repaired plan as its draft, and points the day to it; problem and plan of before stay. If-Match names the version that was looked at (428 without, 412 where it has changed since)',
        tags: ['plans'],
        params: IdParams,
        body: RepairRequestSchema,
        response: { 201: RepairedSchema, ...refusals },
      },
    },
    async ({ params, headers, body, store }, reply) => {
      const version = expectedVersion({ headers })
      const { record } = await planWithProblem(store, params.id)
      if (record.version !== version) throw changedMeanwhile(record)
      if (record.state !== 'draft') throw wrongState(record.state)
      const repaired = await repairStored(store, params.id, body)
      if (!repaired) throw repairGone()
      const { complex } = record
      const made = await store.once(complex, undefined, async (nouns) => {
        await nouns.complexes.hold(complex)
        const now = await nouns.plans.get(params.id)
        if (!now) throw notFound('plan', params.id)
        if (now.version !== version) throw changedMeanwhile(now)
        const days = (await nouns.complexes.get(complex))?.days ?? []
        const date = days.find(({ problem }) => problem === record.problem)?.date
        const problem = await nouns.problems.add(complex, repaired.problem)
        const plan = newId()
        await nouns.plans.put({ id: plan, problem, plan: repaired.plan })
        if (date !== undefined) await nouns.complexes.setDay(complex, date, problem)
        return { problem, plan, ...(date !== undefined && { date }) }
      })
      const extraKrw = repaired.plan.costKrw - record.plan.costKrw
      const before = { problem: record.problem, plan: params.id }
      return reply
        .code(201)
        .header('location', `/api/plans/${made.plan}`)
        .send({ ...made, extraKrw, before })
    },
  )
}

const repairGone = (): Refusal =>
  new Refusal(409, 'repair.gone', {
    ko: '이 해결 방법은 지금 계획에서는 나오지 않습니다. 화물의 설명을 다시 불러온 뒤 고르세요. 아무것도 바꾸지 않았습니다.',
    en: 'The plan as it is now does not have this repair. Load the explanation of the shipment again and choose there; nothing was changed.',
  })
