/** Brings together what belongs to one day: problem, plan, search, comparison and the selection over them. */
import { useLocalStorage } from '@mantine/hooks'
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import type { Complex, Day } from '../../server/api.ts'
import { makeClock } from '../format.ts'
import { queryClient, useComparison, usePlan, useProblem } from '../service/queries.ts'
import { useSolve } from '../service/useSolve.ts'
import { makeDay } from '../state/day.ts'
import { type BaselineId, computeKpis } from '../state/kpi.ts'
import { keepValid, lightUp, NOTHING, routeOf, type Selection, sameSelection } from '../state/selection.ts'
import { DayContext, type DayView, SelectionContext, type SelectionView } from './context.tsx'

interface DayProviderProps {
  readonly complex: Complex
  readonly date: Day
  /** For the keyboard, which lives above. */
  readonly clearRef: RefObject<(() => void) | undefined>
  readonly stopRef: RefObject<(() => void) | undefined>
  readonly children: ReactNode
}

export function DayProvider({ complex, date, clearRef, stopRef, children }: DayProviderProps) {
  const solve = useSolve(date.problem, date.job)
  const problem = useProblem(date.problem)
  const usable = solve.job && solve.job.state !== 'failed' && solve.job.state !== 'cancelled'
  const planId = (usable ? solve.job?.plan : undefined) ?? date.plan
  const plan = usePlan(planId, date.problem, solve.version, !solve.running)
  const [baseline, setBaseline] = useLocalStorage<BaselineId>({
    key: 'milkrun.baseline',
    defaultValue: 'B1',
    deserialize: (text) => (text?.includes('B0') ? 'B0' : text?.includes('B2') ? 'B2' : 'B1'),
  })

  const stored = plan.data?.problem === date.problem ? plan.data : undefined
  const comparison = useComparison(stored, !solve.running && !plan.isPlaceholderData)
  const compared = comparison.data?.problem === date.problem ? comparison.data?.comparison : undefined
  const day = useMemo(
    () => problem.data && makeDay(complex, problem.data, stored?.plan, compared),
    [complex, problem.data, stored, compared],
  )
  const trouble = problem.error ?? plan.error
  const view = useMemo(
    (): DayView => ({
      complex,
      date,
      day,
      clock: problem.data && makeClock(problem.data.startsAt, problem.data.timeZone),
      geojson: stored?.geojson,
      kpis: day?.plan && computeKpis(day.plan, day.problem),
      solve,
      comparing: comparison.isFetching || solve.running,
      baseline,
      setBaseline,
      trouble: trouble?.message,
      retry: () => void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' }),
    }),
    [complex, date, day, problem.data, stored, solve, comparison.isFetching, baseline, setBaseline, trouble],
  )

  const [picked, setPicked] = useState<{ readonly selection: Selection; readonly origin: 'map' | 'pane' }>({
    selection: NOTHING,
    origin: 'pane',
  })
  // another day, another selection
  useEffect(() => setPicked({ selection: NOTHING, origin: 'pane' }), [date.problem])
  const select = useCallback((selection: Selection, origin: 'map' | 'pane' = 'pane') => {
    setPicked((before) => ({ selection: sameSelection(before.selection, selection) ? NOTHING : selection, origin }))
  }, [])
  const selectionView = useMemo((): SelectionView => {
    const selection = day ? keepValid(picked.selection, day.problem, day.plan) : NOTHING
    const lit = lightUp(selection, day?.problem ?? NO_PROBLEM, day?.plan)
    return { selection, lit, opened: routeOf(selection, lit), origin: picked.origin, select }
  }, [picked, day, select])

  useEffect(() => {
    clearRef.current = () => select(NOTHING)
    stopRef.current = solve.running ? solve.stop : undefined
  })

  return (
    <DayContext value={view}>
      <SelectionContext value={selectionView}>{children}</SelectionContext>
    </DayContext>
  )
}

const NO_PROBLEM = { shipments: [] }
