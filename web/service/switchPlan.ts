/** Puts another plan, or another problem, in the place of the one that a day shows; refused where something else stands by now. */
import type { PlanRef } from '../state/history.ts'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

export async function showStep(complex: string, date: string, { problem, plan }: PlanRef): Promise<void> {
  const known = await service.complexes()
  const day = known.find(({ id }) => id === complex)?.days.find((entry) => entry.date === date)
  if (!day) return
  const wanted = { problem, ...(plan !== undefined && { plan }) }
  const was = { problem: day.problem, ...(day.plan !== undefined && { plan: day.plan }) }
  if (was.problem !== problem || was.plan !== plan) await service.setDays(complex, { days: [{ date, ...wanted, was }] })
  await queryClient.invalidateQueries({ queryKey: ['complexes'] })
}
