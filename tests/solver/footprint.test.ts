import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import {
  comparePlan,
  energySources,
  evaluator,
  FootprintSchema,
  findIssues,
  footprintOf,
  type Plan,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { contract, gridTravel, hired, makeProblem, randomProblem, shipment } from './problems.ts'
import { planOf } from './routes.ts'

/** Round figures, to be followed by hand. */
const ENERGY = {
  kmPerL: { '1t': 10, '2.5t': 5 },
  emptyShare: 0.8,
  expresswayFactor: 0.9,
  otherRoadFactor: 1.1,
  dieselKrwPerL: 1500,
  subsidyKrwPerL: 300,
  ttwCo2KgPerL: 2.5,
  wtwCo2eKgPerL: 3,
  terminalTtwCo2GPerTkm: 100,
  terminalWtwCo2eGPerTkm: 120,
} satisfies Problem['energy']

type Visits = readonly (readonly [shipment: string, kind: 'pickup' | 'delivery'])[]

function routeOf(problem: Problem, travel: Travel, vehicle: string, visits: Visits): Plan['routes'][number] {
  const named = visits.map(([id, kind]) => ({ shipment: id, kind }))
  return evaluator(problem, travel)(vehicle, named).route
}

/** hub → a 10 km, → b 10 km, → hub 20 km: half a load from a to b. */
function roundTrip(more: Partial<Problem> = {}) {
  const problem = makeProblem({ energy: ENERGY, shipments: [shipment('s1', 'a', 'b', { weightKg: 1250 })], ...more })
  const travel = gridTravel(problem.sites)
  const route = routeOf(problem, travel, 'own', [
    ['s1', 'pickup'],
    ['s1', 'delivery'],
  ])
  return { problem, travel, plan: { routes: [route], direct: [] } }
}

describe('fuel', () => {
  test('goes by kilometres, class and what is on board', () => {
    const { problem, travel, plan } = roundTrip()
    // 30 km empty: 6 L × 0.8 = 4.8 L; 10 km half full: 2 L × 0.9 = 1.8 L
    const { total, modes } = footprintOf(problem, travel, plan)
    expect(total).toEqual({
      distanceM: 40_000,
      fuelMl: 6600,
      fuelKrw: 9900, // 6.6 L × 1,500
      subsidyKrw: 1980, // 6.6 L × 300
      ttwCo2G: 16_500, // 6.6 L × 2.5 kg
      wtwCo2eG: 19_800, // 6.6 L × 3 kg
    })
    expect(modes.route).toEqual(total)
  })

  test('goes by the kind of road where the figures tell it', () => {
    const { problem, travel, plan } = roundTrip()
    const [table] = travel.tables
    // hub – b is all expressway, the rest half of it
    const expresswayM = table!.distanceM.map((distanceM) => (distanceM === 20_000 ? distanceM : distanceM / 2))
    const known = { ...travel, tables: [{ ...table!, expresswayM }] }
    // half and half: 10 km burn as 4.5 + 5.5 = 10; 20 km of expressway as 18: 5.6 L × 0.8 + 1.8 L
    expect(footprintOf(problem, known, plan)).toMatchObject({ total: { fuelMl: 6280 }, expresswaysKnown: true })
    expect(footprintOf(problem, travel, plan).expresswaysKnown).toBe(false)
  })

  test('is the Korean default, at the price of the day, where the problem says nothing', () => {
    const { problem, travel, plan } = roundTrip({ energy: {} })
    // 40 km / 6.8 km/L: 30 km × 0.775 and 10 km × 0.8875 = 4,724.26 mL
    expect(footprintOf(problem, travel, plan).total).toEqual({
      distanceM: 40_000,
      fuelMl: 4724,
      fuelKrw: 8730, // × 1,848
      subsidyKrw: 1632, // × 345.54
      ttwCo2G: 12_325, // × 2.609
      wtwCo2eG: 15_306, // × 3.24
    })
  })

  test.each([
    ['2026-02-28', 2000, 345.54 + 150, 'half of 300'],
    ['2026-03-15', 1900, 345.54 + 140, '70 % of 200'],
    ['2026-03-15', 2000, 345.54 + 183, '70 % of 300 is 210: the cap'],
    ['2026-03-15', 1650, 345.54, 'below the threshold'],
    ['2026-05-01', 2000, 345.54, 'over'],
    ['2025-06-01', 1600, 266.58, 'less while the fuel tax is cut'],
    ['2024-06-01', 1600, 0, 'not known'],
  ])('on %s at %i won a litre %d won of it are paid back: %s', (date, dieselKrwPerL, krwPerL) => {
    const { subsidyKrwPerL: _, ...energy } = ENERGY
    const startsAt = `${date}T00:00:00+09:00`
    const { problem, travel, plan } = roundTrip({ startsAt, energy: { ...energy, dieselKrwPerL } })
    expect(footprintOf(problem, travel, plan).total.subsidyKrw).toBe(Math.round(6.6 * krwPerL))
  })

  test('is priced as assumed on days whose price nobody entered', () => {
    const { problem, travel, plan } = roundTrip({ startsAt: '2024-06-01T00:00:00+09:00', energy: {} })
    expect(footprintOf(problem, travel, plan).total.fuelKrw).toBe(Math.round(4.724 * 1700))
    const diesel = energySources(problem).find(({ name }) => name.en === 'Diesel price')
    expect(diesel).toMatchObject({ value: { en: '₩1,700/L' }, certainty: 'X' })
  })
})

describe('CO2', () => {
  test('is shared by tonne-kilometres of the shortest road, to the gram', () => {
    const shipments = [shipment('s1', 'a', 'b', { weightKg: 600 }), shipment('s2', 'a', 'hub', { weightKg: 150 })]
    const problem = makeProblem({ energy: ENERGY, shipments })
    const travel = gridTravel(problem.sites)
    // s2 rides 10 km out of its way, by b
    const route = routeOf(problem, travel, 'own', [
      ['s1', 'pickup'],
      ['s2', 'pickup'],
      ['s1', 'delivery'],
      ['s2', 'delivery'],
    ])
    const { shipments: shares, total, tonneKm } = footprintOf(problem, travel, { routes: [route], direct: [] })
    // 10 km empty 1.6 L, 10 km with 750 kg 2 × 0.86 = 1.72 L, 20 km with 150 kg 4 × 0.812 = 3.248 L: 6.568 L, 16,420 g
    expect(total.ttwCo2G).toBe(16_420)
    // 0.6 t × 10 km = 6 and 0.15 t × 10 km = 1.5: four fifths and one
    expect(shares.map(({ shipment: id, ttwCo2G, tonneKm }) => [id, ttwCo2G, tonneKm])).toEqual([
      ['s1', 13_136, 6],
      ['s2', 3284, 1.5],
    ])
    expect(tonneKm).toBe(7.5)
  })

  test('of terminal freight is an intensity by weight and road, with no fuel of our own', () => {
    const problem = makeProblem({
      energy: ENERGY,
      vehicles: [],
      shipments: [shipment('s1', 'a', 'b', { weightKg: 200 })],
    })
    const travel = gridTravel(problem.sites)
    // 0.2 t × 10 km = 2 t·km
    const { total, modes, direct } = footprintOf(problem, travel, planOf(problem, travel))
    expect(total).toEqual({ distanceM: 0, fuelMl: 0, fuelKrw: 0, subsidyKrw: 0, ttwCo2G: 200, wtwCo2eG: 240 })
    expect(modes.terminal).toEqual(total)
    expect(direct.map(({ shipment: id, mode }) => [id, mode])).toEqual([['s1', 'terminal']])
  })

  test.each([
    [0, 10_000, 1000, 'not at all'],
    [0.5, 15_000, 1400, 'half of the 800 mL'],
    [1, 20_000, 1800, 'all of it'],
  ])('with a share of %d the way back of a hired truck counts: %4$s', (hiredReturnShare, distanceM, fuelMl) => {
    const problem = makeProblem({
      energy: { ...ENERGY, hiredReturnShare },
      vehicles: [hired()],
      shipments: [shipment('s1', 'a', 'b', { weightKg: 1000 })],
    })
    const travel = gridTravel(problem.sites)
    const { total, emptyReturn, modes } = footprintOf(problem, travel, planOf(problem, travel))
    expect(total).toMatchObject({ distanceM, fuelMl })
    expect(modes.hired).toEqual(total)
    // shown whatever is counted
    expect(emptyReturn).toMatchObject({ distanceM: 10_000, fuelMl: 800 })
  })

  test('a contract truck drives home on its route and has no other way back', () => {
    const { problem, travel, plan } = roundTrip()
    expect(footprintOf(problem, travel, plan).emptyReturn.fuelMl).toBe(0)
  })

  test('shares, routes and direct shipments each add up to the total, whatever the plan', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { problem, travel } = randomProblem({ seed, shipments: 8 })
      const footprint = footprintOf(problem, travel, planOf(problem, travel, { seed, iterations: 60 }))
      expect(Value.Check(FootprintSchema, footprint)).toBe(true)
      const { total, modes, shipments, routes, direct } = footprint
      for (const key of ['fuelMl', 'ttwCo2G', 'wtwCo2eG'] as const) {
        const sum = (burns: readonly Readonly<Record<typeof key, number>>[]) =>
          burns.reduce((whole, burn) => whole + burn[key], 0)
        expect(sum(shipments), `seed ${seed}`).toBe(total[key])
        expect(sum([...routes, ...direct]), `seed ${seed}`).toBe(total[key])
        expect(sum(Object.values(modes)), `seed ${seed}`).toBe(total[key])
      }
    }
  })
})

describe('beside its baselines', () => {
  test('what each shipment emits alone, by its cheapest mode and by its firm alone is counted as in the plan', () => {
    const shipments = [
      shipment('s1', 'a', 'b', { weightKg: 1000 }),
      shipment('s2', 'a', 'b', { weightKg: 200, firm: 'g' }),
    ]
    const problem = makeProblem({
      energy: ENERGY,
      firms: [
        { id: 'f', name: 'f' },
        { id: 'g', name: 'g' },
      ],
      vehicles: [contract({ count: 0 }), hired()],
      shipments,
    })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    const { planFootprint, baselines } = comparePlan(problem, travel, plan)
    const [b0, b1, b2] = baselines.map(({ footprint }) => footprint.total.ttwCo2G)
    // B0: 1 L and 10 km × 0.1 L × 0.84 = 0.84 L, × 2.5 kg. B1 sends the 200 kg by terminal freight: 1 L and 2 t·km × 100 g
    expect([b0, b1, b2]).toEqual([2500 + 2100, 2500 + 200, 2500 + 200])
    expect(planFootprint).toEqual(baselines[1]!.footprint)
    const { total, modes, emptyReturn, tonneKm } = footprintOf(problem, travel, plan)
    expect(planFootprint).toEqual({ total, modes, emptyReturn, tonneKm })
  })

  test('a firm that fills a truck of its own names that truck once', () => {
    const shipments = [
      shipment('s1', 'a', 'b', { weightKg: 1000, modes: ['route'] }),
      shipment('s2', 'a', 'b', { weightKg: 250, modes: ['route'] }),
    ]
    const problem = makeProblem({ energy: ENERGY, vehicles: [contract()], shipments })
    const travel = gridTravel(problem.sites)
    const b2 = comparePlan(problem, travel, planOf(problem, travel)).baselines[2]!
    expect(b2.footprint.total.fuelMl).toBe(6600)
  })
})

test('every figure names where it comes from, in both languages', () => {
  const problem = makeProblem()
  for (const line of energySources(problem)) {
    for (const words of [line.name, line.value, line.source]) expect(words.ko && words.en).toBeTruthy()
    expect(line.certainty).toMatch(/^[ABCGX]$/)
  }
  const own = energySources({
    ...problem,
    energy: { kmPerL: { '1t': 12 }, note: { source: 'log book', certainty: 'A' } },
  })
  expect(own.find(({ name }) => name.en === 'Kilometres per litre, full')).toMatchObject({
    value: { en: '1t 12 · 2.5t 6.8 km/L' },
    source: { en: 'log book' },
    certainty: 'A',
  })
})

test('figures that cannot be are refused with their place', () => {
  const issues = findIssues(makeProblem({ energy: { kmPerL: { '1t': 0 }, hiredReturnShare: 2 } }))
  const errors = issues.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ code, path }) => [code, path])).toEqual([
    ['number.tooSmall', 'energy/kmPerL/1t'],
    ['number.tooLarge', 'energy/hiredReturnShare'],
  ])
})
