/**
 * The parts of a workbook that hold its cells, unpacked within limits and packed again without compression: what the reader is given is
 * what was measured here. The directory of a zip file says how large each part is; that much memory is taken and no more, so a part
 * that lies about its size is cut off there. Macros, pictures and links to other files are not among the parts.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { ImportCode } from './words.ts'

export const WORKBOOK_LIMITS = {
  /** a workbook has a dozen; of one with a sheet a day and pictures some hundred */
  entries: 2_000,
  /** a sheet with the orders of a year is 2.4 MB; 20,000 rows with long notes are 22 MB */
  unpackedBytes: 64 * 2 ** 20,
  /** of a sheet; an order has twenty columns */
  rows: 60_000,
  columns: 500,
} as const

export interface Unpacked {
  /** a stored zip of what is needed */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** by sheet, in the order of the workbook: the cells that hold a formula, such as B3 */
  readonly formulas: readonly (readonly string[])[]
}
export type UnpackFault = { readonly fault: ImportCode; readonly values?: Readonly<Record<string, string | number>> }

const CELL_PARTS = /^(\[Content_Types\]\.xml|_rels\/.*|xl\/_rels\/.*|xl\/[^/]+\.xml|xl\/worksheets\/[^/]+\.xml)$/
const SHEET_PART = /^xl\/worksheets\/[^/]+\.xml$/

class TooLarge extends Error {
  readonly told: UnpackFault
  constructor(told: UnpackFault) {
    super(told.fault)
    this.told = told
  }
}

export function unpackWorkbook(bytes: Uint8Array): Unpacked | UnpackFault {
  let parts: Record<string, Uint8Array>
  let entries = 0
  let unpacked = 0
  let isBinary = false
  try {
    parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        const { entries: most, unpackedBytes } = WORKBOOK_LIMITS
        if (++entries > most) throw new TooLarge({ fault: 'file.manyParts', values: { limit: most } })
        isBinary ||= name === 'xl/workbook.bin'
        if (!CELL_PARTS.test(name)) return false
        unpacked += originalSize
        const values = { limitMb: unpackedBytes / 2 ** 20 }
        if (unpacked > unpackedBytes) throw new TooLarge({ fault: 'file.unpacksTooLarge', values })
        return true
      },
    })
  } catch (error) {
    // the library throws for whatever is wrong with the bytes
    return error instanceof TooLarge ? error.told : { fault: 'file.damaged' }
  }
  if (isBinary) return { fault: 'file.binaryWorkbook' }
  if (!Object.hasOwn(parts, 'xl/workbook.xml')) return { fault: entries === 0 ? 'file.damaged' : 'file.notWorkbook' }

  if (Object.values(parts).some((part) => hasEndlessTag(part))) return { fault: 'file.damaged' }
  const formulas = new Map<string, string[]>()
  for (const name of Object.keys(parts).filter((part) => SHEET_PART.test(part))) {
    const sheet = withoutEmpty(strFromU8(parts[name]!))
    const fault = sizeFault(sheet)
    if (fault) return fault
    parts[name] = strToU8(sheet)
    formulas.set(
      name,
      [...sheet.matchAll(FORMULA)].map((found) => found[1]!),
    )
  }
  const inOrder = sheetParts(parts).map((part) => formulas.get(part) ?? [])
  return { bytes: zipSync(parts, { level: 0 }), formulas: inOrder }
}

/** The longest tag of a real workbook has some thousand letters; the reader takes a minute for one of 600,000. */
const MAX_TAG_BYTES = 50_000
const [OPENS, CLOSES] = [0x3c, 0x3e]

function hasEndlessTag(part: Uint8Array): boolean {
  for (let at = part.indexOf(OPENS); at >= 0; ) {
    const end = part.indexOf(CLOSES, at)
    if ((end < 0 ? part.length : end) - at > MAX_TAG_BYTES) return true
    at = end < 0 ? -1 : part.indexOf(OPENS, end)
  }
  return false
}

/** Names of the parts of the sheets, in the order of the workbook. */
function sheetParts(parts: Readonly<Record<string, Uint8Array>>): string[] {
  const tags = (part: string, tag: string): string[] =>
    strFromU8(parts[part] ?? new Uint8Array()).match(new RegExp(`<(?:\\w{1,20}:)?${tag}\\b[^<>]*>`, 'g')) ?? []
  const attribute = (tag: string, name: string): string => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  const targets = new Map(
    tags('xl/_rels/workbook.xml.rels', 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  )
  return tags('xl/workbook.xml', 'sheet').map((tag) => {
    const target = targets.get(attribute(tag, 'r:id')) ?? ''
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`
  })
}

// no tag holds a <: a file of nothing but open tags is not searched to its end from each of them
const FORMULA = /<(?:\w{1,20}:)?c\b[^<>]*?\br="([A-Z]+\d+)"[^<>]*>\s{0,20}<(?:\w{1,20}:)?f\b/g
const EMPTY_CELLS = /<((?:\w{1,20}:)?c)\b[^<>]*(?:\/>|>\s{0,20}<\/\1>)/g
const ERROR_CELLS = /(<(?:\w{1,20}:)?c\b[^<>]*?\s)t="e"/g
const EMPTY_ROWS = /<((?:\w{1,20}:)?row)\b[^<>]*\br="\d+"[^<>]*(?:\/>|>\s{0,20}<\/\1>)/g

/**
 * A sheet that was coloured down to row 1,048,576 has a million cells with nothing in them. The error of a formula is what the reader
 * would pass over as nothing: it becomes a text, so that it can be told.
 */
const withoutEmpty = (sheet: string): string =>
  sheet.replace(EMPTY_CELLS, '').replace(EMPTY_ROWS, '').replace(ERROR_CELLS, '$1t="str"')

/** The reader fills the gaps between cells: one cell far out would cost it gigabytes. */
function sizeFault(sheet: string): UnpackFault | null {
  const { rows, columns } = WORKBOOK_LIMITS
  for (const [, letters, row] of sheet.matchAll(/\br\s*=\s*["']([A-Z]*)(\d+)["']/g)) {
    const column = [...letters!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
    if (Number(row) > rows || column > columns) return { fault: 'file.sheetTooWide', values: { rows, columns } }
  }
  return null
}
