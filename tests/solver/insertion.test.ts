import { expect, test } from 'vitest'
import { type Opened, openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import { Random } from '../../solver/random.ts'
import { RULES } from '../../solver/rules/index.ts'
import { scheduleRoute } from '../../solver/schedule.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import {
  contract,
  gridTravel,
  HOUR,
  makeProblem,
  randomProblem,
  type Shape,
  shipment,
  site,
  wildProblem,
} from './problems.ts'
import { randomVisits, searchRoute, someOrders } from './routes.ts'

/** What a route costs as a document, and whether every rule is kept. */
function judge(opened: Opened, type: number, visits: readonly number[]): { krw: number; sound: boolean } {
  const schedule = scheduleRoute(opened.instance, type, visits)
  const sound = RULES.every((rule) => rule.excess(schedule, opened.instance) === 0)
  return { krw: writeRoute(opened, schedule, '1').costKrw, sound }
}

interface Place {
  readonly i: number
  readonly j: number
  readonly krw: number
  /** the timetable keeps every rule */
  readonly sound: boolean
  /** and the truck may leave as early as it can, as the search does */
  readonly early: boolean
}

/** Every place for the order: its pickup after position i, its delivery after position j of the route as it is. */
function everyPlace(opened: Opened, type: number, visits: readonly number[], order: number): Place[] {
  const places: Place[] = []
  for (let i = 0; i <= visits.length; i++)
    for (let j = i; j <= visits.length; j++) {
      const with_ = [...visits.slice(0, i), 2 * order, ...visits.slice(i, j), 2 * order + 1, ...visits.slice(j)]
      const { krw, sound } = judge(opened, type, with_)
      places.push({ i, j, krw, sound, early: sound && searchRoute(opened.instance, type, with_).feasible })
    }
  return places
}

interface Seen {
  readonly opened: Opened
  readonly type: number
  readonly visits: readonly number[]
  readonly order: number
  readonly seed: number
  readonly before: number
  readonly places: readonly Place[]
  /** what `find` answers, and where */
  readonly delta: number
  readonly at: readonly [number, number]
}

/** Sound routes of random problems, an order that is not on them, and both answers. */
function* insertions(make: (shape: Shape) => ReturnType<typeof randomProblem>, seeds: number): Generator<Seen> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { problem, travel } = make({ seed, shipments: 6, span: [15, 60, 150][seed % 3] })
    const opened = openProblem(problem, travel)
    const { instance } = opened
    const random = new Random(seed)
    const inserter = new Inserter(instance, new Random(1))
    for (let k = 0; k < 12; k++) {
      const type = random.below(instance.types.length)
      const orders = someOrders(random, instance, 4)
      const order = random.below(instance.orders)
      const visits = randomVisits(
        random,
        orders.filter((other) => other !== order),
      )
      if (visits.length === 0) continue
      const now = judge(opened, type, visits)
      const { route, feasible } = searchRoute(instance, type, visits)
      if (!now.sound || !feasible) continue
      const allowed = instance.allowed[type * instance.orders + order] === 1
      const places = allowed ? everyPlace(opened, type, visits, order) : []
      const delta = inserter.find(route, order, Number.POSITIVE_INFINITY)
      const at = [inserter.pickupAfter, inserter.deliveryAfter] as const
      yield { opened, type, visits, order, seed, before: now.krw, places, delta, at }
    }
  }
}

const isTimed = ({ opened, type }: Seen): boolean => {
  const truck = opened.instance.types[type]
  return truck.perHour > 0 || truck.overtimePerHour > 0
}
const leastOf = (krw: readonly number[]): number =>
  krw.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY)

test('finds the cheapest of all places, to the won, where no hours are paid', () => {
  let found = 0
  let refused = 0
  for (const seen of insertions(randomProblem, 260)) {
    const { places, before, delta, at, seed, visits, order } = seen
    const where = `seed ${seed}, visits ${visits}, order ${order}`
    const best = leastOf(places.filter(({ early }) => early).map(({ krw }) => krw)) - before
    expect(delta, where).toBe(best)
    if (delta === Number.POSITIVE_INFINITY) refused++
    else {
      found++
      const place = places.find(({ i, j }) => i === at[0] && j === at[1])!
      expect(place.krw - before, where).toBe(delta)
    }
  }
  expect(found).toBeGreaterThan(60)
  expect(refused).toBeGreaterThan(60)
})

test('what it accepts keeps every rule; what it refuses would keep them only with a later departure', () => {
  let later = 0
  for (const { opened, places, delta, at, seed } of insertions(randomProblem, 260)) {
    const place = places.find(({ i, j }) => i === at[0] && j === at[1])
    if (delta !== Number.POSITIVE_INFINITY) expect(place?.sound, `seed ${seed}`).toBe(true)
    // the search has every truck leave as early as it can; only a limit on the day can make that too long
    const onlyLater = places.filter(({ sound, early }) => sound && !early).length
    if (onlyLater > 0) expect(opened.instance.maxWorkS).toBeLessThan(Number.POSITIVE_INFINITY)
    later += onlyLater
  }
  expect(later).toBeGreaterThan(0)
})

test('finds a place of the true least cost on the edge of the schema, or none where there is none', () => {
  let found = 0
  for (const seen of insertions(wildProblem, 400)) {
    // windows inside windows: see the test below
    if (
      seen.opened.problem.sites.some(({ windows }) => nested(windows)) ||
      seen.opened.problem.shipments.some(hasNested)
    )
      continue
    const { places, before, delta, seed, visits, order } = seen
    const early = places.filter((place) => place.early)
    const where = `seed ${seed}, visits ${visits}, order ${order}`
    expect(delta === Number.POSITIVE_INFINITY, where).toBe(early.length === 0)
    if (early.length === 0) continue
    found++
    if (!isTimed(seen)) expect(delta, where).toBe(leastOf(early.map(({ krw }) => krw)) - before)
  }
  expect(found).toBeGreaterThan(60)
})

type Windows = readonly (readonly [number, number])[]
const nested = (windows: Windows | undefined): boolean =>
  (windows ?? []).some(([open, close], k) =>
    (windows ?? []).some(([o, c], other) => other !== k && o >= open && c <= close),
  )
const hasNested = (entry: { pickupWindows?: Windows; deliveryWindows?: Windows }): boolean =>
  nested(entry.pickupWindows) || nested(entry.deliveryWindows)

test('passes the cheaper limit on: an offer that is not below it is none', () => {
  for (const { opened, type, visits, order, delta } of insertions(randomProblem, 60)) {
    if (delta === Number.POSITIVE_INFINITY) continue
    const inserter = new Inserter(opened.instance, new Random(1))
    const { route } = searchRoute(opened.instance, type, visits)
    expect(inserter.find(route, order, delta)).toBe(Number.POSITIVE_INFINITY)
    expect(inserter.find(route, order, delta + 1)).toBe(delta)
  }
})

test('an opening time inside another closes nothing', () => {
  // both are open from 08:00 to 18:00, and said to be open from 08:00 to 08:05 as well: the second shipment can ride with the first
  const windows: [number, number][] = [
    [8 * HOUR, 18 * HOUR],
    [8 * HOUR, 8 * HOUR + 300],
  ]
  const problem = makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0, { windows }), site('b', 20, 0, { windows })],
    vehicles: [contract()],
    shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b')),
  })
  const { instance } = openProblem(problem, gridTravel(problem.sites))
  const { route, feasible } = searchRoute(instance, 0, [0, 1])
  expect(feasible).toBe(true)
  // same places, no further kilometre
  expect(new Inserter(instance, new Random(1)).find(route, 1, Number.POSITIVE_INFINITY)).toBe(0)
})

test('three loads of 0.1 kg fit where 0.3 kg fit', () => {
  const problem = makeProblem({
    vehicles: [contract({ capacityKg: 0.3 })],
    shipments: ['s1', 's2', 's3'].map((id) => shipment(id, 'a', 'b', { weightKg: 0.1 })),
  })
  const { instance } = openProblem(problem, gridTravel(problem.sites))
  const { route } = searchRoute(instance, 0, [0, 2, 1, 3])
  expect(new Inserter(instance, new Random(1)).find(route, 2, Number.POSITIVE_INFINITY)).toBe(0)
})
