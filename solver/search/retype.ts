/**
 * Gives a route the cheapest truck type that is left and takes it. Insertion prices with the type a route has, so without this a
 * mixed fleet settles on the types it was opened with.
 */
import { fareAs } from './route.ts'
import type { Solution } from './solution.ts'

/** Looks at the routes this solution has changed since it was copied. */
export function retypeRoutes(solution: Solution, limits: ArrayLike<number>): void {
  const { instance } = solution
  for (let index = 0; index < solution.routes.length; index++) {
    if (!solution.owns(index)) continue
    const route = solution.routes[index]
    const was = route.type
    let best = route.cost
    let bestType = was
    for (let type = 0; type < instance.types.length; type++) {
      if (type === was || solution.used[type] >= limits[type]) continue
      const cost = fareAs(instance, route, type)
      if (cost < best) {
        best = cost
        bestType = type
      }
    }
    if (bestType === was) continue
    const before = route.cost
    // paid time may cost more than the fare saves, or the other truck be late
    if (solution.retype(index, bestType) && solution.routes[index].cost > before) solution.retype(index, was)
  }
}
