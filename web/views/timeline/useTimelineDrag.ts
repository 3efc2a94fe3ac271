/** What the pointer means over the timeline while something is held: along its own row another time, over another row another truck. */
import { type PointerEvent, useEffect, useRef } from 'react'
import type { Edit } from '../../../solver/index.ts'
import { snapS, type TimelineRow } from '../../state/timeline.ts'
import { type Held, useEdit } from '../context.tsx'

interface DragOptions {
  readonly rows: readonly TimelineRow[]
  readonly hourPx: number
}

export function useTimelineDrag({ rows, hourPx }: DragOptions) {
  const { held, aim } = useEdit()
  /** Where the last press was, along the time: what is dragged may scroll. */
  const pressed = useRef<number>(undefined)
  useEffect(() => {
    const press = ({ target, clientX }: globalThis.PointerEvent) => {
      const body = target instanceof Element ? target.closest('.timeline-body') : null
      pressed.current = body ? clientX + body.scrollLeft : undefined
    }
    window.addEventListener('pointerdown', press, true)
    return () => window.removeEventListener('pointerdown', press, true)
  }, [])
  return {
    aimAt: (event: PointerEvent<HTMLElement>) => {
      if (held?.from !== 'pointer') return
      const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
      const row = line ? rows[Number(line.dataset.row)] : undefined
      const movedPx =
        pressed.current === undefined ? 0 : event.clientX + event.currentTarget.scrollLeft - pressed.current
      aim(row && editOver(row, held, movedPx, hourPx))
    },
  }
}

/** Exported for its test: no edit where nothing would change. */
export function editOver({ owner }: TimelineRow, held: Held, movedPx: number, hourPx: number): Edit | undefined {
  if (owner.kind === 'solo') return undefined
  const { route } = owner.model
  const { shipments, origin } = held
  if (route.id !== origin.route) return { kind: 'move', shipments: [...shipments], to: { route: route.id } }
  const stop = origin.stop ?? 0
  const from = route.stops[stop]?.startS
  if (from === undefined) return undefined
  const startS = snapS(from + (movedPx / hourPx) * 3600, hourPx)
  return Math.abs(startS - from) < 60 ? undefined : { kind: 'time', route: route.id, stop, startS }
}
