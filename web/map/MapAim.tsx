/**
 * Things in hand over the map. What is held is aimed at the route under the pointer; a site that is picked can be taken from the map
 * itself, with all that it sends and receives. Badges take themselves in hand (MapOverlay).
 */
import { useEffect, useRef } from 'react'
import { useDay, useEdit, useSelection } from '../views/context.tsx'
import { pointer } from '../views/edit/useGrip.ts'
import { type MapMouseEvent, type MapRef, useMap } from './map.ts'

/** How near to a line one has to point. */
const REACH_PX = 7
const DRAG_FROM_PX = 5
const REST_MS = 70
const ROUTE_LAYERS = ['picked', 'picked-straight', 'dots', 'route-hit']

export function MapAim({ crowded }: { readonly crowded: boolean }) {
  const { current: map } = useMap()
  const { day } = useDay()
  const edit = useEdit()
  const { lit } = useSelection()
  const now = useRef({ day, edit, lit })
  now.current = { day, edit, lit }

  useEffect(() => {
    if (!map) return
    let asked: ReturnType<typeof setTimeout> | undefined
    const aimAt = ({ clientX, clientY }: PointerEvent) => {
      if (now.current.edit.held?.from !== 'pointer') return
      clearTimeout(asked)
      // where thousands of lines cross, the pointer has to rest before they are asked
      asked = setTimeout(
        () => {
          const { held, aim } = now.current.edit
          if (held?.from !== 'pointer') return
          const route = routeUnder(map, clientX, clientY, held.origin.route)
          aim(route === undefined ? undefined : { kind: 'move', shipments: [...held.shipments], to: { route } })
        },
        crowded ? REST_MS : 0,
      )
    }
    const take = (event: MapMouseEvent) => {
      const { day, edit, lit } = now.current
      const layers = ['picked-sites', 'hubs'].filter((layer) => map.getLayer(layer))
      const [found] = map.queryRenderedFeatures(event.point, { layers })
      const site = found && String(found.properties.site)
      if (!site || !edit.editor || !lit.sites.has(site)) return
      const shipments = (day?.problem.shipments ?? [])
        .filter(({ from, to, id }) => (from === site || to === site) && lit.shipments.has(id))
        .map(({ id }) => id)
      event.preventDefault()
      const start = event.originalEvent
      const move = (to: PointerEvent) => {
        pointer.x = to.clientX
        pointer.y = to.clientY
        if (Math.hypot(to.clientX - start.clientX, to.clientY - start.clientY) <= DRAG_FROM_PX) return
        window.removeEventListener('pointermove', move)
        now.current.edit.pickUp(shipments, 'pointer', {})
      }
      const up = () => {
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', up)
        if (now.current.edit.held) now.current.edit.drop()
      }
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', up)
    }
    const place = map.getContainer()
    place.addEventListener('pointermove', aimAt)
    map.on('mousedown', take)
    return () => {
      clearTimeout(asked)
      place.removeEventListener('pointermove', aimAt)
      map.off('mousedown', take)
    }
  }, [map, crowded])
  return null
}

/** The route whose line, stop or chip is under the pointer; its own only where there is no other. */
function routeUnder(map: MapRef, clientX: number, clientY: number, own: string | undefined): string | undefined {
  const chip = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-route]')?.dataset.route
  if (chip !== undefined) return chip
  const { left, top } = map.getContainer().getBoundingClientRect()
  const [x, y] = [clientX - left, clientY - top]
  const layers = ROUTE_LAYERS.filter((layer) => map.getLayer(layer))
  const found = map.queryRenderedFeatures(
    [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ],
    { layers },
  )
  const routes = found.map(({ properties }) => String(properties.route))
  return routes.find((route) => route !== own) ?? routes[0]
}
