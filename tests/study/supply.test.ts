import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseOf, type Item, indicatorsOf, NO_HELP, type Register, spendWeighted } from '../../study/index.ts'

const item = (changes: Partial<Item> = {}): Item => ({
  id: 'spring',
  name: '가스스프링',
  unit: 'kg',
  unitKrw: 1000,
  sources: [
    { supplier: 'se', share: 0.6, leadDays: 7, leadSdDays: 2 },
    { supplier: 'kr', share: 0.4, leadDays: 2 },
  ],
  uses: [{ firm: 'a', perDay: 10, stock: 30 }],
  ...changes,
})
const register = (...items: readonly Item[]): Register => ({
  home: 'KR',
  firms: [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ],
  suppliers: [
    { id: 'se', name: 'Sweden', country: 'SE', port: 'Rotterdam' },
    { id: 'de', name: 'Germany', country: 'DE', port: 'Rotterdam' },
    { id: 'kr', name: '국내', country: 'KR' },
  ],
  items: [...items],
  stageDays: { found: 120, visited: 90, sampled: 60, tested: 3, adopted: 0 },
  carryingRate: 0.2,
})
const WEEKS = { of: 'supplier', id: 'se', weeks: 2 } as const

describe('the register of supply', () => {
  test('counts concentration, imports and cover as by hand', () => {
    expect(indicatorsOf(register(item()), item())).toEqual({
      supplierHhi: expect.closeTo(0.52, 9), // 0.36 + 0.16
      countryHhi: expect.closeTo(0.52, 9),
      importShare: 0.6,
      singleSource: false,
      alternatives: 0,
      stockDays: 3,
      leastDays: 3,
      cover: expect.closeTo(3 / (7 + 3.3), 9),
      yearKrw: 3_650_000,
    })
  })

  test('says that it does not know, instead of nought', () => {
    const dark = item({ uses: [{ firm: 'a', perDay: 10 }], sources: [{ supplier: 'se', share: 1 }] })
    expect(indicatorsOf(register(dark), dark)).toMatchObject({ stockDays: null, cover: null, singleSource: true })
    const priceless: Item = { ...item({ id: 'dark' }) }
    delete priceless.unitKrw
    expect(spendWeighted(register(item(), priceless))).toMatchObject({ withoutValue: 1, importShare: 0.6 })
    expect(courseOf(register(dark), WEEKS, NO_HELP)).toMatchObject({
      unknown: [{ firm: 'a', item: 'spring' }],
      firms: [],
    })
  })
})

describe('an outage', () => {
  test('empties the stock and stops the firm on the day worked out by hand, until the first delivery is back', () => {
    // 4 of 10 kg still come: 30 kg last five days (24, 18, 12, 6, 0). Then 0.6 of each day is lost, up to day 14 + 7
    expect(courseOf(register(item()), WEEKS, NO_HELP)).toMatchObject({
      firms: [{ firm: 'a', item: 'spring', stopsOnDay: 5, daysLost: expect.closeTo(16 * 0.6, 9) }],
      firmsStopped: 1,
      daysLost: expect.closeTo(9.6, 9),
    })
  })

  test('is shortened by a source that was tested, at its price, and by a joint stock, at its carrying cost', () => {
    const withOther = item({ alternatives: [{ supplier: 'de', stage: 'tested', leadDays: 5, extraKrw: 50 }] })
    // from day 3 + 5 on the 6 kg come from Germany: days 5, 6, 7 lose 0.6
    expect(courseOf(register(withOther), WEEKS, { ...NO_HELP, alternatives: true })).toMatchObject({
      daysLost: expect.closeTo(1.8, 9),
      byAlternatives: [{ supplier: 'de', units: expect.closeTo(13 * 6, 9), extraKrw: expect.closeTo(3900, 6) }],
    })
    // a port takes both: no help from there
    expect(
      courseOf(register(withOther), { of: 'port', id: 'Rotterdam', weeks: 2 }, { ...NO_HELP, alternatives: true }),
    ).toMatchObject({
      daysLost: expect.closeTo(9.6, 9),
      byAlternatives: [],
    })
    // 3 days of use are 30 kg: five more days
    expect(courseOf(register(item()), WEEKS, { ...NO_HELP, jointDays: 3 })).toMatchObject({
      daysLost: expect.closeTo(11 * 0.6, 9),
      jointKrwPerYear: 1000 * 10 * 3 * 0.2,
    })
  })

  test('lets firms help each other, and counts a day that lacks two items once', () => {
    const two = item({
      uses: [
        { firm: 'a', perDay: 10, stock: 0 },
        { firm: 'b', perDay: 10, stock: 1000 },
      ],
    })
    expect(courseOf(register(two), WEEKS, NO_HELP).daysLost).toBeCloseTo(21 * 0.6, 9)
    expect(courseOf(register(two), WEEKS, { ...NO_HELP, shared: true }).daysLost).toBe(0)
    const twice = register(item({ uses: [{ firm: 'a', perDay: 10, stock: 0 }] }), item({ id: 'plate' }))
    expect(courseOf(twice, WEEKS, NO_HELP).daysLost).toBeCloseTo(21 * 0.6, 9)
  })

  test('never grows by more stock, an alternative or a joint stock; loses what use and deliveries leave short', () => {
    const drawn = fc.record({
      share: fc.integer({ min: 1, max: 10 }),
      stock: fc.integer({ min: 0, max: 500 }),
      more: fc.integer({ min: 0, max: 500 }),
      perDay: fc.integer({ min: 1, max: 50 }),
      weeks: fc.integer({ min: 1, max: 8 }),
      lead: fc.integer({ min: 0, max: 40 }),
      jointDays: fc.integer({ min: 0, max: 30 }),
    })
    fc.assert(
      fc.property(drawn, ({ share, stock, more, perDay, weeks, lead, jointDays }) => {
        const days = (units: number, help = NO_HELP) =>
          courseOf(
            register(
              item({
                sources: [
                  { supplier: 'se', share: share / 10, leadDays: lead },
                  { supplier: 'kr', share: 1 - share / 10 },
                ],
                alternatives: [{ supplier: 'de', stage: 'tested', leadDays: 5, perDay: 3 }],
                uses: [{ firm: 'a', perDay, stock: units }],
              }),
            ),
            { of: 'supplier', id: 'se', weeks },
            help,
          ).daysLost
        // short: what is used and does not come, less what lies there
        const short = Math.max(0, perDay * (share / 10) * (weeks * 7 + lead) - stock)
        expect(days(stock)).toBeCloseTo(short / perDay, 5)
        expect(days(stock + more)).toBeLessThanOrEqual(days(stock) + 1e-9)
        expect(days(stock, { ...NO_HELP, jointDays })).toBeCloseTo(days(stock + jointDays * perDay), 5)
        expect(days(stock, { ...NO_HELP, alternatives: true })).toBeLessThanOrEqual(days(stock) + 1e-9)
      }),
    )
  })
})
