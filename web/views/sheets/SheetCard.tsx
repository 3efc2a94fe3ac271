/** One round of a carrier: when, with what, for how much, its answer, and where it goes. */
import { useState } from 'react'
import type { MyCarrier, Sheet } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { StateChip } from '../dispatch/StateChip.tsx'
import { Guide } from '../Guide.tsx'
import { RouteBadge, Won } from '../parts.tsx'
import { SheetPapers } from '../SheetPapers.tsx'
import { AcceptForm } from './AcceptForm.tsx'
import { DeclineForm } from './DeclineForm.tsx'
import { OwnProofs } from './OwnProofs.tsx'
import { ProposeForm } from './ProposeForm.tsx'
import { SheetStops } from './SheetStops.tsx'
import { useSay } from './useSay.ts'

interface SheetCardProps {
  readonly sheet: Sheet
  readonly own: MyCarrier
  /** plates of the carrier that are elsewhere at that time */
  readonly busy: ReadonlySet<string>
}
type Doing = 'accept' | 'decline' | 'propose'

export function SheetCard({ sheet, own, busy }: SheetCardProps) {
  const { t, f } = useWords()
  const { dispatch } = sheet
  const { state, plate, driver, phone, note, proposal } = dispatch
  const [doing, setDoing] = useState<Doing>()
  const say = useSay(sheet)
  const clock = makeClock(sheet.startsAt, sheet.timeZone)
  const number = Number(sheet.route)
  const nameOf = (vehicle: string) => own.vehicles.find(({ id }) => id === vehicle)?.name ?? vehicle
  // whoever has not answered is asked straight away
  const shown = doing ?? (state === 'offered' && !proposal ? 'accept' : undefined)
  const close = () => setDoing(undefined)
  const title = Number.isInteger(number) ? t.dispatch.route(sheet.route) : t.dispatch.alone
  return (
    <section className="card people-card sheet-card" aria-label={`${title} ${sheet.truck}`}>
      <div className="sheet-head">
        {Number.isInteger(number) ? (
          <RouteBadge number={number} />
        ) : (
          <span className="chip line">{t.dispatch.alone}</span>
        )}
        <h3 className="cut">{sheet.truck}</h3>
        <StateChip dispatch={dispatch} />
        <span className="push" />
        <span className="sheet-fare">
          <span className="small muted">{t.dispatch.fare}</span>{' '}
          <b>
            <Won krw={sheet.fareKrw} />
          </b>
        </span>
      </div>
      <p className="muted">
        {[
          clock.range(sheet.departS, sheet.returnS),
          f.km(sheet.distanceM),
          f.kg(sheet.peakWeightKg),
          sheet.tollKrw > 0 && t.people.toll(f.krw(sheet.tollKrw)),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {sheet.estimated && <span className="estimate">{t.kpi.estimated}</span>}
      </p>
      {note && (
        <p className={state === 'declined' ? 'small bad' : 'small warn'}>
          {state === 'declined' ? t.dispatch.declinedBecause(note) : `${t.dispatch.note}: ${note}`}
        </p>
      )}
      {(plate || driver) && shown !== 'accept' && (
        <p className="sheet-truck">
          <b>{plate ?? '–'}</b> {[driver, phone].filter(Boolean).join(' ')}
        </p>
      )}
      {proposal && (
        <div className="row sheet-proposal">
          <span>{t.dispatch.proposed([nameOf(proposal.vehicle), proposal.plate].filter(Boolean).join(' '))}</span>
          <span className="push" />
          <button
            type="button"
            className="button"
            disabled={say.isPending}
            onClick={() => say.mutate({ state: state === 'accepted' ? state : 'offered', proposal: undefined })}
          >
            {t.dispatch.takeBack}
          </button>
        </div>
      )}
      {shown === 'accept' && <AcceptForm key={[...busy].join()} sheet={sheet} own={own} busy={busy} onDone={close} />}
      {shown === 'decline' && <DeclineForm sheet={sheet} onDone={close} />}
      {shown === 'propose' && <ProposeForm sheet={sheet} own={own} onDone={close} />}
      <div className="sheet-acts">
        {shown !== 'accept' && (
          <button type="button" className="button" onClick={() => setDoing('accept')}>
            {state === 'accepted' ? t.dispatch.change : t.dispatch.accept}
          </button>
        )}
        {shown !== 'decline' && state !== 'declined' && (
          <button type="button" className="button" onClick={() => setDoing('decline')}>
            {t.dispatch.decline}
          </button>
        )}
        {shown !== 'propose' && !proposal && (
          <button type="button" className="button" onClick={() => setDoing('propose')}>
            {t.dispatch.propose}
          </button>
        )}
        {doing && (
          <button type="button" className="button ghost" onClick={close}>
            {t.dispatch.cancel}
          </button>
        )}
      </div>
      <SheetStops sheet={sheet} />
      {state === 'accepted' && <OwnProofs sheet={sheet} />}
      <SheetPapers plan={sheet.plan} route={sheet.route} />
      <Guide whose="sheet" plan={sheet.plan} version={0} route={sheet.route} />
    </section>
  )
}
