import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRoads } from '../../../server/travel/sources.ts'
import { buildRoads } from '../../../server/travel/valhalla/build.ts'
import { valhallaOverHttp } from '../../../server/travel/valhalla/overHttp.ts'
import { contract, JEJU, PLACES } from './contract.ts'
import { drawStreets, engineMissing, openValhallaService } from './valhallaService.ts'
import { writePbf } from './writePbf.ts'

const missing = engineMissing()
if (missing) console.warn(`Valhalla itself is not tested here: ${missing}`)

describe.skipIf(missing)('with the engine', () => {
  contract('Valhalla over HTTP', async () => {
    const service = await openValhallaService()
    return {
      provider: valhallaOverHttp(service.address),
      places: PLACES,
      lost: JEJU,
      truck: '5t',
      close: service.close,
    }
  })

  contract('Valhalla in process', async () => {
    const service = await openValhallaService()
    const choice = { roads: undefined, folder: service.folder, fallback: undefined }
    return {
      // what has been built is taken without being asked for
      provider: await openRoads(choice, 'en'),
      places: PLACES,
      lost: JEJU,
      truck: '5t',
      onOtherData: async () => {
        const { points, streets } = drawStreets()
        const file = writePbf(join(service.folder, 'other.osm.pbf'), { points, streets: streets.slice(1) })
        await buildRoads(file, service.folder, { now: () => new Date() })
        return await openRoads({ ...choice, roads: `valhalla:${service.folder}` }, 'en')
      },
      close: service.close,
    }
  })

  it('gives the same figures over HTTP as in process, expressway and toll among them', async () => {
    const service = await openValhallaService()
    try {
      const there = valhallaOverHttp(service.address)
      const here = await openRoads({ roads: `valhalla:${service.folder}`, folder: '', fallback: undefined }, 'en')
      const [overHttp, inProcess] = [there, here].map(
        async (provider) => await provider.matrix(PLACES, PLACES, { truck: '11t' }),
      )
      expect(await overHttp).toEqual(await inProcess)
      // from the complex to Suncheon
      const { expresswayM, distanceM, tollKrw } = await overHttp!
      expect(expresswayM[3]).toBeGreaterThan(20_000)
      expect(expresswayM[3]).toBeLessThan(distanceM[3]!)
      expect(tollKrw[3]).toBeGreaterThan(900)
      // the day of the tiles there, that of the data here
      expect(there.about?.().dataDate).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(here.about?.()).toMatchObject({
        kind: 'valhalla',
        licence: '© OpenStreetMap contributors, ODbL',
        dataDate: '2023-11-14',
      })
    } finally {
      await service.close()
    }
  })
})
