/**
 * Time under the rest rule. After `driveS` of continuous driving a driver rests `restS`; a wait that long counts, loading does not.
 * So when a truck reaches a visit depends on how long it has driven, and the best time to rest depends on waits still to come. A visit
 * is therefore described by a front of labels (time, driven since the last rest) of which none is better in both.
 *
 * On a leg a label has two successors worth keeping: rest as late as the law allows and as seldom, or rest once more on arrival and
 * be fresh. Any other plan of rests is no earlier and no fresher. A label dominates another that is later by a whole rest: it may
 * rest at once. So fronts stay short: FRONT labels; where a longer one would arise its last labels are dropped, which may refuse a
 * route that is just possible, and never admits one that is not.
 *
 * Where travel depends on the time of day (slices.ts) the same labels are driven at the pace of their own clock. Without rests the earlier
 * label is never worse. With rests it may be: whoever leaves later may pass a rest that the earlier one needs, and a rest during the slow
 * hours may be the better one. Neither is looked for: a route that is just possible may be refused, none that is not is admitted.
 */
import type { Instance, TruckType } from './instance.ts'
import { driveBySlices, leaveBySlices, type Slices } from './slices.ts'

/** One way to have served a visit, in a timetable; `parent` is how the visit before it was served. */
export interface Label {
  readonly parent: Label | null
  readonly arriveS: number
  readonly startS: number
  readonly leaveS: number
  readonly drivenS: number
  readonly restsOnLeg: number
  readonly restOnArrival: boolean
  readonly lateS: number
  readonly lateSum: number
}

/** Labels kept per visit. */
export const FRONT = 4

/** Earliest instant at or after `t` at which the visit may start; Infinity: none. */
export function firstOpen(instance: Instance, visit: number, t: number): number {
  const { windowFrom, opensS, closesS } = instance
  for (let k = windowFrom[visit], end = windowFrom[visit + 1]; k < end; k++)
    if (t <= closesS[k]) return Math.max(t, opensS[k])
  return Number.POSITIVE_INFINITY
}

/** Latest instant at or before `t` at which the visit may start; -Infinity: none. */
export function lastOpen(instance: Instance, visit: number, t: number): number {
  const { windowFrom, opensS, closesS } = instance
  for (let k = windowFrom[visit + 1] - 1, first = windowFrom[visit]; k >= first; k--)
    if (t >= opensS[k]) return Math.min(t, closesS[k])
  return Number.NEGATIVE_INFINITY
}

/** Rests that a leg needs when it starts after `drivenS` of driving. */
export const restsNeeded = (drivenS: number, legS: number, driveS: number): number =>
  legS > 0 && drivenS + legS > driveS ? Math.ceil((drivenS + legS) / driveS) - 1 : 0

/** When to leave for a first visit: as early as the shift allows, but not to wait there. NaN: it cannot be reached in time. */
export function departFor(instance: Instance, opensS: number, visit: number, legS: number): number {
  const drive = legS + restsNeeded(0, legS, instance.driveS) * instance.restS
  const start = firstOpen(instance, visit, opensS + drive)
  return start === Number.POSITIVE_INFINITY ? Number.NaN : start - drive
}

/**
 * Drives a leg from the front at `from` and serves a visit; writes the front of leaving times at `to` of the target and returns its
 * length, 0 where the visit cannot be started in time. `time` and `driven` are flat arrays of fronts.
 */
export function advance(
  instance: Instance,
  time: Float64Array,
  driven: Float64Array,
  from: number,
  length: number,
  legS: number,
  visit: number,
  serviceS: number,
  toTime: Float64Array,
  toDriven: Float64Array,
  to: number,
): number {
  const { driveS, restS } = instance
  if (driveS === Number.POSITIVE_INFINITY) {
    const start = firstOpen(instance, visit, time[from] + legS)
    if (start === Number.POSITIVE_INFINITY) return 0
    toTime[to] = start + serviceS
    toDriven[to] = 0
    return 1
  }
  let kept = 0
  for (let label = from; label < from + length; label++) {
    const rests = restsNeeded(driven[label], legS, driveS)
    const arrive = time[label] + legS + rests * restS
    const since = driven[label] + legS - rests * driveS
    const start = firstOpen(instance, visit, arrive)
    if (start === Number.POSITIVE_INFINITY) continue
    const fresh = start - arrive >= restS
    kept = keep(toTime, toDriven, to, kept, start + serviceS, fresh ? 0 : since, restS)
    if (fresh || since === 0) continue
    const later = firstOpen(instance, visit, arrive + restS)
    if (later !== Number.POSITIVE_INFINITY) kept = keep(toTime, toDriven, to, kept, later + serviceS, 0, restS)
  }
  return kept
}

/** As `departFor`, where travel depends on the time of day. */
export function departBySlices(instance: Instance, truck: TruckType, slices: Slices, visit: number): number {
  const { opensS, start: from } = truck
  const to = instance.placeOf[visit]
  const { arriveS } = driveBySlices(slices, instance, from, to, opensS, 0)
  const start = firstOpen(instance, visit, arriveS)
  if (start === Number.POSITIVE_INFINITY) return Number.NaN
  return start === arriveS ? opensS : leaveBySlices(slices, instance, from, to, start, opensS)
}

/** As `advance`, where travel depends on the time of day. */
export function advanceBySlices(
  instance: Instance,
  slices: Slices,
  time: Float64Array,
  driven: Float64Array,
  from: number,
  length: number,
  here: number,
  visit: number,
  serviceS: number,
  toTime: Float64Array,
  toDriven: Float64Array,
  to: number,
): number {
  const { driveS, restS, placeOf } = instance
  let kept = 0
  for (let label = from; label < from + length; label++) {
    const { arriveS, drivenS } = driveBySlices(slices, instance, here, placeOf[visit], time[label], driven[label])
    const start = firstOpen(instance, visit, arriveS)
    if (start === Number.POSITIVE_INFINITY) continue
    const fresh = driveS === Number.POSITIVE_INFINITY || start - arriveS >= restS
    kept = keep(toTime, toDriven, to, kept, start + serviceS, fresh ? 0 : drivenS, restS)
    if (fresh || drivenS === 0) continue
    const later = firstOpen(instance, visit, arriveS + restS)
    if (later !== Number.POSITIVE_INFINITY) kept = keep(toTime, toDriven, to, kept, later + serviceS, 0, restS)
  }
  return kept
}

/** Adds a label to a front that is ascending in time and descending in driven, unless one there dominates it. */
function keep(
  time: Float64Array,
  driven: Float64Array,
  at: number,
  length: number,
  t: number,
  d: number,
  restS: number,
): number {
  let place = 0
  while (place < length && (time[at + place] < t || (time[at + place] === t && driven[at + place] <= d))) {
    if (driven[at + place] <= d || time[at + place] + restS <= t) return length
    place++
  }
  // what the new label dominates behind it goes
  let tail = place
  let end = place
  for (; tail < length; tail++) {
    if (d <= driven[at + tail] || t + restS <= time[at + tail]) continue
    time[at + end] = time[at + tail]
    driven[at + end] = driven[at + tail]
    end++
  }
  let grown = Math.min(end + 1, FRONT)
  if (place >= FRONT) grown = end
  else {
    for (let k = grown - 1; k > place; k--) {
      time[at + k] = time[at + k - 1]
      driven[at + k] = driven[at + k - 1]
    }
    time[at + place] = t
    driven[at + place] = d
  }
  return grown
}

/** As `endOfLeg`, where travel depends on the time of day. */
export function endBySlices(
  instance: Instance,
  slices: Slices,
  time: Float64Array,
  driven: Float64Array,
  from: number,
  length: number,
  here: number,
  end: number,
): number {
  let endS = Number.POSITIVE_INFINITY
  for (let label = from; label < from + length; label++)
    endS = Math.min(endS, driveBySlices(slices, instance, here, end, time[label], driven[label]).arriveS)
  return endS
}

/** Earliest end of the last leg over a front. */
export function endOfLeg(
  instance: Instance,
  time: Float64Array,
  driven: Float64Array,
  from: number,
  length: number,
  legS: number,
): number {
  const { driveS, restS } = instance
  let end = Number.POSITIVE_INFINITY
  for (let label = from; label < from + length; label++)
    end = Math.min(end, time[label] + legS + restsNeeded(driven[label], legS, driveS) * restS)
  return end
}
