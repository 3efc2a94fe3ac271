/** Lower bounds for literature instances: what no solution can cost less than. */
import { bound } from '../columns/bound.ts'
import { LabelPricer } from '../columns/labels/pricer.ts'
import { loadHighs } from '../columns/lp.ts'
import type { Column } from '../columns/pricing.ts'
import { effortOf } from '../columns/proof.ts'
import { relax } from '../columns/relaxed.ts'
import { boundSingle } from '../columns/single/master.ts'
import { type Evaluation, evaluateSolution } from './evaluate.ts'
import { type Literature, makeInstance, type Objective } from './literature.ts'

export interface InstanceBound {
  /** no solution of the kind costs less */
  readonly lower: number
  /** share of the solution's cost that may still be saved; null: the solution is none */
  readonly gap: number | null
  /** what it bounds: with vehicles first, the cost of solutions with no more vehicles than this one has */
  readonly kind: string
  /** nothing is cheaper by more than what rounding down takes away */
  readonly proved: boolean
  /** the linear program over all routes is solved; before that the bound is only on its way */
  readonly closed: boolean
  readonly rounds: number
  readonly cuts: number
  /** nothing is left to be done */
  readonly ended: boolean
}

/** Units in one of the instance's: costs are rounded down to them, arc by arc. */
const SCALE = 1000

/**
 * Ever better bounds beside a solution, whose routes are what the bound starts from. Each holds; who pulls decides when to stop. Null where
 * there is none: more than 500 nodes.
 */
export async function boundInstance(
  literature: Literature,
  solution: string,
  objective: Objective,
): Promise<Generator<InstanceBound, void> | null> {
  const instance = makeInstance(literature)
  const all = relax(instance, SCALE)
  if (all.vast) return null
  const judged = evaluateSolution(literature, solution)
  const limited = objective === 'vehicles' && judged.feasible && all.kinds.length === 1
  const relaxed = limited ? { ...all, kinds: all.kinds.map((kind) => ({ ...kind, count: judged.vehicles })) } : all
  const routes = judged.feasible ? routesOf(literature, solution) : []
  const highs = await loadHighs()
  const paired = literature.orders.some(({ delivery }) => delivery !== undefined)
  const steps = paired ? boundPairs() : boundVisits()
  return steps && report(steps)

  function* boundPairs(): Generator<Found, void> {
    const pricers = relaxed.kinds.map((_, kind) => new LabelPricer(relaxed, kind))
    const columns = routes.map(({ kind, orders, visits }): Column => {
      const { fixedKrw, start, end } = relaxed.kinds[kind]
      const places = [start, ...visits.map((visit) => instance.placeOf[visit]), end]
      const arcs = places.slice(1).reduce((sum, place, k) => sum + legKrw(kind, places[k], place), 0)
      return { kind, orders: orders.toSorted((a, b) => a - b), krw: fixedKrw + arcs, visits }
    })
    const upperKrw = judged.feasible ? Math.ceil(judged.cost * SCALE) : UNKNOWN
    for (const step of bound(highs, relaxed, { pricers, columns, upperKrw, effort: effortOf, rounds: ROUNDS }))
      yield { ...step, cuts: 0, ended: step.closed }
  }

  function legKrw(kind: number, from: number, to: number): number {
    return relaxed.kinds[kind].arcKrw[from * relaxed.size + to]
  }

  function* boundVisits(): Generator<Found, void> {
    const found = boundSingle(highs, relaxed, {
      routes,
      // where costs are whole, more than one less is the same again
      ...(judged.feasible && isWhole(literature) && { upperKrw: (judged.cost - 1) * SCALE + 1 }),
    })
    for (const step of found ?? []) yield { ...step, closed: step.rootKrw !== null }
  }

  function* report(steps: Generator<Found, void>): Generator<InstanceBound, void> {
    const { nodes } = literature
    const kind = limited ? `cost of a solution with at most ${judged.vehicles} vehicles` : 'cost of a solution'
    for (const { lowerKrw, rounds, cuts, closed, ended } of steps) {
      const lower = isWhole(literature) ? Math.ceil(lowerKrw / SCALE) : lowerKrw / SCALE
      // each leg, each price
      const rounding = (2 * (nodes.length + judged.vehicles) + cuts) / SCALE
      yield {
        lower,
        gap: judged.feasible ? gapOf(judged, lower) : null,
        kind,
        proved: judged.feasible && judged.cost - lower <= (isWhole(literature) ? 0 : rounding),
        closed,
        rounds,
        cuts,
        ended,
      }
    }
  }
}

/** What either way of bounding tells. */
interface Found {
  readonly lowerKrw: number
  readonly closed: boolean
  readonly rounds: number
  readonly cuts: number
  readonly ended: boolean
}

/** Rounds that no instance has needed, and a cost that no solution has. */
const ROUNDS = 10_000
const UNKNOWN = 1e12

const gapOf = ({ cost }: Evaluation, lower: number): number =>
  cost > 0 ? Math.max(0, Math.round((1 - lower / cost) * 1e6) / 1e6) : 0

/** Every solution costs a whole number. */
const isWhole = ({ distance, fleet, orders }: Literature): boolean =>
  distance.rounded &&
  fleet.every(({ fixed, unitCost }) => Number.isInteger(fixed) && Number.isInteger(unitCost)) &&
  orders.every(({ directCost = 0 }) => Number.isInteger(directCost))

/** The routes of a solution's text. */
function routesOf(
  { nodes, orders }: Literature,
  solution: string,
): { kind: number; orders: number[]; visits: number[] }[] {
  const visitAt = new Map(
    orders.flatMap(({ pickup, delivery }, order) => [
      [nodes[pickup].id, 2 * order] as const,
      ...(delivery === undefined ? [] : [[nodes[delivery].id, 2 * order + 1] as const]),
    ]),
  )
  return [...solution.matchAll(/^Route #\d+(?: type (\d+))?:\s*(.*)$/gm)].map(([, type = '1', ids]) => {
    const visits = ids
      .trim()
      .split(/\s+/)
      .map((id) => visitAt.get(Number(id))!)
    return { kind: Number(type) - 1, orders: [...new Set(visits.map((visit) => visit >> 1))], visits }
  })
}
