/** One figure for every pair of places, kept as a matrix, or as points where a matrix would not fit into memory. */

export interface Arcs {
  readonly size: number
  /** row-major [from * size + to]; empty: the straight line between points */
  readonly cells: Float64Array
  readonly symmetric: boolean
  /** [place] */
  readonly x: Float64Array
  readonly y: Float64Array
  /** straight lines to the nearest integer */
  readonly rounded: boolean
  /** by which straight lines are multiplied */
  readonly factor: number
}

const NONE = new Float64Array(0)

/** Up to so many places straight lines are kept as a matrix: 32 MB. */
const MOST_IN_MATRIX = 2000

export function arcsFromCells(size: number, cells: Float64Array): Arcs {
  let symmetric = true
  for (let from = 0; from < size && symmetric; from++)
    for (let to = 0; to < from; to++)
      if (cells[from * size + to] !== cells[to * size + from]) {
        symmetric = false
        break
      }
  return { size, cells, symmetric, x: NONE, y: NONE, rounded: false, factor: 1 }
}

/** Straight lines between points. */
export function arcsFromPoints(points: readonly (readonly [number, number])[], rounded: boolean): Arcs {
  const size = points.length
  const x = Float64Array.from(points, (point) => point[0])
  const y = Float64Array.from(points, (point) => point[1])
  const lines: Arcs = { size, cells: NONE, symmetric: true, x, y, rounded, factor: 1 }
  if (size > MOST_IN_MATRIX) return lines
  const cells = new Float64Array(size * size)
  for (let from = 0; from < size; from++)
    for (let to = 0; to < size; to++) cells[from * size + to] = arc(lines, from, to)
  return { ...lines, cells }
}

export const scaleArcs = (arcs: Arcs, factor: number): Arcs => ({
  ...arcs,
  cells: arcs.cells.map((cell) => cell * factor),
  factor: arcs.factor * factor,
})

export function arc(arcs: Arcs, from: number, to: number): number {
  const { cells, x, y } = arcs
  if (cells.length > 0) return cells[from * arcs.size + to]
  const dx = x[from] - x[to]
  const dy = y[from] - y[to]
  const line = Math.sqrt(dx * dx + dy * dy)
  return (arcs.rounded ? Math.floor(line + 0.5) : line) * arcs.factor
}

/** Figures from each of the places at positions `first` to `last` to `here`. */
export function gatherTo(
  arcs: Arcs,
  places: Int32Array,
  first: number,
  last: number,
  here: number,
  into: Float64Array,
): void {
  const { cells, size, symmetric } = arcs
  if (cells.length === 0) for (let k = first; k <= last; k++) into[k] = arc(arcs, places[k], here)
  else if (symmetric) for (let k = first, row = here * size; k <= last; k++) into[k] = cells[row + places[k]]
  else for (let k = first; k <= last; k++) into[k] = cells[places[k] * size + here]
}

/** Figures from `here` to each of them. */
export function gatherFrom(
  arcs: Arcs,
  places: Int32Array,
  first: number,
  last: number,
  here: number,
  into: Float64Array,
): void {
  const { cells, size } = arcs
  if (cells.length === 0) for (let k = first; k <= last; k++) into[k] = arc(arcs, here, places[k])
  else for (let k = first, row = here * size; k <= last; k++) into[k] = cells[row + places[k]]
}
