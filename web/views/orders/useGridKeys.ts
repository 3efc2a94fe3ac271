/** The keys and the clipboard of a grid, as every spreadsheet has them. */
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import { useWords } from '../../i18n/words.tsx'
import type { Fix, Mend } from '../../state/faults.ts'
import { type Draft, parseTsv, pasteAt, setCells, textAt, writeTsv } from '../../state/grid.ts'
import { ROW_PX } from '../../state/gridView.ts'
import type { GridCursor } from './useGridCursor.ts'

interface KeyOptions {
  readonly scroll: RefObject<HTMLDivElement | null>
  readonly draft: Draft
  readonly rows: readonly number[]
  /** of the cell that is picked */
  readonly mend: Mend | undefined
  readonly onDraft: (next: Draft) => void
  readonly onFix: (mend: Mend, fix: Fix) => void
  readonly onAgree: (mend: Mend) => void
}

export function useGridKeys(cursor: GridCursor, { scroll, draft, rows, mend, onDraft, onFix, onAgree }: KeyOptions) {
  const { t } = useWords()
  const [told, setTold] = useState('')
  const { active, typed, range, ranged, lastColumn, pick, move, commit, setTyped, select, block, clear } = cursor
  const editing = typed !== undefined

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
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
      else if (key === 'End') pick({ row: rows.at(-1)!, column: lastColumn }, shiftKey)
      else if (event.code === 'KeyA') select({ row: rows[0]!, column: 0 }, { row: rows.at(-1)!, column: lastColumn })
      else if (event.code === 'KeyD' && range) {
        const first = block()[0] ?? []
        const below = ranged.filter((row) => row > range.top)
        onDraft(
          setCells(
            draft,
            below.flatMap((row) => first.map((text, k) => ({ row, column: range.left + k, text }))),
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
      const atEnd = !active || (shiftKey ? active.column === 0 : active.column === lastColumn)
      // at the end of a row the tab goes on to what follows the table
      if (atEnd) return
      move(0, shiftKey ? -1 : 1)
      return done()
    }
    if (key === 'Home') pick(active && { row: active.row, column: 0 }, shiftKey)
    else if (key === 'End') pick(active && { row: active.row, column: lastColumn }, shiftKey)
    else if (key === 'Enter' || key === 'F2') setTyped(active ? textAt(draft, active) : undefined)
    else if (key === 'Delete' || key === 'Backspace') clear()
    else if (key === 'Escape') leaveGrid()
    else return
    done()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!active) return
    const text = event.clipboardData.getData('text/plain')
    if (editing && !/[\t\n]/.test(text)) return
    event.preventDefault()
    event.stopPropagation()
    const cells = parseTsv(text)
    setTyped(undefined)
    onDraft(pasteAt(draft, active, cells))
    select(active, {
      row: active.row + cells.length - 1,
      column: active.column + Math.max(...cells.map((row) => row.length)) - 1,
    })
    setTold(t.orders.grid.pasted(cells.length))
  }
  const onCopy = (event: ClipboardEvent) => {
    if (editing) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', writeTsv(block()))
  }
  const onCut = (event: ClipboardEvent) => {
    onCopy(event)
    if (!editing) clear()
  }
  /** `told`: what a paste has done, for those who listen. */
  return { told, keys: { onKeyDown, onPaste, onCopy, onCut } }
}

/** To what there is to do with the whole of it. */
function leaveGrid() {
  const foot = document.querySelector('.import-foot')
  const next = foot?.querySelector<HTMLElement>('.primary:not(:disabled)') ?? foot?.querySelector<HTMLElement>('button')
  next?.focus()
}
