import { describe, expect, test } from 'vitest'
import { parseInstance } from '../../solver/formats/index.ts'
import { makeInstance } from '../../solver/formats/literature.ts'
import { type Instance, LOAD_SLACK, traitsOf } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { onlyLoads } from '../../solver/search/loadsOnly.ts'
import { type SearchOptions, search } from '../../solver/search/search.ts'
import type { Assignment } from '../../solver/search/solution.ts'

/** A random CVRPLIB instance whose loads and legs are no whole numbers, with a cost for each route and trucks to spare. */
function randomInstance(seed: number, orders: number, capacity = 10): Instance {
  const random = new Random(seed)
  const coordinates = Array.from({ length: orders + 1 }, (_, k) => `${k + 1} ${random.below(100)} ${random.below(100)}`)
  const demands = coordinates.map((_, k) => `${k + 1} ${k === 0 ? 0 : 1 + random.below(5)}`)
  const text = `NAME : t\nTYPE : CVRP\nDIMENSION : ${orders + 1}\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : ${capacity}\nNODE_COORD_SECTION\n${coordinates.join('\n')}\nDEMAND_SECTION\n${demands.join('\n')}\nDEPOT_SECTION\n1\n-1\nEOF\n`
  const instance = makeInstance(parseInstance(text, 'cvrplib', () => ''))
  const [type] = instance.types
  const arcCost = { ...type.arcCost, cells: type.arcCost.cells.map((cost) => 0.1 * cost) }
  return {
    ...instance,
    demand: instance.demand.map((amount) => 0.1 * amount),
    carryCost: instance.carryCost.map(() => 0.3),
    types: [{ ...type, arcCost, capacity: Float64Array.of(0.1 * capacity + LOAD_SLACK), baseCost: 2.5 }],
  }
}

const legOf = ({ types: [{ arcCost }], placeOf }: Instance, from: number, to: number) => {
  const place = (order: number) => (order < 0 ? 0 : placeOf[2 * order])
  return arcCost.cells[place(from) * arcCost.size + place(to)]
}

/** Least cost, by dynamic programming over sets of orders: the cheapest tour of each set that fits, then the cheapest way to part all. */
function optimum(instance: Instance): number {
  const { orders, demand, carryCost, types } = instance
  const sets = 1 << orders
  const tour = new Float64Array(sets * orders).fill(Number.POSITIVE_INFINITY)
  const least = new Float64Array(sets).fill(Number.POSITIVE_INFINITY)
  least[0] = 0
  for (let order = 0; order < orders; order++) tour[(1 << order) * orders + order] = legOf(instance, -1, order)
  const route = new Float64Array(sets).fill(Number.POSITIVE_INFINITY)
  for (let set = 1; set < sets; set++) {
    let load = 0
    for (let last = 0; last < orders; last++) {
      if ((set & (1 << last)) === 0) continue
      load += demand[last]
      const cost = tour[set * orders + last]
      route[set] = Math.min(route[set], cost + legOf(instance, last, -1) + types[0].baseCost)
      for (let next = 0; next < orders; next++) {
        const cell = (set | (1 << next)) * orders + next
        if ((set & (1 << next)) === 0) tour[cell] = Math.min(tour[cell], cost + legOf(instance, last, next))
      }
    }
    if (load > types[0].capacity[0]) route[set] = Number.POSITIVE_INFINITY
    for (let part = set; part > 0; part = (part - 1) & set)
      least[set] = Math.min(least[set], route[part] + least[set ^ part])
  }
  return least[sets - 1] + carryCost.reduce((sum, cost) => sum + cost, 0)
}

/** Everything a search finds, each judged from the instance alone. */
function solve(instance: Instance, options: SearchOptions): Assignment[] {
  const found: Assignment[] = []
  for (const { better } of search(instance, options)) if (better) found.push(better)
  const { orders, demand, carryCost, types } = instance
  for (const { routes, absent, cost } of found) {
    expect(absent).toEqual([])
    const served = routes.flatMap(({ visits }) => visits)
    expect(served.sort((a, b) => a - b)).toEqual(Array.from({ length: orders }, (_, order) => 2 * order))
    expect(routes.length).toBeLessThanOrEqual(types[0].count)
    let sum = carryCost.reduce((total, each) => total + each, 0)
    for (const { visits } of routes) {
      const stops = [-1, ...visits.map((visit) => visit >> 1), -1]
      for (let k = 1; k < stops.length; k++) sum += legOf(instance, stops[k - 1], stops[k])
      sum += types[0].baseCost
      expect(visits.length).toBeGreaterThan(0)
      expect(visits.reduce((load, visit) => load + demand[visit >> 1], 0)).toBeLessThanOrEqual(types[0].capacity[0])
    }
    expect(cost).toBeCloseTo(sum, 6)
  }
  return found
}

describe('where only loads count', () => {
  test.each([1, 2, 3, 4, 5, 6])('finds the optimum of small instance %d', (seed) => {
    const instance = randomInstance(seed, 9)
    expect(onlyLoads(instance)).toBe(true)
    expect(solve(instance, { seed, iterations: 3000 }).at(-1)!.cost).toBeCloseTo(optimum(instance), 6)
  })

  test('finds ever better solutions that keep loads and cost what they say', () => {
    for (const seed of [1, 2, 3]) {
      const found = solve(randomInstance(seed, 60, 25), { seed, iterations: 5000 })
      const costs = found.map(({ cost }) => cost)
      expect(costs.length).toBeGreaterThan(3)
      expect(costs).toEqual([...costs].sort((a, b) => b - a))
      expect(solve(randomInstance(seed, 60, 25), { seed, iterations: 5000 })).toEqual(found)
    }
  })

  test('uses no more trucks than there are', () => {
    const free = randomInstance(3, 30, 15)
    const least = Math.ceil(free.demand.reduce((sum, amount) => sum + amount, 0) / 1.5) + 1
    const [type] = free.types
    const few = { ...free, types: [{ ...type, baseCost: 0, count: least }] }
    expect(solve(few, { seed: 1, iterations: 5000 }).at(-1)!.routes.length).toBeLessThanOrEqual(least)
  })

  test.each([0, 0.9])('goes on from what another search has found, told from %d of the budget on', (from) => {
    const instance = randomInstance(4, 40, 25)
    const best = solve(instance, { seed: 1, iterations: 20_000 }).at(-1)!
    const run = (incumbent?: Assignment) => {
      let cost = Number.POSITIVE_INFINITY
      const steps = search(instance, { seed: 2, iterations: 400 })
      let step = steps.next()
      while (!step.done) {
        cost = step.value.better?.cost ?? cost
        step = steps.next(incumbent && step.value.iterations >= from * 400 ? { used: 0, incumbent } : undefined)
      }
      return cost
    }
    expect(run()).toBeGreaterThan(best.cost + 1e-6)
    expect(run(best)).toBeLessThanOrEqual(best.cost + 1e-6)
  })

  test('finds the same where there are too many places for a matrix', () => {
    for (const seed of [1, 2, 3]) {
      const instance = randomInstance(seed, 60, 25)
      const [type] = instance.types
      const whole = { ...instance, types: [{ ...type, arcCost: type.distanceM }] }
      const points = { ...type.distanceM, cells: new Float64Array(0) }
      const bare = { ...instance, types: [{ ...type, arcCost: points, distanceM: points, durationS: points }] }
      expect(onlyLoads(bare)).toBe(true)
      const found = solve(whole, { seed, iterations: 3000 })
      expect([...search(bare, { seed, iterations: 3000 })].flatMap(({ better }) => better ?? [])).toEqual(found)
    }
  })

  test('asks for no more than that', () => {
    const instance = randomInstance(1, 5)
    const [type] = instance.types
    const others: Partial<Instance>[] = [
      { directCost: instance.directCost.map((cost, order) => (order === 0 ? 5 : cost)) },
      { types: [type, type] },
      { types: [{ ...type, closesS: 50 }] },
      { allowed: instance.allowed.map((may, cell) => (cell === 0 ? 0 : may)) },
    ]
    for (const other of others) {
      const changed = { ...instance, ...other }
      expect(onlyLoads({ ...changed, traits: traitsOf(changed) })).toBe(false)
    }
  })
})
