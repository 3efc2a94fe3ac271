/** The judge of edits, as the solver exports it. */
import type { CostLine, Edit, Lock, Plan, Route, Violation } from '../../solver/index.ts'

export interface Judged {
  readonly edit: Edit
  readonly plan?: Plan
  readonly broken: readonly Violation[]
  readonly deltaKrw: number
  readonly deltaM: number
  readonly deltaS: number
  readonly deltaWaitS: number
  readonly deltaUnserved: number
  readonly lines: readonly CostLine[]
  readonly priced: boolean
  readonly routes: readonly string[]
  readonly after: readonly Route[]
  readonly shipments: readonly string[]
  readonly breaksLocks: readonly Lock[]
}
export interface Editor {
  readonly plan: Plan
  judge(edit: Edit): Judged
  offers(shipments: readonly string[]): Judged[]
  remedy(refused: Judged): Judged | undefined
  with(plan: Plan): Editor
}
