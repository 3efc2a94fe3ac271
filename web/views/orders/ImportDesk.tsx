/** The three panes of an import: what the columns mean, the grid, and the places to mend; what happens next below. */
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { Complex, Review } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { type Drafting, saveFaultyRows } from '../../service/orders.ts'
import { cellsOfFix, type Faults, type Fix, type Mend, nextFault, sureMends } from '../../state/faults.ts'
import { addRow, changesOf, type Draft, readColumn, type Spot, setCells, toggleSkip } from '../../state/grid.ts'
import type { Filter } from '../../state/gridView.ts'
import { Icon } from '../icons.tsx'
import { Segments } from '../parts.tsx'
import { SkeletonRows } from '../states.tsx'
import { ImportFaults } from './ImportFaults.tsx'
import { ImportGrid } from './ImportGrid.tsx'
import { ImportMapping } from './ImportMapping.tsx'
import type { GridHandle } from './useGridCursor.ts'

interface ImportDeskProps {
  readonly complex: Complex
  readonly drafting: Drafting
  readonly draft: Draft
  readonly review: Review | undefined
  readonly faults: Faults | undefined
  /** the review speaks of the grid as it is now */
  readonly current: boolean
  readonly storing: boolean
  readonly onStore: (mode: 'replace' | 'add') => void
  readonly onSheet: ((sheet: string) => void) | undefined
  readonly onDiscard: () => void
}

const PHONE = '(max-width: 899px)'

export function ImportDesk(props: ImportDeskProps) {
  const { drafting, draft, review, faults, current, onSheet } = props
  const { t, f } = useWords()
  const phone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false })
  const grid = useRef<GridHandle>(null)
  const [filter, setFilter] = useState<Filter>('all')
  const { change, undo, redo } = drafting

  const apply = (mend: Mend, fix: Fix) => {
    if (fix.cells) change(setCells(draft, cellsOfFix(mend, fix)))
    else if (fix.skip !== undefined) change(toggleSkip(draft, [...new Set(mend.spots.map(({ row }) => row))]))
    else if (fix.read && review) {
      const column = review.columns.find(({ name }) => name === fix.read?.column)
      if (column) change(readColumn(draft, column.index, column.name, fix.read.field))
    }
  }
  const agree = (mend: Mend) => change({ ...draft, agreed: [...draft.agreed, mend.key] })
  const skip = (rows: readonly number[]) => change(toggleSkip(draft, rows))
  const mendSure = (mends: readonly Mend[]) =>
    change(
      setCells(
        draft,
        sureMends(mends).flatMap((mend) => cellsOfFix(mend, mend.fixes[0]!)),
      ),
    )
  const goNext = (after: Spot | undefined) => {
    const next = faults && nextFault(faults, after)
    if (!next) return
    setFilter('all')
    grid.current?.go(next)
  }

  // F8 from anywhere on the screen; undo outside of fields of text
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return
      if (event.code === 'F8') {
        event.preventDefault()
        goNext(grid.current?.spot())
      } else if ((event.ctrlKey || event.metaKey) && (event.code === 'KeyZ' || event.code === 'KeyY')) {
        const field = event.target instanceof Element && event.target.matches('textarea, input:not(.grid-input)')
        if (field || grid.current?.editing()) return
        event.preventDefault()
        if (event.code === 'KeyY' || event.shiftKey) redo?.()
        else undo?.()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })

  const mapping = (
    <ImportMapping
      draft={draft}
      review={review}
      onRead={(index, name, field) => change(readColumn(draft, index, name, field))}
    />
  )
  const list = (
    <ImportFaults
      faults={faults}
      review={review}
      draft={draft}
      onGo={(spot) => {
        setFilter('all')
        grid.current?.go(spot)
      }}
      onFix={apply}
      onAgree={agree}
      onSure={mendSure}
    />
  )
  return (
    <>
      <header className="import-head">
        <div className="import-title">
          <h1>{draft.origin === 'day' ? t.orders.names.day(f.date(draft.date)) : draft.name}</h1>
          <p className="small muted">
            {t.orders.origin[draft.origin]} · {t.orders.about(Math.max(0, draft.rows.length - 1))}
            {review?.sheets && review.sheets.length > 1 && onSheet && (
              <label className="sheet-choice">
                {t.orders.start.sheet}{' '}
                <select value={review.sheet} onChange={(event) => onSheet(event.currentTarget.value)}>
                  {review.sheets.map((sheet) => (
                    <option key={sheet}>{sheet}</option>
                  ))}
                </select>
              </label>
            )}
          </p>
        </div>
        <span className="push" />
        <span className={`small muted checking ${current ? '' : 'on'}`} role="status">
          {current ? '' : t.orders.grid.checking}
        </span>
        <button
          type="button"
          className="button icon"
          disabled={!undo}
          aria-label={t.orders.grid.undo}
          title={`${t.orders.grid.undo} (Ctrl+Z)`}
          onClick={undo}
        >
          <Icon name="undo" size={16} />
        </button>
        <button
          type="button"
          className="button icon"
          disabled={!redo}
          aria-label={t.orders.grid.redo}
          title={`${t.orders.grid.redo} (Ctrl+Shift+Z)`}
          onClick={redo}
        >
          <Icon name="redo" size={16} />
        </button>
        <Steps review={review} faults={faults} />
      </header>
      {!drafting.kept && <p className="import-warning warn">{t.orders.foot.notKept}</p>}
      <div className="import-body">
        {phone ? list : mapping}
        {review === undefined || faults === undefined ? (
          <section className="card import-grid-pane">
            <SkeletonRows rows={14} />
          </section>
        ) : (
          <ImportGrid
            ref={grid}
            draft={draft}
            review={review}
            faults={faults}
            filter={filter}
            onFilter={setFilter}
            onDraft={change}
            onFix={apply}
            onAgree={agree}
            onSkip={skip}
            onNext={goNext}
            onAddRow={() => {
              change(addRow(draft))
              grid.current?.go({ row: draft.rows.length + 1, column: 0 })
            }}
          />
        )}
        {phone ? (
          <details className="import-more">
            <summary>{t.orders.mapping.title}</summary>
            {mapping}
          </details>
        ) : (
          list
        )}
      </div>
      <Foot {...props} />
    </>
  )
}

function Steps({ review, faults }: { readonly review: Review | undefined; readonly faults: Faults | undefined }) {
  const { t } = useWords()
  const { steps } = t.orders
  const at = !review ? 0 : review.missing.length > 0 ? 1 : (faults?.counts.error ?? 0) > 0 ? 2 : 3
  return (
    <ol className="steps" aria-label={steps.label}>
      {[steps.file, steps.columns, steps.mend, steps.store].map((name, index) => (
        <li
          key={name}
          className={index < at ? 'done' : index === at ? 'now' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <i aria-hidden="true">{index < at ? <Icon name="check" size={12} /> : index + 1}</i>
          {name}
        </li>
      ))}
    </ol>
  )
}

function Foot({ complex, draft, review, current, storing, onStore, onDiscard }: ImportDeskProps) {
  const { t, f } = useWords()
  const words = t.orders.foot
  const [sure, setSure] = useState(false)
  const [chosen, setMode] = useState<'replace' | 'add'>()
  const filled = review?.days.filter(({ date }) => complex.days.some((day) => day.date === date && day.shipments > 0))
  const isDay = draft.origin === 'day'
  const mode = chosen ?? (draft.done.length > 0 || draft.origin === 'hand' ? 'add' : 'replace')
  const touched = isDay ? [draft.date] : (review?.days.map(({ date }) => date) ?? [])
  const isConfirmed = complex.days.some((day) => touched.includes(day.date) && day.confirmed !== undefined)
  const changes = isDay && review ? changesOf(draft, review.faulty) : undefined
  const changed = changes ? Math.max(0, changes.rows.length - 1) + changes.removed.length : 0
  const ready = review ? review.orders + review.waiting.length : 0
  const days = review?.days.map(({ date, orders }) => `${f.shortDate(date)} ${t.days.shipments(orders)}`) ?? []
  return (
    <footer className="import-foot">
      {review && (
        <div className="import-sums">
          <span className="chip good">
            <Icon name="check" size={13} />
            {words.ready(review.orders)}
          </span>
          {review.faulty.length > 0 && <span className="chip bad">{words.faulty(review.faulty.length)}</span>}
          {review.waiting.length > 0 && <span className="chip warn">{words.waiting(review.waiting.length)}</span>}
          <span className="small muted import-days">
            {isConfirmed ? (
              <span className="warn">{words.confirmed}</span>
            ) : isDay ? (
              words.saved
            ) : review.faulty.length > 0 ? (
              words.keep
            ) : (
              days.length > 0 && words.days(days.length > 3 ? `${days.slice(0, 3).join(', ')} …` : days.join(', '))
            )}
          </span>
        </div>
      )}
      {!isDay && filled && filled.length > 0 && (
        <span className="row import-mode">
          <span className="small muted">{words.mode}</span>
          <Segments
            label={words.mode}
            value={mode}
            options={[
              { value: 'replace', label: words.replace },
              { value: 'add', label: words.add },
            ]}
            onChange={setMode}
          />
        </span>
      )}
      <button
        type="button"
        className={`button large ${sure ? 'danger' : ''}`}
        onBlur={() => setSure(false)}
        onClick={() => (sure ? onDiscard() : setSure(true))}
      >
        {sure ? words.discardSure : words.discard}
      </button>
      {review && review.faulty.length > 0 && (
        <button
          type="button"
          className="button large"
          onClick={() => void saveFaultyRows(complex.id, draft, review.headerRow)}
        >
          <Icon name="download" size={15} />
          {words.sheet}
        </button>
      )}
      <button
        type="button"
        className="button primary large"
        disabled={!current || storing || (isDay ? changed === 0 : ready === 0)}
        onClick={() => onStore(mode)}
      >
        {isDay ? words.save(changed) : words.store(ready)}
      </button>
    </footer>
  )
}
