/**
 * A kind of truck as a network of single visits: what labels are extended along. Nodes are the pooled orders, the last node is where
 * routes begin and end. One figure grows along a route and is held to windows: the clock, or the load where nobody asks when. Left out,
 * each of which only admits more routes: gaps between the windows of a visit, limits on stops and on the span, a second dimension of load,
 * minimum fares and stop fees.
 */
import type { Relaxed, RelaxedKind } from '../relaxed.ts'

export interface Network {
  readonly nodes: number
  /** [from * (nodes + 1) + to] whole; Infinity: no route drives it */
  readonly cost: Float64Array
  /** [from * (nodes + 1) + to] by how much the figure grows */
  readonly step: Float64Array
  /** [node] */
  readonly opens: Float64Array
  readonly closes: Float64Array
  readonly load: Float64Array
  readonly capacity: number
  /** nobody asks when: the figure is the load */
  readonly timeless: boolean
}

/** A plan's judge lets a visit be so late: more than that, so that no plan is lost to the last digits of a sum. */
const SLACK = 2e-6

/** `weighs`: false leaves the load out, but for orders that do not fit together. */
export function makeNetwork(relaxed: Relaxed, kind: RelaxedKind, weighs = true): Network {
  const { instance, pooled, size } = relaxed
  const nodes = pooled.length
  const across = nodes + 1
  const rides = new Set(kind.orders)
  const place = (node: number, end: number) => (node === nodes ? end : instance.placeOf[2 * pooled[node]])
  const window = (node: number): [number, number] => {
    if (node === nodes) return [kind.opensS, kind.closesS]
    const visit = 2 * pooled[node]
    return [instance.opensS[instance.windowFrom[visit]], instance.closesS[instance.windowFrom[visit + 1] - 1]]
  }
  const windows = Array.from({ length: across }, (_, node) => window(node))
  const loads = Float64Array.from({ length: across }, (_, node) =>
    node === nodes ? 0 : instance.demand[pooled[node] * instance.dimensions],
  )
  const capacity = kind.capacity[0]
  const timeless = windows.every(([, closes]) => closes === Number.POSITIVE_INFINITY)
  const cost = new Float64Array(across * across).fill(Number.POSITIVE_INFINITY)
  const step = new Float64Array(across * across)
  for (let from = 0; from < across; from++)
    for (let to = 0; to < across; to++) {
      const cell = from * across + to
      const [a, b] = [place(from, kind.start), place(to, kind.end)]
      const carried = [from, to].every((node) => node === nodes || rides.has(pooled[node]))
      if (from === to || !carried || loads[from] + loads[to] > capacity) continue
      const carry = to === nodes ? 0 : kind.carryKrw[pooled[to]]
      cost[cell] = (a < 0 || b < 0 ? 0 : kind.arcKrw[a * size + b]) + carry + (from === nodes ? kind.fixedKrw : 0)
      const service = from === nodes ? 0 : instance.serviceS[2 * pooled[from]]
      step[cell] = timeless ? loads[to] : service + (a < 0 || b < 0 ? 0 : kind.arcS[a * size + b])
    }
  const opens = Float64Array.from(windows, ([opensS]) => (timeless ? 0 : Math.max(opensS, kind.opensS)))
  // nobody is later than after waiting for the last and driving the longest legs of all
  const longest = windows.map((_, from) =>
    step.subarray(from * across, (from + 1) * across).reduce((a, b) => Math.max(a, b), 0),
  )
  const horizon = longest.reduce((sum, leg) => sum + leg, Math.max(...opens))
  const closes = Float64Array.from(windows, ([, closesS]) =>
    timeless ? capacity : Math.min(closesS, kind.closesS, horizon) + SLACK,
  )
  // what never fits is no arc
  for (let from = 0; from < across; from++)
    for (let to = 0; to < across; to++)
      if (opens[from] + step[from * across + to] > closes[to]) cost[from * across + to] = Number.POSITIVE_INFINITY
  return {
    nodes,
    cost,
    step,
    opens,
    closes,
    load: timeless || !weighs ? new Float64Array(across) : loads,
    capacity,
    timeless,
  }
}

/** The same routes driven backwards: the figure is what is left until the end. */
export function reverse({ nodes, cost, step, opens, closes, load, capacity, timeless }: Network): Network {
  const last = closes[nodes]
  const flip = (cells: Float64Array) => {
    const across = nodes + 1
    const flipped = new Float64Array(cells.length)
    for (let from = 0; from < across; from++)
      for (let to = 0; to < across; to++) flipped[to * across + from] = cells[from * across + to]
    return flipped
  }
  return {
    nodes,
    cost: flip(cost),
    step: flip(step),
    opens: closes.map((at) => Math.max(0, last - at)),
    closes: opens.map((at) => last - at),
    load,
    capacity,
    timeless,
  }
}

/** [node] where the arcs that are left lead: the end, and the other nodes. */
export function successors({ nodes, cost }: Network): Int32Array[] {
  const across = nodes + 1
  return Array.from({ length: across }, (_, from) =>
    Int32Array.from(
      Array.from({ length: nodes }, (_, to) => to).filter((to) => cost[from * across + to] < Number.POSITIVE_INFINITY),
    ),
  )
}

/** Lower bounds on what is still to come, by node and slot of the figure. */
export interface Completion {
  readonly slots: number
  readonly from: number
  readonly width: number
  /** [node * slots + slot] least reduced cost from a visit in the slot or later to the end; the last node: of whole routes */
  readonly least: Float64Array
}

const FEWEST_SLOTS = 240
const MOST_SLOTS = 3000

/**
 * Dynamic program over slots for routes that never return at once to the visit before (Houck et al. 1980, Christofides et al. 1981). The
 * figure is rounded down to the slot. Prices are collected on arrival; what is asked for by cuts is left out, it only makes routes
 * dearer. Null where the slots would be too many.
 */
export function completion(network: Network, arcs: readonly Int32Array[], prices: Float64Array): Completion | null {
  const { nodes, cost, step, opens, closes } = network
  const across = nodes + 1
  const from = opens[nodes]
  const span = closes[nodes] - from
  let narrowest = span / FEWEST_SLOTS
  for (let node = 0; node < nodes; node++)
    for (const to of arcs[node]) narrowest = Math.min(narrowest, step[node * across + to])
  const slots = Math.ceil(span / narrowest) + 1
  if (!(slots <= MOST_SLOTS)) return null
  const width = narrowest
  const endless = Number.POSITIVE_INFINITY
  const least = new Float64Array(across * slots).fill(endless)
  const second = new Float64Array(across * slots).fill(endless)
  const next = new Int32Array(across * slots).fill(-1)
  for (let slot = slots - 1; slot >= 0; slot--) {
    for (let node = 0; node < nodes; node++) {
      const here = node * slots + slot
      const at = Math.max(opens[node], from + slot * width)
      if (from + (slot + 1) * width < opens[node] - SLACK || at > closes[node]) continue
      let best = at + step[node * across + nodes] <= closes[nodes] ? cost[node * across + nodes] : endless
      let other = endless
      let via = nodes
      const reach = arcs[node]
      for (let k = 0; k < reach.length; k++) {
        const to = reach[k]
        let then = at + step[node * across + to]
        if (then > closes[to]) continue
        if (then < opens[to]) then = opens[to]
        const there = to * slots + Math.max(slot + 1, Math.floor((then - from) / width))
        const total = cost[node * across + to] - prices[to] + (next[there] === node ? second[there] : least[there])
        if (total < best) {
          other = best
          best = total
          via = to
        } else if (total < other) other = total
      }
      least[here] = best
      second[here] = other
      next[here] = via
    }
  }
  let whole = endless
  for (const to of arcs[nodes]) {
    const slot = Math.max(0, Math.floor((Math.max(opens[to], from + step[nodes * across + to]) - from) / width))
    whole = Math.min(whole, cost[nodes * across + to] - prices[to] + least[to * slots + slot])
  }
  least.fill(whole, nodes * slots)
  return { slots, from, width, least }
}
