import { describe, expect, test } from 'vitest'
import { parseInstance } from '../../solver/formats/index.ts'
import { makeInstance } from '../../solver/formats/literature.ts'
import { type Instance, traitsOf } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { Solution } from '../../solver/search/solution.ts'
import { exchangeTails, tailsFit } from '../../solver/search/tails.ts'
import { searchRoute } from './routes.ts'

const ORDERS = 12
const CAPACITY = 40

/** A Solomon file with windows and loads that bite. */
function randomInstance(random: Random): Instance {
  const number = (from: number, to: number) => from + random.below(to - from + 1)
  const rows = Array.from({ length: ORDERS }, (_, k) => {
    const ready = number(0, 200)
    return [k + 1, number(0, 60), number(0, 60), number(1, 12), ready, ready + number(60, 300), 10].join(' ')
  })
  const text = `R\n\nVEHICLE\nNUMBER CAPACITY\n25 ${CAPACITY}\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE\n\n0 30 30 0 0 600 0\n${rows.join('\n')}\n`
  return makeInstance(parseInstance(text, 'solomon', () => ''))
}

/** Orders in the sequence of their windows, as far as they fit. */
function randomRoute(random: Random, instance: Instance, taken: Set<number>): number[] {
  let visits: number[] = []
  for (let k = 0; k < 8; k++) {
    const order = random.below(ORDERS)
    if (taken.has(order)) continue
    const put = [...visits, 2 * order].sort((a, b) => instance.closesS[a] - instance.closesS[b])
    if (fareOf(instance, put) === null) continue
    taken.add(order)
    visits = put
  }
  return visits
}

/** What a route costs by the general rules; null: it cannot be driven. */
function fareOf(instance: Instance, visits: readonly number[]): number | null {
  if (visits.reduce((sum, visit) => sum + instance.demand[visit >> 1], 0) > CAPACITY) return null
  if (visits.length === 0) return 0
  const { route, feasible } = searchRoute({ ...instance, traits: 'general' }, 0, visits)
  return feasible ? route.cost : null
}

const visitsIn = ({ routes }: Solution) => routes.map((route) => [...route.visits.subarray(1, route.length + 1)])

describe('tails of two routes', () => {
  test('are exchanged where that adds least, below a limit', () => {
    const random = new Random(7)
    let exchanged = 0
    let kept = 0
    for (let round = 0; round < 400; round++) {
      const instance = randomInstance(random)
      expect(tailsFit(instance)).toBe(true)
      const taken = new Set<number>()
      const [a, b] = [randomRoute(random, instance, taken), randomRoute(random, instance, taken)]
      if (a.length === 0 || b.length === 0) continue
      const solution = new Solution(instance)
      for (const visits of [a, b]) expect(solution.open(0, visits)).toBe(true)
      const was = solution.routeCost
      const after = random.below(a.length + 1)
      const most = round % 2 === 0 ? Number.POSITIVE_INFINITY : 5
      // by the definition: every place on the other route
      let least = most
      for (let k = 0; k <= b.length; k++) {
        const one = [...a.slice(0, after), ...b.slice(k)]
        const two = [...b.slice(0, k), ...a.slice(after)]
        if (one.length === 0 || two.length === 0 || (after === 0 && k === 0)) continue
        if (after === a.length && k === b.length) continue
        const fares = [fareOf(instance, one), fareOf(instance, two)]
        if (fares.every((fare) => fare !== null)) least = Math.min(least, fares[0]! + fares[1]! - was)
      }
      exchangeTails(solution, 0, after, 1, most)
      const found = visitsIn(solution)
      if (least === most) {
        expect(found).toEqual([a, b])
        kept++
        continue
      }
      exchanged++
      expect(solution.routeCost - was).toBeCloseTo(least, 6)
      expect(found.flat().sort()).toEqual([...a, ...b].sort())
      for (const [index, visits] of found.entries()) {
        expect(fareOf(instance, visits)).toBeCloseTo(solution.routes[index].cost, 6)
        visits.forEach((visit, k) => {
          expect([solution.routeOf[visit], solution.positionOf[visit]]).toEqual([index, k + 1])
        })
      }
    }
    expect(exchanged).toBeGreaterThan(80)
    expect(kept).toBeGreaterThan(80)
  })

  test('go back where the whole timetable says no', () => {
    const random = new Random(5)
    let instance = randomInstance(random)
    let routes: number[][] = []
    while (routes.some((visits) => visits.length < 2) || routes.length < 2) {
      instance = randomInstance(random)
      const taken = new Set<number>()
      routes = [randomRoute(random, instance, taken), randomRoute(random, instance, taken)]
    }
    const solution = new Solution(instance)
    for (const visits of routes) solution.open(0, visits)
    const was = solution.routeCost
    instance.closesS[routes[0][1]] = -1
    solution.exchange(0, 1, 1, 1)
    expect(visitsIn(solution)).toEqual(routes)
    expect(solution.routeCost).toBeCloseTo(was, 6)
  })

  test('are only of one type of truck, without pairs, in time by windows alone', () => {
    const instance = randomInstance(new Random(1))
    const [type] = instance.types
    expect(tailsFit({ ...instance, types: [type, type] })).toBe(false)
    expect(tailsFit({ ...instance, paired: instance.paired.map((_, order) => (order === 3 ? 1 : 0)) })).toBe(false)
    const worked = { ...instance, maxWorkS: 500 }
    expect(tailsFit({ ...worked, traits: traitsOf(worked) })).toBe(false)
  })
})
