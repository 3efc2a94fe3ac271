/**
 * Locks become what the search understands. Everything that the kernel already judges is said with what it already reads: a locked
 * time is a window of one second, a shipment that must stay on its truck may ride on no other type and has no direct way, a shipment
 * that must stay direct may ride on none. Whole routes leave the search with their truck and are put back when the plan is written.
 * Only which of several trucks of one type, and the order of visits, take a look at the solution (search/homes.ts).
 * A lock that contradicts the problem of today is recorded as refused, with the rule; the others hold. Drivers and docks are given out in
 * the order asked, direct shipments first: a lock for which none is left is refused, though another order of locks might keep it.
 */
import { type Opened, openDocks } from '../direct.ts'
import { arrangeDocks, type Trip, timeBeside } from '../docks.ts'
import type { Instance } from '../instance.ts'
import type { Plan, Route } from '../plan.ts'
import { STATIC_RULES } from '../rules/static.ts'
import { scheduleRoute } from '../schedule.ts'
import { type Home, Homes } from '../search/homes.ts'
import { type Assignment, Solution } from '../search/solution.ts'
import { holdRoute, pinStarts, type Wish } from './holdRoute.ts'
import type { Lock, LockRecord, LockRefusal } from './lock.ts'

export interface Held {
  /** with locked times, trucks and direct ways; plans are written with it */
  readonly opened: Opened
  /** what is searched: without the trucks of routes that stay as they are */
  readonly instance: Instance
  readonly homes: Homes | undefined
  /** locked routes to begin with */
  readonly routes: Assignment['routes']
  /** routes that stay as they are and that the search does not see */
  readonly frozen: readonly Trip[]
  /** [lock] */
  readonly records: readonly LockRecord[]
}

/** What the locks of one route are known by before they are tried. */
interface Asked {
  readonly index: number
  readonly lock: Exclude<Lock, { readonly grade: 'direct' }>
  readonly wish: Wish
}

export function holdLocks(opened: Opened, from: Pick<Plan, 'routes' | 'direct'>, locks: readonly Lock[]): Held {
  const { problem, instance } = opened
  const { orders, types, roster } = instance
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  const records: LockRecord[] = locks.map((lock) => ({ lock }))
  const record = (index: number, more: Partial<LockRecord>) => {
    records[index] = { ...records[index], ...more }
  }
  const refuse = (index: number, rule: string) => record(index, { refused: { rule } })

  const allowed = instance.allowed.slice()
  const directCost = instance.directCost.slice()
  const offers = opened.offers.slice()
  const locked = new Uint8Array(orders)
  const taken = new Uint8Array(orders)
  const keepOff = (order: number) => {
    for (let type = 0; type < types.length; type++) allowed[type * orders + order] = 0
    locked[order] = 1
  }

  // shipments that stay direct; where docks are counted their hired trucks come first
  const alone: Trip[] = []
  for (const [index, lock] of locks.entries()) {
    if (lock.grade !== 'direct') continue
    const before = from.direct.find(({ shipment }) => shipment === lock.shipment)
    if (!before) {
      refuse(index, 'notInPlan')
      continue
    }
    const { mode } = before
    record(index, { mode })
    const order = orderOf.get(lock.shipment)
    const way = order === undefined ? undefined : opened.offers[order][mode]
    if (order === undefined || !way) {
      refuse(index, order === undefined ? 'unknownId' : 'modes')
      continue
    }
    if (mode === 'hired') {
      const type = opened.offers[order].hired!.type
      const visits = [2 * order, 2 * order + 1]
      const trip = { type, visits, schedule: scheduleRoute(instance, type, visits) }
      const schedule = timeBeside(instance, alone, trip)
      if (!schedule) {
        refuse(index, 'docks')
        continue
      }
      alone.push({ ...trip, schedule })
    }
    offers[order] = { hired: null, terminal: null, smallest: offers[order].smallest, [mode]: way }
    directCost[order] = way.krw
    taken[order] = 1
    keepOff(order)
  }

  // the others by route, in the order in which routes are first named
  const askedOf = new Map<Route, Asked[]>()
  for (const [index, lock] of locks.entries()) {
    if (lock.grade === 'direct') continue
    const route = routeNamed(from, lock)
    const visits = route && visitsNamed(route, lock)
    if (!route || !visits?.length) {
      refuse(index, 'notInPlan')
      continue
    }
    record(index, { route: route.id, vehicle: route.vehicle, visits })
    if (visits.some(({ shipment }) => !orderOf.has(shipment))) {
      refuse(index, 'unknownId')
      continue
    }
    if (!arePaired(lock.grade === 'head' ? visitsWhole(route, visits) : visits)) {
      refuse(index, 'pairing')
      continue
    }
    const dense = visits.map(({ shipment, kind }) => 2 * orderOf.get(shipment)! + (kind === 'pickup' ? 0 : 1))
    const wish = {
      visits: dense,
      orders: [...new Set(dense.flatMap((visit) => withGroup(instance, visit >> 1)))],
      inSequence: lock.grade === 'sequence',
      isHead: lock.grade === 'head',
      pins: visits.flatMap(({ kind, startS }, k): [number, number][] =>
        lock.grade === 'route' || (lock.grade === 'time' && kind === lock.kind) ? [[dense[k], startS]] : [],
      ),
    }
    askedOf.set(route, [...(askedOf.get(route) ?? []), { index, lock, wish }])
  }

  const used = new Int32Array(types.length)
  const hasNoTruck = (type: number) => (roster ? !roster.hasTruck(used, type) : used[type] >= types[type].count)
  const hasNoDriver = (type: number) => roster?.admits(used, type) === false
  const away = new Int32Array(types.length)
  const pins = new Map<number, number>()
  const homes: Home[] = []
  const routes: { type: number; visits: readonly number[] }[] = []
  const frozen: Trip[] = []
  for (const [route, asked] of askedOf) {
    const type = typeOf(opened, route, (candidate) => roster?.admits(used, candidate) ?? true)
    const isKnown = problem.vehicles.some(({ id }) => id === route.vehicle)
    const none =
      type < 0 ? (isKnown ? 'shift' : 'unknownId') : hasNoTruck(type) ? 'fleet' : hasNoDriver(type) ? 'drivers' : null
    if (none) {
      for (const { index } of asked) refuse(index, none)
      continue
    }
    const sound = asked.filter(({ index, wish }) => {
      const refused = wish.orders.map((order) => barrier(opened, type, order, taken)).find((why) => why !== null)
      if (refused) record(index, { refused })
      return !refused
    })
    const all = visitsOf(route, orderOf)
    const rideable = all.filter((visit) => barrier(opened, type, visit >> 1, taken) === null)

    // a whole route that can stay as it is keeps every other lock on it
    const whole = sound.filter(({ lock }) => lock.grade === 'route').slice(0, 1)
    const asIs = whole.length > 0 ? holdRoute(opened, type, all, [whole[0].wish]) : null
    const stays = asIs !== null && asIs.refusals[0] === null && asIs.visits.length === all.length
    const parts = sound.filter(({ lock }) => lock.grade !== 'route')
    const held = stays
      ? asIs
      : holdRoute(
          opened,
          type,
          rideable,
          parts.map(({ wish }) => wish),
        )
    if (!stays) {
      for (const { index, lock } of sound)
        if (lock.grade === 'route') record(index, { refused: asIs!.refusals[0] ?? { rule: 'coverage' } })
      parts.forEach(({ index }, k) => {
        if (held.refusals[k]) record(index, { refused: held.refusals[k] })
      })
    }
    if (held.visits.length === 0 || held.orders.size === 0) continue

    // the search keeps fewer timetables in mind than there are: a route that it could not hold stays as it is
    const fits = new Solution(pinStarts(instance, held.pins)).open(type, held.visits)
    const isFrozen = stays || !fits
    const pinned = pinStarts(instance, new Map([...pins, ...held.pins]))
    const tripOf = (truck: number, visits: readonly number[]): Trip => ({
      type: truck,
      visits,
      schedule: scheduleRoute(pinned, truck, visits),
    })
    const trip = tripOf(type, held.visits)
    const schedule = isFrozen ? timeBeside(pinned, [...frozen, ...alone], trip) : trip.schedule
    const still = isFrozen && schedule ? [...frozen, { ...trip, schedule }] : frozen
    const moving = [...routes.map((other) => tripOf(other.type, other.visits)), ...(isFrozen ? [] : [trip])]
    if (!schedule || !hasDocks({ ...pinned, frozen: { routes: still, alone } }, moving)) {
      for (const { index } of sound) if (!records[index].refused) refuse(index, 'docks')
      continue
    }

    used[type]++
    for (const visit of held.visits) taken[visit >> 1] = 1
    for (const [visit, startS] of held.pins) pins.set(visit, startS)
    if (isFrozen) {
      away[type]++
      frozen.push({ ...trip, schedule })
      for (const visit of held.visits) {
        keepOff(visit >> 1)
        directCost[visit >> 1] = 0
      }
      continue
    }
    routes.push({ type, visits: held.visits })
    const members = [...held.orders]
    homes.push({
      type,
      orders: members,
      fixed: members.filter(
        (order) =>
          withGroup(instance, order).length > 1 ||
          held.sequences.some((visits) => visits.includes(2 * order)) ||
          (held.head.includes(2 * order) && held.head.includes(2 * order + 1)),
      ),
      sequences: held.sequences,
      head: held.head,
    })
    for (const order of held.orders) {
      for (let other = 0; other < types.length; other++) if (other !== type) allowed[other * orders + order] = 0
      directCost[order] = Number.POSITIVE_INFINITY
    }
  }

  const fixed = frozen.length + alone.length > 0 ? { routes: frozen, alone } : null
  const pinned = { ...pinStarts(instance, pins), allowed, directCost, frozen: fixed }
  const docks = openDocks(pinned, problem, offers)
  const isAway = new Set(frozen.flatMap(({ visits }) => visits.map((visit) => visit >> 1)))
  const written = {
    ...pinned,
    docks: docks && { ...docks, hired: docks.hired.map((trip, order) => (isAway.has(order) ? null : trip)) },
  }
  return {
    opened: { ...opened, instance: written, offers, locked },
    instance: {
      ...written,
      roster: roster ? roster.beside(away) : null,
      types: types.map((truck, type) => (away[type] > 0 ? { ...truck, count: truck.count - away[type] } : truck)),
    },
    homes: homes.length > 0 ? new Homes(homes, orders) : undefined,
    routes,
    frozen,
    records,
  }
}

/** The route of the plan that a lock speaks of. */
function routeNamed(plan: Pick<Plan, 'routes'>, lock: Asked['lock']): Route | undefined {
  if ('route' in lock) return plan.routes.find(({ id }) => id === lock.route)
  return plan.routes.find(({ stops }) => stops.some(({ visits }) => visits.some((v) => v.shipment === lock.shipment)))
}

/** The services that a lock speaks of; undefined where it names a shipment that is not on the route. */
function visitsNamed(route: Route, lock: Asked['lock']): LockRecord['visits'] {
  const visits = route.stops.flatMap((stop) => stop.visits).map(({ endS: _, ...visit }) => visit)
  if (lock.grade === 'route') return visits
  if (lock.grade === 'head') return visits.length < lock.visits ? undefined : visits.slice(0, lock.visits)
  const named = lock.grade === 'sequence' ? lock.shipments : [lock.shipment]
  if (!named) return visits
  if (named.some((id) => !visits.some(({ shipment }) => shipment === id))) return undefined
  return visits.filter(({ shipment }) => named.includes(shipment))
}

/** All services on the route of the shipments that these are services of. */
const visitsWhole = (route: Route, visits: NonNullable<LockRecord['visits']>): NonNullable<LockRecord['visits']> =>
  route.stops.flatMap((stop) =>
    stop.visits.filter(({ shipment }) => visits.some((visit) => visit.shipment === shipment)),
  )

/** The order and all that must share its route. */
const withGroup = ({ company }: Instance, order: number): readonly number[] =>
  company !== null && company.groupOf[order] >= 0 ? company.groups[company.groupOf[order]] : [order]

/** Every shipment is picked up once, and then delivered once. */
const arePaired = (visits: NonNullable<LockRecord['visits']>): boolean =>
  visits.every(({ shipment }) => {
    const kinds = visits.filter((visit) => visit.shipment === shipment).map(({ kind }) => kind)
    return kinds.join() === 'pickup,delivery'
  })

/** Visits of a route as indices, without those of shipments that the problem no longer has. */
const visitsOf = (route: Route, orderOf: ReadonlyMap<string, number>): number[] =>
  route.stops.flatMap(({ visits }) =>
    visits.flatMap(({ shipment, kind }) => {
      const order = orderOf.get(shipment)
      return order === undefined ? [] : [2 * order + (kind === 'pickup' ? 0 : 1)]
    }),
  )

/** True where all of the trips find times at docks beside what is frozen. */
const hasDocks = (instance: Instance, trips: readonly Trip[]): boolean =>
  instance.docks === null || arrangeDocks(instance, trips, []).refused.length === 0

/** Its vehicle in the shift that has most of the route in it, in a span that has a driver left if there is one; -1: there is none. */
function typeOf({ problem, vehicleOf, instance }: Opened, route: Route, hasDriver: (type: number) => boolean): number {
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  vehicleOf.forEach((vehicle, type) => {
    if (problem.vehicles[vehicle].id !== route.vehicle) return
    const { opensS, closesS } = instance.types[type]
    const inside = Math.min(closesS, route.returnS) - Math.max(opensS, route.departS)
    if (inside < 0) return
    if (inside > most || (inside === most && !hasDriver(best) && hasDriver(type))) {
      best = type
      most = inside
    }
  })
  return best
}

/** What keeps a shipment off the truck today, whoever rides with it; null: nothing. */
function barrier({ instance }: Opened, type: number, order: number, taken: Uint8Array): LockRefusal | null {
  const cell = type * instance.orders + order
  if (taken[order]) return { rule: 'coverage' }
  for (const [index, rule] of STATIC_RULES.entries()) {
    const excess = instance.barred[index][cell]
    if (excess > 0) return { rule: rule.name, excess, unit: rule.unit }
  }
  return instance.allowed[cell] === 1 ? null : { rule: 'modes' }
}
