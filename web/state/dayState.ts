/** How far a day has come, from what the service knows of it. The header line shows it, the day picker in a word. */
import type { Day } from '../../server/api.ts'

export const DAY_STEPS = ['orders', 'plan', 'adjust', 'confirm', 'drive', 'actual'] as const
export type DayStep = (typeof DAY_STEPS)[number]
/** now: what there is to do next; alert: done, and there is something to see to */
export type StepState = 'todo' | 'now' | 'done' | 'alert'

/** Of the plan in sight. */
export interface PlanFacts {
  readonly state: 'draft' | 'confirmed' | 'withdrawn'
  readonly changedAt: string
  readonly changedBy: string
  readonly unserved: number
  /** by hand since the search */
  readonly edits: number
  /** of these, those that made it dearer */
  readonly overrides: number
  /** first departure and last return, ms since 1970; absent: no truck drives */
  readonly fromMs?: number
  readonly untilMs?: number
}
export interface DayFacts {
  readonly shipments: number
  /** orders that wait for an address */
  readonly waiting: number
  readonly searching: boolean
  readonly plan?: PlanFacts | undefined
  /** stops whose actual times are known, of all; absent: nobody has asked */
  readonly actual?: { readonly known: number; readonly all: number } | undefined
  /** rounds whose carrier has accepted, of all; absent: not known */
  readonly dispatched?: { readonly accepted: number; readonly all: number } | undefined
  readonly nowMs: number
}

export type StepNote =
  | { readonly say: 'orders' | 'waiting' | 'unserved' | 'edits' | 'overrides'; readonly count: number }
  | { readonly say: 'confirmed'; readonly by: string; readonly at: string }
  | { readonly say: 'dispatched'; readonly accepted: number; readonly all: number }
  | { readonly say: 'actuals'; readonly known: number; readonly all: number }
  | {
      readonly say:
        | 'noOrders'
        | 'noPlan'
        | 'searching'
        | 'clean'
        | 'unconfirmed'
        | 'withdrawn'
        | 'notYet'
        | 'driving'
        | 'over'
        | 'noActuals'
    }
export interface StepView {
  readonly name: DayStep
  readonly state: StepState
  readonly notes: readonly StepNote[]
}

export function dayState(facts: DayFacts): readonly StepView[] {
  const { shipments, waiting, searching, plan, actual, dispatched, nowMs } = facts
  const isConfirmed = plan?.state === 'confirmed'
  const hasLeft = isConfirmed && plan.fromMs !== undefined && nowMs >= plan.fromMs
  const isOver = isConfirmed && plan.untilMs !== undefined && nowMs >= plan.untilMs
  const touched = plan !== undefined && plan.edits > 0
  const steps: readonly Omit<StepView, 'state'>[] = [
    {
      name: 'orders',
      notes: [
        shipments > 0 ? { say: 'orders', count: shipments } : { say: 'noOrders' },
        ...(waiting > 0 ? [{ say: 'waiting', count: waiting } as const] : []),
      ],
    },
    {
      name: 'plan',
      notes: [
        ...(searching ? [{ say: 'searching' } as const] : plan ? [] : [{ say: 'noPlan' } as const]),
        ...(plan && plan.unserved > 0 ? [{ say: 'unserved', count: plan.unserved } as const] : []),
      ],
    },
    {
      name: 'adjust',
      notes: !plan
        ? []
        : touched
          ? [
              { say: 'edits', count: plan.edits },
              ...(plan.overrides > 0 ? [{ say: 'overrides', count: plan.overrides } as const] : []),
            ]
          : [{ say: 'clean' }],
    },
    {
      name: 'confirm',
      notes: isConfirmed
        ? [{ say: 'confirmed', by: plan.changedBy, at: plan.changedAt }]
        : [{ say: plan?.state === 'withdrawn' ? 'withdrawn' : 'unconfirmed' }],
    },
    {
      name: 'drive',
      notes: [
        { say: isOver ? 'over' : hasLeft ? 'driving' : 'notYet' },
        // who is on the road already has the sheet
        ...(isConfirmed && !hasLeft && dispatched && dispatched.all > 0
          ? [{ say: 'dispatched', ...dispatched } as const]
          : []),
      ],
    },
    { name: 'actual', notes: [actual && actual.all > 0 ? { say: 'actuals', ...actual } : { say: 'noActuals' }] },
  ]
  const isDone: Readonly<Record<DayStep, boolean>> = {
    orders: shipments > 0,
    plan: plan !== undefined && !searching,
    // nobody has to touch a plan: confirming it says that it is right
    adjust: touched || isConfirmed,
    confirm: isConfirmed,
    drive: isOver,
    actual: actual !== undefined && actual.all > 0 && actual.known >= actual.all,
  }
  const wantsLook: Readonly<Partial<Record<DayStep, boolean>>> = {
    orders: waiting > 0,
    plan: plan !== undefined && plan.unserved > 0,
  }
  // an untouched plan may be adjusted or confirmed: confirming is what leads on
  const next = steps.find(({ name }) => !isDone[name] && !(name === 'adjust' && isDone.plan))?.name
  return steps.map((step) => ({
    ...step,
    state:
      wantsLook[step.name] && isDone[step.name]
        ? 'alert'
        : isDone[step.name]
          ? 'done'
          : step.name === next
            ? 'now'
            : 'todo',
  }))
}

/** Where a step is done. */
export const screenOfStep = (name: DayStep, { waiting }: Pick<DayFacts, 'waiting'>): 'import' | 'places' | 'plan' =>
  name === 'orders' ? (waiting > 0 ? 'places' : 'import') : 'plan'

/** In a word, for a list of days. */
export function dayWord({ shipments, job, plan, planState, confirmed }: Day) {
  if (confirmed !== undefined) return 'confirmed'
  if (job !== undefined) return 'searching'
  if (plan !== undefined) return planState === 'withdrawn' ? 'withdrawn' : 'planned'
  return shipments > 0 ? 'orders' : 'empty'
}
