/** Trucks that an order of no route could ride on if something were allowed, and repairs that have been built and checked. */
import type { Trip } from '../docks.ts'
import { writeRoute } from '../document.ts'
import { type Desk, openDesk, standing, timeTrip } from '../edits/desk.ts'
import { priceOf } from '../edits/places.ts'
import type { Direct, Plan } from '../plan.ts'
import type { Problem } from '../problem.ts'
import { applyRepair, type Change } from './repair.ts'
import { claim, type Possible, type Way } from './ways.ts'

export interface Host {
  readonly by: 'route' | 'truck' | 'hired'
  /** of the plan's routes, for a route */
  readonly index: number
  readonly type: number
  readonly visits: readonly number[]
  /** what the truck costs now */
  readonly krw: number
}

/** A repair that works: the way the shipment then goes, and the plan with it on the repaired problem. */
export interface Repaired {
  readonly changes: readonly Change[]
  readonly way: Omit<Way, 'outcome'>
  readonly plan: Plan
  readonly trip?: Trip | undefined
  /** the plan's cost less that of the plan there is */
  readonly extraKrw: number
}

/** Routes of the plan, trucks that are left, and hired trucks alone, whatever the order would break there. */
export function hostsOf(desk: Desk, order: number): Host[] {
  const { opened, trips, plan } = desk
  const { instance, problem, vehicleOf } = opened
  const { types, roster } = instance
  const { modes } = problem.shipments[order]
  const used = types.map((_, type) => trips.filter((trip) => trip.type === type).length)
  const routed = modes?.includes('route') ?? true
  const routes = routed
    ? trips.map(
        ({ type, visits }, index): Host => ({ by: 'route', index, type, visits, krw: plan.routes[index].costKrw }),
      )
    : []
  const others = types.flatMap((_, type): Host[] => {
    const { kind } = problem.vehicles[vehicleOf[type]]
    const own = { index: -1, type, visits: [], krw: 0 }
    if (kind === 'hired' && (modes?.includes('hired') ?? true)) return [{ by: 'hired', ...own }]
    const isLeft = roster ? roster.admits(used, type) && types[type].count > 0 : used[type] < types[type].count
    return routed && isLeft ? [{ by: 'truck', ...own }] : []
  })
  return [...routes, ...others].filter(({ visits }) => {
    const riding = visits.map((visit) => visit >> 1)
    const alone = visits.length > 0 && [order, ...riding].some((other) => instance.alone[other] === 1)
    return !alone && !instance.company?.apartFrom[order].some((other) => riding.includes(other))
  })
}

/** What the order adds to the host there; null where it breaks a rule. */
export function tryHost(
  desk: Desk,
  host: Host,
  order: number,
  visits: readonly number[],
): { readonly trip: Trip; readonly addedKrw: number } | null {
  const fixed = standing(desk, new Set([host.index]), new Set([order]))
  const trip = timeTrip(desk, host.type, visits, fixed)
  return trip && { trip, addedKrw: priceOf(desk, trip) - host.krw }
}

/** Builds the whole plan on the repaired problem; null where the check refuses it. */
export function claimRepair(
  desk: Desk,
  changes: readonly Change[],
  host: Host,
  order: number,
  visits: readonly number[],
): Repaired | null {
  const repaired = reopen(desk, changes)
  const found = tryHost(repaired, host, order, visits)
  if (!found) return null
  const { trip } = found
  const { problem, vehicleOf } = repaired.opened
  const { id: vehicle, tariff } = problem.vehicles[vehicleOf[host.type]]
  const lifted = [order]
  const outcome = claim(
    repaired,
    host.by === 'route'
      ? { changed: new Map([[host.index, trip]]), lifted }
      : host.by === 'truck'
        ? { begun: [trip], lifted }
        : { direct: [hiredAlone(repaired, order, trip, tariff)], lifted },
    trip,
  )
  if (outcome.proof !== 'possible') return null
  const way =
    host.by === 'route'
      ? { by: host.by, index: host.index }
      : { by: host.by, vehicle, ...(host.by === 'hired' && { tariff }) }
  return asRepaired(desk, changes, way, outcome)
}

function hiredAlone({ opened }: Desk, order: number, trip: Trip, tariff: string): Direct {
  const { id: shipment } = opened.problem.shipments[order]
  const route = writeRoute(opened, trip.schedule, `direct-${shipment}`)
  const { costLines, costKrw, distanceM } = route
  return { shipment, mode: 'hired', tariff, route, distanceM, costLines, costKrw, reasons: [] }
}

export const asRepaired = (
  desk: Desk,
  changes: readonly Change[],
  way: Omit<Way, 'outcome'>,
  { plan, trip }: Possible,
): Repaired => ({ changes, way, plan, trip, extraKrw: plan.costKrw - desk.plan.costKrw })

/** The plan on the table of the repaired problem. */
export const reopen = (desk: Desk, changes: readonly Change[], plan: Plan = desk.plan): Desk =>
  openDesk(repairedProblem(desk, changes), desk.opened.travel, plan)

export const repairedProblem = (desk: Desk, changes: readonly Change[]): Problem => applyRepair(desk.whole, { changes })
