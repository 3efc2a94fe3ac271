import { describe, expect, it } from 'vitest'
import { AdoptSchema, type MeasuredAnswer, MeasuredSchema } from '../../server/api.ts'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const HOUR = 3600
/** 2026-11-02, and so on: one a day. */
const startOf = (k: number) => `2026-11-${String(2 + k).padStart(2, '0')}T00:00:00+09:00`

/** `count` days on which a stop that was planned with ten minutes took twenty and some. */
async function driven(count: number) {
  const opened = await openApp()
  const { store, app } = opened
  const { data } = (await store.complexes.get('gwangju'))!
  const [home, other] = data.sites
  for (let k = 0; k < count; k++) {
    const problem = makeProblem()
    const ids = { supplier: home!.id, member: other!.id } as Readonly<Record<string, string>>
    const rename = (id: string) => ids[id] ?? id
    const sites = problem.sites.map((site) => ({
      ...site,
      id: rename(site.id),
      name: rename(site.id),
      stopS: home!.stopS ?? 0,
    }))
    const shipments = problem.shipments.map((one) => ({ ...one, from: rename(one.from), to: rename(one.to) }))
    const firms = problem.firms.map((firm) => ({ ...firm, site: other!.id }))
    const id = await store.problems.add('gwangju', { ...problem, startsAt: startOf(k), sites, shipments, firms })
    const base = makeRoute('round', { [home!.id]: ['+plates'], [other!.id]: ['-plates'] })
    const stops = base.stops.map((stop, index) => {
      const [arriveS, leaveS] = [9 * HOUR + index * HOUR, 9 * HOUR + index * HOUR + 600]
      const kind = index === 0 ? ('pickup' as const) : ('delivery' as const)
      const visits = [{ shipment: 'plates', kind, startS: arriveS, endS: leaveS }]
      return { ...stop, arriveS, startS: arriveS, leaveS, visits }
    })
    await store.plans.put({ id: `p${k}`, problem: id, plan: makePlan({ routes: [{ ...base, stops }] }) })
    await store.plans.confirm(`p${k}`, 1, '{}')
    const at = (seconds: number) => new Date(Date.parse(startOf(k)) + seconds * 1000).toISOString()
    const events = [
      { id: 'a', route: 'r1', stop: 0, kind: 'arrived' as const, at: at(9 * HOUR) },
      { id: 'b', route: 'r1', stop: 0, kind: 'left' as const, at: at(9 * HOUR + 1200 + 30 * k) },
    ]
    await store.actuals.add(`p${k}`, events)
  }
  const read = async (): Promise<MeasuredAnswer> => {
    const answer = await app.inject('/api/complexes/gwangju/measured')
    expect(answer.statusCode, answer.body).toBe(200)
    expectShape(MeasuredSchema, answer.json())
    return answer.json()
  }
  const adopt = async (payload: object) =>
    await app.inject({ method: 'POST', url: '/api/complexes/gwangju/measured/adopt', payload })
  return { ...opened, home: home!, read, adopt }
}

describe('times that were measured', () => {
  it('are offered to plan by once there are enough, are adopted, and taken back', async () => {
    const { home, read, adopt, store } = await driven(9)
    const before = home.stopS ?? 0
    const found = await read()
    expect([found.days, found.observations]).toEqual([9, 9])
    const site = found.sites.find(({ site }) => site === home.id)!
    // 1,200 … 1,440 s in place of 600: 720 s more once per stop
    expect(site).toMatchObject({
      verdict: 'differs',
      nowS: before,
      offerS: before + 720,
      tookS: { median: 1320, count: 9 },
    })

    const adopted = await adopt({ sites: [{ site: home.id, stopS: site.offerS, was: before }] })
    expect(adopted.statusCode, adopted.body).toBe(200)
    expectShape(AdoptSchema, adopted.json())
    const stopOf = async () =>
      (await store.complexes.get('gwangju'))!.data.sites.find(({ id }) => id === home.id)!.stopS ?? 0
    expect(await stopOf()).toBe(before + 720)
    // the same records do not ask for it twice
    const after = (await read()).sites.find(({ site }) => site === home.id)!
    expect([after.verdict, after.nowS, after.offerS]).toEqual(['fits', before + 720, undefined])
    // somebody who saw the old figure decides on nothing
    expectRefusal(await adopt({ sites: [{ site: home.id, stopS: 60, was: before }] }), 412)
    expectRefusal(await adopt({ sites: [{ site: 'nowhere', stopS: 60, was: 0 }] }), 404)
    expect((await adopt(adopted.json())).statusCode).toBe(200)
    expect(await stopOf()).toBe(before)
    const { items } = await store.audit.list({ limit: 20, nounId: 'gwangju' })
    expect(items.filter(({ noun, action }) => noun === 'complex' && action === 'put').length).toBeGreaterThanOrEqual(2)
  })

  it('offer nothing where there are few, and name what cannot be', async () => {
    const { home, read, store } = await driven(3)
    const at = (seconds: number) => new Date(Date.parse(startOf(0)) + seconds * 1000).toISOString()
    await store.actuals.add('p0', [
      { id: 'c', route: 'r1', stop: 1, kind: 'arrived', at: at(11 * HOUR) },
      { id: 'd', route: 'r1', stop: 1, kind: 'left', at: at(10 * HOUR) },
    ])
    const found = await read()
    const site = found.sites.find(({ site }) => site === home.id)!
    expect([site.verdict, site.offerS, found.least]).toEqual(['few', undefined, 8])
    expect(found.outliers.map(({ why, stop, tookS, of }) => [why, stop, tookS, of])).toContainEqual([
      'backwards',
      1,
      -HOUR,
      'service',
    ])
  })

  it('change the hours of a day and bring back those before', async () => {
    const { adopt, store } = await driven(0)
    const hours = async () => (await store.complexes.get('gwangju'))!.data.timeOfDay
    const before = await hours()
    const timeOfDay = { slices: [{ fromS: 8 * HOUR, toS: 9 * HOUR, expresswayPercent: 120, otherPercent: 120 }] }
    const undo = await adopt({ timeOfDay })
    expect(undo.json()).toEqual({ timeOfDay: before ?? null })
    expect(await hours()).toEqual(timeOfDay)
    await adopt(undo.json())
    expect(await hours()).toEqual(before)
  })
})
