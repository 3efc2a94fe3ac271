/** What a finished set of roads says of itself; the last file written of it. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { Refusal } from '../../errors.ts'

export const LICENCE = '© OpenStreetMap contributors, ODbL'

/** To be raised when tiles are built another way. */
export const BUILD_METHOD = 1

const FILE = 'roads.json'

const ManifestSchema = Type.Object({
  format: Type.Literal('milkrun-roads-1'),
  /** Of source, engine and way of building; the folder of the tiles beside this file has this name. */
  id: Type.String({ pattern: '^[0-9a-f]{12}$' }),
  licence: Type.String(),
  engine: Type.String(),
  builtAt: Type.String(),
  buildS: Type.Number(),
  tileBytes: Type.Number(),
  source: Type.Object({
    file: Type.String(),
    bytes: Type.Number(),
    sha256: Type.String(),
    box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
    dataAt: Type.String(),
    nodes: Type.Number(),
    ways: Type.Number(),
    roads: Type.Number(),
    motorways: Type.Number(),
    tollRoads: Type.Number(),
  }),
})
export type RoadsManifest = Static<typeof ManifestSchema>

export const manifestPath = (folder: string): string => join(folder, FILE)
export const tileFolder = (folder: string, id: string): string => join(folder, id)

/** Of the tiles; 0 where there are none. */
export async function bytesOfTiles(tiles: string): Promise<number> {
  let bytes = 0
  const entries = await readdir(tiles, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined)
    bytes += found?.size ?? 0
  }
  return bytes
}

/** No tile is missing or cut short. The engine would not say so: where a tile is missing it knows of no road. */
export const isWhole = async (folder: string, { id, tileBytes }: RoadsManifest): Promise<boolean> =>
  (await bytesOfTiles(tileFolder(folder, id))) === tileBytes

/** undefined where no roads were built yet. */
export async function readManifest(folder: string): Promise<RoadsManifest | undefined> {
  const path = manifestPath(folder)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw error
  }
  const value = parsed(text)
  if (Value.Check(ManifestSchema, value)) return value
  throw new Refusal(422, 'roads.manifest', {
    ko: `${path}: roads build 가 쓴 파일이 아니거나 망가졌습니다. roads build FILE.osm.pbf 로 다시 만드세요.`,
    en: `${path} was not written by roads build, or is damaged. Build again: roads build FILE.osm.pbf.`,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
