import { describe, expect, test } from 'vitest'
import { type Format, parseInstance } from '../../solver/formats/index.ts'
import { makeInstance } from '../../solver/formats/literature.ts'
import { type Instance, traitsOf } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { randomVisits, searchRoute, someOrders } from './routes.ts'

const noBase = () => ''

/** A Li-Lim file of pairs, or a Solomon file of single visits, with windows that bite. */
function randomText(format: 'lilim' | 'solomon', seed: number, pairs: number): string {
  const random = new Random(seed)
  const number = (from: number, to: number) => from + random.below(to - from + 1)
  const rows = Array.from({ length: 2 * pairs }, (_, k) => {
    const ready = number(0, 300)
    const pickup = k % 2 === 0
    const demand = pickup || format === 'solomon' ? number(1, 20) : 0
    return { id: k + 1, x: number(0, 60), y: number(0, 60), demand, ready, due: ready + number(40, 400), service: 10 }
  })
  if (format === 'solomon') {
    const lines = rows.map((r) => [r.id, r.x, r.y, r.demand, r.ready, r.due, r.service].join(' '))
    return `R\n\nVEHICLE\nNUMBER CAPACITY\n25 60\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE\n\n0 30 30 0 0 900 0\n${lines.join('\n')}\n`
  }
  const lines = rows.map((r, k) => {
    const pickup = k % 2 === 0
    const demand = pickup ? r.demand : -rows[k - 1].demand
    return [r.id, r.x, r.y, demand, r.ready, r.due, r.service, pickup ? 0 : r.id - 1, pickup ? r.id + 1 : 0].join('\t')
  })
  return `25\t60\t1\n0\t30\t30\t0\t0\t900\t0\t0\t0\n${lines.join('\n')}\n`
}

const cvrpText = (seed: number): string => {
  const random = new Random(seed)
  const nodes = Array.from({ length: 21 }, (_, k) => `${k + 1} ${random.below(100)} ${random.below(100)}`)
  const demands = nodes.map((_, k) => `${k + 1} ${k === 0 ? 0 : 1 + random.below(9)}`)
  return `NAME : t\nTYPE : CVRP\nDIMENSION : 21\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 30\nNODE_COORD_SECTION\n${nodes.join('\n')}\nDEMAND_SECTION\n${demands.join('\n')}\nDEPOT_SECTION\n1\n-1\nEOF\n`
}

const general = (instance: Instance): Instance => ({ ...instance, traits: 'general' })

describe('the plain kernel answers what the general one answers', () => {
  test.each([
    ['lilim', 'plain'],
    ['solomon', 'plain'],
    ['cvrplib', 'timeless'],
  ] as const)('%s', (format, traits) => {
    let found = 0
    let refused = 0
    for (let seed = 1; seed <= 60; seed++) {
      const text = format === 'cvrplib' ? cvrpText(seed) : randomText(format, seed, 10)
      const instance = makeInstance(parseInstance(text, format as Format, noBase))
      expect(instance.traits).toBe(traits)
      expect(traitsOf(instance)).toBe(traits)
      const plain = new Inserter(instance, new Random(1))
      const full = new Inserter(general(instance), new Random(1))
      const random = new Random(seed)
      for (let k = 0; k < 20; k++) {
        const orders = someOrders(random, instance, 5)
        const order = random.below(instance.orders)
        const visits = (
          instance.paired[order] ? randomVisits(random, orders) : orders.map((other) => 2 * other)
        ).filter((visit) => visit >> 1 !== order)
        const quick = searchRoute(instance, 0, visits)
        const slow = searchRoute(general(instance), 0, visits)
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
          const placed = searchRoute(general(instance), 0, put)
          expect(placed.feasible).toBe(true)
          expect(placed.route.cost - slow.route.cost).toBeCloseTo(answer, 6)
        }
      }
    }
    expect(found).toBeGreaterThan(200)
    expect(refused).toBeGreaterThan(50)
  })
})
