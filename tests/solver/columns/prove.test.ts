/** The whole proof: random problems of every kind, against every plan where they are tiny, against the search where they are not. */
import { beforeAll, describe, expect, it } from 'vitest'
import { proveDual } from '../../../solver/columns/dual.ts'
import { type Highs, loadHighs } from '../../../solver/columns/lp.ts'
import { Pool } from '../../../solver/columns/pool.ts'
import { type ProofStep, prove } from '../../../solver/columns/prove.ts'
import { recombine } from '../../../solver/columns/recombine.ts'
import { relax } from '../../../solver/columns/relaxed.ts'
import { openProblem } from '../../../solver/direct.ts'
import { improveOpened } from '../../../solver/improve.ts'
import { type Certificate, checkPlan, type Plan, type Problem, type Travel } from '../../../solver/index.ts'
import { leastCost } from '../bruteForce.ts'
import { manyFeatures } from '../features.ts'
import { randomProblem, wildProblem } from '../problems.ts'
import { planOf } from '../routes.ts'
import { everyColumn } from './everyColumn.ts'
import { reducedKrw } from './everyRoute.ts'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

function proven(problem: Problem, travel: Travel, given?: Plan, rounds = 30): Required<ProofStep> {
  let last: ProofStep | undefined
  for (const step of prove(highs, problem, travel, given, { seed: 1, rounds, iterations: 500 })) {
    expect(step.lowerKrw).toBeLessThanOrEqual(step.plan.costKrw)
    expect(step.lowerKrw).toBeGreaterThanOrEqual(last?.lowerKrw ?? 0)
    // a plan that serves more may cost more
    if (last && step.plan.unserved.length === last.plan.unserved.length && last.plan.violations.length === 0)
      expect(step.plan.costKrw).toBeLessThanOrEqual(last.plan.costKrw)
    last = step
  }
  return last as Required<ProofStep>
}

const sumOf = ({ prices, fleet, alone }: Certificate) =>
  [...prices, ...alone].reduce((sum, { krw }) => sum + krw, 0) +
  fleet.reduce((sum, { count, krw }) => sum + count * krw, 0)

/** Every shipment can go direct, so that every plan serves all. */
function tinyProblems(count: number) {
  const found: { seed: number; problem: Problem; travel: Travel }[] = []
  for (let seed = 1; found.length < count; seed++) {
    const { problem, travel } =
      seed % 2 === 0 ? randomProblem({ seed, shipments: 4, span: 30 }) : wildProblem({ seed, shipments: 3 })
    const { instance } = openProblem(problem, travel)
    if (instance.directCost.every(Number.isFinite)) found.push({ seed, problem, travel })
  }
  return found
}

describe('a proof', () => {
  it('never passes the cheapest of all plans, and its prices undercut no route of any truck', () => {
    let tight = 0
    for (const { problem, travel } of tinyProblems(12)) {
      const { lowerKrw, certificate, plan } = proven(problem, travel)
      const least = leastCost(problem, travel)
      expect(lowerKrw).toBeLessThanOrEqual(least)
      expect(certificate.lowerKrw).toBe(lowerKrw)
      expect(sumOf(certificate)).toBe(lowerKrw)
      expect(checkPlan(problem, travel, plan)).toEqual([])
      if (lowerKrw >= 0.9 * least) tight++

      const { instance } = openProblem(problem, travel)
      const relaxed = relax(instance)
      const priceOf = new Map(certificate.prices.map(({ shipment, krw }) => [shipment, krw]))
      const prices = Float64Array.from(problem.shipments, ({ id }) => priceOf.get(id) ?? 0)
      everyColumn(problem, travel, relaxed).forEach((columns, kind) => {
        for (const column of columns)
          expect(reducedKrw(column, prices, certificate.fleet[kind].krw)).toBeGreaterThanOrEqual(0)
      })
      for (const order of relaxed.pooled) expect(prices[order]).toBeLessThanOrEqual(instance.directCost[order])
    }
    expect(tight).toBeGreaterThan(8)
  })

  it('holds for problems that ask for many things at once, and says which of them it does not hold plans to', () => {
    let sharing = 0
    for (let seed = 1; seed <= 10; seed++) {
      const { problem, travel, on } = manyFeatures(seed, 6)
      const { certificate, plan } = proven(problem, travel, undefined, 2)
      const other = planOf(problem, travel, { seed: seed + 50, iterations: 200 })
      if (other.unserved.length === plan.unserved.length)
        expect(certificate.lowerKrw, `seed ${seed}`).toBeLessThanOrEqual(other.costKrw)
      expect(checkPlan(problem, travel, plan)).toEqual([])
      if (on.has('balance')) expect(certificate.relaxed).toContain('balance')
      if (plan.unserved.length > 0) expect(certificate.relaxed).toContain('unservedOut')
      const named = [...certificate.prices, ...certificate.alone].map(({ shipment }) => shipment)
      expect(new Set(named).size).toBe(named.length)
      if (certificate.prices.length > 1) sharing++
    }
    expect(sharing).toBeGreaterThan(4)
  })

  it('is the same for the same input, and never makes a given plan dearer', () => {
    const { problem, travel } = randomProblem({ seed: 4, shipments: 7, span: 30 })
    const given = planOf(problem, travel, { iterations: 1 })
    const once = proven(problem, travel, given, 5)
    expect(once.plan.costKrw).toBeLessThanOrEqual(given.costKrw)
    expect(JSON.stringify(proven(problem, travel, given, 5))).toBe(JSON.stringify(once))
  })

  it('proves a plan made with locks as it is', () => {
    const { problem, travel } = randomProblem({ seed: 4, shipments: 7, span: 30 })
    const given = planOf(problem, travel, { iterations: 1 })
    const locked = { ...given, provenance: { ...given.provenance, locks: [] } }
    expect(proven(problem, travel, locked, 3).plan).toBe(locked)
  })

  it('gives the bound that needs no pricing where the clock leaves no time', () => {
    const { problem, travel } = randomProblem({ seed: 4, shipments: 7, span: 30 })
    let last: ProofStep | undefined
    const steps = prove(highs, problem, travel, undefined, { seed: 1, seconds: 1 })
    for (let step = steps.next(); !step.done; step = steps.next(2)) last = step.value
    const { certificate } = last!
    expect(certificate).toMatchObject({ proof: 'stopped', rounds: 0 })
    expect(certificate!.lowerKrw).toBe(certificate!.alone.reduce((sum, { krw }) => sum + krw, 0))
  })
})

describe('prices for a split', () => {
  it('undercut no route, and keep nearly all of the bound', () => {
    for (const { problem, travel } of tinyProblems(6)) {
      const plan = planOf(problem, travel, { iterations: 300 })
      const groupOf = new Map(problem.shipments.map(({ id }, k) => [id, k]))
      const dual = proveDual(highs, problem, travel, plan, { seed: 1, iterations: 500 })({
        groupOf,
        weight: problem.shipments.map(() => 1),
      })
      expect(dual.proved).toBe(true)
      expect(dual.lowerKrw).toBeLessThanOrEqual(leastCost(problem, travel))
      const paid = [...dual.prices.values()].reduce((sum, krw) => sum + krw, 0)
      expect(paid + dual.fleet.reduce((sum, { count, krw }) => sum + count * krw, 0)).toBe(dual.lowerKrw)
      expect(dual.lowerKrw).toBeGreaterThanOrEqual(0.98 * proven(problem, travel, plan).lowerKrw)
      const { instance } = openProblem(problem, travel)
      const prices = Float64Array.from(problem.shipments, ({ id }) => dual.prices.get(id)!)
      everyColumn(problem, travel, relax(instance)).forEach((columns, kind) => {
        for (const column of columns) expect(reducedKrw(column, prices, dual.fleet[kind].krw)).toBeGreaterThanOrEqual(0)
      })
    }
  })
})

describe('recombine', () => {
  it('finds the best mix of the routes met', () => {
    let better = 0
    for (const { problem, travel } of tinyProblems(10)) {
      const opened = openProblem(problem, travel)
      const { instance } = opened
      const pool = new Pool(instance)
      for (const _ of improveOpened(opened, { seed: 1, pool, iterations: 150 }));
      const routes = pool.list()
      const all = problem.shipments.map((_, order) => order)
      // every choice of routes, each order on one of them or direct
      const least = (at: number, left: ReadonlySet<number>, used: readonly number[]): number => {
        if (at === routes.length) return [...left].reduce((sum, order) => sum + instance.directCost[order], 0)
        const { type, visits, cost } = routes[at]
        const orders = new Set(visits.map((visit) => visit >> 1))
        const without = least(at + 1, left, used)
        if (used[type] >= instance.types[type].count || ![...orders].every((order) => left.has(order))) return without
        const taken = used.map((count, k) => (k === type ? count + 1 : count))
        return Math.min(without, cost + least(at + 1, new Set([...left].filter((order) => !orders.has(order))), taken))
      }
      const best = least(
        0,
        new Set(all),
        instance.types.map(() => 0),
      )
      const upper = best + 1
      const found = recombine(highs, instance, routes, new Set(all), upper)
      expect(found).not.toBeNull()
      const direct = found!.absent.reduce((sum, order) => sum + instance.directCost[order], 0)
      expect(found!.cost + direct).toBeLessThanOrEqual(best)
      // nothing below what is asked for
      expect(recombine(highs, instance, routes, new Set(all), best)).toBeNull()
      if (found!.routes.length > 0) better++
    }
    expect(better).toBeGreaterThan(2)
  })
})
