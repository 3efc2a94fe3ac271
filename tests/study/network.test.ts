import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { communitiesOf, type Edge, modularityOf } from '../../study/communities.ts'
import { type Link, networkOf } from '../../study/network.ts'

const link = (supplier: string, firm: string, weight = 1, item = supplier): Link => ({ supplier, firm, weight, item })

/** Every way of putting so many nodes into groups. */
function* partitions(nodes: number): Generator<number[]> {
  const grow = function* (head: number[], groups: number): Generator<number[]> {
    if (head.length === nodes) yield head
    else for (let group = 0; group <= groups; group++) yield* grow([...head, group], Math.max(groups, group + 1))
  }
  yield* grow([], 0)
}
const SUPPLIERS = 3
const FIRMS = 4
const edges = fc
  .array(fc.tuple(fc.nat(SUPPLIERS - 1), fc.nat(FIRMS - 1), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => list.map(([from, to, weight]): Edge => ({ from, to: SUPPLIERS + to, weight })))

describe('clusters of suppliers and firms', () => {
  test('are the parts of a network that falls into two, with the modularity by hand', () => {
    const { clusters, modularity } = networkOf(
      ['a', 'b'].flatMap((half) => [1, 2].flatMap((s) => [1, 2].map((f) => link(`${half}${s}`, `${half}-firm${f}`)))),
      'krw',
    )
    expect(clusters.map(({ suppliers, firms }) => [...suppliers, ...firms])).toEqual([
      ['a1', 'a2', 'a-firm1', 'a-firm2'],
      ['b1', 'b2', 'b-firm1', 'b-firm2'],
    ])
    expect(clusters.map(({ insideShare, weight }) => [insideShare, weight])).toEqual([
      [1, 4],
      [1, 4],
    ])
    // all inside, 1; chance would put 4/8 × 4/8 of it into each half
    expect(modularity).toBeCloseTo(0.5, 12)
  })

  test('are found where a few orders cross between them, heaviest first', () => {
    const groups = [0, 1, 2].flatMap((group) =>
      [0, 1, 2].flatMap((s) => [0, 1, 2, 3].map((f) => link(`s${group}${s}`, `f${group}${f}`, 10 + group))),
    )
    const crossing = [link('s00', 'f10', 5), link('s11', 'f23', 5), link('s22', 'f01', 5)]
    const { clusters } = networkOf([...groups, ...crossing], 'krw')
    expect(clusters.map(({ firms }) => firms)).toEqual([
      ['f20', 'f21', 'f22', 'f23'],
      ['f10', 'f11', 'f12', 'f13'],
      ['f00', 'f01', 'f02', 'f03'],
    ])
    // 12 links of 12 stay; 5 come in and 5 go out
    expect(clusters[0].insideShare).toBeCloseTo(144 / 154, 12)
  })

  test('are never worse than none and never better than the best of all partitions, which they nearly reach', () => {
    let [found, best] = [0, 0]
    fc.assert(
      fc.property(edges, (list) => {
        const own = modularityOf(list, communitiesOf(SUPPLIERS + FIRMS, list))
        const most = Math.max(...[...partitions(SUPPLIERS + FIRMS)].map((partition) => modularityOf(list, partition)))
        expect(own).toBeGreaterThanOrEqual(-1e-12)
        expect(own).toBeLessThanOrEqual(most + 1e-12)
        found += own
        best += most
      }),
      { numRuns: 60, seed: 7 },
    )
    expect(found).toBeGreaterThan(0.97 * best)
  })

  test('do not depend on the order of the links', () => {
    const links = fc.array(
      fc.tuple(fc.constantFrom('s1', 's2', 's3', 's4'), fc.constantFrom('f1', 'f2', 'f3', 'f4', 'f5'), fc.nat(5)),
      { minLength: 1, maxLength: 15 },
    )
    fc.assert(
      fc.property(links, (list) => {
        const all = list.map(([supplier, firm, weight]) => link(supplier, firm, weight))
        const [one, other] = [networkOf(all, 'krw'), networkOf(all.toReversed(), 'krw')]
        expect(other.clusters).toEqual(one.clusters)
        expect(other.singlePoints).toEqual(one.singlePoints)
      }),
    )
  })
})

describe('single points of failure', () => {
  test('say who stops for lack of what, who is cut off, and who has an alternative', () => {
    const { singlePoints } = networkOf(
      [
        link('steel1', 'A', 6, 'steel'),
        link('steel2', 'A', 4, 'steel'),
        link('spring', 'A', 1, 'spring'),
        link('spring', 'B', 1, 'spring'),
        link('steel2', 'C', 4, 'steel'),
        link('steel1', 'C', 0, 'steel'),
      ],
      'krw',
    )
    expect(singlePoints).toEqual([
      {
        supplier: 'spring',
        cutOff: ['B'],
        stops: [{ item: 'spring', firms: ['A', 'B'] }],
        stopShare: 2 / 3,
        isCutVertex: true,
      },
    ])
  })

  test('are asked of orders only where they have been given three times', () => {
    const orders = (times: number) =>
      networkOf(
        Array.from({ length: times }, () => link('heat', 'A', 100)),
        'kg',
      )
    expect(orders(2).singlePoints).toEqual([])
    expect(orders(3).singlePoints).toMatchObject([{ supplier: 'heat', cutOff: ['A'], stopShare: 1 }])
  })

  test('agree with taking each supplier away', () => {
    const links = fc.array(fc.tuple(fc.nat(5), fc.nat(6), fc.nat(2)), { minLength: 1, maxLength: 16 })
    fc.assert(
      fc.property(links, (list) => {
        const all = list.map(([s, f, item]) => link(`s${s}`, `f${f}`, 1, `item${item}`))
        const { singlePoints } = networkOf(all, 'needs')
        const firms = new Set(all.map(({ firm }) => firm))
        for (const supplier of new Set(all.map((one) => one.supplier))) {
          const left = all.filter((one) => one.supplier !== supplier)
          const own = new Set(all.filter((one) => one.supplier === supplier).map(({ firm }) => firm))
          const cutOff = [...own].filter((firm) => !left.some((one) => one.firm === firm)).sort()
          const stopped = new Set(
            all.flatMap(({ firm, item }) => (left.some((one) => one.firm === firm && one.item === item) ? [] : firm)),
          )
          // without it: its firms are in more than one part
          const isCut = partsOf(left, firms) > partsOf(all, firms)
          const point = singlePoints.find((one) => one.supplier === supplier)
          expect(point?.isCutVertex ?? false).toBe(isCut)
          expect([...(point?.cutOff ?? [])].sort()).toEqual(own.size > 0 ? cutOff : [])
          expect(point?.stopShare ?? 0).toBeCloseTo(stopped.size / firms.size, 12)
        }
      }),
    )
  })
})

/** Parts that firms and their suppliers fall into; a firm without a supplier is one of its own. */
function partsOf(links: readonly Link[], firms: ReadonlySet<string>): number {
  const nodes = new Set([...firms, ...links.map(({ supplier }) => supplier)])
  let parts = 0
  for (const seen = new Set<string>(); seen.size < nodes.size; parts++) {
    const open = [[...nodes].find((node) => !seen.has(node))!]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      for (const { supplier, firm } of links)
        if (supplier === node || firm === node) open.push(supplier === node ? firm : supplier)
    }
  }
  return parts
}
