import { describe, expect, it } from 'vitest'
import { costsSheet } from '../../../server/reports/moneySheets.ts'
import { slicesOf, stretch, USUAL_HOURS } from '../../../server/travel/hours.ts'
import type { Departure, TravelProvider } from '../../../server/travel/provider.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { checkPlan, describeHours, findIssues, improve } from '../../../solver/index.ts'
import { makeProblem } from '../makeProblem.ts'

const HOUR = 3600

describe('the hours of the day', () => {
  it('are asked for by the problem alone', async () => {
    const travel = await travelFrom(trunk)(makeProblem())
    expect(travel.timeOfDay).toBeUndefined()
    expect(travel.tables.every(({ slices }) => slices === undefined)).toBe(true)
    expect(slicesOf(makeProblem())).toBeNull()
  })

  it('stretch what a provider says of the whole day, expressways by their share of the way, as an estimate', async () => {
    const slice = { fromS: 7 * HOUR, toS: 9 * HOUR, expresswayPercent: 100, otherPercent: 150 }
    const roads = { durationS: [0, 600, 1000, 7], distanceM: [0, 10_000, 40_000, 5], tollKrw: [0, 0, 0, 0] }
    // 150 %; half of the way on expressways: 125 %; 150 % of 7, rounded up
    expect(stretch({ ...roads, expresswayM: [0, 0, 20_000, 0] }, slice).durationS).toEqual([0, 900, 1250, 11])
    expect(stretch(roads, { ...slice, otherPercent: 100 }).durationS).toEqual(roads.durationS)

    const plain = await travelFrom(trunk)(makeProblem())
    const problem = makeProblem({ timeOfDay: { slices: [slice] } })
    const travel = await travelFrom(trunk)(problem)
    expect(travel.timeOfDay).toEqual({ basis: 'stated' })
    expect(travel.key.startsWith(`${plain.key}+hours:`)).toBe(true)
    for (const [index, { slices, ...table }] of travel.tables.entries()) {
      expect(table).toEqual(plain.tables[index])
      expect(slices!.map(({ fromS, toS }) => [fromS, toS])).toEqual([[7 * HOUR, 9 * HOUR]])
      slices![0]!.durationS.forEach((seconds, cell) => {
        expect(seconds).toBeGreaterThanOrEqual(table.durationS[cell]!)
      })
    }
    expect(findIssues({ ...problem, travel }).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('are those of milkrun where the problem states none, dated and called assumed', async () => {
    const travel = await travelFrom(trunk)(makeProblem({ timeOfDay: {} }))
    expect(travel.tables[0]!.slices!.length).toBe(USUAL_HOURS.slices.length)
    expect(travel.timeOfDay).toEqual({ basis: 'assumed', source: '2026-11-22' })
  })

  it('are asked of a provider that knows them, for the middle of each slice, with the tolls of then', async () => {
    const asked: (Departure | undefined)[] = []
    const provider: TravelProvider = {
      name: 'counting',
      estimated: false,
      byHour: 'all',
      cacheable: true,
      key: ({ leaves }) => `counting at ${leaves?.date} ${leaves?.secondOfDay}`,
      async matrix(from, to, { leaves }) {
        asked.push(leaves)
        const cells = new Int32Array(from.length * to.length).fill(leaves ? leaves.secondOfDay / 100 : 60)
        return {
          durationS: cells,
          distanceM: cells,
          tollKrw: cells,
          expresswayM: cells,
          unreachable: { from: [], to: [] },
        }
      },
      path: () => Promise.reject(new Error('not asked here')),
    }
    const problem = makeProblem({ timeOfDay: { slices: [{ fromS: 7 * HOUR, toS: 9 * HOUR }] } })
    const travel = await travelFrom(provider)({ ...problem, vehicles: problem.vehicles.slice(0, 1) })
    expect(asked).toEqual([
      undefined,
      { date: problem.startsAt.slice(0, 10), secondOfDay: 8 * HOUR, fromS: 7 * HOUR, toS: 9 * HOUR },
    ])
    expect(travel.timeOfDay).toEqual({ basis: 'roads', source: 'counting' })
    expect(travel.tables[0]).toMatchObject({ slices: [{ fromS: 7 * HOUR, toS: 9 * HOUR }] })
    expect(travel.tables[0]!.slices![0]!.durationS[1]).toBe(288)
    expect(travel.tables[0]!.slices![0]!.tollKrw![1]).toBe(288)

    // one that knows the tolls of the hour, and nothing of its traffic
    const tolled = await travelFrom({ ...provider, byHour: 'tolls' })({ ...problem, tollDiscounts: { night: true } })
    expect(tolled.timeOfDay).toEqual({ basis: 'stated' })
    expect(tolled.tables[0]!.slices![0]).toMatchObject({ durationS: tolled.tables[0]!.durationS })
    expect(tolled.tables[0]!.slices!.find(({ fromS }) => fromS === 7 * HOUR)!.tollKrw![1]).toBe(288)
    expect(tolled.tollDiscounts).toMatchObject([{ discount: 'night' }])
  })

  it('make a plan that says so and passes the check', async () => {
    const problem = makeProblem({ timeOfDay: {} })
    const travel = await travelFrom(trunk)(problem)
    const [plan] = [...improve(problem, travel, { seed: 1, iterations: 50 })]
      .flatMap((step) => step.plan ?? [])
      .slice(-1)
    expect(checkPlan(problem, travel, plan!)).toEqual([])
    expect(plan!.provenance.timeOfDay).toEqual(travel.timeOfDay)
    const saying = (locale: 'ko' | 'en') =>
      costsSheet(plan!, problem, locale, { travel }).rows.find(([name]) =>
        ['시간대', 'Time of day'].includes(`${name}`),
      )?.[1]
    expect(saying('ko')).toBe('시간대에 따라 다른 이동 시간 (추정: 밀크런이 가정한 값, 실측 아님, 2026-11-22)')
    expect(saying('en')).toBe('travel by time of day (estimates: assumed by milkrun, not measured, 2026-11-22)')
    expect(describeHours({ basis: 'roads', source: 'valhalla' }, 'ko')).not.toContain('추정')
  })
})
