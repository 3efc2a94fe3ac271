/**
 * Pricing for trucks that carry single visits (CVRP, VRPTW): the route of least reduced cost among ng-routes, by half routes from both
 * ends (Righini and Salani 2006, bounded bi-directional dynamic programming) that are joined over an arc. Every route has a last visit not
 * later than the moment where the halves meet, and what follows it can be told from the end: so no route is lost. Costs and prices are
 * whole, so what is found is exact.
 */
import { HalfRoutes, MEMORY, NEXT, NODE, PARENT, type PricedRows, type Question, ROWS, WIDTH } from './halfRoutes.ts'
import { MOST_NEIGHBOURS, type Neighbours } from './neighbours.ts'
import { completion, type Network, reverse } from './network.ts'

export interface Route {
  /** nodes; one may come again where the memory allows it */
  readonly visits: readonly number[]
  readonly krw: number
  readonly reducedKrw: number
}

export interface PricedRoutes {
  /**
   * No ng-route that never goes back to where it has just come from has a reduced cost below this: proved. 0: none is below 0; -Infinity:
   * nothing is proved.
   */
  readonly leastKrw: number
  /** it gave up: the proof is a weaker one, of routes that return, and no route is named */
  readonly gaveUp: boolean
  /** of negative reduced cost, the least first */
  readonly routes: readonly Route[]
  readonly labels: number
}

export interface RouteQuestion {
  /** [node] whole, 0 or more */
  readonly prices: Float64Array
  /** whole, 0 or less */
  readonly kindKrw: number
  readonly rows: PricedRows
  /** false: quick, proves nothing */
  readonly exact: boolean
  /** gives up beyond so many */
  readonly labels: number
}

/** Labels between two looks at the clock. */
const CHUNK = 10_000
/** Routes told for each node that ends a first half. */
const ROUTES_PER_NODE = 3
const JOIN_SLOTS = 64
/** Figures of the two halves are sums in another order. */
const SLACK = 1e-6

export class VisitPricer {
  readonly network: Network
  private readonly memories: Neighbours
  private readonly first: HalfRoutes
  private readonly second: HalfRoutes
  /** where the halves meet, as a share of the span; moves to where they are as large */
  private meet = 0.5

  constructor(network: Network, memories: Neighbours) {
    this.network = network
    this.memories = memories
    this.first = new HalfRoutes(network, memories)
    this.second = new HalfRoutes(reverse(network), memories)
  }

  *price({ prices, kindKrw, rows, exact, labels }: RouteQuestion): Generator<number, PricedRoutes> {
    const { first, second, network } = this
    const { nodes, opens, closes } = network
    const from = opens[nodes]
    const last = closes[nodes]
    const moment = from + this.meet * (last - from)
    const common = { prices, rows, exact }
    const ahead: Question = {
      ...common,
      initial: -kindKrw,
      completion: exact ? completion(network, first.arcs, prices) : null,
      upto: moment,
      below: 0,
    }
    const back: Question = {
      ...common,
      initial: 0,
      completion: exact ? completion(second.network, second.arcs, prices) : null,
      upto: last - moment + SLACK,
      below: kindKrw,
    }
    // the two are not small: whoever watches the clock may look at it
    yield 0
    for (const [half, question] of [
      [first, ahead],
      [second, back],
    ] as const) {
      half.begin(question)
      while (!half.advance(Math.min(CHUNK, labels))) {
        yield first.count + (half === second ? second.count : 0)
        if (half.count > labels) {
          this.meet += half === first ? -STEP : STEP
          const relaxed = ahead.completion?.least.at(-1) ?? Number.NEGATIVE_INFINITY
          return { leastKrw: Math.min(0, relaxed - kindKrw), gaveUp: true, routes: [], labels: half.count }
        }
      }
    }
    if (exact) {
      const ratio = first.count / second.count
      if (ratio > 1.3) this.meet = Math.max(0.1, this.meet - STEP)
      if (ratio < 1 / 1.3) this.meet = Math.min(0.9, this.meet + STEP)
    }
    yield first.count + second.count
    const routes = this.join(rows, exact)
    const leastKrw = exact ? Math.min(0, routes[0]?.reducedKrw ?? 0) : Number.NEGATIVE_INFINITY
    return { leastKrw, gaveUp: false, routes, labels: first.count + second.count }
  }

  /** Pairs of halves of negative cost, the best few for each node that ends the first. */
  private join(rows: PricedRows, exact: boolean): Route[] {
    const { first, second, network, memories } = this
    const { nodes, cost: arcCost, step, opens, closes, capacity } = network
    const { members, bitOf } = memories
    const { pay, words: rowWords } = rows
    const across = nodes + 1
    const from = opens[nodes]
    const last = closes[nodes]
    const perSlot = JOIN_SLOTS / (last - from)
    const lists = this.sortedLists()
    const reachable = this.leastBySlot()
    const found = new Float64Array(across * ROUTES_PER_NODE)
    const firsts = new Int32Array(across * ROUTES_PER_NODE).fill(-1)
    const seconds = new Int32Array(across * ROUTES_PER_NODE)
    for (let label = 0; label < first.count; label++) {
      const base = label * WIDTH
      if (first.isDropped(label)) continue
      const here = first.words[base + NODE]
      const cost = first.figures[label * 8]
      const at = first.figures[label * 8 + 1]
      const load = first.figures[label * 8 + 2]
      const memory = first.words[base + MEMORY]
      const worst = (here + 1) * ROUTES_PER_NODE - 1
      if (here < nodes && at + step[here * across + nodes] <= last) {
        const total = cost + arcCost[here * across + nodes]
        if (total < found[worst]) keep(here, total, label, 0)
      }
      const reach = first.arcs[here]
      for (let k = 0; k < reach.length; k++) {
        const to = reach[k]
        const cell = here * across + to
        let then = at + step[cell]
        if (then > closes[to]) continue
        if (then < opens[to]) then = opens[to]
        const sum = cost + arcCost[cell]
        if (sum + reachable[to * JOIN_SLOTS + slotOf(then - SLACK)] >= found[worst]) continue
        let known = 0
        for (let rest = memory; rest !== 0; rest &= rest - 1) {
          const bit = bitOf[to * nodes + members[here * MOST_NEIGHBOURS + 31 - Math.clz32(rest & -rest)]]
          if (bit >= 0) known |= 1 << bit
        }
        // the other half begins at `to`
        if (known & 1) continue
        const room = capacity - load
        for (const list of lists[to]) {
          if (sum + second.least[list] >= found[worst]) break
          const head = second.head[list]
          // of an exact search a list has one memory
          if (exact && (second.words[head * WIDTH + MEMORY] & known) !== 0) continue
          for (let other = head; other >= 0; other = second.words[other * WIDTH + NEXT]) {
            let total = sum + second.figures[other * 8]
            if (total >= found[worst]) break
            if ((second.words[other * WIDTH + MEMORY] & known) !== 0) continue
            if (then > last - second.figures[other * 8 + 1] + SLACK || second.figures[other * 8 + 2] > room) continue
            for (let word = 0; word < rowWords; word++) {
              const paired = first.words[base + ROWS + word] & second.words[other * WIDTH + ROWS + word]
              for (let rest = paired; rest !== 0; rest &= rest - 1)
                total += pay[word * 32 + 31 - Math.clz32(rest & -rest)]
            }
            if (total < found[worst]) keep(here, total, label, other)
          }
        }
      }
    }
    const pairs = Array.from(firsts.keys()).filter((k) => firsts[k] >= 0)
    pairs.sort((a, b) => found[a] - found[b] || a - b)
    return pairs.map((k) => this.routeOf(firsts[k], seconds[k], found[k]))

    function slotOf(moment: number): number {
      return Math.max(0, Math.min(JOIN_SLOTS - 1, Math.floor((moment - from) * perSlot)))
    }

    function keep(node: number, total: number, label: number, other: number): void {
      let at = (node + 1) * ROUTES_PER_NODE - 1
      for (; at > node * ROUTES_PER_NODE && found[at - 1] > total; at--) {
        found[at] = found[at - 1]
        firsts[at] = firsts[at - 1]
        seconds[at] = seconds[at - 1]
      }
      found[at] = total
      firsts[at] = label
      seconds[at] = other
    }
  }

  /** [node] lists of second halves that are not empty, by their least cost. */
  private sortedLists(): number[][] {
    const { firstList, head, least } = this.second
    return Array.from({ length: this.network.nodes }, (_, node) => {
      const lists: number[] = []
      for (let list = firstList[node]; list < firstList[node + 1]; list++) if (head[list] >= 0) lists.push(list)
      return lists.sort((a, b) => least[a] - least[b])
    })
  }

  /** [node * JOIN_SLOTS + slot] least cost of the second halves that may begin in the slot or later. */
  private leastBySlot(): Float64Array {
    const { second, network } = this
    const { nodes, opens, closes } = network
    const from = opens[nodes]
    const last = closes[nodes]
    const perSlot = JOIN_SLOTS / (last - from)
    const table = new Float64Array(nodes * JOIN_SLOTS).fill(Number.POSITIVE_INFINITY)
    for (let label = 1; label < second.count; label++) {
      if (second.isDropped(label)) continue
      const latest = last - second.figures[label * 8 + 1] + SLACK
      const slot = Math.max(0, Math.min(JOIN_SLOTS - 1, Math.floor((latest - from) * perSlot)))
      const cell = second.words[label * WIDTH + NODE] * JOIN_SLOTS + slot
      table[cell] = Math.min(table[cell], second.figures[label * 8])
    }
    for (let node = 0; node < nodes; node++)
      for (let slot = JOIN_SLOTS - 2; slot >= 0; slot--) {
        const cell = node * JOIN_SLOTS + slot
        table[cell] = Math.min(table[cell], table[cell + 1])
      }
    return table
  }

  private routeOf(ahead: number, behind: number, reducedKrw: number): Route {
    const { first, second, network } = this
    const visits: number[] = []
    for (let label = ahead; label > 0; label = first.words[label * WIDTH + PARENT])
      visits.push(first.words[label * WIDTH + NODE])
    visits.reverse()
    for (let label = behind; label > 0; label = second.words[label * WIDTH + PARENT])
      visits.push(second.words[label * WIDTH + NODE])
    return { visits, krw: routeKrw(network, visits), reducedKrw }
  }
}

/** By how much the meeting moves at a time. */
const STEP = 0.03

export function routeKrw({ nodes, cost }: Network, visits: readonly number[]): number {
  const stops = [nodes, ...visits, nodes]
  return stops.slice(1).reduce((sum, to, k) => sum + cost[stops[k] * (nodes + 1) + to], 0)
}
