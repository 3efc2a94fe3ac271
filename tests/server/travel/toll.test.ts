import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discountedTollKrw, type TimedLink, type TollMoment, tollKrw } from '../../../server/travel/toll.ts'
import { NIGHT_DISCOUNTS, NO_DISCOUNTS, TOLL_TARIFFS } from '../../../server/travel/tollRules.ts'
import { inForce } from '../../../solver/index.ts'

/** A ride at 80 km/h unless another time is given. */
const link = (toll: TimedLink['toll'], km: number, minutes = km * 0.75): TimedLink => ({
  toll,
  lanes: '4',
  distanceM: km * 1000,
  durationS: minutes * 60,
})
const NIGHT = { night: true, commute: false }
const COMMUTE = { night: false, commute: true }
/** A Monday. */
const at = (clock: string, date = '2026-11-23'): TollMoment => {
  const [hours, minutes] = clock.split(':').map(Number)
  return { date, secondOfDay: hours! * 3600 + minutes! * 60 }
}
// 900 + 80 km × 45.2 = 4,516, rounded 4,500
const CLOSED_80_KRW = 4500

describe('tolls', () => {
  test('a ride costs base fee and kilometres by class and lanes, rounded to 100 won', () => {
    expect(tollKrw([link('closed', 80)], 2)).toBe(CLOSED_80_KRW)
    // six lanes: 900 + 80 × 1.2 × 45.2 = 5,239; two lanes: 900 + 40 × 45.2 = 2,708
    expect(tollKrw([{ ...link('closed', 80), lanes: '6+' }], 2)).toBe(5200)
    expect(tollKrw([{ ...link('closed', 80), lanes: '2' }], 2)).toBe(2700)
    // open: 720 + 10 × 74.4 = 1,464
    expect(tollKrw([link('open', 10)], 5)).toBe(1500)
  })

  test('without discounts the hour changes nothing', () => {
    const road = fc.array(
      fc.record({
        toll: fc.constantFrom('closed', 'open', 'private', 'none'),
        lanes: fc.constantFrom('2', '4', '6+'),
        distanceM: fc.nat(200_000),
        durationS: fc.nat(9000),
      }),
    )
    fc.assert(
      fc.property(road, fc.constantFrom(1, 2, 3, 4, 5), fc.nat(86_399), (links, tollClass, secondOfDay) => {
        const when = { date: '2026-11-23', secondOfDay }
        const plainKrw = tollKrw(links, tollClass)
        expect(discountedTollKrw(links, tollClass, when, NO_DISCOUNTS)).toBe(plainKrw)
        expect(discountedTollKrw(links, tollClass, when, { night: true, commute: true })).toBeLessThanOrEqual(plainKrw)
      }),
    )
  })
})

describe('the night discount', () => {
  // 80 km take 60 minutes; the night begins at 21:00 and ends at 06:00
  test.each([
    ['20:00', 4500, 'no minute of the night'],
    ['20:11', 4500, '11 of 60 minutes, 18 %'],
    ['20:12', 3600, '12 of 60 minutes, 20 %: a fifth off'],
    ['20:29', 3600, '29 of 60 minutes, 48 %'],
    ['20:30', 3200, 'half: 30 % off 4,500 is 3,150, rounded 3,200'],
    ['20:47', 3200, '47 of 60 minutes, 78 %'],
    ['20:48', 2300, '80 %: half off 4,500 is 2,250, rounded 2,300'],
    ['02:00', 2300, 'all of it, past midnight'],
    ['05:12', 2300, '48 of 60 minutes before six'],
    ['05:48', 3600, '12 of 60 minutes before six'],
    ['06:00', 4500, 'the night is over'],
  ])('at %s the ride of the closed system costs %i won: %s', (clock, krw) => {
    expect(discountedTollKrw([link('closed', 80)], 2, at(clock), NIGHT)).toBe(krw)
  })

  test('the open system halves from 23:00 to 05:00', () => {
    // 720 + 10 × 62.9 = 1,349, rounded 1,300
    const krw = (clock: string) => discountedTollKrw([link('open', 10)], 4, at(clock), NIGHT)
    // half of 1,300 is 650, rounded 700
    expect(['22:59', '23:00', '04:59', '05:00'].map(krw)).toEqual([1300, 700, 700, 1300])
  })

  test('each ride goes by its own hours', () => {
    // an hour closed to 21:00, an hour on other roads, an hour closed in the night
    const links = [link('closed', 80), link('none', 40, 60), link('closed', 80)]
    expect(discountedTollKrw(links, 2, at('20:00'), NIGHT)).toBe(4500 + 2300)
  })

  test('an overloader gets none', () => {
    const links = [link('closed', 80)]
    expect(discountedTollKrw(links, 2, at('02:00'), { ...NIGHT, overloader: true })).toBe(CLOSED_80_KRW)
  })

  test('before July 2017 it was for three axles and more only', () => {
    const krw = (tollClass: 2 | 4, date: string) =>
      discountedTollKrw([link('closed', 80)], tollClass, at('02:00', date), NIGHT)
    // class 4: 900 + 80 × 62.9 = 5,932, rounded 5,900; half of it 2,950, rounded 3,000
    expect([krw(2, '2017-06-30'), krw(2, '2017-07-01')]).toEqual([4500, 2300])
    expect([krw(4, '2012-09-04'), krw(4, '2017-06-30')]).toEqual([5900, 3000])
  })

  test('says from when on nobody has confirmed it', () => {
    expect(inForce(NIGHT_DISCOUNTS, '2026-11-23')?.unverifiedFrom).toBe('2026-01-01')
  })
})

describe('the commute discount', () => {
  // 10 km: class 1 900 + 443 = 1,343, rounded 1,300; class 2 900 + 452, rounded 1,400; class 4 900 + 629, rounded 1,500
  const krw = (tollClass: 1 | 2 | 4, clock: string, links = [link('closed', 10, 10)], date = '2026-11-23') =>
    discountedTollKrw(links, tollClass, at(clock, date), COMMUTE)

  test('goes by class and by the minute of leaving', () => {
    // class 1: half from 05:00 to 07:00, a fifth to 09:00; ten minutes are driven
    expect(['04:49', '04:50', '06:49', '06:50', '08:50'].map((clock) => krw(1, clock))).toEqual([
      1300, 700, 700, 1000, 1300,
    ])
    expect(['05:30', '08:49', '18:00', '21:50'].map((clock) => krw(2, clock))).toEqual([1100, 1100, 1100, 1400])
    expect(krw(4, '06:00')).toBe(1500)
  })

  test('is for weekdays, short rides and public roads of the closed system', () => {
    expect(krw(1, '06:00', [link('closed', 10, 10)], '2026-11-22')).toBe(1300)
    expect(discountedTollKrw([link('closed', 10, 10)], 1, { ...at('06:00'), holiday: true }, COMMUTE)).toBe(1300)
    // 20 km: 900 + 886 = 1,786
    expect(krw(1, '06:00', [link('closed', 20, 15)])).toBe(1800)
    expect(krw(1, '06:00', [link('private', 10, 10)])).toBe(1300)
    // 720 + 443 = 1,163
    expect(krw(1, '06:00', [link('open', 10, 10)])).toBe(1200)
  })

  test('does not add up with the night: the larger counts', () => {
    // 05:30 to 05:40, all of it in the night, half off; the commute would give class 2 a fifth
    expect(discountedTollKrw([link('closed', 10, 10)], 2, at('05:30'), { night: true, commute: true })).toBe(700)
  })
})

test('tariffs stand in order of their dates', () => {
  const dates = TOLL_TARIFFS.map(({ from }) => from)
  expect(dates).toEqual(dates.toSorted())
})
