/**
 * Where on the roads a place stands, decided once a place, before any figure is asked for.
 *
 * Left to itself Valhalla offers several roads around a place to each question, and its algorithms choose among them
 * differently: a truck would arrive on one road and leave from another, and a matrix would contradict the route on its map
 * (on a district of Seoul every twelfth pair did). So each place is put on one road: the nearest from which and to which a
 * good part of the network is in reach, else the nearest at all.
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
})
const LocateSchema = Type.Array(Type.Object({ edges: Type.Union([Type.Array(Edge), Type.Null()]) }))

/** As a location in a request: on the road already, so nothing is searched for. */
export interface Snapped {
  readonly lon: number
  readonly lat: number
  readonly search_cutoff: number
  readonly minimum_reachability: number
}

export interface Snaps {
  /** In the order of the places; undefined where no road is near. */
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
      snapped.push(
        edge && { lon: edge.correlated_lon, lat: edge.correlated_lat, search_cutoff: 50, minimum_reachability: 0 },
      )
    }
  }
  const lost = places.flatMap(({ id, lng, lat }, index) => (snapped[index] ? [] : [{ index, id, lng, lat }]))
  return { snapped, lost }
}

type Edge = Type.Static<typeof Edge>

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
