/**
 * The cells of a file, edited as in a spreadsheet. One field of text lies over the cell that is picked and has the focus all the time, so that
 * typing, a Hangul keyboard, copying and pasting work as they do everywhere; the cells themselves are drawn as far as they are in sight.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Review } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { type Faults, type Fix, type Mend, spotKey } from '../../state/faults.ts'
import { type Draft, letterOf, parseTsv, pasteAt, type Spot, setCells, textAt, writeTsv } from '../../state/grid.ts'
import { columnWidths, type Filter, rangeOf, rowsInSight } from '../../state/gridView.ts'
import { Icon } from '../icons.tsx'
import { Segments } from '../parts.tsx'
import { CellCard } from './ImportCellCard.tsx'

export interface GridHandle {
  readonly go: (spot: Spot) => void
  readonly spot: () => Spot | undefined
  readonly editing: () => boolean
}

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

const ROW_PX = 27
const HEAD_PX = 42
const NUMBER_PX = 46
/** Below the last row, for what is said of its cells. */
const CARD_ROOM_PX = 180

export function ImportGrid(props: ImportGridProps) {
  const { ref, draft, review, faults, filter, onFilter, onDraft, onFix, onAgree, onSkip, onNext, onAddRow } = props
  const { t } = useWords()
  const words = t.orders.grid
  const scroll = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [active, setActive] = useState<Spot>()
  const [anchor, setAnchor] = useState<Spot>()
  const [typed, setTyped] = useState<string>()
  const [told, setTold] = useState('')
  const editing = typed !== undefined

  const head = (review.headerRow ?? 0) - 1
  const widths = useMemo(() => columnWidths(draft, review), [draft, review])
  const lefts = useMemo(
    () => widths.map((_, column) => NUMBER_PX + sumOf(widths.slice(0, column))).concat(NUMBER_PX + sumOf(widths)),
    [widths],
  )
  const rows = useMemo(() => rowsInSight(draft, faults, filter, head), [draft, faults, filter, head])
  const fieldOf = useMemo(() => new Map(review.columns.map(({ index, field }) => [index, field])), [review])
  const indexOf = useMemo(() => new Map(rows.map((row, index) => [row, index])), [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    paddingStart: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    scrollPaddingEnd: 40,
  })

  const pick = (spot: Spot | undefined, extend = false) => {
    setTyped(undefined)
    setActive(spot)
    if (!extend) setAnchor(spot)
    if (spot) input.current?.focus({ preventScroll: true })
  }
  const pickCell = useRef(pick)
  pickCell.current = (spot, extend) => {
    commit()
    pick(spot, extend)
  }
  const editCell = useRef<(spot: Spot) => void>(() => {})
  editCell.current = (spot) => setTyped(textAt(draft, spot))
  useImperativeHandle(ref, () => ({
    go: (spot) => pick({ row: spot.row, column: Math.max(0, spot.column) }),
    spot: () => active,
    editing: () => editing,
  }))
  // cells are no controls: the field over them is, and the pointer brings it where it presses
  useEffect(() => {
    const box = scroll.current
    const spotAt = (event: Event): Spot | undefined => {
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-row]') : null
      return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : undefined
    }
    const down = (event: PointerEvent) => {
      const spot = spotAt(event)
      if (!spot) return
      // a finger scrolls; where it only taps, the click picks
      if (event.pointerType === 'mouse') {
        event.preventDefault()
        pickCell.current(spot, event.shiftKey)
      }
    }
    const over = (event: PointerEvent) => {
      const spot = spotAt(event)
      if (spot && event.buttons === 1 && event.pointerType === 'mouse') setActive(spot)
    }
    const click = (event: MouseEvent) => {
      const spot = spotAt(event)
      if (spot && !event.shiftKey) pickCell.current(spot, false)
    }
    const open = (event: MouseEvent) => {
      const spot = spotAt(event)
      if (spot) editCell.current(spot)
    }
    box?.addEventListener('pointerdown', down)
    box?.addEventListener('pointerover', over)
    box?.addEventListener('click', click)
    box?.addEventListener('dblclick', open)
    return () => {
      box?.removeEventListener('pointerdown', down)
      box?.removeEventListener('pointerover', over)
      box?.removeEventListener('click', click)
      box?.removeEventListener('dblclick', open)
    }
  }, [])
  // the cell that is picked is in sight
  useLayoutEffect(() => {
    const index = active && indexOf.get(active.row)
    const box = scroll.current
    if (index === undefined || !active || !box) return
    virtual.scrollToIndex(index, { align: 'auto' })
    const [left, right] = [lefts[active.column]!, lefts[active.column + 1] ?? lefts[active.column]! + 80]
    if (left - NUMBER_PX < box.scrollLeft) box.scrollLeft = left - NUMBER_PX
    else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth
  }, [active, indexOf, lefts, virtual])
  useEffect(() => {
    if (active && !indexOf.has(active.row)) setActive(undefined)
  }, [active, indexOf])

  const range = active && anchor ? rangeOf(active, anchor) : undefined
  const inRange = ({ row, column }: Spot) =>
    range !== undefined && row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
  const commit = (): void => {
    if (active && typed !== undefined) onDraft(setCells(draft, [{ ...active, text: typed }]))
    setTyped(undefined)
  }
  const move = (down: number, right: number, extend = false) => {
    if (!active) return pick(rows[0] === undefined ? undefined : { row: rows[0], column: 0 })
    const index = Math.min(rows.length - 1, Math.max(0, (indexOf.get(active.row) ?? 0) + down))
    const column = Math.min(widths.length - 1, Math.max(0, active.column + right))
    pick({ row: rows[index]!, column }, extend)
  }
  const block = (): string[][] => {
    if (!range) return []
    const picked = rows.filter((row) => row >= range.top && row <= range.bottom)
    return picked.map((row) =>
      Array.from({ length: range.right - range.left + 1 }, (_, k) => textAt(draft, { row, column: range.left + k })),
    )
  }
  const clear = () => {
    if (!range) return
    const picked = rows.filter((row) => row >= range.top && row <= range.bottom)
    onDraft(
      setCells(
        draft,
        picked.flatMap((row) =>
          Array.from({ length: range.right - range.left + 1 }, (_, k) => ({ row, column: range.left + k, text: '' })),
        ),
      ),
    )
  }
  const mark = active && faults.marks.get(spotKey(active))
  const rowMend =
    active && faults.mends.find(({ spots }) => spots.some(({ row, column }) => row === active.row && column < 0))
  const mend = mark?.mend ?? rowMend

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    if (event.nativeEvent.isComposing) return
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 300) / ROW_PX) - 3)
    const steps: Record<string, readonly [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageUp: [-page, 0],
      PageDown: [page, 0],
    }
    const done = () => event.preventDefault()
    if (altKey && key === 'Enter') {
      if (mend?.fixes[0]) onFix(mend, mend.fixes[0])
      else if (mend?.level === 'check') onAgree(mend)
      return done()
    }
    if (altKey && key === 'ArrowDown') {
      document.querySelector<HTMLElement>('.cell-pop button, .cell-pop a')?.focus()
      return done()
    }
    if (editing) {
      if (key === 'Enter' || key === 'Tab') {
        commit()
        if (key === 'Enter') move(shiftKey ? -1 : 1, 0)
        else move(0, shiftKey ? -1 : 1)
        return done()
      }
      if (key === 'Escape') {
        setTyped(undefined)
        return done()
      }
      return
    }
    if (ctrlKey || metaKey) {
      if (key === 'Home') pick({ row: rows[0]!, column: 0 }, shiftKey)
      else if (key === 'End') pick({ row: rows.at(-1)!, column: widths.length - 1 }, shiftKey)
      else if (event.code === 'KeyA') {
        setAnchor({ row: rows[0]!, column: 0 })
        setActive({ row: rows.at(-1)!, column: widths.length - 1 })
      } else if (event.code === 'KeyD' && range) {
        const first = block()[0] ?? []
        const picked = rows.filter((row) => row > range.top && row <= range.bottom)
        onDraft(
          setCells(
            draft,
            picked.flatMap((row) => first.map((text, k) => ({ row, column: range.left + k, text }))),
          ),
        )
      } else return
      return done()
    }
    if (steps[key]) {
      move(...steps[key], shiftKey)
      return done()
    }
    if (key === 'Tab') {
      const atEnd = !active || (shiftKey ? active.column === 0 : active.column === widths.length - 1)
      // at the end of a row the tab goes on to what follows the table
      if (atEnd) return
      move(0, shiftKey ? -1 : 1)
      return done()
    }
    if (key === 'Home') pick(active && { row: active.row, column: 0 }, shiftKey)
    else if (key === 'End') pick(active && { row: active.row, column: widths.length - 1 }, shiftKey)
    else if (key === 'Enter' || key === 'F2') setTyped(active ? textAt(draft, active) : undefined)
    else if (key === 'Delete' || key === 'Backspace') clear()
    else if (key === 'Escape') leaveGrid()
    else return
    done()
  }
  const paste = (event: ClipboardEvent) => {
    if (!active) return
    const text = event.clipboardData.getData('text/plain')
    if (editing && !/[\t\n]/.test(text)) return
    event.preventDefault()
    event.stopPropagation()
    const cells = parseTsv(text)
    setTyped(undefined)
    onDraft(pasteAt(draft, active, cells))
    setAnchor(active)
    setActive({
      row: active.row + cells.length - 1,
      column: active.column + Math.max(...cells.map((row) => row.length)) - 1,
    })
    setTold(words.pasted(cells.length))
  }
  const copy = (event: ClipboardEvent, cut: boolean) => {
    if (editing) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', writeTsv(block()))
    if (cut) clear()
  }

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
  const shown = virtual.getVirtualItems()
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
        <div className="grid-body" style={{ height: HEAD_PX + body * ROW_PX + CARD_ROOM_PX, width: lefts.at(-1) ?? 0 }}>
          <table aria-label={words.label} aria-rowcount={body + 1} style={{ width: lefts.at(-1) ?? 0 }}>
            <colgroup>
              <col style={{ width: NUMBER_PX }} />
              {widths.map((width, column) => (
                <col key={letterOf(column)} style={{ width }} />
              ))}
            </colgroup>
            <thead>
              <tr aria-rowindex={1} style={{ height: HEAD_PX }}>
                <td className="grid-corner" />
                {widths.map((_, column) => {
                  const field = fieldOf.get(column) as keyof typeof t.orders.fields | undefined
                  return (
                    <th key={letterOf(column)} scope="col" className={field ? '' : 'unread'}>
                      <b className="cut">{head >= 0 ? textAt(draft, { row: head + 1, column }) : letterOf(column)}</b>
                      <small className="cut">{field ? t.orders.fields[field] : t.orders.mapping.none}</small>
                    </th>
                  )
                })}
              </tr>
            </thead>
            <tbody>
              {shown[0] && shown[0].index > 0 && (
                <tr className="grid-room" style={{ height: shown[0].index * ROW_PX }} />
              )}
              {shown.map(({ index }) => {
                const row = rows[index]!
                const isOut = draft.skip.includes(row) || faults.passed.has(row)
                return (
                  <tr key={row} aria-rowindex={index + 2} className={isOut ? 'out' : ''} style={{ height: ROW_PX }}>
                    <th scope="row" className={faults.rowLevels.get(row) ?? ''}>
                      {row}
                    </th>
                    {widths.map((_, column) => {
                      const spot = { row, column }
                      const cell = faults.marks.get(spotKey(spot))
                      const isActive = active?.row === row && active.column === column
                      return (
                        <td
                          key={letterOf(column)}
                          data-row={row}
                          data-column={column}
                          title={cell?.read === undefined ? undefined : words.readAs(cell.read)}
                          className={`${cell ? cell.level : ''} ${isActive ? 'active' : inRange(spot) ? 'ranged' : ''} ${isFigure(fieldOf.get(column)) ? 'figure' : ''}`}
                        >
                          {textAt(draft, spot)}
                        </td>
                      )
                    })}
                  </tr>
                )
              })}
            </tbody>
          </table>
          <input
            ref={input}
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
            onFocus={() => {
              const first = rows[0] === undefined ? undefined : { row: rows[0], column: 0 }
              setActive((before) => before ?? first)
              setAnchor((before) => before ?? first)
            }}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={press}
            onPaste={paste}
            onCopy={(event) => copy(event, false)}
            onCut={(event) => copy(event, true)}
            onBlur={commit}
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
              onBack={() => input.current?.focus({ preventScroll: true })}
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
          <button
            type="button"
            className="button ghost"
            onClick={() => onSkip(rows.filter((row) => row >= range.top && row <= range.bottom))}
          >
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

/** To what there is to do with the whole of it. */
function leaveGrid() {
  const foot = document.querySelector('.import-foot')
  const next = foot?.querySelector<HTMLElement>('.primary:not(:disabled)') ?? foot?.querySelector<HTMLElement>('button')
  next?.focus()
}

const isFigure = (field: string | undefined): boolean =>
  field !== undefined && ['weight', 'piece', 'volume', 'quantity', 'lat', 'lng'].includes(field)

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0)

const CARD_PX = 304
function cardLeft(left: number, box: HTMLElement | null): number {
  if (!box) return left
  const right = box.scrollLeft + box.clientWidth
  return Math.max(box.scrollLeft + 4, Math.min(left, right - CARD_PX - 12))
}
