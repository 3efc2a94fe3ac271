/** Travel figures and paths of a Valhalla, whatever carries the questions to it. */
import polyline from '@mapbox/polyline'
import { Type } from 'typebox'
import type { Locale } from '../../../solver/index.ts'
import { discountKey } from '../discounts.ts'
import {
  NO_WAY,
  sourceError,
  type TravelMatrix,
  type TravelPlace,
  type TravelProfile,
  type TravelProvider,
  type TravelStep,
  unreachableError,
} from '../provider.ts'
import { type ValhallaActor, ValhallaRefusal } from './actor.ts'
import { readAnswer } from './answer.ts'
import { costingFigures, offExpressways, truckCosting } from './costing.ts'
import { type Snapped, type Snaps, snapPlaces } from './snap.ts'
import { expresswayMOf, slowedS, tollFigures, tollOf, type Way, walkWay } from './ways.ts'

export interface ValhallaSource {
  /** For a person: names the service in messages. */
  readonly name: string
  /** Of data and engine together: equal versions promise equal figures. */
  readonly version: string
  readonly actor: ValhallaActor
  /**
   * false: no road of the data takes a toll or is an expressway, so none need be looked for. Where there are some, the engine
   * should allow hard exclusions (`service_limits.allow_hard_exclusions`); else the way of every single pair has to be walked.
   */
  readonly hasExpressways: boolean
  /** Origins and pairs that one question may hold; `service_limits.truck.max_matrix_location_pairs` is 2,500 by default. */
  readonly maxOrigins: number
  readonly maxPairs: number
}

/** Ways asked for at a time. */
const WALKERS = 8
/** Some 100 MB, where each changes its road twenty times. */
const MAX_WAYS = 100_000

/** To be raised when the way of asking changes; data, engine, truck and tolls speak for themselves. */
const METHOD = 2

const Cells = Type.Array(Type.Array(Type.Union([Type.Number(), Type.Null()])))
const MatrixSchema = Type.Object({
  sources_to_targets: Type.Object({ durations: Cells, distances: Cells }),
  warnings: Type.Optional(Type.Array(Type.Object({ code: Type.Optional(Type.Number()) }))),
})
/** "Hard exclusions are not allowed on this server" */
const NOT_EXCLUDED = 208

const RouteSchema = Type.Object({
  trip: Type.Object({ legs: Type.Array(Type.Object({ shape: Type.String() }), { minItems: 1, maxItems: 1 }) }),
})

const LANGUAGES = { ko: 'ko-KR', en: 'en-US' } as const satisfies Record<Locale, string>
const GuideSchema = Type.Object({
  trip: Type.Object({
    legs: Type.Array(
      Type.Object({
        shape: Type.String(),
        maneuvers: Type.Array(
          Type.Object({
            instruction: Type.String(),
            length: Type.Number(),
            time: Type.Number(),
            begin_shape_index: Type.Integer({ minimum: 0 }),
          }),
        ),
      }),
      { minItems: 1, maxItems: 1 },
    ),
  }),
})

interface Table {
  readonly durationS: Int32Array
  readonly distanceM: Int32Array
}

/** What pairs have at every hour; `ways`: by cell. */
interface Driven extends Table {
  readonly ways: Map<number, Way>
}

export function valhallaProvider(source: ValhallaSource): TravelProvider {
  const { name, actor } = source
  const ways = new Map<string, Way>()
  /** The tolls of another hour are asked for right after, and need no other roads. */
  let last: (Driven & { readonly key: string }) | undefined

  /** Where the engine says no for no reason of the roads, a person has to see to its configuration. */
  const ask: ValhallaActor['ask'] = async (action, request, signal) => {
    signal?.throwIfAborted()
    return await actor.ask(action, request, signal).catch((error: unknown) => {
      if (!(error instanceof ValhallaRefusal) || error.kind === 'noPath') throw error
      const limit = error.kind === 'limit'
      throw sourceError(name, {
        ko: `${action} 요청을 받지 않습니다: ${error.message}${limit ? '. 그 설정의 service_limits 에서 이 한도를 올리세요' : ''}`,
        en: `it refuses ${action}: ${error.message}${limit ? '; raise this limit under service_limits in its configuration' : ''}`,
      })
    })
  }

  /** undefined: expressways and toll roads cannot be excluded here. */
  async function tableOf(
    from: readonly (Snapped | undefined)[],
    to: readonly (Snapped | undefined)[],
    costing: object,
    signal: AbortSignal | undefined,
  ): Promise<Table | undefined> {
    const size = to.length
    const durationS = new Int32Array(from.length * size).fill(NO_WAY)
    const distanceM = new Int32Array(from.length * size).fill(NO_WAY)
    const rows = from.flatMap((place, row) => (place ? [{ place, row }] : []))
    const columns = to.flatMap((place, column) => (place ? [{ place, column }] : []))
    // from more origins than destinations the engine would search backwards, and reach slightly other figures
    const height = Math.max(1, Math.min(source.maxOrigins, columns.length, Math.floor(Math.sqrt(source.maxPairs))))
    const width = Math.max(1, Math.floor(source.maxPairs / height))
    for (let top = 0; top < rows.length; top += height) {
      for (let left = 0; left < columns.length; left += width) {
        const origins = rows.slice(top, top + height)
        const destinations = columns.slice(left, left + width)
        const request = {
          ...costing,
          sources: origins.map(({ place }) => place),
          targets: destinations.map(({ place }) => place),
          verbose: false,
        }
        const answer = await ask('sources_to_targets', request, signal).catch((error: unknown) => {
          // not one of the pairs has a way
          if (error instanceof ValhallaRefusal) return undefined
          throw error
        })
        if (answer === undefined) continue
        const isWhole = (cells: readonly (readonly unknown[])[]) =>
          cells.length === origins.length && cells.every((row) => row.length === destinations.length)
        const { sources_to_targets, warnings } = readAnswer(
          MatrixSchema,
          answer,
          name,
          'sources_to_targets',
          ({ sources_to_targets: { durations, distances } }) => isWhole(durations) && isWhole(distances),
        )
        if (warnings?.some(({ code }) => code === NOT_EXCLUDED)) return undefined
        origins.forEach(({ row }, i) => {
          destinations.forEach(({ column }, j) => {
            const seconds = sources_to_targets.durations[i]![j]
            const km = sources_to_targets.distances[i]![j]
            // without a way the distance may be told as zero
            if (typeof seconds !== 'number' || typeof km !== 'number') return
            const metres = Math.round(km * 1000)
            // the engine tells whole seconds, a few metres as none
            durationS[row * size + column] = Math.max(Math.ceil(seconds), metres > 0 ? 1 : 0)
            distanceM[row * size + column] = metres
          })
        })
      }
    }
    return { durationS, distanceM }
  }

  async function shapeOf(from: Snapped, to: Snapped, profile: TravelProfile, signal: AbortSignal | undefined) {
    const request = { ...truckCosting(profile), locations: [from, to], directions_type: 'none' }
    return readAnswer(RouteSchema, await ask('route', request, signal), name, 'route').trip.legs[0]!.shape
  }

  async function turnsOf(
    from: Snapped,
    to: Snapped,
    profile: TravelProfile,
    locale: Locale,
    signal: AbortSignal | undefined,
  ): Promise<TravelStep[]> {
    const request = { ...truckCosting(profile), locations: [from, to], language: LANGUAGES[locale] }
    const { shape, maneuvers } = readAnswer(GuideSchema, await ask('route', request, signal), name, 'route').trip
      .legs[0]!
    const points = polyline.decode(shape, 6)
    return maneuvers.map(({ instruction, length, time, begin_shape_index }) => {
      const [lat, lng] = points[begin_shape_index] ?? points.at(-1)!
      return { text: instruction, distanceM: Math.round(length * 1000), durationS: Math.round(time), lng, lat }
    })
  }

  /** A truck of another class that takes as long for as many metres takes the same way, and it need not be walked again. */
  async function wayOf(
    [from, to]: readonly [Snapped, Snapped],
    figures: string,
    profile: TravelProfile,
    signal: AbortSignal | undefined,
  ): Promise<Way> {
    const key = `${from.lon},${from.lat},${to.lon},${to.lat},${figures}`
    const known = ways.get(key)
    if (known) return known
    const way = await walkWay({ ask }, name, await shapeOf(from, to, profile, signal), profile, signal)
    if (ways.size >= MAX_WAYS) ways.clear()
    ways.set(key, way)
    return way
  }

  /** The roads between snapped places, `[from * to.length + to]`; a way where it has expressways or tolls. */
  async function drive(
    from: readonly (Snapped | undefined)[],
    to: readonly (Snapped | undefined)[],
    profile: TravelProfile,
    signal: AbortSignal | undefined,
  ): Promise<Driven> {
    const { durationS, distanceM } = (await tableOf(from, to, truckCosting(profile), signal))!
    const found: Driven = { durationS, distanceM, ways: new Map() }
    if (!source.hasExpressways) return found

    // a pair whose figures stay the same without them drives on no expressway and no toll road
    const off = await tableOf(from, to, offExpressways(profile), signal)
    const walked = [...durationS.keys()].filter(
      (cell) =>
        durationS[cell]! > 0 &&
        !(off && off.durationS[cell] === durationS[cell] && off.distanceM[cell] === distanceM[cell]),
    )
    for (let start = 0; start < walked.length; start += WALKERS) {
      const walks = walked.slice(start, start + WALKERS).map(async (cell) => {
        const ends = [from[Math.floor(cell / to.length)]!, to[cell % to.length]!] as const
        const way = await wayOf(ends, `${durationS[cell]},${distanceM[cell]}`, profile, signal)
        found.ways.set(cell, way)
        durationS[cell] = Math.ceil(durationS[cell]! + slowedS(way, profile))
      })
      await Promise.all(walks)
    }
    return found
  }

  /** The figures between snapped places: `[from * to.length + to]`. */
  async function figuresOf(
    from: readonly (Snapped | undefined)[],
    to: readonly (Snapped | undefined)[],
    profile: TravelProfile,
    signal: AbortSignal | undefined,
  ): Promise<Omit<TravelMatrix, 'unreachable'>> {
    const key = JSON.stringify([costingFigures(profile), from, to])
    const { durationS, distanceM, ways } = last?.key === key ? last : await drive(from, to, profile, signal)
    last = { key, durationS, distanceM, ways }
    const tollKrw = durationS.map((seconds) => (seconds === NO_WAY ? NO_WAY : 0))
    const expresswayM = tollKrw.slice()
    for (const [cell, way] of ways) {
      tollKrw[cell] = tollOf(way, profile)
      expresswayM[cell] = Math.min(distanceM[cell]!, expresswayMOf(way))
    }
    return { durationS: durationS.slice(), distanceM: distanceM.slice(), tollKrw, expresswayM }
  }

  const snap = async (places: readonly TravelPlace[], profile: TravelProfile, signal?: AbortSignal): Promise<Snaps> =>
    await snapPlaces({ ask }, name, places, profile, signal)

  return {
    name,
    estimated: false,
    cacheable: true,
    byHour: 'tolls',
    key: (profile) =>
      `valhalla${METHOD}:${source.version}:${costingFigures(profile)}:${tollFigures(profile)}${discountKey(profile)}`,

    async matrix(from, to, profile, signal) {
      const all = await snap(from === to ? from : [...from, ...to], profile, signal)
      const origins = all.snapped.slice(0, from.length)
      const destinations = from === to ? origins : all.snapped.slice(from.length)
      const figures = await figuresOf(origins, destinations, profile, signal)
      from.forEach((origin, i) => {
        to.forEach((destination, j) => {
          if (origin.lng !== destination.lng || origin.lat !== destination.lat) return
          for (const cells of Object.values(figures)) cells[i * to.length + j] = 0
        })
      })
      const lostTo = all.lost.flatMap((place) =>
        place.index < from.length ? [] : [{ ...place, index: place.index - from.length }],
      )
      const lostFrom = all.lost.filter(({ index }) => index < from.length)
      return { ...figures, unreachable: { from: lostFrom, to: from === to ? lostFrom : lostTo } }
    },

    async path(stops, profile, signal) {
      const { snapped, lost } = await snap(stops, profile, signal)
      if (lost.length > 0) throw unreachableError(name, lost)
      const legs = []
      for (let k = 1; k < stops.length; k++) {
        const [from, to] = [stops[k - 1]!, stops[k]!]
        const ends = [[from.lng, from.lat] as const, [to.lng, to.lat] as const] as const
        if (from.lng === to.lng && from.lat === to.lat) {
          legs.push({ coordinates: ends, durationS: 0, distanceM: 0, tollKrw: 0, expresswayM: 0, straight: false })
          continue
        }
        const figures = await figuresOf([snapped[k - 1]], [snapped[k]], profile, signal)
        if (figures.durationS[0] === NO_WAY) {
          throw sourceError(
            name,
            {
              ko: `${profile.truck} 차가 '${from.id}'(경도 ${from.lng}, 위도 ${from.lat})에서 '${to.id}'(경도 ${to.lng}, 위도 ${to.lat})로 갈 수 있는 길이 없습니다`,
              en: `no road leads a ${profile.truck} truck from "${from.id}" (lng ${from.lng}, lat ${from.lat}) to "${to.id}" (lng ${to.lng}, lat ${to.lat})`,
            },
            [{ index: k, id: to.id, lng: to.lng, lat: to.lat }],
          )
        }
        const shape = await shapeOf(snapped[k - 1]!, snapped[k]!, profile, signal)
        const road = polyline.decode(shape, 6).map(([lat, lng]) => [lng, lat] as const)
        legs.push({
          coordinates: [ends[0], ...road, ends[1]],
          durationS: figures.durationS[0]!,
          distanceM: figures.distanceM[0]!,
          tollKrw: figures.tollKrw[0]!,
          expresswayM: figures.expresswayM[0]!,
          straight: false,
        })
      }
      return legs
    },

    async guide(stops, profile, locale, signal) {
      const { snapped, lost } = await snap(stops, profile, signal)
      if (lost.length > 0) throw unreachableError(name, lost)
      const guide: TravelStep[][] = []
      for (let k = 1; k < stops.length; k++) {
        const [from, to] = [snapped[k - 1]!, snapped[k]!]
        const same = from.lon === to.lon && from.lat === to.lat
        guide.push(same ? [] : await turnsOf(from, to, profile, locale, signal))
      }
      return guide
    },
  }
}
