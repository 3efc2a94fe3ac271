import { describe, expect, test } from 'vitest'
import { openDesk, rewritePlan } from '../../../solver/edits/desk.ts'
import { explainShipments } from '../../../solver/explain/explanation.ts'
import { findWays, planWithout } from '../../../solver/explain/ways.ts'
import { checkPlan, type Plan } from '../../../solver/index.ts'
import { manyFeatures } from '../features.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site } from '../problems.ts'
import { planOf } from '../routes.ts'

const ridersOf = (route: Plan['routes'][number]) => route.stops.flatMap((stop) => stop.pickups)

describe('of problems that ask for many things at once', () => {
  test('a plan laid out and written again is the same plan', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { problem, travel } = manyFeatures(seed)
      const plan = planOf(problem, travel, { seed, iterations: 20 })
      expect(rewritePlan(openDesk(problem, travel, plan), {}), `seed ${seed}`).toEqual(plan)
    }
  })

  test('each way that is called possible is a plan that the check accepts, at its price, with the shipment where it says', () => {
    const seen = new Map<string, number>()
    for (let seed = 1; seed <= 40; seed++) {
      const { problem, travel } = manyFeatures(seed, 7)
      const plan = planOf(problem, travel, { seed, iterations: 20 })
      const desk = openDesk(problem, travel, plan)
      const explained = explainShipments(problem, travel, plan)
      expect(explained.map((each) => each.shipment)).toEqual(desk.opened.problem.shipments.map(({ id }) => id))
      explained.forEach(({ shipment: id, alternatives, costKrw }, order) => {
        const where = `seed ${seed} ${id}`
        for (const { by, index, vehicle, tariff, outcome } of findWays(desk, order)) {
          seen.set(`${by} ${outcome.proof}`, (seen.get(`${by} ${outcome.proof}`) ?? 0) + 1)
          if (outcome.proof !== 'possible') continue
          const after = outcome.plan
          expect(checkPlan(problem, travel, after), where).toEqual([])
          const stated = alternatives.find((other) =>
            by === 'route' ? other.route === plan.routes[index!].id : other.by === by && other.vehicle === vehicle,
          )
          expect(stated?.extraKrw, where).toBe(after.costKrw - plan.costKrw)
          const route = after.routes.find((candidate) => ridersOf(candidate).includes(id))
          const direct = after.direct.find((candidate) => candidate.shipment === id)
          if (by === 'route') expect(route?.id, where).toBe(plan.routes[index!].id)
          else if (by === 'truck') expect([route?.vehicle, route && ridersOf(route)], where).toEqual([vehicle, [id]])
          else expect([direct?.mode, direct?.tariff, direct?.route?.vehicle], where).toEqual([by, tariff, vehicle])
        }
        // what it costs where it is: the same day without it is a plan as well
        const less = planWithout(desk, order)
        if (!less || costKrw === undefined || desk.opened.parts.some((part) => part.id === id)) return
        const without = { ...problem, shipments: problem.shipments.filter((other) => other.id !== id) }
        expect(checkPlan(without, travel, less), where).toEqual([])
        expect(plan.costKrw - less.costKrw, where).toBe(costKrw)
      })
    }
    for (const way of ['route', 'truck', 'hired', 'terminal'])
      for (const proof of way === 'terminal' ? ['possible', 'impossible'] : ['possible', 'impossible', 'notFound'])
        expect(seen.get(`${way} ${proof}`) ?? 0, `${way} ${proof}`).toBeGreaterThan(1)
  })
})

test('is not called impossible where only a way round by another place is in time', () => {
  // a to b takes 5 h, by way of c 20 min; loaded at 8:10, due at 10:00
  const problem = makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 15, 0)],
    shipments: [shipment('round', 'a', 'b', { due: 10 * HOUR }), shipment('s2', 'a', 'c', { modes: ['route'] })],
    vehicles: [contract()],
    law: {},
  })
  const table = gridTravel(problem.sites).tables[0]
  const travel = {
    ...gridTravel(problem.sites),
    tables: [
      { ...table, durationS: table.durationS.map((seconds, cell) => (cell === 1 * 4 + 2 ? 5 * HOUR : seconds)) },
    ],
  }
  const alone = planOf({ ...problem, shipments: problem.shipments.slice(1) }, travel)
  const plan = { ...alone, unserved: [{ shipment: 'round', reasons: [] }] }
  const [{ alternatives }] = explainShipments(problem, travel, plan)
  expect(alternatives[0]).toMatchObject({ by: 'route', proof: 'possible' })
  expect(alternatives[0].visits!.map((visit) => visit.shipment).slice(2)).toEqual(['s2', 'round'])
})

test('says what a shipment costs on its route, what it saves there, and what comes next', () => {
  // hub 0, a 10, b 20, hub: 40 km at 300 won/km, 12,000 with one shipment or two; terminal freight 7,000 + 62 won/kg
  const problem = makeProblem({
    shipments: [shipment('s1', 'a', 'b', { weightKg: 100 }), shipment('s2', 'a', 'b', { weightKg: 900 })],
    vehicles: [contract({ tariff: 'free' }), hired()],
    tariffs: [
      { id: 'free', kind: 'contract', perDayKrw: 0, perKmKrw: 300, perHourKrw: 0, tollIncluded: true },
      ...makeProblem().tariffs,
    ],
  })
  const travel = gridTravel(problem.sites)
  const plan = planOf(problem, travel)
  expect(plan.routes.map(ridersOf)).toEqual([['s1', 's2']])
  const [s1, s2] = explainShipments(problem, travel, plan, { prices: new Map([['s1', 6500]]) })
  expect(s1).toMatchObject({ by: 'route', route: '1', costKrw: 0, savesKrw: 13_200, dualKrw: 6500, repairs: [] })
  expect(s1.alternatives).toMatchObject([
    { by: 'terminal', proof: 'possible', costKrw: 13_200, extraKrw: 13_200 },
    { by: 'hired', proof: 'possible', costKrw: 45_000 },
  ])
  expect(s2.savesKrw).toBe(45_000)
  expect(s2.alternatives.at(-1)).toMatchObject({
    by: 'terminal',
    proof: 'impossible',
    rule: 'pieceWeight',
    excess: 600,
  })
  expect(explainShipments(problem, travel, plan, { shipment: 's2' })).toEqual([s2])
  expect(explainShipments(problem, travel, plan, { shipment: 'none' })).toEqual([])
})

test('names the lock that another way would break', () => {
  const problem = makeProblem({ shipments: [shipment('s1', 'a', 'b')] })
  const travel = gridTravel(problem.sites)
  const from = planOf(problem, travel)
  const plan = planOf(problem, travel, { from, locks: [{ grade: 'direct', shipment: 's1' }] })
  const [{ by, alternatives, reasons }] = explainShipments(problem, travel, plan)
  expect([by, reasons]).toEqual(['terminal', [{ rule: 'locked', proof: 'impossible' }]])
  expect(alternatives.map((way) => [way.by, way.breaksLock])).toEqual([
    ['hired', true],
    ['truck', true],
  ])
})
