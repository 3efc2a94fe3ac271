/** The end of a month: what is still missing, with a reason for what is left out, and no way back. */
import { useState } from 'react'
import type { Complex, Month } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useCloseMonth } from '../../service/settle.ts'
import { Dialog } from '../edit/Dialog.tsx'
import { Refused } from '../people.tsx'

interface CloseDialogProps {
  readonly complex: Complex
  readonly month: Month
  readonly onClose: () => void
}

export function CloseDialog({ complex, month, onClose }: CloseDialogProps) {
  const { t, f } = useWords()
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const close = useCloseMonth(complex.id, month.month)
  const lacking = Map.groupBy(month.missing, ({ date }) => date)
  const busy = month.missing.some(({ why }) => why === 'working')
  const said = [...lacking.keys()].every((date) => (reasons[date] ?? '').trim().length > 1)
  const unrecorded = month.days.reduce((all, day) => all + day.unrecorded, 0)
  const act = async () => {
    const leftOut = [...lacking.keys()].map((date) => ({ date, reason: reasons[date]!.trim() }))
    await close.mutateAsync(leftOut)
    onClose()
  }
  return (
    <Dialog title={t.settle.closeTitle(month.month)} onClose={onClose}>
      <form
        className="form settle-form"
        onSubmit={(event) => {
          event.preventDefault()
          void act().catch(() => {})
        }}
      >
        <p>{t.settle.closeText}</p>
        {unrecorded > 0 && <p className="warn">{t.settle.note(unrecorded)}</p>}
        <p className={lacking.size > 0 ? 'warn' : 'good'}>{lacking.size > 0 ? t.settle.lacks : t.settle.complete}</p>
        {[...lacking].map(([date, each]) => (
          <div key={date} className="labelled">
            <label htmlFor={`left-out-${date}`}>
              {f.shortDate(date)} · {each.map(({ why }) => t.settle.why[why]).join(' · ')}
            </label>
            {each.every(({ why }) => why !== 'working') && (
              <span className="field">
                <input
                  id={`left-out-${date}`}
                  aria-label={t.settle.whyLeftOut(date)}
                  maxLength={500}
                  value={reasons[date] ?? ''}
                  onChange={({ currentTarget: { value } }) => setReasons((before) => ({ ...before, [date]: value }))}
                />
              </span>
            )}
          </div>
        ))}
        <Refused error={close.error} />
        <div className="row">
          <span className="push" />
          <button type="button" className="button large" onClick={onClose}>
            {t.settle.cancel}
          </button>
          <button type="submit" className="button primary large" disabled={busy || !said || close.isPending}>
            {t.settle.close}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
