/** The way back and forward, what was changed by hand, and the end of it: in the header, or above the tabs of a phone. */
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '../../i18n/words.tsx'
import { useDay, useEdit } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { ConfirmTools } from './Confirm.tsx'
import { LedgerButton } from './Ledger.tsx'

const TOOLS_PLACE = 'day-tools'

/** Drawn in the header, which stands above the day; where that is too narrow, in a line of their own. */
export function HeaderTools() {
  const narrow = useMediaQuery('(max-width: 1280px)', false, { getInitialValueInEffect: false })
  const [place, setPlace] = useState<HTMLElement | null>(null)
  useEffect(() => setPlace(document.getElementById(TOOLS_PLACE)), [])
  return narrow ? <DayTools /> : place && createPortal(<DayTools />, place)
}

export function DayTools() {
  const { t } = useWords()
  const { past, future, undo, redo, canStep, saving, why, locks } = useEdit()
  const { day } = useDay()
  const last = past.at(-1)
  const next = future[0]
  if (!day?.plan) return null
  return (
    <div className="row day-tools" role="toolbar" aria-label={t.edits.tools}>
      <Tool
        icon="undo"
        label={last ? t.edits.undoStep(last.name) : t.edits.nothingToUndo}
        keys="Ctrl+Z"
        disabled={!last || !canStep}
        onClick={undo}
      />
      <Tool
        icon="redo"
        label={next ? t.edits.redoStep(next.name) : t.edits.nothingToRedo}
        keys="Ctrl+Shift+Z"
        disabled={!next || !canStep}
        onClick={redo}
      />
      {locks.all.length > 0 && (
        <button
          type="button"
          className="button ghost tool-word"
          title={t.edits.locks.clear}
          aria-label={`${t.edits.locks.clear} (${locks.all.length})`}
          disabled={why !== undefined}
          onClick={locks.clearAll}
        >
          <Icon name="lock" size={14} />
          {locks.all.length}
        </button>
      )}
      <LedgerButton />
      {saving !== 'saved' && (
        <span
          className={`chip ${saving === 'offline' ? 'warn' : ''}`}
          title={saving === 'offline' ? t.edits.offline : ''}
        >
          {saving === 'offline' ? t.edits.offlineShort : t.edits.saving}
        </span>
      )}
      <ConfirmTools />
    </div>
  )
}

interface ToolProps {
  readonly icon: 'undo' | 'redo'
  readonly label: ReactNode & string
  readonly keys: string
  readonly disabled: boolean
  readonly onClick: () => void
}

function Tool({ icon, label, keys, disabled, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className="button ghost icon"
      aria-label={label}
      aria-keyshortcuts={keys.replace('Ctrl', 'Control')}
      title={`${label} (${keys})`}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
