/**
 * The trunk roads of mainland South Korea as a graph: where they come from and how good they are, see trunk/README.md.
 *
 * Besides the roads of the tables the graph holds connectors: local legs between nodes, kept only where they beat every
 * road. They stand for the streets the tables leave out, and they make times a metric: with them no place anywhere
 * offers a short cut that the graph has not already taken.
 */
import { readFileSync } from 'node:fs'
import { MultiUndirectedGraph } from 'graphology'
import { localLeg } from './local.ts'
import type { Lanes, TollSystem } from './toll.ts'

interface TrunkNode {
  readonly index: number
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly kind: 'junction' | 'interchange' | 'town' | 'complex' | 'port'
  readonly lng: number
  readonly lat: number
}

export interface TrunkLink {
  readonly index: number
  /** Node indices; a link may be driven both ways. */
  readonly from: number
  readonly to: number
  readonly kind: 'expressway' | 'national' | 'local' | 'connector'
  readonly roadNo: string
  readonly name: string
  /** At the planning speed of a medium truck. */
  readonly durationMs: number
  readonly distanceM: number
  readonly toll: TollSystem
  readonly lanes: Lanes
}

export interface TrunkNetwork {
  readonly graph: MultiUndirectedGraph<TrunkNode, TrunkLink>
  readonly nodes: readonly TrunkNode[]
  /** The roads of the table first, then the connectors. */
  readonly links: readonly TrunkLink[]
  /** 1 where local streets meet the node; 0 at a junction of expressways only, which no local leg can enter. */
  readonly accessible: Uint8Array
  /** The two tables as read, for the version of the data. */
  readonly text: string
}

/** Fastest ways from one origin to all nodes. */
export interface FastestTree {
  /** Per node, from the origin. */
  readonly durationMs: Float64Array
  /** Per node, the link by which it is reached; -1 where the origin itself enters the network. */
  readonly link: Int32Array
}

const readTable = (name: string) => readFileSync(new URL(`trunk/${name}`, import.meta.url), 'utf8')

/** Our own tables only: no field of theirs holds a comma or a quote, so splitting is parsing. */
export function tableRows(text: string): Readonly<Record<string, string>>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/)
  const columns = header!.split(',')
  return lines.map((line) => {
    const fields = line.split(',')
    if (fields.length !== columns.length)
      throw new Error(`${fields.length} fields for ${columns.length} columns: ${line}`)
    return Object.fromEntries(columns.map((column, k) => [column, fields[k]!]))
  })
}

let loaded: TrunkNetwork | undefined

/** Read once per process: the tables are part of the program. */
export function trunkNetwork(): TrunkNetwork {
  loaded ??= buildNetwork(readTable('nodes.csv'), readTable('links.csv'))
  return loaded
}

function buildNetwork(nodesText: string, linksText: string): TrunkNetwork {
  const graph = new MultiUndirectedGraph<TrunkNode, TrunkLink>()
  const nodes: TrunkNode[] = []
  const links: TrunkLink[] = []
  const addLink = (link: TrunkLink) => {
    links.push(link)
    graph.addEdge(nodes[link.from]!.id, nodes[link.to]!.id, link)
  }

  for (const row of tableRows(nodesText)) {
    const kind = row.kind as TrunkNode['kind']
    const [lng, lat] = [Number(row.lng), Number(row.lat)]
    const node = { index: nodes.length, id: row.id!, name: row.name_ko!, nameEn: row.name_en!, kind, lng, lat }
    nodes.push(node)
    graph.addNode(node.id, node)
  }

  const accessible = Uint8Array.from(nodes, (node) => (node.kind === 'junction' ? 0 : 1))
  for (const row of tableRows(linksText)) {
    const from = graph.getNodeAttribute(row.from, 'index')
    const to = graph.getNodeAttribute(row.to, 'index')
    const kind = row.kind as TrunkLink['kind']
    if (kind !== 'expressway') accessible[from] = accessible[to] = 1
    addLink({
      index: links.length,
      from,
      to,
      kind,
      roadNo: row.road_no!,
      name: row.road_name!,
      durationMs: Math.ceil((Number(row.km) / Number(row.speed_class_kmh)) * 3_600_000),
      distanceM: Math.round(Number(row.km) * 1000),
      toll: row.toll as TollSystem,
      lanes: row.lanes as Lanes,
    })
  }

  // a local leg that a road beats would never be driven, so these few stand for all of them
  const network = { graph, nodes, links, accessible, text: nodesText + linksText }
  const street = { kind: 'connector', roadNo: '', name: '', toll: 'none', lanes: '2' } as const
  const connectors: Omit<TrunkLink, 'index'>[] = []
  for (let from = 0; from < nodes.length; from++) {
    if (!accessible[from]) continue
    const byRoad = fastestFrom(network, entryAt(network, from)).durationMs
    for (let to = from + 1; to < nodes.length; to++) {
      if (!accessible[to]) continue
      const local = localLeg(nodes[from]!, nodes[to]!)
      if (local.durationMs < byRoad[to]!) connectors.push({ ...street, from, to, ...local })
    }
  }
  for (const connector of connectors) addLink({ index: links.length, ...connector })
  return network
}

/** Entry times of an origin that is itself a node. */
export function entryAt(network: TrunkNetwork, node: number): Float64Array {
  return new Float64Array(network.nodes.length).fill(Number.POSITIVE_INFINITY).fill(0, node, node + 1)
}

/**
 * Fastest ways to every node from an origin that may enter the network at any node, each at its own time.
 * Dijkstra (1959), A note on two problems in connexion with graphs, Numerische Mathematik 1, with a binary heap.
 * Differs from the paper: starts from many nodes at once; outdated heap entries stay and are skipped when they surface.
 * Own code because graphology-shortest-path 2.1.0 starts all sources at zero, returns nodes where we need links (two
 * roads may join the same nodes) and takes 0.45 ms a source against 0.08.
 */
export function fastestFrom(network: TrunkNetwork, entryMs: Float64Array): FastestTree {
  const { graph, nodes } = network
  const durationMs = Float64Array.from(entryMs)
  const link = new Int32Array(nodes.length).fill(-1)
  const settled = new Uint8Array(nodes.length)
  const heapMs: number[] = []
  const heapNode: number[] = []

  const push = (ms: number, node: number) => {
    let slot = heapMs.length
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (heapMs[parent]! <= ms) break
      heapMs[slot] = heapMs[parent]!
      heapNode[slot] = heapNode[parent]!
      slot = parent
    }
    heapMs[slot] = ms
    heapNode[slot] = node
  }
  const pop = (): number => {
    const top = heapNode[0]!
    const ms = heapMs.pop()!
    const node = heapNode.pop()!
    const size = heapMs.length
    if (size === 0) return top
    let slot = 0
    for (let child = 1; child < size; child = 2 * slot + 1) {
      if (child + 1 < size && heapMs[child + 1]! < heapMs[child]!) child++
      if (heapMs[child]! >= ms) break
      heapMs[slot] = heapMs[child]!
      heapNode[slot] = heapNode[child]!
      slot = child
    }
    heapMs[slot] = ms
    heapNode[slot] = node
    return top
  }

  entryMs.forEach((ms, node) => {
    if (ms < Number.POSITIVE_INFINITY) push(ms, node)
  })
  while (heapMs.length > 0) {
    const node = pop()
    if (settled[node]) continue
    settled[node] = 1
    graph.forEachEdge(nodes[node]!.id, (_, road) => {
      const next = road.from === node ? road.to : road.from
      const ms = durationMs[node]! + road.durationMs
      if (ms >= durationMs[next]!) return
      durationMs[next] = ms
      link[next] = road.index
      push(ms, next)
    })
  }
  return { durationMs, link }
}

/** The roads for a map, as straight segments between their nodes; connectors are no roads. */
export function trunkRoads() {
  const { nodes, links } = trunkNetwork()
  const position = (node: number) => [nodes[node]!.lng, nodes[node]!.lat] as [number, number]
  return {
    type: 'FeatureCollection' as const,
    features: [
      ...links
        .filter((link) => link.kind !== 'connector')
        .map(({ from, to, kind, roadNo, name }) => ({
          type: 'Feature' as const,
          geometry: { type: 'LineString' as const, coordinates: [position(from), position(to)] },
          properties: { kind, road_no: roadNo, name },
        })),
      ...nodes.map(({ kind, name, nameEn, lng, lat }) => ({
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: [lng, lat] as [number, number] },
        properties: { kind, name, nameEn },
      })),
    ],
  }
}
