import { describe, expect, it } from 'vitest'
import { makeFormats } from '../../web/format.ts'
import { makeCarbonTable } from '../../web/state/carbon.ts'
import { comparison } from './makeDay.ts'

describe('fuel and CO2 of plan and baselines', () => {
  it('stand side by side, the two figures of CO2 in rows of their own', () => {
    // B0 600 km, B1 360 km, the plan 320 km, at 0.1 L, 250 g and 300 g a km; no B2
    expect(makeCarbonTable(comparison).rows).toEqual([
      { key: 'distanceM', b0: 600_000, b1: 360_000, b2: 0, plan: 320_000, difference: -40_000 },
      { key: 'fuelMl', b0: 60_000, b1: 36_000, b2: 0, plan: 32_000, difference: -4000 },
      { key: 'ttwCo2G', b0: 150_000, b1: 90_000, b2: 0, plan: 80_000, difference: -10_000 },
      { key: 'wtwCo2eG', b0: 180_000, b1: 108_000, b2: 0, plan: 96_000, difference: -12_000 },
      // half a tonne-kilometre a kilometre, 300 g a kilometre: 600 g
      { key: 'wtwPerTkm', b0: 600_000, b1: 600_000, b2: 0, plan: 600_000, difference: 0 },
    ])
    expect(makeCarbonTable(comparison).savedShare).toBeCloseTo(1 / 9, 9)
  })

  it('have no share where B1 emits nothing', () => {
    const { rows: _, ...rest } = makeCarbonTable({ ...comparison, baselines: [] })
    expect(rest.savedShare).toBeUndefined()
  })

  it('are written in kilograms with a sign on differences', () => {
    const f = makeFormats('ko')
    expect([f.co2(245_770), f.co2(0)]).toEqual(['245.8 kg', '0.0 kg'])
    expect([-48_040, 1250, 20].map(f.thousandthsDifference)).toEqual(['\u221248.0', '+1.3', '±0'])
  })
})
