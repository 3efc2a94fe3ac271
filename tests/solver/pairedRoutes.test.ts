import { describe, expect, test } from 'vitest'
import { arcsFromCells, scaleArcs } from '../../solver/arcs.ts'
import { type Instance, traitsOf } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { RULES } from '../../solver/rules/index.ts'
import { STATIC_RULES } from '../../solver/rules/static.ts'
import { scheduleRoute } from '../../solver/schedule.ts'
import { retypeTouched } from '../../solver/search/inPlaceTypes.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { nearNodes } from '../../solver/search/nearNodes.ts'
import { findNearVisits, findNeighbours } from '../../solver/search/neighbours.ts'
import { PairedEjector } from '../../solver/search/pairedEjection.ts'
import { PairedInserter } from '../../solver/search/pairedInsertion.ts'
import { PairedRoutes } from '../../solver/search/pairedRoutes.ts'
import { PairedRuiner } from '../../solver/search/pairedRuin.ts'
import { type SearchOptions, search, soloCosts } from '../../solver/search/search.ts'
import type { Assignment } from '../../solver/search/solution.ts'
import { TUNING } from '../../solver/search/tuning.ts'
import { onlyWindows } from '../../solver/search/windowsOnly.ts'
import { asGeneral, priced, randomInstance } from './literature.ts'
import { searchRoute } from './routes.ts'

/** The literature has nothing of what a truck may never carry. */
const MOVING_RULES = RULES.filter(({ name }) => STATIC_RULES.every((rule) => rule.name !== name))
const ORDERS = 10
const ROUTES = 3
const MOST = 2

/** The same with roads that take another time back: places with a larger number lie higher, and uphill takes longer. */
function oneWay(instance: Instance): Instance {
  const [type] = instance.types
  const { size, cells } = type.arcCost
  const arcs = arcsFromCells(
    size,
    cells.map((cell, at) => cell + Math.max(0, (at % size) - Math.floor(at / size)) / 2),
  )
  return { ...instance, types: [{ ...type, arcCost: arcs, durationS: arcs, distanceM: arcs }] }
}

const instanceOf = (seed: number) => {
  const instance = randomInstance('lilim', seed)
  return seed % 2 === 0 ? oneWay(instance) : instance
}

const soloOf = (instance: Instance) => soloCosts(instance, () => true)

/** Routes with some orders on them, each where it adds least, and what works on them. */
function someRoutes(instance: Instance, random: Random, blinkRate = 0, limits = Float64Array.of(2)) {
  // half of them without a matrix of roads, as large instances are
  const routes = new PairedRoutes(instance, ROUTES, random.below(2) * ORDERS)
  const near = nearNodes(findNeighbours(instance, instance.orders))
  const tuning = { ...TUNING, blinkRate }
  const inserter = new PairedInserter(routes, tuning, random, near, limits, soloOf(instance), limits.length === 1)
  const ruiner = new PairedRuiner(
    routes,
    tuning,
    random,
    nearNodes(findNearVisits(instance, 2 * instance.orders)),
    limits.length > 1,
  )
  const ejector = new PairedEjector(routes, inserter, random, near, MOST)
  routes.begin()
  const order = Int32Array.from({ length: instance.orders }, (_, k) => k + 1)
  random.shuffle(order, order.length)
  for (const node of order) inserter.put(node)
  return { routes, inserter, ruiner, ejector }
}

const visitsOf = ({ list }: PairedRoutes): number[][] =>
  list.map(({ nodes, length }) => Array.from(nodes.subarray(1, length + 1), (node) => node - 1))

const ridersOf = (visits: readonly number[]) => visits.filter((visit) => visit % 2 === 0).map((visit) => visit >> 1)

/** What routes are told by, whichever way they came to be; times rounded, since sums in another order differ in the last digits. */
const stateOf = ({ cost, used, usedOf, list, routeOf }: PairedRoutes) => {
  const rounded = (figures: Float64Array, from: number, to: number) =>
    Array.from(figures.subarray(from, to), (figure) => Math.round(figure * 1e6))
  return {
    // no -0
    cost: Math.round(cost * 1e6) + 0,
    used,
    usedOf: [...usedOf],
    routeOf: [...routeOf],
    list: list.map(({ type, nodes, leg, leave, latest, load, peak, length }) => ({
      type: length > 0 ? type : 0,
      peak,
      nodes: [...nodes.subarray(0, length + 2)],
      leg: rounded(leg, 0, length + 1),
      leave: rounded(leave, 0, length + 1),
      latest: rounded(latest, 1, length + 2),
      load: rounded(load, 0, length + 1),
    })),
  }
}

/** The same routes counted anew. */
function afresh(instance: Instance, routes: PairedRoutes) {
  const fresh = new PairedRoutes(instance, ROUTES)
  const lists = visitsOf(routes)
  // an empty route among the others stays where it is
  for (const [route, visits] of lists.entries()) {
    fresh.begin()
    const gone = new Uint8Array(instance.orders)
    for (const order of ridersOf(visits)) {
      const mine = ridersOf(visits)
      const soFar = visits.filter((visit) => mine.indexOf(visit >> 1) <= mine.indexOf(order))
      const others = soFar.filter((visit) => visit >> 1 !== order)
      const before = (visit: number) => soFar.slice(0, soFar.indexOf(visit)).filter((v) => others.includes(v)).length
      fresh.put(order, route, before(2 * order), before(2 * order + 1), routes.list[route].type)
    }
    fresh.strip(route, gone)
  }
  fresh.addUp()
  return fresh
}

describe('routes of pairs changed in place', () => {
  test('know after a ruin and a recreate what they know when all is counted anew, and forget it when it is taken back', () => {
    let [changed, taken] = [0, 0]
    for (let seed = 1; seed <= 60; seed++) {
      const instance = instanceOf(seed)
      const random = new Random(seed)
      const { routes, inserter, ruiner } = someRoutes(instance, random, 0.2)
      for (let turn = 0; turn < 6; turn++) {
        const before = stateOf(routes)
        const absent = routes.routeOf.subarray(1).filter((route) => route < 0).length
        ruiner.ruin(1 + random.below(instance.orders), absent)
        for (let k = 0; k < ruiner.count; k++) inserter.put(ruiner.removed[k])
        expect(routes.broken).toBe(false)
        expect(stateOf(routes)).toEqual(stateOf(afresh(instance, routes)))
        for (const [type, visits] of visitsOf(routes).entries())
          if (visits.length > 0) expect(searchRoute(asGeneral(instance), 0 * type, visits).feasible).toBe(true)
        if (JSON.stringify(stateOf(routes)) !== JSON.stringify(before)) changed++
        if (random.below(2) === 0) continue
        routes.takeBack()
        expect(stateOf(routes)).toEqual(before)
        taken++
      }
    }
    expect(changed).toBeGreaterThan(100)
    expect(taken).toBeGreaterThan(100)
  })

  test('know the same of their trucks, which they change and exchange for cheaper ones', () => {
    const seen = { retyped: 0, taken: 0, types: new Set<string>() }
    for (let seed = 1; seed <= 60; seed++) {
      const instance = priced(instanceOf(seed), seed)
      const random = new Random(seed)
      const limits = Float64Array.of(1, 1, 1)
      const { routes, inserter, ruiner } = someRoutes(instance, random, 0.2, limits)
      for (let turn = 0; turn < 6; turn++) {
        const before = stateOf(routes)
        const absent = routes.routeOf.subarray(1).filter((route) => route < 0).length
        ruiner.ruin(1 + random.below(instance.orders), absent)
        inserter.eager = 2 ** (random.unit() - 0.5)
        for (let k = 0; k < ruiner.count; k++) inserter.put(ruiner.removed[k], random.below(100))
        const dearest = routes.cost
        const kinds = String(routes.usedOf)
        retypeTouched(routes, limits)
        expect(routes.cost).toBeLessThanOrEqual(dearest + 1e-9)
        if (String(routes.usedOf) !== kinds) seen.retyped++
        seen.types.add(kinds)
        expect(routes.broken).toBe(false)
        expect(stateOf(routes)).toEqual(stateOf(afresh(instance, routes)))
        for (const [route, { type, length }] of routes.list.entries()) {
          if (length === 0) continue
          expect(routes.usedOf[type]).toBeLessThanOrEqual(limits[type])
          const { route: other, feasible } = searchRoute(asGeneral(instance), type, visitsOf(routes)[route])
          expect(feasible && other.peak[0] <= instance.types[type].capacity[0]).toBe(true)
          expect(routes.costAs(route, type)).toBeCloseTo(other.cost, 6)
        }
        if (random.below(2) === 0) continue
        routes.takeBack()
        expect(stateOf(routes)).toEqual(before)
        seen.taken++
      }
    }
    expect(seen.retyped).toBeGreaterThan(20)
    expect(seen.taken).toBeGreaterThan(100)
    expect(seen.types.size).toBeGreaterThan(5)
  })

  test('the best place is the one the general kernel finds, whatever was asked of the route before', () => {
    const seen = { place: 0, none: 0, dear: 0 }
    for (let seed = 1; seed <= 60; seed++) {
      const instance = instanceOf(seed)
      const general = asGeneral(instance)
      const random = new Random(seed)
      const { routes, inserter, ruiner } = someRoutes(instance, random)
      const other = new Inserter(general, new Random(1))
      for (let turn = 0; turn < 6; turn++) {
        ruiner.ruin(1 + random.below(instance.orders), 0)
        for (let round = 0; round < 4; round++) {
          for (let order = 0; order < ORDERS; order++) {
            if (routes.routeOf[order + 1] >= 0) continue
            for (const [route, visits] of visitsOf(routes).entries()) {
              if (visits.length === 0) continue
              const limit = random.below(2) === 0 ? Number.POSITIVE_INFINITY : random.below(60)
              const cost = inserter.find(order, route, 0, limit)
              const expected = other.find(searchRoute(general, 0, visits).route, order, limit)
              if (expected === Number.POSITIVE_INFINITY) expect(cost).toBe(expected)
              else expect(cost).toBeCloseTo(expected, 6)
              seen[Number.isFinite(cost) ? 'place' : limit === Number.POSITIVE_INFINITY ? 'none' : 'dear']++
              // and the place is one that costs so much
              if (!Number.isFinite(cost) || random.below(8) > 0) continue
              const was = routes.cost
              routes.put(order, route, inserter.pickupAfter, inserter.deliveryAfter)
              expect(routes.broken).toBe(false)
              expect(routes.cost - was).toBeCloseTo(cost, 6)
              break
            }
          }
        }
        if (random.below(2) === 0) routes.takeBack()
      }
    }
    expect(Math.min(seen.place, seen.none, seen.dear)).toBeGreaterThan(500)
  })

  test('those who give way are the easiest to place again', () => {
    const subsets = ([first, ...others]: readonly number[], most: number): number[][] =>
      first === undefined
        ? [[]]
        : [...subsets(others, most), ...(most > 0 ? subsets(others, most - 1).map((set) => [first, ...set]) : [])]
    const seen = { free: 0, ejected: 0, impossible: 0 }
    for (let seed = 1; seed <= 60; seed++) {
      const instance = instanceOf(seed)
      const general = asGeneral(instance)
      const random = new Random(seed)
      const { routes, ejector } = someRoutes(instance, random)
      const other = new Inserter(general, new Random(1))
      const counters = Float64Array.from({ length: ORDERS }, () => 1 + random.below(5))
      const sumOf = (orders: readonly number[]) => orders.reduce((sum, order) => sum + counters[order], 0)
      const fits = (visits: readonly number[], leaving: readonly number[], order: number) => {
        const rest = visits.filter((visit) => !leaving.includes(visit >> 1))
        return Number.isFinite(other.find(searchRoute(general, 0, rest).route, order, Number.POSITIVE_INFINITY))
      }
      for (let turn = 0; turn < 4; turn++) {
        const order = routes.routeOf.indexOf(-1, 1) - 1
        if (order < 0) break
        const before = stateOf(routes)
        const least = Math.min(
          ...visitsOf(routes)
            .filter(({ length }) => length > 0)
            .flatMap((visits) =>
              subsets(ridersOf(visits), MOST)
                .filter((leaving) => fits(visits, leaving, order))
                .map(sumOf),
            ),
        )
        const placed = ejector.place(order, counters)
        expect(placed).toBe(least < Number.POSITIVE_INFINITY)
        if (placed) {
          expect(sumOf(ejector.ejected)).toBe(least)
          expect(routes.routeOf[order + 1]).toBeGreaterThanOrEqual(0)
          for (const gone of ejector.ejected) expect(routes.routeOf[gone + 1]).toBe(-1)
          expect(stateOf(routes)).toEqual(stateOf(afresh(instance, routes)))
        }
        seen[placed ? (ejector.ejected.length > 0 ? 'ejected' : 'free') : 'impossible']++
        if (placed && random.below(2) === 0) continue
        routes.takeBack()
        expect(stateOf(routes)).toEqual(before)
        if (!placed) break
      }
    }
    expect(seen.ejected).toBeGreaterThan(20)
    expect(seen.free + seen.impossible).toBeGreaterThan(0)
  })
})

/** Everything a search finds, each judged from the instance alone, by the rules and not by the search. */
function solve(instance: Instance, options: SearchOptions): Assignment[] {
  const found: Assignment[] = []
  for (const { better } of search(instance, options)) if (better) found.push(better)
  for (const { routes, absent, cost } of found) {
    const served = [...routes.flatMap(({ visits }) => visits), ...absent.flatMap((order) => [2 * order, 2 * order + 1])]
    expect(served.sort((a, b) => a - b)).toEqual(Array.from({ length: 2 * instance.orders }, (_, visit) => visit))
    let sum = 0
    for (const { type, visits } of routes) {
      for (const [k, visit] of visits.entries()) if (visit % 2 === 1) expect(visits.indexOf(visit - 1)).toBeLessThan(k)
      const schedule = scheduleRoute(instance, type, visits)
      for (const rule of MOVING_RULES) expect(rule.excess(schedule, instance)).toBe(0)
      sum += searchRoute(asGeneral(instance), type, visits).route.cost
    }
    for (const [type, { count }] of instance.types.entries())
      expect(routes.filter((route) => route.type === type).length).toBeLessThanOrEqual(count)
    for (const order of absent) sum += Number.isFinite(instance.directCost[order]) ? instance.directCost[order] : 0
    expect(cost).toBeCloseTo(sum, 6)
  }
  return found
}

/**
 * Least `perRoute` * routes + cost: the cheapest tour of each set of orders that is in time, then the cheapest way to part all among the
 * trucks there are and those who go direct.
 */
function optimum(instance: Instance, perRoute: number): number {
  const { orders, types, placeOf, opensS, closesS, serviceS, demand, directCost } = instance
  const [{ durationS, closesS: homeByS }] = types
  const sets = 1 << orders
  const legOf = (from: number, to: number) => durationS.cells[from * durationS.size + to]
  const routesOf = (type: number): Float64Array => {
    const { capacity, baseCost, arcCost } = types[type]
    const costOf = (from: number, to: number) => arcCost.cells[from * arcCost.size + to]
    const route = new Float64Array(sets).fill(Number.POSITIVE_INFINITY)
    const extend = (set: number, aboard: number, at: number, cost: number, clock: number, load: number): void => {
      const home = cost + costOf(at, 0) + baseCost + perRoute
      if (aboard === 0 && set > 0 && clock + legOf(at, 0) <= homeByS) route[set] = Math.min(route[set], home)
      for (let visit = 0; visit < 2 * orders; visit++) {
        const bit = 1 << (visit >> 1)
        const isPickup = visit % 2 === 0
        if (isPickup ? (set & bit) !== 0 : (aboard & bit) === 0) continue
        const amount = load + (isPickup ? 1 : -1) * demand[visit >> 1]
        const arrival = clock + legOf(at, placeOf[visit])
        if (amount > capacity[0] || arrival > closesS[visit]) continue
        const left = Math.max(arrival, opensS[visit]) + serviceS[visit]
        extend(set | bit, aboard ^ bit, placeOf[visit], cost + costOf(at, placeOf[visit]), left, amount)
      }
    }
    extend(0, 0, 0, 0, 0, 0)
    return route
  }
  let least = new Float64Array(sets)
  for (let set = 1; set < sets; set++) {
    const first = 31 - Math.clz32(set)
    least[set] = least[set ^ (1 << first)] + directCost[first]
  }
  for (const [type, { count }] of types.entries()) {
    const route = routesOf(type)
    for (let truck = 0; truck < Math.min(count, orders); truck++) {
      const without = least
      least = without.slice()
      for (let set = 1; set < sets; set++)
        for (let part = set; part > 0; part = (part - 1) & set)
          least[set] = Math.min(least[set], route[part] + without[set ^ part])
    }
  }
  return least[sets - 1]
}

describe('where only pairs, loads and windows count', () => {
  const small = (seed: number): Instance => {
    const whole = instanceOf(seed)
    const orders = 6
    const cut = {
      ...whole,
      orders,
      paired: whole.paired.slice(0, orders),
      demand: whole.demand.slice(0, orders),
      alone: whole.alone.slice(0, orders),
      directCost: whole.directCost.slice(0, orders),
      allowed: whole.allowed.slice(0, orders),
      carryCost: whole.carryCost.slice(0, orders),
      placeOf: whole.placeOf.slice(0, 2 * orders),
      serviceS: whole.serviceS.slice(0, 2 * orders),
      opensS: whole.opensS.slice(0, 2 * orders),
      closesS: whole.closesS.slice(0, 2 * orders),
      windowFrom: whole.windowFrom.slice(0, 2 * orders + 1),
    }
    return { ...cut, traits: traitsOf(cut) }
  }

  test.each([1, 2, 3, 4, 5, 6])('finds the optimum of small instance %d, by routes and by distance', (seed) => {
    const instance = small(seed)
    expect(onlyWindows(instance, false)).toBe(true)
    for (const [fewestRoutes, perRoute] of [
      [true, 1e4],
      [false, 0],
    ] as const) {
      const best = optimum(instance, perRoute)
      const { routes, absent, cost } = solve(instance, { seed, iterations: 20_000, fewestRoutes }).at(-1)!
      // an order that no truck can serve alone is served by none
      if (best === Number.POSITIVE_INFINITY) expect(absent.length).toBeGreaterThan(0)
      else expect(routes.length * perRoute + cost).toBeCloseTo(best, 6)
    }
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'finds the optimum of small instance %d with few trucks of several kinds and direct prices',
    (seed) => {
      const instance = priced(small(seed), seed)
      expect(onlyWindows(instance, false)).toBe(true)
      const best = optimum(instance, 0)
      const { absent, cost } = solve(instance, { seed, iterations: 20_000 }).at(-1)!
      if (best < Number.POSITIVE_INFINITY) expect(cost).toBeCloseTo(best, 6)
      else expect(absent.some((order) => instance.directCost[order] === Number.POSITIVE_INFINITY)).toBe(true)
    },
  )

  test('with several kinds of trucks it is as good as the general search, and the same again from the same seed', () => {
    for (const seed of [1, 2, 3, 4]) {
      const instance = priced(instanceOf(seed), seed)
      const options = { seed, iterations: 4000 }
      const found = solve(instance, options)
      expect(solve(instance, options)).toEqual(found)
      const general = solve(asGeneral(instance), options).at(-1)!
      const worth = ({ absent, cost }: Assignment) =>
        cost + 1e6 * absent.filter((order) => instance.directCost[order] === Number.POSITIVE_INFINITY).length
      expect(worth(found.at(-1)!)).toBeLessThanOrEqual(worth(general) + 1e-6)
    }
  })

  test('fewest routes first, or a truck that costs otherwise than by its way, is for the general search', () => {
    const instance = priced(instanceOf(1), 1)
    expect(onlyWindows(instance, true)).toBe(false)
    const [first, ...others] = instance.types
    const arcCost = arcsFromCells(
      first.arcCost.size,
      first.arcCost.cells.map((cell, at) => cell + (at === 1 ? 1 : 0)),
    )
    expect(onlyWindows({ ...instance, types: [{ ...first, arcCost }, ...others] }, false)).toBe(false)
    // nor one kind of truck alone, nor one whose way costs nothing
    const free = scaleArcs(first.arcCost, 0)
    const alone = instanceOf(1)
    expect(onlyWindows(alone, true)).toBe(true)
    for (const odd of [arcCost, free])
      for (const fewestRoutes of [true, false])
        expect(onlyWindows({ ...alone, types: [{ ...alone.types[0], arcCost: odd }] }, fewestRoutes)).toBe(false)
  })

  test('finds solutions that keep every rule and cost what they say, the same again from the same seed', () => {
    for (const seed of [1, 2, 3, 4]) {
      const instance = instanceOf(seed)
      const options = { seed, iterations: 2000, fewestRoutes: true }
      const found = solve(instance, options)
      expect(solve(instance, options)).toEqual(found)
      // as few routes and as short as the general search
      const general = solve(asGeneral(instance), options).at(-1)!
      const worth = ({ routes, absent, cost }: Assignment) => 1e9 * absent.length + 1e5 * routes.length + cost
      expect(worth(found.at(-1)!)).toBeLessThanOrEqual(worth(general) + 1e-6)
    }
  })

  test('an order that no truck can serve in time stays out, and the others are searched all the same', () => {
    const whole = randomInstance('lilim', 4)
    const instance = { ...whole, closesS: whole.closesS.map((closes, visit) => (visit === 1 ? 0 : closes)) }
    const found = solve(instance, { seed: 1, iterations: 2000 })
    expect(found.at(-1)!.absent).toContain(0)
    expect(found.at(-1)!.cost).toBeLessThan(found[0].cost)
  })

  test('with too few trucks as many orders as possible ride', () => {
    let better = 0
    for (const seed of [1, 2, 3, 4]) {
      const free = randomInstance('lilim', seed)
      const few = { ...free, types: [{ ...free.types[0], count: 1 }] }
      const [first, last] = [1, 3000].map((iterations) => solve(few, { seed: 1, iterations }).at(-1)!.absent.length)
      expect(last).toBeLessThanOrEqual(first)
      expect(last).toBeGreaterThan(0)
      if (last < first) better++
    }
    expect(better).toBeGreaterThan(1)
  })
})
