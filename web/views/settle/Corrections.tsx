/** Corrections of a month with their trail; one is added or taken back, none is deleted. */
import { useState } from 'react'
import type { Complex, Correction, Month } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useCorrect } from '../../service/settle.ts'
import { Dialog } from '../edit/Dialog.tsx'
import { Won } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { CorrectionForm } from './CorrectionForm.tsx'

interface CorrectionsProps {
  readonly complex: Complex
  readonly month: Month
}

export function Corrections({ complex, month }: CorrectionsProps) {
  const { t } = useWords()
  const [adding, setAdding] = useState(false)
  const [voiding, setVoiding] = useState<Correction>()
  return (
    <>
      <div className="row wrap">
        <p className="small muted">{month.state === 'closed' ? t.settle.closedHint : t.settle.correctionHint}</p>
        <span className="push" />
        <button type="button" className="button" onClick={() => setAdding(true)}>
          {t.settle.addCorrection}
        </button>
      </div>
      {month.corrections.length === 0 && <p className="muted">{t.settle.noCorrections}</p>}
      <ul>
        {month.corrections.map((line) => (
          <CorrectionRow
            key={line.id}
            line={line}
            month={month}
            onVoid={month.state === 'open' ? () => setVoiding(line) : undefined}
          />
        ))}
      </ul>
      {adding && <CorrectionForm complex={complex} month={month} onClose={() => setAdding(false)} />}
      {voiding && <VoidDialog complex={complex} month={month} line={voiding} onClose={() => setVoiding(undefined)} />}
    </>
  )
}

interface CorrectionRowProps {
  readonly line: Correction
  readonly month: Month
  readonly onVoid: (() => void) | undefined
}

function CorrectionRow({ line, month, onVoid }: CorrectionRowProps) {
  const { t, f } = useWords()
  const firmName = (id: string) => month.firms.find(({ firm }) => firm === id)?.name ?? id
  const carrier = line.carrier && (month.carriers.find((one) => one.carrier === line.carrier)?.name ?? line.carrier)
  const payers = line.payers.map(({ firm, krw }) => `${firmName(firm)} ${f.krw(krw)}`)
  const to = line.carrier === undefined ? t.settle.programme : (carrier ?? t.settle.nobody)
  const from = payers.length > 0 ? payers.join(', ') : t.settle.programme
  const isOver = line.voidedBy !== undefined || line.voids !== undefined
  return (
    <li className={`person ${line.voidedBy !== undefined ? 'settle-void' : ''}`}>
      <div className="person-who">
        <b>
          {f.shortDate(line.date)} · {t.settle.kinds[line.kind]} · <Won krw={line.krw} signed />
        </b>
        <span className="muted">{line.reason}</span>
      </div>
      <span className="chips">
        {line.voidedBy !== undefined && <span className="chip line">{t.settle.voided}</span>}
        {line.voids !== undefined && <span className="chip line">{t.settle.voids}</span>}
        {line.corrects !== undefined && <span className="chip line">{t.settle.corrects(line.corrects)}</span>}
        <span className="small muted">
          {from} → {to} · {t.settle.by(line.by, f.shortDate(line.at.slice(0, 10)))}
        </span>
      </span>
      <span className="person-acts">
        {onVoid && !isOver && (
          <button type="button" className="button" onClick={onVoid}>
            {t.settle.voidIt}
          </button>
        )}
      </span>
    </li>
  )
}

interface VoidDialogProps extends CorrectionsProps {
  readonly line: Correction
  readonly onClose: () => void
}

function VoidDialog({ complex, month, line, onClose }: VoidDialogProps) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const correct = useCorrect(complex.id, month.month)
  const act = async () => {
    await correct.mutateAsync({ voids: line.id, reason })
    onClose()
  }
  return (
    <Dialog title={t.settle.voidTitle} onClose={onClose}>
      <form
        className="form settle-form"
        onSubmit={(event) => {
          event.preventDefault()
          void act().catch(() => {})
        }}
      >
        <p>
          {t.settle.kinds[line.kind]} · <Won krw={line.krw} signed /> · {line.reason}
        </p>
        <p className="muted">{t.settle.voidText}</p>
        <div className="labelled">
          <label htmlFor="void-reason">{t.settle.reason}</label>
          <span className="field">
            <input
              id="void-reason"
              maxLength={500}
              value={reason}
              onChange={({ currentTarget: { value } }) => setReason(value)}
            />
          </span>
        </div>
        <Refused error={correct.error} />
        <div className="row">
          <span className="push" />
          <button
            type="submit"
            className="button primary large"
            disabled={reason.trim().length < 2 || correct.isPending}
          >
            {t.settle.voidIt}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
