/** What every pane needs to know: the day it shows and the one selection. */
import { createContext, useContext } from 'react'
import type { Complex, Day, FootprintAnswer, StoredPlan } from '../../server/api.ts'
import type { Edit, Editor, Judged, Lock, Plan } from '../../solver/index.ts'
import type { Clock } from '../format.ts'
import type { DrawnPlan } from '../service/queries.ts'
import type { Solve } from '../service/useSolve.ts'
import type { DayModel } from '../state/day.ts'
import type { Step } from '../state/history.ts'
import type { BaselineId, Kpis } from '../state/kpi.ts'
import type { LockName } from '../state/locking.ts'
import type { Level } from '../state/replan.ts'
import type { Lit, Selection } from '../state/selection.ts'

export interface DayView {
  readonly complex: Complex
  readonly date: Day
  /** Absent while the problem is on its way. */
  readonly day: DayModel | undefined
  readonly clock: Clock | undefined
  /** The plan in sight, with its lines. */
  readonly drawn: DrawnPlan | undefined
  /** The plan as the service keeps it, once no search of this page is at it: what can be asked about. */
  readonly settled: StoredPlan | undefined
  readonly kpis: Kpis | undefined
  /** Fuel and CO2 of the plan that is shown; absent while they are on their way. */
  readonly footprint: FootprintAnswer | undefined
  /** `keep`: what of a plan that there is stays as it is; it stays in sight until one of the two is chosen. */
  readonly solve: Omit<Solve, 'start'> & { readonly start: (seconds: number, keep?: Level) => void }
  /** No plan of the day costs less: proved. Absent while nothing is. */
  readonly lowerKrw: number | undefined
  readonly comparing: boolean
  readonly baseline: BaselineId
  readonly setBaseline: (baseline: BaselineId) => void
  /** A part that could not be loaded, in the words of the service. */
  readonly trouble: string | undefined
  /** The service came back without the plan that is still shown. */
  readonly lost: boolean
  readonly retry: () => void
}

export interface SelectionView {
  readonly selection: Selection
  readonly lit: Lit
  /** The route whose stops are spread out, in list, map and timeline. */
  readonly opened: string | undefined
  /** Where it was picked: the map does not fly to what one has just clicked on it. */
  readonly origin: 'map' | 'pane'
  /** Picks it, or drops it if it was picked already. */
  readonly select: (selection: Selection, origin?: 'map' | 'pane') => void
}

/** Why nothing can be changed just now. */
export type WhyFixed = 'noPlan' | 'loading' | 'failed' | 'searching' | 'deciding' | 'lost' | 'confirmed' | 'withdrawn'

/** What somebody has in hand, until it is dropped or put back. */
export interface Held {
  readonly shipments: readonly string[]
  readonly from: 'pointer' | 'keyboard'
  /** The stop or card that it was taken from. */
  readonly origin: HeldOrigin
}
export interface HeldOrigin {
  /** absent: on no route */
  readonly route?: string | undefined
  readonly stop?: number | undefined
}

/** A step as people call it, newest last. */
export interface NamedStep {
  readonly step: Step
  readonly name: string
}

/** Every change of the plan by hand. All of them go through `apply`. */
export interface EditView {
  /** Judges an edit of the plan in sight by the rules and prices of the solver; absent: `why`. */
  readonly editor: Editor | undefined
  readonly why: WhyFixed | undefined
  readonly held: Held | undefined
  /** Where what is held could go: the cheapest first, refused ones last. */
  readonly offers: readonly Judged[]
  readonly pickUp: (shipments: readonly string[], from: Held['from'], origin?: HeldOrigin) => void
  readonly aim: (edit: Edit | undefined) => void
  /** Applies what is aimed at, or says why not; nothing is held afterwards. */
  readonly drop: () => void
  readonly cancel: () => void
  /** false: refused, and said why */
  readonly apply: (edit: Edit) => boolean
  /** The menu of a thing, at a point of the window. */
  readonly openMenu: (target: Selection, at: { readonly x: number; readonly y: number }) => void
  readonly openLocks: (target: Selection, at: { readonly x: number; readonly y: number }) => void
  /** Undo and redo may be used: not while a search runs, nor on a plan that is confirmed. */
  readonly canStep: boolean
  readonly undo: () => void
  readonly redo: () => void
  /** Takes one step of the past out; `after` has all later ones made again without it. */
  readonly leaveOut: (step: Step & { readonly kind: 'change' }, after: Plan) => void
  readonly past: readonly NamedStep[]
  readonly future: readonly NamedStep[]
  /** Keeps a step that was taken elsewhere: another problem for the day, another plan. */
  readonly remember: (step: Step) => void
  /** A step that was not taken, but can be by doing "again". */
  readonly keepForRedo: (step: Step) => void
  readonly locks: {
    readonly all: readonly Lock[]
    readonly has: (lock: Lock) => boolean
    readonly toggle: (lock: Lock) => void
    readonly set: (locks: readonly Lock[], on: boolean) => void
    /** What of a thing is locked: for the padlock beside it. */
    readonly on: (target: Selection) => readonly LockName[]
    readonly clearAll: () => void
  }
  /** offline: kept here, and sent when the service is back */
  readonly saving: 'saved' | 'saving' | 'offline'
}

export const EditContext = createContext<EditView | undefined>(undefined)
/** Apart from EditContext: it changes as fast as the pointer moves. */
export const AimContext = createContext<Judged | undefined>(undefined)

export function useEdit(): EditView {
  const view = useContext(EditContext)
  if (!view) throw new Error('useEdit outside of its provider')
  return view
}

/** What would happen if it were dropped here. */
export const useAimed = (): Judged | undefined => useContext(AimContext)

export const DayContext = createContext<DayView | undefined>(undefined)
export const SelectionContext = createContext<SelectionView | undefined>(undefined)

export function useDay(): DayView {
  const view = useContext(DayContext)
  if (!view) throw new Error('useDay outside of its provider')
  return view
}

export function useSelection(): SelectionView {
  const view = useContext(SelectionContext)
  if (!view) throw new Error('useSelection outside of its provider')
  return view
}
