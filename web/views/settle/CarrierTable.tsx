import type { CarrierMonth, Month } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { TableScroll, Won } from '../parts.tsx'
import { Amounts, Folded, Heads, Papers, roundName } from './parts.tsx'

const KEYS = ['plannedKrw', 'tariffKrw', 'tollKrw', 'waitingKrw', 'extrasKrw', 'sumKrw', 'vatKrw'] as const

interface CarrierTableProps {
  readonly month: Month
  /** address of the month */
  readonly file: string
}

/** Each carrier of a month, and its rounds. */
export function CarrierTable({ month, file }: CarrierTableProps) {
  const { t, f } = useWords()
  const { carriers, vat } = month
  const names = [t.settle.planned, t.settle.tariff, t.settle.toll, t.settle.waiting, t.settle.extras, t.settle.supply]
  return (
    <TableScroll label={t.settle.views.carriers}>
      <table className="ledger settle-table">
        <Heads names={[t.settle.carrier, t.settle.rounds, ...names, t.settle.vat(vat.percent)]} />
        <tbody>
          {carriers.map((row) => {
            const name = row.carrier === null ? t.settle.nobody : row.name
            return (
              <Folded
                key={row.carrier ?? ''}
                name={name}
                columns={KEYS.length + 2}
                cells={
                  <>
                    <td>{f.whole(row.rounds.length)}</td>
                    <Amounts of={row} keys={KEYS} quiet={['plannedKrw', 'vatKrw']} strong="sumKrw" />
                  </>
                }
              >
                <CarrierRounds row={row} />
                {row.carrier !== null && (
                  <Papers
                    name={name}
                    url={(format, document) =>
                      `${file}/statements/carrier/${encodeURIComponent(row.carrier!)}?format=${format}&document=${document}`
                    }
                  />
                )}
              </Folded>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t.settle.sum}</th>
            <td>{f.whole(carriers.reduce((all, { rounds }) => all + rounds.length, 0))}</td>
            {KEYS.map((key) => (
              <td key={key}>
                <Won krw={carriers.reduce((all, row) => all + row[key], 0)} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  )
}

/** What each round was planned to cost, and what it came to. */
export function CarrierRounds({ row }: { readonly row: CarrierMonth }) {
  const { t, f } = useWords()
  if (row.rounds.length === 0) return <p className="muted">{t.settle.noRounds}</p>
  return (
    <table className="ledger settle-days">
      <Heads
        names={[
          t.settle.day,
          t.settle.route,
          t.settle.basis,
          t.settle.stops,
          t.settle.hours,
          t.settle.planned,
          t.settle.fare,
          t.settle.waiting,
        ]}
      />
      <tbody>
        {row.rounds.map((round) => (
          <tr key={`${round.plan}/${round.route}`}>
            <th scope="row">{f.shortDate(round.date)}</th>
            <td>{roundName(t, round)}</td>
            <td>
              <span className={`chip ${round.basis === 'recorded' ? 'good' : 'warn'}`}>
                {t.settle.bases[round.basis]}
              </span>
            </td>
            <td>
              {f.whole(round.stops)}
              <span className="muted">/{f.whole(round.plannedStops)}</span>
            </td>
            <td title={round.timed ? t.settle.timed : t.settle.untimed}>{f.duration(round.paidS)}</td>
            <Amounts of={round} keys={['plannedKrw', 'costKrw', 'waitingKrw']} quiet={['plannedKrw']} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
