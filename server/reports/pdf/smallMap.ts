/** Where a route goes, as a drawing of a few centimetres: its way, its stops with their numbers, no roads but its own. */

import type { TravelLeg } from '../../travel/provider.ts'
import type { RoutePlace } from '../geojson.ts'
import { INK, SIZE } from './document.ts'

type Point = readonly [x: number, y: number]
const EDGE = 12
const RADIUS = 8.5

/** SVG of this size in points. `legs`: from each place to the next; a missing one is drawn straight and dashed. */
export function drawRoute(
  places: readonly RoutePlace[],
  legs: readonly TravelLeg[],
  width: number,
  height: number,
): string {
  const ways = places.slice(1).map(({ site: to }, leg) => {
    const from = places[leg]!.site
    const known = legs[leg]
    const ends: [number, number][] = [
      [from.lng, from.lat],
      [to.lng, to.lat],
    ]
    return { points: known?.coordinates ?? ends, straight: known?.straight ?? true }
  })
  const all = [...ways.flatMap(({ points }) => points), ...places.map(({ site }) => [site.lng, site.lat] as const)]
  const project = fit(all, width, height)
  const line = ({ points, straight }: (typeof ways)[number]) =>
    `<polyline points="${points.map((point) => project(point).join(',')).join(' ')}" fill="none" stroke="${INK}" stroke-width="1.6"${straight ? ' stroke-dasharray="4 3"' : ''}/>`
  // visited twice, numbered twice: the first number lies on top
  const marks = places
    .map(({ site, stop }) => {
      const [x, y] = project([site.lng, site.lat])
      if (stop === undefined) return `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" fill="${INK}"/>`
      return `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="#fff" stroke="${INK}" stroke-width="1.2"/><text x="${x}" y="${y + 3.9}" font-size="${SIZE.body}" font-weight="bold" text-anchor="middle" fill="${INK}">${stop + 1}</text>`
    })
    .reverse()
  return `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Pretendard"><rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="#fff" stroke="#9AA3AD" stroke-width="0.5"/>${ways.map(line).join('')}${marks.join('')}</svg>`
}

/** Degrees to points of the drawing, north up, as much of it filled as the shape allows. */
function fit(all: readonly Point[], width: number, height: number): (point: Point) => Point {
  const lngs = all.map(([lng]) => lng)
  const lats = all.map(([, lat]) => lat)
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const scale = Math.min(
    (width - 2 * EDGE) / Math.max(1e-6, (east - west) * narrow),
    (height - 2 * EDGE) / Math.max(1e-6, north - south),
  )
  const round = (value: number) => Math.round(value * 10) / 10
  return ([lng, lat]) => [
    round(width / 2 + (lng - (west + east) / 2) * narrow * scale),
    round(height / 2 - (lat - (south + north) / 2) * scale),
  ]
}
