/** As the search judges: who is served first, then balance, then won, those of moves with them. */
import type { Plan } from '../../solver/index.ts'

const rankOf = ({ unserved, violations, costKrw, provenance: { stability } }: Plan) => [
  unserved.length,
  violations.reduce((sum, { excess }) => sum + excess, 0),
  costKrw + (stability ? stability.perShipmentKrw * stability.moved : 0),
]

export const isBetterPlan = (a: Plan, b: Plan): boolean => isLess(rankOf(a), rankOf(b))

/** The first difference decides. */
export function isLess(a: readonly number[], b: readonly number[]): boolean {
  const k = a.findIndex((value, k) => value !== b[k])
  return k >= 0 && a[k]! < b[k]!
}
