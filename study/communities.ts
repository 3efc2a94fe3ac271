/**
 * Communities of a network of suppliers and firms: nodes that have more to do with each other than chance would have it.
 * Blondel, Guillaume, Lambiotte & Lefebvre (2008), Fast unfolding of communities in large networks, J. Stat. Mech. P10008.
 * Differs from the paper: links run from suppliers to firms only, so chance is measured for directed links (Leicht & Newman 2008, Phys.
 * Rev. Lett. 100, 118703, eq. 3), which on such a network is the bipartite modularity of Barber (2007), Phys. Rev. E 76, 066102. Nodes
 * are taken in their order and a tie leaves a node where it is: the same links give the same communities.
 */

export interface Edge {
  readonly from: number
  readonly to: number
  readonly weight: number
}
export const sumOf = (edges: readonly Edge[]): number => edges.reduce((sum, { weight }) => sum + weight, 0)

/** Share of the weight inside communities, less what chance would put there. */
export function modularityOf(edges: readonly Edge[], community: readonly number[]): number {
  const whole = sumOf(edges)
  if (whole === 0) return 0
  const [out, into] = [new Map<number, number>(), new Map<number, number>()]
  let inside = 0
  for (const { from, to, weight } of edges) {
    out.set(community[from], (out.get(community[from]) ?? 0) + weight)
    into.set(community[to], (into.get(community[to]) ?? 0) + weight)
    if (community[from] === community[to]) inside += weight
  }
  const chance = [...out].reduce((sum, [id, weight]) => sum + weight * (into.get(id) ?? 0), 0)
  return inside / whole - chance / whole ** 2
}

/** A gain below this is rounding. */
const EPSILON = 1e-12

/** [node]: the number of its community. */
export function communitiesOf(nodes: number, edges: readonly Edge[]): number[] {
  const whole = sumOf(edges)
  const community = Array.from({ length: nodes }, (_, node) => node)
  if (whole === 0) return community
  for (let [count, level] = [nodes, edges]; ; ) {
    const moved = moveNodes(count, level, whole)
    const numbers = [...new Set(moved)].sort((a, b) => a - b)
    if (numbers.length === count) return community
    // communities become the nodes of the next round
    const numberOf = new Map(numbers.map((id, index) => [id, index]))
    for (let node = 0; node < nodes; node++) community[node] = numberOf.get(moved[community[node]])!
    level = level.map(({ from, to, weight }) => ({
      from: numberOf.get(moved[from])!,
      to: numberOf.get(moved[to])!,
      weight,
    }))
    count = numbers.length
  }
}

/** Moves one node at a time to where it gains most, until none gains. */
function moveNodes(nodes: number, edges: readonly Edge[], whole: number): number[] {
  const community = Array.from({ length: nodes }, (_, node) => node)
  const [out, into] = [new Float64Array(nodes), new Float64Array(nodes)]
  const neighbours = Array.from({ length: nodes }, () => new Map<number, number>())
  for (const { from, to, weight } of edges) {
    out[from] += weight
    into[to] += weight
    if (from === to) continue
    neighbours[from].set(to, (neighbours[from].get(to) ?? 0) + weight)
    neighbours[to].set(from, (neighbours[to].get(from) ?? 0) + weight)
  }
  const [outOf, intoOf] = [out.slice(), into.slice()]
  for (let moves = 1; moves > 0; ) {
    moves = 0
    for (let node = 0; node < nodes; node++) {
      const home = community[node]
      outOf[home] -= out[node]
      intoOf[home] -= into[node]
      const toward = new Map<number, number>([[home, 0]])
      for (const [other, weight] of neighbours[node])
        toward.set(community[other], (toward.get(community[other]) ?? 0) + weight)
      const gain = (to: number): number =>
        toward.get(to)! / whole - (out[node] * intoOf[to] + into[node] * outOf[to]) / whole ** 2
      let best = home
      for (const other of [...toward.keys()].sort((a, b) => a - b)) if (gain(other) > gain(best) + EPSILON) best = other
      outOf[best] += out[node]
      intoOf[best] += into[node]
      if (best !== home) moves++
      community[node] = best
    }
  }
  return community
}
