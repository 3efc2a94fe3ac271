/** A plan by what a person knows of it: when, by whom, how. */
import type { DayPlan, DayPlans } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useDay } from '../context.tsx'

export type DayProblem = DayPlans['problems'][number]

export interface PlanName {
  /** what it is called where there is room for one line */
  readonly name: string
  readonly detail: string
}

export function usePlanName(): (problem: DayProblem, plan: DayPlan) => PlanName {
  const { t, f, language } = useWords()
  const { complex } = useDay()
  const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
  const dateOf = (instant: Date) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: complex.timeZone, dateStyle: 'short' }).format(instant)
  const when = (at: string) => {
    const instant = new Date(at)
    const time = new Intl.DateTimeFormat(locale, {
      timeZone: complex.timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(instant)
    return dateOf(instant) === dateOf(new Date()) ? time : `${f.shortDate(dateOf(instant))} ${time}`
  }
  const who = (actor: string) =>
    actor === 'local' ? t.twoPlans.here : actor === 'worker' ? '' : actor.replace(/^(user|key):/, '')
  return ({ scenario }, { changedAt, changedBy, seconds, edits, state }) => {
    const how = [
      seconds === undefined ? t.twoPlans.brought : t.twoPlans.searched(f.seconds(seconds)),
      edits > 0 ? t.twoPlans.edited(edits) : '',
      state === 'draft' ? '' : t.twoPlans.states[state],
    ].filter(Boolean)
    const at = when(changedAt)
    const told = [at, ...how, who(changedBy)].filter(Boolean).join(' · ')
    return {
      name: scenario ? scenario.name[language] : [at, ...how].join(' · '),
      detail: scenario ? told : who(changedBy),
    }
  }
}
