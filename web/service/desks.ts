/** The desk of each day, and how it reaches the service and the cache of the page. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { StoredPlan } from '../../server/api.ts'
import type { Editor, Plan, Problem } from '../../solver/index.ts'
import { roughLines } from '../state/roughLines.ts'
import { service } from './client.ts'
import { Desk, type DeskState } from './desk.ts'
import { type DrawnPlan, queryClient } from './queries.ts'
import { showStep } from './switchPlan.ts'

const desks = new Map<string, Desk>()

/** Kept while the page is open, whatever day or screen is looked at. */
function deskOf(complex: string, date: string): Desk {
  const key = `${complex}/${date}`
  const known = desks.get(key)
  if (known) return known
  const desk = new Desk(
    {
      save: service.savePlan,
      read: service.plan,
      saved: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: ['plan', id] })
        void queryClient.invalidateQueries({ queryKey: ['complexes'] })
      },
      show: async (step, way) => await showStep(complex, date, way === 'back' ? step.before : step.after),
    },
    localStorage,
  )
  desks.set(key, desk)
  return desk
}

/** The solver comes into the page with the first plan that can be changed: the first view does without it. */
const useOpenEditor = (stored: StoredPlan | undefined, problem: Problem | undefined) =>
  useQuery({
    queryKey: ['editor', stored?.problem],
    queryFn: async ({ signal }): Promise<(plan: Plan) => Editor> => {
      const [{ openEditor }, travel] = await Promise.all([import('./solver.ts'), service.travel(stored!.id, signal)])
      return (plan) => openEditor(problem!, travel, plan)
    },
    enabled: stored !== undefined && problem !== undefined,
  })

export interface DeskOfDay {
  readonly desk: Desk
  readonly state: DeskState
  /** The plan in sight: with what is not saved yet, and lines for it. */
  readonly shown: DrawnPlan | undefined
  /** The judge could not be had, in the words of the service. */
  readonly trouble: Error | null
}

export function useDesk(
  complex: string,
  date: string,
  stored: DrawnPlan | undefined,
  problem: Problem | undefined,
  searching: boolean,
): DeskOfDay {
  const desk = deskOf(complex, date)
  const state = useSyncExternalStore(desk.subscribe, desk.snapshot)
  const { base, plan, editor } = state
  const own = base !== undefined && base.id === stored?.id && base.version >= stored.version
  useEffect(() => {
    if (stored) desk.take(stored, searching)
  }, [desk, stored, searching])

  const { data: open, error } = useOpenEditor(searching ? undefined : stored, problem)
  const [unfit, setUnfit] = useState<Error>()
  useEffect(() => {
    if (!own || !open || !plan || editor || searching) return
    try {
      desk.lend(open(plan))
      setUnfit(undefined)
    } catch (reason) {
      // a plan that the check would not accept, of an older problem say: it can be looked at, not edited
      setUnfit(reason instanceof Error ? reason : new Error(String(reason)))
    }
  }, [desk, own, open, plan, editor, searching])

  const shown = useMemo(() => {
    if (!own || !stored || !plan || !problem) return stored
    if (plan === stored.plan && base.version === stored.version) return stored
    return { ...stored, ...base, plan, geojson: roughLines(stored.geojson, stored.plan, plan, problem) }
  }, [own, stored, base, plan, problem])
  return { desk, state, shown, trouble: error ?? unfit ?? null }
}
