import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import { checkPlan, improve, type Plan, type Problem } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { RULES } from '../../solver/rules/index.ts'
import { scheduleRoute } from '../../solver/schedule.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { companyProblem, crowdedProblem, leastWorth, worthOf } from './companies.ts'
import { contract, gridTravel, makeProblem, shipment } from './problems.ts'
import { planOf, randomVisits, searchRoute, someOrders } from './routes.ts'

/** One truck that must carry everything, and nothing else that could. */
const oneTruck = (more: Partial<Problem>): Problem =>
  makeProblem({
    vehicles: [contract()],
    tariffs: makeProblem().tariffs.filter(({ kind }) => kind !== 'terminal'),
    ...more,
  })
const sitesOf = (plan: Plan): string[][] => plan.routes.map(({ stops }) => stops.map((stop) => stop.site))

test('what must not mix rides one after the other on the same truck', () => {
  // hub 0 — a 10 — b 20 km, both from a to b. Together: hub a b hub, 40 km. Kept apart: hub a b a b hub, 60 km: 100,000 + 300 × 60
  const problem = oneTruck({
    shipments: [shipment('s1', 'a', 'b', { cargo: 'mold' }), shipment('s2', 'a', 'b', { cargo: 'oil' })],
  })
  const travel = gridTravel(problem.sites)
  expect(planOf(problem, travel).costKrw).toBe(112_000)
  const plan = planOf({ ...problem, mixing: [['oil', 'mold']] }, travel)
  expect(plan.costKrw).toBe(118_000)
  expect(sitesOf(plan)).toEqual([['a', 'b', 'a', 'b']])
})

describe('insertion among barred company', () => {
  test('finds the cheapest of all places that keep every rule', () => {
    let found = 0
    let vetoed = 0
    for (let seed = 1; seed <= 200; seed++) {
      const { problem, travel } = companyProblem({ seed, shipments: 6, span: [15, 60, 150][seed % 3] })
      const opened = openProblem(problem, travel)
      const { instance } = opened
      const random = new Random(seed)
      const inserter = new Inserter(instance, new Random(1))
      const free = new Inserter({ ...instance, company: null }, new Random(1))
      const judge = (type: number, visits: readonly number[]) => {
        const schedule = scheduleRoute(instance, type, visits)
        const sound = RULES.every((rule) => rule.excess(schedule, instance) === 0)
        return { sound, krw: writeRoute(opened, schedule, '1').costKrw }
      }
      for (let k = 0; k < 12; k++) {
        const type = random.below(instance.types.length)
        const order = random.below(instance.orders)
        const others = someOrders(random, instance, 4).filter((other) => other !== order)
        const visits = randomVisits(random, others)
        const now = judge(type, visits)
        const { route, feasible } = searchRoute(instance, type, visits)
        if (visits.length === 0 || !now.sound || !feasible) continue
        let best = Number.POSITIVE_INFINITY
        for (let i = 0; i <= visits.length; i++)
          for (let j = i; j <= visits.length; j++) {
            const tried = [...visits.slice(0, i), 2 * order, ...visits.slice(i, j), 2 * order + 1, ...visits.slice(j)]
            const { sound, krw } = judge(type, tried)
            const allowed = instance.allowed[type * instance.orders + order] === 1
            if (sound && allowed && searchRoute(instance, type, tried).feasible) best = Math.min(best, krw - now.krw)
          }
        const delta = inserter.find(route, order, Number.POSITIVE_INFINITY)
        expect(delta, `seed ${seed}, visits ${visits}, order ${order}`).toBe(best)
        if (best !== Number.POSITIVE_INFINITY) found++
        if (free.find(route, order, Number.POSITIVE_INFINITY) < best) vetoed++
      }
    }
    expect(found).toBeGreaterThan(60)
    expect(vetoed).toBeGreaterThan(20)
  })
})

describe('the search', () => {
  test('breaks no rule in any plan of a run', () => {
    for (let seed = 1; seed <= 120; seed++) {
      const { problem, travel } = companyProblem({ seed, shipments: seed % 12, span: [10, 40, 80][seed % 3] })
      for (const { plan, costKrw } of improve(problem, travel, { seed, iterations: 150 })) {
        if (!plan) continue
        expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
      }
    }
  })

  test('is as cheap as the cheapest of all plans', () => {
    const worse: string[] = []
    let bound = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { problem, travel } = crowdedProblem({ seed, shipments: 3, span: [10, 20, 40][seed % 3] })
      const least = leastWorth(problem, travel)
      const found = worthOf(planOf(problem, travel, { seed, iterations: 400 }))
      expect(found, `seed ${seed}`).toBeGreaterThanOrEqual(least)
      if (found > least) worse.push(`seed ${seed}: ${found} instead of ${least}`)
      const { mixing: _mixing, ...free } = problem
      if (worthOf(planOf(free, travel, { seed, iterations: 400 })) < least) bound++
    }
    // nearly all: in seed 1 the dear truck pays only once all three are on it
    expect(worse.length, worse.join('\n')).toBeLessThanOrEqual(1)
    expect(bound).toBeGreaterThan(5)
  })
})

test('the check finds what a problem forbids today', () => {
  const problem = oneTruck({
    shipments: [shipment('s1', 'a', 'b', { cargo: 'mold' }), shipment('s2', 'a', 'b', { cargo: 'oil' })],
  })
  const travel = gridTravel(problem.sites)
  const plan = planOf(problem, travel)
  const found = checkPlan({ ...problem, mixing: [['mold', 'oil']] }, travel, plan)
  expect(found.map(({ rule, stop, excess }) => [rule, stop, excess])).toEqual([['mixing', 0, 1]])
})
