/** Firms as rows: alone against share as two dots, and the other methods beside it. Every column adds up to the plan's cost. */

import { useWords } from '../i18n/words.tsx'
import { type ShareRow, type ShareTable, samplingErrorOf } from '../state/split.ts'
import { useDay } from './context.tsx'
import { TableScroll } from './parts.tsx'

export function SplitTable({ table }: { readonly table: ShareTable }) {
  const { t, f } = useWords()
  const { day } = useDay()
  const { chosen, others, rows, sum } = table
  const unitOf = (split: ShareTable['chosen']) => {
    const error = samplingErrorOf(split)
    return error === undefined ? t.split.won : t.split.error(f.whole(error))
  }
  const error = samplingErrorOf(chosen)
  return (
    <TableScroll label={t.split.table}>
      <table className="ledger shares">
        <thead>
          <tr>
            <th scope="col">{t.split.firm}</th>
            <th scope="col">
              {t.split.alone}
              <small>{t.split.aloneUnit}</small>
            </th>
            <td className="dumbbell-head" aria-hidden="true">
              <span className="legend-item">
                <span className="dot-alone" />
                {t.split.aloneDot}
              </span>
              <span className="legend-item">
                <span className="dot-share" />
                {t.split.shareDot}
              </span>
            </td>
            <th scope="col" className="headline">
              {t.split.method[chosen.method]}
              <small title={error === undefined ? undefined : t.split.errorHint}>
                {error === undefined ? t.split.chosenUnit : t.split.error(f.whole(error))}
              </small>
            </th>
            <th scope="col" className="headline">
              {t.split.saving}
              <small>%</small>
            </th>
            {others.map((split) => (
              <th key={split.method} scope="col">
                {t.split.method[split.method]}
                <small title={samplingErrorOf(split) === undefined ? undefined : t.split.errorHint}>
                  {unitOf(split)}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((share) => (
            <FirmRow key={share.row.firm} share={share} name={day?.firms.get(share.row.firm)?.name ?? share.row.firm} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t.split.sum}</th>
            <td>{f.whole(sum.b1Krw)}</td>
            <td className="dumbbell" />
            <td className="headline">{f.whole(sum.shareKrw)}</td>
            <td className={`headline ${toneOfSaving(sum.savingShare)}`}>{shareDigits(f.share(sum.savingShare))}</td>
            {others.map((split, index) => (
              <td key={split.method}>{f.whole(rows.reduce((total, row) => total + row.others[index]!.krw, 0))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  )
}

const shareDigits = (share: string): string => share.replace('%', '').trim()
const toneOfSaving = (saving: number): string => (saving > 0 ? 'good' : saving < 0 ? 'warn' : 'faint')

function FirmRow({
  share: { row, alone, share, others, tight },
  name,
}: {
  readonly share: ShareRow
  readonly name: string
}) {
  const { t, f } = useWords()
  const hint = [
    t.split.rowHint(f.krw(row.savingKrw), f.krw(row.ownKrw)),
    ...(row.standardErrorKrw === undefined ? [] : [`± ${f.krw(row.standardErrorKrw)}`]),
    ...(row.missing.length > 0 ? [t.split.missing] : []),
  ].join(' · ')
  return (
    <tr className={tight ? 'tight' : ''} title={hint}>
      <th scope="row">
        {name}
        {tight && <span className="visually-hidden"> ({t.split.tight})</span>}
      </th>
      <td>
        {f.whole(row.b1Krw)}
        {row.missing.length > 0 && <span className="warn">*</span>}
      </td>
      <td className="dumbbell">
        <Dumbbell alone={alone} share={share} />
      </td>
      <td className="headline chosen">{f.whole(row.shareKrw)}</td>
      <td className={`headline ${toneOfSaving(row.savingKrw)}`}>{shareDigits(f.share(row.savingShare))}</td>
      {others.map(({ method, krw }) => (
        <td key={method} className="muted">
          {f.whole(krw)}
        </td>
      ))}
    </tr>
  )
}

/** ○ alone, ● share, on the axis of all firms. */
function Dumbbell({ alone, share }: Pick<ShareRow, 'alone' | 'share'>) {
  const at = (part: number) => `${2.5 + Math.max(0, part) * 95}%`
  const tone = share > alone ? 'dearer' : ''
  return (
    <svg width="100%" height="14" className={tone} aria-hidden="true">
      <line x1={at(alone)} x2={at(share)} y1="7" y2="7" className="dumbbell-line" />
      <circle cx={at(alone)} cy="7" r="4" className="dumbbell-alone" />
      <circle cx={at(share)} cy="7" r="4.5" className="dumbbell-share" />
    </svg>
  )
}
