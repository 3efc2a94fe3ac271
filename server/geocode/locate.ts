/** Where the addresses of a file of orders are: as a person has placed them, else as the geocoders say; the rest goes before a person. */
import type { Issue, Locale } from '../../solver/index.ts'
import { fillWords } from '../../solver/index.ts'
import type { Placement, WantedAddress } from '../imports/newPlaces.ts'
import { IMPORT_WORDS } from '../imports/words.ts'
import type { AddressRecord, NewPlace, Nouns, WaitingAddress } from '../store/store.ts'
import type { Unanswered } from './ask.ts'
import { type Candidate, findPlaces, type Geocoder, type Point, type Verdict } from './geocoder.ts'

/** An import that asks for more than that tells what it has; the rest it guesses or leaves to a person. */
const PATIENCE_MS = 45_000

export interface Located {
  readonly placements: Readonly<Record<string, Placement>>
  /** to be confirmed or placed by a person */
  readonly waiting: readonly WaitingAddress[]
  readonly failures: readonly Unanswered[]
}

export async function locate(
  geocoders: readonly Geocoder[],
  wanted: readonly WantedAddress[],
  home: Point,
  file: string,
): Promise<Located> {
  const texts = wanted.map(({ address }) => address)
  const { verdicts, failures } = await findPlaces(geocoders, texts, home, AbortSignal.timeout(PATIENCE_MS))
  const found = wanted.map((address) => ({ address, verdict: verdicts.get(address.key)! }))
  return {
    placements: Object.fromEntries(found.map(({ address, verdict }) => [address.key, placementOf(verdict)])),
    waiting: found.flatMap(({ address: { key, address, name, rows }, verdict }): WaitingAddress[] => {
      const base = { key, address, name, neededBy: { file, rows } }
      if (verdict.kind === 'found') return []
      if (verdict.kind === 'guess') return [{ ...base, guess: guessOf(verdict.candidate) }]
      return [{ ...base, reason: verdict.kind === 'ask' ? verdict.reason : 'nothing' }]
    }),
    failures,
  }
}

function placementOf(verdict: Verdict): Placement {
  if (verdict.kind === 'nothing') return { waits: 'nothing' }
  if (verdict.kind === 'ask') return { waits: verdict.reason }
  const { lng, lat, precision } = verdict.candidate
  // what a person has placed is where it is
  return verdict.candidate.source === 'hand' || verdict.candidate.source === 'file'
    ? { lng, lat }
    : { lng, lat, precision }
}

const guessOf = ({ lng, lat, precision, source }: Candidate) => ({ lng, lat, precision, source })

type Known = Pick<AddressRecord, 'key' | 'address' | 'lng' | 'lat' | 'source'>
const placed = (find: (keys: readonly string[]) => Promise<readonly Known[]>): Geocoder => ({
  name: 'placed',
  decides: true,
  atOnce: 1_000,
  find: async (addresses) => {
    const known = new Map((await find(addresses.map(({ key }) => key))).map((record) => [record.key, record]))
    return addresses.map(({ key }): Candidate[] => {
      const { lng, lat, address = '', source = 'file' } = known.get(key) ?? {}
      if (lng === undefined || lat === undefined) return []
      return [{ lng, lat, precision: 'building', label: address, source }]
    })
  },
})

/** What people and files of this complex have placed. */
export const placedIn = (store: Nouns, complex: string): Geocoder =>
  placed(async (keys) => await store.addresses.placed(complex, keys))
/** A list that is at hand. */
export const placedBy = (places: readonly NewPlace[]): Geocoder => placed(async () => places)

/** For the people who read the outcome of an import. */
export const failureIssues = (failures: readonly Unanswered[], locale: Locale, path: string): Issue[] =>
  failures.map(({ provider, words }) => {
    const { severity, [locale]: texts } = IMPORT_WORDS['address.unasked']
    const [message, remedy] = texts.map((text) => fillWords(text, { service: provider, why: words[locale] })) as [
      string,
      string,
    ]
    return { code: 'address.unasked', severity, path, message, remedy }
  })
