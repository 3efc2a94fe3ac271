import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localLeg } from '../../../server/travel/local.ts'
import { NO_WAY, ProviderError, type TravelPlace } from '../../../server/travel/provider.ts'
import { SOURCES } from '../../../server/travel/sources.ts'
import { type TolledLink, tollKrw } from '../../../server/travel/toll.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import {
  entryAt,
  type FastestTree,
  fastestFrom,
  type TrunkLink,
  tableRows,
  trunkNetwork,
  trunkRoads,
} from '../../../server/travel/trunkNetwork.ts'
import { TRUCK_CLASSES } from '../../../solver/index.ts'

const readTable = (name: string) =>
  tableRows(readFileSync(new URL(`../../../server/travel/trunk/${name}`, import.meta.url), 'utf8'))

const network = trunkNetwork()
const nodeById = new Map(network.nodes.map((node) => [node.id, node]))
const atNode = (id: string): TravelPlace => ({ id, lng: nodeById.get(id)!.lng, lat: nodeById.get(id)!.lat })

/** Links from where the origin of the tree entered the network to a node, and where that was. */
function walkBack(tree: FastestTree, to: number) {
  const links: TrunkLink[] = []
  let start = to
  for (let step = tree.link[start]!; step >= 0; step = tree.link[start]!) {
    const link = network.links[step]!
    links.unshift(link)
    start = link.from === start ? link.to : link.from
  }
  return { links, start }
}

/** Links of the fastest way through these nodes. */
function linksBetween(stops: readonly string[]) {
  return stops.slice(1).flatMap((stop, k) => {
    const tree = fastestFrom(network, entryAt(network, nodeById.get(stops[k]!)!.index))
    return walkBack(tree, nodeById.get(stop)!.index).links
  })
}

const checks = readTable('checks.csv').map((row) => ({
  id: row.id!,
  stops: [row.from!, ...row.via!.split('>').filter(Boolean), row.to!],
  publishedKm: Number(row.published_km),
  addKm: Number(row.add_km),
  tollKrw: Number(row.toll_class1_krw),
}))

/** Anywhere in a box over the mainland, sea and mountains included. */
const anyPlace = fc.record({
  id: fc.constant('p'),
  lng: fc.double({ min: 126.4, max: 129.3, noNaN: true }),
  lat: fc.double({ min: 34.7, max: 37.8, noNaN: true }),
})
/** Near a node, where short ways compete with local legs. */
const anyNearPlace = fc
  .record({
    node: fc.constantFrom(...network.nodes),
    east: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    north: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  })
  .map(({ node, east, north }) => ({ id: node.id, lng: node.lng + east, lat: node.lat + north }))
const anyPlaces = fc.array(fc.oneof(anyPlace, anyNearPlace), { minLength: 2, maxLength: 6 })
const anyTruck = fc.constantFrom(...TRUCK_CLASSES)

describe('the tables', () => {
  test('every row names its source and a certainty', () => {
    for (const name of ['nodes.csv', 'links.csv', 'checks.csv'])
      for (const row of readTable(name)) {
        expect(row.source, JSON.stringify(row)).not.toBe('')
        expect(['A', 'B', 'C', 'G', 'X'], JSON.stringify(row)).toContain(row.certainty)
      }
  })

  test('every road has a length and a speed, and all nodes hang together', () => {
    for (const link of network.links) {
      expect(link.distanceM).toBeGreaterThan(0)
      expect(link.durationMs).toBeGreaterThan(0)
    }
    for (const ms of fastestFrom(network, entryAt(network, 0)).durationMs) expect(ms).toBeLessThan(12 * 3_600_000)
  })

  test('road distances agree with the published ones of 60 km and more: 3 % on average, 12 % at worst', () => {
    const errors = checks
      .filter(({ publishedKm }) => publishedKm >= 60)
      .map(({ stops, publishedKm, addKm }) => {
        const km = linksBetween(stops).reduce((sum, link) => sum + link.distanceM / 1000, addKm)
        return Math.abs(km - publishedKm) / publishedKm
      })
    expect(errors).toHaveLength(365)
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.03)
    expect(Math.max(...errors)).toBeLessThan(0.12)
  })

  test('a destination taken out of the network and joined by local legs alone keeps 3 % on average', () => {
    const errors = checks
      .filter(({ publishedKm, stops }) => publishedKm >= 60 && /^[TC]_/.test(stops.at(-1)!) && stops.length === 2)
      .map(({ stops, publishedKm, addKm }) => {
        const [port, place] = stops.map((id) => nodeById.get(id!)!)
        const graph = network.graph.copy() as typeof network.graph
        graph.dropNode(place!.id)
        const entries = network.nodes.map((node) =>
          node !== place && network.accessible[node.index] ? localLeg(place!, node) : null,
        )
        const tree = fastestFrom(
          { ...network, graph },
          Float64Array.from(entries, (leg) => leg?.durationMs ?? Number.POSITIVE_INFINITY),
        )
        const { links, start } = walkBack(tree, port!.index)
        const m = links.reduce((sum, link) => sum + link.distanceM, entries[start]!.distanceM)
        return Math.abs(m / 1000 + addKm - publishedKm) / publishedKm
      })
    expect(errors.length).toBeGreaterThan(350)
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.03)
    expect(Math.max(...errors)).toBeLessThan(0.17)
  })

  test('draws each road once, each place once, and no connector', () => {
    const { features } = trunkRoads()
    const count = (type: string) => features.filter(({ geometry }) => geometry.type === type).length
    expect(count('LineString')).toBe(readTable('links.csv').length)
    expect(count('Point')).toBe(readTable('nodes.csv').length)
    expect(features[0]).toEqual({
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [127.042, 37.4632],
          [127.0945, 37.4059],
        ],
      },
      properties: { kind: 'expressway', road_no: '1', name: '경부고속도로' },
    })
  })
})

test('fastest ways are those of Bellman and Ford, from any set of entries', () => {
  const anyEntries = fc.array(fc.record({ node: fc.nat(network.nodes.length - 1), ms: fc.nat(3_600_000) }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const entryMs = new Float64Array(network.nodes.length).fill(Number.POSITIVE_INFINITY)
      for (const { node, ms } of entries) entryMs[node] = Math.min(entryMs[node]!, ms)

      const expectedMs = Float64Array.from(entryMs)
      for (let changed = true; changed; ) {
        changed = false
        for (const { from, to, durationMs } of network.links)
          for (const [a, b] of [
            [from, to],
            [to, from],
          ] as const)
            if (expectedMs[a]! + durationMs < expectedMs[b]!) {
              expectedMs[b] = expectedMs[a]! + durationMs
              changed = true
            }
      }
      expect(fastestFrom(network, entryMs).durationMs).toEqual(expectedMs)
    }),
    { numRuns: 20 },
  )
})

describe('times, distances and tolls between places', () => {
  test('the diagonal is zero and no detour by a third place takes less time', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlaces, anyTruck, async (places, truck) => {
        const { durationS, distanceM, tollKrw } = await trunk.matrix(places, places, { truck })
        const size = places.length
        for (let a = 0; a < size; a++) {
          const cell = a * size + a
          expect([durationS[cell], distanceM[cell], tollKrw[cell]]).toEqual([0, 0, 0])
          for (let b = 0; b < size; b++)
            for (let c = 0; c < size; c++) {
              const [direct, by] = [durationS[a * size + c]!, durationS[a * size + b]! + durationS[b * size + c]!]
              expect(direct, `${a} → ${c} against ${a} → ${b} → ${c}`).toBeLessThanOrEqual(by)
            }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a leg has the figures of the matrix, whatever other places the matrix holds', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlaces, anyTruck, async (places, truck) => {
        const matrix = await trunk.matrix(places, places, { truck })
        const legs = await trunk.path(places, { truck })
        expect(legs).toHaveLength(places.length - 1)
        for (const [k, { durationS, distanceM, tollKrw, coordinates }] of legs.entries()) {
          const cell = k * places.length + k + 1
          expect(durationS).toBe(matrix.durationS[cell])
          expect(distanceM).toBe(matrix.distanceM[cell])
          expect(tollKrw).toBe(matrix.tollKrw[cell])
          expect(coordinates[0]).toEqual([places[k]!.lng, places[k]!.lat])
          expect(coordinates.at(-1)).toEqual([places[k + 1]!.lng, places[k + 1]!.lat])
        }
        const [alone] = await trunk.path(places.slice(0, 2), { truck })
        expect(alone).toEqual(legs[0])
      }),
      { numRuns: 30 },
    )
  })

  test('a short trip inside the complex is a local leg with a detour factor of its own', async () => {
    // 0.5 km along the meridian: 0.5 km / (6371.0088 km × π / 180) = 0.0044966 degrees
    // × 1.40 = 700 m of street; at 35 km/h 72 s
    const [leg] = await trunk.path(
      [
        { id: 'firm', lng: 126.775, lat: 35.12 },
        { id: 'try-out', lng: 126.775, lat: 35.1244966 },
      ],
      { truck: '2.5t' },
    )
    expect(leg).toMatchObject({ durationS: 72, distanceM: 700, tollKrw: 0, straight: true })
    expect(leg!.coordinates).toHaveLength(2)
  })

  test('works a route with two tolls as a person would', async () => {
    // Yangjae to Gonjiam, 11 t, toll class 4 at 62.9 won/km:
    //   open, six lanes   7.89 + 4.25 + 15.07 = 27.21 km   720 + 27.21 × 1.2 × 62.9 = 2 773.8 → 2 800 won
    //   closed, four      22.53 + 2.21        = 24.74 km   900 + 24.74 × 62.9       = 2 456.1 → 2 500 won
    // 27.21 km at 70 km/h + 24.74 km at 80 km/h = 1 399.4 + 1 113.3 s = 2 512.7 → 2 513 s
    const [leg] = await trunk.path([atNode('YANGJAE'), atNode('GONJIAM')], { truck: '11t' })
    expect(leg).toMatchObject({ distanceM: 51_950, durationS: 2513, tollKrw: 5300, straight: false })
  })

  test('a small truck is faster and a large one slower than a medium one, and tolls follow the axles', async () => {
    const places = [atNode('C_PYEONGDONG'), atNode('P_BUSANNEW')]
    const [small, medium, large] = await Promise.all(
      (['1t', '5t', '25t'] as const).map((truck) => trunk.matrix(places, places, { truck })),
    )
    expect(small!.durationS[1]).toBe(Math.ceil(medium!.durationS[1]! / 1.05))
    expect(small!.durationS[1]).toBeLessThan(medium!.durationS[1]!)
    expect(large!.durationS[1]).toBeGreaterThan(medium!.durationS[1]!)
    expect(large!.tollKrw[1]).toBeGreaterThan(medium!.tollKrw[1]! * 1.4)
    expect(large!.distanceM).toEqual(small!.distanceM)
  })

  test('profiles share a key only where they share every figure', async () => {
    const places = [atNode('C_PYEONGDONG'), atNode('YANGJAE'), atNode('GUSEO')]
    const matrixByKey = new Map<string, unknown>()
    for (const truck of TRUCK_CLASSES) {
      const matrix = await trunk.matrix(places, places, { truck })
      const key = trunk.key({ truck })
      if (matrixByKey.has(key)) expect(matrix).toEqual(matrixByKey.get(key))
      matrixByKey.set(key, matrix)
    }
    expect(new Set([...matrixByKey.values()].map((matrix) => JSON.stringify(matrix))).size).toBe(matrixByKey.size)
  })
})

describe('tolls', () => {
  const link = (toll: TolledLink['toll'], km: number, lanes: TolledLink['lanes'] = '4'): TolledLink => ({
    toll,
    lanes,
    distanceM: km * 1000,
  })

  test('links of one system in a row are one ride; leaving and coming back pays the base fee again', () => {
    // class 1: 900 + 30 × 44.3 = 2 229 → 2 200; twice 900 + 15 × 44.3 = 1 564.5 → 1 600 each
    expect(tollKrw([link('closed', 10), link('closed', 20)], 1)).toBe(2200)
    expect(tollKrw([link('closed', 15), link('none', 3), link('closed', 15)], 1)).toBe(3200)
  })

  test('six lanes cost a fifth more per kilometre, two lanes half', () => {
    // class 5, 100 km: 900 + 74.4 × 100 = 8 340; × 1.2 = 9 828; × 0.5 = 4 620
    expect(tollKrw([link('closed', 100)], 5)).toBe(8300)
    expect(tollKrw([link('closed', 100, '6+')], 5)).toBe(9800)
    expect(tollKrw([link('closed', 100, '2')], 5)).toBe(4600)
  })

  test('the open system is paid apart; a private road goes on the ticket of the closed one', () => {
    // class 2: 720 + 10 × 45.2 = 1 172 → 1 200; 900 + 20 × 45.2 = 1 804 → 1 800
    expect(tollKrw([link('open', 10), link('closed', 20)], 2)).toBe(3000)
    expect(tollKrw([link('closed', 10), link('private', 10)], 2)).toBe(1800)
    expect(tollKrw([link('none', 50)], 2)).toBe(0)
  })

  test('come out 3 to 11 % below the class-1 prices of 2015, and at half of what a private road then took', () => {
    // Tariffs rose and fell since; this says how far off the formula is, not that it is good.
    const errorPercent = checks
      .filter((check) => check.tollKrw > 0)
      .map(({ id, stops, tollKrw: publishedKrw }) => {
        return [id, Math.round((tollKrw(linksBetween(stops), 1) / publishedKrw - 1) * 100)]
      })
    expect(Object.fromEntries(errorPercent)).toEqual({
      K359: -4, // Seoul – Daejeon, 8 200 won
      K360: -11, // Seoul – Busan, 20 100 won
      K361: -5, // Seoul – Gwangju, 15 300 won
      K362: -4, // Seoul – Gangneung, 10 700 won
      K363: -52, // Cheonan – Nonsan, private, 9 400 won; 4 900 since 2019
    })
  })
})

describe('what it cannot answer', () => {
  const factory = { id: 'factory', lng: 126.765, lat: 35.125 }

  test.each([
    ['a missing number', { id: 'broken', lng: Number.NaN, lat: 35 }, /"broken".*correct its coordinates/],
    ['a place in Japan', { id: 'Fukuoka', lng: 130.4, lat: 33.6 }, /"Fukuoka".*correct its coordinates/],
    ['an island', { id: 'Jeju', lng: 126.53, lat: 33.5 }, /"Jeju".*correct its coordinates/],
    ['a place with swapped coordinates', { id: 'swapped', lng: 35.125, lat: 126.765 }, /"swapped".*look swapped/],
  ])('%s is named, and the rest of the matrix arrives', async (_, place, message) => {
    const elsewhere = { id: 'elsewhere', lng: 126.8, lat: 35.2 }
    const known = await trunk.matrix([factory, elsewhere], [factory, elsewhere], { truck: '5t' })
    const matrix = await trunk.matrix([factory, place, elsewhere], [factory, place, elsewhere], { truck: '5t' })
    expect(matrix.unreachable).toEqual({ from: [{ ...place, index: 1 }], to: [{ ...place, index: 1 }] })
    for (const what of ['durationS', 'distanceM', 'tollKrw', 'expresswayM'] as const) {
      const [, there, back] = known[what]
      expect([...matrix[what]]).toEqual([0, NO_WAY, there, NO_WAY, 0, NO_WAY, back, NO_WAY, 0])
    }
    const error = await trunk.path([factory, place], { truck: '5t' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ProviderError)
    expect(error).toMatchObject({ provider: 'trunk', places: [{ index: 1, id: place.id }] })
    expect((error as ProviderError).message).toMatch(message)
    expect((error as ProviderError).words.ko).toMatch(new RegExp(`'${place.id}'.*(좌표를 고치거나|뒤바뀐)`))
  })

  test('a rectangle has the figures of the square, and names the lost of either side', async () => {
    const island = { id: 'Jeju', lng: 126.53, lat: 33.5 }
    const places = [factory, atNode('YANGJAE'), island, atNode('GUSEO')]
    const square = await trunk.matrix(places, places, { truck: '5t' })
    const rows = [2, 0]
    const columns = [1, 2, 3]
    const rectangle = await trunk.matrix(
      rows.map((row) => places[row]!),
      columns.map((column) => places[column]!),
      { truck: '5t' },
    )
    for (const what of ['durationS', 'distanceM', 'tollKrw', 'expresswayM'] as const)
      expect([...rectangle[what]]).toEqual(
        rows.flatMap((row) => columns.map((column) => square[what][row * places.length + column])),
      )
    expect(rectangle.unreachable).toEqual({ from: [{ ...island, index: 0 }], to: [{ ...island, index: 1 }] })
  })

  test('nothing asked is nothing answered', async () => {
    expect((await trunk.matrix([], [], { truck: '5t' })).durationS).toHaveLength(0)
    expect(await trunk.path([], { truck: '5t' })).toEqual([])
    expect(await trunk.path([factory], { truck: '5t' })).toEqual([])
  })

  test('stops when it is told to', async () => {
    await expect(trunk.matrix([factory], [factory], { truck: '5t' }, AbortSignal.abort())).rejects.toThrow(/abort/i)
  })
})

test('is listed, and says that its figures are estimates', async () => {
  const listed = SOURCES.find(({ takes }) => takes('trunk') !== undefined)
  expect(await listed?.open('', 'en')).toBe(trunk)
  expect(trunk.estimated).toBe(true)
})
