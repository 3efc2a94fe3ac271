/** Bytes of an uploaded file to text: Excel in Korea writes CP949, UTF-8 with BOM, or UTF-16 ("유니코드 텍스트"). */
import iconv from 'iconv-lite'
import type { ImportCode } from './words.ts'

export const MAX_FILE_BYTES = 20 * 1024 * 1024

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp949'
export type Decoded =
  | { readonly text: string; readonly encoding: Encoding }
  | { readonly fault: ImportCode; readonly values?: Readonly<Record<string, string | number>> }

/** First bytes of files that people send instead of orders. */
const FOREIGN: readonly (readonly [ImportCode, readonly number[]])[] = [
  ['file.notCsv', [0x25, 0x50, 0x44, 0x46]], // %PDF
  ['file.notCsv', [0x89, 0x50, 0x4e, 0x47]], // PNG
  ['file.notCsv', [0xff, 0xd8, 0xff]], // JPEG
  ['file.notCsv', [0x1f, 0x8b]], // gzip
]

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte)

/** By its first bytes: a name says what somebody wished it to be. */
export const fileKind = (bytes: Uint8Array): 'zip' | 'ole' | 'other' =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) ? 'zip' : startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) ? 'ole' : 'other'

/** A workbook with a password is an OLE file with a stream of this name, in UTF-16. */
const isEncrypted = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'))

export function decodeFile(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { fault: 'file.empty' }
  if (bytes.length > MAX_FILE_BYTES)
    return {
      fault: 'file.tooLarge',
      values: { sizeMb: Math.ceil(bytes.length / 1024 / 1024), limitMb: MAX_FILE_BYTES / 1024 / 1024 },
    }
  if (fileKind(bytes) === 'ole') return { fault: isEncrypted(bytes) ? 'file.password' : 'file.oldWorkbook' }
  for (const [fault, head] of FOREIGN) if (startsWith(bytes, head)) return { fault }

  const decoded = decodeText(bytes)
  if ('fault' in decoded) return decoded
  const { text } = decoded
  if (text.trim() === '') return { fault: 'file.empty' }
  // many ERP systems save a web page under the name .xls
  if (/^\s*(<!doctype|<html|<table|<\?xml|[[{])/i.test(text)) return { fault: 'file.notCsv' }
  return decoded
}

function decodeText(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return { text: new TextDecoder().decode(bytes), encoding: 'utf-8' }
  if (startsWith(bytes, [0xff, 0xfe])) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' }
  if (startsWith(bytes, [0xfe, 0xff])) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be' }
  if (bytes.includes(0)) return { fault: 'file.notCsv' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    // not TextDecoder('euc-kr'): in Node it gets most of the Hangul syllables of CP949 wrong
    const text = iconv.decode(bytes, 'cp949')
    // iconv-lite marks what is no CP949 either
    return text.includes('\uFFFD') ? { fault: 'file.encoding' } : { text, encoding: 'cp949' }
  }
}
