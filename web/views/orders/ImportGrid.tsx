/**
 * The cells of a file, edited as in a spreadsheet. One field of text lies over the cell that is picked and has the focus all the time, so that
 * typing, a Hangul keyboard, copying and pasting work as they do everywhere.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useMemo, useRef } from 'react'
import type { Review } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { type Faults, type Fix, type Mend, spotKey } from '../../state/faults.ts'
import { type Draft, letterOf, type Spot, textAt } from '../../state/grid.ts'
import { columnWidths, type Filter, HEAD_PX, NUMBER_PX, ROW_PX, rowsInSight } from '../../state/gridView.ts'
import { Icon } from '../icons.tsx'
import { Segments } from '../parts.tsx'
import { GridTable } from './GridTable.tsx'
import { CellCard } from './ImportCellCard.tsx'
import { type GridHandle, useGridCursor } from './useGridCursor.ts'
import { useGridKeys } from './useGridKeys.ts'

interface ImportGridProps {
  readonly ref: Ref<GridHandle>
  readonly draft: Draft
  readonly review: Review
  readonly faults: Faults
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly onDraft: (next: Draft) => void
  readonly onFix: (mend: Mend, fix: Fix) => void
  readonly onAgree: (mend: Mend) => void
  readonly onSkip: (rows: readonly number[]) => void
  readonly onNext: (after: Spot | undefined) => void
  readonly onAddRow: () => void
}

/** Below the last row, for what is said of its cells. */
const CARD_ROOM_PX = 180

export function ImportGrid(props: ImportGridProps) {
  const { ref, draft, review, faults, filter, onFilter, onDraft, onFix, onAgree, onSkip, onNext, onAddRow } = props
  const { t } = useWords()
  const words = t.orders.grid
  const scroll = useRef<HTMLDivElement>(null)
  const head = (review.headerRow ?? 0) - 1
  const widths = useMemo(() => columnWidths(draft, review), [draft, review])
  const lefts = useMemo(
    () => widths.map((_, column) => NUMBER_PX + sumOf(widths.slice(0, column))).concat(NUMBER_PX + sumOf(widths)),
    [widths],
  )
  const widthPx = lefts.at(-1) ?? 0
  const rows = useMemo(() => rowsInSight(draft, faults, filter, head), [draft, faults, filter, head])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    paddingStart: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    scrollPaddingEnd: 40,
  })
  const cursor = useGridCursor({ ref, scroll, draft, rows, lefts, virtual, onDraft })
  const { active, typed, range, ranged, indexOf } = cursor
  const editing = typed !== undefined
  const mark = active && faults.marks.get(spotKey(active))
  const rowMend =
    active && faults.mends.find(({ spots }) => spots.some(({ row, column }) => row === active.row && column < 0))
  const mend = mark?.mend ?? rowMend
  const { told, keys } = useGridKeys(cursor, { scroll, draft, rows, mend, onDraft, onFix, onAgree })

  const spoken = active
    ? [
        words.cell(active.row, review.columns[active.column]?.name || letterOf(active.column)),
        textAt(draft, active),
        mend?.fault.message,
        mark?.read !== undefined && words.readAs(mark.read),
      ]
        .filter(Boolean)
        .join(', ')
    : words.label
  const activeTop = active && indexOf.has(active.row) ? HEAD_PX + indexOf.get(active.row)! * ROW_PX : undefined
  const { error, check, wait, auto } = faults.counts
  const body = rows.length
  return (
    <section className="card import-grid-pane" aria-label={words.label}>
      <div className="pane-head">
        <Segments
          label={words.filter}
          value={filter}
          options={[
            {
              value: 'all',
              label: (
                <>
                  {words.all} <em>{draft.rows.length - head - 1}</em>
                </>
              ),
            },
            {
              value: 'error',
              label: (
                <>
                  {words.error} <em className={error > 0 ? 'bad' : ''}>{error}</em>
                </>
              ),
            },
            {
              value: 'check',
              label: (
                <>
                  {words.check} <em className={check + wait > 0 ? 'warn' : ''}>{check + wait}</em>
                </>
              ),
            },
            {
              value: 'auto',
              label: (
                <>
                  {words.auto} <em className={auto > 0 ? 'good' : ''}>{auto}</em>
                </>
              ),
            },
          ]}
          onChange={onFilter}
        />
        <span className="push" />
        <span className="small muted grid-hint">{words.hint}</span>
        <button type="button" className="button" onClick={() => onNext(active)} disabled={error + check + wait === 0}>
          <kbd className="grid-hint">F8</kbd>
          {words.next}
        </button>
      </div>
      <div ref={scroll} className="grid scroll" tabIndex={-1}>
        <div className="grid-body" style={{ height: HEAD_PX + body * ROW_PX + CARD_ROOM_PX, width: widthPx }}>
          <GridTable
            draft={draft}
            review={review}
            faults={faults}
            rows={rows}
            shown={virtual.getVirtualItems()}
            widths={widths}
            widthPx={widthPx}
            active={active}
            range={range}
          />
          <input
            ref={cursor.input}
            className={`grid-input ${editing ? 'editing' : ''}`}
            aria-label={spoken}
            autoComplete="off"
            spellCheck={false}
            style={
              activeTop === undefined
                ? { top: HEAD_PX, left: NUMBER_PX, width: 1 }
                : { top: activeTop, left: lefts[active!.column], width: widths[active!.column], height: ROW_PX }
            }
            value={typed ?? ''}
            onFocus={cursor.enter}
            onChange={(event) => cursor.setTyped(event.currentTarget.value)}
            {...keys}
            onBlur={cursor.commit}
          />
          {active && activeTop !== undefined && !editing && (mend || mark || draft.skip.includes(active.row)) && (
            <CellCard
              mend={mend}
              level={mend?.level ?? mark?.level}
              read={mark?.read}
              place={words.cell(active.row, review.columns[active.column]?.name || letterOf(active.column))}
              text={textAt(draft, active)}
              isOut={draft.skip.includes(active.row)}
              style={{
                top: activeTop + ROW_PX + 5,
                left: cardLeft(lefts[active.column]!, scroll.current),
              }}
              onFix={onFix}
              onAgree={onAgree}
              onSkip={() => onSkip([active.row])}
              onBack={() => cursor.input.current?.focus({ preventScroll: true })}
            />
          )}
          {body === 0 && <p className="grid-empty muted">{words.empty}</p>}
        </div>
      </div>
      <div className="grid-tools">
        <button type="button" className="button ghost" onClick={onAddRow}>
          <Icon name="plus" size={14} />
          {words.addRow}
        </button>
        {range && (
          <button type="button" className="button ghost" onClick={() => onSkip(ranged)}>
            <Icon name="minus" size={14} />
            {active && draft.skip.includes(active.row) ? words.unskip : words.skip}
          </button>
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
    </section>
  )
}

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0)

const CARD_PX = 304
function cardLeft(left: number, box: HTMLElement | null): number {
  if (!box) return left
  const right = box.scrollLeft + box.clientWidth
  return Math.max(box.scrollLeft + 4, Math.min(left, right - CARD_PX - 12))
}
