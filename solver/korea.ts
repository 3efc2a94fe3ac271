/** Facts of the country that catch slips in addresses and numbers. */

interface Point {
  readonly lng: number
  readonly lat: number
}

/** South Korea with its islands, from Gageodo to Dokdo and from Marado to the northern border. */
export const KOREA = {
  timeZone: 'Asia/Seoul',
  contains: ({ lng, lat }: Point): boolean => lng >= 124.5 && lng <= 132 && lat >= 33 && lat <= 38.7,
} as const

const GWANGJU_METROPOLITAN: Point = { lng: 126.852, lat: 35.16 } // 광주광역시청
const GWANGJU_GYEONGGI: Point = { lng: 127.255, lat: 37.417 } // 경기 광주시청
const CITY_RADIUS_KM = 8 // reaches Opo and Chowol, leaves out the factories of Seongnam

/** Great circle, km. */
export function straightKm(a: Point, b: Point): number {
  const radians = Math.PI / 180
  const rise = Math.sin(((b.lat - a.lat) * radians) / 2)
  const turn = Math.sin(((b.lng - a.lng) * radians) / 2)
  const half = rise * rise + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * turn * turn
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half)))
}

export const nearGwangju = (site: Point): boolean => straightKm(site, GWANGJU_METROPOLITAN) <= 40

/** 경기도 광주시 instead of 광주광역시: the slip that geocoders make, 260 km apart. */
export const inOtherGwangju = (site: Point): boolean => straightKm(site, GWANGJU_GYEONGGI) <= CITY_RADIUS_KM
export const namesOtherGwangju = (address: string): boolean => /경기(도)?\s*광주시/.test(address)

/** Check digit of a business registration number, weights 1 3 7 1 3 7 1 3 5. Proves the form, not that the firm is open. */
export function isBusinessNumber(text: string): boolean {
  const digits = text.replace(/[-\s]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return (10 - ((sum + Math.floor((Number(digits[8]) * 5) / 10)) % 10)) % 10 === Number(digits[9])
}
