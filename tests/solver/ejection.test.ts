import { describe, expect, test } from 'vitest'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { Ejector } from '../../solver/search/ejection.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { findNeighbours } from '../../solver/search/neighbours.ts'
import { RoomFinder } from '../../solver/search/room.ts'
import { visitsOf } from '../../solver/search/route.ts'
import { Solution } from '../../solver/search/solution.ts'
import { asGeneral, randomInstance } from './literature.ts'
import { searchRoute } from './routes.ts'

const KINDS = ['lilim', 'solomon', 'cvrplib'] as const
const MOST = 2

/** Some orders one after another where they first fit, two routes at most. */
function someSolution(instance: Instance, random: Random): Solution {
  const solution = new Solution(instance)
  const inserter = new Inserter(instance, random)
  const orders = Int32Array.from({ length: instance.orders }, (_, order) => order)
  random.shuffle(orders, orders.length)
  for (const order of orders) {
    const at = solution.routes.findIndex((route) =>
      Number.isFinite(inserter.find(route, order, Number.POSITIVE_INFINITY)),
    )
    if (at >= 0) solution.insert(order, at, inserter.pickupAfter, inserter.deliveryAfter)
    else if (solution.routes.length < 2)
      solution.open(0, instance.paired[order] ? [2 * order, 2 * order + 1] : [2 * order])
  }
  return solution
}

/** Every set of at most so many. */
const subsets = ([first, ...others]: readonly number[], most: number): number[][] =>
  first === undefined
    ? [[]]
    : [...subsets(others, most), ...(most > 0 ? subsets(others, most - 1).map((set) => [first, ...set]) : [])]

/** Whether an order fits without some others, by the general kernel. */
function asker(instance: Instance) {
  const general = asGeneral(instance)
  const inserter = new Inserter(general, new Random(1))
  return (visits: readonly number[], leaving: readonly number[], order: number): boolean => {
    const { route, feasible } = searchRoute(
      general,
      0,
      visits.filter((visit) => !leaving.includes(visit >> 1)),
    )
    return feasible && Number.isFinite(inserter.find(route, order, Number.POSITIVE_INFINITY))
  }
}

const ridersOf = (visits: readonly number[]) => visits.filter((visit) => visit % 2 === 0).map((visit) => visit >> 1)

describe.each(KINDS)('%s', (format) => {
  test('room is found where the general kernel finds it', () => {
    const seen = { room: 0, none: 0 }
    for (let seed = 1; seed <= 20; seed++) {
      const instance = randomInstance(format, seed)
      const fits = asker(instance)
      const random = new Random(seed)
      const solution = someSolution(instance, random)
      for (const each of [instance, asGeneral(instance)]) {
        const finder = new RoomFinder(each, new Inserter(each, random))
        for (let k = 0; k < 20; k++) {
          const route = solution.routes[random.below(solution.routes.length)]
          const order = random.below(instance.orders)
          const visits = visitsOf(route)
          const riders = ridersOf(visits)
          if (riders.includes(order)) continue
          const leaving = riders.filter(() => random.below(3) === 0).slice(0, 3)
          const expected = fits(visits, leaving, order)
          finder.start(route, order)
          expect(finder.fitsWithout(leaving)).toBe(expected)
          seen[expected ? 'room' : 'none']++
        }
      }
    }
    expect(seen.room).toBeGreaterThan(50)
    expect(seen.none).toBeGreaterThan(50)
  })

  test('those who give way are the easiest to place again, and every route can be driven', () => {
    const seen = { free: 0, ejected: 0, impossible: 0 }
    for (let seed = 1; seed <= 30; seed++) {
      const instance = randomInstance(format, seed)
      const fits = asker(instance)
      const random = new Random(seed)
      const solution = someSolution(instance, random)
      const inserter = new Inserter(instance, random)
      const ejector = new Ejector(instance, random, inserter, findNeighbours(instance, instance.orders), MOST)
      const counters = Float64Array.from({ length: instance.orders }, () => 1 + random.below(5))
      for (let turn = 0; turn < 4 && solution.absentCount > 0; turn++) {
        const before = [...solution.absent.subarray(0, solution.absentCount)]
        const order = before[random.below(before.length)]
        const sumOf = (orders: readonly number[]) => orders.reduce((sum, other) => sum + counters[other], 0)
        const least = Math.min(
          ...solution.routes.flatMap((route) => {
            const visits = visitsOf(route)
            return subsets(ridersOf(visits), MOST)
              .filter((leaving) => fits(visits, leaving, order))
              .map(sumOf)
          }),
        )
        const placed = ejector.place(solution, order, counters)
        expect(placed).toBe(least < Number.POSITIVE_INFINITY)
        const after = [...solution.absent.subarray(0, solution.absentCount)]
        expect(after.includes(order)).toBe(!placed)
        const ejected = after.filter((other) => !before.includes(other))
        if (placed) expect(sumOf(ejected)).toBe(least)
        seen[placed ? (ejected.length > 0 ? 'ejected' : 'free') : 'impossible']++
        for (const { type, visits } of solution.assignment().routes)
          expect(searchRoute(asGeneral(instance), type, visits).feasible).toBe(true)
      }
    }
    expect(seen.ejected).toBeGreaterThan(10)
  })
})
