/**
 * Photos and signatures as they are kept: known by their bytes, not by their names, and without what they say beside the picture. A camera
 * writes place, time and its owner into a photo; the page draws it anew, and what comes from elsewhere is cleaned here.
 */
import type { Proof } from '../api.ts'

export interface CleanImage {
  readonly type: Proof['type']
  readonly bytes: Uint8Array
}

/** Undefined: neither a whole JPEG nor a whole PNG. */
export function cleanImage(bytes: Uint8Array): CleanImage | undefined {
  const cleaned = bytes[0] === 0xff ? cleanJpeg(bytes) : cleanPng(bytes)
  return cleaned && { type: bytes[0] === 0xff ? 'image/jpeg' : 'image/png', bytes: cleaned }
}

const isSegmentWithoutLength = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
/** JFIF, and Adobe's word on the colours: without it some are shown inverted. */
const KEPT_APPS: readonly number[] = [0xe0, 0xee]

/** ISO/IEC 10918-1, annex B. Application segments and comments go; what follows the end goes, too. */
function cleanJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[1] !== 0xd8) return undefined
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  let hasFrame = false
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === 0xff || isSegmentWithoutLength(marker)) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    const end = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!)
    if (end > bytes.length || end < at + 4) return undefined
    const isApp = marker >= 0xe0 && marker <= 0xef
    if (marker !== 0xfe && (!isApp || KEPT_APPS.includes(marker))) kept.push(bytes.subarray(at, end))
    if (marker >= 0xc0 && marker <= 0xc3) hasFrame = true
    at = end
    if (marker !== 0xda) continue
    // the picture itself: up to a marker that is neither a stuffed byte nor a restart
    let next = at
    while (next + 1 < bytes.length) {
      const follows = bytes[next + 1]!
      if (bytes[next] === 0xff && follows !== 0 && follows !== 0xff && !isSegmentWithoutLength(follows)) break
      next++
    }
    if (next + 1 >= bytes.length || !hasFrame) return undefined
    kept.push(bytes.subarray(at, next))
    if (bytes[next + 1] === 0xd9) return Buffer.concat([...kept, bytes.subarray(next, next + 2)])
    at = next
  }
  return undefined
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Critical chunks, and transparency. */
const KEPT_CHUNKS: readonly string[] = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS']

function cleanPng(bytes: Uint8Array): Uint8Array | undefined {
  if (!PNG.every((byte, index) => bytes[index] === byte)) return undefined
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const kept: Uint8Array[] = [bytes.subarray(0, PNG.length)]
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.readUInt32BE(at)
    if (end > bytes.length) return undefined
    const name = view.toString('latin1', at + 4, at + 8)
    if (KEPT_CHUNKS.includes(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return undefined
}
