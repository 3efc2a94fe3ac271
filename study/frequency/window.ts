/** The orders of all days of one seed, each with what decides when it goes. */
import { type Demand, type DemandFirm, type DrawnOrder, drawDay } from '../pickup/demand.ts'
import { laneOf, mayWait, pairOf, partnerOf } from './lanes.ts'
import type { HeldOrder } from './release.ts'

export interface WindowOrder extends HeldOrder {
  readonly order: DrawnOrder
  /** among the orders of its day */
  readonly index: number
  readonly supplier: string
  /**
   * Orders of one firm, supplier and flow share it, the first of each day with the first, the second with the second: two of the same day
   * are never one lot, or fewer lots would be counted as an effect of waiting.
   */
  readonly group: string
}

export function drawWindow(
  demand: Demand,
  firms: readonly DemandFirm[],
  seed: number,
  dates: readonly string[],
  groupOf: ReadonlyMap<string, string>,
): WindowOrder[] {
  return dates.flatMap((date, day) => {
    const seen = new Map<string, number>()
    return drawDay(demand, firms, seed, day, date).map((order, index): WindowOrder => {
      const pair = pairOf(order)
      const kind = `${pair} ${order.flow.id}`
      const rank = seen.get(kind) ?? 0
      seen.set(kind, rank + 1)
      return {
        order,
        day,
        index,
        pair,
        supplier: partnerOf(order),
        group: `${kind} ${rank}`,
        lane: laneOf(order, groupOf),
        weightKg: order.weightKg,
        mayWait: mayWait(order),
      }
    })
  })
}
