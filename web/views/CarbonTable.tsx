import type { Comparison } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { type CarbonRow, makeCarbonTable } from '../state/carbon.ts'
import { Estimated, TableScroll, toneOf } from './parts.tsx'

/** Kilometres, litres and both figures of CO2, baselines against plan; every column counts the same things. */
export function CarbonTable({ comparison }: { readonly comparison: Comparison }) {
  const { t, f } = useWords()
  const { rows, emptyReturn, savedShare } = makeCarbonTable(comparison)
  const heading = (share: number | undefined) => {
    if (share === undefined) return t.carbon.title
    return share < 0 ? t.carbon.more(f.share(-share)) : t.carbon.saved(f.share(share))
  }
  const digits = (amount: number) => (amount === 0 ? <span className="faint">0</span> : f.kmDigits(amount))
  const cells = ({ b0, b1, b2, plan, difference }: Omit<CarbonRow, 'key'>) => (
    <>
      <td>{digits(b0)}</td>
      <td className="headline">{digits(b1)}</td>
      <td>{digits(b2)}</td>
      <td>{digits(plan)}</td>
      <td className={toneOf(difference)}>{f.thousandthsDifference(difference)}</td>
    </>
  )
  return (
    <div className="card ledger-card">
      <TableScroll label={t.carbon.title}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">
                {t.carbon.title} <Estimated />
              </th>
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
            {rows.map(({ key, ...row }) => (
              <tr key={key}>
                <th scope="row">{t.carbon.rows[key]}</th>
                {cells(row)}
              </tr>
            ))}
          </tbody>
          <tbody className="faint">
            <tr>
              <th scope="row">{t.carbon.emptyReturnRow}</th>
              {cells(emptyReturn)}
            </tr>
          </tbody>
        </table>
      </TableScroll>
      <aside className="honesty">
        <h2>{heading(savedShare)}</h2>
        <p className="muted">{t.carbon.apart}</p>
        <p className="muted">{t.carbon.included}</p>
        <p className="muted">{t.carbon.terminal}</p>
      </aside>
    </div>
  )
}
