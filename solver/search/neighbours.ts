import { arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'

/** Orders nearest to each order, itself first: [order * kept + rank]. */
export interface Neighbours {
  readonly kept: number
  readonly list: Int32Array
}

/**
 * Nearness of two orders is the least distance between a visit of one and a visit of the other at the same end, pickup or delivery, or
 * across (the delivery of one beside the pickup of the other), on the first type's roads.
 */
export function findNeighbours(instance: Instance, most: number): Neighbours {
  const { orders, placeOf, paired } = instance
  const kept = Math.min(most, orders)
  const { distanceM } = instance.types[0]
  const list = new Int32Array(orders * kept)
  const near = new Float64Array(orders)
  const ranked = Array.from({ length: orders }, (_, order) => order)
  const between = (a: number, b: number) => arc(distanceM, placeOf[a], placeOf[b])
  for (let order = 0; order < orders; order++) {
    for (let other = 0; other < orders; other++) {
      let least = between(2 * order, 2 * other)
      if (paired[order] && paired[other]) {
        least = Math.min(
          least,
          between(2 * order + 1, 2 * other + 1),
          between(2 * order + 1, 2 * other),
          between(2 * other + 1, 2 * order),
        )
      }
      near[other] = least
    }
    near[order] = -1
    ranked.sort((a, b) => near[a] - near[b] || a - b)
    for (let rank = 0; rank < kept; rank++) list[order * kept + rank] = ranked[rank]
  }
  return { kept, list }
}
