/** What every pane needs to know: the day it shows and the one selection. */
import { createContext, useContext } from 'react'
import type { Complex, Day, FootprintAnswer, StoredPlan } from '../../server/api.ts'
import type { Clock } from '../format.ts'
import type { DrawnPlan } from '../service/queries.ts'
import type { Solve } from '../service/useSolve.ts'
import type { DayModel } from '../state/day.ts'
import type { BaselineId, Kpis } from '../state/kpi.ts'
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
  readonly solve: Omit<Solve, 'start'> & { readonly start: (seconds: number) => void }
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
