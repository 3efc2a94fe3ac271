import type { Month, MonthDay } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { TableScroll, Won } from '../parts.tsx'
import { Amounts, Heads } from './parts.tsx'

/** Each day of a month: what was planned, what it came to, and what is known of it. */
export function DayTable({ month }: { readonly month: Month }) {
  const { t, f } = useWords()
  return (
    <TableScroll label={t.settle.views.days}>
      <table className="ledger settle-table settle-daylist">
        <Heads
          names={[
            t.settle.day,
            t.settle.basis,
            t.settle.rounds,
            t.settle.planned,
            t.settle.executed,
            t.settle.difference,
            t.settle.b1,
          ]}
        />
        <tbody>
          {month.days.map((day) => (
            <tr key={day.date}>
              <th scope="row">
                <a href={`#plan/${day.date}`}>{f.shortDate(day.date)}</a>
              </th>
              <td>
                <Known day={day} />
              </td>
              <td>{f.whole(day.rounds)}</td>
              <Amounts of={day} keys={['plannedKrw', 'executedKrw']} quiet={['plannedKrw']} />
              <td>
                <Won krw={day.executedKrw - day.plannedKrw} signed />
              </td>
              <Amounts of={day} keys={['b1Krw']} />
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function Known({ day }: { readonly day: MonthDay }) {
  const { t } = useWords()
  const { state, basis, unrecorded, missed, waitingOrders, revised, leftOut } = day
  const notes = [
    state === 'ready' && basis === 'partly' && t.settle.unrecorded(unrecorded),
    missed.length > 0 && t.settle.missed(missed.length),
    waitingOrders > 0 && t.settle.waitingOrders(waitingOrders),
    revised && t.settle.revised,
    leftOut !== undefined && t.settle.leftOut(leftOut),
  ].filter(Boolean)
  return (
    <span className="chips">
      {state === 'ready' ? (
        <span className={`chip ${basis === 'recorded' ? 'good' : 'warn'}`}>{t.settle.bases[basis!]}</span>
      ) : (
        <span className={`chip ${state === 'noPlan' ? 'bad' : 'line'}`}>{t.settle.states[state]}</span>
      )}
      {notes.length > 0 && <span className="small muted">{notes.join(' · ')}</span>}
    </span>
  )
}
