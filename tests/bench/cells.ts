/**
 * The cache of travel cells at the size of a large day, on both kinds of database: `node tests/bench/cells.ts`. The provider costs nothing
 * here, so that what is left is the cache.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Address, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import { cachedProvider } from '../../server/travel/cached.ts'
import { CELL_BYTES, cellKey } from '../../server/travel/cells.ts'
import type { TravelPlace } from '../../server/travel/provider.ts'
import { startPostgres } from '../server/postgres.ts'
import { countingRoads } from '../server/travel/countingRoads.ts'

const SIZE = 300
const TRIES = 7
const TRUCK = { truck: '5t' } as const

const places: TravelPlace[] = Array.from({ length: SIZE + 1 }, (_, k) => ({
  id: `p${k}`,
  lng: 126.7 + (k % 20) * 0.01,
  lat: 35 + k * 0.001,
}))
const before = places.slice(0, SIZE)

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const startMs = performance.now()
  return [await work(), performance.now() - startMs]
}
const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`

async function measure(kind: string, address: Address): Promise<void> {
  const database = await openDatabase(address)
  const { travelCells } = createStore(database)
  const { provider, asked } = countingRoads()
  const cached = cachedProvider(provider, travelCells)
  const [, askedMs] = await timed(() => provider.matrix(before, before, TRUCK))
  asked.length = 0
  const [, coldMs] = await timed(() => cached.matrix(before, before, TRUCK))
  const row = async (what: string, work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let k = 0; k < TRIES; k++) times.push((await timed(work))[1])
    times.sort((a, b) => a - b)
    const [middle, worst] = [times[times.length >> 1]!, times.at(-1)!]
    console.log(`${kind}: ${what}: median ${middle.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`)
  }
  console.log(
    `${kind}: cold ${coldMs.toFixed(0)} ms, of which ${askedMs.toFixed(0)} ms are the provider; asked ${asked}`,
  )
  await row('warm', () => cached.matrix(before, before, TRUCK))
  asked.length = 0
  const [, oneMs] = await timed(() => cached.matrix(places, places, TRUCK))
  console.log(`${kind}: one site more ${oneMs.toFixed(0)} ms; asked ${asked.join(' and ')}`)

  // every row as full as it may get
  const filler = new Uint8Array(1_600 * CELL_BYTES)
  await travelCells.add(provider.key(TRUCK), new Map(before.map((place) => [cellKey(place), filler])))
  await row('warm, rows of 1,900 destinations', () => cached.matrix(before, before, TRUCK))
  const { rows } = await sql<{ bytes: number }>`select sum(length(cells))::bigint as bytes from travel_rows`.execute(
    database.db,
  )
  globalThis.gc?.()
  console.log(`${kind}: ${mb(rows[0]!.bytes)} of cells in the table, resident ${mb(process.memoryUsage.rss())}`)
  await database.close()
}

const folder = await mkdtemp(join(tmpdir(), 'milkrun-cells-'))
const postgres = await startPostgres({ durable: true })
try {
  await measure('embedded', { kind: 'folder', path: folder })
  await measure('server', { kind: 'server', url: postgres.url('postgres') })
} finally {
  await postgres.remove()
  await rm(folder, { recursive: true, force: true })
}
