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
    `<polyline points="${points.map((point) => project(point).join(',')).join(' ')}" fill="none" stroke="${INK}" stroke-width="1.3"${straight ? ' stroke-dasharray="4 3"' : ''}/>`
  const points = places.map(({ site }) => project([site.lng, site.lat]))
  const garages = places.flatMap(({ stop }, index) => (stop === undefined ? [points[index]!] : []))
  const numbered = places.flatMap(({ stop }, index) => (stop === undefined ? [] : [{ stop, at: points[index]! }]))
  const badges = pushApart(
    numbered.map(({ at }) => at),
    garages,
    width,
    height,
  )
  const marks = [
    ...garages.map(([x, y]) => `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" fill="${INK}"/>`),
    ...numbered.map(({ at: [px, py] }, index) => {
      const [x, y] = badges[index]!
      return `<line x1="${px}" y1="${py}" x2="${x}" y2="${y}" stroke="${INK}" stroke-width="0.6"/><circle cx="${px}" cy="${py}" r="1.8" fill="${INK}"/>`
    }),
    ...numbered.map(({ stop }, index) => {
      const [x, y] = badges[index]!
      return `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="#fff" stroke="${INK}" stroke-width="1"/><text x="${x}" y="${y + 3.9}" font-size="${SIZE.body}" font-weight="bold" text-anchor="middle" fill="${INK}">${stop + 1}</text>`
    }),
  ]
  return `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Pretendard"><rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="#fff" stroke="#9AA3AD" stroke-width="0.5"/>${ways.map(line).join('')}${marks.join('')}</svg>`
}

/** Numbers that would lie over each other, moved until each can be read; a line leads to where they belong. */
function pushApart(wanted: readonly Point[], fixed: readonly Point[], width: number, height: number): Point[] {
  // of several at one point each starts in a direction of its own
  const at = wanted.map(([x, y], index): [number, number] => [x + Math.cos(index * 2.4), y + Math.sin(index * 2.4)])
  const keep = (value: number, most: number) => Math.min(most - RADIUS - 1, Math.max(RADIUS + 1, value))
  for (let round = 0; round < 120; round++)
    for (const [index, one] of at.entries()) {
      for (const [k, other] of [...at, ...fixed].entries()) {
        if (k === index) continue
        const [dx, dy] = [one[0] - other[0], one[1] - other[1]]
        const distance = Math.hypot(dx, dy)
        const lacking = 2 * RADIUS + 1 - distance
        if (lacking <= 0) continue
        const step = (lacking / 2 + 0.1) / Math.max(0.1, distance)
        one[0] = keep(one[0] + dx * step, width)
        one[1] = keep(one[1] + dy * step, height)
      }
    }
  return at.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10])
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
