/** Answers of Kakao and VWorld in the shapes that their guides document, with every field that these list. */
import type { Fetch } from '../../../server/geocode/ask.ts'

interface Place {
  readonly name: string
  readonly type: 'REGION' | 'ROAD' | 'REGION_ADDR' | 'ROAD_ADDR'
  readonly at: readonly [number, number]
  readonly regions: readonly [string, string, string]
}

export const kakaoAnswer = (places: readonly Place[]) => ({
  meta: { total_count: places.length, pageable_count: places.length, is_end: true },
  documents: places.map(({ name, type, at: [x, y], regions }) => {
    const region = {
      address_name: name,
      region_1depth_name: regions[0],
      region_2depth_name: regions[1],
      region_3depth_name: regions[2],
    }
    return {
      address_name: name,
      address_type: type,
      x: String(x),
      y: String(y),
      address: type.startsWith('ROAD')
        ? null
        : {
            ...region,
            region_3depth_h_name: '',
            h_code: '',
            b_code: '2920012800',
            mountain_yn: 'N',
            main_address_no: '12',
            sub_address_no: '',
            x: String(x),
            y: String(y),
          },
      road_address: type.startsWith('ROAD')
        ? {
            ...region,
            road_name: '평동산단로',
            underground_yn: 'N',
            main_building_no: '12',
            sub_building_no: '',
            building_name: '',
            zone_no: '62418',
            x: String(x),
            y: String(y),
          }
        : null,
    }
  }),
})

const vworldHead = {
  service: { name: 'address', version: '2.0', operation: 'getCoord', time: '12(ms)' },
  input: { type: 'road', address: '' },
}
export const vworldAnswer = (text: string, [x, y]: readonly [number, number]) => ({
  response: {
    ...vworldHead,
    status: 'OK',
    refined: {
      text,
      structure: {
        level0: '대한민국',
        level1: '광주광역시',
        level2: '광산구',
        level3: '옥동',
        level4L: '평동산단로',
        level4LC: '',
        level4A: '',
        level4AC: '',
        level5: '12',
        detail: '',
      },
    },
    result: { crs: 'EPSG:4326', point: { x: String(x), y: String(y) } },
  },
})
export const vworldNothing = { response: { ...vworldHead, status: 'NOT_FOUND' } }
export const vworldError = (code: string, text: string) => ({
  response: { ...vworldHead, status: 'ERROR', error: { level: '1', code, text } },
})

/** Plays back one answer a request and keeps what was asked. */
export function playBack(answers: readonly (object | number | Error)[]): {
  readonly fetch: Fetch
  readonly asked: { readonly url: URL; readonly headers: Record<string, string> }[]
} {
  const asked: { url: URL; headers: Record<string, string> }[] = []
  return {
    asked,
    fetch: async (url, { headers }) => {
      const answer = answers[asked.length] ?? answers.at(-1)!
      asked.push({ url, headers })
      if (answer instanceof Error) throw answer
      const status = typeof answer === 'number' ? answer : 200
      return { status, ok: status === 200, json: async () => answer }
    },
  }
}
export const quick = (fetch: Fetch) => ({ fetch, timeoutMs: 1_000, retries: 2, backOffMs: 1 })
