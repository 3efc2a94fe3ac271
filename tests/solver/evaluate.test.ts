import { expect, test } from 'vitest'
import { evaluator, type Plan } from '../../solver/index.ts'
import { contract, gridTravel, HOUR, makeProblem, randomProblem, shipment } from './problems.ts'
import { planOf } from './routes.ts'

const visitsOf = (route: Plan['routes'][number]) => route.stops.flatMap((stop) => stop.visits)
const round = [
  { shipment: 's1', kind: 'pickup' },
  { shipment: 's1', kind: 'delivery' },
] as const

test('judges the routes of a plan as the plan does', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 10, span: 40 })
    const evaluate = evaluator(problem, travel)
    for (const route of planOf(problem, travel, { seed, iterations: 100 }).routes) {
      const edited = evaluate(route.vehicle, visitsOf(route))
      expect(edited.broken).toEqual([])
      expect({ ...edited.route, id: route.id }).toEqual(route)
    }
  }
})

test('says what an edit breaks and still gives it a timetable and a price', () => {
  // 2 × 1,500 kg on a truck of 2,500: 500 over, a fifth too much
  const problem = makeProblem({ shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b', { weightKg: 1500 })) })
  const both = [round[0], { shipment: 's2', kind: 'pickup' }, { shipment: 's2', kind: 'delivery' }, round[1]] as const
  const { route, broken } = evaluator(problem, gridTravel(problem.sites))('own', both)
  expect(broken).toEqual([{ rule: 'capacity', excess: expect.closeTo(0.2, 9), unit: 'share' }])
  expect(route.costKrw).toBe(112_000)
})

test('does not know a vehicle or a shipment that is not there', () => {
  const problem = makeProblem()
  const evaluate = evaluator(problem, gridTravel(problem.sites))
  expect(() => evaluate('none', round)).toThrow(RangeError)
  expect(() => evaluate('own', [{ shipment: 'none', kind: 'pickup' }])).toThrow(RangeError)
})

test('names a shipment that may not share a truck, as the check does', () => {
  const problem = makeProblem({ shipments: [shipment('s1', 'a', 'b', { modes: ['hired'] })] })
  const { broken } = evaluator(problem, gridTravel(problem.sites))('own', round)
  expect(broken.map(({ rule }) => rule)).toEqual(['modes'])
})

test('puts the visits of the second day on the shift of the second day', () => {
  const shifts: [number, number][] = [
    [8 * HOUR, 18 * HOUR],
    [32 * HOUR, 42 * HOUR],
  ]
  const problem = makeProblem({
    days: 2,
    vehicles: [contract({ shifts })],
    shipments: [shipment('s1', 'a', 'b', { ready: 30 * HOUR })],
  })
  expect(evaluator(problem, gridTravel(problem.sites))('own', round).broken).toEqual([])
})
