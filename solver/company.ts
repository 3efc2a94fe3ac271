/** What may ride together, as arrays. Problems become companies here; the search asks in search/company.ts, the rules judge by it. */
import type { Problem } from './problem.ts'

export interface Company {
  /** [order] its mixing class, -1: it rides with everything */
  readonly cargo: Int32Array
  readonly classes: number
  /** [class * classes + class] 1: never on board at the same moment */
  readonly bars: Uint8Array
}

/** The company of a problem; null where it asks for nothing of the kind, so that the search need not look. */
export function makeCompany(problem: Problem): Company | null {
  const { shipments } = problem
  const names = [...new Set((problem.mixing ?? []).flat())]
  if (names.length === 0) return null
  const bars = new Uint8Array(names.length * names.length)
  for (const [a, b] of problem.mixing ?? []) {
    bars[names.indexOf(a) * names.length + names.indexOf(b)] = 1
    bars[names.indexOf(b) * names.length + names.indexOf(a)] = 1
  }
  return {
    cargo: Int32Array.from(shipments, ({ cargo }) => (cargo === undefined ? -1 : names.indexOf(cargo))),
    classes: names.length,
    bars,
  }
}

/** True where the two orders must never be on board at the same moment. */
export function mustNotMix({ cargo, classes, bars }: Company, order: number, other: number): boolean {
  const [a, b] = [cargo[order], cargo[other]]
  return order !== other && a >= 0 && b >= 0 && bars[a * classes + b] === 1
}
