import { describe, expect, test } from 'vitest'
import { roadsOf } from '../../solver/checkRoads.ts'
import { checkPlan, DAY_S, evaluator, improve, type Problem, type Route, type Travel } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { arriveBySlices, driveBySlices, leaveBySlices, makeSlices } from '../../solver/slices.ts'
import { visitOrders } from './everyPlan.ts'
import { manyFeatures } from './features.ts'
import { byHours, randomSlices } from './hours.ts'
import { contract, gridTravel, HOUR, makeProblem, randomProblem, shipment, site } from './problems.ts'
import { planOf } from './routes.ts'

const NO_REST = { driveS: Number.POSITIVE_INFINITY, restS: 0 }

/** Two sites, an hour apart but for the slices. */
const road = (slices: readonly { fromS: number; toS: number; durationS: number }[], durationS = 3600) => {
  const cells = (seconds: number) => [0, seconds, seconds, 0]
  const table = {
    trucks: ['1t' as const],
    durationS: cells(durationS),
    distanceM: cells(60_000),
    tollKrw: cells(0),
    slices: slices.map((slice) => ({ ...slice, durationS: cells(slice.durationS) })),
  }
  return makeSlices(table, 2, false)!
}

describe('a leg through the hours of the day', () => {
  const rush = road([{ fromS: 8 * HOUR, toS: 9 * HOUR, durationS: 7200 }])

  test('takes what its slice says where it stays inside it', () => {
    expect(arriveBySlices(rush, 0, 1, 6 * HOUR)).toBe(7 * HOUR)
    expect(arriveBySlices(rush, 0, 1, 7 * HOUR)).toBe(8 * HOUR)
    expect(arriveBySlices(rush, 0, 1, 9 * HOUR)).toBe(10 * HOUR)
  })

  test('drives on at the new pace where it crosses a border', () => {
    // half an hour of road by 8:00, the other half at half the pace: 8:00 + 60 min
    expect(arriveBySlices(rush, 0, 1, 7.5 * HOUR)).toBe(9 * HOUR)
    // 45 min by 9:00 of a leg of two hours: 3/8; 5/8 of an hour is left
    expect(arriveBySlices(rush, 0, 1, 8.25 * HOUR)).toBe(9 * HOUR + 2250)
    // a quarter by 8:00, the slow hour takes a half, the last quarter takes 15 min
    expect(arriveBySlices(rush, 0, 1, 7.75 * HOUR)).toBe(9 * HOUR + 900)
  })

  test('goes over midnight and into the slices of the next day', () => {
    const night = road([{ fromS: 0, toS: HOUR, durationS: 1800 }])
    // half by midnight, the other half at twice the pace
    expect(arriveBySlices(night, 0, 1, 3 * DAY_S - 1800)).toBe(3 * DAY_S + 900)
  })

  test('rests where the law asks for it, and goes on at the pace of then', () => {
    const law = { driveS: 3600, restS: 1800 }
    const slow = road([{ fromS: 8 * HOUR, toS: 9 * HOUR, durationS: 7200 }], 5400)
    // from 7:00 an hour of the hour and a half, rest until 8:30; 1800 of 5400 left is 2400 of 7200: until 9:00 1800 of them, 600 left is 450
    expect(driveBySlices(slow, law, 0, 1, 7 * HOUR, 0)).toEqual({ arriveS: 9 * HOUR + 450, rests: 1, drivenS: 2250 })
  })

  test('never arrives earlier for leaving later, takes no less than its fastest slice and as long as all of them where they are equal', () => {
    const random = new Random(7)
    for (let round = 0; round < 300; round++) {
      const longS = 1 + random.below(random.unit() < 0.2 ? 40 * HOUR : 3 * HOUR)
      const base = { durationS: [0, longS, longS, 0], distanceM: [0, 1, 1, 0], tollKrw: [0, 0, 0, 0] }
      const table = { ...base, trucks: ['1t' as const], slices: randomSlices(random, base) }
      const slices = makeSlices(table, 2, false)
      if (slices === null) continue
      const paces = slices.durationS.map((cells) => cells[1])
      const fastest = Math.min(...paces)
      const same = { ...slices, durationS: paces.map(() => slices.durationS[0]) }
      let before = 0
      const stepS = round % 3 === 0 ? 1 : 1 + random.below(97)
      const fromS = random.below(2 * DAY_S)
      for (let leaveS = fromS; leaveS < fromS + 1500 * stepS; leaveS += stepS) {
        const arriveS = arriveBySlices(slices, 0, 1, leaveS)
        if (arriveS < before)
          expect.fail(`round ${round}: leaving at ${leaveS} arrives at ${arriveS}, before ${before}`)
        if (arriveS - leaveS < fastest) expect.fail(`round ${round}: ${arriveS - leaveS} s, at the fastest ${fastest}`)
        before = arriveS
        if (leaveS % 31 > 0) continue
        expect(arriveBySlices(same, 0, 1, leaveS)).toBe(leaveS + paces[0])
        // the last departure that is there by then
        const latest = leaveBySlices(slices, NO_REST, 0, 1, arriveS, leaveS)
        expect(arriveBySlices(slices, 0, 1, latest)).toBeLessThanOrEqual(arriveS)
        expect(arriveBySlices(slices, 0, 1, latest + 1)).toBeGreaterThan(arriveS)
      }
    }
  })
})

test('search and check drive a leg alike, through any slices, rests included', () => {
  const random = new Random(3)
  const sites = [site('a', 0, 0), site('b', 1, 0)]
  const vehicle = contract({ start: 'a', end: 'b' })
  const problem = makeProblem({ sites, shipments: [], vehicles: [vehicle] })
  let rested = 0
  for (let round = 0; round < 600; round++) {
    const longS = random.below(6 * HOUR)
    const table = {
      trucks: ['2.5t' as const],
      durationS: [0, longS, longS, 0],
      distanceM: [0, 1, 1, 0],
      tollKrw: [0, 5, 5, 0],
    }
    const sliced = { ...table, slices: randomSlices(random, table) }
    const slices = makeSlices(sliced, 2, true)
    const law = { driveS: 600 + random.below(2 * HOUR), restS: 1 + random.below(HOUR) }
    const departS = random.below(2 * DAY_S)
    const { arriveS, rests, drivenS } =
      slices === null
        ? { arriveS: departS + longS, rests: 0, drivenS: longS }
        : driveBySlices(slices, law, 0, 1, departS, 0)
    if (slices !== null) rested += rests
    const pauses = Array.from({ length: rests }, (_, k) => {
      const startS = departS + (k + 1) * law.driveS + k * law.restS
      return { beforeStop: 0, startS, endS: startS + law.restS }
    })
    const route = { vehicle: 'own', departS, returnS: arriveS, stops: [], rests: pauses } as unknown as Route
    const [leg] = roadsOf(problem, { key: '', estimated: false, tables: [sliced] })(vehicle, route)
    expect(leg.durationS).toBe(arriveS - departS - rests * law.restS)
    if (slices !== null) expect(drivenS).toBe(leg.durationS - rests * law.driveS)
  }
  expect(rested).toBeGreaterThan(100)
})

describe('plans by time of day', () => {
  const rushTravel = (
    problem: Problem,
    slices: readonly [fromS: number, toS: number, pace: number, toll?: number][],
  ) => {
    const travel = gridTravel(problem.sites)
    const [table] = travel.tables
    return {
      ...travel,
      tables: [
        {
          ...table,
          slices: slices.map(([fromS, toS, pace, toll]) => ({
            fromS,
            toS,
            durationS: table.durationS.map((seconds) => Math.round(seconds * pace)),
            ...(toll === undefined ? {} : { tollKrw: table.tollKrw.map((krw) => Math.round(krw * toll)) }),
          })),
        },
      ],
    }
  }
  const hourly = (more: Partial<Problem> = {}) =>
    makeProblem({
      shipments: [shipment('s1', 'a', 'b', { modes: ['route'] })],
      vehicles: [contract()],
      tariffs: [{ id: 'own', kind: 'contract', perDayKrw: 0, perKmKrw: 0, perHourKrw: 3600, tollIncluded: false }],
      law: { restS: 0 },
      ...more,
    })

  test('a truck paid by the hour leaves when the slow hours are over', () => {
    const problem = hourly()
    // 40 km, 40 min; three times as long until 9:00
    const travel = rushTravel(problem, [[7 * HOUR, 9 * HOUR, 3]])
    const plan = planOf(problem, travel)
    expect(checkPlan(problem, travel, plan)).toEqual([])
    expect(plan.routes[0]).toMatchObject({ departS: 9 * HOUR, returnS: 9 * HOUR + 2400, driveS: 2400 })
    expect(plan.costKrw).toBe(2400 + 400)
  })

  test('one that is not paid by the hour is back as early as it can be, and leaves as late as that allows', () => {
    const problem = hourly({ tariffs: [{ ...makeProblem().tariffs[0], id: 'own' }] })
    const travel = rushTravel(problem, [[7 * HOUR, 9 * HOUR, 3]])
    const [route] = planOf(problem, travel).routes
    // an hour at a third of the pace is 20 min of the 40
    expect(route).toMatchObject({ departS: 8 * HOUR, returnS: 9 * HOUR + 1200, driveS: 4800 })
    expect(route.stops.map(({ legS }) => legS)).toEqual([1800, 1800 + 0])
  })

  test('a window that only the fast hours reach is missed in the slow ones, and the shipment told unserved', () => {
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { windows: [[8 * HOUR, 8 * HOUR + 1500]] })]
    const problem = hourly({ sites })
    expect(planOf(problem, gridTravel(sites)).unserved).toEqual([])
    const travel = rushTravel(problem, [[7 * HOUR, 9 * HOUR, 2]])
    const plan = planOf(problem, travel)
    expect(plan.unserved).toMatchObject([{ shipment: 's1' }])
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  test('the toll of a leg is that of its departure, and waiting for the cheap one pays', () => {
    const problem = hourly({ vehicles: [contract({ shifts: [[18 * HOUR, 23 * HOUR]] })] })
    const tariffs = [{ ...hourly().tariffs[0], perHourKrw: 0 }] as Problem['tariffs']
    // half the toll from 21:00
    const travel = rushTravel(problem, [[21 * HOUR, 24 * HOUR, 1, 0.5]])
    const free = planOf({ ...problem, tariffs }, travel)
    expect(checkPlan({ ...problem, tariffs }, travel, free)).toEqual([])
    expect(free.routes[0]).toMatchObject({ departS: 21 * HOUR, tollKrw: 200, costKrw: 200 })
  })

  test('plans with slices that say what the table says pass the check without them, and the other way round', () => {
    for (const seed of [1, 2, 3, 4]) {
      const { problem, travel } = randomProblem({ seed, shipments: 8, span: 60 })
      const same: Travel = {
        ...travel,
        tables: travel.tables.map((table) => ({
          ...table,
          slices: [{ ...table, fromS: 8 * HOUR, toS: 11 * HOUR }].map(
            ({ trucks: _, distanceM: __, ...slice }) => slice,
          ),
        })),
      }
      const plain = planOf(problem, travel, { seed, iterations: 200 })
      const sliced = planOf(problem, same, { seed, iterations: 200 })
      expect(checkPlan(problem, same, plain)).toEqual([])
      expect(checkPlan(problem, travel, sliced)).toEqual([])
    }
  })

  test('check refuses a time, a leg and a toll that the hours do not allow', () => {
    const problem = hourly()
    const travel = rushTravel(problem, [[7 * HOUR, 9 * HOUR, 3, 2]])
    const plan = planOf(problem, travel)
    const [route] = plan.routes
    const rulesOf = (changed: typeof route) =>
      new Set(checkPlan(problem, travel, { ...plan, routes: [changed] }).map(({ rule }) => rule))
    expect(rulesOf({ ...route, lastLegS: route.lastLegS - 1 })).toContain('times')
    expect(rulesOf({ ...route, tollKrw: route.tollKrw + 1 })).toContain('tolls')
    // the same route an hour earlier is in the slow hours
    const early = (atS: number) => atS - HOUR
    const moved = {
      ...route,
      departS: early(route.departS),
      returnS: early(route.returnS),
      stops: route.stops.map((stop) => ({
        ...stop,
        arriveS: early(stop.arriveS),
        startS: early(stop.startS),
        leaveS: early(stop.leaveS),
        visits: stop.visits.map((visit) => ({ ...visit, startS: early(visit.startS), endS: early(visit.endS) })),
      })),
    }
    expect(rulesOf(moved)).toContain('times')
    expect(rulesOf(moved)).toContain('tolls')
  })
})

describe('generated problems by time of day', () => {
  test('every plan of a run keeps every rule, costs what its step says, and evaluates as it is written', () => {
    let ridden = 0
    for (let seed = 1; seed <= 24; seed++) {
      const { problem, travel: plain, on, random } = manyFeatures(seed)
      const travel = byHours(plain, random)
      const where = `seed ${seed}: ${[...on]}`
      for (const { plan, costKrw } of improve(problem, travel, { seed, iterations: 40 })) {
        if (!plan) continue
        expect(checkPlan(problem, travel, plan), where).toEqual([])
        expect(plan.costKrw, where).toBe(costKrw)
        ridden += plan.routes.length
        if (on.has('docks')) continue
        const evaluate = evaluator(problem, travel, plan.parts)
        for (const route of plan.routes) {
          const { route: again, broken } = evaluate(
            route.vehicle,
            route.stops.flatMap(({ visits }) => visits),
          )
          expect(broken, where).toEqual([])
          expect(again.costKrw, where).toBeLessThanOrEqual(route.costKrw)
        }
      }
    }
    expect(ridden).toBeGreaterThan(30)
  })
})

describe('one truck against every order of visits and every departure', () => {
  /** A truck's day without rests, second by second of the clock: when it is back, and whether every visit was in time. */
  const driveDay = (
    problem: Problem,
    travel: Travel,
    visits: readonly { shipment: string; kind: string }[],
    departS: number,
  ) => {
    const [table] = travel.tables
    const at = (clockS: number) => {
      const daytime = clockS % DAY_S
      return table.slices!.find(({ fromS, toS }) => fromS <= daytime && daytime < toS)?.durationS ?? table.durationS
    }
    const index = (id: string) => problem.sites.findIndex((entry) => entry.id === id)
    const { start, end } = problem.vehicles[0]
    let clock = departS
    let from = index(start!)
    const drive = (to: number) => {
      const cell = from * problem.sites.length + to
      let pace = at(clock)[cell]
      for (let left = pace; left > 0; left--) {
        clock++
        const next = at(clock)[cell]
        if (left > 1 && next !== pace) left = Math.ceil(((left - 1) * next) / pace) + 1
        pace = next
      }
      from = to
    }
    let isLate = false
    for (const { shipment: id, kind } of visits) {
      const goods = problem.shipments.find((entry) => entry.id === id)!
      const here = problem.sites[index(kind === 'pickup' ? goods.from : goods.to)]
      drive(index(here.id))
      const open = (here.windows ?? [[0, DAY_S]]).find(([, closes]) => clock <= closes)
      if (!open) isLate = true
      clock = Math.max(clock, open?.[0] ?? 0) + 600
    }
    drive(index(end!))
    return { returnS: clock, isLate }
  }

  test('is back as early as any, refuses nothing that is possible, and is nearly always the cheapest where hours are paid', () => {
    const random = new Random(11)
    const gaps: number[] = []
    let refused = 0
    for (let round = 0; round < 12; round++) {
      const sites = ['hub', 'a', 'b', 'c'].map((id) =>
        site(
          id,
          random.below(50),
          random.below(50),
          random.unit() < 0.8
            ? {
                windows: [
                  [9 * HOUR, 11 * HOUR],
                  [13 * HOUR, 15 * HOUR],
                ],
              }
            : {},
        ),
      )
      const ends = [
        ['a', 'b'],
        ['c', 'a'],
      ] as const
      const problem = makeProblem({
        sites,
        shipments: ends.map(([from, to], k) => shipment(`s${k}`, from, to, { loadS: 600, unloadS: 600 })),
        vehicles: [contract({ shifts: [[7 * HOUR, 16 * HOUR]] })],
        tariffs: [{ id: 'own', kind: 'contract', perDayKrw: 0, perKmKrw: 0, perHourKrw: 36_000, tollIncluded: true }],
        law: { restS: 0 },
      })
      const plain = gridTravel(sites)
      const travel = byHours(
        { ...plain, tables: plain.tables.map((table) => ({ ...table, trucks: ['2.5t'] })) },
        random,
        3,
      )
      const evaluate = evaluator(problem, travel)
      for (const visits of visitOrders(['s0', 's1'])) {
        const { route, broken } = evaluate('own', visits)
        let least = Number.POSITIVE_INFINITY
        let earliest = Number.POSITIVE_INFINITY
        for (let departS = 7 * HOUR; departS <= 16 * HOUR; departS += 900) {
          const { returnS, isLate } = driveDay(problem, travel, visits, departS)
          if (isLate || returnS > 16 * HOUR) continue
          least = Math.min(least, returnS - departS)
          earliest = Math.min(earliest, returnS)
        }
        expect(broken.length > 0, `round ${round}`).toBe(least === Number.POSITIVE_INFINITY)
        if (broken.length > 0) {
          refused++
          continue
        }
        const day = driveDay(problem, travel, visits, route.departS)
        expect(day).toEqual({ returnS: route.returnS, isLate: false })
        expect(route.costKrw).toBe(10 * (route.returnS - route.departS))
        gaps.push((route.returnS - route.departS) / least - 1)

        // one that is paid by the day is back first
        const daily = { ...problem, tariffs: [{ ...problem.tariffs[0], perHourKrw: 0 }] as Problem['tariffs'] }
        expect(evaluator(daily, travel)('own', visits).route.returnS).toBe(
          driveDay(problem, travel, visits, 7 * HOUR).returnS,
        )
      }
    }
    // only some departures are tried: nearly always the cheapest is among them
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(0.01)
    expect(gaps.filter((gap) => gap > 0.005).length).toBeLessThan(0.1 * gaps.length)
    expect(refused).toBeGreaterThan(3)
    expect(gaps.length).toBeGreaterThan(20)
  })
})
