import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cheaperLots,
  chooseLane,
  DAILY,
  type Demand,
  drawWindow,
  findStudyIssues,
  groupPlaces,
  type Lane,
  type LaneOrder,
  laneKrw,
  lotsOf,
  type Pattern,
  type PickupStudy,
  quietDay,
  type Release,
  type Run,
  randomOf,
  releaseOrders,
  summarisePickup,
  waitingOf,
} from '../../study/index.ts'

// Monday 2026-11-30 … Friday 11 December; Wednesday 9 December is off
const DATES = [30, 1, 2, 3, 4, 7, 8, 10, 11].map((day) =>
  day === 30 ? '2026-11-30' : `2026-12-${String(day).padStart(2, '0')}`,
)
const order = (day: number, weightKg = 100, more: object = {}) => ({
  day,
  pair: 'a',
  lane: 'x',
  weightKg,
  mayWait: true,
  ...more,
})
const under = (pattern: Pattern, longestWaitDays = 99, fullKg = 0) => ({
  patternOf: () => pattern,
  fullKg,
  longestWaitDays,
})
const daysOf = (releases: readonly Release[]) => releases.map(({ day }) => day)

describe('orders wait for their day', () => {
  test('by weekday; a day off moves to the next working day, the last day takes everything', () => {
    const orders = DATES.map((_, day) => order(day))
    // Wednesdays: index 2; 9 December is off, so index 7 (the 10th); the 11th goes on the last day, which it is
    expect(daysOf(releaseOrders(orders, DATES, under([3])))).toEqual([2, 2, 2, 7, 7, 7, 7, 7, 8])
    expect(daysOf(releaseOrders(orders, DATES, under([3], 2)))).toEqual([2, 2, 2, 5, 6, 7, 7, 7, 8])
    expect(daysOf(releaseOrders(orders, DATES, under(DAILY)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(releaseOrders([order(0)], DATES, under([2, 5]))[0]).toEqual({ day: 1, cycleDays: 3.5 })
  })

  test('until the truck of the lane is full, or the first has waited longest: then all go', () => {
    const orders = [
      order(0, 400),
      order(1, 300),
      order(1, 400, { pair: 'b' }),
      order(2, 100),
      order(1, 900, { lane: 'y' }),
    ]
    // lane x: 400, then 1,100 ≥ 1,000 on day 1; the 100 of day 2 wait three days; lane y waits three days too
    expect(daysOf(releaseOrders(orders, DATES, under('full', 3, 1000)))).toEqual([1, 1, 1, 5, 4])
    // first collection on Tuesday, two days after the window opened; from there to Monday six
    expect(releaseOrders(orders, DATES, under('full', 3, 1000)).map(({ cycleDays }) => cycleDays)).toEqual([
      2, 2, 2, 6, 5,
    ])
  })

  const drawn = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: DATES.length - 1 }),
      pair: fc.constantFrom('a', 'b', 'c'),
      lane: fc.constantFrom('x', 'y'),
      weightKg: fc.integer({ min: 1, max: 2000 }),
      mayWait: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  const patterns = fc.array(fc.constantFrom<Pattern>(DAILY, [2, 5], [3], 'full'), { minLength: 3, maxLength: 3 })
  test('never before they are ordered, never longer than stated, and none is lost', () => {
    fc.assert(
      fc.property(drawn, patterns, fc.integer({ min: 0, max: 6 }), (orders, [a, b, c], longestWaitDays) => {
        const patternOf = (pair: string): Pattern => ({ a, b, c })[pair]!
        const sorted = orders.toSorted((one, other) => one.day - other.day)
        const releases = releaseOrders(sorted, DATES, { patternOf, fullKg: 1500, longestWaitDays })
        expect(releases).toHaveLength(sorted.length)
        for (const [k, { day }] of releases.entries()) {
          const waited = day - sorted[k].day
          expect(waited).toBeGreaterThanOrEqual(0)
          expect(waited).toBeLessThanOrEqual(longestWaitDays)
          expect(day).toBeLessThan(DATES.length)
          if (!sorted[k].mayWait || patternOf(sorted[k].pair) === DAILY) expect(waited).toBe(0)
        }
      }),
    )
  })
})

const DEMAND: Demand = {
  from: '2026-11-30',
  workingDays: 20,
  workingDaysPerYear: 250,
  scale: 1,
  sigma: 0.5,
  flows: [
    {
      id: 'steel',
      items: ['강재'],
      direction: 'in',
      perWeek: { small: 20 },
      medianKg: 300,
      boundsKg: [10, 2000],
      partners: { far: 1, near: 1 },
      pieceKg: 500,
    },
    {
      id: 'heat',
      items: ['열처리'],
      direction: 'out',
      perWeek: { small: 5 },
      medianKg: 300,
      boundsKg: [10, 2000],
      partners: { near: 1 },
      pieceKg: 500,
      sameDay: true,
    },
  ],
}
const PLACES = [
  { id: 'home', name: 'home', lng: 126.77, lat: 35.12 },
  { id: 'near', name: 'near', lng: 126.8, lat: 35.2 },
  { id: 'far', name: 'far', lng: 126.72, lat: 37.34 },
  // 15 km from far
  { id: 'farther', name: 'farther', lng: 126.72, lat: 37.47 },
]

describe('what waiting costs', () => {
  const firms = [{ name: 'F', site: 'home', size: 'small' }]
  const window = drawWindow(DEMAND, firms, 1, DATES.slice(0, 5), groupPlaces(PLACES, PLACES[0]))
  const steel = window.find(({ order: { flow } }) => flow.id === 'steel')!.order

  test('value × rate × (half a cycle + wait), in calendar days', () => {
    // 1,000 kg × 5,000 won × 20 % a year, from Thursday to Monday: 4 days, and half of 7 − 1.4 of the cycle: 2.8
    const stock = {
      carryingRate: 0.2,
      krwPerKg: 1,
      flows: [{ flow: 'steel', name: { ko: '', en: '' }, krwPerKg: 5000 }],
    }
    const held = { order: { ...steel, weightKg: 1000 }, mayWait: true, day: 3, release: { day: 5, cycleDays: 7 } }
    const patient = { ...held, mayWait: false }
    const waiting = waitingOf([held, patient], DATES, stock)
    expect(waiting).toMatchObject({ orders: 2, mayWait: 1, waited: 1, waitDays: 2, longestDays: 2 })
    expect(waiting.stockKrw).toBe(Math.round((1000 * 5000 * 0.2 * 6.8) / 365))
    expect(waiting.kgDays).toBeCloseTo(6800, 9)
  })

  test('orders of the same day are no lot, those of different days are; heat treatment never waits', () => {
    for (const kind of Map.groupBy(window, ({ group }) => group).values()) {
      const days = kind.map(({ day }) => day)
      expect(new Set(days).size).toBe(days.length)
    }
    expect(new Set(window.map(({ group }) => group)).size).toBeLessThan(window.length)
    expect(window.every(({ order: { flow }, mayWait }) => mayWait === (flow.id !== 'heat'))).toBe(true)
    expect(new Set(window.map(({ lane }) => lane))).toEqual(new Set(['near', 'far in']))
    expect(groupPlaces(PLACES, PLACES[0]).get('farther')).toBe('far')
  })

  test('a lot stands where it is no dearer alone than its orders', () => {
    const one = { id: '1', firm: 'F', from: 'far', to: 'home', weightKg: 200, loadS: 324, unloadS: 324, due: 9 }
    const shipments = [one, { ...one, id: '2', weightKg: 600, pieceKg: 500, loadS: 372, due: 7 }, { ...one, id: '3' }]
    const lots = lotsOf(shipments, (id) => (id === '3' ? 'other' : 'same'), 300)
    expect(lots.shipments).toEqual([
      { ...one, id: '1 +1', weightKg: 800, pieceKg: 500, loadS: 396, unloadS: 348, due: 7 },
    ])
    const prices = (lot: number) =>
      new Map([
        ['1', 100],
        ['2', 200],
        ['3', 100],
        ['1 +1', lot],
      ])
    expect(cheaperLots(shipments, lots, prices(300)).map(({ id }) => id)).toEqual(['1 +1', '3'])
    expect(cheaperLots(shipments, lots, prices(301)).map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(cheaperLots(shipments, lots, new Map()).map(({ id }) => id)).toEqual(['1 +1', '3'])
  })
})

describe('patterns chosen for a lane', () => {
  const OPTIONS: readonly Pattern[] = [DAILY, [1, 4], [2], [5]]
  const TEN = Array.from({ length: 10 }, (_, k) => `2001-01-${String(k < 5 ? k + 1 : k + 3).padStart(2, '0')}`)
  const hired = { perKmKrw: 600, minimumKrw: 0, stopFeeKrw: 20_000, includedStops: 2, returns: false }
  /** Three firms with two suppliers 300 km away, 10 km from each other. */
  function laneOf(seed: number, waitKrw: number): Lane {
    const random = randomOf(seed)
    const km = [
      [0, 1, 1, 300, 305],
      [1, 0, 1, 300, 305],
      [1, 1, 0, 300, 305],
      [300, 300, 300, 0, 10],
      [305, 305, 305, 10, 0],
    ]
    const orders = TEN.flatMap((_, day) =>
      [0, 1, 2, 3].flatMap((pair): LaneOrder[] => {
        if (random.uniform() > 0.4) return []
        const from = pair === 3 ? 4 : 3
        const weightKg = Math.round(200 + 900 * random.uniform())
        const name = `${pair % 3} ${from}`
        const more = { lane: 'x', mayWait: true, supplier: String(from), group: name, pieceKg: 500 }
        return [{ day, pair: name, from, to: pair % 3, weightKg, ...more }]
      }),
    )
    return {
      orders,
      dates: TEN,
      prices: {
        trucks: [
          { ...hired, capacityKg: 1000, baseKrw: 20_000 },
          { ...hired, capacityKg: 2500, baseKrw: 60_000 },
        ],
        terminals: [],
        kmOf: (from, to) => km[from][to],
      },
      options: OPTIONS,
      fullKg: 2500,
      longestWaitDays: 5,
      waitKrw: (k, { day }) => waitKrw * (day - orders[k].day),
    }
  }

  test('cost what all combinations tried out say, but for a few local optima within a hundredth', () => {
    let same = 0
    for (let seed = 0; seed < 20; seed++) {
      const lane = laneOf(seed, seed % 2 === 0 ? 2_000 : 20_000)
      const pairs = [...new Set(lane.orders.map(({ pair }) => pair))]
      let least = Number.POSITIVE_INFINITY
      for (let code = 0; code < OPTIONS.length ** pairs.length; code++)
        least = Math.min(
          least,
          laneKrw(lane, (pair) => OPTIONS[Math.floor(code / OPTIONS.length ** pairs.indexOf(pair)) % OPTIONS.length]),
        )
      const chosen = chooseLane(lane)
      // the search keeps sums as it goes: they are those of a count from anew
      expect(chosen.krw).toBe(laneKrw(lane, (pair) => chosen.patternOf.get(pair)!))
      expect(chosen.krw).toBeGreaterThanOrEqual(least)
      expect(chosen.krw).toBeLessThan(1.01 * least)
      if (chosen.krw === least) same++
    }
    expect(same).toBeGreaterThanOrEqual(16)
  })

  test('are daily where a wait is dear, and the full truck is one of them', () => {
    const dear = chooseLane(laneOf(1, 1_000_000))
    expect([...dear.patternOf.values()].every((pattern) => pattern === DAILY)).toBe(true)
    const lane = { ...laneOf(1, 0), options: [DAILY, 'full'] as const }
    expect([...chooseLane(lane).patternOf.values()].every((pattern) => pattern === 'full')).toBe(true)
  })
})

const STUDY: PickupStudy = {
  kind: 'pickup',
  name: { ko: '빈도', en: 'frequency' },
  complex: 'gwangju',
  seeds: [1, 2],
  days: 5,
  iterations: 100,
  settings: [
    { id: 'daily', name: { ko: '매일', en: 'daily' }, changes: [] },
    { id: 'weekly', name: { ko: '주 1회', en: 'weekly' }, changes: [{ kind: 'collectOn', days: [5] }] },
  ],
  stock: { carryingRate: 0.2, krwPerKg: 10_000 },
}
const run = (setting: string, seed: number, day: number, b1: number, plan: number, stockKrw: number): Run => ({
  ...quietDay({ setting, seed, day, date: DATES[day] }),
  shipments: b1 > 0 ? 2 : 0,
  weightKg: b1 / 1000,
  planKrw: plan,
  baselineKrw: { B0: 2 * b1, B1: b1, B2: b1 },
  steps: { mode: 7, truckSize: 5, routing: plan - b1 - 12 },
  ...(setting === 'weekly' && {
    waiting: { orders: 10, mayWait: 8, waited: 6, waitDays: 16, longestDays: 4, kgDays: 700, stockKrw },
  }),
})

describe('what waiting brings', () => {
  const daily = (seed: number) => Array.from({ length: 5 }, (_, day) => run('daily', seed, day, 1000, 800, 0))
  // all of the week on Friday: 4,700 direct in lots, 3,200 as planned, 300 of stock
  const weekly = (seed: number) =>
    Array.from({ length: 5 }, (_, day) =>
      run('weekly', seed, day, day === 4 ? 4700 : 0, day === 4 ? 3200 : 0, day === 4 ? 300 : 0),
    )

  test('is told apart from routing, bar by bar, to the won', () => {
    const { frequency } = summarisePickup(STUDY, [...daily(1), ...weekly(1), ...daily(2), ...weekly(2)], 250)
    const [base, waits] = frequency!.settings
    expect(base).toMatchObject({ setting: 'daily', more: null, stockKrw: 0, saving: { value: 0.2 } })
    // a day: B1 1,000; mode 7, size 5, routing −212 as without waiting; lots −60; the rest of −300 + 200 is −100; stock 60
    expect(waits).toMatchObject({
      daily: 'daily',
      b1Krw: 1000,
      planKrw: 640,
      stockKrw: 60,
      steps: { mode: 7, truckSize: 5, routing: -212, frequency: -60, fuller: -100, stock: 60 },
      saving: { value: 0.3 },
      wait: { longestDays: 4, waitedShare: 0.6, mayWaitShare: 0.8 },
    })
    const sum = Object.values(waits.steps).reduce((all, krw) => all + krw, waits.b1Krw)
    expect(sum).toBe(waits.planKrw + waits.stockKrw)
    expect(waits.more!.value).toBeCloseTo(0.1, 12)
    expect(waits.sameWaiting.value).toBeCloseTo(1500 / 4700, 12)
    // 700 kg days on each of 10 working days: over 14 calendar days
    expect(waits.stockKg).toBeCloseTo(500, 9)
    expect(frequency!.best).toBe('weekly')
  })

  test('counts whole windows only, in which both sides fetch the same', () => {
    const some = summarisePickup(STUDY, [...daily(1), ...weekly(1), ...daily(2), ...weekly(2).slice(0, 4)], 250)
    expect(some.frequency!.settings[1]).toMatchObject({
      days: 5,
      steps: { frequency: -60 },
      missingKg: expect.closeTo(-0.3),
    })
    const none = summarisePickup(STUDY, daily(1).slice(0, 3), 250)
    expect(none.frequency).toBeUndefined()
    expect(summarisePickup({ ...STUDY, settings: [STUDY.settings[0]] }, daily(1), 250).frequency).toBeUndefined()
  })

  test('asks for what goods are worth, for a week, and for the same without waiting', () => {
    expect(findStudyIssues(STUDY, 'en')).toEqual([])
    const [first, second] = STUDY.settings
    const { stock: _, ...bare } = STUDY
    const broken = {
      ...bare,
      days: 4,
      settings: [
        first,
        { ...second, changes: [...second.changes, ...second.changes, { kind: 'detour', percent: 110 }] },
      ],
    }
    expect(findStudyIssues(broken, 'ko').map(({ path, code }) => `${path} ${code}`)).toEqual([
      'stock study.noStock',
      'days study.fewDays',
      'settings/1/changes study.twoPatterns',
      'settings/1 study.noDaily',
    ])
  })
})
