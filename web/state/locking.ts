/** Which locks a thing can have, and which it has. */
import type { Lock, Plan } from '../../solver/index.ts'
import { sameLock } from './history.ts'
import { riderRoute, routeIn } from './offers.ts'
import type { Selection } from './selection.ts'

export type LockName = 'route' | 'sequence' | 'truck' | 'pickup' | 'delivery' | 'time' | 'direct'
/** One row of the lock menu: it is on when all of its locks are. */
export interface LockChoice {
  readonly name: LockName
  readonly locks: readonly Lock[]
}

export function lockChoices(target: Selection, plan: Plan): readonly LockChoice[] {
  if (target.kind === 'shipment') {
    const { shipment } = target
    if (plan.direct.some((entry) => entry.shipment === shipment))
      return [{ name: 'direct', locks: [{ grade: 'direct', shipment }] }]
    if (!riderRoute(plan, shipment)) return []
    return [
      { name: 'truck', locks: [{ grade: 'truck', shipment }] },
      { name: 'pickup', locks: [{ grade: 'time', shipment, kind: 'pickup' }] },
      { name: 'delivery', locks: [{ grade: 'time', shipment, kind: 'delivery' }] },
    ]
  }
  if (target.kind !== 'route' && target.kind !== 'stop') return []
  const route = routeIn(plan, target.route)
  if (!route) return []
  if (target.kind === 'route')
    return [
      { name: 'route', locks: [{ grade: 'route', route: route.id }] },
      { name: 'sequence', locks: [{ grade: 'sequence', route: route.id }] },
      {
        name: 'truck',
        locks: [...new Set(route.stops.flatMap(({ pickups }) => pickups))].map((shipment) => ({
          grade: 'truck',
          shipment,
        })),
      },
    ]
  const stop = route.stops[target.stop]
  const first = stop?.visits[0]
  if (!stop || !first) return []
  return [
    { name: 'time', locks: [{ grade: 'time', shipment: first.shipment, kind: first.kind }] },
    {
      name: 'truck',
      locks: [...new Set([...stop.pickups, ...stop.deliveries])].map((shipment) => ({ grade: 'truck', shipment })),
    },
  ]
}

export const isOn = ({ locks }: LockChoice, all: readonly Lock[]): boolean =>
  locks.length > 0 && locks.every((lock) => all.some((other) => sameLock(lock, other)))

/** Those of its locks that hold: what the padlock beside it says. A whole route that is locked holds its stops and shipments, too. */
export function locksOn(target: Selection, plan: Plan, all: readonly Lock[]): readonly LockName[] {
  if (all.length === 0) return []
  return lockChoices(target, plan)
    .filter((choice) => isOn(choice, all))
    .map(({ name }) => name)
}
