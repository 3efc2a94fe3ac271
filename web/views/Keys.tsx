/** Keys of the plan screen. Single letters work outside inputs only and can be switched off (WCAG 2.1.4). */
import { useEffect, useRef } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Icon } from './icons.tsx'

/** By `event.code`: in Hangul mode the key G reports ㅎ. `Help` is the question mark, wherever it is. */
export type KeyActions = Readonly<Record<string, () => void>>

export function useKeys(actions: KeyActions, letters: boolean) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const target = event.target instanceof HTMLElement ? event.target : undefined
      const typing = target?.matches('input:not([type=radio]), textarea, select, [contenteditable]') ?? false
      const code = event.key === '?' ? 'Help' : event.code
      if (code !== 'Escape' && (typing || !letters)) return
      // an open menu or dialog takes its own Escape
      if (document.querySelector('dialog[open], [role=dialog], [role=menu]')) return
      const act = actions[code]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [actions, letters])
}

interface KeysDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly letters: boolean
  readonly onLetters: (letters: boolean) => void
}

export function KeysDialog({ opened, onClose, letters, onLetters }: KeysDialogProps) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (opened) dialog.current?.showModal()
    else dialog.current?.close()
  }, [opened])
  const list: readonly (readonly [string, string])[] = [
    ['1', t.keys.plan],
    ['2', t.orders.title],
    ['3', t.keys.compare],
    ['4', t.keys.split],
    ['5', t.keys.places],
    ['6', t.keys.week],
    ['7', t.keys.live],
    ['8', t.settle.key],
    ['9', t.study.key],
    ['Ctrl K', t.commands.open],
    ['/', t.keys.filter],
    ['G', t.keys.fit],
    ['N', t.keys.national],
    ['T', t.keys.timeline],
    ['S', t.keys.stop],
    ['M', t.edits.keys.pickUp],
    ['← → ↑ ↓ Enter', t.edits.keys.place],
    ['L', t.edits.keys.lock],
    ['D', t.edits.keys.direct],
    ['Ctrl Z', t.edits.keys.undo],
    ['Ctrl Shift Z', t.edits.keys.redo],
    ['Ctrl Enter', t.edits.keys.confirm],
    ['Esc', t.keys.escape],
    ['?', t.keys.help],
  ]
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title" onClose={onClose}>
      <div className="row">
        <h2 id="keys-title">{t.keys.title}</h2>
        <span className="push" />
        <button type="button" className="button ghost icon" aria-label={t.close} onClick={onClose}>
          <Icon name="close" size={14} />
        </button>
      </div>
      <dl className="key-list">
        {list.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="row key-switch">
        <input type="checkbox" checked={letters} onChange={(event) => onLetters(event.currentTarget.checked)} />
        {t.keys.on}
      </label>
    </dialog>
  )
}
