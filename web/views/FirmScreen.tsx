/** What a firm sees: its statement of a month and its shipments. */

import { useState } from 'react'
import type { Me, MyShipment, Statement } from '../../server/api.ts'
import { makeClock } from '../format.ts'
import { useWords } from '../i18n/words.tsx'
import { useMyShipments, useStatement } from '../service/people.ts'
import { TableScroll } from './parts.tsx'
import { MonthPicker, Refused, thisMonth } from './people.tsx'
import { FirmMonthCard } from './settle/OwnMonth.tsx'
import { Notice, SkeletonRows } from './states.tsx'
import { Whose } from './Whose.tsx'

export function FirmScreen({ person }: { readonly person: NonNullable<Me['person']> }) {
  const { t } = useWords()
  const members = person.members.filter(({ role }) => role === 'firm')
  return (
    <Whose members={members} title={t.people.screens.firm}>
      {(whose) => (
        <>
          <StatementCard whose={whose} />
          <ShipmentsCard whose={whose} />
        </>
      )}
    </Whose>
  )
}

function StatementCard({ whose }: { readonly whose: string }) {
  const { t } = useWords()
  const [month, setMonth] = useState(thisMonth)
  const statement = useStatement(whose, month)
  return (
    <section className="card people-card">
      <div className="row">
        <h2>{t.people.statement}</h2>
        <span className="push" />
        <MonthPicker month={month} onMonth={setMonth} />
      </div>
      {statement.isPending && <SkeletonRows rows={4} />}
      <Refused error={statement.error} />
      {statement.data && <StatementTable statement={statement.data} />}
      {statement.data?.settled && (
        <FirmMonthCard whose={whose} month={statement.data.month} settled={statement.data.settled} />
      )}
    </section>
  )
}

function StatementTable({ statement }: { readonly statement: Statement }) {
  const { t, f } = useWords()
  const { days, shareKrw, b1Krw, shipments, working } = statement
  if (days.length === 0) return <p className="muted">{`${t.people.noStatement}. ${t.people.noStatementText}`}</p>
  return (
    <>
      {working > 0 && (
        <p className="warn" role="status">
          {t.people.stillWorking(working)}
        </p>
      )}
      <TableScroll label={t.people.statement}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{t.people.day}</th>
              <th scope="col">{t.people.shipments}</th>
              <th scope="col">{t.people.share}</th>
              <th scope="col" title={t.people.aloneHint}>
                {t.people.alone}
              </th>
              <th scope="col">{t.people.saved}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.plan}>
                <th scope="row">{f.date(day.date)}</th>
                {day.state === 'working' ? (
                  <td colSpan={4} className="muted">
                    {t.people.beingWorkedOut}
                  </td>
                ) : (
                  <>
                    <td>{t.people.pieces(day.shipments ?? 0)}</td>
                    <td>{f.krw(day.shareKrw ?? 0)}</td>
                    <td>{f.krw(day.b1Krw ?? 0)}</td>
                    <td>{f.krwDifference((day.shareKrw ?? 0) - (day.b1Krw ?? 0))}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.people.sum}</th>
              <td>{t.people.pieces(shipments)}</td>
              <td>{f.krw(shareKrw)}</td>
              <td>{f.krw(b1Krw)}</td>
              <td>{f.krwDifference(shareKrw - b1Krw)}</td>
            </tr>
          </tfoot>
        </table>
      </TableScroll>
      <p className="small muted">{t.people.aloneHint}</p>
    </>
  )
}

function ShipmentsCard({ whose }: { readonly whose: string }) {
  const { t } = useWords()
  const shipments = useMyShipments(whose)
  const items = shipments.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="card people-card">
      <h2>{t.people.shipments}</h2>
      {shipments.isPending && <SkeletonRows rows={6} />}
      <Refused error={shipments.error} />
      {shipments.isSuccess && items.length === 0 && (
        <Notice title={t.people.noShipments} text={t.people.noShipmentsText} />
      )}
      <ul>
        {items.map((item) => (
          <ShipmentRow key={`${item.problem}/${item.shipment}`} item={item} />
        ))}
      </ul>
      {shipments.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={shipments.isFetchingNextPage}
          onClick={() => void shipments.fetchNextPage()}
        >
          {t.people.more}
        </button>
      )}
    </section>
  )
}

function ShipmentRow({ item }: { readonly item: MyShipment }) {
  const { t, f } = useWords()
  const clock = makeClock(item.startsAt, item.timeZone)
  const times = [
    item.pickupS !== undefined && `${t.people.pickup} ${clock.at(item.pickupS)}`,
    item.deliveryS !== undefined && `${t.people.delivery} ${clock.at(item.deliveryS)}`,
  ].filter(Boolean)
  const bad = item.way === 'unserved' ? 'bad' : item.way === 'open' ? 'line' : 'good'
  return (
    <li className="person">
      <div className="person-who">
        <b className="cut">
          {item.from} → {item.to}
        </b>
        <span className="muted cut">{[item.shipment, item.item, f.kg(item.weightKg)].filter(Boolean).join(' · ')}</span>
      </div>
      <span className="chips">
        <span>{f.date(item.date)}</span>
        <span className={`chip ${bad}`}>{t.people.ways[item.way]}</span>
        <span className="muted">{times.join(' · ')}</span>
      </span>
    </li>
  )
}
