/**
 * Figures between places as they are kept: all that is known from one origin, packed. A place is its coordinates rounded to 1e-5
 * degrees, off by half a metre at most: less than a gate is wide, and figures are asked for the rounded place, so that equal places
 * have equal figures whoever asked first.
 */
import type { TravelMatrix, TravelPlace } from './provider.ts'

/** Where figures are kept. `source`: key of the provider for a profile. A destination may be there twice, with equal figures. */
export interface TravelCells {
  read(source: string, origins: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>
  /** Adds to what is known from each origin. */
  add(source: string, rows: ReadonlyMap<number, Uint8Array>): Promise<void>
}

export const FIGURES = ['durationS', 'distanceM', 'tollKrw', 'expresswayM'] as const satisfies (keyof TravelMatrix)[]

/** The key of the destination as a double, then its figures as four-byte integers; little-endian, as every machine that Node runs on. */
export const CELL_BYTES = 8 + 4 * FIGURES.length

const PER_DEGREE = 1e5
/** More than there are steps from pole to pole. */
const LATITUDES = 2 ** 25

const steps = (degrees: number, below: number): number => Math.round((degrees + below) * PER_DEGREE)
const degrees = (counted: number, below: number): number => (counted - below * PER_DEGREE) / PER_DEGREE

/** The same for places that share their figures; NaN for what lies nowhere on Earth. */
export function cellKey({ lng, lat }: TravelPlace): number {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? steps(lng, 180) * LATITUDES + steps(lat, 90) : Number.NaN
}

export function roundedPlace({ id, lng, lat }: TravelPlace): TravelPlace {
  return { id, lng: degrees(steps(lng, 180), 180), lat: degrees(steps(lat, 90), 90) }
}

type Figures = Pick<TravelMatrix, (typeof FIGURES)[number]>

/** A row of a matrix, `cells[k]` being the cell of the destination with `keys[k]`. */
export function packRow(matrix: Figures, keys: readonly number[], cells: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(keys.length * CELL_BYTES)
  const doubles = new Float64Array(bytes.buffer)
  const whole = new Int32Array(bytes.buffer)
  for (const [k, key] of keys.entries()) {
    doubles[(k * CELL_BYTES) / 8] = key
    for (const [figure, name] of FIGURES.entries()) whole[(k * CELL_BYTES) / 4 + 2 + figure] = matrix[name][cells[k]!]!
  }
  return bytes
}

/** Writes what the row knows of these destinations into the matrix from `start` on, and marks it. */
export function unpackRow(
  packed: Uint8Array,
  columns: ReadonlyMap<number, number>,
  start: number,
  matrix: Figures,
  known: Uint8Array,
): void {
  // doubles begin at a multiple of eight only, and a buffer from a pool may begin anywhere
  const { buffer } = new Uint8Array(packed)
  const doubles = new Float64Array(buffer)
  const whole = new Int32Array(buffer)
  for (let at = 0; at < packed.length / CELL_BYTES; at++) {
    const column = columns.get(doubles[(at * CELL_BYTES) / 8]!)
    if (column === undefined) continue
    const cell = start + column
    known[cell] = 1
    for (let figure = 0; figure < FIGURES.length; figure++)
      matrix[FIGURES[figure]!][cell] = whole[(at * CELL_BYTES) / 4 + 2 + figure]!
  }
}

/** 96 MB. */
const MOST_IN_MEMORY = 4_000_000

/** For who has no store. */
export function cellsInMemory(): TravelCells {
  const sources = new Map<string, Map<number, Uint8Array>>()
  let cells = 0
  return {
    async read(source, origins) {
      const rows = sources.get(source)
      return new Map(origins.flatMap((origin) => (rows?.has(origin) ? [[origin, rows.get(origin)!]] : [])))
    },
    async add(source, added) {
      for (const packed of added.values()) cells += packed.length / CELL_BYTES
      if (cells > MOST_IN_MEMORY) {
        sources.clear()
        cells = 0
      }
      const rows = sources.get(source) ?? new Map<number, Uint8Array>()
      sources.set(source, rows)
      for (const [origin, packed] of added) {
        const before = rows.get(origin)
        rows.set(origin, before ? new Uint8Array(Buffer.concat([before, packed])) : packed)
      }
    },
  }
}
