/** Where sites are, in words: which belong to the complex, and what the area of the others is called. */
import type { Problem, Site } from '../../solver/index.ts'

/** An industrial complex is a few kilometres across; what lies within is "inside". */
const INSIDE_M = 5000
/** Beyond this a route leaves the local map and is shown on the national one. */
export const FAR_M = 60_000

type Spot = { readonly lng: number; readonly lat: number }

/** Great circle on a flat patch: for deciding what is near, never for money. */
export function metresBetween(a: Spot, b: Spot): number {
  const metresPerDegree = 111_195
  const east = (b.lng - a.lng) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)
  return Math.hypot(east, b.lat - a.lat) * metresPerDegree
}

/** An area's name in the language of the page. */
export type NameArea = (area: string, at: Spot) => string

export type SiteRole = 'hub' | 'member' | 'partner'

export interface Places {
  readonly role: (site: Site) => SiteRole
  /** '' inside the complex and where no address is known. */
  readonly area: (site: Site) => string
  readonly inside: (site: Site) => boolean
  readonly far: (site: Site) => boolean
}

export function describePlaces(problem: Problem, complex: Spot, nameArea: NameArea = (area) => area): Places {
  const garages = new Set(problem.vehicles.flatMap(({ start, end }) => [start, end]))
  const owners = new Set(problem.firms.map((firm) => firm.site))
  const inside = (site: Site) => metresBetween(site, complex) <= INSIDE_M
  const home = problem.sites.find((site) => inside(site) && site.address)?.address ?? ''
  return {
    inside,
    far: (site) => metresBetween(site, complex) > FAR_M,
    area: (site) => (inside(site) ? '' : nameArea(areaOf(site.address, home), site)),
    role: (site) => (garages.has(site.id) ? 'hub' : inside(site) && owners.has(site.id) ? 'member' : 'partner'),
  }
}

const CITY = /^(.{2,3}?)(특별자치시|특별시|광역시)$/

/**
 * The part of a Korean address that tells places apart, seen from home: 하남산단 in one's own city, 시흥 in a province,
 * 인천 for another metropolis.
 */
export function areaOf(address: string | undefined, home: string): string {
  const parts = (address ?? '')
    .replace(/\(.*?\)/g, '')
    .trim()
    .split(/\s+/)
  const [first = '', second = ''] = parts
  if (!first) return ''
  if (first === home.split(/\s+/)[0]) return parts.at(-1)!
  const city = CITY.exec(first)
  if (city) return city[1]!
  return second ? second.replace(/(?<=.{2})[시군]$/, '') : first
}

/** Members of a complex as one soft shape: the hull of their places, pushed out by `marginM`. */
export function outline(spots: readonly Spot[], marginM: number): [number, number][] {
  const circle = 12
  const padded = spots.flatMap(({ lng, lat }) =>
    Array.from({ length: circle }, (_, k): [number, number] => {
      const angle = (2 * Math.PI * k) / circle
      const degrees = marginM / 111_195
      return [lng + (degrees * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), lat + degrees * Math.sin(angle)]
    }),
  )
  const hull = convexHull(padded)
  return hull.length > 2 ? [...hull, hull[0]!] : []
}

/** Andrew's monotone chain (1979). */
function convexHull(points: readonly [number, number][]): [number, number][] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly [number, number][]) => {
    const chain: [number, number][] = []
    for (const p of list) {
      for (;;) {
        const [b, a] = [chain.at(-1), chain.at(-2)]
        if (!a || !b || (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break
        chain.pop()
      }
      chain.push(p)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

export type Box = readonly [west: number, south: number, east: number, north: number]

export function boxOf(spots: readonly Spot[]): Box | undefined {
  if (spots.length === 0) return undefined
  const lngs = spots.map(({ lng }) => lng)
  const lats = spots.map(({ lat }) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

/** At least `halfM` around its middle, so that a box of one place can be shown. */
export function widen(box: Box, halfM: number): Box {
  const [lng, lat] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  const dLat = halfM / 111_195
  const dLng = dLat / Math.cos((lat * Math.PI) / 180)
  return [
    Math.min(box[0], lng - dLng),
    Math.min(box[1], lat - dLat),
    Math.max(box[2], lng + dLng),
    Math.max(box[3], lat + dLat),
  ]
}
