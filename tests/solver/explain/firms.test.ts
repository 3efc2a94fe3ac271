import { describe, expect, test } from 'vitest'
import {
  comparePlan,
  explainFirm,
  explainShipments,
  growMembers,
  improve,
  type Members,
  type Problem,
  type Travel,
} from '../../../solver/index.ts'
import { manyFeatures } from '../features.ts'
import { contract, gridTravel, hired, makeProblem, randomProblem, shipment, withoutTrucks } from '../problems.ts'
import { planOf } from '../routes.ts'

const effort = { seed: 1, iterations: 60 }

function grow(problem: Problem, travel: Travel, draws: number): { members: Members; steps: (readonly number[])[] } {
  const steps: (readonly number[])[] = []
  const growth = growMembers(problem, travel, { ...effort, draws })
  for (;;) {
    const { value, done } = growth.next()
    if (done) return { members: value, steps }
    steps.push(value)
  }
}

/** A random problem of shipments that can all go direct: B1 knows them all. */
function directProblem(seed: number, shipments: number) {
  const { problem, travel } = randomProblem({ seed, shipments, span: 25 })
  const bare = withoutTrucks(problem)
  const direct = new Set(planOf(bare, travel, { iterations: 0 }).direct.map((way) => way.shipment))
  return { problem: { ...problem, shipments: problem.shipments.filter(({ id }) => direct.has(id)) }, travel }
}

/** Two firms with the same way, each 45,000 won alone on a hired truck; one truck for both at 45,000 + 0 for the stop they share. */
const twoFirms = () =>
  makeProblem({
    firms: ['f', 'g'].map((id) => ({ id, name: id })),
    shipments: ['f', 'g'].map((firm) => shipment(`s-${firm}`, 'a', 'b', { firm, weightKg: 400 })),
    vehicles: [contract({ count: 0 }), hired()],
  })

describe('a firm', () => {
  test('is worth to the plan what both save by sharing a truck', () => {
    const problem = twoFirms()
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.costKrw).toBe(45_000)
    expect(explainFirm(problem, travel, plan, 'g', effort)).toEqual({
      firm: 'g',
      shipments: 1,
      planKrw: 45_000,
      withoutKrw: 45_000,
      addedKrw: 0,
      aloneKrw: 45_000,
      excluded: 0,
      lostKrw: 45_000,
      // alone on the hired truck instead of on its route
      moved: ['s-f'],
      unserved: 0,
      unservedWithout: 0,
    })
  })

  test('is left out for the cost of the day planned without it, which the plan there is does not beat', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { problem, travel } = directProblem(seed, 12)
      const plan = planOf(problem, travel, { seed, iterations: 200 })
      const left = { ...problem, shipments: problem.shipments.filter(({ firm }) => firm !== 'g') }
      const { withoutKrw, addedKrw, aloneKrw, lostKrw } = explainFirm(problem, travel, plan, 'g', effort)
      expect(explainFirm(problem, travel, plan, 'g', effort).withoutKrw).toBe(withoutKrw)
      // B1 of all less B1 of the others
      const b1 = (of: Problem, by = planOf(of, travel)) => comparePlan(of, travel, by).baselines[1].costKrw
      expect(b1(problem, plan) - b1(left), `seed ${seed}`).toBe(aloneKrw)
      expect([plan.costKrw - withoutKrw, aloneKrw - addedKrw]).toEqual([addedKrw, lostKrw])
      expect(withoutKrw).toBeLessThanOrEqual(b1(left))
    }
  })
})

describe('members', () => {
  test('save nothing alone and a truck together', () => {
    const problem = twoFirms()
    const { members, steps } = grow(problem, gridTravel(problem.sites), 3)
    const flat = { deviationKrw: 0 }
    expect(members.sizes).toEqual([
      { members: 1, meanKrw: 0, leastKrw: 0, mostKrw: 0, meanShare: 0, ...flat },
      { members: 2, meanKrw: 45_000, leastKrw: 45_000, mostKrw: 45_000, meanShare: 0.5, ...flat },
    ])
    expect(steps.at(-1)).toEqual([6, 6])
  })

  test('never save less when one more joins, and the same draws give the same answer', () => {
    let growing = 0
    for (let seed = 1; seed <= 6; seed++) {
      const { problem: made, travel } = directProblem(seed, 14)
      const firms = Array.from({ length: 5 }, (_, k) => ({ id: `m${k}`, name: `m${k}` }))
      const shipments = made.shipments.map((entry, k) => ({ ...entry, firm: `m${k % 5}` }))
      const problem = { ...made, firms, shipments }
      const { members } = grow(problem, travel, 3)
      expect(grow(problem, travel, 3).members).toEqual(members)
      members.sizes.forEach(({ meanKrw, leastKrw, mostKrw, deviationKrw }, k) => {
        expect(leastKrw).toBeLessThanOrEqual(meanKrw)
        expect(meanKrw).toBeLessThanOrEqual(mostKrw)
        expect(deviationKrw > 0).toBe(leastKrw < mostKrw)
        expect(meanKrw, `seed ${seed}, ${k + 1}`).toBeGreaterThanOrEqual(k === 0 ? 0 : members.sizes[k - 1].meanKrw)
        if (leastKrw < mostKrw) growing++
      })
      const last = members.sizes.at(-1)!
      expect(last.mostKrw).toBe(last.leastKrw)
    }
    expect(growing).toBeGreaterThan(3)
  })
})

test('whatever a problem asks for, a firm and its members can be explained', () => {
  let moved = 0
  let excluded = 0
  for (let seed = 1; seed <= 8; seed++) {
    const { problem, travel } = manyFeatures(seed)
    const plan = planOf(problem, travel, { seed, iterations: 20 })
    for (const { id } of problem.firms) {
      const without = { ...problem, shipments: problem.shipments.filter(({ firm }) => firm !== id) }
      const told = explainFirm(problem, travel, plan, id, { seed: 1, iterations: 60 })
      expect(told.shipments + without.shipments.length).toBe(problem.shipments.length)
      const alone = [...improve(without, travel, { seed: 1, iterations: 0 })].at(0)!.plan!
      if (told.unservedWithout >= alone.unserved.length && !problem.balance)
        expect(told.withoutKrw, `seed ${seed} ${id}`).toBeLessThanOrEqual(alone.costKrw)
      moved += told.moved.length
      excluded += told.excluded
    }
    const { members } = grow(problem, travel, 1)
    expect(members.sizes.map((size) => size.members)).toEqual(members.sizes.map((_, k) => k + 1))
    expect(explainShipments(problem, travel, plan).length).toBeGreaterThanOrEqual(problem.shipments.length)
  }
  expect(Math.min(moved, excluded)).toBeGreaterThan(3)
})
