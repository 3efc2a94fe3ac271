/**
 * Which column each row is matched with so that the matched cells add up to the most; a row or column is matched once at most.
 * Kuhn (1955), The Hungarian method for the assignment problem, Naval Research Logistics Quarterly 2, in the O(n³) form with potentials.
 * Cells of 0 match nobody, so the matrix falls apart into rows and columns that have anything to do with each other.
 */

/** `cells`: row-major [row * columns + column], whole and not negative. Returns [row], -1: matched with none. */
export function bestMatching(cells: ArrayLike<number>, rows: number, columns: number): Int32Array {
  const matched = new Int32Array(rows).fill(-1)
  const rowSeen = new Uint8Array(rows)
  const columnSeen = new Uint8Array(columns)
  for (let first = 0; first < rows; first++) {
    if (rowSeen[first]) continue
    rowSeen[first] = 1
    const inRows = [first]
    const inColumns: number[] = []
    for (let k = 0; k < inRows.length; k++)
      for (let column = 0; column < columns; column++) {
        if (columnSeen[column] || cells[inRows[k] * columns + column] === 0) continue
        columnSeen[column] = 1
        inColumns.push(column)
        for (let row = 0; row < rows; row++) {
          if (rowSeen[row] || cells[row * columns + column] === 0) continue
          rowSeen[row] = 1
          inRows.push(row)
        }
      }
    if (inRows.length === 1 && inColumns.length === 1) matched[first] = inColumns[0]
    else if (inColumns.length > 0) matchPart(cells, columns, inRows, inColumns, matched)
  }
  return matched
}

function matchPart(
  cells: ArrayLike<number>,
  columns: number,
  inRows: readonly number[],
  inColumns: readonly number[],
  matched: Int32Array,
): void {
  // the shorter side is assigned; both count from 1, 0 is the one that is being placed
  const turned = inRows.length > inColumns.length
  const [short, long] = turned ? [inColumns, inRows] : [inRows, inColumns]
  const cell = (s: number, l: number) =>
    turned ? cells[long[l - 1] * columns + short[s - 1]] : cells[short[s - 1] * columns + long[l - 1]]
  const shortPrice = new Float64Array(short.length + 1)
  const longPrice = new Float64Array(long.length + 1)
  const holder = new Int32Array(long.length + 1)
  const way = new Int32Array(long.length + 1)
  for (let placed = 1; placed <= short.length; placed++) {
    holder[0] = placed
    let at = 0
    const slack = new Float64Array(long.length + 1).fill(Number.POSITIVE_INFINITY)
    const isDone = new Uint8Array(long.length + 1)
    do {
      isDone[at] = 1
      let delta = Number.POSITIVE_INFINITY
      let next = 0
      for (let l = 1; l <= long.length; l++) {
        if (isDone[l]) continue
        const reduced = -cell(holder[at], l) - shortPrice[holder[at]] - longPrice[l]
        if (reduced < slack[l]) {
          slack[l] = reduced
          way[l] = at
        }
        if (slack[l] < delta) {
          delta = slack[l]
          next = l
        }
      }
      for (let l = 0; l <= long.length; l++)
        if (isDone[l]) {
          shortPrice[holder[l]] += delta
          longPrice[l] -= delta
        } else slack[l] -= delta
      at = next
    } while (holder[at] !== 0)
    for (; at !== 0; at = way[at]) holder[at] = holder[way[at]]
  }
  for (let l = 1; l <= long.length; l++) {
    if (holder[l] === 0 || cell(holder[l], l) === 0) continue
    const [row, column] = turned ? [long[l - 1], short[holder[l] - 1]] : [short[holder[l] - 1], long[l - 1]]
    matched[row] = column
  }
}
