import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chooseByProgram,
  consolidate,
  costJoint,
  costToday,
  type ImportStudy,
  packCheapest,
  type Way,
} from '../../study/index.ts'

const words = { ko: '', en: '' }
const SEA: Way = {
  id: 'sea',
  name: words,
  leadDays: 73,
  leadSdDays: 0,
  km: 20_000,
  co2GPerTkm: 16,
  packings: [
    { kind: 'loose', id: 'lcl', fixedKrw: 100, perKgKrw: 1, kgPerM3: 1000, inlandFixedKrw: 50, inlandPerKgKrw: 0.1 },
    { kind: 'container', id: 'fcl20', krw: 3000, capacityKg: 20_000, capacityM3: 30, inlandKrw: 500 },
  ],
}
const AIR: Way = {
  id: 'air',
  name: words,
  leadDays: 7.3,
  leadSdDays: 0,
  km: 9000,
  co2GPerTkm: 603,
  packings: [
    { kind: 'loose', id: 'air', fixedKrw: 10, perKgKrw: 6, kgPerM3: 167, inlandFixedKrw: 5, inlandPerKgKrw: 0.1 },
  ],
}
const study = (changes: Partial<ImportStudy> = {}): ImportStudy => ({
  kind: 'imports',
  name: words,
  firms: 4,
  suppliers: [
    {
      id: 's',
      name: words,
      kgPerYear: 36_500,
      m3PerTonne: 0.5,
      valueKrwPerKg: 10,
      dailyCv: 0,
      collectFixedKrw: 20,
      collectPerKgKrw: 0.01,
    },
  ],
  correlation: 0,
  ways: [SEA, AIR],
  today: [{ supplier: 's', way: 'air', lotsPerYear: 20, lotKg: 1825 }],
  order: { jointKrw: 300, supplierKrw: 10, ownKrw: 100 },
  stock: {
    carryingRate: 0.2,
    serviceZ: 1.65,
    storageKrwPerM3Day: 0.01,
    ownStorageKrwPerM3Day: 0.01,
    handleKrwPerKg: 0.02,
    callsPerYear: 10,
    callKrw: 3,
  },
  programmeKrwPerYear: 1000,
  ordersPerYear: [2, 4],
  ...changes,
})

describe('import consolidation', () => {
  test('costs what the sheet worked by hand says, today and jointly', () => {
    const today = costToday(study())
    expect(today.lines).toEqual({
      order: 2000, // 20 × 100
      collect: 765, // 20 × (20 + 18.25)
      freight: 219_200, // 20 × (10 + 6 × 1825); 0.9125 m³ × 167 kg is less
      inland: 3750, // 20 × (5 + 182.5)
      handling: 0,
      calls: 0,
      storage: 7, // 4 × 912.5 kg lie on average: 1.825 m³ × 0.01 × 365 = 6.66
      cycleStock: 7300, // 3650 kg × 10 × 0.2
      safetyStock: 0,
      transitStock: 1460, // 36,500 × 7.3 / 365 = 730 kg × 2
      programme: 0,
    })
    const joint = costJoint(study(), { way: 'sea', ordersPerYear: 2, multiples: [1] })
    // 18,250 kg, 9.125 m³ each: one container at 3000 + 500 against 100 + 18,250 + 50 + 1825 loose
    expect(joint.packings).toEqual([{ containers: [1], looseKg: 0, looseM3: 0 }])
    expect(joint.lines).toEqual({
      order: 620,
      collect: 405, // 2 × 20 + 365
      freight: 6000,
      inland: 1000,
      handling: 730,
      calls: 30,
      storage: 17, // 9125 kg = 4.5625 m³ × 3.65 = 16.65
      cycleStock: 18_250,
      safetyStock: 0,
      transitStock: 14_600, // 7300 kg × 2
      programme: 1000,
    })
    expect(joint.co2Kg).toBeCloseTo(36.5 * 20_000 * 0.016, 6)
    expect(today.co2Kg).toBeCloseTo(36.5 * 9000 * 0.603, 6)
  })

  test('a joint stock needs less against surprises than stocks apart, by the square root where firms are independent', () => {
    const surprise = study({ suppliers: study().suppliers.map((supplier) => ({ ...supplier, dailyCv: 1 })) })
    const apart = costToday({ ...surprise, today: [{ supplier: 's', way: 'sea', lotsPerYear: 20, lotKg: 1825 }] })
    // 100 kg a day and as much spread: of one firm 50. Apart 4 × 1.65 × 50 √73, together 1.65 × 100 √(T + 73)
    expect(apart.safetyKg).toBeCloseTo(4 * 1.65 * 50 * Math.sqrt(73), 6)
    const joint = costJoint(surprise, { way: 'sea', ordersPerYear: 365, multiples: [1] })
    expect(joint.safetyKg).toBeCloseTo(1.65 * 100 * Math.sqrt(74), 6)
    const alike = costToday({
      ...surprise,
      correlation: 1,
      today: [{ supplier: 's', way: 'sea', lotsPerYear: 20, lotKg: 1825 }],
    })
    expect(alike.safetyKg).toBeCloseTo(1.65 * 100 * Math.sqrt(73), 6)
  })

  test('the steps from today to the best choice add up to the difference', () => {
    const { today, best, curve, steps } = consolidate(study())
    expect(steps.reduce((sum, { krw }) => sum + krw, 0)).toBe(best.costKrw - today.costKrw)
    expect(best.costKrw).toBe(Math.min(...curve.map(({ costKrw }) => costKrw)))
    expect(steps[0]).toEqual({ step: 'mode', krw: 20 * (100 + 1825 + 50 + 182.5) - 219_200 - 3750 })
  })

  test('a program and a descent find what trying every choice finds, on generated studies', () => {
    const amount = (max: number) => fc.integer({ min: 1, max })
    const supplier = fc.record({ kg: amount(200_000), m3: amount(30), value: amount(50), fixed: amount(500) })
    const drawn = fc.record({
      suppliers: fc.array(supplier, { minLength: 1, maxLength: 4 }),
      joint: amount(2000),
      container: amount(6000),
      loose: amount(400),
      ordersPerYear: fc.constantFrom(2, 6, 12, 24),
    })
    fc.assert(
      fc.property(drawn, ({ suppliers, joint, container, loose, ordersPerYear }) => {
        const way: Way = {
          ...SEA,
          packings: [
            {
              kind: 'loose',
              id: 'lcl',
              fixedKrw: loose,
              perKgKrw: 0.3,
              kgPerM3: 1000,
              inlandFixedKrw: 5,
              inlandPerKgKrw: 0.1,
            },
            { kind: 'container', id: 'fcl20', krw: container, capacityKg: 20_000, capacityM3: 30, inlandKrw: 500 },
            {
              kind: 'container',
              id: 'fcl40',
              krw: container * 1.7,
              capacityKg: 26_000,
              capacityM3: 60,
              inlandKrw: 600,
            },
          ],
        }
        const drawnStudy = study({
          suppliers: suppliers.map(({ kg, m3, value, fixed }, k) => ({
            id: `${k}`,
            name: words,
            kgPerYear: kg,
            m3PerTonne: m3 / 10,
            valueKrwPerKg: value,
            dailyCv: 0.5,
            collectFixedKrw: fixed,
            collectPerKgKrw: 0.01,
          })),
          ways: [way],
          order: { jointKrw: joint, supplierKrw: 10, ownKrw: 100 },
          multiples: [1, 2, 3],
          today: [],
        })
        let least = Number.POSITIVE_INFINITY
        const all = (chosen: number[]): void => {
          if (chosen.length < suppliers.length) {
            for (const multiple of [1, 2, 3]) all([...chosen, multiple])
            return
          }
          if (!chosen.includes(1)) return
          least = Math.min(least, costJoint(drawnStudy, { way: way.id, ordersPerYear, multiples: chosen }).costKrw)
        }
        all([])
        // lines are rounded to whole won one by one
        expect(Math.abs(chooseByProgram(drawnStudy, way, ordersPerYear).costKrw - least)).toBeLessThanOrEqual(11)
      }),
      { numRuns: 30, seed: 7 },
    )
  })

  test('packs loose what is not worth a container, by weight or by measure', () => {
    expect(packCheapest(SEA, 1000, 0.5)).toMatchObject({ freight: 1100, inland: 150, packing: { containers: [0] } })
    // 2 m³ are charged as 2,000 kg
    expect(packCheapest(SEA, 1000, 2)).toMatchObject({ freight: 2100, inland: 150 })
    // 25 t: one full, and five tonnes loose cost 5,650, a second one 3,500
    expect(packCheapest(SEA, 25_000, 10)).toMatchObject({ freight: 6000, packing: { containers: [2], looseKg: 0 } })
  })
})
