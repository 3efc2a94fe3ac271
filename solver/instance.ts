/**
 * Dense indices and typed arrays: what the search runs on. Problems become instances in dense.ts, the literature's in formats/.
 * Order r has the visits 2r (pickup) and 2r + 1 (delivery). An unpaired order (CVRP, VRPTW) has only the first; its load stays on
 * board to the end of the route, which binds capacity exactly as deliveries from a depot do.
 */

import type { Arcs } from './arcs.ts'
import type { Company } from './company.ts'
import type { Frozen, Trip } from './docks.ts'
import type { Balance, SoftWindow } from './problem.ts'
import type { Roster } from './roster.ts'
import type { Slices } from './slices.ts'

/** Sums of loads in another order differ in the last digits of a double. */
export const LOAD_SLACK = 1e-6

/** A kind of truck in one shift. */
export interface TruckType {
  /** which truck: types of one vehicle differ in their shift only */
  readonly vehicle: number
  /** place where the route starts and ends; `Instance.nowhere` for trucks that begin and end with their cargo */
  readonly start: number
  readonly end: number
  /** index into the vehicle's shifts; types of one shift share its trucks */
  readonly shift: number
  /** when the vehicle's shift opens; later, `opensS`, where drivers only come then */
  readonly shiftOpensS: number
  readonly opensS: number
  readonly closesS: number
  /** routes it may drive; 0: only alone with one order */
  readonly count: number
  /** [dimension] with LOAD_SLACK on top */
  readonly capacity: Float64Array
  /** travel by time of day: `durationS` and `arcCost` are then those of the fastest and the cheapest slice; null: the same all day */
  readonly slices: Slices | null
  readonly durationS: Arcs
  readonly arcCost: Arcs
  readonly distanceM: Arcs
  readonly baseCost: number
  readonly minimumCost: number
  readonly stopFee: number
  readonly includedStops: number
  readonly perHour: number
  readonly overtimeAfterS: number
  readonly overtimePerHour: number
  readonly maxStops: number
  readonly maxRouteM: number
  /** times a route may leave loaded after having been empty */
  readonly maxTrips: number
}

export interface Instance {
  /** who drives; null: drivers are not counted */
  readonly roster: Roster | null
  readonly orders: number
  /** number of places, the one that costs nothing to reach included */
  readonly size: number
  readonly nowhere: number
  /** [order] 1: pickup and delivery, 0: one visit */
  readonly paired: Uint8Array
  /** [visit] */
  readonly placeOf: Int32Array
  readonly serviceS: Float64Array
  /** [place] seconds once per stop */
  readonly stopS: Float64Array
  /** windows of visit v: opensS[k], closesS[k] for k in windowFrom[v] .. windowFrom[v + 1]; ascending, disjoint */
  readonly windowFrom: Int32Array
  readonly opensS: Float64Array
  readonly closesS: Float64Array
  /** [visit] when it should start and what it costs otherwise; null: nothing of the kind is asked anywhere */
  readonly soft: readonly (SoftWindow | null)[] | null
  readonly dimensions: number
  /** [order * dimensions + dimension] */
  readonly demand: Float64Array
  /** [order] 1: nothing else on its truck */
  readonly alone: Uint8Array
  /** [order] cost of going without a route; Infinity: it cannot */
  readonly directCost: Float64Array
  readonly types: readonly TruckType[]
  /** [type * orders + order] 1: it may ride on such a route: no static rule stands in the way, and roads lead there and home */
  readonly allowed: Uint8Array
  /** [static rule][type * orders + order] by how much the rule is broken, 0 where it is kept */
  readonly barred: readonly Float64Array[]
  /** [type * orders + order] cost of carrying it whatever the way: loading by hand, days of waiting for the shift */
  readonly carryCost: Float64Array
  /** longest continuous driving, Infinity where no rest is asked for */
  readonly driveS: number
  readonly restS: number
  readonly maxWorkS: number
  /** what may ride together; null: nothing is asked for */
  readonly company: Company | null
  /** docks of each place, Infinity for any number, and the hired trucks alone that need one; null: no site counts its docks */
  readonly docks: {
    readonly count: Float64Array
    /** [order] its cheapest direct way where that is a hired truck to or from such a site, and what terminal freight asks instead */
    readonly hired: readonly ((Trip & { readonly krw: number; readonly terminalKrw: number }) | null)[]
  } | null
  /** what people have locked as it is, beside which the rest is planned; null: nothing */
  readonly frozen: Frozen | null
  /** which routes are held against each other: the day of each type, -1 for none; null: nothing of the kind is asked */
  readonly balance: { readonly unit: Balance['unit']; readonly spread: number; readonly dayOf: Int32Array } | null
  readonly traits: Traits
}

/**
 * How much of the model an instance uses. Plain: one window a visit, no rests, nothing paid or limited but distance, load and the end of
 * the shift; the literature's classes are. Timeless: plain, and nobody asks when.
 */
export type Traits = 'general' | 'plain' | 'timeless'

export function traitsOf(instance: Omit<Instance, 'traits'>): Traits {
  const endless = Number.POSITIVE_INFINITY
  const { orders, paired, windowFrom, opensS, closesS, types } = instance
  const plain =
    instance.company === null &&
    instance.roster === null &&
    instance.soft === null &&
    instance.docks === null &&
    instance.frozen === null &&
    instance.balance === null &&
    instance.driveS === endless &&
    instance.maxWorkS === endless &&
    instance.dimensions === 1 &&
    instance.stopS.every((seconds) => seconds === 0) &&
    instance.alone.every((alone) => alone === 0) &&
    windowFrom.every((from, visit) => from === visit) &&
    types.every(
      (t) =>
        t.slices === null &&
        t.perHour === 0 &&
        t.overtimePerHour === 0 &&
        t.maxRouteM === endless &&
        t.maxStops === endless &&
        t.maxTrips === endless &&
        t.stopFee === 0 &&
        t.minimumCost <= t.baseCost,
    )
  if (!plain) return 'general'
  const everOpen = (visit: number) => opensS[visit] <= 0 && closesS[visit] === endless
  const timeless =
    types.every((t) => t.opensS <= 0 && t.closesS === endless) &&
    Array.from(
      { length: orders },
      (_, order) => everOpen(2 * order) && (!paired[order] || everOpen(2 * order + 1)),
    ).every(Boolean)
  return timeless ? 'timeless' : 'plain'
}
