/**
 * The timeline by keyboard. Arrows go from row to row and from stop to stop; with Shift they try: another time, another truck. What it
 * would cost is shown and said; Enter does it, Escape lets it be.
 */
import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Edit, Judged } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { shipmentsAt } from '../../state/offers.ts'
import { routeOfRow, type TimelineRow } from '../../state/timeline.ts'
import { useEdit } from '../context.tsx'
import { selectionOf } from './Row.tsx'
import { TrialTag } from './TrialTag.tsx'

const STEP_S = 300

interface KeysOptions {
  readonly rows: readonly TimelineRow[]
  /** Brings a row into sight, so that it can take the focus. */
  readonly reveal: (row: number) => void
}

interface Trial {
  readonly judged: Judged
  /** where it was tried from */
  readonly row: number
  readonly stop: number | undefined
  readonly goal: number
}

export function useTimelineKeys({ rows, reveal }: KeysOptions) {
  const { t } = useWords()
  const { editor, apply } = useEdit()
  const [row, setRow] = useState(0)
  const [trial, setTrial] = useState<Trial>()

  const focus = (list: Element, to: number, stop: number | undefined) => {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    // the row has to be there before it can be looked at
    flushSync(() => {
      setTrial(undefined)
      setRow(index)
      reveal(index)
    })
    const look = (again: number) => {
      const line = list.querySelector(`[data-row="${index}"]`)
      const part = line?.querySelector<HTMLElement>(stop === undefined ? '.timeline-name' : `[data-stop="${stop}"]`)
      if (part) part.focus()
      else if (again > 0) requestAnimationFrame(() => look(again - 1))
    }
    look(3)
  }
  const attempt = (edit: Edit, at: Omit<Trial, 'judged'>) => {
    if (editor) setTrial({ ...at, judged: editor.judge(edit) })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as Element
    const line = target.closest<HTMLElement>('[data-row]')
    if (!line) return
    const index = Number(line.dataset.row)
    const { owner } = rows[index]!
    const block = target.closest<HTMLElement>('[data-stop]')
    const stop = block ? Number(block.dataset.stop) : undefined
    const { stops, id: route } = routeOfRow(owner)
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    const own = trial?.row === index && trial.stop === stop ? trial : undefined
    if (own && (event.key === 'Enter' || event.key === 'Escape')) {
      done()
      setTrial(undefined)
      if (event.key === 'Enter') apply(own.judged.edit)
      return
    }
    const across = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const down = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (across === 0 && down === 0) return
    done()
    if (!event.shiftKey) {
      if (down !== 0)
        return focus(
          event.currentTarget,
          index + down,
          stop === undefined ? undefined : nearest(index, stop, index + down),
        )
      const next = (stop ?? -1) + across
      return focus(event.currentTarget, index, next < 0 ? undefined : Math.min(next, stops.length - 1))
    }
    if (owner.kind !== 'route' || !editor) return
    if (across !== 0) {
      const at = stop ?? 0
      const tried = own?.judged.edit
      const from = tried?.kind === 'time' ? tried.startS : stops[at]!.startS
      const startS = Math.round(from / STEP_S) * STEP_S + across * STEP_S
      return attempt({ kind: 'time', route, stop: at, startS }, { row: index, stop, goal: index })
    }
    const goal = nextRoute((own?.goal ?? index) + down, down)
    if (goal === undefined) return
    const shipments = [
      ...shipmentsAt(stop === undefined ? selectionOf(owner) : { kind: 'stop', route, stop }, editor.plan),
    ]
    const to = { route: routeOfRow(rows[goal]!.owner).id }
    if (goal === index || shipments.length === 0) return setTrial(undefined)
    reveal(goal)
    attempt({ kind: 'move', shipments, to }, { row: index, stop, goal })
  }

  /** The stop of another row that lies nearest in time. */
  function nearest(from: number, stop: number, to: number): number | undefined {
    const target = rows[to]
    if (!target) return stop
    const atS = routeOfRow(rows[from]!.owner).stops[stop]!.startS
    const gaps = target.loads.map(({ fromS }) => Math.abs(fromS - atS))
    return gaps.length === 0 ? undefined : gaps.indexOf(Math.min(...gaps))
  }
  function nextRoute(from: number, by: number): number | undefined {
    for (let k = from; k >= 0 && k < rows.length; k += by) if (rows[k]!.owner.kind === 'route') return k
    return undefined
  }

  return {
    row,
    handlers: {
      onKeyDown,
      onFocus: (event: { readonly target: Element }) => {
        const line = event.target.closest<HTMLElement>('[data-row]')
        if (line) setRow(Number(line.dataset.row))
      },
      onBlur: () => setTrial(undefined),
      'aria-description': t.mapline.blockHint,
    },
    tag: <TrialTag judged={trial?.judged} row={trial?.goal ?? 0} />,
  }
}
