/**
 * The timetable of one route: given truck type and order of visits, when everything happens and what it costs. Late or overloaded
 * routes get a timetable as well, with what is broken in it, so that a person can be told.
 *
 * The truck leaves so that its first stop is as early as the shift and the site allow, rests so as to be back earliest (timeline.ts),
 * and then leaves as much later as does not bring it back later. The search judges the length of the day before that last step. Only
 * where the day is still too long are later departures tried, one window after another. Where a ride may not last, loading waits (rides.ts).
 * Where soft windows have a price, the cheapest times (cheapest.ts) take the place of these if they cost less. Those know nothing of rides:
 * where they make one too long they are shortened in their turn, and given up if that fails, so that the soft price is charged as it falls.
 * Where travel depends on the time of day, departures.ts says when to leave.
 */
import { arc } from './arcs.ts'
import { clockKrw, type Ending, findCheapest } from './cheapest.ts'
import { chooseDeparture } from './departures.ts'
import type { Instance, TruckType } from './instance.ts'
import { overlongS, shortenRides } from './rides.ts'
import { NO_ROAD_S } from './roads.ts'
import { driveBySlices } from './slices.ts'
import { departBySlices, departFor, firstOpen, type Label, restsNeeded } from './timeline.ts'

export interface Schedule {
  readonly type: number
  readonly visits: readonly number[]
  /** [position] */
  readonly arriveS: readonly number[]
  readonly startS: readonly number[]
  readonly leaveS: readonly number[]
  /** [position] true: the truck drove here, a stop begins */
  readonly stopBegins: readonly boolean[]
  /** [position] seconds after the last moment it could have started, 0 in time */
  readonly lateS: readonly number[]
  /** [position][dimension] load when leaving */
  readonly loadAfter: readonly (readonly number[])[]
  /** rests on the way to a position (visits.length: to the end) */
  readonly rests: readonly { readonly before: number; readonly startS: number; readonly endS: number }[]
  readonly departS: number
  readonly returnS: number
  readonly driveS: number
  readonly waitS: number
  readonly distanceM: number
  readonly stops: number
}

/** `notBeforeS`: [position] before then no dock is free; default: any time. */
export function scheduleRoute(
  instance: Instance,
  type: number,
  visits: readonly number[],
  notBeforeS: readonly number[] = [],
): Schedule {
  const early = scheduleEarly(instance, type, visits, notBeforeS)
  const { soft } = instance
  if (soft === null || visits.every((visit) => soft[visit] === null)) return early
  const truck = instance.types[type]
  const krw = (schedule: Schedule) => clockKrw(instance, truck, schedule)
  const earlyKrw = inTime(instance, early) ? krw(early) : Number.POSITIVE_INFINITY
  if (earlyKrw === 0) return early
  const ending = findCheapest(instance, truck, visits, notBeforeS, earlyKrw)
  if (!ending) return early
  const priced = writeTimes(instance, truck, type, visits, ending)
  const cheap = shortenRides(instance, priced, priced.startS, (startS) =>
    timetable(instance, type, visits, priced.departS, startS),
  )
  if (!inTime(instance, cheap) || earlyKrw <= krw(cheap)) return early
  // leave no sooner than it takes; a rest before the first visit may be for nothing
  const { waited, slack } = departureSlack(instance, cheap)
  const delay = Math.max(0, Math.min(waited, slack))
  return (
    [delay + instance.restS, delay, delay - instance.restS]
      .filter((seconds) => seconds > 0)
      .map((seconds) => timetable(instance, type, visits, cheap.departS + seconds, cheap.startS))
      .find((later) => inTime(instance, later) && later.returnS <= cheap.returnS && krw(later) <= krw(cheap)) ?? cheap
  )
}

function scheduleEarly(
  instance: Instance,
  type: number,
  visits: readonly number[],
  notBeforeS: readonly number[],
): Schedule {
  const truck = instance.types[type]
  const dayFrom = (departS: number): Schedule => timeDay(instance, type, visits, departS, notBeforeS)
  let early = earliestDay(instance, type, visits, notBeforeS)
  if (truck.slices !== null)
    return chooseDeparture(instance, truck, truck.slices, early, dayFrom, (day) => lateness(instance, day))
  for (;;) {
    const { waited, slack } = departureSlack(instance, early)
    const delay = Math.max(0, Math.min(waited, slack))
    // a wait may serve as a rest: where leaving after all of it is back later, keep as much of it as a rest takes
    const chosen =
      [delay, delay - instance.restS]
        .filter((seconds) => seconds > 0)
        .map((seconds) => dayFrom(early.departS + seconds))
        .find((later) => later.returnS <= early.returnS && lateness(instance, later) <= lateness(instance, early)) ??
      early
    if (chosen.returnS - chosen.departS <= instance.maxWorkS || !Number.isFinite(slack)) return chosen
    // too long a day: leave so late that some visit falls into its next window, and see whether that makes it shorter
    const next = dayFrom(early.departS + Math.max(0, slack) + 1)
    if (lateness(instance, next) > 0 || next.returnS > truck.closesS) return chosen
    early = next
  }
}

/** The day before any later departure is tried. Where it is in time, so is the timetable. */
export function earliestDay(
  instance: Instance,
  type: number,
  visits: readonly number[],
  notBeforeS: readonly number[] = [],
): Schedule {
  const truck = instance.types[type]
  const firstLegS = visits.length > 0 ? arc(truck.durationS, truck.start, instance.placeOf[visits[0]]) : 0
  const earliest =
    visits.length === 0
      ? truck.opensS
      : truck.slices === null
        ? departFor(instance, truck.opensS, visits[0], firstLegS)
        : departBySlices(instance, truck, truck.slices, visits[0])
  return timeDay(instance, type, visits, Number.isNaN(earliest) ? truck.opensS : earliest, notBeforeS)
}

const timeDay = (
  instance: Instance,
  type: number,
  visits: readonly number[],
  departS: number,
  notBeforeS: readonly number[],
): Schedule =>
  shortenRides(instance, timetable(instance, type, visits, departS, notBeforeS), notBeforeS, (later) =>
    timetable(instance, type, visits, departS, later),
  )

/** Seconds that visits start too late, and rides last too long. */
const lateness = (instance: Instance, schedule: Schedule): number =>
  schedule.lateS.reduce((sum, late) => sum + late, 0) + overlongS(instance, schedule)
const finiteOr = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise)

/**
 * How much later the truck may leave: without being back later (the waits on its way), and with every visit still in the window it is
 * in. Savelsbergh (1992), The vehicle routing problem with time windows: minimizing route duration, ORSA Journal on Computing 4(2).
 */
function departureSlack(instance: Instance, schedule: Schedule): { waited: number; slack: number } {
  const { windowFrom, closesS, soft } = instance
  let waited = 0
  let slack = Number.POSITIVE_INFINITY
  schedule.visits.forEach((visit, k) => {
    const start = schedule.startS[k]
    const restedHere = schedule.rests.some((rest) => rest.before === k && rest.startS === schedule.arriveS[k])
    const before = k > 0 && !schedule.stopBegins[k] ? schedule.leaveS[k - 1] : schedule.arriveS[k]
    waited += start - before - (restedHere ? instance.restS : 0)
    let close = start
    for (let w = windowFrom[visit]; w < windowFrom[visit + 1]; w++)
      if (start <= closesS[w]) {
        close = closesS[w]
        break
      }
    const softS = soft?.[visit]?.closesS ?? close
    if (start <= softS) close = Math.min(close, softS)
    slack = Math.min(slack, waited + close - start)
  })
  return { waited, slack }
}

function timetable(
  instance: Instance,
  type: number,
  visits: readonly number[],
  departS: number,
  notBeforeS: ArrayLike<number>,
): Schedule {
  const { placeOf, driveS, restS } = instance
  const truck = instance.types[type]
  let front: Label[] = [
    {
      parent: null,
      arriveS: departS,
      startS: departS,
      leaveS: departS,
      drivenS: 0,
      restsOnLeg: 0,
      restOnArrival: false,
      lateS: 0,
      lateSum: 0,
    },
  ]
  let place = truck.start
  for (const [k, visit] of visits.entries()) {
    const next = placeOf[visit]
    const legS = arc(truck.durationS, place, next)
    const serviceS = instance.serviceS[visit] + (k === 0 || next !== place ? instance.stopS[next] : 0)
    front = undominated(
      front.flatMap((label) => successors(instance, truck, label, place, legS, visit, serviceS, notBeforeS[k] ?? 0)),
      restS,
    )
    place = next
  }
  const lastLegS = arc(truck.durationS, place, truck.end)
  const ends = front.map((label) => {
    if (truck.slices !== null) {
      const home = driveBySlices(truck.slices, instance, place, truck.end, label.leaveS, label.drivenS)
      return { label, departS, rests: home.rests, returnS: home.arriveS }
    }
    const rests = restsNeeded(label.drivenS, lastLegS, driveS)
    return { label, departS, rests, returnS: label.leaveS + lastLegS + rests * restS }
  })
  const best = ends.reduce((a, b) =>
    b.label.lateSum < a.label.lateSum || (b.label.lateSum === a.label.lateSum && b.returnS < a.returnS) ? b : a,
  )
  return writeTimes(instance, truck, type, visits, best)
}

/** The timetable that ends so: back along its labels, and the sums. */
function writeTimes(
  instance: Instance,
  truck: TruckType,
  type: number,
  visits: readonly number[],
  best: Ending,
): Schedule {
  const { placeOf, driveS, restS, dimensions, demand, paired } = instance
  const legs: number[] = []
  const stopBegins: boolean[] = []
  const loadAfter: number[][] = []
  let place = truck.start
  let load: number[] = Array(dimensions).fill(0)
  let distanceM = 0
  for (const [k, visit] of visits.entries()) {
    const next = placeOf[visit]
    legs.push(arc(truck.durationS, place, next))
    distanceM += arc(truck.distanceM, place, next)
    stopBegins.push(k === 0 || next !== place)
    const order = visit >> 1
    const sign = visit % 2 === 0 ? 1 : -1
    load = load.map((amount, d) => amount + sign * demand[order * dimensions + d])
    if (!paired[order] && sign < 0) throw new Error(`visit ${visit} of an unpaired order`)
    loadAfter.push(load)
    place = next
  }
  const lastLegS = arc(truck.durationS, place, truck.end)
  distanceM += arc(truck.distanceM, place, truck.end)
  const chain: Label[] = []
  for (let label: Label | null = best.label; label?.parent; label = label.parent) chain.push(label)
  chain.reverse()
  const rests: { before: number; startS: number; endS: number }[] = []
  const restOnLeg = (before: number, from: Label, count: number) => {
    // nobody rests on a road that is not there
    if (count * driveS > NO_ROAD_S / 2) return
    let clock = from.leaveS + driveS - from.drivenS
    for (let rest = 0; rest < count; rest++, clock += driveS) {
      rests.push({ before, startS: clock, endS: clock + restS })
      clock += restS
    }
  }
  let waitS = 0
  chain.forEach((label, k) => {
    restOnLeg(k, label.parent!, label.restsOnLeg)
    if (label.restOnArrival) rests.push({ before: k, startS: label.arriveS, endS: label.arriveS + restS })
    const from = stopBegins[k] ? label.arriveS : label.parent!.leaveS
    waitS += label.startS - from - (label.restOnArrival ? restS : 0)
  })
  restOnLeg(visits.length, best.label, best.rests)
  const sumS = (seconds: readonly number[]) => seconds.reduce((sum, leg) => sum + leg, 0)
  const atTheWheelS = () =>
    sumS(chain.map(({ parent, arriveS, restsOnLeg }) => arriveS - parent!.leaveS - restsOnLeg * restS)) +
    (best.returnS - best.label.leaveS - best.rests * restS)
  return {
    type,
    visits,
    arriveS: chain.map((label) => label.arriveS),
    startS: chain.map((label) => label.startS),
    leaveS: chain.map((label) => label.leaveS),
    stopBegins,
    lateS: chain.map((label) => label.lateS),
    loadAfter,
    rests,
    departS: best.departS,
    returnS: best.returnS,
    driveS: truck.slices === null ? sumS(legs) + lastLegS : atTheWheelS(),
    waitS,
    distanceM,
    stops: stopBegins.filter(Boolean).length,
  }
}

/** Seconds at the wheel on the way to a position; visits.length: to the end. */
export function legSeconds({ arriveS, leaveS, returnS, departS, rests, visits }: Schedule, position: number): number {
  const atS = position < visits.length ? arriveS[position] : returnS
  const leftS = position === 0 ? departS : leaveS[position - 1]
  // a rest that begins on arrival is not on the road
  const restedS = rests.reduce(
    (sum, { before, startS, endS }) => (before === position && startS < atS ? sum + endS - startS : sum),
    0,
  )
  return atS - leftS - restedS
}

/** The two ways on that are worth keeping: see timeline.ts. */
function successors(
  instance: Instance,
  truck: TruckType,
  label: Label,
  from: number,
  legS: number,
  visit: number,
  serviceS: number,
  notBeforeS: number,
): Label[] {
  const { driveS, restS, windowFrom, closesS } = instance
  const { slices } = truck
  const drive =
    slices === null ? null : driveBySlices(slices, instance, from, instance.placeOf[visit], label.leaveS, label.drivenS)
  const restsOnLeg = drive?.rests ?? restsNeeded(label.drivenS, legS, driveS)
  const arriveS = drive?.arriveS ?? label.leaveS + legS + restsOnLeg * restS
  const since = drive?.drivenS ?? label.drivenS + legS - restsOnLeg * driveS
  const at = (there: number, restOnArrival: boolean): Label => {
    const ready = Math.max(there, notBeforeS)
    const open = firstOpen(instance, visit, ready)
    const startS = finiteOr(open, ready)
    const none = windowFrom[visit] === windowFrom[visit + 1]
    const lateS = open === startS ? 0 : none ? Number.MAX_SAFE_INTEGER : ready - closesS[windowFrom[visit + 1] - 1]
    const fresh = restOnArrival || startS - arriveS >= restS
    return {
      parent: label,
      arriveS,
      startS,
      leaveS: startS + serviceS,
      drivenS: fresh ? 0 : since,
      restsOnLeg,
      restOnArrival,
      lateS,
      lateSum: label.lateSum + lateS,
    }
  }
  const on = at(arriveS, false)
  return driveS === Number.POSITIVE_INFINITY || on.drivenS === 0 ? [on] : [on, at(arriveS + restS, true)]
}

function undominated(labels: readonly Label[], restS: number): Label[] {
  const sorted = [...labels].sort((a, b) => a.lateSum - b.lateSum || a.leaveS - b.leaveS || a.drivenS - b.drivenS)
  const kept: Label[] = []
  for (const label of sorted)
    if (
      !kept.some(
        (other) =>
          other.lateSum <= label.lateSum &&
          ((other.leaveS <= label.leaveS && other.drivenS <= label.drivenS) || other.leaveS + restS <= label.leaveS),
      )
    )
      kept.push(label)
  return kept
}

/** True where every visit starts in time, the truck is back in its shift, and neither the day nor a ride is too long. */
export function inTime(instance: Instance, schedule: Schedule): boolean {
  const truck = instance.types[schedule.type]
  return (
    schedule.lateS.every((late) => late === 0) &&
    schedule.returnS <= truck.closesS &&
    schedule.returnS - schedule.departS <= instance.maxWorkS &&
    overlongS(instance, schedule) === 0
  )
}
