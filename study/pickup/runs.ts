/** One drawn day under one setting, planned and compared: what is kept of it. */
import { type Comparison, type Plan, type Problem, punctuality } from '../../solver/index.ts'
import type { Waiting } from '../frequency/waiting.ts'
import { type Lateness, latenessOf, type Spread } from './lateness.ts'

export const BASELINE_IDS = ['B0', 'B1', 'B2'] as const
export type BaselineId = (typeof BASELINE_IDS)[number]

export interface Run {
  readonly setting: string
  readonly seed: number
  /** 0 the first working day of the seed */
  readonly day: number
  readonly date: string
  readonly shipments: number
  readonly weightKg: number
  /** of the shipments that the plan serves, as are the baselines */
  readonly planKrw: number
  readonly baselineKrw: Readonly<Record<BaselineId, number>>
  /** shipments that the plan leaves, and that a baseline cannot carry */
  readonly unserved: number
  readonly excluded: number
  /** from B1 to the plan */
  readonly steps: Readonly<Record<'mode' | 'truckSize' | 'routing', number>>
  readonly routes: number
  /** shipments that ride them */
  readonly pooled: number
  readonly stops: number
  readonly planM: number
  /** waiting for windows, s */
  readonly waitS: number
  /** stops after a wished time */
  readonly late: number
  /** tank to wheel, g */
  readonly co2G: number
  readonly b1Co2G: number
  /** where orders wait for their day: the baselines carry the same lots on the same days */
  readonly waiting?: Waiting
  /** that take part; runs of an older version do not say */
  readonly firms?: number
  readonly lateness?: Lateness
}

export const keyOf = ({ setting, seed, day }: Pick<Run, 'setting' | 'seed' | 'day'>): string =>
  `${setting} ${seed} ${day}`

/** A day on which nobody orders. */
export const quietDay = (at: Pick<Run, 'setting' | 'seed' | 'day' | 'date'>): Run => ({
  ...at,
  shipments: 0,
  weightKg: 0,
  planKrw: 0,
  baselineKrw: { B0: 0, B1: 0, B2: 0 },
  unserved: 0,
  excluded: 0,
  steps: { mode: 0, truckSize: 0, routing: 0 },
  routes: 0,
  pooled: 0,
  stops: 0,
  planM: 0,
  waitS: 0,
  late: 0,
  co2G: 0,
  b1Co2G: 0,
})

export function runOf(
  at: Pick<Run, 'setting' | 'seed' | 'day' | 'date'>,
  problem: Problem,
  plan: Plan,
  comparison: Comparison,
  spread?: Spread,
): Run {
  const baseline = (id: BaselineId) => comparison.baselines.find((entry) => entry.id === id)!
  const room = punctuality(problem)
  const stops = plan.routes.flatMap((route) => route.stops)
  return {
    ...at,
    shipments: problem.shipments.length,
    weightKg: problem.shipments.reduce((sum, { weightKg }) => sum + weightKg, 0),
    planKrw: comparison.planKrw,
    baselineKrw: { B0: baseline('B0').costKrw, B1: baseline('B1').costKrw, B2: baseline('B2').costKrw },
    unserved: comparison.unserved.length,
    excluded: Math.max(...BASELINE_IDS.map((id) => baseline(id).excluded.length)),
    steps: Object.fromEntries(comparison.waterfall.map(({ step, krw }) => [step, krw])) as Run['steps'],
    routes: plan.routes.length,
    pooled: stops.reduce((sum, { pickups }) => sum + pickups.length, 0),
    stops: stops.length,
    planM: plan.routes.reduce((sum, { distanceM }) => sum + distanceM, 0),
    waitS: plan.routes.reduce((sum, { waitS }) => sum + waitS, 0),
    late: stops.filter((stop) => room(stop).lateS > 0).length,
    co2G: comparison.planFootprint.total.ttwCo2G,
    b1Co2G: baseline('B1').footprint.total.ttwCo2G,
    firms: problem.firms.length,
    lateness: latenessOf(problem, plan, at, spread),
  }
}
