/**
 * What routes remember (ng-routes: Baldacci, Mingozzi, Roberti 2011, New route relaxation and pricing strategies for the vehicle routing
 * problem, Operations Research 59(5)): at a node a route forgets the visits that are not among the node's neighbours, and may return to
 * what it forgot. Neighbourhoods grow where routes of the linear program return (Roberti and Mingozzi 2014).
 */
import type { Network } from './network.ts'

/** A memory is a set of places in the node's own list: bit 0 is the node itself. */
export const MOST_NEIGHBOURS = 14

export class Neighbours {
  readonly nodes: number
  /** [node * MOST_NEIGHBOURS + bit] */
  readonly members: Int32Array
  /** [node] */
  readonly count: Int32Array
  /** [node * nodes + other] -1: not remembered there */
  readonly bitOf: Int8Array

  constructor({ nodes, cost }: Network, nearest: number) {
    const across = nodes + 1
    this.nodes = nodes
    this.members = new Int32Array(nodes * MOST_NEIGHBOURS)
    this.count = new Int32Array(nodes)
    this.bitOf = new Int8Array(nodes * nodes).fill(-1)
    for (let node = 0; node < nodes; node++) {
      this.remember(node, node)
      const round = (other: number) => cost[node * across + other] + cost[other * across + node]
      // only what can be driven there and back can be a circle
      const others = Array.from({ length: nodes }, (_, other) => other).filter(
        (other) => other !== node && round(other) < Number.POSITIVE_INFINITY,
      )
      others.sort((a, b) => round(a) - round(b) || a - b)
      for (const other of others.slice(0, Math.max(0, nearest - 1))) this.remember(node, other)
    }
  }

  /** False: it did already, or the list is full. */
  remember(node: number, other: number): boolean {
    const { members, count, bitOf, nodes } = this
    if (bitOf[node * nodes + other] >= 0 || count[node] === MOST_NEIGHBOURS) return false
    bitOf[node * nodes + other] = count[node]
    members[node * MOST_NEIGHBOURS + count[node]++] = other
    return true
  }

  /** Whether the route never returns to what it remembers. */
  allows(visits: readonly number[]): boolean {
    return visits.every((node, at) => {
      for (let before = at - 1; before >= 0; before--) {
        if (visits[before] === node) return false
        if (this.bitOf[visits[before] * this.nodes + node] < 0) return true
      }
      return true
    })
  }

  /** Makes the shortest circles of the route impossible; false where nothing could be done. */
  forbid(visits: readonly number[]): boolean {
    const last = new Map<number, number>()
    let circle: readonly number[] | null = null
    for (const [at, node] of visits.entries()) {
      const before = last.get(node)
      if (before !== undefined && (circle === null || at - before < circle.length)) {
        const inside = visits.slice(before, at)
        if (
          inside.every(
            (between) => this.bitOf[between * this.nodes + node] >= 0 || this.count[between] < MOST_NEIGHBOURS,
          )
        )
          circle = inside
      }
      last.set(node, at)
    }
    if (!circle) return false
    const [node] = circle
    return circle.map((between) => this.remember(between, node)).some(Boolean)
  }
}
