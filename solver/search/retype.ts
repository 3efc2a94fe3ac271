/**
 * Gives a route the cheapest truck type that is left and takes it. Insertion prices with the type a route has, so without this a
 * mixed fleet settles on the types it was opened with.
 */
import type { Instance } from '../instance.ts'
import { inTime, scheduleRoute } from '../schedule.ts'
import { fareOf, type SearchRoute } from './route.ts'
import type { Solution } from './solution.ts'

/** Looks at the routes this solution has changed since it was copied. Returns true where one changed its type. */
export function retypeRoutes(solution: Solution, limits: ArrayLike<number>): boolean {
  const { types } = solution.instance
  let changed = false
  for (let index = 0; index < solution.routes.length; index++) {
    if (!solution.owns(index)) continue
    const route = solution.routes[index]
    let best = route.cost
    let bestType = -1
    for (let type = 0; type < types.length; type++) {
      if (type === route.type || solution.used[type] >= limits[type]) continue
      const cost = costAs(solution.instance, route, type, best)
      if (cost < best) {
        best = cost
        bestType = type
      }
    }
    if (bestType >= 0) {
      solution.retype(index, bestType)
      changed = true
    }
  }
  return changed
}

/** What the route would cost with another type, Infinity where that cannot drive it or it costs `limit` or more. */
function costAs(instance: Instance, route: SearchRoute, type: number, limit: number): number {
  const { orders, allowed, carryCost, dimensions, size } = instance
  const truck = instance.types[type]
  const was = instance.types[route.type]
  for (let d = 0; d < dimensions; d++) if (route.peak[d] > truck.capacity[d]) return Number.POSITIVE_INFINITY
  if (route.stops > truck.maxStops) return Number.POSITIVE_INFINITY
  let carry = 0
  for (let k = 1; k <= route.length; k++) {
    const visit = route.visits[k]
    if ((visit & 1) === 1) continue
    if (allowed[type * orders + (visit >> 1)] === 0) return Number.POSITIVE_INFINITY
    carry += carryCost[type * orders + (visit >> 1)]
  }
  let arcSum = 0
  let metres = 0
  let from = truck.start
  for (let k = 1; k <= route.length; k++) {
    arcSum += truck.arcCost[from * size + route.place[k]]
    metres += truck.distanceM[from * size + route.place[k]]
    from = route.place[k]
  }
  arcSum += truck.arcCost[from * size + truck.end]
  metres += truck.distanceM[from * size + truck.end]
  if (metres > truck.maxRouteM) return Number.POSITIVE_INFINITY
  const cost = fareOf(truck, arcSum, route.stops) + carry
  if (cost >= limit) return Number.POSITIVE_INFINITY
  const sameTimes =
    truck.durationS === was.durationS &&
    truck.start === was.start &&
    truck.end === was.end &&
    truck.opensS === was.opensS &&
    truck.closesS === was.closesS
  if (sameTimes && truck.perHour === 0 && truck.overtimePerHour === 0) return cost
  const schedule = scheduleRoute(instance, type, [...route.visits.subarray(1, route.length + 1)])
  if (!inTime(instance, schedule)) return Number.POSITIVE_INFINITY
  const paidS = schedule.returnS - schedule.departS
  const overS = Math.max(0, paidS - truck.overtimeAfterS)
  return cost + (truck.perHour * paidS + (overS > 0 ? truck.overtimePerHour * overS : 0)) / 3600
}
