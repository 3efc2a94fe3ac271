/** The contract of a source of travel times, and the words it speaks. */
import type { Locale, TollDiscounts, TruckClass } from '../../solver/index.ts'

export interface Words {
  readonly ko: string
  readonly en: string
}

export interface TravelPlace {
  readonly id: string
  /** As people call it; a table that somebody has typed may know the place by it. */
  readonly name?: string
  readonly lng: number
  readonly lat: number
}

export interface TravelProfile {
  readonly truck: TruckClass
  /** Only for a provider that knows what the hour changes; its key is another one then. Default: no hour in particular. */
  readonly leaves?: Departure
  /** Counted by a provider that knows its tolls by the hour, where it is told the hour. Default: none. */
  readonly tollDiscounts?: TollDiscounts
}

/** On the clocks of the country. */
export interface Departure {
  /** ISO date */
  readonly date: string
  /** It stands for all who leave from the one second up to, not at, the other. */
  readonly secondOfDay: number
  readonly fromS: number
  readonly toS: number
}

/** In a cell of a matrix: no road leads from the one place to the other. */
export const NO_WAY = -1

/**
 * Row-major `[from * destinations + to]`; between equal coordinates all is zero, road or not. Times are whole seconds, rounded
 * up; tolls whole won. A pair has the same figures whatever other places are asked for beside it.
 */
export interface TravelMatrix {
  readonly durationS: Int32Array
  readonly distanceM: Int32Array
  readonly tollKrw: Int32Array
  /** How much of the distance lies on expressways, tolled or not: fuel burns differently there. */
  readonly expresswayM: Int32Array
  /** The places that no road reaches, among the origins and among the destinations: their cells are NO_WAY, the others hold. */
  readonly unreachable: { readonly from: readonly UnreachablePlace[]; readonly to: readonly UnreachablePlace[] }
}

export interface TravelLeg {
  /** `[lng, lat]`, from the first place to the next. */
  readonly coordinates: readonly (readonly [number, number])[]
  readonly durationS: number
  readonly distanceM: number
  readonly tollKrw: number
  readonly expresswayM: number
  /** true: a straight line that follows no known road. */
  readonly straight: boolean
}

/** One instruction to a driver. */
export interface TravelStep {
  readonly text: string
  /** What there is to drive until the next one. */
  readonly distanceM: number
  readonly durationS: number
  readonly lng: number
  readonly lat: number
}

/** A place that no road of the provider reaches. */
export interface UnreachablePlace extends TravelPlace {
  /** Among the places asked for, those of its side where there are two. */
  readonly index: number
}

/** What a person is told of a source beside its name. */
export interface RoadsAbout {
  readonly kind: 'trunk' | 'valhalla' | 'osrm' | 'matrix'
  /** Of its data, as the source words it. */
  readonly licence?: string
  /** Day or version of its data, where it tells. */
  readonly dataDate?: string
  /** What its data covers, west, south, east, north, where it tells. */
  readonly area?: readonly [number, number, number, number]
}

/** How a service does: `resting` after too many failures, `failing` when the last try failed. */
export interface RoadsState {
  readonly state: 'good' | 'failing' | 'resting'
  readonly why?: Words
}

export interface TravelProvider {
  readonly name: string
  /** true: its figures are estimates, and a person sees 추정 beside each of them. */
  readonly estimated: boolean
  /** true: its tolls and expressway metres are estimates though its times and metres are not, and a person sees 추정 beside them. */
  readonly estimatedTolls?: boolean
  /** true: its figures go by the ids of places and not by where they lie, so nobody may keep them by coordinates. */
  readonly byId?: boolean
  /** Its answers are worth keeping between runs: asking it costs more than reading them again. */
  readonly cacheable: boolean
  /**
   * What `leaves` of the profile changes: its tolls where the profile asks for discounts, or its times as well; default: nothing,
   * figures are the same all day.
   */
  readonly byHour?: 'tolls' | 'all'
  /** Equal keys promise equal figures: provider, version of its data and constants, profile. Asked after `prepare`. */
  key(profile: TravelProfile): string
  /** Learns from a service what `key` has to tell, such as the date of its data; absent: there is nothing to learn. */
  prepare?(signal?: AbortSignal): Promise<void>
  /** By the operator's choice: who answers where this one cannot; its figures are then estimates. Absent: nobody. See askRoads. */
  readonly fallback?: TravelProvider
  about?(): RoadsAbout
  /** Absent: it is part of this process, and does well as long as that does. */
  state?(): RoadsState
  /** The places that it knows beforehand it does not reach; a provider that would have to ask a service leaves it out. */
  unreachable?(places: readonly TravelPlace[]): readonly UnreachablePlace[]
  /** From each place of the one list to each of the other. A place at fault is named in the answer; only a service at fault throws. */
  matrix(
    from: readonly TravelPlace[],
    to: readonly TravelPlace[],
    profile: TravelProfile,
    signal?: AbortSignal,
  ): Promise<TravelMatrix>
  /** One leg from each stop to the next; its figures are those `matrix` gives for the same pair. */
  path(stops: readonly TravelPlace[], profile: TravelProfile, signal?: AbortSignal): Promise<readonly TravelLeg[]>
  /** Turn by turn in words, a list for each leg of `path`; left out by those who know no streets. */
  guide?(
    stops: readonly TravelPlace[],
    profile: TravelProfile,
    locale: Locale,
    signal?: AbortSignal,
  ): Promise<readonly (readonly TravelStep[])[]>
}

/** A source of travel times could not answer; the message names it and what it was asked. */
export class ProviderError extends Error {
  readonly provider: string
  /** All the places at fault, when it is the places. */
  readonly places: readonly UnreachablePlace[]
  /** For a person: which service, what it was asked, what was wrong. */
  readonly words: Words

  constructor(provider: string, message: string, places: readonly UnreachablePlace[] = [], words?: Words) {
    super(`${provider}: ${message}`)
    this.name = 'ProviderError'
    this.provider = provider
    this.places = places
    this.words = words ?? { ko: this.message, en: this.message }
  }
}

/** A source that could not answer, in the words of people. */
export const sourceError = (
  provider: string,
  { ko, en }: Words,
  places: readonly UnreachablePlace[] = [],
): ProviderError => new ProviderError(provider, en, places, { ko: `${provider}: ${ko}`, en: `${provider}: ${en}` })

/** Places that no road reaches, all of them named, for who cannot do without. */
export function unreachableError(provider: string, places: readonly UnreachablePlace[]): ProviderError {
  const reasons = places.map(({ id, lng, lat }) => {
    const swapped = lng > 33 && lng < 39 && lat > 124 && lat < 132
    const remedy = swapped
      ? { ko: '경도와 위도가 뒤바뀐 것 같습니다', en: 'its longitude and latitude look swapped' }
      : { ko: '좌표를 고치거나 다른 도로를 고르세요', en: 'correct its coordinates or use another source' }
    return {
      ko: `장소 '${id}'(경도 ${lng}, 위도 ${lat})에 이르는 도로를 모릅니다. ${remedy.ko}`,
      en: `no road that it knows reaches place "${id}" (lng ${lng}, lat ${lat}); ${remedy.en}`,
    }
  })
  return sourceError(
    provider,
    { ko: reasons.map(({ ko }) => ko).join('\n'), en: reasons.map(({ en }) => en).join('\n') },
    places,
  )
}
