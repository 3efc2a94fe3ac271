/**
 * Docks: at a site with so many docks so many trucks stand at the same time, each from the start of its stop's first service to leaving;
 * outside the gate they wait for free. First come, first served: the trips of a plan, routes before hired trucks alone and each by when it
 * would first need a dock, are timed one after another around those before them. A trip starts later wherever no dock is free, and a
 * route that finds no time goes to the front of another try.
 * What people have locked as it is keeps its times and comes before all others.
 * A hired truck alone that finds no time, or whose later time costs more, gives way to terminal freight; where there is none its shipment
 * is left behind. A route that finds no time breaks the plan. Trips that would fit in another order of service may be missed.
 */
import { clockKrw } from './cheapest.ts'
import type { Instance } from './instance.ts'
import { inTime, type Schedule, scheduleRoute } from './schedule.ts'

/** Tries to time one trip, and to find another order of routes. */
const MOST_TIMINGS = 16
const MOST_ORDERS = 4

export interface Trip {
  readonly type: number
  readonly visits: readonly number[]
  /** its times if nobody were in the way */
  readonly schedule: Schedule
}

/** Trips with their times at docks, which nobody else's trips can move. */
export interface Frozen {
  readonly routes: readonly Trip[]
  /** hired trucks that carry one shipment each */
  readonly alone: readonly Trip[]
}

/** How a shipment goes alone that cannot go as its cheapest direct way says. */
export type Moved =
  | { readonly mode: 'hired'; readonly schedule: Schedule; readonly krw: number }
  | { readonly mode: 'terminal'; readonly krw: number }
  | { readonly mode: 'none' }

export interface Docked {
  /** [route] */
  readonly schedules: readonly Schedule[]
  /** by order, of those on no route */
  readonly moved: ReadonlyMap<number, Moved>
  /** indices of routes that find no time */
  readonly refused: readonly number[]
  /** what the later times and other ways cost more, and how many shipments they leave behind */
  readonly extraKrw: number
  readonly stranded: number
}

/** The times of a whole plan: its routes, and the orders that ride on none. */
export function arrangeDocks(instance: Instance, routes: readonly Trip[], absent: Iterable<number>): Docked {
  const docks = instance.docks!
  const needsDock = ({ visits }: Trip) =>
    visits.some((visit) => docks.count[instance.placeOf[visit]] < Number.POSITIVE_INFINITY)
  const firstS = ({ schedule, visits }: Trip) =>
    schedule.startS[visits.findIndex((visit) => docks.count[instance.placeOf[visit]] < Number.POSITIVE_INFINITY)]
  const byNeed = (a: Trip, b: Trip) => firstS(a) - firstS(b) || a.visits[0] - b.visits[0]

  const fixed = [...(instance.frozen?.routes ?? []), ...(instance.frozen?.alone ?? [])]
  const fixedTimes = (trip: Trip) => fixed.find(({ visits }) => visits[0] === trip.visits[0])?.schedule

  let queue = routes.filter((trip) => needsDock(trip) && !fixedTimes(trip)).sort(byNeed)
  let best: { times: Map<Trip, Schedule>; book: Book; refused: Trip[] } | null = null
  for (let tries = 0; tries < MOST_ORDERS && (best === null || best.refused.length > 0); tries++) {
    const book = new Book(instance, fixed)
    const times = new Map<Trip, Schedule>()
    const refused: Trip[] = []
    for (const trip of queue) {
      const schedule = book.time(trip)
      if (schedule) times.set(trip, schedule)
      else refused.push(trip)
    }
    if (best === null || refused.length < best.refused.length) best = { times, book, refused }
    queue = [...refused, ...queue.filter((trip) => !refused.includes(trip))]
  }
  const { times, book, refused } = best!
  const truck = (trip: Trip) => instance.types[trip.type]
  const dearer = (trip: Trip, schedule: Schedule) =>
    clockKrw(instance, truck(trip), schedule) - clockKrw(instance, truck(trip), trip.schedule)
  let extraKrw = 0
  for (const [trip, schedule] of times) extraKrw += dearer(trip, schedule)

  const moved = new Map<number, Moved>()
  let stranded = 0
  const alone = [...absent].flatMap((order) => docks.hired[order] ?? []).sort(byNeed)
  for (const trip of alone) {
    const order = trip.visits[0] >> 1
    const schedule = fixedTimes(trip) ?? book.time(trip, trip.terminalKrw - trip.krw)
    const krw = schedule ? trip.krw + dearer(trip, schedule) : trip.terminalKrw
    if (schedule) moved.set(order, { mode: 'hired', schedule, krw })
    else if (krw < Number.POSITIVE_INFINITY) moved.set(order, { mode: 'terminal', krw })
    else {
      moved.set(order, { mode: 'none' })
      stranded++
    }
    extraKrw += (krw < Number.POSITIVE_INFINITY ? krw : 0) - trip.krw
  }
  const schedules = routes.map((trip) => times.get(trip) ?? fixedTimes(trip) ?? trip.schedule)
  return { schedules, moved, refused: refused.map((trip) => routes.indexOf(trip)), extraKrw, stranded }
}

/** The times of one more trip beside those that are fixed; null where no dock is free for it. */
export const timeBeside = (instance: Instance, fixed: readonly Trip[], trip: Trip): Schedule | null =>
  instance.docks === null ? trip.schedule : new Book(instance, fixed).time(trip)

/** Who stands where and when. */
class Book {
  private readonly instance: Instance
  private readonly taken = new Map<number, { readonly from: number; readonly to: number }[]>()

  constructor(instance: Instance, fixed: readonly Trip[]) {
    this.instance = instance
    for (const { schedule } of fixed) this.enter(schedule)
  }

  private enter(schedule: Schedule): void {
    for (const { place, from, to } of stopsOf(this.instance, schedule))
      if (this.instance.docks!.count[place] < Number.POSITIVE_INFINITY)
        this.taken.set(place, [...(this.taken.get(place) ?? []), { from, to }])
  }

  /** Times the trip around those that are booked, and books it; null where it finds no time that adds at most `mostKrw`. */
  time(trip: Trip, mostKrw = Number.POSITIVE_INFINITY): Schedule | null {
    const { instance } = this
    const { type, visits } = trip
    const notBeforeS: number[] = Array(visits.length).fill(0)
    const krw = (schedule: Schedule) => clockKrw(instance, instance.types[type], schedule)
    let { schedule } = trip
    for (let tries = 0; tries < MOST_TIMINGS; tries++) {
      const blocked = stopsOf(instance, schedule).find((stop) => this.free(stop.place, stop.from, stop.to) > stop.from)
      if (!blocked) {
        if (krw(schedule) - krw(trip.schedule) > mostKrw) return null
        this.enter(schedule)
        return schedule
      }
      notBeforeS[blocked.position] = this.free(blocked.place, blocked.from, blocked.to)
      schedule = scheduleRoute(instance, type, visits, notBeforeS)
      if (!inTime(instance, schedule)) return null
    }
    return null
  }

  /** Earliest instant from `from` on at which a truck can stand there as long as from `from` to `to`. */
  private free(place: number, from: number, to: number): number {
    const count = this.instance.docks!.count[place]
    const taken = this.taken.get(place) ?? []
    if (to === from || taken.length < count) return from
    const fits = (at: number) => {
      const until = at + to - from
      // the most stand there at `at` or when one of them comes
      return [at, ...taken.map((other) => other.from)].every(
        (t) => t < at || t >= until || taken.filter((other) => other.from <= t && t < other.to).length < count,
      )
    }
    return [from, ...taken.map((other) => other.to).filter((t) => t > from)].sort((a, b) => a - b).find(fits)!
  }
}

/** Stops of a timetable: when the truck is at a dock, and the position of the first visit there. */
function stopsOf(instance: Instance, { visits, startS, leaveS, stopBegins }: Schedule) {
  const stops: { place: number; position: number; from: number; to: number }[] = []
  visits.forEach((visit, position) => {
    if (stopBegins[position])
      stops.push({ place: instance.placeOf[visit], position, from: startS[position], to: leaveS[position] })
    else stops[stops.length - 1].to = leaveS[position]
  })
  return stops
}
