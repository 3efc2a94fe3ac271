/**
 * The network of suppliers and firms: which belong together, and which supplier is missed by whom.
 * Cut vertices: Hopcroft & Tarjan (1973), Algorithm 447, Comm. ACM 16(6).
 */
import { UndirectedGraph } from 'graphology'
import { communitiesOf, type Edge, modularityOf, sumOf } from './communities.ts'

export interface Link {
  readonly supplier: string
  readonly firm: string
  /** what goes along it; a firm needs each of its items */
  readonly item: string
  /** 0: an alternative that could deliver at once */
  readonly weight: number
}

export interface Cluster {
  readonly suppliers: readonly string[]
  readonly firms: readonly string[]
  /** of what these firms and suppliers move with anybody, what stays among them */
  readonly insideShare: number
  /** of what stays among them */
  readonly weight: number
}

export interface SinglePoint {
  readonly supplier: string
  /** firms that have no other supplier at all; of orders: that have shown it three times */
  readonly cutOff: readonly string[]
  /** firms that have no other supplier of an item */
  readonly stops: readonly { readonly item: string; readonly firms: readonly string[] }[]
  /** of all firms of the network, those that stop for lack of an item */
  readonly stopShare: number
  /** without it the network falls into more parts */
  readonly isCutVertex: boolean
}

export interface Network {
  readonly suppliers: number
  readonly firms: number
  readonly links: readonly { readonly supplier: string; readonly firm: string; readonly weight: number }[]
  /** weight: won a year, kg, or pairs of firm and item */
  readonly unit: 'krw' | 'kg' | 'needs'
  /** natural milk-run clusters, the heaviest first */
  readonly clusters: readonly Cluster[]
  /** −0.5 to 1: how much more stays inside the clusters than chance would have it */
  readonly modularity: number
  /** suppliers somebody depends on, the one that stops most firms first */
  readonly singlePoints: readonly SinglePoint[]
}

interface Node {
  readonly kind: 'supplier' | 'firm'
  readonly id: string
}
/** Fewer orders of one supplier do not show that there is no other: they are orders, not a register. */
const LEAST_ORDERS = 3

type Web = UndirectedGraph<Node, { weight: number }>

export function networkOf(listed: readonly Link[], unit: Network['unit']): Network {
  const links = listed.toSorted(
    (a, b) => byName(a.supplier, b.supplier) || byName(a.firm, b.firm) || byName(a.item, b.item) || a.weight - b.weight,
  )
  const web = webOf(links)
  const clusters = clustersOf(web)
  const of = (kind: Node['kind']): number => web.filterNodes((_, node) => node.kind === kind).length
  return {
    suppliers: of('supplier'),
    firms: of('firm'),
    links: web.mapEdges((_, { weight }, source, target) => ({
      supplier: web.getNodeAttributes(source).id,
      firm: web.getNodeAttributes(target).id,
      weight,
    })),
    unit,
    ...clusters,
    singlePoints: singlePointsOf(web, links, unit === 'kg' ? LEAST_ORDERS : 1),
  }
}

const byName = (a: string, b: string): number => Number(a > b) - Number(a < b)

/** Nodes in the order of their names, an edge from each supplier to each firm that it serves. */
function webOf(links: readonly Link[]): Web {
  const web: Web = new UndirectedGraph()
  const add = (kind: Node['kind'], ids: readonly string[]): void => {
    for (const id of [...new Set(ids)].sort()) web.addNode(keyOf(kind, id), { kind, id })
  }
  add(
    'supplier',
    links.map(({ supplier }) => supplier),
  )
  add(
    'firm',
    links.map(({ firm }) => firm),
  )
  for (const { supplier, firm, weight } of links) {
    const [from, to] = [keyOf('supplier', supplier), keyOf('firm', firm)]
    if (web.hasEdge(from, to)) web.updateEdgeAttribute(from, to, 'weight', (before = 0) => before + weight)
    else web.addEdge(from, to, { weight })
  }
  return web
}
const keyOf = (kind: Node['kind'], id: string): string => `${kind} ${id}`

function clustersOf(web: Web): Pick<Network, 'clusters' | 'modularity'> {
  const keys = web.nodes()
  const indexOf = new Map(keys.map((key, index) => [key, index]))
  const edges = web.mapEdges(
    (_, { weight }, source, target): Edge => ({
      from: indexOf.get(source)!,
      to: indexOf.get(target)!,
      weight,
    }),
  )
  const community = communitiesOf(keys.length, edges)
  const groups = Map.groupBy(
    keys.map((key, index) => ({ node: web.getNodeAttributes(key), community: community[index] })),
    (entry) => entry.community,
  )
  const clusters = [...groups].flatMap(([id, members]): Cluster[] => {
    const touching = edges.filter(({ from, to }) => community[from] === id || community[to] === id)
    const inside = touching.filter(({ from, to }) => community[from] === community[to])
    const weight = sumOf(inside)
    if (weight <= 0) return []
    const named = (kind: Node['kind']) => members.flatMap(({ node }) => (node.kind === kind ? node.id : []))
    return [{ suppliers: named('supplier'), firms: named('firm'), insideShare: weight / sumOf(touching), weight }]
  })
  return { clusters: clusters.toSorted((a, b) => b.weight - a.weight), modularity: modularityOf(edges, community) }
}

function singlePointsOf(web: Web, links: readonly Link[], least: number): SinglePoint[] {
  const cuts = cutVerticesOf(web)
  const firms = new Set(links.map(({ firm }) => firm)).size
  const suppliersOf = Map.groupBy(links, ({ firm, item }) => JSON.stringify([firm, item]))
  const only = [...suppliersOf.values()].flatMap((own) =>
    own.length >= least && new Set(own.map(({ supplier }) => supplier)).size === 1 ? [own[0]] : [],
  )
  const linksOf = Map.groupBy(links, ({ firm }) => firm)
  return web
    .filterNodes((_, { kind }) => kind === 'supplier')
    .flatMap((key): SinglePoint[] => {
      const { id } = web.getNodeAttributes(key)
      const own = only.filter(({ supplier }) => supplier === id)
      const isCutVertex = cuts.has(key)
      if (own.length === 0 && !isCutVertex) return []
      const stops = [...Map.groupBy(own, ({ item }) => item)].map(([item, lacking]) => ({
        item,
        firms: lacking.map(({ firm }) => firm).sort(),
      }))
      return [
        {
          supplier: id,
          cutOff: web
            .filterNeighbors(key, (neighbour) => web.degree(neighbour) === 1)
            .map((neighbour) => web.getNodeAttributes(neighbour).id)
            .filter((firm) => linksOf.get(firm)!.length >= least),
          stops,
          stopShare: new Set(own.map(({ firm }) => firm)).size / firms,
          isCutVertex,
        },
      ]
    })
    .toSorted((a, b) => b.stopShare - a.stopShare)
}

/** Nodes without which the network falls into more parts. By hand-kept stack: a chain of firms may be deeper than calls go. */
function cutVerticesOf(web: Web): Set<string> {
  const cuts = new Set<string>()
  const [depth, low] = [new Map<string, number>(), new Map<string, number>()]
  for (const root of web.nodes()) {
    if (depth.has(root)) continue
    let branches = 0
    const stack = [{ key: root, parent: '', rest: web.neighbors(root) }]
    depth.set(root, 0)
    low.set(root, 0)
    while (stack.length > 0) {
      const { key, parent, rest } = stack[stack.length - 1]
      const next = rest.pop()
      if (next === undefined) {
        stack.pop()
        if (stack.length === 0) continue
        low.set(parent, Math.min(low.get(parent)!, low.get(key)!))
        if (parent !== root && low.get(key)! >= depth.get(parent)!) cuts.add(parent)
        if (parent === root) branches++
      } else if (!depth.has(next)) {
        depth.set(next, stack.length)
        low.set(next, stack.length)
        stack.push({ key: next, parent: key, rest: web.neighbors(next) })
      } else if (next !== parent) low.set(key, Math.min(low.get(key)!, depth.get(next)!))
    }
    if (branches > 1) cuts.add(root)
  }
  return cuts
}
