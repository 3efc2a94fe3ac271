/** How often a truck under search leaves loaded after having been empty. */
import type { SearchRoute } from './route.ts'

/** Trips of the route as it is, or with one order more: picked up behind position `i`, delivered behind position `j`. */
export function tripsWith({ visits, length }: SearchRoute, i = -1, j = -1): number {
  let aboard = 0
  let trips = 0
  for (let k = 0; k <= length; k++) {
    if (k > 0 && (visits[k] & 1) === 1) aboard--
    else if (k > 0 && aboard++ === 0) trips++
    if (k === i && aboard++ === 0) trips++
    if (k === j) aboard--
  }
  return trips
}
