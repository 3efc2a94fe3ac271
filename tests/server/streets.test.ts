import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PMTiles } from 'pmtiles'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StreetsSchema } from '../../server/api.ts'
import { readStreetTiles } from '../../server/streets.ts'
import { writeTiles } from '../e2e/tiles.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const AT = { z: 10, lng: 126.765, lat: 35.125 }
const archive = writeTiles({
  ...AT,
  attribution: '<a href="https://example.org">© Somebody</a>',
  shapes: [
    {
      layer: 'roads',
      kind: 'highway',
      points: [
        [0, 0],
        [4096, 4096],
      ],
    },
  ],
})
let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milkrun-tiles-'))
  path = join(folder, 'streets.pmtiles')
  await writeFile(path, archive)
})
afterAll(async () => await rm(folder, { recursive: true }))

describe('streets under the map', () => {
  it('come from a file in the parts that a reader of PMTiles asks for', async () => {
    const { app } = await openApp({ streets: await readStreetTiles(path) })
    const { tiles } = (await app.inject('/api/streets')).json()
    expectShape(StreetsSchema, { tiles })
    const get = async (range?: string) => await app.inject({ url: tiles, headers: range ? { range } : {} })
    const part = await get('bytes=5-9')
    expect([part.statusCode, part.headers['content-range']]).toEqual([206, `bytes 5-9/${archive.length}`])
    expect([...part.rawPayload]).toEqual([...archive.slice(5, 10)])
    expect([...(await get('bytes=-4')).rawPayload]).toEqual([...archive.slice(-4)])
    expect((await get('bytes=100-99999999')).rawPayload.length).toBe(archive.length - 100)
    expect((await get()).rawPayload.length).toBe(archive.length)
    for (const range of ['bytes=9-5', `bytes=${archive.length}-`, 'bytes=-', 'lines=0-1', 'bytes=0-1,3-4'])
      expectRefusal(await get(range), 416)

    // the library of the page reads it
    const reader = new PMTiles({
      getKey: () => tiles,
      getBytes: async (offset, length) => {
        const { rawPayload } = await get(`bytes=${offset}-${offset + length - 1}`)
        return { data: new Uint8Array(rawPayload).buffer }
      },
    })
    expect(await reader.getMetadata()).toMatchObject({ vector_layers: [{ id: 'roads' }] })
    expect((await reader.getZxy(10, 872, 405))?.data.byteLength).toBeGreaterThan(20)
  })

  it('come from an address that the page then may reach, or from nowhere', async () => {
    const at = await readStreetTiles('https://tiles.example.org/korea.pmtiles')
    const { app } = await openApp({ streets: at })
    const answer = await app.inject('/api/streets')
    expect(answer.json()).toEqual({ tiles: 'https://tiles.example.org/korea.pmtiles' })
    expect(answer.headers['content-security-policy']).toContain("connect-src 'self' https://tiles.example.org;")
    expectRefusal(await app.inject('/api/streets/tiles'), 404)
    const { app: none } = await openApp()
    expect((await none.inject('/api/streets')).json()).toEqual({})
    expect((await none.inject('/')).headers['content-security-policy']).toContain("connect-src 'self';")
  })

  it('are refused before the service starts where no map could draw them', async () => {
    const pictures = archive.slice()
    pictures[99] = 2
    await writeFile(join(folder, 'pictures.pmtiles'), pictures)
    await writeFile(join(folder, 'short.pmtiles'), 'PMTiles')
    for (const given of ['pictures.pmtiles', 'short.pmtiles', 'absent.pmtiles', '.'])
      await expect(readStreetTiles(join(folder, given))).rejects.toMatchObject({ code: 'tiles.file' })
    await expect(readStreetTiles('http://')).rejects.toMatchObject({ code: 'tiles.file' })
    expect(await readStreetTiles(undefined)).toBeUndefined()
  })
})
