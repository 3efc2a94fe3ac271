/** What a finished set of roads says of itself; the last file written of it. */
import { readFile } from 'node:fs/promises'
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
    ko: `${path}: roads build 가 쓴 파일이 아니거나 망가졌습니다. 이 폴더를 지우고 다시 만드세요.`,
    en: `${path} was not written by roads build, or is damaged. Remove this folder and build again.`,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
