/**
 * The embedded provider: estimates from the trunk network, with no server and no map file.
 *
 * A journey is the faster of a local leg straight to the other place and a way through the network: a local leg to some
 * node, links, a local leg from some node. Every place may enter at every node that has streets, not only the nearest, so
 * nothing depends on which other places are asked for. Times obey the triangle inequality by construction (local.ts,
 * trunkNetwork.ts): no closure over the places is needed, and a pair alone gets the figures it gets in any matrix.
 */
import { createHash } from 'node:crypto'
import { discountKey, tollAtHour } from './discounts.ts'
import { LOCAL_DETOUR, LOCAL_KMH, localLeg } from './local.ts'
import { TRUCK_PACE, type TruckPace } from './profiles.ts'
import {
  NO_WAY,
  type TravelPlace,
  type TravelProfile,
  type TravelProvider,
  type UnreachablePlace,
  unreachableError,
} from './provider.ts'
import { type TimedLink, TOLL_FIGURES } from './toll.ts'
import { type FastestTree, fastestFrom, type TrunkLink, type TrunkNetwork, trunkNetwork } from './trunkNetwork.ts'

const NAME = 'trunk'

/**
 * A place with a longer local leg than this to every node, m, is not on the mainland: from its remotest village the
 * shortest is 119 km, from Tsushima 122, from Jeju 151 (C).
 */
const MAX_REACH_M = 120_000

/** A place and its local legs to the nodes; a node without streets is never reached. */
interface Origin {
  readonly place: TravelPlace
  readonly entryMs: Float64Array
  readonly entryM: Int32Array
  readonly nearestM: number
}

interface Journey {
  /** At the pace of a medium truck; whole milliseconds, so sums are exact. */
  readonly durationMs: number
  readonly distanceM: number
  /** Before the first of the links. */
  readonly entryMs: number
  readonly links: readonly TrunkLink[]
  /** Nodes on the way, in order. */
  readonly nodes: readonly number[]
}

export const trunk: TravelProvider = {
  name: NAME,
  estimated: true,
  cacheable: false,
  byHour: 'tolls',
  about: () => ({ kind: 'trunk' }),

  key(profile) {
    const { speedPercent, tollClass } = TRUCK_PACE[profile.truck]
    return `${NAME}:${version()}:speed${speedPercent}:toll${tollClass}${discountKey(profile)}`
  },

  unreachable(places) {
    const network = trunkNetwork()
    return findUnreachable(places.map((place) => enter(network, place)))
  },

  async matrix(from, to, profile, signal) {
    signal?.throwIfAborted()
    const pace = TRUCK_PACE[profile.truck]
    const network = trunkNetwork()
    const origins = from.map((place) => enter(network, place))
    const goals = to === from ? origins : to.map((place) => enter(network, place))
    const unreachable = { from: findUnreachable(origins), to: findUnreachable(goals) }
    const lostFrom = new Set(unreachable.from.map(({ index }) => index))
    const lostTo = new Set(unreachable.to.map(({ index }) => index))
    const size = origins.length * goals.length
    const durationS = new Int32Array(size)
    const distanceM = new Int32Array(size)
    const tolls = new Int32Array(size)
    const expresswayM = new Int32Array(size)
    for (const [row, origin] of origins.entries()) {
      const tree = lostFrom.has(row) ? undefined : fastestFrom(network, origin.entryMs)
      for (const [column, goal] of goals.entries()) {
        if (isSame(origin.place, goal.place)) continue
        const cell = row * goals.length + column
        if (!tree || lostTo.has(column)) {
          for (const cells of [durationS, distanceM, tolls, expresswayM]) cells[cell] = NO_WAY
          continue
        }
        const journey = fastestJourney(network, tree, origin, goal)
        durationS[cell] = wholeSeconds(journey, pace)
        distanceM[cell] = journey.distanceM
        tolls[cell] = tollOf(journey, profile)
        expresswayM[cell] = onExpressway(journey)
      }
    }
    return { durationS, distanceM, tollKrw: tolls, expresswayM, unreachable }
  },

  async path(stops, profile, signal) {
    signal?.throwIfAborted()
    const network = trunkNetwork()
    const origins = enterAll(network, stops)
    return origins.slice(1).map((to, k) => {
      const from = origins[k]!
      const journey = fastestJourney(network, fastestFrom(network, from.entryMs), from, to)
      const waypoints = [from.place, ...journey.nodes.map((node) => network.nodes[node]!), to.place]
      return {
        coordinates: waypoints.map(({ lng, lat }) => [lng, lat] as const),
        durationS: wholeSeconds(journey, TRUCK_PACE[profile.truck]),
        distanceM: journey.distanceM,
        tollKrw: tollOf(journey, profile),
        expresswayM: onExpressway(journey),
        straight: journey.links.every((link) => link.kind === 'connector'),
      }
    })
  },
}

const isSame = (a: TravelPlace, b: TravelPlace) => a === b || (a.lng === b.lng && a.lat === b.lat)

const onExpressway = (journey: Journey) =>
  journey.links.reduce((sum, { kind, distanceM }) => sum + (kind === 'expressway' ? distanceM : 0), 0)

/** Rounded up. Both operands are whole, so the quotient is never an ulp above a whole second. */
const wholeSeconds = (journey: Journey, pace: TruckPace) => Math.ceil(journey.durationMs / (10 * pace.speedPercent))

function tollOf({ entryMs, links }: Journey, profile: TravelProfile): number {
  const { tollClass, speedPercent } = TRUCK_PACE[profile.truck]
  const secondsOf = (durationMs: number) => durationMs / (10 * speedPercent)
  return tollAtHour(profile, tollClass, links, (): TimedLink[] => [
    { toll: 'none', lanes: '2', distanceM: 0, durationS: secondsOf(entryMs) },
    ...links.map((link) => ({ ...link, durationS: secondsOf(link.durationMs) })),
  ])
}

/** Every place entered, or all those at fault named at once. */
function enterAll(network: TrunkNetwork, places: readonly TravelPlace[]): Origin[] {
  const origins = places.map((place) => enter(network, place))
  const lost = findUnreachable(origins)
  if (lost.length === 0) return origins
  throw unreachableError(NAME, lost)
}

const findUnreachable = (origins: readonly Origin[]): UnreachablePlace[] =>
  origins.flatMap(({ place: { id, lng, lat }, nearestM }, index) => {
    // NaN is no distance either
    if (nearestM <= MAX_REACH_M) return []
    return [{ index, id, lng, lat }]
  })

function enter(network: TrunkNetwork, place: TravelPlace): Origin {
  const entryMs = new Float64Array(network.nodes.length).fill(Number.POSITIVE_INFINITY)
  const entryM = new Int32Array(network.nodes.length)
  let nearestM = Number.POSITIVE_INFINITY
  for (const node of network.nodes) {
    if (!network.accessible[node.index]) continue
    const leg = localLeg(place, node)
    entryMs[node.index] = leg.durationMs
    entryM[node.index] = leg.distanceM
    nearestM = Math.min(nearestM, leg.distanceM)
  }
  return { place, entryMs, entryM, nearestM }
}

/** `tree` starts at `from`. A tie goes to the local leg. */
function fastestJourney(network: TrunkNetwork, tree: FastestTree, from: Origin, to: Origin): Journey {
  const direct = localLeg(from.place, to.place)
  let durationMs = direct.durationMs
  let exit = -1
  for (let node = 0; node < tree.durationMs.length; node++) {
    const throughMs = tree.durationMs[node]! + to.entryMs[node]!
    if (throughMs >= durationMs) continue
    durationMs = throughMs
    exit = node
  }
  if (exit < 0) return { ...direct, entryMs: 0, links: [], nodes: [] }

  // walk back to where the journey entered the network
  const links: TrunkLink[] = []
  const nodes = [exit]
  let node = exit
  let distanceM = to.entryM[exit]!
  for (let step = tree.link[node]!; step >= 0; step = tree.link[node]!) {
    const link = network.links[step]!
    links.push(link)
    distanceM += link.distanceM
    node = link.from === node ? link.to : link.from
    nodes.push(node)
  }
  return {
    durationMs,
    distanceM: distanceM + from.entryM[node]!,
    entryMs: from.entryMs[node]!,
    links: links.reverse(),
    nodes: nodes.reverse(),
  }
}

/** To be raised when the way of computing changes; tables and constants speak for themselves. */
const METHOD = 1

let hash: string | undefined

/** Changes with everything that shapes a figure, so that no cache outlives it. */
function version(): string {
  const constants = { METHOD, LOCAL_DETOUR, LOCAL_KMH, TOLL_FIGURES }
  hash ??= createHash('sha256').update(trunkNetwork().text).update(JSON.stringify(constants)).digest('hex').slice(0, 12)
  return hash
}
