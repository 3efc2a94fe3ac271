import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import {
  checkPlan,
  evaluator,
  improve,
  movedShipments,
  type Plan,
  PlanSchema,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { bestMatching } from '../../solver/matching.ts'
import { Random } from '../../solver/random.ts'
import { search } from '../../solver/search/search.ts'
import type { Solution } from '../../solver/search/solution.ts'
import { servable } from './bruteForce.ts'
import { crowdedProblem } from './companies.ts'
import {
  contract,
  gridTravel,
  HOUR,
  makeProblem,
  randomProblem,
  shipment,
  site,
  wildProblem,
  withoutTrucks,
} from './problems.ts'
import { planOf, plansOf } from './routes.ts'

/** The most that rows can have in common with columns, by trying every way. */
function mostInCommon(cells: readonly (readonly number[])[], taken: readonly number[] = []): number {
  const [row, ...rest] = cells
  if (!row) return 0
  return row.reduce(
    (most, cell, column) =>
      taken.includes(column) ? most : Math.max(most, cell + mostInCommon(rest, [...taken, column])),
    mostInCommon(rest, taken),
  )
}

test('matches rows and columns so that they have the most in common', () => {
  const random = new Random(1)
  for (let trial = 0; trial < 400; trial++) {
    const [rows, columns] = [random.below(6), random.below(6)]
    const zeros = random.unit()
    const cells = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (random.unit() < zeros ? 0 : random.below(6))),
    )
    const matched = [...bestMatching(cells.flat(), rows, columns)]
    const used = matched.filter((column) => column >= 0)
    expect(new Set(used).size).toBe(used.length)
    const sum = matched.reduce((total, column, row) => total + (column < 0 ? 0 : cells[row][column]), 0)
    expect(sum, JSON.stringify(cells)).toBe(mostInCommon(cells))
  }
})

const idsOf = (route: Plan['routes'][number]) => route.stops.flatMap(({ pickups }) => pickups)

/** How many shipments moved, with every way to match routes tried. */
function countMoved(problem: Problem, before: Plan, after: Plan): number {
  const known = new Set(problem.shipments.map(({ id }) => id))
  const shift = (route: Plan['routes'][number]) =>
    problem.vehicles
      .find(({ id }) => id === route.vehicle)
      ?.shifts.findIndex(([opens, closes]) => route.departS >= opens && route.returnS <= closes) ?? -1
  const common = before.routes.map((was) =>
    after.routes.map((is) =>
      was.vehicle === is.vehicle && shift(was) >= 0 && shift(was) === shift(is)
        ? idsOf(was).filter((id) => known.has(id) && idsOf(is).includes(id)).length
        : 0,
    ),
  )
  const served = [...before.routes.flatMap(idsOf), ...before.direct.map((entry) => entry.shipment)]
  const stayDirect = before.direct.filter((was) =>
    after.direct.some((is) => is.shipment === was.shipment && is.mode === was.mode && known.has(is.shipment)),
  )
  return served.filter((id) => known.has(id)).length - stayDirect.length - mostInCommon(common)
}

describe('what has moved', () => {
  test('is counted with the matching of routes that leaves the most in place', () => {
    let moved = 0
    let stayed = 0
    for (let seed = 1; seed <= 100; seed++) {
      const { problem, travel } = (seed % 2 ? randomProblem : wildProblem)({
        seed,
        shipments: 4 + (seed % 10),
        span: 40,
      })
      const before = planOf(problem, travel, { seed, iterations: 2 })
      const fewer = { ...problem, shipments: problem.shipments.filter((_, k) => k !== seed % 5) }
      const after = planOf(fewer, travel, { seed: seed + 1, iterations: 40 })
      const ids = movedShipments(fewer, before, after)
      expect(ids.length, `seed ${seed}`).toBe(countMoved(fewer, before, after))
      // however the routes are listed
      const turned = { ...after, routes: [...after.routes].reverse() }
      expect(movedShipments(fewer, before, turned).length).toBe(ids.length)
      expect(movedShipments(problem, before, before)).toEqual([])
      moved += ids.length
      stayed += fewer.shipments.length - ids.length
    }
    expect(moved).toBeGreaterThan(60)
    expect(stayed).toBeGreaterThan(60)
  })

  test('is nothing where trucks of one vehicle change places, and all where a route changes the vehicle or the shift', () => {
    const shifts: [number, number][] = [
      [28_800, 43_200],
      [46_800, 64_800],
    ]
    const problem = makeProblem({
      shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b')),
      vehicles: [contract({ count: 2, shifts }), contract({ id: 'other', shifts })],
    })
    const evaluate = evaluator(problem, gridTravel(problem.sites))
    const ride = (id: string, vehicle = 'own') =>
      evaluate(vehicle, [
        { shipment: id, kind: 'pickup' },
        { shipment: id, kind: 'delivery' },
      ]).route
    const plan = { ...planOf(problem, gridTravel(problem.sites), { iterations: 0 }), direct: [] }
    const morning = { ...plan, routes: [ride('s1'), ride('s2')] }
    const later = { ...ride('s2'), departS: 46_800, returnS: 60_000 }
    expect(movedShipments(problem, morning, { ...plan, routes: [ride('s2'), ride('s1')] })).toEqual([])
    expect(movedShipments(problem, morning, { ...plan, routes: [ride('s1'), ride('s2', 'other')] })).toEqual(['s2'])
    expect(movedShipments(problem, morning, { ...plan, routes: [ride('s1'), later] })).toEqual(['s2'])
    expect(movedShipments(problem, morning, { ...plan, routes: [ride('s1')] })).toEqual(['s2'])
  })
})

describe('the price of moving', () => {
  // hub 0 km, a 10, b 20: both ride for 12,000 of distance, on the old truck for 100,000 or the new one for 50,000 a day
  const [far, spot, depot] = makeProblem().tariffs
  const problem = makeProblem({
    shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b', { weightKg: 1200 })),
    vehicles: [contract({ id: 'old' }), contract({ id: 'new', tariff: 'new' })],
    tariffs: [far, { ...far, id: 'new', perDayKrw: 50_000 } as typeof far, spot, depot],
  })
  const travel = gridTravel(problem.sites)
  const from = planOf({ ...problem, vehicles: problem.vehicles.slice(0, 1) }, travel)

  // 50,000 for two moves
  test.each([
    [0, 62_000, 2],
    [24_999, 62_000, 2],
    [25_001, 112_000, 0],
    [1e9, 112_000, 0],
  ])('%i won each: the plan costs %i, %i move', (stabilityKrw, costKrw, moved) => {
    const plan = planOf(problem, travel, { from, stabilityKrw })
    expect(plan.costKrw).toBe(costKrw)
    expect(movedShipments(problem, from, plan).length).toBe(moved)
    if (stabilityKrw > 0) expect(plan.provenance.stability).toEqual({ perShipmentKrw: stabilityKrw, moved })
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  // by terminal 7,000 + 62 × 100 = 13,200; on the truck that drives from a to b anyway, nothing
  test.each([
    [13_199, 112_000],
    [13_201, 125_200],
  ])('%i won: a parcel leaves terminal freight only where that pays', (stabilityKrw, costKrw) => {
    const parcel = {
      ...problem,
      vehicles: [contract({ id: 'old' })],
      shipments: [...problem.shipments, shipment('s3', 'a', 'b')],
    }
    const without = {
      ...from,
      direct: planOf({ ...parcel, vehicles: [] }, travel).direct.filter((way) => way.shipment === 's3'),
    }
    for (const seed of [1, 2, 3])
      expect(planOf(parcel, travel, { seed, from: without, stabilityKrw }).costKrw).toBe(costKrw)
  })
})

// two trucks of one vehicle, each with a load for the east and one for the west: hub e1 e2 w1 w2 hub is 80 km, each
// side alone 40 km; two shipments fill the 2 hours of a day
test.each([
  [11_999, 224_000, 2],
  [12_001, 248_000, 0],
])('%i won: shipments change between trucks of one vehicle only where that pays', (stabilityKrw, costKrw, moved) => {
  const ids = ['s1', 's2', 's3', 's4']
  const problem = makeProblem({
    sites: [site('hub', 0, 0), site('e1', 10, 0), site('e2', 20, 0), site('w1', -10, 0), site('w2', -20, 0)],
    shipments: ids.map((id, k) =>
      shipment(id, ['e1', 'w1'][k % 2], ['e2', 'w2'][k % 2], { loadS: 600, unloadS: 600, modes: ['route'] }),
    ),
    vehicles: [contract({ count: 2 })],
    law: { maxWorkS: 2 * HOUR },
  })
  const travel = gridTravel(problem.sites)
  const evaluate = evaluator(problem, travel)
  const ride = (...members: string[]) =>
    evaluate(
      'own',
      members.flatMap((id) => [
        { shipment: id, kind: 'pickup' as const },
        { shipment: id, kind: 'delivery' as const },
      ]),
    ).route
  const from = {
    ...planOf(problem, travel, { iterations: 0 }),
    routes: [ride('s1', 's2'), ride('s3', 's4')],
    direct: [],
  }
  for (const seed of [1, 2, 3]) {
    const plan = planOf(problem, travel, { seed, from, stabilityKrw })
    // two days at 100,000 and 48,000, or 24,000, of distance
    expect(plan.costKrw).toBe(costKrw)
    expect(movedShipments(problem, from, plan).length).toBe(moved)
  }
})

const eachProblem = [
  ['problems with every rule about to bind', randomProblem],
  ['problems from the edge of the schema', wildProblem],
  ['small loads that mind what they ride with', crowdedProblem],
] as const

describe('every plan of a search that pays for moves', () => {
  test.each(eachProblem)('%s: is sound, shows real money and says how many moved', (_, make) => {
    let moved = 0
    for (let seed = 1; seed <= 70; seed++) {
      const { problem, travel } = make({ seed, shipments: 2 + (seed % 12), span: [20, 60, 120][seed % 3] })
      const from = planOf({ ...problem, shipments: problem.shipments.slice(1) }, travel, { seed, iterations: 5 })
      const locks = seed % 3 ? [] : from.routes.slice(0, 1).map(({ id }) => ({ grade: 'route' as const, route: id }))
      const stabilityKrw = [300, 5_000, 40_000][seed % 3]
      for (const { plan, costKrw } of improve(problem, travel, { seed, iterations: 150, from, locks, stabilityKrw })) {
        if (!plan) continue
        expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
        expect(Value.Check(PlanSchema, plan)).toBe(true)
        expect(plan.provenance.stability, `seed ${seed}`).toEqual({
          perShipmentKrw: stabilityKrw,
          moved: countMoved(problem, from, plan),
        })
        moved += plan.provenance.stability!.moved
      }
    }
    expect(moved).toBeGreaterThan(15)
  })

  test.each(eachProblem)('%s: nothing moves at a thousand million won, though the order of visits may', (_, make) => {
    for (let seed = 1; seed <= 70; seed++) {
      const { problem, travel } = make({ seed, shipments: 2 + (seed % 12), span: [20, 60, 120][seed % 3] })
      const from = planOf(problem, travel, { seed, iterations: 5 })
      for (const plan of plansOf(problem, travel, { seed: seed + 1, iterations: 150, from, stabilityKrw: 1e9 })) {
        // a plan that serves more may move what it must
        if (plan.unserved.length < from.unserved.length) break
        expect(movedShipments(problem, from, plan), `seed ${seed}`).toEqual([])
        expect(plan.costKrw).toBeLessThanOrEqual(from.costKrw)
      }
    }
  })

  test('at nothing a move the search is what it was', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { problem, travel } = randomProblem({ seed, shipments: 9, span: 40 })
      const from = planOf(problem, travel, { seed, iterations: 5 })
      expect(planOf(problem, travel, { seed, from, stabilityKrw: 0 })).toEqual(planOf(problem, travel, { seed, from }))
    }
  })
})

/** The least of cost and moves over all plans, by trying every one. */
function leastWorth(problem: Problem, travel: Travel, from: Plan, stabilityKrw: number): number {
  const evaluate = evaluator(problem, travel)
  const empty = planOf(withoutTrucks(problem), travel, {
    iterations: 0,
  })
  const cheapest = (vehicle: string, ids: readonly string[]): Plan['routes'][number] | undefined => {
    type Visit = { shipment: string; kind: 'pickup' | 'delivery' }
    const orders = (waiting: readonly string[], aboard: readonly string[], done: readonly Visit[]): Visit[][] =>
      waiting.length + aboard.length === 0
        ? [[...done]]
        : [
            ...waiting.flatMap((id) =>
              orders(
                waiting.filter((other) => other !== id),
                [...aboard, id],
                [...done, { shipment: id, kind: 'pickup' }],
              ),
            ),
            ...aboard.flatMap((id) =>
              orders(
                waiting,
                aboard.filter((other) => other !== id),
                [...done, { shipment: id, kind: 'delivery' }],
              ),
            ),
          ]
    return orders(ids, [], [])
      .map((visits) => evaluate(vehicle, visits))
      .filter(({ broken }) => broken.length === 0)
      .map(({ route }) => route)
      .sort((a, b) => a.costKrw - b.costKrw)[0]
  }
  const known = new Map<string, Plan['routes'][number] | undefined>()
  const ride = (vehicle: string, ids: readonly string[]) => {
    const key = `${vehicle} ${ids.join()}`
    if (!known.has(key)) known.set(key, cheapest(vehicle, ids))
    return known.get(key)
  }
  let least = Number.POSITIVE_INFINITY
  const divide = (left: readonly string[], routes: Plan['routes'], direct: Plan['direct']): void => {
    const [first, ...rest] = left
    if (first === undefined) {
      const costKrw = [...routes, ...direct].reduce((sum, part) => sum + part.costKrw, 0)
      least = Math.min(least, costKrw + stabilityKrw * countMoved(problem, from, { ...empty, routes, direct }))
      return
    }
    divide(rest, routes, [...direct, empty.direct.find((way) => way.shipment === first)!])
    for (const { id, count } of problem.vehicles) {
      if (routes.filter(({ vehicle }) => vehicle === id).length >= count) continue
      for (let set = 0; set < 1 << rest.length; set++) {
        const with_ = [first, ...rest.filter((_, k) => set & (1 << k))]
        const route = ride(id, with_)
        if (route)
          divide(
            rest.filter((other) => !with_.includes(other)),
            [...routes, route],
            direct,
          )
      }
    }
  }
  divide(
    problem.shipments.map(({ id }) => id),
    [],
    [],
  )
  return least
}

test('cost and moves together are as little as in the best of all plans', () => {
  const worse: string[] = []
  let moved = 0
  let stayed = 0
  for (let seed = 1; seed <= 40; seed++) {
    const { problem, travel } = servable(
      randomProblem({
        seed,
        shipments: seed % 4 === 0 ? 4 : 3,
        span: [10, 40, 80][seed % 3],
      }),
    )
    // yesterday trucks cost nothing
    const tariffs = problem.tariffs.map((tariff) =>
      tariff.kind === 'contract' ? { ...tariff, perDayKrw: 0, perKmKrw: seed % 2 ? 20 : 0 } : tariff,
    )
    const from = planOf({ ...problem, tariffs }, travel, { seed, iterations: seed % 4 ? 200 : 3 })
    const stabilityKrw = [2_000, 20_000, 60_000][seed % 3]
    const least = leastWorth(problem, travel, from, stabilityKrw)
    const plan = planOf(problem, travel, { seed, iterations: 400, from, stabilityKrw })
    const worth = plan.costKrw + stabilityKrw * countMoved(problem, from, plan)
    expect(worth, `seed ${seed}`).toBeGreaterThanOrEqual(least)
    if (worth > least) worse.push(`seed ${seed}: ${worth} instead of ${least}`)
    if (countMoved(problem, from, plan) > 0) moved++
    else stayed++
  }
  expect(worse.length, worse.join('\n')).toBeLessThanOrEqual(1)
  expect(moved).toBeGreaterThan(5)
  expect(stayed).toBeGreaterThan(5)
})

test('the search keeps what is best with its surcharge', () => {
  const { problem, travel } = randomProblem({ seed: 4, shipments: 20, span: 60 })
  const { instance } = openProblem(problem, travel)
  const routesWith = (perRoute: number) => {
    const surcharge = { of: ({ routes }: Solution) => perRoute * routes.length, most: perRoute * 20 }
    const found = [...search(instance, { seed: 1, iterations: 300, surcharge })].flatMap(({ better }) => better ?? [])
    return found.at(-1)!.routes.length
  }
  // those that nothing else carries stay, whatever they cost
  expect(routesWith(0)).toBeGreaterThan(routesWith(200_000))
  expect(routesWith(1e9)).toBeLessThanOrEqual(routesWith(200_000))
})
