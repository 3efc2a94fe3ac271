/** What an edit does to the locks of a plan. They bind the search, never a person: who goes against one is told, and it speaks of the plan as it then is. */
import type { Lock } from '../locks/lock.ts'
import type { Plan, Route } from '../plan.ts'

type Ways = Pick<Plan, 'routes' | 'direct'>

const visitsOf = (route: Route) => route.stops.flatMap(({ visits }) => visits)
const riderOf = ({ routes }: Ways, shipment: string): Route | undefined =>
  routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes(shipment)))

/** Locks that hold in one plan and no longer in the other. */
export function locksBroken(locks: readonly Lock[], before: Ways, after: Ways): Lock[] {
  return locks.filter((lock) => {
    const was = stateOf(lock, before)
    return was !== null && was !== stateOf(lock, after)
  })
}

/** What the lock fixes, as the plan has it; null: it has nothing of the kind. */
function stateOf(lock: Lock, plan: Ways): string | null {
  if (lock.grade === 'direct') return plan.direct.find(({ shipment }) => shipment === lock.shipment)?.mode ?? null
  const route = 'route' in lock ? plan.routes.find(({ id }) => id === lock.route) : riderOf(plan, lock.shipment)
  if (!route) return null
  const where = [route.id, route.vehicle]
  const visits = visitsOf(route)
  switch (lock.grade) {
    case 'truck':
      return JSON.stringify(where)
    case 'route':
      return JSON.stringify([where, visits.map(({ shipment, kind, startS }) => [shipment, kind, startS])])
    case 'head':
      return JSON.stringify([where, visits.slice(0, lock.visits).map(({ shipment, kind }) => [shipment, kind])])
    case 'sequence':
      return JSON.stringify([
        where,
        visits.flatMap(({ shipment, kind }) =>
          (lock.shipments?.includes(shipment) ?? true) ? [[shipment, kind]] : [],
        ),
      ])
    case 'time':
      return JSON.stringify([
        where,
        visits.find(({ shipment, kind }) => shipment === lock.shipment && kind === lock.kind)?.startS,
      ])
  }
}

/** What of the plan a lock names that is not there; null: all of it is. */
export function missingOfLock(lock: Lock, plan: Ways): { readonly route?: string; readonly shipment?: string } | null {
  if (lock.grade === 'direct')
    return plan.direct.some(({ shipment }) => shipment === lock.shipment) ? null : { shipment: lock.shipment }
  if (!('route' in lock)) return riderOf(plan, lock.shipment) ? null : { shipment: lock.shipment }
  const route = plan.routes.find(({ id }) => id === lock.route)
  if (!route) return { route: lock.route }
  const riding = new Set(visitsOf(route).map(({ shipment }) => shipment))
  const stranger = lock.grade === 'sequence' ? lock.shipments?.find((id) => !riding.has(id)) : undefined
  return stranger === undefined ? null : { route: lock.route, shipment: stranger }
}

/** The locks as they may be said of the plan: without what it no longer has. */
export function locksLeft(locks: readonly Lock[], plan: Ways): Lock[] {
  return locks.flatMap((lock): Lock[] => {
    if (lock.grade === 'direct') return plan.direct.some(({ shipment }) => shipment === lock.shipment) ? [lock] : []
    if (!('route' in lock)) return riderOf(plan, lock.shipment) ? [lock] : []
    const route = plan.routes.find(({ id }) => id === lock.route)
    if (!route || lock.grade !== 'sequence' || !lock.shipments) return route ? [lock] : []
    const riding = new Set(visitsOf(route).map(({ shipment }) => shipment))
    const shipments = lock.shipments.filter((id) => riding.has(id))
    return shipments.length > 0 ? [{ ...lock, shipments }] : []
  })
}
