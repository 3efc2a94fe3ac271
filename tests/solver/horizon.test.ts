import { describe, expect, test } from 'vitest'
import {
  checkPlan,
  DAY_S,
  findIssues,
  type HorizonDay,
  horizonFaults,
  makeHorizon,
  type Problem,
  ridesOn,
  splitHorizon,
} from '../../solver/index.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site } from './problems.ts'
import { planOf } from './routes.ts'

const HOURS: [number, number][] = [
  [8 * HOUR, 12 * HOUR],
  [13 * HOUR, 18 * HOUR],
]
/** hub (0) — a (10 km) — b (20 km); a truck of our own costs 100,000 a day and 300 a km, a hired one 80,000 and 500 a km. */
const day = (date: string, shipments: Problem['shipments'], more: Partial<Problem> = {}): HorizonDay => ({
  date,
  problem: makeProblem({
    startsAt: `${date}T00:00:00+09:00`,
    sites: [site('hub', 0, 0), site('a', 1, 0, { windows: HOURS }), site('b', 2, 0, { windows: HOURS })],
    vehicles: [contract({ maxStops: 2 }), hired({ truck: '2.5t', capacityKg: 2500, count: 0 })],
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.kind === 'hired' ? { ...tariff, baseKrw: 80_000 } : tariff)),
    shipments,
    ...more,
  }),
})
const travelOf = ({ sites }: Problem) =>
  gridTravel(sites, (a, b) => 10 * (Math.abs(a.lng - b.lng) + Math.abs(a.lat - b.lat)))
const heavy = (id: string, days = 0, more: object = {}) =>
  shipment(id, 'a', 'b', { weightKg: 1200, due: days * DAY_S + 18 * HOUR, ...more })
const week = (): HorizonDay[] => [
  day('2026-11-26', [heavy('s1', 1)]),
  day('2026-11-27', [heavy('s2', 3), heavy('same')]),
  // the weekend between
  day('2026-11-30', [heavy('same')], {
    sites: [site('hub', 0, 0), site('a', 1, 0, { windows: [HOURS[0]] }), site('b', 2, 0, { windows: HOURS })],
  }),
]
const errorsOf = (problem: Problem) => findIssues(problem, 'en').filter(({ severity }) => severity === 'error')

describe('days planned as one', () => {
  test('cost what each of them alone costs where nothing may wait', () => {
    const days = week()
    const { problem, orders } = makeHorizon(days, 'week', { waitDays: 0 })
    expect(errorsOf(problem)).toEqual([])
    expect(problem.days).toBe(5)
    expect(orders.map(({ id, day }) => [id, day])).toEqual([
      ['s1', 0],
      ['s2', 1],
      ['same@2026-11-27', 1],
      ['same@2026-11-30', 2],
    ])
    const plan = planOf(problem, travelOf(problem))
    expect(checkPlan(problem, travelOf(problem), plan)).toEqual([])
    // 85,000 for the one of a day, alone on a hired truck of 10 km; 112,000 for the two of Friday, 40 km of our own
    const alone = days.map(({ problem }) => planOf(problem, travelOf(problem)).costKrw)
    expect(alone).toEqual([85_000, 112_000, 85_000])
    expect(plan.costKrw).toBe(282_000)
  })

  test('let an order wait for a fuller truck until it is due, at a price', () => {
    const days = week()
    const wait = (krwPerTonneDay: number) => {
      const horizon = makeHorizon(days, 'week', { waitDays: 1, hold: { krwPerTonneDay } })
      const plan = planOf(horizon.problem, travelOf(horizon.problem))
      expect(checkPlan(horizon.problem, travelOf(horizon.problem), plan)).toEqual([])
      return { plan, rides: ridesOn(horizon, days, plan) }
    }
    // s1 joins Friday for 1.2 t × 1,000; s2 could not join it then and goes on Monday, three days later: 3,600
    expect(wait(1000).rides).toEqual([1, 2, 1, 2])
    expect(wait(1000).plan.costKrw).toBe(112_000 + 112_000 + 1200 + 3600)
    // 112,000 + 85,000 and the price of waiting are more than 282,000 when a tonne costs 100,000 a day
    expect(wait(100_000).rides).toEqual([0, 1, 1, 2])
    expect(wait(100_000).plan.costKrw).toBe(282_000)
  })

  test('keep to what is due, unless it is said to move with the waiting', () => {
    const days = [day('2026-11-26', [heavy('s1')]), day('2026-11-27', [heavy('s2')])]
    const rides = (due: 'kept' | 'moves') => {
      const horizon = makeHorizon(days, 'x', { waitDays: 1, due })
      return ridesOn(horizon, days, planOf(horizon.problem, travelOf(horizon.problem)))
    }
    expect(rides('kept')).toEqual([0, 1])
    expect(rides('moves')).toEqual([1, 1])
  })

  test('keep the hour of an order that rides on its own day, and freight that would come too late for it away', () => {
    const light = shipment('s1', 'a', 'b', { weightKg: 100, due: 15 * HOUR })
    const days = [day('2026-11-26', [light, heavy('s3')]), day('2026-11-27', [heavy('s2')])]
    const horizon = makeHorizon(days, 'x', { waitDays: 1, due: 'moves' })
    expect(horizon.problem.shipments[0]).toMatchObject({ modes: ['route', 'hired'], due: DAY_S + 15 * HOUR })
    const plan = planOf(horizon.problem, travelOf(horizon.problem))
    for (const { problem, plan: own } of splitHorizon(horizon, days, plan, String))
      expect(checkPlan(problem, travelOf(problem), own)).toEqual([])
  })

  test('become days again whose plans hold and add up to the week but for the price of waiting', () => {
    const days = week()
    const options = { waitDays: 1, hold: { krwPerTonneDay: 1000 } }
    const horizon = makeHorizon(days, 'week', options)
    const plan = planOf(horizon.problem, travelOf(horizon.problem))
    const again = splitHorizon(horizon, days, plan, (since) => `from ${since}`)
    for (const { problem, plan, date } of again) {
      expect(errorsOf(problem), date).toEqual([])
      expect(checkPlan(problem, travelOf(problem), plan), date).toEqual([])
    }
    expect(again.reduce((sum, { plan }) => sum + plan.costKrw, 0)).toBe(plan.costKrw - 1200 - 3600)
    expect(again.map(({ changed, joined, left }) => [changed, joined, left])).toEqual([
      [true, [], ['s1']],
      [true, [{ shipment: 's1', from: '2026-11-26', waitedDays: 1 }], ['s2']],
      [true, [{ shipment: 's2', from: '2026-11-27', waitedDays: 3 }], []],
    ])
    expect(again[2].problem.shipments.find(({ id }) => id === 's2')).toMatchObject({
      due: 18 * HOUR,
      note: 'from 2026-11-27',
    })
    expect(again[1].problem.shipments.map(({ id }) => id)).toEqual(['same', 's1'])
  })

  test('are refused with every day that differs in what all must share', () => {
    const days = week()
    const [first, second, third] = days
    const other = { ...second, problem: { ...second.problem, law: { maxWorkS: 9 * HOUR } } }
    const tables = { ...third, problem: { ...third.problem, travel: travelOf(third.problem) } }
    expect(horizonFaults(days)).toEqual([])
    expect(horizonFaults([first, other, tables, first])).toEqual([
      { what: 'law', date: '2026-11-27' },
      { what: 'travel', date: '2026-11-30' },
      { what: 'order', date: '2026-11-26' },
    ])
  })

  test('keep trucks and places apart that differ from day to day', () => {
    const days = [
      day('2026-11-26', [heavy('s1')]),
      day('2026-11-27', [heavy('s2')], {
        vehicles: [contract({ count: 2, maxStops: 2 }), hired({ truck: '2.5t', capacityKg: 2500, count: 0 })],
        sites: [site('hub', 0, 0), site('a', 1, 1, { windows: HOURS }), site('b', 2, 0, { windows: HOURS })],
      }),
    ]
    const horizon = makeHorizon(days, 'x', { waitDays: 1, due: 'moves' })
    expect(horizon.problem.vehicles.map(({ id, shifts }) => [id, shifts.length])).toEqual([
      ['own', 1],
      ['spot', 2],
      ['own@2026-11-27', 1],
    ])
    expect(horizon.problem.sites.map(({ id }) => id)).toEqual(['hub', 'a', 'b', 'a@2026-11-27'])
    const plan = planOf(horizon.problem, travelOf(horizon.problem))
    for (const { problem, plan: own } of splitHorizon(horizon, days, plan, String))
      expect(checkPlan(problem, travelOf(problem), own)).toEqual([])
  })
})
