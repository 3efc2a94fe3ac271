/** A question over the page: native, so that focus stays in it and comes back after it. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'

interface DialogProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={`edit-dialog ${wide ? 'wide' : ''}`} aria-labelledby={id} onClose={onClose}>
      <div className="row edit-dialog-head">
        <h2 id={id}>{title}</h2>
        <span className="push" />
        <button
          type="button"
          className="button ghost icon"
          aria-label={t.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" size={14} />
        </button>
      </div>
      {children}
    </dialog>
  )
}
