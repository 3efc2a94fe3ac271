import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import {
  checkPlan,
  comparePlan,
  DAY_S,
  evaluator,
  findIssues,
  type Plan,
  PlanSchema,
  type Problem,
  type Shipment,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { leastCost, servable } from './bruteForce.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

/** The same hours on so many days. */
const daily = (days: number, open: number, close: number): [number, number][] =>
  Array.from({ length: days }, (_, day) => [open * HOUR + day * DAY_S, close * HOUR + day * DAY_S])

/**
 * hub (0) — a (10 km) — b (20 km). s1 is ready on day 1, s2 on day 2; together they fit the truck. A truck costs 100,000 a day and
 * 300 a km, a hired one 80,000 and 500 a km, freight takes neither.
 */
const twoDays = (first: Partial<Shipment> = {}, more: Partial<Problem> = {}): Problem =>
  makeProblem({
    days: 2,
    vehicles: [
      contract({ shifts: daily(2, 8, 18) }),
      hired({ truck: '2.5t', capacityKg: 2500, count: 0, shifts: daily(2, 6, 20) }),
    ],
    tariffs: makeProblem().tariffs.map((tariff) => (tariff.kind === 'hired' ? { ...tariff, baseKrw: 80_000 } : tariff)),
    shipments: [
      shipment('s1', 'a', 'b', { weightKg: 1200, due: DAY_S + 18 * HOUR, ...first }),
      shipment('s2', 'a', 'b', { weightKg: 1200, ready: DAY_S, due: DAY_S + 18 * HOUR }),
    ],
    ...more,
  })
const travelOf = ({ sites }: Problem) => gridTravel(sites)
const daysOf = (plan: Plan) =>
  plan.routes.map(({ day, stops }) => [day, stops.flatMap(({ pickups }) => pickups).sort()])

describe('a shipment that is ready on day 1', () => {
  test("waits for day 2's truck where that is cheaper", () => {
    const problem = twoDays()
    const plan = planOf(problem, travelOf(problem))
    expect(daysOf(plan)).toEqual([[2, ['s1', 's2']]])
    // 100,000 + 300 × 40 km; each alone 80,000 + 500 × 10 km = 85,000
    expect(plan.costKrw).toBe(112_000)
    expect(leastCost(problem, travelOf(problem))).toBe(112_000)
    expect(plan.routes[0].departS).toBeGreaterThanOrEqual(DAY_S)
    expect(checkPlan(problem, travelOf(problem), plan)).toEqual([])
  })

  test('does not wait past its due time', () => {
    const problem = twoDays({ due: 18 * HOUR })
    const plan = planOf(problem, travelOf(problem))
    expect(plan.costKrw).toBe(170_000)
    const [s1, s2] = plan.direct
    expect([s1.shipment, s1.route!.day, s2.shipment, s2.route!.day]).toEqual(['s1', 1, 's2', 2])
    expect(checkPlan(problem, travelOf(problem), plan)).toEqual([])
  })

  test('does not wait where that is dearer than a truck today', () => {
    // waiting saves 170,000 − 112,000 = 58,000 a day
    for (const [holdKrwPerDay, costKrw] of [
      [57_000, 169_000],
      [59_000, 170_000],
    ]) {
      const problem = twoDays({ holdKrwPerDay })
      const plan = planOf(problem, travelOf(problem))
      expect(plan.costKrw).toBe(costKrw)
      expect(leastCost(problem, travelOf(problem))).toBe(costKrw)
      expect(plan.routes.flatMap(({ costLines }) => costLines.filter(({ kind }) => kind === 'hold'))).toEqual(
        costKrw === 169_000 ? [{ kind: 'hold', krw: 57_000 }] : [],
      )
      expect(checkPlan(problem, travelOf(problem), plan)).toEqual([])
    }
  })

  test('pays for each night, to the won, whatever truck it waits for', () => {
    const problem = twoDays(
      { holdKrwPerDay: 1000.4, ready: 3 * HOUR, due: 4 * DAY_S },
      {
        days: 4,
        vehicles: [
          contract({ shifts: [[8 * HOUR + 3 * DAY_S, 18 * HOUR + 3 * DAY_S]] }),
          hired({ capacityKg: 2500, shifts: daily(4, 6, 20) }),
        ],
      },
    )
    const evaluate = evaluator(problem, travelOf(problem))
    const round = (['pickup', 'delivery'] as const).map((kind) => ({ shipment: 's1', kind }))
    const { route, broken } = evaluate('own', round)
    expect(broken).toEqual([])
    expect(route.day).toBe(4)
    // 3 × 1,000.4 = 3,001.2
    expect(route.costLines).toContainEqual({ kind: 'hold', krw: 3001 })
    // of the days a hired truck could come on, the first
    expect(evaluate('spot', round).route.day).toBe(1)
  })
})

test('a full round moves to the day on which one more can join it', () => {
  // seven loads on either day, the eighth on day 2 only: 100,000 + 300 × 40 km once, on day 2
  const loads = Array.from({ length: 8 }, (_, k) =>
    shipment(`s${k}`, 'a', 'b', { weightKg: 310, due: 2 * DAY_S, ...(k === 7 ? { ready: DAY_S } : {}) }),
  )
  for (const seed of [1, 2, 3]) {
    const problem = twoDays({}, { shipments: loads })
    const plan = planOf(problem, travelOf(problem), { seed, iterations: 60 })
    expect([plan.costKrw, daysOf(plan)]).toEqual([112_000, [[2, loads.map(({ id }) => id)]]])
  }
})

describe('terminal freight and hired trucks over days', () => {
  const light = (more: Partial<Shipment>): Problem =>
    makeProblem({
      days: 3,
      vehicles: [hired({ shifts: daily(3, 6, 20) })],
      shipments: [shipment('s1', 'a', 'b', more)],
    })
  const way = (problem: Problem) => {
    const plan = planOf(problem, travelOf(problem))
    expect(checkPlan(problem, travelOf(problem), plan)).toEqual([])
    const [direct] = plan.direct
    return direct ? [direct.mode, direct.route?.day] : plan.unserved.map(({ shipment: id }) => id)
  }

  test('freight arrives on the day after the one it is ready', () => {
    expect(way(light({ ready: 5 * HOUR, due: DAY_S + 9 * HOUR }))).toEqual(['terminal', undefined])
    expect(way(light({ ready: DAY_S, due: 2 * DAY_S }))).toEqual(['terminal', undefined])
    // not on the day itself: a truck has to go
    expect(way(light({ ready: DAY_S, due: 2 * DAY_S - 1 }))).toEqual(['hired', 2])
  })

  test('freight collects in the pickup windows, and waiting for one is paid for', () => {
    const onDay2 = { pickupWindows: [[DAY_S + 9 * HOUR, DAY_S + 12 * HOUR] as [number, number]], due: 2 * DAY_S }
    const problem = light({ ...onDay2, holdKrwPerDay: 500 })
    const plan = planOf(problem, travelOf(problem))
    // collected on day 2, there on day 3: 7,000 + 62 × 100 kg, and a day of waiting
    expect(plan.direct[0].costLines).toEqual([
      { kind: 'hold', krw: 500 },
      { kind: 'terminal', krw: 13_200 },
    ])
    expect(checkPlan(problem, travelOf(problem), plan)).toEqual([])
    const unpaid = structuredClone(plan)
    for (const part of [unpaid.direct[0], unpaid]) {
      part.costLines = part.costLines.filter(({ kind }) => kind !== 'hold')
      part.costKrw -= 500
    }
    expect(checkPlan(problem, travelOf(problem), unpaid).map(({ rule }) => rule)).toEqual(['cost'])
    // due on day 2 itself: a truck has to go
    expect(way(light({ ...onDay2, due: 2 * DAY_S - 1 }))).toEqual(['hired', 2])
  })

  test('a hired truck comes on the day it is ready or later, never too late', () => {
    const hiredOnly = { modes: ['hired' as const] }
    expect(way(light({ ...hiredOnly, ready: DAY_S + 19 * HOUR }))).toEqual(['hired', 2])
    // 20 min of driving are left after 19:50, but the shift ends at 20:00
    expect(way(light({ ...hiredOnly, ready: DAY_S + 20 * HOUR - 300 }))).toEqual(['hired', 3])
    expect(way(light({ ...hiredOnly, ready: DAY_S + 20 * HOUR - 300, due: 2 * DAY_S + 5 * HOUR }))).toEqual(['s1'])
  })
})

/** Small loads over two or three days, ready and due on any of them; some pay for waiting. */
function daysProblem(seed: number, count: number): Problem {
  const random = new Random(seed)
  const days = 2 + random.below(2)
  const ids = ['hub', 'a', 'b', 'c']
  return makeProblem({
    days,
    sites: ids.map((id, k) =>
      site(id, 12 * k * (random.below(2) ? 1 : 0.3), random.below(15), { windows: daily(days, 8, 17) }),
    ),
    vehicles: [
      contract({ count: 1, shifts: daily(days, 8, 18) }),
      hired({ truck: '2.5t', capacityKg: 2500, count: random.below(2), shifts: daily(days, 6, 20) }),
    ],
    tariffs: makeProblem().tariffs.map((tariff) =>
      tariff.kind === 'hired'
        ? { ...tariff, baseKrw: 60_000 }
        : tariff.kind === 'contract'
          ? { ...tariff, perDayKrw: 70_000 + 10_000 * random.below(4) }
          : tariff,
    ),
    firms: ['f', 'g'].map((id) => ({ id, name: id })),
    shipments: Array.from({ length: count }, (_, k) => {
      const from = random.below(4)
      const ready = random.below(days)
      return shipment(`s${k}`, ids[from], ids[(from + 1 + random.below(3)) % 4], {
        firm: random.below(2) ? 'f' : 'g',
        weightKg: 400 + 100 * random.below(12),
        ready: ready * DAY_S + random.below(14) * HOUR,
        due: (ready + 1 + random.below(days - ready)) * DAY_S,
        ...(random.below(2) ? { holdKrwPerDay: 5000 * random.below(6) } : {}),
      })
    }),
  })
}

test('over days the search is as cheap as the best of all plans', () => {
  let waited = 0
  let missed = 0
  for (let seed = 1; seed <= 40; seed++) {
    const problem = daysProblem(seed, 3)
    const travel = travelOf(problem)
    const plan = planOf(problem, travel, { seed, iterations: 900 })
    expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
    // what cannot be carried has no least cost
    if (plan.unserved.length > 0) {
      missed++
      continue
    }
    expect(plan.costKrw, `seed ${seed}`).toBe(leastCost(problem, travel))
    const readyOn = new Map(problem.shipments.map(({ id, ready }) => [id, Math.floor(ready! / DAY_S) + 1]))
    if (
      plan.routes.some(({ day, stops }) => stops.some(({ pickups }) => pickups.some((id) => readyOn.get(id)! < day!)))
    )
      waited++
  }
  expect(waited).toBeGreaterThan(4)
  expect(missed).toBeLessThan(20)
})

test('over days every plan, its comparison and its waterfall add up, with the price of waiting in all of them', () => {
  let held = 0
  for (let seed = 1; seed <= 60; seed++) {
    const small = daysProblem(seed, 8)
    const { problem, travel } = servable(
      seed % 2 ? { problem: small, travel: travelOf(small) } : wildProblem({ seed, shipments: 8 }),
    )
    const priced = {
      ...problem,
      shipments: problem.shipments.map((entry, k) => ({ ...entry, holdKrwPerDay: k % 3 ? 3333.3 : 0 })),
    }
    const plan = planOf(priced, travel, { seed, iterations: 150 })
    expect(checkPlan(priced, travel, plan), `seed ${seed}`).toEqual([])
    expect(Value.Check(PlanSchema, plan)).toBe(true)
    const { baselines, waterfall, planKrw } = comparePlan(priced, travel, plan, 200)
    const [, b1, b2] = baselines
    expect(b1.costKrw + waterfall.reduce((sum, { krw }) => sum + krw, 0)).toBe(planKrw)
    expect(plan.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
    expect(b2.costKrw, `seed ${seed}`).toBeLessThanOrEqual(b1.costKrw)
    if (plan.costLines.some(({ kind }) => kind === 'hold')) held++
    // each route again, by hand
    const evaluate = evaluator(priced, travel)
    for (const route of plan.routes) {
      const { route: again } = evaluate(
        route.vehicle,
        route.stops.flatMap(({ visits }) => visits.map(({ shipment: id, kind }) => ({ shipment: id, kind }))),
      )
      expect(again.costKrw).toBeLessThanOrEqual(route.costKrw)
    }
  }
  expect(held).toBeGreaterThan(5)
})

describe('is refused', () => {
  const problem = twoDays({ holdKrwPerDay: 1000 })
  const plan = planOf(problem, travelOf(problem))
  test.each<[string, (draft: Plan) => void]>([
    ['a route that says another day', ({ routes }) => (routes[0].day = 1)],
    [
      'a wait that is not paid for',
      (draft) => {
        for (const part of [draft.routes[0], draft]) {
          part.costLines = part.costLines.filter(({ kind }) => kind !== 'hold')
          part.costKrw -= 1000
        }
      },
    ],
    [
      'a route a day early',
      ({ routes: [route] }) => {
        route.day = 1
        route.departS -= DAY_S
        route.returnS -= DAY_S
        for (const stop of route.stops) {
          for (const key of ['arriveS', 'startS', 'leaveS'] as const) stop[key] -= DAY_S
          for (const visit of stop.visits) {
            visit.startS -= DAY_S
            visit.endS -= DAY_S
          }
        }
      },
    ],
    [
      'two routes of one truck in one shift',
      (draft) => {
        draft.routes.push({ ...structuredClone(draft.routes[0]), id: '2' })
      },
    ],
  ])('%s', (_, tamper) => {
    const draft = structuredClone(plan)
    expect(checkPlan(problem, travelOf(problem), draft)).toEqual([])
    tamper(draft)
    expect(Value.Check(PlanSchema, draft)).toBe(true)
    expect(checkPlan(problem, travelOf(problem), draft)).not.toEqual([])
  })
})

test('shifts and goods after the last day are warned of', () => {
  const late = twoDays({ ready: 2 * DAY_S, due: 3 * DAY_S }, { vehicles: [contract({ shifts: daily(3, 8, 18) })] })
  // these sites lie in the sea
  const found = (problem: Problem) =>
    findIssues(problem, 'en').flatMap(({ code, path, severity }) =>
      /^coord/.test(code) ? [] : [[code, path, severity]],
    )
  const issues = found(late)
  expect(issues).toEqual([
    ['shift.afterLastDay', 'vehicles/0/shifts/2', 'warning'],
    ['shipment.readyAfterLastDay', 'shipments/0/ready', 'warning'],
  ])
  expect(found(twoDays())).toEqual([])
})
