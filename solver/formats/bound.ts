/** Lower bounds for literature instances: what no solution can cost less than. */
import { loadHighs } from '../columns/lp.ts'
import { boundSingle } from '../columns/single/master.ts'
import { relax } from '../columns/relaxed.ts'
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
 * there is no such bound yet: orders with a pickup and a delivery, more than 500 nodes.
 */
export async function boundInstance(
  literature: Literature,
  solution: string,
  objective: Objective,
): Promise<Generator<InstanceBound, void> | null> {
  if (literature.orders.some(({ delivery }) => delivery !== undefined)) return null
  const relaxed = relax(makeInstance(literature), SCALE)
  if (!relaxed) return null
  const judged = evaluateSolution(literature, solution)
  const limited = objective === 'vehicles' && judged.feasible && relaxed.kinds.length === 1
  const steps = boundSingle(await loadHighs(), relaxed, {
    routes: judged.feasible ? routesOf(literature, solution) : [],
    // where costs are whole, more than one less is the same again
    ...(judged.feasible && isWhole(literature) && { upperKrw: (judged.cost - 1) * SCALE + 1 }),
    ...(limited && { trucks: [judged.vehicles] }),
  })
  return steps && report()

  function* report(): Generator<InstanceBound, void> {
    const { nodes } = literature
    const kind = limited ? `cost of a solution with at most ${judged.vehicles} vehicles` : 'cost of a solution'
    for (const { lowerKrw, rootKrw, rounds, cuts, ended } of steps!) {
      const lower = isWhole(literature) ? Math.ceil(lowerKrw / SCALE) : lowerKrw / SCALE
      // each leg, each price
      const rounding = (2 * (nodes.length + judged.vehicles) + cuts) / SCALE
      yield {
        lower,
        gap: judged.feasible ? gapOf(judged, lower) : null,
        kind,
        proved: judged.feasible && judged.cost - lower <= (isWhole(literature) ? 0 : rounding),
        closed: rootKrw !== null,
        rounds,
        cuts,
        ended,
      }
    }
  }
}

const gapOf = ({ cost }: Evaluation, lower: number): number =>
  cost > 0 ? Math.max(0, Math.round((1 - lower / cost) * 1e6) / 1e6) : 0

/** Every solution costs a whole number. */
const isWhole = ({ distance, fleet, orders }: Literature): boolean =>
  distance.rounded &&
  fleet.every(({ fixed, unitCost }) => Number.isInteger(fixed) && Number.isInteger(unitCost)) &&
  orders.every(({ directCost = 0 }) => Number.isInteger(directCost))

/** The routes of a solution's text, as orders. */
function routesOf({ nodes, orders }: Literature, solution: string): { kind: number; orders: number[] }[] {
  const orderAt = new Map(orders.map(({ pickup }, order) => [nodes[pickup].id, order]))
  return [...solution.matchAll(/^Route #\d+(?: type (\d+))?:\s*(.*)$/gm)].map(([, type = '1', ids]) => ({
    kind: Number(type) - 1,
    orders: ids
      .trim()
      .split(/\s+/)
      .map((id) => orderAt.get(Number(id))!),
  }))
}
