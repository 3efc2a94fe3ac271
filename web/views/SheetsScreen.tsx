/** What a carrier sees: the rounds that were dispatched to it, day by day, and what it says of them. */
import type { Me, Sheet } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { useMyCarrier } from '../service/dispatch.ts'
import { useSheets } from '../service/people.ts'
import { OwnBoard } from './board/OwnBoard.tsx'
import { Refused } from './people.tsx'
import { CarrierMonthCard } from './settle/OwnMonth.tsx'
import { SheetCard } from './sheets/SheetCard.tsx'
import { Notice, SkeletonRows } from './states.tsx'
import { Whose } from './Whose.tsx'

export function SheetsScreen({ person }: { readonly person: NonNullable<Me['person']> }) {
  const { t } = useWords()
  const members = person.members.filter(({ role }) => role === 'carrier')
  return (
    <Whose members={members} title={t.people.sheets}>
      {(whose) => (
        <>
          <OwnBoard whose={whose} />
          <Sheets whose={whose} />
          <CarrierMonthCard whose={whose} />
        </>
      )}
    </Whose>
  )
}

function Sheets({ whose }: { readonly whose: string }) {
  const { t, f } = useWords()
  const sheets = useSheets(whose)
  const own = useMyCarrier(whose)
  const items = sheets.data?.items ?? []
  const waiting = items.filter(({ dispatch }) => dispatch.state === 'offered' && !dispatch.proposal).length
  const days = Map.groupBy(items, ({ startsAt }: Sheet) => startsAt.slice(0, 10))
  return (
    <>
      {(sheets.isPending || own.isPending) && <SkeletonRows rows={8} />}
      <Refused error={sheets.error ?? own.error} />
      {items.length === 0 && sheets.data && (
        <Notice icon="truck" title={t.people.noSheets} text={t.people.noSheetsText} />
      )}
      <p className={waiting > 0 ? 'sheets-waiting' : 'visually-hidden'} role="status">
        {waiting > 0 && t.dispatch.waiting(waiting)}
      </p>
      {own.data &&
        [...days].map(([date, rounds]) => (
          <section key={date} className="sheets-day" aria-label={f.date(date)}>
            <h2>{f.date(date)}</h2>
            <div className="sheets-rounds">
              {rounds.map((sheet) => (
                <SheetCard
                  key={`${sheet.plan}/${sheet.route}`}
                  sheet={sheet}
                  own={own.data}
                  busy={busyPlates(sheet, rounds)}
                />
              ))}
            </div>
          </section>
        ))}
    </>
  )
}

/** Of the rounds of a plan that are driven meanwhile. */
const busyPlates = ({ plan, route, departS, returnS }: Sheet, others: readonly Sheet[]): ReadonlySet<string> =>
  new Set(
    others
      .filter((other) => other.plan === plan && other.route !== route)
      .filter((other) => other.departS < returnS && departS < other.returnS && other.dispatch.state !== 'declined')
      .flatMap(({ dispatch }) => dispatch.plate ?? []),
  )
