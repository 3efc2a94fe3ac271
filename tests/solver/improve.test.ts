import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import {
  checkPlan,
  comparePlan,
  improve,
  type Mode,
  type Plan,
  PlanSchema,
  type Problem,
  type Travel,
} from '../../solver/index.ts'

import { leastCost, servable } from './bruteForce.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, wildProblem } from './problems.ts'

import { planOf } from './routes.ts'

describe('the search against every plan there is', () => {
  test('is as cheap, on mixed fleets with every rule', () => {
    const worse: string[] = []
    for (let seed = 1; seed <= 60; seed++) {
      const { problem, travel } = servable(
        randomProblem({ seed, shipments: seed % 6 === 0 ? 4 : 3, span: [10, 40, 80][seed % 3] }),
      )
      const least = leastCost(problem, travel)
      const { costKrw } = planOf(problem, travel, { seed, iterations: 400 })
      // nothing is cheaper than the cheapest
      expect(costKrw, `seed ${seed}`).toBeGreaterThanOrEqual(least)
      if (costKrw > least) worse.push(`seed ${seed}: ${costKrw} instead of ${least}`)
    }
    // nearly all: in seed 58 the best truck leaves later than the search lets it, because its day would be too long from the morning on
    expect(worse.length, worse.join('\n')).toBeLessThanOrEqual(1)
  })
})

/** Every plan that a run shows on the way, with the cost its step says. */
function* plansOf(problem: Problem, travel: Travel, seed: number, iterations: number): Generator<[Plan, number]> {
  for (const { plan, costKrw } of improve(problem, travel, { seed, iterations })) if (plan) yield [plan, costKrw]
}

describe('every plan of a run', () => {
  test.each([
    ['problems with every rule about to bind', randomProblem, 120],
    ['problems from the edge of the schema', wildProblem, 160],
  ] as const)('%s: follows its schema, breaks no rule and costs what its step says', (_, make, seeds) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { problem, travel } = make({ seed, shipments: seed % 12, span: [20, 60, 120][seed % 3] })
      for (const [plan, costKrw] of plansOf(problem, travel, seed, 150)) {
        expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
        expect(Value.Check(PlanSchema, plan), `seed ${seed}`).toBe(true)
        const parts = plan.routes.length + plan.direct.length
        expect(parts + plan.unserved.length).toBeLessThanOrEqual(problem.shipments.length)
      }
    }
  })

  test('gets cheaper or serves more from plan to plan', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { problem, travel } = randomProblem({ seed, shipments: 12, span: 60 })
      const plans = [...plansOf(problem, travel, seed, 600)].map(([plan]) => plan)
      for (const [k, plan] of plans.entries())
        if (k > 0) {
          const { unserved, costKrw } = plans[k - 1]
          const served = unserved.length - plan.unserved.length
          expect(served > 0 || (served === 0 && plan.costKrw < costKrw), `seed ${seed}`).toBe(true)
        }
    }
  })
})

describe('against the baselines', () => {
  test('costs at most B1, B2 costs at most B1, and the waterfall adds up to the won', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { problem, travel } = servable((seed % 2 ? randomProblem : wildProblem)({ seed, shipments: 8, span: 60 }))
      const plan = planOf(problem, travel, { seed, iterations: 200 })
      const { baselines, waterfall, planKrw } = comparePlan(problem, travel, plan)
      const [b0, b1, b2] = baselines
      expect(baselines.map(({ id }) => id)).toEqual(['B0', 'B1', 'B2'])
      expect(plan.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
      expect(b2.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
      expect(b1.costKrw + waterfall.reduce((sum, { krw }) => sum + krw, 0), `seed ${seed}`).toBe(planKrw)
      for (const { costKrw, costLines, shipments, excluded } of [b0, b1, b2]) {
        expect(costLines.reduce((sum, { krw }) => sum + krw, 0)).toBe(costKrw)
        expect(shipments.reduce((sum, entry) => sum + entry.costKrw, 0)).toBe(costKrw)
        expect(shipments.length + excluded.length).toBe(problem.shipments.length)
      }
    }
  })

  test('the savings name the plan they compare with', () => {
    // direct: 20,000 + 500 × 10 km = 25,000, lifted to 45,000, twice = 90,000; by terminal 7,000 + 62 × 100 = 13,200 each
    const problem = makeProblem({ shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'b')] })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    const [b0, b1] = comparePlan(problem, travel, plan).baselines
    expect(plan.costKrw).toBe(26_400)
    expect([b0.costKrw, b0.savingKrw]).toEqual([90_000, 63_600])
    expect(b0.savingShare).toBeCloseTo(63_600 / 90_000, 9)
    expect([b1.costKrw, b1.savingKrw, b1.savingShare]).toEqual([26_400, 0, 0])
  })

  test('a shipment that no way carries is left out of both sides', () => {
    const problem = makeProblem({
      shipments: [shipment('s1', 'a', 'b'), shipment('huge', 'a', 'b', { weightKg: 9000 })],
    })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    const { unserved, baselines } = comparePlan(problem, travel, plan)
    expect(unserved).toEqual(['huge'])
    for (const { shipments, excluded } of baselines) {
      expect(shipments.map((entry) => entry.shipment)).toEqual(['s1'])
      expect(excluded).toEqual([])
    }
  })
})

describe('the same input', () => {
  test('with the same seed and iterations gives the same plan, byte for byte', () => {
    for (const seed of [1, 2, 3, 4_294_967_297]) {
      const { problem, travel } = randomProblem({ seed, shipments: 14, span: 60 })
      const once = JSON.stringify(planOf(problem, travel, { seed, iterations: 300 }))
      expect(JSON.stringify(planOf(structuredClone(problem), structuredClone(travel), { seed, iterations: 300 }))).toBe(
        once,
      )
    }
  })

  test('stays as it is: the solver writes nothing into it', () => {
    const { problem, travel } = randomProblem({ seed: 5, shipments: 10 })
    const before = JSON.stringify([problem, travel])
    comparePlan(problem, travel, planOf(problem, travel))
    expect(JSON.stringify([problem, travel])).toBe(before)
  })

  test('with other seeds reaches other plans on the way', () => {
    const { problem, travel } = randomProblem({ seed: 5, shipments: 20, span: 40 })
    const costs = [1, 2, 3, 4, 5, 6].map((seed) => planOf(problem, travel, { seed, iterations: 5 }).costKrw)
    expect(new Set(costs).size).toBeGreaterThan(1)
  })
})

describe('starting from a plan', () => {
  test('never ends worse than it', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const { problem, travel } = randomProblem({ seed, shipments: 9, span: [20, 60, 120][seed % 3] })
      const first = planOf(problem, travel, { seed, iterations: 300 })
      const again = planOf(problem, travel, { seed: seed + 1, iterations: 10, from: first })
      expect(again.unserved.length, `seed ${seed}`).toBeLessThanOrEqual(first.unserved.length)
      if (again.unserved.length === first.unserved.length)
        expect(again.costKrw, `seed ${seed}`).toBeLessThanOrEqual(first.costKrw)
    }
  })

  // the truck carries both for 100,000 + 300 × 40 km = 112,000; alone they go by hired truck
  const problem = makeProblem({
    vehicles: [contract(), hired({ count: 0, capacityKg: 2500 })],
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.id === 'spot' ? { ...tariff, baseKrw: 90_000 } : tariff)),
    shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b', { weightKg: 1200 })),
  })
  const travel = gridTravel(problem.sites)
  const plan = planOf(problem, travel)

  test('keeps its routes where nothing has changed', () => {
    expect(plan.costKrw).toBe(112_000)
    expect(planOf(problem, travel, { iterations: 0, from: plan }).routes).toEqual(plan.routes)
  })

  test('leaves out what the problem no longer has', () => {
    const fewer = { ...problem, shipments: problem.shipments.slice(1) }
    const without = { ...problem, vehicles: problem.vehicles.slice(1) }
    for (const changed of [fewer, without]) {
      const next = planOf(changed, travel, { from: plan })
      expect(checkPlan(changed, travel, next)).toEqual([])
    }
  })

  const only = (modes: Mode[]): Problem => ({
    ...problem,
    shipments: problem.shipments.map((entry) => ({ ...entry, modes })),
  })
  const twice = { ...plan, routes: [...plan.routes, ...plan.routes] }
  const half = {
    ...plan,
    routes: plan.routes.map((route) => ({ ...route, stops: route.stops.slice(0, 1) })),
  }
  const two: Problem = { ...problem, vehicles: [contract({ count: 2 }), problem.vehicles[1]] }
  test.each<[string, Problem, Plan]>([
    ['shipments that may no longer share a truck', only(['hired']), plan],
    ['a smaller truck', { ...problem, vehicles: [contract({ capacityKg: 2000 }), problem.vehicles[1]] }, plan],
    ['no such truck any more', { ...problem, vehicles: [contract({ count: 0 }), problem.vehicles[1]] }, plan],
    ['a shipment on two routes of it', two, twice],
    ['a pickup without its delivery', problem, half],
  ])('drops the routes that break a rule today: %s', (_, changed, from) => {
    expect(checkPlan(changed, travel, planOf(changed, travel, { iterations: 3, from }))).toEqual([])
  })
})

describe('what cannot be carried', () => {
  test.each<[string, Problem, string]>([
    [
      'too heavy for every truck',
      makeProblem({ shipments: [shipment('s1', 'a', 'b', { weightKg: 9000 })] }),
      'fitsTruck',
    ],
    [
      'nothing lifts it',
      makeProblem({ shipments: [shipment('s1', 'a', 'b', { handling: [], weightKg: 400 })] }),
      'handling',
    ],
    [
      'closed all day',
      makeProblem({ shipments: [shipment('s1', 'a', 'b', { pickupWindows: [], modes: ['route', 'hired'] })] }),
      'timeWindows',
    ],
    ['no mode is left', makeProblem({ shipments: [shipment('s1', 'a', 'b', { modes: [] })] }), 'modes'],
    [
      'no truck, too heavy for freight',
      makeProblem({ vehicles: [], shipments: [shipment('s1', 'a', 'b', { weightKg: 400 })] }),
      'fleet',
    ],
  ])('%s: unserved with its reason, not an error', (_, problem, rule) => {
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.unserved.map(({ shipment: id }) => id)).toEqual(['s1'])
    expect(plan.unserved[0].reasons.map((reason) => reason.rule)).toContain(rule)
    expect(plan.unserved[0].reasons.every(({ proof }) => proof === 'impossible')).toBe(true)
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  test('a shipment that only a later departure makes possible is carried', () => {
    // 14:00–15:00 at a, 16:00 at b: less than 4 h of work from the afternoon on, 8 h from the morning
    const problem = makeProblem({
      vehicles: [contract()],
      law: { maxWorkS: 4 * HOUR },
      shipments: [
        shipment('s1', 'a', 'b', {
          modes: ['route'],
          pickupWindows: [
            [8 * HOUR, 9 * HOUR],
            [14 * HOUR, 15 * HOUR],
          ],
          deliveryWindows: [[16 * HOUR, 17 * HOUR]],
        }),
      ],
    })
    expect(planOf(problem, gridTravel(problem.sites)).unserved).toEqual([])
  })

  test('serving comes before cost: what has no direct way is not left behind for what is dear', () => {
    // one truck for one of three; two of them may be hired for 5,000,000 each, the third may only ride
    const problem = makeProblem({
      vehicles: [contract({ capacityKg: 100 }), hired({ count: 0 })],
      tariffs: makeProblem()
        .tariffs.filter(({ kind }) => kind !== 'terminal')
        .map((tariff) => (tariff.kind === 'hired' ? { ...tariff, baseKrw: 5_000_000 } : tariff)),
      shipments: [
        shipment('only', 'a', 'b', { modes: ['route'], mustGoAlone: true }),
        shipment('x', 'a', 'b', { mustGoAlone: true }),
        shipment('y', 'a', 'b', { mustGoAlone: true }),
      ],
    })
    for (let seed = 1; seed <= 10; seed++)
      expect(planOf(problem, gridTravel(problem.sites), { seed }).unserved, `seed ${seed}`).toEqual([])
  })
})

describe('next to nothing to plan', () => {
  test.each<[string, Partial<Problem>, number]>([
    ['no shipments', { shipments: [] }, 0],
    ['no vehicles: terminal freight takes it', { vehicles: [] }, 13_200],
    ['no trucks to give routes to', { vehicles: [contract({ count: 0 })] }, 13_200],
    ['nothing at all', { shipments: [], vehicles: [], sites: [], firms: [], tariffs: [] }, 0],
  ])('%s', (_, more, costKrw) => {
    const problem = makeProblem(more)
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.costKrw).toBe(costKrw)
    expect(checkPlan(problem, travel, plan)).toEqual([])
    expect(comparePlan(problem, travel, plan, 200).planKrw).toBe(costKrw)
  })

  test('no iterations still give a plan', () => {
    const { problem, travel } = randomProblem({ seed: 3, shipments: 10, span: 60 })
    expect(checkPlan(problem, travel, planOf(problem, travel, { iterations: 0 }))).toEqual([])
  })
})

test('the puller may stop at any step and tell the search how much of the budget is used', () => {
  const { problem, travel } = randomProblem({ seed: 4, shipments: 20, span: 60 })
  const steps = improve(problem, travel, { seed: 1 })
  let plan: Plan | undefined
  let iterations = -1
  for (let pull = 0; pull <= 20; pull++) {
    const { value } = steps.next(pull / 20)
    expect(value!.iterations).toBeGreaterThan(iterations)
    iterations = value!.iterations
    plan = value!.plan ?? plan
  }
  expect(checkPlan(problem, travel, plan!)).toEqual([])
  steps.return()
  expect(steps.next().done).toBe(true)
})
