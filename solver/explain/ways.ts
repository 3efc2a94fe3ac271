/**
 * Every other way for one order of a plan: each route at its best place, each truck that is left, a hired truck alone, terminal freight.
 * Each way that is called possible has been built into a whole plan which `checkPlan` accepts, and its price is that plan's less this
 * one's. What rides in a group has no way of its own: the group would have to move, which is not tried.
 */
import { checkPlan } from '../check.ts'
import { terminalDistanceM } from '../dense.ts'
import type { Trip } from '../docks.ts'
import { writeDirect, writeRoute } from '../document.ts'
import { type Desk, type Rewrite, rewritePlan, standing, timeTrip, without } from '../edits/desk.ts'
import { locksBroken } from '../edits/locks.ts'
import { findPlace, isFound } from '../edits/places.ts'
import { checkLocks } from '../locks/checkLocks.ts'
import type { Direct, Plan, Reason } from '../plan.ts'
import { dayIndex } from '../problem.ts'
import { terminalRefusal } from '../tariff.ts'
import { forbids } from './reasons.ts'

/** One way, in indices. */
export interface Way {
  readonly by: 'route' | 'truck' | 'hired' | 'terminal'
  /** index into plan.routes, where it joins one */
  readonly index?: number
  /** of the problem's vehicles, where it takes a truck of its own */
  readonly vehicle?: string
  readonly tariff?: string
  /** how it goes there, or why it cannot */
  readonly outcome: Possible | Refused
}
export interface Possible {
  readonly proof: 'possible'
  readonly plan: Plan
  /** visits of its truck in order; absent for terminal freight */
  readonly trip?: Trip
}
export interface Refused {
  readonly proof: 'impossible' | 'notFound'
  readonly rule: string
  readonly excess?: number
  readonly unit?: string
}

/** The plan with one order taken out of it. */
interface Absence {
  /** null where what it leaves behind cannot be driven in the order it is in */
  readonly edit: Required<Pick<Rewrite, 'changed' | 'lifted'>> | null
  readonly refused: Refused
}

/** `alone`: as if nobody had to ride with it. */
function takeOut(desk: Desk, order: number, alone: boolean): Absence {
  const place = desk.places[order]
  const refused: Refused = { proof: 'notFound', rule: 'together' }
  if (place.by !== 'route') return { edit: { changed: new Map(), lifted: [order] }, refused }
  const { index } = place
  const { type, visits } = desk.trips[index]
  const left = without(visits, order)
  const changed = new Map<number, Trip | null>()
  if (left.length === 0) changed.set(index, null)
  else {
    const trip = timeTrip(
      alone ? ungrouped(desk, order) : desk,
      type,
      left,
      standing(desk, new Set([index]), new Set()),
    )
    if (!trip) return { edit: null, refused: { proof: 'notFound', rule: 'sequence' } }
    changed.set(index, trip)
  }
  return { edit: { changed, lifted: [order] }, refused }
}

/** The desk of a problem without the order: its group is the smaller. */
function ungrouped(desk: Desk, order: number): Desk {
  const { company } = desk.opened.instance
  if (company === null) return desk
  const groups = company.groups.map((group) => group.filter((member) => member !== order))
  const instance = { ...desk.opened.instance, company: { ...company, groups } }
  return { ...desk, opened: { ...desk.opened, instance } }
}

/** The plan without the order; null where the rest of its route cannot be timed as it stands. */
export function planWithout(desk: Desk, order: number): Plan | null {
  const { edit } = takeOut(desk, order, true)
  return edit && rewritePlan(desk, edit)
}

/** Every way but the one it goes. */
export function findWays(desk: Desk, order: number): Way[] {
  const { opened } = desk
  const shipment = opened.problem.shipments[order]
  const place = desk.places[order]
  const { edit, refused } = takeOut(desk, order, false)
  const grouped = opened.instance.company !== null && opened.instance.company.groupOf[order] >= 0
  const off = shipment.modes && !shipment.modes.includes('route')
  const blocked: Refused | null = grouped
    ? { proof: 'notFound', rule: 'together' }
    : edit
      ? null
      : { ...refused, proof: 'notFound' }
  const rides = blocked ?? (off ? ({ proof: 'impossible', rule: 'modes' } as const) : null)

  const routes = desk.plan.routes.flatMap((_, index): Way[] => {
    if (place.by === 'route' && place.index === index) return []
    return [{ by: 'route', index, outcome: rides ?? joinRoute(desk, order, index, edit!) }]
  })
  const trucks: Way[] = rides ? [] : beginTrucks(desk, order, edit!)
  const hired: Way[] = place.by === 'hired' ? [] : [hireAlone(desk, order, edit, blocked)]
  const freight = opened.problem.tariffs.some(({ kind }) => kind === 'terminal') && place.by !== 'terminal'
  const terminal: Way[] = freight ? [sendFreight(desk, order, edit, blocked)] : []
  return [...routes, ...trucks, ...hired, ...terminal]
}

type Taken = NonNullable<Absence['edit']>

/** A plan is only claimed when the check accepts it, and breaks balance no more than the plan before. */
export function claim(desk: Desk, edit: Rewrite, trip?: Trip): Possible | Refused {
  const plan = rewritePlan(desk, edit)
  if (!plan) return { proof: 'notFound', rule: 'drivers' }
  const [fault] = checkPlan(desk.whole, desk.opened.travel, plan)
  if (fault) return { proof: 'notFound', rule: fault.rule }
  const breach = ({ violations }: Plan) => violations.reduce((sum, { excess }) => sum + excess, 0)
  if (breach(plan) > breach(desk.plan)) return { proof: 'notFound', rule: 'balance' }
  return { proof: 'possible', plan, ...(trip ? { trip } : {}) }
}

const numbersOf = ({ rule, excess, unit }: Reason) => ({
  rule,
  ...(excess === undefined ? {} : { excess }),
  ...(unit === undefined ? {} : { unit }),
})
const refusedBy = (reason: Reason): Refused => ({
  ...numbersOf(reason),
  proof: reason.proof === 'impossible' ? 'impossible' : 'notFound',
})

/** Who keeps their docks while these change. */
const beside = (desk: Desk, order: number, changed: Taken['changed'], index = -1): Trip[] => [
  ...standing(desk, new Set([...changed.keys(), index]), new Set([order])),
  ...[...changed.values()].flatMap((trip) => trip ?? []),
]

function joinRoute(desk: Desk, order: number, index: number, { changed, lifted }: Taken): Possible | Refused {
  const { instance } = desk.opened
  const { type, visits } = desk.trips[index]
  const others = [...new Set(visits.map((visit) => visit >> 1))]
  const bar = forbids(desk.opened, type, order)
  if (bar?.proof === 'impossible') return refusedBy(bar)
  if ([order, ...others].some((other) => instance.alone[other] === 1)) return { proof: 'impossible', rule: 'goAlone' }
  if (instance.company?.apartFrom[order].some((other) => others.includes(other)))
    return { proof: 'impossible', rule: 'apart' }
  const found = findPlace(desk, type, visits, order, beside(desk, order, changed, index))
  if (!isFound(found)) return refusedBy(found)
  return claim(desk, { changed: new Map([...changed, [index, found.trip]]), lifted }, found.trip)
}

/** The order alone on each vehicle of which a truck is left, in the cheapest of its shifts. */
function beginTrucks(desk: Desk, order: number, { changed, lifted }: Taken): Way[] {
  const { opened, trips } = desk
  const { problem, instance, vehicleOf } = opened
  const { types, roster } = instance
  const { modes } = problem.shipments[order]
  const place = desk.places[order]
  const home = place.by === 'route' && changed.get(place.index) === null ? desk.plan.routes[place.index].vehicle : null
  const used = types.map(
    (_, type) => trips.filter((trip, index) => trip.type === type && changed.get(index) !== null).length,
  )
  return problem.vehicles.flatMap((vehicle, index): Way[] => {
    // a hired truck alone needs no route
    if (vehicle.id === home || (vehicle.kind === 'hired' && (modes?.includes('hired') ?? true))) return []
    const left = types.flatMap(({ count }, type) =>
      vehicleOf[type] === index && (roster ? roster.hasTruck(used, type) && count > 0 : used[type] < count)
        ? [type]
        : [],
    )
    if (left.length === 0) return []
    const outcomes = left.map((type): Possible | Refused => {
      if (roster && !roster.admits(used, type)) return { proof: 'notFound', rule: 'drivers' }
      const bar = forbids(opened, type, order)
      if (bar?.proof === 'impossible') return refusedBy(bar)
      const found = findPlace(desk, type, [], order, beside(desk, order, changed))
      if (!isFound(found)) return refusedBy(found)
      return claim(desk, { changed, lifted, begun: [found.trip] }, found.trip)
    })
    return [{ by: 'truck', vehicle: vehicle.id, outcome: bestOf(outcomes) }]
  })
}

/** The possible way after which the plan costs least; null: none. */
export function cheapestWay(ways: readonly Way[]): (Way & { readonly outcome: Possible }) | null {
  const possible = ways.flatMap((way) => {
    const { outcome } = way
    return outcome.proof === 'possible' ? [{ ...way, outcome }] : []
  })
  return possible.toSorted((a, b) => a.outcome.plan.costKrw - b.outcome.plan.costKrw)[0] ?? null
}

function bestOf(outcomes: readonly (Possible | Refused)[]): Possible | Refused {
  const krw = (outcome: Possible | Refused) =>
    outcome.proof === 'possible' ? outcome.plan.costKrw : Number.POSITIVE_INFINITY
  const rank = { possible: 0, notFound: 1, impossible: 2 }
  return outcomes.toSorted((a, b) => rank[a.proof] - rank[b.proof] || krw(a) - krw(b))[0]
}

/** On the hired truck that carries it cheapest. */
function hireAlone(desk: Desk, order: number, edit: Taken | null, blocked: Refused | null): Way {
  const { opened } = desk
  const { problem, vehicleOf, instance } = opened
  const shipment = problem.shipments[order]
  const offer = opened.offers[order].hired
  if (blocked || !edit) return { by: 'hired', outcome: blocked ?? { proof: 'notFound', rule: 'together' } }
  if (shipment.modes && !shipment.modes.includes('hired'))
    return { by: 'hired', outcome: { proof: 'impossible', rule: 'modes' } }
  if (!offer) {
    const bars = instance.types.flatMap((_, type) =>
      problem.vehicles[vehicleOf[type]].kind === 'hired' ? (forbids(opened, type, order) ?? []) : [],
    )
    const unsure = bars.find(({ proof }) => proof !== 'impossible')
    const least = bars.toSorted((a, b) => (a.excess ?? 0) - (b.excess ?? 0))[0]
    return { by: 'hired', outcome: least ? refusedBy(unsure ?? least) : { proof: 'impossible', rule: 'fleet' } }
  }
  const { id: vehicle, tariff } = problem.vehicles[vehicleOf[offer.type]]
  const trip = timeTrip(desk, offer.type, [2 * order, 2 * order + 1], beside(desk, order, edit.changed))
  if (!trip) return { by: 'hired', vehicle, tariff, outcome: { proof: 'notFound', rule: 'docks' } }
  const route = writeRoute(opened, trip.schedule, `direct-${shipment.id}`)
  const { costLines, costKrw, distanceM } = route
  const direct: Direct = {
    shipment: shipment.id,
    mode: 'hired',
    tariff,
    route,
    distanceM,
    costLines,
    costKrw,
    reasons: [],
  }
  return { by: 'hired', vehicle, tariff, outcome: claim(desk, { ...edit, direct: [direct] }, trip) }
}

function sendFreight(desk: Desk, order: number, edit: Taken | null, blocked: Refused | null): Way {
  const { opened } = desk
  const { problem, travel, siteIndex } = opened
  const shipment = problem.shipments[order]
  const offer = opened.offers[order].terminal
  if (blocked || !edit) return { by: 'terminal', outcome: blocked ?? { proof: 'notFound', rule: 'together' } }
  if (offer) {
    const direct = writeDirect(opened, order, { mode: 'terminal', krw: offer.krw })!
    return { by: 'terminal', tariff: offer.tariff, outcome: claim(desk, { ...edit, direct: [direct] }) }
  }
  const distanceM = terminalDistanceM(problem, travel, shipment, siteIndex)
  const refusals = problem.tariffs.flatMap((tariff): Refused[] => {
    if (tariff.kind !== 'terminal') return []
    const rule = terminalRefusal(tariff, shipment, distanceM)
    if (rule === null) return []
    const over = (excess: number, unit: string) => (excess > 0 ? { excess, unit } : {})
    const amount = {
      pieceWeight: () => over((shipment.pieceKg ?? shipment.weightKg) - tariff.maxPieceKg, 'kg'),
      capacity: () => over(shipment.weightKg - tariff.maxShipmentKg, 'kg'),
      timeWindows: () =>
        over(
          dayIndex(shipment.ready ?? 0) + tariff.leadDays - dayIndex(shipment.due ?? Number.POSITIVE_INFINITY),
          'days',
        ),
      timeOnBoard: () => ({}),
      modes: () => ({}),
      road: () => ({}),
    }[rule]()
    return [{ proof: 'impossible', rule, ...amount }]
  })
  return { by: 'terminal', outcome: refusals[0] ?? { proof: 'notFound', rule: 'modes' } }
}

/** True where the plan breaks a lock that this one keeps. */
export const breaksLock = (desk: Desk, plan: Plan): boolean => {
  const broken = (of: Plan) => checkLocks(of).filter(({ state }) => state === 'broken').length
  return (
    ((desk.plan.provenance.locks?.length ?? 0) > 0 && broken(plan) > broken(desk.plan)) ||
    locksBroken(desk.plan.locks ?? [], desk.plan, plan).length > 0
  )
}
