import { describe, expect, it } from 'vitest'
import {
  AppliedHorizonSchema,
  type DayPlans,
  DayPlansSchema,
  HorizonSchema,
  NewScenarioAnswerSchema,
  StoredPlanSchema,
} from '../../server/api.ts'
import type { App } from '../../server/routes/service.ts'
import type { Nouns } from '../../server/store/store.ts'
import { checkPlan, type Problem } from '../../solver/index.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'
import { addProblem, expectRefusal, expectShape, openApp } from './openApp.ts'

const DATES = ['2026-11-23', '2026-11-24'] as const
const send = async (app: App, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  await app.inject({ method, url, headers: { 'accept-language': 'ko' }, ...(payload && { payload }) })

/** A light order of Monday that is not due before Tuesday's end, and one of Tuesday on the same way. */
const dayOf = (date: string, problem: Partial<Problem> = {}): Problem =>
  makeProblem({
    startsAt: `${date}T00:00:00+09:00`,
    vehicles: makeProblem().vehicles.map((vehicle) => (vehicle.id === 'spot' ? { ...vehicle, count: 1 } : vehicle)),
    shipments: [makeShipment(`plates-${date.slice(-2)}`, { weightKg: 400, due: 2 * 86_400 - 1, modes: ['route'] })],
    ...problem,
  })

async function standing(app: App, store: Nouns, ...problems: Problem[]): Promise<string[]> {
  const ids: string[] = []
  for (const [index, problem] of problems.entries()) {
    const id = await addProblem(app, problem)
    await store.complexes.setDay('gwangju', DATES[index]!, id)
    ids.push(id)
  }
  return ids
}

async function plan(app: App, problem: string, iterations = 40): Promise<string> {
  const job = (await send(app, 'POST', `/api/problems/${problem}/jobs`, { seconds: 60, iterations })).json()
  await send(app, 'GET', `/api/jobs/${job.id}/events`)
  return (await send(app, 'GET', `/api/jobs/${job.id}`)).json().plan
}
const plansOf = async (app: App): Promise<DayPlans> => {
  const answer = await send(app, 'GET', `/api/complexes/gwangju/days/${DATES[0]}/plans`)
  expect(answer.statusCode, answer.body).toBe(200)
  expectShape(DayPlansSchema, answer.json())
  return answer.json()
}
const today = async (store: Nouns, date: string = DATES[0]) =>
  (await store.complexes.get('gwangju'))!.days.find((day) => day.date === date)

describe('the plans of a day', () => {
  it('are those of its problem, its scenarios and what stood before, and a scenario is never the day', async () => {
    const { app, store } = await openApp()
    const [before] = await standing(app, store, dayOf(DATES[0]))
    const [now] = await standing(app, store, makeProblem())
    const first = await plan(app, now!)
    const made = await send(app, 'POST', `/api/problems/${now}/scenarios`, {
      changes: [
        { kind: 'count', vehicle: 'round', count: 0 },
        { kind: 'rates', of: 'hired', part: 'all', percent: 110 },
      ],
    })
    expect(made.statusCode, made.body).toBe(201)
    expectShape(NewScenarioAnswerSchema, made.json())
    const scenario = made.json()
    expect(scenario).toMatchObject({
      of: now,
      name: { ko: 'round 1 → 0대 · 용차 요금 +10 %', en: 'round 1 → 0 · hired truck rates +10 %' },
    })
    const other = await plan(app, scenario.problem)
    const { problems } = await plansOf(app)
    expect(problems.map(({ problem, standing, scenario }) => [problem, standing, scenario?.name.ko])).toEqual([
      [now, true, undefined],
      [scenario.problem, false, scenario.name.ko],
      [before, false, undefined],
    ])
    expect(problems[0]!.plans).toMatchObject([{ id: first, seconds: 60, edits: 0, state: 'draft', unserved: 0 }])
    expect(problems[1]!.plans.map(({ id }) => id)).toEqual([other])
    expect(await today(store)).toMatchObject({ problem: now, plan: first })
  })

  it('stand for the day as chosen, and go back', async () => {
    const { app, store } = await openApp()
    const [problem] = await standing(app, store, makeProblem())
    const [first, second] = [await plan(app, problem!, 1), await plan(app, problem!, 40)]
    const set = (plan: string, was: string) =>
      send(app, 'PUT', '/api/complexes/gwangju/days', {
        days: [{ date: DATES[0], problem, plan, was: { problem, plan: was } }],
      })
    expect((await set(first, second)).json()).toMatchObject([{ date: DATES[0], plan: first }])
    expect(expectRefusal(await set(first, second), 412).code).toBe('day.changed')
    expect((await set(second, first)).json()).toMatchObject([{ plan: second }])

    const { version } = (await store.plans.get(second))!
    await store.plans.confirm(second, version, '{}')
    expect(expectRefusal(await set(first, second), 409).code).toBe('plan.dayConfirmed')
    const unknown = { date: DATES[0], problem, plan: 'nobody', was: { problem, plan: second } }
    expectRefusal(await send(app, 'PUT', '/api/complexes/gwangju/days', { days: [unknown] }), 404)
  })

  it('take over the plan of a scenario where it holds, and are told what it breaks where not', async () => {
    const { app, store } = await openApp()
    const [problem] = await standing(app, store, makeProblem())
    const without = { changes: [{ kind: 'count', vehicle: 'spot', count: 1 }], name: '용차 한 대' }
    const dearer = { changes: [{ kind: 'rates', of: 'hired', part: 'all', percent: 120 }] }
    const planned = async (body: object) =>
      await plan(app, (await send(app, 'POST', `/api/problems/${problem}/scenarios`, body)).json().problem)
    const [held, not] = [await planned(without), await planned(dearer)]
    const copied = await send(app, 'POST', `/api/problems/${problem}/plans`, { from: held })
    expect(copied.statusCode, copied.body).toBe(201)
    expectShape(StoredPlanSchema, copied.json())
    expect(await today(store)).toMatchObject({ plan: copied.json().id })
    const refused = await send(app, 'POST', `/api/problems/${problem}/plans`, { from: not })
    expect(expectRefusal(refused, 422).issues.length).toBeGreaterThan(0)
  })

  it('have no scenario that cannot be planned: every fault is told', async () => {
    const { app, store } = await openApp()
    const [problem] = await standing(app, store, makeProblem())
    const bare = await send(app, 'POST', `/api/problems/${problem}/scenarios`, { changes: [] })
    expectRefusal(bare, 400)
    const nobody = { changes: [{ kind: 'rates', of: 'hired', part: 'all', percent: 0 }] }
    expectRefusal(await send(app, 'POST', `/api/problems/${problem}/scenarios`, nobody), 400)
    expectRefusal(await send(app, 'POST', '/api/problems/none/scenarios', { changes: [{ kind: 'noTerminal' }] }), 404)
    expect((await plansOf(app)).problems.length).toBe(1)
  })
})

describe('days put together', () => {
  it('say what waiting saves, give the days their orders, and take them back', async () => {
    const { app, store, service } = await openApp()
    const ids = await standing(app, store, dayOf(DATES[0]), dayOf(DATES[1]))
    const made = await send(app, 'POST', '/api/complexes/gwangju/horizons', {
      dates: DATES,
      waitDays: 1,
      hold: { krwPerTonneDay: 5000, note: { source: 'assumed', certainty: 'X' } },
    })
    expect(made.statusCode, made.body).toBe(201)
    expectShape(HorizonSchema, made.json())
    const { problem, alone } = made.json()
    const listed = (await send(app, 'GET', '/api/complexes/gwangju/horizons')).json()
    expect(listed.map((one: { problem: string }) => one.problem)).toEqual([problem])
    const [waiting, each] = [await plan(app, problem), await plan(app, alone)]
    const [saved, baseline] = [(await store.plans.get(waiting))!.plan, (await store.plans.get(each))!.plan]
    // one truck in place of two, for 400 kg × 1 day × 5,000 won a tonne
    expect([saved.routes.length, baseline.routes.length]).toEqual([1, 2])
    expect(saved.costLines).toContainEqual({ kind: 'hold', krw: 2000 })
    expect(saved.costKrw).toBeLessThan(baseline.costKrw)

    const applied = await send(app, 'POST', `/api/horizons/${problem}/apply`, { plan: waiting })
    expect(applied.statusCode, applied.body).toBe(200)
    expectShape(AppliedHorizonSchema, applied.json())
    const [monday, tuesday] = [(await today(store))!, (await today(store, DATES[1]))!]
    expect([monday.shipments, tuesday.shipments]).toEqual([0, 2])
    for (const day of [monday, tuesday]) {
      const { problem } = (await store.problems.get(day.problem))!
      const travel = await service.travelOf(problem)
      expect(checkPlan(problem, travel, (await store.plans.get(day.plan!))!.plan)).toEqual([])
    }
    const { problem: joined } = (await store.problems.get(tuesday.problem))!
    expect(joined.shipments.map(({ id, note }) => [id, note])).toEqual([
      ['plates-24', undefined],
      ['plates-23', '2026-11-23부터 기다림'],
    ])
    expect(expectRefusal(await send(app, 'POST', `/api/horizons/${problem}/apply`, { plan: waiting }), 412).code).toBe(
      'day.changed',
    )
    type Day = { date: string; before: object; after: object }
    const back = applied.json().days.map(({ date, before, after }: Day) => ({ date, ...before, was: after }))
    expect((await send(app, 'PUT', '/api/complexes/gwangju/days', { days: back })).statusCode).toBe(200)
    expect([(await today(store))!.problem, (await today(store, DATES[1]))!.problem]).toEqual(ids)
  })

  it('are refused with every day that has no orders or differs from the first', async () => {
    const { app, store } = await openApp()
    await standing(app, store, dayOf(DATES[0]), dayOf(DATES[1], { law: { restS: 1800 } }))
    const together = (dates: string[]) => send(app, 'POST', '/api/complexes/gwangju/horizons', { dates, waitDays: 1 })
    const codes = async (dates: string[]) =>
      expectRefusal(await together(dates), 422).issues.map(({ code, path }) => [code, path])
    expect(await codes([...DATES])).toEqual([['horizon.law', 'dates/2026-11-24']])
    expect(await codes([DATES[0], '2026-11-25', '2026-11-26'])).toEqual([
      ['horizon.empty', 'dates/2026-11-25'],
      ['horizon.empty', 'dates/2026-11-26'],
    ])
  })
})
