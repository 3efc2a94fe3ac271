/** Drivers of a finished plan, held against the documents: one for each route of a contract truck, who may drive it and works then. */
import type { Plan, Route, Violation } from './plan.ts'
import type { Problem } from './problem.ts'

export function checkDrivers(problem: Problem, plan: Plan): Violation[] {
  const drivers = new Map(problem.drivers?.map((driver) => [driver.id, driver]))
  const vehicleOf = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const found: Violation[] = []
  const refuse = ({ id, vehicle, driver }: Route, excess: number, unit: string, rule = 'drivers') =>
    found.push({ rule, route: id, vehicle, ...(driver === undefined ? {} : { driver }), excess, unit })

  for (const route of plan.routes) {
    const vehicle = vehicleOf.get(route.vehicle)!
    if (route.driver === undefined) {
      if (problem.drivers && vehicle.kind === 'contract') refuse(route, 1, 'drivers')
      continue
    }
    const driver = drivers.get(route.driver)
    if (!driver) {
      refuse(route, 1, 'ids', 'unknownId')
      continue
    }
    // hired trucks bring their own
    if (vehicle.kind === 'hired' || !driver.vehicles.includes(vehicle.id)) refuse(route, 1, 'drivers')
    const outside = (driver.shifts ?? [[route.departS, route.returnS]]).map(
      ([from, to]) => Math.max(0, from - route.departS) + Math.max(0, route.returnS - to),
    )
    const excess = Math.min(Number.MAX_SAFE_INTEGER, ...outside)
    if (excess > 0) refuse(route, excess, 's')
  }
  for (const { route } of plan.direct) if (route?.driver !== undefined) refuse(route, 1, 'drivers')

  // one route a driver in shifts that overlap
  const shiftsOf = (route: Route) =>
    vehicleOf.get(route.vehicle)!.shifts.filter(([opens, closes]) => route.departS >= opens && route.returnS <= closes)
  for (const routes of Map.groupBy(plan.routes, ({ driver }) => driver).values())
    for (const [k, route] of routes.entries())
      for (const other of routes.slice(0, route.driver === undefined ? 0 : k)) {
        const overlap = shiftsOf(route).every(([from, to]) =>
          shiftsOf(other).every(([opens, closes]) => opens < to && from < closes),
        )
        if (overlap) refuse(route, 1, 'routes')
      }
  return found
}
