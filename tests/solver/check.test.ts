import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { checkPlan, findIssues, type Plan, PlanSchema, type Problem } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, site } from './problems.ts'
import { planOf } from './routes.ts'

const MINUTE = 60

/**
 * Two shipments share the contract truck from hub by a and b to c, 150 min away, and back; a third goes by hired truck, a fourth by
 * terminal freight, a fifth is too heavy for anything.
 */
const problem: Problem = makeProblem({
  sites: [
    site('hub', 0, 0),
    site('a', 10, 0, { stopS: 300, windows: [[8 * HOUR, 12 * HOUR]] }),
    site('b', 20, 0, { stopS: 300 }),
    site('c', 150, 0, { stopS: 300 }),
  ],
  vehicles: [
    contract({ maxStops: 5 }),
    hired({ count: 0 }),
    hired({ id: 'big', truck: '2.5t', capacityKg: 2500, count: 0 }),
  ],
  tariffs: makeProblem().tariffs.map((tariff) =>
    tariff.kind === 'contract'
      ? { ...tariff, tollIncluded: false }
      : tariff.kind === 'hired'
        ? { ...tariff, baseKrw: 60_000, minimumKrw: 70_000 }
        : tariff,
  ),
  shipments: [
    shipment('s1', 'a', 'c', { weightKg: 1000, loadS: 600, unloadS: 600 }),
    shipment('s2', 'b', 'c', { weightKg: 800, volumeL: 500, loadS: 600, unloadS: 600 }),
    shipment('s3', 'b', 'a', { weightKg: 900, modes: ['hired'] }),
    shipment('s4', 'b', 'a', { weightKg: 100, modes: ['terminal'] }),
    shipment('s5', 'b', 'a', { weightKg: 9000 }),
  ],
})
const travel = gridTravel(problem.sites)
const plan = planOf(problem, travel)
/** what plans look like without `readonly`, so that tests can spoil them */
type Draft = Plan

const clone = (): Draft => structuredClone(plan)
const foundIn = (draft: Plan, of: Problem = problem): string[] => checkPlan(of, travel, draft).map(({ rule }) => rule)

test('the plan to be spoiled has a shared round with a rest, a hired truck, freight and a shipment that is left', () => {
  expect(foundIn(plan)).toEqual([])
  expect(plan.routes.map(({ stops }) => stops.map((stop) => stop.site))).toEqual([['a', 'b', 'c']])
  expect(plan.routes[0].rests.length).toBeGreaterThan(0)
  expect(plan.direct.map(({ shipment: id, mode }) => [id, mode])).toEqual([
    ['s3', 'hired'],
    ['s4', 'terminal'],
  ])
  expect(plan.unserved.map(({ shipment: id }) => id)).toEqual(['s5'])
  // 100,000 + 300 × 300 km + 10 × 300 km of toll
  expect(plan.routes[0].costKrw).toBe(193_000)
})

const TAMPERINGS: readonly (readonly [string, (draft: Draft) => void])[] = [
  [
    'a visit starts a minute before the truck is there',
    ({ routes: [{ stops }] }) => (stops[1].visits[0].startS -= MINUTE),
  ],
  ['loading takes a minute less than it takes', ({ routes: [{ stops }] }) => (stops[0].visits[0].endS -= MINUTE)],
  ['a stop is reached a minute sooner than the road allows', ({ routes: [{ stops }] }) => (stops[1].arriveS -= MINUTE)],
  ['a stop says that it starts before its first visit', ({ routes: [{ stops }] }) => (stops[0].startS -= 1)],
  ['a stop says that it leaves before its last visit ends', ({ routes: [{ stops }] }) => (stops[0].leaveS -= 1)],
  ['the route leaves a minute later', ({ routes: [route] }) => (route.departS += MINUTE)],
  ['the route is back a minute sooner', ({ routes: [route] }) => (route.returnS -= MINUTE)],
  [
    'everything happens twelve hours later',
    ({ routes: [route] }) => {
      for (const stop of route.stops) {
        for (const key of ['arriveS', 'startS', 'leaveS'] as const) stop[key] += 12 * HOUR
        for (const visit of stop.visits) {
          visit.startS += 12 * HOUR
          visit.endS += 12 * HOUR
        }
      }
      for (const rest of route.rests) {
        rest.startS += 12 * HOUR
        rest.endS += 12 * HOUR
      }
      route.departS += 12 * HOUR
      route.returnS += 12 * HOUR
    },
  ],
  ['stops change places', ({ routes: [{ stops }] }) => stops.reverse()],
  ['visits change places', ({ routes: [{ stops }] }) => stops[2].visits.reverse()],
  [
    'a pickup is called a delivery',
    ({ routes: [{ stops }] }) => {
      stops[0].visits[0].kind = 'delivery'
      stops[0].deliveries = stops[0].pickups
      stops[0].pickups = []
    },
  ],
  ['a stop is at another site', ({ routes: [{ stops }] }) => (stops[1].site = 'c')],
  ['a stop does nothing', ({ routes: [{ stops }] }) => (stops[0].visits = [])],
  ['a stop is left out', ({ routes: [{ stops }] }) => stops.splice(1, 1)],
  ['a delivery is left out', ({ routes: [{ stops }] }) => stops[2].visits.pop()],
  ['the lists of a stop name another shipment', ({ routes: [{ stops }] }) => (stops[0].pickups = ['s2'])],
  ['the rest is dropped', ({ routes: [route] }) => (route.rests = [])],
  [
    'the rest is dropped and its time with it',
    ({ routes: [route] }) => {
      route.rests = []
      route.waitS += route.restS
      route.restS = 0
    },
  ],
  ['the rest is a minute short', ({ routes: [{ rests }] }) => (rests[0].endS -= MINUTE)],
  [
    'the rest comes after the two hours',
    ({ routes: [{ rests }] }) => {
      rests[rests.length - 1].startS += 20 * MINUTE
      rests[rests.length - 1].endS += 20 * MINUTE
    },
  ],
  ['the rest is on another leg', ({ routes: [{ rests }] }) => (rests[rests.length - 1].beforeStop = 0)],
  ['the rest ends before it starts', ({ routes: [{ rests }] }) => (rests[0].endS = rests[0].startS - 900)],
  ['a leg is a metre shorter', ({ routes: [{ stops }] }) => (stops[1].legM -= 1)],
  ['a leg is a second shorter', ({ routes: [{ stops }] }) => (stops[1].legS -= 1)],
  ['the last leg is a metre shorter', ({ routes: [route] }) => (route.lastLegM -= 1)],
  ['the last leg is a second shorter', ({ routes: [route] }) => (route.lastLegS -= 1)],
  ['the route is a metre shorter', ({ routes: [route] }) => (route.distanceM -= 1)],
  ['fewer empty metres', ({ routes: [route] }) => (route.emptyM -= 1)],
  ['less toll', ({ routes: [route] }) => (route.tollKrw -= 1)],
  ['less driving', ({ routes: [route] }) => (route.driveS -= 1)],
  ['less service', ({ routes: [route] }) => (route.serviceS -= 1)],
  ['less waiting', ({ routes: [route] }) => (route.waitS -= 1)],
  ['less rest', ({ routes: [route] }) => (route.restS -= 1)],
  ['a lower peak weight', ({ routes: [route] }) => (route.peakWeightKg -= 1)],
  ['a lower weight after a stop', ({ routes: [{ stops }] }) => (stops[1].weightKgAfter -= 1)],
  ['a cost line 1 won lower', ({ routes: [route] }) => (route.costLines[0].krw -= 1)],
  ['a cost line that is missing', ({ routes: [route] }) => route.costLines.pop()],
  ['a cost line too many', ({ routes: [route] }) => route.costLines.push({ kind: 'overtime', krw: -1 })],
  ['a cost line of another kind', ({ routes: [route] }) => (route.costLines[0].kind = 'time')],
  ['a route 1 won cheaper', ({ routes: [route] }) => (route.costKrw -= 1)],
  [
    '1 won off every sum of the route and the plan',
    (draft) => {
      draft.routes[0].costLines[0].krw -= 1
      draft.routes[0].costKrw -= 1
      draft.costLines[0].krw -= 1
      draft.costKrw -= 1
    },
  ],
  ['a plan 1 won cheaper', (draft) => (draft.costKrw -= 1)],
  ['a cost line of the plan 1 won lower', (draft) => (draft.costLines[0].krw -= 1)],
  ['another truck', ({ routes: [route] }) => (route.vehicle = 'big')],
  ['more routes than trucks', (draft) => draft.routes.push({ ...structuredClone(draft.routes[0]), id: '2' })],
  ['a shipment that is not there', (draft) => draft.direct.pop()],
  ['an unserved shipment kept quiet', (draft) => (draft.unserved = [])],
  ['a shipment on a route and unserved', (draft) => draft.unserved.push({ shipment: 's1', reasons: [] })],
  [
    'a shipment on a route and direct',
    (draft) => draft.direct.push({ ...structuredClone(draft.direct[0]), shipment: 's1' }),
  ],
  ['a shipment that is direct twice', (draft) => draft.direct.push(structuredClone(draft.direct[1]))],
  ['an unknown vehicle', ({ routes: [route] }) => (route.vehicle = 'none')],
  ['an unknown site', ({ routes: [{ stops }] }) => (stops[0].site = 'none')],
  ['an unknown shipment on a route', ({ routes: [{ stops }] }) => (stops[0].visits[0].shipment = 'none')],
  ['an unknown direct shipment', ({ direct }) => (direct[0].shipment = 'none')],
  ['an unknown unserved shipment', ({ unserved }) => (unserved[0].shipment = 'none')],
  ['an unknown tariff', ({ direct }) => (direct[1].tariff = 'none')],
  ['direct by a tariff of another kind', ({ direct }) => (direct[1].tariff = 'spot')],
  ['direct by a mode that it may not take', ({ direct }) => (direct[0].shipment = 's4')],
  ['freight for what is too heavy for it', ({ direct }) => (direct[1].shipment = 's5')],
  ['hired, without a truck', ({ direct }) => delete direct[0].route],
  ['hired on the contract truck', ({ direct }) => (direct[0].route!.vehicle = 'own')],
  ['a direct way a metre shorter', ({ direct }) => (direct[1].distanceM -= 1)],
  ['a direct cost line 1 won lower', ({ direct }) => (direct[0].costLines[0].krw -= 1)],
  ['a direct way 1 won cheaper', ({ direct }) => (direct[1].costKrw -= 1)],
  [
    'a direct truck that carries another shipment',
    ({ direct }) => {
      for (const stop of direct[0].route!.stops) for (const visit of stop.visits) visit.shipment = 's4'
    },
  ],
]

describe('a plan that was tampered with', () => {
  test.each(TAMPERINGS)('%s', (_, tamper) => {
    const draft = clone()
    tamper(draft)
    expect(Value.Check(PlanSchema, draft)).toBe(true)
    expect(draft).not.toEqual(plan)
    expect(foundIn(draft)).not.toEqual([])
  })

  test.each<[string, (draft: Draft) => void]>([
    [
      'a hired truck that drives nowhere, with nothing on board',
      ({ direct: [{ route }] }) => {
        // the same fare: 70,000 is the least whatever the way
        Object.assign(route!, {
          stops: [],
          rests: [],
          serviceS: 0,
          driveS: 0,
          restS: 0,
          distanceM: 0,
          emptyM: 0,
          tollKrw: 0,
        })
        Object.assign(route!, { waitS: route!.returnS - route!.departS, peakWeightKg: 0 })
        route!.costLines = [
          { kind: 'fixed', krw: 60_000 },
          { kind: 'minimumTopUp', krw: 10_000 },
        ]
      },
    ],
    [
      'a rest before a stop that there is not',
      ({ routes: [route] }) => {
        route.rests.push({ beforeStop: 9, startS: route.departS, endS: route.departS + 900 })
        route.restS += 900
        route.waitS -= 900
      },
    ],
    ['another volume after a stop', ({ routes: [{ stops }] }) => (stops[1].volumeLAfter += 100)],
    ['more pallets after a stop', ({ routes: [{ stops }] }) => (stops[1].palletsAfter += 1)],
    ['freight with a truck of its own', ({ direct }) => (direct[1].route = structuredClone(direct[0].route!))],
  ])('%s', (_, tamper) => {
    const draft = clone()
    tamper(draft)
    if (draft.direct[0].route!.stops.length === 0) {
      draft.direct[0].costLines = draft.direct[0].route!.costLines
      draft.direct[0].distanceM = 0
      const lines = new Map<string, number>()
      for (const part of [...draft.routes, ...draft.direct])
        for (const { kind, krw } of part.costLines) lines.set(kind, (lines.get(kind) ?? 0) + krw)
      for (const line of draft.costLines) line.krw = lines.get(line.kind) ?? 0
    }
    expect(Value.Check(PlanSchema, draft)).toBe(true)
    expect(foundIn(draft)).not.toEqual([])
  })

  test('a rest that goes on while the truck is unloaded', () => {
    // three hours at a stretch are allowed here, so that only the clock can find it: the rest begins a second before the leg ends
    const draft = clone()
    const [{ rests, stops }] = draft.routes
    const relaxed = { ...problem, law: { driveS: 3 * HOUR } }
    expect(foundIn(draft, relaxed)).toEqual([])
    rests[0].startS = stops[rests[0].beforeStop].arriveS - 1
    rests[0].endS = rests[0].startS + 900
    expect(foundIn(draft, relaxed)).not.toEqual([])
  })

  test('is held against another problem: every rule that it breaks there is named', () => {
    const on = (more: Partial<Problem>) => new Set(foundIn(plan, { ...problem, ...more }))
    const [truck, ...others] = problem.vehicles
    const vehicle = (more: object) => ({ vehicles: [{ ...truck, ...more }, ...others] })
    const goods = (more: object) => ({
      shipments: problem.shipments.map((entry, k) => (k === 0 ? { ...entry, ...more } : entry)),
    })
    expect(on(vehicle({ capacityKg: 1799 }))).toEqual(new Set(['capacity']))
    expect(on(vehicle({ maxStops: 2 }))).toEqual(new Set(['stopCount']))
    expect(on(vehicle({ maxRouteM: 299_999 }))).toEqual(new Set(['routeLength']))
    expect(on(vehicle({ shifts: [[8 * HOUR, 9 * HOUR]] }))).toEqual(new Set(['shift']))
    expect(on(vehicle({ count: 0 }))).toEqual(new Set(['fleet']))
    expect(on({ law: { maxWorkS: 3 * HOUR } })).toEqual(new Set(['workTime']))
    expect(on({ law: { driveS: HOUR } })).toEqual(new Set(['rest']))
    expect(on(goods({ mustGoAlone: true }))).toEqual(new Set(['goAlone']))
    expect(on(goods({ due: 9 * HOUR }))).toEqual(new Set(['timeWindows']))
    expect(on(goods({ modes: ['hired'] }))).toEqual(new Set(['modes']))
    expect(on(goods({ pieceKg: 900, handling: [] }))).toEqual(new Set(['handling']))
    expect(on(goods({ from: 'b' }))).toContain('pairing')
  })
})

test('never throws on a plan of the right schema, whatever it says', () => {
  // one with a shipment in parts, and a driver
  const heavy = { ...problem.shipments[4], pieceKg: 500, maxParts: 9 }
  const drivers = [{ id: 'kim', vehicles: ['own'] }]
  const whole = { problem: { ...problem, shipments: [...problem.shipments.slice(0, 4), heavy], drivers }, travel }
  expect(planOf(whole.problem, travel, { iterations: 5 })).toMatchObject({
    parts: [{}, {}, {}, {}],
    routes: [{ driver: 'kim' }],
  })
  for (let seed = 1; seed <= 400; seed++) {
    const random = new Random(seed)
    const made =
      seed % 3 === 0 ? randomProblem({ seed, shipments: 8, span: 60 }) : seed % 3 === 1 ? { problem, travel } : whole
    const draft: unknown = structuredClone(
      made.problem === problem ? plan : planOf(made.problem, made.travel, { iterations: seed % 3 === 0 ? 60 : 5 }),
    )
    const ids = [made.problem.sites, made.problem.shipments, made.problem.vehicles, made.problem.tariffs].map((list) =>
      list.map(({ id }) => id),
    )
    // any value in any place: another id of the same kind, another number, a list cut short, turned round or doubled
    const spoil = (value: unknown): unknown => {
      if (typeof value === 'number')
        return random.unit() < 0.1 ? [0, -1, value + 1, -value, 1e9, Number.MIN_SAFE_INTEGER][random.below(6)] : value
      if (typeof value === 'string') {
        const kind = ids.find((list) => list.includes(value))
        return kind && random.unit() < 0.1 ? kind[random.below(kind.length)] : value
      }
      if (Array.isArray(value)) {
        const list = value.map(spoil)
        if (random.unit() < 0.05) list.pop()
        if (random.unit() < 0.05) list.reverse()
        return random.unit() < 0.05 ? [...list, ...structuredClone(list)] : list
      }
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(
          Object.entries(value).flatMap(([key, entry]) =>
            key === 'route' && random.unit() < 0.1 && typeof entry === 'object' ? [] : [[key, spoil(entry)]],
          ),
        )
      return value
    }
    const garbage = spoil(draft)
    if (!Value.Check(PlanSchema, garbage)) throw new Error(`seed ${seed} left the schema`)
    const found = checkPlan(made.problem, made.travel, garbage)
    for (const { rule, excess, unit } of found) {
      expect(rule).not.toBe('')
      expect(unit).not.toBe('')
      expect(excess, `seed ${seed}, ${rule}`).toBeGreaterThan(0)
    }
  }
})

test('an empty plan leaves every shipment out', () => {
  const empty: Plan = { ...plan, routes: [], direct: [], unserved: [], costLines: [], costKrw: 0 }
  expect(checkPlan(problem, travel, empty).map(({ rule, shipment: id }) => [rule, id])).toEqual(
    problem.shipments.map(({ id }) => ['coverage', id]),
  )
})

test('two shifts of a truck that overlap are refused before anything is planned', () => {
  const shifts: [number, number][] = [
    [8 * HOUR, 14 * HOUR],
    [12 * HOUR, 20 * HOUR],
  ]
  const issues = findIssues(makeProblem({ vehicles: [contract({ shifts })] }))
  expect(issues).toContainEqual(expect.objectContaining({ code: 'shift.overlap', path: 'vehicles/0/shifts' }))
})

test('a load with more decimals than a gram that just fits is not called too heavy', () => {
  const exact = makeProblem({
    vehicles: [contract({ capacityKg: 1000.4446 })],
    shipments: [shipment('s1', 'a', 'b', { weightKg: 1000.4446, modes: ['route'] })],
  })
  const roads = gridTravel(exact.sites)
  expect(checkPlan(exact, roads, planOf(exact, roads))).toEqual([])
})
