/** The keys of editing: before those of the page, because Escape first puts back what is held. */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { isOrigin, placeStop, routeIn, shipmentsAt, stepPlace } from '../../state/offers.ts'
import { useAimed, useEdit, useSelection } from '../context.tsx'

const isTyping = (event: KeyboardEvent) =>
  event.target instanceof HTMLElement &&
  event.target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]')
/** Where the menu of what is selected opens when a key asks for it. */
function placeOfSelection(): { readonly x: number; readonly y: number } {
  const part = document.activeElement?.closest('li, button') ?? document.querySelector('.picked, .route-card.open')
  const { left, bottom } = (part ?? document.body).getBoundingClientRect()
  return part ? { x: left + 20, y: Math.min(bottom, window.innerHeight - 40) } : { x: 300, y: 200 }
}

export function EditKeys() {
  const edit = useEdit()
  const aimed = useAimed()
  const { selection } = useSelection()
  const [letters] = useLocalStorage({ key: 'milkrun.letters', defaultValue: true })
  const now = useRef({ edit, aimed, selection, letters })
  now.current = { edit, aimed, selection, letters }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { edit, aimed, selection, letters } = now.current
      const { editor, held, offers } = edit
      const done = () => {
        event.preventDefault()
        event.stopPropagation()
      }
      if (event.isComposing || document.querySelector('dialog[open]')) return
      if ((event.ctrlKey || event.metaKey) && !event.altKey) {
        if (isTyping(event)) return
        if (event.code === 'KeyZ') {
          done()
          if (event.shiftKey) edit.redo()
          else edit.undo()
        } else if (event.code === 'KeyY') {
          done()
          edit.redo()
        }
        return
      }
      if (event.altKey || !editor) return
      if (held) {
        if (event.code === 'Escape') {
          done()
          edit.cancel()
        } else if (held.from === 'keyboard' && !isTyping(event) && !document.querySelector('[role=menu]')) {
          const at = aimed ? offers.findIndex((offer) => JSON.stringify(offer.edit) === JSON.stringify(aimed.edit)) : -1
          const sameGoal = offers.findIndex(
            ({ edit: other }) =>
              aimed?.edit.kind === 'move' &&
              other.kind === 'move' &&
              JSON.stringify(other.to) === JSON.stringify(aimed.edit.to),
          )
          const here = at >= 0 ? at : sameGoal >= 0 ? sameGoal : ownRow(edit)
          if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
            done()
            const next = here + (event.code === 'ArrowDown' ? 1 : -1)
            const offer = offers[Math.max(0, Math.min(offers.length - 1, next))]
            if (offer) edit.aim(offer.edit)
          } else if (event.code === 'ArrowLeft' || event.code === 'ArrowRight') {
            done()
            const by = event.code === 'ArrowRight' ? 1 : -1
            const next = stepOwnStop(edit, here, aimed, by) ?? (aimed && stepPlace(aimed, by))
            if (next) edit.aim(next)
          } else if (
            event.code === 'Enter' &&
            !(event.target instanceof HTMLElement && event.target.closest('.offer'))
          ) {
            done()
            edit.drop()
          }
        }
        return
      }
      if (isTyping(event) || !letters || event.shiftKey || document.querySelector('[role=dialog], [role=menu]')) return
      const shipments = shipmentsAt(selection, editor.plan)
      if (shipments.length === 0) return
      if (event.code === 'KeyM') {
        done()
        const route = 'route' in selection ? selection.route : undefined
        edit.pickUp(shipments, 'keyboard', { route, stop: selection.kind === 'stop' ? selection.stop : undefined })
      } else if (event.code === 'KeyL') {
        done()
        edit.openLocks(selection, placeOfSelection())
      } else if (event.code === 'KeyD') {
        done()
        edit.apply({ kind: 'direct', shipments: [...shipments] })
      }
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [])
  return null
}

type View = ReturnType<typeof useEdit>
const ownRow = ({ held, offers, editor }: View): number =>
  held && editor ? offers.findIndex((offer) => isOrigin(offer, held.shipments, editor.plan)) : -1

/** A stop on its own route goes past other stops; elsewhere its shipments go past other visits. */
function stepOwnStop({ held, offers, editor }: View, row: number, aimed: ReturnType<typeof useAimed>, by: 1 | -1) {
  const { route, stop } = held?.origin ?? {}
  const offer = offers[row]
  if (!held || !editor || route === undefined || stop === undefined || !offer) return undefined
  if (aimed?.edit.kind !== 'order' && !isOrigin(offer, held.shipments, editor.plan)) return undefined
  const stops = routeIn(editor.plan, route)?.stops ?? []
  const first = stops[stop]?.visits[0]
  const order = aimed?.edit.kind === 'order' ? aimed.edit.visits : undefined
  const places = stops.map((_, to) => placeStop(editor.plan, route, stop, to))
  const now = order
    ? places.findIndex((edit) => edit?.kind === 'order' && JSON.stringify(edit.visits) === JSON.stringify(order))
    : stop
  const next = now + by
  if (!first || next < 0 || next >= stops.length) return undefined
  // back where it was: the row of its own truck
  return next === stop ? offer.edit : places[next]
}
