/** Suppliers near each other share a truck: places joined by hops of some kilometres, as a single linkage. */
import type { DrawnOrder } from '../pickup/demand.ts'

export interface Place {
  readonly id: string
  readonly name: string
  readonly lng: number
  readonly lat: number
}

/** Assumed: a truck that is there already goes so far for another supplier. */
const HOP_KM = 40
/** Of the complex itself, straight. */
const NEAR_KM = 30
export const NEAR_LANE = 'near'
const EARTH_KM = 6371

export function straightKm(a: Pick<Place, 'lng' | 'lat'>, b: Pick<Place, 'lng' | 'lat'>): number {
  const rad = Math.PI / 180
  const lat = ((b.lat - a.lat) * rad) / 2
  const lng = ((b.lng - a.lng) * rad) / 2
  const h = Math.sin(lat) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(lng) ** 2
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h))
}

/** site → the first site of its group, NEAR_LANE around the complex */
export function groupPlaces(places: readonly Place[], centre: Pick<Place, 'lng' | 'lat'>): Map<string, string> {
  const groupOf = new Map<string, string>()
  const far = places.filter((place) => {
    const near = straightKm(place, centre) <= NEAR_KM
    if (near) groupOf.set(place.id, NEAR_LANE)
    return !near
  })
  for (const first of far) {
    const open = groupOf.has(first.id) ? [] : [first]
    for (let place = open.pop(); place; place = open.pop()) {
      groupOf.set(place.id, first.id)
      const from = place
      open.push(...far.filter((other) => !groupOf.has(other.id) && straightKm(from, other) <= HOP_KM))
    }
  }
  return groupOf
}

export const partnerOf = ({ flow, from, to }: DrawnOrder): string => (flow.direction === 'in' ? from : to)
export const pairKey = (firm: string, supplier: string): string => `${firm}\n${supplier}`
export const pairOf = (order: DrawnOrder): string => pairKey(order.firm, partnerOf(order))
/** Near the complex one truck brings and fetches; far away the way there and the way back are two journeys. */
export function laneOf(order: DrawnOrder, groupOf: ReadonlyMap<string, string>): string {
  const group = groupOf.get(partnerOf(order)) ?? partnerOf(order)
  return group === NEAR_LANE ? group : `${group} ${order.flow.direction}`
}
export const mayWait = ({ flow }: DrawnOrder): boolean => !flow.sameDay && !flow.appointment && !flow.mustGoAlone
