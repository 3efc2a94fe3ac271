import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { loadHighs } from '../../../solver/columns/lp.ts'
import type { Effort } from '../../../solver/columns/pricing.ts'
import { type Relaxed, relax } from '../../../solver/columns/relaxed.ts'
import { findCuts } from '../../../solver/columns/tours/cuts.ts'
import { TourPricer } from '../../../solver/columns/tours/pricer.ts'
import { buildTours, SINK, SOURCE } from '../../../solver/columns/tours/program.ts'
import { type Opened, openProblem } from '../../../solver/direct.ts'
import { writeRoute } from '../../../solver/document.ts'
import type { Problem, Travel } from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { RULES } from '../../../solver/rules/index.ts'
import { scheduleRoute } from '../../../solver/schedule.ts'
import { visitOrders } from '../everyPlan.ts'
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
} from '../problems.ts'
import { planOf } from '../routes.ts'

const highs = await loadHighs()
const THOROUGH: Effort = { labels: 0, nodes: 10_000, slackKrw: 0 }

interface TrueRoute {
  readonly orders: readonly number[]
  readonly visits: readonly number[]
  readonly krw: number
}

function open(problem: Problem, travel: Travel): { opened: Opened; relaxed: Relaxed } {
  const opened = openProblem(problem, travel)
  return { opened, relaxed: relax(opened.instance)! }
}

/** Every route that trucks of the kind may drive. */
function* trueRoutes(opened: Opened, { kinds }: Relaxed, kind: number): Generator<TrueRoute> {
  const { instance } = opened
  const { orders, types } = kinds[kind]
  for (let set = 1; set < 1 << orders.length; set++) {
    const members = orders.filter((_, k) => set & (1 << k))
    for (const steps of visitOrders(members.map(String)))
      for (const type of types) {
        const visits = steps.map(({ shipment: id, kind: end }) => 2 * Number(id) + (end === 'pickup' ? 0 : 1))
        if (members.some((order) => instance.allowed[type * instance.orders + order] === 0)) continue
        const schedule = scheduleRoute(instance, type, visits)
        if (RULES.some((rule) => rule.excess(schedule, instance) > 0)) continue
        yield { orders: members, visits, krw: writeRoute(opened, schedule, '').costKrw }
      }
  }
}

const sumOf = (prices: Float64Array, orders: readonly number[]) => orders.reduce((sum, order) => sum + prices[order], 0)

function leastOf(relaxed: Relaxed, kind: number, prices: Float64Array, kindKrw = 0, effort = THOROUGH) {
  const pricer = new TourPricer(highs, relaxed, kind)
  const priced = pricer.price(prices, kindKrw, effort)
  pricer.dispose()
  return priced
}

describe('what is proved about tiny days', () => {
  test.each([
    ['with every rule about to bind', randomProblem, 7],
    ['from the edge of the schema', wildProblem, 12],
  ] as const)(
    '%s: no route has a lower reduced cost, and none that carries a set costs less than its column',
    (_, make, seeds) => {
      let negative = 0
      for (let seed = 1; seed <= seeds; seed++) {
        const { problem, travel } = make({ seed, shipments: 3, span: [10, 40, 80][seed % 3] })
        const { opened, relaxed } = open(problem, travel)
        const random = new Random(seed)
        for (const kind of relaxed.kinds.keys()) {
          const routes = [...trueRoutes(opened, relaxed, kind)]
          const pricer = new TourPricer(highs, relaxed, kind)
          for (const effort of [{ ...THOROUGH, slackKrw: 1000 }, THOROUGH, { ...THOROUGH, nodes: 1 }]) {
            const prices = Float64Array.from({ length: problem.shipments.length }, () => random.below(150_000))
            const kindKrw = -random.below(2) * 10_000
            const { leastKrw, columns } = pricer.price(prices, kindKrw, effort)
            for (const { orders, visits, krw } of routes)
              expect(leastKrw, `seed ${seed} kind ${kind}: ${visits}`).toBeLessThanOrEqual(
                krw - sumOf(prices, orders) - kindKrw,
              )
            for (const column of columns) {
              negative++
              expect(column.krw - sumOf(prices, column.orders) - kindKrw).toBeLessThan(0)
              for (const { orders, visits, krw } of routes)
                if (column.orders.every((order) => orders.includes(order)))
                  expect(column.krw, `seed ${seed} kind ${kind}: ${visits}`).toBeLessThanOrEqual(krw)
            }
          }
          pricer.dispose()
        }
      }
      expect(negative).toBeGreaterThan(seeds)
    },
  )

  test('no cut is broken by a route that can be driven', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { problem, travel } = wildProblem({ seed, shipments: 3 })
      const { opened, relaxed } = open(problem, travel)
      for (const [index, kind] of relaxed.kinds.entries()) {
        const tours = buildTours(relaxed, kind)
        for (const { orders, visits } of trueRoutes(opened, relaxed, index)) {
          const values = new Float64Array(tours.columns.length)
          for (const { order, column } of tours.served) if (orders.includes(order)) values[column] = 1
          const stops = visits.map((visit) => tours.places.indexOf(opened.instance.placeOf[visit]))
          const path = [SOURCE, ...stops.filter((stop, k) => stop !== stops[k - 1]), SINK]
          for (const [k, to] of path.slice(1).entries()) {
            values[tours.arcs.find((arc) => arc.from === path[k] && arc.to === to)!.column] += 1
            if (to !== SINK) values[tours.entered[to]] += 1
          }
          expect(findCuts(tours, values), `seed ${seed}: ${visits}`).toEqual([])
        }
      }
    }
  })
})

test('the routes of a plan cost no less than the least for their shipments', () => {
  const shares: number[] = []
  for (let seed = 1; seed <= 8; seed++) {
    const { problem, travel } = randomProblem({ seed, shipments: 9, span: 30 })
    const { opened, relaxed } = open(problem, travel)
    for (const route of planOf(problem, travel, { seed }).routes) {
      const orders = problem.shipments.flatMap(({ id }, order) =>
        route.stops.some(({ pickups }) => pickups.includes(id)) ? [order] : [],
      )
      const kind = relaxed.kinds.findIndex(
        ({ types }) => problem.vehicles[opened.vehicleOf[types[0]]].id === route.vehicle,
      )
      const prices = new Float64Array(problem.shipments.length)
      for (const order of orders) prices[order] = 1_000_000
      const { leastKrw } = leastOf(relaxed, kind, prices)
      expect(leastKrw + sumOf(prices, orders), `seed ${seed}`).toBeLessThanOrEqual(route.costKrw)
      shares.push((leastKrw + sumOf(prices, orders)) / route.costKrw)
    }
  }
  // and not much less
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.9)
})

test('a route of a day of the fixture costs little more than the least for its shipments', async () => {
  const file = join(import.meta.dirname, '../../../fixtures/gwangju/problems/seed-01-day-04.json')
  const whole: Problem = JSON.parse(readFileSync(file, 'utf8'))
  // without shared hired trucks the contract truck is full
  const vehicles = whole.vehicles.map((vehicle, k) => ({ ...vehicle, count: k === 0 ? 1 : 0 }))
  const problem = { ...whole, vehicles }
  const travel = await travelFrom(trunk)(problem)
  const { relaxed } = open(problem, travel)
  const [route] = planOf(problem, travel, { iterations: 3000 }).routes
  const ids = new Set(route.stops.flatMap(({ pickups }) => pickups))
  const orders = problem.shipments.flatMap(({ id }, order) => (ids.has(id) ? [order] : []))
  const prices = new Float64Array(problem.shipments.length)
  for (const order of orders) prices[order] = 100_000
  const { leastKrw, columns } = leastOf(relaxed, 0, prices, 0, { ...THOROUGH, slackKrw: 50 })
  expect(orders.length).toBeGreaterThan(10)
  expect(leastKrw + sumOf(prices, orders)).toBeLessThanOrEqual(route.costKrw)
  expect(leastKrw + sumOf(prices, orders)).toBeGreaterThan(0.98 * route.costKrw)
  expect(columns[0].orders).toEqual(expect.arrayContaining(orders))
})

describe('days that can be reckoned by hand', () => {
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0)]

  test('one shipment, out and back', () => {
    const problem = makeProblem({ vehicles: [contract()] })
    const { relaxed } = open(problem, gridTravel(problem.sites))
    // 100 000 a day, 10 km to a, 10 to b, 20 back at 300 won: 112 000
    for (const [price, least] of [
      [0, 112_000],
      [150_000, -38_000],
    ]) {
      const { leastKrw, columns } = leastOf(relaxed, 0, Float64Array.of(price))
      expect(leastKrw).toBeLessThanOrEqual(least)
      expect(leastKrw).toBeGreaterThanOrEqual(least - 3)
      expect(columns.map(({ orders }) => orders)).toEqual(price === 0 ? [] : [[0]])
    }
  })

  test('a truck without a depot, its minimum fare and its stop fees', () => {
    const problem = makeProblem({
      vehicles: [hired({ tariff: 'spot' })],
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'hub', 'b')],
    })
    const { relaxed } = open(problem, gridTravel(problem.sites))
    // hub, a, b: 20 km at 500 won and 20 000 are less than the minimum of 45 000; the third stop 20 000
    const { leastKrw } = leastOf(relaxed, 0, Float64Array.of(50_000, 50_000))
    expect(leastKrw).toBeLessThanOrEqual(-35_000)
    expect(leastKrw).toBeGreaterThanOrEqual(-35_003)
  })

  test('a lunch break is waited out', () => {
    const windows: [number, number][] = [
      [8 * HOUR, 12 * HOUR],
      [13 * HOUR, 17 * HOUR],
    ]
    const day = (closesS: number, open: typeof windows) => {
      const problem = makeProblem({
        sites: [sites[0], { ...sites[1], windows: open }, { ...sites[2], windows: open }],
        shipments: Array.from({ length: 8 }, (_, k) => shipment(`s${k}`, 'a', 'b', { loadS: 1800, unloadS: 1800 })),
        vehicles: [contract({ shifts: [[8 * HOUR, closesS]] })],
      })
      const { instance } = openProblem(problem, gridTravel(problem.sites))
      return leastOf(relax(instance)!, 0, new Float64Array(8).fill(50_000))
    }
    // 40 min on the road and 8 times 60 at work, 8:00 to 16:40; of lunch a visit fills 30 min, the leg to b 10: 20 more, 17:00
    const all = 112_000 - 8 * 50_000
    expect(day(16.9 * HOUR, [[8 * HOUR, 17 * HOUR]]).leastKrw).toBeLessThanOrEqual(all)
    expect(day(16.9 * HOUR, windows).leastKrw).toBeGreaterThan(all + 40_000)
    expect(day(17.1 * HOUR, windows).leastKrw).toBeLessThanOrEqual(all)
  })

  test('the last visit begins as its place closes', () => {
    const windows: [number, number][] = [[8 * HOUR, 9 * HOUR]]
    const least = (loadS: number) => {
      const problem = makeProblem({
        sites: [sites[0], ...sites.slice(1).map((each) => ({ ...each, windows }))],
        shipments: [shipment('s1', 'a', 'b', { loadS, unloadS: 7200 })],
        vehicles: [contract({ shifts: [[7 * HOUR, 18 * HOUR]] })],
      })
      return leastOf(open(problem, gridTravel(problem.sites)).relaxed, 0, Float64Array.of(150_000)).leastKrw
    }
    // loaded from 8:00 to 8:50, ten minutes to b: 9:00
    expect(least(3000)).toBeLessThanOrEqual(112_000 - 150_000)
    expect(least(3001)).toBe(0)
  })

  test('goods both ways ask for a third visit', () => {
    const problem = makeProblem({
      sites,
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'b', 'a')],
      vehicles: [contract({ maxStops: 2 })],
    })
    const { relaxed } = open(problem, gridTravel(problem.sites))
    const { leastKrw } = leastOf(relaxed, 0, Float64Array.of(150_000, 150_000))
    // two stops are enough for one of them
    expect(leastKrw).toBeGreaterThanOrEqual(112_000 - 150_000 - 3)
  })

  test('paid time ends with the way back, not with a stop there', () => {
    const base = makeProblem()
    const problem = makeProblem({
      sites: [{ ...sites[0], stopS: 3600 }, ...sites.slice(1)],
      vehicles: [contract()],
      tariffs: base.tariffs.map((tariff) => (tariff.kind === 'contract' ? { ...tariff, perHourKrw: 10_000 } : tariff)),
    })
    const { relaxed } = open(problem, gridTravel(problem.sites))
    // 40 km at 300 won and 40 minutes of 10 000 won an hour
    const { leastKrw } = leastOf(relaxed, 0, Float64Array.of(0))
    expect(leastKrw).toBeLessThanOrEqual(112_000 + 6_667)
    expect(leastKrw).toBeGreaterThanOrEqual(112_000 + 6_660)
  })

  test('goods round three places ask for a fourth visit', () => {
    const problem = makeProblem({
      sites: [...sites, site('c', 20, 10)],
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'b', 'c'), shipment('s3', 'c', 'a')],
      vehicles: [contract({ maxStops: 3 })],
    })
    const { relaxed } = open(problem, gridTravel(problem.sites))
    // three stops are enough for two of them
    const { columns } = leastOf(relaxed, 0, Float64Array.of(150_000, 150_000, 150_000))
    expect(columns[0].orders).toHaveLength(2)
  })

  test('orders of one visit stay on board to the end', () => {
    const problem = makeProblem({
      shipments: ['s1', 's2', 's3'].map((id, k) => shipment(id, k === 1 ? 'b' : 'a', 'hub')),
      vehicles: [contract({ capacityKg: 250 })],
    })
    const { instance } = openProblem(problem, gridTravel(problem.sites))
    const { leastKrw } = leastOf(
      relax({ ...instance, paired: new Uint8Array(3) })!,
      0,
      new Float64Array(3).fill(100_000),
    )
    // two of the three, both from a: 20 km
    expect(leastKrw).toBeLessThanOrEqual(106_000 - 200_000)
    expect(leastKrw).toBeGreaterThanOrEqual(106_000 - 200_000 - 3)
  })

  test('what must ride apart does', () => {
    const problem = makeProblem({
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'b')],
      vehicles: [contract()],
      apart: [['s1', 's2']],
    })
    const { relaxed } = open(problem, gridTravel(problem.sites))
    const { columns } = leastOf(relaxed, 0, Float64Array.of(150_000, 140_000))
    expect(columns.map(({ orders }) => orders)).toEqual([[0]])
  })
})
