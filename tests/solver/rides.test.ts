import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import { checkPlan, evaluator, type Problem } from '../../solver/index.ts'
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
const GRID_S = 10 * MINUTE

/** The earliest return of a truck that never rests, by trying every start of every visit; Infinity where no day keeps every limit. */
function earliestReturn(instance: Instance, type: number, visits: readonly number[]): number {
  const { size, placeOf, stopS, serviceS, windowFrom, opensS, closesS, company } = instance
  const truck = instance.types[type]
  const leftS = new Map<number, number>()
  let best = Number.POSITIVE_INFINITY
  const isOpen = (visit: number, at: number) => {
    for (let k = windowFrom[visit]; k < windowFrom[visit + 1]; k++) if (at >= opensS[k] && at <= closesS[k]) return true
    return false
  }
  const serve = (k: number, clockS: number, place: number): void => {
    if (k === visits.length) {
      const backS = clockS + truck.durationS[place * size + truck.end]
      if (backS <= truck.closesS) best = Math.min(best, backS)
      return
    }
    const visit = visits[k]
    const here = placeOf[visit]
    const spentS = serviceS[visit] + (k === 0 || here !== place ? stopS[here] : 0)
    const sinceS = visit % 2 === 0 ? Number.NEGATIVE_INFINITY : leftS.get(visit >> 1)!
    const lastS = Math.min(truck.closesS, best, visit % 2 === 0 ? best : sinceS + company!.maxOnBoardS[visit >> 1])
    for (let startS = clockS + truck.durationS[place * size + here]; startS <= lastS; startS += GRID_S) {
      if (!isOpen(visit, startS)) continue
      leftS.set(visit >> 1, startS + spentS)
      serve(k + 1, startS + spentS, here)
      if (visit % 2 === 1) leftS.set(visit >> 1, sinceS)
    }
  }
  serve(0, truck.opensS, truck.start)
  return best
}

test('without rests no day is missed and none is back earlier, whatever rides into whatever window', () => {
  const seen = { possible: 0, impossible: 0, waited: 0 }
  for (let seed = 1; seed <= 300; seed++) {
    const random = new Random(seed)
    const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
    const sites = ['hub', 'a', 'b', 'c', 'd'].map((id) =>
      site(id, 10 * random.below(3), 10 * random.below(2), {
        stopS: pick([0, 600]),
        ...(random.unit() < 0.7
          ? {
              windows: pick<[number, number][]>([
                [
                  [clock(8), clock(8, 30)],
                  [clock(9, 30), clock(12)],
                ],
                [[clock(9, 40), clock(11)]],
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
    const orders = seed % 3 === 0 ? 3 : 2
    const shipments = Array.from({ length: orders }, (_, order) => {
      const from = random.below(5)
      const to = (from + 1 + random.below(4)) % 5
      return shipment(`s${order}`, sites[from].id, sites[to].id, {
        loadS: pick([0, 600]),
        unloadS: pick([0, 600]),
        maxOnBoardS: GRID_S * (1 + random.below(6)),
      })
    })
    const problem = makeProblem({
      sites,
      shipments,
      vehicles: [contract({ shifts: [[clock(8), clock(12)]] }), hired({ shifts: [[clock(8), clock(11)]] })],
      law: { restS: 0 },
    })
    const { instance } = openProblem(problem, gridTravel(sites))
    const visits = randomVisits(
      random,
      shipments.map((_, order) => order),
    )
    const type = random.below(2)
    const best = earliestReturn(instance, type, visits)
    const schedule = scheduleRoute(instance, type, visits)
    expect(inTime(instance, schedule), `seed ${seed}, ${visits}`).toBe(best !== Number.POSITIVE_INFINITY)
    if (best === Number.POSITIVE_INFINITY) seen.impossible++
    else {
      expect(schedule.returnS, `seed ${seed}, ${visits}`).toBe(best)
      seen.possible++
      const free = scheduleRoute({ ...instance, company: null }, type, visits)
      if (free.startS.some((startS, k) => startS < schedule.startS[k])) seen.waited++
    }
  }
  expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(60)
  expect(seen.waited).toBeGreaterThan(20)
})

test('the truck leaves later for a short ride too, where that brings it back no later', () => {
  // b takes from 11:00 on; the ride of 30 min may begin at 10:30, but the truck need not be there before 10:50
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { windows: [[clock(11), clock(12)]] })]
  const problem = makeProblem({ sites, shipments: [shipment('s1', 'a', 'b', { maxOnBoardS: 30 * MINUTE })] })
  const { instance } = openProblem(problem, gridTravel(sites))
  const { departS, startS, waitS } = scheduleRoute(instance, 0, [0, 1])
  expect([departS, startS, waitS]).toEqual([clock(10, 40), [clock(10, 50), clock(11)], 0])
})
