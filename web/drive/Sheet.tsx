/** A sheet over the page; the browser keeps the focus in it, and the way back is always the same large button. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from '../views/icons.tsx'
import { useDriveWords } from './words.tsx'

export function Sheet({
  title,
  onClose,
  children,
  foot,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
}) {
  const { t } = useDriveWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={id} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="square" aria-label={t.close} onClick={onClose}>
          <Icon name="close" size={28} />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard */}
      <section className="sheet-body" tabIndex={0} aria-label={title}>
        {children}
      </section>
      {foot && <footer>{foot}</footer>}
    </dialog>
  )
}
