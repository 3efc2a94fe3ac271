/**
 * How long stops and roads really took, against what was planned: medians with their tenth and ninetieth percentile, so that single
 * mistakes of typing move nothing. What cannot be, or lies far from the others, is named and left out, never dropped in silence.
 * Whether a median differs from the plan is told by its sign-test interval (about 95 %), which asks nothing of the distribution.
 */

import { travelTable } from '../dense.ts'
import { marksOf } from '../disturb/standing.ts'
import { problemInParts } from '../parts.ts'
import type { Plan, Route } from '../plan.ts'
import { DAY_S, type Problem, type Travel } from '../problem.ts'
import { makeSlices } from '../slices.ts'
import { visitWindows } from '../windows.ts'
import type { HeardMark } from './expect.ts'
import { habitsOf } from './habits.ts'
import { legDriver } from './leg.ts'

/** A confirmed plan and what was recorded of it. */
export interface MeasuredDay {
  readonly date: string
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  readonly marks: readonly HeardMark[]
}

/** Fewer than this say too little to plan by. A choice: the interval of the median of 8 is the span of its second to seventh value. */
export const LEAST_OBSERVATIONS = 8
/** An hour of the day is driven on several roads and days. */
export const LEAST_PER_HOUR = 20
/** Less than this is no difference to a planner. */
const WORTH_S = 60
/** Nobody stands longer at a stop: the record has another day, or the leaving is missing. */
const MOST_STOP_S = 6 * 3600
/** Scaled deviations from the median of its place. Iglewicz & Hoaglin (1993) take 3.5; times have longer tails. */
const FAR = 6
/** Below this a leg is too short to be timed by people. */
const LEAST_LEG_S = 300
/** Beyond these multiples of the plan it was not that leg. */
const RATIO_SPAN = [0.25, 4] as const

export interface Spread {
  readonly count: number
  readonly median: number
  readonly low: number
  readonly high: number
}

export type OutlierWhy = 'backwards' | 'tooLong' | 'far'
export interface Outlier {
  readonly date: string
  readonly route: string
  readonly stop: number
  readonly site: string
  /** seconds; of a leg: to this stop */
  readonly tookS: number
  readonly of: 'service' | 'leg'
  readonly why: OutlierWhy
}

/** fits: no difference to be told. differs: the interval of the median leaves the plan out. few: too few to tell. */
export type Verdict = 'few' | 'fits' | 'differs'

export interface SiteMeasure {
  readonly site: string
  /** seconds from arriving, or from the opening of its window, to leaving */
  readonly tookS: Spread
  readonly plannedS: Spread
  /** seconds later than planned, of each stop by itself */
  readonly moreS: Spread
  /** where the median of `moreS` lies, about 95 % */
  readonly interval: [number, number]
  /** seconds once per stop that would have made its plan right, whatever the plan had then, and where their median lies */
  readonly stopS: Spread & { readonly interval: [number, number] }
  readonly verdict: Verdict
  readonly kinds: readonly { readonly kind: 'pickup' | 'delivery' | 'both'; readonly tookS: Spread }[]
  /** seconds of each kilogram and beside them; absent: too few, or the weights are too much alike to tell */
  readonly perKg?: { readonly sPerKg: number; readonly restS: number }
}

export interface HourMeasure {
  /** of the departure, by the clock of the complex */
  readonly hour: number
  /** real over planned */
  readonly ratio: Spread
  readonly interval: [number, number]
  /** real over what the road takes on an ordinary hour, whatever hours the plan counted */
  readonly ordinary: Spread & { readonly interval: [number, number] }
  readonly verdict: Verdict
}

export interface LegMeasure {
  readonly from: string
  readonly to: string
  readonly hour: number
  readonly tookS: Spread
  readonly plannedS: number
}

export interface Measured {
  readonly days: number
  /** that count, of stops and legs */
  readonly observations: number
  readonly sites: readonly SiteMeasure[]
  readonly hours: readonly HourMeasure[]
  readonly legs: readonly LegMeasure[]
  readonly outliers: readonly Outlier[]
}

interface StopTime {
  readonly date: string
  readonly route: string
  readonly stop: number
  readonly site: string
  readonly kind: 'pickup' | 'delivery' | 'both'
  readonly kg: number
  readonly tookS: number
  readonly plannedS: number
  /** of the site, in that plan */
  readonly stopS: number
}
interface LegTime extends Pick<StopTime, 'date' | 'route' | 'stop' | 'tookS' | 'plannedS'> {
  readonly from: string
  readonly to: string
  readonly hour: number
  readonly ordinaryS: number
}

export function measure(days: readonly MeasuredDay[]): Measured {
  const read = days.map(readDay)
  const outliers: Outlier[] = []
  const services = read.flatMap(({ services }) => services)
  const legs = read.flatMap(({ legs }) => legs)
  const refuse = ({ date, route, stop, tookS }: StopTime | LegTime, site: string, of: Outlier['of'], why: OutlierWhy) =>
    void outliers.push({ date, route, stop, site, tookS, of, why })

  const sites = [...Map.groupBy(services, ({ site }) => site)].flatMap(([site, all]) => {
    const possible = all.filter((one) => {
      const why = one.tookS < 0 ? 'backwards' : one.tookS > MOST_STOP_S ? 'tooLong' : undefined
      if (why) refuse(one, site, 'service', why)
      return why === undefined
    })
    const kept = near(
      possible,
      ({ tookS, plannedS }) => tookS - plannedS,
      WORTH_S,
      (one) => refuse(one, site, 'service', 'far'),
    )
    return kept.length > 0 ? [siteMeasure(site, kept)] : []
  })
  const possible = legs.filter((one) => {
    const ratio = one.tookS / one.plannedS
    const why =
      one.tookS < 0 ? 'backwards' : ratio > RATIO_SPAN[1] ? 'tooLong' : ratio < RATIO_SPAN[0] ? 'far' : undefined
    if (why) refuse(one, one.to, 'leg', why)
    return why === undefined
  })
  const hours = [...Map.groupBy(possible, ({ hour }) => hour)]
    .map(([hour, all]): HourMeasure => {
      const ratios = all.map(({ tookS, plannedS }) => tookS / plannedS)
      const interval = intervalOf(ratios)
      const differs = interval[0] > 1.02 || interval[1] < 0.98
      const verdict = ratios.length < LEAST_PER_HOUR ? 'few' : differs ? 'differs' : 'fits'
      const ordinary = withInterval(all.map(({ tookS, ordinaryS }) => tookS / ordinaryS))
      return { hour, ratio: spreadOf(ratios), interval, ordinary, verdict }
    })
    .sort((a, b) => a.hour - b.hour)
  const byLeg = [...Map.groupBy(possible, ({ from, to, hour }) => `${from}\n${to}\n${hour}`).values()].map(
    (all): LegMeasure => {
      const { from, to, hour } = all[0]
      const plannedS = Math.round(
        quantile(
          all.map((one) => one.plannedS),
          0.5,
        ),
      )
      return { from, to, hour, tookS: spreadOf(all.map(({ tookS }) => tookS)), plannedS }
    },
  )
  const counted = sites.reduce((sum, { tookS }) => sum + tookS.count, 0) + possible.length
  return {
    days: read.filter((day) => day.services.length + day.legs.length > 0).length,
    observations: counted,
    // where planned times are wrong by most comes first
    sites: sites.sort(
      (a, b) => RANK[a.verdict] - RANK[b.verdict] || Math.abs(b.moreS.median) - Math.abs(a.moreS.median),
    ),
    hours,
    legs: byLeg.sort((a, b) => b.tookS.count - a.tookS.count || a.hour - b.hour),
    outliers,
  }
}

const RANK: Readonly<Record<Verdict, number>> = { differs: 0, fits: 1, few: 2 }

function siteMeasure(site: string, all: readonly StopTime[]): SiteMeasure {
  const more = all.map(({ tookS, plannedS }) => tookS - plannedS)
  const interval = intervalOf(more)
  const moreS = spreadOf(more)
  const differs = (interval[0] > 0 || interval[1] < 0) && Math.abs(moreS.median) >= WORTH_S
  const perKg = all.length >= LEAST_OBSERVATIONS ? slopeOf(all) : undefined
  return {
    site,
    tookS: spreadOf(all.map(({ tookS }) => tookS)),
    plannedS: spreadOf(all.map(({ plannedS }) => plannedS)),
    moreS,
    interval,
    stopS: withInterval(all.map(({ tookS, plannedS, stopS }) => stopS + tookS - plannedS)),
    verdict: all.length < LEAST_OBSERVATIONS ? 'few' : differs ? 'differs' : 'fits',
    kinds: [...Map.groupBy(all, ({ kind }) => kind)]
      .map(([kind, own]) => ({ kind, tookS: spreadOf(own.map(({ tookS }) => tookS)) }))
      .sort((a, b) => b.tookS.count - a.tookS.count),
    ...(perKg && { perKg }),
  }
}

/** What is not far from the median of its kind. With fewer than five there is no telling. */
function near<T>(
  all: readonly T[],
  value: (one: T) => number,
  leastScale: number,
  refuse: (one: T) => void,
): readonly T[] {
  if (all.length < 5) return all
  const values = all.map(value)
  const middle = quantile(values, 0.5)
  // 1.4826: of a normal distribution, this is its standard deviation
  const scale = Math.max(
    leastScale,
    1.4826 *
      quantile(
        values.map((one) => Math.abs(one - middle)),
        0.5,
      ),
  )
  return all.filter((one) => {
    const isNear = Math.abs(value(one) - middle) <= FAR * scale
    if (!isNear) refuse(one)
    return isNear
  })
}

/** By linear interpolation between order statistics: type 7 of Hyndman & Fan (1996). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const next = sorted[Math.min(below + 1, sorted.length - 1)]
  return sorted[below] + (at - below) * (next - sorted[below])
}

const spreadOf = (values: readonly number[]): Spread => ({
  count: values.length,
  median: quantile(values, 0.5),
  low: quantile(values, 0.1),
  high: quantile(values, 0.9),
})

/** Between which order statistics the median lies, by the sign test with its normal approximation, about 95 %. */
function intervalOf(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  const rank = Math.max(0, Math.floor((n - 1.96 * Math.sqrt(n)) / 2))
  return [sorted[rank], sorted[n - 1 - rank]]
}

const withInterval = (values: readonly number[]) => ({ ...spreadOf(values), interval: intervalOf(values) })

/** Median of the slopes between all pairs. Theil (1950), Sen (1968). */
function slopeOf(all: readonly StopTime[]): SiteMeasure['perKg'] {
  const weights = all.map(({ kg }) => kg)
  if (quantile(weights, 0.9) < 2 * quantile(weights, 0.1) + 50) return undefined
  const slopes = all.flatMap((a, k) =>
    all.slice(k + 1).flatMap((b) => (a.kg === b.kg ? [] : [(b.tookS - a.tookS) / (b.kg - a.kg)])),
  )
  if (slopes.length === 0) return undefined
  const sPerKg = quantile(slopes, 0.5)
  const restS = quantile(
    all.map(({ tookS, kg }) => tookS - sPerKg * kg),
    0.5,
  )
  // goods do not make a stop shorter
  return sPerKg > 0 && restS >= 0 ? { sPerKg, restS } : undefined
}

function readDay({ date, problem: whole, travel, plan, marks }: MeasuredDay): {
  services: StopTime[]
  legs: LegTime[]
} {
  const problem = problemInParts(whole, plan.parts ?? [])
  const siteOf = new Map(problem.sites.map((site) => [site.id, site]))
  const indexOf = new Map(problem.sites.map(({ id }, index) => [id, index]))
  const shipmentOf = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const vehicleOf = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const law = { driveS: Number.POSITIVE_INFINITY, restS: 0 }
  const services: StopTime[] = []
  const legs: LegTime[] = []
  const rounds: Route[] = [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]
  const own = Map.groupBy(marks, ({ route }) => route)
  for (const route of rounds) {
    const heard = own.get(route.id)
    const vehicle = vehicleOf.get(route.vehicle)
    if (!heard || !vehicle) continue
    const { departS, stops } = marksOf(route, heard)
    const habits = habitsOf(route, law)
    const table = travelTable(travel, vehicle.truck)
    const drive = legDriver(
      table,
      makeSlices(table, problem.sites.length, false),
      law,
      (site) => indexOf.get(site)!,
      problem.sites.length,
    )
    let leftS = departS
    let place = vehicle.start ?? null
    route.stops.forEach((stop, index) => {
      const { arriveS, leaveS } = stops[index]
      const about = { date, route: route.id, stop: index }
      if (arriveS !== undefined && leaveS !== undefined && stop.visits.length > 0) {
        const [first] = stop.visits
        const shipment = shipmentOf.get(first.shipment)!
        const windows = visitWindows(shipment, siteOf.get(stop.site)!, first.kind)
        const opens = windows.find(([, close]) => arriveS <= close)?.[0] ?? arriveS
        // who was let in before the window did not wait for it
        const beginS = opens < leaveS ? Math.max(arriveS, opens) : arriveS
        const pauseS = habits.visits[index].reduce((sum, { pauseS }) => sum + pauseS, 0)
        services.push({
          ...about,
          site: stop.site,
          kind: stop.pickups.length === 0 ? 'delivery' : stop.deliveries.length === 0 ? 'pickup' : 'both',
          kg: stop.visits.reduce((sum, visit) => sum + shipmentOf.get(visit.shipment)!.weightKg, 0),
          tookS: leaveS - beginS - (leaveS - beginS > pauseS ? pauseS : 0),
          plannedS: stop.visits.reduce((sum, { startS, endS }) => sum + endS - startS, 0),
          stopS: siteOf.get(stop.site)!.stopS ?? 0,
        })
      }
      if (leftS !== undefined && arriveS !== undefined && place !== null && place !== stop.site) {
        const restS = habits.legs[index].reduce((sum, { lengthS }) => sum + lengthS, 0)
        const plannedS = drive(place, stop.site, leftS, 0, []).arriveS - leftS
        if (plannedS >= LEAST_LEG_S)
          legs.push({
            ...about,
            from: place,
            to: stop.site,
            hour: Math.floor((leftS % DAY_S) / 3600),
            ordinaryS: Math.max(
              1,
              table.durationS[indexOf.get(place)! * problem.sites.length + indexOf.get(stop.site)!],
            ),
            tookS: arriveS - leftS - restS,
            plannedS,
          })
      }
      leftS = leaveS
      place = stop.site
    })
  }
  return { services, legs }
}
