import { describe, expect, it } from 'vitest'
import type { Column } from '../../../solver/columns/pricing.ts'
import { loadHighs } from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { choosePrices, mostOverColumns, type PriceQuestion } from '../../../solver/split/prices.ts'

const highs = await loadHighs()

const column = (orders: number[], krw: number, kind = 0): Column => ({ kind, orders, krw, visits: null })
const ask = (more: Partial<PriceQuestion>): PriceQuestion => ({
  highs,
  orders: [0, 1],
  directKrw: [100, 100],
  counts: [2],
  columns: [],
  lowerKrw: 0,
  target: { groupOf: [0, 1], weight: [1, 1] },
  price: () => ({ columns: [], leastKrw: [0] }),
  ...more,
})

/** Every set of the orders by every kind at a random cost that grows with the set; prices out by looking at all of them. */
function randomDay(seed: number) {
  const random = new Random(seed)
  const orders = Array.from({ length: 3 + random.below(4) }, (_, order) => order)
  const directKrw = orders.map(() => 1000 + random.below(9000))
  const counts = [1 + random.below(2), 1]
  const every = counts.flatMap((_, kind) => {
    const fixed = 2000 + random.below(4000)
    const by = orders.map(() => 200 + random.below(2000))
    return Array.from({ length: (1 << orders.length) - 1 }, (_, k) => {
      const carried = orders.filter((order) => (k + 1) & (1 << order))
      return column(carried, fixed + carried.reduce((sum, order) => sum + by[order], 0), kind)
    })
  })
  const reduced = (one: Column, prices: Float64Array, kindKrw: Float64Array) =>
    one.orders.reduce((left, order) => left - prices[order], one.krw - kindKrw[one.kind])
  // three columns at a time, so that prices must be chosen again and again
  const price: PriceQuestion['price'] = (prices, kindKrw) => {
    const worst = every
      .map((one) => ({ one, by: reduced(one, prices, kindKrw) }))
      .filter(({ by }) => by < 0)
      .toSorted((a, b) => a.by - b.by)
    return {
      columns: worst.slice(0, 3).map(({ one }) => one),
      leastKrw: counts.map((_, kind) =>
        Math.min(0, ...worst.filter(({ one }) => one.kind === kind).map(({ by }) => by)),
      ),
    }
  }
  const question = ask({
    orders,
    directKrw,
    counts,
    target: { groupOf: orders.map((order) => order % 3), weight: [1, 1.5, 2].slice(0, Math.min(3, orders.length)) },
    price,
  })
  return { question, every, reduced, lowerKrw: mostOverColumns({ ...question, columns: every }) }
}

const groupSums = ({ target, orders }: PriceQuestion, prices: Float64Array) =>
  Array.from(target.weight, (_, group) =>
    orders.reduce((sum, order) => sum + (target.groupOf[order] === group ? prices[order] : 0), 0),
  )

describe('choosing prices', () => {
  it('divides what one truck costs as the target asks, as far as direct prices allow', () => {
    // one truck takes both for 120: 60 each; or 40 and 80
    expect([...choosePrices(ask({ columns: [column([0, 1], 120)], lowerKrw: 120, kept: 1 })).prices]).toEqual([60, 60])
    const weighed = ask({
      columns: [column([0, 1], 120)],
      lowerKrw: 120,
      kept: 1,
      target: { groupOf: [0, 1], weight: [1, 2] },
    })
    expect([...choosePrices(weighed).prices]).toEqual([40, 80])
    // a direct way for 30 binds
    expect([...choosePrices({ ...weighed, directKrw: [30, 100] }).prices]).toEqual([30, 90])
  })

  it('lets trucks have a price only where the bound needs it', () => {
    // one truck for either, 40 each: 100 direct for the other, so the bound is 140 and the truck is worth 60
    const columns = [column([0], 40), column([1], 40)]
    const scarce = choosePrices(ask({ columns, counts: [1], lowerKrw: 140, kept: 1 }))
    expect(scarce.lowerKrw).toBe(140)
    expect([...scarce.kindKrw]).toEqual([-60])
    expect([...scarce.prices]).toEqual([100, 100])
    const enough = choosePrices(ask({ columns, counts: [2], lowerKrw: 80, kept: 1 }))
    expect([...enough.kindKrw]).toEqual([0])
    expect([...enough.prices]).toEqual([40, 40])
  })

  it('holds for every column there is, and keeps nearly the whole bound', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { question, every, reduced, lowerKrw } = randomDay(seed)
      const { prices, kindKrw, lowerKrw: kept, proved } = choosePrices({ ...question, lowerKrw })
      expect(proved).toBe(true)
      for (const one of every) expect(reduced(one, prices, kindKrw)).toBeGreaterThanOrEqual(0)
      for (const order of question.orders) {
        expect(prices[order]).toBeGreaterThanOrEqual(0)
        expect(prices[order]).toBeLessThanOrEqual(question.directKrw[order])
      }
      // won downwards: one an order and one a truck at most
      expect(kept).toBeGreaterThanOrEqual(0.999 * lowerKrw - question.orders.length - 3)
      expect(kept).toBeLessThanOrEqual(lowerKrw)
    }
  })

  it('gives groups the same sums whatever the columns it starts from', () => {
    for (let seed = 1; seed <= 15; seed++) {
      const { question, every, lowerKrw } = randomDay(seed)
      const found = choosePrices({ ...question, lowerKrw, kept: 1 })
      const shuffled = every.toSorted((a, b) => a.orders.length - b.orders.length || b.krw - a.krw)
      const other = choosePrices({ ...question, columns: shuffled, lowerKrw, kept: 1 })
      const [a, b] = [found, other].map(({ prices }) => groupSums(question, prices))
      // prices are whole: a won for each order of the group
      for (const [group, krw] of a.entries()) expect(Math.abs(krw - b[group])).toBeLessThanOrEqual(3)
    }
  })

  it('treats equals as equals', () => {
    // three firms in the same place, one truck for any two at 90, for all three at 130; alone 60
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map((orders) => column(orders, 90))
    const { prices } = choosePrices(
      ask({
        orders: [0, 1, 2],
        directKrw: [60, 60, 60],
        counts: [2],
        columns: [...pairs, column([0, 1, 2], 130)],
        lowerKrw: 129,
        kept: 1,
        target: { groupOf: [0, 1, 2], weight: [1, 1, 1] },
      }),
    )
    expect([...prices]).toEqual([43, 43, 43])
  })

  it('folds into the trucks what pricing leaves, and proves nothing where pricing does not', () => {
    const left = choosePrices(ask({ lowerKrw: 200, kept: 1, price: () => ({ columns: [], leastKrw: [-30] }) }))
    // 2 × 100 direct, less 30 for each of two trucks
    expect(left).toMatchObject({ lowerKrw: 140, proved: true })
    expect(choosePrices(ask({ lowerKrw: 200, price: () => ({ columns: [], leastKrw: null }) })).proved).toBe(false)
  })

  it('reaches what it can where the bound asks for more than prices can give', () => {
    // a bound of cuts: 150, while one truck takes both for 120
    const { prices, lowerKrw } = choosePrices(
      ask({ columns: [column([0, 1], 120)], lowerKrw: 150, kept: 1, counts: [1] }),
    )
    expect(lowerKrw).toBeLessThanOrEqual(120)
    expect(prices[0] + prices[1]).toBeGreaterThanOrEqual(119)
  })

  it('counts prices of those that pay their own way toward the bound, not toward the target', () => {
    const found = choosePrices(
      ask({
        orders: [0, 1, 2],
        directKrw: [100, 100, 50],
        columns: [column([0, 1], 120)],
        lowerKrw: 170,
        kept: 1,
        target: { groupOf: [0, 1, -1], weight: [1, 1] },
      }),
    )
    expect([...found.prices]).toEqual([60, 60, 50])
  })
})
