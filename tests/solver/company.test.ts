import { describe, expect, test } from 'vitest'
import { countBuried } from '../../solver/company.ts'
import { openProblem } from '../../solver/direct.ts'
import { writeRoute } from '../../solver/document.ts'
import { checkPlan, comparePlan, evaluator, improve, type Plan, type Problem } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { RULES } from '../../solver/rules/index.ts'
import { scheduleRoute } from '../../solver/schedule.ts'
import { Inserter } from '../../solver/search/insertion.ts'
import { companyProblem, crowdedProblem, leastWorth, worthOf } from './companies.ts'
import { contract, gridTravel, hired, makeProblem, randomProblem, shipment, site, wildProblem } from './problems.ts'
import { planOf, randomVisits, searchRoute, someOrders } from './routes.ts'

/** One truck that must carry everything, and nothing else that could. */
const oneTruck = (more: Partial<Problem>): Problem =>
  makeProblem({
    vehicles: [contract()],
    tariffs: makeProblem().tariffs.filter(({ kind }) => kind !== 'terminal'),
    ...more,
  })
/** The problem without one of its demands on company. */
function relaxations(problem: Problem): Record<string, Problem> {
  const { mixing: _mixing, ...mixed } = problem
  const { together: _together, ...parted } = problem
  const { apart: _apart, ...joined } = problem
  const open = problem.vehicles.map(({ lastInFirstOut: _, ...vehicle }) => vehicle)
  const shipments = problem.shipments.map(({ maxOnBoardS: _, ...entry }) => entry)
  const maxOnBoardS = { ...problem, shipments }
  return { maxOnBoardS, mixing: mixed, together: parted, apart: joined, lastInFirstOut: { ...problem, vehicles: open } }
}
const sitesOf = (plan: Plan): string[][] => plan.routes.map(({ stops }) => stops.map((stop) => stop.site))

test('what must not mix rides one after the other on the same truck', () => {
  // hub 0 — a 10 — b 20 km, both from a to b. Together: hub a b hub, 40 km. Kept apart: hub a b a b hub, 60 km: 100,000 + 300 × 60
  const problem = oneTruck({
    shipments: [shipment('s1', 'a', 'b', { cargo: 'mold' }), shipment('s2', 'a', 'b', { cargo: 'oil' })],
  })
  const travel = gridTravel(problem.sites)
  expect(planOf(problem, travel).costKrw).toBe(112_000)
  const plan = planOf({ ...problem, mixing: [['oil', 'mold']] }, travel)
  expect(plan.costKrw).toBe(118_000)
  expect(sitesOf(plan)).toEqual([['a', 'b', 'a', 'b']])
})

describe('groups', () => {
  // hub 0 — a 10 — b 20 km; alone each goes by terminal for 7,000 + 62 × 100 = 13,200
  const pair = [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'b')]

  test('a group shares one truck where its members alone would go direct', () => {
    const problem = makeProblem({ shipments: pair })
    const travel = gridTravel(problem.sites)
    expect(planOf(problem, travel).direct).toHaveLength(2)
    // the hired truck with both: 20,000 + 500 × 10 km, lifted to 45,000
    const plan = planOf({ ...problem, together: [['s1', 's2']] }, travel)
    expect([plan.costKrw, plan.routes.length, plan.direct.length]).toEqual([45_000, 1, 0])
  })

  test('a group that no truck takes whole is left whole, and says why', () => {
    // 2 × 600 kg in 1,000 kg; the truck makes two stops only, so it cannot come back for the second
    const problem = makeProblem({
      vehicles: [hired({ maxStops: 2 })],
      shipments: pair.map((entry) => ({ ...entry, weightKg: 600, pieceKg: 100 })),
      together: [['s1', 's2']],
    })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.unserved).toEqual(
      ['s1', 's2'].map((id) => ({ shipment: id, reasons: [{ rule: 'together', proof: 'notFound' }] })),
    )
    expect([plan.routes, plan.direct]).toEqual([[], []])
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  test('a group with a member that fits no truck cannot be carried, which is proved', () => {
    const problem = makeProblem({
      shipments: [pair[0], shipment('s2', 'a', 'b', { weightKg: 9000 })],
      together: [['s1', 's2']],
    })
    const { unserved } = planOf(problem, gridTravel(problem.sites))
    expect(unserved.map(({ shipment: id, reasons: [reason] }) => [id, reason.rule, reason.proof])).toEqual([
      ['s1', 'together', 'impossible'],
      ['s2', 'fitsTruck', 'impossible'],
    ])
  })

  test('groups with a shipment in common are one group', () => {
    const problem = makeProblem({
      shipments: ['s1', 's2', 's3', 's4'].map((id) => shipment(id, 'a', 'b')),
      together: [
        ['s1', 's2'],
        ['s4', 's3'],
        ['s2', 's3'],
      ],
    })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.routes.map(({ stops }) => stops[0].pickups.length)).toEqual([4])
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  test('a set that rides apart takes a truck each', () => {
    // one round hub a b hub is 40 km: 112,000
    const problem = oneTruck({ vehicles: [contract({ count: 2 })], shipments: pair })
    const travel = gridTravel(problem.sites)
    expect(planOf(problem, travel).costKrw).toBe(112_000)
    const plan = planOf({ ...problem, apart: [['s1', 's2']] }, travel)
    expect([plan.costKrw, plan.routes.length]).toEqual([224_000, 2])
  })

  test('a plan to start from keeps the groups that are whole and drops the others', () => {
    const problem = oneTruck({ vehicles: [contract({ count: 2 })], shipments: pair })
    const travel = gridTravel(problem.sites)
    const both = planOf(problem, travel)
    const kept = planOf({ ...problem, together: [['s1', 's2']] }, travel, { iterations: 0, from: both })
    expect(kept.routes).toEqual(both.routes)
    const parted = { ...problem, apart: [['s1', 's2']] }
    const next = planOf(parted, travel, { iterations: 3, from: both })
    expect(checkPlan(parted, travel, next)).toEqual([])
  })
})

describe('last in, first out', () => {
  const row = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 30, 0), site('d', 40, 0)]

  test('the planner puts one ride inside the other', () => {
    // the truck ends at d, 40 km on: a b c d crosses the rides a → c and b → d; a b d c d does not, and is 60 km
    const problem = oneTruck({
      sites: row,
      vehicles: [contract({ end: 'd' })],
      shipments: [shipment('s1', 'a', 'c'), shipment('s2', 'b', 'd')],
    })
    const travel = gridTravel(row)
    expect(planOf(problem, travel).costKrw).toBe(112_000)
    const oneDoor = { ...problem, vehicles: [contract({ end: 'd', lastInFirstOut: true })] }
    const plan = planOf(oneDoor, travel)
    expect(plan.costKrw).toBe(118_000)
    expect(checkPlan(oneDoor, travel, plan)).toEqual([])

    // the crossed round on a truck with one door: s1 leaves at c, the third stop, from under s2
    const crossed = planOf(problem, travel)
    const found = checkPlan(oneDoor, travel, crossed)
    expect(found.map(({ rule, stop, shipment: id, excess }) => [rule, stop, id, excess])).toEqual([
      ['lastInFirstOut', 2, 's1', 1],
    ])
    const visits = crossed.routes[0].stops.flatMap((stop) => stop.visits)
    expect(evaluator(oneDoor, travel)('own', visits).broken.map(({ rule }) => rule)).toEqual(['lastInFirstOut'])
    // and such a plan is no start for the search
    expect(checkPlan(oneDoor, travel, planOf(oneDoor, travel, { iterations: 0, from: crossed }))).toEqual([])
  })

  test('loading at one stop, or unloading there first, buries nothing', () => {
    // both from a, then b before c; and a third from b
    const problem = oneTruck({
      sites: row,
      vehicles: [contract({ end: 'd', lastInFirstOut: true })],
      shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'c'), shipment('s3', 'b', 'd')],
    })
    // s3 lies on s2 at c: so s2 goes on to d and back, or s3 waits; 40 km will not do, 60 will
    expect(planOf(problem, gridTravel(row)).costKrw).toBe(118_000)
    const parted = { ...problem, shipments: [problem.shipments[0], shipment('s2', 'a', 'd'), problem.shipments[2]] }
    expect(planOf(parted, gridTravel(row)).costKrw).toBe(112_000)
  })

  test('a plan is refused exactly where no order of the visits inside each stop is a stack', () => {
    /** Every order of some visits. */
    const permutations = (visits: readonly number[]): number[][] =>
      visits.length === 0
        ? [[]]
        : visits.flatMap((visit) =>
            permutations(visits.filter((other) => other !== visit)).map((rest) => [visit, ...rest]),
          )
    /** True where some order inside each stop unloads nothing but the top, from this stack on. */
    const stacks = (stops: readonly (readonly number[])[], stack: readonly number[]): boolean =>
      stops.length === 0 ||
      permutations(stops[0]).some((visits) => {
        const load = [...stack]
        const sound = visits.every((visit) =>
          visit % 2 === 0 ? load.push(visit >> 1) > 0 : load.at(-1) === visit >> 1 && load.pop() !== undefined,
        )
        return sound && stacks(stops.slice(1), load)
      })
    const seen = { legal: 0, buried: 0 }
    for (let seed = 1; seed <= 400; seed++) {
      const random = new Random(seed)
      const visits = randomVisits(random, [0, 1, 2, 3].slice(0, 2 + random.below(3)))
      // no order goes from a place to itself
      const placeOf = Int32Array.from({ length: 8 }, () => random.below(4))
      for (let order = 0; order < 4; order++)
        if (placeOf[2 * order] === placeOf[2 * order + 1]) placeOf[2 * order + 1] = (placeOf[2 * order] + 1) % 4
      const stops: number[][] = []
      visits.forEach((visit, k) => {
        if (k === 0 || placeOf[visit] !== placeOf[visits[k - 1]]) stops.push([])
        stops[stops.length - 1].push(visit)
      })
      const legal = stacks(stops, [])
      expect(countBuried(visits, placeOf) === 0, `seed ${seed}`).toBe(legal)
      seen[legal ? 'legal' : 'buried']++
    }
    expect(Math.min(seen.legal, seen.buried)).toBeGreaterThan(60)
  })
})

describe('insertion among barred company', () => {
  test('finds the cheapest of all places that keep every rule', () => {
    let found = 0
    let vetoed = 0
    for (let seed = 1; seed <= 200; seed++) {
      const { problem: grouped, travel } = companyProblem({ seed, shipments: 6, span: [15, 60, 150][seed % 3] })
      // one order of a group is never put on a route by itself
      const { together: _, ...problem } = grouped
      const opened = openProblem(problem, travel)
      const { instance } = opened
      const random = new Random(seed)
      const inserter = new Inserter(instance, new Random(1))
      const free = new Inserter({ ...instance, company: null }, new Random(1))
      const judge = (type: number, visits: readonly number[]) => {
        const schedule = scheduleRoute(instance, type, visits)
        const sound = RULES.every((rule) => rule.excess(schedule, instance) === 0)
        return { sound, krw: writeRoute(opened, schedule, '1').costKrw }
      }
      for (let k = 0; k < 12; k++) {
        const type = random.below(instance.types.length)
        const order = random.below(instance.orders)
        const others = someOrders(random, instance, 4).filter((other) => other !== order)
        const visits = randomVisits(random, others)
        const now = judge(type, visits)
        const { route, feasible } = searchRoute(instance, type, visits)
        if (visits.length === 0 || !now.sound || !feasible) continue
        let best = Number.POSITIVE_INFINITY
        for (let i = 0; i <= visits.length; i++)
          for (let j = i; j <= visits.length; j++) {
            const tried = [...visits.slice(0, i), 2 * order, ...visits.slice(i, j), 2 * order + 1, ...visits.slice(j)]
            const { sound, krw } = judge(type, tried)
            const allowed = instance.allowed[type * instance.orders + order] === 1
            if (sound && allowed && searchRoute(instance, type, tried).feasible) best = Math.min(best, krw - now.krw)
          }
        const delta = inserter.find(route, order, Number.POSITIVE_INFINITY)
        expect(delta, `seed ${seed}, visits ${visits}, order ${order}`).toBe(best)
        if (best !== Number.POSITIVE_INFINITY) found++
        if (free.find(route, order, Number.POSITIVE_INFINITY) < best) vetoed++
      }
    }
    expect(found).toBeGreaterThan(60)
    expect(vetoed).toBeGreaterThan(20)
  })
})

describe('the search', () => {
  test.each([
    ['problems with every rule about to bind', randomProblem, 120],
    ['problems from the edge of the schema', wildProblem, 120],
  ] as const)('%s: breaks no rule in any plan of a run, and an edit is timed as the plan is', (_, make, seeds) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { problem, travel } = companyProblem({ seed, shipments: seed % 12, span: [10, 40, 80][seed % 3] }, make)
      const evaluate = evaluator(problem, travel)
      for (const { plan, costKrw } of improve(problem, travel, { seed, iterations: 100 })) {
        if (!plan) continue
        expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(plan.costKrw, `seed ${seed}`).toBe(costKrw)
        for (const route of plan.routes) {
          const edited = evaluate(
            route.vehicle,
            route.stops.flatMap((stop) => stop.visits),
          )
          expect(edited.broken, `seed ${seed}`).toEqual([])
          // an edit does not say which of several shifts it is meant for
          const { shifts } = problem.vehicles.find(({ id }) => id === route.vehicle)!
          if (shifts.length === 1) expect({ ...edited.route, id: route.id }, `seed ${seed}`).toEqual(route)
        }
      }
    }
  })

  test('is as cheap as the cheapest of all plans', () => {
    const worse: string[] = []
    const bound = new Map<string, number>()
    for (let seed = 1; seed <= 100; seed++) {
      const { problem, travel } = crowdedProblem({ seed, shipments: 3, span: [10, 20, 40][seed % 3] })
      const least = leastWorth(problem, travel)
      const found = worthOf(planOf(problem, travel, { seed, iterations: 400 }))
      expect(found, `seed ${seed}`).toBeGreaterThanOrEqual(least)
      if (found > least) worse.push(`seed ${seed}: ${found} instead of ${least}`)
      for (const [rule, free] of Object.entries(relaxations(problem)))
        if (worthOf(planOf(free, travel, { seed, iterations: 200 })) < least)
          bound.set(rule, (bound.get(rule) ?? 0) + 1)
    }
    expect(worse).toEqual([])
    // and every rule makes a difference somewhere
    expect(
      [...bound]
        .filter(([, times]) => times >= 3)
        .map(([rule]) => rule)
        .sort(),
    ).toEqual(Object.keys(relaxations(makeProblem())).sort())
  })
})

test('the baselines carry or exclude every shipment, and the waterfall adds up to the won', () => {
  const left: number[] = []
  // groups, one of which is left
  for (const seed of [3, 6, 7]) {
    const { problem, travel } = companyProblem({ seed, shipments: 8, span: 30 })
    const plan = planOf(problem, travel, { seed, iterations: 100 })
    const { baselines, waterfall, planKrw, unserved } = comparePlan(problem, travel, plan, 200)
    expect(baselines[1].costKrw + waterfall.reduce((sum, { krw }) => sum + krw, 0), `seed ${seed}`).toBe(planKrw)
    for (const { shipments, excluded } of baselines)
      expect(shipments.length + excluded.length + unserved.length).toBe(problem.shipments.length)
    left.push(problem.together![0].filter((id) => unserved.includes(id)).length)
  }
  expect(left).toEqual([3, 0, 0])
})

describe('the check and the evaluation of an edit', () => {
  const problem = oneTruck({
    shipments: [shipment('s1', 'a', 'b', { cargo: 'mold' }), shipment('s2', 'a', 'b', { cargo: 'oil' })],
  })
  const travel = gridTravel(problem.sites)
  const plan = planOf(problem, travel)

  test.each<[string, Partial<Problem>, Plan, (string | number | undefined)[][]]>([
    ['classes that mix', { mixing: [['mold', 'oil']] }, plan, [['mixing', 's2', 1]]],
    [
      'shipments kept apart',
      { apart: [['s2', 's1']] },
      plan,
      [
        ['apart', 's1', 1],
        ['apart', 's2', 1],
      ],
    ],
    [
      'a group that lacks one',
      { together: [['s1', 's2', 's3']], shipments: [...problem.shipments, shipment('s3', 'b', 'a')] },
      plan,
      [
        ['together', 's1', 1],
        ['coverage', 's3', 1],
      ],
    ],
  ])('name what the problem forbids today: %s', (_, more, from, expected) => {
    const today = { ...problem, ...more }
    const found = checkPlan(today, travel, from)
    expect(found.map(({ rule, shipment: id, excess }) => [rule, id, excess])).toEqual(expected)
    const visits = plan.routes[0].stops.flatMap((stop) => stop.visits)
    const { broken } = evaluator(today, travel)('own', visits)
    expect(broken.map(({ rule }) => rule)).toEqual([expected[0][0]])
  })

  test.each(['hired', 'terminal'] as const)('name a member of a group that goes direct: %s', (mode) => {
    const free = makeProblem({
      shipments: ['s1', 's2'].map((id) => shipment(id, 'a', 'b', { modes: ['route', mode] })),
      vehicles: [hired()],
    })
    const alone = planOf({ ...free, vehicles: [hired({ count: 0 })] }, travel)
    expect(alone.direct.map((way) => way.mode)).toEqual([mode, mode])
    const found = checkPlan({ ...free, together: [['s1', 's2']] }, travel, alone)
    expect(found.map(({ rule, shipment: id }) => [rule, id])).toEqual([
      ['together', 's1'],
      ['together', 's2'],
    ])
  })
})
