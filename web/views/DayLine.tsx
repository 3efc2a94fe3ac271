/** The state of the day, always in sight: each step with what there is to know of it, and the way to where it is done. */
import { useEffect, useMemo, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { useMe } from '../service/people.ts'
import { formatAddress } from '../state/address.ts'
import { type DayFacts, dayState, type PlanFacts, type StepNote, screenOfStep } from '../state/dayState.ts'
import { useDay } from './context.tsx'
import { Icon } from './icons.tsx'

const LOOK_EVERY_MS = 60_000

/** `actual`: stops whose times have come back; `dispatched`: rounds whose carrier has accepted. */
export function DayLine({ actual, dispatched }: Pick<DayFacts, 'actual' | 'dispatched'>) {
  const { t } = useWords()
  const words = t.orders.day
  const { complex, date, day, drawn, solve } = useDay()
  const say = useNotes(complex.timeZone)
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const facts = useMemo((): DayFacts => {
    const startMs = day ? Date.parse(day.problem.startsAt) : Number.NaN
    const routes = drawn?.plan.routes ?? []
    const edits = drawn?.plan.edits ?? []
    const plan: PlanFacts | undefined = drawn && {
      state: drawn.state,
      changedAt: drawn.changedAt,
      changedBy: drawn.changedBy,
      unserved: drawn.plan.unserved.length,
      edits: edits.length,
      overrides: edits.filter(({ krw }) => krw > 0).length,
      ...(routes.length > 0 && {
        fromMs: startMs + Math.min(...routes.map(({ departS }) => departS)) * 1000,
        untilMs: startMs + Math.max(...routes.map(({ returnS }) => returnS)) * 1000,
      }),
    }
    return {
      shipments: date.shipments,
      waiting: date.waiting ?? 0,
      searching: solve.running,
      plan,
      actual,
      dispatched,
      nowMs,
    }
  }, [date, day, drawn, solve.running, actual, dispatched, nowMs])
  const steps = dayState(facts)
  return (
    <nav className="day-line" aria-label={words.label}>
      <ol>
        {steps.map(({ name, state, notes }, index) => (
          <li key={name}>
            <a
              href={formatAddress({ screen: screenOfStep(name, facts), date: date.date })}
              className={state}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              <i aria-hidden="true">
                {state === 'done' ? <Icon name="check" size={11} /> : state === 'alert' ? '!' : index + 1}
              </i>
              {words.steps[name]}
              <span className="visually-hidden">{words.state[state]}</span>
              {notes.map((note) => (
                <span key={note.say} className={`note small ${WARNS.includes(note.say) ? 'warn' : ''}`}>
                  {say(note)}
                </span>
              ))}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const WARNS: readonly StepNote['say'][] = ['waiting', 'unserved', 'overrides', 'withdrawn']

function useNotes(timeZone: string): (note: StepNote) => string {
  const { t } = useWords()
  const me = useMe().data
  const words = t.orders.day
  const clock = useMemo(
    () =>
      new Intl.DateTimeFormat('en-GB', {
        timeZone,
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
    [timeZone],
  )
  return (note) => {
    switch (note.say) {
      case 'orders':
      case 'waiting':
      case 'unserved':
      case 'edits':
      case 'overrides':
        return words[note.say](note.count)
      case 'dispatched':
        return t.dispatch.count(note.accepted, note.all)
      case 'actuals':
        return words.actuals(note.known, note.all)
      case 'confirmed': {
        const parts = Object.fromEntries(clock.formatToParts(new Date(note.at)).map(({ type, value }) => [type, value]))
        return words.confirmed(nameOf(note.by), `${parts.month}/${parts.day} ${parts.hour}:${parts.minute}`)
      }
      default:
        return words[note.say]
    }
  }
  function nameOf(actor: string): string {
    const [kind = '', who] = actor.split(/:(.*)/)
    if (kind === 'user') return who === me?.person?.email ? (me?.person?.name ?? who ?? '') : (who ?? '')
    return words.by[kind as keyof typeof words.by] ?? actor
  }
}
