/** What just happened, said once: below, with a way back, and to those who listen. */
import { notifications } from '@mantine/notifications'
import { type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../../i18n/words.tsx'
import type { DeskState, Told } from '../../service/desk.ts'
import { useDay, useEdit } from '../context.tsx'
import { useEditWords } from './words.tsx'

const SHOWN_MS = 6000

let shown: string | undefined
/** Of its button, in the language of the page. */
let closeWord = ''
const hide = () => shown !== undefined && notifications.hide(shown)

/** One at a time: the next takes its place. */
export function notify(message: ReactNode, kind: 'good' | 'bad' | 'plain' = 'plain'): void {
  hide()
  shown = notifications.show({
    message,
    autoClose: kind === 'bad' ? 2 * SHOWN_MS : SHOWN_MS,
    withBorder: false,
    closeButtonProps: { 'aria-label': closeWord },
    className: `notice-toast ${kind}`,
  })
}

export function Notices({ told }: { readonly told: DeskState['told'] }) {
  const { t } = useWords()
  const { day } = useDay()
  const edit = useEdit()
  const { nameEdit, nameStep, sayRefusal } = useEditWords()
  const said = useRef(told?.nth)
  closeWord = t.close
  const say = (what: Told) => {
    const plan = day?.plan
    switch (what.kind) {
      case 'done':
        return notify(<NoticeLine text={nameStep(what.step)} action={t.edits.undo} onAction={() => edit.undo()} />)
      case 'undone':
        return notify(
          <NoticeLine text={t.edits.undone(nameStep(what.step))} action={t.edits.redo} onAction={() => edit.redo()} />,
        )
      case 'redone':
        return notify(
          <NoticeLine text={t.edits.redone(nameStep(what.step))} action={t.edits.undo} onAction={() => edit.undo()} />,
        )
      case 'refused': {
        const name = what.undoing ? nameStep(what.undoing) : plan ? nameEdit(what.edit, plan) : ''
        const head = what.undoing ? t.edits.notUndone(name) : t.edits.refusedStep(name)
        return notify(<NoticeLine text={head} more={sayRefusal(what.broken)} />, 'bad')
      }
      case 'elsewhere':
        return notify(
          <NoticeLine
            text={t.edits.elsewhere(what.by)}
            more={
              what.lost.length > 0
                ? `${t.edits.elsewhereLost(what.lost.length)}: ${what.lost
                    .map(
                      ({ edit: lost, broken }) => `${plan ? nameEdit(lost, plan) : lost.kind} (${sayRefusal(broken)})`,
                    )
                    .join(', ')}`
                : undefined
            }
          />,
          what.lost.length > 0 ? 'bad' : 'plain',
        )
      case 'failed':
        return notify(<NoticeLine text={t.edits.failed} more={what.message} />, 'bad')
    }
  }
  useEffect(() => {
    if (!told || told.nth === said.current) return
    said.current = told.nth
    say(told.what)
  })
  return null
}

interface NoticeLineProps {
  readonly text: string
  readonly more?: string | undefined
  readonly action?: string
  readonly onAction?: () => void
}

export function NoticeLine({ text, more, action, onAction }: NoticeLineProps) {
  return (
    <span className="toast-line">
      <span>
        <b>{text}</b>
        {more && <span className="toast-more">{more}</span>}
      </span>
      {action && (
        <button
          type="button"
          className="button"
          onClick={() => {
            hide()
            onAction?.()
          }}
        >
          {action}
        </button>
      )}
    </span>
  )
}
