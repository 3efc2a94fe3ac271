/** One quiet line under the figures: who else is here, what they have just done, and what a confirmed day offers. */
import { useEffect, useState } from 'react'
import { useWords } from '../../i18n/words.tsx'
import type { Change } from '../../service/useEvents.ts'
import { useDay } from '../context.tsx'
import { useEditWords } from '../edit/words.tsx'
import { Icon } from '../icons.tsx'
import { useLive } from './LiveProvider.tsx'

/** Long enough to be read, short enough not to be in the way. */
const TOLD_MS = 15_000

/** Where there are no accounts, everybody is the one at this computer. */
const isNamed = (by: string): boolean => by !== 'local' && by !== ''

export function LiveBar() {
  const { t, f } = useWords()
  const { date, day, drawn } = useDay()
  const { others, change, open, dispatched } = useLive()
  const { nameEdit } = useEditWords()
  const [over, setOver] = useState(0)
  const told = change && change.at > over ? change : undefined
  useEffect(() => {
    if (!told) return
    const timer = setTimeout(() => setOver(told.at), TOLD_MS)
    return () => clearTimeout(timer)
  }, [told])

  const { problem } = date
  const drawnPlan = drawn?.id
  const driverOf = (by: string) => {
    const id = /^driver:(.+)$/.exec(by)?.[1]
    const number = day?.routes.find(({ route }) => route.id === id)?.number
    return id === undefined ? undefined : t.links.driver(`${number ?? id}`)
  }
  const nameOf = (by: string) => driverOf(by) ?? (isNamed(by) ? by.replace(/^(user|key):/, '') : t.live.otherPage)
  const say = (news: Change): string | undefined => {
    const who = isNamed(news.by) ? t.live.person(nameOf(news.by)) : t.live.otherPageDid
    switch (news.kind) {
      case 'day':
        return news.date === date.date ? t.live.dayChanged(who) : t.live.otherDay(who, f.shortDate(news.date))
      case 'job':
        return news.problem === problem && news.action === 'add' ? t.live.searchBegan(who) : undefined
      case 'actual':
        return news.plan === drawnPlan ? t.live.recorded(who, news.events) : undefined
      case 'dispatch': {
        if (news.plan !== drawnPlan) return undefined
        if (news.route === undefined || news.state === undefined) return t.dispatch.saidSeveral(who)
        const number = day?.routes.find(({ route }) => route.id === news.route)?.number
        const name = number === undefined ? t.dispatch.alone : t.dispatch.route(`${number}`)
        return t.dispatch.said(who, name, news.state, news.proposes === true)
      }
      case 'message':
        return news.plan === drawnPlan ? t.live.wrote(who) : undefined
      case 'plan': {
        if (news.problem !== problem && news.plan !== drawnPlan) return undefined
        if (news.action === 'edit') {
          const { edit } = news.entry ?? {}
          if (!edit || !day?.plan) return t.live.edited(who)
          return edit.kind === 'move'
            ? t.live.moved(who, nameEdit(edit, day.plan))
            : t.live.editedSo(who, nameEdit(edit, day.plan))
        }
        return news.action === 'improve' ? undefined : t.live.planDid(who, news.action)
      }
    }
  }
  const line = told && say(told.news)
  const here = others.filter((person) => person.date === date.date)
  const confirmed = drawn?.state === 'confirmed'
  const revising = date.revises !== undefined && drawn?.state === 'draft'
  if (!line && here.length === 0 && !confirmed && date.revises === undefined) return <Spoken text={line} />
  return (
    <section className={`live-bar ${revising ? 'revising' : ''}`} aria-label={t.live.label}>
      {here.length > 0 && (
        <span className="live-here" title={here.map(({ name }) => nameOf(name)).join(', ')}>
          <Icon name="eye" size={14} />
          <span className="cut">
            {t.live.here(
              here
                .slice(0, 2)
                .map(({ name }) => nameOf(name))
                .join(', '),
              Math.max(0, here.length - 2),
            )}
          </span>
        </span>
      )}
      {line && <span className="live-note cut">{line}</span>}
      {revising && !line && (
        <span className="live-note cut">
          <b>{t.live.revisingTitle}</b> <span className="muted">{t.live.revisingText}</span>
        </span>
      )}
      <span className="push" />
      {date.revises !== undefined && day?.plan && (
        <button type="button" className={`button ${revising ? 'primary' : ''}`} onClick={() => open('changes')}>
          {t.live.changes}
        </button>
      )}
      {confirmed && (
        <>
          <button type="button" className="button" onClick={() => open('dispatch')}>
            {dispatched ? t.dispatch.count(dispatched.accepted, dispatched.all) : t.dispatch.title}
          </button>
          <button type="button" className="button" onClick={() => open('actuals')}>
            {t.live.actuals}
          </button>
          <button type="button" className="button" onClick={() => open('disturb')}>
            {t.live.disturb}
          </button>
        </>
      )}
      <Spoken text={line} />
    </section>
  )
}

/** Always there, so that a reader of the screen is told of what comes. */
function Spoken({ text }: { readonly text: string | undefined }) {
  return (
    <span className="visually-hidden" role="status">
      {text}
    </span>
  )
}
