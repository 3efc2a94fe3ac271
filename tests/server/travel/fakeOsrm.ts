/**
 * A small OSRM on loopback: the answers, codes and messages of osrm-routed 5 and 6 (http/api of their documentation), on roads that
 * are straight lines. The mainland is a box; east of 127.4 lies an island, to which no road leads.
 */
import fastify, { type FastifyReply } from 'fastify'

type Position = readonly [lng: number, lat: number]

const BOX = { west: 126.5, east: 127.6, south: 34.8, north: 35.6 }
const ISLAND = 127.4
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
const tenth = (value: number) => Math.round(value * 10) / 10

/** The crossing nearest by: there is one every 0.002°. */
const snap = ([lng, lat]: Position): Position => [
  Number((Math.round(clamp(lng, BOX.west, BOX.east) * 500) / 500).toFixed(3)),
  Number((Math.round(clamp(lat, BOX.south, BOX.north) * 500) / 500).toFixed(3)),
]
const metres = ([lng, lat]: Position, [toLng, toLat]: Position) =>
  Math.hypot((toLng - lng) * 91_000, (toLat - lat) * 111_000)
const joined = (a: Position, b: Position) => a[0] > ISLAND === b[0] > ISLAND

/** `maxTable`: as osrm-routed --max-table-size. */
export async function openFakeOsrm({ maxTable = 100 }: { readonly maxTable?: number } = {}) {
  const app = fastify({ forceCloseConnections: true })
  const asked: { readonly path: string; readonly query: Readonly<Record<string, string>> }[] = []
  /** What happens to the next requests instead of an answer; undefined: an answer. */
  const faults: (((reply: FastifyReply) => unknown) | undefined)[] = []
  let dated: { readonly data_version?: string } = {}

  const road = (a: Position, b: Position) => {
    if (!joined(a, b)) return { duration: null, distance: null }
    const distance = metres(a, b) * 1.3
    // eastward it goes uphill
    const duration = distance === 0 ? 0 : (distance / 14) * (b[0] > a[0] ? 1.1 : 1)
    return { duration: tenth(duration), distance: tenth(distance) }
  }
  const waypoint = (given: Position) => ({
    hint: 'gYAAgP___38',
    distance: metres(given, snap(given)),
    name: '',
    location: snap(given),
  })
  const refuse = (reply: FastifyReply, code: string, message: string) => reply.code(400).send({ code, message })

  app.get('/:service/v1/:profile/*', async (request, reply) => {
    const { service, '*': path } = request.params as { service: string; '*': string }
    const query = request.query as Record<string, string>
    asked.push({ path: request.url, query })
    const fault = faults.shift()
    if (fault) return await fault(reply)
    const given = decodeURIComponent(path)
      .split(';')
      .map((text) => text.split(',').map(Number) as unknown as Position)
    if (given.some((position) => position.length !== 2 || position.some((value) => !Number.isFinite(value))))
      return refuse(reply, 'InvalidUrl', `URL string malformed close to position 1: "${path.slice(0, 8)}"`)
    const nowhere = given.findIndex(([, lat]) => lat < -60)
    if (nowhere >= 0) return refuse(reply, 'NoSegment', `Could not find a matching segment for coordinate ${nowhere}`)
    if (service === 'nearest') return { code: 'Ok', ...dated, waypoints: given.map(waypoint) }
    if (service === 'table') {
      const read = (text: string | undefined) =>
        text === undefined ? given : text.split(';').map((k) => given[Number(k)]!)
      const [sources, destinations] = [read(query.sources), read(query.destinations)]
      if ([...sources, ...destinations].includes(undefined as never))
        return refuse(reply, 'InvalidOptions', 'Source or destination index is out of bounds')
      if (sources.length * destinations.length > maxTable ** 2)
        return refuse(reply, 'TooBig', 'Too many table coordinates')
      const cells = (name: 'duration' | 'distance') =>
        sources.map((a) => destinations.map((b) => road(snap(a), snap(b))[name]))
      const wanted = (query.annotations ?? 'duration').split(',')
      return {
        code: 'Ok',
        ...dated,
        ...(wanted.includes('duration') && { durations: cells('duration') }),
        ...(wanted.includes('distance') && { distances: cells('distance') }),
        sources: sources.map(waypoint),
        destinations: destinations.map(waypoint),
      }
    }
    if (service !== 'route') return refuse(reply, 'InvalidService', `Service ${service} not found!`)
    const stops = given.map(snap)
    const legs = stops.slice(1).map((to, k) => {
      const from = stops[k]!
      const { duration, distance } = road(from, to)
      const corner: Position = [to[0], from[1]]
      const line = (...coordinates: Position[]) => ({ type: 'LineString', coordinates })
      const step = (geometry: object, share: number) => ({
        geometry,
        mode: 'driving',
        name: '',
        duration: tenth((duration ?? 0) * share),
        distance: tenth((distance ?? 0) * share),
        weight: tenth((duration ?? 0) * share),
        driving_side: 'right',
      })
      return {
        duration,
        distance,
        weight: duration,
        summary: '',
        steps: query.steps === 'true' ? [step(line(from, corner, to), 1), step(line(to, to), 0)] : [],
      }
    })
    if (legs.some(({ duration }) => duration === null))
      return refuse(reply, 'NoRoute', 'Impossible route between points')
    return { code: 'Ok', ...dated, routes: [{ legs, weight_name: 'routability' }], waypoints: given.map(waypoint) }
  })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  /** It starts again on data of this version. */
  const publish = (version: string) => {
    dated = { data_version: version }
  }
  return { address, asked, faults, publish, close: async () => await app.close() }
}
