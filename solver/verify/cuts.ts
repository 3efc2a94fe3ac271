/** Rows that a solution of the program breaks (program.ts), found by the least cut between two ends of a flow. */
/** A shipment loaded at one node and unloaded at another. */
export interface Way {
  readonly rider: number
  readonly from: number
  readonly to: number
  readonly column: number
}

export interface Arc {
  /** nodes; HOME: departure and return */
  readonly from: number
  readonly to: number
  readonly column: number
}

export const HOME = -1

export interface Flow {
  readonly nodes: readonly unknown[]
  readonly ways: readonly Way[]
  readonly arcs: readonly Arc[]
  readonly drives: number
}

/** The sum of columns times values is 0 or more. */
interface Cut {
  readonly columns: readonly number[]
  readonly values: readonly number[]
}

const BROKEN_BY = 0.01

export function findCuts({ nodes, ways, arcs, drives }: Flow, solution: ArrayLike<number>): Cut[] {
  const departure = nodes.length
  const arrival = nodes.length + 1
  const flow = Array.from({ length: nodes.length + 2 }, () => new Float64Array(nodes.length + 2))
  const tail = (from: number) => (from === HOME ? departure : from)
  const head = (to: number) => (to === HOME ? arrival : to)
  for (const { from, to, column } of arcs) flow[tail(from)][head(to)] += Math.max(0, solution[column])
  const cuts = new Map<string, Cut>()
  const add = (outside: ReadonlySet<number>, minus: readonly number[]) => {
    const crossing = arcs.filter(({ from, to }) => outside.has(tail(from)) && !outside.has(head(to)))
    const columns = [...crossing.map(({ column }) => column), ...minus]
    cuts.set(columns.join(), { columns, values: columns.map((_, k) => (k < crossing.length ? 1 : -1)) })
  }
  for (const { rider, from, to, column } of ways) {
    if (solution[column] < BROKEN_BY) continue
    const mine = ways.filter((way) => way.rider === rider)
    // the truck comes from its departure to each end of what it carries
    for (const end of [from, to]) {
      const { size, side } = leastCut(flow, [departure], [end])
      const served = mine.filter((way) => !side.has(way.from) || !side.has(way.to))
      const need = served.reduce((sum, way) => sum + solution[way.column], 0)
      if (size < need - BROKEN_BY)
        add(
          side,
          served.map((way) => way.column),
        )
    }
    // a set that holds the departure and where it is unloaded, and neither where it is loaded nor the return, is left twice
    const { size, side } = leastCut(flow, [departure, to], [from, arrival])
    const late = mine.filter((way) => side.has(way.to) && !side.has(way.from))
    const need = late.reduce((sum, way) => sum + solution[way.column], solution[drives])
    if (size < need - BROKEN_BY) add(side, [...late.map((way) => way.column), drives])
  }
  return [...cuts.values()]
}

/** Edmonds and Karp (1972): the flow between two sets, and the nodes on the side of the first. */
function leastCut(
  capacity: readonly Float64Array[],
  from: readonly number[],
  to: readonly number[],
): { readonly size: number; readonly side: ReadonlySet<number> } {
  const left = capacity.map((row) => row.slice())
  const targets = new Set(to)
  let size = 0
  for (;;) {
    const parent = new Map<number, number>(from.map((node) => [node, -1]))
    let reached = -1
    for (const node of parent.keys()) {
      if (targets.has(node)) {
        reached = node
        break
      }
      for (let next = 0; next < left.length; next++)
        if (left[node][next] > 1e-9 && !parent.has(next)) parent.set(next, node)
    }
    if (reached < 0) return { size, side: new Set(parent.keys()) }
    let room = Number.POSITIVE_INFINITY
    for (let node = reached; parent.get(node)! >= 0; node = parent.get(node)!)
      room = Math.min(room, left[parent.get(node)!][node])
    for (let node = reached; parent.get(node)! >= 0; node = parent.get(node)!) {
      left[parent.get(node)!][node] -= room
      left[node][parent.get(node)!] += room
    }
    size += room
  }
}
