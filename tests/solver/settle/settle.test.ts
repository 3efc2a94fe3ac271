import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadHighs, type Plan, type Problem, splitPlan, type Travel } from '../../../solver/index.ts'
import { type SettleDayInput, settleDay, sumsOf } from '../../../solver/settle/day.ts'
import { carryMarks, type DoneMark, drivenIn } from '../../../solver/settle/done.ts'
import { executedPlan } from '../../../solver/settle/executed.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, randomProblem, shipment, site } from '../problems.ts'
import { planOf } from '../routes.ts'

const highs = await loadHighs()
const shareOf = (problem: Problem, travel: Travel, plan: Plan) =>
  splitPlan(problem, travel, plan, { highs, method: 'proportional', iterations: 20, randomGroups: 5 }).rows
const settled = (input: Omit<SettleDayInput, 'method' | 'split'>) =>
  settleDay({ ...input, method: 'proportional', split: shareOf })

/** hub – a 10 km – b 20 km – c 30 km on one line, 60 s a km; two firms send from a and from b to c. */
function lineDay() {
  const sites = [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 30, 0)]
  const problem = makeProblem({
    sites,
    firms: [
      { id: 'f', name: 'f' },
      { id: 'g', name: 'g' },
    ],
    shipments: [
      shipment('s1', 'a', 'c', { weightKg: 900, loadS: 600, unloadS: 600 }),
      shipment('s2', 'b', 'c', { firm: 'g', weightKg: 800, loadS: 600, unloadS: 600 }),
    ],
    vehicles: [contract(), hired({ count: 0 })],
    tariffs: [
      {
        id: 'own',
        kind: 'contract',
        perDayKrw: 20_000,
        perKmKrw: 300,
        perHourKrw: 6000,
        overtime: { afterS: 2 * HOUR, perHourKrw: 3600 },
        tollIncluded: false,
      },
      makeProblem().tariffs[1],
    ],
  })
  const travel = gridTravel(sites)
  const plan = planOf(problem, travel)
  expect(plan.routes.map(({ stops }) => stops.map((stop) => stop.site))).toEqual([['a', 'b', 'c']])
  return { problem, travel, plan, route: plan.routes[0] }
}
const krwOf = (lines: readonly { readonly kind: string; readonly krw: number }[], kind: string) =>
  lines.find((line) => line.kind === kind)?.krw ?? 0

describe('a round as it was driven', () => {
  it('counts as planned, and says so, where nothing was recorded', () => {
    const { problem, travel, plan } = lineDay()
    const { rounds } = executedPlan(problem, travel, plan, [])
    expect(rounds).toMatchObject([{ basis: 'planned', made: 3, missed: [], costKrw: plan.costKrw, timed: false }])
  })

  it('is paid for the hours from real departure to real return, overtime included', () => {
    const { problem, travel, plan, route } = lineDay()
    const marks: DoneMark[] = [
      { route: route.id, kind: 'departed', atS: 8 * HOUR },
      { route: route.id, kind: 'arrived', atS: 11 * HOUR },
    ]
    const [round] = executedPlan(problem, travel, plan, marks).rounds
    // 3 h at 6 000 won; one hour of it over, at 3 600 more
    expect(krwOf(round.lines, 'time')).toBe(18_000)
    expect(krwOf(round.lines, 'overtime')).toBe(3600)
    // the roads are those of the plan: 60 km there and back, 10 won of toll a km
    expect(krwOf(round.lines, 'distance')).toBe(18_000)
    expect(krwOf(round.lines, 'toll')).toBe(600)
    expect(round).toMatchObject({ basis: 'recorded', timed: true, departS: 8 * HOUR, returnS: 11 * HOUR })
  })

  it('leaves out a stop that had a problem and its goods, and keeps them out of both sides', () => {
    const { problem, travel, plan, route } = lineDay()
    const marks: DoneMark[] = [{ route: route.id, stop: 1, kind: 'problem', atS: 9 * HOUR }]
    const day = settled({ problem, travel, plan, marks })
    expect(day.rounds[0]).toMatchObject({ made: 2, stops: 3, missed: [{ shipment: 's2', why: 'notLoaded' }] })
    expect(day.firms.find(({ firm }) => firm === 'f')).toMatchObject({ shipments: 1, shareKrw: day.rounds[0].costKrw })
    expect(day.firms.find(({ firm }) => firm === 'g')).toMatchObject({ shipments: 0, shareKrw: 0, b1Krw: 0 })
  })

  it('lets goods that were not unloaded share the cost, and says that they did not arrive', () => {
    const { problem, travel, plan, route } = lineDay()
    const marks: DoneMark[] = [
      { route: route.id, stop: 2, kind: 'arrived', atS: 9 * HOUR },
      { route: route.id, stop: 2, kind: 'problem', atS: 9 * HOUR },
    ]
    const [round] = settled({ problem, travel, plan, marks }).rounds
    expect(round.missed.map(({ why }) => why)).toEqual(['notDelivered', 'notDelivered'])
    expect(round.carried).toEqual(['s1', 's2'])
  })

  it('takes the last quantity that was said of a stop, and prices what goes alone by it', () => {
    const { problem, travel, plan, route } = lineDay()
    const terminal = {
      ...makeProblem().tariffs[2],
      maxPieceKg: 1000,
      maxShipmentKg: 1000,
    } as Problem['tariffs'][number]
    const open = { ...problem, tariffs: [...problem.tariffs, terminal] }
    const loaded = (quantityKg: number, atS: number): DoneMark => ({
      route: route.id,
      stop: 0,
      kind: 'loaded',
      atS,
      quantityKg,
    })
    const day = settled({ problem: open, travel, plan, marks: [loaded(700, 8.5 * HOUR), loaded(450, 8.6 * HOUR)] })
    expect(day.rounds[0].quantities).toEqual([{ shipment: 's1', plannedKg: 900, kg: 450 }])
    // 7 000 + 62 a kg: 34 900
    expect(day.firms.find(({ firm }) => firm === 'f')!.b1Krw).toBe(34_900)
  })

  it('charges a round that came in vain to those it was sent for, and pays waiting of hired trucks by the rule', () => {
    const { problem, travel } = lineDay()
    const shipments = problem.shipments.map((one) => ({ ...one, modes: ['hired' as const] }))
    const alone = { ...problem, shipments, vehicles: [hired()] }
    const plan = planOf(alone, travel)
    expect(plan.direct.map(({ shipment: id, mode }) => [id, mode])).toEqual([
      ['s1', 'hired'],
      ['s2', 'hired'],
    ])
    const [first, second] = plan.direct.map(({ route }) => route!)
    const service = first.stops[0].startS
    const day = settled({
      problem: alone,
      travel,
      plan,
      marks: [
        // it stood 2 h for a service of 10 min: 110 min of waiting, 60 free, 50 at 12 000 an hour
        { route: first.id, stop: 0, kind: 'arrived', atS: service },
        { route: first.id, stop: 0, kind: 'left', atS: service + 2 * HOUR },
        { route: second.id, stop: 0, kind: 'arrived', atS: second.stops[0].startS },
        { route: second.id, stop: 0, kind: 'problem', atS: second.stops[0].startS },
      ],
      waiting: { freeS: HOUR, perHourKrw: 12_000 },
    })
    expect(day.firms).toMatchObject([
      { firm: 'f', waitingKrw: 10_000, vainKrw: 0 },
      // one stop, no road: the minimum fare
      { firm: 'g', shareKrw: 0, vainKrw: 45_000, b1Krw: 0 },
    ])
    const { firmsKrw, carriersKrw, terminalKrw } = sumsOf(day)
    expect(firmsKrw).toBe(carriersKrw + terminalKrw)
  })
})

it('keeps what was recorded under the plan before, at the stops of the plan that stands', () => {
  const { plan, route } = lineDay()
  const [a, b, c] = route.stops
  const after: Plan = { ...plan, routes: [{ ...route, id: '7', stops: [b, a, c] }] }
  const marks: DoneMark[] = [
    { route: route.id, kind: 'departed', atS: 1 },
    { route: route.id, stop: 0, kind: 'loaded', atS: 2 },
    { route: 'gone', stop: 0, kind: 'loaded', atS: 3 },
  ]
  expect(carryMarks(plan, after, marks)).toEqual([
    { route: '7', kind: 'departed', atS: 1 },
    { route: '7', stop: 1, kind: 'loaded', atS: 2 },
  ])
})

it('lets firms pay what carriers and terminal freight get, whatever happened', () => {
  const kinds = ['departed', 'arrived', 'left', 'loaded', 'delivered', 'problem'] as const
  const mark = fc.record({
    round: fc.nat(5),
    stop: fc.option(fc.nat(5), { nil: undefined }),
    kind: fc.constantFrom(...kinds),
    lateS: fc.integer({ min: -HOUR, max: 3 * HOUR }),
    quantityKg: fc.option(fc.constantFrom(0, 50, 700), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.array(mark, { maxLength: 12 }), (seed, drawn) => {
      const day = randomProblem({ seed, shipments: 7, span: 40 })
      const firms = ['a', 'b', 'c'].map((id) => ({ id, name: id }))
      const problem = {
        ...day.problem,
        firms,
        shipments: day.problem.shipments.map((one, k) => ({ ...one, firm: firms[k % 3].id })),
      }
      const plan = planOf(problem, day.travel, { iterations: 40 })
      const rounds = drivenIn(plan)
      const marks = drawn.flatMap(({ round, stop, kind, lateS, quantityKg }): DoneMark[] => {
        const route = rounds[round % Math.max(1, rounds.length)]
        if (!route) return []
        const index = stop === undefined ? undefined : stop % route.stops.length
        const plannedS = index === undefined ? route.departS : route.stops[index].startS
        return [
          {
            route: route.id,
            kind,
            atS: Math.max(0, plannedS + lateS),
            ...(index !== undefined && { stop: index }),
            ...(quantityKg !== undefined && { quantityKg }),
          },
        ]
      })
      const found = settled({ problem, travel: day.travel, plan, marks, waiting: { freeS: 600, perHourKrw: 9000 } })
      const { firmsKrw, carriersKrw, terminalKrw } = sumsOf(found)
      expect(firmsKrw).toBe(carriersKrw + terminalKrw)
      for (const { lines, costKrw } of found.rounds) expect(lines.reduce((sum, { krw }) => sum + krw, 0)).toBe(costKrw)
      if (marks.length === 0) expect(found.plannedKrw).toBe(carriersKrw + terminalKrw)
    }),
    { numRuns: 25 },
  )
})
