import { describe, expect, test } from 'vitest'
import { arcsFromPoints } from '../../../solver/arcs.ts'
import { LabelPricer } from '../../../solver/columns/labels/pricer.ts'
import { relax } from '../../../solver/columns/relaxed.ts'
import { type Opened, openProblem } from '../../../solver/direct.ts'
import { type Literature, makeInstance } from '../../../solver/formats/literature.ts'
import type { Problem, Travel } from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { randomProblem, wildProblem } from '../problems.ts'
import { plansOf } from '../routes.ts'
import { everyRoute, reducedKrw } from './everyRoute.ts'

const thorough = { labels: 1e6, nodes: 0, slackKrw: 0 }

/** Prices up to a little more than going direct, often nothing. */
function randomPrices(random: Random, directKrw: Float64Array): Float64Array {
  return directKrw.map((krw) => {
    const most = Number.isFinite(krw) ? krw : 200_000
    return random.unit() < 0.15 ? 0 : Math.floor(most * random.unit() * 1.3)
  })
}

function tinyDay(make: typeof randomProblem, seed: number, shipments: number) {
  const { problem, travel } = make({ seed, shipments })
  const { instance } = openProblem(problem, travel)
  return relax(instance)!
}

describe.each([
  ['days', randomProblem],
  ['days from the edge of the schema', wildProblem],
] as const)('random %s', (_, make) => {
  test('the least reduced cost is that of the best route of all', () => {
    let negative = 0
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed)
      const day = tinyDay(make, seed, 4)
      // stop fees, limits and minimum fares of every sort, and those of the day
      const kinds = day.kinds.map((kind) =>
        random.unit() < 0.5
          ? kind
          : {
              ...kind,
              includedStops: random.below(6),
              maxStops: 2 + random.below(6),
              minimumKrw: kind.minimumKrw + random.below(3) * 20_000,
            },
      )
      const relaxed = { ...day, kinds }
      relaxed.kinds.forEach((kind, index) => {
        const pricer = new LabelPricer(relaxed, index)
        const routes = [...everyRoute(relaxed, kind, 4)]
        for (let round = 0; round < 3; round++) {
          const prices = randomPrices(random, relaxed.directKrw)
          const kindKrw = round === 0 ? 0 : -random.below(20_000)
          const { leastKrw, columns } = pricer.price(prices, kindKrw, thorough)
          const best = routes.reduce((least, route) => Math.min(least, reducedKrw(route, prices, kindKrw)), 0)
          expect(leastKrw, `seed ${seed}, kind ${index}, round ${round}`).toBe(best)
          if (best < 0) negative++
          // the best column is that route; all are routes and cost what they say
          expect(columns.length > 0).toBe(best < 0)
          for (const column of columns) {
            const same = routes.find(({ visits }) => visits.join() === column.visits!.join())
            expect(same?.krw).toBe(column.krw)
            expect(same?.orders).toEqual(column.orders)
          }
          if (best < 0) expect(reducedKrw(columns[0], prices, kindKrw)).toBe(best)
        }
      })
    }
    expect(negative).toBeGreaterThan(50)
  })

  test('stopped early, the bound is never above the least reduced cost', () => {
    let short = 0
    for (let seed = 100; seed < 140; seed++) {
      const relaxed = tinyDay(make, seed, 6)
      const random = new Random(seed)
      const prices = randomPrices(random, relaxed.directKrw)
      relaxed.kinds.forEach((_, index) => {
        const pricer = new LabelPricer(relaxed, index)
        const { leastKrw: exact } = pricer.price(prices, 0, thorough)
        for (const labels of [0, 1, 3, 10, 30, 100]) {
          const { leastKrw } = pricer.price(prices, 0, { ...thorough, labels })
          expect(leastKrw).toBeLessThanOrEqual(exact)
          if (leastKrw < exact) short++
        }
      })
    }
    expect(short).toBeGreaterThan(20)
  })

  test('no route of a plan has a reduced cost below it', () => {
    let routes = 0
    for (let seed = 200; seed < 240; seed++) {
      const { problem, travel } = make({ seed, shipments: 7 })
      const opened = openProblem(problem, travel)
      const relaxed = relax(opened.instance)!
      const random = new Random(seed)
      const pricers = relaxed.kinds.map((_, index) => new LabelPricer(relaxed, index))
      for (const { route, orders } of routesOf(problem, travel, opened)) {
        if (!orders.every((order) => relaxed.pooled.includes(order))) continue
        // prices that reward its orders, and some others a little
        const fair = route.costKrw / orders.length
        const prices = Float64Array.from(relaxed.directKrw, (_, order) =>
          Math.floor(fair * (orders.includes(order) ? 0.8 + 0.4 * random.unit() : 0.4 * random.unit())),
        )
        const kind = relaxed.kinds.findIndex(({ types }) =>
          types.some((type) => {
            const { opensS, closesS } = opened.instance.types[type]
            const inShift = opensS <= route.departS && route.returnS <= closesS
            return problem.vehicles[opened.vehicleOf[type]].id === route.vehicle && inShift
          }),
        )
        const { leastKrw } = pricers[kind].price(prices, 0, thorough)
        expect(leastKrw).toBeLessThanOrEqual(reducedKrw({ krw: route.costKrw, orders }, prices, 0))
        routes++
      }
    }
    expect(routes).toBeGreaterThan(50)
  })
})

function routesOf(problem: Problem, travel: Travel, { instance }: Opened) {
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  return plansOf(problem, travel, { iterations: 100 }).flatMap((plan) =>
    plan.routes.map((route) => {
      const orders = route.stops.flatMap(({ pickups }) => pickups).map((id) => orderOf.get(id)!)
      expect(orders.every((order) => order < instance.orders)).toBe(true)
      return { route, orders }
    }),
  )
}

/** Pairs with windows, straight lines and one depot, as the literature has them; times are no whole seconds. */
function literatureDay(seed: number, pairs: number, closesS: number) {
  const random = new Random(seed)
  const point = (): [number, number] => [random.below(60), random.below(60)]
  const points: [number, number][] = [[30, 30], ...Array.from({ length: 2 * pairs }, point)]
  const nodes = points.map(([x, y], node) => {
    const ready = node === 0 ? 0 : random.below(closesS)
    const due = node === 0 ? closesS : ready + 10 + random.below(closesS)
    return { id: node, x, y, demand: node === 0 ? 0 : 10, ready, due, service: node === 0 ? 0 : 5 }
  })
  const orders = Array.from({ length: pairs }, (_, k) => ({ pickup: 2 * k + 1, delivery: 2 * k + 2 }))
  const fleet = [{ count: pairs, capacity: 25, fixed: 0, unitCost: 1 }]
  const literature = { name: 'tiny', nodes, orders, fleet, distance: arcsFromPoints(points, false) }
  return relax(makeInstance(literature as unknown as Literature), 1000)!
}

describe('closed tours by straight lines', () => {
  test.each([
    ['a few pairs', 5, 400, 5],
    ['more pairs than bits of a word', 40, 100, 40],
  ])('%s: the least reduced cost is that of the best route of all', (_, pairs, closesS, most) => {
    let negative = 0
    for (let seed = 1; seed <= 12; seed++) {
      const relaxed = literatureDay(seed, pairs, closesS)
      const random = new Random(seed)
      const [kind] = relaxed.kinds
      const prices = Float64Array.from({ length: pairs }, () => random.below(150_000))
      let best = 0
      for (const route of everyRoute(relaxed, kind, most)) best = Math.min(best, reducedKrw(route, prices, 0))
      const { leastKrw, columns } = new LabelPricer(relaxed, 0).price(prices, 0, thorough)
      expect(leastKrw).toBe(best)
      if (best < 0) expect(reducedKrw(columns[0], prices, 0)).toBe(best)
      if (best < 0) negative++
    }
    expect(negative).toBeGreaterThan(6)
  })
})
