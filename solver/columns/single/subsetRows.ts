/**
 * Rows on three orders (Jepsen, Petersen, Spoorendonk, Pisinger 2008, Subset-row inequalities applied to the vehicle-routing problem with
 * time windows, Operations Research 56(2)): of the routes that visit two or more of them a plan drives at most one. A row remembers only
 * within a set of nodes (Pecin, Pessoa, Poggi, Uchoa 2017, limited memory): a route that leaves the set forgets a visit that it has not
 * paired yet, and counts less; enough for the routes of the linear program that made the row.
 */
export interface SubsetRow {
  readonly nodes: readonly [number, number, number]
  /** [node] 1: remembered there */
  readonly memory: Uint8Array
}

/** Pairs of visits that the row counts in a route. */
export function countPairs({ nodes, memory }: SubsetRow, visits: readonly number[]): number {
  let open = false
  let pairs = 0
  for (const node of visits) {
    if (memory[node] === 0) open = false
    else if (nodes.includes(node)) {
      if (open) pairs++
      open = !open
    }
  }
  return pairs
}

/** Adds to the memory what lets it count all pairs of the route. */
function widen(nodes: readonly number[], visits: readonly number[], memory: Uint8Array): void {
  let from = -1
  for (const [at, node] of visits.entries()) {
    if (!nodes.includes(node)) continue
    if (from < 0) from = at
    else {
      for (let between = from; between <= at; between++) memory[visits[between]] = 1
      from = -1
    }
  }
}

export interface Weighed {
  readonly visits: readonly number[]
  readonly weight: number
}

/** The rows that the routes break most, no node in too many of them. `known`: rows there are, which may be widened: they are named. */
export function findRows(
  nodes: number,
  routes: readonly Weighed[],
  most: number,
  known: readonly SubsetRow[],
): { readonly row: SubsetRow; readonly replaces: SubsetRow | null }[] {
  const pair = new Float64Array(nodes * nodes)
  const twice = new Float64Array(nodes)
  const through: number[][] = Array.from({ length: nodes }, () => [])
  for (const [index, { visits, weight }] of routes.entries()) {
    const different = [...new Set(visits)]
    for (const a of different) {
      through[a].push(index)
      if (visits.indexOf(a) !== visits.lastIndexOf(a)) twice[a] += weight
      for (const b of different) if (a !== b) pair[a * nodes + b] += weight
    }
  }
  const found: { nodes: [number, number, number]; excess: number }[] = []
  for (let a = 0; a < nodes; a++)
    for (let b = a + 1; b < nodes; b++) {
      const ab = pair[a * nodes + b] + twice[a] + twice[b]
      for (let c = b + 1; c < nodes; c++) {
        // routes with all three are counted thrice here: a first, quick look
        if (ab + pair[a * nodes + c] + pair[b * nodes + c] + twice[c] < 1 + LEAST_EXCESS) continue
        const triple: [number, number, number] = [a, b, c]
        let sum = 0
        for (const index of new Set([...through[a], ...through[b], ...through[c]])) {
          const { visits, weight } = routes[index]
          sum += weight * (visits.reduce((n, node) => n + (node === a || node === b || node === c ? 1 : 0), 0) >> 1)
        }
        if (sum > 1 + LEAST_EXCESS) found.push({ nodes: triple, excess: sum - 1 })
      }
    }
  found.sort((a, b) => b.excess - a.excess)
  const uses = new Int32Array(nodes)
  const rows: { row: SubsetRow; replaces: SubsetRow | null }[] = []
  for (const { nodes: triple } of found) {
    if (rows.length >= most) break
    if (triple.some((node) => uses[node] >= MOST_PER_NODE)) continue
    for (const node of triple) uses[node]++
    const replaces = known.find((row) => row.nodes.every((node, k) => node === triple[k])) ?? null
    const memory = replaces ? replaces.memory.slice() : new Uint8Array(nodes)
    for (const node of triple) memory[node] = 1
    const touched = new Set(triple.flatMap((node) => through[node]))
    for (const index of touched) widen(triple, routes[index].visits, memory)
    rows.push({ row: { nodes: triple, memory }, replaces })
  }
  return rows
}

const LEAST_EXCESS = 0.05
/** Rows found at a time that share a node: more of them say much the same. */
const MOST_PER_NODE = 4
