import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { Refusal } from '../../../server/errors.ts'
import { type BuildStep, buildRoads } from '../../../server/travel/valhalla/build.ts'
import { readExtract } from '../../../server/travel/valhalla/extract.ts'
import { openValhalla } from '../../../server/travel/valhalla/inProcess.ts'
import { readManifest } from '../../../server/travel/valhalla/manifest.ts'
import { findEngine, libraryRefusal } from '../../../server/travel/valhalla/package.ts'
import { makeProblem } from '../makeProblem.ts'
import { openFolder, PATIENT } from '../openFolder.ts'
import { hasEngine, now, openScratch, THREE_ROADS, TOLLED } from './valhalla.ts'
import { writePbf } from './writePbf.ts'

vi.setConfig(PATIENT)

const scratch = openScratch()
const newFolder = () => mkdtempSync(join(scratch.folder, 'a-'))
const threeRoads = writePbf(join(scratch.folder, 'three.osm.pbf'), THREE_ROADS)
const tolled = writePbf(join(scratch.folder, 'tolled.osm.pbf'), TOLLED)

const hashOf = (folder: string): string => {
  const hash = createHash('sha256')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.gph'))
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  return `${files.length} ${hash.digest('hex')}`
}

describe('an extract', () => {
  it('tells its area, its date and its roads', async () => {
    expect(await readExtract(threeRoads)).toMatchObject({
      file: 'three.osm.pbf',
      box: [127, 35.98, 127.04, 36.03],
      dataAt: '2026-11-20T12:00:00.000Z',
      nodes: 11,
      ways: 9,
      roads: 9,
      motorways: 0,
      tollRoads: 0,
    })
    expect(await readExtract(tolled)).toMatchObject({ dataAt: '', roads: 7, motorways: 2, tollRoads: 2 })
  })

  it('is refused with what is wrong and what to do', async () => {
    const write = (name: string, bytes: Uint8Array | string) => {
      writeFileSync(join(scratch.folder, name), bytes)
      return join(scratch.folder, name)
    }
    const whole = readFileSync(threeRoads)
    const noRoads = writePbf(join(scratch.folder, 'rivers.osm.pbf'), {
      points: THREE_ROADS.points,
      streets: [{ points: ['west', 'east'], tags: { waterway: 'river' } }],
    })
    for (const [file, words] of [
      [write('empty.osm.pbf', ''), 'not an OpenStreetMap PBF'],
      [write('a.osm', '<?xml version="1.0"?><osm version="0.6"></osm>'), 'not an OpenStreetMap PBF'],
      [write('zip.osm.pbf', Buffer.from('PK\u0003\u0004 and so on, and so on')), 'not an OpenStreetMap PBF'],
      [write('cut.osm.pbf', whole.subarray(0, -20)), 'cut off or damaged'],
      [write('trailing.osm.pbf', Buffer.concat([whole, Buffer.from('garbage at the end')])), 'cut off or damaged'],
      [noRoads, 'no road that a vehicle could drive on (11 nodes, 1 ways)'],
    ] as const) {
      const refusal = await readExtract(file).catch((error: unknown) => error)
      expect(refusal, file).toBeInstanceOf(Refusal)
      expect((refusal as Refusal).message).toContain(file)
      expect((refusal as Refusal).message).toContain(words)
      expect((refusal as Refusal).words.ko).toMatch(/[가-힣]/)
    }
  })
})

describe('the engine', () => {
  it('is told of in words where it is not installed, has no build, or lacks a library', () => {
    expect(() => findEngine('win32/x64')).toThrow('no build of Valhalla for this computer (win32/x64')
    expect(() => findEngine('linux/x64', () => undefined)).toThrow('npm install --no-save @valhallajs/valhallajs@')
    expect(
      libraryRefusal('error while loading shared libraries: libbsd.so.0: cannot open shared object file')?.message,
    ).toContain('apt-get install libbsd0')
    expect(libraryRefusal('something else')).toBeUndefined()
  })
})

describe.skipIf(!hasEngine)('building roads', () => {
  it('tells what was built, and knows it again', async () => {
    const folder = newFolder()
    const steps: BuildStep[] = []
    const { how, manifest } = await buildRoads(threeRoads, folder, { now, onProgress: (step) => steps.push(step) })
    expect(how).toBe('built')
    expect([...new Set(steps)]).toEqual(['read', 'parse', 'build'])
    expect(manifest).toMatchObject({ engine: 'valhalla 3.6.1', licence: '© OpenStreetMap contributors, ODbL' })
    expect(manifest.tileBytes).toBeGreaterThan(1000)
    expect(await readManifest(folder)).toEqual(manifest)
    expect(readdirSync(folder).sort()).toEqual([manifest.id, 'milkrun.lock', 'roads.json'].sort())
    expect((await buildRoads(threeRoads, folder, { now })).how).toBe('known')
  })

  it('goes on after an interruption to the very roads of a build in one go', async () => {
    const folder = newFolder()
    const stop = new AbortController()
    const onProgress = (step: BuildStep) => step === 'build' && stop.abort(new Error('stopped'))
    await expect(buildRoads(tolled, folder, { now, onProgress, signal: stop.signal })).rejects.toThrow()
    // nothing of it is taken for roads
    await expect(openValhalla(folder)).rejects.toThrow('No roads have been built')
    const { how, manifest } = await buildRoads(tolled, folder, { now })
    expect(how).toBe('resumed')
    const atOnce = newFolder()
    await buildRoads(tolled, atOnce, { now })
    expect(hashOf(join(folder, manifest.id))).toBe(hashOf(join(atOnce, manifest.id)))
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('lets nobody else build in the same folder meanwhile', async () => {
    const folder = newFolder()
    const both = await Promise.allSettled([
      buildRoads(tolled, folder, { now }),
      buildRoads(threeRoads, folder, { now }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'folder.inUse' })
    expect((await buildRoads(threeRoads, folder, { now })).how).toBe('built')
  })

  it('does not build beside a builder that has outlived its build', async () => {
    const folder = newFolder()
    const stop = new AbortController()
    const onProgress = (step: BuildStep) => step === 'build' && stop.abort(new Error('stopped'))
    await expect(buildRoads(tolled, folder, { now, onProgress, signal: stop.signal })).rejects.toThrow()
    const work = join(folder, readdirSync(folder).find((name) => name.endsWith('.part'))!)
    const builder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', work])
    writeFileSync(join(work, 'builder.pid'), String(builder.pid))
    await expect(buildRoads(tolled, folder, { now })).rejects.toMatchObject({ code: 'roads.building' })
    builder.kill('SIGKILL')
    await once(builder, 'exit')
    expect((await buildRoads(tolled, folder, { now })).how).toBe('resumed')
  })

  it('starts clean where it was interrupted before it had read the roads', async () => {
    const folder = newFolder()
    const stop = new AbortController()
    const onProgress = (step: BuildStep) => step === 'parse' && stop.abort(new Error('stopped'))
    await expect(buildRoads(tolled, folder, { now, onProgress, signal: stop.signal })).rejects.toThrow()
    expect((await buildRoads(tolled, folder, { now })).how).toBe('built')
  })

  it('leaves the roads in use where they are until new ones are whole, and those before them for who still asks them', async () => {
    const folder = newFolder()
    const first = await buildRoads(threeRoads, folder, { now })
    const roads = await scratch.roadsIn(folder)
    const second = await buildRoads(tolled, folder, { now })
    const [west, east] = [
      { id: 'w', lng: 127, lat: 36 },
      { id: 'e', lng: 127.03, lat: 36 },
    ]
    expect((await roads.provider.matrix([west], [east], { truck: '1t' })).distanceM[0]).toBeGreaterThan(2000)
    expect(existsSync(join(folder, first.manifest.id))).toBe(true)
    expect((await readManifest(folder))?.id).toBe(second.manifest.id)
  })

  it('refuses a manifest that it did not write', async () => {
    const folder = newFolder()
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'roads.json'), '{"id":"../../etc"}')
    await expect(openValhalla(folder)).rejects.toThrow('was not written by roads build')
    // to build again is the remedy
    expect((await buildRoads(threeRoads, folder, { now })).how).toBe('built')
    expect((await openValhalla(folder)).manifest.source.file).toBe('three.osm.pbf')
  })

  it('are refused where tiles are missing or cut short, and made whole by another build', async () => {
    const folder = newFolder()
    const { manifest } = await buildRoads(threeRoads, folder, { now })
    const tiles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.gph'))
    truncateSync(join(folder, tiles[0]!), 100)
    await expect(openValhalla(folder)).rejects.toMatchObject({ code: 'roads.damaged' })
    for (const name of tiles) rmSync(join(folder, name))
    await expect(openValhalla(folder)).rejects.toMatchObject({ code: 'roads.damaged' })
    expect(await buildRoads(threeRoads, folder, { now })).toMatchObject({ how: 'built', manifest: { id: manifest.id } })
    expect((await buildRoads(threeRoads, folder, { now })).how).toBe('known')
  })

  it('that are removed under a service are told of, and not taken for a country without roads', async () => {
    const folder = newFolder()
    const { manifest } = await buildRoads(threeRoads, folder, { now })
    const { provider } = await scratch.roadsIn(folder)
    rmSync(join(folder, manifest.id), { recursive: true })
    const [west, east] = [
      { id: 'w', lng: 127, lat: 36 },
      { id: 'e', lng: 127.03, lat: 36 },
    ]
    const asked = provider.matrix([west], [east], { truck: '1t' })
    await expect(asked).rejects.toThrow('files of the roads')
    await expect(asked).rejects.toMatchObject({
      places: [],
      words: { ko: expect.stringContaining('도로 파일이 없어졌') },
    })
  })

  it('are not put where a file is in the way', async () => {
    const refused = buildRoads(threeRoads, threeRoads, { now })
    await expect(refused).rejects.toMatchObject({
      code: 'roads.folder',
      words: { ko: expect.stringContaining(threeRoads) },
    })
  })
})

describe.skipIf(!hasEngine)('milkrun roads build', () => {
  it('says what it made, where from and of which day, and which sites lie outside', async () => {
    const { milkrun, read, write } = openFolder()
    write('country.osm.pbf', readFileSync(threeRoads))
    const problem = makeProblem()
    write('problem.json', problem)
    const built = await milkrun('roads build country.osm.pbf --problem problem.json --lang en')
    expect(built).toMatchObject({ code: 0 })
    expect(built.stdout).toContain('data: country.osm.pbf, 2026-11-20')
    expect(built.stdout).toContain('longitude 127.000 to 127.040, latitude 35.980 to 36.030')
    expect(built.stdout).toContain('© OpenStreetMap contributors, ODbL')
    expect(built.stderr).toContain(`warning: ${problem.sites.length} of ${problem.sites.length} sites lie outside`)
    expect(JSON.parse(read('data/roads/roads.json')).source.roads).toBe(9)
    const again = await milkrun('roads build country.osm.pbf --json')
    expect(JSON.parse(again.stdout)).toMatchObject({ how: 'known', outside: [] })
  })

  it('makes import and plan say first that the sites lie outside its roads, and what to do', async () => {
    const { milkrun, write } = openFolder()
    write('country.osm.pbf', readFileSync(threeRoads))
    await milkrun('roads build country.osm.pbf')
    write('orders.csv', '상차일,업체명,상차지,하차지,중량(kg)\n2026-11-23,금형A07,베이스1,금형A07,600\n')
    const imported = await milkrun('import orders.csv --complex gwangju --out day.json --lang en')
    expect(imported.code, imported.stderr).toBe(0)
    const first =
      /^warning sites: (\d+) of \1 sites lie outside the roads in use \(valhalla, longitude 127.00 to .*--roads trunk/
    expect(imported.stderr).toMatch(first)
    const planned = await milkrun('plan day.json --iterations 10 --lang en')
    expect(planned.stderr).toMatch(first)
    expect(planned.stderr).toMatch(/^and \d+ more$/m)
    expect((await milkrun('plan day.json --iterations 10 --lang en --roads trunk')).stderr).toBe('')
  })

  it('refuses what is no extract, in Korean', async () => {
    const { milkrun, write } = openFolder()
    write('a.osm.pbf', 'not at all')
    const ended = await milkrun('roads build a.osm.pbf')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('OpenStreetMap PBF 파일이 아닙니다')
    expect(await milkrun('roads mend a.osm.pbf --lang en')).toMatchObject({ code: 2 })
  })
})
