/** Where something could go, as rows of a price list and as steps of the arrow keys. */
import type { Edit, Editor, Judged, Plan, Route } from '../../solver/index.ts'
import { visitsOf } from './history.ts'
import type { Selection } from './selection.ts'

export type Tone = 'cheaper' | 'same' | 'dearer' | 'refused'

/** A plan that carries less is no cheaper plan. */
export function toneOfOffer({ plan, deltaKrw, deltaUnserved }: Judged): Tone {
  if (!plan) return 'refused'
  if (deltaUnserved > 0) return 'dearer'
  return deltaKrw < 0 ? 'cheaper' : deltaKrw > 0 ? 'dearer' : 'same'
}

const ridersOf = (route: Route): string[] => [...new Set(route.stops.flatMap(({ pickups }) => pickups))]

/** What moves when this is taken in hand. */
export function shipmentsAt(target: Selection, plan: Plan): readonly string[] {
  if (target.kind === 'shipment') return [target.shipment]
  const route = target.kind === 'route' || target.kind === 'stop' ? routeIn(plan, target.route) : undefined
  if (!route) return []
  if (target.kind !== 'stop') return ridersOf(route)
  const stop = route.stops[target.stop]
  return stop ? [...new Set([...stop.pickups, ...stop.deliveries])] : []
}

export const routeIn = (plan: Plan, id: string | undefined): Route | undefined =>
  id === undefined ? undefined : plan.routes.find((route) => route.id === id)
export const riderRoute = (plan: Plan, shipment: string): Route | undefined =>
  plan.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes(shipment)))

/** The row that says where it is now: on this truck, or by this mode. */
export function isOrigin({ edit }: Judged, shipments: readonly string[], plan: Plan): boolean {
  if (edit.kind === 'move' && 'route' in edit.to) {
    const { route } = edit.to
    return shipments.every((shipment) => riderRoute(plan, shipment)?.id === route)
  }
  if (edit.kind === 'direct')
    return shipments.every((id) => plan.direct.some(({ shipment, mode }) => shipment === id && mode === edit.mode))
  return edit.kind === 'leave' && shipments.every((id) => plan.unserved.some(({ shipment }) => shipment === id))
}

/** The rows: what the editor offers, and to leave it for later. */
export function waysOf(editor: Editor, shipments: readonly string[]): readonly Judged[] {
  const carried = shipments.some((id) => !editor.plan.unserved.some(({ shipment }) => shipment === id))
  const offers = editor.offers(shipments)
  return carried ? [...offers, editor.judge({ kind: 'leave', shipments: [...shipments] })] : offers
}

export interface Spot {
  /** the route as it would drive */
  readonly route: Route
  /** index of the stop where it is picked up, and dropped */
  readonly pickup: number
  readonly delivery: number
}

/** Where on its truck the first of the shipments would be. */
export function spotOf({ after, shipments }: Judged): Spot | undefined {
  const [first] = shipments
  const route = after.find(({ stops }) => stops.some(({ pickups }) => first !== undefined && pickups.includes(first)))
  if (!route || first === undefined) return undefined
  return {
    route,
    pickup: route.stops.findIndex(({ pickups }) => pickups.includes(first)),
    delivery: route.stops.findIndex(({ deliveries }) => deliveries.includes(first)),
  }
}

/** How many visits of others come before the first pickup of what moves. */
function pickupAt({ after, shipments }: Judged): number {
  const spot = spotOf({ after, shipments } as Judged)
  const visits = spot?.route.stops.flatMap(({ visits }) => visits) ?? []
  const moving = new Set(shipments)
  const at = visits.findIndex(({ shipment }) => moving.has(shipment))
  return visits.slice(0, Math.max(0, at)).filter(({ shipment }) => !moving.has(shipment)).length
}

/** One place further or back on the same truck; the drop goes where it then costs least. */
export function stepPlace(judged: Judged, by: 1 | -1): Edit | undefined {
  const { edit, shipments } = judged
  if (edit.kind !== 'move' || !('route' in edit.to)) return undefined
  const spot = spotOf(judged)
  if (!spot) return undefined
  const moving = new Set(shipments)
  const others = spot.route.stops.flatMap(({ visits }) => visits).filter(({ shipment }) => !moving.has(shipment)).length
  const next = (edit.pickupAt ?? pickupAt(judged)) + by
  if (next < 0 || next > others) return undefined
  return { kind: 'move', shipments: [...edit.shipments], to: edit.to, pickupAt: next }
}

/** A stop of its own route at another place: `to` counts the other stops. */
export function placeStop(plan: Plan, route: string, stop: number, to: number): Edit | undefined {
  const stops = routeIn(plan, route)?.stops
  const moved = stops?.[stop]
  if (!stops || !moved || stops.length < 2) return undefined
  const others = stops.filter((_, index) => index !== stop)
  const order = [...others.slice(0, to), moved, ...others.slice(to)]
  const visits = order.flatMap((one) => one.visits.map(({ shipment, kind }) => ({ shipment, kind })))
  return sameVisits(visits, visitsOf(plan, route)) ? undefined : { kind: 'order', route, visits }
}

const sameVisits = (one: readonly object[], other: readonly object[]) => JSON.stringify(one) === JSON.stringify(other)

/** On what a truck of its own could begin, or a route go on: vehicles that the offers know of are left. */
export const vehiclesLeft = (editor: Editor, shipment: string): readonly string[] =>
  editor
    .offers([shipment])
    .flatMap(({ edit }) => (edit.kind === 'move' && 'vehicle' in edit.to ? [edit.to.vehicle] : []))

/** Cheapest first, refused last. */
export const byPrice = (one: Judged, other: Judged): number =>
  Number(!one.plan) - Number(!other.plan) || one.deltaUnserved - other.deltaUnserved || one.deltaKrw - other.deltaKrw
