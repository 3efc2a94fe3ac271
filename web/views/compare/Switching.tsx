/** What was put in the place of a day's plan, and the way back; and why something could not be. */
import { useWords } from '../../i18n/words.tsx'
import { ServiceError } from '../../service/client.ts'
import type { Switched } from '../../service/compare.ts'
import { Icon } from '../icons.tsx'
import type { Refusal } from './usePlanSwitch.ts'

interface UndoableProps {
  readonly step: Switched | undefined
  readonly busy: boolean
  readonly onUndo: () => void
}

export function Undoable({ step, busy, onUndo }: UndoableProps) {
  const { t } = useWords()
  if (!step) return null
  return (
    <div className="switching row" role="status">
      <Icon name="check" size={15} />
      <span>{step.what}</span>
      <span className="push" />
      <button type="button" className="button" disabled={busy} onClick={onUndo}>
        <Icon name="again" size={14} />
        {t.twoPlans.undo}
      </button>
    </div>
  )
}

interface RefusedProps extends Refusal {
  readonly onCancel: () => void
}

export function Refused({ name, reasons, more, insist, onCancel }: RefusedProps) {
  const { t } = useWords()
  return (
    <div className="card refused-card" role="alert">
      <h2 className="warn">
        <Icon name="ban" size={16} />
        {t.twoPlans.notHere}
      </h2>
      <p>
        <b>{name}</b>
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {more > 0 && <li className="faint">{t.twoPlans.andMore(more)}</li>}
      </ul>
      <p className="muted small">{t.twoPlans.notHereHint}</p>
      <div className="row">
        <button type="button" className="button" onClick={onCancel}>
          {t.twoPlans.cancel}
        </button>
        <button type="button" className="button" onClick={insist}>
          {t.twoPlans.withConditions}
        </button>
      </div>
    </div>
  )
}

/** In the words of the service; where nothing answered, what that means. */
export const whatFailed = (error: Error, unreachable: string): string =>
  error instanceof ServiceError && error.unreachable ? unreachable : error.message
