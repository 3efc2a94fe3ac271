import { describe, expect, test } from 'vitest'
import { arc } from '../../solver/arcs.ts'
import { openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { rest } from '../../solver/rules/rest.ts'
import { inTime, scheduleRoute } from '../../solver/schedule.ts'
import { departFor } from '../../solver/timeline.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, site } from './problems.ts'
import { documentsOf, randomVisits, someOrders } from './routes.ts'

const MINUTE = 60
const clock = (hours: number, minutes = 0): number => hours * HOUR + minutes * MINUTE

describe('a timetable of four stops, by hand', () => {
  // hub ──10── a ──20── b ──30── c ──15── d      km = minutes; each stop 5 min; lunch 12:00 to 13:00 at c
  const lunch: [number, number][] = [
    [clock(8), clock(12)],
    [clock(13), clock(17)],
  ]
  const sites = [
    site('hub', 0, 0),
    site('a', 10, 0, { stopS: 5 * MINUTE }),
    site('b', 30, 0, { stopS: 5 * MINUTE }),
    site('c', 60, 0, { stopS: 5 * MINUTE, windows: lunch }),
    site('d', 75, 0, { stopS: 5 * MINUTE }),
  ]
  const problem = makeProblem({
    sites,
    shipments: [
      shipment('s1', 'a', 'c', { loadS: 10 * MINUTE, unloadS: 20 * MINUTE }),
      shipment('s2', 'b', 'd', { loadS: 15 * MINUTE, unloadS: 10 * MINUTE }),
    ],
  })
  const opened = openProblem(problem, gridTravel(sites))
  const route = writeRoute(opened, scheduleRoute(opened.instance, 0, [0, 2, 1, 3]), '1')

  test('arrives, starts and leaves when the sum says', () => {
    // from 08:00 on: a 10 min away, 5 + 10 at the stop; b 20 min on, 5 + 15; c 30 min on, 5 + 20; d 15 min on, 5 + 10
    const times = route.stops.map(({ site: at, arriveS, startS, leaveS }) => [at, arriveS, startS, leaveS])
    expect(times).toEqual([
      ['a', clock(8, 10), clock(8, 10), clock(8, 25)],
      ['b', clock(8, 45), clock(8, 45), clock(9, 5)],
      ['c', clock(9, 35), clock(9, 35), clock(10)],
      ['d', clock(10, 15), clock(10, 15), clock(10, 30)],
    ])
    expect([route.departS, route.waitS]).toEqual([clock(8), 0])
  })

  test('rests on the way home, where the two hours are full', () => {
    // driven 10 + 20 + 30 + 15 = 75 min at d; 45 min later two hours are full, at 11:15; 30 min are left of the 75 home
    expect(route.rests).toEqual([{ beforeStop: 4, startS: clock(11, 15), endS: clock(11, 30) }])
    expect(route.returnS).toBe(clock(12))
  })

  test('its sums follow', () => {
    expect(route).toMatchObject({
      driveS: 150 * MINUTE,
      serviceS: (15 + 20 + 25 + 15) * MINUTE,
      restS: 15 * MINUTE,
      distanceM: 150_000,
      // hub → a, and d → hub
      emptyM: 10_000 + 75_000,
      peakWeightKg: 200,
    })
    expect(route.stops.map(({ weightKgAfter }) => weightKgAfter)).toEqual([100, 200, 100, 0])
  })

  test('a truck that is too late for the morning waits for the afternoon, and the wait is its rest', () => {
    const slow = makeProblem({
      ...problem,
      shipments: [{ ...problem.shipments[0], ready: clock(11) }, problem.shipments[1]],
    })
    const { instance } = openProblem(slow, gridTravel(sites))
    const schedule = scheduleRoute(instance, 0, [0, 2, 1, 3])
    // a 11:00–11:15, b 11:35–11:55, c 12:25 → 13:00–13:25, d 13:40–13:55; the 35 min at c count as rest: driven 15 min at d, 90 at home
    expect(schedule.startS.slice(2)).toEqual([clock(13), clock(13, 40)])
    expect(schedule.returnS).toBe(clock(15, 10))
    expect(schedule.rests).toEqual([])
  })
})

test('rests are placed so that the rest rule finds nothing', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 6, span: 200 })
    const opened = openProblem(problem, travel)
    const documents = documentsOf(problem, travel)
    const random = new Random(seed)
    for (let k = 0; k < 10; k++) {
      const type = random.below(opened.instance.types.length)
      const visits = randomVisits(random, someOrders(random, opened.instance, 5))
      const schedule = scheduleRoute(opened.instance, type, visits)
      expect(rest.check(writeRoute(opened, schedule, '1'), documents), `seed ${seed}, ${visits}`).toEqual([])
    }
  }
})

/** All times are multiples of this in the problems below, so nothing is lost by looking at multiples only. */
const GRID_S = 5 * MINUTE

/**
 * The earliest return of a truck that leaves at `departS`, by trying everything: a rest after any five minutes of driving, a rest or a
 * longer wait before any service. Infinity where no such day is in time.
 */
function earliestReturn(instance: Instance, type: number, visits: readonly number[], departS: number): number {
  const { driveS, restS, placeOf, stopS, serviceS, windowFrom, opensS, closesS } = instance
  const truck = instance.types[type]
  type State = readonly [clock: number, driven: number]
  const unique = (states: readonly State[]) => [...new Map(states.map((state) => [state.join(), state])).values()]
  const drive = (states: readonly State[], legS: number): State[] => {
    let now = states
    for (let left = legS; left > 0; left -= GRID_S)
      now = unique(
        now.flatMap(([at, driven]): State[] => [
          ...(driven + GRID_S <= driveS ? [[at + GRID_S, driven + GRID_S] as const] : []),
          [at + restS + GRID_S, GRID_S],
        ]),
      )
    return [...now]
  }
  const opens = (visit: number, at: number) => {
    for (let k = windowFrom[visit]; k < windowFrom[visit + 1]; k++) if (at <= closesS[k]) return Math.max(at, opensS[k])
    return Number.NaN
  }
  let states: readonly State[] = [[departS, 0]]
  let place = truck.start
  visits.forEach((visit, k) => {
    const here = placeOf[visit]
    const spentS = serviceS[visit] + (k === 0 || here !== place ? stopS[here] : 0)
    states = unique(
      drive(states, arc(truck.durationS, place, here)).flatMap(([at, driven]) =>
        [0, 1, 2, 3, 4, 5, 6].flatMap((more): State[] => {
          const startS = opens(visit, at + more * GRID_S)
          return Number.isNaN(startS) ? [] : [[startS + spentS, startS - at >= restS ? 0 : driven]]
        }),
      ),
    )
    place = here
  })
  const ends = drive(states, arc(truck.durationS, place, truck.end)).map(([at]) => at)
  const end = Math.min(...ends)
  return end <= truck.closesS ? end : Number.POSITIVE_INFINITY
}

describe('the timetable against every way to rest', () => {
  /** Routes of up to four visits on short legs, with a law of 30 min of driving and 15 of rest, and windows that bind. */
  function tinyRoutes(): { instance: Instance; type: number; visits: number[]; seed: number }[] {
    return Array.from({ length: 220 }, (_, seed) => {
      const random = new Random(seed + 1)
      const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
      const sites = ['hub', 'a', 'b', 'c'].map((id) =>
        site(id, 5 * random.below(6), 5 * random.below(4), {
          stopS: pick([0, 300, 900]),
          ...(random.unit() < 0.6 && id !== 'hub'
            ? {
                windows: pick<[number, number][]>([
                  [
                    [clock(8), clock(9)],
                    [clock(9, 30), clock(12)],
                  ],
                  [[clock(8, 30), clock(9, 45)]],
                  [
                    [clock(8), clock(8, 20)],
                    [clock(9), clock(9, 20)],
                    [clock(10), clock(11)],
                  ],
                ]),
              }
            : {}),
        }),
      )
      const shipments = ['s1', 's2'].map((id) => {
        const from = random.below(4)
        const to = (from + 1 + random.below(3)) % 4
        return shipment(id, sites[from].id, sites[to].id, { loadS: pick([0, 300, 600]), unloadS: pick([0, 300]) })
      })
      const problem = makeProblem({
        sites,
        shipments,
        vehicles: [contract({ shifts: [[clock(8), clock(12)]] }), hired({ shifts: [[clock(8), clock(11)]] })],
        law: { driveS: 30 * MINUTE, restS: pick([10, 15]) * MINUTE },
      })
      const { instance } = openProblem(problem, gridTravel(sites))
      return { instance, type: random.below(2), visits: randomVisits(random, [0, 1]), seed: seed + 1 }
    })
  }

  test('no day that leaves at the same time is back earlier, and none is refused that is possible', () => {
    let possible = 0
    let rested = 0
    for (const { instance, type, visits, seed } of tinyRoutes()) {
      const { placeOf, types } = instance
      const truck = types[type]
      const departS = departFor(
        instance,
        truck.opensS,
        visits[0],
        arc(truck.durationS, truck.start, placeOf[visits[0]]),
      )
      const schedule = scheduleRoute(instance, type, visits)
      const best = Number.isNaN(departS) ? Number.POSITIVE_INFINITY : earliestReturn(instance, type, visits, departS)
      expect(inTime(instance, schedule), `seed ${seed}`).toBe(best !== Number.POSITIVE_INFINITY)
      if (best === Number.POSITIVE_INFINITY) continue
      expect(schedule.returnS, `seed ${seed}`).toBe(best)
      possible++
      if (schedule.rests.length > 0) rested++
    }
    expect(possible).toBeGreaterThan(80)
    expect(rested).toBeGreaterThan(40)
  })

  test('a day that leaves at another time is back at most one rest earlier', () => {
    // a truck that leaves early enough to wait a whole rest at its first stop has had that rest for nothing
    for (const { instance, type, visits, seed } of tinyRoutes()) {
      const truck = instance.types[type]
      const schedule = scheduleRoute(instance, type, visits)
      if (!inTime(instance, schedule)) continue
      for (let departS = truck.opensS; departS <= schedule.departS; departS += GRID_S)
        expect(earliestReturn(instance, type, visits, departS), `seed ${seed}, ${departS}`).toBeGreaterThanOrEqual(
          schedule.returnS - instance.restS,
        )
    }
  })
})

describe('when the truck leaves', () => {
  test('no earlier than the wait that serves as its rest asks for', () => {
    // hub ──10── a ──20── b, 100 min from b home; b from 11:00. Without a wait at b the 130 min home and back need a rest on the road;
    // with 15 min of waiting there they need none. So 10:15 at a is early enough for both: back at 12:40 either way
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 30, 0)]
    const far = gridTravel(sites, (from, to) =>
      from.id === 'b' && to.id === 'hub' ? 100 : Math.abs(from.lng - to.lng),
    )
    const problem = makeProblem({
      sites,
      shipments: [shipment('s1', 'a', 'b', { deliveryWindows: [[clock(11), clock(12)]] })],
    })
    const schedule = scheduleRoute(openProblem(problem, far).instance, 0, [0, 1])
    expect(schedule.returnS).toBe(clock(12, 40))
    expect(schedule.departS).toBe(clock(10, 15))
  })

  test('later, where that spares a wait without being back later', () => {
    // 08:00 + 10 min, a opens at 09:00, b at 09:30: 10 min from a to b leave 20 min of waiting at b, which a (until 09:15) gives 15 of
    const sites = [
      site('hub', 0, 0),
      site('a', 10, 0, { windows: [[clock(9), clock(9, 15)]] }),
      site('b', 20, 0, { windows: [[clock(9, 30), clock(12)]] }),
    ]
    const { instance } = openProblem(makeProblem({ sites }), gridTravel(sites))
    const schedule = scheduleRoute(instance, 0, [0, 1])
    expect(schedule.startS).toEqual([clock(9, 15), clock(9, 30)])
    expect([schedule.departS, schedule.returnS, schedule.waitS]).toEqual([clock(9, 5), clock(9, 50), 5 * MINUTE])
  })

  test('in the afternoon, where the day would be too long from the morning on', () => {
    // a takes pickups 08:00–09:00 and 14:00–15:00, b deliveries 16:00–17:00: from the morning 8 h, from the afternoon less than 4
    const problem = makeProblem({
      law: { maxWorkS: 4 * HOUR },
      shipments: [
        shipment('s1', 'a', 'b', {
          pickupWindows: [
            [clock(8), clock(9)],
            [clock(14), clock(15)],
          ],
          deliveryWindows: [[clock(16), clock(17)]],
        }),
      ],
    })
    const { instance } = openProblem(problem, gridTravel(problem.sites))
    const schedule = scheduleRoute(instance, 0, [0, 1])
    // a at 15:00 at the latest, b at 16:00, home 20 min later
    expect([schedule.departS, schedule.returnS]).toEqual([clock(14, 50), clock(16, 20)])
    expect(inTime(instance, schedule)).toBe(true)
  })
})
