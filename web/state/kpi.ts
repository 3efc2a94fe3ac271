/** The figures of the strip, from the plan alone; the saving from its comparison. */
import {
  type Baseline,
  type Certificate,
  type Comparison,
  type Plan,
  type Problem,
  problemInParts,
  punctuality,
  type Route,
  routeNumber,
} from '../../solver/index.ts'

export type BaselineId = Baseline['id']

export interface Kpis {
  readonly costKrw: number
  readonly routes: number
  readonly direct: number
  readonly unserved: number
  /** Trucks that drive: one a route, one a shipment sent alone on a hired truck. */
  readonly contract: number
  readonly hired: number
  /** Of those trucks; terminal freight rides on somebody else's. */
  readonly distanceM: number
  readonly emptyM: number
  /** Weight × distance carried over capacity × distance driven; undefined where nothing drives. */
  readonly loadFactor: number | undefined
  /** The fullest of the same trucks; `route` is absent for a solo truck. */
  readonly peak: { readonly share: number; readonly route: number | undefined } | undefined
  readonly waitS: number
  readonly waitStops: number
  /** Stops that begin after a soft window has closed. */
  readonly lateStops: number
  /** Least time between a stop's service and the last moment it may begin; undefined: no window closes. */
  readonly slackS: number | undefined
  /** The same of each route, by id. */
  readonly slackOf: ReadonlyMap<string, number>
  readonly rests: number
  readonly restViolations: number
}

/** Shorter waits are noise of rounding to minutes. */
const WAIT_FROM_S = 60

export function computeKpis(plan: Plan, problem: Problem): Kpis {
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const alone = plan.direct.flatMap(({ route }) => (route ? [route] : []))
  const driven = [...plan.routes, ...alone]
  const sum = (value: (route: Route) => number) => driven.reduce((total, route) => total + value(route), 0)

  let carried = 0
  let offered = 0
  for (const route of driven) {
    const capacityKg = vehicles.get(route.vehicle)?.capacityKg ?? 0
    offered += capacityKg * route.distanceM
    let onBoardKg = 0
    for (const stop of route.stops) {
      carried += onBoardKg * stop.legM
      onBoardKg = stop.weightKgAfter
    }
  }
  const shares = driven.map((route, index) => ({
    route: index < plan.routes.length ? routeNumber(route, index) : undefined,
    share: route.peakWeightKg / (vehicles.get(route.vehicle)?.capacityKg || Number.POSITIVE_INFINITY),
  }))
  const room = punctuality(problemInParts(problem, plan.parts ?? []))
  const slackOf = new Map<string, number>()
  let lateStops = 0
  for (const route of driven)
    for (const stop of route.stops) {
      const { latestS, lateS } = room(stop)
      if (lateS > 0) lateStops++
      if (latestS !== undefined)
        slackOf.set(route.id, Math.min(slackOf.get(route.id) ?? Number.POSITIVE_INFINITY, latestS - stop.startS))
    }
  const contract = plan.routes.filter((route) => vehicles.get(route.vehicle)?.kind === 'contract').length
  return {
    costKrw: plan.costKrw,
    routes: plan.routes.length,
    direct: plan.direct.length,
    unserved: plan.unserved.length,
    contract,
    hired: driven.length - contract,
    distanceM: sum((route) => route.distanceM),
    emptyM: sum((route) => route.emptyM),
    loadFactor: offered > 0 ? carried / offered : undefined,
    peak: shares.reduce<Kpis['peak']>((best, one) => (best && best.share >= one.share ? best : one), undefined),
    waitS: sum((route) => route.waitS),
    waitStops: sum((route) => route.stops.filter((stop) => stop.startS - stop.arriveS >= WAIT_FROM_S).length),
    lateStops,
    slackS: slackOf.size > 0 ? Math.min(...slackOf.values()) : undefined,
    slackOf,
    rests: sum((route) => route.rests.length),
    restViolations: plan.violations.filter(({ rule }) => rule === 'rest').length,
  }
}

export interface Saving {
  readonly baseline: Baseline
  readonly share: number
  readonly krw: number
}

/** Baselines leave out what the plan leaves unserved, so they hold for every plan that leaves out the same. */
export function holdsFor(comparison: Comparison, plan: Plan): boolean {
  const leftOut = new Set(comparison.unserved)
  return leftOut.size === plan.unserved.length && plan.unserved.every(({ shipment }) => leftOut.has(shipment))
}

export function savingOf(comparison: Comparison | undefined, plan: Plan, id: BaselineId): Saving | undefined {
  if (!comparison || !holdsFor(comparison, plan)) return undefined
  const baseline = comparison.baselines.find((candidate) => candidate.id === id)
  if (!baseline) return undefined
  const krw = baseline.costKrw - plan.costKrw
  return { baseline, krw, share: baseline.costKrw > 0 ? krw / baseline.costKrw : 0 }
}

/** What no plan can save more than, as a share of the baseline. */
export const ceilingOf = ({ costKrw }: Baseline, lowerKrw: number): number =>
  costKrw > 0 ? (costKrw - lowerKrw) / costKrw : 0

/** What no plan can cost less than, where the proof leaves out the shipments that the plan leaves out. */
export function lowerOf(certificate: Certificate | undefined, plan: Plan): number | undefined {
  if (!certificate || certificate.unserved.length !== plan.unserved.length) return undefined
  const leftOut = new Set(certificate.unserved)
  return plan.unserved.every(({ shipment }) => leftOut.has(shipment)) ? certificate.lowerKrw : undefined
}

export const TARGET_SHARE = 0.4

export interface GaugeScale {
  /** right end: 50 %, or the next quarter that holds saving and ceiling */
  readonly max: number
  /** all as shares of the width, within it */
  readonly bar: number
  readonly ceiling: number | undefined
  readonly target: number
}

export function gaugeScale(share: number, ceiling: number | undefined): GaugeScale {
  const max = Math.min(1, Math.max(0.5, Math.ceil(Math.max(share, ceiling ?? 0) * 4) / 4))
  const at = (value: number) => Math.min(1, Math.max(0, value / max))
  return { max, bar: at(share), ceiling: ceiling === undefined ? undefined : at(ceiling), target: at(TARGET_SHARE) }
}
