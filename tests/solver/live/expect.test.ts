import { describe, expect, test } from 'vitest'
import { readDocuments } from '../../../solver/check.ts'
import {
  expectedTimes,
  type HeardMark,
  type Plan,
  type Problem,
  type Route,
  type RouteForecast,
  type Travel,
} from '../../../solver/index.ts'
import { problemInParts } from '../../../solver/parts.ts'
import { Random } from '../../../solver/random.ts'
import { rest } from '../../../solver/rules/rest.ts'
import { manyFeatures } from '../features.ts'
import { byHours } from '../hours.ts'
import { contract, gridTravel, HOUR, makeProblem, randomProblem, shipment, site, wildProblem } from '../problems.ts'
import { planOf } from '../routes.ts'

interface Day {
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
}

function dayOf(seed: number): Day {
  const { problem, travel } =
    seed % 3 === 0
      ? manyFeatures(seed, 8)
      : (seed % 3 === 1 ? randomProblem : wildProblem)({
          seed,
          shipments: 4 + (seed % 9),
          span: [15, 90, 200][seed % 3],
        })
  return { problem, travel, plan: planOf(problem, travel, { seed, iterations: 40 }) }
}
const roundsOf = (plan: Plan): Route[] => [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]

/** Everything as planned, up to and with the moment. */
const asPlanned = (plan: Plan, untilS: number): HeardMark[] =>
  roundsOf(plan)
    .flatMap(({ id, departS, stops }): HeardMark[] => [
      { route: id, kind: 'departed', atS: departS },
      ...stops.flatMap(({ arriveS, leaveS }, stop): HeardMark[] => [
        { route: id, kind: 'arrived', stop, atS: arriveS },
        { route: id, kind: 'left', stop, atS: leaveS },
      ]),
    ])
    .filter(({ atS }) => atS <= untilS)

const instants = (plan: Plan): number[] =>
  roundsOf(plan).flatMap(({ departS, stops }) => [
    departS,
    ...stops.flatMap(({ arriveS, startS, leaveS }) => [arriveS, startS, leaveS]),
  ])

const timesOf = ({ departS, returnS, stops }: RouteForecast): number[] => [
  departS,
  ...stops.flatMap(({ arriveS, startS, leaveS }) => [arriveS, startS, leaveS]),
  returnS,
]
const plannedOf = ({ departS, returnS, stops }: Route): number[] => [
  departS,
  ...stops.flatMap(({ arriveS, startS, leaveS }) => [arriveS, startS, leaveS]),
  returnS,
]

/** The route as it is expected, as `check` reads it. */
const asRoute = (route: Route, { departS, returnS, rests, stops }: RouteForecast): Route => ({
  ...route,
  departS,
  returnS,
  rests: [...rests],
  stops: route.stops.map((stop, k) => {
    const { arriveS, startS, leaveS } = stops[k]
    const visits = stop.visits.map((visit, v) => (v === 0 ? { ...visit, startS } : visit))
    return { ...stop, arriveS, startS, leaveS, visits }
  }),
})

describe('what is expected of a day under way', () => {
  test('is the plan, to the second, where everything goes as planned', () => {
    let rested = 0
    let hours = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { problem, travel: plain } = dayOf(seed)
      const travel = seed % 5 === 0 ? byHours(plain, new Random(seed)) : plain
      const plan = planOf(problem, travel, { seed, iterations: 40 })
      if (roundsOf(plan).length === 0) continue
      const moments = instants(plan)
      const nows = [0, ...moments.filter((_, k) => k % 5 === seed % 5), Math.max(...moments)]
      for (const nowS of nows)
        expectedTimes(problem, travel, plan, asPlanned(plan, nowS), nowS).forEach((found, k) => {
          const route = roundsOf(plan)[k]
          const label = `seed ${seed} route ${route.id} now ${nowS}`
          expect(timesOf(found), label).toEqual(plannedOf(route))
          expect(found.rests, label).toEqual(route.rests)
          expect([found.restDoubt, found.stops.map(({ lateS }) => lateS)], label).toEqual([
            [],
            route.stops.map(() => 0),
          ])
          rested += route.rests.length
          hours += seed % 5 === 0 ? 1 : 0
        })
    }
    expect(rested).toBeGreaterThan(50)
    expect(hours).toBeGreaterThan(20)
  }, 60_000)

  test('is never earlier for a delay, nor for silence, and rests by the law', () => {
    let delayed = 0
    let owing = 0
    for (let seed = 1; seed <= 120; seed++) {
      const { problem, travel, plan } = dayOf(seed)
      const rounds = roundsOf(plan)
      if (rounds.length === 0) continue
      const random = new Random(seed)
      const documents = readDocuments(problemInParts(problem, plan.parts ?? []), travel)
      for (let turn = 0; turn < 6; turn++) {
        const moments = instants(plan)
        const nowS = moments[random.below(moments.length)] + random.below(900)
        // some are recorded, not quite as planned
        const marks = asPlanned(plan, nowS)
          .filter(() => random.unit() < 0.9)
          .map((mark) => ({ ...mark, atS: Math.min(nowS, mark.atS + random.below(1200)) }))
          .map((mark, k, all) => ({
            ...mark,
            atS: Math.max(mark.atS, ...all.slice(0, k).flatMap((one) => (one.route === mark.route ? one.atS : []))),
          }))
        const before = expectedTimes(problem, travel, plan, marks, nowS)
        const byS = 1 + random.below(7200)
        const cut = random.below(marks.length + 1)
        const later = marks.map((mark, k) => (k < cut ? mark : { ...mark, atS: mark.atS + byS }))
        const after = expectedTimes(problem, travel, plan, later, nowS + byS)
        before.forEach((was, k) => {
          const label = `seed ${seed} turn ${turn} route ${was.route} now ${nowS} + ${byS} cut ${cut}`
          const [old, now] = [timesOf(was), timesOf(after[k])]
          // standing for longer may have been the rest that there was no room for
          const owes = (found: RouteForecast) => found.restDoubt.length
          if (owes(after[k]) >= owes(was))
            for (const [n, seconds] of old.entries())
              expect(now[n], `${label} time ${n}`).toBeGreaterThanOrEqual(seconds)
          if (now.some((seconds, n) => seconds > old[n])) delayed++
          const aheadOf = ({ stops }: RouteForecast) => stops.filter(({ state }) => state === 'ahead')
          for (const { arriveS } of aheadOf(after[k])) expect(arriveS, label).toBeGreaterThanOrEqual(nowS + byS)
          // what was recorded may break the law, what is expected does not
          const broken = rest.check(asRoute(rounds[k], after[k]), documents)
          const over = after[k].stops.findLastIndex(({ state }) => state !== 'ahead')
          expect(
            broken.filter(({ stop = 0 }) => stop > over),
            label,
          ).toEqual([])
          if (owes(after[k]) === 0) expect(broken, label).toEqual([])
          else owing++
        })
      }
    }
    expect(delayed).toBeGreaterThan(300)
    expect(owing).toBeGreaterThan(5)
  }, 60_000)

  test('rests no more often than it must, found by trying every minute', () => {
    /** Fewest rests on so many minutes of driving, each of at most `most` minutes without one. */
    const fewest = (minutes: number, most: number): number => {
      // [minutes since the last rest] rests so far
      let states = new Map([[0, 0]])
      for (let minute = 0; minute < minutes; minute++) {
        const next = new Map<number, number>()
        const reach = (since: number, rests: number) => next.set(since, Math.min(rests, next.get(since) ?? rests))
        for (const [since, rests] of states) {
          if (since < most) reach(since + 1, rests)
          reach(1, rests + 1)
        }
        states = next
      }
      return Math.min(...states.values())
    }
    let rested = 0
    for (let seed = 1; seed <= 40; seed++) {
      const random = new Random(seed)
      const far = () => 20 + random.below(150)
      const sites = [site('hub', 0, 0), site('a', far(), 0), site('b', 0, far())]
      const problem = makeProblem({
        sites,
        shipments: [shipment('s', 'a', 'b', { loadS: 60 * random.below(30), unloadS: 600, modes: ['route'] })],
        vehicles: [contract({ shifts: [[0, 48 * HOUR]] })],
        law: { driveS: 60 * (40 + random.below(120)), restS: 900 },
        days: 2,
      })
      const travel = gridTravel(sites)
      const plan = planOf(problem, travel, { seed, iterations: 5 })
      const [route] = plan.routes
      if (!route) continue
      const lateS = random.below(7200)
      const nowS = route.departS + lateS
      const [found] = expectedTimes(problem, travel, plan, [{ route: route.id, kind: 'departed', atS: nowS }], nowS)
      const rests = fewest(route.driveS / 60, problem.law!.driveS! / 60)
      expect(found.returnS, `seed ${seed}`).toBe(nowS + route.driveS + route.serviceS + rests * 900)
      rested += rests
    }
    expect(rested).toBeGreaterThan(40)
  })

  test('is seen as late before it is, since when that was to be seen, and with the room that is left', () => {
    // hub → a 600 s, loading 15 min, a → b 600 s: planned at b 20 min before it closes at 10:00
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0, { windows: [[9 * HOUR, 10 * HOUR]] })]
    const problem = makeProblem({
      sites,
      shipments: [
        shipment('s', 'a', 'b', { loadS: 900, pickupWindows: [[9 * HOUR + 900, 11 * HOUR]], modes: ['route'] }),
      ],
      vehicles: [contract()],
    })
    const travel = gridTravel(sites)
    const plan = planOf(problem, travel, { iterations: 5 })
    const route = plan.routes[0].id
    const at = (nowS: number, marks: readonly Omit<HeardMark, 'route'>[]) =>
      expectedTimes(
        problem,
        travel,
        plan,
        marks.map((mark) => ({ route, ...mark })),
        nowS,
      )[0]
    // at a 9:15–9:30, at b 9:40, closing at 10:00: twenty minutes of room
    const before = at(8 * HOUR, [])
    expect([before.state, before.roomS, before.stops[1].slackS, before.wordDueS]).toEqual([
      'waiting',
      1200,
      1200,
      9 * HOUR + 300,
    ])
    const departed = { kind: 'departed' as const, atS: 9 * HOUR + 300 }
    const there = { kind: 'arrived' as const, stop: 0, atS: 9 * HOUR + 900 }
    // it stands there still at 9:50 without a word: seen since 9:50:01, when nothing could make up for it
    const stuck = at(9 * HOUR + 3000, [departed, there])
    expect([stuck.state, stuck.stops[1].lateS, stuck.roomS]).toEqual(['there', 0, 0])
    const late = at(9 * HOUR + 3300, [departed, there])
    expect(late.stops[1]).toMatchObject({
      state: 'ahead',
      arriveS: 10 * HOUR + 300,
      lateS: 300,
      foreseenS: 9 * HOUR + 3001,
    })
    expect(late.stops[0].lateS).toBe(0)
    // done out of turn: it was at b first, and goes on from a, where it was last
    const turned = at(9 * HOUR + 2000, [
      departed,
      { kind: 'arrived', stop: 1, atS: 9 * HOUR + 1000 },
      { kind: 'left', stop: 1, atS: 9 * HOUR + 1100 },
      { kind: 'arrived', stop: 0, atS: 9 * HOUR + 1700 },
    ])
    expect([turned.state, turned.next, turned.stops[1].state, turned.stops[0].state]).toEqual([
      'there',
      0,
      'left',
      'there',
    ])
    // home from a takes 600 s, not the 1,200 from b
    expect(turned.returnS).toBe(9 * HOUR + 1700 + 900 + 600)
    // nothing was said of a, but of b: a is passed
    const silent = at(9 * HOUR + 2500, [{ kind: 'arrived', stop: 1, atS: 9 * HOUR + 2400 }])
    expect([silent.state, silent.stops[0].state, silent.next]).toEqual(['there', 'passed', 1])
  })
})
