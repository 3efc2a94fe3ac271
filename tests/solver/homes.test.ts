import { expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import type { Instance } from '../../solver/instance.ts'
import { Random } from '../../solver/random.ts'
import { type Home, Homes } from '../../solver/search/homes.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { findNeighbours } from '../../solver/search/neighbours.ts'
import { Recreator } from '../../solver/search/recreate.ts'
import { Ruiner } from '../../solver/search/ruin.ts'
import { soloCosts } from '../../solver/search/search.ts'
import { Solution } from '../../solver/search/solution.ts'
import { TUNING } from '../../solver/search/tuning.ts'
import { gridTravel, hired, makeProblem, shipment, site } from './problems.ts'

type Routes = readonly { readonly type: number; readonly visits: readonly number[] }[]

/**
 * Light goods on short roads all day: any truck could take any of them, and one of its own costs no more. Dealt out in turn, so that no
 * order is where it is cheapest.
 */
function dealtOut() {
  const sites = Array.from({ length: 12 }, (_, k) => site(`p${k}`, (7 * k) % 12, (5 * k) % 12))
  const shipments = Array.from({ length: 40 }, (_, k) =>
    shipment(`s${k}`, `p${k % 12}`, `p${(5 * k + 1) % 12}`, { weightKg: 10, modes: ['route'] }),
  )
  const problem = makeProblem({
    sites: [site('hub', 0, 0), ...sites],
    shipments,
    vehicles: [hired({ count: 9 })],
    tariffs: makeProblem().tariffs.map((tariff) =>
      tariff.kind === 'hired' ? { ...tariff, baseKrw: 0, minimumKrw: 0, stopFeeKrw: 0 } : tariff,
    ),
  })
  const { instance } = openProblem(problem, gridTravel(problem.sites))
  const routes = Array.from({ length: 5 }, (_, dealt) => ({
    type: 0,
    visits: shipments.flatMap((_, order) => (order % 5 === dealt ? [2 * order, 2 * order + 1] : [])),
  }))
  return { instance, routes }
}

/** What becomes of one solution after another in which strings were taken out and put back. */
function* rebuilt(instance: Instance, routes: Routes, homes: Homes) {
  const random = new Random(1)
  const solo = soloCosts(instance, (type, order) => instance.allowed[type * instance.orders + order] === 1)
  const neighbours = findNeighbours(instance, 60)
  const recreator = new Recreator(
    instance,
    TUNING,
    new Inserter(instance, random),
    random,
    solo,
    neighbours,
    true,
    homes,
  )
  const ruiner = new Ruiner(instance, TUNING, neighbours, random, recreator.routable, homes.fixed)
  const limits = instance.types.map(({ count }) => count)
  for (let turn = 0; turn < 300; turn++) {
    const solution = new Solution(instance)
    for (const { type, visits } of routes) solution.open(type, visits)
    const before = solution.absentCount
    const seed = ruiner.ruin(solution)
    const ruined = Array.from({ length: instance.orders }, (_, order) => solution.routeOf[2 * order] < 0)
    recreator.recreate(solution, 3, limits, { seed, before })
    yield { solution, ruined }
  }
}

const homesOf = (routes: Routes, inSequence: boolean): Home[] =>
  routes.map(({ type, visits }) => ({
    type,
    orders: [...new Set(visits.map((visit) => visit >> 1))],
    fixed: inSequence ? [...new Set(visits.map((visit) => visit >> 1))] : [],
    sequences: inSequence ? [visits] : [],
    head: [],
  }))

test('orders go back to the route they belong to, in a new order', () => {
  const { instance, routes } = dealtOut()
  const homes = new Homes(homesOf(routes, false), instance.orders)
  let kept = 0
  let moved = 0
  for (const { solution } of rebuilt(instance, routes, homes)) {
    if (homes.keeps(solution)) kept++
    const now = solution.assignment().routes.map(({ visits }) => visits.join())
    if (routes.some(({ visits }) => !now.includes(visits.join()))) moved++
  }
  // but for a few that came too late to fit
  expect(kept).toBeGreaterThan(280)
  expect(moved).toBeGreaterThan(200)
})

test('orders of a sequence are never taken out; others go between', () => {
  const { instance, routes } = dealtOut()
  const [{ visits }] = routes
  const homes = new Homes(homesOf(routes.slice(0, 1), true), instance.orders)
  let joined = 0
  for (const { solution, ruined } of rebuilt(instance, routes, homes)) {
    for (const visit of visits) expect(ruined[visit >> 1]).toBe(false)
    expect(homes.keeps(solution)).toBe(true)
    if (solution.routes[solution.routeOf[visits[0]]].length > visits.length) joined++
  }
  expect(joined).toBeGreaterThan(50)
})
