import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { costsSheet } from '../../../server/reports/moneySheets.ts'
import { sourcesOf } from '../../../server/reports/sources.ts'
import { cachedProvider } from '../../../server/travel/cached.ts'
import { cellsInMemory } from '../../../server/travel/cells.ts'
import { discountHours, tollAtHour } from '../../../server/travel/discounts.ts'
import { slicesOf, USUAL_HOURS } from '../../../server/travel/hours.ts'
import type { TravelProfile } from '../../../server/travel/provider.ts'
import { discountedTollKrw, type TimedLink, tollKrw } from '../../../server/travel/toll.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { type Highs, loadHighs } from '../../../solver/columns/lp.ts'
import { checkPlan, type Plan, type Problem, type ProofStep, prove, type TollDiscounts } from '../../../solver/index.ts'
import { planOf } from '../../solver/routes.ts'
import { makeProblem, makeShipment } from '../makeProblem.ts'

const HOUR = 3600
const MONDAY = '2026-11-23'
const NIGHT = { night: true, commute: false }
const BOTH = { night: true, commute: true }
const inHours = (slices: readonly { readonly fromS: number; readonly toS: number }[]) =>
  slices.map(({ fromS, toS }) => [fromS / HOUR, toS / HOUR])

describe('the hours of toll discounts', () => {
  it('begin and end where the rules do, and are cut towards the end of the night', () => {
    expect(inHours(discountHours(NIGHT, MONDAY))).toEqual([
      [0, 4],
      [4, 5],
      [5, 5.5],
      [5.5, 6],
      [21, 23],
      [23, 24],
    ])
    expect(inHours(discountHours({ night: false, commute: true }, MONDAY))).toEqual([
      [5, 7],
      [7, 9],
      [18, 20],
      [20, 22],
    ])
    expect(discountHours({ night: false, commute: false }, MONDAY)).toEqual([])
    // before there was one
    expect(discountHours(BOTH, '2010-11-22')).toEqual([])
  })

  it('cut the slices of a problem and leave their percents as they are', () => {
    const problem = makeProblem({ timeOfDay: {}, tollDiscounts: { night: true } })
    const slices = slicesOf(problem, trunk)!
    expect(inHours(slices)).toEqual([
      [0, 4],
      [4, 5],
      [5, 5.5],
      [5.5, 6],
      [7, 9.5],
      [17, 19.5],
      [21, 22],
      [22, 23],
      [23, 24],
    ])
    expect(slices.map(({ otherPercent }) => otherPercent)).toEqual([85, 85, 85, 85, 130, 135, undefined, 85, 85])
    // roads that know no hours keep those of the problem
    expect(slicesOf(problem)).toEqual(USUAL_HOURS.slices)
  })

  it('promise nobody a toll that one who leaves in them does not get', () => {
    const way = fc.array(
      fc.record({
        toll: fc.constantFrom('closed', 'open', 'private', 'none'),
        lanes: fc.constantFrom('2', '4', '6+'),
        distanceM: fc.nat(100_000),
        durationS: fc.nat(7200),
      }),
      { maxLength: 6 },
    )
    let less = 0
    fc.assert(
      fc.property(way, fc.constantFrom(1, 2, 4), fc.nat(), fc.nat(), (links: TimedLink[], tollClass, at, within) => {
        const hours = discountHours(BOTH, MONDAY)
        const { fromS, toS } = hours[at % hours.length]!
        const leaves = { date: MONDAY, secondOfDay: (fromS + toS) / 2, fromS, toS }
        const promisedKrw = tollAtHour({ truck: '5t', leaves, tollDiscounts: BOTH }, tollClass, links, () => links)
        const paid = { date: MONDAY, secondOfDay: fromS + (within % (toS - fromS)) }
        expect(discountedTollKrw(links, tollClass, paid, BOTH)).toBeLessThanOrEqual(promisedKrw)
        if (promisedKrw < tollKrw(links, tollClass)) less++
      }),
      {
        numRuns: 2000,
        // its first and its last are discounted by different rules, and nobody in between
        examples: [[[{ toll: 'closed', lanes: '2', distanceM: 0, durationS: 5446 }], 1, 432418752, 11978954]],
      },
    )
    expect(less).toBeGreaterThan(100)
  })
})

describe('travel of the trunk network', () => {
  const roads = travelFrom(trunk)
  const supplier = 2
  const port = 3
  const cell = supplier * 4 + port

  it('is what it was, under the key that it had, where no discount is asked for', async () => {
    const plain = await roads(makeProblem())
    for (const tollDiscounts of [{}, { night: false, commute: false }]) {
      expect(await roads(makeProblem({ tollDiscounts }))).toEqual(plain)
      const hours = await roads(makeProblem({ timeOfDay: {}, tollDiscounts }))
      expect(hours).toEqual(await roads(makeProblem({ timeOfDay: {} })))
      expect(hours.tables.flatMap(({ slices = [] }) => slices.flatMap(({ tollKrw: krw = [] }) => krw))).toEqual([])
    }
    const leaves = { date: MONDAY, secondOfDay: HOUR, fromS: 0, toS: 2 * HOUR }
    expect(trunk.key({ truck: '5t', leaves })).toBe(trunk.key({ truck: '5t' }))
    expect(trunk.key({ truck: '5t', tollDiscounts: NIGHT })).toBe(trunk.key({ truck: '5t' }))
  })

  it('takes half off in the night by the rule, and less for a ride that the morning overtakes', async () => {
    const plain = await roads(makeProblem())
    const { key, tables, timeOfDay, tollDiscounts } = await roads(makeProblem({ tollDiscounts: { night: true } }))
    const [, round] = tables
    expect(round!.trucks).toEqual(['2.5t'])
    const { slices, ...day } = round!
    expect(day).toEqual(plain.tables[1])
    // 13 minutes of streets, then one closed ride of 69 minutes: 5,000 won by day, half of it 2,500. Who leaves last before 05:00
    // rides 47 of them in the night, 67 %: 30 % off, 3,500. Before 05:30: 17 of them, 24 %: a fifth off. Before 06:00: none
    expect(day.tollKrw[cell]).toBe(5000)
    expect(slices!.map(({ fromS, tollKrw: krw }) => [fromS / HOUR, krw![cell]])).toEqual([
      [0, 2500],
      [4, 3500],
      [5, 4000],
      [21, 2500],
      [23, 2500],
    ])
    for (const { durationS } of slices!) expect(durationS).toEqual(day.durationS)
    // times are those of the day all day
    expect(timeOfDay).toBeUndefined()
    expect(tollDiscounts).toEqual([
      { discount: 'night', since: '2017-07-01', unverifiedSince: '2026-01-01', certainty: 'X' },
    ])
    expect(key.startsWith(`${plain.key}+hours:`)).toBe(true)
  })

  it('has no slices for discounts that none of its ways meets', async () => {
    // a ride of 90 km is no commute
    const { tables } = await roads(makeProblem({ tollDiscounts: { commute: true } }))
    expect(tables.map(({ slices }) => slices)).toEqual([[], []])
  })

  it('counts no commute where there is a weekend among the days', async () => {
    const counted = async (startsAt: string, days: number) =>
      (await roads(makeProblem({ startsAt, days, tollDiscounts: BOTH }))).tollDiscounts?.map(({ discount }) => discount)
    expect(await counted('2026-11-23T00:00:00+09:00', 5)).toEqual(['night', 'commute'])
    expect(await counted('2026-11-23T00:00:00+09:00', 6)).toEqual(['night'])
    expect(await counted('2026-11-22T00:00:00+09:00', 1)).toEqual(['night'])
  })

  it('drives along a path in the tolls of the matrix of that hour', async () => {
    const { sites } = makeProblem()
    const profile: TravelProfile = {
      truck: '2.5t',
      leaves: { date: MONDAY, secondOfDay: 2 * HOUR, fromS: 0, toS: 4 * HOUR },
      tollDiscounts: NIGHT,
    }
    const [leg] = await trunk.path([sites[supplier]!, sites[port]!], profile)
    expect(leg!.tollKrw).toBe((await trunk.matrix(sites, sites, profile)).tollKrw[cell])
    expect(leg!.tollKrw).toBe(2500)
  })

  it('is kept by hour and rule, and not again for the next day', async () => {
    let asked = 0
    const provider = cachedProvider(
      {
        ...trunk,
        cacheable: true,
        async matrix(...question) {
          asked++
          return await trunk.matrix(...question)
        },
      },
      cellsInMemory(),
    )
    const { sites } = makeProblem()
    const ask = async (date: string, fromS: number, tollDiscounts: TollDiscounts) => {
      const leaves = { date, secondOfDay: fromS + 900, fromS, toS: fromS + 1800 }
      return (await provider.matrix(sites, sites, { truck: '2.5t', leaves, tollDiscounts })).tollKrw[cell]
    }
    expect([await ask(MONDAY, 0, NIGHT), await ask(MONDAY, 12 * HOUR, NIGHT)]).toEqual([2500, 5000])
    expect(asked).toBe(2)
    expect(await ask('2026-11-24', 0, NIGHT)).toBe(2500)
    expect(asked).toBe(2)
    expect(await ask('2026-11-24', 0, {})).toBe(5000)
    // the commute goes by the day of the week
    await ask(MONDAY, 0, BOTH)
    await ask('2026-11-24', 0, BOTH)
    await ask('2026-11-30', 0, BOTH)
    expect(asked).toBe(5)
  })
})

describe('a plan of the night', () => {
  /** One contract truck that pays its tolls, from midnight to six; the port is open. */
  const nightly = (changes: Partial<Problem> = {}): Problem => {
    const day = makeProblem(changes)
    return {
      ...day,
      shipments: [makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900, ready: 0, due: 6 * HOUR })],
      sites: day.sites.map((site) => ({ ...site, windows: [[0, 86_400]] })),
      vehicles: day.vehicles.slice(0, 1).map((vehicle) => ({ ...vehicle, shifts: [[0, 6 * HOUR]] })),
    }
  }
  let highs: Highs
  beforeAll(async () => {
    highs = await loadHighs()
  })
  const tollOf = ({ routes }: Plan) => routes.map((route) => route.tollKrw)

  it('pays the tolls of the night, passes the check, says what it counts and stands above the bound', async () => {
    const off = nightly()
    const on = nightly({ tollDiscounts: { night: true } })
    const [plain, travel] = [await travelFrom(trunk)(off), await travelFrom(trunk)(on)]
    const [dear, cheap] = [planOf(off, plain, { seed: 1 }), planOf(on, travel, { seed: 1 })]
    // to the port and back
    expect([tollOf(dear), tollOf(cheap)]).toEqual([[10_000], [5000]])
    expect(dear.costKrw - cheap.costKrw).toBe(5000)
    expect(checkPlan(on, travel, cheap)).toEqual([])
    expect(checkPlan(off, plain, cheap)).not.toEqual([])
    expect(cheap.provenance.timeOfDay).toBeUndefined()
    expect(cheap.provenance.tollDiscounts).toEqual(travel.tollDiscounts)
    expect(dear.provenance.tollDiscounts).toBeUndefined()

    let last: ProofStep | undefined
    for (const step of prove(highs, on, travel, cheap, { seed: 1, rounds: 5, iterations: 50 })) last = step
    expect(last!.lowerKrw).toBeLessThanOrEqual(cheap.costKrw)
    expect(last!.certificate!.relaxed).toContain('timeOfDay')

    const saying = (locale: 'ko' | 'en') =>
      costsSheet(cheap, on, locale, { travel }).rows.find(([name]) =>
        ['통행료 할인', 'Toll discounts'].includes(`${name}`),
      )?.[1]
    expect(saying('ko')).toBe('셈에 넣은 통행료 할인: 심야할인 (2017-07-01 시행, 2026-01-01부터는 미확인, 확실도 X)')
    expect(saying('en')).toBe(
      'toll discounts counted: night discount (in force since 2017-07-01, not confirmed since 2026-01-01, certainty X)',
    )
    const source = (problem: Problem) =>
      sourcesOf(problem, problem === on ? travel : plain).find(({ name }) => name.en === 'Night discount')
    expect(source(off)!.value.en).toBe('not counted')
    expect(source(on)).toMatchObject({ value: { en: expect.stringMatching(/^counted/) }, certainty: 'X' })
    // roads that do not know their tolls by the hour, whose plan is dear and says why
    const osrm = { ...plain, key: 'osrm:driving:undated:tolls(trunk:abc)' }
    const given = { ...plain, key: 'by hand' }
    for (const other of [osrm, given])
      expect(sourcesOf(on, other).find(({ name }) => name.en === 'Night discount')!.value.en).toMatch(
        /^asked for, not counted/,
      )
  })
})
