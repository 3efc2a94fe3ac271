/**
 * Rides that may not last. Whoever would be on board too long is loaded so much later, and the day is timed again, until no ride is too
 * long or a window closes. No step delays anything more than it must, so without rests the day found is the earliest there is, and where
 * none is found there is none. With rests it is sound, because the day is judged once more, but may load later than it must, or miss a day
 * that only another place for a rest makes possible.
 */
import { arc } from './arcs.ts'
import type { Company } from './company.ts'
import type { Instance } from './instance.ts'
import type { Schedule } from './schedule.ts'

interface Ride {
  /** positions of its visits */
  readonly pickup: number
  readonly delivery: number
  readonly limitS: number
}

function ridesOf({ maxOnBoardS }: Company, visits: readonly number[]): Ride[] {
  const loadedAt = new Map<number, number>()
  return visits.flatMap((visit, position) => {
    const order = visit >> 1
    if (maxOnBoardS[order] === Number.POSITIVE_INFINITY) return []
    const pickup = loadedAt.get(order)
    if ((visit & 1) === 0) loadedAt.set(order, position)
    else loadedAt.delete(order)
    return (visit & 1) === 0 || pickup === undefined ? [] : [{ pickup, delivery: position, limitS: maxOnBoardS[order] }]
  })
}

const tooLongS = ({ startS, leaveS }: Schedule, { pickup, delivery, limitS }: Ride): number =>
  Math.max(0, startS[delivery] - leaveS[pickup] - limitS)

/** Seconds that orders are on board beyond their limits, added up. */
export const overlongS = ({ company }: Instance, schedule: Schedule): number =>
  company === null ? 0 : ridesOf(company, schedule.visits).reduce((sum, ride) => sum + tooLongS(schedule, ride), 0)

/** True where some ride is too long even if the truck never waits nor rests. */
export const ridesTooFar = (instance: Instance, type: number, visits: readonly number[]): boolean =>
  instance.company !== null && tooFar(instance, type, visits, ridesOf(instance.company, visits))

function tooFar(instance: Instance, type: number, visits: readonly number[], rides: readonly Ride[]): boolean {
  const { placeOf, serviceS, types } = instance
  const { durationS } = types[type]
  return rides.some(({ pickup, delivery, limitS }) => {
    let onBoardS = 0
    for (let k = pickup + 1; k <= delivery; k++) {
      onBoardS += arc(durationS, placeOf[visits[k - 1]], placeOf[visits[k]])
      if (k < delivery) onBoardS += serviceS[visits[k]]
    }
    return onBoardS > limitS
  })
}

/**
 * The earliest day in which no ride is too long, from the earliest day of all; that one where there is none. `again` times the visits anew,
 * each at [position] not before so many seconds.
 */
export function shortenRides(
  instance: Instance,
  earliest: Schedule,
  again: (notBeforeS: Float64Array) => Schedule,
): Schedule {
  const { company, types, windowFrom, opensS, closesS } = instance
  const rides = company === null ? [] : ridesOf(company, earliest.visits)
  if (rides.length === 0 || tooFar(instance, earliest.type, earliest.visits, rides)) return earliest
  const shiftEndS = types[earliest.type].closesS
  // between two leaps of a visit to its next window, a delay passes each ride once at most; after more the rides chase each other
  let windows = 1
  for (const visit of earliest.visits)
    for (let k = windowFrom[visit]; k < windowFrom[visit + 1]; k++)
      if (closesS[k] >= earliest.departS && opensS[k] <= shiftEndS) windows++
  const notBeforeS = new Float64Array(earliest.visits.length)
  let day = earliest
  for (let round = 0; round <= windows * (rides.length + 1); round++) {
    if (day.returnS > shiftEndS || day.lateS.some((late) => late > 0)) return earliest
    const long = rides.filter((ride) => tooLongS(day, ride) > 0)
    if (long.length === 0) return day
    for (const ride of long) notBeforeS[ride.pickup] = day.startS[ride.pickup] + tooLongS(day, ride)
    day = again(notBeforeS)
  }
  return earliest
}
