import { describe, expect, test } from 'vitest'
import type { Plan, Problem } from '../../solver/index.ts'
import {
  latenessOf,
  type PickupStudy,
  problemUnder,
  quietDay,
  type Run,
  type StudyChange,
  summarisePickup,
} from '../../study/index.ts'

const setting = (id: string, ...changes: StudyChange[]) => ({ id, name: { ko: id, en: id }, changes })
const STUDY: PickupStudy = {
  kind: 'pickup',
  name: { ko: '', en: '' },
  complex: 'x',
  seeds: [1, 2, 3],
  days: 2,
  iterations: 100,
  programmeKrwPerYear: 10_000,
  settings: [
    setting('base'),
    setting('four', { kind: 'participants', count: 4 }),
    setting('eight', { kind: 'participants', count: 8 }),
    setting('without-a', { kind: 'firm', firm: 'a' }),
    setting('without-b', { kind: 'firm', firm: 'b' }),
  ],
}
const run = (of: string, seed: number, day: number, b1Krw: number, savedKrw: number): Run => ({
  ...quietDay({ setting: of, seed, day, date: '2026-01-05' }),
  shipments: 10,
  stops: 10,
  firms: 10,
  baselineKrw: { B0: 2 * b1Krw, B1: b1Krw, B2: b1Krw },
  planKrw: b1Krw - savedKrw,
  lateness: { stops: 2, at: { gate: 1.5 } },
})
const days = [1, 2, 3].flatMap((seed) => [0, 1].map((day) => [seed, day] as const))

describe('who must take part', () => {
  // saved a day: all ten firms 300, without a 20 less each day, without b 290 less; a year is 100 days, the programme 10,000
  const runs = days.flatMap(([seed, day]) => [
    run('base', seed, day, 1000, 300 + day),
    run('without-a', seed, day, 900, 280 + day),
    run('without-b', seed, day, 900, 10 + day),
    // drawn by seed: 4 firms save 30, 60, 90 and 8 firms 140, 150, 160, the same on both days
    run('four', seed, day, 400, 30 * seed),
    run('eight', seed, day, 800, 130 + 10 * seed),
  ])
  const { participation, running, settings } = summarisePickup(STUDY, runs, 100)

  test('is a curve with intervals between seeds, and the fewest firms that pay', () => {
    const { curve, pays } = participation!
    expect(curve.map(({ firms, yearKrw }) => [firms, Math.round(yearKrw.value)])).toEqual([
      [4, -4000],
      [8, 5000],
      [10, 20_050],
    ])
    // three seeds, not six days: 60 ± t(2) 4.303 × 30 / √3 a day, × 100
    const half = ((4.303 * 30) / Math.sqrt(3)) * 100
    expect(curve[0].yearKrw.interval![0]).toBeCloseTo(-4000 - half, -1)
    expect(curve[0].saving.interval![1] - curve[0].saving.value).toBeCloseTo(half / 100 / 400, 4)
    expect(pays).toEqual({ onAverage: 8, surely: 8, programmeKrw: 10_000 })
    const dear = summarisePickup({ ...STUDY, programmeKrwPerYear: 40_000 }, runs, 100).participation!
    expect(dear.pays).toMatchObject({ onAverage: null, surely: null })
    expect(dear.now).toEqual({ pays: 'breaks', target: 'holds' })
    // one seed says nothing of how firms are drawn
    const one = summarisePickup(
      { ...STUDY, seeds: [1] },
      runs.filter(({ seed }) => seed === 1),
      100,
    ).participation!
    expect(one.curve[0].yearKrw.interval).toBeNull()
    expect(one.pays.surely).toBe(10)
  })

  test('is known by what is lost when each one leaves, on the same days', () => {
    const { exits, now } = participation!
    expect(exits.map(({ firm, lostKrw, pays }) => [firm, Math.round(lostKrw.value), pays])).toEqual([
      ['b', 29_000, 'breaks'],
      ['a', 2000, 'holds'],
    ])
    // the difference is the same on each day, so it is known exactly
    expect(exits[1].lostKrw.interval!.map(Math.round)).toEqual([2000, 2000])
    expect([exits[0].target, exits[1].target]).toEqual(['breaks', 'holds'])
    expect(now).toEqual({ pays: 'holds', target: 'holds' })
    const without = summarisePickup({ ...STUDY, settings: STUDY.settings.slice(0, 1) }, runs.slice(0, 1), 100)
    expect(without.participation).toBeUndefined()
  })

  test('the running interval tells when more days would change nothing, lateness how often and where', () => {
    expect(running.points.map((point) => point.days)).toEqual([2, 3, 4, 5, 6])
    expect(running.enoughDays).toBe(2)
    const [base] = settings
    expect(base.lateness).toEqual({
      share: { value: 0.2, interval: [0.2, 0.2] },
      worst: [{ site: 'gate', per100Days: 150 }],
    })
    const wild = [100, 900, 100, 900].map((krw, day) => run('base', 1, day, 1000, krw))
    expect(summarisePickup(STUDY, wild, 100).running.enoughDays).toBeNull()
    const old = wild.map(({ lateness: _, ...rest }) => rest)
    expect(summarisePickup(STUDY, old, 100).settings[0].lateness).toBeNull()
    const long = Array.from({ length: 300 }, (_, day) => run('base', 1, day, 1000, 200 + (day % 7)))
    const { points } = summarisePickup(STUDY, long, 100).running
    expect([points.length, points[0].days, points[39].days]).toEqual([40, 2, 300])
  })
})

describe('a drawn day', () => {
  const problem = {
    startsAt: '2026-01-05T00:00:00+09:00',
    sites: [
      {
        id: 's',
        name: 'gate',
        windows: [
          [28_800, 36_000],
          [36_600, 37_000],
        ],
      },
    ],
    shipments: [{ id: 'x', deliveryWindows: [[30_000, 33_600]] }],
    vehicles: [
      { id: 'v', truck: '5t', tariff: 't' },
      { id: 'w', truck: '1t', tariff: 'u' },
    ],
    tariffs: [
      { id: 't', kind: 'hired', perKmKrw: 500 },
      { id: 'u', kind: 'contract', perKmKrw: 300 },
      { id: 'z', kind: 'terminal', perKgKrw: 100 },
    ],
    energy: { dieselKrwPerL: 1800 },
  } as unknown as Problem

  test('has dearer diesel by what each class burns, and narrower windows down to half an hour', () => {
    // 5 t: 5.2 km/L, 20 % of 1,800 is 360 won a litre, 69.23 a km; 1 t: 9 km/L, 40
    const { tariffs, energy } = problemUnder(problem, [{ kind: 'fuel', percent: 120 }], 1)
    expect(tariffs).toEqual([
      expect.objectContaining({ perKmKrw: 569.23 }),
      expect.objectContaining({ perKmKrw: 340 }),
      problem.tariffs[2],
    ])
    expect(energy!.dieselKrwPerL).toBeCloseTo(2160, 9)
    const narrow = problemUnder(problem, [{ kind: 'narrower', minutes: 60 }], 1)
    // of two hours, and of the delivery's one, half an hour stays; the short one stays as it is
    expect(narrow.sites[0].windows).toEqual([
      [31_500, 33_300],
      [36_600, 37_000],
    ])
    expect(narrow.shipments[0].deliveryWindows).toEqual([[30_900, 32_700]])
  })

  test('has stops that are late as often as roads that stray make them', () => {
    const stop = { site: 's', visits: [{ shipment: 'x', kind: 'delivery', startS: 33_600 }], legS: 3000 }
    const plan = {
      routes: [{ departS: 30_600, stops: [{ ...stop, arriveS: 33_600, startS: 33_600, leaveS: 34_000 }] }],
    } as unknown as Plan
    const at = { seed: 1, day: 0 }
    // it begins in the last second of its window: half of the days it is late, none of them where nothing strays
    const late = latenessOf(problem, plan, at, { draws: 1000 })
    expect(late.stops).toBeGreaterThan(0.45)
    expect(late.stops).toBeLessThan(0.55)
    expect(late.at).toEqual({ gate: late.stops })
    expect(latenessOf(problem, plan, at, { day: 0, leg: 0, stop: 0 })).toEqual({ stops: 0, at: {} })
    expect(latenessOf(problem, plan, at, { draws: 1000 })).toEqual(late)
    // ten minutes of room at 15 % of 50 minutes: z = ln(3600 / 3000) / √(0.15² + 0.08²) = 1.07, late in 14 %
    const early = {
      departS: 30_000,
      stops: [
        { ...stop, visits: [{ ...stop.visits[0], startS: 33_000 }], arriveS: 33_000, startS: 33_000, leaveS: 33_400 },
      ],
    }
    const room = latenessOf(problem, { routes: [early] } as unknown as Plan, at, { draws: 1000 }).stops
    expect(room).toBeGreaterThan(0.11)
    expect(room).toBeLessThan(0.18)
  })
})
