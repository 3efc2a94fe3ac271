import { describe, expect, test } from 'vitest'
import { parseInstance } from '../../solver/formats/index.ts'
import { makeInstance } from '../../solver/formats/literature.ts'
import { type Instance, traitsOf } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { retypeTouched } from '../../solver/search/inPlaceTypes.ts'
import { nearNodes } from '../../solver/search/nearNodes.ts'
import { findNeighbours } from '../../solver/search/neighbours.ts'
import { type SearchOptions, search, soloCosts } from '../../solver/search/search.ts'
import type { Assignment } from '../../solver/search/solution.ts'
import { TimedEjector } from '../../solver/search/timedEjection.ts'
import { TimedInserter } from '../../solver/search/timedInsertion.ts'
import { TimedRoutes } from '../../solver/search/timedRoutes.ts'
import { TimedRuiner } from '../../solver/search/timedRuin.ts'
import { TUNING } from '../../solver/search/tuning.ts'
import { onlyWindows } from '../../solver/search/windowsOnly.ts'
import { asGeneral, priced } from './literature.ts'

const CAPACITY = 40

/** A Solomon file with windows and loads that bite. */
function randomInstance(seed: number, orders: number, width = 200): Instance {
  const random = new Random(seed)
  const number = (from: number, to: number) => from + random.below(to - from + 1)
  const rows = Array.from({ length: orders }, (_, k) => {
    const ready = number(0, 200)
    return [k + 1, number(0, 60), number(0, 60), number(1, 12), ready, ready + number(30, width), 10].join(' ')
  })
  const text = `R\n\nVEHICLE\nNUMBER CAPACITY\n${orders} ${CAPACITY}\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE\n\n0 30 30 0 0 600 0\n${rows.join('\n')}\n`
  return makeInstance(parseInstance(text, 'solomon', () => ''))
}

const legOf = ({ types: [{ durationS }], placeOf }: Instance, from: number, to: number) => {
  const place = (order: number) => (order < 0 ? 0 : placeOf[2 * order])
  return durationS.cells[place(from) * durationS.size + place(to)]
}

/** When the truck can be gone from an order at which it can be so early; Infinity where that is too late. */
const leaving = ({ opensS, closesS, serviceS }: Instance, order: number, arrival: number) =>
  arrival > closesS[2 * order] ? Number.POSITIVE_INFINITY : Math.max(arrival, opensS[2 * order]) + serviceS[2 * order]

/**
 * Least `perRoute` * routes + cost: the cheapest tour of each set of orders that is in time, then the cheapest way to part all among the
 * trucks there are and those who go direct.
 */
function optimum(instance: Instance, perRoute: number): number {
  const { orders, demand, types, directCost } = instance
  const sets = 1 << orders
  // [set] what it loads, and its shortest tour
  const loads = new Float64Array(sets)
  const tour = new Float64Array(sets).fill(Number.POSITIVE_INFINITY)
  const extend = (set: number, last: number, distance: number, clock: number, load: number): void => {
    const home = legOf(instance, last, -1)
    loads[set] = load
    if (clock + home <= types[0].closesS) tour[set] = Math.min(tour[set], distance + home)
    for (let next = 0; next < orders; next++) {
      const left = leaving(instance, next, clock + legOf(instance, last, next))
      if ((set & (1 << next)) !== 0 || left === Number.POSITIVE_INFINITY || load + demand[next] > CAPACITY) continue
      extend(set | (1 << next), next, distance + legOf(instance, last, next), left, load + demand[next])
    }
  }
  extend(0, -1, 0, 0, 0)
  let least = new Float64Array(sets)
  for (let set = 1; set < sets; set++) {
    const first = 31 - Math.clz32(set)
    least[set] = least[set ^ (1 << first)] + directCost[first]
  }
  for (const { count, capacity, baseCost, arcCost } of types) {
    const unit = arcCost.cells[1] / types[0].durationS.cells[1]
    for (let truck = 0; truck < Math.min(count, orders); truck++) {
      const without = least
      least = without.slice()
      for (let set = 1; set < sets; set++)
        for (let part = set; part > 0; part = (part - 1) & set) {
          if (loads[part] > capacity[0]) continue
          least[set] = Math.min(least[set], perRoute + baseCost + unit * tour[part] + without[set ^ part])
        }
    }
  }
  return least[sets - 1]
}

/** Everything a search finds, each judged from the instance alone. */
function solve(instance: Instance, options: SearchOptions): Assignment[] {
  const found: Assignment[] = []
  for (const { better } of search(instance, options)) if (better) found.push(better)
  const { orders, demand, types, directCost } = instance
  for (const { routes, absent, cost } of found) {
    const served = [...routes.flatMap(({ visits }) => visits), ...absent.map((order) => 2 * order)]
    expect(served.sort((a, b) => a - b)).toEqual(Array.from({ length: orders }, (_, order) => 2 * order))
    for (const [type, { count }] of types.entries())
      expect(routes.filter((route) => route.type === type).length).toBeLessThanOrEqual(count)
    let sum = 0
    for (const order of absent) sum += Number.isFinite(directCost[order]) ? directCost[order] : 0
    for (const { type, visits } of routes) {
      const { capacity, baseCost, arcCost, closesS } = types[type]
      const costOf = (from: number, to: number) =>
        legOf({ ...instance, types: [{ ...types[0], durationS: arcCost }] }, from, to)
      expect(visits.length).toBeGreaterThan(0)
      expect(visits.reduce((load, visit) => load + demand[visit >> 1], 0)).toBeLessThanOrEqual(capacity[0])
      let clock = 0
      let last = -1
      for (const visit of visits) {
        sum += costOf(last, visit >> 1)
        clock = leaving(instance, visit >> 1, clock + legOf(instance, last, visit >> 1))
        last = visit >> 1
      }
      sum += baseCost + costOf(last, -1)
      expect(clock + legOf(instance, last, -1)).toBeLessThanOrEqual(closesS)
    }
    expect(cost).toBeCloseTo(sum, 6)
  }
  return found
}

describe('where only loads and windows count', () => {
  test.each([1, 2, 3, 4, 5])('finds the optimum of small instance %d, by routes and by distance', (seed) => {
    const instance = randomInstance(seed, 9)
    expect(onlyWindows(instance, false)).toBe(true)
    for (const [fewestRoutes, perRoute] of [
      [true, 1e4],
      [false, 0],
    ] as const) {
      const { routes, cost } = solve(instance, { seed, iterations: 3000, fewestRoutes }).at(-1)!
      expect(routes.length * perRoute + cost).toBeCloseTo(optimum(instance, perRoute), 6)
    }
  })

  test.each([1, 2, 3, 4, 5, 6])('finds the optimum of small instance %d with few trucks of several kinds', (seed) => {
    const instance = priced(randomInstance(seed, 9), seed)
    expect(onlyWindows(instance, false)).toBe(true)
    const best = optimum(instance, 0)
    const { absent, cost } = solve(instance, { seed, iterations: 20_000 }).at(-1)!
    if (best < Number.POSITIVE_INFINITY) expect(cost).toBeCloseTo(best, 6)
    else expect(absent.some((order) => instance.directCost[order] === Number.POSITIVE_INFINITY)).toBe(true)
    // and where nobody asks when, and all have to ride
    const plenty = {
      ...instance,
      types: instance.types.map((type) => ({ ...type, count: 9, closesS: Number.POSITIVE_INFINITY })),
      directCost: instance.directCost.map(() => Number.POSITIVE_INFINITY),
      opensS: instance.opensS.map(() => 0),
      closesS: instance.closesS.map(() => Number.POSITIVE_INFINITY),
    }
    const timeless = { ...plenty, traits: traitsOf(plenty) }
    expect(timeless.traits).toBe('timeless')
    expect(onlyWindows(timeless, false)).toBe(true)
    expect(solve(timeless, { seed, iterations: 20_000 }).at(-1)!.cost).toBeCloseTo(optimum(timeless, 0), 6)
  })

  test('with several kinds of trucks it is about as good as the general search, and the same again from the same seed', () => {
    const seeds = [1, 2, 3, 4, 5, 6]
    const ratios = seeds.map((seed) => {
      const instance = priced(randomInstance(seed, 30), seed)
      const options = { seed, iterations: 15_000 }
      const found = solve(instance, options)
      if (seed === 1) expect(solve(instance, options)).toEqual(found)
      const worth = ({ absent, cost }: Assignment) =>
        cost + 1e6 * absent.filter((order) => instance.directCost[order] === Number.POSITIVE_INFINITY).length
      return worth(found.at(-1)!) / worth(solve(asGeneral(instance), options).at(-1)!)
    })
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / seeds.length).toBeLessThanOrEqual(1.02)
  })

  test('where most go direct, some near what was ruined are asked again, and nobody else', () => {
    const all = priced(randomInstance(1, 120), 1)
    const instance = { ...all, directCost: all.directCost.map((_, order) => 20 + (order % 5)) }
    const found = solve(instance, { seed: 1, iterations: 3000 })
    expect(found.at(-1)!.absent.length).toBeGreaterThan(2 * TUNING.mostOffered)
    expect(found.at(-1)!.cost).toBeLessThan(found[0].cost)
  })

  test('finds ever better solutions that are in time and cost what they say, the same again from the same seed', () => {
    for (const seed of [1, 2, 3]) {
      const instance = randomInstance(seed, 60)
      const options = { seed, iterations: 6000, fewestRoutes: true }
      const found = solve(instance, options)
      const worths = found.map(({ routes, absent, cost }) => 1e9 * absent.length + 1e5 * routes.length + cost)
      expect(worths.length).toBeGreaterThan(3)
      expect(worths).toEqual([...worths].sort((a, b) => b - a))
      expect(found.at(-1)!.absent).toEqual([])
      expect(solve(instance, options)).toEqual(found)
    }
  })

  test('with too few trucks as many orders as possible ride', () => {
    const free = randomInstance(3, 40, 100)
    const [type] = free.types
    const few = { ...free, types: [{ ...type, count: 3 }] }
    const [first, last] = [solve(few, { seed: 1, iterations: 1 }), solve(few, { seed: 1, iterations: 5000 })]
    expect(last.at(-1)!.absent.length).toBeLessThan(first.at(-1)!.absent.length)
    expect(last.at(-1)!.absent.length).toBeGreaterThan(0)
  })

  test('an order that no truck can reach in time stays out, and the others are searched all the same', () => {
    const whole = randomInstance(2, 40)
    const instance = { ...whole, closesS: whole.closesS.map((closes, visit) => (visit === 0 ? 0 : closes)) }
    const found = solve(instance, { seed: 1, iterations: 3000 })
    expect(found.at(-1)!.absent).toEqual([0])
    expect(found.at(-1)!.cost).toBeLessThan(0.9 * found[0].cost)
  })

  test('asks for no more than that', () => {
    const instance = randomInstance(1, 5)
    const [type] = instance.types
    expect(onlyWindows(priced(instance, 1), true)).toBe(false)
    const others: Partial<Instance>[] = [
      { carryCost: instance.carryCost.map((cost, order) => (order === 0 ? 5 : cost)) },
      { types: [type, { ...type, opensS: 1 }] },
      { types: [{ ...type, stopFee: 1 }] },
      { types: [{ ...type, durationS: { ...type.durationS, symmetric: false } }] },
      { allowed: instance.allowed.map((may, cell) => (cell === 0 ? 0 : may)) },
      { driveS: 500 },
    ]
    for (const other of others) {
      const changed = { ...instance, ...other }
      expect(onlyWindows({ ...changed, traits: traitsOf(changed) }, false)).toBe(false)
    }
  })
})

describe('routes changed in place', () => {
  const visitsOf = (routes: TimedRoutes) => {
    routes.keep()
    return routes.kept().map(({ visits }) => visits)
  }
  /** What a route is told by, whichever way it came to be. */
  const stateOf = ({ cost, used, usedOf, leave, latest, load, length, legIn, prev, next, ...routes }: TimedRoutes) => {
    const distance = routes.distance.map((sum) => Math.round(sum * 1e6) + 0)
    const typeOf = routes.typeOf.map((type, route) => (length[route] > 0 ? type : 0))
    const whole = { usedOf, leave, latest, load, length, legIn, prev, next, distance, typeOf }
    return structuredClone({ cost: Math.round(cost * 1e6) + 0, used, ...whole })
  }

  /** Of a node on no route nothing is asked. */
  const of = (state: ReturnType<typeof stateOf>, node: number) => {
    for (const list of [state.leave, state.latest, state.legIn, state.prev, state.next]) list[node] = 0
    return state
  }

  /** The same of all that are on no route. */
  const aboard = (state: ReturnType<typeof stateOf>, { routeOf, orders }: TimedRoutes) => {
    for (let node = 1; node <= orders; node++) if (routeOf[node] < 0) of(state, node)
    return state
  }

  test('know of a node put in what they know when all is counted anew, and forget it when it is taken out', () => {
    const random = new Random(4)
    let [fit, broken] = [0, 0]
    for (let round = 0; round < 200; round++) {
      const routes = new TimedRoutes(randomInstance(round, 12), 3, 12 * (round % 2))
      routes.takeOver({ routes: [{ type: 0, visits: [0] }], absent: [], cost: 0 })
      for (let node = 2; node <= 8; node++) {
        const route = random.below(2)
        let behind = routes.endOf(route)
        for (let k = random.below(routes.length[route] + 1); k > 0; k--) behind = routes.next[behind]
        const before = stateOf(routes)
        routes.begin()
        routes.put(node, behind, route)
        const quick = stateOf(routes)
        const late = routes.broken
        routes.broken = false
        routes.retime(route)
        expect(routes.broken).toBe(late)
        if (!late) expect(stateOf(routes)).toEqual(quick)
        late ? broken++ : fit++
        if (!late) continue
        routes.takeBack()
        expect(routes.broken).toBe(false)
        expect(of(stateOf(routes), node)).toEqual(of(before, node))
      }
    }
    expect(Math.min(fit, broken)).toBeGreaterThan(50)
  })

  test('know their trucks too, which they change and exchange for cheaper ones, and forget what is taken back', () => {
    const seen = { retyped: 0, taken: 0, types: new Set<string>() }
    const limits = Float64Array.of(2, 1, 1)
    for (let seed = 1; seed <= 60; seed++) {
      const instance = priced(randomInstance(seed, 12), seed)
      const random = new Random(seed)
      // half of them without a matrix of roads, as large instances are
      const routes = new TimedRoutes(instance, 4, 12 * (seed % 2))
      const near = nearNodes(findNeighbours(instance, instance.orders))
      const tuning = { ...TUNING, blinkRate: 0.2 }
      const solo = soloCosts(instance, () => true)
      const inserter = new TimedInserter(routes, tuning, random, near, limits, solo, false)
      const ruiner = new TimedRuiner(routes, tuning, random, near, true)
      routes.begin()
      for (let node = 1; node <= instance.orders; node++) inserter.put(node)
      for (let turn = 0; turn < 8; turn++) {
        const before = stateOf(routes)
        ruiner.ruin(1 + random.below(instance.orders), 0)
        inserter.eager = 2 ** (random.unit() - 0.5)
        for (let k = 0; k < ruiner.count; k++) inserter.put(ruiner.removed[k], random.below(100))
        const [dearest, kinds] = [routes.cost, String(routes.usedOf)]
        retypeTouched(routes, limits)
        expect(routes.broken).toBe(false)
        expect(routes.cost).toBeLessThanOrEqual(dearest + 1e-9)
        if (String(routes.usedOf) !== kinds) seen.retyped++
        seen.types.add(kinds)
        // the same counted anew
        const fresh = new TimedRoutes(instance, 4)
        for (let route = 0; route < 4; route++)
          for (const node of routes.ridersOf(route)) {
            fresh.begin()
            fresh.put(node, fresh.prev[fresh.endOf(route)], route, routes.typeOf[route])
          }
        const [mine, theirs] = [stateOf(routes), stateOf(fresh)].map((state) => aboard(state, routes))
        expect(mine).toEqual(theirs)
        for (const [type, used] of routes.usedOf.entries()) expect(used).toBeLessThanOrEqual(limits[type])
        for (const [route, load] of routes.load.entries())
          expect(load).toBeLessThanOrEqual(instance.types[routes.typeOf[route]].capacity[0])
        if (random.below(2) === 0) continue
        routes.takeBack()
        expect(aboard(stateOf(routes), routes)).toEqual(aboard(before, routes))
        seen.taken++
      }
    }
    expect(seen.retyped).toBeGreaterThan(20)
    expect(seen.taken).toBeGreaterThan(100)
    expect(seen.types.size).toBeGreaterThan(5)
  })

  test('nothing of routes that were taken over before is left on those that are open again', () => {
    const routes = new TimedRoutes(randomInstance(1, 12), 3)
    routes.takeOver({ routes: [0, 2, 4].map((visit) => ({ type: 0, visits: [visit] })), absent: [], cost: 0 })
    const fresh = new TimedRoutes(randomInstance(1, 12), 3)
    for (const other of [routes, fresh]) other.takeOver({ routes: [{ type: 0, visits: [6] }], absent: [], cost: 0 })
    expect([...routes.load, ...routes.distance]).toEqual([...fresh.load, ...fresh.distance])
  })

  test('exchange tails, and take that back', () => {
    const random = new Random(5)
    for (let round = 0; round < 100; round++) {
      const routes = new TimedRoutes(randomInstance(round, 12), 2, 12 * (round % 2))
      const lists = [
        [0, 2, 4, 6, 8],
        [10, 12, 14],
      ]
      routes.takeOver({ routes: lists.map((visits) => ({ type: 0, visits })), absent: [], cost: 0 })
      const cuts = lists.map(({ length }) => random.below(length + 1))
      const [one, two] = cuts.map((cut, route) => (cut === 0 ? routes.endOf(route) : lists[route][cut - 1] / 2 + 1))
      const [[headA, tailA], [headB, tailB]] = lists.map((list, route) => [
        list.slice(0, cuts[route]),
        list.slice(cuts[route]),
      ])
      const [a, b] = [
        [...headA, ...tailB],
        [...headB, ...tailA],
      ]
      if (a.length === 0 || b.length === 0) continue
      const before = stateOf(routes)
      routes.begin()
      lists.forEach(([first], route) => {
        routes.cut(first / 2 + 1)
        routes.put(first / 2 + 1, routes.endOf(route), route)
      })
      routes.exchange(one, two)
      expect(visitsOf(routes)).toEqual([a, b])
      const cost = routes.cost
      routes.addUp()
      expect(cost).toBeCloseTo(routes.cost, 6)
      routes.takeBack()
      expect(stateOf(routes)).toEqual(before)
    }
  })

  test('those who give way are the easiest to place again, and the order gets the cheapest place then', () => {
    const ORDERS = 18
    const subsets = ([first, ...others]: readonly number[], most: number): number[][] =>
      first === undefined
        ? [[]]
        : [...subsets(others, most), ...(most > 0 ? subsets(others, most - 1).map((set) => [first, ...set]) : [])]
    const seen = { free: 0, ejected: 0, impossible: 0 }
    for (let seed = 1; seed <= 150; seed++) {
      const instance = randomInstance(seed, ORDERS, 31 + 80 * (seed % 3))
      const random = new Random(seed)
      const most = 1 + (seed % 2)
      const routes = new TimedRoutes(instance, 3, ORDERS * (seed & 2))
      const ejector = new TimedEjector(routes, random, nearNodes(findNeighbours(instance, ORDERS)), most)
      const costOf = (riders: readonly number[]): number => {
        let [clock, last, cost] = [0, -1, 0]
        for (const rider of riders) {
          cost += legOf(instance, last, rider)
          clock = leaving(instance, rider, clock + legOf(instance, last, rider))
          last = rider
        }
        const home = legOf(instance, last, -1)
        const holds = riders.reduce((load, rider) => load + instance.demand[rider], 0) <= CAPACITY
        return holds && clock + home <= instance.types[0].closesS ? cost + home : Number.POSITIVE_INFINITY
      }
      const places = (riders: readonly number[], order: number): number[] =>
        Array.from({ length: riders.length + 1 }, (_, k) => costOf(riders.toSpliced(k, 0, order)))
      const riders = (route: number) => routes.ridersOf(route).map((node) => node - 1)
      const tried = Int32Array.from({ length: ORDERS }, (_, order) => order)
      random.shuffle(tried, ORDERS)
      for (const order of tried)
        for (let route = 0; route < 3 && routes.routeOf[order + 1] < 0; route++) {
          const [cheapest] = places(riders(route), order)
            .map((cost, k) => ({ cost, k }))
            .sort((a, b) => a.cost - b.cost)
          if (cheapest.cost === Number.POSITIVE_INFINITY) continue
          routes.begin()
          routes.put(order + 1, [routes.endOf(route) - 1, ...riders(route)][cheapest.k] + 1, route)
        }
      const counters = Float64Array.from({ length: ORDERS }, () => 1 + random.below(5))
      const sumOf = (orders: readonly number[]) => orders.reduce((sum, order) => sum + counters[order], 0)
      for (let turn = 0; turn < 4; turn++) {
        const order = tried.find((order) => routes.routeOf[order + 1] < 0)
        if (order === undefined) break
        const before = [0, 1, 2].map(riders)
        const least = Math.min(
          ...before
            .filter(({ length }) => length > 0)
            .flatMap((on) =>
              subsets(on, most)
                .filter((gone) =>
                  Number.isFinite(
                    Math.min(
                      ...places(
                        on.filter((rider) => !gone.includes(rider)),
                        order,
                      ),
                    ),
                  ),
                )
                .map(sumOf),
            ),
        )
        const placed = ejector.place(order, counters)
        expect(placed).toBe(least < Number.POSITIVE_INFINITY)
        seen[placed ? (ejector.ejected.length > 0 ? 'ejected' : 'free') : 'impossible']++
        if (placed) {
          expect(sumOf(ejector.ejected)).toBe(least)
          const route = routes.routeOf[order + 1]
          const rest = before[route].filter((rider) => !ejector.ejected.includes(rider))
          expect(costOf(riders(route))).toBeCloseTo(Math.min(...places(rest, order)), 6)
          for (const gone of ejector.ejected) expect(routes.routeOf[gone + 1]).toBe(-1)
          const { cost } = routes
          routes.addUp()
          expect(cost).toBeCloseTo(routes.cost, 6)
          const state = stateOf(routes)
          routes.retime(route)
          expect(stateOf(routes)).toEqual(state)
        }
        if (placed && random.below(2) === 0) continue
        routes.takeBack()
        expect([0, 1, 2].map(riders)).toEqual(before)
        if (!placed) break
      }
    }
    expect(seen.ejected).toBeGreaterThan(300)
    expect(Math.min(seen.impossible, seen.free)).toBeGreaterThan(2)
  })
})
