import type { Comparison } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { makeLedger } from '../state/ledger.ts'
import { Honesty } from './CompareNotes.tsx'
import { EstimatedTolls, TableScroll, toneOf } from './parts.tsx'

/** Cost line by cost line; every column adds up to the won. */
export function LedgerTable({ comparison }: { readonly comparison: Comparison }) {
  const { t, f } = useWords()
  const { rows, sum } = makeLedger(comparison)
  const cell = (krw: number) => (krw === 0 ? <span className="faint">0</span> : f.whole(krw))
  return (
    <div className="card ledger-card">
      <TableScroll label={t.compare.ledger}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{t.compare.ledger}</th>
              <th scope="col">B0</th>
              <th scope="col" className="headline">
                B1
              </th>
              <th scope="col">B2</th>
              <th scope="col">{t.compare.planColumn}</th>
              <th scope="col">{t.compare.differenceColumn}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.kind}>
                <th scope="row">
                  {t.lines[row.kind]} {row.kind === 'toll' && <EstimatedTolls />}
                </th>
                <td>{cell(row.b0)}</td>
                <td className="headline">{cell(row.b1)}</td>
                <td>{cell(row.b2)}</td>
                <td>{cell(row.plan)}</td>
                <td className={toneOf(row.difference)}>{f.difference(row.difference)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                {t.compare.sum} <span className="unit">{f.language === 'ko' ? '원' : '₩'}</span>
              </th>
              <td>{f.whole(sum.b0)}</td>
              <td className="headline">{f.whole(sum.b1)}</td>
              <td>{f.whole(sum.b2)}</td>
              <td>{f.whole(sum.plan)}</td>
              <td className={toneOf(sum.difference)}>{f.difference(sum.difference)}</td>
            </tr>
          </tfoot>
        </table>
      </TableScroll>
      <Honesty />
    </div>
  )
}
