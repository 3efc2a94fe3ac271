/** Real times of a confirmed plan, route by route: typed, or pasted as a column; Enter goes down. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { NewActual } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { PAGE, service } from '../../service/client.ts'
import { queryClient } from '../../service/queries.ts'
import { LATE_FROM_S, readClock, readColumn, stopActuals } from '../../state/actuals.ts'
import { useDay } from '../context.tsx'
import { Drawer } from '../Drawer.tsx'
import { Icon } from '../icons.tsx'
import { RouteProofs } from '../links/RouteProofs.tsx'
import { Estimated, RouteBadge, StopBadge } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { SkeletonRows } from '../states.tsx'

type Column = 'arrived' | 'left'
let sent = 0
/** The same record sent twice is one. */
const newId = () => `${PAGE}.${Date.now().toString(36)}.${sent++}`

export function ActualsDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t, f } = useWords()
  const { day, drawn, clock } = useDay()
  const [chosen, setChosen] = useState(0)
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map())
  const table = useRef<HTMLTableElement>(null)
  const plan = drawn?.id
  const actuals = useQuery({
    queryKey: ['actuals', plan],
    queryFn: ({ signal }) => service.actuals(plan!, signal),
    enabled: plan !== undefined,
  })
  const record = useMutation({
    mutationFn: (events: readonly NewActual[]) => service.recordActuals(plan!, events),
    onSuccess: (answer) => queryClient.setQueryData(['actuals', plan], answer),
  })
  if (!day?.plan || !drawn || !clock) return null
  const { route, number = 0 } = day.routes[chosen] ?? {}
  const actualOf = stopActuals(actuals.data?.items ?? [], day.problem)
  const startMs = Date.parse(day.problem.startsAt)
  const cell = (stop: number, column: Column) => `${route?.id}/${stop}/${column}`

  /** One record for each cell that says something new; an empty one takes back what was there. */
  const save = (entries: readonly (readonly [stop: number, column: Column, text: string])[]) => {
    if (!route) return
    const events = entries.flatMap(([stop, kind, text]): NewActual[] => {
      const was = actualOf(route.id, stop)
      const [beforeS, corrects] = kind === 'arrived' ? [was.arriveS, was.arriveId] : [was.leaveS, was.leaveId]
      const head = { id: newId(), route: route.id, stop, kind, ...(corrects !== undefined && { corrects }) }
      if (text.trim() === '')
        return corrects === undefined || beforeS === undefined
          ? []
          : [{ ...head, at: new Date(startMs + beforeS * 1000).toISOString(), void: true }]
      const atS = readClock(text)
      // the same minute again is no news
      if (atS === undefined || Math.floor((beforeS ?? -60) / 60) === Math.floor(atS / 60)) return []
      return [{ ...head, at: new Date(startMs + atS * 1000).toISOString() }]
    })
    if (events.length > 0) record.mutate(events)
    setTyped((before) => {
      const next = new Map(before)
      for (const [stop, column, text] of entries)
        if (text.trim() === '' || readClock(text) !== undefined) next.delete(cell(stop, column))
      return next
    })
  }
  const down = (event: KeyboardEvent<HTMLInputElement>, stop: number, column: Column) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const next = table.current?.querySelector<HTMLInputElement>(`[data-cell="${stop + 1}-${column}"]`)
    if (next) next.focus()
    else event.currentTarget.blur()
  }
  const paste = (event: ClipboardEvent<HTMLInputElement>, stop: number, column: Column) => {
    const lines = event.clipboardData.getData('text')
    if (!/[\r\n]/.test(lines.trim()) || !route) return
    event.preventDefault()
    const read = readColumn(lines)
    save(
      read.flatMap((atS, k) =>
        atS === undefined || stop + k >= route.stops.length ? [] : [[stop + k, column, clock.bare(atS)] as const],
      ),
    )
  }
  const input = (stop: number, column: Column, atS: number | undefined, label: string) => {
    const text = typed.get(cell(stop, column)) ?? (atS === undefined ? '' : clock.at(atS))
    const bad = text.trim() !== '' && readClock(text) === undefined
    return (
      <input
        className="actual-input"
        inputMode="numeric"
        data-cell={`${stop}-${column}`}
        aria-label={label}
        aria-invalid={bad}
        placeholder="–"
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget
          setTyped((before) => new Map(before).set(cell(stop, column), value))
        }}
        onBlur={() => typed.has(cell(stop, column)) && save([[stop, column, text]])}
        onKeyDown={(event) => down(event, stop, column)}
        onPaste={(event) => paste(event, stop, column)}
      />
    )
  }
  const later = (real: number | undefined, planned: number) => {
    if (real === undefined) return <span className="faint">–</span>
    const lateS = real - planned
    return <span className={lateS >= LATE_FROM_S ? 'bad' : ''}>{f.difference(Math.round(lateS / 60))}</span>
  }
  return (
    <Drawer
      title={t.live.actuals}
      wide
      onClose={onClose}
      foot={
        <>
          <span className="small muted" role="status">
            {record.isPending ? t.live.saving : t.live.savedHint}
          </span>
          <span className="push" />
          <a className="button" href={service.actualsFile(drawn.id, 'csv')} download>
            CSV
          </a>
          <a className="button" href={service.actualsFile(drawn.id, 'xlsx')} download>
            XLSX
          </a>
        </>
      }
    >
      <Refused error={actuals.error ?? record.error} />
      <div className="live-tabs" role="tablist" aria-label={t.live.whichRoute}>
        {day.routes.map(({ number, route: { id } }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={index === chosen}
            aria-label={t.live.route(`${number}`)}
            onClick={() => setChosen(index)}
          >
            <RouteBadge number={number} />
          </button>
        ))}
      </div>
      {actuals.isPending && <SkeletonRows rows={5} />}
      {route && !actuals.isPending && (
        <div className="live-table">
          <table ref={table}>
            <caption className="visually-hidden">{t.live.route(`${number}`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t.live.stop}</th>
                <th scope="col">
                  {t.live.arrival} <Estimated />
                </th>
                <th scope="col">{t.live.real}</th>
                <th scope="col">{t.live.min}</th>
                <th scope="col">
                  {t.live.leaving} <Estimated />
                </th>
                <th scope="col">{t.live.real}</th>
                <th scope="col">{t.live.min}</th>
              </tr>
            </thead>
            <tbody>
              {route.stops.map((stop, index) => {
                const { arriveS, leaveS } = actualOf(route.id, index)
                const name = day.sites.get(stop.site)?.name ?? stop.site
                return (
                  <tr key={`${stop.site} ${stop.arriveS}`}>
                    <th scope="row">
                      <span className="row">
                        <StopBadge number={number} stop={index + 1} />
                        <span className="cut">{name}</span>
                      </span>
                    </th>
                    <td>{clock.at(stop.arriveS)}</td>
                    <td>{input(index, 'arrived', arriveS, t.live.realArrival(name))}</td>
                    <td>{later(arriveS, stop.arriveS)}</td>
                    <td>{clock.at(stop.leaveS)}</td>
                    <td>{input(index, 'left', leaveS, t.live.realLeaving(name))}</td>
                    <td>{later(leaveS, stop.leaveS)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {route && (
        <RouteProofs plan={drawn.id} route={route.id} problem={day.problem} actuals={actuals.data?.items ?? []} />
      )}
      {day.routes.length === 0 && (
        <p className="muted">
          <Icon name="truck" size={14} /> {t.live.noRoutes}
        </p>
      )}
    </Drawer>
  )
}
