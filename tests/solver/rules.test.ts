import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import type { Problem, Shipment, Travel } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { RULES } from '../../solver/rules/index.ts'
import { scheduleRoute } from '../../solver/schedule.ts'
import { companyProblem } from './companies.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site, wildProblem } from './problems.ts'
import { documentsOf, randomVisits, someOrders } from './routes.ts'

const MINUTE = 60

/** Both sides of every rule for one route: by name, what the search says and what `check` finds. */
function judge(problem: Problem, travel: Travel, type: number, visits: readonly number[]) {
  const opened = openProblem(problem, travel)
  const schedule = scheduleRoute(opened.instance, type, visits)
  const route = writeRoute(opened, schedule, '1')
  const documents = documentsOf(problem, travel)
  const sides = RULES.map((rule) => ({
    name: rule.name,
    excess: rule.excess(schedule, opened.instance),
    found: rule.check(route, documents),
  }))
  return { schedule, route, sides }
}

/** Rules that `check` finds broken, each with its worst excess; the search must name the same rules. */
function broken(problem: Problem, type: number, visits: readonly number[]): Record<string, number> {
  const { sides } = judge(problem, gridTravel(problem.sites), type, visits)
  const found = Object.fromEntries(
    sides.flatMap(({ name, found }) =>
      found.length > 0 ? [[name, Math.max(...found.map(({ excess }) => excess))]] : [],
    ),
  )
  expect(sides.filter(({ excess }) => excess > 0).map(({ name }) => name)).toEqual(Object.keys(found))
  return found
}

describe('the law of rules: the search sees an excess exactly where the check finds something', () => {
  const routesOf = (seed: number, problem: Problem, travel: Travel) => {
    const random = new Random(seed)
    const opened = openProblem(problem, travel)
    const { instance } = opened
    const documents = documentsOf(problem, travel)
    const seen = new Map(RULES.map(({ name }) => [name, 0]))
    for (let k = 0; k < 12; k++) {
      const type = random.below(instance.types.length)
      const visits = randomVisits(random, someOrders(random, instance, 4))
      // one route in four is no sensible round at all: visits swapped, missing or made twice
      if (random.unit() < 0.25) {
        const at = random.below(visits.length)
        visits.splice(random.below(visits.length), random.below(2), visits[at])
        visits.reverse()
      }
      const schedule = scheduleRoute(instance, type, visits)
      const route = writeRoute(opened, schedule, '1')
      for (const rule of RULES) {
        const excess = rule.excess(schedule, instance)
        const found = rule.check(route, documents)
        // a timetable is made for one shift of its truck; the document may lie in another one by chance
        const { shifts } = problem.vehicles[opened.vehicleOf[type]]
        if (rule.name === 'shift' && shifts.length > 1 && found.length === 0) continue
        expect(excess > 0, `seed ${seed}, ${rule.name}, type ${type}, visits ${visits}: ${excess}`).toBe(
          found.length > 0,
        )
        for (const violation of found) expect(violation.excess).toBeGreaterThan(0)
        if (excess > 0) seen.set(rule.name, seen.get(rule.name)! + 1)
      }
    }
    return seen
  }

  test('on random problems with every rule about to bind', () => {
    const total = new Map<string, number>()
    for (let seed = 1; seed <= 150; seed++) {
      const { problem: made, travel } = companyProblem({ seed, shipments: 6, span: [20, 120, 300][seed % 3] })
      const problem = { ...made, vehicles: made.vehicles.map((vehicle) => ({ ...vehicle, maxTrips: 1 + (seed % 2) })) }
      for (const [name, count] of routesOf(seed, problem, travel)) total.set(name, (total.get(name) ?? 0) + count)
    }
    // no road is missing here, see roads.test.ts, and the timetable rests where it must; every other rule is broken many times
    const rare = [...total].filter(([, count]) => count < 5).map(([name]) => name)
    expect(rare).toEqual(['road', 'rest'])
  })

  test('on problems from the edge of the schema', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const { problem, travel } = wildProblem({ seed, shipments: 6 })
      routesOf(seed, problem, travel)
    }
  })
})

describe('each rule on one small example', () => {
  // hub (0) — a (10 km) — b (20 km): 60 s a km; shifts from 08:00
  const visit = { pickup: 0, delivery: 1, secondPickup: 2, secondDelivery: 3 }
  const round = [visit.pickup, visit.delivery]
  const problemOf = (goods: Partial<Shipment>, more: Partial<Problem> = {}) =>
    makeProblem({ shipments: [shipment('s1', 'a', 'b', goods)], ...more })

  test('a sound round breaks none', () => {
    expect(broken(problemOf({}), 0, round)).toEqual({})
  })

  test('time windows: 600 s late', () => {
    // hub → a 600 s, load 300 s, a → b 600 s: at b at 08:25:00; closed since 08:15:00
    const late = problemOf({ loadS: 300, deliveryWindows: [[8 * HOUR, 8 * HOUR + 15 * MINUTE]] })
    expect(broken(late, 0, round)).toEqual({ timeWindows: 600 })
  })

  test('time windows: closed all day is broken whatever the time', () => {
    const closed = problemOf({ pickupWindows: [] })
    expect(broken(closed, 0, round)).toEqual({ timeWindows: Number.MAX_SAFE_INTEGER })
  })

  test('capacity: two loads that fit one by one are 10 kg over together', () => {
    // 1,500 + 1,010 = 2,510 kg on a truck of 2,500
    const problem = makeProblem({
      shipments: [
        shipment('s1', 'a', 'b', { weightKg: 1500, pieceKg: 100 }),
        shipment('s2', 'a', 'b', { weightKg: 1010, pieceKg: 100 }),
      ],
    })
    const { pickup, secondPickup, delivery, secondDelivery } = visit
    expect(broken(problem, 0, [pickup, secondPickup, delivery, secondDelivery])).toEqual({ capacity: 10 })
    expect(broken(problem, 0, [pickup, delivery, secondPickup, secondDelivery])).toEqual({})
  })

  test('capacity: volume and pallets bind like weight', () => {
    const vehicles = [contract({ bedL: 1000, pallets: 2 })]
    const { pickup, secondPickup, delivery, secondDelivery } = visit
    const both = [pickup, secondPickup, secondDelivery, delivery]
    const pairOf = (goods: Partial<Shipment>) =>
      makeProblem({ vehicles, shipments: [shipment('s1', 'a', 'b', goods), shipment('s2', 'a', 'b', goods)] })
    // 2 × 600 = 1,200 l in 1,000; 2 × 1.5 = 3 pallets on 2 places
    expect(broken(pairOf({ volumeL: 600 }), 0, both)).toEqual({ capacity: 200 })
    expect(broken(pairOf({ pallets: 1.5 }), 0, both)).toEqual({ capacity: 1 })
    expect(broken(pairOf({ pallets: 1, volumeL: 500 }), 0, both)).toEqual({})
  })

  test('fitsTruck: a load of 1.1 times the payload', () => {
    // 2,750 / 2,500 − 1 = 0.1, and the truck is overloaded on the road as well
    const found = broken(problemOf({ weightKg: 2750 }), 0, round)
    expect(Object.keys(found)).toEqual(['fitsTruck', 'capacity'])
    expect(found.fitsTruck).toBeCloseTo(0.1, 9)
    expect(found.capacity).toBe(250)
  })

  test('pieceWeight: a piece 50 kg heavier than the forklift lifts', () => {
    const sites = [
      site('hub', 0, 0),
      site('a', 10, 0),
      site('b', 20, 0, { handling: ['forklift'], liftKg: { forklift: 400 } }),
    ]
    expect(broken(problemOf({ weightKg: 900, pieceKg: 450 }, { sites }), 0, round)).toEqual({ pieceWeight: 50 })
    expect(broken(problemOf({ weightKg: 900, pieceKg: 400 }, { sites }), 0, round)).toEqual({})
    // the truck's own crane lifts 425: 25 too little
    const vehicles = [contract({ handling: ['crane'], liftKg: { crane: 425 } })]
    expect(broken(problemOf({ weightKg: 900, pieceKg: 450 }, { sites, vehicles }), 0, round)).toEqual({
      pieceWeight: 25,
    })
  })

  test('handling: a crane is needed, the site has a forklift, the truck may bring its own crane', () => {
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { handling: ['forklift'] })]
    const goods = { handling: ['crane' as const] }
    expect(broken(problemOf(goods, { sites }), 0, round)).toEqual({ handling: 1 })
    expect(broken(problemOf(goods, { sites, vehicles: [contract({ handling: ['crane'] })] }), 0, round)).toEqual({})
  })

  test('truckSize: a 2.5 t truck at a site that takes 1.4 t at most is one class too large', () => {
    const sites = [site('hub', 0, 0), site('a', 10, 0, { maxTruck: '1.4t' }), site('b', 20, 0)]
    expect(broken(problemOf({}, { sites }), 0, round)).toEqual({ truckSize: 1 })
    // the 1 t hired truck is small enough
    expect(broken(problemOf({}, { sites }), 1, round)).toEqual({})
  })

  test('goAlone: one companion too many, even when it never rides at the same time', () => {
    const problem = makeProblem({
      shipments: [shipment('s1', 'a', 'b', { mustGoAlone: true }), shipment('s2', 'b', 'a')],
    })
    expect(broken(problem, 0, [0, 1, 2, 3])).toEqual({ goAlone: 1 })
    expect(broken(problem, 0, [0, 1])).toEqual({})
  })

  test('mixing: barred classes on board at once, not one after the other', () => {
    const classes = (first: string, second: string, mixing: [string, string][]) =>
      makeProblem({
        mixing,
        shipments: [shipment('s1', 'a', 'b', { cargo: first }), shipment('s2', 'a', 'b', { cargo: second })],
      })
    const { pickup, delivery, secondPickup, secondDelivery } = visit
    const both = [pickup, secondPickup, delivery, secondDelivery]
    expect(broken(classes('mold', 'oil', [['oil', 'mold']]), 0, both)).toEqual({ mixing: 1 })
    expect(
      broken(classes('mold', 'oil', [['oil', 'mold']]), 0, [pickup, delivery, secondPickup, secondDelivery]),
    ).toEqual({})
    expect(broken(classes('mold', 'mold', [['oil', 'mold']]), 0, both)).toEqual({})
    expect(broken(classes('mold', 'mold', [['mold', 'mold']]), 0, both)).toEqual({ mixing: 1 })
  })

  test('together and apart: who is on the route, not when', () => {
    const problem = makeProblem({
      shipments: ['s1', 's2', 's3'].map((id) => shipment(id, 'a', 'b')),
      together: [['s1', 's2', 's3']],
    })
    expect(broken(problem, 0, [0, 1])).toEqual({ together: 2 })
    expect(broken(problem, 0, [0, 1, 2, 4, 3, 5])).toEqual({})
    const { together: group, ...parted } = problem
    expect(broken({ ...parted, apart: group! }, 0, [0, 1, 2, 4, 3, 5])).toEqual({ apart: 2 })
    expect(broken({ ...parted, apart: group! }, 0, [0, 1])).toEqual({})
  })

  test('lastInFirstOut: the first of two loads is unloaded from under the second', () => {
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 30, 0), site('d', 40, 0)]
    const problem = makeProblem({
      sites,
      vehicles: [contract({ lastInFirstOut: true }), hired()],
      shipments: [shipment('s1', 'a', 'c'), shipment('s2', 'b', 'd'), shipment('s3', 'a', 'd')],
    })
    expect(broken(problem, 0, [0, 2, 1, 3])).toEqual({ lastInFirstOut: 1 })
    expect(broken(problem, 1, [0, 2, 1, 3])).toEqual({})
    expect(broken(problem, 0, [0, 2, 3, 1])).toEqual({})
    // loaded at one stop, unloaded in either order
    expect(broken(problem, 0, [0, 4, 1, 5])).toEqual({})
    expect(broken(problem, 0, [4, 0, 1, 5])).toEqual({})
  })

  test('timeOnBoard: from the end of loading to the start of unloading', () => {
    // a → b 600 s; the loading of 300 s before does not count, the second loading of 300 s at a does
    const goods = { loadS: 300, maxOnBoardS: 600 }
    const problem = makeProblem({
      shipments: [shipment('s1', 'a', 'b', goods), shipment('s2', 'a', 'b', { loadS: 300 })],
    })
    const { pickup, delivery, secondPickup, secondDelivery } = visit
    expect(broken(problem, 0, [pickup, delivery])).toEqual({})
    expect(broken(problem, 0, [secondPickup, pickup, delivery, secondDelivery])).toEqual({})
    expect(broken(problem, 0, [pickup, secondPickup, delivery, secondDelivery])).toEqual({ timeOnBoard: 300 })
  })

  test('pairing: delivered before it is picked up, never delivered, picked up twice', () => {
    expect(broken(problemOf({ weightKg: 0 }), 0, [1, 0])).toEqual({ pairing: 1 })
    expect(broken(problemOf({}), 0, [0])).toEqual({ pairing: 1 })
    expect(broken(problemOf({ weightKg: 0 }), 0, [0, 0, 1])).toEqual({ pairing: 1 })
  })

  test('shift: back 600 s after its end', () => {
    // 08:00, hub → a 600 s, a → b 600 s, b → hub 1,200 s: back at 08:40, the shift ends at 08:30
    const vehicles = [contract({ shifts: [[8 * HOUR, 8 * HOUR + 30 * MINUTE]] })]
    expect(broken(problemOf({}, { vehicles }), 0, round)).toEqual({ shift: 600 })
  })

  test('workTime: departure to return, 400 s too long', () => {
    // 600 + 600 + 1,200 = 2,400 s against 2,000
    expect(broken(problemOf({}, { law: { maxWorkS: 2000 } }), 0, round)).toEqual({ workTime: 400 })
    expect(broken(problemOf({}, { law: { maxWorkS: 2400 } }), 0, round)).toEqual({})
  })

  test('stopCount: a third stop for a driver who makes two', () => {
    const problem = makeProblem({
      vehicles: [contract({ maxStops: 2 })],
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'b'), shipment('s3', 'b', 'a')],
    })
    // a: both pickups; b: both deliveries
    expect(broken(problem, 0, [0, 2, 1, 3])).toEqual({})
    // a, b, a
    expect(broken(problem, 0, [0, 1, 4, 5])).toEqual({ stopCount: 1 })
  })

  test('trips: empty in between, and loaded again', () => {
    const problem = makeProblem({
      vehicles: [contract({ maxTrips: 1 })],
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'b')],
    })
    // loaded, loaded, empty: one trip; loaded, empty, loaded, empty: two
    expect(broken(problem, 0, [0, 2, 1, 3])).toEqual({})
    expect(broken(problem, 0, [0, 2, 3, 1])).toEqual({})
    expect(broken(problem, 0, [0, 1, 2, 3])).toEqual({ trips: 1 })
  })

  test('routeLength: 1,000 m over', () => {
    // hub → a 10 km, a → b 10 km, b → hub 20 km
    expect(broken(problemOf({}, { vehicles: [contract({ maxRouteM: 39_000 })] }), 0, round)).toEqual({
      routeLength: 1000,
    })
    expect(broken(problemOf({}, { vehicles: [contract({ maxRouteM: 40_000 })] }), 0, round)).toEqual({})
  })
})

describe('the rest rule, 15 minutes after 2 hours of driving', () => {
  /** hired truck at a, `firstMin` to b, a wait there of `waitMin` after unloading nothing, `thenMin` to c; all times in minutes */
  const trip = (firstMin: number, thenMin: number, more: { waitMin?: number; loadMin?: number } = {}) => {
    const { waitMin = 0, loadMin = 0 } = more
    const sites = [site('a', 0, 0), site('b', firstMin, 0), site('c', firstMin + thenMin, 0)]
    const atB = 6 * HOUR + (firstMin + waitMin) * MINUTE
    const problem = makeProblem({
      sites,
      vehicles: [hired()],
      shipments: [
        shipment('s1', 'a', 'c'),
        shipment('s2', 'b', 'c', { loadS: loadMin * MINUTE, ...(waitMin > 0 ? { ready: atB } : {}) }),
      ],
    })
    return judge(problem, gridTravel(sites), 0, [0, 2, 1, 3])
  }
  const restsOf = ({ route }: ReturnType<typeof trip>) =>
    route.rests.map(({ endS, startS }) => (endS - startS) / MINUTE)
  const clean = ({ sides }: ReturnType<typeof trip>) =>
    sides.every(({ excess, found }) => excess === 0 && found.length === 0)

  test('2 h 00 of driving needs none', () => {
    // 60 + 60 min
    const sound = trip(60, 60)
    expect(restsOf(sound)).toEqual([])
    expect(clean(sound)).toBe(true)
  })

  test('2 h 01 needs one, when the two hours are full at the latest', () => {
    const sound = trip(60, 61)
    expect(restsOf(sound)).toEqual([15])
    expect(sound.route.rests[0].startS).toBeLessThanOrEqual(6 * HOUR + 2 * HOUR)
    // 121 min of driving and 15 of rest
    expect(sound.route.returnS).toBe(6 * HOUR + 136 * MINUTE)
    expect(clean(sound)).toBe(true)
  })

  test('one minute over is found where the rest is left out', () => {
    const { route } = trip(60, 61)
    const bare = { ...route, rests: [] }
    const sites = [site('a', 0, 0), site('b', 60, 0), site('c', 121, 0)]
    const problem = makeProblem({
      sites,
      vehicles: [hired()],
      shipments: [shipment('s1', 'a', 'c'), shipment('s2', 'b', 'c')],
    })
    const found = RULES.flatMap((rule) => rule.check(bare, documentsOf(problem, gridTravel(sites))))
    expect(found.map(({ rule, excess }) => [rule, excess])).toEqual([['rest', 60]])
  })

  test('a wait of 15 minutes counts as rest, one of 14 does not', () => {
    // the truck leaves a when it opens its shift at 06:00: it is first loaded there, so the wait at b cannot be shortened
    const sites = [site('a', 0, 0, { windows: [[6 * HOUR, 6 * HOUR]] }), site('b', 60, 0), site('c', 160, 0)]
    const restsWith = (waitMin: number) => {
      const problem = makeProblem({
        sites,
        vehicles: [hired()],
        shipments: [shipment('s1', 'a', 'c'), shipment('s2', 'b', 'c', { ready: 7 * HOUR + waitMin * MINUTE })],
      })
      return judge(problem, gridTravel(sites), 0, [0, 2, 1, 3]).route
    }
    // 60 min, wait, 100 min
    expect(restsWith(15).rests).toEqual([])
    expect(restsWith(15).returnS).toBe(7 * HOUR + 115 * MINUTE)
    const short = restsWith(14)
    expect(short.restS).toBe(15 * MINUTE)
    // cheaper to make the wait one minute longer than to rest 15 minutes on the road
    expect(short.returnS).toBe(7 * HOUR + 115 * MINUTE)
  })

  test('loading does not count', () => {
    // 60 min, 45 min of loading, 61 min: still 121 min without a rest
    const sound = trip(60, 61, { loadMin: 45 })
    expect(restsOf(sound)).toEqual([15])
    expect(sound.route.returnS).toBe(6 * HOUR + (60 + 45 + 61 + 15) * MINUTE)
  })

  test('five hours without a stop take two rests, four hours one', () => {
    // 120 + 15 + 120 + 15 + 60; at four hours full the truck has arrived
    expect(restsOf(trip(0, 300))).toEqual([15, 15])
    expect(restsOf(trip(0, 240))).toEqual([15])
  })

  test('switched off by a rest of 0 s', () => {
    const sites = [site('a', 0, 0), site('b', 300, 0)]
    const problem = makeProblem({
      sites,
      vehicles: [hired()],
      shipments: [shipment('s1', 'a', 'b')],
      law: { restS: 0 },
    })
    const { route, sides } = judge(problem, gridTravel(sites), 0, [0, 1])
    expect(route.rests).toEqual([])
    expect(sides.filter(({ excess, found }) => excess > 0 || found.length > 0)).toEqual([])
  })
})
