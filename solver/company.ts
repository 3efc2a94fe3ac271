/** What may ride together, as arrays. Problems become companies here; the search asks in search/company.ts, the rules judge by it. */
import type { Problem, Vehicle } from './problem.ts'

export interface Company {
  /** [order] its mixing class, -1: it rides with everything */
  readonly cargo: Int32Array
  readonly classes: number
  /** [class * classes + class] 1: never on board at the same moment */
  readonly bars: Uint8Array
  /** [order] its group, -1: it rides with whom it likes */
  readonly groupOf: Int32Array
  /** [group] orders that share one route, two or more */
  readonly groups: readonly (readonly number[])[]
  /** [order] orders that may not be on its route */
  readonly apartFrom: readonly (readonly number[])[]
  /** [type] 1: what is loaded last is unloaded first */
  readonly lastInFirstOut: Uint8Array
  /** [order] longest time from the end of its loading to the start of its unloading, Infinity: no limit */
  readonly maxOnBoardS: Float64Array
}

/** The company of a problem; null where it asks for nothing of the kind, so that the search need not look. `trucks`: the vehicle of each type. */
export function makeCompany(problem: Problem, trucks: readonly Vehicle[]): Company | null {
  const { shipments, mixing = [] } = problem
  const names = [...new Set(mixing.flat())]
  const bars = new Uint8Array(names.length * names.length)
  for (const [a, b] of mixing) {
    bars[names.indexOf(a) * names.length + names.indexOf(b)] = 1
    bars[names.indexOf(b) * names.length + names.indexOf(a)] = 1
  }
  // a firm's own day may lack some of a group: what is not there asks for nothing
  const orderOf = new Map(shipments.map(({ id }, order) => [id, order]))
  const ordersOf = (ids: readonly string[]) => [...new Set(ids.flatMap((id) => orderOf.get(id) ?? []))]
  const { groups, groupOf } = joinGroups(shipments.length, (problem.together ?? []).map(ordersOf))
  const apart = (problem.apart ?? []).map(ordersOf).filter(({ length }) => length > 1)
  const lastInFirstOut = Uint8Array.from(trucks, (vehicle) => (vehicle.lastInFirstOut ? 1 : 0))
  const maxOnBoardS = Float64Array.from(shipments, (shipment) => shipment.maxOnBoardS ?? Number.POSITIVE_INFINITY)
  const asked = names.length + groups.length + apart.length > 0
  if (!asked && !lastInFirstOut.includes(1) && !maxOnBoardS.some(Number.isFinite)) return null
  return {
    cargo: Int32Array.from(shipments, ({ cargo }) => (cargo === undefined ? -1 : names.indexOf(cargo))),
    classes: names.length,
    bars,
    groupOf,
    groups,
    apartFrom: shipments.map((_, order) => [
      ...new Set(apart.filter((set) => set.includes(order)).flatMap((set) => set.filter((other) => other !== order))),
    ]),
    lastInFirstOut,
    maxOnBoardS,
  }
}

/** Groups that share an order are one group. */
function joinGroups(orders: number, sets: readonly (readonly number[])[]) {
  const groupOf = new Int32Array(orders).fill(-1)
  let groups: number[][] = []
  for (const set of sets) {
    const joined = groups.filter((group) => group.some((order) => set.includes(order)))
    groups = [...groups.filter((group) => !joined.includes(group)), [...new Set([...joined.flat(), ...set])]]
  }
  groups = groups.filter(({ length }) => length > 1)
  groups.forEach((group, index) => {
    for (const order of group) groupOf[order] = index
  })
  return { groups, groupOf }
}

/** True where the two orders must never be on board at the same moment. */
export function mustNotMix({ cargo, classes, bars }: Company, order: number, other: number): boolean {
  const [a, b] = [cargo[order], cargo[other]]
  return order !== other && a >= 0 && b >= 0 && bars[a * classes + b] === 1
}

/**
 * Orders unloaded from under one that was loaded at a later stop. Consecutive visits of one place are one stop, at which the truck unloads
 * first and then loads in the order that suits; so only what was loaded between two stops can bury what leaves at the second.
 */
export function countBuried(visits: readonly number[], placeOf: Int32Array): number {
  const loadedAt = new Map<number, number>()
  let buried = 0
  for (let from = 0, to = 0; from < visits.length; from = to) {
    while (to < visits.length && placeOf[visits[to]] === placeOf[visits[from]]) to++
    const stop = visits.slice(from, to)
    const unloaded: number[] = []
    for (const visit of stop) {
      const since = loadedAt.get(visit >> 1)
      if ((visit & 1) === 0 || since === undefined) continue
      unloaded.push(since)
      loadedAt.delete(visit >> 1)
    }
    const top = Math.max(-1, ...loadedAt.values())
    buried += unloaded.filter((since) => since < top).length
    for (const visit of stop) if ((visit & 1) === 0) loadedAt.set(visit >> 1, from)
  }
  return buried
}
