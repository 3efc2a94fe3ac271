/** A demand model fitted to the days of orders that the service keeps, with where it does not fit, and put into the study. */
import { useState } from 'react'
import type { OrderFit } from '../../../server/api.ts'
import type { PickupStudy } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { fitDemand } from '../../service/studies.ts'
import { Icon } from '../icons.tsx'
import { Ledger } from './Ledger.tsx'

interface FitDemandProps {
  readonly study: PickupStudy
  readonly onChange: (study: PickupStudy) => void
}

export function FitDemand({ study, onChange }: FitDemandProps) {
  const { t, language } = useWords()
  const words = t.studyWho.fit
  const [span, setSpan] = useState({ from: '', to: '' })
  const [busy, setBusy] = useState(false)
  const [fit, setFit] = useState<OrderFit>()
  const [trouble, setTrouble] = useState<string>()
  const run = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      setFit(await fitDemand(study.complex, span.from, span.to))
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const note = study.demand?.note
  return (
    <details className="study-fit-group">
      <summary>{words.title}</summary>
      <div className="study-fit">
        <p className="small muted">{words.hint}</p>
        {study.demand && (
          <p className="small">
            <b>{words.used}.</b> {note && ((language === 'ko' && note.sourceKo) || note.source)}{' '}
            <button
              type="button"
              className="button ghost"
              onClick={() => {
                const { demand: _, ...rest } = study
                onChange(rest)
              }}
            >
              {words.drop}
            </button>
          </p>
        )}
        <div className="row">
          {(['from', 'to'] as const).map((side) => (
            <label key={side}>
              {words[side]}
              <input
                type="date"
                value={span[side]}
                onChange={(event) => setSpan({ ...span, [side]: event.currentTarget.value })}
              />
            </label>
          ))}
          <button type="button" className="button" disabled={busy} onClick={() => void run()}>
            <Icon name="play" size={14} />
            {words.run}
          </button>
          {fit && (
            <button type="button" className="button primary" onClick={() => onChange({ ...study, demand: fit.demand })}>
              <Icon name="check" size={14} />
              {words.use}
            </button>
          )}
        </div>
        {trouble && (
          <p className="bad" role="alert">
            {trouble}
          </p>
        )}
        {fit && <Fit fit={fit} />}
      </div>
    </details>
  )
}

function Fit({ fit }: { readonly fit: OrderFit }) {
  const { t, f } = useWords()
  const words = t.studyWho.fit
  const { goodness, leftOut } = fit
  const out = fit.offDays + leftOut.elsewhere + leftOut.toUnknown
  const firms = goodness.firms.filter(({ misfits }) => misfits.length > 0).length
  const flows = goodness.flows.filter(({ fits }) => !fits).length
  const two = (value: number) => value.toFixed(2).replace('-', '−')
  const perWeek = (firm: string) => fit.rates.reduce((sum, rate) => sum + (rate.firm === firm ? rate.perWeek : 0), 0)
  return (
    <>
      <p className="small" role="status">
        <b>{words.result(f.whole(fit.orders), f.whole(fit.days))}</b>{' '}
        <span className={firms + flows > 0 ? 'warn' : 'good'}>
          {firms + flows > 0 ? words.misfit(goodness.tests, firms, flows) : words.fits(goodness.tests)}
        </span>{' '}
        {!goodness.drift.fits && <span className="warn">{words.drift} </span>}
        {goodness.perDay && words.perDay(goodness.heldOutDays, two(goodness.perDay.model), two(goodness.perDay.bySize))}
        {out > 0 && <span className="warn"> {words.leftOut(f.whole(out))}</span>}
      </p>
      <Ledger
        label={words.title}
        rows={goodness.firms}
        idOf={({ firm }) => firm}
        columns={[
          { head: words.firm, of: ({ firm }) => fit.firms.find(({ id }) => id === firm)?.name ?? firm },
          { head: words.perWeek, of: ({ firm }) => two(perWeek(firm)) },
          { head: words.dispersion, of: ({ dispersion }) => two(dispersion) },
          {
            head: words.held,
            of: ({ heldOut }) => (heldOut ? `${heldOut.seen} / ${heldOut.promised.toFixed(1)}` : '–'),
          },
          {
            head: words.doubt,
            of: ({ misfits }) => (
              <span className="warn">{misfits.map((misfit) => words.misfits[misfit]).join(', ')}</span>
            ),
          },
        ]}
      />
    </>
  )
}
