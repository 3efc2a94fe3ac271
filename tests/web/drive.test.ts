/** How far a driver is, and the addresses that open a map app: without a browser. */
import { describe, expect, it } from 'vitest'
import type { Drive, DriveEvent } from '../../server/api.ts'
import { KAKAO_POINTS, kakaoWays, telOf, wayTo } from '../../web/drive/mapLinks.ts'
import { driveLeftS, happenedOf, progressOf } from '../../web/drive/progress.ts'

const stop = (name: string, arriveS: number) => ({
  ...{ name, lng: 126.8, lat: 35.1, arriveS, startS: arriveS, leaveS: arriveS + 600, legS: 1800 },
  goods: [{ shipment: name, way: 'pickup' as const, weightKg: 100, handling: [], other: 'x' }],
})
/** Departs at 8:00, three stops at 8:30, 9:10 and 9:50, a rest on the way to the third. */
const drive = {
  ...{ state: 'open', plan: 'p', route: 'r1', number: 1, startsAt: '2026-11-23T00:00:00+09:00', departS: 28_800 },
  stops: [stop('a', 30_600), stop('b', 33_000), stop('c', 35_400)],
  rests: [{ beforeStop: 2, startS: 34_000, endS: 34_900 }],
  law: { driveS: 7200, restS: 900 },
  events: [],
} as unknown as Drive
const at = (seconds: number) => new Date(Date.parse(drive.startsAt) + 1000 * seconds).toISOString()
const event = (id: string, kind: DriveEvent['kind'], atS: number, more: Partial<DriveEvent> = {}): DriveEvent => ({
  ...{ id, plan: 'p', kind, at: at(atS) },
  ...more,
})
const progress = (events: readonly DriveEvent[], nowS: number, chosen?: number, offsetMs = 0) =>
  progressOf(drive, happenedOf(drive, events, offsetMs), chosen, nowS)

describe('how far a driver is', () => {
  it('begins at the first stop, is there after arriving, and goes on when the work is done', () => {
    expect(progress([], 28_000)).toMatchObject({ current: 0, isThere: false, done: 0, lateS: undefined })
    const there = [event('1', 'departed', 28_800), event('2', 'arrived', 30_900, { stop: 0 })]
    // planned 8:30, came at 8:35
    expect(progress(there, 31_000)).toMatchObject({ current: 0, isThere: true, lateS: 300 })
    const done = [...there, event('3', 'loaded', 31_080, { stop: 0, shipment: 'a', quantity: 50 })]
    // planned to leave at 8:40, left at 8:38
    expect(progress(done, 31_100)).toMatchObject({ current: 1, isThere: false, done: 1, lateS: -120 })
    // nobody who should have arrived at 9:10 is ahead of the plan at 9:20
    expect(progress(done, 33_600).lateS).toBe(600)
  })

  it('takes another stop first where the driver says so, and comes back to what is left', () => {
    const begun = [event('1', 'departed', 28_800)]
    expect(progress(begun, 29_000, 2).current).toBe(2)
    const there = [...begun, event('2', 'arrived', 30_000, { stop: 2 })]
    expect(progress(there, 30_000)).toMatchObject({ current: 2, isThere: true })
    expect(progress([...there, event('3', 'loaded', 30_100, { stop: 2 })], 30_200, 2).current).toBe(0)
  })

  it('forgets what was taken back, and counts what the service has already once', () => {
    const arrived = event('2', 'arrived', 30_900, { stop: 0 })
    const back = event('3', 'arrived', 30_950, { stop: 0, corrects: '2', void: true })
    expect(progress([arrived, back], 31_000)).toMatchObject({ current: 0, isThere: false })
    const known = { ...arrived, route: 'r1', recordedAt: arrived.at, by: 'driver:r1' }
    const twice = happenedOf({ ...drive, events: [known] }, [arrived], 0)
    expect(twice.map(({ id, waiting }) => [id, waiting])).toEqual([['2', false]])
    // of a plan that has changed since: the service says which stop it is now
    expect(happenedOf(drive, [{ ...arrived, plan: 'before' }], 0)).toEqual([])
  })

  it('puts the clock of the phone right, and counts the driving since the last rest', () => {
    // the phone goes an hour ahead
    expect(progress([event('1', 'arrived', 30_600 + 3600, { stop: 0 })], 31_000, undefined, -3_600_000).lateS).toBe(0)
    expect([0, 1, 2].map((current) => driveLeftS(drive, current))).toEqual([7200, 5400, 3600])
    // 30 minutes to the third, which begin after the rest
    const four = { ...drive, stops: [...drive.stops, stop('d', 38_000)] }
    expect(driveLeftS(four, 3)).toBe(7200 - 1800)
    expect(driveLeftS(drive, undefined)).toBeUndefined()
  })
})

describe('addresses of map apps', () => {
  const points = Array.from({ length: 15 }, (_, k) => ({ name: `업체 ${k + 1}, 가/나`, lng: 126 + k / 100, lat: 35 }))
  it('split the way into pieces of seven points, each beginning where the one before ends', () => {
    const ways = kakaoWays(points, false)
    const parts = ways.map((way) =>
      decodeURIComponent(way.replace('https://map.kakao.com/link/by/car/', '')).split('/'),
    )
    expect(parts.map((list) => list.length)).toEqual([KAKAO_POINTS, KAKAO_POINTS, 3])
    expect(parts[1]![0]).toBe(parts[0]!.at(-1))
    expect(parts.flat().every((point) => point.split(',').length === 3)).toBe(true)
    expect(parts[0]![0]).toBe('업체 1  가 나,35,126')
  })

  it('carry no names where the driver wants points only', () => {
    const { kakao, naver, tmap } = wayTo(points[0]!, true, 'milkrun.example')
    for (const address of [kakao, naver, tmap, ...kakaoWays(points, true)])
      expect(decodeURIComponent(address)).not.toContain('업체')
    expect(naver).toBe('nmap://route/car?dlat=35&dlng=126&dname=1&appname=milkrun.example')
    // longitude first
    expect(wayTo(points[0]!, false, 'x').tmap).toContain('&goalx=126&goaly=35')
    expect(telOf('062-000-0109')).toBe('tel:0620000109')
  })
})
