import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealOut, toWholeWon } from '../../../solver/split/shares.ts'

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0)

describe('dealing out', () => {
  it('adds what is missing where there is most room', () => {
    // 30 more over room 60 and 30
    expect([...dealOut(130, [40, 60], [100, 90], [1, 1]).krw]).toEqual([60, 70])
  })

  it('gives back in proportion to what was paid', () => {
    expect([...dealOut(90, [40, 60], [100, 100], [1, 1]).krw]).toEqual([36, 54])
  })

  it('brings down who lies above a cap and passes it on', () => {
    // 20 off the first; room of the others 10 and 30
    expect([...dealOut(150, [70, 40, 40], [50, 50, 70], [1, 1, 1]).krw]).toEqual([50, 45, 55])
  })

  it('says so where the caps are too low for the whole', () => {
    const { krw, exceeded } = dealOut(150, [60, 60], [40, 60], [1, 1])
    expect([...krw]).toEqual([60, 90])
    expect(exceeded).toBe(true)
  })

  it('lets those without a cap take what the others cannot', () => {
    const { krw, exceeded } = dealOut(200, [50, 50], [60, Number.POSITIVE_INFINITY], [60, 40])
    expect([...krw]).toEqual([60, 140])
    expect(exceeded).toBe(false)
  })

  it('adds up, and keeps to the caps where it can', () => {
    const money = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.record({ base: money, cap: fc.oneof(money, fc.constant(Number.POSITIVE_INFINITY)) }), {
          minLength: 1,
          maxLength: 12,
        }),
        money,
        (firms, total) => {
          const caps = firms.map(({ cap }) => cap)
          const { krw, exceeded } = dealOut(
            total,
            firms.map(({ base }) => base),
            caps,
            caps.map(() => 1),
          )
          expect(sum(krw)).toBeCloseTo(total, 3)
          expect(exceeded).toBe(sum(caps) < total)
          if (!exceeded) for (const [k, cap] of caps.entries()) expect(krw[k]).toBeLessThanOrEqual(cap + 1e-6)
        },
      ),
    )
  })
})

describe('whole won', () => {
  it('go to the largest remainders, ties to the first', () => {
    expect(toWholeWon([10.2, 10.7, 10.1], 31)).toEqual([10, 11, 10])
    expect(toWholeWon([10 / 3, 10 / 3, 10 / 3], 10)).toEqual([4, 3, 3])
  })

  it('lift nobody above a cap', () => {
    expect(toWholeWon([10, 9.5, 9.5], 29, [10, 9, 10])).toEqual([10, 9, 10])
  })

  it('add up, each within a won of its share', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 30 }), (shares) => {
        const total = Math.round(sum(shares))
        const whole = toWholeWon(shares, total)
        expect(sum(whole)).toBe(total)
        for (const [k, krw] of whole.entries()) {
          expect(Number.isInteger(krw)).toBe(true)
          expect(Math.abs(krw - shares[k])).toBeLessThan(1 + 1e-5)
        }
      }),
    )
  })
})
