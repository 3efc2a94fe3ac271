import { describe, expect, it, vi } from 'vitest'
import { frequencyLines } from '../../server/commands/study/frequencyLines.ts'
import { loadComplex } from '../../server/complexes.ts'
import { demandOf, runPickup } from '../../server/studies/pickup.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { type PickupStudy, type Run, summarisePickup } from '../../study/index.ts'

vi.setConfig({ testTimeout: 240_000 })

const name = { ko: '이름', en: 'name' }
const few = { kind: 'participants', count: 6 } as const
const STUDY: PickupStudy = {
  kind: 'pickup',
  name,
  complex: 'gwangju',
  seeds: [1],
  days: 5,
  iterations: 100,
  settings: [
    { id: 'daily', name, changes: [few] },
    { id: 'everyDay', name, changes: [few, { kind: 'collectOn', days: [1, 2, 3, 4, 5] }] },
    { id: 'friday', name, changes: [few, { kind: 'collectOn', days: [5] }] },
    { id: 'full', name, changes: [few, { kind: 'collectWhenFull', kg: 3000, longestWaitDays: 2 }] },
    {
      id: 'chosen',
      name,
      changes: [few, { kind: 'collectChosen', kg: 3000, longestWaitDays: 4, waitKrwPerDay: 0 }],
    },
  ],
  stock: { carryingRate: 0.2, krwPerKg: 8000 },
}

describe('a pickup study in which orders wait', () => {
  it('plans the days of the plain study where they wait for nothing, and fetches the same goods where they do', async () => {
    const data = await loadComplex('gwangju')
    const ran = await runPickup({
      study: STUDY,
      data,
      travelOf: travelFrom(trunk),
      locale: 'en',
      threads: 2,
      report: () => {},
      stopped: () => false,
    })
    const of = (id: string): Run[] => ran.filter(({ setting }) => setting === id)
    const plain = ({ setting: _, waiting: __, ...run }: Run) => run
    const kg = (runs: readonly Run[]) => runs.reduce((sum, { weightKg }) => sum + weightKg, 0)
    const daily = of('daily')
    expect(of('everyDay').map(plain)).toEqual(daily.map(plain))
    expect(of('everyDay').every(({ waiting }) => waiting?.waited === 0 && waiting.stockKrw === 0)).toBe(true)

    const orders = daily.reduce((sum, { shipments }) => sum + shipments, 0)
    const longest = { friday: 4, full: 2, chosen: 4 }
    for (const [id, days] of Object.entries(longest)) {
      const runs = of(id)
      expect(kg(runs)).toBe(kg(daily))
      expect(runs.reduce((sum, { waiting }) => sum + waiting!.orders, 0)).toBe(orders)
      expect(Math.max(...runs.map(({ waiting }) => waiting!.longestDays))).toBeLessThanOrEqual(days)
      for (const { planKrw, baselineKrw } of runs) expect(planKrw).toBeLessThanOrEqual(baselineKrw.B1)
    }
    // those that may wait all go on Friday
    expect(of('friday').map(({ waiting }) => waiting!.waited)).toEqual([0, 0, 0, 0, expect.any(Number)])
    expect(of('friday')[4].waiting!.waited).toBeGreaterThan(3)

    const { frequency } = summarisePickup(STUDY, ran, demandOf(data).workingDaysPerYear)
    for (const { b1Krw, planKrw, stockKrw, steps, days } of frequency!.settings) {
      const end = Object.values(steps).reduce((sum, krw) => sum + krw, b1Krw)
      // means of whole won over five days
      expect(Math.round(end * days)).toBe(Math.round((planKrw + stockKrw) * days))
    }
    const patterns = frequency!.settings.find(({ setting }) => setting === 'chosen')!.patterns!
    expect(new Set(patterns.pairs.map(({ firm }) => firm)).size).toBe(6)
    expect(patterns.chosenKrw).toBeLessThanOrEqual(patterns.dailyKrw)
    expect(patterns.pairs.every(({ supplier }) => !supplier.includes('-'))).toBe(true)
    const lines = frequencyLines(frequency!, (id) => id, 'en').join('\n')
    expect(lines).not.toMatch(/[가-힣]/)
    expect(lines).toMatch(/ordering less often[^\n]+fuller rounds by waiting[^\n]+stock \+/)
    expect(frequencyLines(frequency!, (id) => id, 'ko').join('\n')).toContain('고른 주기')
    expect(of('chosen').filter(({ waiting }) => waiting!.patterns)).toHaveLength(1)
  })
})
