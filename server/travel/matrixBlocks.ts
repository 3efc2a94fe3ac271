/**
 * The tables of a matrix file as they stand there. CSV: one table under the other, each begun by a row whose first cell says
 * what it holds, in which unit and for which truck classes (`durationMin 1t 5t`), and whose other cells name the places.
 * JSON: `{ version?, licence?, places, tables: [{ trucks?, durationS | durationMin, distanceM | distanceKm, tollKrw?, … }] }`.
 */
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { fillWords, type Issue, type Locale, TRUCK_CLASSES, type TruckClass } from '../../solver/index.ts'
import { parseRecords } from '../imports/csv.ts'
import { decodeFile } from '../imports/decode.ts'
import { MATRIX_WORDS, type MatrixCode } from './matrixWords.ts'

export type Measure = 'duration' | 'distance' | 'toll' | 'expressway'

/** Where a fault lies: rows and columns as a spreadsheet counts them. */
export interface BlockPlace {
  readonly path: string
  readonly row?: number
  readonly column?: string
}

export interface BlockRow {
  /** undefined: the rows of JSON have no names; they are in the order of the places */
  readonly name: string | undefined
  readonly cells: readonly unknown[]
  at(column?: number): BlockPlace
}

export interface Block {
  readonly measure: Measure
  /** To seconds, metres or won. */
  readonly factor: number
  /** undefined: all classes that have no table of their own */
  readonly trucks: readonly TruckClass[] | undefined
  readonly places: readonly string[]
  readonly rows: readonly BlockRow[]
  readonly at: BlockPlace
}

export interface Blocks {
  readonly blocks: readonly Block[]
  readonly version?: string | undefined
  readonly licence?: string | undefined
}

export type Say = (code: MatrixCode, place: BlockPlace, values?: Readonly<Record<string, string | number>>) => void

export const sayInto =
  (issues: Issue[], locale: Locale): Say =>
  (code, place, values = {}) => {
    const [message, remedy] = MATRIX_WORDS[code][locale].map((text) => fillWords(text, values))
    issues.push({ code, severity: 'error', ...place, message: message!, remedy: remedy! })
  }

const HEADERS: Readonly<Record<string, readonly [Measure, number]>> = {
  durations: ['duration', 1],
  durationmin: ['duration', 60],
  distancem: ['distance', 1],
  distancekm: ['distance', 1000],
  tollkrw: ['toll', 1],
  expresswaym: ['expressway', 1],
  expresswaykm: ['expressway', 1000],
  '시간(초)': ['duration', 1],
  '시간(분)': ['duration', 60],
  '거리(m)': ['distance', 1],
  '거리(km)': ['distance', 1000],
  '통행료(원)': ['toll', 1],
  '고속도로(m)': ['expressway', 1],
  '고속도로(km)': ['expressway', 1000],
}

export function readBlocks(bytes: Uint8Array, say: Say): Blocks {
  const head = new TextDecoder().decode(bytes.subarray(0, 64)).replace(/^\uFEFF/, '')
  if (/^\s*[[{]/.test(head)) return readJson(bytes, say)
  const decoded = decodeFile(bytes)
  if ('fault' in decoded) {
    say(decoded.fault === 'file.empty' ? 'matrix.empty' : 'matrix.text', { path: '/' }, { why: decoded.fault })
    return { blocks: [] }
  }
  return readCsv(decoded.text, say)
}

const isHeader = (cell: string | undefined): boolean =>
  HEADERS[(cell ?? '').trim().split(/\s+/)[0]!.toLowerCase()] !== undefined

function readCsv(text: string, say: Say): Blocks {
  const { records, brokenOff } = parseRecords(text, (rows) =>
    rows.reduce((cells, row) => cells + (isHeader(row[0]) ? row.length : 0), 0),
  )
  if (brokenOff) say('matrix.text', { path: `row ${records.length + 1}`, row: records.length + 1 }, { why: '"' })
  const blocks: (Block & { rows: BlockRow[] })[] = []
  let current: (typeof blocks)[number] | undefined
  /** Under a heading that could not be read, nothing is said of every row. */
  let skipping = false
  for (const [index, record] of records.entries()) {
    const row = index + 1
    const at = (column?: number): BlockPlace => {
      const letters = column === undefined ? undefined : columnName(column)
      return { path: letters ? `row ${row} column ${letters}` : `row ${row}`, row, ...(letters && { column: letters }) }
    }
    // a spreadsheet pads short rows with empty cells
    const cells = record.map((cell) => cell.trim())
    if (cells.every((cell) => cell === '')) {
      current = undefined
      skipping = false
      continue
    }
    if (!isHeader(cells[0])) {
      if (current)
        current.rows.push({
          name: cells[0]!,
          cells: trimmed(cells.slice(1), current.places.length),
          at: (k) => at(k === undefined ? k : k + 1),
        })
      else if (!skipping) say('matrix.header', at(0), { text: cells[0]! })
      skipping = !current
      continue
    }
    const [word, ...classes] = cells[0]!.split(/[\s+]+/)
    const [measure, factor] = HEADERS[word!.toLowerCase()]!
    const trucks = readTrucks(classes, at(0), say)
    current = { measure, factor, trucks, places: trimmed(cells.slice(1), 0), rows: [], at: at() }
    blocks.push(current)
  }
  if (records.length === 0 || (blocks.length === 0 && !skipping)) say('matrix.empty', { path: '/' })
  return { blocks }
}

/** Without the empty cells at the end, but for `least`. */
function trimmed(cells: readonly string[], least: number): readonly string[] {
  let length = cells.length
  while (length > least && cells[length - 1] === '') length--
  return cells.slice(0, length)
}

/** A, B, … Z, AA: as a spreadsheet calls its columns. */
const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

function readTrucks(words: readonly string[], place: BlockPlace, say: Say): TruckClass[] | undefined {
  if (words.length === 0) return undefined
  return words.flatMap((text) => {
    const truck = TRUCK_CLASSES.find((known) => known === text)
    if (!truck) say('matrix.truck', place, { text, known: TRUCK_CLASSES.join(', ') })
    return truck ? [truck] : []
  })
}

const Rows = Type.Optional(Type.Array(Type.Array(Type.Unknown())))
const strict = { additionalProperties: false }
const FileSchema = Type.Object(
  {
    version: Type.Optional(Type.String()),
    licence: Type.Optional(Type.String()),
    places: Type.Array(Type.String(), { minItems: 1 }),
    tables: Type.Array(
      Type.Object(
        {
          trucks: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
          durationS: Rows,
          durationMin: Rows,
          distanceM: Rows,
          distanceKm: Rows,
          tollKrw: Rows,
          expresswayM: Rows,
          expresswayKm: Rows,
        },
        strict,
      ),
      { minItems: 1 },
    ),
  },
  strict,
)

function readJson(bytes: Uint8Array, say: Say): Blocks {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    say('matrix.text', { path: '/' }, { why: error instanceof Error ? error.message.slice(0, 160) : '' })
    return { blocks: [] }
  }
  if (!Value.Check(FileSchema, value)) {
    for (const { instancePath, message } of Value.Errors(FileSchema, value).slice(0, 20))
      say('matrix.field', { path: instancePath.slice(1) || '/' }, { why: message })
    return { blocks: [] }
  }
  const { places, tables, version, licence } = value
  const blocks = tables.flatMap(({ trucks, ...measures }, index): Block[] => {
    const classes = trucks && readTrucks(trucks, { path: `tables/${index}/trucks` }, say)
    return Object.entries(measures).map(([name, rows]): Block => {
      const path = `tables/${index}/${name}`
      const [measure, factor] = HEADERS[name.toLowerCase()]!
      const at = (row: number) => (column?: number) => ({
        path: `${path}/${row}${column === undefined ? '' : `/${column}`}`,
      })
      return {
        measure,
        factor,
        trucks: classes,
        places,
        rows: rows.map((cells, row) => ({ name: undefined, cells, at: at(row) })),
        at: { path },
      }
    })
  })
  return { blocks, version, licence }
}
