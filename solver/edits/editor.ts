/**
 * A plan in a person's hands. An editor holds one plan; an edit is judged on it before it is done, and `with` takes the plan that came of
 * it. Nothing here changes anything: undo is the editor of the plan before.
 */
import { type Opened, openProblem } from '../direct.ts'
import type { Plan } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { openDesk } from './desk.ts'
import type { Edit } from './edit.ts'
import { type Judged, judge, layTable } from './judge.ts'
import { findRemedy } from './remedy.ts'

export interface Editor {
  readonly plan: Plan
  /** Whatever a person can do, or names that is not there, is judged; nothing is thrown. */
  judge(edit: Edit): Judged
  /**
   * Every truck of the plan and one of every vehicle that is left, each where these shipments cost least on it, and direct by either mode.
   * Cheapest first, their own truck among them; what is refused comes last, with its reasons.
   */
  offers(shipments: readonly string[]): Judged[]
  /** The nearest that is allowed instead of what was refused: elsewhere on that truck, then on another; undefined: none is known. */
  remedy(refused: Judged): Judged | undefined
  /** For another plan of the same problem; the problem stays open where that splits shipments in the same way. */
  with(plan: Plan): Editor
}

/** The plan must be one of this problem that `checkPlan` accepts. Problems that were opened once are not opened again. */
export function openEditor(problem: Problem, travel: Travel, plan: Plan): Editor {
  const opened = openOnce(problem, travel, plan)
  const table = layTable(openDesk(problem, travel, plan, opened))
  const { trips } = table.desk
  const known = new Map<string, Judged[]>()

  const offers = (shipments: readonly string[]): Judged[] => {
    const key = JSON.stringify(shipments)
    const found = known.get(key) ?? findOffers(shipments)
    known.set(key, found)
    return found
  }
  const findOffers = (shipments: readonly string[]): Judged[] => {
    const { instance, vehicleOf } = opened
    const left = problem.vehicles.filter((_, vehicle) =>
      instance.types.some(
        ({ count }, type) => vehicleOf[type] === vehicle && count > trips.filter((trip) => trip.type === type).length,
      ),
    )
    const edits: Edit[] = [
      ...plan.routes.map(({ id }): Edit => ({ kind: 'move', shipments: [...shipments], to: { route: id } })),
      ...left.map(({ id }): Edit => ({ kind: 'move', shipments: [...shipments], to: { vehicle: id } })),
      { kind: 'direct', shipments: [...shipments], mode: 'hired' },
      { kind: 'direct', shipments: [...shipments], mode: 'terminal' },
    ]
    return edits
      .map((edit) => judge(table, edit))
      .sort((a, b) => Number(!a.plan) - Number(!b.plan) || a.deltaKrw - b.deltaKrw)
  }

  return {
    plan,
    judge: (edit) => judge(table, edit),
    offers,
    remedy: ({ edit }) => findRemedy(problem, plan, edit, (other) => judge(table, other), offers),
    with: (next) => openEditor(problem, travel, next),
  }
}

const OPENED = new WeakMap<Problem, { readonly travel: Travel; readonly parts: string; readonly opened: Opened }>()

function openOnce(problem: Problem, travel: Travel, plan: Plan): Opened {
  const parts = JSON.stringify(plan.parts ?? [])
  const known = OPENED.get(problem)
  if (known?.travel === travel && known.parts === parts) return known.opened
  const opened = openProblem(problem, travel, plan.parts ?? [])
  OPENED.set(problem, { travel, parts, opened })
  return opened
}
