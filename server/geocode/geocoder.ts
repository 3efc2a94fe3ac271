/**
 * Addresses to points. Geocoders are asked in order, each for what those before it left open; what they answer is judged, not believed:
 * an address that may be either of two places is put before a person, and a middle of a town is a guess that says so.
 */
import {
  inOtherGwangju,
  isGuessed,
  KOREA,
  nearGwangju,
  PRECISIONS,
  type Precision,
  straightKm,
} from '../../solver/index.ts'
import { type Address, contradicts, parseAddress } from './address.ts'
import { Unanswered } from './ask.ts'

export interface Point {
  readonly lng: number
  readonly lat: number
}
export interface Candidate extends Point {
  readonly precision: Precision
  /** the address as the source has it */
  readonly label: string
  readonly source: string
  /** how far off it may be, where the source says it */
  readonly withinM?: number
}

export interface Geocoder {
  readonly name: string
  /** A person has said so: nothing is to be judged. */
  readonly decides?: boolean
  /** Asked only where nobody else knows anything. */
  readonly lastResort?: boolean
  /** Addresses that are asked for at a time. */
  readonly atOnce: number
  /** For each address what may be meant, best first. Throws `Unanswered` where it cannot answer. */
  find(addresses: readonly Address[], signal: AbortSignal): Promise<readonly (readonly Candidate[])[]>
}

export type Verdict =
  | { readonly kind: 'found'; readonly candidate: Candidate }
  | { readonly kind: 'guess'; readonly candidate: Candidate; readonly candidates: readonly Candidate[] }
  /** gwangju: 광주광역시 or 경기 광주시. elsewhere: in another province than the address says. several: more than one place. */
  | {
      readonly kind: 'ask'
      readonly reason: 'gwangju' | 'elsewhere' | 'several'
      readonly candidates: readonly Candidate[]
    }
  | { readonly kind: 'nothing' }

export interface Findings {
  /** by key of the address */
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** geocoders that did not answer; what they would have known is missing */
  readonly failures: readonly Unanswered[]
}

/** Two answers closer than this are one place. */
const SAME_KM = 0.3

/** `home`: the complex, beside which a bare 광주 is understood. */
export async function findPlaces(
  geocoders: readonly Geocoder[],
  texts: readonly string[],
  home: Point,
  signal: AbortSignal,
): Promise<Findings> {
  const addresses = [...new Map(texts.map(parseAddress).map((address) => [address.key, address])).values()]
  const known = new Map<string, readonly Candidate[]>()
  const verdicts = new Map(addresses.map((address) => [address.key, unknown(address)]))
  const failures: Unanswered[] = []
  let open = addresses
  for (const geocoder of geocoders) {
    const wanted = geocoder.lastResort ? open.filter(({ key }) => !known.has(key)) : open
    try {
      for (let from = 0; from < wanted.length; from += geocoder.atOnce) {
        const asked = wanted.slice(from, from + geocoder.atOnce)
        const answers = await geocoder.find(asked, signal)
        asked.forEach((address, index) => {
          const answer = (answers[index] ?? []).filter(KOREA.contains)
          if (answer.length === 0) return
          const candidates = [...(known.get(address.key) ?? []), ...answer]
          known.set(address.key, candidates)
          const verdict: Verdict = geocoder.decides
            ? { kind: 'found', candidate: answer[0]! }
            : judge(address, candidates, home)
          verdicts.set(address.key, verdict)
        })
      }
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      failures.push(error)
    }
    open = open.filter(({ key }) => verdicts.get(key)!.kind !== 'found')
  }
  return { verdicts, failures }
}

/** Before anybody has answered. */
const unknown = ({ whichGwangju }: Address): Verdict =>
  whichGwangju ? { kind: 'ask', reason: 'gwangju', candidates: [] } : { kind: 'nothing' }

/** What candidates make of an address. None is chosen that contradicts it. */
export function judge(address: Address, candidates: readonly Candidate[], home: Point): Verdict {
  const regions = candidates.map(({ label }) => parseAddress(label))
  if (address.whichGwangju) {
    // a bare 광주 by the complex is its own city, if nothing points to the other and the very door is known
    const hereIsMetropolitan = nearGwangju(home)
    const clear = candidates.every((candidate, index) => {
      if (isGuessed(candidate)) return false
      return hereIsMetropolitan
        ? nearGwangju(candidate) && regions[index]!.sido !== '경기'
        : inOtherGwangju(candidate) && !nearGwangju(candidate)
    })
    if (!clear) return { kind: 'ask', reason: 'gwangju', candidates }
  }
  const fitting = candidates.filter((candidate, index) => {
    if (contradicts(address.sido, regions[index]!.sido)) return false
    return !(address.sido === '광주' && inOtherGwangju(candidate))
  })
  if (fitting.length === 0) {
    const otherGwangju =
      (address.sido === '광주' && candidates.some(inOtherGwangju)) ||
      (address.sido === '경기' && address.sigungu === '광주시' && candidates.some(nearGwangju))
    return { kind: 'ask', reason: otherGwangju ? 'gwangju' : 'elsewhere', candidates }
  }
  const exact = fitting.filter((candidate) => !isGuessed(candidate))
  const rank = ({ precision }: Candidate): number => PRECISIONS.indexOf(precision)
  const best = (exact.length > 0 ? exact : fitting).toSorted((a, b) => rank(a) - rank(b))
  const [first] = best
  const rivals = best.filter(({ precision }) => precision === first!.precision)
  // a name of a dong or road without its city stands for many
  if (rivals.some((other) => straightKm(first!, other) > SAME_KM) && !areOneTown(rivals))
    return { kind: 'ask', reason: 'several', candidates }
  return exact.length > 0
    ? { kind: 'found', candidate: first! }
    : { kind: 'guess', candidate: first!, candidates: fitting }
}

/** Middles of one town by several sources: they differ by a few kilometres and mean the same. */
const areOneTown = (candidates: readonly Candidate[]): boolean => {
  const [first, ...others] = candidates
  return isGuessed(first!) && others.every((other) => straightKm(first!, other) <= 8)
}
