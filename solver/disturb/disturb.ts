/**
 * A day that is under way and has been disturbed, as a new problem, with locks for the search that starts from the plan as it stands.
 * What is done is in it at the second it happened: its windows are that second, and its truck is a truck of its own. A truck on its way
 * goes where it is heading; nothing else begins before now. Goods on a truck that stands are fetched: the shipment ends there, and a second
 * one of the same firm goes on from there. Where what is on board can no longer come in time, the hours are widened and said so.
 */
import { type Opened, openProblem } from '../direct.ts'
import { writeRoute } from '../document.ts'
import type { Lock } from '../locks/lock.ts'
import { problemInParts } from '../parts.ts'
import type { Direct, Plan, Route } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { RULES } from '../rules/index.ts'
import type { Disturbance, Mark } from './event.ts'
import { type Going, key, mustDo, onwardNames, roadsideOf, scheduleOn, unloading } from './going.ts'
import { withOrders } from './orders.ts'
import { type Reached, type Rebuilt, rebuild } from './rebuild.ts'
import { withRoadside } from './roadside.ts'
import { standingOf, type TimedVisit } from './standing.ts'

/** What a person has to know beside the new plan. */
export type DisturbNote =
  /** its truck has it already: it goes on */
  | { readonly kind: 'aboard'; readonly shipment: string }
  /** it was on its way to what is no longer there: the time from where it turns is an estimate */
  | { readonly kind: 'diverted'; readonly route: string }
  | { readonly kind: 'stands'; readonly route: string; readonly site: string; readonly atS: number }
  /** it never left */
  | { readonly kind: 'stays'; readonly route: string }
  | { readonly kind: 'fetched'; readonly route: string; readonly shipment: string; readonly onward: string }
  /** its hours were widened: it cannot come sooner */
  | { readonly kind: 'late'; readonly shipment: string; readonly site: string; readonly startS: number }
  | { readonly kind: 'overtime'; readonly route: string; readonly untilS: number }

export interface RouteStanding {
  readonly route: string
  readonly vehicle: string
  /** has left */
  readonly left: boolean
  readonly stands: boolean
  readonly closed: boolean
  /** stops that it has begun, of all */
  readonly stopsDone: number
  readonly stops: number
  /** site that it is driving to */
  readonly heading?: string
  /** shipments on board */
  readonly aboard: readonly string[]
  /** what is done, second by second */
  readonly done: readonly TimedVisit[]
}

export interface Disturbed {
  readonly problem: Problem
  /** with the places beside the road; the problem carries them where there are any */
  readonly travel: Travel
  /** the plan as it stands, of the new problem: where the search starts */
  readonly from: Plan
  readonly locks: readonly Lock[]
  readonly standings: readonly RouteStanding[]
  readonly notes: readonly DisturbNote[]
  /** what cannot be done whoever plans it */
  readonly unable: readonly {
    readonly route: string
    readonly rule: string
    readonly excess: number
    readonly unit: string
  }[]
}

export interface DisturbInput {
  /** with the orders that have come in: `withOrders` */
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  readonly nowS: number
  readonly events: readonly Disturbance[]
  readonly marks?: readonly Mark[]
}

export function disturb(input: DisturbInput): Disturbed {
  const { plan, nowS, events, marks = [] } = input
  const known = withOrders(input.problem, events)
  const whole = problemInParts(known, plan.parts ?? [])
  const notes: DisturbNote[] = []
  const breakdownOf = new Map(
    events.flatMap((event) => (event.kind === 'breakdown' ? [[event.route, event] as const] : [])),
  )
  const standsAt = (route: string): number => Math.min(nowS, breakdownOf.get(route)?.atS ?? nowS)
  const { standings, problem: worked } = standingOf(whole, input.travel, plan, standsAt, marks)

  const directs = plan.direct.filter((direct) => hasBegun(direct, whole, nowS))
  const begun = new Set(directs.map(({ shipment }) => shipment))
  for (const { visits, done } of standings) for (const { shipment } of visits.slice(0, done)) begun.add(shipment)
  const firms = new Set(events.flatMap((event) => (event.kind === 'firm' ? [event.firm] : [])))
  const named = new Set(events.flatMap((event) => (event.kind === 'cancel' ? [event.shipment] : [])))
  const wanted = whole.shipments.filter(({ id, firm }) => named.has(id) || firms.has(firm)).map(({ id }) => id)
  const delivered = new Set(
    standings.flatMap(({ visits, done }) =>
      visits.slice(0, done).flatMap(({ shipment, kind }) => (kind === 'delivery' ? [shipment] : [])),
    ),
  )
  for (const shipment of wanted)
    if (begun.has(shipment) && !delivered.has(shipment)) notes.push({ kind: 'aboard', shipment })
  const cancelled = new Set(wanted.filter((id) => !begun.has(id)))

  const goings = standings.map((standing): Going => {
    const { route, visits, done, heading, left } = standing
    const event = breakdownOf.get(route.id)
    const aboard = visits
      .slice(0, done)
      .filter(({ shipment, kind }) => kind === 'pickup' && !delivered.has(shipment))
      .map(({ shipment }) => shipment)
    const lateS = events.reduce(
      (sum, late) => (late.kind === 'late' && late.route === route.id ? sum + late.lateS : sum),
      0,
    )
    if (event) {
      const atS = standsAt(route.id)
      if (!left) notes.push({ kind: 'stays', route: route.id })
      const place = left && done > 0 ? roadsideOf(whole, standing, atS, event.place) : undefined
      if (place) notes.push({ kind: 'stands', route: route.id, site: place.site.id, atS })
      return { standing, stands: { atS, place }, lateS, visits: visits.slice(0, done), head: done, aboard }
    }
    const rest = visits.filter(({ shipment }) => !cancelled.has(shipment))
    const next = visits[done]
    const goesOn = heading && next !== undefined && !cancelled.has(next.shipment)
    if (heading && !goesOn) notes.push({ kind: 'diverted', route: route.id })
    return { standing, stands: undefined, lateS, visits: rest, head: done + (goesOn ? 1 : 0), aboard }
  })

  const extra = goings.flatMap(({ stands }) => stands?.place ?? [])
  const [sited, travel] = withRoadside(worked, input.travel, extra)
  const onwardOf = onwardNames(sited, goings)
  for (const { standing, stands, aboard } of goings)
    if (stands)
      for (const shipment of aboard)
        notes.push({ kind: 'fetched', route: standing.route.id, shipment, onward: onwardOf.get(shipment)! })

  const reached: Reached = { starts: new Map(), closes: new Map() }
  for (const { visits, head, standing } of goings)
    for (const { shipment, kind, startS } of visits.slice(0, Math.min(head, standing.done)))
      reached.starts.set(key(shipment, kind), startS)
  for (const { route } of directs)
    for (const { shipment, kind, startS } of route?.stops.flatMap((stop) => stop.visits) ?? [])
      reached.starts.set(key(shipment, kind), startS)
  const kept = new Set(directs.flatMap(({ shipment, route }) => (route ? [] : [shipment])))

  // what must be done is tried, and where it comes too late the hours are widened: no more than a few times
  const late = new Map<string, DisturbNote>()
  for (let pass = 0; ; pass++) {
    const made = rebuild({ sited, goings, directs, cancelled, onwardOf, reached, kept, nowS, travel })
    const opened = openProblem(made.problem, travel, [])
    const needs = goings.filter(({ standing, head, aboard }) => standing.left && head + aboard.length > 0)
    const unable: Disturbed['unable'][number][] = []
    let widened = false
    for (const going of needs) {
      const { route } = going.standing
      const visits = mustDo(going)
      const schedule = scheduleOn(opened, made.vehicleOf.get(route.id)!, visits, route.departS)
      visits.forEach(({ shipment, kind, site }, k) => {
        const isStop = going.stands?.place?.site.id === site
        if (schedule.lateS[k] === 0 && !(isStop && !reached.starts.has(key(shipment, kind)))) return
        reached.starts.set(key(shipment, kind), schedule.startS[k])
        widened = true
        if (k >= going.standing.done && !isStop)
          late.set(shipment, { kind: 'late', shipment, site, startS: schedule.startS[k] })
      })
      const { closesS } = opened.instance.types[schedule.type]
      if (schedule.returnS > closesS) {
        reached.closes.set(route.id, schedule.returnS)
        widened = true
      }
      for (const rule of RULES) {
        const excess = rule.excess(schedule, opened.instance)
        // who must ride together may still come
        if (excess > 0 && rule.name !== 'together')
          unable.push({ route: route.id, rule: rule.name, excess, unit: rule.unit })
      }
    }
    if (widened && pass < 4) continue
    for (const [route, untilS] of reached.closes) notes.push({ kind: 'overtime', route, untilS })
    const from = planAsItStands(opened, plan, goings, made, cancelled)
    return {
      problem: extra.length > 0 ? { ...made.problem, travel } : made.problem,
      travel,
      from,
      locks: locksOf(from, goings, directs),
      standings: goings.map((going) => describeStanding(going)),
      notes: [...notes, ...late.values()],
      unable,
    }
  }
}

/** A hired truck that is under way, or freight that the terminal has fetched. */
const hasBegun = ({ shipment, mode, route }: Direct, { shipments }: Problem, nowS: number): boolean =>
  mode === 'hired' && route
    ? route.departS <= nowS
    : (shipments.find(({ id }) => id === shipment)?.ready ?? 0) <= nowS && mode === 'terminal'

/** The routes as they go on where nothing else is decided. */
function planAsItStands(
  opened: Opened,
  plan: Plan,
  goings: readonly Going[],
  { problem, vehicleOf }: Rebuilt,
  cancelled: ReadonlySet<string>,
): Plan {
  const routes = goings.flatMap((going): Route[] => {
    const { standing, stands, visits, aboard } = going
    const { route } = standing
    const isGone = stands !== undefined && (!standing.left || visits.length === 0)
    if (isGone || visits.length === 0) return []
    const rest = stands?.place ? [...visits, ...unloading(aboard, stands.place.site.id)] : visits
    const own = vehicleOf.get(route.id)
    const base = own ?? problem.vehicles.find(({ id }) => id === route.vehicle)?.id
    if (base === undefined) return []
    const written = writeRoute(opened, scheduleOn(opened, base, rest, route.departS), route.id)
    return [{ ...written, id: route.id, ...(route.driver !== undefined && { driver: route.driver }) }]
  })
  const direct = plan.direct.filter(({ shipment }) => !cancelled.has(shipment))
  const { parts: _, edits: __, locks: ___, balance: ____, ...rest } = plan
  return { ...rest, routes, direct, unserved: [], violations: [] }
}

function locksOf(from: Plan, goings: readonly Going[], directs: readonly Direct[]): Lock[] {
  const there = new Set(from.routes.map(({ id }) => id))
  const riding = goings.flatMap(({ standing, stands, head }): Lock[] => {
    const { route, left, closed } = standing
    if (!left || !there.has(route.id)) return []
    if (closed || stands) return [{ grade: 'route', route: route.id }]
    return head > 0 ? [{ grade: 'head', route: route.id, visits: head }] : []
  })
  return [...riding, ...directs.map(({ shipment }): Lock => ({ grade: 'direct', shipment }))]
}

function describeStanding({ standing, stands, aboard }: Going): RouteStanding {
  const { route, visits, done, left, heading, closed } = standing
  return {
    route: route.id,
    vehicle: route.vehicle,
    left,
    stands: stands !== undefined,
    closed,
    stopsDone: done === 0 ? 0 : visits[done - 1].stop + 1,
    stops: route.stops.length,
    ...(heading && visits[done] && { heading: visits[done].site }),
    aboard,
    done: visits.slice(0, done),
  }
}
