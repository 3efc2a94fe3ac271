/**
 * A source of travel times that asks nothing twice: what is kept is taken, what is missing is asked as rectangles. A place more among
 * many is its row and its column. One code for every provider; where the answers are kept is told.
 *
 * A pair without a road is kept like any other. A place that no road reaches is not: the next to ask may be the one who has mended the
 * map, and asking again costs a row and a column. What falls back on another provider belongs around this, not inside: its figures
 * would be kept under the name of the one that failed.
 */
import { cellKey, FIGURES, packRow, roundedPlace, type TravelCells, unpackRow } from './cells.ts'
import {
  NO_WAY,
  sourceError,
  type TravelMatrix,
  type TravelPlace,
  type TravelProfile,
  type TravelProvider,
} from './provider.ts'

/** Rows that lack the same cells are asked together; where there are more such groups the rectangles are drawn wider. */
const MOST_REQUESTS = 4

export function cachedProvider(provider: TravelProvider, cells: TravelCells): TravelProvider {
  if (!provider.cacheable) return provider
  return {
    name: provider.name,
    get estimated() {
      return provider.estimated
    },
    // once is enough
    cacheable: false,
    key: (profile) => provider.key(profile),
    ...(provider.estimatedTolls !== undefined && { estimatedTolls: provider.estimatedTolls }),
    ...(provider.fallback && { fallback: provider.fallback }),
    ...(provider.prepare && { prepare: async (signal) => await provider.prepare!(signal) }),
    ...(provider.about && { about: () => provider.about!() }),
    ...(provider.state && { state: () => provider.state!() }),
    ...(provider.byHour && { byHour: provider.byHour }),
    ...(provider.unreachable && { unreachable: (places) => provider.unreachable!(places) }),

    async matrix(from, to, profile, signal) {
      signal?.throwIfAborted()
      const origins = distinct(from)
      const goals = to === from ? origins : distinct(to)
      if (origins.keys.some(Number.isNaN) || goals.keys.some(Number.isNaN))
        return await provider.matrix(from, to, profile, signal)
      const found = await lookUp(provider, cells, origins, goals, profile, signal)
      return widen(found, from, to, origins, goals)
    },

    path: async (stops, profile, signal) => await provider.path(stops.map(roundedPlace), profile, signal),
    ...(provider.guide && {
      guide: async (stops, profile, locale, signal) =>
        await provider.guide!(stops.map(roundedPlace), profile, locale, signal),
    }),
  }
}

/** Each place of a list once. */
interface Distinct {
  readonly keys: readonly number[]
  readonly places: readonly TravelPlace[]
  /** [place of the list] which of them it is */
  readonly of: Int32Array
}

function distinct(places: readonly TravelPlace[]): Distinct {
  const index = new Map<number, number>()
  const once: TravelPlace[] = []
  const of = Int32Array.from(places, (place) => {
    const key = cellKey(place)
    const known = index.get(key)
    if (known !== undefined) return known
    index.set(key, once.length)
    return once.push(roundedPlace(place)) - 1
  })
  return { keys: [...index.keys()], places: once, of }
}

interface Found {
  readonly matrix: Omit<TravelMatrix, 'unreachable'>
  /** which of the origins and of the goals no road reaches */
  readonly lostFrom: ReadonlySet<number>
  readonly lostTo: ReadonlySet<number>
}

const emptyMatrix = (size: number) => ({
  durationS: new Int32Array(size),
  distanceM: new Int32Array(size),
  tollKrw: new Int32Array(size),
  expresswayM: new Int32Array(size),
})

async function lookUp(
  provider: TravelProvider,
  cells: TravelCells,
  origins: Distinct,
  goals: Distinct,
  profile: TravelProfile,
  signal: AbortSignal | undefined,
): Promise<Found> {
  await provider.prepare?.(signal)
  const source = provider.key(profile)
  const size = goals.keys.length
  const matrix = emptyMatrix(origins.keys.length * size)
  const known = new Uint8Array(origins.keys.length * size)
  const columnOf = new Map(goals.keys.map((key, column) => [key, column]))
  const kept = await cells.read(source, origins.keys)
  for (const [row, key] of origins.keys.entries()) {
    const packed = kept.get(key)
    if (packed) unpackRow(packed, columnOf, row * size, matrix, known)
    const itself = columnOf.get(key)
    if (itself !== undefined) known[row * size + itself] = 1
  }

  const lostFrom = new Set<number>()
  const lostTo = new Set<number>()
  for (const { rows, columns } of missing(known, origins.keys.length, size)) {
    signal?.throwIfAborted()
    const answer = await provider.matrix(
      rows.map((row) => origins.places[row]!),
      columns.map((column) => goals.places[column]!),
      profile,
      signal,
    )
    expectShape(provider.name, answer, rows.length, columns.length)
    const outside = new Set(answer.unreachable.from.map(({ index }) => rows[index]!))
    const beyond = new Set(answer.unreachable.to.map(({ index }) => columns[index]!))
    for (const row of outside) lostFrom.add(row)
    for (const column of beyond) lostTo.add(column)
    const added = new Map<number, Uint8Array>()
    for (const [r, row] of rows.entries()) {
      const fresh: number[] = []
      for (const [c, column] of columns.entries()) {
        const cell = row * size + column
        // asked once more, because the rectangle is wider, or no road at all
        if (known[cell]) continue
        const at = r * columns.length + c
        for (const name of FIGURES) matrix[name][cell] = answer[name][at]!
        if (!outside.has(row) && !beyond.has(column)) fresh.push(column)
      }
      const keys = fresh.map((column) => goals.keys[column]!)
      const at = fresh.map((column) => row * size + column)
      if (fresh.length > 0) added.set(origins.keys[row]!, packRow(matrix, keys, at))
    }
    if (added.size > 0) await cells.add(source, added)
  }
  // some of it may be kept from when roads led there
  for (const [row, key] of origins.keys.entries())
    for (const [column, other] of goals.keys.entries())
      if (key !== other && (lostFrom.has(row) || lostTo.has(column)))
        for (const name of FIGURES) matrix[name][row * size + column] = NO_WAY
  return { matrix, lostFrom, lostTo }
}

interface Rectangle {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

/** What is not known, as few rectangles: exactly it where rows lack the same, else whole rows and the rest of what others lack. */
function missing(known: Uint8Array, rows: number, size: number): Rectangle[] {
  const all = Array.from({ length: size }, (_, column) => column)
  const groups = new Map<string, { rows: number[]; columns: number[] }>()
  for (let row = 0; row < rows; row++) {
    const lacking = all.filter((column) => known[row * size + column] === 0)
    if (lacking.length === 0) continue
    // a row that knows nothing but itself, or nothing at all
    const columns = lacking.length >= size - 1 ? all : lacking
    const name = columns.join()
    const group = groups.get(name) ?? { rows: [], columns }
    group.rows.push(row)
    groups.set(name, group)
  }
  if (groups.size <= MOST_REQUESTS) return [...groups.values()]
  const whole = [...groups.values()].filter(({ columns }) => columns.length * 2 > size)
  const rest = [...groups.values()].filter(({ columns }) => columns.length * 2 <= size)
  const rectangles = [
    { rows: whole.flatMap((group) => group.rows), columns: all },
    { rows: rest.flatMap((group) => group.rows), columns: [...new Set(rest.flatMap(({ columns }) => columns))] },
  ]
  return rectangles.filter((rectangle) => rectangle.rows.length > 0)
}

function expectShape(name: string, matrix: TravelMatrix, rows: number, columns: number): void {
  const wrong = FIGURES.find((figure) => matrix[figure].length !== rows * columns)
  if (wrong)
    throw sourceError(name, {
      ko: `${rows} × ${columns}곳을 물었는데 ${wrong} 칸이 ${matrix[wrong].length}개 왔습니다. 이 답은 쓰지 않습니다`,
      en: `${matrix[wrong].length} cells of ${wrong} for ${rows} × ${columns} places; the answer is not used`,
    })
}

/** As it was asked: in its order, places at the same coordinates each with their own row and column. */
function widen(
  { matrix, lostFrom, lostTo }: Found,
  from: readonly TravelPlace[],
  to: readonly TravelPlace[],
  origins: Distinct,
  goals: Distinct,
): TravelMatrix {
  const named = (places: readonly TravelPlace[], { of }: Distinct, lost: ReadonlySet<number>) =>
    places.flatMap(({ id, lng, lat }, index) => (lost.has(of[index]!) ? [{ index, id, lng, lat }] : []))
  const unreachable = { from: named(from, origins, lostFrom), to: named(to, goals, lostTo) }
  if (origins.places.length === from.length && goals.places.length === to.length) return { ...matrix, unreachable }
  const wide = emptyMatrix(from.length * to.length)
  for (const name of FIGURES)
    for (let row = 0, cell = 0; row < from.length; row++)
      for (let column = 0; column < to.length; column++)
        wide[name][cell++] = matrix[name][origins.of[row]! * goals.places.length + goals.of[column]!]!
  return { ...wide, unreachable }
}
