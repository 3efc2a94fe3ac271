/** A form at the right edge, over the plan. Escape and the backdrop close it. */
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import type { ServiceError } from '../service/client.ts'
import { asServiceError } from '../service/orders.ts'
import { Icon } from './icons.tsx'

interface SideSheetProps {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly ready: boolean
  readonly onSave: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

export function SideSheet({ title, text, action, ready, onSave, onClose, children }: SideSheetProps) {
  const { t } = useWords()
  const heading = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ServiceError>()
  useEffect(() => dialog.current?.showModal(), [])
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await onSave()
    } catch (reason) {
      setError(asServiceError(reason))
      setBusy(false)
    }
  }
  const errors = error?.issues.filter(({ severity }) => severity === 'error') ?? []
  return (
    <dialog ref={dialog} className="side-sheet scroll" aria-labelledby={heading} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <div className="row">
          <h2 id={heading}>{title}</h2>
          <span className="push" />
          <button type="button" className="button ghost icon" aria-label={t.close} onClick={onClose}>
            <Icon name="close" size={14} />
          </button>
        </div>
        <p className="small muted">{text}</p>
        {children}
        {error && (
          <div className="wrong small" role="alert">
            {errors.length === 0 && <p>{error.message}</p>}
            {errors.map(({ column, message, remedy }) => (
              <p key={`${column} ${message}`}>
                {column && <b>{column}: </b>}
                {message} {remedy}
              </p>
            ))}
          </div>
        )}
        <div className="actions">
          <button type="button" className="button large" onClick={onClose}>
            {t.close}
          </button>
          <button type="submit" className="button primary large" disabled={!ready || busy}>
            {action}
          </button>
        </div>
      </form>
    </dialog>
  )
}
