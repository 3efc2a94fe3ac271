/** The places to mend as a list; the same slip in many rows is one of them. */
import { useState } from 'react'
import type { Review } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { type Faults, type Fix, type Mend, sureMends } from '../../state/faults.ts'
import type { Draft, Spot } from '../../state/grid.ts'
import { Icon } from '../icons.tsx'
import { SkeletonRows } from '../states.tsx'

interface ImportFaultsProps {
  readonly faults: Faults | undefined
  readonly review: Review | undefined
  readonly draft: Draft
  readonly onGo: (spot: Spot) => void
  readonly onFix: (mend: Mend, fix: Fix) => void
  readonly onAgree: (mend: Mend) => void
  readonly onSure: (mends: readonly Mend[]) => void
}

const SHOWN = 60

export function ImportFaults({ faults, review, draft, onGo, onFix, onAgree, onSure }: ImportFaultsProps) {
  const { t } = useWords()
  const words = t.orders.list
  const [shown, setShown] = useState(SHOWN)
  if (!faults || !review)
    return (
      <section className="card import-faults">
        <SkeletonRows rows={8} />
      </section>
    )
  const { mends, general, counts, passed } = faults
  const sure = sureMends(mends).reduce((sum, { spots }) => sum + spots.length, 0)
  return (
    <section className="card import-faults" aria-labelledby="faults-title" id="import-faults">
      <div className="pane-head">
        <h2 id="faults-title">{words.title(mends.length)}</h2>
        <span className="push" />
        {sure > 0 && (
          <button type="button" className="button soft" onClick={() => onSure(mends)}>
            <Icon name="wand" size={15} />
            {words.sure(sure)}
          </button>
        )}
      </div>
      <div className="faults-list scroll">
        {general.map((fault) => (
          <div key={fault.code + fault.message} className={`mend ${fault.severity === 'error' ? 'error' : 'check'}`}>
            <p>
              <b>{fault.message}</b> <span className="muted">{fault.remedy}</span>
            </p>
          </div>
        ))}
        {mends.length === 0 && general.length === 0 && (
          <p className="faults-none">
            <Icon name="check" size={18} />
            <b>{words.none}</b>
            <span className="muted">{words.noneText}</span>
          </p>
        )}
        <ul>
          {mends.slice(0, shown).map((mend) => (
            <li key={mend.key} className={`mend ${mend.level}`}>
              <button type="button" className="mend-place" onClick={() => onGo(mend.spots[0]!)}>
                <Icon name={mend.level === 'error' ? 'fault' : mend.level === 'wait' ? 'pin' : 'question'} size={15} />
                <b>{placeText(t.orders.grid, mend)}</b>
                {mend.spots.length > 1 && <span className="small muted">{words.places(mend.spots.length)}</span>}
                <span className="push" />
                <span className={`small level ${mend.level}`}>
                  {mend.level === 'error' ? words.error : mend.level === 'wait' ? words.wait : t.orders.grid.check}
                </span>
              </button>
              <p className="small muted">{mend.fault.message}</p>
              <MendButtons mend={mend} onFix={onFix} onAgree={onAgree} most={2} />
            </li>
          ))}
        </ul>
        {mends.length > shown && (
          <button type="button" className="button ghost" onClick={() => setShown(shown + 4 * SHOWN)}>
            {words.more(mends.length - shown)}
          </button>
        )}
      </div>
      {counts.auto > 0 && (
        <details className="faults-auto">
          <summary>{words.auto(counts.auto)}</summary>
          <ul className="scroll small muted">
            {review.readAs.slice(0, 100).map(({ kind, column, from, to, rows }) => (
              <li key={[kind, column, from, to].join(' ')}>
                {t.orders.list.kinds[kind as keyof typeof words.kinds] ?? kind}{' '}
                <button type="button" className="link" onClick={() => onGo({ row: rows[0]!, column })}>
                  {from === '' ? '' : `${from} → `}
                  {to}
                </button>{' '}
                <span className="faint">{words.rows(rowsText(rows))}</span>
              </li>
            ))}
            {passed.size > 0 && (
              <li>
                {words.passed} <span className="faint">{words.rows(rowsText([...passed]))}</span>
              </li>
            )}
          </ul>
        </details>
      )}
      {draft.skip.length > 0 && (
        <p className="small muted faults-skipped">
          {t.orders.grid.skipped}: {words.rows(rowsText(draft.skip))}
        </p>
      )}
    </section>
  )
}

const placeText = (words: { row: (row: number) => string }, { spots, fault }: Mend): string =>
  `${words.row(spots[0]!.row)}${fault.column ? ` · ${fault.column}` : ''}`
const rowsText = (rows: readonly number[]): string =>
  rows.length > 6 ? `${rows.slice(0, 6).join(', ')} …` : rows.join(', ')

interface MendButtonsProps {
  readonly mend: Mend
  readonly most?: number
  readonly onFix: (mend: Mend, fix: Fix) => void
  readonly onAgree: (mend: Mend) => void
}
/** Ways out of one fault, the likeliest first. */
export function MendButtons({ mend, most = 9, onFix, onAgree }: MendButtonsProps) {
  const { t } = useWords()
  const { fixes, level } = mend
  if (level === 'wait') return <p className="small muted">{t.orders.list.waitHint}</p>
  if (fixes.length === 0 && level === 'error') return <p className="small muted">{mend.fault.remedy}</p>
  return (
    <span className="mend-fixes">
      {fixes.slice(0, most).map((fix) => (
        <button key={fix.label} type="button" className="button" onClick={() => onFix(mend, fix)}>
          {fix.label}
        </button>
      ))}
      {level === 'check' && (
        <button type="button" className="button" onClick={() => onAgree(mend)}>
          {t.orders.grid.agree}
        </button>
      )}
    </span>
  )
}
