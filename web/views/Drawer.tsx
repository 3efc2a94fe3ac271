/** A sheet from the right over the screen; the browser keeps the focus in it. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Icon } from './icons.tsx'
import { Scrolls } from './parts.tsx'

interface DrawerProps {
  readonly title: string
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
}

export function Drawer({ title, wide = false, onClose, children, foot }: DrawerProps) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={`drawer ${wide ? 'wide' : ''}`} aria-labelledby={id} onClose={onClose}>
      <header className="row drawer-head">
        <h2 id={id}>{title}</h2>
        <span className="push" />
        <button type="button" className="button ghost icon" aria-label={t.close} onClick={onClose}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <Scrolls className="drawer-body scroll" label={title}>
        {children}
      </Scrolls>
      {foot && <footer className="row drawer-foot">{foot}</footer>}
    </dialog>
  )
}
