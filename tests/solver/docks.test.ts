import { describe, expect, test } from 'vitest'
import { arc } from '../../solver/arcs.ts'
import { openProblem } from '../../solver/direct.ts'
import { arrangeDocks, type Trip } from '../../solver/docks.ts'
import {
  checkPlan,
  describeViolation,
  findIssues,
  improve,
  type Plan,
  type Problem,
  type Shipment,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { inTime, scheduleRoute } from '../../solver/schedule.ts'
import { everyPlan } from './everyPlan.ts'
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
} from './problems.ts'
import { planOf } from './routes.ts'

const MINUTE = 60
const clock = (hours: number, minutes = 0): number => hours * HOUR + minutes * MINUTE

/** hub ──10── a ──10── b in minutes; a has one dock, and an hour of loading for each of two shipments that share no truck */
const queue = (more: Partial<Shipment>, vehicles = [contract({ count: 2 })], windows?: [number, number][]): Problem =>
  makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0, { dockCount: 1, ...(windows ? { windows } : {}) }), site('b', 20, 0)],
    vehicles,
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.kind === 'contract' ? { ...tariff, perDayKrw: 0 } : tariff)),
    shipments: ['s1', 's2'].map((id) =>
      shipment(id, 'a', 'b', { loadS: HOUR, mustGoAlone: true, weightKg: 700, ...more }),
    ),
  })
const starts = (plan: Plan): number[] =>
  [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])].map(({ stops }) => stops[0].startS)

describe('by hand', () => {
  test('the second truck comes when the first has left, and does not wait at the gate for it', () => {
    const problem = queue({ modes: ['route'] })
    const plan = planOf(problem, gridTravel(problem.sites))
    expect(starts(plan).sort()).toEqual([clock(8, 10), clock(9, 10)])
    expect(plan.routes.map(({ departS, waitS }) => [departS, waitS]).sort()).toEqual([
      [clock(8), 0],
      [clock(9), 0],
    ])
    expect(checkPlan(problem, gridTravel(problem.sites), plan)).toEqual([])
  })

  test('without dockCount both come at once', () => {
    const { dockCount: _, ...open } = queue({}).sites[1]
    const problem = { ...queue({ modes: ['route'] }), sites: [site('hub', 0, 0), open, site('b', 20, 0)] }
    expect(starts(planOf(problem, gridTravel(problem.sites)))).toEqual([clock(8, 10), clock(8, 10)])
  })

  test('hired trucks alone queue too, from 06:00 on', () => {
    const problem = queue({ modes: ['hired'] }, [hired({ count: 0 })])
    const plan = planOf(problem, gridTravel(problem.sites))
    expect(starts(plan).sort()).toEqual([clock(6), clock(7)])
  })

  test('a shipment stays behind where the dock is not free in time, and says so', () => {
    // service at a starts by 08:30 and takes until 09:10 at the least
    const problem = queue(
      { modes: ['route', 'hired'] },
      [contract({ count: 2 }), hired({ shifts: [[clock(8), clock(12)]] })],
      [[clock(8), clock(8, 30)]],
    )
    const plan = planOf(problem, gridTravel(problem.sites))
    expect(plan.unserved.map(({ reasons }) => reasons)).toEqual([[{ rule: 'docks', proof: 'notFound' }]])
    expect(starts(plan)).toHaveLength(1)
  })

  test('as many as the docks let through are served, where nothing goes direct', () => {
    // an hour each at a, started from 08:10 to 12:00: four of eight
    const problem = makeProblem({
      sites: [site('hub', 0, 0), site('a', 10, 0, { dockCount: 1, windows: [[clock(8), clock(12)]] })],
      vehicles: [contract({ count: 8 })],
      shipments: Array.from({ length: 8 }, (_, k) =>
        shipment(`s${k}`, 'hub', 'a', { unloadS: HOUR, mustGoAlone: true, modes: ['route'] }),
      ),
    })
    const plan = planOf(problem, gridTravel(problem.sites))
    expect(
      starts({ ...plan, routes: plan.routes.map((route) => ({ ...route, stops: route.stops.slice(1) })) }),
    ).toEqual([clock(8, 10), clock(9, 10), clock(10, 10), clock(11, 10)])
    expect(plan.unserved).toHaveLength(4)
  })

  test('terminal freight takes what a hired truck finds no dock for', () => {
    // 7,000 + 62 × 300 = 25,600 by terminal against 10,000 for a truck
    const base = queue(
      { mustGoAlone: false, weightKg: 300 },
      [hired({ count: 0, shifts: [[clock(8), clock(12)]] })],
      [[clock(8), clock(8, 30)]],
    )
    const tariffs = base.tariffs.map((tariff) =>
      tariff.kind === 'hired' ? { ...tariff, baseKrw: 0, minimumKrw: 10_000 } : tariff,
    )
    const problem = { ...base, tariffs }
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.direct.map(({ mode, costKrw }) => [mode, costKrw])).toEqual([
      ['hired', 10_000],
      ['terminal', 25_600],
    ])
    expect(plan.unserved).toEqual([])
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  test('a later time costs its hours and its lateness', () => {
    const base = queue({ modes: ['route'], softPickup: { closesS: clock(8, 10), lateKrwPerHour: 6000 } })
    const plan = planOf(base, gridTravel(base.sites))
    expect(plan.costLines).toContainEqual({ kind: 'lateness', krw: 6000 })
  })
})

describe('check', () => {
  const problem = queue({ modes: ['route'] })
  const travel = gridTravel(problem.sites)

  test('sees two trucks at one dock, and names the site', () => {
    const unlimited = { ...problem, sites: problem.sites.map(({ dockCount: _, ...entry }) => entry) }
    const plan = planOf(unlimited, travel)
    expect(checkPlan(unlimited, travel, plan)).toEqual([])
    const [violation, ...rest] = checkPlan(problem, travel, plan)
    expect(rest).toEqual([])
    expect(violation).toEqual({ rule: 'docks', site: 'a', excess: 1, unit: 'trucks', limit: 1, found: 2 })
    expect(describeViolation(violation, 'en')).toBe(
      'site a · more trucks at the site than it has docks (2 trucks against 1 trucks)',
    )
    const two = {
      ...problem,
      sites: problem.sites.map((entry) => (entry.dockCount ? { ...entry, dockCount: 2 } : entry)),
    }
    expect(checkPlan(two, travel, plan)).toEqual([])
  })

  test('a truck may come the second another leaves, and no sooner', () => {
    const plan = planOf(problem, travel)
    const [first, second] = plan.routes.sort((a, b) => a.departS - b.departS).map(({ stops }) => stops[0])
    expect(second.startS).toBe(first.leaveS)
    second.startS -= 1
    expect(checkPlan(problem, travel, plan).map(({ rule }) => rule)).toContain('docks')
  })
})

/** All times are multiples of this below. */
const GRID_S = 15 * MINUTE

/** Trips of one shipment each among sites with a dock or two, in a morning that is short for them. */
function tinyTrips(seed: number) {
  const random = new Random(seed)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const sites = ['hub', 'a', 'b', 'c'].map((id) =>
    site(id, 15 * random.below(2), 15 * random.below(2), {
      ...(random.unit() < 0.8 ? { dockCount: pick([1, 1, 2]) } : {}),
      windows: [[clock(8), pick([clock(9), clock(10), clock(11)])]],
    }),
  )
  const shipments = ['s1', 's2', 's3'].map((id) => {
    const from = random.below(4)
    const to = (from + 1 + random.below(3)) % 4
    const times = { loadS: GRID_S * (1 + random.below(3)), unloadS: GRID_S * (1 + random.below(3)) }
    return shipment(id, sites[from].id, sites[to].id, { ...times, modes: ['route'] })
  })
  const problem = makeProblem({
    sites,
    shipments,
    vehicles: [contract({ count: 3, start: null, end: null, shifts: [[clock(8), clock(12)]] })],
    law: { restS: 0 },
  })
  const { instance } = openProblem(problem, gridTravel(sites))
  const trips = [0, 1, 2].map((order): Trip => {
    const visits = [2 * order, 2 * order + 1]
    return { type: 0, visits, schedule: scheduleRoute(instance, 0, visits) }
  })
  return { instance, trips }
}

test('against every timetable: times are found where there are any, nearly always, and never where there are none', () => {
  let possible = 0
  let impossible = 0
  let delayed = 0
  const missed: number[] = []
  for (let seed = 1; seed <= 300; seed++) {
    const { instance, trips } = tinyTrips(seed)
    if (!trips.every(({ schedule }) => inTime(instance, schedule))) continue
    const { placeOf, serviceS, closesS, windowFrom, types, docks } = instance
    if (docks === null) continue
    type Stand = { place: number; from: number; to: number }
    const ways = trips.map(({ visits: [pickup, delivery] }) => {
      const found: Stand[][] = []
      const legS = arc(types[0].durationS, placeOf[pickup], placeOf[delivery])
      const stand = (visit: number, from: number) => ({ place: placeOf[visit], from, to: from + serviceS[visit] })
      for (let first = clock(8); first <= closesS[windowFrom[pickup]]; first += GRID_S)
        for (let next = first + serviceS[pickup] + legS; next <= closesS[windowFrom[delivery]]; next += GRID_S)
          if (next + serviceS[delivery] <= clock(12)) found.push([stand(pickup, first), stand(delivery, next)])
      return found
    })
    const fits = (stands: readonly Stand[]) =>
      stands.every(
        ({ place, from }) =>
          stands.filter((other) => other.place === place && other.from <= from && from < other.to).length <=
          docks.count[place],
      )
    const exists = ways[0].some((a) =>
      ways[1].some((b) => fits([...a, ...b]) && ways[2].some((c) => fits([...a, ...b, ...c]))),
    )
    const { refused, schedules } = arrangeDocks(instance, trips, [])
    if (exists) possible++
    else impossible++
    if (refused.length > 0) {
      if (exists) missed.push(seed)
      continue
    }
    expect(exists, `seed ${seed}`).toBe(true)
    const stands = schedules.flatMap(({ visits, startS, leaveS }) =>
      visits.map((visit, k) => ({ place: placeOf[visit], from: startS[k], to: leaveS[k] })),
    )
    expect(fits(stands), `seed ${seed}`).toBe(true)
    if (schedules.some((schedule, k) => schedule !== trips[k].schedule)) delayed++
  }
  expect(possible).toBeGreaterThan(100)
  expect(impossible).toBeGreaterThan(10)
  expect(delayed).toBeGreaterThan(50)
  expect(missed.length, missed.join()).toBeLessThanOrEqual(0)
})

/** The random problems with few docks, an hour and a half at them for each shipment, and no freight that needs none. */
function docked(make: typeof randomProblem, seed: number, shipments: number) {
  const { problem, travel } = make({ seed, shipments, span: [20, 60, 120][seed % 3] })
  const random = new Random(seed)
  const sites = problem.sites.map((entry) =>
    random.unit() < 0.7 ? { ...entry, dockCount: random.unit() < 0.8 ? 1 : 2 } : entry,
  )
  for (const entry of problem.shipments) entry.loadS = entry.unloadS = 45 * MINUTE
  const tariffs = problem.tariffs.filter(({ kind }) => kind !== 'terminal')
  return { problem: { ...problem, sites, tariffs }, open: { ...problem, tariffs }, travel }
}

test('against every plan there is, timed by the same rule of who comes first: as many served, as cheap', () => {
  const worse: string[] = []
  let bound = 0
  for (let seed = 1; seed <= 45; seed++) {
    const { problem, travel } = docked(randomProblem, seed, 3)
    // everyone wants to be at one place between half past eight and nine
    const random = new Random(seed)
    for (const entry of problem.shipments) {
      entry.softPickup = { closesS: clock(9), lateKrwPerHour: 30_000 }
      entry.ready = clock(8, 30)
      entry.mustGoAlone = random.unit() < 0.7
      entry.from = 'p0'
      if (entry.to === 'p0') entry.to = 'p1'
    }
    problem.sites[1].dockCount = 1
    const { instance, vehicleOf } = openProblem(problem, travel)
    const orderOf = (id: string) => problem.shipments.findIndex((entry) => entry.id === id)
    let best: readonly [unserved: number, krw: number] = [Number.POSITIVE_INFINITY, 0]
    let cheapest = best
    for (const plan of everyPlan(problem, travel)) {
      const trips = plan.routes.map(({ vehicle, stops }): Trip => {
        const type = vehicleOf.findIndex((index) => problem.vehicles[index].id === vehicle)
        const visits = stops.flatMap((stop) =>
          stop.visits.map(({ shipment: id, kind }) => 2 * orderOf(id) + (kind === 'pickup' ? 0 : 1)),
        )
        return { type, visits, schedule: scheduleRoute(instance, type, visits) }
      })
      const free = [plan.unserved, plan.costKrw] as const
      if (isLess(free, cheapest)) cheapest = free
      if (instance.docks === null) continue
      const { refused, extraKrw, stranded } = arrangeDocks(instance, trips, plan.left.map(orderOf))
      const timed = [plan.unserved + stranded, plan.costKrw + extraKrw] as const
      if (refused.length === 0 && isLess(timed, best)) best = timed
    }
    if (instance.docks === null) continue
    const plan = planOf(problem, travel, { seed, iterations: 500 })
    const found = [plan.unserved.length, plan.costKrw] as const
    expect(isLess(found, best), `seed ${seed}`).toBe(false)
    if (isLess(best, found)) worse.push(`seed ${seed}: ${found} instead of ${best}`)
    if (isLess(cheapest, best)) bound++
  }
  expect(bound).toBeGreaterThan(5)
  expect(worse.length, worse.join('\n')).toBeLessThanOrEqual(2)
})

const isLess = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]): boolean =>
  a < c || (a === c && b < d)

test.each([
  ['every rule about to bind', randomProblem],
  ['the edge of the schema', wildProblem],
] as const)('every plan of a run has a dock for every truck: %s', (_, make) => {
  let later = 0
  for (let seed = 1; seed <= 60; seed++) {
    const { problem: unbalanced, open, travel } = docked(make, seed, seed % 12)
    const balance = seed % 2 === 0 ? { balance: { unit: 'workS' as const, spread: HOUR } } : {}
    const problem: Problem = { ...unbalanced, ...balance }
    if (seed % 3 === 0)
      for (const entry of problem.shipments) entry.softDelivery = { closesS: 12 * HOUR, lateKrwPerHour: 5000 }
    expect(findIssues(problem).filter(({ path }) => path.includes('dockCount'))).toEqual([])
    let last: Plan | undefined
    for (const { plan, costKrw } of improve(problem, travel, { seed, iterations: 100 })) {
      if (!plan) continue
      expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
      expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
      last = plan
    }
    // the plan that counts no docks
    const free = { ...problem, sites: open.sites }
    if (
      checkPlan(problem, travel, planOf(free, travel, { seed, iterations: 100 })).some(({ rule }) => rule === 'docks')
    )
      later++
    const again = planOf(problem, travel, { seed: seed + 1, iterations: 5, from: last! })
    expect(again.unserved.length, `seed ${seed}`).toBeLessThanOrEqual(last!.unserved.length)
  }
  // docks matter in these problems
  expect(later).toBeGreaterThan(10)
})
