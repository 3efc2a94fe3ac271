/**
 * A day that is under way and has been disturbed, as a new problem, with locks for the search that starts from the plan as it stands.
 * What is done is in it at the second it happened: its windows are that second, and its truck is a truck of its own. A truck on its way
 * goes where it is heading; nothing else begins before now. Goods on a truck that stands are fetched: the shipment ends there, and a second
 * one of the same firm goes on from there. Where what is on board can no longer come in time, the hours are widened and said so.
 */
import { type Opened, openProblem } from '../direct.ts'
import { writeRoute } from '../document.ts'
import { clockOf } from '../edits/words.ts'
import type { Lock } from '../locks/lock.ts'
import { problemInParts } from '../parts.ts'
import type { Direct, Plan, Route } from '../plan.ts'
import { DAY_S, type Problem, type Shipment, type Site, type Travel } from '../problem.ts'
import { RULES } from '../rules/index.ts'
import { type Schedule, scheduleRoute } from '../schedule.ts'
import type { Disturbance, Mark } from './event.ts'
import { type OwnTruck, ownTrucks } from './fleet.ts'
import { type Roadside, withRoadside } from './roadside.ts'
import { type Standing, standingOf, type TimedVisit } from './standing.ts'

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

/** To fetch goods from a truck that stands, at least, beside the way itself. Assumed. */
const FETCH_S = 3600

/** The problem with the orders among the events, and their places. */
export function withOrders(problem: Problem, events: readonly Disturbance[]): Problem {
  const orders = events.flatMap((event) => (event.kind === 'order' ? [event] : []))
  if (orders.length === 0) return problem
  const sites = new Set(problem.sites.map(({ id }) => id))
  const added = orders.flatMap(({ sites: own = [] }) => own).filter(({ id }) => !sites.has(id) && sites.add(id))
  const taken = new Set(problem.shipments.map(({ id }) => id))
  return {
    ...problem,
    sites: [...problem.sites, ...added],
    shipments: [...problem.shipments, ...orders.map(({ shipment }) => shipment).filter(({ id }) => !taken.has(id))],
  }
}

export interface UnknownName {
  readonly index: number
  readonly field: 'route' | 'firm' | 'shipment'
  readonly found: string
}

/** Of each event that names what is not there: its index and the name. */
export function unknownIn(problem: Problem, plan: Plan, events: readonly Disturbance[]): UnknownName[] {
  const known = {
    route: new Set(plan.routes.map(({ id }) => id)),
    shipment: new Set(problemInParts(problem, plan.parts ?? []).shipments.map(({ id }) => id)),
    firm: new Set(problem.firms.map(({ id }) => id)),
  }
  return events.flatMap((event, index): UnknownName[] => {
    if (event.kind === 'order') return []
    const [field, found]: readonly [UnknownName['field'], string] =
      'route' in event
        ? ['route', event.route]
        : event.kind === 'firm'
          ? ['firm', event.firm]
          : ['shipment', event.shipment]
    return known[field].has(found) ? [] : [{ index, field, found }]
  })
}

/** A route with what has become of it. */
interface Going {
  readonly standing: Standing
  readonly stands: { readonly atS: number; readonly place: Roadside | undefined } | undefined
  readonly lateS: number
  /** what it did, and what it still has on its list */
  readonly visits: readonly TimedVisit[]
  /** how many of them stay first */
  readonly head: number
  readonly aboard: readonly string[]
}

const key = (shipment: string, kind: 'pickup' | 'delivery') => `${kind} ${shipment}`

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
    const made = rebuild({ sited, goings, directs, cancelled, onwardOf, reached, kept, nowS, travel, marks })
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

/** Where the truck stands: at its stop, or as far along its leg as it had driven. */
function roadsideOf(
  { sites, vehicles }: Problem,
  { route, visits, done }: Standing,
  atS: number,
  place: { readonly lng: number; readonly lat: number; readonly name?: string } | undefined,
): Roadside {
  const indexOf = (id: string) => sites.findIndex((site) => site.id === id)
  const last = visits[done - 1]
  const from = indexOf(last.site)
  const end = vehicles.find(({ id }) => id === route.vehicle)?.end ?? null
  const next = visits[done]
  const isThere = last.endS > atS || (!next && end === null)
  const to = isThere ? from : indexOf(next?.site ?? end!)
  const legS = next ? next.arriveS - last.endS : route.lastLegS
  const driven = isThere || from === to || legS <= 0 ? 0 : Math.min(1, Math.max(0, (atS - last.endS) / legS))
  const along = (a: number, b: number) => a + driven * (b - a)
  const clock = clockOf(atS % DAY_S, 'ko')
  const taken = new Set(sites.map(({ id }) => id))
  let id = `${route.id}-${clock}`
  for (let k = 2; taken.has(id); k++) id = `${route.id}-${clock}-${k}`
  const site: Site = {
    id,
    name: place?.name ?? `고장 지점 ${clock}`,
    lng: place?.lng ?? along(sites[from].lng, sites[to].lng),
    lat: place?.lat ?? along(sites[from].lat, sites[to].lat),
    ...(place ? {} : { precision: 'road' }),
  }
  return { site, from, to, driven }
}

/** S-12 → S-12 / 이어싣기, and 이어싣기 2 where it happens once more. */
function onwardNames({ shipments }: Problem, goings: readonly Going[]): Map<string, string> {
  const taken = new Set(shipments.map(({ id }) => id))
  const names = new Map<string, string>()
  for (const { stands, aboard } of goings)
    for (const shipment of stands ? aboard : []) {
      const stem = shipment.replace(/ \/ 이어싣기( \d+)?$/, '').slice(0, 66)
      let name = `${stem} / 이어싣기`
      for (let k = 2; taken.has(name); k++) name = `${stem} / 이어싣기 ${k}`
      taken.add(name)
      names.set(shipment, name)
    }
  return names
}

/** What is known of when things happened, or have to. */
interface Reached {
  /** [visit] the only second, or for what is to come a second at which it must be possible */
  readonly starts: Map<string, number>
  /** [route] end of the shift of its truck */
  readonly closes: Map<string, number>
}

interface Parts {
  readonly sited: Problem
  readonly travel: Travel
  readonly goings: readonly Going[]
  readonly directs: readonly Direct[]
  readonly cancelled: ReadonlySet<string>
  readonly onwardOf: ReadonlyMap<string, string>
  readonly reached: Reached
  /** terminal freight that is on its way: as it was */
  readonly kept: ReadonlySet<string>
  readonly nowS: number
  readonly marks: readonly Mark[]
}

interface Rebuilt {
  readonly problem: Problem
  /** [route] the truck that it is now */
  readonly vehicleOf: ReadonlyMap<string, string>
}

function rebuild({ sited, goings, directs, cancelled, onwardOf, reached, kept, nowS, travel }: Parts): Rebuilt {
  const { starts, closes } = reached
  const horizonS = Math.max(sited.days * DAY_S, ...sited.vehicles.flatMap(({ shifts }) => shifts.map(([, end]) => end)))
  const over = new Set<string>()
  const notBefore = new Map<string, number>()
  const standsIn = new Map<string, string>()
  const stoodS = new Map<string, number>()
  for (const { standing, visits, stands, aboard, lateS } of goings) {
    for (const { shipment, kind } of visits.slice(0, standing.done)) over.add(key(shipment, kind))
    const next = visits[standing.done]
    if (standing.heading && next) notBefore.set(key(next.shipment, next.kind), next.arriveS + lateS)
    if (!stands?.place) continue
    stoodS.set(stands.place.site.id, stands.atS)
    for (const shipment of aboard) standsIn.set(shipment, stands.place.site.id)
  }
  for (const { shipment, route } of directs)
    if (route) for (const kind of ['pickup', 'delivery'] as const) over.add(key(shipment, kind))
  // a truck at a stop that is late leaves it later
  const longer = new Map(
    goings.flatMap(({ standing: { visits, done, heading, closed }, lateS }) =>
      done > 0 && !heading && !closed && lateS > 0
        ? [[key(visits[done - 1].shipment, visits[done - 1].kind), lateS] as const]
        : [],
    ),
  )

  const reopened = new Map<string, number[]>()
  const reopen = (site: string, startS: number) => reopened.set(site, [...(reopened.get(site) ?? []), startS])
  const clip = (windows: readonly (readonly [number, number])[] | undefined, fromS: number): [number, number][] =>
    (windows ?? [[0, horizonS + DAY_S] as const])
      .map(([open, close]): [number, number] => [Math.max(open, fromS), close])
      .filter(([open, close]) => open <= close)
  /** the windows of one end of a shipment from now on, or the second at which it happened */
  const windowsOf = (shipment: Shipment, kind: 'pickup' | 'delivery', site: string) => {
    const name = key(shipment.id, kind)
    const startS = starts.get(name)
    const own = kind === 'pickup' ? shipment.pickupWindows : shipment.deliveryWindows
    if (startS !== undefined) reopen(site, startS)
    if (startS !== undefined && (over.has(name) || standsIn.get(shipment.id) === site))
      return { windows: [[startS, startS]] as [number, number][], startS }
    const fromS = stoodS.get(site) ?? Math.max(nowS, notBefore.get(name) ?? 0)
    const clipped = stoodS.has(site) ? clip(undefined, fromS) : clip(own, fromS)
    // it comes too late for the hours that were agreed: then when it comes
    if (startS === undefined) return { windows: clipped, startS }
    const windows: [number, number][] = [...clipped, [Math.min(fromS, startS), startS]]
    return { windows: windows.sort((a, b) => a[0] - b[0]), startS }
  }

  const shipments = sited.shipments.flatMap((shipment): Shipment[] => {
    const { id } = shipment
    if (cancelled.has(id)) return []
    if (kept.has(id)) return [shipment]
    const stand = standsIn.get(id)
    const pickup = windowsOf(shipment, 'pickup', shipment.from)
    const delivery = windowsOf(shipment, 'delivery', stand ?? shipment.to)
    const { ready, due, ...rest } = shipment
    const first = Math.min(ready ?? 0, pickup.startS ?? Number.POSITIVE_INFINITY)
    const last = due === undefined ? undefined : Math.max(due, delivery.startS ?? 0, pickup.startS ?? 0)
    const [loadS, unloadS] = (['pickup', 'delivery'] as const).map((kind) => {
      const seconds = kind === 'pickup' ? shipment.loadS : shipment.unloadS
      const more = longer.get(key(id, kind))
      return more === undefined ? seconds : (seconds ?? 0) + more
    })
    const missed = pickup.windows.length === 0
    const now: Shipment = {
      ...rest,
      ...(loadS !== undefined && { loadS }),
      ...(unloadS !== undefined && { unloadS }),
      ...(ready !== undefined && { ready: first }),
      ...(last !== undefined && { due: last }),
      // all its hours are over: none is left, and the plan says so
      pickupWindows: missed ? [[horizonS + DAY_S, horizonS + DAY_S]] : pickup.windows,
      ...(delivery.windows.length > 0 && { deliveryWindows: delivery.windows }),
    }
    if (stand === undefined) return [now]
    const { softDelivery, due: _, maxOnBoardS, ...leg } = now
    const { softPickup: __, holdKrwPerDay: ___, pickupWindows: ____, ready: _____, ...onward } = shipment
    const shortestS = nowS + (shipment.loadS ?? 0) + wayS(sited, travel, stand, shipment.to) + FETCH_S
    const closesS = Math.max(0, ...(shipment.deliveryWindows ?? [[0, horizonS]]).map(([, close]) => close))
    const lastS = Math.max(Math.min(due ?? Number.POSITIVE_INFINITY, closesS), shortestS)
    const agreed = clip(shipment.deliveryWindows, nowS)
    const modes = shipment.modes?.filter((mode) => mode !== 'terminal') ?? []
    return [
      { ...leg, to: stand, unloadS: 0, modes: ['route'] },
      {
        ...onward,
        id: onwardOf.get(id)!,
        from: stand,
        ready: nowS,
        ...(due !== undefined && { due: Math.max(due, lastS) }),
        ...(shipment.deliveryWindows && {
          deliveryWindows: lastS > closesS ? [...agreed, [nowS, lastS] as [number, number]] : agreed,
        }),
        modes: modes.length > 0 ? modes : ['route', 'hired'],
      },
    ]
  })

  const sites = sited.sites.map((site) => {
    const seconds = reopened.get(site.id)
    if (!seconds || !site.windows) return site
    const outside = [...new Set(seconds)].filter((startS) =>
      site.windows!.every(([open, close]) => startS < open || startS > close),
    )
    if (outside.length === 0) return site
    const windows = [...site.windows, ...outside.map((startS): [number, number] => [startS, startS])]
    return { ...site, windows: windows.sort((a, b) => a[0] - b[0]) }
  })

  const trucks = goings.flatMap(({ standing, stands, lateS, visits }): OwnTruck[] => {
    const { route, left, departS } = standing
    const isGone = stands !== undefined && (!left || visits.length === 0)
    if (!left && !isGone && lateS === 0) return []
    return [
      {
        route: route.id,
        vehicle: route.vehicle,
        driver: route.driver,
        departS: route.departS,
        returnS: route.returnS,
        ...(isGone && { gone: true }),
        ...(!left && lateS > 0 && { opensS: Math.max(nowS, departS + lateS) }),
        ...(stands?.place && { ends: stands.place.site.id }),
        ...(closes.has(route.id) && { closesS: closes.get(route.id)! }),
      },
    ]
  })
  // a hired truck alone that is under way began before now: its kind may
  const alone = directs.flatMap(({ shipment, route }): OwnTruck[] =>
    route && (sited.vehicles.find(({ id }) => id === route.vehicle)?.start ?? null) !== null
      ? [{ route: shipment, vehicle: route.vehicle, driver: undefined, departS: route.departS, returnS: route.returnS }]
      : [],
  )
  const legsOf = (id: string): string[] => (cancelled.has(id) ? [] : [id])
  const sets = (list: readonly (readonly string[])[] | undefined, expand: (id: string) => string[]) =>
    list?.map((ids) => [...new Set(ids.flatMap(expand))]).filter((ids) => ids.length > 1)
  const moving = (ids: readonly string[]) => ids.some((id) => standsIn.has(id))
  const together = sited.together?.flatMap((ids) => {
    const group = ids.flatMap(legsOf)
    if (!moving(group)) return [group]
    // what stands stays together where it stands; what goes on goes on together, with those that had not begun
    return [
      group.filter((id) => over.has(key(id, 'pickup'))),
      group.flatMap((id) => (over.has(key(id, 'pickup')) ? (onwardOf.get(id) ?? []) : [id])),
    ]
  })
  const fleet = ownTrucks(
    extendDrivers({ ...sited, sites, shipments }, trucks),
    [...trucks, ...alone.map((truck) => ({ ...truck, alone: true }))],
    nowS,
  )
  const apart = sets(sited.apart, (id) => [...legsOf(id), ...(onwardOf.has(id) ? [onwardOf.get(id)!] : [])])
  return {
    vehicleOf: fleet.vehicleOf,
    problem: {
      ...fleet.problem,
      ...(together && { together: sets(together, (id) => [id])! }),
      ...(apart && { apart }),
    },
  }
}

/** Who drives a truck that is back too late works as long. */
function extendDrivers(problem: Problem, trucks: readonly OwnTruck[]): Problem {
  const until = new Map(
    trucks.flatMap(({ driver, closesS, departS }) =>
      driver !== undefined && closesS !== undefined ? [[driver, { closesS, departS }] as const] : [],
    ),
  )
  if (until.size === 0 || !problem.drivers) return problem
  return {
    ...problem,
    drivers: problem.drivers.map((driver) => {
      const more = until.get(driver.id)
      if (!more || !driver.shifts) return driver
      return {
        ...driver,
        shifts: driver.shifts.map(([opens, closes]): [number, number] =>
          opens <= more.departS && more.departS <= closes ? [opens, Math.max(closes, more.closesS)] : [opens, closes],
        ),
      }
    }),
  }
}

/** The quickest of all trucks. */
function wayS({ sites }: Problem, { tables }: Travel, from: string, to: string): number {
  const [a, b] = [from, to].map((id) => sites.findIndex((site) => site.id === id))
  const seconds = tables.map(({ durationS }) => durationS[a * sites.length + b]).filter((legS) => legS >= 0)
  return seconds.length > 0 ? Math.max(...seconds) : 0
}

/** What the truck did, where it is heading, and what it has on board. */
function mustDo({
  standing,
  stands,
  visits,
  head,
  aboard,
}: Going): readonly { shipment: string; kind: 'pickup' | 'delivery'; site: string }[] {
  const first = visits.slice(0, head)
  const place = stands?.place
  if (place) return [...first, ...unloading(aboard, place.site.id)]
  const named = new Set(first.map(({ shipment }) => shipment))
  return [...first, ...visits.slice(Math.max(head, standing.done)).filter(({ shipment }) => named.has(shipment))]
}

/** Last in, first out: any truck can do that. */
const unloading = (aboard: readonly string[], site: string) =>
  aboard.toReversed().map((shipment) => ({ shipment, kind: 'delivery' as const, site }))

function scheduleOn(
  { problem, instance, vehicleOf }: Opened,
  vehicle: string,
  visits: readonly { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }[],
  plannedS: number,
): Schedule {
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  const dense = visits.map(({ shipment, kind }) => 2 * orderOf.get(shipment)! + (kind === 'pickup' ? 0 : 1))
  const types = vehicleOf.flatMap((index, type) => (problem.vehicles[index].id === vehicle ? [type] : []))
  const broken = (schedule: Schedule) => RULES.filter((rule) => rule.excess(schedule, instance) > 0).length
  const [best] = types
    .map((type) => scheduleRoute(instance, type, dense))
    .sort((a, b) => broken(a) - broken(b) || Math.abs(a.departS - plannedS) - Math.abs(b.departS - plannedS))
  if (!best) throw new RangeError(`no vehicle ${vehicle}`)
  return best
}

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
