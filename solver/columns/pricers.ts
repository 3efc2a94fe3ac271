/** Which pricer proves a kind of truck: exact labels where routes are short, an integer program where they are long. */
import type { Highs } from './lp.ts'
import type { Pricer } from './pricing.ts'
import type { Relaxed } from './relaxed.ts'

export function makePricers(_highs: Highs, _relaxed: Relaxed): Pricer[] {
  return []
}
