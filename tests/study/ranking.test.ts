import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, CRITERIA, type Indicator, rank, weightSensitivity } from '../../study/index.ts'

const INDICATORS: Indicator[] = [
  { id: 'hhi', criterion: 'stability', better: 'less' },
  { id: 'saving', criterion: 'economy', better: 'more' },
  { id: 'npv', criterion: 'economy', better: 'more' },
  { id: 'centre', criterion: 'infrastructure', better: 'more' },
  { id: 'density', criterion: 'geography', better: 'more' },
]
const EVEN = { stability: 1, economy: 1, infrastructure: 1, geography: 1 }
const point = (value: number) => ({ low: value, value, high: value })
const known = (values: Readonly<Record<string, number>>): Candidate['known'] =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, point(value)]))
const GOOD = { id: 'good', known: known({ hhi: 0.2, saving: 30, npv: 3, centre: 10, density: 5 }) }
const FAIR = { id: 'fair', known: known({ hhi: 0.6, saving: 20, npv: 1, centre: 5, density: 5 }) }

describe('a ranking of complexes', () => {
  test('scores as by hand, and puts first what is better in everything', () => {
    const [good, fair] = rank([GOOD, FAIR], INDICATORS, EVEN)
    // the density of both is the same: 0.5
    expect(good.total).toEqual({ low: 0.875, high: 0.875, value: 0.875 })
    expect(fair.total.value).toBeCloseTo(0.125, 9)
    expect(good.places).toEqual([1, 1])
    expect(good.chances).toEqual([1, 0])
  })

  test('knows a gap from a nought: a range, no point, and no place of its own', () => {
    const gaps = { id: 'gaps', known: known({ saving: 25 }) }
    const [, , dark] = rank([GOOD, FAIR, gaps], INDICATORS, EVEN)
    expect(dark.criteria).toMatchObject({ stability: null, infrastructure: null, geography: null })
    expect(dark.criteria.economy!.value).toBeCloseTo(0.5, 9)
    expect(dark.total.value).toBeNull()
    // economy: half of it known, (0.5 + 0) / 2 to (0.5 + 1) / 2; the rest 0 to 1
    expect([dark.total.low, dark.total.high]).toEqual([0.25 / 4, (0.75 + 3) / 4])
    expect(dark.places).toEqual([1, 3])
  })

  test('says where weights decide', () => {
    const cheap = { id: 'cheap', known: known({ hhi: 0.6, saving: 30, npv: 3, centre: 5, density: 5 }) }
    const safe = { id: 'safe', known: known({ hhi: 0.2, saving: 20, npv: 1, centre: 6, density: 5 }) }
    const turns = weightSensitivity([cheap, safe], INDICATORS, { ...EVEN, infrastructure: 0.1 })
    const order = (criterion: string, factor: number) =>
      turns.find((turn) => turn.criterion === criterion && turn.factor === factor)!.order
    expect(order('economy', 2)).toEqual(['cheap', 'safe'])
    expect(order('stability', 2)).toEqual(['safe', 'cheap'])
  })

  test('keeps every drawn place inside the places that are possible where weights are certain', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })).map(([from, width]) => ({
      low: from,
      value: from + width / 2,
      high: from + width,
    }))
    const values = fc.array(range, { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(values, (ranges) => {
        const only: Indicator[] = CRITERIA.map((criterion) => ({ id: criterion, criterion, better: 'more' }))
        const candidates = ranges.map((value, k) => ({
          id: `${k}`,
          known: { ...known({ stability: 1, infrastructure: 1, geography: 1 }), economy: value },
        }))
        const ranked = rank(
          candidates,
          only,
          { stability: 0, economy: 1, infrastructure: 0, geography: 0 },
          { draws: 50 },
        )
        for (const { places, chances, total } of ranked) {
          expect(total.low).toBeLessThanOrEqual(total.value! + 1e-9)
          expect(total.value).toBeLessThanOrEqual(total.high + 1e-9)
          expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9)
          chances.forEach((chance, place) => {
            // equal points share their places by order
            if (chance > 0 && new Set(ranges.map(({ value }) => value)).size === ranges.length) {
              expect(place + 1).toBeGreaterThanOrEqual(places[0])
              expect(place + 1).toBeLessThanOrEqual(places[1])
            }
          })
        }
      }),
      { numRuns: 60 },
    )
  })
})
