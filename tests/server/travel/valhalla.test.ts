import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { NO_WAY, ProviderError, type TravelPlace, type TravelProvider } from '../../../server/travel/provider.ts'
import { extractAt, hasEngine, openScratch, THREE_ROADS, TOLLED } from './valhalla.ts'
import type { HandMade } from './writePbf.ts'

const scratch = openScratch()

const placeAt = ({ points }: HandMade, id: string): TravelPlace => ({ id, lng: points[id]![0], lat: points[id]![1] })

/** Same seed, same places. */
function placesIn([west, south, east, north]: readonly number[], count: number): TravelPlace[] {
  let state = 7
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
  return Array.from({ length: count }, (_, k) => ({
    id: `place ${k}`,
    lng: west! + random() * (east! - west!),
    lat: south! + random() * (north! - south!),
  }))
}

describe.skipIf(!hasEngine)('Valhalla in process, on hand-made roads', () => {
  let threeRoads: TravelProvider
  beforeAll(async () => {
    threeRoads = (await scratch.roadsOf(THREE_ROADS)).provider
  })
  const west = placeAt(THREE_ROADS, 'west')
  const east = placeAt(THREE_ROADS, 'farEast')
  const island = { id: 'island', lng: 127.022, lat: 35.98 }

  /** Latitude of the northernmost point of the way. */
  const wayNorth = async (truck: '1t' | '3.5t' | '11t', from = west, to = east) =>
    Math.max(...(await threeRoads.path([from, to], { truck }))[0]!.coordinates.map(([, lat]) => lat))

  it('sends a small truck under a low bridge, a higher one over a weak bridge, and a heavy one round both', async () => {
    // 2.6 m high, 2.8 t; 3.3 m high, 7.2 t; 3.8 m high, 22 t
    expect(await wayNorth('1t')).toBeCloseTo(36, 4)
    expect(await wayNorth('3.5t')).toBeCloseTo(36.01, 4)
    expect(await wayNorth('11t')).toBeCloseTo(36.03, 4)
    // and back
    expect(await wayNorth('1t', east, west)).toBeCloseTo(36, 4)
    expect(await wayNorth('11t', east, west)).toBeCloseTo(36.03, 4)
  })

  it('tells the detour in its figures', async () => {
    const metres = await Promise.all(
      (['1t', '3.5t', '11t'] as const).map(
        async (truck) => (await threeRoads.matrix([west], [east], { truck })).distanceM[0]!,
      ),
    )
    // west to farEast is 0.04° of longitude on 36° N: 111.32 km × cos 36° × 0.04 = 3,602 m
    expect(metres[0]! / 3602).toBeCloseTo(1, 2)
    expect(metres[1]).toBeGreaterThan(metres[0]! + 500)
    expect(metres[2]).toBeGreaterThan(metres[1]! + 3000)
  })

  it('gives truck classes keys of their own, and other data another key', async () => {
    const other = (await scratch.roadsOf(TOLLED)).provider
    expect(
      new Set([threeRoads.key({ truck: '1t' }), threeRoads.key({ truck: '11t' }), other.key({ truck: '1t' })]).size,
    ).toBe(3)
    expect(threeRoads.key({ truck: '1t' })).toBe(threeRoads.key({ truck: '1t' }))
  })

  it('marks pairs that no road joins, and lets the others arrive', async () => {
    const places = [west, island, east]
    const { durationS, distanceM, tollKrw, expresswayM, unreachable } = await threeRoads.matrix(places, places, {
      truck: '1t',
    })
    for (const cells of [durationS, distanceM, tollKrw, expresswayM]) {
      expect([0, 4, 8].map((cell) => cells[cell])).toEqual([0, 0, 0])
      expect([1, 3, 5, 7].map((cell) => cells[cell])).toEqual([NO_WAY, NO_WAY, NO_WAY, NO_WAY])
    }
    expect(durationS[2]).toBeGreaterThan(0)
    expect(unreachable).toEqual({ from: [], to: [] })
    const refused = threeRoads.path([west, island], { truck: '1t' })
    await expect(refused).rejects.toThrow(ProviderError)
    await expect(refused).rejects.toThrow('no road leads a 1t truck from "west"')
    await expect(refused).rejects.toHaveProperty('words.ko', expect.stringMatching(/1t 차가 'west'.*길이 없습니다/))
  })

  it('takes a second at least for the few metres to the neighbour', async () => {
    // 0.0001° of longitude: 9 m, which the engine tells as no seconds
    const next = { ...west, id: 'next', lng: west.lng + 0.0001 }
    const { durationS, distanceM } = await threeRoads.matrix([west], [next], { truck: '1t' })
    expect([durationS[0], distanceM[0]]).toEqual([1, 9])
    expect((await threeRoads.path([west, next], { truck: '1t' }))[0]).toMatchObject({ durationS: 1, distanceM: 9 })
  })

  it('names a place far from every road, on the side on which it was asked for', async () => {
    const desert = { id: 'desert', lng: 127.3, lat: 36.3 }
    const matrix = await threeRoads.matrix([desert, west], [east, desert], { truck: '5t' })
    expect(matrix.unreachable).toEqual({ from: [{ index: 0, ...desert }], to: [{ index: 1, ...desert }] })
    expect([...matrix.durationS].map((seconds) => seconds > 0)).toEqual([false, false, true, false])
    // between equal coordinates there is nothing to drive
    expect(matrix.durationS[1]).toBe(0)
    await expect(threeRoads.path([west, desert], { truck: '5t' })).rejects.toThrow(
      'no road that it knows reaches place "desert"',
    )
  })

  it('names a place that trucks can come to and never leave', async () => {
    // a net of 64 corners, and a one-way street out of it that ends in a field
    const corners = Array.from({ length: 64 }, (_, k) => `c${k}`)
    const rows = Array.from({ length: 8 }, (_, row) => corners.slice(8 * row, 8 * row + 8))
    const { provider } = await scratch.roadsOf({
      points: {
        ...Object.fromEntries(
          corners.map((name, k) => [name, [127 + (k % 8) * 0.002, 36 + Math.floor(k / 8) * 0.002]]),
        ),
        field: [127.04, 36],
      },
      streets: [
        ...[...rows, ...rows.map((_, column) => rows.map((row) => row[column]!))].map((points) => ({
          points,
          tags: { highway: 'tertiary' },
        })),
        { points: ['c7', 'field'], tags: { highway: 'tertiary', oneway: 'yes' } },
      ],
    })
    const [corner, field] = [
      { id: 'corner', lng: 127, lat: 36 },
      { id: 'field', lng: 127.039, lat: 36 },
    ]
    const { unreachable, durationS } = await provider.matrix([corner, field], [corner, field], { truck: '5t' })
    expect(unreachable.from).toEqual([{ index: 1, ...field }])
    expect([...durationS]).toEqual([0, NO_WAY, NO_WAY, 0])
  })

  it('does not put a place on the other bank because its own road lies behind a weak bridge', async () => {
    // the only way to the yard is a bridge of 10 t
    const { provider } = await scratch.roadsOf({
      points: { a: [127, 36], b: [127.01, 36], c: [127.012, 36], yard: [127.014, 36] },
      streets: [
        { points: ['a', 'b'], tags: { highway: 'secondary' } },
        { points: ['b', 'c'], tags: { highway: 'secondary', maxweight: '10' } },
        { points: ['c', 'yard'], tags: { highway: 'secondary' } },
      ],
    })
    const places = [
      { id: 'a', lng: 127, lat: 36 },
      { id: 'yard', lng: 127.014, lat: 36 },
    ]
    expect((await provider.matrix(places, places, { truck: '3.5t' })).durationS[1]).toBeGreaterThan(0)
    expect((await provider.matrix(places, places, { truck: '11t' })).durationS[1]).toBe(NO_WAY)
  })

  it('stops when it is told to, and answers the next question', async () => {
    const stop = new AbortController()
    const asked = threeRoads.matrix([west, east], [west, east], { truck: '8t' }, stop.signal)
    stop.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    await expect(threeRoads.matrix([west], [east], { truck: '8t' }, stop.signal)).rejects.toThrow('enough')
    expect((await threeRoads.matrix([west], [east], { truck: '8t' })).durationS[0]).toBeGreaterThan(0)
  })

  it.skipIf(process.platform !== 'linux')(
    'says so when the engine dies under a question, and starts it anew',
    async () => {
      const { provider } = await scratch.roadsOf(THREE_ROADS)
      await provider.matrix([west], [east], { truck: '1t' })
      const asked = provider.matrix([west, east], [west, east], { truck: '1t' })
      killEngines()
      await expect(asked).rejects.toThrow('the engine ended (SIGKILL)')
      expect((await provider.matrix([west], [east], { truck: '1t' })).durationS[0]).toBeGreaterThan(0)
    },
  )

  it('has nothing to say of no places', async () => {
    expect((await threeRoads.matrix([], [], { truck: '1t' })).durationS).toEqual(new Int32Array())
    expect((await threeRoads.matrix([west], [], { truck: '1t' })).durationS).toEqual(new Int32Array())
    expect(await threeRoads.path([west], { truck: '1t' })).toEqual([])
  })
})

describe.skipIf(!hasEngine)('tolls of real roads', () => {
  let provider: TravelProvider
  beforeAll(async () => {
    provider = (await scratch.roadsOf(TOLLED)).provider
  })
  const [village, west, east] = ['village', 'west', 'east'].map((id) => placeAt(TOLLED, id)) as [
    TravelPlace,
    TravelPlace,
    TravelPlace,
  ]

  it('prices the kilometres on the expressway by class, and none beside it', async () => {
    const places = [village, west, east]
    const { tollKrw, expresswayM } = await provider.matrix(places, places, { truck: '5t' })
    // 0.2° of longitude on 36° N: 111.32 km × cos 36° × 0.2 = 18.0 km; 900 + 18.0 × 45.2 = 1,714 → 1,700
    expect(expresswayM[2]! / 18_012).toBeCloseTo(1, 2)
    expect([...tollKrw]).toEqual([0, 0, 1700, 0, 0, 1700, 1700, 1700, 0])
    expect([expresswayM[1], expresswayM[3]]).toEqual([0, 0])
    // four axles: 900 + 18.0 × 74.4 = 2,240 → 2,200
    expect((await provider.matrix([west], [east], { truck: '18t' })).tollKrw[0]).toBe(2200)
    // in the night half of 1,700 is 850, rounded 900; on the same roads in the same time
    const leaves = { date: '2026-11-23', secondOfDay: 7200, fromS: 0, toS: 14_400 }
    const night = { truck: '5t', leaves, tollDiscounts: { night: true } } as const
    const atNight = await provider.matrix(places, places, night)
    expect(atNight).toEqual({
      ...(await provider.matrix(places, places, { truck: '5t' })),
      tollKrw: tollKrw.map((krw) => (krw > 0 ? 900 : 0)),
    })
    expect((await provider.path([west, east], night))[0]!.tollKrw).toBe(900)
    expect(provider.key(night)).not.toBe(provider.key({ truck: '5t' }))
    expect(provider.key({ truck: '5t', leaves })).toBe(provider.key({ truck: '5t' }))
  })

  it('drives no faster on the expressway than the class may, and takes it all the same', async () => {
    const minutes = async (truck: '1t' | '5t') => (await provider.matrix([west], [east], { truck })).durationS[0]! / 60
    // 18.0 km of expressway at 100 and at 80 km/h, and 1.8 km of street at 60; the village road at 40 km/h takes 30 minutes
    expect(await minutes('1t')).toBeCloseTo(10.8 + 1.8, 0)
    expect(await minutes('5t')).toBeCloseTo(13.5 + 1.8, 0)
  })

  it('says of a leg on the map what the matrix says of the pair', async () => {
    const [leg] = await provider.path([village, east], { truck: '5t' })
    const matrix = await provider.matrix([village], [east], { truck: '5t' })
    expect([leg!.durationS, leg!.distanceM, leg!.tollKrw, leg!.expresswayM]).toEqual([
      matrix.durationS[0],
      matrix.distanceM[0],
      matrix.tollKrw[0],
      matrix.expresswayM[0],
    ])
  })
})

const EXTRACTS = [
  { name: 'songpa.osm.pbf', box: [127.1, 37.51, 127.125, 37.525] },
  { name: 'liechtenstein.osm.pbf', box: [9.5, 47.13, 9.54, 47.22] },
].flatMap((extract) => {
  const path = hasEngine ? extractAt(extract.name) : undefined
  return path ? [{ ...extract, path }] : []
})

describe.skipIf(EXTRACTS.length === 0)('Valhalla in process, on real roads', () => {
  it.each(EXTRACTS)('$name: a pair has one set of figures, whoever asks', async ({ path, box }) => {
    const { provider } = await scratch.roadsFrom(path)
    const profile = { truck: '11t' } as const
    const places = placesIn(box, 36)
    const size = places.length
    const whole = await provider.matrix(places, places, profile)
    const lost = new Set(whole.unreachable.from.map(({ index }) => index))
    expect(lost.size).toBeLessThan(size / 2)

    for (let i = 0; i < size; i++) {
      expect(whole.durationS[i * size + i]).toBe(0)
      // where a truck gets to it gets away from
      for (let j = 0; j < i; j++)
        expect(whole.durationS[i * size + j]! >= 0, `${i} ${j}`).toBe(whole.durationS[j * size + i]! >= 0)
    }

    // a row, a column, a rectangle
    const row = await provider.matrix([places[5]!], places, profile)
    expect([...row.durationS]).toEqual([...whole.durationS.slice(5 * size, 6 * size)])
    const column = await provider.matrix(places, [places[5]!], profile)
    expect([...column.distanceM]).toEqual(places.map((_, from) => whole.distanceM[from * size + 5]))

    // the way on the map, its length by its own line within 2 %: the line ends at the place, the metres at the road
    const stops = places.filter((_, k) => !lost.has(k) && whole.durationS[k]! >= 0).slice(0, 10)
    const legs = await provider.path(stops, profile)
    legs.forEach((leg, k) => {
      const cell = places.indexOf(stops[k]!) * size + places.indexOf(stops[k + 1]!)
      expect([leg.durationS, leg.distanceM, leg.tollKrw, leg.expresswayM]).toEqual([
        whole.durationS[cell],
        whole.distanceM[cell],
        whole.tollKrw[cell],
        whole.expresswayM[cell],
      ])
      const road = leg.coordinates.slice(1, -1)
      expect(Math.abs(lineM(road) - leg.distanceM)).toBeLessThan(5 + 0.02 * leg.distanceM)
    })
  })
})

/** Those of this file: their configuration names its folder. */
function killEngines(): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${scratch.folder}/`))
        process.kill(Number(pid), 'SIGKILL')
    } catch {
      // it has ended by itself
    }
  }
}

/** Of a line of degrees, short enough to be flat. */
function lineM(line: readonly (readonly [number, number])[]): number {
  const radians = Math.PI / 180
  return line.slice(1).reduce((sum, [lng, lat], k) => {
    const [before, beforeLat] = line[k]!
    const x = (lng - before) * radians * Math.cos(lat * radians)
    return sum + Math.hypot(x, (lat - beforeLat) * radians) * 6_371_008.8
  }, 0)
}
