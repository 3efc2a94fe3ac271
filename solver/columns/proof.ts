/** What it takes to prove a plan: the relaxed day of the shipments it serves, a pricer for each kind of truck, and the routes known. */
import type { Opened } from '../direct.ts'
import type { Plan } from '../plan.ts'
import { type BoundStep, bound } from './bound.ts'
import type { Highs } from './lp.ts'
import type { PooledRoute } from './pool.ts'
import { makePricers } from './pricers.ts'
import type { Column, Effort, Pricer } from './pricing.ts'
import { type Relaxed, relax } from './relaxed.ts'

/** Rounds that no day has needed. */
const ROUNDS = 1000

export class Proof {
  readonly relaxed: Relaxed
  readonly pricers: readonly Pricer[]
  readonly columns: Column[]
  private readonly highs: Highs
  private readonly plan: Plan

  /** Dispose it. `routes`: that a search has met. */
  constructor(highs: Highs, opened: Opened, plan: Plan, routes: readonly PooledRoute[]) {
    this.highs = highs
    this.plan = plan
    this.relaxed = relax(opened.instance, 1, servedOrders(opened, plan))
    this.pricers = makePricers(highs, this.relaxed)
    this.columns = routes.flatMap((route) => asColumn(this.relaxed, route) ?? [])
  }

  /** Pass the seconds left to `next`, or nothing. */
  *bound(rounds = ROUNDS): Generator<BoundStep, void, number | undefined> {
    const steps = bound(this.highs, this.relaxed, {
      pricers: this.pricers,
      columns: this.columns,
      upperKrw: this.plan.costKrw,
      effort: effortOf,
      rounds: this.relaxed.vast ? 0 : rounds,
    })
    for (let step = steps.next(); !step.done; ) {
      this.columns.push(...step.value.found)
      step = steps.next(yield step.value)
    }
  }

  dispose(): void {
    for (const pricer of this.pricers) pricer.dispose()
  }
}

/** Four times as much each time it was not enough; integer programs end near their bound from the second on. */
export const effortOf = (level: number): Effort | null =>
  level > 2 ? null : { labels: 200_000 * 4 ** level, nodes: 200 * 4 ** level, slackKrw: level === 0 ? 1500 : 50 }

export function servedOrders({ problem }: Opened, plan: Plan): Set<number> {
  const unserved = new Set(plan.unserved.map(({ shipment }) => shipment))
  return new Set(problem.shipments.flatMap(({ id }, order) => (unserved.has(id) ? [] : [order])))
}

/** Null where it carries an order that has no row. */
function asColumn({ kinds, scale }: Relaxed, { type, visits, cost }: PooledRoute): Column | null {
  const kind = kinds.findIndex(({ types }) => types.includes(type))
  const orders = [...new Set(visits.map((visit) => visit >> 1))].sort((a, b) => a - b)
  if (kind < 0 || !orders.every((order) => kinds[kind].orders.includes(order))) return null
  return { kind, orders, krw: Math.floor(cost * scale), visits }
}
