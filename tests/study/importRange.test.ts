import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  choose,
  chooseByProgram,
  consolidateWithRange,
  findStudyIssues,
  type ImportStudy,
  rangeSentence,
  uncertainName,
} from '../../study/index.ts'

const preset = JSON.parse(
  readFileSync(new URL('../../fixtures/studies/gwangju-imports.json', import.meta.url), 'utf8'),
) as ImportStudy
const uncertain = (entries: ImportStudy['uncertain'], count = 100): ImportStudy => ({
  ...preset,
  ordersPerYear: [3, 6],
  uncertain: entries ?? [],
  draws: { seed: 7, count },
})
const rangeOf = (study: ImportStudy) => consolidateWithRange(study).range!

describe('the range of joint imports', () => {
  test('is none where nothing is called uncertain, and a point where low and high are the value', () => {
    expect(consolidateWithRange(uncertain([])).range).toBeNull()
    const still = uncertain([{ path: 'programmeKrwPerYear', low: 30_000_000, high: 30_000_000 }], 5)
    const { today, best, range } = consolidateWithRange(still)
    expect(range!.savingKrw).toMatchObject({ mean: today.costKrw - best.costKrw, sd: 0 })
    expect(range!.regretKrw.mean).toBe(0)
  })

  test('follows a triangle: of a cost on one side only, its mean and its bounds', () => {
    // 20, 30, 70 million: mean 40, so the mean saving is ten million less than at the value
    const study = uncertain([{ path: 'programmeKrwPerYear', low: 20_000_000, high: 70_000_000 }], 2000)
    const { today, best, range } = consolidateWithRange(study)
    const point = today.costKrw - best.costKrw
    expect(range!.savingKrw.mean).toBeGreaterThan(point - 10_700_000)
    expect(range!.savingKrw.mean).toBeLessThan(point - 9_300_000)
    for (const share of range!.byDraw) {
      expect(share).toBeLessThanOrEqual((point + 10_000_000) / today.costKrw)
      expect(share).toBeGreaterThanOrEqual((point - 40_000_000) / today.costKrw)
    }
    // it is paid however often is ordered: no other choice would be better
    expect(range).toMatchObject({ sameOrders: { times: 2000 }, regretKrw: { mean: 0 } })
    expect(range!.turns).toEqual([
      {
        paths: ['programmeKrwPerYear'],
        values: [20_000_000, 70_000_000],
        low: (point + 10_000_000) / today.costKrw,
        high: (point - 40_000_000) / today.costKrw,
      },
    ])
  })

  test('draws one world for both sides: a price that today and the joint way pay alike leaves the difference as it is', () => {
    // both collect the same 40.2 t: 120 and 90 won a kg
    const both = rangeOf(uncertain([{ path: 'suppliers/0/collectPerKgKrw', low: 0, high: 5000 }]))
    expect(both.savingKrw.sd).toBeLessThan(2)
    // where a year uses more, the lots of today are more too
    const demand = rangeOf(uncertain([{ path: 'suppliers/0/kgPerYear', low: 10_000, high: 40_000 }]))
    expect(Math.min(...demand.byDraw)).toBeGreaterThan(0)
    expect(demand.savingKrw.sd).toBeGreaterThan(1e6)
  })

  test('is the same for the same seed, another for another, and says how stable the choice is', () => {
    const study = { ...preset, draws: { seed: 3, count: 40 } }
    expect(rangeOf(study)).toEqual(rangeOf(study))
    expect(rangeOf({ ...study, draws: { seed: 4, count: 40 } }).saving.mean).not.toBe(rangeOf(study).saving.mean)
    const { orders, sameOrders, draws, regretKrw, byDraw } = rangeOf(study)
    expect(orders.reduce((sum, { times }) => sum + times, 0)).toBe(draws)
    expect(orders.find(({ orders: often }) => often === 3)?.times ?? 0).toBe(sameOrders.times)
    expect(regretKrw.quantiles.p05).toBeGreaterThanOrEqual(0)
    expect(byDraw).toHaveLength(40)
  })

  test('tries what the program solves, to the won', () => {
    fc.assert(
      fc.property(fc.constantFrom(...preset.ways), fc.integer({ min: 1, max: 40 }), (way, ordersPerYear) => {
        const [tried, solved] = [choose(preset, way, ordersPerYear), chooseByProgram(preset, way, ordersPerYear)]
        expect(Math.abs(tried.costKrw - solved.costKrw)).toBeLessThanOrEqual(11)
      }),
      { numRuns: 25 },
    )
  })

  test('refuses what cannot be drawn, each with its place', () => {
    const faults = findStudyIssues(
      uncertain([
        { path: 'ways/0/leadDays', low: 20, high: 30 },
        { path: 'ways/0/name', low: 0, high: 1 },
        { path: 'today/0/lotKg', low: 800, high: 1000 },
        { path: 'stock/carryingRate', low: 0.1, high: 3 },
        { path: 'ways/0/leadDays', low: 9, high: 21 },
      ]),
      'en',
    )
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'uncertain/0 imports.uncertainBounds',
      'uncertain/1 imports.uncertainPlace',
      'uncertain/2 imports.uncertainPlace',
      'uncertain/3 number.tooLarge',
      'uncertain/4 study.twice',
    ])
  })

  test('is told in words: whose figure, and on what the range rests', () => {
    expect(uncertainName(preset, ['ways/1/leadDays'], 'ko')).toBe('해상 조달 기간')
    expect(uncertainName(preset, ['suppliers/0/dailyCv', 'suppliers/1/dailyCv'], 'en')).toBe('spread of use')
    expect(rangeSentence(rangeOf({ ...preset, draws: { seed: 1, count: 20 } }), 'en')).toMatch(
      /^saves \d+\.\d % to \d+\.\d % .*20 draws .* seed 1$/,
    )
  })
})
