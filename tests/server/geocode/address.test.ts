import { describe, expect, it } from 'vitest'
import { contradicts, looksLikeAddress, parseAddress } from '../../../server/geocode/address.ts'

const keyOf = (text: string): string => parseAddress(text).key

describe('an address in one form', () => {
  it.each([
    ['광주광역시 광산구 평동산단로 12', '광주 광산구 평동산단로 12'],
    ['광주 광역시 광산구 평동산단로12', '광주 광산구 평동산단로 12'],
    ['광주광역시 광산구 평동산단로 １２ (옥동)', '광주 광산구 평동산단로 12'],
    ['광주광역시 광산구 평동산단로 12, 3층 302호', '광주 광산구 평동산단로 12'],
    ['(62418) 광주광역시 광산구 평동산단로 12 가나빌딩 B동', '광주 광산구 평동산단로 12'],
    ['광주시 광산구 평동산단로 12', '광주 광산구 평동산단로 12'],
    ['광주 광산구 평동산단3번로 12-4', '광주 광산구 평동산단3번로 12-4'],
    ['전라남도 나주시 왕곡면 혁신산단길 46', '전남 나주시 왕곡면 혁신산단길 46'],
    ['전남 나주시 왕곡면 덕산리 산12번지 3호', '전남 나주시 왕곡면 덕산리 산 12-3'],
    ['전라남도나주시 왕곡면 덕산리 123번지', '전남 나주시 왕곡면 덕산리 123'],
    ['광주광역시 광산구 옥동 1233-9번지 공동물류센터', '광주 광산구 옥동 1233-9'],
    ['경기도 광주시 오포읍 신현리 12', '경기 광주시 오포읍 신현리 12'],
    ['경기광주 오포읍 신현리 12', '경기 광주시 오포읍 신현리 12'],
    ['광주시 오포읍 신현리 12', '경기 광주시 오포읍 신현리 12'],
    ['강원도 원주시 지정면 기업도시로 200', '강원 원주시 지정면 기업도시로 200'],
    ['전라북도 전주시 덕진구 팔복동2가 337', '전북 전주시 덕진구 팔복동2가 337'],
  ])('%s', (text, plain) => {
    expect(parseAddress(text).plain).toBe(plain)
    expect(keyOf(text)).toBe(plain.replaceAll(' ', ''))
  })

  it('knows region, dong and how near to the door it comes', () => {
    expect(parseAddress('전라남도 영암군 삼호읍 대불로 93')).toMatchObject({
      sido: '전남',
      sigungu: '영암군',
      dong: '삼호읍',
      kind: 'road',
    })
    expect(parseAddress('경기 수원시 권선구 고색동 890-1')).toMatchObject({ sigungu: '수원시 권선구', kind: 'parcel' })
    expect(parseAddress('광주 광산구 하남산단로 5 (도천동)')).toMatchObject({ dong: '도천동' })
    expect(parseAddress('전남 장성군 황룡면')).toMatchObject({ kind: 'region', dong: '황룡면' })
  })

  it('keeps apart what is apart: number, road, city', () => {
    const keys = [
      '광주 광산구 평동산단로 12',
      '광주 광산구 평동산단로 12-1',
      '광주 광산구 평동산단1번로 12',
      '경기 광주시 평동로 12',
    ]
    expect(new Set(keys.map(keyOf)).size).toBe(keys.length)
  })

  it.each([
    ['광주시 중앙로 12', true],
    ['광주 송정동 120', true],
    ['광주시 송정동 120', true],
    ['광주시 서구 치평동 1200', false],
    ['광주시 곤지암읍 곤지암로 9', false],
    ['광주광역시 중앙로 12', false],
    ['경기 광주시 송정동 120', false],
  ])('is told which 광주 it means, or not: %s', (text, open) => {
    expect(parseAddress(text).whichGwangju).toBe(open)
  })

  it('tells an address from the name of a firm', () => {
    for (const text of [
      '광주 광산구 평동산단로 12',
      '나주시 왕곡면 덕산리 1',
      '전남 장성군 황룡면',
      '광주시 중앙로 12',
    ])
      expect(looksLikeAddress(text), text).toBe(true)
    for (const text of ['금형A07', '하남강재', '광주금형', '부산신항', '대구 공장', '길로텍 12'])
      expect(looksLikeAddress(text), text).toBe(false)
  })

  it('holds provinces against each other', () => {
    expect(contradicts('전남', '전남')).toBe(false)
    expect(contradicts('광주', '경기')).toBe(true)
    expect(contradicts('광주', '전남광주')).toBe(false)
    expect(contradicts(undefined, '경기')).toBe(false)
  })
})
