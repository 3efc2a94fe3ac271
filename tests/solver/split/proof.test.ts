/** What a proof says of every group, against every plan there is: tiny days, every column enumerated. */
import { describe, expect, it } from 'vitest'
import type { Column } from '../../../solver/columns/pricing.ts'
import {
  type ChooseDual,
  evaluator,
  loadHighs,
  METHOD_NAMES,
  openSplit,
  type SplitOptions,
  splitPlan,
} from '../../../solver/index.ts'
import { groupFrom, openGame } from '../../../solver/split/game.ts'
import { choosePrices, mostOverColumns } from '../../../solver/split/prices.ts'
import { leastCost, servable } from '../bruteForce.ts'
import { visitOrders } from '../everyPlan.ts'
import { randomProblem, withoutTrucks } from '../problems.ts'
import { planOf } from '../routes.ts'

const highs = await loadHighs()
const quick: SplitOptions = { highs, iterations: 20, samples: 6, randomGroups: 10 }

/** Near one another, so that sharing pays. */
function threeFirms(seed: number) {
  const { problem, travel } = randomProblem({ seed, shipments: 4, span: 30 })
  const ids = ['f', 'g', 'h']
  const shipments = problem.shipments.map((each, k) => ({ ...each, firm: ids[k % ids.length] }))
  return { problem: { ...problem, firms: ids.map((id) => ({ id, name: id })), shipments }, travel }
}

/** A tiny day with every column there is: what a bound would know. */
function tinyDay(seed: number) {
  const { problem, travel } = servable(threeFirms(seed))
  const plan = planOf(problem, travel, { iterations: 400 })
  const evaluate = evaluator(problem, travel)
  const ids = problem.shipments.map(({ id }) => id)
  const columns: Column[] = problem.vehicles.flatMap(({ id: vehicle, count }, kind) =>
    Array.from({ length: (1 << ids.length) - 1 }, (_, k) => k + 1).flatMap((set) => {
      const orders = ids.flatMap((_, order) => (set & (1 << order) ? [order] : []))
      const costs = [...visitOrders(orders.map((order) => ids[order]))].flatMap((visits) => {
        const { route, broken } = evaluate(vehicle, visits)
        return broken.length === 0 ? [route.costKrw] : []
      })
      return count > 0 && costs.length > 0 ? [{ kind, orders, krw: Math.min(...costs), visits: null }] : []
    }),
  )
  const none = withoutTrucks(problem)
  const directKrw = ids.map(
    (id) => planOf(none, travel, { iterations: 0 }).direct.find(({ shipment: each }) => each === id)!.costKrw,
  )
  const orders = ids.map((_, order) => order)
  const question = { highs, orders, directKrw, counts: problem.vehicles.map(({ count }) => count), columns }
  const lowerKrw = orders.length > 0 ? mostOverColumns(question) : 0
  const dual: ChooseDual = ({ groupOf, weight }) => {
    const chosen = choosePrices({
      ...question,
      columns: [],
      lowerKrw,
      target: { groupOf: ids.map((id) => groupOf.get(id) ?? -1), weight },
      price: (prices, kindKrw) => {
        const below = columns.filter(
          ({ kind, orders: inside, krw }) =>
            krw < kindKrw[kind] + inside.reduce((sum, order) => sum + prices[order], 0),
        )
        return { columns: below, leastKrw: below.length > 0 ? null : question.counts.map(() => 0) }
      },
    })
    return {
      prices: new Map(ids.map((id, order) => [id, chosen.prices[order]])),
      fleet: problem.vehicles.map(({ id, count }, kind) => ({
        vehicle: id,
        shift: 0,
        count,
        krw: chosen.kindKrw[kind],
      })),
      lowerKrw: chosen.lowerKrw,
      proved: chosen.proved,
    }
  }
  return { problem, travel, plan, dual, ids }
}

describe('proof', () => {
  const days = Array.from({ length: 8 }, (_, k) => tinyDay(k + 1)).filter(({ plan }) => plan.routes.length > 0)

  it('holds against every plan of every group', () => {
    expect(days.length).toBeGreaterThan(3)
    let outright = 0
    for (const { problem, travel, plan, dual } of days) {
      const split = openSplit(problem, travel, plan, { ...quick, dual })
      const game = openGame(problem, travel, plan, { seed: 1, iterations: 100, randomGroups: 0 })
      for (const method of METHOD_NAMES) {
        const found = split(method)
        expect(found.dual?.proved).toBe(true)
        expect(found.dual!.lowerKrw).toBeLessThanOrEqual(plan.costKrw)
        const upTo = found.stability.provedUpToKrw!
        const firms = found.rows.map(({ firm }) => firm)
        for (let group = 1; group < (1 << firms.length) - 1; group++) {
          const inside = firms.filter((_, k) => group & (1 << k))
          const least = leastCost(
            { ...problem, shipments: problem.shipments.filter(({ firm }) => inside.includes(firm)) },
            travel,
          )
          const paid = found.rows
            .filter(({ firm }) => inside.includes(firm))
            .reduce((sum, { shareKrw }) => sum + shareKrw, 0)
          expect(paid - upTo).toBeLessThanOrEqual(least)
          // what the search finds for a group is a plan, so no cheaper than the cheapest
          const members = firms.flatMap((_, k) => (group & (1 << k) ? [k] : []))
          expect(game.cost(groupFrom(members))).toBeGreaterThanOrEqual(least)
          if (found.stability.verdict === 'proved') expect(paid).toBeLessThanOrEqual(least)
        }
        if (method === 'duals' && found.stability.verdict === 'proved') outright++
      }
    }
    expect(outright).toBeGreaterThan(0)
  }, 30_000)

  it('is not claimed where firms must ride together: a group that leaves need not', () => {
    const [{ problem, travel, dual, ids }] = days
    const [f, g] = ['f', 'g'].map((firm) => problem.shipments.find((each) => each.firm === firm)!.id)
    const claim = (together: string[]) => {
      const bound = { ...problem, together: [together] }
      return splitPlan(bound, travel, planOf(bound, travel), { ...quick, dual }).stability.provedUpToKrw
    }
    expect(ids).toEqual(expect.arrayContaining([f, g]))
    expect(claim([f, g])).toBeNull()
  })

  it('is not claimed without a bound', () => {
    for (const { problem, travel, plan } of days.slice(0, 3)) {
      const split = splitPlan(problem, travel, plan, quick)
      expect(split.stability.provedUpToKrw).toBeNull()
      expect(split.stability.verdict).not.toBe('proved')
      expect(split.subsidy.enoughKrw).toBeNull()
      expect(split.notes).toContainEqual({ note: 'known', firms: [], krw: 0 })
      expect(splitPlan(problem, travel, plan, { ...quick, method: 'shapley' }).dual).toBeNull()
    }
  })
})
