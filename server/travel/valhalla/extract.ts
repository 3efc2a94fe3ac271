/**
 * What an OpenStreetMap extract says of itself and holds, read from the file before it is built from.
 * Format: https://wiki.openstreetmap.org/wiki/PBF_Format; messages by their numbers in fileformat.proto and osmformat.proto.
 */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { PbfReader } from 'pbf'
import type { Refusal } from '../../errors.ts'
import { fault, notPbf, readBlob, unpackBlob } from './blobs.ts'

/** `[west, south, east, north]`, degrees. */
export type Box = readonly [number, number, number, number]

export interface Extract {
  /** Without its folder. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly box: Box
  /** ISO date and time of the data: of its replication where the file says so, else of its newest way or node; '' where nothing is dated. */
  readonly dataAt: string
  readonly nodes: number
  readonly ways: number
  /** Ways that a truck could drive on. */
  readonly roads: number
  readonly motorways: number
  readonly tollRoads: number
}

/** Highway values that Valhalla makes roads for vehicles of. */
const ROADS = new Set(
  ['motorway', 'trunk', 'primary', 'secondary', 'tertiary']
    .flatMap((kind) => [kind, `${kind}_link`])
    .concat(['unclassified', 'residential', 'living_street', 'service', 'road', 'track']),
)

const NANO = 1e9

/** Reads the whole file once. Throws a Refusal where it is no extract, is cut off, or holds no road. */
export async function readExtract(
  path: string,
  onProgress: (share: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Extract> {
  const handle = await open(path)
  try {
    const bytes = (await handle.stat()).size
    const hash = createHash('sha256')
    const tally = newTally()
    let at = 0
    while (at < bytes) {
      signal?.throwIfAborted()
      const blob = await readBlob(handle, at, bytes, path)
      hash.update(blob.raw)
      const block = await unpackBlob(blob.body, path)
      if (at === 0 && blob.type !== 'OSMHeader') throw notPbf(path)
      if (blob.type === 'OSMHeader') new PbfReader(block).readFields(readHeader, tally)
      if (blob.type === 'OSMData') readBlock(block, tally)
      at += blob.raw.length
      onProgress(at / bytes)
    }
    if (bytes === 0) throw notPbf(path)
    if (tally.roads === 0) throw noRoads(path, tally)
    const newestS = tally.replicatedS || tally.newestS
    return {
      file: basename(path),
      bytes,
      sha256: hash.digest('hex'),
      box: (tally.headerBox ?? tally.nodeBox).map((value) => Math.round(value * 1e7) / 1e7) as unknown as Box,
      dataAt: newestS > 0 ? new Date(newestS * 1000).toISOString() : '',
      nodes: tally.nodes,
      ways: tally.ways,
      roads: tally.roads,
      motorways: tally.motorways,
      tollRoads: tally.tollRoads,
    }
  } finally {
    await handle.close()
  }
}

interface Tally {
  headerBox: number[] | undefined
  readonly nodeBox: [number, number, number, number]
  replicatedS: number
  newestS: number
  nodes: number
  ways: number
  roads: number
  motorways: number
  tollRoads: number
}

const newTally = (): Tally => ({
  headerBox: undefined,
  nodeBox: [180, 90, -180, -90],
  replicatedS: 0,
  newestS: 0,
  nodes: 0,
  ways: 0,
  roads: 0,
  motorways: 0,
  tollRoads: 0,
})

/** HeaderBlock */
function readHeader(tag: number, tally: Tally, pbf: PbfReader): void {
  if (tag === 32) tally.replicatedS = pbf.readVarint()
  if (tag !== 1) return
  const sides = { left: 0, right: 0, top: 0, bottom: 0 }
  pbf.readMessage((side, into, box) => {
    const name = (['left', 'right', 'top', 'bottom'] as const)[side - 1]
    if (name) into[name] = box.readSVarint() / NANO
  }, sides)
  tally.headerBox = [sides.left, sides.bottom, sides.right, sides.top]
}

/** PrimitiveBlock: the groups come before the figures that they need, so they are kept until all is read. */
function readBlock(bytes: Uint8Array, tally: Tally): void {
  const block = {
    strings: [] as string[],
    groups: [] as Uint8Array[],
    granularity: 100,
    latOffset: 0,
    lonOffset: 0,
    dateMs: 1000,
  }
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1)
      pbf.readMessage((field, strings, table) => {
        if (field === 1) strings.push(table.readString())
      }, into.strings)
    else if (tag === 2) into.groups.push(pbf.readBytes())
    else if (tag === 17) into.granularity = pbf.readVarint()
    else if (tag === 18) into.dateMs = pbf.readVarint()
    else if (tag === 19) into.latOffset = pbf.readVarint(true)
    else if (tag === 20) into.lonOffset = pbf.readVarint(true)
  }, block)
  const seen = (lon: number, lat: number) => {
    const lng = (block.lonOffset + block.granularity * lon) / NANO
    const latitude = (block.latOffset + block.granularity * lat) / NANO
    const box = tally.nodeBox
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], latitude)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], latitude)
    tally.nodes++
  }
  const dated = (stamp: number) => {
    tally.newestS = Math.max(tally.newestS, Math.floor((stamp * block.dateMs) / 1000))
  }
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, _, pbf) => {
      if (tag === 1) readNode(pbf, seen, dated)
      else if (tag === 2) readDense(pbf, seen, dated)
      else if (tag === 3) readWay(pbf, block.strings, tally, dated)
    }, null)
  }
}

function readNode(pbf: PbfReader, seen: (lon: number, lat: number) => void, dated: (stamp: number) => void): void {
  const node = { lat: 0, lon: 0 }
  pbf.readMessage((tag, into, message) => {
    if (tag === 4) readInfo(message, dated)
    if (tag === 8) into.lat = message.readSVarint()
    if (tag === 9) into.lon = message.readSVarint()
  }, node)
  seen(node.lon, node.lat)
}

function readDense(pbf: PbfReader, seen: (lon: number, lat: number) => void, dated: (stamp: number) => void): void {
  const dense = { lats: [] as number[], lons: [] as number[] }
  pbf.readMessage((tag, into, message) => {
    if (tag === 5) {
      message.readMessage((field, _, info) => {
        if (field !== 2) return
        let stamp = 0
        for (const delta of info.readPackedSVarint()) dated((stamp += delta))
      }, null)
    }
    if (tag === 8) into.lats = message.readPackedSVarint()
    if (tag === 9) into.lons = message.readPackedSVarint()
  }, dense)
  let [lat, lon] = [0, 0]
  for (let k = 0; k < dense.lats.length; k++) {
    lat += dense.lats[k]!
    lon += dense.lons[k]!
    seen(lon, lat)
  }
}

function readWay(pbf: PbfReader, strings: readonly string[], tally: Tally, dated: (stamp: number) => void): void {
  const way = { keys: [] as number[], values: [] as number[] }
  pbf.readMessage((tag, into, message) => {
    if (tag === 2) into.keys = message.readPackedVarint()
    if (tag === 3) into.values = message.readPackedVarint()
    if (tag === 4) readInfo(message, dated)
  }, way)
  const tags = new Map(way.keys.map((key, k) => [strings[key], strings[way.values[k]!]]))
  tally.ways++
  const highway = tags.get('highway') ?? ''
  if (!ROADS.has(highway)) return
  tally.roads++
  if (highway.startsWith('motorway')) tally.motorways++
  if (TOLL_KEYS.some((key) => !['', 'no', undefined].includes(tags.get(key)))) tally.tollRoads++
}

const TOLL_KEYS = ['toll', 'toll:hgv', 'toll:N2', 'toll:N3']

function readInfo(pbf: PbfReader, dated: (stamp: number) => void): void {
  pbf.readMessage((tag, _, info) => {
    if (tag === 2) dated(info.readVarint())
  }, null)
}

const noRoads = (path: string, { nodes, ways }: Tally): Refusal =>
  fault(path, 'roads.none', {
    ko: `차가 다닐 도로가 없습니다(점 ${nodes}개, 선 ${ways}개). 도로(highway)를 거르지 않은 추출본을 쓰세요.`,
    en: `It holds no road that a vehicle could drive on (${nodes} nodes, ${ways} ways). Use an extract from which roads (highway) were not filtered out.`,
  })
