/**
 * OSRM over HTTP (its `table`, `route` and `nearest` services, API v1). One OSRM drives one vehicle, so all truck classes
 * get the times of the profile it was built for; it tells no tolls in its tables, so those are estimated.
 */
import { Type } from 'typebox'
import { type Ask, openService, type RoadService, type ServiceOptions } from './ask.ts'
import { estimatedTollsKey, estimateTolls } from './estimatedTolls.ts'
import { Fault } from './fault.ts'
import { greatCircleKm } from './local.ts'
import { preparedProvider } from './prepared.ts'
import {
  NO_WAY,
  type TravelMatrix,
  type TravelPlace,
  type TravelProvider,
  type UnreachablePlace,
  unreachableError,
} from './provider.ts'

/** Rows and columns of one question: `osrm-routed --max-table-size` is 100 by default and bounds their product by its square. */
const TABLE_SIDE = 100
/** A place farther than this from the nearest road is reached by none: OSRM would snap it to a road in another country. */
const MAX_SNAP_M = 1000

/** Nobody has yet built an OSRM on anything else. */
const OSM = { kind: 'osrm', licence: '© OpenStreetMap contributors, ODbL' } as const

const Cell = Type.Union([Type.Number({ minimum: 0, maximum: 2_000_000_000 }), Type.Null()])
const Position = Type.Tuple([Type.Number(), Type.Number()])
const Version = { data_version: Type.Optional(Type.String()) }
const Waypoints = Type.Array(Type.Object({ location: Position }))
const TableSchema = Type.Object({
  code: Type.Literal('Ok'),
  durations: Type.Array(Type.Array(Cell)),
  distances: Type.Array(Type.Array(Cell)),
  sources: Waypoints,
  destinations: Waypoints,
  ...Version,
})
const Step = Type.Object({ geometry: Type.Object({ coordinates: Type.Array(Position, { minItems: 1 }) }) })
const RouteSchema = Type.Object({
  code: Type.Literal('Ok'),
  routes: Type.Array(Type.Object({ legs: Type.Array(Type.Object({ steps: Type.Array(Step) })) }), { minItems: 1 }),
})
const NearestSchema = Type.Object({ code: Type.Literal('Ok'), ...Version })

/** OSRM understood and says no: its code is the reason. */
class OsrmRefusal extends Error {
  readonly code: string
  /** Of the coordinate at fault, where it names one. */
  readonly coordinate: number | undefined

  constructor(code: string, message: string) {
    super(message)
    this.code = code
    const place = /coordinate (\d+)/.exec(message)?.[1]
    this.coordinate = place === undefined ? undefined : Number(place)
  }
}

const ANSWERS = ['TooBig', 'NoSegment']

/** An OsrmRefusal where the caller knows how to take it. */
function onRefusal(status: number, body: unknown): Error {
  const { code, message = '' } = (body ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && ANSWERS.includes(code)) return new OsrmRefusal(code, String(message))
  return Fault.refused(status, `${String(code)}: ${String(message)}`)
}

export interface OsrmOptions extends ServiceOptions {
  /** In the address of every question; a plain osrm-routed ignores it. */
  readonly profile?: string
  readonly nowMs?: () => number
}

export function osrmOverHttp(
  address: URL,
  { profile = 'driving', nowMs, ...options }: OsrmOptions = {},
): TravelProvider {
  const service = openService('osrm', address, options)
  return preparedProvider({
    name: service.name,
    estimated: false,
    estimatedTolls: true,
    cacheable: true,
    about: OSM,
    state: service.state,
    ...(nowMs && { nowMs }),
    learn: async (signal) => {
      const version = await service.request({ ko: '자료의 판', en: 'the version of its data' }, signal, async (ask) => {
        try {
          const path = `nearest/v1/${profile}/127,37`
          return (await ask({ path, schema: NearestSchema, onRefusal })).data_version
        } catch (error) {
          // no road near there: it lives, and says nothing of its data
          if (error instanceof OsrmRefusal) return undefined
          throw error
        }
      })
      return osrmProvider(service, profile, version)
    },
  })
}

function osrmProvider(service: RoadService, profile: string, version: string | undefined): TravelProvider {
  const { name } = service
  const limit = { side: TABLE_SIDE }

  const matrix: TravelProvider['matrix'] = async (from, to, truck, signal) => {
    const what = {
      ko: `${from.length}곳에서 ${to.length}곳으로 가는 이동시간 표`,
      en: `a table from ${from.length} to ${to.length} places`,
    }
    const table = await service.request(what, signal, async (ask) => await askTable(ask, profile, from, to, limit))
    return { ...table, ...(await estimateTolls(from, to, truck, table.distanceM, signal)) }
  }

  return {
    name,
    estimated: false,
    estimatedTolls: true,
    cacheable: true,
    about: () => ({ ...OSM, ...(version && { dataDate: version }) }),
    key: (truck) => `${name}:${profile}:${version ?? 'undated'}:${estimatedTollsKey(truck)}`,
    matrix,
    async path(stops, truck, signal) {
      if (stops.length < 2) return []
      // the figures of the table, so that a leg never says anything else than its cell
      const figures = await matrix(stops, stops, truck, signal)
      if (figures.unreachable.from.length > 0) throw unreachableError(name, figures.unreachable.from)
      const cells = stops.slice(1).map((_, leg) => leg * stops.length + leg + 1)
      const cut = cells.flatMap((cell, leg) => (figures.durationS[cell] === NO_WAY ? [leg + 1] : []))
      if (cut.length > 0)
        throw unreachableError(
          name,
          cut.map((index) => unreachableAt(stops, index)),
        )
      const what = { ko: `${stops.length}곳을 잇는 길`, en: `a path along ${stops.length} stops` }
      const ways = await service.request(what, signal, async (ask) => await askWays(ask, profile, stops))
      return cells.map((cell, leg) => ({ ...legFigures(figures, cell), coordinates: ways[leg]!, straight: false }))
    },
  }
}

const legFigures = ({ durationS, distanceM, tollKrw, expresswayM }: TravelMatrix, cell: number) => ({
  durationS: durationS[cell]!,
  distanceM: distanceM[cell]!,
  tollKrw: tollKrw[cell]!,
  expresswayM: expresswayM[cell]!,
})

const unreachableAt = (places: readonly TravelPlace[], index: number): UnreachablePlace => {
  const { id, lng, lat } = places[index]!
  return { index, id, lng, lat }
}

const onEarth = ({ lng, lat }: TravelPlace): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 90

/** Rounded as the contract says; OSRM tells tenths. Each spot is asked for once, however many places lie there. */
async function askTable(
  ask: Ask,
  profile: string,
  from: readonly TravelPlace[],
  to: readonly TravelPlace[],
  limit: { side: number },
): Promise<Omit<TravelMatrix, 'tollKrw' | 'expresswayM'>> {
  const spots = new Map<string, TravelPlace>()
  for (const place of [...from, ...to]) spots.set(lngLat(place), place)
  const lost = new Set([...spots].flatMap(([spot, place]) => (onEarth(place) ? [] : [spot])))
  const found = new Map<string, readonly [seconds: number, metres: number]>()

  const fill = async (allRows: readonly string[], allColumns: readonly string[]): Promise<void> => {
    const rows = allRows.filter((spot) => !lost.has(spot))
    const columns = allColumns.filter((spot) => !lost.has(spot))
    if (rows.length === 0 || columns.length === 0) return
    if (rows.length > limit.side || columns.length > limit.side) {
      const byRows = rows.length >= columns.length
      const longer = byRows ? rows : columns
      const { side } = limit
      for (let at = 0; at < longer.length; at += side) {
        const part = longer.slice(at, at + side)
        await (byRows ? fill(part, columns) : fill(rows, part))
      }
      return
    }
    const asked = [...new Set([...rows, ...columns])]
    try {
      await askBlock(asked, rows, columns)
    } catch (error) {
      if (!(error instanceof OsrmRefusal)) throw error
      const spot = error.coordinate === undefined ? undefined : asked[error.coordinate]
      if (error.code === 'TooBig' && limit.side > 1) {
        limit.side = Math.ceil(Math.min(limit.side, Math.max(rows.length, columns.length)) / 2)
      } else if (error.code === 'NoSegment' && spot !== undefined) lost.add(spot)
      else throw Fault.refused(400, `${error.code}: ${error.message}`)
      await fill(rows, columns)
    }
  }
  const askBlock = async (asked: readonly string[], rows: readonly string[], columns: readonly string[]) => {
    const placeOf = new Map(asked.map((spot, index) => [spot, index]))
    const answer = await ask({
      path: `table/v1/${profile}/${asked.join(';')}`,
      query: {
        annotations: 'duration,distance',
        sources: rows.map((spot) => placeOf.get(spot)).join(';'),
        destinations: columns.map((spot) => placeOf.get(spot)).join(';'),
      },
      schema: TableSchema,
      onRefusal,
    })
    assertSize('durations', answer.durations, rows.length, columns.length)
    assertSize('distances', answer.distances, rows.length, columns.length)
    for (const [name, waypoints, among] of [
      ['sources', answer.sources, rows],
      ['destinations', answer.destinations, columns],
    ] as const) {
      if (waypoints.length !== among.length)
        throw Fault.shape(`/${name}: ${waypoints.length} for ${among.length} places`)
      for (const [k, spot] of among.entries()) {
        const [lng, lat] = waypoints[k]!.location
        if (greatCircleKm(spots.get(spot)!, { lng, lat }) * 1000 > MAX_SNAP_M) lost.add(spot)
      }
    }
    for (const [row, start] of rows.entries())
      for (const [column, goal] of columns.entries()) {
        const [seconds, metres] = [answer.durations[row]![column]!, answer.distances[row]![column]!]
        if ((seconds === null) !== (metres === null))
          throw Fault.shape(`/durations/${row}/${column} and /distances/${row}/${column}: one is null`)
        if (seconds !== null) found.set(`${start};${goal}`, [Math.ceil(seconds), Math.round(metres)])
      }
  }
  await fill([...new Set(from.map(lngLat))], [...new Set(to.map(lngLat))])

  const durationS = new Int32Array(from.length * to.length).fill(NO_WAY)
  const distanceM = new Int32Array(from.length * to.length).fill(NO_WAY)
  for (const [row, start] of from.map(lngLat).entries())
    for (const [column, goal] of to.map(lngLat).entries()) {
      const way =
        start === goal ? [0, 0] : lost.has(start) || lost.has(goal) ? undefined : found.get(`${start};${goal}`)
      if (way) [durationS[row * to.length + column], distanceM[row * to.length + column]] = way as [number, number]
    }
  const lostAmong = (places: readonly TravelPlace[]) =>
    places.flatMap((place, index) => (lost.has(lngLat(place)) ? [unreachableAt(places, index)] : []))
  return { durationS, distanceM, unreachable: { from: lostAmong(from), to: lostAmong(to) } }
}

/** Six digits are a tenth of a metre; more would only make the address longer. */
const lngLat = ({ lng, lat }: TravelPlace): string => `${Number(lng.toFixed(6))},${Number(lat.toFixed(6))}`

function assertSize(name: string, table: readonly (readonly unknown[])[], rows: number, columns: number): void {
  if (table.length !== rows) throw Fault.shape(`/${name}: ${table.length} rows for ${rows} places`)
  const short = table.findIndex((row) => row.length !== columns)
  if (short >= 0) throw Fault.shape(`/${name}/${short}: ${table[short]!.length} cells for ${columns} places`)
}

/** Positions from each stop to the next. */
async function askWays(ask: Ask, profile: string, stops: readonly TravelPlace[]) {
  const answer = await ask({
    path: `route/v1/${profile}/${stops.map(lngLat).join(';')}`,
    // a truck may turn round in the yard where it stops, as the table says
    query: { overview: 'false', steps: 'true', geometries: 'geojson', continue_straight: 'false' },
    schema: RouteSchema,
    onRefusal: (status, body) => Fault.refused(status, JSON.stringify(body)),
  })
  const { legs } = answer.routes[0]!
  if (legs.length !== stops.length - 1)
    throw Fault.shape(`/routes/0/legs: ${legs.length} legs for ${stops.length} stops`)
  return legs.map(({ steps }) =>
    steps
      .flatMap(({ geometry }) => geometry.coordinates)
      .filter(([lng, lat], k, all) => k === 0 || lng !== all[k - 1]![0] || lat !== all[k - 1]![1]),
  )
}
