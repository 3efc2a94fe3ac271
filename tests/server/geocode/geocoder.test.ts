import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../server/geocode/address.ts'
import { type Candidate, findPlaces, type Geocoder, judge } from '../../../server/geocode/geocoder.ts'
import { geocodersFor } from '../../../server/geocode/index.ts'
import { kakao } from '../../../server/geocode/kakao.ts'
import { towns } from '../../../server/geocode/towns.ts'
import { vworld } from '../../../server/geocode/vworld.ts'
import { kakaoAnswer, playBack, quick, vworldAnswer, vworldError, vworldNothing } from './answers.ts'

const { signal } = new AbortController()
const PYEONGDONG = { lng: 126.765, lat: 35.125 }
const METROPOLITAN = [126.7601, 35.1207] as const
const GYEONGGI = [127.2551, 37.4172] as const
const ADDRESS = '광주광역시 광산구 평동산단로 12'
const KEY = 'the-secret-key'

const door = (label: string, [lng, lat]: readonly [number, number], more: Partial<Candidate> = {}): Candidate => ({
  lng,
  lat,
  label,
  precision: 'building',
  source: 'x',
  ...more,
})

describe('Kakao', () => {
  it('reads road, parcel, road without a number and region, each as near as it comes', async () => {
    const at = METROPOLITAN
    const answer = kakaoAnswer([
      { name: '광주 광산구 평동산단로 12', type: 'ROAD_ADDR', at, regions: ['광주', '광산구', '옥동'] },
      { name: '광주 광산구 옥동 12', type: 'REGION_ADDR', at, regions: ['광주', '광산구', '옥동'] },
      { name: '광주 광산구 평동산단로', type: 'ROAD', at, regions: ['광주', '광산구', '옥동'] },
      { name: '광주 광산구 옥동', type: 'REGION', at, regions: ['광주', '광산구', '옥동'] },
      { name: '광주 광산구', type: 'REGION', at, regions: ['광주', '광산구', ''] },
    ])
    const { fetch, asked } = playBack([answer])
    const [found] = await kakao(KEY, quick(fetch)).find([parseAddress(ADDRESS)], signal)
    expect(found!.map(({ precision }) => precision)).toEqual(['building', 'parcel', 'road', 'dong', 'sigungu'])
    expect(found![0]).toEqual(door('광주 광산구 평동산단로 12', METROPOLITAN, { source: 'kakao' }))
    expect(asked[0]!.headers).toEqual({ authorization: `KakaoAK ${KEY}` })
    expect(asked[0]!.url.searchParams.get('query')).toBe('광주 광산구 평동산단로 12')
    expect(asked[0]!.url.href).not.toContain(KEY)
  })
})

describe('VWorld', () => {
  it('asks for a road or a parcel as the address is one, and for nothing without a number', async () => {
    const { fetch, asked } = playBack([
      vworldAnswer('광주광역시 광산구 평동산단로 12 (옥동)', METROPOLITAN),
      vworldNothing,
    ])
    const wanted = [ADDRESS, '광주 광산구 옥동 1233-9', '광주 광산구 옥동'].map(parseAddress)
    const found = await vworld(KEY, quick(fetch)).find(wanted, signal)
    expect(found).toEqual([
      [door('광주광역시 광산구 평동산단로 12 (옥동)', METROPOLITAN, { source: 'vworld' })],
      [],
      [],
    ])
    expect(asked.map(({ url }) => url.searchParams.get('type'))).toEqual(['road', 'parcel'])
  })
})

describe('a service that fails', () => {
  const failing = async (geocoder: Geocoder) => {
    const { verdicts, failures } = await findPlaces([geocoder, towns], [ADDRESS], PYEONGDONG, signal)
    return { verdict: verdicts.get(parseAddress(ADDRESS).key)!, told: failures.map(({ message }) => message) }
  }

  it('is asked again where that may help, and no longer where it cannot', async () => {
    const down = playBack([503, new TypeError('fetch failed'), 500])
    expect((await failing(kakao(KEY, quick(down.fetch)))).told).toEqual(['kakao: it failed (500)'])
    expect(down.asked).toHaveLength(3)

    const back = playBack([503, vworldAnswer('광주광역시 광산구 평동산단로 12', METROPOLITAN)])
    expect((await failing(vworld(KEY, quick(back.fetch)))).verdict.kind).toBe('found')

    for (const status of [401, 429, 400]) {
      const refused = playBack([status])
      expect((await failing(kakao(KEY, quick(refused.fetch)))).told[0]).toContain(String(status))
      expect(refused.asked).toHaveLength(1)
    }
  })

  it('leaves a guess in its place', async () => {
    const { fetch } = playBack([401])
    expect((await failing(kakao(KEY, quick(fetch)))).verdict).toMatchObject({ kind: 'guess' })
  })

  it('never tells the key, whatever it sends back', async () => {
    const echo = { errorType: 'AccessDeniedError', message: `wrong appKey(${KEY}) format` }
    for (const answer of [echo, 401, new Error(`connect ${KEY}`), vworldError('INVALID_KEY', `등록되지 않은 ${KEY}`)])
      for (const make of [kakao, vworld]) {
        const { told } = await failing(make(KEY, quick(playBack([answer]).fetch)))
        expect(told).toHaveLength(1)
        expect(told.join()).not.toContain(KEY)
      }
  })

  it('is told from one that answers in another shape', async () => {
    const { told } = await failing(kakao(KEY, quick(playBack([{ documents: [{ x: 1 }] }]).fetch)))
    expect(told).toEqual(['kakao: its answer has another shape than documented'])
  })
})

describe('what candidates make of an address', () => {
  const verdict = (text: string, candidates: readonly Candidate[], home = PYEONGDONG) =>
    judge(parseAddress(text), candidates, home)
  const here = door('광주 동구 중앙로 12', [126.915, 35.148])
  const there = door('경기 광주시 중앙로 12', GYEONGGI)

  it('asks where a bare 광주시 is answered with the other city, with both, or with a guess', () => {
    for (const candidates of [[there], [here, there], [{ ...here, precision: 'dong' as const }]])
      expect(verdict('광주시 중앙로 12', candidates)).toMatchObject({ kind: 'ask', reason: 'gwangju', candidates })
  })

  it('takes a bare 광주시 for the city of the complex where its door is known and nothing points to the other', () => {
    expect(verdict('광주시 중앙로 12', [here])).toEqual({ kind: 'found', candidate: here })
    const gyeonggiHome = { lng: GYEONGGI[0], lat: GYEONGGI[1] }
    expect(verdict('광주시 중앙로 12', [there], gyeonggiHome)).toEqual({ kind: 'found', candidate: there })
    expect(verdict('광주시 중앙로 12', [here], gyeonggiHome).kind).toBe('ask')
  })

  it('asks where 광주광역시 is answered with 경기 광주, by name or by place', () => {
    for (const candidate of [there, door('중앙로 12', GYEONGGI)])
      expect(verdict('광주광역시 중앙로 12', [candidate])).toMatchObject({ kind: 'ask', reason: 'gwangju' })
    expect(verdict('경기 광주시 중앙로 12', [here])).toMatchObject({ kind: 'ask', reason: 'gwangju' })
  })

  it('takes each city where it is named and answered with itself', () => {
    expect(verdict('광주광역시 동구 중앙로 12', [here, there])).toEqual({ kind: 'found', candidate: here })
    expect(verdict('경기도 광주시 중앙로 12', [there])).toEqual({ kind: 'found', candidate: there })
  })

  it('asks where the answer lies in another province', () => {
    const other = door('경남 고성군 고성읍 1', [128.32, 34.97])
    expect(verdict('강원 고성군 고성읍 1', [other])).toMatchObject({ kind: 'ask', reason: 'elsewhere' })
  })

  it('asks where several places fit, and does not where they are one', () => {
    const far = door('부산 중구 중앙로 12', [129.03, 35.1])
    expect(verdict('중앙로 12', [here, far])).toMatchObject({ kind: 'ask', reason: 'several' })
    const next = { ...here, lng: here.lng + 0.001, source: 'y' }
    expect(verdict('중앙로 12', [here, next])).toEqual({ kind: 'found', candidate: here })
  })

  it('puts a door before a parcel, and takes a road without a number for a guess', () => {
    const parcel = door('광주 동구 금동 1', [126.915, 35.1481], { precision: 'parcel' })
    expect(verdict('광주광역시 동구 중앙로 12', [parcel, here])).toEqual({ kind: 'found', candidate: here })
    const road = door('광주 동구 중앙로', [126.91, 35.15], { precision: 'road' })
    expect(verdict('광주광역시 동구 중앙로 12', [road])).toMatchObject({ kind: 'guess', candidate: road })
  })
})

describe('the middle of a town', () => {
  const guess = async (text: string) => (await towns.find([parseAddress(text)], signal))[0]![0]

  it('is that of the dong where it is known, else of the city, and says how far off it may be', async () => {
    expect(await guess('전남 영암군 삼호읍 대불로 93')).toMatchObject({
      label: '전남 영암군 삼호읍',
      precision: 'dong',
      withinM: 4000,
    })
    expect(await guess('전라남도 나주시 왕곡면 혁신산단길 46')).toMatchObject({
      label: '전남 나주시',
      precision: 'sigungu',
    })
    expect(await guess('전남 나주 왕곡면')).toMatchObject({ label: '전남 나주시', withinM: 15_000 })
    expect(await guess('세종특별자치시 한누리대로 1')).toBeUndefined()
    expect(await guess('광주 광산구 송정동 1')).toMatchObject({ label: '광주 광산구 송정1동' })
  })

  it('is not made up: an unknown city, or one of a name that many have, gives none', async () => {
    expect(await guess('강원 고성군 간성읍 1')).toBeUndefined()
    expect(await guess('동구 중앙로 1')).toBeUndefined()
    expect(await guess('광주시 중앙로 1')).toBeUndefined()
  })

  it('is the last resort: nobody asks for it where a provider knows a dong', async () => {
    const { fetch } = playBack([
      kakaoAnswer([
        { name: '전남 나주시 왕곡면', type: 'REGION', at: [126.69, 34.98], regions: ['전남', '나주시', '왕곡면'] },
      ]),
    ])
    const geocoders = geocodersFor({ kakao: KEY }, quick(fetch))
    const { verdicts } = await findPlaces(geocoders, ['전남 나주시 왕곡면'], PYEONGDONG, signal)
    expect([...verdicts.values()]).toMatchObject([{ kind: 'guess', candidate: { source: 'kakao' } }])
  })
})

it('believes a person before any provider, and asks once for all ways to write an address', async () => {
  const asked: string[] = []
  const hand: Geocoder = {
    name: 'hand',
    decides: true,
    atOnce: 100,
    find: async (addresses) => {
      asked.push(...addresses.map(({ plain }) => plain))
      return addresses.map(() => [door('놓은 곳', METROPOLITAN, { source: 'hand' })])
    },
  }
  const { fetch, asked: requests } = playBack([401])
  const texts = ['광주시 중앙로 12', '광주시  중앙로12, 3층']
  const { verdicts, failures } = await findPlaces([hand, kakao(KEY, quick(fetch))], texts, PYEONGDONG, signal)
  expect(asked).toEqual(['광주시 중앙로 12'])
  expect([...verdicts.values()]).toMatchObject([{ kind: 'found', candidate: { source: 'hand' } }])
  expect(requests).toEqual([])
  expect(failures).toEqual([])
})
