import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerSupply,
  courseOf,
  type FetchResult,
  fetchesOf,
  type Item,
  NO_HELP,
  type Register,
  type ResponseLine,
  responseCost,
  responseDeed,
  responseGain,
  responseTime,
} from '../../study/index.ts'

const steel = (changes: Partial<Item> = {}): Item => ({
  id: 'steel',
  name: '금형강',
  unit: 'kg',
  unitKrw: 1000,
  targetDays: 6,
  sources: [
    { supplier: 'near', share: 0.6, leadDays: 0 },
    { supplier: 'far', share: 0.4, leadDays: 2 },
  ],
  alternatives: [{ supplier: 'other', stage: 'tested', leadDays: 2, goodsKrw: 50, fetchDays: 5 }],
  uses: [
    { firm: 'a', perDay: 10, stock: 30 },
    { firm: 'b', perDay: 20, stock: 240 },
    { firm: 'c', perDay: 5 },
  ],
  ...changes,
})
const register = (...items: readonly Item[]): Register => ({
  home: 'KR',
  firms: ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() })),
  suppliers: [
    { id: 'near', name: 'near', country: 'KR' },
    { id: 'far', name: 'far', country: 'KR' },
    { id: 'other', name: 'other', country: 'KR', place: { lng: 127, lat: 37 } },
    { id: 'abroad', name: 'abroad', country: 'JP' },
  ],
  items: [...items],
  stageDays: { found: 120, visited: 90, sampled: 60, tested: 3, adopted: 0 },
  carryingRate: 0.2,
})
const outages = [{ of: 'supplier', id: 'near', weeks: 2, jointDays: 4 }] as const
const routes = { complex: 'x', seed: 1, days: 1, iterations: 100 }
const places = { sites: new Set(['near']), firms: new Set(['a', 'b', 'c']) }
const study = (item: Item, more = {}) => ({ register: register(item), outages, routes, ...more })
const planned = (share: number, aloneKrw: number, pooledKrw: number): FetchResult => ({
  kind: 'planned',
  item: 'steel',
  supplier: 'other',
  share,
  everyDays: 5,
  aloneKrw,
  pooledKrw,
  days: [{ date: '2026-11-23', aloneKrw, pooledKrw }],
  daysLeftOut: 0,
  kg: 105,
  instead: { aloneKrw: 20_000, pooledKrw: 5_000 },
})
const of = (lines: readonly ResponseLine[], kind: ResponseLine['kind']) => lines.find((line) => line.kind === kind)

describe('fetching from alternatives', () => {
  test('asks for each load once, by what is missing, and says why it asks for nothing', () => {
    // 0.6 of 10, 20 and 5 kg for five days; what came from near falls away
    expect(fetchesOf(study(steel()), places)).toEqual([
      {
        item: 'steel',
        supplier: 'other',
        share: 0.6,
        everyDays: 5,
        loads: [
          { firm: 'a', kg: 30 },
          { firm: 'b', kg: 60 },
          { firm: 'c', kg: 15 },
        ],
        instead: 'near',
      },
    ])
    const why = (item: Item, more = {}, at = places) => {
      const [first] = fetchesOf({ ...study(item), ...more }, at)
      return 'kind' in first ? first.why : 'asked'
    }
    const [known] = steel().alternatives!
    expect(why(steel({ alternatives: [{ ...known, supplier: 'abroad' }] }))).toBe('foreign')
    expect(why(steel({ alternatives: [{ ...known, supplier: 'far' }] }))).toBe('noPlace')
    expect(why(steel({ unit: 'pieces' }))).toBe('noWeight')
    expect(why(steel({ unit: 'pieces', kgPerUnit: 3 }))).toBe('asked')
    expect(why(steel(), {}, { ...places, firms: new Set() })).toBe('noFirm')
    const { routes: _, ...bare } = study(steel())
    expect(fetchesOf(bare, places)).toMatchObject([{ kind: 'none', why: 'notAsked' }])
    // 14 kg a day of the 35 that are used
    const [small] = fetchesOf(study(steel({ alternatives: [{ ...known, perDay: 14 }] })), places)
    expect(small.share).toBeCloseTo(0.4, 9)
  })
})

describe('the response to an outage', () => {
  // 0.4 still comes. a is short of 6 a day: 30 kg last five days; b of 12: 240 kg last to the end on day 14
  const answer = answerSupply(study(steel()), [planned(0.6, 70_000, 30_000)])
  const [{ response, nothing }] = answer.outages
  const { lines, phases } = response

  test('has each line with the figures worked out by hand', () => {
    expect(nothing.daysLost).toBeCloseTo(9 * 0.6, 9)
    expect(lines.map(({ phase, kind }) => `${phase} ${kind}`)).toEqual([
      'urgent count',
      'urgent share',
      'urgent fetch',
      'medium qualify',
      'medium raise',
      'medium joint',
    ])
    expect(of(lines, 'count')?.firms).toEqual([{ firm: 'c', units: 0 }])
    // b has 72 kg more than it needs: the 54 kg that a is short of
    expect(of(lines, 'share')).toMatchObject({
      units: expect.closeTo(54, 6),
      goodsKrw: 54_000,
      fromDay: 5,
      untilDay: null,
      after: 0,
      harmed: [],
    })
    // first goods on day 3 + 2, in time; nine days of 0.6 × 35 kg; two fetches of five days
    expect(of(lines, 'fetch')).toMatchObject({
      fromDay: 5,
      untilDay: 14,
      units: expect.closeTo(189, 6),
      goodsKrw: 9450,
      after: 0,
      transport: {
        fetches: 2,
        aloneKrw: 140_000,
        pooledKrw: 60_000,
        todayKrw: { aloneKrw: 40_000, pooledKrw: 10_000 },
      },
    })
    // a lacks 30 of its 60 kg: then ten days instead of five
    expect(of(lines, 'raise')).toMatchObject({
      firms: [{ firm: 'a', units: 30 }],
      goodsKrw: 30_000,
      perYearKrw: 6000,
      after: expect.closeTo(4 * 0.6, 9),
    })
    // four days of all 35 kg; of those whose stock is known 120 kg, more than the 54 that are short
    expect(of(lines, 'joint')).toMatchObject({ units: 140, perYearKrw: 28_000, after: 0, untilDay: null })
    expect(phases).toEqual({ nothing: nothing.daysLost, urgent: 0, both: 0 })
  })

  test('tells of lending that stops a firm which would have gone on, and leaves out lending that helps nobody', () => {
    const lent = (stock: number, perDay: number) =>
      of(
        answerSupply(
          study(
            steel({
              uses: [
                { firm: 'a', perDay: 10, stock: 0 },
                { firm: 'b', perDay, stock },
              ],
            }),
          ),
        ).outages[0].response.lines,
        'share',
      )
    // b needs 12 a day for 14 days and has just that: what it gives to a it lacks itself, and as many days are lost
    expect(lent(168, 20)).toMatchObject({ harmed: ['b'] })
    // a small firm that lends to a large one loses more days than the large one gains
    expect(lent(9, 1)).toBeUndefined()
  })

  test('speaks of alternatives that are not there, or far from ready', () => {
    const none = answerSupply(study(steel({ alternatives: [] }))).outages[0].response.lines
    expect(of(none, 'find')).toMatchObject({ phase: 'medium', units: expect.closeTo(21, 9) })
    const [known] = steel().alternatives!
    const slow = answerSupply(study(steel({ alternatives: [{ ...known, stage: 'found' }] }))).outages[0].response
    expect(slow.lines.filter(({ kind }) => kind === 'fetch')).toEqual([])
    expect(of(slow.lines, 'qualify')).toMatchObject({ stage: 'found', untilDay: 120, transport: { why: 'unplanned' } })
  })

  test('is printed in both languages without a hole', () => {
    const second = answerSupply(study(steel(), { diversify: { share: 0.3, acceptShare: 0.01 } }))
    for (const locale of ['ko', 'en'] as const)
      for (const line of [...lines, ...second.outages[0].response.lines]) {
        const text = [
          responseDeed(register(steel()), line, locale),
          responseTime(line, locale),
          responseGain(line, register(steel()), locale),
          responseCost(line, locale),
        ].join(' | ')
        expect(text).not.toMatch(/undefined|NaN|null|\|\s*\|/)
      }
  })
})

describe('a second supplier', () => {
  test('is made affordable by the milk run where only the pooled cost is below what firms would pay', () => {
    // 35 kg × 0.3 × 365 = 3,832.5 kg × 50 won; 73 fetches, what near's cost taken off
    const verdicts = ([aloneKrw, pooledKrw]: readonly [number, number], acceptShare: number) => {
      const asked = study(steel(), { diversify: { share: 0.3, acceptShare } })
      return answerSupply(asked, [planned(0.3, aloneKrw, pooledKrw)]).diversified[0]
    }
    expect(verdicts([70_000, 30_000], 0.2)).toMatchObject({
      spendKrw: 12_775_000,
      acceptKrw: 2_555_000,
      goodsKrw: 191_625,
      aloneKrw: 191_625 + 73 * 50_000,
      pooledKrw: 191_625 + 73 * 25_000,
      verdict: 'affordablePooled',
    })
    expect(verdicts([70_000, 30_000], 0.5).verdict).toBe('affordableAlone')
    expect(verdicts([70_000, 30_000], 0.1).verdict).toBe('tooDear')
    const dark = answerSupply(study(steel(), { diversify: { share: 0.3, acceptShare: 0.1 } })).diversified[0]
    expect(dark).toMatchObject({ verdict: 'unknown', transport: null })
    // near keeps 0.42: a is short of 4.2 a day, 30 kg last a little over seven days
    expect(dark.outages).toEqual([{ outage: 0, before: expect.closeTo(5.4, 9), after: expect.closeTo(2.88, 9) }])
  })
})

test('more stock stops no firm earlier, and an alternative never makes an outage worse, on generated registers', () => {
  const amount = (max: number) => fc.integer({ min: 0, max })
  const drawnItem = fc.record({
    share: fc.integer({ min: 1, max: 10 }),
    lead: amount(30),
    stage: fc.constantFrom('found', 'tested', 'adopted'),
    most: amount(40),
    uses: fc.array(fc.record({ perDay: fc.integer({ min: 1, max: 30 }), stock: amount(400) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  fc.assert(
    fc.property(fc.array(drawnItem, { minLength: 1, maxLength: 3 }), amount(200), amount(2), (items, more, who) => {
      const made = (add: number): Register =>
        register(
          ...items.map(({ share, lead, stage, most, uses }, k) =>
            steel({
              id: `${k}`,
              sources: [
                { supplier: 'near', share: share / 10, leadDays: lead },
                { supplier: 'far', share: 1 - share / 10 },
              ],
              alternatives: [{ supplier: 'other', stage, leadDays: 1, perDay: most }],
              uses: uses.map(({ perDay, stock }, firm) => ({
                firm: 'abc'[firm],
                perDay,
                stock: stock + (firm === who ? add : 0),
              })),
            }),
          ),
        )
      const course = (add: number, alternatives = false) =>
        courseOf(made(add), outages[0], { ...NO_HELP, alternatives })
      const stops = (add: number) => course(add).firms.map(({ stopsOnDay }) => stopsOnDay ?? Number.POSITIVE_INFINITY)
      const before = stops(0)
      stops(more).forEach((day, k) => {
        expect(day).toBeGreaterThanOrEqual(before[k])
      })
      expect(course(more).daysLost).toBeLessThanOrEqual(course(0).daysLost + 1e-9)
      expect(course(0, true).daysLost).toBeLessThanOrEqual(course(0).daysLost + 1e-9)
    }),
  )
})
