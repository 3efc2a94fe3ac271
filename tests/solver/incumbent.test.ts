import { describe, expect, test } from 'vitest'
import { openProblem } from '../../solver/direct.ts'
import {
  type Assignment,
  checkLocks,
  checkPlan,
  type ImproveOptions,
  type InstanceStep,
  improve,
  keepLocks,
  type Literature,
  type Plan,
  type Problem,
  parseInstance,
  solveInstance,
  type Travel,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { companyProblem } from './companies.ts'
import { randomProblem, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

/** All plans of a search that is told of an assignment at each step, and its own last one. */
function pull(problem: Problem, travel: Travel, options: ImproveOptions, incumbent?: Assignment) {
  const steps = improve(problem, travel, options)
  const plans: Plan[] = []
  let found: Assignment | undefined
  let next = steps.next(0)
  while (!next.done) {
    if (next.value.plan) plans.push(next.value.plan)
    found = next.value.assignment ?? found
    next = steps.next(incumbent && { used: 0, incumbent })
  }
  return { plans, found: found!, last: plans.at(-1)! }
}

/** As the search judges, before cost: who is served. */
const worthOf = ({ unserved, costKrw, provenance: { stability } }: Plan) =>
  1e9 * unserved.length + costKrw + (stability ? stability.moved * stability.perShipmentKrw : 0)

describe('what another search has found', () => {
  const plain = { options: () => ({}), change: (problem: Problem) => problem }
  const cases = [
    ['alone', randomProblem, plain],
    ['from the edge of the schema', wildProblem, plain],
    ['with shipments that mind what they ride with', companyProblem, plain],
    [
      'with locks and a price of moves',
      randomProblem,
      {
        ...plain,
        options: (problem: Problem, travel: Travel) => {
          const from = planOf(problem, travel, { seed: 77, iterations: 5 })
          return { from, locks: keepLocks(problem, from, 'trucks').slice(0, 3), stabilityKrw: 500 }
        },
      },
    ],
    [
      'with balance and docks',
      randomProblem,
      {
        ...plain,
        change: (problem: Problem): Problem => ({
          ...problem,
          balance: { unit: 'stops', spread: 2 },
          sites: problem.sites.map((site) => ({ ...site, docks: 2 })),
        }),
      },
    ],
  ] as const

  test.each(cases)('%s: is taken over and never makes a plan worse or unsound', (_, make, { options, change }) => {
    let gained = 0
    for (let seed = 1; seed <= 12; seed++) {
      const made = make({ seed, shipments: 20, span: 60 })
      const [problem, { travel }] = [change(made.problem), made]
      const more = options(problem, travel)
      const long = pull(problem, travel, { seed, iterations: 1000, ...more })
      const short = { seed: seed + 50, iterations: 101, ...more }
      const alone = pull(problem, travel, short)
      const told = pull(problem, travel, short, long.found)
      for (const plan of told.plans) {
        expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(checkLocks(plan).filter(({ state }) => state === 'broken')).toEqual([])
      }
      expect(worthOf(told.last), `seed ${seed}`).toBeLessThanOrEqual(worthOf(long.last))
      if (worthOf(alone.last) > worthOf(long.last)) gained++
    }
    expect(gained).toBeGreaterThan(0)
  })

  test('changes nothing where it is unsound or no better', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { problem, travel } = randomProblem({ seed, shipments: 16, span: 60 })
      const { found } = pull(problem, travel, { seed, iterations: 3000 })
      const { instance } = openProblem(problem, travel)
      const [first, ...rest] = found.routes
      const everyone = Array.from({ length: 2 * instance.orders }, (_, visit) => visit)
      const tampered: Record<string, Assignment['routes']> = {
        'a shipment twice': [first, ...found.routes],
        'a drop before its pickup': [{ ...first, visits: first.visits.toReversed() }, ...rest],
        'a drop without its pickup': [{ ...first, visits: first.visits.slice(1) }, ...rest],
        'all on one truck': [{ ...first, visits: everyone }],
        'no such truck': [{ ...first, type: instance.types.length }, ...rest],
        'no such shipment': [{ ...first, visits: [2 * instance.orders, 2 * instance.orders + 1] }, ...rest],
        'more trucks than there are': everyone
          .filter((visit) => visit % 2 === 0)
          .map((visit) => ({ type: first.type, visits: [visit, visit + 1] })),
        'nobody rides': [],
      }
      const alone = pull(problem, travel, { seed: 9, iterations: 150 })
      for (const [what, routes] of Object.entries(tampered))
        expect(pull(problem, travel, { seed: 9, iterations: 150 }, { ...found, routes, cost: 0 }).plans, what).toEqual(
          alone.plans,
        )
    }
  })
})

describe('where routes come first', () => {
  const random = new Random(5)
  const customers = Array.from({ length: 100 }, (_, k) => {
    const opensS = random.below(600)
    return [k + 1, random.below(100), random.below(100), 3 + random.below(5), opensS, opensS + 120, 10].join(' ')
  })
  const head = [
    'tight',
    '',
    'VEHICLE',
    'NUMBER CAPACITY',
    '60 100',
    '',
    'CUSTOMER',
    'CUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE',
    '',
  ]
  const text = [...head, '0 50 50 0 0 1000 0', ...customers].join('\n')
  const literature: Literature = parseInstance(text, 'solomon', () => '')
  function solve(seed: number, iterations: number, incumbent?: Assignment, from = 0) {
    const steps = solveInstance(literature, { seed, iterations, objective: 'vehicles' })
    let next = steps.next(0)
    let found: Assignment | null = null
    let last = next.value!
    while (!next.done) {
      last = next.value
      found = last.assignment ?? found
      const tells = incumbent && last.iterations >= from * iterations
      next = steps.next(tells ? { used: 0, incumbent } : undefined)
    }
    return { ...last, found: found! }
  }

  test.each([0, 0.7])('fewer are taken over at once, told from %d of the budget on', (from) => {
    const long = solve(1, 6000)
    const short = 500
    const alone = solve(2, short)
    expect(alone.vehicles).toBeGreaterThan(long.vehicles)
    const told = solve(2, short, long.found, from)
    expect(told).toMatchObject({ feasible: true, vehicles: long.vehicles })
  })

  test('more are not, though they cost less', () => {
    const alone = solve(1, 6000)
    let cheap: InstanceStep | undefined
    let found: Assignment | null = null
    for (cheap of solveInstance(literature, { seed: 1, iterations: 6000, objective: 'distance' }))
      found = cheap.assignment ?? found
    expect(cheap!.vehicles).toBeGreaterThan(alone.vehicles)
    expect(cheap!.cost).toBeLessThan(alone.cost)
    expect(solve(1, 6000, found!).solution).toBe(alone.solution)
  })
})
