/** What is live about the day in sight: who else looks, what they change, and what trucks really did. */
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Plan } from '../../../solver/index.ts'
import { service } from '../../service/client.ts'
import { useDispatches } from '../../service/dispatch.ts'
import { type Events, useEvents } from '../../service/useEvents.ts'
import { lateness, type StopActual, stopActuals } from '../../state/actuals.ts'
import { useDay } from '../context.tsx'
import { DispatchDrawer } from '../dispatch/DispatchDrawer.tsx'
import { LinksDrawer } from '../links/LinksDrawer.tsx'
import { ActualsDrawer } from './ActualsDrawer.tsx'
import { ChangesDrawer } from './ChangesDrawer.tsx'
import { DisturbDrawer } from './DisturbDrawer.tsx'

type Drawer = 'disturb' | 'actuals' | 'changes' | 'dispatch' | 'links'
export interface LiveView extends Events {
  readonly actualOf: (route: string, stop: number) => StopActual
  /** seconds later than planned; undefined: nothing was recorded */
  readonly lateOf: (route: string, stop: number) => number | undefined
  /** stops whose times have come back; absent: nobody drives yet */
  readonly known: { readonly known: number; readonly all: number } | undefined
  /** rounds whose carrier has accepted; absent: not known, or not confirmed */
  readonly dispatched: { readonly accepted: number; readonly all: number } | undefined
  readonly open: (drawer: Drawer) => void
}

const LiveContext = createContext<LiveView | undefined>(undefined)
const NOTHING: StopActual = {}

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const { complex, date, day, drawn } = useDay()
  const events = useEvents(complex.id, date.date)
  const [drawer, setDrawer] = useState<Drawer>()
  const plan = drawn?.state === 'draft' ? undefined : drawn?.id
  const actuals = useQuery({
    queryKey: ['actuals', plan],
    queryFn: ({ signal }) => service.actuals(plan!, signal),
    enabled: plan !== undefined,
  })
  const items = actuals.data?.items
  const dispatches = useDispatches(drawn?.state === 'confirmed' ? drawn.id : undefined).data?.items
  const view = useMemo((): LiveView => {
    const actualOf = day && items ? stopActuals(items, day.problem) : () => NOTHING
    return {
      ...events,
      actualOf,
      lateOf: (route, stop) => (day?.plan ? lateness(day.plan, actualOf, route, stop) : undefined),
      known: day?.plan && items ? countKnown(day.plan, actualOf) : undefined,
      dispatched: dispatches && {
        accepted: dispatches.filter(({ state }) => state === 'accepted').length,
        all: dispatches.length,
      },
      open: setDrawer,
    }
  }, [events.connected, events.others, events.change, day, items, dispatches])
  const close = () => setDrawer(undefined)
  return (
    <LiveContext value={view}>
      {children}
      {drawer === 'disturb' && <DisturbDrawer onClose={close} />}
      {drawer === 'actuals' && <ActualsDrawer onClose={close} />}
      {drawer === 'links' && <LinksDrawer onClose={close} />}
      {drawer === 'dispatch' && <DispatchDrawer onClose={close} onLinks={() => setDrawer('links')} />}
      {drawer === 'changes' && <ChangesDrawer onClose={close} />}
    </LiveContext>
  )
}

function countKnown({ routes }: Plan, actualOf: LiveView['actualOf']): LiveView['known'] {
  const stops = routes.flatMap(({ id, stops }) => stops.map((_, stop) => actualOf(id, stop)))
  return {
    known: stops.filter(({ arriveS, leaveS }) => arriveS !== undefined || leaveS !== undefined).length,
    all: stops.length,
  }
}

export function useLive(): LiveView {
  const view = useContext(LiveContext)
  if (!view) throw new Error('useLive outside of its provider')
  return view
}
