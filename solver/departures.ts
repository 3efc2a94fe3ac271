/**
 * When a truck leaves where travel depends on the time of day. As early as the shift and its first stop allow, and then as much later as
 * does not bring it back later: where nobody rests no plan of the route is back sooner, and none that is back then leaves later. Leaving
 * later still can shorten the day, because the truck then misses the slow hours. Where that pays (hours or tolls cost money, or the day
 * would be too long) these departures are tried as well: at each border of the slices; so late that it is back at a border; and, as long
 * as the day is too long, so late that some visit falls into its next window.
 * Not exact: other departures are not tried, waits on the way are never longer than they must be, and under the rest rule the latest
 * departure may be missed. Whatever is chosen is timed as a whole and judged as it is.
 */
import { clockKrw } from './cheapest.ts'
import type { Instance, TruckType } from './instance.ts'
import type { Schedule } from './schedule.ts'
import { bordersBetween, leaveBySlices, type Slices } from './slices.ts'

/** Next windows tried where a day is too long. */
const MOST_WINDOWS = 16

/** `lateness`: seconds by which a day breaks windows and rides. */
export function chooseDeparture(
  instance: Instance,
  truck: TruckType,
  slices: Slices,
  earliest: Schedule,
  dayFrom: (departS: number) => Schedule,
  lateness: (day: Schedule) => number,
): Schedule {
  const { maxWorkS, soft } = instance
  /** As late as it may leave and be back no later. */
  const settle = (day: Schedule): Schedule => {
    const latest = latestDeparture(instance, truck, slices, day, day.returnS)
    return (
      [latest, latest - instance.restS]
        .filter((departS) => departS > day.departS)
        .map(dayFrom)
        .find((later) => later.returnS <= day.returnS && lateness(later) <= lateness(day)) ?? day
    )
  }
  const tooLongS = ({ departS, returnS }: Schedule) => Math.max(0, returnS - departS - maxWorkS)
  const isSound = (day: Schedule) => day.returnS <= truck.closesS && lateness(day) === 0
  const first = settle(earliest)
  const hasWishes = soft !== null && first.visits.some((visit) => soft[visit] !== null)
  const isPriced = truck.perHour > 0 || truck.overtimePerHour > 0 || slices.extraToll !== null || hasWishes
  if (first.visits.length === 0 || !isSound(first) || (!isPriced && tooLongS(first) === 0)) return first

  let best = first
  let bestKrw = clockKrw(instance, truck, best)
  const consider = (day: Schedule) => {
    if (!isSound(day)) return
    const longer = tooLongS(day) - tooLongS(best)
    const krw = clockKrw(instance, truck, day)
    if (longer > 0 || (longer === 0 && krw >= bestKrw)) return
    best = day
    bestKrw = krw
  }
  const borders = bordersBetween(slices, first.departS, truck.closesS + 1)
  for (const borderS of borders) {
    const day = dayFrom(borderS)
    if (!isSound(day)) break
    consider(settle(day))
  }
  for (const borderS of borders) {
    if (borderS <= first.returnS) continue
    const departS = latestDeparture(instance, truck, slices, first, borderS)
    if (departS > first.departS) consider(settle(dayFrom(departS)))
  }
  let day = earliest
  for (let tries = 0; tries < (tooLongS(best) > 0 ? MOST_WINDOWS : 4); tries++) {
    const latest = latestDeparture(instance, truck, slices, day, truck.closesS)
    const next = dayFrom(Math.max(day.departS, latest) + 1)
    if (!isSound(next)) break
    day = next
    consider(settle(day))
  }
  return best
}

/**
 * The latest departure that is back by `returnS` with every visit in the window it is in, and none later than wished that is not later
 * than wished now; as many rests as now. Backwards through the day, each leg left as late as it may be.
 */
function latestDeparture(
  instance: Instance,
  truck: TruckType,
  slices: Slices,
  { visits, startS, leaveS, stopBegins, rests, departS }: Schedule,
  returnS: number,
): number {
  const { placeOf, windowFrom, closesS, soft, restS } = instance
  let byS = returnS
  let to = truck.end
  for (let k = visits.length - 1; k >= -1; k--) {
    const isDriven = k + 1 === visits.length || stopBegins[k + 1]
    const from = k < 0 ? truck.start : placeOf[visits[k]]
    const leftS = k < 0 ? departS : leaveS[k]
    if (isDriven) {
      const restedS = restS * rests.filter(({ before }) => before === k + 1).length
      const latest = leaveBySlices(slices, NO_RESTS, from, to, byS - restedS, leftS)
      // what takes a rest now may take none then; the day is timed anew in any case
      byS = Number.isNaN(latest) ? leftS : latest
    }
    if (k < 0) break
    const visit = visits[k]
    let close = startS[k]
    for (let w = windowFrom[visit]; w < windowFrom[visit + 1]; w++)
      if (startS[k] <= closesS[w]) {
        close = closesS[w]
        break
      }
    const wishedS = soft?.[visit]?.closesS
    if (wishedS !== undefined && startS[k] <= wishedS) close = Math.min(close, wishedS)
    byS = Math.min(byS - (leaveS[k] - startS[k]), close)
    to = from
  }
  return byS
}

const NO_RESTS = { driveS: Number.POSITIVE_INFINITY, restS: 0 }
