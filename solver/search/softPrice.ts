/**
 * What an order adds to the price of lateness on a route, as insertion sees it: at the earliest times, without rests. What it adds to
 * earliness, and what waiting for a soft window costs, is left to the timetable: insertion may prefer a place that comes out dearer.
 */
import { arc } from '../arcs.ts'
import { startKrw } from '../cheapest.ts'
import type { Instance } from '../instance.ts'
import { arriveBySlices } from '../slices.ts'
import { departFor, FRONT, firstOpen } from '../timeline.ts'
import type { SearchRoute } from './route.ts'

/** Positions as in `Inserter.find`: the pickup goes after position i, the delivery after position j of the route as it is. */
export function latenessAdded(
  instance: Instance,
  route: SearchRoute,
  i: number,
  pickup: number,
  j: number,
  delivery: number,
): number {
  const { visits, length } = route
  const before = Array.from(visits.subarray(i + 1, length + 1))
  const after = [pickup, ...before.slice(0, j - i), delivery, ...before.slice(j - i)]
  return Math.max(0, lateness(instance, route, i, after) - lateness(instance, route, i, before))
}

function lateness(instance: Instance, route: SearchRoute, i: number, visits: readonly number[]): number {
  const { placeOf, serviceS, stopS, types, soft } = instance
  const { durationS, opensS, slices } = types[route.type]
  let from = route.place[i]
  let at = route.at[i]
  let clock = route.time[i * FRONT]
  let krw = 0
  for (const [k, visit] of visits.entries()) {
    const here = placeOf[visit]
    const legS = arc(durationS, from, here)
    if (i === 0 && k === 0) clock = departFor(instance, opensS, visit, legS)
    const startS = firstOpen(
      instance,
      visit,
      slices === null ? clock + legS : arriveBySlices(slices, from, here, clock),
    )
    const closesS = soft![visit]?.closesS
    if (closesS !== undefined && startS > closesS) krw += startKrw(instance, visit, startS)
    clock = startS + serviceS[visit] + (here !== at ? stopS[here] : 0)
    from = at = here
  }
  return krw
}
