import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { forgetCells } from '../../../server/store/travelCells.ts'
import { cachedProvider } from '../../../server/travel/cached.ts'
import { CELL_BYTES, cellKey, cellsInMemory, roundedPlace, type TravelCells } from '../../../server/travel/cells.ts'
import { NO_WAY, type TravelPlace } from '../../../server/travel/provider.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { ADDRESSES, empty, freshAddress } from '../databases.ts'
import { countingRoads } from './countingRoads.ts'

const TRUCK = { truck: '5t' } as const
const somePlaces = (count: number, first = 0): TravelPlace[] =>
  Array.from({ length: count }, (_, k) => ({
    id: `p${first + k}`,
    lng: 126.7 + ((first + k) % 17) * 0.01,
    lat: 35.1 + (first + k) * 0.003,
  }))

/** What is asked here passes in memory and on either database. */
function itCaches(cellsOf: () => TravelCells): void {
  it('asks nothing twice, and gives the figures of the provider', async () => {
    const { provider, asked } = countingRoads()
    const cached = cachedProvider(provider, cellsOf())
    const places = somePlaces(12)
    const cold = await cached.matrix(places, places, TRUCK)
    const warm = await cached.matrix(places, places, TRUCK)
    expect(asked).toEqual(['12x12'])
    expect(warm).toEqual(cold)
    expect(cold).toEqual(await provider.matrix(places, places, TRUCK))
  })

  it('asks for the row and the column of a site that joins others', async () => {
    const { provider, asked } = countingRoads()
    const cached = cachedProvider(provider, cellsOf())
    const places = somePlaces(13)
    await cached.matrix(places.slice(0, 12), places.slice(0, 12), TRUCK)
    const all = await cached.matrix(places, places, TRUCK)
    expect(asked.slice(1).sort()).toEqual(['12x1', '1x13'])
    expect(all).toEqual(await provider.matrix(places, places, TRUCK))
  })

  it('asks for the two corners that two known groups have between them', async () => {
    const { provider, asked } = countingRoads()
    const cached = cachedProvider(provider, cellsOf())
    const [ours, theirs] = [somePlaces(5), somePlaces(7, 5)]
    await cached.matrix(ours, ours, TRUCK)
    await cached.matrix(theirs, theirs, TRUCK)
    await cached.matrix([...ours, ...theirs], [...ours, ...theirs], TRUCK)
    expect(asked.slice(2).sort()).toEqual(['5x7', '7x5'])
  })

  it('keeps the answers of each key apart', async () => {
    const { provider, asked } = countingRoads()
    const cells = cellsOf()
    const places = somePlaces(3)
    await cachedProvider(provider, cells).matrix(places, places, TRUCK)
    await cachedProvider(provider, cells).matrix(places, places, { truck: '25t' })
    await cachedProvider({ ...provider, key: () => 'counting:2:5t' }, cells).matrix(places, places, TRUCK)
    expect(asked).toEqual(['3x3', '3x3', '3x3'])
  })

  it('keeps that no road leads from one place to another', async () => {
    const { provider, asked, lost } = countingRoads()
    lost.add('p1>p2')
    const cached = cachedProvider(provider, cellsOf())
    const places = somePlaces(3)
    await cached.matrix(places, places, TRUCK)
    const { durationS, unreachable } = await cached.matrix(places, places, TRUCK)
    expect(asked).toEqual(['3x3'])
    expect(unreachable).toEqual({ from: [], to: [] })
    expect([durationS[5], durationS[7]]).toEqual([NO_WAY, expect.any(Number)])
    expect(durationS[7]).toBeGreaterThan(0)
  })

  it('asks again, for its row and column only, about a place that no road reaches, and names it each time', async () => {
    const { provider, asked, lost } = countingRoads()
    lost.add('p1')
    const cached = cachedProvider(provider, cellsOf())
    const places = somePlaces(4)
    const first = await cached.matrix(places, places, TRUCK)
    const again = await cached.matrix(places, places, TRUCK)
    expect(asked[0]).toBe('4x4')
    expect(asked.slice(1).sort()).toEqual(['1x4', '3x1'])
    expect(again).toEqual(first)
    expect(again.unreachable.to).toEqual([{ ...places[1]!, index: 1 }])
    lost.clear()
    const mended = await cached.matrix(places, places, TRUCK)
    expect(mended.unreachable).toEqual({ from: [], to: [] })
    expect(mended).toEqual(await provider.matrix(places, places, TRUCK))
  })

  it('loses nothing of what others write at the same time', async () => {
    const { provider, asked } = countingRoads()
    const cells = cellsOf()
    const places = somePlaces(24)
    await Promise.all(
      Array.from({ length: 8 }, async (_, k) => {
        const mine = [...places.slice(3 * k, 3 * k + 3), ...places.slice(0, 9)]
        await cachedProvider(provider, cells).matrix(mine, places, TRUCK)
      }),
    )
    asked.length = 0
    const all = await cachedProvider(provider, cells).matrix(places, places, TRUCK)
    expect(asked).toEqual([])
    expect(all).toEqual(await provider.matrix(places, places, TRUCK))
  })
}

describe('cachedProvider in memory', () => {
  itCaches(cellsInMemory)

  it('gives the figures of the provider for any rectangles in any order', async () => {
    const some = fc.subarray(somePlaces(9), { minLength: 0 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(some, some), { minLength: 1, maxLength: 6 }), async (rectangles) => {
        const { provider } = countingRoads()
        const cached = cachedProvider(provider, cellsInMemory())
        for (const [from, to] of rectangles)
          expect(await cached.matrix(from, to, TRUCK)).toEqual(await provider.matrix(from, to, TRUCK))
      }),
      { numRuns: 60 },
    )
  })

  it('asks for places rounded to a metre, so that those within it share their figures', async () => {
    const { provider, asked } = countingRoads()
    const cached = cachedProvider(provider, cellsInMemory())
    const [a, b] = somePlaces(2)
    const near = { id: 'gate', lng: a!.lng + 4e-6, lat: a!.lat - 4e-6 }
    const { distanceM } = await cached.matrix([a!, near, b!], [a!, near, b!], TRUCK)
    expect(asked).toEqual(['2x2'])
    const [there, back] = [distanceM[2]!, distanceM[6]!]
    expect([...distanceM]).toEqual([0, 0, there, 0, 0, there, back, back, 0])
    expect(there).not.toBe(back)
  })

  it('rounds to what a decimal of five digits says, and a rounded place is its own', () => {
    const place = { id: 'x', lng: 126.765004, lat: -35.124996 }
    expect(roundedPlace(place)).toEqual({ id: 'x', lng: 126.765, lat: -35.125 })
    fc.assert(
      fc.property(fc.integer({ min: -18e6, max: 18e6 }), fc.integer({ min: -9e6, max: 9e6 }), (lng, lat) => {
        const whole = { id: 'x', lng: lng / 1e5, lat: lat / 1e5 }
        expect(roundedPlace(whole)).toEqual({ id: 'x', lng: lng / 1e5 + 0, lat: lat / 1e5 + 0 })
        expect(Number.isSafeInteger(cellKey(whole))).toBe(true)
      }),
    )
  })

  it('keeps nothing of places that lie nowhere on Earth', async () => {
    const { provider, asked } = countingRoads()
    const cached = cachedProvider(provider, cellsInMemory())
    const places = [...somePlaces(2), { id: 'nowhere', lng: 1e300, lat: 0 }]
    await cached.matrix(places, places, TRUCK)
    await cached.matrix(places, places, TRUCK)
    expect(asked).toEqual(['3x3', '3x3'])
  })

  it('refuses an answer of another size, and keeps nothing of it', async () => {
    const { provider } = countingRoads()
    const cells = cellsInMemory()
    const half = { ...provider, matrix: async () => ({ ...(await provider.matrix([], [], TRUCK)) }) }
    const places = somePlaces(2)
    const refused = cachedProvider(half, cells).matrix(places, places, TRUCK)
    await expect(refused).rejects.toThrow(/counting: 0 cells of durationS for 2 × 2/)
    await expect(refused).rejects.toHaveProperty('words.ko', expect.stringContaining('이 답은 쓰지 않습니다'))
    expect((await cells.read('counting:1:5t', places.map(cellKey))).size).toBe(0)
  })

  it('leaves a provider alone that is as quick as any cache', () => {
    expect(cachedProvider(trunk, cellsInMemory())).toBe(trunk)
    const once = cachedProvider(countingRoads().provider, cellsInMemory())
    expect(cachedProvider(once, cellsInMemory())).toBe(once)
  })

  it('stops when it is told to', async () => {
    const cached = cachedProvider(countingRoads().provider, cellsInMemory())
    await expect(cached.matrix([], [], TRUCK, AbortSignal.abort())).rejects.toThrow(/abort/i)
  })
})

describe.each(ADDRESSES)('cachedProvider in the store in $kind', ({ kind }) => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase(await freshAddress(kind))
  })
  afterEach(async () => await empty(database))
  afterAll(async () => await database.close())
  const cellsOf = () => createStore(database).travelCells

  itCaches(cellsOf)

  it('sweeps what nobody has asked for in a month, and only that', async () => {
    const { provider, asked } = countingRoads()
    const cached = cachedProvider(provider, cellsOf())
    const [old, daily] = [somePlaces(3), somePlaces(3, 3)]
    await cached.matrix(old, old, TRUCK)
    await cached.matrix(daily, daily, TRUCK)
    await sql`update travel_rows set used_on = current_date - 31`.execute(database.db)
    // being read is being used
    await cached.matrix(daily, daily, TRUCK)
    await forgetCells(database.db)
    asked.length = 0
    await cached.matrix(daily, daily, TRUCK)
    expect(asked).toEqual([])
    await cached.matrix(old, old, TRUCK)
    expect(asked).toEqual(['3x3'])
  })

  it('begins a row anew that has grown beyond use, and fills it again', async () => {
    const cells = cellsOf()
    const grown = new Uint8Array(2_000 * CELL_BYTES)
    const record = new Uint8Array(CELL_BYTES).fill(1)
    await cells.add('source', new Map([[7, grown]]))
    await cells.add('source', new Map([[7, record]]))
    expect((await cells.read('source', [7])).get(7)).toHaveLength(CELL_BYTES)
    await cells.add('source', new Map([[7, record]]))
    expect((await cells.read('source', [7])).get(7)).toHaveLength(2 * CELL_BYTES)
  })
})
