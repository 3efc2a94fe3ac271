/** Changes made on a plan: one after another, or all but one as if it had never been. */
import type { Editor, Judged, Plan } from '../../solver/index.ts'
import { type Change, changeLocks, type Step } from './history.ts'

/** A change on the plan of the editor; without a plan it is refused, with the judgement. */
export function makeChange(editor: Editor, change: Change): { readonly plan?: Plan; readonly refused?: Judged } {
  if (change.kind === 'locks') return { plan: changeLocks(editor.plan, change.add, change.remove) }
  let plan = editor.plan
  for (const edit of change.kind === 'edit' ? [change.edit] : change.back) {
    const judged = editor.with(plan).judge(edit)
    if (!judged.plan) return { refused: judged }
    plan = judged.plan
  }
  return { plan }
}

/** Absent: what came after it is not possible without it, or another plan came in between. */
export function without(
  editor: Editor,
  past: readonly { readonly step: Step }[],
  left: Step & { readonly kind: 'change' },
): Plan | undefined {
  const at = past.findIndex(({ step }) => step === left)
  if (at < 0) return undefined
  let plan = left.before
  for (const { step } of past.slice(at + 1)) {
    if (step.kind !== 'change') return undefined
    const next = makeChange(editor.with(plan), step.change)
    if (!next.plan) return undefined
    plan = next.plan
  }
  return plan
}
