/** Whether a plan still keeps the locks that it was made under, from the plan alone. A person may have changed it since: that is no fault. */
import type { Plan, Route } from '../plan.ts'
import type { LockRecord } from './lock.ts'

export interface LockState {
  readonly record: LockRecord
  /** refused: it contradicted the problem when the plan was made; broken: the plan does not keep it */
  readonly state: 'kept' | 'refused' | 'broken'
  /** id of the route that the locked one is in this plan, where a kept lock speaks of one */
  readonly route?: string
}

/** One answer for each lock in the plan's provenance. */
export function checkLocks(plan: Plan): LockState[] {
  const records = plan.provenance.locks ?? []
  // where the locked routes of the earlier plan are now: none may be in two places, and no two in one
  const placesOf = new Map<string, Set<Route | undefined>>()
  for (const { route, visits = [], refused } of records) {
    if (route === undefined || refused) continue
    const places = placesOf.get(route) ?? new Set()
    placesOf.set(route, places)
    for (const { shipment } of visits) places.add(plan.routes.find((candidate) => carries(candidate, shipment)))
  }
  const homeOf = (name: string): Route | undefined => {
    const [home, ...others] = placesOf.get(name)!
    const isShared = [...placesOf].some(([other, places]) => other !== name && places.has(home))
    return others.length > 0 || isShared ? undefined : home
  }
  return records.map((record): LockState => {
    if (record.refused) return { record, state: 'refused' }
    const home = record.route === undefined ? undefined : homeOf(record.route)
    const isKept = record.route === undefined ? staysDirect(plan, record) : staysOn(home, record)
    return { record, state: isKept ? 'kept' : 'broken', ...(isKept && home && { route: home.id }) }
  })
}

const visitsOf = (route: Route) => route.stops.flatMap(({ visits }) => visits)
const carries = (route: Route, shipment: string) => visitsOf(route).some((visit) => visit.shipment === shipment)

const staysDirect = (plan: Plan, { lock, mode }: LockRecord): boolean =>
  plan.direct.some((direct) => 'shipment' in lock && direct.shipment === lock.shipment && direct.mode === mode)

function staysOn(route: Route | undefined, { lock, vehicle, visits = [] }: LockRecord): boolean {
  if (route === undefined || route.vehicle !== vehicle) return false
  const now = visitsOf(route)
  const named = now.filter(({ shipment }) => visits.some((visit) => visit.shipment === shipment))
  const sameOrder =
    named.length === visits.length &&
    visits.every(({ shipment, kind }, k) => named[k].shipment === shipment && named[k].kind === kind)
  const sameStart = ({ shipment, kind, startS }: (typeof visits)[number]) =>
    now.some((visit) => visit.shipment === shipment && visit.kind === kind && visit.startS === startS)
  switch (lock.grade) {
    case 'route':
      return now.length === visits.length && sameOrder && visits.every(sameStart)
    case 'head':
      return visits.every(({ shipment, kind }, k) => now[k]?.shipment === shipment && now[k].kind === kind)
    case 'sequence':
      return sameOrder
    case 'time':
      return visits.filter(({ kind }) => kind === lock.kind).every(sameStart)
    default:
      return true
  }
}
