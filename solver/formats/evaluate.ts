/** Judges a solution file against its instance. Shares with the search the instance as it was read, distances included; tests/bench/referee.ts shares nothing. */
import { arc } from '../arcs.ts'
import type { Literature } from './literature.ts'

export interface Evaluation {
  readonly vehicles: number
  readonly cost: number
  readonly feasible: boolean
  /** what is wrong, in words; empty: feasible */
  readonly faults: readonly string[]
}

/** Sums of doubles in another order differ in the last digits. */
const TOLERANCE = 1e-6

export function evaluateSolution(literature: Literature, solution: string): Evaluation {
  const { nodes, distance, fleet, orders } = literature
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const orderAt = new Map<number, { order: number; pickup: boolean }>()
  orders.forEach(({ pickup, delivery }, order) => {
    orderAt.set(pickup, { order, pickup: true })
    if (delivery !== undefined) orderAt.set(delivery, { order, pickup: false })
  })
  const faults: string[] = []
  const served = new Int32Array(orders.length)
  const used = fleet.map(() => 0)
  let cost = 0
  let vehicles = 0
  for (const line of solution.split(/\r?\n/)) {
    const direct = /^Direct:\s*(.*)$/.exec(line)
    if (direct) {
      for (const id of direct[1].trim().split(/\s+/).filter(Boolean)) {
        const at = orderAt.get(indexOf.get(Number(id)) ?? -1)
        if (!at?.pickup) faults.push(`Direct: ${id} is no pickup`)
        else {
          served[at.order]++
          const price = orders[at.order].directCost
          if (price === undefined) faults.push(`order of ${id} cannot go direct`)
          else cost += price
        }
      }
    }
    const route = /^Route #\d+(?: type (\d+))?:\s*(.*)$/.exec(line)
    if (!route) continue
    const kind = Number(route[1] ?? 1) - 1
    const truck = fleet[kind]
    if (!truck) {
      faults.push(`${line.slice(0, 30)}: no such vehicle type`)
      continue
    }
    const visits = route[2].trim().split(/\s+/).filter(Boolean).map(Number)
    if (visits.length === 0) continue
    vehicles++
    used[kind]++
    const aboard = new Set<number>()
    let load = 0
    let most = 0
    let length = 0
    let clock = nodes[0].ready
    let from = 0
    for (const id of visits) {
      const node = indexOf.get(id)
      const at = node === undefined ? undefined : orderAt.get(node)
      if (node === undefined || !at) {
        faults.push(`route ${vehicles}: node ${id} is not in the instance`)
        continue
      }
      length += arc(distance, from, node)
      clock = Math.max(clock + arc(distance, from, node), nodes[node].ready)
      if (clock > nodes[node].due + TOLERANCE)
        faults.push(`route ${vehicles}: node ${id} ${clock - nodes[node].due} late`)
      clock += nodes[node].service
      if (at.pickup) {
        served[at.order]++
        load += nodes[node].demand
        aboard.add(at.order)
      } else {
        if (!aboard.delete(at.order)) faults.push(`route ${vehicles}: ${id} delivered before its pickup`)
        load -= nodes[orders[at.order].pickup].demand
      }
      most = Math.max(most, load)
      from = node
    }
    length += arc(distance, from, 0)
    clock += arc(distance, from, 0)
    if (clock > nodes[0].due + TOLERANCE) faults.push(`route ${vehicles}: back ${clock - nodes[0].due} late`)
    if (most > truck.capacity + TOLERANCE)
      faults.push(`route ${vehicles}: ${most} on board, capacity ${truck.capacity}`)
    for (const order of aboard)
      if (orders[order].delivery !== undefined) faults.push(`route ${vehicles}: order ${order} never delivered`)
    cost += truck.fixed + truck.unitCost * length
  }
  served.forEach((times, order) => {
    if (times !== 1) faults.push(`node ${nodes[orders[order].pickup].id} is served ${times} times`)
  })
  used.forEach((count, kind) => {
    if (count > fleet[kind].count) faults.push(`${count} of type ${kind + 1} used, ${fleet[kind].count} there are`)
  })
  return { vehicles, cost, feasible: faults.length === 0, faults }
}
