/** Roads for tests: where the engine runs, and hand-made countries small enough to do the sums by hand. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { buildRoads } from '../../../server/travel/valhalla/build.ts'
import { type OpenValhalla, openValhalla } from '../../../server/travel/valhalla/inProcess.ts'
import { findEngine } from '../../../server/travel/valhalla/package.ts'
import { type HandMade, writePbf } from './writePbf.ts'

export const hasEngine = (() => {
  try {
    findEngine()
    return true
  } catch (error) {
    console.warn(`Valhalla is not tested: ${(error as Error).message}`)
    return false
  }
})()

/** undefined, said once, where the extract is not at hand: the repository carries none. */
export function extractAt(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../../shared/geo/${name}`, import.meta.url))
  if (existsSync(path)) return path
  console.warn(`${name} is not at hand (looked for ${path}); its tests are skipped`)
  return undefined
}

export const now = () => new Date('2026-11-23T00:00:00Z')

/** In the folder that is removed with all it holds when the file's tests are done. */
export function openScratch() {
  const folder = mkdtempSync(join(tmpdir(), 'milkrun-roads-'))
  const open: OpenValhalla[] = []
  afterAll(async () => {
    for (const { close } of open) await close()
    rmSync(folder, { recursive: true, force: true })
  })
  const roadsFrom = async (file: string): Promise<OpenValhalla> => {
    const out = mkdtempSync(join(folder, 'roads-'))
    await buildRoads(file, out, { now })
    const roads = await openValhalla(out)
    open.push(roads)
    return roads
  }
  return {
    folder,
    roadsFrom,
    roadsOf: async (country: HandMade) =>
      await roadsFrom(writePbf(join(mkdtempSync(join(folder, 'pbf-')), 'a.osm.pbf'), country)),
    roadsIn: async (out: string) => {
      const roads = await openValhalla(out)
      open.push(roads)
      return roads
    },
  }
}

/**
 * Three roads from west to east, each with one obstacle less than the one before:
 * straight on under a bridge of 3.0 m, over a weak bridge of 10 t, and far round.
 */
export const THREE_ROADS: HandMade = {
  replicatedS: Date.parse('2026-11-20T12:00:00Z') / 1000,
  points: {
    west: [127, 36],
    lowA: [127.01, 36],
    lowB: [127.012, 36],
    weakA: [127.01, 36.01],
    weakB: [127.012, 36.01],
    roundA: [127.01, 36.03],
    roundB: [127.012, 36.03],
    east: [127.03, 36],
    farEast: [127.04, 36],
    islandA: [127.02, 35.98],
    islandB: [127.025, 35.98],
  },
  streets: [
    { points: ['west', 'lowA'], tags: { highway: 'secondary' } },
    { points: ['lowA', 'lowB'], tags: { highway: 'secondary', maxheight: '3.0' } },
    { points: ['lowB', 'east'], tags: { highway: 'secondary' } },
    { points: ['west', 'weakA'], tags: { highway: 'secondary' } },
    { points: ['weakA', 'weakB'], tags: { highway: 'secondary', maxweight: '10' } },
    { points: ['weakB', 'east'], tags: { highway: 'secondary' } },
    { points: ['west', 'roundA', 'roundB', 'east'], tags: { highway: 'secondary' } },
    { points: ['east', 'farEast'], tags: { highway: 'secondary' } },
    { points: ['islandA', 'islandB'], tags: { highway: 'residential' } },
  ],
}

/** A tolled expressway of two lanes each way beside a slow road, and a village street off to the west. */
export const TOLLED: HandMade = {
  points: {
    village: [126.98, 36],
    west: [127, 36],
    on: [127.01, 36],
    off: [127.21, 36],
    east: [127.22, 36],
    onBack: [127.21, 36.001],
    offBack: [127.01, 36.001],
    slow: [127.11, 35.98],
  },
  streets: [
    { points: ['village', 'west', 'on'], tags: { highway: 'secondary' } },
    { points: ['off', 'east'], tags: { highway: 'secondary' } },
    { points: ['on', 'off'], tags: { highway: 'motorway', oneway: 'yes', toll: 'yes', lanes: '2', maxspeed: '100' } },
    {
      points: ['onBack', 'offBack'],
      tags: { highway: 'motorway', oneway: 'yes', toll: 'yes', lanes: '2', maxspeed: '100' },
    },
    { points: ['off', 'onBack'], tags: { highway: 'secondary' } },
    { points: ['offBack', 'on'], tags: { highway: 'secondary' } },
    { points: ['west', 'slow', 'east'], tags: { highway: 'tertiary', maxspeed: '40' } },
  ],
}
