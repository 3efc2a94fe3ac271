/**
 * What a new plan changes for people who know the one before. A shipment has moved when it no longer goes as it went: in another mode,
 * not at all, or on another truck. Trucks of one vehicle in one shift are alike, so each route of the earlier plan is matched with at
 * most one route of the same vehicle and shift, and no two with one, such that the most shipments ride on the route that theirs has
 * become; the others have moved. The order of visits does not count, nor a shipment that only one of the plans serves or the problem no
 * longer has. A part of a split shipment moves by itself. How many moved follows from the plans; which, where several matchings are as good, from the order of their routes.
 */
import { bestMatching } from './matching.ts'
import { problemInParts } from './parts.ts'
import type { Direct, Plan, Route } from './plan.ts'
import type { Problem } from './problem.ts'

/** Index into `routes`, or the mode, by shipment. */
const waysOf = (plan: Plan): Map<string, number | Direct['mode']> =>
  new Map<string, number | Direct['mode']>([
    ...plan.routes.flatMap(({ stops }, index) =>
      stops.flatMap(({ pickups }) => pickups.map((id): [string, number] => [id, index])),
    ),
    ...plan.direct.map(({ shipment, mode }): [string, Direct['mode']] => [shipment, mode]),
  ])

/** Vehicle and shift of a route as the problem has them today; null: no shift of a vehicle holds it. */
export function shiftOf(problem: Problem, route: Route): { readonly vehicle: number; readonly shift: number } | null {
  const vehicle = problem.vehicles.findIndex(({ id }) => id === route.vehicle)
  const shift = problem.vehicles[vehicle]?.shifts.findIndex(
    ([opens, closes]) => route.departS >= opens && route.returnS <= closes,
  )
  return shift === undefined || shift < 0 ? null : { vehicle, shift }
}

/** Ids of the shipments that went one way before and go another now, in the order of the problem. */
export function movedShipments(whole: Problem, before: Plan, after: Plan): string[] {
  const problem = problemInParts(whole, after.parts ?? [])
  const then = waysOf(before)
  const now = waysOf(after)
  const truckOf = (route: Route) => {
    const found = shiftOf(problem, route)
    return found && `${found.vehicle} ${found.shift}`
  }
  const columns = after.routes.length
  const common = new Int32Array(before.routes.length * columns)
  for (const { id } of problem.shipments) {
    const [was, is] = [then.get(id), now.get(id)]
    if (typeof was !== 'number' || typeof is !== 'number') continue
    const truck = truckOf(before.routes[was])
    if (truck !== null && truck === truckOf(after.routes[is])) common[was * columns + is]++
  }
  const heirs = bestMatching(common, before.routes.length, columns)
  return problem.shipments
    .map(({ id }) => id)
    .filter((id) => {
      const [was, is] = [then.get(id), now.get(id)]
      if (was === undefined) return false
      return typeof was === 'number' ? heirs[was] < 0 || heirs[was] !== is : was !== is
    })
}
