import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import {
  checkLocks,
  checkPlan,
  describeLock,
  evaluator,
  improve,
  KEEP_LEVELS,
  keepLocks,
  type Lock,
  movedShipments,
  type Plan,
  PlanSchema,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { servable } from './bruteForce.ts'
import { companyProblem, crowdedProblem } from './companies.ts'
import {
  contract,
  gridTravel,
  HOUR,
  hired,
  makeProblem,
  randomProblem,
  shipment,
  site,
  wildProblem,
  withoutTrucks,
} from './problems.ts'
import { planOf, plansOf } from './routes.ts'

const idsOf = (route: Plan['routes'][number]) => [
  ...new Set(route.stops.flatMap(({ visits }) => visits.map((v) => v.shipment))),
]
const statesOf = (plan: Plan) => checkLocks(plan).map(({ state }) => state)
const truckLocks = (plan: Plan): Lock[] =>
  plan.routes.flatMap((route) => idsOf(route).map((id): Lock => ({ grade: 'truck', shipment: id })))

/** Some locks of every grade on what the plan has. */
function someLocks(random: Random, plan: Plan): Lock[] {
  const chance = (share: number) => random.unit() < share
  const locks: Lock[] = []
  for (const { shipment: id } of plan.direct) if (chance(0.3)) locks.push({ grade: 'direct', shipment: id })
  for (const route of plan.routes) {
    const ids = idsOf(route)
    const some = () => ids.filter(() => chance(0.5))
    if (chance(0.35)) locks.push({ grade: 'route', route: route.id })
    if (chance(0.2)) locks.push({ grade: 'sequence', route: route.id })
    if (chance(0.2))
      locks.push({ grade: 'sequence', route: route.id, shipments: [random.below(2) ? ids[0] : ids.at(-1)!, ...some()] })
    if (chance(0.4)) for (const id of some()) locks.push({ grade: 'truck', shipment: id })
    if (chance(0.4))
      for (const id of some()) locks.push({ grade: 'time', shipment: id, kind: chance(0.5) ? 'pickup' : 'delivery' })
  }
  for (let k = locks.length - 1; k > 0; k--) {
    const other = random.below(k + 1)
    ;[locks[k], locks[other]] = [locks[other], locks[k]]
  }
  return locks
}

/** The same problem on another day: shipments gone and come, later, heavier, trucks fewer and smaller. */
function changed(random: Random, problem: Problem): Problem {
  const chance = (share: number) => random.unit() < share
  const kept = problem.shipments.filter(() => chance(0.9))
  return {
    ...problem,
    shipments: kept.map((entry, k) => ({
      ...entry,
      ...(chance(0.15) ? { weightKg: entry.weightKg * 2 } : {}),
      ...(chance(0.15) ? { pickupWindows: [[(9 + (k % 6)) * HOUR, (11 + (k % 6)) * HOUR] as [number, number]] } : {}),
      ...(chance(0.1) ? { modes: chance(0.5) ? ['hired' as const] : ['route' as const] } : {}),
      ...(chance(0.2) ? { loadS: 1200 } : {}),
    })),
    vehicles: problem.vehicles
      .filter(() => chance(0.95))
      .map((vehicle) => ({
        ...vehicle,
        count: chance(0.3) ? Math.max(0, vehicle.count - 1) : vehicle.count,
        capacityKg: chance(0.2) ? vehicle.capacityKg / 2 : vehicle.capacityKg,
        shifts: chance(0.2)
          ? vehicle.shifts.map(([open, close]): [number, number] => [open + HOUR, close])
          : vehicle.shifts,
      })),
  }
}

describe('every plan of a search from a plan with locks', () => {
  test.each([
    ['problems with every rule about to bind', randomProblem, 120],
    ['problems from the edge of the schema', wildProblem, 160],
    ['shipments that mind what they ride with', companyProblem, 120],
    ['small loads that share a truck or two', crowdedProblem, 80],
  ] as const)('%s: keeps every lock where nothing has changed', (_, make, seeds) => {
    const kept = new Map<string, number>()
    for (let seed = 1; seed <= seeds; seed++) {
      const { problem, travel } = make({ seed, shipments: seed % 14, span: [20, 60, 120][seed % 3] })
      const from = planOf(problem, travel, { seed, iterations: 60 })
      const locks = someLocks(new Random(seed), from)
      for (const { plan, costKrw } of improve(problem, travel, { seed: seed + 1, iterations: 120, from, locks })) {
        if (!plan) continue
        expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
        expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(
          checkLocks(plan).filter(({ state }) => state !== 'kept'),
          `seed ${seed}`,
        ).toEqual([])
        expect(plan.provenance.locks?.length ?? 0).toBe(locks.length)
        expect(Value.Check(PlanSchema, plan)).toBe(true)
      }
      for (const { grade } of locks) kept.set(grade, (kept.get(grade) ?? 0) + 1)
    }
    // small loads all find a truck
    const grades = ['route', 'truck', 'sequence', 'time', ...(make === crowdedProblem ? [] : ['direct'])]
    for (const grade of grades) expect(kept.get(grade), grade).toBeGreaterThan(15)
  })

  test.each([
    ['problems with every rule about to bind', randomProblem, 160],
    ['problems from the edge of the schema', wildProblem, 160],
    ['shipments that mind what they ride with', companyProblem, 120],
    ['small loads that share a truck or two', crowdedProblem, 80],
  ] as const)('%s: keeps what can be kept of another day, and says why the rest cannot', (_, make, seeds) => {
    let kept = 0
    const reasons = new Set<string>()
    for (let seed = 1; seed <= seeds; seed++) {
      const { problem, travel } = make({ seed, shipments: 4 + (seed % 12), span: [20, 60, 120][seed % 3] })
      const random = new Random(seed)
      const from = planOf({ ...problem, shipments: problem.shipments.slice(0, -2) }, travel, { seed, iterations: 60 })
      const locks = someLocks(random, from)
      const today = changed(random, problem)
      for (const [k, plan] of plansOf(today, travel, { seed: seed + 1, iterations: 120, from, locks }).entries()) {
        expect(checkPlan(today, travel, plan), `seed ${seed}`).toEqual([])
        const states = checkLocks(plan)
        expect(
          states.filter(({ state }) => state === 'broken'),
          `seed ${seed}`,
        ).toEqual([])
        if (k > 0) continue
        kept += states.filter(({ state }) => state === 'kept').length
        for (const { record } of states) if (record.refused) reasons.add(record.refused.rule)
        for (const locale of ['ko', 'en'] as const)
          for (const state of states) expect(describeLock(state, locale)).not.toMatch(/undefined|notInPlan/)
      }
    }
    expect(kept).toBeGreaterThan(80)
    for (const rule of ['unknownId', 'timeWindows', 'modes']) expect([...reasons]).toContain(rule)
  })
})

/** Plans that no search has made: routes twice, cut off, turned round, on other trucks, beside their own shipments sent direct. */
const mangled: [string, (plan: Plan) => Plan][] = [
  ['twice', (plan) => ({ ...plan, routes: [...plan.routes, ...plan.routes] })],
  [
    'cut off',
    (plan) => ({ ...plan, routes: plan.routes.map((route) => ({ ...route, stops: route.stops.slice(0, -1) })) }),
  ],
  ['empty', (plan) => ({ ...plan, routes: plan.routes.map((route) => ({ ...route, stops: [] })) })],
  [
    'turned round',
    (plan) => ({ ...plan, routes: plan.routes.map((route) => ({ ...route, stops: [...route.stops].reverse() })) }),
  ],
  ['on another truck', (plan) => ({ ...plan, routes: plan.routes.map((route) => ({ ...route, vehicle: 'spot' })) })],
  [
    'on an unknown truck',
    (plan) => ({ ...plan, routes: plan.routes.map((route) => ({ ...route, vehicle: 'nobody' })) }),
  ],
  [
    'two in one',
    (plan) => ({
      ...plan,
      routes: plan.routes.map((route) => ({ ...route, stops: plan.routes.flatMap(({ stops }) => stops) })),
    }),
  ],
  [
    'sent direct too',
    (plan) => ({
      ...plan,
      direct: [
        ...plan.direct,
        ...plan.routes.flatMap(idsOf).map((id) => ({ ...plan.direct[0], shipment: id, mode: 'hired' as const })),
      ],
    }),
  ],
]

test.each(mangled)('locks on a plan whose routes are %s: what cannot be kept is refused', (name, mangle) => {
  let refused = 0
  for (let seed = 1; seed <= 40; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 10, span: [20, 60][seed % 2] })
    const whole = planOf(problem, travel, { seed, iterations: 30 })
    const from = mangle(whole)
    const locks = someLocks(new Random(seed), whole)
    for (const plan of plansOf(problem, travel, {
      seed,
      iterations: 60,
      from,
      locks,
      stabilityKrw: seed % 3 ? 0 : 3000,
    })) {
      expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
      expect(
        checkLocks(plan).filter(({ state }) => state === 'broken'),
        `seed ${seed}`,
      ).toEqual([])
      refused += checkLocks(plan).filter(({ state }) => state === 'refused').length
    }
    for (const level of KEEP_LEVELS)
      expect(
        checkPlan(
          problem,
          travel,
          planOf(problem, travel, { iterations: 5, from, locks: keepLocks(problem, from, level) }),
        ),
      ).toEqual([])
  }
  // a route that is there twice is kept once, and what rides stays on its truck
  if (name === 'twice' || name === 'sent direct too') expect(refused).toBe(0)
  else expect(refused).toBeGreaterThan(0)
})

type Visit = { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }

/** Every order in which one truck may visit both ends of these shipments. */
function everyOrder(
  waiting: readonly string[],
  aboard: readonly string[] = [],
  done: readonly Visit[] = [],
): Visit[][] {
  if (waiting.length + aboard.length === 0) return [[...done]]
  const without = (list: readonly string[], id: string) => list.filter((other) => other !== id)
  return [
    ...waiting.flatMap((id) =>
      everyOrder(without(waiting, id), [...aboard, id], [...done, { shipment: id, kind: 'pickup' }]),
    ),
    ...aboard.flatMap((id) => everyOrder(waiting, without(aboard, id), [...done, { shipment: id, kind: 'delivery' }])),
  ]
}

const isInside = (visits: readonly Visit[], order: readonly Visit[]) => {
  const named = order.filter(({ shipment: id }) => visits.some((visit) => visit.shipment === id))
  return named.every((visit, k) => visit.shipment === visits[k].shipment && visit.kind === visits[k].kind)
}

/** The least cost of all plans that keep the locks, by trying every one: the locks are read from the plan a second time. */
function leastCost(problem: Problem, travel: Travel, from: Plan, locks: readonly Lock[]): number {
  const ids = problem.shipments.map(({ id }) => id)
  const visitsOf = (route: Plan['routes'][number]) => route.stops.flatMap(({ visits }) => visits)
  const homeOf = (lock: Lock) =>
    from.routes.find((route) => ('route' in lock ? route.id === lock.route : idsOf(route).includes(lock.shipment)))!
  const homes = from.routes.map((route) => ({
    route,
    locks: locks.filter((lock) => lock.grade !== 'direct' && homeOf(lock) === route),
  }))
  const membersOf = ({ route, locks: own }: (typeof homes)[number]) =>
    idsOf(route).filter((id) =>
      own.some((lock) =>
        'shipment' in lock
          ? lock.shipment === id
          : ((lock.grade === 'sequence' && lock.shipments) || idsOf(route)).includes(id),
      ),
    )
  const bound = homes.filter((home) => home.locks.length > 0).map((home) => ({ ...home, members: membersOf(home) }))

  // a locked time is a window of one second
  const starts = new Map(
    bound.flatMap(({ route, locks: own }) =>
      visitsOf(route).flatMap(({ shipment: id, kind, startS }): [string, number][] =>
        own.some(
          (lock) => lock.grade === 'route' || (lock.grade === 'time' && lock.shipment === id && lock.kind === kind),
        )
          ? [[`${id} ${kind}`, startS]]
          : [],
      ),
    ),
  )
  const windows = (id: string, kind: 'pickup' | 'delivery') => {
    const at = starts.get(`${id} ${kind}`)
    return at === undefined ? {} : { [`${kind}Windows`]: [[at, at]] }
  }
  const pinned = problem.shipments.map((entry) => ({
    ...entry,
    ...windows(entry.id, 'pickup'),
    ...windows(entry.id, 'delivery'),
  }))
  const evaluate = evaluator({ ...problem, shipments: pinned }, travel)

  const ride = (vehicle: string, members: readonly string[]): number => {
    const here = bound.filter((home) => home.members.some((id) => members.includes(id)))
    if (here.length > 1 || here.some((home) => home.route.vehicle !== vehicle)) return Number.POSITIVE_INFINITY
    if (here.some((home) => home.members.some((id) => !members.includes(id)))) return Number.POSITIVE_INFINITY
    if (locks.some((lock) => lock.grade === 'direct' && members.includes(lock.shipment)))
      return Number.POSITIVE_INFINITY
    let least = Number.POSITIVE_INFINITY
    for (const order of everyOrder(members)) {
      const keeps = here.every(({ route, locks: own }) =>
        own.every((lock) => {
          if (lock.grade === 'route') return order.length === visitsOf(route).length && isInside(visitsOf(route), order)
          if (lock.grade !== 'sequence') return true
          return isInside(
            visitsOf(route).filter(({ shipment: id }) => (lock.shipments ?? idsOf(route)).includes(id)),
            order,
          )
        }),
      )
      if (!keeps) continue
      const { route, broken } = evaluate(vehicle, order)
      if (broken.length === 0) least = Math.min(least, route.costKrw)
    }
    return least
  }
  const none = withoutTrucks(problem)
  const direct = (id: string): number => {
    if (bound.some(({ members }) => members.includes(id))) return Number.POSITIVE_INFINITY
    const isLocked = locks.some((lock) => lock.grade === 'direct' && lock.shipment === id)
    const mode = isLocked ? [from.direct.find((way) => way.shipment === id)!.mode] : undefined
    const only = problem.shipments
      .filter((entry) => entry.id === id)
      .map((entry) => ({ ...entry, ...(mode && { modes: mode }) }))
    return (
      planOf({ ...none, shipments: only }, travel, { iterations: 0 }).direct[0]?.costKrw ?? Number.POSITIVE_INFINITY
    )
  }
  const rides = problem.vehicles.map(({ id, count }) =>
    Array.from({ length: 1 << ids.length }, (_, set) =>
      set === 0 || count === 0
        ? Number.POSITIVE_INFINITY
        : ride(
            id,
            ids.filter((_, k) => set & (1 << k)),
          ),
    ),
  )
  const directs = ids.map(direct)
  const divide = (left: number, counts: readonly number[]): number => {
    if (left === 0) return 0
    const first = left & -left
    let least = directs[Math.log2(first)] + divide(left ^ first, counts)
    for (let set = left; set > 0; set = (set - 1) & left)
      counts.forEach((count, vehicle) => {
        if (!(set & first) || count === 0 || rides[vehicle][set] >= least) return
        const fewer = counts.map((other, k) => (k === vehicle ? other - 1 : other))
        least = Math.min(least, rides[vehicle][set] + divide(left ^ set, fewer))
      })
    return least
  }
  return divide(
    (1 << ids.length) - 1,
    problem.vehicles.map(({ count }) => count),
  )
}

test('is as cheap as the cheapest of all plans that keep the locks', () => {
  const worse: string[] = []
  let dearer = 0
  let tried = 0
  for (let seed = 1; seed <= 70; seed++) {
    const { problem, travel } = servable(
      randomProblem({
        seed,
        shipments: seed % 5 === 0 ? 4 : 3,
        span: [10, 40, 80][seed % 3],
      }),
    )
    // trucks for nothing yesterday: what was best then is dear today
    const free = problem.tariffs.map((tariff) =>
      tariff.kind === 'contract' ? { ...tariff, perDayKrw: 0, perKmKrw: seed % 2 ? 20 : 0 } : tariff,
    )
    const from = planOf({ ...problem, tariffs: free }, travel, { seed, iterations: seed % 4 === 0 ? 3 : 200 })
    const locks = someLocks(new Random(seed), from)
    if (locks.length === 0) continue
    tried++
    const least = leastCost(problem, travel, from, locks)
    const { costKrw, unserved } = planOf(problem, travel, { seed, iterations: 400, from, locks })
    expect(unserved, `seed ${seed}`).toEqual([])
    expect(costKrw, `seed ${seed}`).toBeGreaterThanOrEqual(least)
    if (costKrw > least) worse.push(`seed ${seed}: ${costKrw} instead of ${least}`)
    if (least > planOf(problem, travel, { seed, iterations: 400 }).costKrw) dearer++
  }
  expect(worse.length, worse.join('\n')).toBeLessThanOrEqual(1)
  expect(tried).toBeGreaterThan(30)
  // and the locks were in the way
  expect(dearer).toBeGreaterThan(10)
})

describe('two trucks and two shipments', () => {
  // hub 0 km, a 10, b 20: both ride hub → a → b → hub, 40 km at 300 = 12,000, on the old truck for 100,000 or the new one for 50,000 a day
  const [far, spot, depot] = makeProblem().tariffs
  const problem = makeProblem({
    shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b', { weightKg: 1200 })),
    vehicles: [contract({ id: 'old' }), contract({ id: 'new', tariff: 'new' })],
    tariffs: [far, { ...far, id: 'new', perDayKrw: 50_000 } as typeof far, spot, depot],
  })
  const travel = gridTravel(problem.sites)
  const yesterday = { ...problem, vehicles: problem.vehicles.slice(0, 1) }
  const from = planOf(yesterday, travel)

  test.each<[string, Lock[], number]>([
    ['nothing is locked: both change over', [], 62_000],
    // alone on the new truck the other would cost 62,000 more; on the old one it rides for nothing
    ['one is locked to its truck: the other stays too', [{ grade: 'truck', shipment: 's1' }], 112_000],
    ['both are', truckLocks(from), 112_000],
    ['the whole route is', [{ grade: 'route', route: '1' }], 112_000],
  ])('%s', (_, locks, costKrw) => {
    expect(from.costKrw).toBe(112_000)
    for (const iterations of [0, 200]) {
      const plan = planOf(problem, travel, { from, locks, iterations })
      if (iterations > 0 || locks.length > 0) expect(plan.costKrw).toBe(costKrw)
      expect(statesOf(plan)).toEqual(locks.map(() => 'kept'))
      expect(checkPlan(problem, travel, plan)).toEqual([])
    }
  })

  test('a plan without locks says nothing of them', () => {
    expect(planOf(problem, travel, { from }).provenance).not.toHaveProperty('locks')
    expect(planOf(problem, travel, { from, locks: [] })).toEqual(planOf(problem, travel, { from }))
  })

  test.each<[string, Problem, Lock, string]>([
    ['no such route', problem, { grade: 'route', route: '7' }, 'notInPlan'],
    ['no such shipment', problem, { grade: 'truck', shipment: 's7' }, 'notInPlan'],
    ['a shipment of another route', problem, { grade: 'sequence', route: '1', shipments: ['s7'] }, 'notInPlan'],
    ['a shipment that rides', problem, { grade: 'direct', shipment: 's1' }, 'notInPlan'],
    [
      'a shipment that is gone',
      { ...problem, shipments: problem.shipments.slice(1) },
      { grade: 'truck', shipment: 's1' },
      'unknownId',
    ],
    [
      'a route with a shipment that is gone',
      { ...problem, shipments: problem.shipments.slice(1) },
      { grade: 'route', route: '1' },
      'unknownId',
    ],
    [
      'a truck that is gone',
      { ...problem, vehicles: problem.vehicles.slice(1) },
      { grade: 'truck', shipment: 's1' },
      'unknownId',
    ],
    [
      'a truck that does not drive',
      { ...problem, vehicles: [contract({ id: 'old', count: 0 }), problem.vehicles[1]] },
      { grade: 'truck', shipment: 's1' },
      'fleet',
    ],
    [
      'a truck that drives at night',
      { ...problem, vehicles: [contract({ id: 'old', shifts: [[20 * HOUR, 23 * HOUR]] })] },
      { grade: 'truck', shipment: 's1' },
      'shift',
    ],
    [
      'a truck that is too small',
      { ...problem, vehicles: [contract({ id: 'old', capacityKg: 1000 })] },
      { grade: 'truck', shipment: 's1' },
      'fitsTruck',
    ],
    [
      'a route that is too heavy',
      { ...problem, vehicles: [contract({ id: 'old', capacityKg: 2000 })] },
      { grade: 'route', route: '1' },
      'capacity',
    ],
    [
      'a shipment that may not ride any more',
      { ...problem, shipments: problem.shipments.map((entry) => ({ ...entry, modes: ['hired'] })) },
      { grade: 'truck', shipment: 's1' },
      'modes',
    ],
    [
      'a time at which nothing is open',
      { ...problem, shipments: problem.shipments.map((entry) => ({ ...entry, ready: 12 * HOUR })) },
      { grade: 'time', shipment: 's1', kind: 'pickup' },
      'timeWindows',
    ],
  ])('refuses to keep %s, and says why', (_, today, lock, rule) => {
    for (const plan of plansOf(today, travel, { from, locks: [lock] })) {
      expect(checkPlan(today, travel, plan)).toEqual([])
      expect(plan.provenance.locks?.map(({ refused }) => refused?.rule)).toEqual([rule])
      expect(statesOf(plan)).toEqual(['refused'])
    }
  })

  test('keeps the first of two that cannot both be kept', () => {
    const today = { ...problem, vehicles: [contract({ id: 'old', capacityKg: 2000 }), problem.vehicles[1]] }
    const plan = planOf(today, travel, { from, locks: truckLocks(from) })
    // they ride one after the other: a → b → a → b
    expect(statesOf(plan)).toEqual(['kept', 'kept'])
    const short = { ...today, vehicles: [contract({ id: 'old', capacityKg: 2000, maxStops: 2 }), problem.vehicles[1]] }
    expect(statesOf(planOf(short, travel, { from, locks: truckLocks(from) }))).toEqual(['kept', 'refused'])
    expect(statesOf(planOf(short, travel, { from, locks: truckLocks(from).reverse() }))).toEqual(['kept', 'refused'])
  })

  test('without a plan to start from there is nothing that a lock could mean', () => {
    expect(statesOf(planOf(problem, travel, { locks: truckLocks(from) }))).toEqual(['refused', 'refused'])
  })

  test('two locked routes never merge', () => {
    // yesterday each truck took one
    const two = { ...problem, vehicles: [contract({ id: 'old', count: 2, capacityKg: 1200 })] }
    const today = { ...problem, vehicles: [contract({ id: 'old', count: 2 })] }
    const before = planOf(
      { ...two, shipments: two.shipments.map((s) => ({ ...s, pickupWindows: [[9 * HOUR, 9 * HOUR]] })) },
      travel,
    )
    expect(before.costKrw).toBe(224_000)
    expect(planOf(today, travel, { from: before }).costKrw).toBe(112_000)
    expect(planOf(today, travel, { from: before, locks: truckLocks(before).slice(1) }).costKrw).toBe(112_000)
    for (const plan of plansOf(today, travel, { from: before, locks: truckLocks(before) })) {
      expect(plan.costKrw).toBe(224_000)
      expect(statesOf(plan)).toEqual(['kept', 'kept'])
    }
  })
})

describe('a route with an order of its own', () => {
  // hub 0 km, a 10, b 20, c 30. Yesterday s2 (c → hub) was ready early and s1 (a → b) late: hub c a b hub, 80 km, 124,000.
  // Today both are free: hub a b c hub, 60 km, 118,000.
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 30, 0)]
  const goods = (early: boolean) => [
    shipment('s1', 'a', 'b', { weightKg: 500, ...(early && { pickupWindows: [[14 * HOUR, 15 * HOUR]] }) }),
    shipment('s2', 'c', 'hub', { weightKg: 500, ...(early && { pickupWindows: [[9 * HOUR, 10 * HOUR]] }) }),
  ]
  const added = shipment('s3', 'a', 'b', { weightKg: 100 })
  const problem = makeProblem({ sites, shipments: [...goods(false), added], vehicles: [contract()] })
  const travel = gridTravel(sites)
  const from = planOf({ ...problem, shipments: goods(true) }, travel)
  const start = (plan: Plan, id: string) =>
    plan.routes[0].stops.flatMap(({ visits }) => visits).find((visit) => visit.shipment === id)!.startS

  test('is what it was yesterday', () => {
    expect(from.costKrw).toBe(124_000)
    expect(from.routes[0].stops.map((stop) => stop.site)).toEqual(['c', 'a', 'b', 'hub'])
  })

  // the new shipment rides for nothing wherever the truck goes from a to b; by terminal it costs 7,000 + 62 × 100 = 13,200
  test.each<[string, Lock, number]>([
    ['its truck: put in order anew, the new one joins', { grade: 'truck', shipment: 's1' }, 118_000],
    ['its sequence: the new one goes between', { grade: 'sequence', route: '1' }, 124_000],
    ['the sequence of one: that is its truck', { grade: 'sequence', route: '1', shipments: ['s2'] }, 118_000],
    ['a time: another order that holds it', { grade: 'time', shipment: 's1', kind: 'pickup' }, 118_000],
    ['all of it: the new one goes by terminal', { grade: 'route', route: '1' }, 137_200],
  ])('locked by %s', (_, lock, costKrw) => {
    for (const seed of [1, 2, 3]) {
      const plan = planOf(problem, travel, { seed, from, locks: [lock] })
      expect(plan.costKrw).toBe(costKrw)
      expect(statesOf(plan)).toEqual(['kept'])
      if (lock.grade === 'time') expect(start(plan, 's1')).toBe(start(from, 's1'))
      if (lock.grade === 'route') {
        expect({ ...plan.routes[0], departS: 0 }).toEqual({ ...from.routes[0], departS: 0 })
        expect(plan.direct[0].reasons).toEqual([{ rule: 'locked', proof: 'notFound', vehicle: 'own' }])
      }
    }
  })

  test('a shipment that went by terminal stays there', () => {
    const [contractTariff, , depot] = makeProblem().tariffs
    const today = { ...problem, tariffs: [contractTariff, depot] }
    const before = planOf(
      {
        ...today,
        vehicles: [contract({ capacityKg: 1000, pallets: 0 })],
        shipments: [...goods(true), { ...added, pallets: 1 }],
      },
      travel,
    )
    const plan = planOf(today, travel, { from: before, locks: [{ grade: 'direct', shipment: 's3' }] })
    expect(plan.costKrw).toBe(118_000 + 13_200)
    expect(plan.direct).toMatchObject([
      { shipment: 's3', mode: 'terminal', reasons: [{ rule: 'locked', proof: 'impossible' }] },
    ])
    expect(statesOf(plan)).toEqual(['kept'])
  })

  test('a person may break a lock: the plan is as good as before, and the lock is told broken', () => {
    const locks: Lock[] = [
      { grade: 'route', route: '1' },
      { grade: 'sequence', route: '1' },
      { grade: 'time', shipment: 's1', kind: 'pickup' },
      { grade: 'truck', shipment: 's2' },
    ]
    const plan = planOf(problem, travel, { from, locks })
    expect(statesOf(plan)).toEqual(['kept', 'kept', 'kept', 'kept'])
    const { route } = evaluator(problem, travel)('own', [
      { shipment: 's1', kind: 'pickup' },
      { shipment: 's1', kind: 'delivery' },
      { shipment: 's2', kind: 'pickup' },
      { shipment: 's2', kind: 'delivery' },
    ])
    const edited = {
      ...plan,
      routes: [{ ...route, id: '1' }],
      costKrw: plan.costKrw + route.costKrw - plan.routes[0].costKrw,
      costLines: plan.costLines.map((line) => {
        const lineOf = ({ costLines }: typeof route) => costLines.find(({ kind }) => kind === line.kind)?.krw ?? 0
        return { ...line, krw: line.krw + lineOf(route) - lineOf(plan.routes[0]) }
      }),
    }
    expect(checkPlan(problem, travel, edited)).toEqual([])
    expect(statesOf(edited)).toEqual(['broken', 'broken', 'broken', 'kept'])
  })
})

describe('how much of the plan is to stay', () => {
  test.each(['routes', 'trucks', 'sequence', 'nothing'] as const)(
    '%s: what the problem still has is locked',
    (level) => {
      const grades = new Set<string>()
      for (let seed = 1; seed <= 30; seed++) {
        const { problem, travel } = randomProblem({ seed, shipments: 10, span: 40 })
        const from = planOf(problem, travel, { seed, iterations: 30 })
        const today = { ...problem, shipments: problem.shipments.filter((_, k) => k !== seed % 10) }
        const locks = keepLocks(today, from, level)
        const plan = planOf(today, travel, { seed: 7, iterations: 60, from, locks })
        expect(checkPlan(today, travel, plan)).toEqual([])
        // a shorter route may be a longer day, so not every lock has to hold; but all are known
        for (const { record, state } of checkLocks(plan)) {
          expect(state).not.toBe('broken')
          expect(record.refused?.rule ?? '').not.toMatch(/notInPlan|unknownId/)
          grades.add(record.lock.grade)
        }
        if (checkLocks(plan).every(({ state }) => state === 'kept') && level !== 'nothing')
          expect(movedShipments(today, from, plan)).toEqual([])
      }
      const expected = {
        routes: ['route', 'sequence', 'time', 'direct'],
        trucks: ['truck', 'direct'],
        sequence: ['sequence', 'direct'],
        nothing: [],
      }
      expect([...grades].sort()).toEqual([...expected[level]].sort())
    },
  )
})

test('tells every lock that a changed plan does not keep', () => {
  const problem = makeProblem({
    shipments: ['s1', 's2', 's3'].map((id) => shipment(id, 'a', 'b', { weightKg: 900 })),
    vehicles: [contract({ count: 1, capacityKg: 1800, maxStops: 2 }), hired({ count: 0, capacityKg: 900 })],
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.kind === 'hired' ? { ...tariff, baseKrw: 90_000 } : tariff)),
  })
  const travel = gridTravel(problem.sites)
  // two share the truck for 112,000; the third goes alone for 90,000 + 500 × 10 km = 95,000
  const from = planOf(problem, travel)
  const together = idsOf(from.routes[0])
  const alone = from.direct[0].shipment
  const locks: Lock[] = [
    ...together.map((id): Lock => ({ grade: 'truck', shipment: id })),
    { grade: 'sequence', route: from.routes[0].id },
    { grade: 'route', route: from.routes[0].id },
    { grade: 'direct', shipment: alone },
  ]
  const plan = planOf(problem, travel, { from, locks })
  expect(statesOf(plan)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept'])
  const [route] = plan.routes
  const swapped = route.stops.map((stop) => ({ ...stop, visits: [...stop.visits].reverse() }))
  const later = route.stops.map((stop) => ({
    ...stop,
    visits: stop.visits.map((v) => ({ ...v, startS: v.startS + 60 })),
  }))
  const half = (id: string) => ({
    ...route,
    stops: route.stops.map((stop) => ({ ...stop, visits: stop.visits.filter((visit) => visit.shipment === id) })),
  })
  const broken = (changed: Partial<Plan>) => statesOf({ ...plan, ...changed }).map((state) => state === 'broken')
  const [T, F] = [true, false]
  expect(broken({ routes: [{ ...route, vehicle: 'spot' }] }), 'other truck').toEqual([T, T, T, T, F])
  expect(broken({ routes: [{ ...route, stops: swapped }] }), 'other order').toEqual([F, F, T, T, F])
  expect(broken({ routes: [{ ...route, stops: later }] }), 'later').toEqual([F, F, F, T, F])
  expect(broken({ routes: together.map(half) }), 'parted').toEqual([T, T, T, T, F])
  expect(broken({ routes: [half(together[0])] }), 'one is gone').toEqual([T, T, T, T, F])
  expect(broken({ direct: [] }), 'no longer direct').toEqual([F, F, F, F, T])
  expect(broken({ direct: [{ ...plan.direct[0], mode: 'terminal' }] }), 'other mode').toEqual([F, F, F, F, T])
})
