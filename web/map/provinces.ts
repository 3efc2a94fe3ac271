/** The provinces of Korea for three uses: drawn, labelled, and asked which of them a place is in. */
import type { Language } from '../format.ts'
import type { Box } from '../state/places.ts'
import data from './data/provinces.json' with { type: 'json' }

type Position = readonly [number, number]
type Polygon = readonly (readonly Position[])[]
interface Province {
  readonly type: 'Feature'
  readonly properties: { readonly code: string; readonly ko: string; readonly en: string }
  readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: readonly Polygon[] }
}

export const PROVINCES = data as unknown as {
  readonly type: 'FeatureCollection'
  readonly features: readonly Province[]
}

/** Twice the signed area, and the centroid. */
function centroid(ring: readonly Position[]): { readonly area: number; readonly at: Position } {
  let [area, x, y] = [0, 0, 0]
  for (let k = 0; k + 1 < ring.length; k++) {
    const [[ax, ay], [bx, by]] = [ring[k]!, ring[k + 1]!]
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return { area: Math.abs(area), at: [x / (3 * area), y / (3 * area)] }
}

/** A name in the middle of the largest part of each province. Cities stand aside for the province around them. */
export function provinceLabels(language: Language) {
  return {
    type: 'FeatureCollection' as const,
    features: PROVINCES.features.map(({ properties, geometry }) => {
      const parts = geometry.coordinates.map((polygon) => centroid(polygon[0]!))
      const largest = parts.reduce((a, b) => (a.area >= b.area ? a : b))
      return {
        type: 'Feature' as const,
        properties: { name: properties[language], city: largest.area < 0.5 },
        geometry: { type: 'Point' as const, coordinates: [...largest.at] },
      }
    }),
  }
}

/** Even-odd rule: how often a ray to the east meets the border. */
function contains(polygon: Polygon, [lng, lat]: Position): boolean {
  let inside = false
  for (const ring of polygon) {
    for (let k = 0; k + 1 < ring.length; k++) {
      const [[ax, ay], [bx, by]] = [ring[k]!, ring[k + 1]!]
      if (ay > lat !== by > lat && lng < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside
    }
  }
  return inside
}

const CAPITAL = new Set(['seoul', 'incheon', 'gyeonggi'])

/** 수도권 for Seoul and what surrounds it, else the province; undefined at sea, where a port may come to lie. */
export function regionOf(lng: number, lat: number, language: Language, capital: string): string | undefined {
  const holds = ({ geometry }: Province, at: Position) => geometry.coordinates.some((polygon) => contains(polygon, at))
  // the coast is drawn for a small scale: a harbour may stand a kilometre or two off
  const near: Position[] = [
    [lng, lat],
    [lng + 0.04, lat],
    [lng - 0.04, lat],
    [lng, lat + 0.04],
    [lng, lat - 0.04],
  ]
  for (const at of near) {
    // cities lie inside the ring of their province, so the smaller one, listed by area, comes first
    const found = BY_AREA.find((province) => holds(province, at))
    if (found) return CAPITAL.has(found.properties.code) ? capital : found.properties[language]
  }
  return undefined
}

const sizeOf = ({ geometry }: Province) =>
  Math.max(...geometry.coordinates.map((polygon) => centroid(polygon[0]!).area))
const BY_AREA = [...PROVINCES.features].sort((a, b) => sizeOf(a) - sizeOf(b))

/** The mainland with the islands near it. */
export const COUNTRY: Box = [125.85, 34.15, 129.75, 38.35]

/** Web Mercator: x and y in radians, y to the south. */
function mercator(lng: number, lat: number): Position {
  const radians = Math.PI / 180
  return [lng * radians, -Math.log(Math.tan(Math.PI / 4 + (lat * radians) / 2))]
}

export type Project = (lng: number, lat: number) => Position

/** For pictures without a map's canvas: the largest scale at which the box fits, in the middle. */
export function fitting([west, south, east, north]: Box, width: number, height: number): Project {
  const [left, top] = mercator(west, north)
  const [right, bottom] = mercator(east, south)
  const scale = Math.min(width / (right - left), height / (bottom - top))
  const [dx, dy] = [(width - (right - left) * scale) / 2, (height - (bottom - top) * scale) / 2]
  return (lng, lat) => {
    const [x, y] = mercator(lng, lat)
    return [(x - left) * scale + dx, (y - top) * scale + dy]
  }
}

/** Corners closer than this cannot be seen at this size. */
const DETAIL_PX = 0.7

export function pathOf(points: readonly Position[], project: Project, closed: boolean): string {
  let path = ''
  let last: Position | undefined
  points.forEach(([lng, lat], index) => {
    const at = project(lng, lat)
    const end = index === points.length - 1
    if (last && !end && Math.hypot(at[0] - last[0], at[1] - last[1]) < DETAIL_PX) return
    path += `${last ? 'L' : 'M'}${at[0].toFixed(1)} ${at[1].toFixed(1)}`
    last = at
  })
  return closed ? `${path}Z` : path
}

export const landPath = (project: Project): string =>
  PROVINCES.features
    .map(({ geometry }) => geometry.coordinates.map((polygon) => pathOf(polygon[0]!, project, true)).join(''))
    .join('')
