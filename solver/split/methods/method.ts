/** One way to split a cost. A member of METHODS: the tests loop over the list. */
import type { Highs } from '../../columns/lp.ts'
import type { Dual, DualTarget } from '../dual.ts'
import type { Game } from '../game.ts'

export const METHOD_NAMES = ['duals', 'proportional', 'equalProfit', 'shapley', 'nucleolus'] as const
export type MethodName = (typeof METHOD_NAMES)[number]

export interface Shared {
  /** [firm] of what shares trucks, beside its own cost (SplitFirm.ownKrw); not yet whole won, nor held to B1 */
  readonly krw: Float64Array
  /** [firm] how far the figure may be off where it was sampled */
  readonly standardErrorKrw?: Float64Array
}

export interface Tools {
  readonly highs: Highs
  readonly seed: number
  /** [firm] most that it may pay beside its own cost */
  readonly caps: readonly number[]
  /** orders of joining that are drawn where there are too many to try all */
  readonly samples: number
  /** the prices nearest to proportional */
  dual(target: DualTarget): Dual
}

export interface Method {
  readonly name: MethodName
  /** firms up to which it can be had */
  readonly mostFirms: number
  share(game: Game, tools: Tools): Shared
}
