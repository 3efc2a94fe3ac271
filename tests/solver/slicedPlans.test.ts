/** Whole plans by time of day: against every plan there is, under the bound, and explained. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type Highs, loadHighs } from '../../solver/columns/lp.ts'
import { openProblem } from '../../solver/direct.ts'
import {
  checkPlan,
  comparePlan,
  explainShipments,
  loadProver,
  type ProofStep,
  prove,
  verify,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { leastCost } from './bruteForce.ts'
import { byHours } from './hours.ts'
import { randomProblem, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

let highs: Highs
let prover: Highs
beforeAll(async () => {
  highs = await loadHighs()
  prover = await loadProver()
})

/** Every shipment can go direct, so that every plan serves all. */
function tinyProblems(count: number) {
  const found = []
  for (let seed = 1; found.length < count; seed++) {
    const made = seed % 2 === 0 ? randomProblem({ seed, shipments: 4, span: 30 }) : wildProblem({ seed, shipments: 3 })
    const { problem } = made
    const travel = byHours(made.travel, new Random(seed))
    if (openProblem(problem, travel).instance.directCost.every(Number.isFinite)) found.push({ seed, problem, travel })
  }
  return found
}

describe('tiny problems by time of day', () => {
  test('cost as little as every plan there is, nearly always, and never less than the bound', () => {
    let dearer = 0
    let verified = 0
    const tiny = tinyProblems(5)
    for (const { seed, problem, travel } of tiny) {
      const least = leastCost(problem, travel)
      const plan = planOf(problem, travel, { seed, iterations: 600 })
      expect(plan.costKrw, `seed ${seed}`).toBeGreaterThanOrEqual(least)
      if (plan.costKrw > least) dearer++
      let last: ProofStep | undefined
      for (const step of prove(highs, problem, travel, plan, { seed: 1, rounds: 20, iterations: 200 })) last = step
      const { certificate, plan: proved, lowerKrw } = last!
      expect(lowerKrw, `seed ${seed}`).toBeLessThanOrEqual(least)
      expect(certificate!.relaxed).toContain('timeOfDay')
      expect(checkPlan(problem, travel, proved)).toEqual([])
      const file = { ...proved, problem, travel, certificate: certificate!, hash: '' }
      const steps = verify(prover, file)
      let checked = steps.next()
      while (!checked.done) checked = steps.next()
      // the verifier knows the fastest hours only: what goes alone in slower ones may seem too dear to it, which is no proof of a fault
      expect(checked.value.holds, `seed ${seed}`).not.toBe('no')
      if (checked.value.holds === 'yes') verified++
    }
    expect(dearer).toBeLessThanOrEqual(1)
    expect(verified).toBeGreaterThan(1)
  })

  test('explains each shipment with ways that pass the check, and costs no more than one by one', () => {
    for (const { seed, problem, travel } of tinyProblems(3)) {
      const plan = planOf(problem, travel, { seed })
      const [, b1] = comparePlan(problem, travel, plan, 200).baselines
      expect(plan.costKrw).toBeLessThanOrEqual(b1.costKrw)
      expect(explainShipments(problem, travel, plan).length).toBe(problem.shipments.length)
    }
  })
})
