/**
 * Takes a thing in hand: with the mouse after a few pixels, with a finger after a long press, which on a phone opens its menu. Where it may be dropped says so itself:
 * `data-drop` holds an edit as JSON, `data-drop-own` is a part of the page that aims by itself (map, timeline).
 */
import { type MouseEvent, type PointerEvent, useRef } from 'react'
import type { Edit } from '../../../solver/index.ts'
import { shipmentsAt } from '../../state/offers.ts'
import type { Selection } from '../../state/selection.ts'
import { useEdit } from '../context.tsx'

const DRAG_FROM_PX = 5
const LONG_PRESS_MS = 400
const PHONE_BELOW_PX = 900

/** Where the pointer is, for the tag that follows it. */
export const pointer = { x: 0, y: 0 }

type Under = { readonly edit: Edit | undefined } | 'own'
function under(x: number, y: number): Under {
  const element = document.elementFromPoint(x, y)
  if (element?.closest('[data-drop-own]')) return 'own'
  const text = element?.closest<HTMLElement>('[data-drop]')?.dataset.drop
  return { edit: text ? (JSON.parse(text) as Edit) : undefined }
}

export function useGrip(target: Selection) {
  const edit = useEdit()
  // what the listeners of one drag call is what the page has when they are called
  const now = useRef(edit)
  now.current = edit
  const dragged = useRef(false)

  const pickUp = () => {
    const { editor } = now.current
    if (!editor) return false
    const stop = target.kind === 'stop' ? target.stop : undefined
    const shipments = shipmentsAt(target, editor.plan)
    const route = target.kind === 'stop' || target.kind === 'route' ? target.route : undefined
    now.current.pickUp(shipments, 'pointer', { route, stop })
    return shipments.length > 0
  }

  const onPointerDown = (start: PointerEvent<HTMLElement>) => {
    dragged.current = false
    if (start.button !== 0 || !now.current.editor) return
    const touch = start.pointerType === 'touch'
    let holding = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = () => {
      // on a phone the lists fill the window: there is nowhere to drag to
      if (touch && window.innerWidth < PHONE_BELOW_PX) {
        dragged.current = true
        now.current.openMenu(target, { x: start.clientX, y: start.clientY })
        return end()
      }
      holding = pickUp()
      dragged.current = holding
      if (!holding) end()
    }
    const move = (event: globalThis.PointerEvent) => {
      if (event.pointerId !== start.pointerId) return
      pointer.x = event.clientX
      pointer.y = event.clientY
      const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > DRAG_FROM_PX
      if (!holding && far) {
        // a finger that moves at once scrolls
        if (touch) return end()
        begin()
      }
      if (!holding) return
      const found = under(event.clientX, event.clientY)
      if (found !== 'own') now.current.aim(found.edit)
    }
    const up = (event: globalThis.PointerEvent) => {
      if (event.pointerId !== start.pointerId) return
      end()
      if (holding) now.current.drop()
    }
    const cancel = () => {
      end()
      if (holding) now.current.cancel()
    }
    const still = (event: TouchEvent) => holding && event.preventDefault()
    const end = () => {
      clearTimeout(timer)
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('touchmove', still)
    }
    pointer.x = start.clientX
    pointer.y = start.clientY
    if (touch) timer = setTimeout(begin, LONG_PRESS_MS)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('touchmove', still, { passive: false })
  }
  return {
    onPointerDown,
    /** The click that ends a drag selects nothing. */
    onClickCapture: (event: MouseEvent) => {
      if (!dragged.current) return
      dragged.current = false
      event.preventDefault()
      event.stopPropagation()
    },
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault()
      // of a finger, which has it in hand already
      if (now.current.held || dragged.current) return
      edit.openMenu(target, { x: event.clientX, y: event.clientY })
    },
  }
}
