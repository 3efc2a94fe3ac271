import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { divide } from '../../solver/divide.ts'
import {
  checkLocks,
  checkPlan,
  comparePlan,
  evaluator,
  findIssues,
  keepLocks,
  movedShipments,
  type Part,
  type Plan,
  PlanSchema,
  type Problem,
  type Shipment,
  type Vehicle,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { contract, gridTravel, hired, makeProblem, randomProblem, shipment, site } from './problems.ts'
import { planOf } from './routes.ts'

const [a, b] = [site('a', 10, 0), site('b', 20, 0)]
const large = (more: Partial<Shipment> = {}) => shipment('S7', 'a', 'b', { weightKg: 6000, pieceKg: 500, ...more })
const weights = (goods: Shipment, vehicles: readonly Vehicle[]) =>
  divide(goods, a, b, vehicles)?.map(({ weightKg }) => weightKg) ?? null

describe('a shipment is divided', () => {
  test.each<[string, Partial<Shipment>, Partial<Vehicle>, number[] | null]>([
    // 5 pieces of 500 on 2,500 kg: 5 + 5 + 2
    ['into full trucks and what is left', {}, {}, [2500, 2500, 1000]],
    ['not where a truck takes it', { weightKg: 2500 }, {}, null],
    // 3 pieces of 800 on 2,500 kg: 3 + 3 + 1, and 400 more beside it
    ['at whole pieces', { pieceKg: 800 }, {}, [2400, 2400, 1200]],
    // 40 + 40 on one, 40 + 40 + 20 on the other: three whole pieces would not fit, two and the light one do
    ['with the light piece where it saves a part', { weightKg: 180, pieceKg: 40 }, { capacityKg: 100 }, [80, 100]],
    ['not where it is one piece', { pieceKg: 6000 }, {}, null],
    ['not where it is said to be one piece by saying nothing', { pieceKg: undefined as never }, {}, null],
    ['not where a piece is too heavy for every truck', { pieceKg: 2501 }, {}, null],
    // 3,000 l for 6,000 kg: a bed of 1,000 l holds 2,000 kg of it
    ['by volume', { volumeL: 3000 }, { bedL: 1000 }, [2000, 2000, 2000]],
    // 9 pallets on 4 places: 4 + 4 + 1, and the goods with them
    ['by pallets', { pallets: 9 }, { pallets: 4, capacityKg: 8000 }, [3000, 2500, 500]],
    ['not for a truck that may not go there', { handling: [] }, {}, null],
    ['not for a truck that it may not use', { modes: ['terminal'] }, {}, null],
  ])('%s', (_, goods, truck, expected) => {
    expect(weights(large(goods), [contract(truck)])).toEqual(expected)
  })

  test('by the largest truck where that makes fewer parts, by the smallest of those that make equally few', () => {
    const [small, middle, big] = [
      contract({ truck: '1t', capacityKg: 1000 }),
      contract({ truck: '3.5t', capacityKg: 3500 }),
      contract({ truck: '5t', capacityKg: 5000 }),
    ]
    expect(weights(large(), [big, small, middle])).toEqual([3500, 2500])
    expect(weights(large(), [small, big])).toEqual([5000, 1000])
    // a yard for 1 t trucks: six of them
    const yard = { ...a, maxTruck: '1t' as const }
    expect(divide(large(), yard, b, [big, small, middle])?.length).toBe(6)
  })

  test('pallets are whole but for the broken one', () => {
    const parts = divide(large({ pallets: 4.5 }), a, b, [contract({ capacityKg: 9000, pallets: 2 })])!
    expect(parts.map(({ pallets }) => pallets)).toEqual([2, 2, 0.5])
  })

  test('into as few parts as trying every way to deal out pieces and pallets', () => {
    const random = new Random(4)
    let divided = 0
    for (let k = 0; k < 400; k++) {
      const goods = large({
        weightKg: 100 + 50 * random.below(14),
        pieceKg: [70, 100, 150, 90][random.below(4)],
        pallets: random.below(2) ? random.below(12) / 2 : 0,
        volumeL: random.below(2) ? 100 * random.below(10) : 0,
      })
      const truck = contract({ capacityKg: 150 + 50 * random.below(6), bedL: 300 + 100 * random.below(4), pallets: 2 })
      const parts = divide(goods, a, b, [truck])
      const least = fewestByTrying(goods, truck)
      expect(parts?.length ?? null, JSON.stringify([goods, truck])).toBe(least === 1 ? null : least)
      if (!parts) continue
      divided++
      const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0)
      expect(sum((part) => part.weightKg)).toBeCloseTo(goods.weightKg, 9)
      expect(sum((part) => part.volumeL)).toBeCloseTo(goods.volumeL!, 9)
      expect(sum((part) => part.pallets)).toBeCloseTo(goods.pallets!, 9)
    }
    expect(divided).toBeGreaterThan(100)
  })
})

/** Fewest trucks over every way to put pieces, volume with them, and pallets on equal trucks, each with a piece; null: no way. */
function fewestByTrying({ weightKg, pieceKg = 1, pallets = 0, volumeL = 0 }: Shipment, truck: Vehicle): number | null {
  const units = (total: number, unit: number) => {
    const sizes = Array.from({ length: Math.floor(total / unit + 1e-9) }, () => unit)
    const rest = total - sizes.length * unit
    return rest > 1e-6 ? [...sizes, rest] : sizes
  }
  const litresPerKg = volumeL / weightKg
  const limitKg = Math.min(truck.capacityKg, litresPerKg > 0 ? truck.bedL! / litresPerKg : Number.POSITIVE_INFINITY)
  const pieces = units(weightKg, pieceKg)
  const packs = (sizes: readonly number[], bins: readonly number[]): boolean =>
    sizes.length === 0 ||
    bins.some((free, at) => {
      if (bins.indexOf(free) !== at || sizes[0] > free + 1e-9) return false
      return packs(
        sizes.slice(1),
        bins.map((other, k) => (k === at ? other - sizes[0] : other)),
      )
    })
  for (let count = 1; count <= pieces.length; count++) {
    const bins = (limit: number) => Array.from({ length: count }, () => limit)
    if (packs(pieces, bins(limitKg)) && packs(units(pallets, 1), bins(truck.pallets!))) return count
  }
  return null
}

/** 6,000 kg on trucks of 2,500: three parts; the rest joins another shipment on a round. */
const problem: Problem = makeProblem({
  vehicles: [
    contract({ count: 2 }),
    hired({ count: 0 }),
    hired({ id: 'big', truck: '2.5t', capacityKg: 2500, count: 0 }),
  ],
  shipments: [large({ maxParts: 3, loadS: 600, unloadS: 900, volumeL: 100, pallets: 3 }), shipment('s2', 'a', 'b')],
})
const travel = gridTravel(problem.sites)
const plan = planOf(problem, travel)

describe('a plan with a shipment in parts', () => {
  test('names them, carries each its own way and passes the check', () => {
    expect(plan.parts).toEqual([
      { id: 'S7/1', shipment: 'S7', weightKg: 2500, volumeL: 41.666, pallets: 2 },
      { id: 'S7/2', shipment: 'S7', weightKg: 2500, volumeL: 41.667, pallets: 1 },
      { id: 'S7/3', shipment: 'S7', weightKg: 1000, volumeL: 16.667, pallets: 0 },
    ])
    expect(plan.unserved).toEqual([])
    expect(checkPlan(problem, travel, plan)).toEqual([])
    expect(Value.Check(PlanSchema, plan)).toBe(true)
    // a 45,000 won truck takes each large part; alone on the small truck 1,000 kg cost 45,000 as well
    const carried = [
      ...plan.routes.flatMap(({ stops }) => stops.flatMap(({ pickups }) => pickups)),
      ...plan.direct.map((way) => way.shipment),
    ]
    expect(carried.sort()).toEqual(['S7/1', 'S7/2', 'S7/3', 's2'])
  })

  test('loads its share, in seconds rounded up', () => {
    // two thirds of the pallets: 400 s of 600; 41.7 % of the weight, a third of the pallets: 250 s
    const evaluate = evaluator(problem, travel)
    const load = (id: string) => {
      const { route } = evaluate('own', [
        { shipment: id, kind: 'pickup' },
        { shipment: id, kind: 'delivery' },
      ])
      return route.stops.map(({ startS, leaveS }) => leaveS - startS)
    }
    expect(load('S7/1')).toEqual([400, 600])
    expect(load('S7/2')).toEqual([251, 376])
    expect(load('S7/3')).toEqual([101, 151])
  })

  test('is compared with baselines that carry the same parts', () => {
    const { baselines } = comparePlan(problem, travel, plan)
    for (const { shipments, excluded } of baselines) {
      expect(shipments.map((entry) => entry.shipment).sort()).toEqual(['S7/1', 'S7/2', 'S7/3', 's2'])
      expect(excluded).toEqual([])
    }
    expect(plan.costKrw).toBeLessThanOrEqual(baselines[1].costKrw)
    // other parts in the plan, the same other parts in the baselines: 2,000 kg each
    const parts = plan.parts!.map((part) => ({ ...part, weightKg: 2000 }))
    const other = comparePlan(problem, travel, { ...plan, parts })
    expect(other.baselines[0].shipments.length).toBe(4)
  })

  test('starts from itself', () => {
    const again = planOf(problem, travel, { iterations: 0, from: plan })
    expect(again.costKrw).toBe(plan.costKrw)
  })

  test.each<[string, (draft: Plan) => void]>([
    ['a kilogram is lost', ({ parts }) => (parts![2].weightKg -= 1)],
    ['a litre is lost', ({ parts }) => (parts![0].volumeL -= 1)],
    ['a pallet is added', ({ parts }) => (parts![0].pallets += 1)],
    [
      'a piece is cut through',
      ({ parts }) => {
        parts![0].weightKg -= 100
        parts![1].weightKg += 100
      },
    ],
    [
      'a pallet is sawn',
      ({ parts }) => {
        parts![0].pallets -= 0.5
        parts![1].pallets += 0.5
      },
    ],
    [
      'a part is left out',
      (draft) => {
        draft.parts!.pop()
      },
    ],
    ['a part is of no shipment', ({ parts }) => (parts![0].shipment = 'none')],
    ['a part has the name of a shipment', ({ parts }) => (parts![0].id = 's2')],
    [
      'the parts are not named',
      (draft) => {
        delete draft.parts
      },
    ],
    [
      'a part is heavier than its truck takes',
      ({ parts }) => {
        parts![0].weightKg += 500
        parts![1].weightKg -= 500
      },
    ],
  ])('is refused where %s', (_, tamper) => {
    const draft = structuredClone(plan)
    tamper(draft)
    expect(Value.Check(PlanSchema, draft)).toBe(true)
    expect(checkPlan(problem, travel, draft)).not.toEqual([])
  })

  test('is refused where the shipment may not be split so often, or need not be', () => {
    const rulesOn = (of: Problem) => new Set(checkPlan(of, travel, plan).map(({ rule }) => rule))
    const [first, ...others] = problem.shipments
    expect(rulesOn({ ...problem, shipments: [{ ...first, maxParts: 2 }, ...others] })).toEqual(new Set(['parts']))
    const long = hired({ id: 'long', truck: '8t', capacityKg: 8000 })
    expect(rulesOn({ ...problem, vehicles: [...problem.vehicles, long] })).toEqual(new Set(['parts']))
  })
})

describe('a shipment that may not be split often enough', () => {
  const [first, ...others] = problem.shipments
  test.each([1, 2, undefined])('maxParts %s: says that it needs 3, in the issues and in the plan', (maxParts) => {
    const { maxParts: _, ...bare } = first
    const tight = { ...problem, shipments: [maxParts ? { ...bare, maxParts } : bare, ...others] }
    const left = planOf(tight, travel)
    expect(left.parts).toBeUndefined()
    expect(left.unserved.map(({ shipment: id }) => id)).toEqual(['S7'])
    expect(left.unserved[0].reasons[0]).toEqual({
      rule: 'parts',
      proof: 'impossible',
      excess: 3 - (maxParts ?? 1),
      unit: 'parts',
      needed: 3,
    })
    const [issue] = findIssues(tight, 'en').filter(({ path }) => path.startsWith('shipments/0'))
    expect([issue.code, issue.path]).toEqual(['shipment.tooFewParts', 'shipments/0/maxParts'])
    expect(issue.remedy).toContain('maxParts to 3')
  })

  test('one piece cannot be split, and another shipment may not have the name of a part', () => {
    const codes = (shipments: Shipment[]) =>
      findIssues({ ...problem, shipments }).flatMap(({ code, path }) =>
        path.startsWith('shipments') ? [[code, path]] : [],
      )
    expect(codes([large({ maxParts: 3, pieceKg: 6000 })])).toEqual([['shipment.onePiece', 'shipments/0/pieceKg']])
    expect(codes([first, { ...shipment('S7/3', 'a', 'b') }])).toEqual([['shipment.partId', 'shipments/0/id']])
    expect(codes(problem.shipments)).toEqual([])
  })
})

test('every plan of random problems with large shipments passes the check and costs at most B1', () => {
  let split = 0
  for (let seed = 1; seed <= 60; seed++) {
    const { problem: made, travel: roads } = randomProblem({ seed, shipments: 6, span: 60 })
    const shipments = made.shipments.map((entry, k) =>
      k % 2
        ? entry
        : { ...entry, weightKg: entry.weightKg * 12, volumeL: entry.volumeL! * 6, pieceKg: 60, maxParts: 2 + (k % 5) },
    )
    const heavy = { ...made, shipments }
    const found = planOf(heavy, roads, { seed, iterations: 100 })
    expect(checkPlan(heavy, roads, found), `seed ${seed}`).toEqual([])
    expect(Value.Check(PlanSchema, found)).toBe(true)
    if (!found.parts) continue
    split++
    const { baselines, waterfall, planKrw } = comparePlan(heavy, roads, found)
    const direct = baselines[1]
    expect(direct.costKrw + waterfall.reduce((sum, { krw }) => sum + krw, 0)).toBe(planKrw)
    if (direct.excluded.length === 0) expect(found.costKrw, `seed ${seed}`).toBeLessThanOrEqual(direct.costKrw)
  }
  expect(split).toBeGreaterThan(20)
})

describe('parts and the rest of the model', () => {
  const small = shipment('S8', 'a', 'b', { weightKg: 500 })
  const problem = makeProblem({
    sites: [site('hub', 0, 0), a, b],
    shipments: [large({ maxParts: 3 }), small],
    vehicles: [contract({ count: 4, capacityKg: 2500 }), hired({ count: 0, capacityKg: 400 })],
  })
  const travel = gridTravel(problem.sites)
  const loads = (plan: Plan) =>
    plan.routes
      .map(({ stops }) => stops.flatMap(({ pickups }) => pickups).sort())
      .sort((x, y) => (x[0] < y[0] ? -1 : 1))

  test('whoever must not meet a split shipment meets none of its parts, and these may meet each other', () => {
    // one truck makes several trips for 100,000 a day; apart it takes a second truck for S8
    const free = planOf(problem, travel)
    expect(loads(free)).toEqual([['S7/1', 'S7/2', 'S7/3', 'S8']])
    const apart = { ...problem, apart: [['S7', 'S8']] }
    const plan = planOf(apart, travel)
    expect(checkPlan(apart, travel, plan)).toEqual([])
    expect(loads(plan)).toEqual([['S7/1', 'S7/2', 'S7/3'], ['S8']])
    expect(checkPlan(apart, travel, free).map(({ rule, shipment: id }) => [rule, id])).toEqual(
      expect.arrayContaining([
        ['apart', 'S7/3'],
        ['apart', 'S8'],
      ]),
    )
  })

  test('a shipment that may be split can be in no group', () => {
    const errors = findIssues({ ...problem, together: [['S8', 'S7']] })
    expect(errors.map(({ code, path }) => [code, path])).toContainEqual(['together.parts', 'together/0/1'])
  })

  test('parts pay their share of a soft window', () => {
    // nobody is there before midnight: every start is more than 2 hours late, at 600 won an hour for the whole
    const softPickup = { closesS: 0, lateKrwPerHour: 600 }
    const plan = planOf({ ...problem, shipments: [large({ maxParts: 3, softPickup })] }, travel)
    expect(plan.parts).toHaveLength(3)
    const started = plan.routes.flatMap(({ stops }) => stops.flatMap(({ visits }) => visits))
    const shares = new Map([
      ['S7/1', 2500 / 6000],
      ['S7/2', 2500 / 6000],
      ['S7/3', 1000 / 6000],
    ])
    const krw = started
      .filter(({ kind }) => kind === 'pickup')
      .reduce((sum, { shipment: id, startS }) => sum + Math.round((shares.get(id)! * 600 * startS) / 3600), 0)
    expect(plan.costLines.find(({ kind }) => kind === 'lateness')?.krw).toBe(krw)
  })

  test('parts are locked by their own ids, and told where the shipment is split no more', () => {
    const from = planOf(problem, travel)
    const locks = keepLocks(problem, from, 'trucks')
    expect(locks.map((lock) => 'shipment' in lock && lock.shipment).sort()).toEqual(['S7/1', 'S7/2', 'S7/3', 'S8'])
    const again = planOf(problem, travel, { seed: 2, from, locks })
    expect(checkLocks(again).map(({ state }) => state)).toEqual(['kept', 'kept', 'kept', 'kept'])
    expect(movedShipments(problem, from, again)).toEqual([])
    const whole = { ...problem, shipments: [large({ maxParts: 3, weightKg: 2500 }), small] }
    const states = checkLocks(planOf(whole, travel, { from, locks })).map(({ record }) => record.refused?.rule)
    expect(states.toSorted()).toEqual([...Array(3).fill('unknownId'), undefined])
  })
})
