import { expect, test } from 'vitest'
import { evaluator, explainShipments, type Plan, type Problem, type Travel } from '../../../solver/index.ts'
import { visitOrders } from '../everyPlan.ts'
import { randomProblem, wildProblem } from '../problems.ts'
import { planOf } from '../routes.ts'

const visitsOf = (route: Plan['routes'][number]) => route.stops.flatMap((stop) => stop.visits)
const ridersOf = (route: Plan['routes'][number]) => route.stops.flatMap((stop) => stop.pickups)

/** The trucks of the plan priced one by one as a person's edit would be. */
function priceEdit(
  problem: Problem,
  travel: Travel,
  plan: Plan,
  id: string,
  vehicle: string,
  visits: readonly Visit[],
) {
  const evaluate = evaluator(problem, travel, plan.parts)
  const own = plan.routes.find((route) => ridersOf(route).includes(id))
  const left = own && visitsOf(own).filter((visit) => visit.shipment !== id)
  const leaves = left && left.length > 0 ? evaluate(own.vehicle, left) : null
  const joins = evaluate(vehicle, visits)
  return {
    broken: [...(leaves?.broken ?? []), ...joins.broken],
    krw: joins.route.costKrw + (own ? (leaves?.route.costKrw ?? 0) - own.costKrw : 0),
  }
}
type Visit = { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }

test('the price of every place is that of the edit, and no other place on the route is cheaper', () => {
  let places = 0
  let none = 0
  for (let seed = 1; seed <= 60; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 8, span: 20 })
    const plan = planOf(problem, travel, { seed, iterations: 60 })
    const costOf = new Map(plan.direct.map((direct) => [direct.shipment, direct.costKrw]))
    for (const { shipment: id, alternatives } of explainShipments(problem, travel, plan))
      for (const { by, route: name, proof, vehicle, visits, extraKrw } of alternatives) {
        if (by !== 'route') continue
        const route = plan.routes.find((candidate) => candidate.id === name)!
        const there = visitsOf(route).map(({ shipment, kind }) => ({ shipment, kind }))
        let least = Number.POSITIVE_INFINITY
        for (let i = 0; i <= there.length; i++)
          for (let j = i; j <= there.length; j++) {
            const tried: Visit[] = [
              ...there.slice(0, i),
              { shipment: id, kind: 'pickup' },
              ...there.slice(i, j),
              { shipment: id, kind: 'delivery' },
              ...there.slice(j),
            ]
            const { broken, krw } = priceEdit(problem, travel, plan, id, route.vehicle, tried)
            if (broken.length === 0) least = Math.min(least, krw - route.costKrw - (costOf.get(id) ?? 0))
          }
        const where = `seed ${seed} ${id} on ${name}`
        expect(proof === 'possible' ? extraKrw : Number.POSITIVE_INFINITY, where).toBe(least)
        if (proof !== 'possible') {
          none++
          continue
        }
        places++
        const { broken, krw } = priceEdit(problem, travel, plan, id, vehicle!, visits!)
        expect(broken, where).toEqual([])
        expect(krw - route.costKrw - (costOf.get(id) ?? 0), where).toBe(extraKrw)
      }
  }
  expect([places, none].map((count) => Math.min(count, 10))).toEqual([10, 10])
})

test('where a route is called impossible, no order of all its visits takes the shipment, not even round about', () => {
  const proved = new Map<string, number>()
  for (let seed = 1; seed <= 130; seed++) {
    const { problem, travel } = wildProblem({ seed, shipments: 5 })
    const plan = planOf(problem, travel, { seed, iterations: 20 })
    const evaluate = evaluator(problem, travel)
    for (const { shipment: id, alternatives } of explainShipments(problem, travel, plan))
      for (const { by, route: name, proof, vehicle, rule } of alternatives) {
        if (proof !== 'impossible' || by !== 'route') continue
        const riders = ridersOf(plan.routes.find((candidate) => candidate.id === name)!)
        const [, ...laterShifts] = problem.vehicles.find(({ id }) => id === vehicle)!.shifts
        if (riders.length > 2 || laterShifts.length > 0) continue
        proved.set(rule!, (proved.get(rule!) ?? 0) + 1)
        for (const visits of visitOrders([...riders, id]))
          expect(evaluate(vehicle!, visits).broken, `seed ${seed} ${id} on ${name}: ${rule}`).not.toEqual([])
      }
  }
  for (const rule of ['fitsTruck', 'timeWindows', 'goAlone']) expect(proved.get(rule) ?? 0, rule).toBeGreaterThan(0)
})
