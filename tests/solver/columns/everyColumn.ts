/** Every true route of a tiny problem as a column, and pricing by looking at all of them. */

import type { Column, Pricer } from '../../../solver/columns/pricing.ts'
import type { Relaxed } from '../../../solver/columns/relaxed.ts'
import { evaluator, type Problem, type Travel } from '../../../solver/index.ts'
import { visitOrders } from '../everyPlan.ts'
import { reducedKrw } from './everyRoute.ts'

/** [kind] the cheapest route of every set of orders that one truck can carry; `relaxed` must be of the same problem. */
export function everyColumn(problem: Problem, travel: Travel, relaxed: Relaxed): Column[][] {
  const { kinds, pooled, instance } = relaxed
  return kinds.map(({ types, orders }, kind) => {
    const { vehicle, shift } = instance.types[types[0]]
    const { drivers: _, ...unmanned } = problem
    const truck = { ...problem.vehicles[vehicle], shifts: [problem.vehicles[vehicle].shifts[shift]] }
    const evaluate = evaluator({ ...unmanned, vehicles: [truck] }, travel)
    const columns: Column[] = []
    for (let set = 1; set < 1 << pooled.length; set++) {
      const members = pooled.filter((_, k) => set & (1 << k))
      if (!members.every((order) => orders.includes(order))) continue
      let krw = Number.POSITIVE_INFINITY
      for (const visits of visitOrders(members.map((order) => problem.shipments[order].id))) {
        const { route, broken } = evaluate(truck.id, visits)
        if (broken.length === 0) krw = Math.min(krw, route.costKrw)
      }
      if (krw !== Number.POSITIVE_INFINITY) columns.push({ kind, orders: members, krw, visits: null })
    }
    return columns
  })
}

/** Knows every column; answers with the five best. */
export function pricerOver(columns: readonly Column[]): Pricer {
  return {
    price(prices, kindKrw) {
      const ranked = columns
        .map((column) => ({ column, krw: reducedKrw(column, prices, kindKrw) }))
        .sort((a, b) => a.krw - b.krw)
      return {
        leastKrw: ranked[0]?.krw ?? Number.POSITIVE_INFINITY,
        columns: ranked
          .filter(({ krw }) => krw < 0)
          .slice(0, 5)
          .map(({ column }) => column),
      }
    },
    dispose() {},
  }
}
