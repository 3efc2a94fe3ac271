import { describe, expect, test } from 'vitest'
import { arc } from '../../solver/arcs.ts'
import { clockKrw } from '../../solver/cheapest.ts'
import { openProblem } from '../../solver/direct.ts'
import { checkPlan, comparePlan, findIssues, improve, type Problem, type SoftWindow } from '../../solver/index.ts'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { inTime, type Schedule, scheduleRoute } from '../../solver/schedule.ts'
import { softKrw, terminalLines } from '../../solver/tariff.ts'
import { everyPlan } from './everyPlan.ts'
import {
  contract,
  gridTravel,
  HOUR,
  makeProblem,
  randomProblem,
  type Shape,
  shipment,
  site,
  wildProblem,
} from './problems.ts'
import { planOf, randomVisits } from './routes.ts'

const MINUTE = 60
const clock = (hours: number, minutes = 0): number => hours * HOUR + minutes * MINUTE

/** The sites in a row, the contract truck free but for its hours. */
const withSoft = (soft: Partial<Record<'softPickup' | 'softDelivery', SoftWindow>>, perHourKrw = 0): Problem =>
  makeProblem({
    shipments: [shipment('s1', 'a', 'b', { modes: ['route'], ...soft })],
    vehicles: [contract()],
    tariffs: [{ id: 'own', kind: 'contract', perDayKrw: 0, perKmKrw: 0, perHourKrw, tollIncluded: true }],
  })
const scheduled = (problem: Problem): { schedule: Schedule; krw: number } => {
  const { instance } = openProblem(problem, gridTravel(problem.sites))
  const schedule = scheduleRoute(instance, 0, [0, 1])
  return { schedule, krw: clockKrw(instance, instance.types[0], schedule) }
}

describe('the price of a start', () => {
  const soft: SoftWindow = { opensS: clock(9), closesS: clock(10), earlyKrwPerHour: 3600, lateKrwPerHour: 7201 }
  test.each([
    [clock(9), 0, 0],
    [clock(10), 0, 0],
    [clock(9) - 90, 90, 0],
    // 7,201 won × 30 min = 3,600.5
    [clock(10, 30), 0, 3601],
  ])('at %i s', (startS, earliness, lateness) => {
    expect(softKrw(soft, startS)).toEqual({ earliness, lateness })
  })

  test('is nothing without a window, and on a side without a price', () => {
    expect(softKrw(undefined, 5)).toEqual({ earliness: 0, lateness: 0 })
    expect(softKrw({ closesS: 0, lateKrwPerHour: 3600 }, 10)).toEqual({ earliness: 0, lateness: 10 })
    expect(softKrw({ opensS: 20, earlyKrwPerHour: 3600 }, 10)).toEqual({ earliness: 10, lateness: 0 })
  })
})

describe('when to start, by hand', () => {
  // hub ──10── a ──10── b ──20── hub, in minutes, from 08:00 on
  test('leaves so much later that nothing is early, and no later', () => {
    const { schedule, krw } = scheduled(withSoft({ softPickup: { opensS: clock(10), earlyKrwPerHour: 6000 } }))
    expect([schedule.departS, schedule.startS, schedule.returnS, krw]).toEqual([
      clock(9, 50),
      [clock(10), clock(10, 10)],
      clock(10, 30),
      0,
    ])
  })

  test('waits on the way only where hours cost less than being early', () => {
    // pickup by 08:30, delivery from 11:00: 140 min between them, of which 10 are driven
    const soft = {
      softPickup: { closesS: clock(8, 30), lateKrwPerHour: 12_000 },
      softDelivery: { opensS: clock(11), earlyKrwPerHour: 9000 },
    }
    // hours for 6,000: depart 08:20, wait at b until 11:00, back 11:20: 3 h for 18,000, nothing early
    const cheapHours = scheduled(withSoft(soft, 6000))
    expect([cheapHours.schedule.startS, cheapHours.krw]).toEqual([[clock(8, 30), clock(11)], 18_000])
    // hours for 10,000: at b at 08:40, 140 min early for 21,000, and 40 min of work for 6,667
    const dearHours = scheduled(withSoft(soft, 10_000))
    expect([dearHours.schedule.startS, dearHours.krw]).toEqual([[clock(8, 30), clock(8, 40)], 27_667])
  })

  test('is late rather than early where that is cheaper', () => {
    const soft = {
      softPickup: { closesS: clock(9), lateKrwPerHour: 1200 },
      softDelivery: { opensS: clock(10), earlyKrwPerHour: 6000 },
    }
    // hours for 60,000: no wait. a at 09:50, 50 min late, b at 10:00; 40 min of work
    expect(scheduled(withSoft(soft, 60_000))).toMatchObject({
      schedule: { startS: [clock(9, 50), clock(10)] },
      krw: 1000 + 40_000,
    })
  })

  test('a soft window never opens a hard one', () => {
    const soft = { opensS: clock(7), closesS: clock(8), lateKrwPerHour: 6000 }
    const problem = withSoft({ softPickup: soft })
    problem.shipments[0].pickupWindows = [[clock(9), clock(12)]]
    expect(scheduled(problem)).toMatchObject({ schedule: { startS: [clock(9), clock(9, 10)] }, krw: 6000 })
  })
})

test('terminal freight pays for whole days, from the nearer end of its day', () => {
  const { tariffs } = makeProblem()
  const freight = tariffs.find(({ kind }) => kind === 'terminal')!
  const priced = (softDelivery: SoftWindow) =>
    terminalLines(freight as Parameters<typeof terminalLines>[0], shipment('s', 'a', 'b', { softDelivery }), 10_000)
  // 7,000 + 62 × 100; ready on day 0, there on day 1
  const bare = { kind: 'terminal', krw: 13_200 }
  expect(priced({ closesS: clock(24), lateKrwPerHour: 1000 })).toEqual([bare])
  expect(priced({ closesS: clock(14), lateKrwPerHour: 1000 })).toEqual([bare, { kind: 'lateness', krw: 10_000 }])
  expect(priced({ opensS: clock(48) - 1, earlyKrwPerHour: 1000 })).toEqual([bare])
  expect(priced({ opensS: clock(50), earlyKrwPerHour: 3600 })).toEqual([bare, { kind: 'earliness', krw: 7201 }])
})

/** All times are multiples of this in the problems below, so nothing is lost by looking at multiples only. */
const GRID_S = 5 * MINUTE

/** Least won for hours, earliness and lateness, by trying every departure, every wait and a rest after any five minutes of driving. */
function leastKrw(instance: Instance, type: number, visits: readonly number[]): number {
  const { driveS, restS, placeOf, stopS, serviceS, windowFrom, opensS, closesS, soft, maxWorkS } = instance
  const truck = instance.types[type]
  type States = Map<string, readonly [at: number, driven: number, krw: number]>
  const add = (states: States, at: number, driven: number, krw: number) => {
    const key = `${at} ${driven}`
    if (at <= truck.closesS && (states.get(key)?.[2] ?? Number.POSITIVE_INFINITY) > krw)
      states.set(key, [at, driven, krw])
  }
  const move = (states: States, legS: number): States => {
    let now = states
    for (let left = legS; left > 0; left -= GRID_S) {
      const next: States = new Map()
      for (const [at, driven, krw] of now.values()) {
        if (driven + GRID_S <= driveS) add(next, at + GRID_S, driven + GRID_S, krw)
        add(next, at + restS + GRID_S, GRID_S, krw)
      }
      now = next
    }
    return now
  }
  const isOpen = (visit: number, at: number) => {
    for (let w = windowFrom[visit]; w < windowFrom[visit + 1]; w++) if (at >= opensS[w] && at <= closesS[w]) return true
    return false
  }
  let least = Number.POSITIVE_INFINITY
  for (let departS = truck.opensS; departS <= truck.closesS; departS += GRID_S) {
    let states: States = new Map([['', [departS, 0, 0]]])
    let place = truck.start
    visits.forEach((visit, k) => {
      const here = placeOf[visit]
      const spentS = serviceS[visit] + (k === 0 || here !== place ? stopS[here] : 0)
      const next: States = new Map()
      for (const [at, driven, krw] of move(states, arc(truck.durationS, place, here)).values())
        for (let startS = at; startS <= truck.closesS; startS += GRID_S) {
          if (!isOpen(visit, startS)) continue
          const window = soft?.[visit] ?? {}
          const early = ((window.earlyKrwPerHour ?? 0) * Math.max(0, (window.opensS ?? 0) - startS)) / HOUR
          const late = window.closesS === undefined ? 0 : Math.max(0, startS - window.closesS) / HOUR
          const price = early + late * (window.lateKrwPerHour ?? 0)
          add(next, startS + spentS, startS - at >= restS ? 0 : driven, krw + price)
        }
      states = next
      place = here
    })
    for (const [at, , krw] of move(states, arc(truck.durationS, place, truck.end)).values()) {
      const paidS = at - departS
      if (paidS > maxWorkS) continue
      const over = (truck.overtimePerHour * Math.max(0, paidS - truck.overtimeAfterS)) / HOUR
      least = Math.min(least, krw + (truck.perHour * paidS) / HOUR + (over > 0 ? over : 0))
    }
  }
  return least
}

/** Routes of two shipments with hard and soft windows, paid hours, short driving times and sometimes a short day. */
function tinyRoute(seed: number): { instance: Instance; visits: number[] } {
  const random = new Random(seed)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const sites = ['hub', 'a', 'b', 'c'].map((id) =>
    site(id, 5 * random.below(6), 5 * random.below(4), {
      stopS: pick([0, 300, 900]),
      ...(random.unit() < 0.4 && id !== 'hub'
        ? {
            windows: pick<[number, number][]>([
              [
                [clock(8), clock(9)],
                [clock(9, 30), clock(12)],
              ],
              [[clock(8, 30), clock(10, 45)]],
            ]),
          }
        : {}),
    }),
  )
  const soft = (): SoftWindow => {
    const opensS = clock(8) + 5 * MINUTE * random.below(40)
    return {
      ...(random.unit() < 0.7 ? { opensS, earlyKrwPerHour: 1200 * (1 + random.below(9)) } : {}),
      ...(random.unit() < 0.7 ? { closesS: opensS + 15 * MINUTE, lateKrwPerHour: 1200 * (1 + random.below(9)) } : {}),
    }
  }
  const shipments = ['s1', 's2'].map((id) => {
    const from = random.below(4)
    const to = (from + 1 + random.below(3)) % 4
    return shipment(id, sites[from].id, sites[to].id, {
      loadS: pick([0, 300, 600]),
      unloadS: pick([0, 300]),
      ...(random.unit() < 0.7 ? { softPickup: soft() } : {}),
      softDelivery: soft(),
    })
  })
  const overtime = random.unit() < 0.3 ? { overtime: { afterS: clock(2), perHourKrw: 3600 } } : {}
  const problem = makeProblem({
    sites,
    shipments,
    vehicles: [contract({ shifts: [[clock(8), clock(12)]] })],
    tariffs: [
      {
        id: 'own',
        kind: 'contract',
        perDayKrw: 0,
        perKmKrw: 0,
        perHourKrw: pick([0, 0, 2400, 12_000]),
        tollIncluded: true,
        ...overtime,
      },
    ],
    law: {
      driveS: 30 * MINUTE,
      restS: pick([0, 10, 15]) * MINUTE,
      ...(random.unit() < 0.3 ? { maxWorkS: clock(2, 30) } : {}),
    },
  })
  const { instance } = openProblem(problem, gridTravel(sites))
  return { instance, visits: randomVisits(random, [0, 1]) }
}

test('the timetable costs as little as the cheapest of all timetables', () => {
  const dearer: string[] = []
  let priced = 0
  for (let seed = 1; seed <= 150; seed++) {
    const { instance, visits } = tinyRoute(seed)
    const least = Math.round(leastKrw(instance, 0, visits))
    const schedule = scheduleRoute(instance, 0, visits)
    expect(inTime(instance, schedule), `seed ${seed}`).toBe(least !== Number.POSITIVE_INFINITY)
    if (least === Number.POSITIVE_INFINITY) continue
    const [truck] = instance.types
    const krw = clockKrw(instance, truck, schedule)
    expect(krw, `seed ${seed}`).toBeGreaterThanOrEqual(least)
    if (least > 0) priced++
    if (krw === least) continue
    dearer.push(`seed ${seed}: ${krw} instead of ${least}`)
    // only a day that ends where the law or overtime says is not looked for
    const dayS = schedule.returnS - schedule.departS
    expect([truck.overtimePerHour > 0, dayS <= instance.maxWorkS && instance.maxWorkS < clock(4)]).toContain(true)
  }
  expect(priced).toBeGreaterThan(60)
  expect(dearer.length, dearer.join('\n')).toBeLessThanOrEqual(2)
})

/** Random problems with soft windows on most shipments, some outside what binds. */
function softProblem(make: (shape: Shape) => ReturnType<typeof randomProblem>, shape: Shape) {
  const { problem, travel } = make(shape)
  const random = new Random(shape.seed + 1000)
  const soft = (): SoftWindow => {
    const opensS = random.below(24 * 60) * MINUTE
    return {
      ...(random.unit() < 0.7 ? { opensS, earlyKrwPerHour: random.below(20_000) + 0.5 } : {}),
      ...(random.unit() < 0.7 ? { closesS: opensS + 1801, lateKrwPerHour: random.below(20_000) } : {}),
    }
  }
  for (const entry of problem.shipments) {
    if (random.unit() < 0.6) entry.softPickup = soft()
    if (random.unit() < 0.6) entry.softDelivery = soft()
  }
  return { problem, travel }
}

test.each([
  ['every rule about to bind', randomProblem],
  ['the edge of the schema', wildProblem],
] as const)('every plan of a run keeps every rule and costs what it says, and no more than B1: %s', (_, make) => {
  let soft = 0
  let compared = 0
  for (let seed = 1; seed <= 40; seed++) {
    const { problem, travel } = softProblem(make, { seed, shipments: seed % 10, span: [20, 60, 120][seed % 3] })
    expect(findIssues(problem).filter(({ code }) => code === 'soft.half' || code.startsWith('field'))).toEqual([])
    for (const { plan, costKrw } of improve(problem, travel, { seed, iterations: 80 })) {
      if (!plan) continue
      expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
      expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
      soft += plan.costLines.filter(({ kind }) => kind === 'earliness' || kind === 'lateness').length
    }
    if (seed > 8) continue
    const plan = planOf(problem, travel, { seed, iterations: 80 })
    const [, b1, b2] = comparePlan(problem, travel, plan, 200).baselines
    // what only a route carries is in B2 and not in B1
    if (b1.excluded.length > 0) continue
    compared++
    expect(plan.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
    expect(b2.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
  }
  expect(soft).toBeGreaterThan(30)
  expect(compared).toBeGreaterThan(3)
})

test('the search is as cheap as every plan there is, nearly always', () => {
  const worse: string[] = []
  let priced = 0
  for (let seed = 1; seed <= 36; seed++) {
    const { problem, travel } = softProblem(randomProblem, { seed, shipments: 3, span: [10, 40, 80][seed % 3] })
    let best: readonly [unserved: number, krw: number] = [Number.POSITIVE_INFINITY, 0]
    for (const { unserved, costKrw } of everyPlan(problem, travel))
      if (unserved < best[0] || (unserved === best[0] && costKrw < best[1])) best = [unserved, costKrw]
    const plan = planOf(problem, travel, { seed, iterations: 800 })
    expect(plan.unserved.length, `seed ${seed}`).toBeGreaterThanOrEqual(best[0])
    if (plan.unserved.length === best[0]) expect(plan.costKrw, `seed ${seed}`).toBeGreaterThanOrEqual(best[1])
    if (plan.routes.length > 0 && plan.costLines.some(({ kind }) => kind === 'lateness' || kind === 'earliness'))
      priced++
    if (plan.unserved.length > best[0] || plan.costKrw > best[1])
      worse.push(`seed ${seed}: ${[plan.unserved.length, plan.costKrw]} instead of ${best}`)
  }
  expect(priced).toBeGreaterThan(5)
  expect(worse.length, worse.join('\n')).toBeLessThanOrEqual(2)
})

describe('in the search', () => {
  // two trucks that cost 1,000 a day; a and b are 10 min apart, both pickups are wanted by 08:10, a minute late costs 100 won
  const soft = { closesS: clock(8, 10), lateKrwPerHour: 6000 }
  const problem = makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0), site('b', -10, 0)],
    vehicles: [contract({ count: 2 })],
    tariffs: [{ id: 'own', kind: 'contract', perDayKrw: 1000, perKmKrw: 0, perHourKrw: 0, tollIncluded: true }],
    shipments: [
      shipment('s1', 'a', 'hub', { softPickup: soft }),
      shipment('s2', 'b', 'hub', { softPickup: { ...soft } }),
    ],
  })
  const travel = gridTravel(problem.sites)

  test('a second truck is worth its day where one would be late, and only there', () => {
    // one truck is at the second pickup 20 min late: 2,000 against the 1,000 of another truck
    const plan = planOf(problem, travel)
    expect([plan.routes.length, plan.costKrw]).toEqual([2, 2000])
    const patient = structuredClone(problem)
    for (const entry of patient.shipments) entry.softPickup!.lateKrwPerHour = 1500
    const shared = planOf(patient, travel)
    expect([shared.routes.length, shared.costLines]).toEqual([
      1,
      [
        { kind: 'fixed', krw: 1000 },
        { kind: 'lateness', krw: 500 },
      ],
    ])
  })

  test('check knows a plan that says it is in time', () => {
    const patient = structuredClone(problem)
    for (const entry of patient.shipments) entry.softPickup!.lateKrwPerHour = 1500
    const plan = planOf(patient, travel)
    const [route] = plan.routes
    route.costLines = route.costLines.filter(({ kind }) => kind !== 'lateness')
    route.costKrw -= 500
    plan.costLines = plan.costLines.filter(({ kind }) => kind !== 'lateness')
    plan.costKrw -= 500
    expect(checkPlan(patient, travel, plan).map(({ rule }) => rule)).toContain('cost')
  })
})

test('faults of a soft window are told: half a price, and a window that closes before it opens', () => {
  const problem = makeProblem({
    shipments: [
      shipment('s1', 'a', 'b', {
        softPickup: { opensS: 5, lateKrwPerHour: 3 },
        softDelivery: { opensS: 5, earlyKrwPerHour: 1, closesS: 4, lateKrwPerHour: 1 },
      }),
    ],
  })
  const issues = findIssues(problem, 'en').filter(({ path }) => path.startsWith('shipments/0/soft'))
  expect(issues.map(({ code, path }) => [code, path])).toEqual([
    ['soft.half', 'shipments/0/softPickup'],
    ['soft.half', 'shipments/0/softPickup'],
    ['window.closesBeforeOpens', 'shipments/0/softDelivery'],
  ])
  const closed = makeProblem({
    shipments: [shipment('s1', 'a', 'b', { due: 1000, softDelivery: { opensS: 1001, earlyKrwPerHour: 5 } })],
  })
  expect(findIssues(closed).map(({ code, path }) => [code, path])).toContainEqual([
    'soft.outside',
    'shipments/0/softDelivery',
  ])
  expect(issues[0].message).toBe('The soft window has “opensS” without “earlyKrwPerHour”, so it prices nothing.')
})
