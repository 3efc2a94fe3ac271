import type { FirmMonth, Month } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { TableScroll, toneOf, Won } from '../parts.tsx'
import { Amounts, Folded, Heads, Papers } from './parts.tsx'

const KEYS = ['plannedKrw', 'shareKrw', 'vainKrw', 'waitingKrw', 'extrasKrw', 'sumKrw', 'vatKrw', 'b1Krw'] as const
const QUIET = ['plannedKrw', 'vatKrw'] as const

interface MonthTableProps {
  readonly month: Month
  /** address of the month */
  readonly file: string
}

/** Each firm of a month, and its days. */
export function FirmTable({ month, file }: MonthTableProps) {
  const { t, f } = useWords()
  const { firms, vat } = month
  const sum = (krw: (row: FirmMonth) => number) => firms.reduce((all, row) => all + krw(row), 0)
  return (
    <TableScroll label={t.settle.views.firms}>
      <table className="ledger settle-table">
        <Heads
          names={[
            t.settle.firm,
            t.settle.shipments,
            t.settle.planned,
            t.settle.executed,
            [t.settle.vain, t.settle.vainHint],
            t.settle.waiting,
            t.settle.extras,
            t.settle.supply,
            t.settle.vat(vat.percent),
            t.settle.b1,
            t.settle.saving,
          ]}
        />
        <tbody>
          {firms.map((row) => (
            <Folded
              key={row.firm}
              name={row.name}
              columns={KEYS.length + 3}
              cells={
                <>
                  <td>{f.whole(row.shipments)}</td>
                  <Amounts of={row} keys={KEYS} quiet={QUIET} strong="sumKrw" />
                  <td className={toneOf(-row.savingKrw)}>
                    <Won krw={row.savingKrw} />
                  </td>
                </>
              }
            >
              <FirmDays row={row} />
              <Papers
                name={row.name}
                url={(format, document) =>
                  `${file}/statements/firm/${encodeURIComponent(row.firm)}?format=${format}&document=${document}`
                }
              />
            </Folded>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t.settle.sum}</th>
            <td>{f.whole(sum(({ shipments }) => shipments))}</td>
            {([...KEYS, 'savingKrw'] as const).map((key) => (
              <td key={key}>
                <Won krw={sum((row) => row[key])} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  )
}

/** Planned beside executed, day by day. */
export function FirmDays({ row }: { readonly row: FirmMonth }) {
  const { t, f } = useWords()
  return (
    <table className="ledger settle-days">
      <Heads
        names={[
          t.settle.day,
          t.settle.shipments,
          t.settle.planned,
          t.settle.executed,
          t.settle.difference,
          t.settle.vain,
          t.settle.waiting,
          t.settle.b1,
        ]}
      />
      <tbody>
        {row.days.map((day) => (
          <tr key={day.date}>
            <th scope="row">{f.shortDate(day.date)}</th>
            <td>{f.whole(day.shipments)}</td>
            <Amounts of={day} keys={['plannedKrw', 'shareKrw']} quiet={['plannedKrw']} />
            <td>
              <Won krw={day.shareKrw - day.plannedKrw} signed />
            </td>
            <Amounts of={day} keys={['vainKrw', 'waitingKrw', 'b1Krw']} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
