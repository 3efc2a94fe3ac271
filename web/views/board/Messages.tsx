/** What coordinator and drivers have written, and a line to write to one of them or all. */
import { type FormEvent, useRef, useState } from 'react'
import type { Board } from '../../../server/api.ts'
import type { Clock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { useMessages } from '../../service/board.ts'
import { PAGE } from '../../service/client.ts'
import { Icon } from '../icons.tsx'
import { Scrolls } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { useRoundName } from './RoundRow.tsx'

interface MessagesProps {
  readonly board: Board
  readonly clock: Clock
  /** route; undefined: all */
  readonly to: string | undefined
  readonly onTo: (route: string | undefined) => void
}

let sent = 0
/** The same word sent twice is one. */
const newId = () => `${PAGE}.${Date.now().toString(36)}.m${sent++}`
const MOST = 500

export function Messages({ board, clock, to, onTo }: MessagesProps) {
  const { t } = useWords()
  const { send, read } = useMessages(board.plan)
  const [text, setText] = useState('')
  const id = useRef(newId())
  const nameOf = useRoundName()
  const startMs = Date.parse(board.startsAt)
  const at = (moment: string) => clock.at(Math.round((Date.parse(moment) - startMs) / 1000))
  const round = (route: string) => board.rounds.find((one) => one.route === route)
  const name = (route: string) => nameOf(round(route) ?? { shipment: route })
  const shown = to === undefined ? board.messages : board.messages.filter(({ route }) => route === to)
  const unread = shown.filter(({ from, seenAt }) => from === 'driver' && !seenAt)
  const rounds = board.rounds.toSorted((a, b) => (a.number ?? 1e6) - (b.number ?? 1e6))

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    send.mutate(
      { id: id.current, text: text.trim(), route: to },
      {
        onSuccess: () => {
          id.current = newId()
          setText('')
        },
      },
    )
  }
  return (
    <section className="board-messages" aria-label={t.board.messages}>
      <div className="row">
        <h3>{t.board.messages}</h3>
        <span className="push" />
        {unread.length > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => read.mutate(unread.map(({ id, route }) => ({ id, route })))}
          >
            {t.board.markRead}
          </button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="small muted">{t.board.noMessages}</p>
      ) : (
        <Scrolls className="board-said" label={t.board.messages}>
          <ol>
            {gather(shown).map(({ key, from, routes, text, at: when, seen }) => (
              <li key={key} className={from}>
                <p className="small muted row">
                  <b>
                    {from === 'driver'
                      ? t.board.fromDriver(name(routes[0]!))
                      : t.board.fromYou(
                          routes.length === board.rounds.length ? t.board.toAll : routes.map(name).join(', '),
                        )}
                  </b>
                  <span>{at(when)}</span>
                  <span className="push" />
                  {from === 'coordinator' && (
                    <span>
                      {routes.length > 1
                        ? t.board.readBy(seen.length, routes.length)
                        : seen[0]
                          ? t.board.readAt(at(seen[0]))
                          : t.board.notRead}
                    </span>
                  )}
                </p>
                <p>{text}</p>
              </li>
            ))}
          </ol>
        </Scrolls>
      )}
      {board.state !== 'draft' && (
        <form onSubmit={submit}>
          <label className="labelled">
            <span>{t.board.to}</span>
            <span className="field">
              <select value={to ?? ''} onChange={(event) => onTo(event.currentTarget.value || undefined)}>
                <option value="">{t.board.toAll}</option>
                {rounds.map((one) => (
                  <option key={one.route} value={one.route}>
                    {[nameOf(one), one.driver].filter(Boolean).join(' · ')}
                  </option>
                ))}
              </select>
            </span>
          </label>
          <label className="labelled">
            <span>{t.board.text}</span>
            <textarea
              className="board-text"
              rows={2}
              maxLength={MOST}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <div className="row">
            <span className="small muted" role="status">
              {send.isSuccess && text === '' ? t.board.sent : ''}
            </span>
            <span className="push" />
            <button type="submit" className="button primary" disabled={send.isPending || text.trim() === ''}>
              <Icon name="message" size={14} />
              {send.isPending ? t.board.sending : t.board.send}
            </button>
          </div>
        </form>
      )}
      <Refused error={send.error ?? read.error} />
    </section>
  )
}

interface Said {
  readonly key: string
  readonly from: 'coordinator' | 'driver'
  readonly routes: string[]
  readonly text: string
  readonly at: string
  readonly seen: string[]
}

/** What went to several is shown once. */
function gather(messages: Board['messages']): Said[] {
  const found = new Map<string, Said>()
  for (const { id, from, route, text, at, seenAt } of messages) {
    const key = from === 'driver' ? `${from} ${route} ${id}` : `${from} ${id}`
    const one = found.get(key) ?? { key, from, routes: [], text, at, seen: [] }
    one.routes.push(route)
    if (seenAt) one.seen.push(seenAt)
    found.set(key, one)
  }
  return [...found.values()]
}
