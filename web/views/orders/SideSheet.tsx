/** A form at the right edge, over the plan. Escape closes it. */
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useWords } from '../../i18n/words.tsx'
import type { ServiceError } from '../../service/client.ts'
import { asServiceError } from '../../service/orders.ts'
import { Drawer } from '../Drawer.tsx'

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
  const form = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ServiceError>()
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
    <Drawer
      title={title}
      onClose={onClose}
      foot={
        <>
          <span className="push" />
          <button type="button" className="button large" onClick={onClose}>
            {t.close}
          </button>
          <button type="submit" form={form} className="button primary large" disabled={!ready || busy}>
            {action}
          </button>
        </>
      }
    >
      <form id={form} className="sheet-form" onSubmit={(event) => void save(event)}>
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
      </form>
    </Drawer>
  )
}
