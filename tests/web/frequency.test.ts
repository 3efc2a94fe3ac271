import { describe, expect, it } from 'vitest'
import { type FrequencySetting, shortOf } from '../../study/index.ts'
import { frequencyFall, laneRows, nameOfPattern, waitCurve } from '../../web/state/frequency.ts'
import { nameOfChanges } from '../../web/state/study.ts'

const none = { value: 0, interval: null }
const weekly: FrequencySetting = {
  setting: 'weekly',
  daily: 'daily',
  days: 10,
  saving: { value: 0.3, interval: [0.2, 0.4] },
  more: none,
  sameWaiting: none,
  b1Krw: 1000,
  planKrw: 640,
  stockKrw: 60,
  steps: { mode: 0, truckSize: 12, routing: -212, frequency: -60, fuller: -100, stock: 60 },
  wait: { meanDays: 2, longestDays: 4, waitedShare: 0.5, mayWaitShare: 0.6 },
  co2Saving: none,
  stockKg: 500,
  orders: 20,
  shipments: 18,
  left: 0,
  missingKg: 0,
  patterns: {
    dailyKrw: 900,
    chosenKrw: 800,
    pairs: [
      { firm: 'A', supplier: 'S', lane: '시흥·인천 in', pattern: [5], kgPerWeek: 300 },
      { firm: 'B', supplier: 'S', lane: '시흥·인천 in', pattern: [2, 5], kgPerWeek: 100 },
      { firm: 'A', supplier: 'T', lane: 'near', pattern: 'full', kgPerWeek: 50 },
    ],
  },
}

describe('waiting on the screen', () => {
  it('falls from B1 to the plan with its stock, and leaves out what is nought', () => {
    const bars = frequencyFall(weekly)
    expect(bars.map(({ id, to }) => [id, to])).toEqual([
      ['b1', 1000],
      ['truckSize', 1012],
      ['routing', 800],
      ['frequency', 740],
      ['fuller', 640],
      ['stock', 700],
      ['plan', 700],
    ])
    expect(bars.at(-1)!.interval).toEqual([600, 800])
  })

  it('is ordered by the wait, and tells the lanes by the share of what they carry', () => {
    const daily = { ...weekly, setting: 'daily', wait: { ...weekly.wait, meanDays: 0 } }
    expect(
      waitCurve({ settings: [weekly, daily], best: 'weekly' }).map(({ setting, best }) => [setting, best]),
    ).toEqual([
      ['daily', false],
      ['weekly', true],
    ])
    expect(laneRows(weekly)).toEqual([
      {
        lane: '시흥·인천 in',
        near: false,
        towns: '시흥·인천',
        out: false,
        kgPerWeek: 400,
        pairs: 2,
        shares: { daily: 0, several: 0.25, weekly: 0.75, full: 0 },
      },
      expect.objectContaining({ near: true, kgPerWeek: 50, shares: { daily: 0, several: 0, weekly: 0, full: 1 } }),
    ])
  })

  it('names what a setting does', () => {
    expect(nameOfPattern([5, 2])).toEqual({ ko: '주 2회 (화·금)', en: 'twice a week (Tue, Fri)' })
    const full = { kind: 'collectWhenFull', kg: 2500, longestWaitDays: 5 } as const
    expect(nameOfChanges([full]).en).toBe('when full (2,500 kg, 5 days at most)')
    expect(nameOfChanges([{ ...full, kind: 'collectChosen', waitKrwPerDay: 20_000 }]).ko).toBe(
      '기업·공급처마다 고름 (길어도 5일, 하루 기다림 20,000원)',
    )
    expect(shortOf({ changes: [{ kind: 'collectOn', days: [3] }], name: { ko: '주 1회', en: 'weekly' } }).ko).toBe(
      '주 1회',
    )
  })
})
