/**
 * VWorld geocoder 2.0, GetCoord (https://www.vworld.kr/dev/v4dv_geocoderguide2_s001.do): one point an address, of a road name or of a parcel.
 * The key stands in the address of the request, so no address of a request is ever told. Its guide forbids to keep answers in a database: nothing
 * here does, and the queue asks anew; a plan made with its points carries them, as the operator should know (README).
 */
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Address } from './address.ts'
import { ASKING, type AskOptions, askJson, otherShape, Unanswered } from './ask.ts'
import type { Candidate, Geocoder } from './geocoder.ts'

/** What we read of an answer; there is more. */
const AnswerSchema = Type.Object({
  response: Type.Union([
    Type.Object({
      status: Type.Literal('OK'),
      refined: Type.Optional(Type.Object({ text: Type.String() })),
      result: Type.Object({ point: Type.Object({ x: Type.String(), y: Type.String() }) }),
    }),
    Type.Object({ status: Type.Literal('NOT_FOUND') }),
    Type.Object({ status: Type.Literal('ERROR'), error: Type.Object({ code: Type.String() }) }),
  ]),
})

type Kind = 'road' | 'parcel'

export const vworld = (key: string, options: AskOptions = ASKING): Geocoder => {
  const ask = async (address: string, type: Kind, signal: AbortSignal): Promise<Candidate | undefined> => {
    const url = new URL('https://api.vworld.kr/req/address')
    url.search = new URLSearchParams({
      service: 'address',
      request: 'getcoord',
      version: '2.0',
      crs: 'epsg:4326',
      refine: 'true',
      simple: 'false',
      format: 'json',
      address,
      type,
      key,
    }).toString()
    const answer = await askJson('vworld', url, {}, signal, options)
    if (!Value.Check(AnswerSchema, answer)) throw otherShape('vworld')
    const { response } = answer
    if (response.status === 'NOT_FOUND') return undefined
    if (response.status === 'ERROR') throw refused(response.error.code)
    return {
      lng: Number(response.result.point.x),
      lat: Number(response.result.point.y),
      precision: type === 'road' ? 'building' : 'parcel',
      label: response.refined?.text ?? address,
      source: 'vworld',
    }
  }
  const find = async ({ kind, plain }: Address, signal: AbortSignal): Promise<Candidate[]> => {
    // of an address without a number it would give the nearest it has, as if it were the door
    if (kind === 'region') return []
    const found = await ask(plain, kind, signal)
    return found ? [found] : []
  }
  return {
    name: 'vworld',
    atOnce: 4,
    find: async (addresses, signal) => await Promise.all(addresses.map((address) => find(address, signal))),
  }
}

/** A code such as INVALID_KEY or OVER_REQUEST_LIMIT; the text beside it may hold what was sent. */
function refused(code: string): Unanswered {
  const shown = /^[A-Z_]{1,40}$/.test(code) ? code : '?'
  return new Unanswered('vworld', `거절했습니다(${shown})`, `it refused (${shown})`)
}
