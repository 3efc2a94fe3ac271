import type { AskOptions } from './ask.ts'
import type { Geocoder } from './geocoder.ts'
import { kakao } from './kakao.ts'
import { towns } from './towns.ts'
import { vworld } from './vworld.ts'

export interface GeocoderKeys {
  readonly kakao?: string | undefined
  readonly vworld?: string | undefined
}

/** Who is asked for what nobody has placed by hand, in this order. */
export const geocodersFor = (keys: GeocoderKeys, options?: AskOptions): readonly Geocoder[] => [
  ...(keys.kakao ? [kakao(keys.kakao, options)] : []),
  ...(keys.vworld ? [vworld(keys.vworld, options)] : []),
  towns,
]
