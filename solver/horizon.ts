/**
 * The days of a week as one problem, in which an order may wait for a fuller truck, and back again: what rides on which day. Days keep
 * their own hours, trucks and orders; tariffs, law and the other rules of all days must be the same, or nothing could be compared. With no
 * day of waiting the problem falls apart into its days: what planning each alone costs, by the same search.
 */
import { type Static, Type } from 'typebox'
import type { Direct, Plan, Route } from './plan.ts'
import { mergeLines, sumLines } from './plan.ts'
import {
  DAY_S,
  MODES,
  type Problem,
  type Shipment,
  type Site,
  type SoftWindow,
  SourceSchema,
  type Vehicle,
} from './problem.ts'
import { intersectWindows } from './windows.ts'

const strict = { additionalProperties: false } as const

export const HorizonOptionsSchema = Type.Object(
  {
    waitDays: Type.Integer({
      minimum: 0,
      maximum: 10,
      description: 'days of the horizon that an order may wait at most',
    }),
    due: Type.Optional(
      Type.Enum(['kept', 'moves'], {
        description:
          'kept: an order waits only as far as it is not due. moves: what is due is due so much later as it may wait, which its firm has to agree to; default: kept',
      }),
    ),
    hold: Type.Optional(
      Type.Object(
        {
          krwPerTonneDay: Type.Number({
            minimum: 0,
            maximum: 1e9,
            description: 'won for each tonne and day of waiting',
          }),
          note: Type.Optional(SourceSchema),
        },
        { ...strict, description: 'of orders that have no price of their own; default: waiting costs nothing' },
      ),
    ),
  },
  strict,
)
export type HorizonOptions = Static<typeof HorizonOptionsSchema>

export interface HorizonDay {
  /** ISO date; each a later day than the one before */
  readonly date: string
  readonly problem: Problem
}

/** One order of the horizon: whose day it is, and what it is called there. */
export interface HorizonOrder {
  readonly id: string
  readonly day: number
  readonly shipment: Shipment
}

export interface Horizon {
  readonly problem: Problem
  readonly orders: readonly HorizonOrder[]
}

/** What the days must have in common. */
const COMMON = [
  'timeZone',
  'tariffs',
  'law',
  'energy',
  'mixing',
  'balance',
  'timeOfDay',
  'tollDiscounts',
  'drivers',
] as const
export type HorizonFault = (typeof COMMON)[number] | 'days' | 'travel' | 'order'

/** Why these days cannot be planned as one; empty: they can. */
export function horizonFaults(days: readonly HorizonDay[]): { readonly what: HorizonFault; readonly date: string }[] {
  const [first] = days
  return days.flatMap(({ date, problem }, index) => {
    const differs = COMMON.filter((what) => JSON.stringify(problem[what]) !== JSON.stringify(first.problem[what]))
    const faults: HorizonFault[] = [...differs]
    if (problem.days !== 1) faults.push('days')
    // tables of the sites of one day do not know those of another
    if (problem.travel) faults.push('travel')
    if (index > 0 && date <= days[index - 1].date) faults.push('order')
    return faults.map((what) => ({ what, date }))
  })
}

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

/** Days since the first, by the calendar: between Friday and Monday lie three. */
export const daysSince = (first: string, date: string): number => Math.round(dayNumber(date) - dayNumber(first))

export function makeHorizon(days: readonly HorizonDay[], name: string, options: HorizonOptions): Horizon {
  const [{ date: first, problem: base }] = days
  const offsets = days.map(({ date }) => daysSince(first, date))
  const sites = merged(
    days,
    offsets,
    ({ sites }) => sites,
    ({ windows }) => windows,
    openAt,
  )
  const vehicles = merged(
    days,
    offsets,
    ({ vehicles }) => vehicles,
    ({ shifts }) => shifts,
    (vehicle, shifts = []) => ({ ...vehicle, shifts }),
  )
  const times = new Map<string, number>()
  for (const { problem } of days) for (const { id } of problem.shipments) times.set(id, (times.get(id) ?? 0) + 1)
  const nameOf = (id: string, day: number) => (times.get(id) === 1 ? id : named(id, days[day].date))
  const orders = days.flatMap(({ problem }, day) =>
    problem.shipments.map((shipment): HorizonOrder => ({ id: nameOf(shipment.id, day), day, shipment })),
  )
  const groups = (of: 'together' | 'apart') => {
    const all = days.flatMap(({ problem }, day) => (problem[of] ?? []).map((ids) => ids.map((id) => nameOf(id, day))))
    return all.length > 0 && { [of]: all }
  }
  const firms = new Map(days.toReversed().flatMap(({ problem }) => problem.firms.map((firm) => [firm.id, firm])))
  const shipments = orders.map(({ id, day, shipment }): Shipment => {
    const moved = inHorizon(shipment, offsets, day, options, base.tariffs)
    const place = (at: string) => sites.idOf(day, at)
    return { ...moved, id, from: place(shipment.from), to: place(shipment.to) }
  })
  const vehicleEnds = ({ start, end, ...vehicle }: Vehicle, day: number): Vehicle => ({
    ...vehicle,
    ...(start !== undefined && { start: start === null ? null : sites.idOf(day, start) }),
    ...(end !== undefined && { end: end === null ? null : sites.idOf(day, end) }),
  })
  const { together: _, apart: __, ...common } = base
  const problem: Problem = {
    ...common,
    name,
    days: offsets.at(-1)! + 1,
    sites: sites.entries.map(({ entry }) => entry),
    firms: [...firms.values()].toReversed(),
    shipments,
    vehicles: vehicles.entries.map(({ entry, day }) => vehicleEnds(entry, day)),
    ...(base.drivers && {
      drivers: base.drivers.map((driver) => ({
        ...driver,
        vehicles: [...new Set(days.flatMap((_, day) => driver.vehicles.map((id) => vehicles.idOf(day, id))))],
        ...(driver.shifts && {
          shifts: offsets.flatMap((offset) => driver.shifts!.map((shift) => shifted(shift, offset))),
        }),
      })),
    }),
    ...(base.balance?.vehicles && {
      balance: {
        ...base.balance,
        vehicles: [...new Set(days.flatMap((_, day) => base.balance!.vehicles!.map((id) => vehicles.idOf(day, id))))],
      },
    }),
    ...groups('together'),
    ...groups('apart'),
  }
  return { problem, orders }
}

const named = (id: string, date: string): string => `${id.slice(0, 80 - date.length - 1)}@${date}`
const shifted = ([open, close]: readonly [number, number], days: number): [number, number] => [
  open + days * DAY_S,
  close + days * DAY_S,
]

type Hours = [number, number][]

/** Things with hours of a day, once each: what is the same but for its hours has those of all its days. */
function merged<T extends { readonly id: string }>(
  days: readonly HorizonDay[],
  offsets: readonly number[],
  listOf: (problem: Problem) => readonly T[],
  hoursOf: (thing: T) => Hours | undefined,
  withHours: (thing: T, hours: Hours | undefined) => T,
) {
  const entries: { entry: T; readonly day: number; readonly same: string }[] = []
  const ids = days.map(() => new Map<string, string>())
  days.forEach(({ date, problem }, day) => {
    for (const thing of listOf(problem)) {
      const own = hoursOf(thing)?.map((window) => shifted(window, offsets[day]))
      // open all day stays so: with hours on other days it is another place
      const same = JSON.stringify([withHours(thing, undefined), own === undefined])
      const known = entries.find((other) => other.same === same)
      if (known) {
        if (own) known.entry = withHours(known.entry, [...hoursOf(known.entry)!, ...own])
        ids[day].set(thing.id, known.entry.id)
      } else {
        const id = entries.some(({ entry }) => entry.id === thing.id) ? named(thing.id, date) : thing.id
        entries.push({ entry: { ...withHours(thing, own), id }, day, same })
        ids[day].set(thing.id, id)
      }
    }
  })
  return { entries, idOf: (day: number, id: string) => ids[day].get(id) ?? id }
}

const openAt = ({ windows: _, ...site }: Site, windows: Hours | undefined): Site => ({
  ...site,
  ...(windows && { windows }),
})

/** An order of one day with the days on which it may ride. */
function inHorizon(
  shipment: Shipment,
  offsets: readonly number[],
  day: number,
  options: HorizonOptions,
  tariffs: Problem['tariffs'],
): Shipment {
  const { ready = 0, due, pickupWindows, deliveryWindows, softPickup, softDelivery, holdKrwPerDay, ...rest } = shipment
  const offset = offsets[day]
  // parts of one order would wait apart, and groups must not be torn: they ride as they would alone
  const waitDays = (shipment.maxParts ?? 1) > 1 ? 0 : options.waitDays
  const mayRide = offsets.slice(day, day + waitDays + 1)
  const lastDue = due === undefined ? undefined : due + (options.due === 'moves' ? mayRide.at(-1)! : offset) * DAY_S
  const daily = (windows: readonly (readonly [number, number])[], on: readonly number[]) =>
    on.flatMap((other) => windows.map((window) => shifted(window, other)))
  const anyTime = [[0, DAY_S - 1]] as const
  // a later due date is for orders that wait: one that rides on its own day keeps its hour, and takes no freight that comes too late for it
  const moves = options.due === 'moves' && waitDays > 0 && due !== undefined
  const hours = moves && due < DAY_S ? intersectWindows(deliveryWindows ?? anyTime, [[0, due]]) : deliveryWindows
  const inTime = tariffs.some(
    (tariff) => tariff.kind === 'terminal' && tariff.leadDays <= Math.floor((due ?? 0) / DAY_S),
  )
  const modes = moves && !inTime ? (shipment.modes ?? MODES).filter((mode) => mode !== 'terminal') : shipment.modes
  const hold = holdKrwPerDay ?? Math.round(((options.hold?.krwPerTonneDay ?? 0) * shipment.weightKg) / 1000)
  return {
    ...rest,
    ready: ready + offset * DAY_S,
    ...(lastDue !== undefined && { due: lastDue }),
    pickupWindows: daily(pickupWindows ?? anyTime, mayRide),
    ...(hours && { deliveryWindows: daily(hours, mayRide) }),
    ...(modes && { modes }),
    ...(softPickup && { softPickup: later(softPickup, offset) }),
    ...(softDelivery && { softDelivery: later(softDelivery, offset) }),
    ...(hold > 0 && { holdKrwPerDay: hold }),
  }
}

const later = ({ opensS, closesS, ...prices }: SoftWindow, days: number): SoftWindow => ({
  ...prices,
  ...(opensS !== undefined && { opensS: Math.max(0, opensS + days * DAY_S) }),
  ...(closesS !== undefined && { closesS: Math.max(0, closesS + days * DAY_S) }),
})

/** [order] day of the horizon on which it goes; undefined where nobody carries it. Terminal freight collects on the day of the order. */
export function ridesOn({ orders }: Horizon, days: readonly HorizonDay[], plan: Plan): (number | undefined)[] {
  const first = days[0].date
  const offsetOf = new Map(days.map(({ date }, day) => [daysSince(first, date), day]))
  const dayOf = new Map<string, number | undefined>()
  const wholeOf = new Map(plan.parts?.map(({ id, shipment }) => [id, shipment]))
  const put = (shipment: string, day: number | undefined) => dayOf.set(wholeOf.get(shipment) ?? shipment, day)
  const dayOfRoute = ({ day, departS }: Route) =>
    offsetOf.get(day === undefined ? Math.floor(departS / DAY_S) : day - 1)
  for (const route of plan.routes)
    for (const { pickups } of route.stops) for (const id of pickups) put(id, dayOfRoute(route))
  const home = new Map(orders.map(({ id, day }) => [id, day]))
  for (const { shipment, route } of plan.direct)
    put(shipment, route ? dayOfRoute(route) : home.get(wholeOf.get(shipment) ?? shipment))
  return orders.map(({ id }) => dayOf.get(id))
}

export interface DayOfHorizon {
  readonly date: string
  readonly problem: Problem
  readonly plan: Plan
  /** it has other orders than before */
  readonly changed: boolean
  /** orders that have waited for this day */
  readonly joined: readonly { readonly shipment: string; readonly from: string; readonly waitedDays: number }[]
  /** numbers of those that ride on a later day */
  readonly left: readonly string[]
}

/**
 * Each day by itself again, with the orders that ride on it and its part of the plan. The price of waiting was paid by the horizon: no day
 * knows of it. `noteOf`: what is written beside an order that has waited since a date.
 */
export function splitHorizon(
  horizon: Horizon,
  days: readonly HorizonDay[],
  plan: Plan,
  noteOf: (since: string) => string,
): DayOfHorizon[] {
  const { problem: whole, orders } = horizon
  const first = days[0].date
  const rides = ridesOn(horizon, days, plan)
  const byId = new Map(whole.shipments.map((shipment) => [shipment.id, shipment]))
  const orderOf = new Map(orders.map((order) => [order.id, order]))
  const wholeOf = new Map(plan.parts?.map(({ id, shipment }) => [id, shipment]))
  return days.map(({ date, problem: own }, day) => {
    const offset = daysSince(first, date)
    const waitedOf = (order: HorizonOrder) => offset - daysSince(first, days[order.day].date)
    const stays = (order: HorizonOrder, index: number) => order.day === day && (rides[index] ?? day) === day
    const joins = (order: HorizonOrder, index: number) => order.day !== day && rides[index] === day
    const joined = orders.filter(joins)
    const sites: Site[] = [...own.sites]
    const placed = (from: number, id: string): string => {
      const site = days[from].problem.sites.find((entry) => entry.id === id)!
      const bare = ({ id: _, windows: __, ...rest }: Site) => JSON.stringify(rest)
      const same = sites.find((other) => other.id === id && bare(other) === bare(site))
      if (same) return same.id
      const free = sites.some((other) => other.id === id) ? named(id, days[from].date) : id
      if (!sites.some((other) => other.id === free)) sites.push({ ...site, id: free })
      return free
    }
    const arrived = joined.map((order): Shipment => {
      const { shipment } = order
      const waited = waitedOf(order)
      const due = byId.get(order.id)!.due
      const { ready: _, due: __, softPickup, softDelivery, note, holdKrwPerDay: ___, ...rest } = shipment
      const told = [note, noteOf(days[order.day].date)].filter(Boolean).join(' · ')
      return {
        ...rest,
        id: order.id,
        from: placed(order.day, shipment.from),
        to: placed(order.day, shipment.to),
        ...(due !== undefined && { due: due - offset * DAY_S }),
        ...(softPickup && { softPickup: later(softPickup, -waited) }),
        ...(softDelivery && { softDelivery: later(softDelivery, -waited) }),
        note: told,
      }
    })
    const stayed = orders.filter(stays).map(({ shipment }) => shipment)
    const firms = [...own.firms]
    for (const order of joined)
      for (const firm of days[order.day].problem.firms)
        if (firm.id === order.shipment.firm && firms.every(({ id }) => id !== firm.id)) firms.push(firm)
    const here = new Set(stayed.map(({ id }) => id))
    const groups = (of: 'together' | 'apart') =>
      own[of] && { [of]: own[of].filter((ids) => ids.every((id) => here.has(id))) }
    const changed = joined.length > 0 || stayed.length < own.shipments.length
    const shipments = [...stayed, ...arrived]
    const problem = changed ? { ...own, sites, firms, shipments, ...groups('together'), ...groups('apart') } : own

    const isHere = new Map(
      orders.flatMap((order, index) => (stays(order, index) || joins(order, index) ? [[order.id, order]] : [])),
    )
    const idOf = (id: string): string => {
      const part = wholeOf.get(id)
      if (part !== undefined) return idOf(part) + id.slice(part.length)
      const order = orderOf.get(id)!
      return order.day === day ? order.shipment.id : order.id
    }
    const carried = (id: string) => isHere.has(wholeOf.get(id) ?? id)
    const siteIds = new Map(
      [...isHere.values()].flatMap((order) =>
        (['from', 'to'] as const).map((end): [string, string] => [
          byId.get(order.id)![end],
          order.day === day ? order.shipment[end] : placed(order.day, order.shipment[end]),
        ]),
      ),
    )
    const vehicleIds = new Map(own.vehicles.map(({ id }) => [vehicleName(whole, own, id, date), id]))
    const names = {
      idOf,
      site: (id: string) => siteIds.get(id) ?? id,
      vehicle: (id: string) => vehicleIds.get(id) ?? id,
    }
    const routes = plan.routes
      .filter(({ stops }) => stops.some(({ pickups }) => pickups.some(carried)))
      .map((route, index) => dayRoute(route, offset, String(index + 1), names))
    const direct = plan.direct
      .filter(({ shipment }) => carried(shipment))
      .map((way): Direct => {
        const route = way.route && dayRoute(way.route, offset, way.route.id, names)
        const costLines = way.costLines.filter(({ kind }) => kind !== 'hold')
        return {
          ...way,
          shipment: idOf(way.shipment),
          ...(route && { route }),
          costLines,
          costKrw: sumLines(costLines),
        }
      })
    const unserved = plan.unserved
      .filter(({ shipment }) => carried(shipment))
      .map((entry) => ({ ...entry, shipment: idOf(entry.shipment) }))
    const parts = plan.parts
      ?.filter(({ id }) => carried(id))
      .map((part) => ({ ...part, id: idOf(part.id), shipment: idOf(part.shipment) }))
    const costLines = mergeLines([...routes, ...direct].map((entry) => entry.costLines))
    const { parts: _, balance, locks: __, edits: ___, ...rest } = plan
    return {
      date,
      problem,
      changed,
      joined: joined.map((order) => ({
        shipment: order.id,
        from: days[order.day].date,
        waitedDays: waitedOf(order),
      })),
      left: orders.flatMap((order, index) => (order.day === day && !stays(order, index) ? [order.shipment.id] : [])),
      plan: {
        ...rest,
        routes,
        direct,
        unserved,
        ...(parts && parts.length > 0 && { parts }),
        costLines,
        costKrw: sumLines(costLines),
        violations: plan.violations.filter((one) => one.day === offset + 1).map((one) => ({ ...one, day: 1 })),
        ...(balance && { balance: balance.filter((one) => one.day === offset + 1).map((one) => ({ ...one, day: 1 })) }),
      },
    }
  })
}

/** What a vehicle of a day is called in the horizon. */
const vehicleName = (whole: Problem, own: Problem, id: string, date: string): string => {
  const bare = ({ id: _, shifts: __, start: ___, end: ____, ...rest }: Vehicle) => JSON.stringify(rest)
  const mine = own.vehicles.find((vehicle) => vehicle.id === id)!
  const plain = whole.vehicles.find((vehicle) => vehicle.id === id)
  return plain && bare(plain) === bare(mine) ? id : named(id, date)
}

interface Names {
  readonly idOf: (shipment: string) => string
  readonly site: (id: string) => string
  readonly vehicle: (id: string) => string
}

function dayRoute(route: Route, offset: number, id: string, { idOf, site, vehicle }: Names): Route {
  const back = offset * DAY_S
  // what has waited is ready from the first moment of its day: nothing is held there any more
  const costLines = route.costLines.filter(({ kind }) => kind !== 'hold')
  return {
    ...route,
    id,
    vehicle: vehicle(route.vehicle),
    departS: route.departS - back,
    returnS: route.returnS - back,
    ...(route.day !== undefined && { day: route.day - offset }),
    rests: route.rests.map((rest) => ({ ...rest, startS: rest.startS - back, endS: rest.endS - back })),
    stops: route.stops.map((stop) => ({
      ...stop,
      site: site(stop.site),
      arriveS: stop.arriveS - back,
      startS: stop.startS - back,
      leaveS: stop.leaveS - back,
      pickups: stop.pickups.map(idOf),
      deliveries: stop.deliveries.map(idOf),
      visits: stop.visits.map((visit) => ({
        ...visit,
        shipment: idOf(visit.shipment),
        startS: visit.startS - back,
        endS: visit.endS - back,
      })),
    })),
    costLines,
    costKrw: sumLines(costLines),
  }
}
