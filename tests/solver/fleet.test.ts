import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { checkPlan, comparePlan, DAY_S, PlanSchema, type Problem } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { servable } from './bruteForce.ts'
import { HOUR, randomProblem, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

/** Parts, trips, days, waiting and drivers, all in one problem. */
function everything(problem: Problem, random: Random): Problem {
  const [own, ...others] = problem.vehicles
  return {
    ...problem,
    vehicles: [own, { ...own, id: 'second', maxTrips: 1 }, ...others].map((vehicle) => ({ maxTrips: 2, ...vehicle })),
    tariffs: problem.tariffs.map((tariff) => (tariff.kind === 'contract' ? { ...tariff, perDayKrw: 20_000 } : tariff)),
    shipments: problem.shipments.map((entry, k) => ({
      ...entry,
      holdKrwPerDay: k % 2 ? 1234.5 : 0,
      ...(k % 3 ? {} : { weightKg: (entry.weightKg + 100) * 8, pieceKg: 100, maxParts: 9 }),
    })),
    drivers: Array.from({ length: 1 + random.below(3) }, (_, k) => ({
      id: `d${k}`,
      vehicles: k === 0 ? ['own', 'second'] : ['second'],
      ...(random.below(2)
        ? {
            shifts: Array.from({ length: problem.days }, (_, day): [number, number] => [
              day * DAY_S + (6 + random.below(4)) * HOUR,
              day * DAY_S + (12 + random.below(8)) * HOUR,
            ]),
          }
        : {}),
    })),
  }
}

test('all at once: every plan passes the check, starts again from itself and adds up against its baselines', () => {
  const seen = { compared: 0, parts: 0, drivers: 0, trips: 0, later: 0 }
  for (let seed = 1; seed <= 120; seed++) {
    const made = (seed % 2 ? wildProblem : randomProblem)({ seed, shipments: 8, span: 40 })
    const { problem, travel } = servable({ ...made, problem: everything(made.problem, new Random(seed)) })
    const plan = planOf(problem, travel, { seed, iterations: 150 })
    expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
    expect(Value.Check(PlanSchema, plan), `seed ${seed}`).toBe(true)
    const again = planOf(problem, travel, { seed, iterations: 3, from: plan })
    expect(checkPlan(problem, travel, again), `seed ${seed}`).toEqual([])
    expect(again.costKrw, `seed ${seed}`).toBeLessThanOrEqual(plan.costKrw)
    const { baselines, waterfall, planKrw } = comparePlan(problem, travel, plan, 200)
    const [, b1, b2] = baselines
    expect(b1.costKrw + waterfall.reduce((sum, { krw }) => sum + krw, 0), `seed ${seed}`).toBe(planKrw)
    // what only a contract truck takes has no direct way, so B1 leaves it out
    if (b1.excluded.length === 0) {
      seen.compared++
      expect(plan.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
      expect(b2.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
    }
    if (plan.parts) seen.parts++
    if (plan.routes.some(({ driver }) => driver !== undefined)) seen.drivers++
    if (plan.routes.some(({ trips }) => trips! > 1)) seen.trips++
    if (plan.routes.some(({ day }) => day! > 1)) seen.later++
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5)
})
