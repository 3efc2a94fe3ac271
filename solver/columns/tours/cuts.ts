/**
 * Sets of places that a fractional route enters too seldom. A route leads from its departure (SOURCE) to its return (SINK): it enters
 * every set in which it serves something, and a set that holds its departure and the delivery of an order, not its pickup, it leaves
 * once more than it must: to load, and again at the end (Balas, Fischetti and Pulleyblank 1995, The precedence-constrained asymmetric
 * traveling salesman polytope, Mathematical Programming 68). Found by least cuts, one for each node and each order.
 */
import { type ServedOrder, SINK, SOURCE, type TourProgram } from './program.ts'

/** A row: sum of columns times values is at least `lower`. */
export interface Cut {
  readonly lower: number
  readonly columns: readonly number[]
  readonly values: readonly number[]
}

const VIOLATED = 0.02

/** `values`: [column] of the program. */
export function findCuts(tours: TourProgram, values: Float64Array): Cut[] {
  const { places: nodes, arcs, served: ways } = tours
  const count = nodes.length + 2
  const source = nodes.length
  const sink = nodes.length + 1
  const at = (end: number) => (end === SOURCE ? source : end === SINK ? sink : end)
  const flow = new Float64Array(count * count)
  for (const { from, to, column } of arcs) flow[at(from) * count + at(to)] += Math.max(0, values[column])
  const cuts: Cut[] = []
  const seen = new Set<string>()

  // sets that hold something served, but are not entered
  const touching = new Map<number, { order: number; columns: number[]; share: number }[]>()
  for (const way of ways)
    for (const end of new Set([way.from, way.to])) {
      if (end < 0 || values[way.column] < 1e-9) continue
      const list = touching.get(end) ?? []
      touching.set(end, list)
      const known = list.find(({ order }) => order === way.order)
      if (known) {
        known.columns.push(way.column)
        known.share += values[way.column]
      } else list.push({ order: way.order, columns: [way.column], share: values[way.column] })
    }
  for (const [end, orders] of touching) {
    const most = orders.reduce((a, b) => (b.share > a.share ? b : a))
    const { krw, inside } = leastCut(flow, count, [source], [end])
    // inside: on the side of the source
    if (krw >= most.share - VIOLATED) continue
    add(
      (node) => node < nodes.length && !inside[node],
      0,
      most.order,
      (way, within) => within(way.from) || within(way.to),
    )
  }
  // orders that are delivered before they are picked up
  for (const way of ways) {
    const share = values[way.column]
    if (share < VIOLATED || way.to === SINK || way.from === way.to) continue
    const { krw, inside } = leastCut(flow, count, [source, way.to], [way.from, sink])
    if (krw >= 1 + share - VIOLATED) continue
    add(
      (node) => node === sink || (node < nodes.length && !inside[node]),
      1,
      way.order,
      (other, within) => within(other.from) && !within(other.to),
    )
  }
  cuts.push(...findCycles(tours, values))
  return cuts

  /** Flow into `within` is at least `base` and the ways of the order that ask for one more. */
  function add(
    within: (node: number) => boolean,
    base: number,
    order: number,
    asks: (way: ServedOrder, within: (node: number) => boolean) => boolean,
  ): void {
    const columns: number[] = []
    const amounts: number[] = []
    for (const { from, to, column } of arcs)
      if (!within(at(from)) && within(at(to))) {
        columns.push(column)
        amounts.push(1)
      }
    for (const way of ways)
      if (way.order === order && asks(way, within)) {
        columns.push(way.column)
        amounts.push(-1)
      }
    const key = `${base} ${columns.join()}`
    if (seen.has(key)) return
    seen.add(key)
    cuts.push({ lower: base, columns, values: amounts })
  }
}

/**
 * Goods from a to b, from b to c and from c to a: one of the three is visited twice. Of a cycle of orders, if all are served, the places
 * are entered once more often than they are many; with any one order left out, the others still touch one place more than they are many.
 */
function findCycles({ places, served, entered }: TourProgram, values: Float64Array): Cut[] {
  const size = places.length
  // least of entries beyond what the orders of a way ask for, and the first order of the way
  const excess = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
  const first = new Int32Array(size * size).fill(-1)
  for (const [index, { from, to, column }] of served.entries()) {
    const weight = Math.max(0, values[entered[from]] - values[column])
    if (to < 0 || from === to || weight >= excess[from * size + to]) continue
    excess[from * size + to] = weight
    first[from * size + to] = index
  }
  for (let via = 0; via < size; via++)
    for (let from = 0; from < size; from++)
      for (let to = 0; to < size; to++) {
        const round = excess[from * size + via] + excess[via * size + to]
        if (from === to || from === via || via === to || round >= excess[from * size + to]) continue
        excess[from * size + to] = round
        first[from * size + to] = first[from * size + via]
      }
  const cuts: Cut[] = []
  const seen = new Set<string>()
  for (const [index, { from, to, column }] of served.entries()) {
    if (to < 0 || from === to) continue
    const own = Math.max(0, values[entered[from]] - values[column])
    if (own + excess[to * size + from] >= values[column] - VIOLATED) continue
    const orders = [index]
    for (let at = to; at !== from && orders.length <= size; at = served[orders[orders.length - 1]].to)
      orders.push(first[at * size + from])
    // every place once
    if (new Set(orders.map((order) => served[order].from)).size < orders.length) continue
    const key = `${index} ${[...orders].sort((a, b) => a - b).join()}`
    if (seen.has(key)) continue
    seen.add(key)
    cuts.push({
      lower: 0,
      columns: [...orders.map((order) => entered[served[order].from]), ...orders.map((order) => served[order].column)],
      values: [...orders.map(() => 1), ...orders.map((order) => (order === index ? -2 : -1))],
    })
  }
  return cuts
}

/** The least cut by augmenting paths; capacities are small sums, nodes few. */
function leastCut(
  flow: Float64Array,
  count: number,
  from: readonly number[],
  to: readonly number[],
): { krw: number; inside: Uint8Array } {
  const left = flow.slice()
  const target = new Uint8Array(count)
  for (const node of to) target[node] = 1
  const parent = new Int32Array(count)
  const queue = new Int32Array(count)
  let krw = 0
  for (;;) {
    parent.fill(-1)
    let tail = 0
    for (const node of from) {
      parent[node] = node
      queue[tail++] = node
    }
    let end = -1
    for (let head = 0; head < tail && end < 0; head++) {
      const node = queue[head]
      for (let next = 0; next < count; next++) {
        if (parent[next] >= 0 || left[node * count + next] <= 1e-9) continue
        parent[next] = node
        if (target[next]) {
          end = next
          break
        }
        queue[tail++] = next
      }
    }
    if (end < 0) return { krw, inside: Uint8Array.from(parent, (node) => (node >= 0 ? 1 : 0)) }
    let amount = Number.POSITIVE_INFINITY
    for (let node = end; parent[node] !== node; node = parent[node])
      amount = Math.min(amount, left[parent[node] * count + node])
    for (let node = end; parent[node] !== node; node = parent[node]) {
      left[parent[node] * count + node] -= amount
      left[node * count + parent[node]] += amount
    }
    krw += amount
  }
}
