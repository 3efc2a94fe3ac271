import { describe, expect, test } from 'vitest'
import { RoutePricer } from '../../../solver/columns/labels.ts'
import { relax } from '../../../solver/columns/relaxed.ts'
import { openProblem } from '../../../solver/direct.ts'
import { Random } from '../../../solver/random.ts'
import { randomProblem, wildProblem } from '../problems.ts'
import { everyRoute, reducedKrw } from './routes.ts'

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
      const relaxed = tinyDay(make, seed, 4)
      const random = new Random(seed)
      relaxed.kinds.forEach((kind, index) => {
        const pricer = new RoutePricer(relaxed, index)
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
        const pricer = new RoutePricer(relaxed, index)
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
})
