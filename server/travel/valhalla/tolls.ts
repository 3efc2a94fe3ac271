/** What a path costs in tolls and how much of it lies on expressways, from the roads that it follows. */
import { Type } from 'typebox'
import { TRUCK_PACE } from '../profiles.ts'
import type { TravelProfile } from '../provider.ts'
import { type Lanes, type TolledLink, type TollSystem, tollKrw } from '../toll.ts'
import { trunkNetwork } from '../trunkNetwork.ts'
import type { ValhallaActor } from './actor.ts'
import { readAnswer } from './answer.ts'
import { truckCosting } from './costing.ts'

/**
 * Ramps and short stretches of an expressway are not always tagged as tolled. One of up to so many metres between two tolled
 * ones, never off the expressway, does not end a ride and costs nothing itself (X).
 */
const MAX_GAP_M = 2000

const EdgesSchema = Type.Object({
  edges: Type.Array(
    Type.Object({
      /** kilometres, cut to what is driven of the first and the last */
      length: Type.Number(),
      road_class: Type.Optional(Type.String()),
      toll: Type.Optional(Type.Boolean()),
      /** In the direction driven. */
      lane_count: Type.Optional(Type.Number()),
      use: Type.Optional(Type.String()),
      names: Type.Optional(Type.Array(Type.String())),
    }),
  ),
})
const ATTRIBUTES = ['length', 'road_class', 'toll', 'lane_count', 'use', 'names'].map((name) => `edge.${name}`)

type Edge = Type.Static<typeof EdgesSchema>['edges'][number]

export interface Rides {
  readonly links: readonly TolledLink[]
  readonly expresswayM: number
}

/** `shape`: of a route of the same truck, precision 6. */
export async function ridesOf(
  actor: ValhallaActor,
  name: string,
  shape: string,
  profile: TravelProfile,
  signal: AbortSignal | undefined,
): Promise<Rides> {
  const request = {
    ...truckCosting(profile),
    encoded_polyline: shape,
    // the very roads of the route; matched by nearness where its line does not lead over them exactly
    shape_match: 'walk_or_snap',
    filters: { action: 'include', attributes: ATTRIBUTES },
  }
  const { edges } = readAnswer(
    EdgesSchema,
    await actor.ask('trace_attributes', request, signal),
    name,
    'trace_attributes',
  )
  const expresswayKm = edges.reduce((sum, { road_class, length }) => sum + (road_class === 'motorway' ? length : 0), 0)
  return { links: bridgeGaps(edges), expresswayM: Math.round(expresswayKm * 1000) }
}

export const tollOfRides = ({ links }: Rides, { truck }: TravelProfile): number =>
  tollKrw(links, TRUCK_PACE[truck].tollClass)

function linkOf({ toll, length, lane_count = 2, use, names = [] }: Edge): TolledLink {
  // one lane of a ramp says nothing of the road's width
  const lanes: Lanes = use === 'ramp' || lane_count === 2 ? '4' : lane_count < 2 ? '2' : '6+'
  return { toll: toll ? systemOf(names) : 'none', lanes, distanceM: length * 1000 }
}

function bridgeGaps(edges: readonly Edge[]): TolledLink[] {
  const links: TolledLink[] = []
  let gap: Edge[] = []
  const closeGap = () => {
    links.push(...gap.map(linkOf))
    gap = []
  }
  for (const edge of edges) {
    if (!edge.toll) {
      gap.push(edge)
      continue
    }
    const gapM = gap.reduce((sum, { length }) => sum + length * 1000, 0)
    const leaves = gap.some(({ road_class, use }) => road_class !== 'motorway' && use !== 'ramp')
    if (links.length === 0 || leaves || gapM > MAX_GAP_M) closeGap()
    gap = []
    links.push(linkOf(edge))
  }
  closeGap()
  return links
}

let systems: Map<string, TollSystem> | undefined

/** A map does not tell who asks for the toll. By the road's name where the trunk network knows it, else as the closed system (X). */
function systemOf(names: readonly string[]): TollSystem {
  systems ??= systemsByName()
  for (const name of names) {
    const system = systems.get(plain(name))
    if (system) return system
  }
  return 'closed'
}

const plain = (name: string): string => name.replace(/\(.*$/, '').replaceAll(/\s/g, '')

/** The system of most of a road's tolled kilometres. */
function systemsByName(): Map<string, TollSystem> {
  const metres = new Map<string, Map<TollSystem, number>>()
  for (const { name, kind, toll, distanceM } of trunkNetwork().links) {
    if (kind !== 'expressway' || toll === 'none') continue
    const bySystem = metres.get(plain(name)) ?? new Map<TollSystem, number>()
    metres.set(plain(name), bySystem.set(toll, (bySystem.get(toll) ?? 0) + distanceM))
  }
  return new Map([...metres].map(([name, bySystem]) => [name, [...bySystem].sort((a, b) => b[1] - a[1])[0]![0]]))
}

/** Changes with every figure of the tariff that can shape a toll here. */
export function tollFigures({ truck }: TravelProfile): string {
  const ride = (toll: TollSystem, lanes: Lanes): TolledLink => ({ toll, lanes, distanceM: 1_234_567 })
  const rides = (['closed', 'open', 'private'] as const).flatMap((toll) =>
    (['2', '4', '6+'] as const).map((lanes) => tollKrw([ride(toll, lanes)], TRUCK_PACE[truck].tollClass)),
  )
  return `toll${TRUCK_PACE[truck].tollClass}-${rides.join('-')}`
}
