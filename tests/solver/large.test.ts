/** What is done in another way where instances are large, or would be slow on them: the answers are the same. */
import { describe, expect, test } from 'vitest'
import { arc, arcsFromPoints } from '../../solver/arcs.ts'
import { type Literature, makeInstance } from '../../solver/formats/literature.ts'
import { evaluateSolution, type InstanceStep, parseInstance, solveInstance } from '../../solver/index.ts'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { findNeighbours } from '../../solver/search/neighbours.ts'
import { Solution } from '../../solver/search/solution.ts'
import { cvrplibText } from '../bench/generate.ts'

type Point = readonly [number, number]

/** Orders between the points behind the first, some of two visits and some of one. */
function literatureOf(points: readonly Point[], rounded: boolean, share: number, random: Random): Literature {
  const orders: { pickup: number; delivery?: number }[] = []
  for (let node = 1; node < points.length; node++)
    orders.push(
      node + 1 < points.length && random.unit() < share ? { pickup: node, delivery: ++node } : { pickup: node },
    )
  return {
    name: '',
    nodes: points.map((_, id) => ({ id, demand: 1, ready: 0, due: Number.POSITIVE_INFINITY, service: 0 })),
    distance: arcsFromPoints(points, rounded),
    fleet: [{ count: Number.POSITIVE_INFINITY, capacity: 10, fixed: 0, unitCost: 1 }],
    orders,
    objective: 'distance',
  }
}

/** By the definition: all of them, sorted. */
function nearestOf(instance: Instance, order: number, most: number): number[] {
  const { placeOf, paired, orders, types } = instance
  const between = (a: number, b: number) => arc(types[0].distanceM, placeOf[a], placeOf[b])
  const near = Array.from({ length: orders }, (_, other) => {
    if (other === order) return -1
    const ends = paired[order] && paired[other] ? [0, 1] : [0]
    return Math.min(...ends.flatMap((end) => ends.map((across) => between(2 * order + end, 2 * other + across))))
  })
  return [...near.keys()].sort((a, b) => near[a] - near[b] || a - b).slice(0, most)
}

describe('the nearest orders', () => {
  const count = 150
  const many = (draw: (k: number) => Point) => Array.from({ length: count }, (_, k) => draw(k))
  const random = new Random(3)
  const shapes: Record<string, readonly Point[]> = {
    'all over the place': many(() => [1000 * random.unit(), 1000 * random.unit()]),
    'in three towns': many((k) => [500 * (k % 3) + 9 * random.unit(), 200 * (k % 2) + 9 * random.unit()]),
    'on a coarse lattice, as far as many others': many(() => [random.below(6), random.below(6)]),
    'on a line': many(() => [0, 1000 * random.unit()]),
    'at one place but one': many((k) => (k === 7 ? [90_000, -4] : [5, 5])),
    'at one place': many(() => [5, 5]),
  }
  test.each(Object.entries(shapes))('%s', (_, points) => {
    for (const rounded of [true, false])
      for (const share of [0, 1, 0.5]) {
        const instance = makeInstance(literatureOf(points, rounded, share, random))
        // the same lengths without points: every order is looked at
        const types = instance.types.map((type) => ({
          ...type,
          distanceM: { ...type.distanceM, x: new Float64Array(0) },
        }))
        for (const most of [1, 9, 60, 1000]) {
          const expected = [...Array(instance.orders).keys()].flatMap((order) => nearestOf(instance, order, most))
          expect([...findNeighbours(instance, most).list]).toEqual(expected)
          expect([...findNeighbours({ ...instance, types }, most).list]).toEqual(expected)
        }
      }
  })
})

test.each([30, 2500])('copies that take over only what has changed are copies: %i points', (count) => {
  const random = new Random(count)
  const points = Array.from({ length: count }, (): Point => [random.below(1000), random.below(1000)])
  const instance = makeInstance(literatureOf(points, true, 0.2, random))
  const { orders, paired } = instance
  const pool: Solution['routes'] = []
  let [current, candidate] = [new Solution(instance, pool), new Solution(instance, pool)]
  const other = new Solution(instance, pool)
  const gone = new Uint8Array(orders)
  for (let turn = 0; turn < 400; turn++) {
    candidate.copy(current)
    expect(candidate.routes).toEqual(current.routes)
    const changes = turn === 50 ? 400 : random.below(12)
    for (let change = 0; change < changes; change++) {
      const { routes, absent, absentCount } = candidate
      const order = absent[random.below(absentCount)]
      if (routes.length > 0 && random.unit() < 0.3) {
        const index = random.below(routes.length)
        for (const visit of routes[index].visits.subarray(1, routes[index].length + 1))
          gone[visit >> 1] = random.below(2)
        candidate.remove(index, gone)
      } else if (absentCount === 0) continue
      else if (routes.length < 9 || random.unit() < 0.1)
        candidate.open(0, paired[order] ? [2 * order, 2 * order + 1] : [2 * order])
      else {
        const index = random.below(routes.length)
        const after = random.below(routes[index].length + 1)
        candidate.insert(order, index, after, after)
      }
    }
    for (const solution of [candidate, current]) {
      const routeOf = new Int32Array(2 * orders).fill(-1)
      let visits = 0
      solution.routes.forEach((route, index) => {
        for (let k = 1; k <= route.length; k++) {
          routeOf[route.visits[k]] = index
          if (solution.positionOf[route.visits[k]] !== k) throw new Error(`turn ${turn}: wrong position`)
          visits++
        }
      })
      expect(Buffer.compare(Buffer.from(solution.routeOf.buffer), Buffer.from(routeOf.buffer))).toBe(0)
      expect(solution.visitCount).toBe(visits)
      const absentAt = new Int32Array(orders).fill(-1)
      for (let k = 0; k < solution.absentCount; k++) absentAt[solution.absent[k]] = k
      expect(Buffer.compare(Buffer.from(solution.absentAt.buffer), Buffer.from(absentAt.buffer))).toBe(0)
      const visitsOf = ({ visits, length }: Solution['routes'][number]) => [...visits.subarray(1, length + 1)]
      expect(solution.assignment().routes.map(({ visits }) => visits)).toEqual(solution.routes.map(visitsOf))
    }
    // now and then a third one comes between them
    if (turn % 30 === 29) other.copy(random.unit() < 0.5 ? current : candidate)
    if (random.unit() < 0.5) {
      candidate.keep()
      ;[current, candidate] = [candidate, current]
    } else candidate.discard()
  }
  expect(current.routes.length).toBeGreaterThan(1)
})

describe('a large instance', () => {
  const customers = 2600
  const text = cvrplibText({ customers, depot: 'center', perRoute: 8, seed: 1 })
  const literature = parseInstance(text, 'cvrplib', () => '')
  const run = (iterations: number) =>
    [...solveInstance(literature, { seed: 1, iterations })].map((step) => ({ ...step }))
  const served = ({ solution }: InstanceStep) => solution.match(/(?<=[: ])\d+(?= |$)/gm)!.length

  test('pauses before every order has been offered a place, and then serves all', () => {
    const steps = run(400)
    const building = steps.filter(({ iterations }) => iterations === 0)
    const counts = building.map(served)
    expect(counts[0]).toBeGreaterThan(0)
    expect(counts[0]).toBeLessThan(customers)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    expect(building.at(-1)!.faults).toEqual([])
    for (const { iterations, feasible } of steps) expect(feasible || iterations === 0).toBe(true)
    expect(steps.at(-1)!.cost).toBeLessThan(building.at(-1)!.cost)
    for (const { solution, cost } of [building[0], steps.at(-1)!])
      expect(evaluateSolution(literature, solution).cost).toBe(cost)
  })

  test('the same seed and iterations find the same', () => {
    expect(run(200)).toEqual(run(200))
  })
})
