/** The days of a week as one problem, in which orders may wait for a fuller truck, and back to days. */
import { Type } from 'typebox'
import {
  findIssues,
  type HorizonDay,
  type HorizonFault,
  horizonFaults,
  type Issue,
  type Locale,
  makeHorizon,
  splitHorizon,
} from '../../solver/index.ts'
import { AppliedHorizonSchema, ApplyHorizonSchema, HorizonSchema, NewHorizonSchema } from '../api.ts'
import { localeOf, notFound, unprocessable } from '../errors.ts'
import { dayChanged } from '../store/complexes.ts'
import { newId } from '../store/ids.ts'
import { dayConfirmed } from '../store/plans.ts'
import type { Nouns } from '../store/store.ts'
import { broken } from './planChanges.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

const MAX_LISTED = 20

export function horizonRoutes(app: App, { checkEdited }: Service): void {
  app.get(
    '/api/complexes/:id/horizons',
    {
      config: { access: 'problem.read' },
      schema: {
        summary: 'Days that were put together as one, newest first',
        tags: ['problems'],
        params: IdParams,
        response: { 200: Type.Array(HorizonSchema), ...refusals },
      },
    },
    async ({ params, store }) => {
      if (!(await store.complexes.get(params.id))) throw notFound('complex', params.id)
      return [...(await store.variants.horizons(params.id, MAX_LISTED))]
    },
  )

  app.post(
    '/api/complexes/:id/horizons',
    {
      config: { access: 'problem.add' },
      schema: {
        summary:
          'Put days together as one problem in which orders may wait, and as another in which none does: planned by the same seconds, they say what waiting saves',
        tags: ['problems'],
        params: IdParams,
        body: NewHorizonSchema,
        response: { 201: HorizonSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }, reply) => {
      const { dates, ...options } = body
      const locale = localeOf(headers['accept-language'])
      const complex = params.id
      const known = (await store.complexes.get(complex))?.days
      if (!known) throw notFound('complex', complex)
      const standing = dates.map((date) => ({ date, problem: known.find((day) => day.date === date)?.problem }))
      const empty = standing.filter(({ problem }) => problem === undefined)
      if (empty.length > 0) throw unprocessable(empty.map(({ date }) => issueOf('empty', date, locale)))
      const pointers = standing.map(({ date, problem }) => ({ date, problem: problem! }))
      const days = await daysOf(store, pointers)
      const faults = horizonFaults(days)
      if (faults.length > 0) throw unprocessable(faults.map(({ what, date }) => issueOf(what, date, locale)))
      const name = (waits: number) => nameOf(dates, waits, locale)
      const made = [options.waitDays, 0].map(
        (waitDays) => makeHorizon(days, name(waitDays), { ...options, waitDays }).problem,
      )
      const issues = made.flatMap((problem) => findIssues(problem, locale))
      if (issues.some(({ severity }) => severity === 'error')) throw unprocessable(issues)
      const problem = await store.once(complex, undefined, async (nouns) => {
        const [waiting, alone] = [
          await nouns.problems.add(complex, made[0]!),
          await nouns.problems.add(complex, made[1]!),
        ]
        await nouns.variants.add(complex, waiting, { kind: 'horizon', alone, days: pointers, options })
        await nouns.variants.add(complex, alone, { kind: 'alone' })
        return waiting
      })
      const horizons = await store.variants.horizons(complex, MAX_LISTED)
      return reply
        .code(201)
        .header('location', `/api/problems/${problem}`)
        .send(horizons.find((horizon) => horizon.problem === problem)!)
    },
  )

  app.post(
    '/api/horizons/:id/apply',
    {
      config: { access: 'problem.add' },
      schema: {
        summary:
          'Give each day the orders that ride on it in a plan of the horizon, with its part of the plan, all days or none; the answer says what to PUT to undo it',
        tags: ['problems'],
        params: IdParams,
        body: ApplyHorizonSchema,
        response: { 200: AppliedHorizonSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }) => {
      const variant = await store.variants.get(params.id)
      const home = await store.problems.get(params.id)
      if (!home || variant?.kind !== 'horizon') throw notFound('problem', params.id)
      const record = await store.plans.get(body.plan)
      if (record?.problem !== params.id) throw notFound('plan', body.plan)
      const locale = localeOf(headers['accept-language'])
      const days = await daysOf(store, variant.days)
      const horizon = makeHorizon(days, home.problem.name, variant.options)
      const note = (since: string) => (locale === 'ko' ? `${since}부터 기다림` : `has waited since ${since}`)
      const parts = splitHorizon(horizon, days, record.plan, note)
      for (const { problem, plan } of parts) {
        const violations = await checkEdited(problem, plan)
        if (violations.length > 0) throw broken(violations, plan, locale)
      }
      return await store.once(home.complex, undefined, async (nouns) => {
        await nouns.complexes.hold(home.complex)
        const known = new Map((await nouns.complexes.get(home.complex))?.days.map((day) => [day.date, day]))
        const done = []
        for (const [index, { date, problem, plan, changed }] of parts.entries()) {
          const was = variant.days[index]!.problem
          const day = known.get(date)
          if (day?.problem !== was) throw dayChanged(date)
          const { items } = await nouns.plans.list({ problem: was, limit: 500 })
          const confirmed = items.find(({ state }) => state === 'confirmed')
          if (confirmed) throw dayConfirmed(confirmed.id)
          const id = changed ? await nouns.problems.add(home.complex, problem) : was
          const planId = newId()
          await nouns.plans.put({ id: planId, problem: id, plan })
          if (changed) await nouns.complexes.setDay(home.complex, date, id)
          const before = { problem: was, ...(day.plan !== undefined && { plan: day.plan }) }
          done.push({ date, before, after: { problem: id, plan: planId } })
        }
        return { days: done }
      })
    },
  )
}

async function daysOf(store: Nouns, days: readonly { date: string; problem: string }[]): Promise<HorizonDay[]> {
  return await Promise.all(
    days.map(async ({ date, problem }) => {
      const record = await store.problems.get(problem)
      if (!record) throw notFound('problem', problem)
      return { date, problem: record.problem }
    }),
  )
}

const nameOf = (dates: readonly string[], waitDays: number, locale: Locale): string => {
  const span = `${dates[0]}–${dates.at(-1)}`
  if (locale === 'ko') return `${span} ${waitDays > 0 ? `최대 ${waitDays}일 대기` : '하루씩'}`
  return `${span}, ${waitDays > 0 ? `waiting ${waitDays} days at most` : 'each day alone'}`
}

const FAULTS: Readonly<Record<HorizonFault | 'empty', { readonly ko: string; readonly en: string }>> = {
  empty: { ko: '주문이 없는 날', en: 'a day without orders' },
  days: { ko: '하루가 아닌 문제', en: 'a problem of several days' },
  travel: { ko: '이동시간표가 들어 있는 문제', en: 'a problem with travel tables of its own' },
  order: { ko: '날짜 순서가 아님', en: 'dates are not ascending' },
  timeZone: { ko: '시간대가 다름', en: 'another time zone' },
  tariffs: { ko: '요금표가 다름', en: 'other tariffs' },
  law: { ko: '휴게·근무 규칙이 다름', en: 'other rules of rest and work' },
  energy: { ko: '연료 수치가 다름', en: 'other figures of fuel' },
  mixing: { ko: '혼적 규칙이 다름', en: 'other rules of mixing' },
  balance: { ko: '균형 규칙이 다름', en: 'other rules of balance' },
  timeOfDay: { ko: '시간대별 도로 사정이 다름', en: 'other hours of the roads' },
  tollDiscounts: { ko: '통행료 할인이 다름', en: 'other toll discounts' },
  drivers: { ko: '기사가 다름', en: 'other drivers' },
}

const issueOf = (what: HorizonFault | 'empty', date: string, locale: Locale): Issue => ({
  code: `horizon.${what}`,
  severity: 'error',
  path: `dates/${date}`,
  message: `${date}: ${FAULTS[what][locale]}`,
  remedy:
    locale === 'ko'
      ? '이 날을 빼거나 다른 날과 같게 맞춘 뒤 다시 묶으세요.'
      : 'Leave this day out, or make it like the others, and put them together again.',
})
