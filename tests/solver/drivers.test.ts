import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import {
  checkPlan,
  comparePlan,
  DAY_S,
  type Driver,
  evaluator,
  findIssues,
  type Plan,
  PlanSchema,
  type Problem,
  type Vehicle,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { type Roster, turnsOf } from '../../solver/roster.ts'
import { leastCost, servable } from './bruteForce.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

const driver = (id: string, vehicles: string[], ...shifts: [number, number][]): Driver => ({
  id,
  vehicles,
  ...(shifts.length > 0 ? { shifts } : {}),
})

/**
 * Two full loads of 2,500 kg from a to b at the same hour: two trucks, at 100,000 + 300 × 40 km = 112,000 each, or hired ones at
 * 200,000 + 500 × 10 km = 205,000.
 */
const pair = (
  drivers: Driver[] | undefined,
  vehicles = [contract(), contract({ id: 'two' })],
  more: Partial<Problem> = {},
): Problem =>
  makeProblem({
    vehicles: [...vehicles, hired({ truck: '2.5t', capacityKg: 2500, count: 0 })],
    tariffs: makeProblem().tariffs.map((tariff) =>
      tariff.kind === 'hired' ? { ...tariff, baseKrw: 200_000 } : tariff,
    ),
    shipments: ['s1', 's2'].map((id) =>
      shipment(id, 'a', 'b', {
        weightKg: 2500,
        pickupWindows: [[9 * HOUR, 9 * HOUR]],
        deliveryWindows: [[9 * HOUR, 10 * HOUR]],
      }),
    ),
    ...(drivers ? { drivers } : {}),
    ...more,
  })
const travel = gridTravel(pair([]).sites)
const crewOf = (plan: Plan) => plan.routes.map((route) => [route.vehicle, route.driver])
const cost = (problem: Problem) => {
  const plan = planOf(problem, travel)
  expect(checkPlan(problem, travel, plan)).toEqual([])
  expect(plan.costKrw).toBe(leastCost(problem, travel))
  return plan.costKrw
}

describe('contract trucks and their drivers', () => {
  test('where none are named there are always enough, and no route names one', () => {
    const plan = planOf(pair(undefined), travel)
    expect(plan.costKrw).toBe(224_000)
    expect(crewOf(plan)).toEqual([
      ['own', undefined],
      ['two', undefined],
    ])
  })

  test('each route has its own: one who may drive both trucks makes way for the other', () => {
    // the first listed may drive either truck, the second only "own": "two" is left to the first
    const problem = pair([driver('kim', ['own', 'two']), driver('lee', ['own'])])
    const plan = planOf(problem, travel)
    expect(cost(problem)).toBe(224_000)
    expect(crewOf(plan)).toEqual([
      ['own', 'lee'],
      ['two', 'kim'],
    ])
  })

  test('one driver, one route; no driver, none', () => {
    expect(cost(pair([driver('kim', ['own', 'two'])]))).toBe(112_000 + 205_000)
    expect(cost(pair([driver('kim', ['own']), driver('lee', ['own'])]))).toBe(112_000 + 205_000)
    expect(cost(pair([driver('kim', ['own']), driver('lee', ['own'])], [contract({ count: 2 })]))).toBe(224_000)
    expect(cost(pair([]))).toBe(410_000)
  })

  test('only in working hours: the route lies inside them', () => {
    // hub → a 600 s, a → b 600 s, b → hub 1,200 s: 08:50 to 09:30
    const from = (open: number, close: number) => pair([driver('kim', ['own'], [open, close])])
    expect(cost(from(8 * HOUR + 3000, 9 * HOUR + 1800))).toBe(317_000)
    expect(cost(from(8 * HOUR + 3001, 9 * HOUR + 1800))).toBe(410_000)
    expect(cost(from(8 * HOUR + 3000, 9 * HOUR + 1799))).toBe(410_000)
  })

  test('a driver who works in the morning and one who works all day share the shift', () => {
    const late = [[15 * HOUR, 15 * HOUR]] as [number, number][]
    const [first, second] = pair([]).shipments
    const shipments = [
      first,
      { ...second, pickupWindows: late, deliveryWindows: [[15 * HOUR, 16 * HOUR]] as [number, number][] },
    ]
    // 300 × 60 km for both loads in one route, by the driver of the whole day; the other would leave the second to a hired truck
    expect(cost(pair([driver('kim', ['own'], [8 * HOUR, 12 * HOUR])], [contract()], { shipments }))).toBe(317_000)
    expect(
      cost(pair([driver('kim', ['own']), driver('lee', ['own'], [8 * HOUR, 12 * HOUR])], [contract()], { shipments })),
    ).toBe(118_000)
  })

  test('drives again in a shift that does not overlap', () => {
    const shifts: [number, number][] = [
      [8 * HOUR, 12 * HOUR],
      [12 * HOUR, 18 * HOUR],
    ]
    const [first, second] = pair([]).shipments
    const late = { pickupWindows: [[15 * HOUR, 15 * HOUR]], deliveryWindows: [[15 * HOUR, 16 * HOUR]] } as const
    const shipments = [first, { ...second, ...(structuredClone(late) as object) }]
    expect(cost(pair([driver('kim', ['own'])], [contract({ shifts })], { shipments }))).toBe(224_000)
  })

  test('a hired truck brings its own', () => {
    const problem = pair([], [])
    expect(planOf(problem, travel).direct.map(({ mode, route }) => [mode, route?.driver])).toEqual([
      ['hired', undefined],
      ['hired', undefined],
    ])
  })

  test('a route that starts from a plan keeps its driver', () => {
    const problem = pair([driver('kim', ['own', 'two']), driver('lee', ['own'], [6 * HOUR, 12 * HOUR])])
    const plan = planOf(problem, travel)
    expect(planOf(problem, travel, { iterations: 0, from: plan }).routes).toEqual(plan.routes)
    // one driver fewer: one route goes, the other stays
    const fewer = { ...problem, drivers: problem.drivers!.slice(0, 1) }
    const next = planOf(fewer, travel, { iterations: 0, from: plan })
    expect(checkPlan(fewer, travel, next)).toEqual([])
    expect(next.routes.length).toBe(1)
  })

  test('says where the driver is what is missing', () => {
    const alone = (drivers: Driver[]) => ({
      ...pair(drivers),
      shipments: pair(drivers).shipments.map((entry) => ({ ...entry, modes: ['route' as const] })),
    })
    const reasons = (problem: Problem) =>
      planOf(problem, travel).unserved.map((left) => left.reasons.map(({ rule, proof }) => [rule, proof]))
    expect(reasons(alone([driver('kim', ['own', 'two'])]))).toEqual([[['drivers', 'notFound']]])
    expect(reasons({ ...alone([]), vehicles: [contract()] })).toEqual([
      [['drivers', 'impossible']],
      [['drivers', 'impossible']],
    ])
    const evaluate = evaluator(pair([driver('kim', ['two'])]), travel)
    const round = (['pickup', 'delivery'] as const).map((kind) => ({ shipment: 's1', kind }))
    expect(evaluate('own', round).broken.map(({ rule }) => rule)).toEqual(['drivers'])
    expect(evaluate('two', round).broken).toEqual([])
  })
})

describe('a plan is refused', () => {
  const problem = pair(
    [
      driver('kim', ['own', 'two']),
      driver('lee', ['own'], [8 * HOUR, 12 * HOUR]),
      driver('han', ['own', 'two'], [9 * HOUR, 12 * HOUR]),
    ],
    undefined,
  )
  const plan = planOf(problem, travel)
  test('which is sound before it is spoiled: two routes, two drivers', () => {
    expect(checkPlan(problem, travel, plan)).toEqual([])
    expect(crewOf(plan)).toEqual([
      ['own', 'lee'],
      ['two', 'kim'],
    ])
  })

  test.each<[string, (draft: Plan) => void]>([
    ['without a driver', ({ routes }) => delete routes[0].driver],
    ['with a driver who is not there', ({ routes }) => (routes[0].driver = 'park')],
    [
      'with one who may not drive that truck',
      ({ routes }) => (routes.find(({ vehicle }) => vehicle === 'two')!.driver = 'lee'),
    ],
    ['with one who does not work yet', ({ routes }) => (routes[0].driver = 'han')],
    [
      'with one for two routes',
      ({ routes }) => {
        for (const route of routes) route.driver = 'kim'
      },
    ],
    [
      'with one for a hired truck',
      (draft) => {
        draft.routes[0].vehicle = 'spot'
      },
    ],
  ])('%s', (_, tamper) => {
    const draft = structuredClone(plan)
    tamper(draft)
    expect(Value.Check(PlanSchema, draft)).toBe(true)
    expect(checkPlan(problem, travel, draft)).not.toEqual([])
  })

  test('with a driver where the problem names none', () => {
    const { drivers: _, ...none } = problem
    expect(checkPlan(none, travel, plan).map(({ rule }) => rule)).toEqual(['unknownId', 'unknownId'])
  })
})

test('issues: unknown trucks, hired trucks, and shifts that nobody works', () => {
  const found = (drivers: Driver[], vehicles?: Vehicle[]) =>
    findIssues(pair(drivers, vehicles), 'en').flatMap(({ code, path }) => (/^coord/.test(code) ? [] : [[code, path]]))
  expect(found([driver('kim', ['own', 'two'])])).toEqual([])
  expect(found([driver('kim', ['own', 'two', 'none', 'spot']), driver('kim', ['own'])])).toEqual([
    ['id.duplicate', 'drivers/1/id'],
    ['reference.unknown', 'drivers/0/vehicles/2'],
    ['driver.hired', 'drivers/0/vehicles/3'],
  ])
  const shifts: [number, number][] = [
    [8 * HOUR, 12 * HOUR],
    [13 * HOUR, 18 * HOUR],
  ]
  expect(
    found([driver('kim', ['own'], [8 * HOUR, 13 * HOUR], [20 * HOUR, 19 * HOUR])], [contract({ shifts })]),
  ).toEqual([['window.closesBeforeOpens', 'drivers/0/shifts/1']])
  expect(found([driver('kim', ['own'], [8 * HOUR, 13 * HOUR])], [contract({ shifts })])).toEqual([
    ['vehicle.noDriver', 'vehicles/0/shifts/1'],
  ])
})

/** Drivers for the contract vehicles, some for few of them, some for part of the day. */
function someDrivers(random: Random, vehicles: readonly Vehicle[], days: number): Driver[] {
  const own = vehicles.filter(({ kind }) => kind === 'contract')
  return Array.from({ length: random.below(4) }, (_, k) => ({
    id: `d${k}`,
    vehicles: own.filter(() => random.below(3) > 0).map(({ id }) => id),
    ...(random.below(2)
      ? {
          shifts: Array.from({ length: days }, (_, day): [number, number] => {
            const opens = day * DAY_S + (6 + random.below(5)) * HOUR
            return [opens, opens + (4 + random.below(8)) * HOUR]
          }),
        }
      : {}),
  }))
}

describe('the matching', () => {
  /** True where every route can be given a driver of its own, by trying all. */
  const canStaff = (
    roster: Roster,
    drivers: number,
    routes: readonly number[],
    taken: readonly number[] = [],
  ): boolean =>
    routes.length === 0 ||
    Array.from({ length: drivers }, (_, k) => k).some(
      (who) =>
        !taken.includes(who) &&
        roster.mayDrive(who, routes[0]) &&
        canStaff(roster, drivers, routes.slice(1), [...taken, who]),
    )

  test('admits a route exactly where trying every assignment does', () => {
    const seen = { yes: 0, no: 0 }
    for (let seed = 1; seed <= 200; seed++) {
      const random = new Random(seed)
      const vehicles = ['v0', 'v1', 'v2'].map((id) => contract({ id, count: 1 + random.below(2) }))
      const drivers = someDrivers(random, vehicles, 1)
      const { instance, vehicleOf } = openProblem(makeProblem({ vehicles, drivers }), travel)
      const roster = instance.roster!
      const used = instance.types.map(() => 0)
      const routes: number[] = []
      for (let k = 0; k < 8; k++) {
        const type = random.below(used.length)
        const trucks = routes.filter((other) => vehicleOf[other] === vehicleOf[type]).length
        const expected = trucks < vehicles[vehicleOf[type]].count && canStaff(roster, drivers.length, [...routes, type])
        expect(roster.admits(used, type), `seed ${seed}`).toBe(expected)
        // one that gives up a route of another type for it
        if (routes.length > 0) {
          const rest = routes.slice(1)
          const left = rest.filter((other) => vehicleOf[other] === vehicleOf[type]).length
          expect(roster.admits(used, type, routes[0]), `seed ${seed}`).toBe(
            left < vehicles[vehicleOf[type]].count && canStaff(roster, drivers.length, [...rest, type]),
          )
        }
        seen[expected ? 'yes' : 'no']++
        if (!expected) continue
        used[type]++
        routes.push(type)
        const named = roster.assign(routes)!
        expect(new Set(named).size).toBe(routes.length)
        for (const [at, who] of named.entries()) expect(roster.mayDrive(who, routes[at])).toBe(true)
      }
    }
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200)
  })

  test('a shift is cut to the hours of those who may drive it', () => {
    const vehicle = contract({ shifts: [[8 * HOUR, 18 * HOUR]] })
    const windows = (...drivers: Driver[]) =>
      turnsOf(vehicle, drivers).map(({ window, idle }) => [...window.map((s) => s / HOUR), idle])
    expect(turnsOf(vehicle, undefined).map(({ window }) => window)).toEqual([[8 * HOUR, 18 * HOUR]])
    expect(
      windows(driver('kim', ['own'], [6 * HOUR, 12 * HOUR]), driver('lee', ['own'], [7 * HOUR, 12 * HOUR])),
    ).toEqual([[8, 12, false]])
    expect(windows(driver('kim', ['own'], [6 * HOUR, 12 * HOUR]), driver('lee', ['own']))).toEqual([
      [8, 12, false],
      [8, 18, false],
    ])
    expect(windows(driver('kim', ['two']))).toEqual([[8, 18, true]])
  })
})

test('with drivers the search is as cheap as the best of all plans', () => {
  let bound = 0
  const worse: string[] = []
  for (let seed = 1; seed <= 50; seed++) {
    const random = new Random(seed)
    const { problem: made, travel: roads } = servable(randomProblem({ seed, shipments: 3, span: 40 }))
    const vehicles = [made.vehicles[0], { ...made.vehicles[0], id: 'second', count: 1 }, made.vehicles[1]]
    const dear = made.tariffs.map((tariff) => (tariff.kind === 'contract' ? { ...tariff, perDayKrw: 20_000 } : tariff))
    const problem = { ...made, vehicles, tariffs: dear, drivers: someDrivers(random, vehicles, 1) }
    const { problem: whole } = servable({ problem, travel: roads })
    const plan = planOf(whole, roads, { seed, iterations: 800 })
    expect(checkPlan(whole, roads, plan), `seed ${seed}`).toEqual([])
    const least = leastCost(whole, roads)
    expect(plan.costKrw, `seed ${seed}`).toBeGreaterThanOrEqual(least)
    if (plan.costKrw > least) worse.push(`seed ${seed}: ${plan.costKrw} instead of ${least}`)
    const { drivers: _, ...free } = whole
    if (leastCost(free, roads) < least) bound++
  }
  expect(worse).toEqual([])
  expect(bound).toBeGreaterThan(10)
})

test('every plan of random problems with drivers passes the check and costs at most B1', () => {
  let driven = 0
  for (let seed = 1; seed <= 80; seed++) {
    const random = new Random(seed)
    const made = servable((seed % 2 ? randomProblem : wildProblem)({ seed, shipments: 9, span: 50 }))
    const { problem: bare, travel: roads } = made
    const vehicles = [...bare.vehicles, { ...bare.vehicles[0], id: 'second' }]
    const tariffs = bare.tariffs.map((tariff) =>
      tariff.kind === 'contract' ? { ...tariff, perDayKrw: 30_000 } : tariff,
    )
    const problem = { ...bare, vehicles, tariffs, drivers: someDrivers(random, vehicles, bare.days) }
    const plan = planOf(problem, roads, { seed, iterations: 120 })
    expect(checkPlan(problem, roads, plan), `seed ${seed}`).toEqual([])
    expect(Value.Check(PlanSchema, plan)).toBe(true)
    const again = planOf(problem, roads, { seed, iterations: 5, from: plan })
    expect(checkPlan(problem, roads, again), `seed ${seed}`).toEqual([])
    expect(again.costKrw, `seed ${seed}`).toBeLessThanOrEqual(plan.costKrw)
    const [, b1, b2] = comparePlan(problem, roads, plan, 200).baselines
    expect(plan.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
    expect(b2.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
    driven += plan.routes.filter((route) => route.driver !== undefined).length
  }
  expect(driven).toBeGreaterThan(30)
})
