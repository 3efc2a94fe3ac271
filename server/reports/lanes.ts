/** Which lane each route is drawn in where several drive the same road. Judged on whole geometry: simplified lines no longer share their points. */
import type { GeoFeature } from '../api.ts'

const segmentsOf = (coordinates: readonly (readonly [number, number])[]): string[] =>
  coordinates.slice(1).map((to, index) => `${coordinates[index]!.join()} ${to.join()}`)

/**
 * By number of the route. Routes that share a stretch in the same direction get different lanes, the earlier number nearer
 * the middle: greedy colouring of who overlaps whom.
 */
export function assignLanes(features: readonly GeoFeature[]): Map<number, number> {
  const users = new Map<string, Set<number>>()
  const numbers = new Set<number>()
  for (const { geometry, properties } of features) {
    if (geometry.type !== 'LineString') continue
    const number = Number(properties.number)
    numbers.add(number)
    for (const segment of segmentsOf(geometry.coordinates)) {
      const known = users.get(segment)
      if (known) known.add(number)
      else users.set(segment, new Set([number]))
    }
  }
  const rivals = new Map<number, Set<number>>()
  for (const shared of users.values()) {
    if (shared.size < 2) continue
    for (const a of shared) for (const b of shared) if (a !== b) rivals.set(a, (rivals.get(a) ?? new Set()).add(b))
  }
  const lanes = new Map<number, number>()
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const taken = new Set([...(rivals.get(number) ?? [])].map((rival) => lanes.get(rival)))
    let lane = 0
    while (taken.has(lane)) lane++
    lanes.set(number, lane)
  }
  return lanes
}
