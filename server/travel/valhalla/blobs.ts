/** The pieces of an OpenStreetMap PBF file, unpacked; and what can be wrong with them. */
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { PbfReader } from 'pbf'
import { Refusal, type Words } from '../../errors.ts'

/** Limits of the format. */
const MAX_HEADER_BYTES = 64 * 1024
const MAX_BLOB_BYTES = 32 * 2 ** 20

const unpack = promisify(inflate)

interface Blob {
  readonly type: string
  /** As it stands in the file, length and header included. */
  readonly raw: Buffer
  readonly body: Uint8Array
}

export async function readBlob(handle: FileHandle, at: number, fileBytes: number, path: string): Promise<Blob> {
  const length = await readAt(handle, at, 4)
  const headerBytes = length.length === 4 ? length.readUInt32BE(0) : 0
  const damaged = () => (at === 0 ? notPbf(path) : cutOff(path, at))
  if (headerBytes === 0 || headerBytes > MAX_HEADER_BYTES) throw damaged()
  const header = { type: '', bodyBytes: -1 }
  try {
    new PbfReader(await readAt(handle, at + 4, headerBytes)).readFields((tag, into, pbf) => {
      if (tag === 1) into.type = pbf.readString()
      if (tag === 3) into.bodyBytes = pbf.readVarint()
    }, header)
  } catch {
    throw damaged()
  }
  const totalBytes = 4 + headerBytes + header.bodyBytes
  if (header.type === '' || header.bodyBytes < 0 || header.bodyBytes > MAX_BLOB_BYTES) throw damaged()
  if (at === 0 && header.type !== 'OSMHeader') throw notPbf(path)
  if (at + totalBytes > fileBytes) throw cutOff(path, at)
  const raw = await readAt(handle, at, totalBytes)
  return { type: header.type, raw, body: raw.subarray(4 + headerBytes) }
}

async function readAt(handle: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(bytes), position, length: bytes })
  return buffer.subarray(0, bytesRead)
}

export async function unpackBlob(body: Uint8Array, path: string): Promise<Uint8Array> {
  const blob: { raw?: Uint8Array; zlib?: Uint8Array; other: boolean } = { other: false }
  try {
    new PbfReader(body).readFields((tag, into, pbf) => {
      if (tag === 1) into.raw = pbf.readBytes()
      else if (tag === 3) into.zlib = pbf.readBytes()
      else if (tag > 3) into.other = true
    }, blob)
    if (blob.raw) return blob.raw
    if (blob.zlib) return await unpack(blob.zlib)
  } catch {
    throw cutOff(path, undefined)
  }
  if (!blob.other) return new Uint8Array()
  throw fault(path, 'roads.packing', {
    ko: 'zlib 이 아닌 방식으로 압축된 PBF입니다. osmium cat IN.osm.pbf -f pbf,pbf_compression=zlib -o OUT.osm.pbf 로 바꾸세요.',
    en: 'This PBF is not packed with zlib. Repack it: osmium cat IN.osm.pbf -f pbf,pbf_compression=zlib -o OUT.osm.pbf.',
  })
}

export const fault = (path: string, code: string, { ko, en }: Words): Refusal =>
  new Refusal(422, code, { ko: `${path}: ${ko}`, en: `${path}: ${en}` })

export const notPbf = (path: string): Refusal =>
  fault(path, 'roads.notPbf', {
    ko: 'OpenStreetMap PBF 파일이 아닙니다. 이름이 .osm.pbf 로 끝나는 추출본을 받으세요(.osm, .osm.bz2 는 osmium cat IN.osm -o OUT.osm.pbf 로 바꿉니다).',
    en: 'This is not an OpenStreetMap PBF file. Download an extract whose name ends in .osm.pbf (osmium cat IN.osm -o OUT.osm.pbf turns .osm and .osm.bz2 into one).',
  })

function cutOff(path: string, at: number | undefined): Refusal {
  const where = at === undefined ? { ko: '', en: '' } : { ko: `${at}바이트에서 `, en: ` at byte ${at}` }
  return fault(path, 'roads.damaged', {
    ko: `파일이 ${where.ko}끊겼거나 망가졌습니다. 다시 내려받으세요.`,
    en: `The file is cut off or damaged${where.en}. Download it again.`,
  })
}
