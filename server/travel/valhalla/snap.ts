/**
 * Where on the roads a place stands, decided once a place, before any figure is asked for.
 *
 * Left to itself Valhalla offers several roads around a place to each question, and its algorithms choose among them
 * differently: a truck would arrive on one road and leave from another, and a matrix would contradict the route on its map
 * (on a district of Seoul every twelfth pair did). So each place is put on one road: the nearest from which and to which a
 * good part of the network is in reach, else the nearest at all. A place that trucks can only come to or only leave is told
 * of as one that no road reaches.
 */
import { Type } from 'typebox'
import type { TravelPlace, TravelProfile, UnreachablePlace } from '../provider.ts'
import type { ValhallaActor } from './actor.ts'
import { readAnswer } from './answer.ts'
import { truckCosting } from './costing.ts'

/** A place farther than this from every road that its truck may use is reached by none. */
const MAX_SNAP_M = 1000
/** Nodes in reach; a car park or a stub cut off at the edge of an extract has fewer. Valhalla's own default. */
const REACH = 50
/** Locations a question: `service_limits` do not bound them, memory does. */
const LOCATIONS = 500

const Edge = Type.Object({
  correlated_lat: Type.Number(),
  correlated_lon: Type.Number(),
  /** metres */
  distance: Type.Number(),
  outbound_reach: Type.Integer(),
  inbound_reach: Type.Integer(),
  percent_along: Type.Number(),
  edge: Type.Object({
    bridge: Type.Boolean(),
    tunnel: Type.Boolean(),
    classification: Type.Object({ classification: Type.String(), use: Type.String() }),
  }),
})
const LocateSchema = Type.Array(Type.Object({ edges: Type.Union([Type.Array(Edge), Type.Null()]) }))

/** As a location in a request: on the road already, and told from one that crosses over or under it there. */
export type Snapped = ReturnType<typeof onRoad>

export interface Snaps {
  /** In the order of the places; undefined for the lost. */
  readonly snapped: readonly (Snapped | undefined)[]
  readonly lost: readonly UnreachablePlace[]
}

export async function snapPlaces(
  actor: ValhallaActor,
  name: string,
  places: readonly TravelPlace[],
  profile: TravelProfile,
  signal?: AbortSignal,
): Promise<Snaps> {
  const locate = async (part: readonly TravelPlace[]) => {
    const answer = await actor.ask(
      'locate',
      {
        ...truckCosting(profile),
        locations: part.map(({ lng, lat }) => ({
          lon: lng,
          lat,
          search_cutoff: MAX_SNAP_M,
          minimum_reachability: REACH,
        })),
        verbose: true,
      },
      signal,
    )
    return readAnswer(LocateSchema, answer, name, 'locate', (rows) => rows.length === part.length).map(
      ({ edges }) => edges ?? [],
    )
  }

  const snapped: (Snapped | undefined)[] = []
  for (let start = 0; start < places.length; start += LOCATIONS) {
    const part = places.slice(start, start + LOCATIONS)
    for (const edges of await locate(part)) {
      const edge = bestOf(edges)
      snapped.push(edge && !isTrap(edge) ? onRoad(edge) : undefined)
    }
  }
  const lost = places.flatMap(({ id, lng, lat }, index) => (snapped[index] ? [] : [{ index, id, lng, lat }]))
  return { snapped, lost }
}

type Edge = Type.Static<typeof Edge>

/** Room for the rounding of coordinates, m. */
const AT_MOST_M = 50

function onRoad({ correlated_lon, correlated_lat, percent_along, edge: { bridge, tunnel, classification } }: Edge) {
  const place = { lon: correlated_lon, lat: correlated_lat, search_cutoff: AT_MOST_M, minimum_reachability: 0 }
  // at a crossing, any of the roads that meet there
  if (percent_along === 0 || percent_along === 1) return place
  return {
    ...place,
    // the crossing nearby is another place
    node_snap_tolerance: 0,
    search_filter: {
      min_road_class: classification.classification,
      max_road_class: classification.classification,
      exclude_bridge: !bridge,
      exclude_tunnel: !tunnel,
      exclude_ramp: classification.use !== 'ramp',
    },
  }
}

/** The network leads there or from there, but not both: a one-way street cut off at the edge of an extract, or drawn wrongly. */
const isTrap = ({ inbound_reach, outbound_reach }: Edge): boolean =>
  Math.max(inbound_reach, outbound_reach) >= REACH && Math.min(inbound_reach, outbound_reach) < REACH

const reachOf = (edge: Edge): number => Math.min(REACH, edge.outbound_reach, edge.inbound_reach)

/** The best connected, of those the nearest, of those the first. */
function bestOf(edges: readonly Edge[]): Edge | undefined {
  return edges
    .filter(({ distance }) => distance <= MAX_SNAP_M)
    .reduce<Edge | undefined>((best, edge) => {
      if (!best || reachOf(edge) > reachOf(best)) return edge
      return reachOf(edge) === reachOf(best) && edge.distance < best.distance ? edge : best
    }, undefined)
}
