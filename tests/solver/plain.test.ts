import { describe, expect, test } from 'vitest'
import { traitsOf } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { asGeneral, randomInstance } from './literature.ts'
import { randomVisits, searchRoute, someOrders } from './routes.ts'

describe('the plain kernel answers what the general one answers', () => {
  test.each([
    ['lilim', 'plain'],
    ['solomon', 'plain'],
    ['cvrplib', 'timeless'],
  ] as const)('%s', (format, traits) => {
    let found = 0
    let refused = 0
    for (let seed = 1; seed <= 60; seed++) {
      const instance = randomInstance(format, seed)
      expect(instance.traits).toBe(traits)
      expect(traitsOf(instance)).toBe(traits)
      const plain = new Inserter(instance, new Random(1))
      const full = new Inserter(asGeneral(instance), new Random(1))
      const random = new Random(seed)
      for (let k = 0; k < 20; k++) {
        const orders = someOrders(random, instance, 5)
        const order = random.below(instance.orders)
        const visits = (
          instance.paired[order] ? randomVisits(random, orders) : orders.map((other) => 2 * other)
        ).filter((visit) => visit >> 1 !== order)
        const quick = searchRoute(instance, 0, visits)
        const slow = searchRoute(asGeneral(instance), 0, visits)
        expect(quick.feasible).toBe(slow.feasible)
        expect(quick.route.cost).toBeCloseTo(slow.route.cost, 6)
        if (!slow.feasible) continue
        // asked twice: the second answer comes from memory
        for (const limit of [Number.POSITIVE_INFINITY, 30, Number.POSITIVE_INFINITY]) {
          const expected = full.find(slow.route, order, limit)
          const answer = plain.find(quick.route, order, limit)
          expect(Number.isFinite(answer)).toBe(Number.isFinite(expected))
          if (!Number.isFinite(expected)) {
            refused++
            continue
          }
          found++
          expect(answer).toBeCloseTo(expected, 6)
          const put = visits.slice()
          if (instance.paired[order]) put.splice(plain.deliveryAfter, 0, 2 * order + 1)
          put.splice(plain.pickupAfter, 0, 2 * order)
          const placed = searchRoute(asGeneral(instance), 0, put)
          expect(placed.feasible).toBe(true)
          expect(placed.route.cost - slow.route.cost).toBeCloseTo(answer, 6)
        }
      }
    }
    expect(found).toBeGreaterThan(200)
    expect(refused).toBeGreaterThan(50)
  })
})
