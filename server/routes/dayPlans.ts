/** What a day can be compared with: its plans and scenarios, and which of them stands for it. */
import { applyScenario, describeScenario, findIssues, type Locale, type Plan } from '../../solver/index.ts'
import {
  CopyPlanSchema,
  DayPlansSchema,
  NewScenarioAnswerSchema,
  NewScenarioSchema,
  SetDaysAnswerSchema,
  SetDaysSchema,
  type StoredPlan,
  StoredPlanSchema,
} from '../api.ts'
import { localeOf, notFound, unprocessable } from '../errors.ts'
import { setDays } from '../jobs/setDays.ts'
import { newId } from '../store/ids.ts'
import { versionTag } from './etag.ts'
import { broken } from './planChanges.ts'
import { planWithProblem } from './plans.ts'
import { type App, DayParams, IdParams, refusals, type Service } from './service.ts'

export function dayPlanRoutes(app: App, { checkEdited }: Service): void {
  app.get(
    '/api/complexes/:id/days/:date/plans',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'Every plan of a day: of the problem that stands, its scenarios, and the problems that stood before',
        tags: ['plans'],
        params: DayParams,
        response: { 200: DayPlansSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      const plans = await store.variants.plansOfDay(params.id, params.date)
      if (plans) return plans
      if (!(await store.complexes.get(params.id))) throw notFound('complex', params.id)
      return { date: params.date, problems: [], more: false }
    },
  )

  app.post(
    '/api/problems/:id/scenarios',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'Add a scenario: the problem with some changes, as one of its own that no day points to',
        tags: ['problems'],
        params: IdParams,
        body: NewScenarioSchema,
        response: { 201: NewScenarioAnswerSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }, reply) => {
      const record = await store.problems.get(params.id)
      if (!record) throw notFound('problem', params.id)
      const locale = localeOf(headers['accept-language'])
      const { changes } = body
      const said = (language: Locale) => body.name?.trim() ?? describeScenario(record.problem, changes, language)
      const name = { ko: said('ko'), en: said('en') }
      const problem = { ...applyScenario(record.problem, changes), name: `${record.problem.name} · ${name[locale]}` }
      const issues = findIssues(problem, locale)
      if (issues.some(({ severity }) => severity === 'error')) throw unprocessable(issues)
      const scenario = { kind: 'scenario', name, of: params.id, changes } as const
      const id = await store.once(record.complex, undefined, async (nouns) => {
        const added = await nouns.problems.add(record.complex, problem)
        await nouns.variants.add(record.complex, added, scenario)
        return added
      })
      return reply
        .code(201)
        .header('location', `/api/problems/${id}`)
        .send({ problem: id, ...scenario })
    },
  )

  app.post(
    '/api/problems/:id/plans',
    {
      config: { access: 'plan.edit' },
      schema: {
        summary: 'Take a plan over from another problem as a draft, if it holds here: 422 lists everything it breaks',
        tags: ['plans'],
        params: IdParams,
        body: CopyPlanSchema,
        response: { 201: StoredPlanSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }, reply): Promise<StoredPlan> => {
      const target = await store.problems.get(params.id)
      if (!target) throw notFound('problem', params.id)
      const { record } = await planWithProblem(store, body.from)
      if (record.complex !== target.complex) throw notFound('plan', body.from)
      const plan: Plan = record.plan
      const violations = await checkEdited(target.problem, plan)
      if (violations.length > 0) throw broken(violations, plan, localeOf(headers['accept-language']))
      const id = newId()
      await store.plans.put({ id, problem: params.id, plan })
      const copied = (await store.plans.get(id))!
      reply.code(201).header('location', `/api/plans/${id}`).header('etag', versionTag(copied.version))
      return copied
    },
  )

  app.put(
    '/api/complexes/:id/days',
    {
      config: { access: 'problem.add' },
      schema: {
        summary:
          'Say which problem and plan stand for some days, all or none: takes back an import or a change of orders, too. 412 where something else stands by now than the caller has seen, 409 where a plan of the day is confirmed',
        tags: ['problems'],
        params: IdParams,
        body: SetDaysSchema,
        response: { 200: SetDaysAnswerSchema, ...refusals },
      },
    },
    async ({ params, body, store }) => {
      const before = await store.complexes.get(params.id)
      if (!before) throw notFound('complex', params.id)
      await store.once(params.id, undefined, async (nouns) => await setDays(nouns, params.id, body.days))
      const dates = new Set(body.days.map(({ date }) => date))
      return (await store.complexes.get(params.id))!.days.filter(({ date }) => dates.has(date))
    },
  )
}
