/**
 * When to serve the visits of a route whose soft windows have a price: the departure, starts and rests that cost least in paid time,
 * earliness and lateness together; of those the earliest return.
 *
 * A visit starts as soon as the truck is ready for it, unless a later start pays: because the visit itself is early, or because a later
 * departure shortens a paid day. Some cheapest timetable then starts it at an instant from which the truck drives on to an edge of a
 * window, hard or soft, of a later visit, or to the end of the shift, without a wait but for whole rests: between such instants the
 * price is linear. So finitely many starts are worth a look, and labels (time, driven since the last rest, won), of which none is better
 * in all, find the best.
 * Dumas, Soumis & Desrosiers (1990), Optimizing the schedule for a fixed vehicle path with convex inconvenience costs, Transportation
 * Science 24(2), treat the convex case without rests.
 * Not exact: won are rounded per visit, so one or two a visit may be left; where overtime is paid the hour is priced without it and with
 * it, and where the day gets too long ever dearer until it is not, so what lies between is not looked at. Where travel depends on the time
 * of day the price is no longer linear between those instants, a stay is a whole rest and no more by the pace of its own hour, and tolls
 * by the hour are left to whoever compares the timetables.
 */
import { arc } from './arcs.ts'
import type { Instance, TruckType } from './instance.ts'
import { type Drive, driveBySlices, extraTollOf, leaveBySlices } from './slices.ts'
import { softKrw } from './tariff.ts'
import { firstOpen, type Label, lastOpen, restsNeeded } from './timeline.ts'

/** A timetable by its last visit and the way home. */
export interface Ending {
  readonly label: Label
  readonly departS: number
  readonly rests: number
  readonly returnS: number
}

interface PricedEnding extends Ending {
  /** won of clockKrw, before they are rounded */
  readonly krw: number
}

interface Priced extends Label {
  readonly departS: number
  readonly krw: number
}

/** Won that depend on the clock alone: paid time, starts outside soft windows, and tolls above the least of the day. */
export function clockKrw(instance: Instance, truck: TruckType, times: Times): number {
  let krw = paidKrw(truck, times.returnS - times.departS) + tollsKrw(instance, truck, times)
  if (instance.soft === null) return krw
  for (const [k, visit] of times.visits.entries()) krw += startKrw(instance, visit, times.startS[k])
  return krw
}

interface Times {
  readonly departS: number
  readonly returnS: number
  readonly visits: readonly number[]
  readonly startS: readonly number[]
  readonly leaveS: readonly number[]
}

/** What tolls by the hour add to the fare; a least fare may swallow them. */
function tollsKrw({ placeOf }: Instance, truck: TruckType, { departS, visits, leaveS }: Times): number {
  const { slices, arcCost, baseCost, minimumCost } = truck
  if (slices === null || slices.extraToll === null) return 0
  let from = truck.start
  let leastKrw = baseCost
  let extraKrw = 0
  for (let k = 0; k <= visits.length; k++) {
    const to = k < visits.length ? placeOf[visits[k]] : truck.end
    leastKrw += arc(arcCost, from, to)
    extraKrw += extraTollOf(slices, from, to, k === 0 ? departS : leaveS[k - 1])
    from = to
  }
  return Math.max(leastKrw + extraKrw, minimumCost) - Math.max(leastKrw, minimumCost)
}

function paidKrw(truck: TruckType, paidS: number): number {
  const overS = Math.max(0, paidS - truck.overtimeAfterS)
  return (
    Math.round((truck.perHour * paidS) / 3600) + (overS > 0 ? Math.round((truck.overtimePerHour * overS) / 3600) : 0)
  )
}

/** Won for starting the visit then. */
export function startKrw(instance: Instance, visit: number, startS: number): number {
  const { earliness, lateness } = softKrw(instance.soft?.[visit], startS)
  return earliness + lateness
}

/** Won per hour that a day too long is made to cost, one after another, until it is short enough. */
const LONG_DAY_KRW = [1e3, 4e3, 16e3, 64e3, 256e3, 1e6, 1e9]

/** The cheapest timetable that keeps windows, shift and the length of the day; null: none below the ceiling was found. */
export function findCheapest(
  instance: Instance,
  truck: TruckType,
  visits: readonly number[],
  notBeforeS: readonly number[],
  ceilingKrw: number,
): Ending | null {
  const span = measure(instance, truck, visits, notBeforeS)
  if (!span) return null
  const { perHour, overtimePerHour } = truck
  const hourly = overtimePerHour > 0 ? [perHour, perHour + overtimePerHour] : [perHour]
  const found: PricedEnding[] = []
  const look = (hourKrw: number) => {
    const ending = drive(instance, truck, visits, span, hourKrw, ceilingKrw)
    if (ending && ending.returnS - ending.departS <= instance.maxWorkS) found.push(ending)
    return ending
  }
  const any = hourly.map(look).some((ending) => ending !== null)
  for (let k = 0; any && found.length === 0 && k < LONG_DAY_KRW.length; k++) look(LONG_DAY_KRW[k])
  return found.length > 0 ? found.reduce((a, b) => (b.krw < a.krw ? b : a)) : null
}

/** What driving and service take at least, and between which starts each visit lies if no rests are taken. */
interface Span {
  /** [position] of the visits, last of all the end */
  readonly places: readonly number[]
  /** [position] seconds of driving to get there */
  readonly legS: readonly number[]
  readonly serviceS: readonly number[]
  readonly lastLegS: number
  readonly earliestS: readonly number[]
  readonly latestS: readonly number[]
  /** seconds from its start to the end of the route, without waits and rests */
  readonly aheadS: readonly number[]
}

function measure(
  instance: Instance,
  truck: TruckType,
  visits: readonly number[],
  notBeforeS: readonly number[],
): Span | null {
  const { placeOf, stopS } = instance
  const places = visits.map((visit) => placeOf[visit])
  const legS = places.map((place, k) => arc(truck.durationS, k === 0 ? truck.start : places[k - 1], place))
  const serviceS = visits.map(
    (visit, k) => instance.serviceS[visit] + (k === 0 || places[k] !== places[k - 1] ? stopS[places[k]] : 0),
  )
  const lastLegS = arc(truck.durationS, places[places.length - 1], truck.end)
  const earliestS: number[] = []
  let clock = truck.opensS
  for (const [k, visit] of visits.entries()) {
    earliestS.push(firstOpen(instance, visit, Math.max(clock + legS[k], notBeforeS[k] ?? 0)))
    clock = earliestS[k] + serviceS[k]
  }
  const latestS: number[] = Array(visits.length)
  const aheadS: number[] = Array(visits.length)
  let ahead = lastLegS
  let need = truck.closesS - lastLegS
  for (let k = visits.length - 1; k >= 0; k--) {
    latestS[k] = lastOpen(instance, visits[k], need - serviceS[k])
    need = latestS[k] - legS[k]
    aheadS[k] = ahead + serviceS[k]
    ahead = aheadS[k] + legS[k]
    if (!(earliestS[k] <= latestS[k])) return null
  }
  return { places: [...places, truck.end], legS, serviceS, lastLegS, earliestS, latestS, aheadS }
}

/** Starts of the visit at `position` from which the truck drives on to an edge of a window of a later visit, or of its own. */
function tiedStarts(
  instance: Instance,
  truck: TruckType,
  visits: readonly number[],
  span: Span,
  position: number,
): Set<number> {
  const { windowFrom, opensS, closesS, driveS, restS, soft } = instance
  const { places, legS, serviceS, lastLegS, earliestS, latestS } = span
  const { slices } = truck
  /** The start at `position` from which visit k is reached then and no sooner. */
  const backFrom = (k: number, startS: number) => {
    let byS = startS
    for (let m = k - 1; m >= position && slices !== null; m--) {
      const floorS = earliestS[m] + serviceS[m]
      byS = leaveBySlices(slices, NO_RESTS, places[m], places[m + 1], byS, floorS) - serviceS[m]
    }
    return byS
  }
  const starts = new Set<number>()
  let spentS = 0
  let drivenS = 0
  for (let k = position; k < visits.length; k++) {
    const visit = visits[k]
    const isLast = k === visits.length - 1
    // rests worth taking on so much driving: of three within one stretch the middle one is a wait like any other
    const most = restS > 0 ? 2 + Math.floor((2 * (drivenS + (isLast ? lastLegS : 0))) / driveS) : 0
    const tie = (edge: number | undefined) => {
      if (edge === undefined || edge < earliestS[k] || edge > latestS[k]) return
      for (let rests = 0; rests <= most; rests++) {
        const byS = edge - rests * restS
        const startS = slices === null ? byS - spentS : backFrom(k, byS)
        if (startS >= earliestS[position] && firstOpen(instance, visits[position], startS) === startS)
          starts.add(startS)
      }
    }
    tie(latestS[k])
    tie(soft?.[visit]?.opensS)
    tie(soft?.[visit]?.closesS)
    for (let w = windowFrom[visit]; w < windowFrom[visit + 1]; w++) {
      tie(opensS[w])
      tie(closesS[w])
    }
    spentS += serviceS[k] + (legS[k + 1] ?? 0)
    drivenS += legS[k + 1] ?? 0
  }
  return starts
}

const NO_RESTS = { driveS: Number.POSITIVE_INFINITY, restS: 0 }

const NOWHERE_YET = { parent: null, drivenS: 0, restsOnLeg: 0, restOnArrival: false, lateS: 0, lateSum: 0 }

/** Labels visit by visit, an hour of the day at `hourly` won. */
function drive(
  instance: Instance,
  truck: TruckType,
  visits: readonly number[],
  span: Span,
  hourly: number,
  ceilingKrw: number,
): PricedEnding | null {
  const { driveS, restS, soft } = instance
  const { places, legS, serviceS, lastLegS, earliestS, latestS, aheadS } = span
  const { slices } = truck
  const rested = Number.isFinite(driveS)
  const noWorse = (a: Priced, b: Priced) =>
    a.leaveS <= b.leaveS && a.krw <= b.krw && (a.drivenS <= b.drivenS || a.leaveS + restS <= b.leaveS)
  // no visit starts before its earliest time, which knows of docks
  const open = (k: number, readyS: number) => firstOpen(instance, visits[k], Math.max(readyS, earliestS[k]))
  /** Drives to visit k, or from the last one to the end. */
  const driveTo = (k: number, leaveS: number, drivenS: number): Drive => {
    if (slices !== null)
      return driveBySlices(slices, instance, k === 0 ? truck.start : places[k - 1], places[k], leaveS, drivenS)
    const roadS = legS[k] ?? lastLegS
    const rests = restsNeeded(drivenS, roadS, driveS)
    const arriveS = leaveS + roadS + rests * restS
    return { arriveS, rests, drivenS: rested ? drivenS + roadS - rests * driveS : 0 }
  }
  /** Serves visit k from `startS` on, unless that is no use. */
  const serve = (
    kept: Priced[],
    k: number,
    parent: Label,
    ready: { readonly arriveS: number; readonly drivenS: number; readonly restsOnLeg: number },
    startS: number,
    departS: number,
    spentKrw: number,
  ) => {
    const krw = spentKrw + startKrw(instance, visits[k], startS)
    const least = krw + (hourly * departS + truck.perHour * (startS + aheadS[k] - departS)) / 3600
    if (startS > latestS[k] || least > ceilingKrw + visits.length) return
    const { arriveS, restsOnLeg } = ready
    const stayS = startS - arriveS
    const label: Priced = {
      parent,
      arriveS,
      startS,
      leaveS: startS + serviceS[k],
      drivenS: rested && stayS >= restS ? 0 : ready.drivenS,
      restsOnLeg,
      // a stay of a whole rest and no more is a rest, a longer one a wait
      restOnArrival: rested && ready.drivenS > 0 && stayS === restS && restS > 0,
      lateS: 0,
      lateSum: 0,
      departS,
      krw,
    }
    for (const other of kept) if (noWorse(other, label)) return
    for (let other = kept.length - 1; other >= 0; other--) if (noWorse(label, kept[other])) kept.splice(other, 1)
    kept.push(label)
  }
  /** Starts of visit k after the truck is ready that spare earliness. */
  const laterStarts = (k: number): readonly number[] => {
    const opensS = soft?.[visits[k]]?.opensS ?? 0
    return opensS <= earliestS[k]
      ? []
      : [...tiedStarts(instance, truck, visits, span, k)].filter((startS) => startS <= opensS)
  }

  // the first visit: the truck leaves so as not to wait there, but for a rest
  let labels: Priced[] = []
  const first = driveTo(0, truck.opensS, 0)
  const roadS = first.arriveS - truck.opensS
  const tied = hourly > 0 ? tiedStarts(instance, truck, visits, span, 0) : laterStarts(0)
  for (const stayS of first.drivenS > 0 ? [0, restS] : [0])
    for (const startS of [open(0, first.arriveS + stayS), ...tied]) {
      if (startS === Number.POSITIVE_INFINITY) continue
      const departS =
        slices === null
          ? startS - stayS - roadS
          : leaveBySlices(slices, instance, truck.start, places[0], startS - stayS, truck.opensS)
      if (!(departS >= truck.opensS)) continue
      const parent = { ...NOWHERE_YET, arriveS: departS, startS: departS, leaveS: departS }
      const { rests: restsOnLeg, arriveS, drivenS } = driveTo(0, departS, 0)
      serve(labels, 0, parent, { arriveS, drivenS, restsOnLeg }, startS, departS, (-hourly * departS) / 3600)
    }

  for (let k = 1; k < visits.length; k++) {
    const later = laterStarts(k)
    const next: Priced[] = []
    for (const label of labels) {
      const { leaveS, departS, krw } = label
      const { rests: restsOnLeg, arriveS, drivenS } = driveTo(k, leaveS, label.drivenS)
      const ready = { arriveS, drivenS, restsOnLeg }
      serve(next, k, label, ready, open(k, arriveS), departS, krw)
      if (drivenS > 0) serve(next, k, label, ready, open(k, arriveS + restS), departS, krw)
      for (const startS of later) if (startS > arriveS) serve(next, k, label, ready, startS, departS, krw)
    }
    labels = next
  }

  let best: PricedEnding | null = null
  let least = Number.POSITIVE_INFINITY
  for (const label of labels) {
    const { rests, arriveS: returnS } = driveTo(visits.length, label.leaveS, label.drivenS)
    const { departS } = label
    if (returnS > truck.closesS) continue
    const weighed = label.krw + (hourly * returnS) / 3600
    if (weighed > least || (best && weighed === least && returnS >= best.returnS)) continue
    least = weighed
    const krw = label.krw + (hourly * departS) / 3600 + paidKrw(truck, returnS - departS)
    best = { label, departS, rests, returnS, krw }
  }
  return best
}
