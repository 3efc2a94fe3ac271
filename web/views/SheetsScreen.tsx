/** What a carrier sees: the rounds of its trucks in confirmed plans. */
import type { Me, Sheet } from '../../server/api.ts'
import { makeClock } from '../format.ts'
import { useWords } from '../i18n/words.tsx'
import { useSheets } from '../service/people.ts'
import { Guide } from './Guide.tsx'
import { GuessedPlace } from './parts.tsx'
import { Refused } from './people.tsx'
import { Notice, SkeletonRows } from './states.tsx'
import { Whose } from './Whose.tsx'

export function SheetsScreen({ person }: { readonly person: NonNullable<Me['person']> }) {
  const { t } = useWords()
  const members = person.members.filter(({ role }) => role === 'carrier')
  return (
    <Whose members={members} title={t.people.sheets}>
      {(whose) => <Sheets whose={whose} />}
    </Whose>
  )
}

function Sheets({ whose }: { readonly whose: string }) {
  const { t } = useWords()
  const sheets = useSheets(whose)
  return (
    <>
      {sheets.isPending && <SkeletonRows rows={8} />}
      <Refused error={sheets.error} />
      {sheets.data?.items.length === 0 && (
        <Notice icon="truck" title={t.people.noSheets} text={t.people.noSheetsText} />
      )}
      {sheets.data?.items.map((sheet) => (
        <SheetCard key={`${sheet.plan}/${sheet.route}`} sheet={sheet} />
      ))}
    </>
  )
}

function SheetCard({ sheet }: { readonly sheet: Sheet }) {
  const { t, f } = useWords()
  const clock = makeClock(sheet.startsAt, sheet.timeZone)
  type Pieces = Sheet['stops'][number]['pickups']
  const goods = (label: string, pieces: Pieces) =>
    pieces.length > 0 && (
      <span className="sheet-goods">
        <b>{label}</b>{' '}
        {pieces.map(({ shipment, item, weightKg }) => [item ?? shipment, f.kg(weightKg)].join(' ')).join(', ')}
      </span>
    )
  return (
    <section className="card people-card">
      <h2>
        {f.date(sheet.startsAt.slice(0, 10))} · {sheet.truck}
      </h2>
      <p className="muted">
        {[
          clock.range(sheet.departS, sheet.returnS),
          f.km(sheet.distanceM),
          sheet.tollKrw > 0 && t.people.toll(f.krw(sheet.tollKrw)),
          sheet.driver,
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {sheet.estimated && <span className="estimate">{t.kpi.estimated}</span>}
      </p>
      {sheet.burn && (
        <p className="small muted">
          {t.people.burn(
            f.litres(sheet.burn.fuelMl),
            f.krw(sheet.burn.fuelKrw),
            f.krw(sheet.burn.subsidyKrw),
            f.krw(sheet.burn.fuelKrw - sheet.burn.subsidyKrw),
          )}{' '}
          · {t.people.carbon(f.co2(sheet.burn.ttwCo2G), f.co2(sheet.burn.wtwCo2eG))}
        </p>
      )}
      <ol className="sheet-stops">
        {sheet.stops.map((stop, index) => (
          <li key={`${stop.name}/${stop.arriveS}/${stop.startS}`} className="person">
            <div className="person-who">
              <b className="cut">
                {index + 1}. {stop.name}
              </b>
              {stop.guessed && <GuessedPlace />}
              <span className="muted">{clock.range(stop.startS, stop.leaveS)}</span>
            </div>
            <span className="sheet-what">
              {goods(t.people.pickup, stop.pickups)}
              {goods(t.people.delivery, stop.deliveries)}
            </span>
          </li>
        ))}
      </ol>
      {sheet.rests.length > 0 && (
        <p className="small muted">
          {t.people.rest} {sheet.rests.map(({ startS, endS }) => clock.range(startS, endS)).join(', ')}
        </p>
      )}
      <Guide whose="sheet" plan={sheet.plan} version={0} route={sheet.route} />
    </section>
  )
}
