/** A month as one side of it sees it: a firm what it pays, a carrier what it gets. */
import { useState } from 'react'
import type { CarrierStatement, OwnFirmMonth } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { useCarrierStatement } from '../../service/settle.ts'
import { TableScroll, toneOf, Won } from '../parts.tsx'
import { MonthPicker, Refused, thisMonth } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'
import { CarrierRounds } from './CarrierTable.tsx'
import { FirmDays } from './FirmTable.tsx'
import { Papers } from './parts.tsx'

interface OwnProps {
  readonly whose: string
  readonly month: string
}

/** What was driven, beside what was planned. */
export function FirmMonthCard({ whose, month, settled }: OwnProps & { readonly settled: OwnFirmMonth }) {
  const { t } = useWords()
  const { row } = settled
  if (!row && settled.working === 0) return null
  return (
    <div className="settle-own">
      <h3>{t.settle.settledTitle}</h3>
      <p className="small muted">{t.settle.settledText}</p>
      <About own={settled} />
      {row && (
        <>
          <Figures
            figures={[
              [t.settle.planned, row.plannedKrw],
              [t.settle.executed, row.shareKrw],
              [t.settle.vain, row.vainKrw],
              [t.settle.waiting, row.waitingKrw],
              [t.settle.extras, row.extrasKrw],
              [t.settle.supply, row.sumKrw],
              [t.settle.vat(settled.vat.percent), row.vatKrw],
              [t.settle.total, row.totalKrw],
            ]}
          />
          <p>
            {t.settle.saving}{' '}
            <b className={toneOf(-row.savingKrw)}>
              <Won krw={row.savingKrw} />
            </b>{' '}
            <span className="small muted">{t.settle.savingHint}</span>
          </p>
          <TableScroll label={t.settle.settledTitle}>
            <FirmDays row={row} />
          </TableScroll>
          <OwnLines own={settled} />
          <Papers
            name={row.name}
            url={(format, document) =>
              `/api/my/statement/file?month=${month}&format=${format}&document=${document}&${whose}`
            }
          />
        </>
      )}
    </div>
  )
}

/** What a carrier gets for its rounds. */
export function CarrierMonthCard({ whose }: Pick<OwnProps, 'whose'>) {
  const { t } = useWords()
  const [month, setMonth] = useState(thisMonth)
  return (
    <section className="card people-card">
      <div className="row">
        <h2>{t.settle.carrierTitle}</h2>
        <span className="push" />
        <MonthPicker month={month} onMonth={setMonth} />
      </div>
      <CarrierMonth whose={whose} month={month} />
    </section>
  )
}

function CarrierMonth({ whose, month }: OwnProps) {
  const { t } = useWords()
  const statement = useCarrierStatement(whose, month)
  const own = statement.data
  return (
    <>
      {statement.isPending && <SkeletonRows rows={4} />}
      <Refused error={statement.error} />
      {own && <About own={own} />}
      {own && !own.row && own.working === 0 && <p className="muted">{t.settle.noRounds}</p>}
      {own?.row && (
        <>
          <Figures
            figures={[
              [t.settle.tariff, own.row.tariffKrw],
              [t.settle.toll, own.row.tollKrw],
              [t.settle.waiting, own.row.waitingKrw],
              [t.settle.extras, own.row.extrasKrw],
              [t.settle.supply, own.row.sumKrw],
              [t.settle.vat(own.vat.percent), own.row.vatKrw],
              [t.settle.total, own.row.totalKrw],
            ]}
          />
          <TableScroll label={t.settle.rounds}>
            <CarrierRounds row={own.row} />
          </TableScroll>
          <OwnLines own={own} />
          <Papers
            name={own.row.name}
            url={(format, document) =>
              `/api/my/carrier-statement/file?month=${month}&format=${format}&document=${document}&${whose}`
            }
          />
        </>
      )}
    </>
  )
}

type Own = OwnFirmMonth | CarrierStatement

function About({ own }: { readonly own: Own }) {
  const { t } = useWords()
  return (
    <p className="row wrap">
      <span className={`chip ${own.state === 'closed' ? 'good' : 'line'}`}>
        {own.state === 'closed' ? t.settle.isClosed : t.settle.open}
      </span>
      {own.estimated && <span className="estimate">{t.kpi.estimated}</span>}
      {own.working > 0 && (
        <span className="warn" role="status">
          {t.settle.working(own.working)}
        </span>
      )}
    </p>
  )
}

function Figures({ figures }: { readonly figures: readonly (readonly [string, number])[] }) {
  return (
    <dl className="settle-figures">
      {figures.map(([name, krw]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Won krw={krw} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function OwnLines({ own }: { readonly own: Own }) {
  const { t, f } = useWords()
  return (
    <ul>
      {own.corrections.map((line) => (
        <li key={line.id} className="person">
          <div className="person-who">
            <b>
              {f.shortDate(line.date)} · {t.settle.kinds[line.kind]} · <Won krw={line.krw} signed />
            </b>
          </div>
          <span className="muted">
            {[line.reason, line.corrects && t.settle.corrects(line.corrects), line.voids && t.settle.voids]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
