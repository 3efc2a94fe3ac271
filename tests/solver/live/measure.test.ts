import { describe, expect, test } from 'vitest'
import { type HeardMark, LEAST_OBSERVATIONS, type MeasuredDay, measure, quantile } from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { contract, gridTravel, HOUR, makeProblem, shipment, site } from '../problems.ts'
import { planOf } from '../routes.ts'

// hub → a 600 s, 15 min of loading from 9:00 at the earliest, a → b 600 s, 10 min of unloading
const problem = makeProblem({
  sites: [site('hub', 0, 0), site('a', 10, 0, { windows: [[9 * HOUR, 17 * HOUR]] }), site('b', 20, 0, { stopS: 300 })],
  shipments: [shipment('s1', 'a', 'b', { loadS: 900, unloadS: 300, weightKg: 500, modes: ['route'] })],
  vehicles: [contract()],
})
const travel = gridTravel(problem.sites)
const plan = planOf(problem, travel, { iterations: 10 })
const [route] = plan.routes

interface Times {
  readonly arriveS?: number
  readonly tookA?: number
  readonly legS?: number
  readonly tookB?: number
}
function dayOf(k: number, { arriveS = 9 * HOUR, tookA = 900, legS = 600, tookB = 600 }: Times = {}): MeasuredDay {
  const leftA = Math.max(arriveS, 9 * HOUR) + tookA
  const marks: HeardMark[] = [
    { route: route.id, kind: 'departed', atS: 8 * HOUR + 2400 },
    { route: route.id, kind: 'arrived', stop: 0, atS: arriveS },
    { route: route.id, kind: 'left', stop: 0, atS: leftA },
    { route: route.id, kind: 'arrived', stop: 1, atS: leftA + legS },
    { route: route.id, kind: 'left', stop: 1, atS: leftA + legS + tookB },
  ]
  return { date: `2026-11-${String(k + 1).padStart(2, '0')}`, problem, travel, plan, marks }
}
const many = (count: number, times: (k: number) => Times) => Array.from({ length: count }, (_, k) => dayOf(k, times(k)))

describe('what was measured', () => {
  test('is what was planned where everything went so, the wait for a window left out', () => {
    const { sites, hours, outliers, days, observations } = measure(many(10, (k) => ({ arriveS: 9 * HOUR - 60 * k })))
    expect(
      sites
        .map(({ site, tookS, plannedS, verdict }) => [site, tookS.median, plannedS.median, tookS.count, verdict])
        .sort(),
    ).toEqual([
      ['a', 900, 900, 10, 'fits'],
      ['b', 600, 600, 10, 'fits'],
    ])
    expect([outliers, days, observations]).toEqual([[], 10, 40])
    // eight minutes and more, from half past eight or nine on: few of each hour
    expect(hours.every(({ verdict }) => verdict === 'few')).toBe(true)
  })

  test('says where the plan is wrong and by how much, with its spread, once there is enough to say', () => {
    // 20, 21 … minutes at b in place of 10
    const slow = (count: number) =>
      measure(many(count, (k) => ({ tookB: 1200 + 60 * k }))).sites.find(({ site }) => site === 'b')!
    expect(slow(LEAST_OBSERVATIONS - 1).verdict).toBe('few')
    const found = slow(11)
    expect(found).toMatchObject({ verdict: 'differs', tookS: { count: 11, median: 1500, low: 1260, high: 1740 } })
    // n = 11: ranks 2 and 10 of the differences 600 … 1,200
    expect([found.moreS.median, found.interval]).toEqual([900, [720, 1080]])
    expect(measure(many(11, (k) => ({ tookB: 1200 + 60 * k }))).sites[0]!.site).toBe('b')
  })

  test('names typing mistakes and is not moved by them', () => {
    const good = many(12, (k) => ({ tookA: 900 + 30 * (k % 3) }))
    const clean = measure(good).sites.find(({ site }) => site === 'a')!
    const typed = [dayOf(20, { tookA: -600 }), dayOf(21, { tookA: 12 * HOUR }), dayOf(22, { tookA: 3 * HOUR })]
    const found = measure([...good, ...typed])
    expect(found.sites.find(({ site }) => site === 'a')).toEqual(clean)
    expect(found.outliers.filter(({ of }) => of === 'service').map(({ date, why, stop }) => [date, why, stop])).toEqual(
      [
        ['2026-11-21', 'backwards', 0],
        ['2026-11-22', 'tooLong', 0],
        ['2026-11-23', 'far', 0],
      ],
    )
  })

  test('tells the hours of slow roads, once they were driven often enough', () => {
    const slow = measure(many(24, (k) => ({ legS: 700 + 10 * (k % 5) })))
    // left a at a quarter past nine; planned 600 s
    const nine = slow.hours.find(({ hour }) => hour === 9)!
    expect([nine.verdict, nine.ratio.count, Math.round(nine.ratio.median * 100)]).toEqual(['differs', 24, 120])
    expect(slow.legs.find(({ from, to }) => from === 'a' && to === 'b')).toMatchObject({
      hour: 9,
      plannedS: 600,
      tookS: { median: 720 },
    })
    const lost = measure([...many(24, () => ({})), dayOf(30, { legS: 3600 })])
    expect(lost.outliers).toMatchObject([{ of: 'leg', why: 'tooLong', stop: 1, tookS: 3600 }])
  })

  test('tells time by weight where weights differ, whatever order the days are in', () => {
    const random = new Random(3)
    const weighed = Array.from({ length: 14 }, (_, k): MeasuredDay => {
      const weightKg = 100 + 100 * k
      const day = dayOf(k, { tookA: 300 + weightKg / 2 })
      return { ...day, problem: { ...problem, shipments: [{ ...problem.shipments[0], weightKg }] } }
    })
    const found = measure(weighed).sites.find(({ site }) => site === 'a')!
    expect([found.perKg!.sPerKg, found.perKg!.restS]).toEqual([0.5, 300])
    const shuffled = weighed.toSorted(() => random.unit() - 0.5)
    expect(measure(shuffled).sites.find(({ site }) => site === 'a')).toEqual(found)
    expect(measure(many(14, () => ({}))).sites[0]!.perKg).toBeUndefined()
    expect(measure([])).toEqual({ days: 0, observations: 0, sites: [], hours: [], legs: [], outliers: [] })
  })

  test('takes quantiles as the textbook does', () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([1, 2, 3, 4, 5], 0.1), quantile([7], 0.9)]).toEqual([2.5, 1.4, 7])
  })
})
