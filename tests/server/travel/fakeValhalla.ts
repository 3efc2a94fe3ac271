/**
 * A small Valhalla on loopback, for computers without the engine: the requests, answers and errors of valhalla_service 3.6, on roads
 * that are straight lines over a box. No road of it is an expressway.
 */
import polyline from '@mapbox/polyline'
import fastify, { type FastifyReply } from 'fastify'

interface Location {
  readonly lon: number
  readonly lat: number
  readonly search_cutoff?: number
}

const BOX = { west: 126.5, east: 127.6, south: 34.8, north: 35.6 }
const MAX_PAIRS = 2500
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
const metres = (a: Location, b: Location) => Math.hypot((b.lon - a.lon) * 91_000, (b.lat - a.lat) * 111_000)
/** The crossing nearest by: there is one every 0.002°. */
const crossing = ({ lon, lat }: Location): Location => ({
  lon: Number((Math.round(clamp(lon, BOX.west, BOX.east) * 500) / 500).toFixed(3)),
  lat: Number((Math.round(clamp(lat, BOX.south, BOX.north) * 500) / 500).toFixed(3)),
})
/** Eastward it goes uphill. */
const seconds = (a: Location, b: Location) =>
  Math.round(((metres(a, b) * 1.3) / (b.lon > a.lon ? 12.5 : 14)) * 1000) / 1000
const km = (a: Location, b: Location) => Math.round(metres(a, b) * 1.3) / 1000

/** An edge as /locate tells it, of what is read there. */
export const edgeAt = ({ lon, lat }: Location, distance: number) => ({
  correlated_lon: lon,
  correlated_lat: lat,
  distance,
  percent_along: 0,
  outbound_reach: 50,
  inbound_reach: 50,
  edge: { bridge: false, tunnel: false, classification: { classification: 'tertiary', use: 'road' } },
})

export async function openFakeValhalla() {
  const app = fastify({ forceCloseConnections: true })
  /** What happens to the next requests instead of an answer. */
  const faults: ((reply: FastifyReply) => unknown)[] = []
  let builtS = 1_730_000_000
  const refuse = (reply: FastifyReply, error_code: number, error: string) =>
    reply.code(400).send({ error_code, error, status_code: 400, status: 'Bad Request' })

  app.post('/:action', async (request, reply) => {
    const { action } = request.params as { action: string }
    const fault = faults.shift()
    if (fault) return await fault(reply)
    const { sources = [], targets = [], locations = [] } = request.body as Record<string, Location[] | undefined>
    if (action === 'status') return { version: '3.6.1', tileset_last_modified: builtS, available_actions: ['status'] }
    if (action === 'locate') {
      return locations.map((given) => {
        const { lon, lat } = crossing(given)
        const distance = metres(given, { lon, lat })
        const edge = edgeAt({ lon, lat }, distance)
        const near = distance <= (given.search_cutoff ?? 35_000)
        return { input_lon: given.lon, input_lat: given.lat, edges: near ? [edge] : null, nodes: null }
      })
    }
    const far = [...sources, ...targets, ...locations].some(
      (given) => metres(given, crossing(given)) > (given.search_cutoff ?? 35_000),
    )
    if (far) return refuse(reply, 171, 'No suitable edges near location')
    if (action === 'sources_to_targets') {
      if (sources.length * targets.length > MAX_PAIRS) return refuse(reply, 150, `Exceeded max locations: ${MAX_PAIRS}`)
      const cells = (of: typeof km) => sources.map((a) => targets.map((b) => of(crossing(a), crossing(b))))
      return {
        sources_to_targets: { durations: cells(seconds), distances: cells(km) },
        units: 'kilometers',
        algorithm: 'timedistancematrix',
      }
    }
    if (action !== 'route') {
      return reply
        .code(404)
        .send({ error_code: 106, error: "Try any of: '/locate' '/route'", status_code: 404, status: 'Not Found' })
    }
    const stops = locations.map(crossing)
    const shape = polyline.encode(
      stops.map(({ lon, lat }): [number, number] => [lat, lon]),
      6,
    )
    const summary = { time: seconds(stops[0]!, stops[1]!), length: km(stops[0]!, stops[1]!) }
    return {
      trip: {
        legs: [{ shape, summary }],
        summary,
        status: 0,
        status_message: 'Found route between points',
        units: 'kilometers',
      },
    }
  })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  /** It starts again on tiles of another day. */
  const publish = () => {
    builtS += 86_400
  }
  return { address, faults, publish, close: async () => await app.close() }
}
