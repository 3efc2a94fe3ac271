/** Tiles with streets, where the service has some; what reads them is loaded only then. */
import { useQuery } from '@tanstack/react-query'
import { service } from '../service/client.ts'
import { TOKENS } from '../state/tokens.ts'
import { addProtocol } from './map.ts'
import { streetLayers } from './streets.ts'
import type { MapShape } from './style.ts'

interface StreetTiles extends NonNullable<MapShape['streets']> {
  readonly attribution: string
}

/** `null`: there are none. An error: there are, and they cannot be read or drawn. */
export const useStreetTiles = () =>
  useQuery({
    queryKey: ['streets'],
    queryFn: async ({ signal }): Promise<StreetTiles | null> => {
      const { tiles } = await service.streets(signal)
      return tiles === undefined ? null : await readTiles(new URL(tiles, window.location.href).href)
    },
    retry: false,
  })

export const useStreets = (): MapShape['streets'] => useStreetTiles().data ?? undefined

async function readTiles(url: string): Promise<StreetTiles> {
  const { PMTiles, Protocol } = await import('pmtiles')
  const protocol = new Protocol()
  const archive = new PMTiles(url)
  protocol.add(archive)
  addProtocol('pmtiles', protocol.tile)
  const metadata = (await archive.getMetadata()) as {
    readonly attribution?: string
    readonly vector_layers?: readonly { readonly id: string }[]
  }
  const layers = (metadata.vector_layers ?? []).map(({ id }) => id)
  if (streetLayers(TOKENS.light, layers).length === 0) throw new Error(`no layer of roads among ${layers.join(', ')}`)
  // makers write links; the credit of the map is words
  const attribution = (metadata.attribution ?? '').replaceAll(/<[^>]*>/g, '').trim()
  return { url: `pmtiles://${url}`, layers, attribution: attribution || url }
}
