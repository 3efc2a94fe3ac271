import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import { checkPlan, type Problem, type Shipment, type Vehicle } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { tripsWith } from '../../solver/search/trips.ts'
import { leastCost } from './bruteForce.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, site } from './problems.ts'
import { planOf, randomVisits, searchRoute } from './routes.ts'

/** Three full loads from the hub to a, 10 km away. */
const fullLoads = (truck: Partial<Vehicle> = {}, goods: Partial<Shipment> = {}): Problem =>
  makeProblem({
    vehicles: [contract({ count: 3, ...truck }), hired({ id: 'big', truck: '2.5t', capacityKg: 2500, count: 0 })],
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.kind === 'hired' ? { ...tariff, baseKrw: 60_000 } : tariff)),
    sites: [site('hub', 0, 0, { stopS: 600 }), site('a', 10, 0)],
    shipments: ['s1', 's2', 's3'].map((id) =>
      shipment(id, 'hub', 'a', { weightKg: 2500, loadS: 900, unloadS: 900, ...goods }),
    ),
  })

describe('a truck that holds one of three full loads', () => {
  test('serves all three in one route: out, back, loaded again', () => {
    const problem = fullLoads()
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.routes.map(({ stops, trips }) => [stops.map((stop) => stop.site), trips])).toEqual([
      [['hub', 'a', 'hub', 'a', 'hub', 'a'], 3],
    ])
    // 100,000 + 300 × 60 km = 118,000; three trucks would cost 3 × (100,000 + 300 × 20 km) = 318,000, three hired ones 3 × 65,000
    expect(plan.costKrw).toBe(118_000)
    expect(leastCost(problem, travel)).toBe(118_000)
    expect(checkPlan(problem, travel, plan)).toEqual([])
    // the hub's own time per stop is the time to turn round: 600 + 900 s there, 900 s at a, 600 s each way, five ways with a load to come
    const [route] = plan.routes
    expect(route.returnS - route.departS).toBe(3 * (600 + 900 + 900) + 6 * 600)
  })

  test('makes no more trips than it may', () => {
    // 2 trips on the truck: 100,000 + 300 × 40 = 112,000; the third load alone: 60,000 + 500 × 10 km = 65,000
    const problem = fullLoads({ maxTrips: 2 })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.routes.map(({ trips }) => trips)).toEqual([2])
    expect(plan.costKrw).toBe(177_000)
    expect(leastCost(problem, travel)).toBe(177_000)
    expect(checkPlan(problem, travel, plan)).toEqual([])
    expect(checkPlan(fullLoads({ maxTrips: 1 }), travel, plan).map(({ rule }) => rule)).toEqual(['trips'])
  })

  test('makes no more trips than the shift has time for', () => {
    // one trip out and back takes 600 + 900 + 600 + 900 + 600 = 3,600 s
    const problem = fullLoads({ shifts: [[8 * HOUR, 9 * HOUR]] })
    const plan = planOf(problem, gridTravel(problem.sites))
    expect(plan.routes.every(({ trips }) => trips === 1)).toBe(true)
  })

  test('is found out where it says fewer trips than it makes', () => {
    const problem = fullLoads()
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    const routes = plan.routes.map((route) => ({ ...route, trips: 1 }))
    expect(checkPlan(problem, travel, { ...plan, routes }).map(({ rule }) => rule)).toEqual(['trips'])
  })

  test('two loads out together and one back from where they left are two trips', () => {
    const problem = fullLoads({ maxTrips: 1 }, { weightKg: 1200 })
    const back = {
      ...problem,
      shipments: [...problem.shipments.slice(1), shipment('back', 'a', 'hub', { weightKg: 2000 })],
    }
    // s2 and s3 out, empty at a, the load back: two trips, though it never drives empty but to leave a
    const { route } = searchRoute(openedInstance(back), 0, [0, 2, 1, 3, 4, 5])
    expect(tripsWith(route)).toBe(2)
  })
})

const openedInstance = (problem: Problem) => openProblem(problem, gridTravel(problem.sites)).instance

test('trips with an order put in are those of the route that it makes', () => {
  const random = new Random(3)
  const { problem, travel } = randomProblem({ seed: 1, shipments: 6 })
  const { instance } = openProblem(problem, travel)
  for (let k = 0; k < 300; k++) {
    const visits = randomVisits(random, [1, 2, 3, 4, 5].slice(0, random.below(6)))
    const i = random.below(visits.length + 1)
    const j = i + random.below(visits.length + 1 - i)
    const longer = [...visits.slice(0, i), 0, ...visits.slice(i, j), 1, ...visits.slice(j)]
    let aboard = 0
    const trips = longer.filter((visit) => (visit % 2 === 0 ? aboard++ === 0 : aboard-- < 0)).length
    expect(tripsWith(searchRoute(instance, 0, visits).route, i, j)).toBe(trips)
  }
})

/** Loads from and to a hub that fill a truck or half of it, with a limit on trips. */
function hubProblem(seed: number, count: number): Problem {
  const random = new Random(seed)
  const ends = ['a', 'b', 'c']
  return makeProblem({
    sites: [site('hub', 0, 0, { stopS: 300 }), ...ends.map((id) => site(id, 5 + random.below(20), random.below(20)))],
    vehicles: [
      contract({ count: 1 + random.below(2), maxTrips: 1 + random.below(2) }),
      hired({ count: 1, truck: '2.5t', capacityKg: 2500, ...(seed % 2 ? { maxTrips: 1 } : {}) }),
    ],
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.kind === 'hired' ? { ...tariff, baseKrw: 50_000 } : tariff)),
    shipments: Array.from({ length: count }, (_, k) => {
      const end = ends[random.below(3)]
      const out = random.below(3) > 0
      return shipment(`s${k}`, out ? 'hub' : end, out ? end : 'hub', {
        weightKg: random.below(2) ? 2500 : 1200,
        loadS: 300,
      })
    }),
  })
}

test('with a limit on trips the search is as cheap as the best of all plans, and never exceeds it', () => {
  let bound = 0
  for (let seed = 1; seed <= 40; seed++) {
    const problem = hubProblem(seed, 3 + (seed % 2))
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel, { seed, iterations: 300 })
    expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
    expect(plan.costKrw, `seed ${seed}`).toBe(leastCost(problem, travel))
    const free = { ...problem, vehicles: problem.vehicles.map(({ maxTrips: _, ...vehicle }) => vehicle) }
    if (leastCost(free, travel) < plan.costKrw) bound++
  }
  expect(bound).toBeGreaterThan(3)
})

test('every plan of larger problems with a limit on trips passes the check', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { problem: made, travel } = randomProblem({ seed, shipments: 12, span: 40 })
    const problem = { ...made, vehicles: made.vehicles.map((vehicle) => ({ ...vehicle, maxTrips: 1 + (seed % 3) })) }
    const plan = planOf(problem, travel, { seed, iterations: 150 })
    expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
    for (const { trips } of plan.routes) expect(trips).toBeLessThanOrEqual(1 + (seed % 3))
  }
})
