/**
 * Numbers orders so that those near each other lie together in memory. Where an iteration is little work, most of the time of a large
 * instance is the way to its figures, since the legs between more than some two hundred orders do not fit where that is short.
 */
import { arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import type { Assignment } from './solution.ts'

export class Numbering {
  /** the instance with its orders in their new places */
  readonly instance: Instance
  /** [new number] old, and back */
  private readonly oldOf: Int32Array
  private readonly newOf: Int32Array

  /** Of a plain instance: one window a visit, and nothing asked of orders together. */
  constructor(instance: Instance) {
    const { orders, placeOf, serviceS, opensS, closesS, paired, demand, directCost } = instance
    const { alone, allowed, carryCost, barred } = instance
    const { oldOf, newOf } = chain(instance)
    this.oldOf = oldOf
    this.newOf = newOf
    // of each type in turn, where there is a figure for each
    const byOrder = <List extends Uint8Array | Float64Array>(list: List) =>
      list.map((_, cell) => list[cell - (cell % orders) + oldOf[cell % orders]]) as List
    const byVisit = <List extends Int32Array | Float64Array>(list: List) =>
      list.map((_, visit) => list[2 * oldOf[visit >> 1] + (visit & 1)]) as List
    this.instance = {
      ...instance,
      placeOf: byVisit(placeOf),
      serviceS: byVisit(serviceS),
      opensS: byVisit(opensS),
      closesS: byVisit(closesS),
      paired: byOrder(paired),
      demand: byOrder(demand),
      directCost: byOrder(directCost),
      alone: byOrder(alone),
      allowed: byOrder(allowed),
      carryCost: byOrder(carryCost),
      barred: barred.map(byOrder),
    }
  }

  /** What the instance given calls it, as the new one does. */
  inward = (assignment: Assignment): Assignment => rename(assignment, this.newOf)

  outward = (assignment: Assignment): Assignment => rename(assignment, this.oldOf)
}

const rename = ({ routes, absent, cost }: Assignment, nameOf: Int32Array): Assignment => ({
  routes: routes.map(({ type, visits }) => ({
    type,
    visits: visits.map((visit) => 2 * nameOf[visit >> 1] + (visit & 1)),
  })),
  absent: absent.map((order) => nameOf[order]).sort((a, b) => a - b),
  cost,
})

/** From each order to the nearest that is left. */
function chain({ orders, placeOf, types }: Instance): { oldOf: Int32Array; newOf: Int32Array } {
  const { distanceM, start } = types[0]
  const oldOf = new Int32Array(orders)
  const newOf = new Int32Array(orders).fill(-1)
  let place = start
  for (let at = 0; at < orders; at++) {
    let nearest = -1
    let least = Number.POSITIVE_INFINITY
    for (let order = 0; order < orders; order++) {
      if (newOf[order] >= 0) continue
      const away = arc(distanceM, place, placeOf[2 * order])
      if (nearest >= 0 && away >= least) continue
      nearest = order
      least = away
    }
    oldOf[at] = nearest
    newOf[nearest] = at
    place = placeOf[2 * nearest]
  }
  return { oldOf, newOf }
}
