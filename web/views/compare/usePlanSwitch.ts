/** Lets a plan stand for the day: as it is, as a copy that holds under the day's own conditions, or with its conditions. */
import { useState } from 'react'
import type { DayPlan } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { ServiceError, service } from '../../service/client.ts'
import { remember, setStanding, standingOf } from '../../service/compare.ts'
import { useDay } from '../context.tsx'
import type { DayProblem } from './planName.ts'

const REASONS_SHOWN = 4

export interface Refusal {
  readonly name: string
  readonly reasons: readonly string[]
  readonly more: number
  /** takes the conditions of the plan for the day as well */
  readonly insist: () => void
}

export interface PlanSwitch {
  readonly busy: boolean
  readonly trouble: string | undefined
  readonly refused: Refusal | undefined
  readonly attempt: (act: () => Promise<void>) => void
  readonly use: (problem: DayProblem, plan: DayPlan, name: string) => void
  readonly leave: () => void
}

export function usePlanSwitch(): PlanSwitch {
  const { t } = useWords()
  const { complex, date } = useDay()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [refused, setRefused] = useState<Refusal>()

  const attempt = (act: () => Promise<void>) => {
    setBusy(true)
    setTrouble(undefined)
    setRefused(undefined)
    act()
      .catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false))
  }
  const use = (problem: DayProblem, plan: DayPlan, name: string) =>
    attempt(async () => {
      const before = standingOf(complex, date.date)
      if (!before) return
      const what = t.twoPlans.chosen(name)
      const settle = async (after: { problem: string; plan: string }) =>
        await setStanding(complex.id, what, [{ date: date.date, before, after }])
      if (problem.problem === before.problem && plan.state !== 'withdrawn')
        return await settle({ problem: problem.problem, plan: plan.id })
      try {
        const copy = await service.copyPlan(before.problem, plan.id)
        await remember({ what, days: [{ date: date.date, before, after: { problem: before.problem, plan: copy.id } }] })
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'plan.violations') throw error
        setRefused({
          name,
          reasons: error.issues.slice(0, REASONS_SHOWN).map(({ message }) => message),
          more: Math.max(0, error.issues.length - REASONS_SHOWN),
          insist: () => attempt(async () => await settle({ problem: problem.problem, plan: plan.id })),
        })
      }
    })
  return { busy, trouble, refused, attempt, use, leave: () => setRefused(undefined) }
}
