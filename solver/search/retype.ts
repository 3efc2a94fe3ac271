/**
 * Gives a route the cheapest truck type that is left and takes it. Insertion prices with the type a route has, so without this a
 * mixed fleet settles on the types it was opened with.
 */
import { fareAs } from './route.ts'
import type { Solution } from './solution.ts'

/** Looks at the routes this solution has changed since it was copied. */
export function retypeRoutes(solution: Solution, limits: ArrayLike<number>): void {
  const { instance } = solution
  const { types, roster } = instance
  for (let index = 0; index < solution.routes.length; index++) {
    if (!solution.owns(index)) continue
    const route = solution.routes[index]
    const was = route.type
    const before = route.cost
    let best = before
    let bestType = was
    for (let type = 0; type < types.length; type++) {
      if (type === was || solution.used[type] >= limits[type]) continue
      if (roster && !roster.admits(solution.used, type, was)) continue
      const cost = fareAs(instance, route, type)
      if (cost < best) {
        best = cost
        bestType = type
      }
    }
    if (bestType === was) {
      if (roster) freeDriver(solution, index, limits)
      else swapTypes(solution, index)
      continue
    }
    if (tryType(solution, index, bestType)) continue
    // a shift of that truck which is too early or too late does not speak for its others
    for (let type = 0; type < types.length; type++) {
      if (type === bestType || type === was || types[type].vehicle !== types[bestType].vehicle) continue
      if (solution.used[type] >= limits[type] || fareAs(instance, solution.routes[index], type) >= before) continue
      if (roster && !roster.admits(solution.used, type, was)) continue
      if (tryType(solution, index, type)) break
    }
  }
}

/** Lets the route and another change trucks where both together cost less. */
function swapTypes(solution: Solution, index: number): void {
  const { instance, routes } = solution
  const { type: mine, cost } = routes[index]
  let most = 1e-9
  let partner = -1
  for (let other = 0; other < routes.length; other++) {
    const theirs = routes[other].type
    // two changed routes meet once
    if (theirs === mine || (other <= index && solution.owns(other))) continue
    const gain =
      cost + routes[other].cost - fareAs(instance, routes[index], theirs) - fareAs(instance, routes[other], mine)
    if (gain > most) {
      most = gain
      partner = other
    }
  }
  if (partner < 0) return
  const { type: theirs, cost: theirCost } = routes[partner]
  if (!solution.retype(index, theirs)) return
  const swapped = solution.retype(partner, mine)
  if (swapped && routes[index].cost + routes[partner].cost < cost + theirCost) return
  // paid time may cost more than the fares save, or the other truck be late
  if (swapped) solution.retype(partner, theirs)
  solution.retype(index, mine)
}

/** Gives the route a shorter span of its shift at the same price, where it fits one: more drivers may take that. */
function freeDriver(solution: Solution, index: number, limits: ArrayLike<number>): void {
  const { instance, used } = solution
  const { type: was, cost } = solution.routes[index]
  const { types, roster } = instance
  for (let type = 0; type < was; type++) {
    if (types[type].vehicle !== types[was].vehicle || used[type] >= limits[type]) continue
    if (!roster?.admits(used, type, was) || fareAs(instance, solution.routes[index], type) > cost) continue
    if (tryType(solution, index, type)) return
  }
}

/** Gives the route the type unless that costs more, because of paid time; false where it cannot drive the route in time. */
function tryType(solution: Solution, index: number, type: number): boolean {
  const { type: was, cost: before } = solution.routes[index]
  if (!solution.retype(index, type)) return false
  if (solution.routes[index].cost > before) solution.retype(index, was)
  return true
}
