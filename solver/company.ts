/** What may ride together, as arrays. Problems become companies here; the search asks in search/company.ts, the rules judge by it. */
import type { Problem } from './problem.ts'

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
}

/** The company of a problem; null where it asks for nothing of the kind, so that the search need not look. */
export function makeCompany(problem: Problem): Company | null {
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
  if (names.length + groups.length + apart.length === 0) return null
  return {
    cargo: Int32Array.from(shipments, ({ cargo }) => (cargo === undefined ? -1 : names.indexOf(cargo))),
    classes: names.length,
    bars,
    groupOf,
    groups,
    apartFrom: shipments.map((_, order) => [
      ...new Set(apart.filter((set) => set.includes(order)).flatMap((set) => set.filter((other) => other !== order))),
    ]),
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
