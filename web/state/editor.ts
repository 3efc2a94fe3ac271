/** The judge of edits, as the solver exports it. */
import type { CostLine, Edit, Plan } from '../../solver/index.ts'

export interface Broken {
  readonly rule: string
  readonly excess: number
  readonly unit: string
  readonly limit?: number
  readonly found?: number
  readonly route?: string
  readonly shipment?: string
}
export interface Judged {
  readonly edit: Edit
  /** absent: refused */
  readonly plan?: Plan
  readonly broken: readonly Broken[]
  readonly deltaKrw: number
  readonly deltaM: number
  readonly deltaS: number
  readonly deltaWaitS: number
  readonly lines: readonly CostLine[]
  readonly routes: readonly string[]
}
export interface Editor {
  readonly plan: Plan
  judge(edit: Edit): Judged
  offers(shipments: readonly string[]): readonly Judged[]
  with(plan: Plan): Editor
}
