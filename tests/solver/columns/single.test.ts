/** The bound for single visits against every route there is. */
import { describe, expect, test } from 'vitest'
import { arc, arcsFromPoints } from '../../../solver/arcs.ts'
import { loadHighs, Program } from '../../../solver/columns/lp.ts'
import { type Relaxed, relax } from '../../../solver/columns/relaxed.ts'
import { PricedRows } from '../../../solver/columns/single/halfRoutes.ts'
import { boundSingle, type SingleOptions, type SingleStep } from '../../../solver/columns/single/master.ts'
import { Neighbours } from '../../../solver/columns/single/neighbours.ts'
import { makeNetwork } from '../../../solver/columns/single/network.ts'
import { type PricedRoutes, routeKrw, VisitPricer } from '../../../solver/columns/single/pricer.ts'
import { countPairs, findRows, type SubsetRow } from '../../../solver/columns/single/subsetRows.ts'
import { type Literature, makeInstance } from '../../../solver/formats/literature.ts'
import { Random } from '../../../solver/random.ts'

const SCALE = 1000

interface Shape {
  readonly customers: number
  /** share of the day that a window leaves open; 1: nobody asks when */
  readonly open: number
  readonly capacity: number
}

function makeLiterature(random: Random, { customers, open, capacity }: Shape): Literature {
  const points = Array.from({ length: customers + 1 }, (): [number, number] => [random.below(41), random.below(41)])
  const distance = arcsFromPoints(points, false)
  const dayS = 200
  return {
    name: '',
    nodes: points.map((_, id) => {
      if (open === 1)
        return { id, demand: id && 1 + random.below(5), ready: 0, due: Number.POSITIVE_INFINITY, service: 0 }
      if (id === 0) return { id, demand: 0, ready: 0, due: dayS, service: 0 }
      // there and back on time, wherever the window lies
      const reach = arc(distance, 0, id)
      const ready = Math.round(random.unit() * (1 - open) * dayS)
      const due = Math.max(Math.min(ready + open * dayS, dayS - reach - 5), reach)
      return { id, demand: 1 + random.below(5), ready: Math.min(ready, due), due, service: 5 }
    }),
    distance,
    fleet: [{ count: customers, capacity, fixed: 0, unitCost: 1 }],
    orders: points.slice(1).map((_, k) => ({ pickup: k + 1 })),
    objective: 'distance',
  }
}

const SHAPES: Shape[] = [
  { customers: 6, open: 0.3, capacity: 12 },
  { customers: 6, open: 0.8, capacity: 14 },
  { customers: 7, open: 0.6, capacity: 10 },
  { customers: 6, open: 1, capacity: 10 },
]

/** Every route with no order twice, as customers 0 .. n - 1, and its distance. */
function everyRoute({ nodes, distance, fleet, orders }: Literature): { visits: number[]; length: number }[] {
  const routes: { visits: number[]; length: number }[] = []
  const extend = (visits: number[], length: number, clock: number, load: number): void => {
    const from = visits.length > 0 ? visits.at(-1)! + 1 : 0
    const back = arc(distance, from, 0)
    if (visits.length > 0 && clock + back <= nodes[0].due + 1e-7) routes.push({ visits, length: length + back })
    for (let to = 1; to <= orders.length; to++) {
      if (visits.includes(to - 1)) continue
      const { demand, ready, due, service } = nodes[to]
      const startS = Math.max(ready, clock + arc(distance, from, to))
      if (startS > due + 1e-7 || load + demand > fleet[0].capacity) continue
      extend([...visits, to - 1], length + arc(distance, from, to), startS + service, load + demand)
    }
  }
  extend([], 0, 0, 0)
  return routes
}

/** The shortest plan with so many trucks at most; Infinity: there is none. */
function shortestPlan(literature: Literature, trucks: number): number {
  const everyone = 2 ** literature.orders.length
  const alone = new Float64Array(everyone).fill(Number.POSITIVE_INFINITY)
  for (const { visits, length } of everyRoute(literature)) {
    const set = visits.reduce((sum, visit) => sum | (1 << visit), 0)
    alone[set] = Math.min(alone[set], length)
  }
  let shared = new Float64Array(everyone).fill(Number.POSITIVE_INFINITY)
  shared[0] = 0
  for (let truck = 0; truck < trucks; truck++) {
    const more = shared.slice()
    for (let set = 1; set < everyone; set++)
      for (let part = set; part > 0; part = (part - 1) & set)
        more[set] = Math.min(more[set], alone[part] + shared[set ^ part])
    shared = more
  }
  return shared[everyone - 1]
}

const relaxLiterature = (literature: Literature): Relaxed => relax(makeInstance(literature), SCALE)!

async function boundOf(relaxed: Relaxed, options: SingleOptions): Promise<SingleStep[]> {
  const steps: SingleStep[] = []
  for (const step of boundSingle(await loadHighs(), relaxed, options)!) steps.push(step)
  return steps
}

function answer(pricer: VisitPricer, question: Parameters<VisitPricer['price']>[0]): PricedRoutes {
  const asking = pricer.price(question)
  for (;;) {
    const { value, done } = asking.next()
    if (done) return value
  }
}

describe('boundSingle', () => {
  test('never passes the shortest plan, wherever one stops', async () => {
    const random = new Random(1)
    let tight = 0
    let strained = 0
    for (let turn = 0; turn < 60; turn++) {
      const literature = makeLiterature(random, SHAPES[turn % SHAPES.length])
      const least = Math.ceil(literature.orders.length / 5)
      const trucks = least + random.below(3)
      // with too few trucks there is none, and nothing to pass: it ends all the same
      const shortest = shortestPlan(literature, trucks)
      const steps = await boundOf(relaxLiterature(literature), {
        trucks: [trucks],
        memory: 1 + random.below(4),
        rows: turn % 3 === 0 ? 0 : 5,
        // so few labels that it must make do with weaker proofs
        ...(turn % 5 === 0 && { labels: 25 }),
      })
      for (const [k, { lowerKrw }] of steps.entries()) {
        expect(lowerKrw / SCALE).toBeLessThanOrEqual(shortest)
        expect(lowerKrw).toBeGreaterThanOrEqual(steps[Math.max(0, k - 1)].lowerKrw)
      }
      if (steps.at(-1)!.lowerKrw / SCALE > 0.99 * shortest) tight++
      if (steps.at(-1)!.rootKrw === null) strained++
    }
    expect(tight).toBeGreaterThan(30)
    expect(strained).toBeGreaterThan(2)
  })

  test('gives the linear program over all routes, where nothing is forgotten and no rows are added', async () => {
    const random = new Random(2)
    const highs = await loadHighs()
    for (let turn = 0; turn < 24; turn++) {
      const literature = makeLiterature(random, SHAPES[turn % SHAPES.length])
      const relaxed = relaxLiterature(literature)
      const network = makeNetwork(relaxed, relaxed.kinds[0])
      const { nodes } = network
      const trucks = 3 + random.below(3)
      const whole = new Program(highs, [
        ...Array.from({ length: nodes }, () => ({ lower: 1, upper: Number.POSITIVE_INFINITY })),
        { lower: Number.NEGATIVE_INFINITY, upper: trucks },
      ])
      // an order that no truck takes costs more than any price can be
      const refusedKrw = 1e6
      for (let node = 0; node < nodes; node++)
        whole.add({ cost: refusedKrw, lower: 0, upper: Number.POSITIVE_INFINITY, rows: [node], values: [1] })
      for (const { visits } of everyRoute(literature))
        whole.add({
          cost: routeKrw(network, visits),
          lower: 0,
          upper: Number.POSITIVE_INFINITY,
          rows: [...visits, nodes],
          values: [...visits.map(() => 1), 1],
        })
      const { krw, values } = whole.solve()
      whole.dispose()
      if (values.subarray(0, nodes).some((share) => share > 1e-9)) continue
      // routes so light that loads are left out, until routes come that are too heavy
      const routes = turn % 2 === 0 ? [] : relaxed.pooled.map((order) => ({ kind: 0, orders: [order] }))
      const { lowerKrw, rootKrw } = (await boundOf(relaxed, { trucks: [trucks], memory: nodes, rows: 0, routes })).at(
        -1,
      )!
      expect(lowerKrw).toBeLessThanOrEqual(krw + 1e-3)
      // prices are rounded down: one for each order and truck; and the right-hand sides are not quite one
      expect(lowerKrw).toBeGreaterThan(krw - nodes - trucks - 1 - 1e-4 * krw)
      expect(rootKrw).toBe(lowerKrw)
    }
  })

  test('rows close a gap that the linear program leaves', async () => {
    const random = new Random(3)
    let closed = 0
    for (let turn = 0; turn < 40; turn++) {
      const literature = makeLiterature(random, SHAPES[turn % SHAPES.length])
      const relaxed = relaxLiterature(literature)
      const [without, withRows] = [
        (await boundOf(relaxed, { rows: 0 })).at(-1)!.lowerKrw,
        (await boundOf(relaxed, { rows: 10 })).at(-1)!.lowerKrw,
      ]
      const shortest = shortestPlan(literature, literature.orders.length)
      expect(withRows / SCALE).toBeLessThanOrEqual(shortest)
      if (without < 0.995 * shortest * SCALE && withRows > 0.9995 * shortest * SCALE) closed++
    }
    expect(closed).toBeGreaterThan(0)
  })

  test('holds for a mixed fleet', async () => {
    const random = new Random(5)
    for (let turn = 0; turn < 12; turn++) {
      const literature = makeLiterature(random, SHAPES[turn % SHAPES.length])
      const [{ count }] = literature.fleet
      const fleet = [
        { count, capacity: 6, fixed: 10, unitCost: 1 },
        { count, capacity: 14, fixed: 35, unitCost: 1.3 },
      ]
      // enough of each kind: every set of customers takes its cheaper one
      const cheapest = new Map<number, number>()
      for (const kind of fleet)
        for (const { visits, length } of everyRoute({ ...literature, fleet: [kind] })) {
          const set = visits.reduce((sum, visit) => sum | (1 << visit), 0)
          cheapest.set(
            set,
            Math.min(cheapest.get(set) ?? Number.POSITIVE_INFINITY, kind.fixed + kind.unitCost * length),
          )
        }
      const least = (left: number): number => {
        if (left === 0) return 0
        const first = left & -left
        let best = Number.POSITIVE_INFINITY
        for (let set = left; set > 0; set = (set - 1) & left)
          if (set & first && cheapest.has(set)) best = Math.min(best, cheapest.get(set)! + least(left ^ set))
        return best
      }
      const cost = least(2 ** literature.orders.length - 1)
      const steps = await boundOf(relaxLiterature({ ...literature, fleet }), {})
      expect(steps.at(-1)!.lowerKrw / SCALE).toBeLessThanOrEqual(cost)
      expect(steps.at(-1)!.lowerKrw / SCALE).toBeGreaterThan(0.9 * cost)
    }
  })

  test('an order that may go direct is priced at most so', async () => {
    const random = new Random(4)
    const literature = makeLiterature(random, SHAPES[1])
    const direct = { ...literature, orders: literature.orders.map((order) => ({ ...order, directCost: 3 })) }
    const steps = await boundOf(relaxLiterature(direct), {})
    // six orders at 3 each, dearer by any route: the nearest customer is further than 3 away and back
    const nearest = Math.min(...literature.orders.map(({ pickup }) => 2 * arc(literature.distance, 0, pickup)))
    expect(nearest).toBeGreaterThan(18)
    expect(steps.at(-1)!.lowerKrw).toBe(18 * SCALE)
  })
})

describe('the pricer', () => {
  /** Routes that return to what they have forgotten included; so few customers and so short days that there are not many. */
  test.each([6, 3, 1])('finds the least of all routes that remember %i nodes, rows included', (nearest) => {
    const random = new Random(10 + nearest)
    for (let turn = 0; turn < 40; turn++) {
      const customers = nearest === 6 ? 6 : 4
      const literature = makeLiterature(random, { ...SHAPES[turn % SHAPES.length], customers })
      const relaxed = relaxLiterature(literature)
      const network = makeNetwork(relaxed, relaxed.kinds[0])
      const { nodes, cost, step, opens, closes, load, capacity } = network
      const memories = new Neighbours(network, nearest)
      const across = nodes + 1
      const pricer = new VisitPricer(network, memories)
      const rows: SubsetRow[] = Array.from({ length: random.below(4) }, () => {
        const triple = [0, 1, 2].map((k) => (random.below(nodes) + k) % nodes)
        const others = Array.from(triple.keys()).map((k) => (triple[0] + k) % nodes) as [number, number, number]
        const memory = Uint8Array.from({ length: nodes }, (_, node) => (others.includes(node) ? 1 : random.below(2)))
        return { nodes: others, memory }
      })
      for (let ask = 0; ask < 4; ask++) {
        const prices = Float64Array.from({ length: nodes }, () => random.below(40 * SCALE))
        const kindKrw = -random.below(5 * SCALE)
        const pays = rows.map(() => -random.below(10 * SCALE))
        const reduced = (visits: readonly number[]) =>
          visits.reduce((sum, node) => sum - prices[node], routeKrw(network, visits) - kindKrw) -
          rows.reduce((sum, row, k) => sum + pays[k] * countPairs(row, visits), 0)
        // the proof may leave out routes that go back to where they have just come from
        let least = 0
        let leastOnwards = 0
        const extend = (visits: number[], at: number, loaded: number): void => {
          const from = visits.at(-1) ?? nodes
          if (visits.length > 0 && at + step[from * across + nodes] <= closes[nodes]) {
            least = Math.min(least, reduced(visits))
            if (visits.every((node, k) => node !== visits[k - 2]))
              leastOnwards = Math.min(leastOnwards, reduced(visits))
          }
          for (let to = 0; to < nodes; to++) {
            const then = Math.max(opens[to], at + step[from * across + to])
            if (cost[from * across + to] === Number.POSITIVE_INFINITY || then > closes[to]) continue
            if (loaded + load[to] > capacity || !memories.allows([...visits, to])) continue
            extend([...visits, to], then, loaded + load[to])
          }
        }
        extend([], opens[nodes], 0)
        const question = { prices, kindKrw, rows: new PricedRows(nodes, rows, pays), exact: true, labels: 1e6 }
        const { leastKrw, routes } = answer(pricer, question)
        expect(leastKrw).toBeGreaterThanOrEqual(least)
        expect(leastKrw).toBeLessThanOrEqual(leastOnwards)
        if (nearest === 6) expect(leastKrw).toBe(least)
        for (const { visits, krw, reducedKrw } of [
          ...routes,
          ...answer(pricer, { ...question, exact: false }).routes,
        ]) {
          expect(reduced(visits)).toBe(reducedKrw)
          expect(krw).toBe(routeKrw(network, visits))
          expect(reducedKrw).toBeGreaterThanOrEqual(least)
          expect(memories.allows(visits)).toBe(true)
        }
        // no label is too few: what it says then is weaker, and true
        const short = answer(pricer, { ...question, labels: 0 })
        expect(short.gaveUp).toBe(true)
        expect(short.leastKrw).toBeLessThanOrEqual(leastOnwards)
      }
    }
  })
})

test('a row counts the pairs of visits that it remembers', () => {
  const row = (memory: number[]): SubsetRow => ({
    nodes: [0, 1, 2],
    memory: Uint8Array.from({ length: 5 }, (_, node) => (memory.includes(node) ? 1 : 0)),
  })
  expect(countPairs(row([0, 1, 2]), [0, 1])).toBe(1)
  expect(countPairs(row([0, 1, 2]), [0, 3, 1])).toBe(0)
  expect(countPairs(row([0, 1, 2, 3]), [0, 3, 1])).toBe(1)
  expect(countPairs(row([0, 1, 2, 3]), [0, 3, 1, 4, 2])).toBe(1)
  expect(countPairs(row([0, 1, 2, 3, 4]), [0, 1, 2, 0])).toBe(2)
})

test('rows are found where three routes share three orders, each with half', () => {
  // 1/2 (0 3 1) + 1/2 (1 2) + 1/2 (0 2): each of 0, 1, 2 once, 3/2 routes with two of them
  const routes = [
    [0, 3, 1],
    [1, 2],
    [0, 2],
  ].map((visits) => ({ visits, weight: 0.5 }))
  const [{ row }] = findRows(4, routes, 5, [])
  expect(row.nodes).toEqual([0, 1, 2])
  expect([...row.memory]).toEqual([1, 1, 1, 1])
  expect(routes.reduce((sum, { visits, weight }) => sum + weight * countPairs(row, visits), 0)).toBe(1.5)
})
