/** Brings together what belongs to one day: problem, plan, search, comparison and the selection over them. */

import { useLocalStorage } from '@mantine/hooks'
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Complex, Day } from '../../server/api.ts'
import { makeClock } from '../format.ts'
import { useWords } from '../i18n/words.tsx'
import { ServiceError } from '../service/client.ts'
import { useDesk } from '../service/desks.ts'
import {
  type DrawnPlan,
  queryClient,
  useComparison,
  useFootprint,
  usePlan,
  useProblem,
  useRoads,
} from '../service/queries.ts'
import { locksFor } from '../service/replan.ts'
import { useSolve } from '../service/useSolve.ts'
import { englishAreas } from '../state/areaNames.ts'
import { type DayModel, makeDay } from '../state/day.ts'
import { hasFailed } from '../state/incumbents.ts'
import { type BaselineId, computeKpis, lowerOf } from '../state/kpi.ts'
import { keepValid, lightUp, NOTHING, routeOf, type Selection, sameSelection } from '../state/selection.ts'
import { DayContext, type DayView, SelectionContext, type SelectionView, type WhyFixed } from './context.tsx'
import { EditProvider } from './EditProvider.tsx'
import { Banner } from './states.tsx'
import { useSeconds } from './useSeconds.ts'

interface DayProviderProps {
  readonly complex: Complex
  readonly date: Day
  /** Nothing answers just now. */
  readonly down: boolean
  /** For the keyboard, which lives above. */
  readonly clearRef: RefObject<(() => void) | undefined>
  readonly stopRef: RefObject<(() => void) | undefined>
  readonly children: ReactNode
}

export function DayProvider({ complex, date, down, clearRef, stopRef, children }: DayProviderProps) {
  const { t, language } = useWords()
  const [seconds] = useSeconds()
  const search = useSolve(date.problem, date.job)
  const problem = useProblem(date.problem)
  const usable = search.job && !hasFailed(search.job) && search.job.state !== 'cancelled'
  // the day has heard of what the search found: from then on its newest plan is the one to show, whoever made it
  const arrived = useRef<string>(undefined)
  if (search.job?.plan && search.job.plan === date.plan) arrived.current = search.job.id
  const found = usable && arrived.current !== search.job?.id ? search.job?.plan : undefined
  const planId = search.kept ?? found ?? date.plan
  const plan = usePlan(planId, date.problem, search.version, !search.running)
  const [baseline, setBaseline] = useLocalStorage<BaselineId>({
    key: 'milkrun.baseline',
    defaultValue: 'B1',
    deserialize: (text) => (text?.includes('B0') ? 'B0' : text?.includes('B2') ? 'B2' : 'B1'),
  })

  const opened = useDesk(complex.id, date.date, plan.data, problem.data, search.running && !search.kept)
  const stored = opened.shown
  const storedSeed = stored?.plan.provenance.seed
  const whole = problem.data
  const solve = useMemo(
    (): DayView['solve'] => ({
      ...search,
      start: (seconds, keep) => {
        if (!keep || !stored || !whole) return search.start(seconds, { storedSeed })
        void locksFor(whole, stored.plan, keep).then((locks) =>
          search.start(seconds, { storedSeed, plan: stored.id, locks }),
        )
      },
    }),
    [search, storedSeed, stored, whole],
  )
  const comparison = useComparison(stored, !solve.running && plan.current)
  const compared = comparison.data?.problem === date.problem ? comparison.data?.comparison : undefined
  const burnt = useFootprint(stored)
  const footprint = burnt.isPlaceholderData || burnt.data?.version === stored?.version ? burnt.data : undefined
  const roads = useRoads().data
  const nameArea = useMemo(() => (language === 'en' ? englishAreas(roads) : undefined), [language, roads])
  const fresh = useMemo(
    () => problem.data && makeDay(complex, problem.data, stored?.plan, compared, nameArea),
    [complex, problem.data, stored, compared, nameArea],
  )
  // a plan that the service listed before and lists no more: it was started anew, and its days may have other ids
  const listed = useRef(new Set<string>())
  const last = useRef<{ readonly date: string; readonly day: DayModel; readonly drawn: DrawnPlan | undefined }>(
    undefined,
  )
  useEffect(() => {
    if (date.plan) listed.current.add(date.date)
    if (fresh?.plan) last.current = { date: date.date, day: fresh, drawn: stored }
  }, [date, fresh, stored])
  const kept = last.current?.date === date.date ? last.current : undefined
  const lost = !down && !date.plan && !solve.running && kept !== undefined && listed.current.has(date.date)
  const day = lost ? kept.day : fresh
  const drawn = lost ? kept.drawn : stored
  const fault = problem.error ?? plan.error
  // with a plan to see the banner is enough
  const quiet = lost || (stored && fault instanceof ServiceError && fault.unreachable)
  const trouble = quiet ? undefined : fault
  const view = useMemo(
    (): DayView => ({
      complex,
      date,
      day,
      clock: day && makeClock(day.problem.startsAt, day.problem.timeZone),
      drawn,
      settled: solve.running || lost || !plan.current ? undefined : stored,
      kpis: day?.plan && computeKpis(day.plan, day.problem),
      footprint: lost ? undefined : footprint,
      solve,
      lowerKrw: solve.running ? solve.job?.lowerKrw : stored && lowerOf(stored.certificate, stored.plan),
      comparing: comparison.isFetching || solve.running,
      baseline,
      setBaseline,
      trouble: trouble?.message,
      lost,
      retry: () => void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' }),
    }),
    [
      complex,
      date,
      day,
      drawn,
      solve,
      stored,
      footprint,
      plan.current,
      comparison.isFetching,
      baseline,
      setBaseline,
      trouble,
      lost,
    ],
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

  const state = stored?.state
  const fixed: WhyFixed | undefined = lost
    ? 'lost'
    : !stored
      ? 'noPlan'
      : solve.running
        ? 'searching'
        : solve.kept
          ? 'deciding'
          : state === 'draft'
            ? undefined
            : state
  useEffect(() => {
    clearRef.current = () => select(NOTHING)
    stopRef.current = solve.running ? solve.stop : undefined
  })

  return (
    <DayContext value={view}>
      <SelectionContext value={selectionView}>
        {lost && (
          <Banner
            title={t.states.lostTitle}
            text={t.states.lostText}
            action={t.solve.plan}
            onAction={() => solve.start(Number(seconds))}
          />
        )}
        <EditProvider key={`${complex.id}/${date.date}`} opened={opened} fixed={fixed}>
          {children}
        </EditProvider>
      </SelectionContext>
    </DayContext>
  )
}

const NO_PROBLEM = { shipments: [] }
