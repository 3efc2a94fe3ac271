/**
 * Korean expressway tolls. A ride in the closed system (a ticket from gate to gate) or the open system (a barrier on the
 * way) pays a base fee and a rate per kilometre; the sum is rounded to 100 won. Every figure: tollRules.ts.
 */
import { inForce } from '../../solver/index.ts'
import {
  COMMUTE_DISCOUNTS,
  type DailySpan,
  type Lanes,
  NIGHT_DISCOUNTS,
  TOLL_TARIFFS,
  type TollClass,
  type TollDiscounts,
  type TollSystem,
  type TollTariff,
} from './tollRules.ts'

export type { Lanes, TollClass, TollSystem } from './tollRules.ts'

export interface TolledLink {
  readonly toll: TollSystem
  readonly lanes: Lanes
  readonly distanceM: number
}

/** Between two gates, or past barriers of the open system without leaving it. */
interface Ride {
  readonly system: 'closed' | 'open'
  readonly distanceM: number
  /** kilometres, each weighed by the lanes of its road */
  readonly laneKm: number
  readonly onPrivate: boolean
  /** seconds after the first link was entered */
  readonly entersS: number
  readonly leavesS: number
}

const LATEST_TARIFF = TOLL_TARIFFS.at(-1)!

/** The figures behind tollKrw, for the keys of those whose own figures hang on them. */
export const TOLL_FIGURES = { ...LATEST_TARIFF, sources: undefined }

/** Won for driving these links in a row. Links of one system in a row are one ride; leaving and coming back pays again. */
export function tollKrw(links: Iterable<TolledLink>, tollClass: TollClass, tariff: TollTariff = LATEST_TARIFF): number {
  let sumKrw = 0
  for (const ride of ridesOf(links, tariff)) sumKrw += rideKrw(ride, tollClass, tariff)
  return sumKrw
}

export interface TimedLink extends TolledLink {
  readonly durationS: number
}

/** When the first of the links is entered, on the clocks of the country. */
export interface TollMoment {
  /** ISO date */
  readonly date: string
  readonly secondOfDay: number
  /** the toll is to do for all who leave from then up to this second: a discount counts as far as all of them get it; default: none else */
  readonly lastSecondOfDay?: number
  /** no commute discount on a public holiday; weekends are known from the date */
  readonly holiday?: boolean
}

/** As tollKrw, less the discounts that are switched on and hold on that day. Of two for one ride the larger counts (G). */
export function discountedTollKrw(
  links: Iterable<TimedLink>,
  tollClass: TollClass,
  when: TollMoment,
  discounts: TollDiscounts,
): number {
  const tariff = inForce(TOLL_TARIFFS, when.date) ?? LATEST_TARIFF
  const { secondOfDay, lastSecondOfDay = secondOfDay } = when
  const least = (cutOf: typeof nightCut, ride: Ride, moments: readonly number[]): number =>
    Math.min(...moments.map((atS) => cutOf(ride, tollClass, { ...when, secondOfDay: atS })))
  const ends = [secondOfDay, lastSecondOfDay]
  let sumKrw = 0
  for (const ride of ridesOf(links, tariff)) {
    // the share of a night rises and falls once in what an hour of departures sees, so its ends are the least of it
    const night = discounts.night && !discounts.overloader ? least(nightCut, ride, ends) : 0
    const commute = discounts.commute ? least(commuteCut, ride, [...ends, ...commuteSteps(ride, when)]) : 0
    const cut = Math.max(night, commute)
    sumKrw += rounded(rideKrw(ride, tollClass, tariff) * (1 - cut), tariff)
  }
  return sumKrw
}

function* ridesOf(links: Iterable<TolledLink & { readonly durationS?: number }>, tariff: TollTariff): Generator<Ride> {
  let ride: Ride | undefined
  let drivenS = 0
  for (const { toll, lanes, distanceM, durationS = 0 } of links) {
    const system = toll === 'none' ? undefined : toll === 'private' ? 'closed' : toll
    if (ride && ride.system !== system) {
      yield ride
      ride = undefined
    }
    if (system) {
      const begun: Ride = ride ?? {
        system,
        distanceM: 0,
        laneKm: 0,
        onPrivate: false,
        entersS: drivenS,
        leavesS: drivenS,
      }
      ride = {
        ...begun,
        distanceM: begun.distanceM + distanceM,
        laneKm: begun.laneKm + (distanceM / 1000) * tariff.laneFactor[lanes],
        onPrivate: begun.onPrivate || toll === 'private',
        leavesS: drivenS + durationS,
      }
    }
    drivenS += durationS
  }
  if (ride) yield ride
}

const rounded = (krw: number, { roundingKrw }: TollTariff): number => Math.round(krw / roundingKrw) * roundingKrw

const rideKrw = ({ system, laneKm }: Ride, tollClass: TollClass, tariff: TollTariff): number =>
  rounded(tariff.baseKrw[system] + laneKm * tariff.krwPerKm[tollClass], tariff)

/** In the open system by the moment of entering it: where its barriers stand on the way is not known. */
function nightCut(ride: Ride, tollClass: TollClass, { date, secondOfDay }: TollMoment): number {
  const rule = inForce(NIGHT_DISCOUNTS, date)
  if (!rule?.classes.includes(tollClass)) return 0
  const entersS = secondOfDay + ride.entersS
  if (ride.system === 'open') return holds(rule.open.span, entersS) ? rule.open.cut : 0
  const leavesS = secondOfDay + ride.leavesS
  const { span, steps } = rule.closed
  // a ride without a duration is a moment
  const share =
    leavesS > entersS ? overlapS(span, entersS, leavesS) / (leavesS - entersS) : holds(span, entersS) ? 1 : 0
  return steps.find((step) => share >= step.share)?.cut ?? 0
}

function commuteCut(ride: Ride, tollClass: TollClass, { date, secondOfDay, holiday = false }: TollMoment): number {
  const leavesS = secondOfDay + ride.leavesS
  const day = Math.floor(leavesS / DAY_S)
  const weekday = new Date(Date.parse(`${date}T00:00:00Z`) + day * DAY_S * 1000).getUTCDay()
  const rule = inForce(COMMUTE_DISCOUNTS, date)
  if (!rule || holiday || weekday === 0 || weekday === 6) return 0
  if (ride.system !== 'closed' || ride.onPrivate || ride.distanceM >= rule.underM) return 0
  const entry = rule.entries.find(
    ({ classes, spans }) => classes.includes(tollClass) && spans.some((span) => holds(span, leavesS)),
  )
  return entry?.cut ?? 0
}

/** Departures between the first and the last at which a commute discount begins or ends for this ride, or another day does. */
function commuteSteps({ leavesS }: Ride, { date, secondOfDay, lastSecondOfDay = secondOfDay }: TollMoment): number[] {
  const spans = inForce(COMMUTE_DISCOUNTS, date)?.entries.flatMap((entry) => entry.spans) ?? []
  const borders = [0, ...spans.flatMap(({ fromS, toS }) => [fromS, toS])]
  const first = Math.floor((secondOfDay + leavesS) / DAY_S)
  const last = Math.floor((lastSecondOfDay + leavesS) / DAY_S)
  const steps: number[] = []
  for (let day = first; day <= last; day++)
    for (const border of borders) {
      const atS = day * DAY_S + border - leavesS
      if (atS > secondOfDay && atS < lastSecondOfDay) steps.push(atS)
    }
  return steps
}

const DAY_S = 86_400

/** Begin included, end not. */
function holds({ fromS, toS }: DailySpan, atS: number): boolean {
  const clockS = ((atS % DAY_S) + DAY_S) % DAY_S
  return fromS <= toS ? clockS >= fromS && clockS < toS : clockS >= fromS || clockS < toS
}

/** Seconds of an interval inside the span of any day. */
function overlapS({ fromS, toS }: DailySpan, beginS: number, endS: number): number {
  const lengthS = (toS - fromS + DAY_S) % DAY_S
  let sumS = 0
  // from the span that began the day before
  for (let opensS = (Math.floor(beginS / DAY_S) - 1) * DAY_S + fromS; opensS < endS; opensS += DAY_S)
    sumS += Math.max(0, Math.min(endS, opensS + lengthS) - Math.max(beginS, opensS))
  return sumS
}
