/** A correction of a day: of a round, a firm or a carrier. */
import { type ReactNode, useId, useState } from 'react'
import { CORRECTION_KINDS, type Complex, type Month } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useCorrect } from '../../service/settle.ts'
import { Dialog } from '../edit/Dialog.tsx'
import { Refused } from '../people.tsx'
import { roundName } from './parts.tsx'

interface CorrectionFormProps {
  readonly complex: Complex
  readonly month: Month
  readonly onClose: () => void
}

/** As people write a minus. */
const wonOf = (text: string): number => Number(text.replace(/[,\s원₩]/g, '').replace('−', '-') || 'x')

export function CorrectionForm({ complex, month, onClose }: CorrectionFormProps) {
  const { t, f } = useWords()
  const [date, setDate] = useState(month.days[0]?.date ?? `${month.month}-01`)
  const [route, setRoute] = useState('')
  const [firm, setFirm] = useState('')
  const [carrier, setCarrier] = useState('')
  const [kind, setKind] = useState<(typeof CORRECTION_KINDS)[number]>('waiting')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const correct = useCorrect(complex.id, month.month)
  const rounds = month.carriers.flatMap((row) => row.rounds).filter((round) => round.date === date)
  const krw = wonOf(amount)
  const faults = {
    amount: Number.isInteger(krw) && krw !== 0 ? undefined : t.settle.badAmount,
    about: route || firm || carrier ? undefined : t.settle.needOne,
    reason: reason.trim().length > 1 ? undefined : t.settle.badReason,
  }
  const act = async () => {
    setTried(true)
    if (Object.values(faults).some(Boolean)) return
    const about = { ...(route && { route }), ...(firm && { firm }), ...(carrier && { carrier }) }
    await correct.mutateAsync({ date, kind, krw, reason: reason.trim(), ...about })
    onClose()
  }
  const chosen = (
    value: string,
    set: (value: string) => void,
    none: string,
    options: readonly (readonly [string, string])[],
  ) =>
    function Choice(id: string) {
      return (
        <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
          {none && <option value="">{none}</option>}
          {options.map(([id_, name]) => (
            <option key={id_} value={id_}>
              {name}
            </option>
          ))}
        </select>
      )
    }
  return (
    <Dialog title={t.settle.addCorrection} onClose={onClose}>
      <form
        className="form settle-form"
        onSubmit={(event) => {
          event.preventDefault()
          void act().catch(() => {})
        }}
      >
        <p className="muted">{month.state === 'closed' ? t.settle.closedHint : t.settle.correctionHint}</p>
        <div className="settle-pair">
          <Labelled label={t.settle.day}>
            {chosen(
              date,
              (next) => {
                setDate(next)
                setRoute('')
              },
              '',
              month.days.map((day) => [day.date, f.shortDate(day.date)]),
            )}
          </Labelled>
          <Labelled label={t.settle.route} fault={tried ? faults.about : undefined}>
            {chosen(
              route,
              setRoute,
              t.settle.anyRoute,
              rounds.map((round) => [round.route, roundName(t, round)]),
            )}
          </Labelled>
          <Labelled label={t.settle.firm}>
            {chosen(
              firm,
              setFirm,
              t.settle.anyFirm,
              month.firms.map((row) => [row.firm, row.name]),
            )}
          </Labelled>
          <Labelled label={t.settle.carrier}>
            {chosen(
              carrier,
              setCarrier,
              t.settle.anyCarrier,
              month.carriers.flatMap((row) => (row.carrier === null ? [] : [[row.carrier, row.name] as const])),
            )}
          </Labelled>
          <Labelled label={t.settle.what}>
            {chosen(
              kind,
              (next) => setKind(CORRECTION_KINDS.find((known) => known === next) ?? 'other'),
              '',
              CORRECTION_KINDS.map((known) => [known, t.settle.kinds[known]]),
            )}
          </Labelled>
          <Labelled label={t.settle.amount} hint={t.settle.amountHint} fault={tried ? faults.amount : undefined}>
            {(id) => (
              <input
                id={id}
                inputMode="text"
                autoComplete="off"
                value={amount}
                onChange={(event) => setAmount(event.currentTarget.value)}
              />
            )}
          </Labelled>
        </div>
        <Labelled label={t.settle.reason} fault={tried ? faults.reason : undefined}>
          {(id) => (
            <input id={id} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          )}
        </Labelled>
        <Refused error={correct.error} />
        <div className="row">
          <span className="push" />
          <button type="button" className="button large" onClick={onClose}>
            {t.settle.cancel}
          </button>
          <button type="submit" className="button primary large" disabled={correct.isPending}>
            {t.settle.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

interface LabelledProps {
  readonly label: string
  readonly hint?: string
  readonly fault?: string | undefined
  readonly children: (id: string) => ReactNode
}

function Labelled({ label, hint, fault, children }: LabelledProps) {
  const id = useId()
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <span className="field">{children(id)}</span>
      {hint && !fault && <span className="small muted">{hint}</span>}
      {fault && (
        <span className="small bad" role="alert">
          {fault}
        </span>
      )}
    </div>
  )
}
