/** A month as it was driven: what firms pay, what carriers get, corrections, and its end. */
import { useState } from 'react'
import type { Complex, Month } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useMonth } from '../../service/settle.ts'
import { Icon } from '../icons.tsx'
import { Segments, toneOf, Won } from '../parts.tsx'
import { MonthPicker } from '../people.tsx'
import { Notice, SkeletonRows } from '../states.tsx'
import { CarrierTable } from './CarrierTable.tsx'
import { CloseDialog } from './CloseDialog.tsx'
import { Corrections } from './Corrections.tsx'
import { DayTable } from './DayTable.tsx'
import { FirmTable } from './FirmTable.tsx'

const VIEWS = ['firms', 'carriers', 'days', 'corrections'] as const

interface SettleScreenProps {
  readonly complex: Complex
  /** of the month that is shown first */
  readonly date: string
}

export function SettleScreen({ complex, date }: SettleScreenProps) {
  const { t } = useWords()
  const [month, setMonth] = useState(date.slice(0, 7))
  const read = useMonth(complex.id, month)
  const shown = read.data?.month === month ? read.data : undefined
  return (
    <main className="compare settle scroll">
      <div className="compare-top row wrap">
        <div>
          <h1>{t.settle.title}</h1>
          <p className="muted">{t.settle.subtitle}</p>
        </div>
        <span className="push" />
        <MonthPicker month={month} onMonth={setMonth} />
      </div>
      {read.isError && !shown && (
        <Notice bad icon="alert" title={t.settle.failed} text={read.error.message}>
          <button type="button" className="button large" onClick={() => void read.refetch()}>
            {t.states.reconnect}
          </button>
        </Notice>
      )}
      {!shown && !read.isError && (
        <div className="card">
          <SkeletonRows rows={6} />
        </div>
      )}
      {shown && <MonthView key={month} complex={complex} month={shown} />}
    </main>
  )
}

function MonthView({ complex, month }: { readonly complex: Complex; readonly month: Month }) {
  const { t, f, language } = useWords()
  const [view, setView] = useState<(typeof VIEWS)[number]>('firms')
  const [closing, setClosing] = useState(false)
  const { state, days, sums, missing, corrections, closedAt, closedBy } = month
  const working = missing.filter(({ why }) => why === 'working').length
  const file = `/api/complexes/${encodeURIComponent(complex.id)}/months/${month.month}`
  if (days.length === 0 && corrections.length === 0)
    return <Notice icon="table" title={t.settle.nothing} text={t.settle.nothingText} />
  return (
    <>
      <section className="card settle-sums" aria-label={t.settle.title}>
        <div className="row wrap">
          <span className={`chip ${state === 'closed' ? 'good' : 'line'}`}>
            {state === 'closed' ? t.settle.closed(f.date(closedAt!.slice(0, 10)), closedBy!) : t.settle.open}
          </span>
          {month.estimated && (
            <span className="estimate" title={t.map.estimatedHint}>
              {t.kpi.estimated}
            </span>
          )}
          <span className="push" />
          <a className="button" href={`${file}/file?lang=${language}`} download>
            <Icon name="download" size={14} />
            {t.settle.whole}
          </a>
          {state === 'open' && (
            <button type="button" className="button primary" onClick={() => setClosing(true)}>
              {t.settle.close}
            </button>
          )}
        </div>
        <dl className="settle-figures">
          <Figure name={t.settle.planned} krw={sums.plannedKrw} />
          <Figure name={t.settle.firmsPay} krw={sums.firmsKrw} strong />
          <Figure name={t.settle.carriersGet} krw={sums.carriersKrw} />
          <Figure name={t.settle.terminal} krw={sums.terminalKrw} />
          <Figure name={t.settle.programme} hint={t.settle.programmeHint} krw={sums.programmeKrw} />
          <Figure
            name={t.settle.saving}
            hint={t.settle.savingHint}
            krw={sums.savingKrw}
            tone={toneOf(-sums.savingKrw)}
          />
        </dl>
        <p className="small muted">
          {t.settle.agrees} {t.settle.savingHint}
        </p>
        {working > 0 && (
          <p className="warn" role="status">
            {t.settle.working(working)}
          </p>
        )}
      </section>
      <section className="card settle-tables">
        <Segments
          label={t.settle.views.label}
          value={view}
          options={VIEWS.map((value) => ({ value, label: t.settle.views[value] }))}
          onChange={setView}
        />
        {view === 'firms' && <FirmTable month={month} file={file} />}
        {view === 'carriers' && <CarrierTable month={month} file={file} />}
        {view === 'days' && <DayTable month={month} />}
        {view === 'corrections' && <Corrections complex={complex} month={month} />}
      </section>
      {closing && <CloseDialog complex={complex} month={month} onClose={() => setClosing(false)} />}
    </>
  )
}

interface FigureProps {
  readonly name: string
  readonly krw: number
  readonly hint?: string
  readonly tone?: string
  readonly strong?: boolean
}

function Figure({ name, krw, hint, tone = '', strong = false }: FigureProps) {
  return (
    <div className={strong ? 'strong' : ''} title={hint}>
      <dt>{name}</dt>
      <dd className={tone}>
        <Won krw={krw} />
      </dd>
    </div>
  )
}
