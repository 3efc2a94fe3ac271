import { describe, expect, it } from 'vitest'
import type { Day } from '../../server/api.ts'
import { type HorizonDay, makeHorizon, type Plan, type Problem } from '../../solver/index.ts'
import { addDays, mondayOf, weekDays, weighWaiting } from '../../web/state/week.ts'
import { contract, gridTravel, hired, makeProblem, shipment } from '../solver/problems.ts'
import { planOf } from '../solver/routes.ts'

describe('a week', () => {
  const day = (date: string, shipments: number): Day => ({ date, problem: date, shipments })

  it('begins on a Monday and has the days that are asked for, a Saturday only with orders', () => {
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(addDays('2026-11-30', -7)).toBe('2026-11-23')
    const known = [day('2026-11-23', 18), day('2026-11-28', 2)]
    const dates = (days: readonly Day[], count: number) =>
      weekDays(days, '2026-11-23', count).map((one) =>
        'problem' in one ? `${one.date.slice(-2)}!` : one.date.slice(-2),
      )
    expect(dates([], 6)).toEqual(['23', '24', '25', '26', '27', '30'])
    expect(dates(known, 6)).toEqual(['23!', '24', '25', '26', '27', '28!'])
  })
})

describe('waiting', () => {
  /** One order a day of 1.2 t for 85,000 alone; both on our own truck for 112,000. */
  const day = (date: string, id: string): HorizonDay => ({
    date,
    problem: makeProblem({
      startsAt: `${date}T00:00:00+09:00`,
      vehicles: [contract(), hired({ truck: '2.5t', capacityKg: 2500, count: 0 })],
      tariffs: makeProblem().tariffs.map((tariff) =>
        tariff.kind === 'hired' ? { ...tariff, baseKrw: 80_000 } : tariff,
      ),
      shipments: [shipment(id, 'a', 'b', { weightKg: 1200, due: 2 * 86_400 - 1 })],
    }),
  })
  const days = [day('2026-11-23', 's1'), day('2026-11-24', 's2')]
  const options = { waitDays: 1, hold: { krwPerTonneDay: 1000 } }
  const planned = (problem: Problem): Plan => planOf(problem, gridTravel(problem.sites))
  const wait = (waitDays: number) => planned(makeHorizon(days, 'x', { ...options, waitDays }).problem)

  it('saves what each day alone costs less transport and stock, day by day and order by order', () => {
    const weighed = weighWaiting(days, options, wait(1), wait(0))
    expect(weighed).toMatchObject({
      aloneKrw: 170_000,
      transportKrw: 112_000,
      holdKrw: 1200,
      savingKrw: 56_800,
      free: 1,
      moved: [{ id: 's1', from: '2026-11-23', to: '2026-11-24', waitedDays: 1 }],
    })
    const sums = (of: 'alone' | 'together') =>
      weighed[of].map(({ orders, trucks, costKrw }) => [orders, trucks, costKrw])
    expect(sums('alone')).toEqual([
      [1, 1, 85_000],
      [1, 1, 85_000],
    ])
    expect(sums('together')).toEqual([
      [0, 0, 0],
      [2, 1, 112_000],
    ])
  })

  it('is held against the plans that the days have, where these are cheaper than what was found for each alone', () => {
    const own = (krw: number) => days.map(({ problem }) => ({ ...planned(problem), costKrw: krw }))
    const held = (krw: number) => weighWaiting(days, options, wait(1), wait(0), own(krw))
    expect(held(70_000)).toMatchObject({ baseline: 'days', aloneKrw: 140_000, savingKrw: 26_800 })
    expect(held(90_000)).toMatchObject({ baseline: 'search', aloneKrw: 170_000 })
  })

  it('saves nothing where the search found nothing better, and says what it would lose', () => {
    expect(weighWaiting(days, options, wait(0), wait(0))).toMatchObject({ savingKrw: 0, moved: [] })
    expect(weighWaiting(days, options, wait(0), wait(1)).savingKrw).toBeLessThan(0)
  })
})
