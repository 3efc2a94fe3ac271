/** What a way costs in tolls, how much of it lies on expressways and how far it slows a truck, from the roads that it follows. */
import polyline from '@mapbox/polyline'
import { Type } from 'typebox'
import { tollAtHour } from '../discounts.ts'
import { TRUCK_BODY, TRUCK_PACE } from '../profiles.ts'
import type { TravelProfile } from '../provider.ts'
import { type Lanes, type TimedLink, type TolledLink, type TollSystem, tollKrw } from '../toll.ts'
import { trunkNetwork } from '../trunkNetwork.ts'
import { type ValhallaActor, ValhallaRefusal } from './actor.ts'
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
      /** km/h, that a time is reckoned with */
      speed: Type.Optional(Type.Number()),
      /** km/h, where a sign bounds trucks; 0 or absent where none does */
      truck_speed: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
      road_class: Type.Optional(Type.String()),
      toll: Type.Optional(Type.Boolean()),
      /** In the direction driven. */
      lane_count: Type.Optional(Type.Number()),
      use: Type.Optional(Type.String()),
      names: Type.Optional(Type.Array(Type.String())),
    }),
  ),
})
const FIELDS = ['length', 'speed', 'truck_speed', 'road_class', 'toll', 'lane_count', 'use', 'names']

type Edge = Type.Static<typeof EdgesSchema>['edges'][number]

interface WayLink extends TimedLink {
  /** On an expressway, as fast as the engine drives it; 0 beside. */
  readonly kmh: number
}

/** The same for every truck that drives it. */
export interface Way {
  readonly links: readonly WayLink[]
  readonly expressways: readonly { readonly km: number; readonly kmh: number }[]
}

/** `shape`: of a route of the same truck, precision 6. */
export async function walkWay(
  actor: ValhallaActor,
  name: string,
  shape: string,
  profile: TravelProfile,
  signal: AbortSignal | undefined,
): Promise<Way> {
  const trace = async (encoded_polyline: string, shape_match: string) => {
    const filters = { action: 'include', attributes: FIELDS.map((field) => `edge.${field}`) }
    const request = { ...truckCosting(profile), encoded_polyline, shape_match, filters }
    return readAnswer(EdgesSchema, await actor.ask('trace_attributes', request, signal), name, 'trace_attributes').edges
  }
  const edges = await trace(shape, 'edge_walk').catch(async (error: unknown) => {
    if (!(error instanceof ValhallaRefusal)) throw error
    // the line does not lead over whole roads: match it by nearness, which wants points close to each other
    return await trace(densified(shape), 'map_snap')
  })
  const expressways = edges
    .filter(({ road_class }) => road_class === 'motorway')
    .map((edge) => ({ km: edge.length, kmh: kmhOf(edge) }))
  return {
    links: joined(bridgeGaps(edges), ['distanceM', 'durationS'], ['toll', 'lanes', 'kmh']),
    expressways: joined(expressways, ['km'], ['kmh']),
  }
}

/** Neighbours that are alike as one: a way of hundreds of roads is kept as a few stretches. */
function joined<T extends object>(
  stretches: readonly T[],
  sums: readonly (keyof T)[],
  alike: readonly (keyof T)[],
): T[] {
  const list: T[] = []
  for (const stretch of stretches) {
    const last = list.at(-1)
    if (last && alike.every((field) => last[field] === stretch[field])) {
      const summed = sums.map((field) => [field, Number(last[field]) + Number(stretch[field])])
      list[list.length - 1] = { ...last, ...Object.fromEntries(summed) }
    } else list.push(stretch)
  }
  return list
}

/** Valhalla's bound of every truck, where no sign tells another. */
const ASSUMED_KMH = 120

const kmhOf = ({ speed = 0, truck_speed }: Edge): number => Math.min(speed, truck_speed || ASSUMED_KMH, ASSUMED_KMH)

export function tollOf({ links }: Way, profile: TravelProfile): number {
  const { expresswayKmh } = TRUCK_BODY[profile.truck]
  return tollAtHour(profile, TRUCK_PACE[profile.truck].tollClass, links, () =>
    links.map((link) => ({ ...link, durationS: link.durationS * Math.max(1, link.kmh / expresswayKmh) })),
  )
}

export const expresswayMOf = ({ expressways }: Way): number =>
  Math.round(expressways.reduce((sum, { km }) => sum + km * 1000, 0))

/** What a truck loses on expressways that are faster than it may drive. */
export function slowedS({ expressways }: Way, { truck }: TravelProfile): number {
  const { expresswayKmh } = TRUCK_BODY[truck]
  return expressways.reduce(
    (sum, { km, kmh }) => sum + (kmh > expresswayKmh ? 3600 * km * (1 / expresswayKmh - 1 / kmh) : 0),
    0,
  )
}

/** About a kilometre of latitude. */
const STEP_DEGREES = 0.009

function densified(shape: string): string {
  const points = polyline.decode(shape, 6)
  const dense = points.flatMap((point, k) => {
    const before = points[k - 1] ?? point
    const steps = Math.max(1, Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / STEP_DEGREES))
    const along = (axis: 0 | 1, step: number) => before[axis] + ((point[axis] - before[axis]) * (step + 1)) / steps
    return Array.from({ length: steps }, (_, step): [number, number] => [along(0, step), along(1, step)])
  })
  return polyline.encode(dense, 6)
}

function linkOf(edge: Edge): WayLink {
  const { toll, length, lane_count = 2, use, names = [], road_class } = edge
  const kmh = kmhOf(edge)
  // one lane of a ramp says nothing of the road's width
  const lanes: Lanes = use === 'ramp' || lane_count === 2 ? '4' : lane_count < 2 ? '2' : '6+'
  return {
    toll: toll ? systemOf(names) : 'none',
    lanes,
    distanceM: length * 1000,
    durationS: kmh > 0 ? (3600 * length) / kmh : 0,
    kmh: road_class === 'motorway' ? kmh : 0,
  }
}

function bridgeGaps(edges: readonly Edge[]): WayLink[] {
  const links: WayLink[] = []
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
    const link = linkOf(edge)
    // a stretch that costs nothing takes its time all the same
    const bridgedS = gap.reduce((sum, bridged) => sum + linkOf(bridged).durationS, 0)
    gap = []
    links.push({ ...link, durationS: link.durationS + bridgedS })
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
