/** Streets under the map, for those who have tiles of them: one PMTiles archive (version 3), a file of this machine or an address. */
import { open } from 'node:fs/promises'
import { Refusal } from './errors.ts'

export type StreetTiles =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number; readonly tag: string }
  | { readonly kind: 'address'; readonly url: URL }

/** Length of the header of PMTiles 3, and where in it the kind of its tiles is; 1: vector tiles. */
const HEADER_BYTES = 127
const TILE_TYPE_AT = 99
const MVT = 1

/** What `--tiles` or MILKRUN_TILES says; refuses what no map could show. */
export async function readStreetTiles(given: string | undefined): Promise<StreetTiles | undefined> {
  if (!given) return undefined
  if (/^https?:/i.test(given)) {
    if (!URL.canParse(given)) throw refusal(given, '주소를 읽을 수 없습니다.', 'The address cannot be read.')
    return { kind: 'address', url: new URL(given) }
  }
  const file = await open(given).catch((error: NodeJS.ErrnoException) => {
    throw refusal(given, `파일을 열 수 없습니다 (${error.code}).`, `The file cannot be opened (${error.code}).`)
  })
  try {
    const stat = await file.stat()
    const header = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = stat.isFile() ? await file.read(header, 0, HEADER_BYTES, 0) : { bytesRead: 0 }
    if (bytesRead < HEADER_BYTES || header.toString('latin1', 0, 7) !== 'PMTiles' || header[7] !== 3)
      throw refusal(given, 'PMTiles 판 3 파일이 아닙니다.', 'It is no PMTiles file of version 3.')
    if (header[TILE_TYPE_AT] !== MVT)
      throw refusal(given, '그림이 아닌 벡터 타일이 필요합니다.', 'It has pictures; vector tiles are needed.')
    return { kind: 'file', path: given, bytes: stat.size, tag: `"${stat.size}-${Math.round(stat.mtimeMs)}"` }
  } finally {
    await file.close()
  }
}

const refusal = (given: string, ko: string, en: string): Refusal =>
  new Refusal(400, 'tiles.file', {
    ko: `--tiles ${given}: ${ko} 벡터 타일이 담긴 .pmtiles 파일이나 http(s) 주소를 주세요.`,
    en: `--tiles ${given}: ${en} Give a .pmtiles file of vector tiles, or an http(s) address of one.`,
  })
