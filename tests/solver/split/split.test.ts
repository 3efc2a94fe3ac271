import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import {
  checkPlan,
  comparePlan,
  loadHighs,
  METHOD_LIMITS,
  METHOD_NAMES,
  MonthSplitSchema,
  openSplit,
  type Plan,
  type Problem,
  type Split,
  type SplitOptions,
  SplitSchema,
  splitMonth,
  splitPlan,
  TooManyFirms,
  type Travel,
} from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { openGame } from '../../../solver/split/game.ts'
import { contract, gridTravel, hired, makeProblem, randomProblem, shipment, site, wildProblem } from '../problems.ts'
import { planOf } from '../routes.ts'

const highs = await loadHighs()
const quick: SplitOptions = { highs, iterations: 20, samples: 6, randomGroups: 10 }

/** The same day with so many firms. */
function amongFirms({ problem, travel }: { problem: Problem; travel: Travel }, firms: number) {
  const ids = Array.from({ length: firms }, (_, k) => `firm${k}`)
  return {
    problem: {
      ...problem,
      firms: ids.map((id) => ({ id, name: id })),
      shipments: problem.shipments.map((each, k) => ({ ...each, firm: ids[k % firms] })),
    },
    travel,
  }
}

/** Near one another, so that sharing pays. */
function busyDay(seed: number, shipments: number, firms: number) {
  const day = amongFirms(randomProblem({ seed, shipments, span: 30 }), firms)
  return { ...day, plan: planOf(day.problem, day.travel, { iterations: 200 }) }
}

const total = (split: Split) => split.rows.reduce((sum, { shareKrw }) => sum + shareKrw, 0)

function expectSound(split: Split, plan: Plan) {
  expect(Value.Check(SplitSchema, split)).toBe(true)
  expect(JSON.parse(JSON.stringify(split))).toEqual(split)
  expect(total(split)).toBe(plan.costKrw)
  const dearer = split.notes.some(({ note }) => note === 'dearerThanB1')
  for (const row of split.rows) {
    if (!dearer && !split.notes.some(({ note, firms }) => note === 'uncapped' && firms.includes(row.firm)))
      expect(row.shareKrw).toBeLessThanOrEqual(row.b1Krw)
    expect(row.savingKrw).toBe(row.b1Krw - row.shareKrw)
    if (row.tightest) {
      const { firms, shareKrw, aloneKrw, slackKrw } = row.tightest
      expect(firms).toContain(row.firm)
      expect(shareKrw).toBe(firms.reduce((sum, id) => sum + split.rows.find(({ firm }) => firm === id)!.shareKrw, 0))
      expect(slackKrw).toBe(aloneKrw - shareKrw)
    }
  }
}

describe('every method', () => {
  it('adds up to the won, charges nobody above B1 and has the shape it says', () => {
    let shared = 0
    for (let seed = 1; seed <= 5; seed++) {
      const { problem, travel, plan } = busyDay(seed, 7, 4)
      expect(checkPlan(problem, travel, plan)).toEqual([])
      const split = openSplit(problem, travel, plan, quick)
      const [, b1, b2] = comparePlan(problem, travel, plan).baselines
      for (const method of METHOD_NAMES) {
        const found = split(method)
        expect(found.method).toBe(method)
        expectSound(found, plan)
        // the plan is no dearer than B1, so every cap can hold
        expect(found.notes.map(({ note }) => note)).not.toContain('dearerThanB1')
        expect(found.rows.reduce((sum, row) => sum + row.b1Krw, 0)).toBe(b1.costKrw)
        expect(found.rows.reduce((sum, row) => sum + row.b2Krw, 0)).toBe(b2.costKrw)
      }
      if (plan.routes.length > 0) shared++
    }
    expect(shared).toBeGreaterThan(3)
  }, 30_000)

  it('holds on days from the edge of the schema', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const { problem, travel } = wildProblem({ seed, shipments: 5 })
      const plan = planOf(problem, travel, { iterations: 100 })
      const split = openSplit(problem, travel, plan, quick)
      for (const method of METHOD_NAMES) {
        const found = split(method)
        expectSound(found, plan)
        expect(found.unserved).toEqual(plan.unserved.map(({ shipment: id }) => id).toSorted())
        expect(found.rows.flatMap(({ shipments }) => shipments).toSorted()).toEqual(
          [
            ...plan.direct.map(({ shipment: id }) => id),
            ...plan.routes.flatMap(({ stops }) => stops.flatMap(({ pickups }) => pickups)),
          ].toSorted(),
        )
      }
    }
  }, 30_000)

  it('gives the same split whatever the order of firms and shipments in the file', () => {
    const random = new Random(7)
    const shuffled = <T>(list: readonly T[]): T[] => {
      const order = Int32Array.from(list.keys())
      random.shuffle(order, order.length)
      return [...order].map((k) => list[k])
    }
    for (let seed = 1; seed <= 3; seed++) {
      const { problem, travel, plan } = busyDay(seed, 8, 4)
      const other = { ...problem, firms: shuffled(problem.firms), shipments: shuffled(problem.shipments) }
      const [a, b] = [problem, other].map((each) => openSplit(each, travel, plan, quick))
      for (const method of METHOD_NAMES) expect(b(method)).toEqual(a(method))
    }
  }, 30_000)

  it('is the same alone as beside the others', () => {
    // more firms than are looked at in every group: methods before may have looked at more
    const { problem, travel, plan } = busyDay(3, 7, 7)
    const split = openSplit(problem, travel, plan, { ...quick, iterations: 5 })
    const beside = METHOD_NAMES.map((method) => split(method).rows.map(({ shareKrw }) => shareKrw))
    // the other way round: what Shapley's value looks at comes first
    const other = openSplit(problem, travel, plan, { ...quick, iterations: 5 })
    const reversed = METHOD_NAMES.toReversed().map((method) => other(method).rows.map(({ shareKrw }) => shareKrw))
    expect(reversed.toReversed()).toEqual(beside)
    for (const [k, method] of METHOD_NAMES.slice(0, 3).entries()) {
      const alone = splitPlan(problem, travel, plan, { ...quick, iterations: 5, method })
      expect(alone.rows.map(({ shareKrw }) => shareKrw)).toEqual(beside[k])
    }
  }, 30_000)

  it('charges the only firm everything, and nobody where nothing is carried', () => {
    const { problem, travel } = randomProblem({ seed: 4, shipments: 4 })
    const one = amongFirms({ problem, travel }, 1)
    const plan = planOf(one.problem, travel, { iterations: 50 })
    const empty = { ...problem, shipments: [] }
    for (const method of METHOD_NAMES) {
      const split = splitPlan(one.problem, travel, plan, { ...quick, method })
      expect(split.rows.map(({ shareKrw }) => shareKrw)).toEqual([plan.costKrw])
      expect(split.stability).toMatchObject({ verdict: 'proved', looked: 0, tightest: null })
      expect(splitPlan(empty, travel, planOf(empty, travel), { ...quick, method }).rows).toEqual([])
    }
  })

  it('is refused beyond the firms it is for', () => {
    const firms = 13
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0)]
    const problem = makeProblem({
      sites,
      firms: Array.from({ length: firms }, (_, k) => ({ id: `f${k}`, name: `${k}` })),
      shipments: Array.from({ length: firms }, (_, k) => shipment(`s${k}`, 'a', 'b', { firm: `f${k}` })),
    })
    const travel = gridTravel(sites)
    const plan = planOf(problem, travel, { iterations: 50 })
    const split = openSplit(problem, travel, plan, { ...quick, iterations: 5 })
    expect(() => split('nucleolus')).toThrow(TooManyFirms)
    expect(METHOD_LIMITS.find(({ name }) => name === 'nucleolus')?.mostFirms).toBe(12)
    const sampled = split('shapley')
    expectSound(sampled, plan)
    // firms are alike, and so is their spread: of six orders one firm may see the same place each time, and its own standard error is 0
    const widest = Math.max(...sampled.rows.map(({ standardErrorKrw }) => standardErrorKrw!))
    for (const { shareKrw, standardErrorKrw } of sampled.rows) {
      expect(standardErrorKrw).toBeGreaterThanOrEqual(0)
      expect(Math.abs(shareKrw - plan.costKrw / firms)).toBeLessThan(3 * widest + 1000)
    }
  }, 30_000)
})

describe('own cost', () => {
  // two firms beside each other share a truck, a third ships a box by terminal freight, a fourth must go alone
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 40, 0), site('far', 0, 150)]
  const problem = makeProblem({
    sites,
    firms: ['f', 'g', 'h', 'i'].map((id) => ({ id, name: id })),
    shipments: [
      shipment('s1', 'a', 'b', { firm: 'f', weightKg: 600 }),
      shipment('s2', 'a', 'b', { firm: 'g', weightKg: 400 }),
      shipment('s3', 'far', 'hub', { firm: 'h', weightKg: 10, modes: ['terminal'] }),
      shipment('s4', 'a', 'b', { firm: 'i', weightKg: 500, mustGoAlone: true }),
    ],
    vehicles: [hired()],
  })
  const travel = gridTravel(sites)
  const plan = planOf(problem, travel)

  it('is paid by whose shipment goes direct or alone, by every method', () => {
    const split = openSplit(problem, travel, plan, quick)
    const ownOf = (id: string) => plan.direct.find(({ shipment: each }) => each === id)!.costKrw
    for (const method of METHOD_NAMES) {
      const { rows } = split(method)
      expect(rows.map(({ ownKrw }) => ownKrw)).toEqual([0, 0, ownOf('s3'), ownOf('s4')])
      expect(rows.slice(2).map(({ shareKrw }) => shareKrw)).toEqual([ownOf('s3'), ownOf('s4')])
      // 45,000 for the two alone each, 45,000 for both: half each
      expect(rows.slice(0, 2).map(({ shareKrw }) => shareKrw)).toEqual([22_500, 22_500])
    }
  })

  it('joint costs are dealt by their key, apart from the shares', () => {
    const joint = (key: 'equal' | 'shipments' | 'weight' | 'share') =>
      splitPlan(problem, travel, plan, { ...quick, joint: { krw: 10_001, key } })
    expect(joint('equal').rows.map(({ jointKrw }) => jointKrw)).toEqual([2501, 2500, 2500, 2500])
    // 600, 400, 10, 500 kg
    expect(joint('weight').rows.map(({ jointKrw }) => jointKrw)).toEqual([3974, 2649, 66, 3312])
    expect(joint('shipments').rows.map(({ jointKrw }) => jointKrw)).toEqual([2501, 2500, 2500, 2500])
    const { rows } = joint('share')
    expect(rows.reduce((sum, { jointKrw }) => sum + jointKrw, 0)).toBe(10_001)
    expect(rows[0].jointKrw).toBe(rows[1].jointKrw)
    expect(total(joint('share'))).toBe(plan.costKrw)
  })
})

describe('parts and shipments without a direct price', () => {
  it('are split like any other', () => {
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 40, 0)]
    const problem = makeProblem({
      sites,
      firms: ['f', 'g', 'h'].map((id) => ({ id, name: id })),
      shipments: [
        shipment('big', 'a', 'b', { firm: 'f', weightKg: 3800, pieceKg: 100, maxParts: 4 }),
        shipment('only', 'a', 'b', { firm: 'g', weightKg: 300, modes: ['route'] }),
        shipment('small', 'a', 'b', { firm: 'h', weightKg: 200 }),
      ],
      vehicles: [contract({ count: 2 }), hired()],
    })
    const travel = gridTravel(sites)
    const plan = planOf(problem, travel, { iterations: 300 })
    expect(plan.parts?.length).toBeGreaterThan(1)
    const split = openSplit(problem, travel, plan, quick)
    for (const method of METHOD_NAMES) {
      const found = split(method)
      expectSound(found, plan)
      expect(found.rows.map(({ firm }) => firm)).toEqual(['f', 'g', 'h'])
      expect(found.rows[0].shipments).toEqual(plan.parts!.map(({ id }) => id))
    }
  })

  it('a group that B1 cannot send one by one has no cap but still adds up', () => {
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 40, 0)]
    const problem = makeProblem({
      sites,
      firms: ['f', 'g'].map((id) => ({ id, name: id })),
      shipments: [shipment('s1', 'a', 'b', { firm: 'f', weightKg: 2000 }), shipment('s2', 'a', 'b', { firm: 'g' })],
      vehicles: [contract()],
      tariffs: makeProblem().tariffs.filter(({ kind }) => kind !== 'terminal'),
    })
    const travel = gridTravel(sites)
    const plan = planOf(problem, travel)
    expect(plan.unserved).toEqual([])
    for (const method of METHOD_NAMES) {
      const found = splitPlan(problem, travel, plan, { ...quick, method })
      expectSound(found, plan)
      expect(found.notes).toContainEqual({ note: 'uncapped', firms: ['f', 'g'], krw: 0 })
      expect(found.rows.map(({ missing }) => missing)).toEqual([['s1'], ['s2']])
    }
  })
})

describe('one truck that everybody wants', () => {
  // three firms with one shipment each, any two fit the one truck there is: 65,000 a day and nothing a kilometre. Alone on a hired
  // truck each costs 45,000. One firm 45,000, two 65,000, all three 65,000 + 45,000 = 110,000.
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0)]
  const problem = makeProblem({
    sites,
    firms: ['f', 'g', 'h'].map((id) => ({ id, name: id })),
    shipments: ['f', 'g', 'h'].map((firm) => shipment(`s-${firm}`, 'a', 'b', { firm, weightKg: 1000 })),
    vehicles: [contract({ capacityKg: 2000, maxTrips: 1, maxStops: 2 }), hired({ count: 0 })],
    tariffs: [
      { id: 'own', kind: 'contract', perDayKrw: 65_000, perKmKrw: 0, perHourKrw: 0, tollIncluded: true },
      ...makeProblem().tariffs.filter(({ id }) => id === 'spot'),
    ],
  })
  const travel = gridTravel(sites)
  const plan = planOf(problem, travel)

  it('has no stable split: the least subsidy that makes one is told', () => {
    expect(plan.costKrw).toBe(110_000)
    // any pair pays 65,000 at most, so all three 97,500: 12,500 is missing
    const split = splitPlan(problem, travel, plan, { ...quick, method: 'nucleolus', workingDays: 200 })
    expect(split.subsidy).toMatchObject({ dayKrw: 12_500, yearKrw: 2_500_000, workingDays: 200 })
    expect(split.stability).toMatchObject({ verdict: 'violated', looked: 6, every: true })
    expect(split.stability.tightest).toMatchObject({ aloneKrw: 65_000 })
    for (const method of METHOD_NAMES) {
      const found = splitPlan(problem, travel, plan, { ...quick, method })
      expectSound(found, plan)
      expect(found.stability.verdict).toBe('violated')
      expect(found.stability.violated[0].slackKrw).toBeLessThan(0)
    }
  })

  it('shows what the truck itself is worth', () => {
    // 45,000 a shipment, so 90,000 for the two that it takes for 65,000
    const { dual } = splitPlan(problem, travel, plan, quick)
    expect(dual).toMatchObject({ rentKrw: 25_000, lowerKrw: 110_000 })
    expect(dual!.fleet).toEqual([{ vehicle: 'own', shift: 0, count: 1, krw: -25_000 }])
  })

  it('proves no more than its price leaves', () => {
    const dual = () => ({
      prices: new Map(['f', 'g', 'h'].map((firm) => [`s-${firm}`, 45_000] as const)),
      fleet: [{ vehicle: 'own', shift: 0, count: 1, krw: -25_000 }],
      lowerKrw: 110_000,
      proved: true,
    })
    const { rows, stability, subsidy, notes } = splitPlan(problem, travel, plan, { ...quick, dual })
    // one goes direct and pays that; the two on the truck get back the 25,000 that their prices bring in beyond it
    expect(rows.map(({ shareKrw }) => shareKrw)).toEqual([45_000, 32_500, 32_500])
    // by the prices whoever pays 45,000 would pay 20,000 alone at least: 25,000 above at most
    expect(stability).toMatchObject({ verdict: 'violated', provedUpToKrw: 25_000 })
    // with one of the two it pays 77,500 and would pay 65,000
    expect(stability.tightest?.slackKrw).toBe(-12_500)
    expect(notes).toEqual([{ note: 'rentReturned', firms: [], krw: 25_000 }])
    // 20,000 each is stable whatever the group: 50,000 is missing
    expect(subsidy).toMatchObject({ dayKrw: 12_500, enoughKrw: 50_000 })
  })
})

describe('groups side by side', () => {
  it('share the trucks that there are', () => {
    // one contract truck for one shipment at 30,000 a day, 45,000 on a hired one: two firms pay 75,000, not twice 30,000
    const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0)]
    const firms = ['f', 'g', 'h']
    const problem = makeProblem({
      sites,
      firms: firms.map((id) => ({ id, name: id })),
      shipments: firms.map((firm) => shipment(`s-${firm}`, 'a', 'b', { firm, weightKg: 1000 })),
      vehicles: [contract({ capacityKg: 1000, maxTrips: 1 }), hired({ count: 0 })],
      tariffs: [
        { id: 'own', kind: 'contract', perDayKrw: 30_000, perKmKrw: 0, perHourKrw: 0, tollIncluded: true },
        ...makeProblem().tariffs.filter(({ id }) => id === 'spot'),
      ],
    })
    const travel = gridTravel(sites)
    const game = openGame(problem, travel, planOf(problem, travel), { seed: 1, iterations: 20, randomGroups: 0 })
    expect(game.cost(1n)).toBe(30_000)
    expect(game.cost(3n)).toBe(75_000)
    expect([...game.costs()]).toEqual([0, 30_000, 30_000, 75_000, 30_000, 75_000, 75_000, 120_000])
  })
})

describe('a month', () => {
  it('is the sum of its days, to the won', () => {
    const days = [1, 2, 3].map((seed) => {
      const { problem, travel, plan } = busyDay(seed, 6, 2 + seed)
      return splitPlan(problem, travel, plan, { ...quick, joint: { krw: 1000 * seed, key: 'equal' } })
    })
    const month = splitMonth(days)
    expect(Value.Check(MonthSplitSchema, month)).toBe(true)
    expect(month.planKrw).toBe(days.reduce((sum, { planKrw }) => sum + planKrw, 0))
    expect(month.rows.reduce((sum, { shareKrw }) => sum + shareKrw, 0)).toBe(month.planKrw)
    expect(month.rows.reduce((sum, { jointKrw }) => sum + jointKrw, 0)).toBe(6000)
    expect(month.jointKrw).toBe(6000)
    expect(month.rows.map(({ firm }) => firm)).toEqual(['firm0', 'firm1', 'firm2', 'firm3', 'firm4'])
    for (const row of month.rows) {
      const mine = days.flatMap(({ rows }) => rows.filter(({ firm }) => firm === row.firm))
      expect(row).toMatchObject({
        days: mine.length,
        b1Krw: mine.reduce((sum, { b1Krw }) => sum + b1Krw, 0),
        savingKrw: mine.reduce((sum, { savingKrw }) => sum + savingKrw, 0),
      })
    }
    const other = { ...days[0], method: 'shapley' as const }
    expect(() => splitMonth([other, ...days])).toThrow('different methods')
    expect(() => splitMonth([])).toThrow('without days')
  })
})
