/** Addresses that open the map app of the phone. They carry names of firms to others: a driver may send bare points instead. */
import type { DrivePlace } from '../../server/api.ts'

/** Kakao takes a start, five places between and an end. */
export const KAKAO_POINTS = 7

type Point = Pick<DrivePlace, 'name' | 'lng' | 'lat'>

/** Commas and slashes part the pieces of an address. */
const nameOf = ({ name }: Point, bare: string | undefined): string =>
  encodeURIComponent(bare ?? (name.replace(/[,/]/g, ' ').trim() || '?'))

/** The whole way on the web, in pieces that Kakao takes; each begins where the one before ends. */
export function kakaoWays(points: readonly Point[], bare: boolean): string[] {
  const ways: string[] = []
  for (let from = 0; from < points.length - 1; from += KAKAO_POINTS - 1) {
    const piece = points
      .slice(from, from + KAKAO_POINTS)
      .map((point, k) => `${nameOf(point, bare ? `${from + k + 1}` : undefined)},${point.lat},${point.lng}`)
    ways.push(`https://map.kakao.com/link/by/car/${piece.join('/')}`)
  }
  return ways
}

/** From where the phone is to one place. `page`: who asks, as Naver wants to know. */
export function wayTo(place: Point, bare: boolean, page: string) {
  const name = nameOf(place, bare ? '1' : undefined)
  const { lng, lat } = place
  return {
    kakao: `https://map.kakao.com/link/to/${name},${lat},${lng}`,
    naver: `nmap://route/car?dlat=${lat}&dlng=${lng}&dname=${name}&appname=${encodeURIComponent(page)}`,
    tmap: `tmap://route?goalname=${name}&goalx=${lng}&goaly=${lat}`,
  }
}

/** As a telephone dials it. */
export const telOf = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`
