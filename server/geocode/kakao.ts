/** Kakao Local, address search (https://developers.kakao.com/docs/latest/ko/local/dev-guide#address-coord). The key goes into a header. */
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Precision } from '../../solver/index.ts'
import type { Address } from './address.ts'
import { ASKING, type AskOptions, askJson, otherShape } from './ask.ts'
import type { Candidate, Geocoder } from './geocoder.ts'

/** What we read of an answer; there is more. */
const AnswerSchema = Type.Object({
  documents: Type.Array(
    Type.Object({
      address_name: Type.String(),
      address_type: Type.Enum(['REGION', 'ROAD', 'REGION_ADDR', 'ROAD_ADDR']),
      x: Type.String(),
      y: Type.String(),
      address: Type.Union([
        Type.Null(),
        Type.Object({ region_3depth_name: Type.String(), region_3depth_h_name: Type.Optional(Type.String()) }),
      ]),
    }),
  ),
})
type Found = Static<typeof AnswerSchema>['documents'][number]

/** More would hardly be looked through. */
const SIZE = 5

export const kakao = (key: string, options: AskOptions = ASKING): Geocoder => {
  const ask = async ({ plain }: Address, signal: AbortSignal): Promise<Candidate[]> => {
    const url = new URL('https://dapi.kakao.com/v2/local/search/address.json')
    url.search = new URLSearchParams({ query: plain, size: String(SIZE) }).toString()
    const answer = await askJson('kakao', url, { authorization: `KakaoAK ${key}` }, signal, options)
    if (!Value.Check(AnswerSchema, answer)) throw otherShape('kakao')
    return answer.documents.map(readFound)
  }
  return {
    name: 'kakao',
    atOnce: 8,
    find: async (addresses, signal) => await Promise.all(addresses.map((address) => ask(address, signal))),
  }
}

const readFound = (found: Found): Candidate => ({
  lng: Number(found.x),
  lat: Number(found.y),
  precision: precisionOf(found),
  label: found.address_name,
  source: 'kakao',
})

function precisionOf({ address_type, address }: Found): Precision {
  if (address_type === 'ROAD_ADDR') return 'building'
  if (address_type === 'REGION_ADDR') return 'parcel'
  if (address_type === 'ROAD') return 'road'
  return address && (address.region_3depth_name || address.region_3depth_h_name) ? 'dong' : 'sigungu'
}
