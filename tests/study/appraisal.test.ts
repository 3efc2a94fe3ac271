import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Appraisal, appraise, type Flow, vary } from '../../study/index.ts'

const name = { ko: '이름', en: 'name' }
const flow = (id: string, kind: Flow['kind'], krw: number, when: Flow['when'], more: Partial<Flow> = {}): Flow => ({
  id,
  name,
  kind,
  krw,
  when,
  ...more,
})
const yearly = { kind: 'yearly' } as const
const now = { kind: 'once', year: 0 } as const

/** Reported: 140 million won a year; an average support task costs the state 624 million, half of the whole. */
const reported = (years: number): Appraisal => ({
  years,
  rate: 0.045,
  flows: [
    flow('saving', 'benefit', 140e6, yearly),
    flow('task', 'cost', 1248e6, now),
    flow('grant', 'benefit', 624e6, now, { grant: true }),
  ],
})

describe('an appraisal', () => {
  test('meets the sheet worked by hand: five years at 4.5 %', () => {
    const { economic, financial, benefitPerGrant } = appraise(reported(5))
    const { table } = economic[0]!
    // 1/1.045 + 1/1.045² + … + 1/1.045⁵ = 0.956938 + 0.915730 + 0.876297 + 0.838561 + 0.802451 = 4.389977
    expect(table.benefitPvKrw).toBeCloseTo(140e6 * 4.389977, -3)
    expect(table.bc).toBeCloseTo(614.597 / 1248, 4) // 0.4925
    expect(benefitPerGrant).toBeCloseTo(614.597 / 624, 4) // 0.9849
    expect(table.npvKrw).toBeCloseTo(614_596_740 - 1248e6, -4)
    expect(table.paybackYears).toBeNull()
    // the firms and the state together pay 1248, and the programme is given 624
    expect(financial.npvKrw).toBeCloseTo(614_596_740 + 624e6 - 1248e6, -4)
    expect(financial.paybackYears).toBeCloseTo(624 / 140, 6) // 4.457
  })

  test('keeps what only changes hands out of the economic table, and carbon out of the financial one', () => {
    const { economic, financial } = appraise({
      years: 2,
      rate: 0.1,
      flows: [
        flow('freight', 'benefit', 110, yearly, { transferShare: 10 / 110 }), // 10 of VAT
        flow('toll', 'benefit', 50, yearly, { transferShare: 1 }),
        flow('van', 'cost', 100, now),
        flow('van', 'benefit', 21, { kind: 'end' }),
      ],
      carbon: { tonnesPerYear: 2, krwPerTonne: [10] },
    })
    // 100/1.1 + 121/1.21 = 190.909
    expect(economic[0]!.table.benefitPvKrw).toBeCloseTo(100 / 1.1 + 121 / 1.21, 9)
    // 2 t × 10 won more, both years
    expect(economic[1]!.table.benefitPvKrw).toBeCloseTo(120 / 1.1 + 141 / 1.21, 9)
    expect(financial.benefitPvKrw).toBeCloseTo(160 / 1.1 + 181 / 1.21, 9)
  })

  test('finds the one rate of return, says so where there are two, and where there is none', () => {
    const irr = (...net: readonly number[]) =>
      appraise({
        years: net.length - 1,
        rate: 0.05,
        flows: net.map((krw, year) =>
          flow(`${year}`, krw < 0 ? 'cost' : 'benefit', Math.abs(krw), { kind: 'once', year }),
        ),
      }).financial.irr
    // −100 + 110 / 1.1
    expect(irr(-100, 110)).toEqual({ kind: 'one', rate: expect.closeTo(0.1, 9) })
    // −1000 + 2300 x − 1320 x², x = 1/1.1 and 1/1.2
    expect(irr(-1000, 2300, -1320)).toEqual({
      kind: 'several',
      rates: [expect.closeTo(0.1, 9), expect.closeTo(0.2, 9)],
    })
    expect(irr(-100, -1)).toEqual({ kind: 'none' })
  })

  test('discounts at its own rate of return to nought, and is linear in benefits and costs', () => {
    const flows = fc.array(
      fc.record({
        krw: fc.integer({ min: 1, max: 1_000_000 }),
        year: fc.integer({ min: 0, max: 10 }),
        cost: fc.boolean(),
      }),
      { minLength: 2, maxLength: 20 },
    )
    fc.assert(
      fc.property(flows, fc.double({ min: 0, max: 0.3, noNaN: true }), (drawn, rate) => {
        const appraisal: Appraisal = {
          years: 10,
          rate,
          flows: drawn.map(({ krw, year, cost }, k) =>
            flow(`${k}`, cost ? 'cost' : 'benefit', krw, { kind: 'once', year }),
          ),
        }
        const { irr, npvKrw, benefitPvKrw, costPvKrw } = appraise(appraisal).financial
        const rates = irr.kind === 'one' ? [irr.rate] : irr.kind === 'several' ? irr.rates : []
        for (const at of rates)
          if (at >= 0 && at <= 1)
            expect(Math.abs(appraise({ ...appraisal, rate: at }).financial.npvKrw)).toBeLessThan(1)
        const varied = appraise(vary(appraisal, { benefits: 1.2, costs: 0.8 })).financial
        expect(varied.npvKrw).toBeCloseTo(1.2 * benefitPvKrw - 0.8 * costPvKrw, 3)
        expect(npvKrw).toBeCloseTo(benefitPvKrw - costPvKrw, 6)
      }),
    )
  })
})
