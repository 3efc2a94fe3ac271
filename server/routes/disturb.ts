/** A confirmed day that did not go as planned: what is done stays, the rest is planned again, and a person confirms it. */
import { baseVehicle, type Disturbed, describeNotes, describeUnable, type Locale } from '../../solver/index.ts'
import { DisturbedSchema, DisturbRequestSchema } from '../api.ts'
import { orderedProblem } from '../disturbFaults.ts'
import { localeOf, Refusal } from '../errors.ts'
import { startThread } from '../jobs/thread.ts'
import { marksOf } from '../live/marks.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, KeyHeaders, keyOf, refusals, type Service } from './service.ts'

/** With an order come its places. */
const MAX_BYTES = 2 ** 20
const USUAL_SECONDS = 5
/** Moving one shipment to another truck has to save so much: few changes, unless they pay. */
const USUAL_STABILITY_KRW = 30_000

export function disturbRoutes(app: App, { jobs, travelOf }: Service): void {
  app.post(
    '/api/plans/:id/disturb',
    {
      config: { access: 'job.run' },
      bodyLimit: MAX_BYTES,
      schema: {
        summary:
          'Plan the rest of a confirmed day anew: what is done, by recorded times or the plan, stays as it is. Adds a problem, which stands for the day from now on, and a job; the confirmed plan holds until the new one is confirmed',
        tags: ['plans'],
        params: IdParams,
        headers: KeyHeaders,
        body: DisturbRequestSchema,
        response: { 200: DisturbedSchema, 202: DisturbedSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { params, body, headers, store } = request
      const locale = localeOf(headers['accept-language'])
      const { record, problem: before } = await planWithProblem(store, params.id)
      if (record.state !== 'confirmed') throw notConfirmed()
      const { plan } = record
      const problem = orderedProblem(before, plan, body.events, locale)
      const marks = marksOf(await store.actuals.list(params.id), before)
      const { nowS, events, preview = false, seconds = USUAL_SECONDS, stabilityKrw = USUAL_STABILITY_KRW } = body
      const travel = await travelOf(problem, undefined, plan.provenance)
      const thread = startThread({ kind: 'disturb', problem, travel, plan, nowS, events, marks })
      const disturbed = await thread.outcome
      if (disturbed.unable.length > 0) throw unable(disturbed.unable, locale)
      const answer = {
        standings: disturbed.standings.map(({ done: _, ...standing }) => ({
          ...standing,
          vehicle: baseVehicle(standing.vehicle),
          aboard: [...standing.aboard],
        })),
        notes: describeNotes(disturbed, locale),
      }
      if (preview) return answer
      const complex = record.complex
      const stored = await store.once(complex, keyOf(request, body), async (nouns) => {
        const id = await nouns.problems.add(complex, disturbed.problem)
        await nouns.disturbances.add(complex, { problem: id, plan: params.id, nowS, events, notes: disturbed.notes })
        const home = await nouns.complexes.get(complex)
        // somebody else may have changed the day meanwhile
        for (const { date } of home?.days.filter((day) => day.problem === record.problem) ?? [])
          await nouns.complexes.pointDay(complex, date, { from: record.problem, to: id })
        return { id }
      })
      const job = await jobs.submit(
        store,
        stored.id,
        { seconds, locks: [...disturbed.locks], stabilityKrw },
        locale,
        undefined,
        disturbed.from,
      )
      return reply.code(202).send({ ...answer, problem: stored.id, job: job.id })
    },
  )
}

const notConfirmed = (): Refusal =>
  new Refusal(409, 'plan.draft', {
    ko: '확정된 계획만 오늘 변동으로 다시 짭니다. 초안은 그대로 고치거나 다시 찾으세요.',
    en: 'Only a confirmed plan goes on from its day under way. Change a draft, or search again.',
  })

const unable = (broken: Disturbed['unable'], locale: Locale): Refusal =>
  new Refusal(
    422,
    'disturb.unable',
    {
      ko: '이미 실은 화물을 규칙 안에서 다 내릴 수 없는 차가 있습니다. 아무것도 바꾸지 않았습니다.',
      en: 'A truck cannot set down what it has on board within the rules. Nothing was changed.',
    },
    broken.map((entry) => ({
      code: 'disturb.unable',
      severity: 'error' as const,
      path: `routes/${entry.route}`,
      message: describeUnable(entry, locale),
      remedy: locale === 'ko' ? '실제 시각이나 사건을 고치세요.' : 'Correct the recorded times or the event.',
    })),
  )
