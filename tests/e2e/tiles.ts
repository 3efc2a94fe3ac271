/**
 * A PMTiles archive of a single vector tile, as tile makers would write it for Protomaps' basemap.
 * https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md, https://github.com/mapbox/vector-tile-spec/tree/master/2.1
 */
import { PbfWriter } from 'pbf'
import { zxyToTileId } from 'pmtiles'

type Point = readonly [x: number, y: number]

interface Shape {
  readonly layer: 'buildings' | 'roads' | 'water'
  readonly kind: string
  readonly name?: string
  /** in 4096ths of the tile; closed for water and buildings, clockwise */
  readonly points: readonly Point[]
}

interface Archive {
  readonly z: number
  readonly lng: number
  readonly lat: number
  readonly attribution: string
  readonly shapes: readonly Shape[]
}

const HEADER_BYTES = 127
const MOVE = 1
const LINE = 2
const CLOSE = 7
const zigzag = (value: number): number => (value << 1) ^ (value >> 31)

export function writeTiles({ z, lng, lat, attribution, shapes }: Archive): Uint8Array {
  const x = Math.floor(((lng + 180) / 360) * 2 ** z)
  const sine = Math.sin((lat * Math.PI) / 180)
  const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
  const tile = writeTile(shapes)
  const directory = new PbfWriter()
  // one entry: tile, run, length, offset + 1
  for (const value of [1, zxyToTileId(z, x, y), 1, tile.length, 1]) directory.writeVarint(value)
  const root = directory.finish()
  const layers = [...new Set(shapes.map(({ layer }) => layer))]
  const metadata = new TextEncoder().encode(
    JSON.stringify({ attribution, vector_layers: layers.map((id) => ({ id, fields: { kind: 'String' } })) }),
  )
  const header = new DataView(new ArrayBuffer(HEADER_BYTES))
  // PMTiles 3
  for (const [at, value] of [80, 77, 84, 105, 108, 101, 115, 3].entries()) header.setUint8(at, value)
  const data = HEADER_BYTES + root.length + metadata.length
  const longs = [
    HEADER_BYTES,
    root.length,
    HEADER_BYTES + root.length,
    metadata.length,
    0,
    0,
    data,
    tile.length,
    1,
    1,
    1,
  ]
  for (const [index, value] of longs.entries()) header.setBigUint64(8 + 8 * index, BigInt(value), true)
  // clustered; nothing compressed; vector tiles; of one zoom
  for (const [index, value] of [1, 1, 1, 1, z, z].entries()) header.setUint8(96 + index, value)
  const degrees = [lng - 1, lat - 1, lng + 1, lat + 1].map((value) => Math.round(value * 1e7))
  for (const [index, value] of degrees.entries()) header.setInt32(102 + 4 * index, value, true)
  header.setUint8(118, z)
  header.setInt32(119, Math.round(lng * 1e7), true)
  header.setInt32(123, Math.round(lat * 1e7), true)
  return Buffer.concat([new Uint8Array(header.buffer), root, metadata, tile])
}

function writeTile(shapes: readonly Shape[]): Uint8Array {
  const tile = new PbfWriter()
  for (const [name, members] of Map.groupBy(shapes, ({ layer }) => layer)) {
    tile.writeMessage(3, writeLayer, { name, members })
  }
  return tile.finish()
}

function writeLayer(
  { name, members }: { readonly name: string; readonly members: readonly Shape[] },
  layer: PbfWriter,
) {
  layer.writeVarintField(15, 2)
  layer.writeStringField(1, name)
  const values = members.flatMap(({ kind, name: title = '' }) => [kind, title])
  for (const [index, shape] of members.entries()) layer.writeMessage(2, writeFeature, { shape, index })
  for (const key of ['kind', 'name']) layer.writeStringField(3, key)
  for (const value of values)
    layer.writeMessage(4, (text: string, pbf: PbfWriter) => pbf.writeStringField(1, text), value)
  layer.writeVarintField(5, 4096)
}

function writeFeature({ shape, index }: { readonly shape: Shape; readonly index: number }, feature: PbfWriter) {
  const closed = shape.layer !== 'roads'
  feature.writePackedVarint(2, [0, 2 * index, 1, 2 * index + 1])
  feature.writeVarintField(3, closed ? 3 : 2)
  let [atX, atY] = [0, 0]
  const steps = shape.points.map(([x, y]) => {
    const step = [zigzag(x - atX), zigzag(y - atY)]
    atX = x
    atY = y
    return step
  })
  const lines = steps.slice(1)
  feature.writePackedVarint(4, [
    (1 << 3) | MOVE,
    ...steps[0]!,
    (lines.length << 3) | LINE,
    ...lines.flat(),
    ...(closed ? [(1 << 3) | CLOSE] : []),
  ])
}
