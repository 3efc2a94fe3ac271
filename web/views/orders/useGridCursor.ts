/** The cell that is picked in a grid, the block from where it began to where it went, and what is being typed into it. */
import type { Virtualizer } from '@tanstack/react-virtual'
import {
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Draft, type Spot, setCells, textAt } from '../../state/grid.ts'
import { NUMBER_PX, rangeOf } from '../../state/gridView.ts'

export interface GridHandle {
  readonly go: (spot: Spot) => void
  readonly spot: () => Spot | undefined
  readonly editing: () => boolean
}

interface CursorOptions {
  readonly ref: Ref<GridHandle>
  readonly scroll: RefObject<HTMLDivElement | null>
  readonly draft: Draft
  /** that are in sight, by their number in the file */
  readonly rows: readonly number[]
  /** [column], and the end of the last one */
  readonly lefts: readonly number[]
  readonly virtual: Pick<Virtualizer<HTMLDivElement, Element>, 'scrollToIndex'>
  readonly onDraft: (next: Draft) => void
}

export type GridCursor = ReturnType<typeof useGridCursor>

export function useGridCursor({ ref, scroll, draft, rows, lefts, virtual, onDraft }: CursorOptions) {
  const input = useRef<HTMLInputElement>(null)
  const [active, setActive] = useState<Spot>()
  const [anchor, setAnchor] = useState<Spot>()
  const [typed, setTyped] = useState<string>()
  const indexOf = useMemo(() => new Map(rows.map((row, index) => [row, index])), [rows])
  const lastColumn = lefts.length - 2

  const pick = (spot: Spot | undefined, extend = false) => {
    setTyped(undefined)
    setActive(spot)
    if (!extend) setAnchor(spot)
    if (spot) input.current?.focus({ preventScroll: true })
  }
  const commit = (): void => {
    if (active && typed !== undefined) onDraft(setCells(draft, [{ ...active, text: typed }]))
    setTyped(undefined)
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
    editing: () => typed !== undefined,
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
  }, [scroll])
  // the cell that is picked is in sight
  useLayoutEffect(() => {
    const index = active && indexOf.get(active.row)
    const box = scroll.current
    if (index === undefined || !active || !box) return
    virtual.scrollToIndex(index, { align: 'auto' })
    const [left, right] = [lefts[active.column]!, lefts[active.column + 1] ?? lefts[active.column]! + 80]
    if (left - NUMBER_PX < box.scrollLeft) box.scrollLeft = left - NUMBER_PX
    else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth
  }, [active, indexOf, lefts, virtual, scroll])
  useEffect(() => {
    if (active && !indexOf.has(active.row)) setActive(undefined)
  }, [active, indexOf])

  const range = active && anchor ? rangeOf(active, anchor) : undefined
  const ranged = range ? rows.filter((row) => row >= range.top && row <= range.bottom) : []
  const across = range ? Array.from({ length: range.right - range.left + 1 }, (_, k) => range.left + k) : []
  return {
    input,
    active,
    /** undefined: nothing is being typed */
    typed,
    range,
    /** rows in sight that are in the range */
    ranged,
    indexOf,
    lastColumn,
    pick,
    commit,
    setTyped,
    select: (from: Spot, to: Spot) => {
      setAnchor(from)
      setActive(to)
    },
    /** Where the keyboard comes in from outside. */
    enter: () => {
      const first = rows[0] === undefined ? undefined : { row: rows[0], column: 0 }
      setActive((before) => before ?? first)
      setAnchor((before) => before ?? first)
    },
    move: (down: number, right: number, extend = false) => {
      if (!active) return pick(rows[0] === undefined ? undefined : { row: rows[0], column: 0 })
      const index = Math.min(rows.length - 1, Math.max(0, (indexOf.get(active.row) ?? 0) + down))
      const column = Math.min(lastColumn, Math.max(0, active.column + right))
      pick({ row: rows[index]!, column }, extend)
    },
    block: (): string[][] => ranged.map((row) => across.map((column) => textAt(draft, { row, column }))),
    clear: () => {
      if (!range) return
      onDraft(
        setCells(
          draft,
          ranged.flatMap((row) => across.map((column) => ({ row, column, text: '' }))),
        ),
      )
    },
  }
}
