/** Lets other problems and plans stand for days, inside a transaction: all or none, and only where what was seen still stands. */
import type { SetDays } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import { dayChanged } from '../store/complexes.ts'
import { dayConfirmed } from '../store/plans.ts'
import type { Nouns } from '../store/store.ts'

const CONFIRMED_AMONG = 500

export async function setDays(nouns: Nouns, complex: string, days: SetDays['days']): Promise<void> {
  // others wait here, so that what is read below stands until the end
  await nouns.complexes.hold(complex)
  const standing = new Map((await nouns.complexes.get(complex))?.days.map((day) => [day.date, day]))
  for (const { date, problem, plan, was } of days) {
    const day = standing.get(date)
    if ((day?.problem ?? null) !== was.problem || day?.plan !== was.plan) throw dayChanged(date)
    if (problem !== null) {
      const now = await nouns.problems.get(problem)
      if (now?.complex !== complex) throw notFound('problem', problem)
      const { startsAt, days } = now.problem
      const before = was.problem === null ? undefined : await nouns.problems.get(was.problem)
      const same = startsAt === before?.problem.startsAt || startsAt.startsWith(date)
      if (!same || days !== 1) throw otherDay(date, problem)
    }
    const record = plan === undefined ? undefined : await nouns.plans.get(plan)
    if (plan !== undefined && record?.problem !== problem) throw notFound('plan', plan)
    const confirmed = was.problem === null ? undefined : await confirmedOf(nouns, was.problem)
    if (confirmed !== undefined && confirmed !== plan) throw dayConfirmed(confirmed)
    if (plan !== undefined) await nouns.plans.choose(plan)
    if (problem !== was.problem) await nouns.complexes.pointDay(complex, date, { from: was.problem, to: problem })
  }
}

async function confirmedOf(nouns: Nouns, problem: string): Promise<string | undefined> {
  const { items } = await nouns.plans.list({ problem, limit: CONFIRMED_AMONG })
  return items.find(({ state }) => state === 'confirmed')?.id
}

const otherDay = (date: string, problem: string): Refusal =>
  new Refusal(422, 'day.otherDate', {
    ko: `문제 '${problem.slice(0, 80)}'은(는) ${date} 의 것이 아닙니다. 그 날의 문제를 고르세요.`,
    en: `The problem '${problem.slice(0, 80)}' is not of ${date}. Choose one of that day.`,
  })
