/** Hand-made OpenStreetMap extracts: a few nodes and ways, as a file that Valhalla reads. */
import { writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

export interface Street {
  /** Names of points, in the order in which a one-way street is driven. */
  readonly points: readonly string[]
  readonly tags: Readonly<Record<string, string>>
}

export interface HandMade {
  /** `[lng, lat]` */
  readonly points: Readonly<Record<string, readonly [number, number]>>
  readonly streets: readonly Street[]
  /** Seconds since 1970; of its replication. */
  readonly replicatedS?: number
}

const NANO = 1e9
const GRANULARITY = 100

const message = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter()
  write(pbf)
  return pbf.finish()
}

function blob(type: string, block: Uint8Array): Buffer {
  const packed = deflateSync(block)
  const body = message((pbf) => {
    pbf.writeVarintField(2, block.length)
    pbf.writeBytesField(3, packed)
  })
  const header = message((pbf) => {
    pbf.writeStringField(1, type)
    pbf.writeVarintField(3, body.length)
  })
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  return Buffer.concat([length, header, body])
}

const deltas = (values: readonly number[]): number[] => values.map((value, k) => value - (values[k - 1] ?? 0))

export function writePbf(path: string, { points, streets, replicatedS }: HandMade): string {
  const names = Object.keys(points)
  const coordinates = Object.values(points)
  const lngs = coordinates.map(([lng]) => lng)
  const lats = coordinates.map(([, lat]) => lat)
  const header = message((pbf) => {
    pbf.writeBytesField(
      1,
      message((box) => {
        for (const [k, side] of [
          Math.min(...lngs),
          Math.max(...lngs),
          Math.max(...lats),
          Math.min(...lats),
        ].entries()) {
          box.writeTag(k + 1, 0)
          box.writeSVarint(Math.round(side * NANO))
        }
      }),
    )
    for (const feature of ['OsmSchema-V0.6', 'DenseNodes']) pbf.writeStringField(4, feature)
    if (replicatedS !== undefined) pbf.writeVarintField(32, replicatedS)
  })

  const strings = ['']
  const indexOf = (text: string): number => {
    const known = strings.indexOf(text)
    return known < 0 ? strings.push(text) - 1 : known
  }
  const units = (degrees: readonly number[]) => degrees.map((value) => Math.round((value * NANO) / GRANULARITY))
  const nodes = message((group) => {
    group.writeBytesField(
      2,
      message((dense) => {
        dense.writePackedSVarint(1, deltas(names.map((_, k) => k + 1)))
        dense.writePackedSVarint(8, deltas(units(lats)))
        dense.writePackedSVarint(9, deltas(units(lngs)))
      }),
    )
  })
  const ways = message((group) => {
    for (const [k, { points: on, tags }] of streets.entries()) {
      const way = message((pbf) => {
        pbf.writeVarintField(1, k + 1)
        pbf.writePackedVarint(2, Object.keys(tags).map(indexOf))
        pbf.writePackedVarint(3, Object.values(tags).map(indexOf))
        pbf.writePackedSVarint(8, deltas(on.map((name) => names.indexOf(name) + 1)))
      })
      group.writeBytesField(3, way)
    }
  })
  const block = message((pbf) => {
    pbf.writeBytesField(
      1,
      message((table) => {
        for (const text of strings) table.writeBytesField(1, Buffer.from(text))
      }),
    )
    pbf.writeBytesField(2, nodes)
    if (streets.length > 0) pbf.writeBytesField(2, ways)
    pbf.writeVarintField(17, GRANULARITY)
  })
  writeFileSync(path, Buffer.concat([blob('OSMHeader', header), blob('OSMData', block)]))
  return path
}
