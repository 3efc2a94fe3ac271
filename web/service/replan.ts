/** Planning again, as far as the solver has to be asked: what a level keeps, and which shipments have moved. */
import { useQuery } from '@tanstack/react-query'
import type { StoredPlan } from '../../server/api.ts'
import type { Lock, Plan, Problem } from '../../solver/index.ts'
import { differenceOf, type Level, type PlanDifference } from '../state/replan.ts'
import { service } from './client.ts'

/** Brought in when it is needed: the first view does without it. */
const loadSolver = async () => await import('./solver.ts')

/** For this search only: what people have locked holds at every level without being said. */
export async function locksFor(problem: Problem, plan: Plan, keep: Level): Promise<Lock[]> {
  const { keepLocks } = await loadSolver()
  return keepLocks(problem, plan, keep)
}

export interface Candidate {
  readonly stored: StoredPlan
  readonly difference: PlanDifference
}

/** What a search has found, against the plan that is still in sight. */
export const useCandidate = (id: string | undefined, before: Plan | undefined, problem: Problem | undefined) =>
  useQuery({
    queryKey: ['candidate', id],
    queryFn: async ({ signal }): Promise<Candidate> => {
      const [stored, { movedShipments }] = await Promise.all([service.plan(id!, signal), loadSolver()])
      return { stored, difference: differenceOf(before!, stored.plan, movedShipments(problem!, before!, stored.plan)) }
    },
    enabled: id !== undefined && before !== undefined && problem !== undefined,
    gcTime: 0,
  })
