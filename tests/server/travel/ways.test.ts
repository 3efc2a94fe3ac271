import { describe, expect, it } from 'vitest'
import { ProviderError } from '../../../server/travel/provider.ts'
import { type ValhallaActor, ValhallaRefusal } from '../../../server/travel/valhalla/actor.ts'
import { expresswayMOf, slowedS, tollOf, walkWay } from '../../../server/travel/valhalla/ways.ts'

const TRUCK = { truck: '5t' } as const
const tolled = { length: 5, road_class: 'motorway', toll: true, lane_count: 2, speed: 100, use: 'road' }

const answering = (edges: unknown): ValhallaActor => ({ ask: async () => ({ edges }) })
const walk = async (edges: unknown) => await walkWay(answering(edges), 'valhalla', '??', TRUCK, undefined)
const tollFor = async (...edges: object[]) => tollOf(await walk(edges), TRUCK)

describe('the toll of a way', () => {
  it('counts a ride from gate to gate, over stretches that are not tagged as tolled', async () => {
    // 900 + 10 × 45.2 = 1,352
    expect(await tollFor(tolled, tolled)).toBe(1400)
    expect(await tollFor(tolled, { ...tolled, toll: false, length: 0.5 }, tolled)).toBe(1400)
    expect(
      await tollFor(tolled, { ...tolled, toll: false, length: 0.5, road_class: 'trunk', use: 'ramp' }, tolled),
    ).toBe(1400)
  })

  it('counts two rides where the truck leaves in between', async () => {
    // 2 × (900 + 5 × 45.2 = 1,126)
    expect(await tollFor(tolled, { ...tolled, toll: false, length: 0.5, road_class: 'secondary' }, tolled)).toBe(2200)
    expect(await tollFor(tolled, { ...tolled, toll: false, length: 2.5 }, tolled)).toBe(2200)
  })

  it('knows the lanes, ramps apart, and the open system by the names of its roads', async () => {
    // both directions have six lanes: 900 + 5 × 45.2 × 1.2 = 1,171; two: 900 + 5 × 45.2 × 0.5 = 1,013
    expect(await tollFor({ ...tolled, lane_count: 3 })).toBe(1200)
    expect(await tollFor({ ...tolled, lane_count: 1 })).toBe(1000)
    expect(await tollFor({ ...tolled, lane_count: 1, use: 'ramp' })).toBe(1100)
    // 720 + 5 × 45.2 = 946
    expect(await tollFor({ ...tolled, names: ['경인고속도로', '120'] })).toBe(900)
    expect(await tollFor({ ...tolled, names: ['누구도모르는고속도로'] })).toBe(1100)
  })

  it('is less by the discounts that all who leave in that hour get, at the pace of the truck', async () => {
    const until = (toS: number) => ({
      leaves: { date: '2026-11-23', secondOfDay: toS / 2, fromS: 0, toS },
      tollDiscounts: { night: true },
    })
    // 80 km are an hour at 80 km/h, though the engine drives 100; 900 + 79 × 45.2 = 4,471, rounded 4,500
    const way = await walk([
      { ...tolled, length: 40 },
      { ...tolled, toll: false, length: 1 },
      { ...tolled, length: 39 },
    ])
    expect(tollOf(way, TRUCK)).toBe(4500)
    const clock = (hours: number, minutes: number, seconds = 0) => 3600 * hours + 60 * minutes + seconds
    const krw = (toS: number) => tollOf(way, { ...TRUCK, ...until(toS) })
    expect(krw(clock(4, 0))).toBe(2300)
    // who leaves last rides 42 of 60 minutes in the night; in 48 minutes it would be 87 %
    expect(krw(clock(5, 18))).toBe(3200)
    // 29 min 51 s: not half of the hour; without the time of the stretch in between it would be
    expect(krw(clock(5, 30, 10))).toBe(3600)
    expect(krw(clock(6, 0))).toBe(4500)
    expect(tollOf(way, { ...TRUCK, leaves: until(clock(4, 0)).leaves })).toBe(4500)
  })

  it('is nothing on roads without one', async () => {
    expect(await tollFor({ ...tolled, toll: false })).toBe(0)
    expect(await tollFor()).toBe(0)
  })
})

describe('an expressway', () => {
  it('is told in metres, and what a truck loses that may not drive as fast', async () => {
    const way = await walk([
      tolled,
      { ...tolled, toll: false, road_class: 'primary', length: 3 },
      { ...tolled, length: 1, speed: 110 },
    ])
    expect(expresswayMOf(way)).toBe(6000)
    // 5 km at 80 instead of 100 km/h: 225 − 180 s; 1 km at 80 instead of 110: 45 − 32.7 s
    expect(slowedS(way, TRUCK)).toBeCloseTo(45 + 12.3, 1)
    // up to 1.5 t of payload: only the kilometre at 110, by 36 − 32.7 s
    expect(slowedS(way, { truck: '1t' })).toBeCloseTo(3.3, 1)
  })
})

describe('a way that the engine cannot walk', () => {
  it('is matched by nearness, along a line with a point every kilometre', async () => {
    const asked: { shape_match: string; encoded_polyline: string }[] = []
    const actor: ValhallaActor = {
      async ask(_, request) {
        const { shape_match, encoded_polyline } = request as (typeof asked)[number]
        asked.push({ shape_match, encoded_polyline })
        if (shape_match === 'edge_walk') throw new ValhallaRefusal('Exact route match algorithm failed to find path')
        return { edges: [tolled] }
      },
    }
    // from 36, 127 to 36, 127.1
    const way = await walkWay(actor, 'valhalla', '_ogtcA_{mfqF?_etd', TRUCK, undefined)
    expect(tollOf(way, TRUCK)).toBe(1100)
    expect(asked.map(({ shape_match }) => shape_match)).toEqual(['edge_walk', 'map_snap'])
    expect(asked[1]!.encoded_polyline.length).toBeGreaterThan(asked[0]!.encoded_polyline.length)
  })

  it('is no way where the answer has another shape', async () => {
    await expect(walk([{ length: 'far' }])).rejects.toThrow(ProviderError)
    await expect(walk(undefined)).rejects.toThrow('its answer to trace_attributes')
  })
})
