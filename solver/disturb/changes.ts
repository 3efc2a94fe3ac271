/**
 * What a new plan changes for those who drive: truck by truck, so that only they are called whom it concerns. A route of the plan before
 * is the one of the same truck that still does most of what it did; no two are one.
 */
import { bestMatching } from '../matching.ts'
import type { Plan, Route } from '../plan.ts'
import { baseVehicle } from './fleet.ts'

export interface StopChange {
  readonly shipment: string
  readonly kind: 'pickup' | 'delivery'
  readonly site: string
  readonly startS: number
}
export interface DriverChange {
  /** ids of the route in the plan before and in the new one; null: there is none */
  readonly before: string | null
  readonly after: string | null
  readonly vehicle: string
  readonly driver?: string
  readonly added: readonly StopChange[]
  readonly dropped: readonly StopChange[]
  /** what it does still, at another time: the largest shift, seconds, later above 0 */
  readonly shiftS: number
  readonly shifted: number
  readonly kind: 'new' | 'gone' | 'changed' | 'same'
}

/** Less than so much is no change for who drives: 5 minutes. */
export const SHIFT_TOLD_S = 300

const servicesOf = ({ stops }: Route) =>
  new Map(
    stops.flatMap(({ site, visits }) =>
      visits.map(({ shipment, kind, startS }): [string, StopChange] => [
        `${kind} ${shipment} ${site}`,
        { shipment, kind, site, startS },
      ]),
    ),
  )

/** One entry for each truck of either plan, in the order of the plan before, then of the new one. */
export function driverChanges(before: Plan, after: Plan, toldFromS = SHIFT_TOLD_S): DriverChange[] {
  const was = before.routes.map(servicesOf)
  const is = after.routes.map(servicesOf)
  const columns = after.routes.length
  const common = new Int32Array(was.length * columns)
  was.forEach((services, row) => {
    is.forEach((others, column) => {
      if (baseVehicle(before.routes[row].vehicle) !== baseVehicle(after.routes[column].vehicle)) return
      common[row * columns + column] = [...services.keys()].filter((name) => others.has(name)).length
    })
  })
  const heirs = [...bestMatching(common, was.length, columns)].map((heir, row) =>
    heir >= 0 && common[row * columns + heir] > 0 ? heir : -1,
  )
  const told = before.routes.map((route, row): DriverChange => {
    const services = was[row]
    const heir = heirs[row]
    const head = { before: route.id, vehicle: route.vehicle, ...(route.driver && { driver: route.driver }) }
    if (heir < 0)
      return { ...head, after: null, added: [], dropped: [...services.values()], shiftS: 0, shifted: 0, kind: 'gone' }
    const now = is[heir]
    const added = [...now].flatMap(([name, service]) => (services.has(name) ? [] : [service]))
    const dropped = [...services].flatMap(([name, service]) => (now.has(name) ? [] : [service]))
    const shifts = [...services].flatMap(([name, { startS }]) => {
      const later = (now.get(name)?.startS ?? startS) - startS
      return Math.abs(later) >= toldFromS ? [later] : []
    })
    const shiftS = shifts.reduce((most, later) => (Math.abs(later) > Math.abs(most) ? later : most), 0)
    const kind = added.length + dropped.length + shifts.length > 0 ? 'changed' : 'same'
    return { ...head, after: after.routes[heir].id, added, dropped, shiftS, shifted: shifts.length, kind }
  })
  const fresh = after.routes.flatMap((route, column): DriverChange[] => {
    if (heirs.includes(column)) return []
    const head = {
      before: null,
      after: route.id,
      vehicle: route.vehicle,
      ...(route.driver && { driver: route.driver }),
    }
    return [{ ...head, added: [...is[column].values()], dropped: [], shiftS: 0, shifted: 0, kind: 'new' }]
  })
  return [...told, ...fresh]
}
