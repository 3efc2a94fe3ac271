/** Where the addresses are that a complex does not know: what waits for a person, what is guessed, what is remembered. */
import { basename } from 'node:path'
import { PRECISION_WORDS } from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import { parseAddress } from '../geocode/address.ts'
import { type Candidate, findPlaces } from '../geocode/geocoder.ts'
import { placedIn } from '../geocode/locate.ts'
import { forgetAddress, joinHeld } from '../jobs/held.ts'
import { readInThread } from '../jobs/readFile.ts'
import { readGeocoders, withStore } from '../main.ts'
import { assertPoint } from '../routes/places.ts'
import type { AddressRecord, ComplexRecord, Nouns } from '../store/store.ts'
import { type Command, describeIssue, EXIT, type Exit, readArguments, type Terminal, wrongUse } from './command.ts'
import { readBytes } from './files.ts'

const form = 'places list|find|set|remove|import|orders [PLACES.csv] --complex gwangju'
const ACTS = ['list', 'find', 'set', 'remove', 'import', 'orders'] as const
const STRINGS = {
  complex: { type: 'string' },
  address: { type: 'string' },
  name: { type: 'string' },
  lat: { type: 'string' },
  lng: { type: 'string' },
} as const
const PATIENCE_MS = 15_000
const PAGE = 500

interface Given {
  readonly complex: string
  readonly address?: string | undefined
  readonly name?: string | undefined
  readonly lat?: string | undefined
  readonly lng?: string | undefined
  readonly json?: boolean | undefined
}

export const placesCommand: Command = {
  form,
  summary: { ko: '주소를 지도에 놓고 기억한다', en: 'put addresses on the map and remember them' },
  options: [
    ['--complex gwangju', { ko: '단지', en: 'the complex' }],
    ["--address '전남 나주시 …'", { ko: 'find, set, remove: 주소', en: 'find, set, remove: the address' }],
    ['--lat 35.02 --lng 126.72', { ko: 'set: 위도와 경도(도)', en: 'set: latitude and longitude in degrees' }],
    ['--name 새강재', { ko: 'set: 장소의 이름', en: 'set: name of the place' }],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: 'list: 놓을 주소와 추정한 주소, 기억한 주소. find: 주소의 후보. import: 주소·위도·경도 열이 있는 CSV나 xlsx. orders: 위치가 정해진, 기다리던 주문을 그 날에 더한다.\n주소를 찾는 서비스의 키는 환경 변수 MILKRUN_KAKAO_KEY, MILKRUN_VWORLD_KEY 에 적습니다.\n자료 폴더를 쓰는 서비스가 열려 있으면 먼저 끝내세요 (한 폴더에 프로그램 하나). DATABASE_URL 을 쓰면 열린 채로 됩니다.',
    en: 'list: addresses to place, guessed, remembered. find: what an address may be. import: CSV or xlsx with the columns 주소, 위도, 경도. orders: let orders that waited join their days.\nKeys of services that look addresses up stand in the environment: MILKRUN_KAKAO_KEY, MILKRUN_VWORLD_KEY.\nEnd a service that uses the data folder first (one program a folder); with DATABASE_URL it may run on.',
  },
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, form, STRINGS, 0, 2)
    const act = ACTS.find((known) => known === positionals[0])
    if (act === undefined)
      throw wrongUse(form, {
        ko: `무엇을 할지 적으세요: ${ACTS.join(', ')}.`,
        en: `Say what to do: ${ACTS.join(', ')}.`,
      })
    const given = { ...values, complex: values.complex ?? missing('--complex') }
    return await withStore(async (store) => {
      const known = await store.complexes.get(given.complex)
      if (!known)
        throw wrongUse(form, { ko: `${given.complex} 단지가 없습니다.`, en: `There is no complex ${given.complex}.` })
      if (act === 'list') return await list(store, given, terminal)
      if (act === 'find') return await find(store, given, known.data.complex, terminal)
      if (act === 'set') return await set(store, given, terminal)
      if (act === 'orders') return await joinOrders(store, known, given, terminal)
      if (act === 'remove') return await remove(store, given, terminal)
      return await importFile(store, given, positionals[1] ?? missing('PLACES.csv'), terminal)
    })
  },
}

async function list(store: Nouns, { complex, json }: Given, { print, locale }: Terminal): Promise<Exit> {
  const all: AddressRecord[] = []
  for (let after = 0; ; ) {
    const { items, next } = await store.addresses.list({ complex, limit: PAGE, after })
    all.push(...items)
    if (next === undefined) break
    after = next
  }
  if (json) print(JSON.stringify(all))
  else if (all.length === 0) print(locale === 'ko' ? '주소가 없습니다.' : 'There are no addresses.')
  else for (const record of all) print(describe(record, locale))
  return EXIT.done
}

const STATES = {
  waiting: { ko: '놓을 주소', en: 'to be placed' },
  guess: { ko: '추정', en: 'guess' },
  placed: { ko: '놓음', en: 'placed' },
} as const

function describe({ state, address, name, lng, lat, precision }: AddressRecord, locale: 'ko' | 'en'): string {
  const how = precision === undefined ? '' : ` (${PRECISION_WORDS[locale][precision]})`
  const at = lng === undefined || lat === undefined ? '' : `  ${lat}, ${lng}`
  return `${STATES[state][locale]}${how}  ${address}${name ? `  ${name}` : ''}${at}`
}

async function find(
  store: Nouns,
  { complex, address, json }: Given,
  home: { readonly lng: number; readonly lat: number },
  { print, note, locale }: Terminal,
): Promise<Exit> {
  const text = address ?? missing('--address')
  const geocoders = [placedIn(store, complex), ...(await readGeocoders())]
  const { verdicts, failures } = await findPlaces(geocoders, [text], home, AbortSignal.timeout(PATIENCE_MS))
  for (const { provider, words } of failures) note(`${provider}: ${words[locale]}`)
  const verdict = [...verdicts.values()][0]!
  if (json) {
    print(JSON.stringify(verdict))
    return verdict.kind === 'found' || verdict.kind === 'guess' ? EXIT.done : EXIT.no
  }
  const line = ({ label, precision, lat, lng, source }: Candidate): string =>
    `${lat}, ${lng}  ${label}  ${PRECISION_WORDS[locale][precision]}  ${source}`
  if (verdict.kind === 'found') print(line(verdict.candidate))
  if (verdict.kind === 'guess') print(`${STATES.guess[locale]}  ${line(verdict.candidate)}`)
  if (verdict.kind === 'ask') for (const candidate of verdict.candidates) print(`?  ${line(candidate)}`)
  if (verdict.kind === 'nothing') note(locale === 'ko' ? '찾지 못했습니다.' : 'Nothing was found.')
  return verdict.kind === 'found' || verdict.kind === 'guess' ? EXIT.done : EXIT.no
}

async function set(store: Nouns, given: Given, { print, locale }: Terminal): Promise<Exit> {
  const text = given.address ?? missing('--address')
  const degrees = (name: 'lat' | 'lng'): number => {
    const value = Number(given[name] ?? missing(`--${name}`))
    if (Number.isFinite(value) && given[name]!.trim() !== '') return value
    throw wrongUse(form, {
      ko: `--${name} ${given[name]}: 도 단위의 수를 적으세요.`,
      en: `--${name} ${given[name]}: give degrees.`,
    })
  }
  const point = { lat: degrees('lat'), lng: degrees('lng') }
  assertPoint(text, point, locale)
  const { key, plain: address } = parseAddress(text)
  const [record] = await store.addresses.place(given.complex, [{ key, address, name: given.name, ...point }], 'hand')
  print(given.json ? JSON.stringify(record) : describe(record!, locale))
  return EXIT.done
}

async function joinOrders(store: Nouns, complex: ComplexRecord, { json }: Given, terminal: Terminal): Promise<Exit> {
  const { print, note, locale } = terminal
  const outcome = await joinHeld(store, complex, await readGeocoders(), locale)
  const { days, joined, left, issues } = outcome
  if (json) print(JSON.stringify(outcome))
  else {
    for (const issue of issues.filter(({ severity }) => severity === 'warning')) note(describeIssue(issue, locale))
    const dates = days.map(({ date }) => date).join(', ')
    print(
      locale === 'ko'
        ? `주문 ${joined}건을 더했습니다${dates ? ` (${dates})` : ''}. ${left}건은 아직 주소를 기다립니다.`
        : `${joined} orders joined their days${dates ? ` (${dates})` : ''}; ${left} still wait for an address.`,
    )
  }
  return EXIT.done
}

async function remove(store: Nouns, { complex, address }: Given, { print, locale }: Terminal): Promise<Exit> {
  const { key, plain } = parseAddress(address ?? missing('--address'))
  const record = await store.addresses.byKey(complex, key)
  if (!record)
    throw new Refusal(404, 'place.unknown', {
      ko: `기억하거나 기다리는 주소가 아닙니다: ‘${plain}’. places list 로 확인하세요.`,
      en: `“${plain}” is neither remembered nor waited for. Look with places list.`,
    })
  await forgetAddress(store, record)
  print(locale === 'ko' ? `잊었습니다: ${plain}` : `Forgotten: ${plain}`)
  return EXIT.done
}

async function importFile(store: Nouns, { complex, json }: Given, path: string, terminal: Terminal): Promise<Exit> {
  const { print, note, locale } = terminal
  const options = { locale, fileName: basename(path) }
  const { rows, places, issues } = await readInThread({ kind: 'places', bytes: await readBytes(path), options })
  for (const issue of issues) note(describeIssue(issue, locale))
  const placed = (await store.addresses.place(complex, places, 'file')).length
  const kept = places.length - placed
  if (json) print(JSON.stringify({ rows, placed, kept, issues }))
  else
    print(
      locale === 'ko'
        ? `${rows}행 가운데 주소 ${placed}개를 기억했습니다${kept ? ` (손으로 놓은 ${kept}개는 그대로)` : ''}.`
        : `${placed} addresses of ${rows} rows are remembered${kept ? ` (${kept} placed by hand stay)` : ''}.`,
    )
  return places.length > 0 ? EXIT.done : EXIT.input
}

function missing(what: string): never {
  throw wrongUse(form, { ko: `${what} 이(가) 빠졌습니다.`, en: `${what} is missing.` })
}
