/** What holds of a split, in plain words: how stable, what it would take, who saves nothing and why. */
import type { Split, SplitGroup } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { idleFirms, verdictOf } from '../state/split.ts'
import { useDay } from './context.tsx'
import { Icon } from './icons.tsx'
import { Won } from './parts.tsx'

interface SplitProps {
  readonly split: Split
}

/** More names than this say less. */
const MOST_NAMES = 4

function useNames() {
  const { t } = useWords()
  const { day } = useDay()
  const nameOf = (firm: string) => day?.firms.get(firm)?.name ?? firm
  const namesOf = (firms: readonly string[]) => {
    const shown = firms.length > MOST_NAMES + 1 ? firms.slice(0, MOST_NAMES) : firms
    const rest = firms.length - shown.length
    return [...shown.map(nameOf), ...(rest > 0 ? [t.split.more(rest)] : [])].join(' · ')
  }
  return { nameOf, namesOf, allOf: (firms: readonly string[]) => firms.map(nameOf).join(', ') }
}

export function StabilityCard({ split }: SplitProps) {
  const { t, f } = useWords()
  const { stability, dual } = split
  const verdict = verdictOf(split)
  const { looked, every, violations, provedUpToKrw } = stability
  const objected = verdict === 'violated'
  return (
    <section className={`card split-note verdict ${objected ? 'objected' : verdict === 'single' ? '' : 'firm'}`}>
      <h2>
        <Icon name={objected ? 'alert' : 'shield'} size={20} />
        {t.split.verdict[verdict]}
      </h2>
      {verdict === 'single' && <p>{t.split.singleText}</p>}
      {verdict === 'proved' && <p>{t.split.provedText}</p>}
      {verdict === 'within' && (
        <>
          <p>{t.split.withinText(f.krw(provedUpToKrw ?? 0))}</p>
          <p className="muted small">{t.split.withinNote}</p>
        </>
      )}
      {verdict === 'holds' && (
        <>
          <p>{every ? t.split.holdsEvery(f.whole(looked)) : t.split.holdsText(f.whole(looked))}</p>
          <p className="muted small">{t.split.holdsNote}</p>
          {provedUpToKrw !== null && <p className="muted small">{t.split.provedUpTo(f.krw(provedUpToKrw))}</p>}
        </>
      )}
      {objected && (
        <>
          <p>{t.split.violatedText(f.whole(violations), f.whole(looked))}</p>
          {provedUpToKrw !== null && <p className="muted small">{t.split.provedUpTo(f.krw(provedUpToKrw))}</p>}
        </>
      )}
      {verdict !== 'single' && (
        <>
          <p className="split-chips">
            <span className="chip line">
              {every ? t.split.lookedEvery(f.whole(looked)) : t.split.looked(f.whole(looked))}
            </span>
            {dual && (
              <span className="chip line">{dual.rentKrw > 0 ? t.split.rent(f.krw(dual.rentKrw)) : t.split.noRent}</span>
            )}
          </p>
          <p className="faint small">{t.split.trucksAll}</p>
          {dual && dual.rentKrw > 0 && <FleetRent dual={dual} />}
        </>
      )}
    </section>
  )
}

function FleetRent({ dual }: { readonly dual: NonNullable<Split['dual']> }) {
  const { t, f } = useWords()
  const { day } = useDay()
  const truckOf = (id: string) => {
    const vehicle = day?.vehicles.get(id)
    return vehicle ? `${f.truck(vehicle.truck)} ${t.kind[vehicle.kind]}` : id
  }
  return (
    <p className="faint small">
      {t.split.rentText(f.krw(dual.rentKrw))}{' '}
      {dual.fleet.map(({ vehicle, count, krw }) => t.split.rentTruck(truckOf(vehicle), count, f.krw(-krw))).join(' · ')}
    </p>
  )
}

export function SubsidyCard({ split: { subsidy } }: SplitProps) {
  const { t, f } = useWords()
  if (subsidy.dayKrw === 0) return null
  return (
    <section className="card split-note objected">
      <h2>
        <Icon name="coins" size={18} />
        {t.split.subsidyTitle}
      </h2>
      <p>{t.split.subsidyText(f.krw(subsidy.dayKrw), f.krw(subsidy.yearKrw), subsidy.workingDays)}</p>
      {subsidy.enoughKrw !== null && <p className="muted small">{t.split.subsidyEnough(f.krw(subsidy.enoughKrw))}</p>}
    </section>
  )
}

export function TightestCard({ split, tightest }: SplitProps & { readonly tightest: SplitGroup | undefined }) {
  const { t, f } = useWords()
  const { nameOf, namesOf, allOf } = useNames()
  if (!tightest || split.rows.length < 2) return null
  const { firms, shareKrw, aloneKrw, slackKrw } = tightest
  const leaving = slackKrw < 0
  const most = Math.max(shareKrw, aloneKrw, 1)
  const bar = (name: string, krw: number, tone: string) => (
    <div className="group-bar">
      <span className="muted">{name}</span>
      <span className={`group-fill ${tone}`}>
        <span style={{ width: `${(Math.max(0, krw) / most) * 100}%` }} />
      </span>
      <b>
        <Won krw={krw} />
      </b>
    </div>
  )
  return (
    <section className="card split-note">
      <h2>
        <Icon name="group" size={18} />
        {leaving ? t.split.worstTitle : t.split.tightTitle}
      </h2>
      <p title={allOf(firms)}>
        {firms.length === 1 ? t.split.groupOne(nameOf(firms[0]!)) : t.split.groupOf(namesOf(firms), firms.length)}
      </p>
      {bar(t.split.groupAlone, aloneKrw, 'alone')}
      {bar(t.split.groupHere, shareKrw, leaving ? 'leaving' : 'here')}
      <p className={`small ${leaving ? 'bad' : 'muted'}`}>
        {slackKrw === 0 ? t.split.even : leaving ? t.split.leaving(f.krw(-slackKrw)) : t.split.staying(f.krw(slackKrw))}
      </p>
    </section>
  )
}

export function IdleFirms({ split }: SplitProps) {
  const { t } = useWords()
  const { allOf } = useNames()
  const idle = idleFirms(split)
  if (idle.length === 0) return null
  const groups = [...Map.groupBy(idle, ({ reason }) => reason)]
  return (
    <section className="card split-note">
      <h2>
        <Icon name="lock" size={17} />
        {t.split.idleTitle(idle.length)}
      </h2>
      {groups.map(([reason, firms]) => (
        <p key={reason} className="muted">
          <b className="ink">{allOf(firms.map(({ row }) => row.firm))}</b>: {t.split.idle[reason]}
        </p>
      ))}
    </section>
  )
}

export function SplitNotes({ split: { notes } }: SplitProps) {
  const { t, f } = useWords()
  const { allOf } = useNames()
  if (notes.length === 0) return null
  return (
    <section className="card split-note">
      <h2>{t.split.notesTitle}</h2>
      {notes.map(({ note, firms, krw }) => (
        <p key={note} className="muted">
          {t.split.notes[note](allOf(firms), f.krw(krw))}
        </p>
      ))}
    </section>
  )
}
