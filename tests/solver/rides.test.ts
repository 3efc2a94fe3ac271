import { describe, expect, test } from 'vitest'
import { arc } from '../../solver/arcs.ts'
import { clockKrw } from '../../solver/cheapest.ts'
import { openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import { checkPlan, evaluator, type Law, type Problem, type Shipment } from '../../solver/index.ts'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { inTime, scheduleRoute } from '../../solver/schedule.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site } from './problems.ts'
import { planOf, randomVisits } from './routes.ts'

const MINUTE = 60
const clock = (hours: number, minutes = 0): number => hours * HOUR + minutes * MINUTE

describe('a short ride, by hand', () => {
  // hub ──10── a ──10── b ──10── c      km = minutes; hub loads at 08:00 only, b takes from 11:00 on
  const sites = [
    site('hub', 0, 0, { windows: [[clock(8), clock(8)]] }),
    site('a', 10, 0),
    site('b', 20, 0, { windows: [[clock(11), clock(12)]] }),
    site('c', 30, 0),
  ]
  const travel = gridTravel(sites)
  const dayOf = (first: object, second: object): Problem =>
    makeProblem({
      sites,
      vehicles: [contract({ start: 'hub', end: 'c' })],
      shipments: [
        shipment('long', 'hub', 'c', { modes: ['route'], ...first }),
        shipment('short', 'a', 'b', { modes: ['route'], loadS: 10 * MINUTE, ...second }),
      ],
    })
  const visits = [0, 2, 3, 1]
  const startsOf = (problem: Problem) => scheduleRoute(openProblem(problem, travel).instance, 0, visits).startS

  test('loading waits until the rest of the ride is short enough', () => {
    // without a limit it is loaded at 08:10 and rides from 08:20 to 11:00
    expect(startsOf(dayOf({}, {}))).toEqual([clock(8), clock(8, 10), clock(11), clock(11, 10)])
    // 30 min: gone from a at 10:30, so loading starts at 10:20; at b at 10:40, unloaded at 11:00
    const short = dayOf({}, { maxOnBoardS: 30 * MINUTE })
    expect(startsOf(short)).toEqual([clock(8), clock(10, 20), clock(11), clock(11, 10)])
    const plan = planOf(short, travel)
    expect([checkPlan(short, travel, plan), plan.routes.length]).toEqual([[], 1])
  })

  test('exactly as long as the road is enough, a second less is not', () => {
    expect(startsOf(dayOf({}, { maxOnBoardS: 10 * MINUTE }))).toEqual([
      clock(8),
      clock(10, 40),
      clock(11),
      clock(11, 10),
    ])
    const hopeless = dayOf({}, { maxOnBoardS: 10 * MINUTE - 1 })
    const { unserved } = planOf(hopeless, travel)
    expect(unserved).toEqual([
      {
        shipment: 'short',
        // alone the truck leaves so late that b is open when it comes
        reasons: [{ rule: 'timeOnBoard', proof: 'impossible', excess: 1, unit: 's', vehicle: 'own' }],
      },
    ])
  })

  test('what cannot wait rides too long: said of an edit, refused by the check, shunned by the search', () => {
    // loaded at 08:00, unloaded at 11:10: 190 min, 30 more than 160
    const problem = dayOf({ maxOnBoardS: 160 * MINUTE }, {})
    const edit = [
      { shipment: 'long', kind: 'pickup' },
      { shipment: 'short', kind: 'pickup' },
      { shipment: 'short', kind: 'delivery' },
      { shipment: 'long', kind: 'delivery' },
    ] as const
    expect(evaluator(problem, travel)('own', edit).broken).toEqual([
      { rule: 'timeOnBoard', excess: 30 * MINUTE, unit: 's' },
    ])
    const free = dayOf({}, {})
    const opened = openProblem(free, travel)
    const crossed = planOf(free, travel)
    const route = writeRoute(opened, scheduleRoute(opened.instance, 0, visits), '1')
    expect(checkPlan(problem, travel, { ...crossed, routes: [route] })).toContainEqual(
      expect.objectContaining({
        rule: 'timeOnBoard',
        shipment: 'long',
        stop: 3,
        found: 190 * MINUTE,
        excess: 30 * MINUTE,
      }),
    )
    // c first, and back: 08:00 to 08:30
    const plan = planOf(problem, travel)
    expect(plan.unserved).toEqual([])
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  test('where the law asks for rests it is not proved that no ride is short enough', () => {
    // 130 min of driving and a rest of 15: the timetable finds nothing shorter, and does not claim that it tried every place for the rest
    const far = [site('a', 0, 0), site('b', 130, 0)]
    const unservedOf = (maxOnBoardS: number) => {
      const goods = shipment('s1', 'a', 'b', { maxOnBoardS, modes: ['route'] })
      return planOf(makeProblem({ sites: far, vehicles: [hired()], shipments: [goods] }), gridTravel(far)).unserved
    }
    expect(unservedOf(145 * MINUTE)).toEqual([])
    expect(unservedOf(144 * MINUTE)[0].reasons).toEqual([
      { rule: 'timeOnBoard', proof: 'notFound', excess: MINUTE, unit: 's', vehicle: 'spot' },
    ])
  })

  test('no terminal takes what may not lie about', () => {
    const problem = dayOf({ maxOnBoardS: HOUR, modes: ['route', 'terminal'] }, {})
    const none = { ...problem, vehicles: [contract({ count: 0, start: 'hub', end: 'c' })] }
    const plan = planOf(none, travel)
    expect(plan.unserved.map(({ shipment: id }) => id)).toEqual(['long', 'short'])
    const freight = planOf({ ...none, shipments: [shipment('long', 'hub', 'c')] }, travel)
    expect(freight.direct.map(({ mode }) => mode)).toEqual(['terminal'])
    const found = checkPlan({ ...none, shipments: [problem.shipments[0]] }, travel, freight)
    expect(found.map(({ rule, shipment: id }) => [rule, id])).toEqual([['timeOnBoard', 'long']])
  })
})

/** All times are multiples of this in the problems below, so nothing is lost by looking at multiples only. */
const GRID_S = 5 * MINUTE

/**
 * The earliest return by trying every start of every visit and a rest after any five minutes of driving; Infinity where no day keeps every
 * limit.
 */
function earliestReturn(instance: Instance, type: number, visits: readonly number[]): number {
  const { placeOf, stopS, serviceS, windowFrom, opensS, closesS, company, driveS, restS } = instance
  const truck = instance.types[type]
  const leftS = new Map<number, number>()
  const seen = new Set<string>()
  let best = Number.POSITIVE_INFINITY
  const isOpen = (visit: number, at: number) => {
    for (let k = windowFrom[visit]; k < windowFrom[visit + 1]; k++) if (at >= opensS[k] && at <= closesS[k]) return true
    return false
  }
  type State = readonly [clockS: number, drivenS: number]
  const drive = (state: State, legS: number): State[] => {
    let now: State[] = [state]
    for (let left = legS; left > 0; left -= GRID_S) {
      const next = now.flatMap(([at, driven]): State[] => [
        ...(driven + GRID_S <= driveS ? [[at + GRID_S, driven + GRID_S] as const] : []),
        ...(restS > 0 ? [[at + restS + GRID_S, GRID_S] as const] : []),
      ])
      now = [...new Map(next.map((entry) => [entry.join(), entry])).values()]
    }
    return now
  }
  const serve = (k: number, state: State, place: number): void => {
    const key = [k, ...state, ...leftS].join()
    if (seen.has(key)) return
    seen.add(key)
    if (k === visits.length) {
      for (const [backS] of drive(state, arc(truck.durationS, place, truck.end)))
        if (backS <= truck.closesS) best = Math.min(best, backS)
      return
    }
    const visit = visits[k]
    const order = visit >> 1
    const limitS = company?.maxOnBoardS[order] ?? Number.POSITIVE_INFINITY
    const here = placeOf[visit]
    const spentS = serviceS[visit] + (k === 0 || here !== place ? stopS[here] : 0)
    const sinceS = leftS.get(order)
    for (const [atS, drivenS] of drive(state, arc(truck.durationS, place, here))) {
      const lastS = Math.min(truck.closesS, best, sinceS === undefined ? best : sinceS + limitS)
      for (let startS = atS; startS <= lastS; startS += GRID_S) {
        if (!isOpen(visit, startS)) continue
        if (sinceS === undefined) leftS.set(order, startS + spentS)
        else leftS.delete(order)
        serve(k + 1, [startS + spentS, restS > 0 && startS - atS >= restS ? 0 : drivenS], here)
        if (sinceS === undefined) leftS.delete(order)
        else leftS.set(order, sinceS)
      }
    }
  }
  serve(0, [truck.opensS, 0], truck.start)
  return best
}

/** Routes of two or three rides, most of them short, on short legs, with windows that bind. */
function* shortRides(seeds: number, law: (pick: <T>(list: readonly T[]) => T) => Law) {
  for (let seed = 1; seed <= seeds; seed++) {
    const random = new Random(seed)
    const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
    const sites = ['hub', 'a', 'b', 'c', 'd'].map((id) =>
      site(id, 5 * random.below(4), 5 * random.below(3), {
        stopS: pick([0, 300, 900]),
        ...(id === 'hub' ? { windows: [[clock(8), clock(8, 10)]] } : {}),
        ...(random.unit() < 0.5 && id !== 'hub'
          ? {
              windows: pick<[number, number][]>([
                [
                  [clock(8), clock(9)],
                  [clock(9, 30), clock(12)],
                ],
                [[clock(9), clock(10)]],
                [[clock(9, 30), clock(10, 30)]],
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
    const shipments = Array.from({ length: seed % 4 === 0 ? 3 : 2 }, (_, order) => {
      // the first is loaded early, so that the truck cannot just leave later
      const from = order === 0 ? 0 : random.below(5)
      const to = (from + 1 + random.below(4)) % 5
      return shipment(`s${order}`, sites[from].id, sites[to].id, {
        loadS: pick([0, 300, 600]),
        unloadS: pick([0, 300]),
        ...(order > 0 || random.unit() < 0.2 ? { maxOnBoardS: GRID_S * (2 + random.below(10)) } : {}),
      })
    })
    const problem = makeProblem({
      sites,
      shipments,
      vehicles: [contract({ shifts: [[clock(8), clock(12)]] }), hired({ shifts: [[clock(8), clock(11)]] })],
      law: law(pick),
    })
    const { instance } = openProblem(problem, gridTravel(sites))
    const visits = [0, ...randomVisits(random, [...shipments.keys()]).filter((visit) => visit !== 0)]
    const type = random.below(2)
    const schedule = scheduleRoute(instance, type, visits)
    const sound = inTime(instance, schedule)
    const best = earliestReturn(instance, type, visits)
    yield { instance, schedule, sound, best, where: `seed ${seed}, type ${type}, visits ${visits}` }
  }
}

describe('the timetable of short rides against every day there is', () => {
  test('without rests no day is missed and none is back earlier, whatever rides into whatever window', () => {
    const seen = { possible: 0, impossible: 0, waited: 0 }
    for (const { instance, schedule, sound, best, where } of shortRides(300, () => ({ restS: 0 }))) {
      expect(sound, where).toBe(best !== Number.POSITIVE_INFINITY)
      if (!sound) seen.impossible++
      else {
        expect(schedule.returnS, where).toBe(best)
        seen.possible++
        const free = scheduleRoute({ ...instance, company: null }, schedule.type, schedule.visits)
        if (!inTime(instance, free)) seen.waited++
      }
    }
    expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(60)
    expect(seen.waited).toBeGreaterThan(10)
  })

  test('with rests none is claimed that is not there, hardly any is missed, and none is back more than a rest later', () => {
    const seen = { possible: 0, missed: 0, rested: 0 }
    const law = (pick: <T>(list: readonly T[]) => T): Law => ({ driveS: 20 * MINUTE, restS: pick([10, 15]) * MINUTE })
    for (const { instance, schedule, sound, best, where } of shortRides(300, law)) {
      if (best === Number.POSITIVE_INFINITY) {
        expect(sound, where).toBe(false)
        continue
      }
      seen.possible++
      if (!sound) seen.missed++
      else {
        expect(schedule.returnS, where).toBeGreaterThanOrEqual(best)
        expect(schedule.returnS, where).toBeLessThanOrEqual(best + instance.restS)
        if (schedule.rests.length > 0) seen.rested++
      }
    }
    expect(seen.missed).toBeLessThanOrEqual(2)
    expect(Math.min(seen.possible, seen.rested)).toBeGreaterThan(60)
  })
})

test('the truck leaves later for a short ride too, where that brings it back no later', () => {
  // b takes from 11:00 on; the ride of 30 min may begin at 10:30, but the truck need not be there before 10:50
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { windows: [[clock(11), clock(12)]] })]
  const problem = makeProblem({ sites, shipments: [shipment('s1', 'a', 'b', { maxOnBoardS: 30 * MINUTE })] })
  const { instance } = openProblem(problem, gridTravel(sites))
  const { departS, startS, waitS } = scheduleRoute(instance, 0, [0, 1])
  expect([departS, startS, waitS]).toEqual([clock(10, 40), [clock(10, 50), clock(11)], 0])
})

test('where a ride may not last, a soft window gets what the ride leaves it', () => {
  // soft: loaded by 10:20; b takes from 11:00 on, so a ride of 30 min begins at 10:30: 10 min late at 6,000 won an hour
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { windows: [[clock(11), clock(12)]] })]
  const softPickup = { closesS: clock(10, 20), lateKrwPerHour: 6000 }
  const timed = (more: Partial<Shipment>) => {
    const problem = makeProblem({ sites, shipments: [shipment('s1', 'a', 'b', { softPickup, ...more })] })
    const { instance } = openProblem(problem, gridTravel(sites))
    const schedule = scheduleRoute(instance, 0, [0, 1])
    expect(inTime(instance, schedule)).toBe(true)
    return [schedule.startS[0], clockKrw(instance, instance.types[0], schedule)]
  }
  expect(timed({})).toEqual([clock(10, 20), 0])
  expect(timed({ maxOnBoardS: 30 * MINUTE })).toEqual([clock(10, 30), 1000])
})
