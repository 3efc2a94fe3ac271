/** Days of a study inside a thread: each is planned, checked and compared. */
import { comparePlan, type Locale, type Problem, type Travel } from '../../solver/index.ts'
import { type Run, runOf, type Spread, type Waiting } from '../../study/index.ts'
import { searchPlan } from '../jobs/search.ts'

/** One day to be planned, with all that a thread needs. */
export interface StudyDay {
  readonly at: Pick<Run, 'setting' | 'seed' | 'day' | 'date'>
  readonly problem: Problem
  readonly travel: Travel
  readonly waiting?: Waiting
}

export async function runDays(
  {
    days,
    iterations,
    locale,
    spread,
  }: {
    readonly days: readonly StudyDay[]
    readonly iterations: number
    readonly locale: Locale
    readonly spread?: Spread | undefined
  },
  report: (run: Run) => void,
): Promise<{ readonly cpuMs: number }> {
  const before = process.threadCpuUsage()
  for (const { at, problem, travel, waiting } of days) {
    const search = { kind: 'plan', problem, travel, locale, seed: at.seed, iterations } as const
    const plan = await searchPlan(
      search,
      () => false,
      () => {},
    )
    const run = runOf(at, problem, plan, comparePlan(problem, travel, plan), spread)
    report({ ...run, ...(waiting && { waiting }) })
  }
  const { user, system } = process.threadCpuUsage(before)
  return { cpuMs: (user + system) / 1000 }
}
