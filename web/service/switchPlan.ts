/** Puts another plan, or another problem, in the place of the one that a day shows. The newest plan of its problem is the plan of a day. */
import type { Complex } from '../../server/api.ts'
import type { PlanRef } from '../state/history.ts'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

export async function showStep(complex: string, date: string, { problem, plan }: PlanRef): Promise<void> {
  const known = queryClient.getQueryData<Complex[]>(['complexes'])
  const day = known?.find(({ id }) => id === complex)?.days.find((entry) => entry.date === date)
  if (day && day.problem !== problem) await service.putDay(complex, date, problem, day.problem)
  if (plan !== undefined) await makeNewest(plan)
  await queryClient.invalidateQueries({ queryKey: ['complexes'] })
}

/** A version more of what it is. */
async function makeNewest(plan: string): Promise<void> {
  const stored = await service.plan(plan)
  if (stored.state === 'draft') await service.savePlan(plan, stored.version, stored.plan)
  await queryClient.invalidateQueries({ queryKey: ['plan', plan] })
}
